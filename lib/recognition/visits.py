"""Support given to each person in a few meetings: people down the side, the first, the second … across.

„Kto | I spotkanie | II spotkanie”, with the day of each below, or „Terminy spotkań” with all of them in a
cell. It becomes a register of visits.
"""

import re
from collections.abc import Container, Sequence
from functools import cache

import numpy as np

from lib.blocks import plain_text, rows_with, without_rows
from lib.cells import plain
from lib.contents import is_day
from lib.headers import header_key, likeliest
from lib.names import whole
from lib.reading import SUM, Evidence, Recognised, sums_of
from lib.recognition.above import group_of_title, lines_above, said_above
from lib.recognition.days import Days
from lib.recognition.header import strong_headers
from lib.recognition.meeting import Meeting
from lib.recognition.people import who_of
from lib.recognition.quantities import first_part
from lib.records import Attendance, Enrolment, Participant
from sheets.table import Table, Value, column_letters

_NUMBERED = re.compile(
    r"(?:[ivx]+|[0-9]{1,2}) (?:spotkani|wizyt|konsult|porad|sesj|rozmow)\w*"
    r"|(?:spotkani|wizyt|konsult|porad|sesj|rozmow)\w* (?:nr )?(?:[ivx]+|[0-9]{1,2})"
)
"""The header of a column of days on which each person had that meeting: „II spotkanie”, „Wizyta nr 2”."""

FEW = 2
"""From so many such columns, and so many days below them, on people stand with their visits."""

MOST = 0.8
"""From this share of their cells on, which are days, such columns are of visits."""


def find_visits(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The visits of people on a tab, and the tab without their rows; nothing where none stand so.

    Each block ends at a blank row or at the next header: what stands below is another table.
    """
    found = []
    rest = table
    strong = cache(lambda: set(strong_headers(table, heads)))
    over = rows_with(table, _MEETING, lambda text: _VISITS.fullmatch(header_key(text)) is not None)
    numbered = {row: _numbered_below(table, row) for row in sorted(over)}
    for row in sorted({*heads, *(row + 1 for row, columns in numbered.items() if columns)}):
        cells = table.row(row)
        if not (numbered.get(row - 1) or any(isinstance(v, str) and _HINT.search(v) for v in cells)):
            continue
        said = {column: header_key(plain_text(value)) for column, value in enumerate(cells)}
        columns = [column for column, text in said.items() if _NUMBERED.fullmatch(text)]
        listed = [column for column, text in said.items() if _ALL.fullmatch(text)]
        # „1. wizyta” under each form of support is since when somebody has it
        if len(columns) < FEW or len({said[column] for column in columns}) < len(columns):
            columns = listed if len(listed) == 1 and _are_several(table, row, listed[0]) else []
        columns = columns or numbered.get(row - 1, [])
        if not columns:
            continue
        others = [said[c] for c in said if c not in columns]
        if columns == numbered.get(row - 1):  # then the other columns are named a row higher
            others += [header_key(plain_text(value)) for value in table.row(row - 1)]
        if any(map(_of_another_kind, filter(None, others))):
            continue
        below = (
            r for r in range(row + 1, len(table)) if r in strong() or all(v is None for v in table.row(r))
        )
        end = next(below, len(table))
        if (shaped := _shaped(table, row, end, columns)) is not None:
            found.append(shaped)
            rest = without_rows(rest, row, end)
    return found, rest


def _numbered_below(table: Table, row: int) -> list[int]:
    """The columns numbered „1 | 2 | 3” below a cell of a header that says that they are visits."""
    if row + 1 >= len(table):
        return []
    first = next(
        (c for c, v in enumerate(table.row(row)) if _VISITS.fullmatch(header_key(plain_text(v)))), None
    )
    columns: list[int] = []
    while first is not None and first + len(columns) < len(table.columns):
        number = table.columns[first + len(columns)][row + 1]
        if number is None or plain(number).removesuffix(".0").rstrip(".") != str(len(columns) + 1):
            break
        columns.append(first + len(columns))
    return columns if len(columns) >= FEW else []


_HINT = re.compile(r"(?i)spotka|wizyt|konsult|porad|sesj|rozm|termin|daty|dni")
"""What a row has in it that may name visits; most have none, and are looked at no further."""

_MEETING = re.compile(r"spotkani|wizyt|konsult|porad|sesj|rozm")
"""What such a header has in it."""

_VISITS = re.compile(
    r"(?:daty |terminy |dni |kolejne )?(?:spotkani|wizyt|konsult|porad|sesj|rozmow)\w*"
    r"(?: \(?(?:dat[ay]|dni|dzien|termin\w*|kiedy|nr|kolejn\w+)\)?)?"
)
"""The header over numbered columns of the visits of each person: „wizyta (data)”."""


def _of_another_kind(header: str) -> bool:
    """Whether a header is of a list of people, or names groups: their meetings, and no visits."""
    return (
        likeliest(Participant, header, 0.9) in ("pesel", "birth_date", "sex", "entered_on", "exited_on")
        or likeliest(Enrolment, header, 0.9) == "group"
    )


def _shaped(table: Table, row: int, end: int, columns: Sequence[int]) -> Recognised | None:
    who = who_of(table, Days(row, tuple(columns), (), row), row + 1, end, min(columns), "")
    if who is None or not (who.by_name or who.called):
        return None
    sums = set(sums_of(table))
    cells: list[tuple[int, int, Value, Value]] = []
    for below in range(row + 1, end):
        if below not in sums:
            person = whole(who.of(table.row(below))) or None
            typed = (
                (column, value) for column in columns for value in _days_in(table.columns[column][below])
            )
            cells += [(below, column, person, value) for column, value in typed]
    if len(cells) < FEW or sum(is_day(value) for *_, value in cells) < MOST * len(cells):
        return None
    above = said_above(table, row)
    said = group_of_title(first_part(lines_above(table, row)))
    at = np.array([column for _, column, _, _ in cells], dtype=np.int64)
    letters = f"{column_letters(min(columns))}:{column_letters(max(columns))}"
    top = row + 1
    read = {below for below, *_ in cells}
    return Recognised(
        Attendance,
        table.below(row),
        {"person": who.columns[0], "session": at},
        cells={
            "person": [person for _, _, person, _ in cells],
            "session": [Meeting.of(None, value) if is_day(value) else value for *_, value in cells],
        },
        lines=np.array([below - top for below, *_ in cells], dtype=np.int64),
        skip={below - top: _without(below, sums) for below in range(top, end) if below not in read},
        header_rows=(row + 1,),
        names=frozenset({"person"}) if who.by_name else frozenset(),
        evidence=(
            Evidence("person", column_letters(who.columns[0]), who.headers[0], 0.9, "ludzie w wierszach"),
            Evidence("session", letters, plain_text(table.columns[columns[0]][row]), 0.9, "dni spotkań obok"),
        ),
        sure=0.9,
        span=(min(who.columns), max(columns)),
        group=said,
        form=said,
        called=(said, *above.called),
    )


def _days_in(value: Value) -> list[Value]:
    """The days in a cell that holds several and nothing else; the cell itself otherwise, nothing if blank."""
    parts = _BETWEEN.split(value.strip(" ;,")) if isinstance(value, str) else []
    several = len(parts) > 1 and all(map(is_day, parts))
    return list(parts) if several else [] if value is None else [value]


def _are_several(table: Table, row: int, column: int) -> bool:
    """Whether some of the cells below a header hold several days each."""
    return sum(len(_days_in(value)) > 1 for value in table.columns[column][row + 1 :]) >= FEW


_ALL = re.compile(
    r"(?:terminy|daty|dni)(?: (?:spotkan|wizyt|konsultacji|porad|sesji|zajec|obecnosci|wsparcia))?"
)
"""The header of a column that has all the days of a person in a cell."""

_BETWEEN = re.compile(r"\s*[;,\n]\s*")
"""What stands between the days in a cell."""


def _without(row: int, sums: Container[int]) -> str:
    """Why a row between the visits says none."""
    return SUM if row in sums else "bez dnia spotkania"
