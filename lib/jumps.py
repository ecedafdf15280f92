"""How the number of rows of each kind of table changes from one day's readings to another's."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lib.findings import ROWS_JUMPED, Finding
from lib.records import Record
from lib.register import Readings

JUMP_SHARE, JUMP_ROWS = 0.3, 20
"""From what share of the rows before, and from how many rows at least, a change is a jump.

Our own choice: a day's work adds a few rows; a lost filter, a sort of half a table or a second paste
moves a third.
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there were: at the latest reading, and at the last one of an earlier day.

    day     the day of the latest reading, in UTC; None while nothing was read at a known time
    before  on the first day the counts of its first reading
    """

    day: dt.date | None
    now: Mapping[type[Record], int]
    before: Mapping[type[Record], int]


def counted(readings: Readings, day: dt.date | None, known: Counts | None) -> Counts:
    """The counts after a reading on a day, given those known before it."""
    now = {record: len(reading.rows) for record, reading in readings.by_record.items()}
    if known is None:
        return Counts(day, now, now)
    return Counts(day, now, known.before if day == known.day else known.now)


def jumped(readings: Readings, before: Mapping[type[Record], int]) -> Iterator[Finding]:
    """Kinds of table that have many more or many fewer rows than before.

    Yields: one finding per kind, at its tab.
    """
    for record, rows in before.items():
        reading = readings.by_record[record]
        change = abs(len(reading.rows) - rows)
        if rows and change >= JUMP_ROWS and change >= JUMP_SHARE * rows:
            yield ROWS_JUMPED.at(reading.cell(), now=len(reading.rows), before=rows)
