"""Sessions without a number, and those that only a list of attendance knows."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from lib.blocks import OFF, TO_COME, is_blank
from lib.cells import key, plain
from lib.contents import DAY_INSIDE, day_of
from lib.dictionaries import SessionStatus, is_word
from lib.joining.groups import Groups, called
from lib.joining.parts import key_of, labels_of, only, rows_of
from lib.reading import Recognised, column_at, rows_of_data
from lib.recognition.above import group_in
from lib.recognition.marks import called_off
from lib.recognition.meeting import Meeting
from lib.records import Attendance, Record, Session
from sheets.table import Value


def without_ordinals(tables: Sequence[Recognised]) -> list[Recognised]:
    """Sessions without their numbers where these only count the meetings of each tab: „1” is on several."""
    said = [
        [
            plain(number).removesuffix(".0")
            for number, day in rows_of(t, "session", "day")
            if number is not None and not is_blank(plain(number)) and day_of(day) is not None
        ]
        if "session" in t.columns
        else []
        for t in tables
    ]
    kept = []
    for at, (table, own) in enumerate(zip(tables, said, strict=True)):
        others = set().union(*said[:at], *said[at + 1 :])
        if own and own == [str(n) for n in range(1, len(own) + 1)] and not others.isdisjoint(own):
            columns = {name: column for name, column in table.columns.items() if name != "session"}
            cells = {name: values for name, values in table.cells.items() if name != "session"}
            table = replace(table, columns=columns, cells=cells)
        kept.append(table)
    return kept


def named_sessions(table: Recognised, groups: Groups) -> Recognised:
    """Sessions with their group spelled as the list of groups spells it, and numbers where they have none."""
    table = table if "group" in table.fields else called(table, groups)
    cells = dict(table.cells)
    columns = dict(table.columns)
    if "group" in table.fields:
        own = table.values("group")
        none = (row for row, group in enumerate(own) if isinstance(group, str) and is_blank(group))
        table = replace(table, skip={**dict.fromkeys(none, "zajęcia bez grupy"), **table.skip})
    else:
        rows = set(rows_of_data(table)[0].tolist())
        known = groups.find(table.group)
        above = table.parts.get(-1, "")  # which says the group too, perhaps in words that no other tab has
        own = [
            groups.said_in(label) or (label == above and known) or group_in(label) or table.group or None
            if row in rows
            else None
            for row, label in enumerate(labels_of(table))
        ]
    cells["group"] = [groups.code(str(value)) if value is not None else None for value in own]
    if "session" not in table.fields and "day" in table.fields:
        cells["session"] = _meetings(
            [groups.code(plain(g)) if g is not None else "" for g in own], table.values("day")
        )
        columns["session"] = table.columns["day"]
    if "status" not in table.fields:
        cells["status"] = ["?"] * len(table)
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


def day_inside(text: str) -> dt.date | None:
    """The day in a line such as „Spotkanie nr 1 - 10 października 2023 r., godz. 16:00”; None without one."""
    match = DAY_INSIDE.search(plain(text))
    return day_of(match[0]) if match else None


def tie_sessions(by_record: dict[type[Record], list[Recognised]]) -> None:
    """Name the sessions on lists as the plan of sessions does; those that no plan has are made."""
    planned: dict[tuple[str, dt.date], list[str]] = {}
    for table in by_record[Session]:
        for number, group, day in zip(*(table.values(n) for n in ("session", "group", "day")), strict=True):
            when = day_of(day)
            if number is not None and group is not None and when is not None:
                planned.setdefault((key_of(group), when), []).append(plain(number))
    lists, made = [], []
    seen: set[str] = set()
    for table in by_record[Attendance]:
        if "session" not in table.made:
            lists.append(table)
            continue
        renamed: dict[Value, str] = {}
        new: dict[str, int] = {}
        for at, value in enumerate(table.cells["session"]):
            if table.lines is None and at in table.skip:
                continue
            if value in renamed or (parts := Meeting.parts(value)) is None:
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
    by_record[Attendance] = [without_cancelled(table, by_record[Session]) for table in lists]
    by_record[Session] = [_statuses(table, lists) for table in by_record[Session]] + made


def without_cancelled(table: Recognised, plans: Iterable[Recognised]) -> Recognised:
    """A list on which an empty field is an absence, without the sessions that a plan says were cancelled."""
    if table.listed is None or not any(table.listed.blank):
        return table
    off = {
        plain(number)
        for plan in plans
        for number, status in zip(plan.values("session"), plan.values("status"), strict=True)
        if number is not None and is_word(status, SessionStatus.CANCELLED)
    }
    return only(
        table,
        [
            not blank or session not in off
            for blank, session in zip(table.listed.blank, table.cells["session"], strict=True)
        ],
    )


def _statuses(table: Recognised, lists: Iterable[Recognised]) -> Recognised:
    """Sessions without a status: held with attendance, cancelled where a list says so, else still planned.

    In a journal of sessions for which no list of attendance is kept they were held.
    """
    if "?" not in table.cells.get("status", ())[:1]:
        return _with_those_to_come(table)
    attended = {plain(v) for one in lists for v in set(one.values("session")) if v is not None}
    off = {
        (key(group), day)
        for one in lists
        if one.listed is not None
        for _, day, _, status in one.listed.days
        if status is SessionStatus.CANCELLED
        for group in set(one.listed.groups)
    } | {
        (key(group), when)
        for one in lists
        for _, group, when, status in _lines_not_held(one)
        if status is SessionStatus.CANCELLED
    }
    journal = re.search(r"(?i)dziennik|zrealizowan|odbyt", table.table.title) is not None
    kept = journal and attended.isdisjoint(plain(v) for v in table.values("session") if v is not None)
    journals = [one.header_rows for one in lists if one.twin and one.table.title == table.table.title]
    journal_of_people = bool(journals) and len(set(journals)) == len(journals)  # and none beside it
    said_off = called_off(table.table, None if journal_of_people else range(table.span[0], table.span[1] + 1))
    held = []
    fields = (table.values(n) for n in ("session", "group", "day"))
    for line, (number, group, day) in enumerate(zip(*fields, strict=True)):
        if (key_of(group), day_of(day)) in off or table.row(line) in said_off:
            status = SessionStatus.CANCELLED
        elif kept or (number is not None and plain(number) in attended):
            status = SessionStatus.HELD
        else:
            status = SessionStatus.PLANNED
        held.append(status.value)
    return replace(table, cells={**table.cells, "status": held})


def _with_those_to_come(table: Recognised) -> Recognised:
    """Sessions after the last one that has a status are planned, where theirs is left blank."""
    status = list(table.values("status"))
    if None not in status or table.lines is not None:
        return table
    days = [day_of(day) for day in table.values("day")]
    told = [day for day, word in zip(days, status, strict=True) if day is not None and word is not None]
    if not told:
        return table
    blank = [
        row for row, day in enumerate(days) if day is not None and day > max(told) and row not in table.skip
    ]
    if not blank:
        return table
    for row in blank:
        status[row] = SessionStatus.PLANNED.value
    return replace(table, cells={**table.cells, "status": status})


class _Made(NamedTuple):
    """A session that a list of attendance names: the row and the column that say it, and its status."""

    name: str
    row: int
    column: int
    status: SessionStatus


def _held(table: Recognised, new: Mapping[str, int]) -> Iterator[_Made]:
    """The sessions of the marks at some lines of a list."""
    column = table.columns.get("session", 0)
    for name, at in new.items():
        yield _Made(name, table.row(at, "session"), column_at(column, at), SessionStatus.HELD)


_NOT_HELD = {OFF: SessionStatus.CANCELLED, TO_COME: SessionStatus.PLANNED}
"""What a row that is no attendance says of its session."""


def _not_held(table: Recognised, planned: Mapping[tuple[str, dt.date], object]) -> Iterator[_Made]:
    """The sessions that a list says were cancelled or are to come, by a column or a line, and no plan has."""
    for column, day, number, status in table.listed.days if table.listed is not None else ():
        for group in dict.fromkeys(table.listed.groups if table.listed is not None else ()):
            if status is not SessionStatus.HELD and (key(group), day) not in planned:
                yield _Made(str(Meeting.of(group, day, number)), -1, column, status)
    if table.lines is None:
        for row, status in ((row, _NOT_HELD[r]) for row, r in table.skip.items() if r in _NOT_HELD):
            name, at = table.values("session")[row], table.columns.get("session", table.span[0])
            part = Meeting.parts(name)
            if part is not None and (key(part[0]), part[1]) not in planned:
                yield _Made(str(name), row, column_at(at, row), status)
    for row, group, when, status in _lines_not_held(table):
        if (key(group), when) not in planned:
            yield _Made(str(Meeting.of(group, when)), row, table.span[0], status)


def _lines_not_held(table: Recognised) -> Iterator[tuple[int, str, dt.date, SessionStatus]]:
    """The lines among those of a list that say that a session was called off or is to come.

    Of each the row, the group, the day and what became of the session.
    """
    for row, label in table.parts.items():
        when = day_inside(label)
        to_come = label.endswith(TO_COME)
        if when is not None and (to_come or re.search(r"(?i)odwoł|nie odby", label)):
            status = SessionStatus.PLANNED if to_come else SessionStatus.CANCELLED
            yield row, group_in(label) or _group_near(table, row) or table.group, when, status


def _group_near(table: Recognised, row: int) -> str:
    """The group of the sessions at the nearest rows above one, or else below it; empty for none."""
    if table.lines is not None:
        return ""
    sessions = table.values("session")
    rows = (*range(row, -1, -1), *range(row + 1, len(sessions)))
    parts = (Meeting.parts(sessions[at]) for at in rows)
    return next((part[0] for part in parts if part is not None and part[0]), "")


def _made_sessions(
    table: Recognised, new: Mapping[str, int], planned: Mapping[tuple[str, dt.date], object], seen: set[str]
) -> Recognised | None:
    """The sessions that a list of attendance says were held, were cancelled or are to come."""
    made: dict[str, _Made] = {}
    for one in (*_held(table, new), *_not_held(table, planned)):
        if one.name not in seen:
            made.setdefault(one.name, one)
    if not made:
        return None
    seen.update(made)
    parts = [Meeting.parts(name) for name in made]
    at = np.array([one.column for one in made.values()], dtype=np.int64)
    return Recognised(
        Session,
        table.table,
        dict.fromkeys(("session", "group", "day", "status"), at),
        cells={
            "session": list(made),
            "group": [part[0] or None if part else None for part in parts],
            "day": [part[1] if part else None for part in parts],
            "status": [one.status.value for one in made.values()],
        },
        lines=np.array([one.row for one in made.values()], dtype=np.int64),
        header_rows=table.header_rows,
        span=table.span,
        derived=True,
        group=table.group,
        limit=table.limit,
        form=table.form,
        made=frozenset(("session", "group", "status", *(("visit",) if table.of_visits else ()))),
    )
