"""What the agreement says of a project, as of a day."""

import datetime as dt
from decimal import Decimal

import pytest

from lib.project import PARAMETERS, Period, Project
from lib.records import Fact


def test_facts_are_read_by_their_names_and_keep_their_sources(register):
    """
    Projekt
    Parametr | Wartość | Obowiązuje od | Źródło
    Wartość projektu | 1 042 938,86 zł | | umowa
    Udział UE | 85% | | umowa
    Udział budżetu państwa | 0,08 | | umowa
    Początek realizacji | 01.01.2022 r. | | umowa
    Koniec realizacji | 30 września 2023 | | umowa
    Docelowa liczba osób | 350 | | wniosek
    Telefon | 32 00 00 001 | | strona
    Telefon | 32 00 00 002 | | strona
    Dane przykładowe | TAK | |
    """
    project = register.project
    assert (project.total_gr, project.eu_share, project.state_share) == (
        104293886,
        Decimal("0.85"),
        Decimal("0.08"),
    )
    assert project.period == Period(dt.date(2022, 1, 1), dt.date(2023, 9, 30))
    assert (project.target_persons, project.phones, project.example) == (
        350, ("32 00 00 001", "32 00 00 002"), True
    )  # fmt: skip
    assert [fact.source for fact in project.facts][:2] == ["umowa", "umowa"]
    assert register.cell(Fact, project.row_of("total_gr"), "value").address == "Projekt!B2"
    assert register.findings == ()


@pytest.mark.parametrize(("day", "end"), [("2022-12-31", "2023-06-30"), ("2023-03-01", "2023-09-30")])
def test_an_annex_changes_a_fact_from_its_day_on(request, tables, day, end):
    """
    Projekt
    Parametr | Wartość | Obowiązuje od | Źródło
    Koniec realizacji | 2023-09-30 | 2023-03-01 | aneks
    Koniec realizacji | 2023-06-30 | | umowa
    """
    from lib import register as registers

    register = registers.register(registers.read_tabs(tables), dt.date.fromisoformat(day))
    assert register.project.ends_on == dt.date.fromisoformat(end)
    assert len(register.project.facts) == 1


def test_what_the_source_does_not_say_is_not_known(register):
    """
    Projekt
    Parametr | Wartość
    Wkład własny | nie podano
    Budżet państwa |
    """
    assert (register.project.own_gr, register.project.state_gr) == (None, None)
    assert [fact.text for fact in register.project.facts] == ["nie podano", "nie podano"]
    assert register.findings == ()


def test_an_unreadable_value_and_an_unknown_parameter_are_findings(register):
    """
    Projekt
    Parametr | Wartość
    Wartość projektu | milion
    Udział UE | dużo
    Udział budżetu państwa | 850%
    Początek realizacji | 31.02.2022
    Wartosc projketu | 5
    """
    assert [(f.rule.code, f.address) for f in register.findings] == [
        ("fact-unreadable", "Projekt!B2"),
        ("fact-unreadable", "Projekt!B3"),
        ("fact-unreadable", "Projekt!B4"),
        ("fact-unreadable", "Projekt!B5"),
        ("fact-unknown", "Projekt!A6"),
    ]
    assert "Może „Wartość projektu”?" in register.findings[-1].message


def test_every_parameter_has_a_field_of_the_project():
    assert {parameter.field for parameter in PARAMETERS} == set(Project.__dataclass_fields__) - {"facts"}


def test_a_period_includes_both_its_ends():
    period = Period(dt.date(2022, 1, 1), dt.date(2023, 9, 30))
    assert period.days == 638
    assert Period(dt.date(2023, 10, 1), dt.date(2025, 12, 31)).days == 823
    assert period.contains(dt.date(2023, 9, 30))
    assert not period.contains(dt.date(2023, 10, 1))
    days = (dt.date(2021, 12, 31), dt.date(2022, 1, 1), dt.date(2023, 9, 30), dt.date(2024, 1, 1))
    assert [period.share_at(day) for day in days] == [0, 1 / 638, 1, 1]
