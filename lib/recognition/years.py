"""Days without a year, made whole by the year that a line above them says.

„09.04” under „KWIECIEŃ 2024” is 09.04.2024, in a column whose header says that days stand below it; so is
a „9” where the line says the month too. Years below a header that is over several columns name those columns.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from lib.blocks import HEADER_ROWS, plain_text
from lib.contents import day_and_month, is_day
from lib.headers import header_key, known_texts
from lib.recognition.above import first_year, month_of, years_in
from sheets import table as sheet
from sheets.column import Column
from sheets.table import Table, Value

FEW = 3
"""From so many days without a year on a column has them made whole."""

LONG = 40
"""What is longer is no line that says of which month or year the rows below it are."""


def with_years(table: Table) -> Table:
    """The tab with whole days in columns of days without a year, as far as lines above say the year."""
    columns = [_whole(table, at) for at in range(len(table.columns))]
    changed = any(new is not old for new, old in zip(columns, table.columns, strict=True))
    return replace(table, columns=tuple(columns)) if changed else table


def _whole(table: Table, at: int) -> Sequence[Value]:
    column = table.columns[at]
    if not any(_SAYS_DAY.search(text) for text in _headers(column, min(len(table), HEADER_ROWS))):
        return column  # most columns, which are not looked at further
    all_days = {row: part for row, value in enumerate(column) if (part := _day(value)) is not None}
    alone = sum(month is None for _, month in all_days.values())
    few = {False: len(all_days) - alone < FEW, True: alone < FEW}  # of days with a month, and without
    days = {row: part for row, part in all_days.items() if not few[part[1] is None]}
    if not days or not any(_SAYS_DAY.search(text) for text in _headers(column, min(days))):
        return column
    found: dict[int, Value] = {}
    years: list[int] = []
    month: int | None = None
    headed = False  # whether the nearest text above says that days stand below it
    for row, value in enumerate(column):
        said = value if value is not None else _alone(table.row(row))
        if isinstance(said, str) and len(said) <= LONG and not is_day(said) and (own := years_in(said)):
            years, month = own, month_of(said)
        elif row in days and years and (month in (None, days[row][1]) or (headed and days[row][1] is None)):
            day, of = days[row][0], days[row][1] or month
            if of is None or (days[row][1] is None and _is_header(table.row(row))):
                continue  # a number of something else, or a day over a list
            try:
                found[row] = dt.date(first_year(years, of), of, day)
            except ValueError:
                continue  # which no calendar has: said at its cell
        elif isinstance(value, str) and row not in days:
            headed = _SAYS_ONE_DAY.fullmatch(header_key(value)) is not None
    if not found:
        return column
    return Column.of([found.get(row, value) for row, value in enumerate(column)])


def with_years_as_names(table: Table, heads: Sequence[int]) -> Table:
    """The tab with years as texts in the row below a header, each below a cell merged over several columns.

    Of „kwota zł” over 2023, 2024 and „razem” the years are the second row of the header, not amounts.
    """
    named = [(row + 1, at) for row in heads if row + 1 < len(table) for at in _years_below(table, row)]
    if not named:
        return table
    columns = list(table.columns)
    for row, at in named:
        cells = list(columns[at])
        cells[row] = sheet.text(cells[row])
        columns[at] = Column.of(cells)
    return replace(table, columns=tuple(columns))


def _years_below(table: Table, row: int) -> set[int]:
    """The columns with a year below a merged cell of a row; none where anything but texts is beside them."""
    below = {at: value for at, value in enumerate(table.row(row + 1)) if value is not None}
    years = {at for at, value in below.items() if _is_one_of(value, range(2000, 2100))}
    others = [value for at, value in below.items() if at not in years]
    if not years or not all(isinstance(value, str) and not is_day(value) for value in others):
        return set()
    over = {at for r, c, last, last_c in table.merged if r == last == row for at in range(c, last_c + 1)}
    return years if years <= over else set()


def _is_one_of(value: Value, numbers: range) -> TypeGuard[float]:
    """Whether a value is one of these whole numbers."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value in numbers


def _is_header(cells: Sequence[Value]) -> bool:
    """Whether a row names columns."""
    return any(isinstance(value, str) and header_key(value) in known_texts() for value in cells)


def _alone(cells: Sequence[Value]) -> Value:
    """The only cell of a row that is filled; None where there is none, or several."""
    there = [value for value in cells if value is not None]
    return there[0] if len(there) == 1 else None


def _day(value: Value) -> tuple[int, int | None] | None:
    """The day and the month in a cell that says no year; None for the month that only the line above says."""
    if isinstance(value, str) and not is_day(value):
        bare = _BARE.fullmatch(value.strip())
        return (int(bare[1]), None) if bare else day_and_month(value)
    return (int(value), None) if _is_one_of(value, range(1, 32)) else None


_BARE = re.compile(r"([1-9]|[12][0-9]|3[01])\.?")
"""A day of a month alone."""


def _headers(column: Sequence[Value], first: int) -> Iterator[str]:
    """The texts above the first day of a column, the nearest first."""
    return (header_key(text) for value in reversed(column[:first]) if (text := plain_text(value)))


_SAYS_ONE_DAY = re.compile(
    r"(?:data|dzien|dnia|dn|kiedy)(?: (?:wizyty|porady|spotkania|konsultacji|zajec|miesiaca))?"
)
"""The header of a column of which each cell is a day, and not how many days there were."""

_SAYS_DAY = re.compile(r"^(?:dat|dzie|dn|dz\b|kiedy|termin|od\b|do\b)|\b(?:data|daty|dnia|dzien|dn)\b")
"""What the header of a column says in which days stand."""
