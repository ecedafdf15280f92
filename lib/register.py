"""The register: everything a project's spreadsheets say, as of one day, ready to be counted.

    tabs -> read_tabs() -> Readings (typed rows, references resolved, one row a key)
         -> register()  -> Register (as of a day: project, persons, findings of the checks)

Readings do not depend on the day, so they are kept while the day changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib import findings as rules
from lib.acceptances import Acceptances, Accepted, split
from lib.cells import key, pesel_birth_date, pesel_sex
from lib.dictionaries import Presence, SessionStatus
from lib.findings import Finding, Rule
from lib.joining import joined
from lib.mapping import Choices, mapped
from lib.names import looks_like_name, person_key
from lib.project import Period, Project, read_project
from lib.reading import Memo, Question, Reading, Recognised, nearest, read
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
from sheets.table import Cell, Table, text

if TYPE_CHECKING:
    from lib.duplicates import Candidate

LISTS = frozenset({(Session, "leaders"), (Place, "forms")})
"""The columns that may refer to several rows at once, separated by a semicolon, a comma or a new line."""

UNKNOWN: Mapping[type[Record], Rule] = {
    Participant: rules.UNKNOWN_PERSON,
    SupportForm: rules.UNKNOWN_FORM,
    Group: rules.UNKNOWN_GROUP,
    Session: rules.UNKNOWN_SESSION,
    BudgetLine: rules.UNKNOWN_TASK,
    Place: rules.UNKNOWN_PLACE,
    Specialist: rules.UNKNOWN_SPECIALIST,
}
"""The rule that a reference breaks when it points to nothing, by the table it points to."""


@dataclass(frozen=True)
class Readings:
    """All the tabs of a project, read: what every cell is worth, before anything depends on a day."""

    by_record: Mapping[type[Record], Reading]
    findings: tuple[Finding, ...]
    unrecognised: tuple[Table, ...]
    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    tabs: tuple[Table, ...] = ()


def read_tabs(tabs: Iterable[Table], memo: Memo | None = None, choices: Choices | None = None) -> Readings:
    """Every tab recognised, read and tied to the others.

    With the `memo` of the last reading only values that it did not meet are validated. `choices` are
    what people said of tabs when they connected them; see `mapping.py`.
    """
    if memo is not None:
        memo.turn()
    tables: list[Recognised] = []
    questions: list[Question] = []
    unrecognised = []
    whole = tuple(replace(tab, title=text(tab.title)) for tab in tabs)
    known = mapped(whole, choices or {})
    findings: list[Finding] = [*known.findings]
    for tab, found in zip(whole, known.found, strict=True):
        tables.extend(found.tables)
        questions.extend(found.questions)
        findings.extend(found.findings)
        if not found.tables:
            unrecognised.append(tab)
    tied = joined(tables)
    asked = {question.tab for question in questions if question.about == "entered_on"}
    questions.extend(question for question in _no_entries(tied.tables) if question.tab not in asked)
    findings.extend(tied.findings)
    by_record: dict[type[Record], Reading] = {}
    for record in RECORDS:
        own = [table for table in tied.tables if table.record is record]
        reading = _resolved(read(record, own, memo), by_record)
        by_record[record] = reading = _one_row_a_key(reading)
        findings.extend(reading.findings)
    return Readings(
        by_record, tuple(findings), tuple(unrecognised), tuple(tables), tuple(questions), tabs=whole
    )


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


def _resolved(reading: Reading, parents: Mapping[type[Record], Reading]) -> Reading:
    """The reading with every reference spelled as its parent spells it; what points to nothing is a finding.

    A table that is not there at all cannot be pointed to wrongly: references to it stay as typed.
    """
    rows, counted, found = reading.rows.copy(), reading.counted.copy(), list(reading.findings)
    for name, column in reading.record.model_fields.items():
        refers = str(extra(column, "refers"))
        parent = next((r for r in parents if r.__name__ == refers.partition(".")[0]), None)
        if parent is None or not len(rows):
            continue
        typed = rows[name]
        listed = (reading.record, name) in LISTS
        if not parents[parent].tabs:
            if listed:
                tidy = typed.map(lambda value: ";".join(_split(value)), na_action="ignore")
                rows[name] = tidy.astype(typed.dtype)
            continue
        known, names = _names(parents[parent])
        people = _people(parents[parent])
        essential = bool(extra(column, "essential"))
        spelled: dict[str, str | None] = {}
        for value in typed.dropna().unique():
            parts = _split(value) if listed else [value]
            hits = [known.get(key(part)) or people.get(person_key(part)) for part in parts]
            missing = [part for part, hit in zip(parts, hits, strict=True) if hit is None]
            spelled[value] = ";".join(hit[0] for hit in hits if hit is not None) or None
            if any(hit is _SEVERAL for hit in hits) or missing:
                at = rows.index[(typed == value).to_numpy()]
                lost = (counted[at] & essential).astype(int)
                cells = _by_cell(reading, name, at.to_numpy(), lost)
            if any(hit is _SEVERAL for hit in hits):
                spelled[value] = None
                found.extend(rules.PERSON_AMBIGUOUS.at(cell, not_counted=n) for cell, n in cells)
            elif missing:
                for cell, not_counted in cells:
                    named = cell.raw.startswith("•••") or (bool(people) and looks_like_name(missing[0]))
                    found.append(
                        UNKNOWN[parent].at(
                            replace(cell, raw="•••" if named else missing[0]),
                            parent=parents[parent].tabs[0].table.title,
                            hint="" if named else nearest(missing[0], names),
                            not_counted=not_counted,
                        )
                    )
            elif essential and not all(hit[1] for hit in hits if hit is not None):
                lost = rows.index[(typed == value).to_numpy() & counted]
                if len(lost):
                    first = reading.cell(int(lost[0]), name)
                    at = parents[parent].cell(hits[0][2]).address if hits[0] is not None else ""
                    found.append(
                        rules.PARENT_NOT_COUNTED.at(first, parent=at, rows=len(lost), not_counted=len(lost))
                    )
                    counted[lost] = False
        rows[name] = typed.map(spelled).astype(typed.dtype) if spelled else typed
        if essential and not extra(column, "blank"):
            counted &= rows[name].notna().to_numpy()
    return replace(reading, rows=rows, counted=counted, findings=tuple(found))


def _by_cell(reading: Reading, name: str, rows: np.ndarray, lost: np.ndarray) -> list[tuple[Cell, int]]:
    """The cells of a field in some rows, each once, with how many of the rows are lost by it."""
    cells: dict[str, tuple[Cell, int]] = {}
    for row, one in zip(rows.tolist(), lost.tolist(), strict=True):
        if reading.tabs[reading.where[row, 0]].derived:
            continue  # said where it stands
        cell = reading.cell(row, name)
        place = f"{cell.workbook} {cell.address}"
        cells[place] = (cell, cells.get(place, (cell, 0))[1] + one)
    return list(cells.values())


def _split(value: str) -> list[str]:
    parts = value.replace(",", ";").replace("\n", ";").split(";")
    return [part.strip() for part in parts if part.strip()]


def _names(parent: Reading) -> tuple[dict[str, tuple[str, bool, int]], list[str]]:
    """For each name by which a row of the parent is known: its key, whether it is counted, its row."""
    record = parent.record
    known: dict[str, tuple[str, bool, int]] = {}
    first = record.key[0]
    for name in (first, *record.also_known_by):
        for row, (typed, own) in enumerate(zip(parent.rows[name], parent.rows[first], strict=True)):
            if isinstance(typed, str) and isinstance(own, str):
                known.setdefault(key(typed), (own, bool(parent.counted[row]), row))
    return known, sorted({own for own, _, _ in known.values()})


_SEVERAL = ("", False, -1)
"""What a name means that several people of the parent have."""


def _people(parent: Reading) -> dict[str, tuple[str, bool, int]]:
    """For each name of a person in the parent, however ordered: the number, whether the row counts, the row."""
    fields = {Participant: ("person", "surname", "first_name"), Specialist: ("specialist", "name")}
    if parent.record not in fields:
        return {}
    known: dict[str, tuple[str, bool, int]] = {}
    own, *parts = fields[parent.record]
    columns = (parent.rows[name].to_numpy() for name in (own, *parts))
    for row, (number, *name) in enumerate(zip(*columns, strict=True)):
        words = person_key(*(part for part in name if isinstance(part, str)))
        if not words or not isinstance(number, str):
            continue
        before = known.get(words)
        if before is None or (not before[1] and bool(parent.counted[row])):
            known[words] = (number, bool(parent.counted[row]), row)
        elif before[0] != number and bool(parent.counted[row]):
            known[words] = _SEVERAL
    return known


def _one_row_a_key(reading: Reading) -> Reading:
    """The reading with only the first row of each key counted; every further one is a finding."""
    names = list(reading.record.key)
    if not names or not len(reading.rows) or any("person" in tab.made for tab in reading.tabs):
        return reading
    counted, found = reading.counted.copy(), list(reading.findings)
    rows = reading.rows[counted & reading.rows[names].notna().all(axis=1).to_numpy()]
    keys = rows[names].apply(lambda column: column.map({v: key(v) for v in column.unique()}))
    firsts = keys.reset_index().groupby(names, sort=False)["index"].transform("first").to_numpy()
    index = rows.index.to_numpy()
    again = index != firsts
    counted[index[again]] = False
    for row, first in zip(index[again], firsts[again], strict=True):
        if reading.record is Attendance:
            at = reading.cell(int(first), "person").address
            cell, person = reading.cell(int(row), "person"), reading.rows.at[row, "person"]
            found.append(rules.ATTENDANCE_TWICE.at(cell, person=person, first=at, not_counted=1))
        else:
            at = reading.cell(int(first), names[0]).address
            rule = rules.DUPLICATE_DOCUMENT if reading.record is Expense else rules.DUPLICATE_KEY
            found.append(rule.at(reading.cell(int(row), names[0]), first=at, not_counted=1))
    return replace(reading, counted=counted, findings=tuple(found))


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
    same = _same_person(readings.by_record[Participant], frames[Participant], findings)
    frames[Session] = _with_form(frames[Session], frames[Group]).assign(
        visit=_from_tabs(readings.by_record[Session], frames[Session], lambda tab: "visit" in tab.made)
    )
    frames[Enrolment] = _with_form(_as_persons(frames[Enrolment], same), frames[Group])
    frames[Attendance] = _of_sessions(
        _as_persons(frames[Attendance], same), frames[Session], readings.by_record[Attendance], findings
    )
    frames[Participant] = _completed(readings, frames, same, project.starts_on)
    rejected = {
        record: len(reading.rows) - len(frames[record]) for record, reading in readings.by_record.items()
    }
    persons = _persons(frames[Participant], same)
    frames[Enrolment] = _left(readings.by_record[Enrolment], frames[Enrolment], persons)
    bare = Register(key, as_of, today or as_of, project, readings, frames, persons, rejected)
    for check in CHECKS:
        findings.extend(check(bare))
    found = sorted(findings, key=_urgency)
    still_open, accepted = split(found, readings.by_record, acceptances or Acceptances())
    return replace(bare, findings=still_open, accepted=accepted)


def _urgency(finding: Finding) -> tuple[int, str, int, int]:
    cell = finding.cell
    return (-finding.rule.severity, cell.tab, cell.row, cell.column)


def _same_person(reading: Reading, participants: pd.DataFrame, found: list[Finding]) -> dict[str, str]:
    """The numbers that are a further number of a person, by PESEL, with the first number of that person."""
    known = participants[participants["pesel"].notna()]
    first = known.groupby("pesel")["person"].transform("first")
    again = known[first != known["person"]]
    rows = dict(zip(participants["person"], participants["row"], strict=True))
    same = dict(zip(again["person"], first[again.index], strict=True))
    for row, person in zip(again["row"], again["person"], strict=True):
        where = reading.cell(int(rows[same[person]]), "pesel").address
        found.append(rules.SAME_PESEL.at(reading.cell(int(row), "pesel"), first=same[person], where=where))
    return same


def _as_persons(frame: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    return frame.assign(person=frame["person"].replace(dict(same))) if same else frame


def _persons(participants: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    """One row a human being: characteristics of the first entry, the first entry, the last exit.

    Source: participant monitoring rules of the ESF (a person who comes back is recorded once).
    """
    ordered = _as_persons(participants, same).sort_values(["entered_on", "row"], kind="stable")
    by_person = ordered.groupby("person", sort=False)
    columns = ["sex", "birth_date", "target_group", "entered_on", "completed_path", "row"]
    # not .first(), which skips blanks: characteristics are those of the first entry, blank or not
    persons = ordered.drop_duplicates("person").set_index("person")[columns]
    started = ordered[ordered["entered_on"].notna()]
    still_open = started[started["exited_on"].isna()]["person"]
    persons["exited_on"] = by_person["exited_on"].max()
    persons.loc[persons.index.isin(still_open), "exited_on"] = pd.NaT
    order = [
        "person",
        "sex",
        "birth_date",
        "target_group",
        "entered_on",
        "exited_on",
        "completed_path",
        "row",
    ]
    return persons.reset_index()[order].sort_values("row", ignore_index=True)


def _left(reading: Reading, enrolments: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """The enrolments; those that follow from lists end when the person leaves the project."""
    made = _from_tabs(reading, enrolments, lambda tab: tab.derived) & enrolments["ended_on"].isna()
    left = _looked_up(enrolments["person"], persons.set_index("person")["exited_on"])
    return enrolments.assign(
        ended_on=enrolments["ended_on"].where(~(made & (left >= enrolments["started_on"])), left)
    )


def _from_tabs(reading: Reading, frame: pd.DataFrame, such: Callable[[Recognised], bool]) -> np.ndarray:
    """For each row of a frame whether it comes from a tab that is such."""
    tabs = [number for number, tab in enumerate(reading.tabs) if such(tab)]
    return np.isin(reading.where[frame["row"].to_numpy(), 0], tabs)


def _completed(
    readings: Readings,
    frames: Mapping[type[Record], pd.DataFrame],
    same: Mapping[str, str],
    starts_on: dt.date | None,
) -> pd.DataFrame:
    """The participants with what their list has no column for and other cells say.

    The day of birth and the sex are in the PESEL; participation begins with the first form of support, so
    with the first day attended, or without any list of attendance with the first day in a group; where
    there is neither, a person may have said that everybody takes part from the start of the project.
    """
    reading, people = readings.by_record[Participant], frames[Participant]
    tab_of = reading.where[people["row"].to_numpy(), 0] if len(people) else np.empty(0, dtype=int)
    lacking = {
        name: np.isin(tab_of, [n for n, tab in enumerate(reading.tabs) if name not in tab.fields])
        for name in ("sex", "entered_on")
    }
    pesel = people["pesel"]
    born = pd.to_datetime(pesel.map(pesel_birth_date, na_action="ignore")).astype("datetime64[s]")
    sex = pesel.map(pesel_sex, na_action="ignore").astype("str")
    people = people.assign(
        birth_date=people["birth_date"].fillna(born),
        sex=people["sex"].where(~lacking["sex"] | pesel.isna(), sex),
    )
    if not lacking["entered_on"].any():
        return people
    attendance, enrolments = frames[Attendance], frames[Enrolment]
    present = attendance[attendance["presence"] == Presence.PRESENT.value]
    days, persons = (
        (present["day"], present["person"])
        if len(attendance)
        else (enrolments["started_on"], enrolments["person"])
    )
    first = days.groupby(persons).min()
    entered = _looked_up(people["person"].replace(dict(same)), first).astype("datetime64[s]")
    if not len(days) and starts_on is not None:
        tabs = [n for n, tab in enumerate(reading.tabs) if tab.answers.get("entry") == "start"]
        entered = entered.mask(np.isin(tab_of, tabs), pd.Timestamp(starts_on).as_unit("s"))
    return people.assign(entered_on=people["entered_on"].where(~lacking["entered_on"], entered))


def _with_form(frame: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(form=_looked_up(frame["group"], groups.set_index("group")["form"]))


def _looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """For each key the value under it, missing where there is none; unlike map(), also of nothing."""
    return values.reindex(keys).set_axis(keys.index)


def _of_sessions(
    attendance: pd.DataFrame, sessions: pd.DataFrame, reading: Reading, found: list[Finding]
) -> pd.DataFrame:
    """Attendance with the day, group, form and status of its session, without that of cancelled sessions.

    `visit` says that it comes from a register of visits, which has nobody absent.
    """
    by_session = sessions.set_index("session")
    columns = ("day", "group", "form", "status")
    joined = attendance.assign(
        **{name: _looked_up(attendance["session"], by_session[name]) for name in columns}
    )
    again = joined.duplicated(["session", "person"])  # two numbers of one person on one session
    for row, person in zip(joined["row"][again], joined["person"][again], strict=True):
        first = joined[(joined["person"] == person) & (joined["session"] == joined.at[row, "session"])]
        at = reading.cell(int(first["row"].iloc[0]), "person").address
        cell = reading.cell(int(row), "person")
        found.append(rules.ATTENDANCE_TWICE.at(cell, person=person, first=at, not_counted=1))
    joined = joined[~again]
    joined = joined.assign(visit=_from_tabs(reading, joined, lambda tab: "presence" in tab.made))
    cancelled = joined["status"] == SessionStatus.CANCELLED.value
    for row, day in zip(joined["row"][cancelled], joined["day"][cancelled], strict=True):
        cell = reading.cell(int(row), "session")
        found.append(rules.ATTENDANCE_CANCELLED_SESSION.at(cell, day=day.date(), not_counted=1))
    return joined[~cancelled & joined["day"].notna()]


def severities(findings: Sequence[Finding]) -> dict[rules.Severity, int]:
    """How many findings there are of each severity, all severities always present."""
    return {s: sum(1 for f in findings if f.rule.severity is s) for s in rules.Severity}
