"""Enrolments as people by groups: since when a person is in which group.

Groups stand across the header, people down the side, and days, periods or „rez.” between them.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from lib.blocks import is_blank, plain_text, without_rows
from lib.cells import plain
from lib.contents import day_and_month, is_day, period
from lib.dictionaries import EnrolmentState
from lib.headers import OTHER, likeliest
from lib.names import looks_like_name, whole
from lib.reading import Evidence, Recognised, sums_of
from lib.recognition.above import limit_in, month_of
from lib.recognition.days import Days
from lib.recognition.people import Who, who_of
from lib.records import Enquiry, Enrolment, Expense, Group, Participant
from sheets.table import Table, Value, column_letters

_SEVERAL = re.compile(r"\s*[/,;]\s+|\s+[/i]\s+")
"""What parts the days of a cell."""

_WAITS = re.compile(r"\s*(?:rez|lista rez|oczek|czeka|kolejk|R\b)[^0-9]*", re.IGNORECASE)
"""What a cell says of somebody who waits for a place, perhaps with the day since when."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell says of a person and a group: where it stands, the days, whether the person waits."""

    row: int
    column: int
    starts: Value
    ends: Value
    waits: bool


def find_crossed(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The enrolments as people by groups on a tab, and the tab without their rows; nothing without any."""
    says = cache(_says)  # most cells stand near several of the rows
    across = {row: _groups(table, row, says) for row in heads[:12]}
    found = {row: groups for row, groups in across.items() if len(set(groups.values())) >= 2}
    if not found:
        return [], table
    row = max(found, key=lambda row: (len(set(found[row].values())), row))
    groups = found[row]
    if _lists_people(table, range(row, row + 1)):  # „wyszedł/wyszła” beside a PESEL is no group
        days = ("entered_on", "exited_on")
        groups = {c: name for c, name in groups.items() if likeliest(Participant, name) not in days}
        if len(groups) < 2:
            return [], table
    low = row + 1 if any(_from_to(table, row + 1, column) for column in groups) else row
    if _days_between(table, row, groups):
        return [], table  # lists of attendance side by side, each with since when
    header = Days(low, tuple(groups), (), row if low > row else max(row - 1, 0))
    who = who_of(table, header, low + 1, len(table), min(groups), "")
    below = (r for r in range(low + 1, len(table)) if any(_says(table.columns[c][r]) for c in groups))
    begins = next(below, low + 1)
    cells = _cells(table, groups, low, begins, who) if who is not None else ()
    if who is None or len(cells) < 3 or any(likeliest(Group, text, 0.9) == "leader" for text in who.headers):
        return [], table
    first = row - 1 if low == row > 0 and any(plain_text(v) for v in table.row(row - 1)) else row
    shaped = _shaped(table, low, first, groups, who, cells)
    if _lists_people(table, range(first, low + 1)):
        return [replace(shaped, twin=True)], table
    said = _groups_said(table, low, groups, begins)
    return [shaped, *said], without_rows(table, first, len(table))


def _groups_said(table: Table, header: int, groups: Mapping[int, str], first: int) -> list[Recognised]:
    """The groups with their forms of support and limits, where rows below their names say these."""
    told: dict[str, list[Value]] = {}
    for row in range(header + 1, first):
        texts = [table.columns[column][row] for column in groups]
        if not all(isinstance(text, str) for text in texts):
            continue
        limits = [limit_in(plain(text)) for text in texts]
        if None not in limits:
            told["limit"] = list(limits)
        elif not any(map(_says, texts)):
            told["form"] = list(texts)
    if not told:
        return []
    at = np.array(list(groups), dtype=np.int64)
    names = list(groups.values())
    return [
        Recognised(
            Group,
            table.below(header),
            dict.fromkeys(("group", "name", *told), at),
            cells={"group": names, "name": names, **told},
            lines=np.full(len(names), -1, dtype=np.int64),
            header_rows=(header + 1,),
            span=(min(groups), max(groups)),
            derived=True,
            made=frozenset(("group",)),
        )
    ]


def _days_between(table: Table, row: int, groups: Collection[int]) -> bool:
    """Whether days stand between the columns of groups in the header, also in its second row."""
    low = range(row, min(row + 2, len(table)))
    between = set(range(min(groups), max(groups))) - set(groups)
    return any(
        any(is_day(table.columns[at][one]) for at in between)
        and not any(is_day(table.columns[at][one]) for at in groups)
        for one in low
    )


def _lists_people(table: Table, header: Sequence[int]) -> bool:
    """Whether the header is one of a list of the people of a project too."""
    said = (plain_text(value) for row in header for value in table.row(row))
    return any(likeliest(Participant, text, 0.9) in ("pesel", "birth_date", "sex") for text in said)


def _groups(table: Table, row: int, says: Callable[[Value], bool]) -> dict[int, str]:
    """The columns below whose header in `row` stand days, periods and „rez.”, of some of the people only."""
    found: dict[int, str] = {}
    most: int | None = None
    listed = cache(lambda: _lists_people(table, range(max(row - 1, 0), row + 1)))  # there a cross is a day
    begins = next(
        (r for r in range(row + 1, min(row + 5, len(table))) if any(map(says, table.row(r)))), row + 1
    )
    for column, value in enumerate(table.row(row)):
        name = plain_text(value)
        near = [v for v in table.columns[column][begins : row + SEEN] if isinstance(v, (str, dt.date))][
            :FIRST
        ]
        said = sum(map(says, near))
        crosses = sum(map(_is_cross, near)) if said else 0
        said += crosses if crosses and listed() else 0
        if not near or not _LETTERS.search(name) or len(name) > 60 or said < len(near) / 2:
            continue  # most columns, which are not looked at further
        lower = plain_text(table.columns[column][row + 1])
        if (
            _is_day(name)
            or _is_field(name)
            or _SINCE.search(name)
            or (lower and not says(lower) and _is_own(lower))
        ):
            continue
        first = max(begins, row + 2 if _from_to(table, row + 1, column) else row + 1)
        filled = (v for v in table.columns[column][first:] if not is_blank(v))
        below = [v for v in filled if not isinstance(v, (int, float))]  # a number counts those above it
        if most is None:
            most = max(sum(v is not None for v in cells[row + 1 :]) for cells in table.columns)
        good = sum(map(says, below))
        good += sum(map(_is_cross, below)) if crosses and good and listed() else 0
        since = _from_to(table, row + 1, column)  # said of each, and of as many as have it
        if good >= 2 and good >= 0.8 * len(below) and (since or len(below) <= MOST * most):
            found[column] = name
    return found


def _is_cross(value: Value) -> bool:
    """Whether a cell says that a person takes part, and not since when."""
    return plain(value).lower() in ("x", "+", "✓", "tak")


_SINCE = re.compile(r"(?i)\s(?:od|do)\s*$")
"""How the header of days ends that says since when or until when, and names no group: „zapisany od”."""

_LETTERS = re.compile(r"[^\W\d_]")
"""What the name of a group has at least one of."""

SEEN, FIRST = 100, 15
"""So many rows below a header, and so many cells in them, show whether a column may be a group at all."""

MOST = 0.7
"""Of more people than this share nobody is in one group: such a column says something else."""


def _is_day(header: str) -> bool:
    """Whether a header is a day, as over a list of attendance."""
    return (
        is_day(header)
        or month_of(header) is not None
        or day_and_month(header) is not None
        or header[0].isdigit()
    )


_NO_GROUPS = (
    "data",
    "dnia",
    "termin",
    "zgod",
    "rodo",
    "podpis",
    "uwagi",
    "deklar",
    " dn",
    "umow",
    "postanow",
    "orzecz",
)
"""What the headers of columns of days say that are no groups."""


def _is_own(header: str) -> bool:
    """Whether a lower header says what stands in its column, and more than since when: „przyjęcie”."""
    return header.lower()[:2] not in ("od", "do") and _is_field(header)


def _is_field(header: str) -> bool:
    """Whether a header is that of a field of a list of people: of a day, a number, a sex."""
    known = {likeliest(record, header, 0.75) for record in (Participant, Enrolment, Group, Enquiry, Expense)}
    return bool(known - {"", "group", "form", "name", OTHER}) or any(
        word in header.lower() for word in _NO_GROUPS
    )


def _says(value: Value) -> bool:
    """Whether a cell says from when to when, or that a person waits."""
    return _said(value) is not None


def _said(value: Value) -> tuple[Value, Value, bool] | None:
    """From when to when a cell says that a person is in a group, and whether the person waits; or None."""
    if is_day(value):
        return value, None, False
    if not isinstance(value, str):
        return None
    typed = plain(value)
    if (both := period(typed)) is not None:
        return both[0], both[1] or None, False
    several = _SEVERAL.split(typed)
    if len(several) > 1 and all(map(is_day, several)):  # each visit, or each edition
        return several[0], None, False
    if match := _WAITS.match(typed):
        rest = typed[match.end() :].strip(" ()")
        return (rest if is_day(rest) else None), None, True
    return None


def _cells(table: Table, groups: dict[int, str], header: int, first: int, who: Who) -> Sequence[_Cell]:
    """The filled cells between people and groups, from the row `first` on."""
    sums = set(sums_of(table))
    found = []
    for row in range(first, len(table)):
        name = whole(table.columns[column][row] for column in who.columns)
        if not name or row in sums or (who.by_name and not looks_like_name(name)):
            continue
        for column in groups:
            value = table.columns[column][row]
            said = None if is_blank(value) else _said(value)
            if said is not None:
                starts, ends, waits = said
                if (_from_to(table, header, column) or _from_to(table, header + 1, column)) and not waits:
                    ends = table.columns[column + 1][row]
                found.append(_Cell(row, column, starts, ends, waits))
            elif not is_blank(value) and _is_cross(value):
                found.append(_Cell(row, column, None, None, False))
            elif not is_blank(value):
                found.append(_Cell(row, column, value, None, False))  # to be a finding at its cell
    return found


def _from_to(table: Table, row: int, column: int) -> bool:
    """Whether a row below the groups says „od” over a column and „do” over the next."""
    if row >= len(table) or column + 1 >= len(table.columns):
        return False
    both = (plain_text(table.columns[at][row]).lower() for at in (column, column + 1))
    return [text[:2] for text in both] == ["od", "do"]


_VISIT = re.compile(r"(?:1|i|pierwsz\w+)\.? (?:wizyt|konsult|porad|spotk)")
"""What the lower header says of support given in visits, which takes no place: „1. wizyta”."""


def _state(cell: _Cell, visits: Collection[int]) -> EnrolmentState:
    """Where an enrolment stands; `visits` are the columns of support given in visits."""
    if cell.waits:
        return EnrolmentState.WAITLISTED
    return EnrolmentState.COMPLETED if cell.column in visits else EnrolmentState.ADMITTED


def _shaped(
    table: Table, header: int, first: int, groups: dict[int, str], who: Who, cells: Sequence[_Cell]
) -> Recognised:
    below = table.below(header)
    top = header + 1
    columns = np.array([cell.column for cell in cells], dtype=np.int64)
    visits = {column for column in groups if _VISIT.match(plain_text(table.columns[column][header]).lower())}
    people = [whole(table.columns[column][cell.row] for column in who.columns) for cell in cells]
    letters = f"{column_letters(min(groups))}:{column_letters(max(groups))}"
    days = {"started_on": columns, "requested_on": columns, "state": columns}
    last = [cell.starts if cell.column in visits else cell.ends for cell in cells]
    ends = {"ended_on": last} if any(last) else {}
    return Recognised(
        Enrolment,
        replace(below, header=tuple(plain_text(v) for v in table.row(header))),
        {"person": who.columns[0], "group": columns, **days, **dict.fromkeys(ends, columns)},
        cells={
            "person": people,
            "group": [groups[cell.column] for cell in cells],
            "started_on": [None if cell.waits else cell.starts for cell in cells],
            **ends,
            "requested_on": [cell.starts for cell in cells],
            "state": [_state(cell, visits).value for cell in cells],
        },
        lines=np.array([cell.row - top for cell in cells], dtype=np.int64),
        rows_of={"group": np.full(len(cells), -1, dtype=np.int64)},
        header_rows=tuple(range(first + 1, header + 2)),
        names=frozenset({"person"}) if who.by_name else frozenset(),
        evidence=(
            Evidence(
                "person",
                column_letters(who.columns[0]),
                plain_text(table.columns[who.columns[0]][first]),
                0.9,
                "ludzie w wierszach",
            ),
            Evidence("group", letters, "", 0.9, f"{len(groups)} grup w nagłówku, daty pod nimi"),
        ),
        sure=0.9,
        span=(min(who.columns), max(groups)),
        made=frozenset(("state", "requested_on")),
    )
