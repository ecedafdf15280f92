"""How the tables of a project hang together where their rows do not say so by numbers.

    people without a number      get one that does not depend on where their row stands
    sessions without a number    are known by their group and day
    lists of attendance          say which sessions were held, and, where nothing else does, who is in a group
    groups and forms             that no table lists follow from the tables that name them

What is made here has its place on a tab, so that each figure opens to cells and each finding has its address.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
from rapidfuzz import fuzz

from lib.cells import key, parse_pesel, plain
from lib.contents import day_of
from lib.dictionaries import EnrolmentState, Presence, SessionStatus
from lib.findings import Finding
from lib.matrix import Meeting, group_in
from lib.names import person_key
from lib.reading import SUM, Recognised, rows_of_data
from lib.records import (
    RECORDS,
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
)
from sheets.table import Value

WAITING = re.compile(r"(?i)\b(?:rezerw|oczekuj|kolejk)")
"""What a line above people says who have no place yet."""

DAY_INSIDE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"
    r"|[0-9]{1,2}\.? (?:[^\W\d_]{3,}|[IVX]+) [0-9]{4})(?![0-9])"
)


@dataclass
class _Groups:
    """The groups that are known, by every name they go by."""

    known: dict[str, str] = field(default_factory=dict)
    made: dict[str, tuple[Recognised, int, str, int]] = field(default_factory=dict)

    def add(self, name: Value, code: Value) -> None:
        """A group's code, and a name for it."""
        if name is not None and code is not None:
            self.known.setdefault(key(name), plain(code))

    def find(self, label: str) -> str | None:
        """The code of the group that a label means; None for none, or for several."""
        wanted = key(label)
        if not wanted:
            return None
        for text in (wanted, re.sub(r"^(?:grup[aye]|gr)\b\.? *", "", wanted)):
            if text in self.known:
                return self.known[text]
        words = set(re.findall(r"[a-z0-9]+", wanted))
        inside = {
            code
            for name, code in self.known.items()
            if (own := set(re.findall(r"[a-z0-9]+", name)) - {"grupa", "gr"}) and own <= words
        }
        if len(inside) == 1:
            return inside.pop()
        near = {
            code for name, code in self.known.items() if len(wanted) >= 5 and fuzz.ratio(name, wanted) >= 88
        }
        return near.pop() if len(near) == 1 else None


@dataclass(frozen=True, slots=True)
class Joined:
    """All the tables of a project, those that follow from others included, and what is wrong between them."""

    tables: tuple[Recognised, ...]
    findings: tuple[Finding, ...]


def joined(tables: Sequence[Recognised]) -> Joined:
    """The tables with everything that they need to be read as one project."""
    by_record: dict[type[Record], list[Recognised]] = {record: [] for record in RECORDS}
    for table in tables:
        by_record[table.record].append(table)
    for record, name in (
        (SupportForm, "code"),
        (Group, "group"),
        (Specialist, "specialist"),
        (BudgetLine, "line"),
    ):
        by_record[record] = [_named_by(table, name) for table in by_record[record]]
    by_record[SupportForm] = [_both(table) for table in by_record[SupportForm]]
    by_record[BudgetLine] = [_with_tasks(table) for table in by_record[BudgetLine]]
    by_record[Enquiry] = [_numbered(table) for table in by_record[Enquiry]]
    by_record[Participant] = [_with_numbers(table) for table in by_record[Participant]]
    by_record[Readiness] = [_with_reasons(table) for table in by_record[Readiness]]
    by_record[Place] = [_once(table) for table in by_record[Place]]
    groups = _Groups()
    for table in by_record[Group]:
        for code, name in zip(table.values("group"), table.values("name"), strict=True):
            groups.add(code, code)
            groups.add(name, code)
    found: list[Finding] = []
    by_record[Session] = [_sessions(table, groups) for table in by_record[Session]]
    by_record[Attendance] = [_attendance(table, groups) for table in by_record[Attendance]]
    by_record[Enrolment] = [_enrolments(table, groups) for table in by_record[Enrolment]]
    real = {g for table in by_record[Enrolment] for g in map(_key, table.values("group")) if g}
    for table in by_record[Participant]:
        made = _in_sections(table, groups, real)
        if made is not None:
            by_record[Enrolment].append(made)
    by_record[Participant] = [_without_waiting(table) for table in by_record[Participant]]
    listed = {g for table in by_record[Enrolment] for g in map(_key, table.values("group")) if g}
    spans = _memberships(by_record[Enrolment], by_record[Participant])
    by_record[Attendance] = [_while_member(table, spans) for table in by_record[Attendance]]
    _tie_sessions(by_record)
    by_record[Enrolment] += _on_lists(by_record[Attendance], listed)
    if not by_record[Participant]:
        by_record[Participant] = list(_people_on_lists(by_record))
    made_groups = list(_made_groups(by_record, groups))
    by_record[Group] += made_groups
    if not by_record[SupportForm]:
        by_record[SupportForm] = list(_made_forms(by_record[Group]))
    return Joined(tuple(table for own in by_record.values() for table in own), tuple(found))


def _key(value: Value) -> str:
    return key(value) if value is not None else ""


# --- names that a table gives itself --------------------------------------------------------------


def _named_by(table: Recognised, code: str) -> Recognised:
    """A table without codes, each row known by its name."""
    if code in table.fields or "name" not in table.fields:
        return table
    names = table.values("name")
    if code == "specialist":  # a name is personal, and a code is not
        names = [_number(None, None, name, None) for name in names]
    return replace(
        table,
        columns={**table.columns, code: table.columns["name"]},
        cells={**table.cells, code: names},
        names=table.names | ({code} if code == "specialist" else set()),
        made=table.made | {code},
    )


def _with_reasons(table: Recognised) -> Recognised:
    """Readiness with the reason that stands beside its state: „wstrzymane - zwolnienie lekarskie”."""
    if "reason" in table.fields or "state" not in table.fields:
        return table
    said = [
        re.split(r"\s[-–—]\s|[(,;]", plain(v), maxsplit=1)[1:] if v is not None else []
        for v in table.values("state")
    ]
    if not any(said):
        return table
    reasons = [part[0].strip(" )") if part else None for part in said]
    return replace(
        table,
        columns={**table.columns, "reason": table.columns["state"]},
        cells={**table.cells, "reason": reasons},
    )


def _once(table: Recognised) -> Recognised:
    """Places from rows in which readiness stands too: each place once, for its first row."""
    if not table.twin and not any(c == table.columns.get("place") for _, c in _merged_down(table)):
        return table
    seen: set[str] = set()
    rows = {}
    for row, place in enumerate(table.values("place")):
        if _key(place) in seen and row not in table.skip:
            rows[row] = "dalszy wiersz miejsca"
        seen.add(_key(place))
    return replace(table, skip={**table.skip, **rows})


def _merged_down(table: Recognised) -> Iterator[tuple[int, int]]:
    """The cells merged downwards: row and column of each."""
    return ((row, column) for row, column, last, _ in table.table.merged if last > row)


def _both(table: Recognised) -> Recognised:
    """Forms of support known by their codes alone are called by them."""
    if "name" in table.fields or "code" not in table.fields:
        return table
    return replace(
        table,
        columns={**table.columns, "name": table.columns["code"]},
        cells={**table.cells, "name": table.values("code")},
    )


def _with_tasks(table: Recognised) -> Recognised:
    """Lines of a budget with the task that the row above them names; one without any is its own task."""
    table = _without_parents(table)
    if "task" in table.fields:
        return table
    tasks = [plain(text) if text else None for text in _labels(table)]
    names = table.values("name") if "name" in table.fields else [None] * len(table)
    return replace(
        table, cells={**table.cells, "task": [t or n or "–" for t, n in zip(tasks, names, strict=True)]}
    )


def _without_parents(table: Recognised) -> Recognised:
    """Lines of a budget without those that sum up their own parts: „1” above „1.1” and „1.2” is a task."""
    if "line" not in table.fields:
        return table
    codes = [plain(value).rstrip(".") if value is not None else "" for value in table.values("line")]
    parents = {code.rpartition(".")[0] for code in codes if "." in code} & set(codes)
    if not parents:
        return table
    name = "name" if "name" in table.fields else "task" if "task" in table.fields else ""
    called = {code: value for code, value in zip(codes, table.values(name), strict=True)} if name else {}
    rows = {row: SUM for row, code in enumerate(codes) if code in parents and row not in table.skip}
    tasks = [called.get(code.partition(".")[0], code or None) for code in codes]
    columns, cells = dict(table.columns), {**table.cells, "task": tasks}
    if name == "task":
        columns["name"] = columns.pop("task")
        cells["name"] = table.values("task")
    return replace(table, columns=columns, cells=cells, skip={**table.skip, **rows})


def _labels(table: Recognised) -> list[str]:
    """For each row the text of the row above it that names its part; empty without one."""
    label, labels = table.parts.get(-1, ""), []
    for row in range(len(table.table)):
        label = table.parts.get(row, label)
        labels.append(label)
    return labels


def _numbered(table: Recognised) -> Recognised:
    """Enquiries without numbers are known by their row."""
    if "enquiry" in table.fields:
        return table
    numbers = [f"w. {table.table.first_row + row}" for row in range(len(table.table))]
    return replace(table, cells={**table.cells, "enquiry": numbers})


# --- people ---------------------------------------------------------------------------------------


def _with_numbers(table: Recognised) -> Recognised:
    """People without a number get one from their PESEL, or else their name and day of birth, or else their name.

    So it stays the same when rows are moved, sorted or inserted, or other cells change. It is a digest: nobody's
    data can be read in it.
    """
    if "person" in table.fields or "surname" not in table.fields:
        return table
    rows = set(rows_of_data(table)[0].tolist())
    fields = [table.values(name) for name in ("pesel", "birth_date", "surname", "first_name")]
    numbers: list[Value] = []
    for row in range(len(table)):
        pesel, born, surname, first = (values[row] for values in fields)
        numbers.append(_number(pesel, born, surname, first) if row in rows else None)
    return replace(
        table,
        columns={**table.columns, "person": table.columns["surname"]},
        cells={**table.cells, "person": numbers},
        names=table.names | {"person"},
        made=table.made | {"person"},
    )


def _number(pesel: Value, born: Value, surname: Value, first: Value) -> str | None:
    name = person_key(surname, first)
    try:
        base = f"pesel {parse_pesel(pesel)}" if pesel is not None else ""
    except ValueError:
        base = ""
    if not base:
        if not name:
            return None
        day = day_of(born)
        base = f"{name} {day:%Y-%m-%d}" if day is not None else name
    return "os-" + sha256(base.encode()).hexdigest()[:8]


def _without_waiting(table: Recognised) -> Recognised:
    """People under a line „lista rezerwowa” have not entered, whatever their row says."""
    labels = _labels(table)
    if "entered_on" not in table.fields or not any(WAITING.search(label) for label in labels):
        return table
    entered = [
        None if WAITING.search(label) else value
        for label, value in zip(labels, table.values("entered_on"), strict=True)
    ]
    return replace(table, cells={**table.cells, "entered_on": entered})


# --- groups, sessions, attendance -----------------------------------------------------------------


def _resolver(groups: _Groups) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def code(label: str) -> str:
        if label not in known:
            known[label] = groups.find(label) or plain(label)
        return known[label]

    return code


def _sessions(table: Recognised, groups: _Groups) -> Recognised:
    """Sessions with their group spelled as the list of groups spells it, and with numbers where they have none."""
    code = _resolver(groups)
    cells = dict(table.cells)
    columns = dict(table.columns)
    own = (
        table.values("group")
        if "group" in table.fields
        else [(group_in(label) or table.group or None) for label in _labels(table)]
    )
    if "group" not in table.fields:
        cells["group"] = [code(value) if value is not None else None for value in own]
    if "session" not in table.fields and "day" in table.fields:
        cells["session"] = _meetings(
            [code(plain(g)) if g is not None else "" for g in own], table.values("day")
        )
        columns["session"] = table.columns["day"]
    if "status" not in table.fields:
        status = (
            SessionStatus.HELD if re.search(r"(?i)dziennik|zrealizowan|odbyt", table.table.title) else None
        )
        cells["status"] = [status.value if status else "?"] * len(table)
    return replace(table, cells=cells, columns=columns, made=table.made | (cells.keys() - set(table.fields)))


def _meetings(groups: Sequence[str], days: Sequence[Value]) -> list[Value]:
    again: dict[Value, int] = {}
    named: list[Value] = []
    for group, day in zip(groups, days, strict=True):
        meeting = Meeting.of(group, day)
        number = again.get(meeting, 0)
        again[meeting] = number + 1
        named.append(Meeting.of(group, day, number) if number else meeting)
    return named


def _attendance(table: Recognised, groups: _Groups) -> Recognised:
    """Attendance with each session named by the code of its group and its day, where it has no number."""
    code = _resolver(groups)
    cells = dict(table.cells)
    columns = dict(table.columns)
    if "session" not in table.fields:
        labels = _labels(table)
        days = [day_inside(label) or day_inside(table.table.title) for label in labels]
        rows = set(rows_of_data(table)[0].tolist())
        cells["session"] = [
            Meeting.of(code(group_in(label) or table.group), day) if day is not None and row in rows else None
            for row, (label, day) in enumerate(zip(labels, days, strict=True))
        ]
    if "session" not in cells:
        return table
    renamed: dict[Value, Value] = {}
    labels = _labels(table) if table.lines is None else []
    for at, value in enumerate(cells["session"]):
        if value in renamed:
            continue
        parts = Meeting.parts(value)
        if parts is not None:
            label = parts[0] or (group_in(labels[at]) if labels else "") or table.group
            renamed[value] = f"{code(label)}{Meeting.BETWEEN}{str(value).rpartition(Meeting.BETWEEN)[2]}"
    cells["session"] = [renamed.get(value, value) for value in cells["session"]]
    if "presence" not in table.fields:
        cells["presence"] = [Presence.PRESENT.value if v is not None else None for v in cells["session"]]
    listed = table.listed and replace(table.listed, groups=tuple(map(code, table.listed.groups)))
    return replace(
        table,
        cells=cells,
        columns=columns,
        listed=listed,
        group=code(table.group) if table.group else "",
        made=table.made | {"session"} | (cells.keys() - set(table.fields)),
    )


def day_inside(text: str) -> dt.date | None:
    """The day in a line such as „Spotkanie nr 1 - 10 października 2023 r., godz. 16:00”; None without one."""
    match = DAY_INSIDE.search(plain(text))
    return day_of(match[0]) if match else None


def _tie_sessions(by_record: dict[type[Record], list[Recognised]]) -> None:
    """Name the sessions on lists as the plan of sessions does; those that no plan has follow from the lists."""
    planned: dict[tuple[str, dt.date], list[str]] = {}
    for table in by_record[Session]:
        for number, group, day in zip(*(table.values(n) for n in ("session", "group", "day")), strict=True):
            when = day_of(day)
            if number is not None and group is not None and when is not None:
                planned.setdefault((_key(group), when), []).append(plain(number))
    lists, made = [], []
    seen: set[str] = set()
    for table in by_record[Attendance]:
        if "session" not in table.made:
            lists.append(table)
            continue
        renamed: dict[Value, str] = {}
        new: dict[str, int] = {}
        for at, value in enumerate(table.cells["session"]):
            parts = Meeting.parts(value)
            if value in renamed or parts is None:
                continue
            known = planned.get((key(parts[0]), parts[1]), [])
            number = int(parts[2]) - 1 if parts[2] else 0
            renamed[value] = known[number] if number < len(known) else str(value)
            if number >= len(known):
                new[str(value)] = at
        cells = {**table.cells, "session": [renamed.get(v, v) for v in table.cells["session"]]}
        lists.append(replace(table, cells=cells))
        if (sessions := _made_sessions(table, new, planned, seen)) is not None:
            made.append(sessions)
    by_record[Attendance] = lists
    by_record[Session] = [_statuses(table, lists) for table in by_record[Session]] + made


def _statuses(table: Recognised, lists: Iterable[Recognised]) -> Recognised:
    """Sessions without a status: those with attendance were held, the others are still planned."""
    if "?" not in table.cells.get("status", ())[:1]:
        return table
    attended = {plain(v) for one in lists for v in set(one.values("session")) if v is not None}
    held = [
        (
            SessionStatus.HELD if number is not None and plain(number) in attended else SessionStatus.PLANNED
        ).value
        for number in table.values("session")
    ]
    return replace(table, cells={**table.cells, "status": held})


def _made_sessions(
    table: Recognised, new: Mapping[str, int], planned: Mapping[tuple[str, dt.date], object], seen: set[str]
) -> Recognised | None:
    """The sessions that a list of attendance says were held, and those it says were cancelled."""
    names, rows, columns, statuses = [], [], [], []
    for name, at in new.items():
        column = table.columns.get("session", 0)
        names.append(name)
        rows.append(table.row(at, "session"))
        columns.append(column if isinstance(column, int) else int(column[at]))
        statuses.append(SessionStatus.HELD.value)
    if table.listed is not None:
        for column, day, number, cancelled in table.listed.days:
            for group in dict.fromkeys(table.listed.groups):
                if cancelled and (key(group), day) not in planned:
                    names.append(str(Meeting.of(group, day, number)))
                    rows.append(-1)
                    columns.append(column)
                    statuses.append(SessionStatus.CANCELLED.value)
    for row, label in table.parts.items():
        day = day_inside(label)
        off = re.search(r"(?i)odwoł|nie odby", label) is not None
        if off and day is not None:
            group = group_in(label) or table.group
            if (key(group), day) not in planned:
                names.append(str(Meeting.of(group, day)))
                rows.append(row)
                columns.append(table.span[0])
                statuses.append(SessionStatus.CANCELLED.value)
    fresh = [i for i, name in enumerate(names) if name not in seen and name not in names[:i]]
    if not fresh:
        return None
    names, rows, columns, statuses = ([own[i] for i in fresh] for own in (names, rows, columns, statuses))
    seen.update(names)
    parts = [Meeting.parts(name) for name in names]
    at = np.array(columns, dtype=np.int64)
    return Recognised(
        Session,
        table.table,
        dict.fromkeys(("session", "group", "day", "status"), at),
        cells={
            "session": names,
            "group": [part[0] or None if part else None for part in parts],
            "day": [part[1] if part else None for part in parts],
            "status": statuses,
        },
        lines=np.array(rows, dtype=np.int64),
        header_rows=table.header_rows,
        span=table.span,
        derived=True,
        group=table.group,
        form=table.form,
        made=frozenset(("session", "group", "status", *(("visit",) if "presence" in table.made else ()))),
    )


# --- who is in which group ------------------------------------------------------------------------


def _enrolments(table: Recognised, groups: _Groups) -> Recognised:
    """Enrolments with the group that a line above says, and the state and the days that follow from the others."""
    code = _resolver(groups)
    cells = dict(table.cells)
    labels = _labels(table)
    waiting = [WAITING.search(label) is not None for label in labels]
    if "group" not in table.fields:
        cells["group"] = [code(group_in(label) or table.group) or None for label in labels]
    else:
        known = {v: groups.find(plain(v)) for v in set(table.values("group")) if v is not None}
        if any(known.values()):
            cells["group"] = [(known[v] or v) if v is not None else None for v in table.values("group")]
    if "state" not in table.fields:
        admitted = EnrolmentState.ADMITTED.value
        cells["state"] = [EnrolmentState.WAITLISTED.value if w else admitted for w in waiting]
    if "requested_on" not in table.fields:
        source = next((n for n in ("started_on", "waitlisted_on") if n in table.fields), None)
        if source is not None:
            cells["requested_on"] = table.values(source)
    return replace(table, cells=cells, made=table.made | (cells.keys() - set(table.fields)))


def _in_sections(table: Recognised, groups: _Groups, real: set[str]) -> Recognised | None:
    """Enrolments that follow from a list of people in parts, or on a tab of its own, by group."""
    labels = _labels(table)
    lines, names, states = [], [], []
    kept = rows_of_data(table)[0].tolist()
    for row in kept:
        label = labels[row] or table.group
        group = groups.find(group_in(label) or label) or (
            plain(group_in(label)) if group_in(labels[row]) else None
        )
        if group is None or key(group) in real:
            continue
        lines.append(row)
        names.append(group)
        states.append((EnrolmentState.WAITLISTED if WAITING.search(label) else EnrolmentState.ADMITTED).value)
    if not lines:
        return None

    def of(name: str) -> list[Value]:
        values = table.values(name)
        return [values[row] for row in lines]

    column = {
        name: table.columns[name] for name in ("person", "entered_on", "exited_on") if name in table.columns
    }
    columns = {"person": column["person"], "group": column["person"]}
    cells: dict[str, Sequence[Value]] = {"person": of("person"), "group": names, "state": states}
    for own, name in (
        ("entered_on", "started_on"),
        ("exited_on", "ended_on"),
        ("entered_on", "requested_on"),
    ):
        if own in column:
            columns[name] = column[own]
            cells[name] = of(own)
    return Recognised(
        Enrolment,
        table.table,
        columns,
        cells=cells,
        lines=np.array(lines, dtype=np.int64),
        header_rows=table.header_rows,
        names=table.names | {"group"},
        span=table.span,
        derived=True,
        made=frozenset(cells),
    )


def _tokens(person: Value) -> tuple[str, ...]:
    """The ways in which a person may be named: the number as it is, or the words of the name."""
    return (f"nr {_key(person)}", f"im {person_key(person)}") if person is not None else ()


def _memberships(
    enrolments: Iterable[Recognised], participants: Iterable[Recognised]
) -> dict[tuple[str, str], list[tuple[dt.date, dt.date]]]:
    """From when to when a person was in a group, by all names of the person."""
    called: dict[str, str] = {}
    for table in participants:
        for number, surname, first in zip(
            *(table.values(n) for n in ("person", "surname", "first_name")), strict=True
        ):
            if number is not None and (name := person_key(surname, first)):
                called[f"nr {_key(number)}"] = f"im {name}"
    found: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = {}
    for table in enrolments:
        fields = (table.values(n) for n in ("person", "group", "started_on", "ended_on"))
        for person, group, start, end in zip(*fields, strict=True):
            days = (day_of(start) or dt.date.min, day_of(end) or dt.date.max)
            for token in _tokens(person):
                for name in {token, called.get(token, token)}:
                    found.setdefault((_key(group), name), []).append(days)
    return found


def _while_member(
    table: Recognised, spans: Mapping[tuple[str, str], list[tuple[dt.date, dt.date]]]
) -> Recognised:
    """A list on which an empty field is an absence, without those of days when the person was not in the group.

    Where nobody says since when, a person was in the group all the time.
    """
    listed = table.listed
    if listed is None or not any(listed.blank):
        return table
    parts = [Meeting.parts(value) for value in table.cells["session"]]
    kept = []
    for person, part, blank in zip(table.cells["person"], parts, listed.blank, strict=True):
        if not blank or part is None:
            kept.append(True)
            continue
        known = [days for token in _tokens(person) for days in spans.get((key(part[0]), token), ())]
        kept.append(not known or any(first <= part[1] <= last for first, last in known))
    keep = np.array(kept, dtype=bool)
    return replace(
        table,
        lines=table.lines[keep] if table.lines is not None else None,
        columns={n: c if isinstance(c, int) else c[keep] for n, c in table.columns.items()},
        cells={n: [v for v, k in zip(values, kept, strict=True) if k] for n, values in table.cells.items()},
        rows_of={n: rows[keep] for n, rows in table.rows_of.items()},
        listed=replace(listed, blank=tuple(b for b, k in zip(listed.blank, kept, strict=True) if k)),
    )


def _on_lists(lists: Sequence[Recognised], listed: set[str]) -> Iterator[Recognised]:
    """Enrolments that follow from lists of attendance, for groups of which nothing else says who is in them.

    A person is in the group from the first day marked.
    """
    first: dict[tuple[str, str], tuple[int, int, dt.date, str]] = {}
    last: dict[tuple[str, str], dt.date] = {}
    for number, table in enumerate(lists):
        if "session" not in table.made:
            continue
        sessions = table.values("session")
        meetings = {v: Meeting.parts(v) for v in set(sessions)}
        for at, (person, session) in enumerate(zip(table.values("person"), sessions, strict=True)):
            part = meetings.get(session)
            if part is None or person is None or not part[0] or key(part[0]) in listed:
                continue
            name = (key(part[0]), person_key(person) or _key(person))
            last[name] = max(last.get(name, part[1]), part[1])
            if name not in first or part[1] < first[name][2]:
                first[name] = (number, at, part[1], part[0])
    for number, table in enumerate(lists):
        own = [(at, day, last[name], group) for name, (n, at, day, group) in first.items() if n == number]
        if own:
            yield _enrolled(table, own)


def _enrolled(table: Recognised, own: Sequence[tuple[int, dt.date, dt.date, str]]) -> Recognised:
    """The enrolments of people whose first marks stand on a list: line, first day, last day and group of each.

    Visits of a register take no place in a group: each person's ended with the last one.
    """
    ats = [at for at, _, _, _ in own]
    visits = "presence" in table.made
    state = EnrolmentState.COMPLETED if visits else EnrolmentState.ADMITTED
    persons, person_at = table.values("person"), table.columns["person"]
    session_at = table.columns.get("session", person_at)
    columns = np.array([session_at if isinstance(session_at, int) else int(session_at[at]) for at in ats])
    days = [day for _, day, _, _ in own]
    return Recognised(
        Enrolment,
        table.table,
        {"person": person_at, "group": columns, "started_on": columns, "requested_on": columns},
        cells={
            "person": [persons[at] for at in ats],
            "group": [group for _, _, _, group in own],
            "state": [state.value] * len(own),
            "ended_on": [last if visits else None for _, _, last, _ in own],
            "requested_on": days,
            "started_on": days,
        },
        lines=np.array([table.row(at) for at in ats]),
        rows_of=dict.fromkeys(
            ("group", "started_on", "requested_on"), np.array([table.row(at, "session") for at in ats])
        ),
        header_rows=table.header_rows,
        names=table.names,
        span=table.span,
        derived=True,
        form=table.form,
        made=frozenset(("group", "state", "requested_on", "started_on")),
    )


def _people_on_lists(by_record: Mapping[type[Record], list[Recognised]]) -> Iterator[Recognised]:
    """The people of a project that has no list of them: those on its enrolments and lists of attendance."""
    seen: set[str] = set()
    for table in (*by_record[Enrolment], *by_record[Attendance]):
        if "person" not in table.names:
            continue  # numbers say nothing of people
        lines, people = [], []
        for at, person in enumerate(table.values("person")):
            name = person_key(person)
            if name and name not in seen:
                seen.add(name)
                lines.append(table.row(at))
                people.append(person)
        if lines:
            column = table.columns["person"]
            cells: dict[str, Sequence[Value]] = {
                "person": [_number(None, None, person, None) for person in people],
                "surname": people,
            }
            columns = dict.fromkeys(cells, column)
            yield Recognised(
                Participant,
                table.table,
                columns,
                cells=cells,
                lines=np.array(lines, dtype=np.int64),
                header_rows=table.header_rows,
                names=table.names,
                span=table.span,
                derived=True,
                made=frozenset(("person",)),
            )


def _made_groups(by_record: Mapping[type[Record], list[Recognised]], groups: _Groups) -> Iterator[Recognised]:
    """The groups that tables name and no list of groups has, each at the first cell that names it."""
    codes = {key(code) for code in groups.known.values()} | set(groups.known)
    listed = bool(by_record[Group])
    forms = {
        key(name): plain(name)
        for table in by_record[SupportForm]
        for name in (*table.values("code"), *table.values("name"))
        if name is not None
    }
    seen: set[str] = set()
    for table in (*by_record[Session], *by_record[Enrolment]):
        if listed and not (table.derived or "group" in table.made):
            continue  # a group that is typed and not on the list is a finding at its cell
        lines, names = [], []
        for at, group in enumerate(table.values("group")):
            name = _key(group)
            if (
                name
                and name not in codes
                and name not in seen
                and not (table.lines is None and at in table.skip)
            ):
                seen.add(name)
                lines.append(at)
                names.append(plain(group))
        if not lines:
            continue
        column = table.columns.get("group", table.span[0])
        columns = np.array([column if isinstance(column, int) else int(column[at]) for at in lines])
        cells: dict[str, Sequence[Value]] = {"group": names, "name": names}
        own = [forms.get(key(table.form or name)) if forms else table.form or name for name in names]
        if any(own):
            cells["form"] = own
        yield Recognised(
            Group,
            table.table,
            dict.fromkeys(cells, columns),
            cells=cells,
            lines=np.array([table.row(at, "group") for at in lines], dtype=np.int64),
            header_rows=table.header_rows,
            span=table.span,
            derived=True,
            made=frozenset(cells),
        )


def _made_forms(groups: Iterable[Recognised]) -> Iterator[Recognised]:
    """The forms of support that groups name, where no list of forms is kept."""
    seen: set[str] = set()
    for table in groups:
        lines, names = [], []
        for at, form in enumerate(table.values("form") if "form" in table.fields else ()):
            if form is not None and key(form) not in seen and not (table.lines is None and at in table.skip):
                seen.add(key(form))
                lines.append(at)
                names.append(plain(form))
        if not lines:
            continue
        column = table.columns["form"]
        columns = np.array([column if isinstance(column, int) else int(column[at]) for at in lines])
        yield Recognised(
            SupportForm,
            table.table,
            {"code": columns, "name": columns},
            cells={"code": names, "name": names},
            lines=np.array([table.row(at, "form") for at in lines], dtype=np.int64),
            header_rows=table.header_rows,
            span=table.span,
            derived=True,
            made=frozenset(("code", "name")),
        )
