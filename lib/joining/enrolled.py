"""Enrolments that no table of them keeps: they follow from lists of people and of attendance."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from lib.blocks import APART, is_blank
from lib.cells import key, plain
from lib.contents import DAY_INSIDE, day_of, is_day
from lib.dictionaries import EnrolmentState, Presence
from lib.headers import header_key
from lib.joining.attendance import names_of_numbers, tokens_of
from lib.joining.groups import Groups
from lib.joining.parts import WAITING, key_of, labels_of
from lib.reading import Recognised, column_at, rows_of_data
from lib.recognition.above import group_in, says_project
from lib.recognition.meeting import Meeting
from lib.records import Enrolment
from sheets.table import Value


def ends_said(lists: Iterable[Recognised], groups: Groups) -> dict[str, dt.date]:
    """The last day of each group that a line above its list says: „edycja I (03.10.2022 - 19.12.2022)”.

    Not of a group that has another list without such a line, or a day after it.
    """
    found: dict[str, dt.date] = {}
    others: set[str] = set()
    for table in lists:
        own = {key(group) for group in (table.listed.groups if table.listed is not None else (table.group,))}
        days = [day for _, day, _, _ in table.listed.days] if table.listed is not None else []
        said = {
            code: end
            for line in reversed(table.called)
            if (match := _LAST_DAY.search(plain(line))) and (end := day_of(match[1])) is not None
            if (code := key(groups.said_in(line) or "") or _only(own, line)) in own
            and end >= max(days, default=end)
        }
        found |= {code: max(end, found.get(code, end)) for code, end in said.items()}
        others |= own - said.keys()
    return {code: end for code, end in found.items() if code not in others}


def _only(groups: Set[str], line: str) -> str:
    """The only group of a list, where a line above says from when to when it meets, without its name."""
    return next(iter(groups)) if len(groups) == 1 and _MEETS.match(line) else ""


_MEETS = re.compile(r"(?i)\s*(?:czas|okres|termin) (?:trwania|realizacji|zaj[eę][cć])")
"""How such a line begins: „Czas trwania grupy: 05.10.2022 - 30.06.2023”."""

_DAY = r"(?:[0-9]{1,2}\.[0-9]{1,2}\.?|[0-9]{1,2}\.? [^\W\d_]{3,})"
_LAST_DAY = re.compile(
    rf"(?:(?:{DAY_INSIDE.pattern}|{_DAY})(?: ?r\.)?\s*(?:[-–]|do)\s*|(?<![0-9.])[0-9]{{1,2}}[-–])"
    rf"({DAY_INSIDE.pattern})"
)
"""The last day of a period: „3-14 lipca 2023”, „29 stycznia - 2 lutego 2024”; not „gr. 2 - 06.11.2024”."""


def enrolled_since(
    lists: Sequence[Recognised], known: set[str], group_ends: Mapping[str, dt.date]
) -> Iterator[Recognised]:
    """Enrolments from lists of attendance with columns that say since when, and until when, each person is in
    the group, but for the groups that are `known`; of several lists of a group the last one counts.

    Who has no day in those columns is in the group since the first mark on the list, and till its end as far
    as `group_ends` has it. Who stands twice on a list left and came back.
    """
    lines: dict[tuple[str, str], tuple[int, list[int]]] = {}
    for number, table in enumerate(lists):
        if table.listed is None or not table.listed.since:
            continue
        for at, (person, group) in enumerate(zip(table.listed.persons, table.listed.groups, strict=True)):
            if person is not None and key(group) not in known:
                before, times = lines.get((key(group), key_of(person)), (number, []))
                lines[key(group), key_of(person)] = number, [*(times if before == number else []), at]
    for number, table in enumerate(lists):
        own = sorted(at for other, times in lines.values() if other == number for at in times)
        if own:
            yield _enrolled_since(table, own, group_ends)


def _enrolled_since(table: Recognised, own: Sequence[int], group_ends: Mapping[str, dt.date]) -> Recognised:
    """The enrolments of some of the people on a list that says since when each is in the group."""
    listed = table.listed
    assert listed is not None
    rows = [listed.rows[at] for at in own]
    marked: dict[int, dt.date] = {}
    assert table.lines is not None
    for row, session in zip(table.lines.tolist(), table.values("session"), strict=True):
        part = Meeting.parts(session)
        if part is not None:
            marked[row] = min(marked.get(row, part[1]), part[1])
    days = {name: [table.table.columns[column][row] for row in rows] for name, column in listed.since.items()}
    starts = [
        marked.get(row) if is_blank(day) else day
        for row, day in zip(rows, days.get("started_on", [None] * len(rows)), strict=True)
    ]
    ends = (
        {
            "ended_on": [
                group_ends.get(key(listed.groups[at])) if is_blank(day) else day
                for at, day in zip(own, days["ended_on"], strict=True)
            ]
        }
        if "ended_on" in days
        else {}
    )
    columns = {
        "person": table.columns["person"],
        "group": table.columns["person"],
        **{
            name: listed.since.get("started_on", table.columns["person"])
            for name in ("requested_on", "started_on")
        },
        **listed.since,
    }
    cells: dict[str, Sequence[Value]] = {
        "person": [listed.persons[at] for at in own],
        "group": [listed.groups[at] for at in own],
        "state": [EnrolmentState.ADMITTED.value] * len(own),
        "requested_on": starts,
        "started_on": starts,
        **ends,
    }
    return replace(_following(table, columns, cells, rows), wide=table.wide)


def _following(
    table: Recognised,
    columns: Mapping[str, int | np.ndarray],
    cells: Mapping[str, Sequence[Value]],
    rows: Sequence[int],
) -> Recognised:
    """Enrolments that follow from a list of attendance, at these rows of it."""
    return Recognised(
        Enrolment,
        table.table,
        columns,
        cells=cells,
        lines=np.array(rows, dtype=np.int64),
        header_rows=table.header_rows,
        names=table.names,
        span=table.span,
        derived=True,
        limit=table.limit,
        form=table.form,
        made=frozenset(("group", "state", "requested_on")),
    )


def enrolled_in_parts(table: Recognised, groups: Groups, real: set[str]) -> Recognised | None:
    """Enrolments that follow from a list of people in parts, or on a tab of its own, by group."""
    labels = labels_of(table)
    lines, names, states = [], [], []
    kept = rows_of_data(table)[0].tolist()
    group_of = {label: _group_of_part(label, table.group, groups) for label in {labels[row] for row in kept}}
    for row in kept:
        group = group_of[labels[row]]
        if group is None or key(group) in real:
            continue
        lines.append(row)
        names.append(group)
        waits = WAITING.search(labels[row] or table.group)
        states.append((EnrolmentState.WAITLISTED if waits else EnrolmentState.ADMITTED).value)
    return _of_people(table, lines, names, states, ("entered_on", "exited_on")) if lines else None


def enrolled_beside(
    table: Recognised, groups: Groups, known: Set[str], read: Set[int]
) -> Iterator[Recognised]:
    """Enrolments that columns beside people say: „gimnastyka od | gimnastyka do”, the name one of a group.

    But for groups that are `known` otherwise, and for columns that are `read` already.
    """
    header = [header_key(text) for text in table.table.header]
    rows = rows_of_data(table)[0].tolist()
    for column, text in enumerate(header[:-1]):
        name = text.removesuffix(" od")
        if name == text or header[column + 1] != f"{name} do" or {column, column + 1} & read:
            continue
        group = groups.find(name)
        days = table.table.columns[column]
        lines = [row for row in rows if not is_blank(days[row])]
        if group is not None and key(group) not in known and any(is_day(days[row]) for row in lines):
            states = [
                (EnrolmentState.WAITLISTED if _said_waiting(days[row]) else EnrolmentState.ADMITTED).value
                for row in lines
            ]
            yield _of_people(table, lines, [group] * len(lines), states, (column, column + 1))


def _said_waiting(day: Value) -> bool:
    """Whether „rez.” stands in place of a day."""
    return isinstance(day, str) and WAITING.match(day) is not None


def _of_people(
    table: Recognised,
    lines: Sequence[int],
    groups: Sequence[str],
    states: Sequence[str],
    days: tuple[str, str] | tuple[int, int],
) -> Recognised:
    """Enrolments of people at some lines; `days` are the fields or columns of the first and the last day."""
    person = table.columns["person"]
    people = table.values("person")
    columns: dict[str, int | np.ndarray] = {"person": person, "group": person}
    cells: dict[str, Sequence[Value]] = {
        "person": [people[row] for row in lines],
        "group": groups,
        "state": states,
    }
    first, last = days
    for own, name in ((first, "started_on"), (last, "ended_on"), (first, "requested_on")):
        column = table.columns.get(own) if isinstance(own, str) else own
        if column is not None:
            typed = table.values(own) if isinstance(own, str) else table.table.columns[own]
            columns[name] = column
            cells[name] = [None if _said_waiting(typed[row]) else typed[row] for row in lines]
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
        parts=table.parts,
        made=frozenset(cells),
    )


def _group_of_part(label: str, tab: str, groups: Groups) -> str | None:
    """The group of the people below a line, or else of those on the tab; None for none."""
    lines = APART.join(line for line in label.split(APART) if not says_project(line))
    said = lines or tab
    named = group_in(said)
    return groups.find(named or said) or (plain(named) if named and lines else None)


def enrolled_on_lists(
    lists: Sequence[Recognised],
    listed: set[str],
    spans: Mapping[tuple[str, str], object],
    ends: Mapping[str, dt.date],
    people: Iterable[Recognised],
) -> Iterator[Recognised]:
    """Enrolments that follow from lists of attendance, for groups of which nothing else says who is in them.

    A person is in the group from the first day marked to the end of the group, as far as `ends` has it.
    `spans` has who is known to be in which group; of a register of visits everybody else is enrolled.
    `people` are the lists of the people: who is named by number here and by name there is one person.
    """
    called_so = names_of_numbers(people)
    times = Counter(called_so.values())
    first: dict[tuple[str, str], tuple[int, int, dt.date, str]] = {}
    last: dict[tuple[str, str], dt.date] = {}
    for number, table in enumerate(lists):
        if "session" not in table.made:
            continue
        persons, sessions = table.values("person"), table.values("session")
        called = {v: tokens_of(v) for v in set(persons) if v is not None}
        meetings = {v: (key(part[0]), *part) for v in set(sessions) if (part := Meeting.parts(v)) and part[0]}
        visits = table.of_visits
        for at, (person, session, mark) in enumerate(
            zip(persons, sessions, table.values("presence"), strict=True)
        ):
            meeting = meetings.get(session)
            if table.lines is None and at in table.skip:
                continue
            if meeting is None or person is None or (visits and mark == Presence.ABSENT.value):
                continue
            group, typed, day, _ = meeting
            tokens = called[person]
            if group in listed and (not visits or any((group, token) in spans for token in tokens)):
                continue
            token = called_so.get(tokens[-1], tokens[-1])
            name = (group, token if times[token] == 1 else tokens[-1])  # and namesakes are not
            if name not in first or day < first[name][2]:
                first[name] = (number, at, day, typed)
            if name not in last or day > last[name]:
                last[name] = day
    for number, table in enumerate(lists):
        own = [(at, day, last[name], group) for name, (n, at, day, group) in first.items() if n == number]
        if own:
            yield _enrolled(table, own, ends)


def _later(end: dt.date | None, last: dt.date) -> dt.date | None:
    """The end of a group, or the last day on which somebody was marked after it."""
    return None if end is None else max(end, last)


def _enrolled(
    table: Recognised, own: Sequence[tuple[int, dt.date, dt.date, str]], ends: Mapping[str, dt.date]
) -> Recognised:
    """The enrolments of people whose first marks stand on a list: line, first and last day, group of each.

    Visits of a register take no place in a group: each person's ended with the last one.
    """
    ats = [at for at, _, _, _ in own]
    visits = table.of_visits
    state = EnrolmentState.COMPLETED if visits else EnrolmentState.ADMITTED
    persons, person_at = table.values("person"), table.columns["person"]
    session_at = table.columns.get("session", person_at)
    columns = np.array([column_at(session_at, at) for at in ats])
    days = [day for _, day, _, _ in own]
    enrolled = _following(
        table,
        {"person": person_at, "group": columns, "started_on": columns, "requested_on": columns},
        {
            "person": [persons[at] for at in ats],
            "group": [group for _, _, _, group in own],
            "state": [state.value] * len(own),
            "ended_on": [last if visits else _later(ends.get(key(group)), last) for _, _, last, group in own],
            "requested_on": days,
            "started_on": days,
        },
        [table.row(at) for at in ats],
    )
    sessions_at = np.array([table.row(at, "session") for at in ats])
    return replace(
        enrolled,
        rows_of=dict.fromkeys(("group", "started_on", "requested_on"), sessions_at),
        made=enrolled.made | {"started_on"},
    )
