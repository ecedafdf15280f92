"""The catalogue of rules: well-formed, and every rule has a case that breaks it and one that does not."""

import re
from string import Formatter

import pytest

from lib.checks import CHECKS
from lib.findings import BY_CODE, RULES, Rule
from lib.records import RECORDS, extra
from sheets.table import Cell
from tests.cases import CASES
from tests.cases.case import Case

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)

PERSONAL = {name for r in RECORDS for name, field in r.model_fields.items() if extra(field, "personal")}


def placeholders(rule: Rule) -> set[str]:
    """The names in braces of a message."""
    return {name for _, name, _, _ in Formatter().parse(rule.message) if name is not None}


@every_case
def test_a_rule_is_found_where_it_is_broken_and_nowhere_else(case: Case):
    found = [finding.address for finding in case.findings(case.broken) if finding.rule.code == case.code]
    assert found == [case.at]


@every_case
def test_nothing_is_found_once_it_is_mended(case: Case):
    assert [(finding.rule.code, finding.address) for finding in case.findings(case.mended)] == []


def test_every_rule_has_a_case_and_every_case_a_rule():
    assert {case.code for case in CASES} == {rule.code for rule in RULES}


def test_codes_are_unique_slugs():
    assert len(BY_CODE) == len(RULES)
    assert [rule.code for rule in RULES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)] == []


def test_checks_are_named_as_the_rules_they_find_and_stand_in_their_order():
    codes = [check.__name__.replace("_", "-") for check in CHECKS]
    assert codes == [rule.code for rule in RULES if rule.code in codes]
    assert len(set(codes)) == len(CHECKS)


@every_rule
def test_a_rule_says_in_polish_what_is_wrong_and_what_to_do(rule: Rule):
    for text in (rule.title, rule.message, rule.advice):
        assert text == text.strip() != ""
        assert text[0].isupper() or text[0] in "„{"
    assert rule.message.endswith((".", "{hint}"))
    assert rule.advice.endswith(".")
    assert not rule.title.endswith(".")


@every_rule
def test_a_message_has_no_place_for_personal_data(rule: Rule):
    # the numbers of persons are not personal; a raw text is masked by the register where it is
    assert placeholders(rule) & (PERSONAL | {"name", "surname", "birth_date"}) == set()


@every_case
def test_a_message_is_filled_in_and_gives_no_personal_cell_away(case: Case):
    for finding in case.findings(case.broken):
        assert not re.search(r"[{}]|\bNone\b|\bnan\b|\bNaT\b|<NA>|00:00:00", finding.message)
        for personal in ("90051400218", "90051400126", "14.05.199", "sąsiadki"):
            assert personal not in finding.message
            assert personal not in finding.cell.raw


def test_a_message_fills_in_the_cell_by_itself():
    cell = Cell("Uczestnicy", 7, 3, "wczoraj", "Data wejścia")
    finding = BY_CODE["not-a-day"].at(cell)
    assert finding.message == "„wczoraj” w kolumnie „Data wejścia” nie jest datą."
    assert finding.address == "Uczestnicy!D7"
