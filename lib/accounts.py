"""Accounts of rows: what became of every row of every tab, so that none is lost without a word.

A row of a tab is counted, or rejected, or no data of any table, and then there is a reason. The three
together are always the rows of the tab.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from lib.reading import SUM, Recognised, factorise, sums_of
from lib.records import Record
from sheets.table import Table

if TYPE_CHECKING:
    from lib.register import Readings, Register

COUNTED = "wliczony"
"""A line of a table that was read from the row is in the figures."""

REJECTED = "nie wliczony"
"""The row holds lines of a table, and none of them is in the figures."""

HEADER, EMPTY, ABOVE, OUTSIDE = "nagłówek", "pusty", "nad tabelą", "poza tabelą"
UNREAD = "tylko w nieczytanych kolumnach"
UNMARKED = "bez znaku obecności"
UNKNOWN, WAITS = "zakładka nierozpoznana", "czeka na odpowiedź"

COLUMNS = ["workbook", "tab", "records", "header_rows", "rows", "counted", "rejected", "not_data", "reasons"]

_Tab: TypeAlias = tuple[str, str]


def accounts(register: "Register") -> pd.DataFrame:
    """Every tab of the spreadsheets: its rows, and how many are counted, rejected and no data.

    Columns: workbook, tab, records (Polish names of its kinds of table, empty for none), header_rows
    („2, 14”), rows (all of the tab), counted, rejected, not_data, reasons („nagłówek 1, pusty 4”). Always
    counted + rejected + not_data = rows. A row from which several tables are read is counted when one of
    them counts it.
    """
    tables = _by_tab(register.readings)
    lines = []
    for tab, states in zip(register.readings.tabs, rows(register), strict=True):
        own = [table for table in tables.get(tab.name, ()) if not table.derived]
        tally = Counter(states)
        reasons = {s: n for s, n in tally.most_common() if s not in (COUNTED, REJECTED)}
        lines.append(
            (
                tab.workbook,
                tab.title,
                ", ".join(dict.fromkeys(table.record.tab for table in own)),
                ", ".join(map(str, sorted({row for table in own for row in table.header_rows}))),
                len(states),
                tally[COUNTED],
                tally[REJECTED],
                sum(reasons.values()),
                ", ".join(f"{reason} {count}" for reason, count in reasons.items()),
            )
        )
    return pd.DataFrame(lines, columns=COLUMNS)


def rows(register: "Register") -> Iterator[list[str]]:
    """For each tab what became of each row, from the first: COUNTED, REJECTED or why it is no data."""
    readings = register.readings
    tables = _by_tab(readings)
    lines = _lines(register)
    waits = {(q.workbook, q.tab) for q in readings.questions if q.about in ("kind", "year")}
    for tab in readings.tabs:
        own = [table for table in tables.get(tab.name, ()) if not table.derived]
        yield _states(tab, own, lines.get(tab.name, {}), tab.name in waits)


def _by_tab(readings: "Readings") -> Mapping[_Tab, list[Recognised]]:
    """The tables of every tab, as they were read."""
    found: dict[_Tab, list[Recognised]] = {}
    for reading in readings.by_record.values():
        for table in reading.tabs:
            found.setdefault(table.table.name, []).append(table)
    return found


def _lines(register: "Register") -> Mapping[_Tab, dict[int, bool]]:
    """For every tab the numbers of its rows that hold lines of a table: whether one is counted."""
    found: dict[_Tab, dict[int, bool]] = {}
    for record, reading in register.readings.by_record.items():
        counted = _counted(register, record)
        for number, table in enumerate(reading.tabs):
            if table.derived:
                continue
            own = found.setdefault(table.table.name, {})
            at = np.flatnonzero(reading.where[:, 0] == number)
            for line, good in zip(reading.where[at, 1].tolist(), counted[at].tolist(), strict=True):
                row = table.table.first_row + table.row(line)
                own[row] = own.get(row, False) or good
    return found


def _counted(register: "Register", record: type[Record]) -> np.ndarray:
    return np.isin(np.arange(len(register.readings.by_record[record].rows)), register.frames[record]["row"])


def _states(tab: Table, tables: list[Recognised], lines: Mapping[int, bool], waits: bool) -> list[str]:
    said = _reasons(tables)
    first = min((row for table in tables for row in _extent(table)[:1]), default=0)
    outside = WAITS if waits else OUTSIDE if tables else UNKNOWN
    states = []
    for row, blank in enumerate(_blank(tab).tolist(), start=tab.first_row):
        if row in lines:
            states.append(COUNTED if lines[row] else REJECTED)
        elif row in said and not (blank and said[row] in (UNREAD, UNMARKED)):
            states.append(said[row])
        elif blank:
            states.append(EMPTY)
        else:
            states.append(ABOVE if row < first else outside)
    return states


def _reasons(tables: list[Recognised]) -> dict[int, str]:
    """What the tables say of rows that are no data of theirs; what is said of a row itself goes first."""
    said: dict[int, str] = {}
    for table in tables:
        top = table.table.first_row
        said |= {top + row: reason for row, reason in table.skip.items()}
        said |= {top + row: SUM for row in sums_of(table.table, table.span)}
        said |= dict.fromkeys(table.header_rows, HEADER)
    for table in tables:
        if table.listed is not None:
            for row in table.listed.rows:
                said.setdefault(table.table.first_row + row, UNMARKED)
        elif table.lines is None:
            for row in _extent(table):
                said.setdefault(row, UNREAD)
    return said


def _extent(table: Recognised) -> range:
    """The rows of a tab from the header of a table to its last."""
    top = table.table.first_row
    return range(min((top, *table.header_rows)), top + len(table.table))


def _blank(tab: Table) -> np.ndarray:
    """For each row of a tab whether all its cells are blank."""
    blank = np.ones(len(tab), dtype=bool)
    for cells in tab.columns:
        blank &= factorise(cells).codes == -1
    return blank
