"""The check of days of the week, which staff type beside or before a day: „wt 9.05”, „16.11 | sob.”."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lib.blocks import plain_text
from lib.findings import WEEKDAY_NOT_DAY, Finding
from lib.reading import Reading, Recognised
from lib.records import Attendance, Session
from lib.words import WEEKDAYS
from sheets.column import Column
from sheets.table import Cell

if TYPE_CHECKING:
    from lib.register import Register

FEW, MOST = 3, 0.75
"""So many days of the week agree, and such a share of them, where they are meant to be of these days."""

_WEEKDAY = re.compile(
    r"(?<!\w)(?:(pn\b|po?n(?:iedz\w*)?\b)|(wt(?:or\w*)?\b)|([śs]r(?:od\w*)?\b)|(cz(?:w(?:art\w*)?)?\b)"
    r"|(pi?[ąa]?t(?:k\w*|ek\w*)?\b)|(so?b(?:ot\w*)?\b)|(nd\b|ndz\b|niedz\w*))",
    re.IGNORECASE,
)
"""The days of the week as they are typed, Monday in the first group."""


def weekday_not_day(register: "Register") -> Iterator[Finding]:
    """The day of the week that stands beside a day, or in its cell, is another one.

    Reads:  days of sessions with a column of days of the week beside them, and the days over lists.
    Yields: one finding per day of the week, where most of the others agree.
    """
    sessions = register.readings.by_record[Session]
    for number, tab in enumerate(sessions.tabs):
        if not tab.derived and tab.lines is None and isinstance(tab.columns.get("day"), int):
            for column in _columns_of_weekdays(tab):
                yield from _wrong(list(_said(sessions, number, tab, column)))
    for tab in register.readings.by_record[Attendance].tabs:
        if tab.listed is not None and not tab.derived:
            header = dict(enumerate(tab.table.header))
            yield from _wrong(
                [
                    (tab.table.cell(-1, column), said, day)
                    for column, day, *_ in tab.listed.days
                    if (said := _weekday(header.get(column, ""))) is not None
                ]
            )


def _columns_of_weekdays(tab: Recognised) -> Iterator[int]:
    for at, column in enumerate(tab.table.columns):
        days = {_weekday(plain_text(value)) for value in Column.of(column).values}
        if len(days - {None}) > 1:
            yield at


def _said(reading: Reading, number: int, tab: Recognised, column: int) -> Iterator[tuple[Cell, int, dt.date]]:
    """The days of the week in a column, each with its cell and the day of its row."""
    rows = reading.rows["day"][reading.where[:, 0] == number].dropna()
    for row, day in rows.items():
        line = int(reading.where[int(str(row)), 1])
        said = _weekday(plain_text(tab.table.columns[column][line]))
        if said is not None:
            yield tab.table.cell(line, column), said, day.date()


def _weekday(text: str) -> int | None:
    """The only day of the week that a text names, 0 for Monday; None for none or several."""
    found = {(match.lastindex or 1) - 1 for match in _WEEKDAY.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _wrong(said: list[tuple[Cell, int, dt.date]]) -> Iterator[Finding]:
    right = sum(day.weekday() == weekday for _, weekday, day in said)
    if right >= FEW and right >= MOST * len(said):
        for cell, weekday, day in said:
            if day.weekday() != weekday:
                yield WEEKDAY_NOT_DAY.at(
                    cell, said=WEEKDAYS[weekday], day=day, weekday=WEEKDAYS[day.weekday()]
                )
