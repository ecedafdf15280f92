"""What was said of tabs when their spreadsheet was connected, held against the tabs as they are now.

Tabs are known by their titles and columns by the texts of their headers, so a column that is moved, or
inserted beside it, changes nothing. What did change is a finding: a header, a column, a tab.
"""

import datetime as dt
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

from rapidfuzz import fuzz

from lib import findings as rules
from lib.blocks import without_rows
from lib.cells import key, plain
from lib.contents import day_of, period
from lib.findings import Finding
from lib.headers import header_key
from lib.joining.groups import Groups
from lib.joining.parts import only, rows_of
from lib.joining.people import names_of
from lib.names import person_key
from lib.project import NOT_GIVEN, PERIODS, Parameter, parameter_key, parameter_of
from lib.reading import Question, Recognised, rows_of_data
from lib.recognition import Choice, Found, made_up, recognise
from lib.recognition.above import lines_above
from lib.recognition.card import periods_in_lines
from lib.recognition.marks import Legend, legend_of_all
from lib.recognition.questions import which_kind
from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Fact,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
    extra,
    record_of,
)
from sheets.table import Cell, Table, Value, column_letters

_log = logging.getLogger(__name__)

ANSWERS = "Odpowiedzi przy podłączeniu"
"""The title of the tab, in no spreadsheet, that holds the facts of the project's file."""

SAME = 0.6
"""From this share of the saved headers on, a tab of another title is taken to be the one that is gone."""

Key: TypeAlias = str | tuple[str, str]
"""A tab by its title; by the label of its spreadsheet and its title where two spreadsheets have one."""

Choices: TypeAlias = Mapping[Key, Choice]

TOGETHER: Mapping[str, str] = {
    "hours": "Liczba godzin",
    "name": "Nazwisko i imię razem",
    "surname": "Nazwisko",
    "first_name": "Imię",
    "period": "Okres od-do w jednej komórce",
    "times": "Godziny od-do w jednej komórce",
    "day": "Dzień zajęć",
    "group": "Grupa",
}
"""How a column is called that holds several fields, or a part of one."""

FIGURES: Mapping[type[Record], str] = {
    Fact: "fakty o projekcie",
    SupportForm: "wsparcie według form",
    Specialist: "kadra i jej grafik",
    Group: "grupy i wolne miejsca",
    Participant: "liczba osób i ich cechy",
    Enrolment: "zapisy i kolejka",
    Session: "zajęcia",
    Attendance: "frekwencja",
    BudgetLine: "plan budżetu",
    Expense: "wydatki",
    Place: "miejsca w trwałości",
    Readiness: "gotowość miejsc",
    Enquiry: "zgłoszenia",
}
"""The figures that each kind of table is there for."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What each tab holds, in the order of the tabs, and what changed since they were connected.

    `said` is what was said of each, also under another title that it had then; None for nothing. `lines`
    are the facts that lines say of which no table is made.
    """

    found: tuple[Found, ...]
    findings: tuple[Finding, ...] = ()
    said: tuple[Choice | None, ...] = ()
    lines: tuple[Recognised, ...] = ()


def mapped(tabs: Sequence[Table], choices: Choices, connected: Choices | None = None) -> Mapped:
    """Every tab recognised, with what was said of it; without any choice nothing can have changed.

    A tab is new where `connected`, the choices as they were saved, knows none of it; `choices` if None.
    """
    connected = choices if connected is None else connected
    said = [said_of(tab, choices) for tab in tabs]
    legend = cache(partial(legend_of_all, tabs))
    found = [_recognised(tab, choice, legend) for tab, choice in zip(tabs, said, strict=True)]
    found = _by_others(tabs, said, found, legend)
    findings: list[Finding] = []
    for at, was, kept in _renamed(tabs, said, found, choices):
        said[at], found[at] = kept, _recognised(tabs[at], kept, legend)
        findings.append(rules.TAB_RENAMED.at(tabs[at].whole(), was=was))
    for one, gone in choices.items():
        workbook, title = one if isinstance(one, tuple) else ("", one)
        renamed = any(gone is other for other in said)
        if kinds_of(gone) and not renamed and not any(_is(tab, one) for tab in tabs):
            findings.append(rules.TAB_LOST.at(Cell(title, workbook=workbook), meant=kinds_of(gone)))
    for at, (tab, choice) in enumerate(zip(tabs, said, strict=True)):
        if choice is not None:
            found[at] = _changed(tab, choice, found[at], findings)
        elif connected and found[at].tables and not is_answers(tab):
            kinds = ", ".join(dict.fromkeys(table.record.tab for table in found[at].tables))
            findings.append(rules.NEW_TAB.at(tab.whole(), meant=kinds))
    lines = _said_in_lines(tabs, said, found)
    return Mapped(tuple(_answered_by_tabs(found, lines)), tuple(findings), tuple(said), tuple(lines))


def _recognised(tab: Table, choice: Choice | None, legend: Callable[[], Legend]) -> Found:
    """What a tab holds; nothing, and a finding that says so, where the program fails in reading it."""
    try:
        found = recognise(tab, choice, legend)
        if choice is None and found.tables and _says_outdated(tab):
            kinds = dict.fromkeys(table.record for table in found.tables)
            return Found(questions=(which_kind(tab, *kinds),))
        return found
    except Exception as error:  # noqa: BLE001 - one tab must not hide all the others
        _log.error("%s", without_values(error))
        return Found(findings=(rules.TAB_FAILED.at(tab.whole()),))


def _says_outdated(tab: Table) -> bool:
    """Whether a tab says of itself that it holds no longer: whether it counts, a person has to say."""
    above = " ".join(header_key(text) for text in lines_above(tab, min(FEW_ROWS, len(tab)))[:-1])
    return _OUTDATED.search(above) is not None or _OLD.match(header_key(tab.title)) is not None


_OUTDATED = re.compile(r"\bnieaktualn|\barchiwaln|\barchiwum|\bnie uzywac|\bnie uzupelniac|\bstara wersj")
_OLD = re.compile(r"(?:star[eya]|kopia|archiwum|old|nieaktualn\w+)\b")
"""What a line above a table, and the title of a tab, say of what holds no longer."""


def without_values(error: BaseException) -> str:
    """What failed, and where in the program: without its text, which may hold what stands in a cell."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _by_others(
    tabs: Sequence[Table], said: Sequence[Choice | None], found: Sequence[Found], legend: Callable[[], Legend]
) -> list[Found]:
    """What tabs hold, those included whose headers alone do not settle it and other tabs do.

    A list named after a form or a group of the project, of people of the project with a first day, is who
    takes part in it.
    """
    tables = [table for one in found for table in one.tables]
    lists = [table for table in tables if table.record is Participant]
    people = names_of(lists) | {key(v) for table in lists for v in table.values("person") if v is not None}
    staff = [bool(one.tables) and all(_is_of_people(table, people) for table in one.tables) for one in found]
    unsettled = [
        (choice is None or choice.kind is None) and (not one.tables or of_people)
        for choice, one, of_people in zip(said, found, staff, strict=True)
    ]
    if not people and not any(unsettled):
        return list(found)
    support = Groups()
    for table in tables:
        for name in _NAMING.get(table.record, ()):
            for (value,) in rows_of(table, name) if name in table.fields else ():
                support.add(value, value)
    settled = []
    for tab, choice, one, may_be, of_people in zip(tabs, said, found, unsettled, staff, strict=True):
        above = lines_above(tab, min(FEW_ROWS, len(tab)))
        named = any(support.find(line) or support.said_in(line) for line in above)
        named |= any(map(_QUANTITY.search, map(header_key, above)))
        if may_be and (named or of_people):
            again = _recognised(tab, replace(choice or Choice(), kind="Enrolment"), legend)
            if any(_takes_part(table, people) for table in again.tables):
                one = again
        elif choice is None and one.tables and people:
            more = tuple(_left_over(tab, one.tables, people, support, legend))
            asked = tuple(question for question in one.questions if not more or question.about != "kind")
            one = replace(one, tables=(*one.tables, *more), questions=asked)
        settled.append(one)
    return settled


def _left_over(
    tab: Table, tables: Sequence[Recognised], people: Set[str], support: Groups, legend: Callable[[], Legend]
) -> Iterator[Recognised]:
    """Who takes part in a form of support, listed among the tables of a tab below a line that names it."""
    rest = tab
    for table in tables:
        rows = [*rows_of_data(table)[0].tolist(), *(table.listed.rows if table.listed is not None else ())]
        last = max(rows, default=0) + table.header_rows[-1] if table.header_rows else 0
        rest = without_rows(rest, min(table.header_rows, default=1) - 1, last + 1)
    if sum(" " in text and person_key(text) in people for text in rest.texts) < FEW_PEOPLE:
        return
    for table in _recognised(rest, Choice(kind="Enrolment"), legend).tables:
        if _takes_part(table, people) and any(map(support.said_in, (table.group, *table.called))):
            yield table


_NAMING: Mapping[type[Record], tuple[str, ...]] = {
    SupportForm: ("code", "name"),
    Group: ("group", "name", "form"),
}
"""The fields that name forms of support and groups."""

_QUANTITY = re.compile(r"\bgodzin|\bile\b|\bliczba\b|\bsztuk|\bszt\b|\bporcj|\bmiesi")
"""What a line above people by months says: how much of the support each of them had."""

FEW_ROWS = 4
"""In so many rows at the top of a tab it says what it is about."""

FEW_PEOPLE = 3
"""So many people at least are a list."""

MOST = 0.8
"""From this share on the people of a list are those of the project."""


def _takes_part(table: Recognised, people: Set[str]) -> bool:
    """Whether a table says since when people of the project take part."""
    if table.record is not Enrolment or not {"person", "started_on"} <= set(table.fields):
        return False
    return _are_people([who for (who,) in rows_of(table, "person") if who is not None], people)


def _is_of_people(table: Recognised, people: Set[str]) -> bool:
    """Whether a list of who gives support names people of the project: it is who had it."""
    if table.record is not Specialist:
        return False
    names = ("specialist", "name")
    return any(_are_people([v for (v,) in rows_of(table, n) if v is not None], people) for n in names)


def _are_people(named: Sequence[Value], people: Set[str]) -> bool:
    """Whether most of some names, or numbers, are of people of the project."""
    known = sum(key(who) in people or person_key(who) in people for who in named)
    return len(named) >= FEW_PEOPLE and known >= MOST * len(named)


def key_of(tab: Table, tabs: Sequence[Table]) -> Key:
    """What a tab is known by among these: its title, where no other spreadsheet has a tab of that title."""
    alone = not any(other.title == tab.title and other.workbook != tab.workbook for other in tabs)
    return tab.title if alone else tab.name


def said_of(tab: Table, choices: Choices) -> Choice | None:
    """What was said of a tab; None for nothing."""
    return choices.get(tab.name, choices.get(tab.title))


def answered(question: Question, choice: Choice | None) -> bool:
    """Whether a question is answered by what was said of its tab."""
    if choice is None:
        return False
    if question.about == "kind":
        return choice.kind is not None
    names = {name.rpartition(".")[2] for name in choice.columns}
    return question.about in choice.answers or question.about in names


def is_answers(tab: Table) -> bool:
    """Whether it is the tab of the facts that stand in the project's file."""
    return tab.title == ANSWERS and tab.workbook == "projects.toml"


def field_title(record: type[Record], field: str) -> str:
    """The Polish name of a field, or of a column that holds several."""
    if field.startswith("~"):
        return TOGETHER.get(field[1:], field[1:])
    return record.model_fields[field].title or field


def kinds_of(choice: Choice) -> str:
    """The Polish names of the kinds of table said to be on a tab; empty for one to be left alone."""
    names = [choice.kind] if choice.kind is not None else [name.partition(".")[0] for name in choice.columns]
    records = (record_of(name) for name in names)
    return ", ".join(dict.fromkeys(record.tab for record in records if record is not None))


def _is(tab: Table, one: Key) -> bool:
    return one in (tab.title, tab.name)


# --- tabs ---------------------------------------------------------------------------------------


def _renamed(
    tabs: Sequence[Table], said: Sequence[Choice | None], found: Sequence[Found], choices: Choices
) -> list[tuple[int, str, Choice]]:
    """Tabs nothing was said of, each with the title and the choice of the gone tab that it is now.

    The tab with the most of its headers, and among such the one with the likest title, is it.
    """
    pairs = []
    for one, choice in choices.items():
        kinds = kinds_of(choice).split(", ")
        if any(_is(tab, one) for tab in tabs):
            continue
        workbook, title = one if isinstance(one, tuple) else ("", one)
        headers = {header_key(header) for header in choice.columns.values() if header}
        for at, tab in enumerate(tabs):
            if said[at] is not None or is_answers(tab) or workbook not in ("", tab.workbook):
                continue
            for table in found[at].tables:
                if table.record.tab not in kinds or not headers:
                    continue
                share = len(headers & _headers(table)) / len(headers)
                if share >= SAME:
                    pairs.append((share, fuzz.ratio(key(title), key(tab.title)), -at, title, choice))
    taken: dict[int, tuple[int, str, Choice]] = {}
    for _, _, at, title, choice in sorted(pairs, key=lambda pair: pair[:4], reverse=True):
        if -at not in taken and not any(choice is other for _, _, other in taken.values()):
            taken[-at] = (-at, title, choice)
    return [taken[at] for at in sorted(taken)]


# --- columns ------------------------------------------------------------------------------------


def _headers(table: Recognised) -> set[str]:
    """The headers of a table, those of its columns of days and numbers included."""
    first, last = table.span if table.span[1] else (0, len(table.table.header))
    texts = {header_key(text) for text in table.table.header[first : last + 1]}
    return (texts | {header_key(seen.header) for seen in table.evidence}) - {""}


def _changed(tab: Table, choice: Choice, found: Found, findings: list[Finding]) -> Found:
    """What a tab holds, less what is said better here, after adding to `findings` what changed on it."""
    tables = []
    told: set[tuple[type[Record], str]] = set()  # columns that any of two tables of a kind may have had
    for table in found.tables:
        headers, lost = _headers(table), []
        others = set().union(*(_headers(other) for other in found.tables if other.record is table.record))
        for said, was in choice.columns.items():
            own = said.removeprefix(f"{table.record.__name__}.")
            if not was or header_key(was) in headers or not _has(table.record, own):
                continue
            elsewhere = header_key(was) in others  # one of two tables of a kind may have none
            meant = field_title(table.record, own)
            now = next((seen for seen in table.evidence if seen.field == own), None)
            if now is not None and (now.header or not elsewhere):
                cell = table.table.cell(-1, _index(now.column))
                name = now.header or f"kolumna {now.column}"
                findings.append(rules.HEADER_CHANGED.at(cell, was=was, now=name, meant=meant))
            elif own not in table.fields and not elsewhere and (table.record, own) not in told:
                told.add((table.record, own))
                lost.append((own, was, meant))
        tables.append(_without(table, lost, findings))
    if choice.kind and not found.tables and not found.findings:
        wanted = ", ".join(header for header in choice.columns.values() if header)
        findings.append(rules.HEADER_NOT_FOUND.at(tab.whole(), wanted=wanted or kinds_of(choice)))
    return replace(found, tables=tuple(tables))


def _without(table: Recognised, lost: Sequence[tuple[str, str, str]], findings: list[Finding]) -> Recognised:
    """The table without the findings of columns that it never had, where it is known that it had them."""
    kept = list(table.findings)
    for own, was, meant in lost:
        cell = replace(table.table.cell(-1), raw="")
        rows, what = 0, FIGURES[table.record]
        for finding in [f for f in kept if f.rule is rules.MISSING_COLUMN]:
            if finding.message == rules.MISSING_COLUMN.at(finding.cell, missing=meant).message:
                kept.remove(finding)
                rows, cell = finding.not_counted, finding.cell
        field = table.record.model_fields.get(own)
        needed = field is not None and extra(field, "essential") and not extra(field, "blank")
        made = own in made_up(table.record, dict.fromkeys(table.fields, 0))
        loss = f"nie liczymy bez niej wierszy ({what})" if needed and not made else f"niepełne będą: {what}"
        findings.append(rules.COLUMN_LOST.at(cell, was=was, meant=meant, loss=loss, not_counted=rows))
    return replace(table, findings=tuple(kept))


def _has(record: type[Record], field: str) -> bool:
    return field in record.model_fields or field.removeprefix("~") in TOGETHER


def _index(letters: str) -> int:
    """The number, from 0, of the first column of „D” or „D:H”."""
    first = letters.partition(":")[0]
    return next(index for index in range(20_000) if column_letters(index) == first)


# --- facts --------------------------------------------------------------------------------------


def stated(tables: Iterable[Recognised]) -> set[Parameter]:
    """The facts to which a tab of a spreadsheet gives a value."""
    facts = [table for table in tables if table.record is Fact and not is_answers(table.table)]
    found = {
        parameter_of(name)
        for table in facts
        for line, (label, value) in enumerate(
            zip(table.values("parameter"), table.values("value"), strict=True)
        )
        if line not in table.skip and value is not None and key(value) not in NOT_GIVEN
        for name in _named_by(label, value)
    }
    return {parameter for parameter in found if parameter is not None}


def _named_by(label: Value, value: Value) -> Iterator[Value]:
    """The facts that a line states: a period those of its first and last day, as far as it has them."""
    ends = PERIODS.get(parameter_key(label))
    if ends is None:
        yield label
    else:
        days = period(plain(value)) or ()
        yield from (name for name, day in zip(ends, days, strict=False) if day)


def _answered_by_tabs(found: Sequence[Found], lines: Sequence[Recognised]) -> list[Found]:
    """The tabs, less those facts of the project's file that a spreadsheet states: the spreadsheet wins."""
    told = stated((*(table for one in found for table in one.tables), *lines))
    settled = []
    for one in found:
        of_file = [table for table in one.tables if table.record is Fact and is_answers(table.table)]
        if told and of_file:
            skip = {
                line: "jest w arkuszu"
                for line, label in enumerate(of_file[0].values("parameter"))
                if parameter_of(label) in told
            }
            one = replace(one, tables=(replace(of_file[0], skip={**of_file[0].skip, **skip}),))
        settled.append(one)
    return settled


def _said_in_lines(
    tabs: Sequence[Table], said: Sequence[Choice | None], found: Sequence[Found]
) -> list[Recognised]:
    """The periods of the project that lines of the tabs say, where no table does and all of them agree."""
    told = stated(table for one in found for table in one.tables if not is_answers(table.table))
    own = [
        lines
        for tab, choice in zip(tabs, said, strict=True)
        if not is_answers(tab) and (choice is None or choice.kind != "")
        if (lines := periods_in_lines(tab)) is not None
    ]
    days: dict[Value, set[dt.date | None]] = {}
    for lines in own:
        for label, day in zip(lines.values("parameter"), lines.values("value"), strict=True):
            days.setdefault(label, set()).add(day_of(day))
    sure = {label for label, ones in days.items() if len(ones) == 1 and parameter_of(label) not in told}
    return [
        only(lines, [label in sure for label in lines.values("parameter")])
        for lines in own
        if sure & set(lines.values("parameter"))
    ]
