"""Attendance by sessions that have no number, and only of days when a person was in the group."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import accumulate

from lib.blocks import is_blank
from lib.cells import key, plain
from lib.contents import are_hours, day_and_month, day_of
from lib.dictionaries import Presence
from lib.headers import column_meaning
from lib.joining.groups import Groups, called
from lib.joining.parts import SEVERAL, key_of, labels_of, one_a_line, only, rows_of
from lib.joining.sessions import day_inside
from lib.joining.visits import support_of, visited
from lib.names import looks_like_name, person_key
from lib.reading import Recognised, column_at, rows_of_data
from lib.recognition.above import first_year, group_in, years_in
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.meeting import Meeting
from lib.records import Attendance
from sheets.table import Value


def each_person(table: Recognised) -> Recognised:
    """A register of visits with a line for each of several people named in one cell."""
    if "person" not in table.names or table.lines is not None or "presence" in table.fields:
        return table
    persons = table.values("person")
    several = {
        row: found
        for row in rows_of_data(table)[0].tolist()
        if isinstance(value := persons[row], str)
        and len(found := [part for part in SEVERAL.split(value) if part]) > 1
        and all(map(looks_like_name, found))
    }
    return one_a_line(table, "person", several)


def several_registers(tables: Sequence[Recognised]) -> set[tuple[str, str]]:
    """The tabs, each with its spreadsheet, on which more than one register of visits stands."""
    tabs = Counter(t.table.name for t in tables if "presence" not in t.fields)
    return {tab for tab, times in tabs.items() if times > 1}


def with_own_sessions(table: Recognised, numbers: Set[str]) -> Recognised:
    """Attendance whose sessions no list of sessions numbers, told by the group and the day beside."""
    column = table.columns.get("session")
    if table.lines is not None or not isinstance(column, int) or "presence" not in table.fields:
        return table
    if not numbers.isdisjoint(key_of(value) for (value,) in rows_of(table, "session")):
        return table
    used = table.columns_read
    day, group = (column_meaning(Attendance, name, table.table.header) for name in ("~day", "~group"))
    if day is None or day == column or day in used:
        return table
    groups = table.table.columns[group] if group is not None and group not in used else [""] * len(table)
    sessions = [
        Meeting.of(plain(named or ""), when) if when is not None else None
        for named, when in zip(groups, table.table.columns[day], strict=True)
    ]
    columns = {**table.columns, "session": day}
    return replace(table, columns=columns, cells={**table.cells, "session": sessions}, group="")


def with_dashes(table: Recognised) -> Recognised:
    """Attendance, a row a person and session, with a dash as an absence where no other mark is one."""
    column = table.columns.get("presence")
    if table.lines is not None or table.listed is not None or not isinstance(column, int):
        return table
    typed = table.values("presence")
    marks = {value: MARKS.get(mark_of(value)) for value in set(typed) if value is not None}
    dashes = {value for value in marks if mark_of(value) == "-"}
    if not dashes or Presence.ABSENT in marks.values():
        return table
    said = [Presence.ABSENT.value if value in dashes else value for value in typed]
    return replace(table, cells={**table.cells, "presence": said})


def named_attendance(
    table: Recognised, groups: Groups, support: Groups, several: Set[tuple[str, str]], enrolled: Set[str]
) -> Recognised:
    """Attendance with each session named by the code of its group and its day, where it has no number.

    `support` are the groups and the forms of support by all their names, of which registers of visits are;
    `several` the tabs on which more than one register stands; `enrolled` the groups that enrolments are to.
    """
    table = called(table, groups)
    if groups.find(table.group) is not None or key_of(table.group) in enrolled:
        table = _by_times(table)
    code = groups.code
    cells = dict(table.cells)
    if "session" not in table.fields:
        labels = labels_of(table)
        days = [day_inside(label) or day_inside(table.table.title) for label in labels]
        rows = set(rows_of_data(table)[0].tolist())
        first = groups.find(table.group) or ""
        said = (groups.said_in(label) or "" for label in labels)
        nearest = list(accumulate(said, lambda last, own: own or last, initial=first))[1:]
        cells["session"] = [
            Meeting.of(group or code(group_in(label) or table.group), day)
            if day is not None and row in rows
            else None
            for row, (label, day, group) in enumerate(zip(labels, days, nearest, strict=True))
        ]
    if "session" not in cells:
        return table
    own: Sequence[str] = ()
    if "presence" not in table.fields:
        cells["presence"] = visited(table, cells["session"])
        if table.lines is None:
            both = enumerate(zip(cells["session"], cells["presence"], strict=True))
            to_come = [row for row, (session, word) in both if session is not None and word is None]
            table = replace(table, skip={**dict.fromkeys(to_come, "wizyta umówiona"), **table.skip})
        own = support_of(table, support, one_of_several=table.table.name in several)
        code = support.code
    cells["session"] = _with_codes(table, cells["session"], own, code, groups)
    listed = table.listed and replace(table.listed, groups=tuple(map(code, table.listed.groups)))
    return replace(
        table,
        cells=cells,
        listed=listed,
        group=code(table.group) if table.group else "",
        made=table.made | {"session"} | (cells.keys() - set(table.fields)),
    )


def _by_times(table: Recognised) -> Recognised:
    """Attendance of a group in which times of coming stand for the mark: „16:15”, or „nieob.”."""
    column = table.columns.get("arrived_at")
    if "presence" in table.fields or not isinstance(column, int):
        return table
    typed = table.values("arrived_at")
    rows = rows_of_data(table)[0].tolist()
    days = {table.values("session")[row] for row in rows}
    together = len(rows) >= TOGETHER * len(days)
    if not together or not are_hours(
        [v for r in rows if (v := typed[r]) is not None and mark_of(v) not in MARKS]
    ):
        return table
    words = {v: MARKS.get(mark_of(v), Presence.PRESENT) for v in set(typed) if not is_blank(v)}
    said = [str(words[v]) if v in words and words[v] is not None else None for v in typed]
    times = [None if v in words and words[v] is not Presence.PRESENT else v for v in typed]
    return replace(
        table,
        columns={**table.columns, "presence": column},
        cells={**table.cells, "presence": said, "arrived_at": times},
    )


TOGETHER = 3
"""From so many people a day on they come to a group, and not each by themselves."""


def _with_codes(
    table: Recognised,
    sessions: Sequence[Value],
    own: Sequence[str],
    code: Callable[[str], str],
    groups: Groups,
) -> list[Value]:
    """Sessions named by their group and day, with the code of the group; `own` says it for each line."""
    of_rows = labels_of(table) if table.listed is None else []
    labels = [of_rows[table.row(line)] if of_rows else "" for line in range(len(sessions))]
    lines = list(zip(sessions, labels, own or [""] * len(sessions), strict=True))
    renamed: dict[tuple[Value, str, str], Value] = {}
    for value, label, said in set(lines):
        whole = _dated(value, (label, *table.called, table.table.title))
        parts = Meeting.parts(whole)
        if parts is not None:
            group = parts[0] or said or groups.said_in(label) or group_in(label) or table.group
            renamed[value, label, said] = (
                f"{code(group)}{Meeting.BETWEEN}{str(whole).rpartition(Meeting.BETWEEN)[2]}"
            )
    return [renamed.get(line, line[0]) for line in lines]


def _dated(value: Value, said: Iterable[str]) -> Value:
    """A day without a year as the name of a session, by the year said above it; else the cell as it is."""
    part = day_and_month(value)
    years = next((years for text in said if (years := years_in(text))), [])
    if part is None or not years:
        return value
    try:
        return Meeting.of(None, dt.date(first_year(years, part[1]), part[1], part[0]))
    except ValueError:
        return value


def while_member(
    table: Recognised, spans: Mapping[tuple[str, str], list[tuple[dt.date, dt.date]]]
) -> Recognised:
    """A list on which an empty field is an absence, of days when the person was in the group only.

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
        known = [days for token in tokens_of(person) for days in spans.get((key(part[0]), token), ())]
        kept.append(not known or any(first <= part[1] <= last for first, last in known))
    return only(table, kept)


def memberships(
    enrolments: Sequence[Recognised], participants: Iterable[Recognised]
) -> dict[tuple[str, str], list[tuple[dt.date, dt.date]]]:
    """From when to when a person was in a group, by all names of the person."""
    if not enrolments:
        return {}
    called = names_of_numbers(participants)
    found: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = {}
    for table in enrolments:
        fields = (table.values(n) for n in ("person", "group", "started_on", "ended_on"))
        for person, group, start, end in zip(*fields, strict=True):
            days = (day_of(start) or dt.date.min, day_of(end) or dt.date.max)
            for token in tokens_of(person):
                for name in {token, called.get(token, token)}:
                    found.setdefault((key_of(group), name), []).append(days)
    return found


def until_exit(tables: Sequence[Recognised], participants: Sequence[Recognised]) -> list[Recognised]:
    """Support whose last day no column says no longer than its people stayed, where their exit is known.

    Where it is only counted by months, so much of the last of them.
    """
    exits = cache(lambda: _exits(participants))
    made = (
        {"started_on", "ended_on"} <= table.columns.keys() and table.lines is not None for table in tables
    )
    return [_until_exit(t, exits()) if one else t for t, one in zip(tables, made, strict=True)]


def _exits(participants: Sequence[Recognised]) -> dict[str, dt.date]:
    """The day on which each person left the project, by all names of the person; of nobody still there."""
    called = names_of_numbers(participants)
    exits: dict[str, dt.date] = {}
    for table in participants:
        for person, exited in rows_of(table, "person", "exited_on"):
            if (day := day_of(exited)) is not None:
                number = f"nr {key_of(person)}"
                exits |= {number: day, called.get(number, number): day}
    return exits


def _until_exit(table: Recognised, exits: Mapping[str, dt.date]) -> Recognised:
    """A table of lines with the exit for the last day, where no column says another one."""
    by_months = table.twin and "ended_on" in table.made
    ended = list(table.values("ended_on"))
    fields = (table.values(name) for name in ("person", "started_on", "ended_on"))
    for line, (person, start, end) in enumerate(zip(*fields, strict=True)):
        day = next((exits[token] for token in tokens_of(person) if token in exits), None)
        first, last = day_of(start), day_of(end)
        if day is None or first is None or day < first:
            continue
        if last is None:
            unsaid = end is None and _same_cell(table, line, "started_on", "ended_on")
        else:
            unsaid = by_months and day < last and (day.year, day.month) == (last.year, last.month)
        if unsaid:
            ended[line] = day
    return replace(table, cells={**table.cells, "ended_on": ended})


def _same_cell(table: Recognised, line: int, one: str, other: str) -> bool:
    """Whether two fields of a line stand in one cell, as the last day does that has no column."""
    at = {(table.row(line, name), column_at(table.columns[name], line)) for name in (one, other)}
    return len(at) == 1


def names_of_numbers(participants: Iterable[Recognised]) -> dict[str, str]:
    """For each person by number what the person is by name, both as tokens_of() has them."""
    called: dict[str, str] = {}
    for table in participants:
        for number, surname, first in zip(
            *(table.values(n) for n in ("person", "surname", "first_name")), strict=True
        ):
            if number is not None and (name := person_key(surname, first)):
                called[f"nr {key_of(number)}"] = f"im {name}"
    return called


_ASIDE = re.compile(r"\(.*?\)")
"""What stands in brackets behind a name."""


def tokens_of(person: Value) -> tuple[str, ...]:
    """The ways in which a person may be named: the number as it is, and last the words of the name if any."""
    if person is None:
        return ()
    name = "" if any(c.isdigit() for c in _ASIDE.sub("", str(person))) else person_key(person)
    return (f"nr {key_of(person)}", *((f"im {name}",) if name else ()))
