"""Checks of what staff count themselves: how often somebody was there, how many were there that day.

What they add up tells whether the marks are read as they mean them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lib.blocks import plain_text
from lib.checks.check import needs
from lib.contents import count_of
from lib.dictionaries import Presence
from lib.findings import MARKS_NOT_TOTALS, TOTAL_NOT_MARKS, Finding
from lib.headers import header_key
from lib.reading import Reading, Recognised, column_at
from lib.records import Attendance
from sheets.table import Cell

if TYPE_CHECKING:
    from lib.register import Register

_TOTAL = re.compile(r"(?:razem|suma|ogolem|lacznie|ile|ilu|liczba|l\b|by[lł]|obecn|ob\b)")
"""How the header of a column, and the label of a row, begins in which marks are counted."""

_OTHER = re.compile(r"nieob|\bnb\b|uspr|godz|wolnych|miejsc|%|proc|plan")
"""What it says where something else is counted."""

ROWS_BELOW = 5
"""So many rows below the people the totals of the days are looked for."""

MOST = 0.6
"""From this share of agreeing totals on the others are slips; below it the marks mean something else."""

ENOUGH = 4
"""So many totals at least tell that marks are read otherwise than they are meant."""

_COUNTED = (
    frozenset({Presence.PRESENT}),
    frozenset({Presence.PRESENT, Presence.EXCUSED}),
    frozenset(Presence),
)
"""The marks that staff may count together."""


@dataclass(frozen=True, slots=True)
class _Total:
    """A total as typed, where it stands, and for each way of counting what the marks make."""

    cell: Cell
    typed: int
    marks: tuple[int, ...]


class Totals(NamedTuple):
    """The totals of a list, and the way of counting in which most of them are right; None for none."""

    totals: list[_Total]
    best: int | None


@needs(Attendance)
def total_not_marks(register: "Register") -> Iterator[Finding]:
    """The total of somebody's or a day's attendance is not what the marks make.

    Right is the number of those present; where that is so nowhere, of those present or excused, or of all.

    Reads:  the lists of attendance of people by days, with what stands beside and below the marks.
    Yields: one finding per total, where most of the list's totals are right.
    """
    for totals, best in register.readings.totals:
        if best is not None:
            for total in totals:
                if total.typed != total.marks[best]:
                    yield TOTAL_NOT_MARKS.at(total.cell, stated=total.typed, marks=total.marks[best])


@needs(Attendance)
def marks_not_totals(register: "Register") -> Iterator[Finding]:
    """Most totals of a list of attendance are not what its marks make, however they are counted.

    Reads:  the lists of attendance of people by days, with what stands beside and below the marks.
    Yields: one finding per list, at the first of its totals.
    """
    for totals, best in register.readings.totals:
        if best is None and len(totals) >= ENOUGH:
            good = sum(total.typed == total.marks[0] for total in totals)
            yield MARKS_NOT_TOTALS.at(totals[0].cell, good=good, totals=len(totals))


def totals(reading: Reading) -> Iterator[Totals]:
    """The totals of each list of attendance, and the way of counting in which most are right."""
    said = reading.rows["presence"].tolist()
    by_table: dict[int, list[tuple[int, str]]] = {}
    for (number, line), word in zip(reading.where.tolist(), said, strict=True):
        if isinstance(word, str):
            by_table.setdefault(number, []).append((line, word))
    for number, table in enumerate(reading.tabs):
        if table.derived or not (table.listed or isinstance(table.columns.get("presence"), np.ndarray)):
            continue
        found = list(_totals(table, by_table.get(number, [])))
        right = [sum(one.typed == one.marks[way] for one in found) for way in range(len(_COUNTED))]
        if found:
            best = right.index(max(right))
            yield Totals(found, best if right[best] >= MOST * len(found) else None)


def _totals(table: Recognised, marks: list[tuple[int, str]]) -> Iterator[_Total]:
    """The totals beside and below the marks of a list."""
    if table.listed is not None:
        days, rows = [column for column, *_ in table.listed.days], list(table.listed.rows)
    else:  # the days stand below each other, the people side by side
        days = np.unique(table.columns["presence"]).tolist()
        rows = sorted({table.row(line, "presence") for line in range(len(table))})
    if not days or not rows:
        return
    in_row: list[Counter[int]] = [Counter() for _ in _COUNTED]
    in_column: list[Counter[int]] = [Counter() for _ in _COUNTED]
    for line, word in marks:
        row, column = table.row(line, "presence"), column_at(table.columns["presence"], line)
        for way, words in enumerate(_COUNTED):
            if word in words:
                in_row[way][row] += 1
                in_column[way][column] += 1
    top = table.table
    for column in range(max(days) + 1, len(top.columns)):
        if _says_total(top.header[column] if column < len(top.header) else ""):
            for row in rows:
                if (typed := count_of(top.columns[column][row])) is not None:
                    yield _Total(top.cell(row, column), typed, tuple(ways[row] for ways in in_row))
            break
    last = max(rows)
    for row in range(last + 1, min(last + 1 + ROWS_BELOW, len(top))):
        label = next((text for v in top.row(row)[: min(days)] if (text := plain_text(v))), "")
        if _says_total(label):
            for column in days:
                if (typed := count_of(top.columns[column][row])) is not None:
                    yield _Total(top.cell(row, column), typed, tuple(ways[column] for ways in in_column))
            break


def _says_total(text: str) -> bool:
    said = header_key(text)
    return _TOTAL.match(said) is not None and _OTHER.search(said) is None
