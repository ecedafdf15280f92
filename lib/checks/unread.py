"""Checks of cells that no figure is read from: impossible days and hours, wrong PESELs and ages.

Staff look at the whole of their sheet, not only at what is counted, so slips there are told as well, in
every tab: of applicants, of certificates, of declarations.
"""

import datetime as dt
import re
import statistics
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from pydantic_core import PydanticCustomError

from lib.blocks import rows_of
from lib.cells import parse_pesel
from lib.contents import born_by_pesel, count_of, is_day
from lib.findings import AGE_NOT_BORN, HOURS_REVERSED, UNREAD_DAY, UNREAD_HOUR, UNREAD_PESEL, Finding, Rule
from lib.headers import header_key
from lib.names import MASK
from lib.records import Fact
from sheets.column import Column
from sheets.table import Cell, Table, Value

if TYPE_CHECKING:
    from lib.register import Readings, Register

MOST = 0.8
"""From such a share on, the values of a column that are of one kind say what the column holds."""

FEW = 3
"""So many values of a kind a column needs for that."""


def unread_day(register: "Register") -> Iterator[Finding]:
    """A day that no calendar has, in a cell that no field is read from.

    Yields: one finding per cell; what it says may be personal, and is not in it.
    """
    yield from _of(register, UNREAD_DAY)


def unread_pesel(register: "Register") -> Iterator[Finding]:
    """A PESEL with a wrong check digit or day of birth, in a column of PESELs that no field is read from.

    Yields: one finding per cell.
    """
    yield from _of(register, UNREAD_PESEL)


def unread_hour(register: "Register") -> Iterator[Finding]:
    """An hour that no clock shows, as „16:75”, in a cell that no field is read from.

    Yields: one finding per cell.
    """
    yield from _of(register, UNREAD_HOUR)


def hours_reversed(register: "Register") -> Iterator[Finding]:
    """Hours such as „16:00-15:00”, which end before they begin, in a cell that no field is read from.

    Yields: one finding per cell.
    """
    yield from _of(register, HOURS_REVERSED)


def age_not_born(register: "Register") -> Iterator[Finding]:
    """The age typed beside a PESEL is years away from what it says, in a cell that no field is read from.

    The day on which people had these ages is not known, but is about the same for all of a tab.

    Yields: one finding per cell, where the ages of most of the others agree; the age is not in it.
    """
    yield from _of(register, AGE_NOT_BORN)


def _of(register: "Register", rule: Rule) -> Iterator[Finding]:
    return (one for one in register.readings.unread if one.rule is rule)


def findings(readings: "Readings") -> Iterator[Finding]:
    """All of these in all the tabs, but for cells of which the reading says something itself."""
    said = {(one.cell.workbook, one.cell.tab, one.cell.row, one.cell.column) for one in readings.findings}
    read = (one for one in readings.by_record[Fact].tabs if not one.derived)
    facts = {(one.table.name, one.columns.get("value")) for one in read}
    for tab in readings.tabs:
        for at, column in enumerate(tab.columns):
            if (tab.name, at) in facts:
                continue  # of which the reading of the project says all
            cells = Column.of(column)
            for rule, is_wrong in _WRONG:
                for code in is_wrong(cells.values):
                    for row in np.flatnonzero(np.asarray(cells.codes) == code).tolist():
                        yield from _unsaid(rule.at(_cell(readings, tab, row, at)), said)
        for row, at in _wrong_ages(tab):
            yield from _unsaid(AGE_NOT_BORN.at(_cell(readings, tab, row, at)), said)


def _unsaid(finding: Finding, said: Container[tuple[str, str, int, int]]) -> Iterator[Finding]:
    cell = finding.cell
    if (cell.workbook, cell.tab, cell.row, cell.column) not in said:
        yield finding


def _cell(readings: "Readings", tab: Table, row: int, column: int) -> Cell:
    """The cell of a whole tab, under the header of the last table that begins above it, and masked."""
    above = [
        one.table
        for one in readings.tables
        if one.table.name == tab.name
        and not one.derived
        and 0 <= tab.first_row + row - one.table.first_row < len(one.table)
    ]
    table = max(above, key=lambda one: one.first_row, default=tab)
    cell = table.cell(row + tab.first_row - table.first_row, column)
    return replace(cell, raw=MASK)


# --- what is wrong: for each rule the places of the wrong values among those of a column ------------


def _no_days(values: Sequence[Value]) -> list[int]:
    days = [at for at, value in enumerate(values) if isinstance(value, str) and _is_no_day(value)]
    return [at for at in days if _LAST_DAYS.search(str(values[at])) or _are_days(values)]


@lru_cache(maxsize=50_000)
def _is_no_day(text: str) -> bool:
    return any(_on_no_calendar(*map(int, match.groups())) for match in _DOTTED.finditer(text)) or any(
        _on_no_calendar(int(match[3]), int(match[2]), int(match[1])) for match in _ISO.finditer(text)
    )


def _on_no_calendar(day: int, month: int, year: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return True
    return False


def _are_days(values: Sequence[Value]) -> bool:
    days = sum(map(is_day, values))
    return days >= FEW and days >= MOST * (len(values) - 1)


_DOTTED = re.compile(r"(?<![0-9./-])([0-9]{1,2})[.-]([0-9]{1,2})[.-]((?:19|20)[0-9]{2})(?![0-9./-])")
_ISO = re.compile(r"(?<![0-9./-])((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?![0-9./-])")

_LAST_DAYS = re.compile(
    r"(?<![0-9./-])(?:(?:29|30|31)[.-](?:0?[1-9]|1[0-2])[.-][0-9]{4}|[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:29|30|31))"
)
"""A day that some months have and others do not: a slip of a day wherever it stands, and no number."""


def _no_pesels(values: Sequence[Value]) -> list[int]:
    long = {at: slip for at, value in enumerate(values) if (slip := _slip_of_pesel(value)) is not None}
    good = sum(not slip for slip in long.values())
    if good < FEW or good < MOST * len(long):
        return []
    return [at for at, slip in long.items() if slip]


def _slip_of_pesel(value: Value) -> bool | None:
    """Whether a value of about 11 digits is no PESEL; None for any other value."""
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return None
    if isinstance(value, str) and not _LONG.fullmatch(value):
        return None
    if not isinstance(value, str) and not 10**8 <= value < 10**11:
        return None
    try:
        parse_pesel(value)
    except PydanticCustomError:
        return True
    return False


_LONG = re.compile(r"\s*[0-9](?:\s?[0-9]){8,12}\s*")
"""A PESEL, also with digits lost or typed twice."""


def _no_hours(values: Sequence[Value]) -> list[int]:
    hours = {at: match for at, v in enumerate(values) if isinstance(v, str) and (match := _HOUR.fullmatch(v))}
    return [at for at, match in hours.items() if int(match[1]) > 24 or int(match[2]) > 59]


_HOUR = re.compile(r"\s*([0-9]{1,2}):([0-9]{2})\s*")


def _turned(values: Sequence[Value]) -> list[int]:
    hours = {at: match for at, v in enumerate(values) if isinstance(v, str) and (match := _HOURS.search(v))}
    return [at for at, match in hours.items() if _ends_first(*map(int, match.groups()))]


def _ends_first(hour: int, minute: int, to_hour: int, to_minute: int) -> bool:
    over_night = hour >= EVENING and to_hour <= MORNING
    return (to_hour, to_minute) <= (hour, minute) and not over_night


_HOURS = re.compile(
    r"(?<![0-9:.])([0-2]?[0-9]):([0-5][0-9])\s*(?:-|–|—|do)\s*([0-2]?[0-9]):([0-5][0-9])(?![0-9:])"
)

EVENING, MORNING = 18, 10
"""Hours that begin so late and end so early last over the night."""


def _wrong_ages(tab: Table) -> Iterator[tuple[int, int]]:
    """The row and column of each age that does not go with the PESEL in its row."""
    said = {text for text in tab.texts if _AGE.match(header_key(text))}
    titles = [(at, rows[0]) for at, column in enumerate(tab.columns) if (rows := rows_of(column, said))]
    if not titles:
        return
    births = [list(map(born_by_pesel, column)) for column in tab.columns if _pesels(column)]
    for at, top in titles:
        ages = {row: count_of(tab.columns[at][row]) for row in range(top + 1, len(tab))}
        for days in births:
            then = {
                row: born.year + age
                for row, age in ages.items()
                if age is not None and (born := days[row]) is not None
            }
            usual = statistics.median(then.values()) if len(then) > FEW else 0
            odd = [row for row, year in then.items() if abs(year - usual) > YEARS_APART]
            if usual and len(then) - len(odd) >= MOST * len(then):
                yield from ((row, at) for row in odd)
                break


def _pesels(column: Sequence[Value]) -> bool:
    return sum(_slip_of_pesel(value) is False for value in Column.of(column).values) >= FEW


_AGE = re.compile(r"(?:wiek|lat)\b")
"""How the header of a column of ages begins."""

YEARS_APART = 4
"""Ages of a tab may be of days that are so many years apart."""

_WRONG: tuple[tuple[Rule, Callable[[Sequence[Value]], list[int]]], ...] = (
    (UNREAD_DAY, _no_days),
    (UNREAD_PESEL, _no_pesels),
    (UNREAD_HOUR, _no_hours),
    (HOURS_REVERSED, _turned),
)
