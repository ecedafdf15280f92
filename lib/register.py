"""The register: everything a project's spreadsheets say, as of one day, ready to be counted.

    tabs -> read_tabs() -> Readings (typed rows, references resolved, one row a key)
         -> register()  -> Register (as of a day: project, persons, findings of the checks)

Readings do not depend on the day, so they are kept while the day changes.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib import findings as rules
from lib import meanings
from lib.acceptances import Acceptances, Accepted, split
from lib.entries import (
    as_persons,
    completed,
    from_tabs,
    of_sessions,
    persons_of,
    same_person,
    with_exits,
    with_form,
)
from lib.findings import Finding
from lib.joining import joined
from lib.joining.codebook import spelled_out
from lib.mapping import Choices, answered, mapped, without_values
from lib.meanings import answers_of, understood
from lib.names import MANY_PEOPLE, People
from lib.numbers import Numbers
from lib.project import Period, Project, read_project
from lib.reading import Memo, Question, Reading, Recognised, read
from lib.recognition.questions import which_kind
from lib.records import (
    RECORDS,
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
)
from lib.references import Parent, one_row_a_key, resolved
from sheets.table import Cell, Table, text

if TYPE_CHECKING:
    from lib.checks.marks import Totals
    from lib.duplicates import Candidate

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Readings:
    """All the tabs of a project, read: what every cell is worth, before anything depends on a day.

    `questions` are all that a person may answer of the tabs, `open` those that nobody answered.
    """

    by_record: Mapping[type[Record], Reading]
    findings: tuple[Finding, ...]
    unrecognised: tuple[Table, ...]
    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    tabs: tuple[Table, ...] = ()
    open: tuple[Question, ...] = ()

    @cached_property
    def totals(self) -> "tuple[Totals, ...]":
        """What staff count on lists of attendance: `marks.totals()`, computed once for all who ask."""
        from lib.checks import marks

        return tuple(marks.totals(self.by_record[Attendance]))

    @cached_property
    def unread(self) -> tuple[Finding, ...]:
        """Slips in cells that no figure is read from: `unread.findings()`, computed once for all who ask."""
        from lib.checks import unread

        return tuple(unread.findings(self))


def read_tabs(
    tabs: Iterable[Table],
    memo: Memo | None = None,
    choices: Choices | None = None,
    numbers: Numbers | None = None,
    connected: Choices | None = None,
) -> Readings:
    """Every tab recognised, read and tied to the others.

    With the `memo` of the last reading only values that it did not meet are validated. `choices` are
    what people said of tabs when they connected them, `connected` those of them that are saved where
    they are being changed; see `mapping.py`. People whom nothing numbers get
    one of `numbers`, which then says what is known of them; no figure depends on it.
    """
    if memo is not None:
        memo.turn()
    tables: list[Recognised] = []
    questions: list[Question] = []
    unrecognised = []
    whole = spelled_out([replace(tab, title=text(tab.title)) for tab in tabs])
    known = mapped(whole, choices or {}, connected)
    findings: list[Finding] = [*known.findings]
    for tab, found in zip(whole, known.found, strict=True):
        tables.extend(found.tables)
        questions.extend(found.questions)
        findings.extend(found.findings)
        if not found.tables:
            unrecognised.append(tab)
    tables += known.lines
    answers = answers_of(choices or {})
    tied, failed = _tied([understood(table, answers) for table in tables], numbers or Numbers())
    tables = [one for one in tables if one.table.name != failed]
    for tab in whole:
        if tab.name == failed:
            unrecognised.append(tab)
            findings.append(rules.TAB_FAILED.at(tab.whole()))
    asked = {question.tab for question in questions if question.about == "entered_on"}
    questions.extend(question for question in _no_entries(tied) if question.tab not in asked)
    said = {tab.name: choice for tab, choice in zip(whole, known.said, strict=True)}
    doubtful = {question.tab for question in questions if question.about == "kind"}
    unsaid = [t for t in unrecognised if said[t.workbook, t.title] is None and t.title not in doubtful]
    for tab, people in _with_people(unsaid, tied):
        questions.append(which_kind(tab, Attendance, Enrolment, Enquiry))
        findings.append(rules.TAB_WITH_PEOPLE.at(tab.whole(), people=people))
    by_record: dict[type[Record], Reading] = {}
    parents: dict[type[Record], Parent] = {}
    for record in RECORDS:
        own = [table for table in tied if table.record is record]
        reading = resolved(read(record, own, memo), parents)
        by_record[record] = reading = one_row_a_key(reading)
        parents[record] = Parent(reading)
        findings.extend(reading.findings)
    questions.extend(meanings.questions(tables, by_record, answers))
    return Readings(
        by_record,
        tuple(findings),
        tuple(unrecognised),
        tuple(tables),
        tuple(questions),
        tabs=whole,
        open=tuple(one for one in questions if not answered(one, said[one.workbook, one.tab])),
    )


def _tied(
    tables: Sequence[Recognised], numbers: Numbers
) -> tuple[tuple[Recognised, ...], tuple[str, str] | None]:
    """The tables tied to one another, and the name of a tab left out because the program fails in tying it.

    The shortest tab without which it does not fail is left out; where there is none, it fails.
    """
    try:
        return joined(tables, numbers), None
    except Exception as error:
        _log.error("%s", without_values(error))
        for tab in sorted((one.table for one in tables), key=len):
            others = [one for one in tables if one.table.name != tab.name]
            with suppress(Exception):  # then another tab is the one; the first failure is raised below
                return joined(others, numbers), tab.name
        raise


def _with_people(tabs: Sequence[Table], tables: Sequence[Recognised]) -> Iterator[tuple[Table, int]]:
    """Those of `tabs` that name many of the people on the lists of participants, each with how many."""
    if not tabs:
        return
    known = People(
        one
        for table in tables
        if table.record is Participant
        for one in zip(*(table.values(name) for name in ("person", "surname", "first_name")), strict=True)
    )
    for tab in tabs:
        people = len(known.named_in(value for column in tab.columns for value in set(column)))
        if people >= MANY_PEOPLE:
            yield tab, people


def _no_entries(tables: Sequence[Recognised]) -> Iterator[Question]:
    """Whether people on lists that say nothing of when they came take part; nothing else can tell."""
    if any(table.record in (Attendance, Enrolment) for table in tables):
        return
    for table in tables:
        if table.record is Participant and "entered_on" not in table.fields and len(table):
            title = table.table.title
            yield Question(
                title,
                table.table.workbook,
                "entry",
                f"Od kiedy uczestniczą osoby z zakładki „{title}”? Nie ma w niej daty rozpoczęcia udziału.",
                (("", "jeszcze nie uczestniczą"), ("start", "wszystkie od początku projektu")),
                table.answers.get("entry", ""),
            )


# --- as of a day --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Register:
    """A project as of one day: its facts, its frames of counted rows, and all that is wrong.

    `findings` are what is open; `accepted` what somebody has accepted with a reason.
    Frames have the fields of their record as columns, and `row`, the locator to give to `cell()`
    and `rows_behind()`. They are shared: nobody changes one in place.
    """

    key: str
    as_of: dt.date
    today: dt.date
    project: Project
    readings: Readings
    frames: Mapping[type[Record], pd.DataFrame]
    persons: pd.DataFrame
    rejected: Mapping[type[Record], int]
    findings: tuple[Finding, ...] = field(default=())
    accepted: tuple[Accepted, ...] = field(default=())

    @property
    def facts(self) -> pd.DataFrame:
        """Tab „Projekt”."""
        return self.frames[Fact]

    @property
    def forms(self) -> pd.DataFrame:
        """Tab „Formy wsparcia”."""
        return self.frames[SupportForm]

    @property
    def specialists(self) -> pd.DataFrame:
        """Tab „Kadra”."""
        return self.frames[Specialist]

    @property
    def groups(self) -> pd.DataFrame:
        """Tab „Grupy”."""
        return self.frames[Group]

    @property
    def participants(self) -> pd.DataFrame:
        """Tab „Uczestnicy”: one row a number; `persons` has one a human being."""
        return self.frames[Participant]

    @property
    def enrolments(self) -> pd.DataFrame:
        """Tab „Zapisy”, with the `form` of the group."""
        return self.frames[Enrolment]

    @property
    def sessions(self) -> pd.DataFrame:
        """Tab „Zajęcia”, with the `form` of the group, and `visit` (bool): one of a register of visits."""
        return self.frames[Session]

    @property
    def attendance(self) -> pd.DataFrame:
        """Tab „Obecności”, with `day`, `group`, `form` and `status` of the session, and `visit` (bool)."""
        return self.frames[Attendance]

    @property
    def lines(self) -> pd.DataFrame:
        """Tab „Budżet”."""
        return self.frames[BudgetLine]

    @property
    def expenses(self) -> pd.DataFrame:
        """Tab „Wydatki”."""
        return self.frames[Expense]

    @property
    def places(self) -> pd.DataFrame:
        """Tab „Miejsca”."""
        return self.frames[Place]

    @property
    def readiness(self) -> pd.DataFrame:
        """Tab „Gotowość”."""
        return self.frames[Readiness]

    @property
    def enquiries(self) -> pd.DataFrame:
        """Tab „Zgłoszenia”."""
        return self.frames[Enquiry]

    @cached_property
    def durability_period(self) -> Period | None:
        """The project's durability period, or else the one that its places span."""
        if self.project.durability_period is not None:
            return self.project.durability_period
        first, last = self.places["starts_on"].min(), self.places["ends_on"].max()
        if pd.isna(first) or pd.isna(last) or first > last:
            return None
        return Period(first.date(), last.date())

    @cached_property
    def place_days(self) -> pd.DataFrame:
        """Every place on every day of its period: `durability.days()`, computed once for all who ask."""
        from lib import durability

        return durability.days(self.places, self.readiness, self.enquiries, self.durability_period)

    @cached_property
    def duplicates(self) -> "tuple[Candidate, ...]":
        """Rows of participants that may be one person: `duplicates.within()`, computed once."""
        from lib import duplicates

        return duplicates.within(self)

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """What became of all the rows of every tab: `accounts.accounts()`, computed once for all who ask."""
        from lib import accounts

        return accounts.accounts(self)

    def cell(self, record: type[Record], row: int | None = None, field: str | None = None) -> Cell:
        """A cell, a row or a tab of a kind of table, for a finding; personal text is masked."""
        return self.readings.by_record[record].cell(None if row is None else int(row), field)

    def has(self, record: type[Record]) -> bool:
        """Whether a tab of that kind was recognised."""
        return any(not table.derived for table in self.readings.by_record[record].tabs)

    def not_counted(self, record: type[Record]) -> int:
        """How many rows of that kind of table are left out of every figure."""
        return self.rejected[record]

    def findings_on(self, *records: type[Record]) -> tuple[Finding, ...]:
        """The findings in the tabs of these kinds."""
        titles = {tab.table.title for record in records for tab in self.readings.by_record[record].tabs} | {
            record.tab for record in records
        }
        return tuple(finding for finding in self.findings if finding.cell.tab in titles)

    def rows_behind(self, record: type[Record], rows: Iterable[int]) -> pd.DataFrame:
        """The rows as they stand in the spreadsheet: tab, number, every column that is not personal.

        Columns: „Zakładka”, „Wiersz”, the Polish headers, and „Odsyłacz” where cells have addresses.
        """
        reading = self.readings.by_record[record]
        wanted = [int(row) for row in rows]
        behind: dict[str, list[object]] = {"Zakładka": [], "Wiersz": []}
        fields = [n for n, f in record.model_fields.items() if not extra(f, "personal")]
        for name in fields:
            behind[str(record.model_fields[name].title)] = []
        links = []
        for row in wanted:
            number, line = (int(n) for n in reading.where[row])
            tab = reading.tabs[number]
            cell = tab.cell(line)
            behind["Zakładka"].append(cell.tab)
            behind["Wiersz"].append(cell.row)
            links.append(cell.url)
            for name in fields:
                value = reading.rows.at[row, name] if name in tab.names else tab.values(name)[line]
                behind[str(record.model_fields[name].title)].append("" if pd.isna(value) else text(value))
        if any(links):
            behind["Odsyłacz"] = list(links)
        return pd.DataFrame(behind)

    @cached_property
    def tabs(self) -> pd.DataFrame:
        """Every tab of the spreadsheets and what was made of it.

        Columns: workbook, tab, record (Polish name of the kind, empty when none), rows, counted,
        not_counted, sums (rows that sum up others, no data), header_row (0 when none).
        """
        lines: list[tuple[object, ...]] = []
        for record, reading in self.readings.by_record.items():
            counted = np.isin(np.arange(len(reading.rows)), self.frames[record]["row"])
            for number, tab in enumerate(reading.tabs):
                if tab.derived:
                    continue
                own = reading.where[:, 0] == number
                rows, good = int(own.sum()), int((own & counted).sum())
                numbers = (rows, good, rows - good, reading.sums[number], tab.table.first_row - 1)
                lines.append((tab.table.workbook, tab.table.title, record.tab, *numbers))
        lines.extend((table.workbook, table.title, "", 0, 0, 0, 0, 0) for table in self.readings.unrecognised)
        columns = ["workbook", "tab", "record", "rows", "counted", "not_counted", "sums", "header_row"]
        return pd.DataFrame(lines, columns=columns)


def register(
    readings: Readings,
    as_of: dt.date,
    *,
    today: dt.date | None = None,
    key: str = "",
    acceptances: Acceptances | None = None,
) -> Register:
    """The register of a project as of `as_of`.

    `today` is the real day, which may be later; it tells a session of the future from one of the
    past. `key` names the snapshot and the day, for caches. `acceptances` part the findings into open
    and accepted ones, and change no figure.
    """
    from lib.checks import CHECKS

    project, found = read_project(readings.by_record[Fact], as_of)
    findings = [*readings.findings, *found]
    frames = {r: reading.rows[reading.counted] for r, reading in readings.by_record.items()}
    same = same_person(readings.by_record[Participant], frames[Participant], findings)
    frames[Session] = with_form(frames[Session], frames[Group]).assign(
        visit=from_tabs(readings.by_record[Session], frames[Session], lambda tab: "visit" in tab.made)
    )
    frames[Enrolment] = with_form(as_persons(frames[Enrolment], same), frames[Group])
    frames[Attendance] = of_sessions(
        as_persons(frames[Attendance], same), frames[Session], readings.by_record[Attendance], findings
    )
    frames[Participant] = completed(readings.by_record[Participant], frames, same, project.starts_on)
    rejected = {
        record: len(reading.rows) - len(frames[record]) for record, reading in readings.by_record.items()
    }
    persons = persons_of(frames[Participant], same)
    frames[Enrolment] = with_exits(readings.by_record[Enrolment], frames[Enrolment], persons)
    bare = Register(key, as_of, today or as_of, project, readings, frames, persons, rejected)
    for check in CHECKS:
        findings.extend(check(bare))
    found = sorted(findings, key=_urgency)
    still_open, accepted = split(found, readings.by_record, acceptances or Acceptances())
    return replace(bare, findings=still_open, accepted=accepted)


def _urgency(finding: Finding) -> tuple[int, str, int, int]:
    cell = finding.cell
    return (-finding.rule.severity, cell.tab, cell.row, cell.column)


def severities(findings: Sequence[Finding]) -> dict[rules.Severity, int]:
    """How many findings there are of each severity, all severities always present."""
    return {s: sum(1 for f in findings if f.rule.severity is s) for s in rules.Severity}
