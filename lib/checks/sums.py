"""Checks of rows that sum up others: „Razem październik”, „OGÓŁEM”, a task above its lines.

Offices sum up in many ways, so a sum is wrong only where no sensible block of rows adds up to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib import words
from lib.blocks import TOTALS, codes_of, is_blank, rows_with
from lib.cells import key, plain
from lib.contents import amount_of, count_of
from lib.findings import COUNTS_NOT_SUM, SUM_NOT_ROWS, Finding
from lib.reading import SUM, Reading, Recognised, columns_within, sums_of
from lib.records import BudgetLine, Expense, Record
from sheets.table import Table

if TYPE_CHECKING:
    from lib.register import Register

SUMMED: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (BudgetLine, ("planned_gr",)),
    (Expense, ("gross_gr", "eligible_gr", "eu_gr", "state_gr", "own_gr")),
)
"""The columns whose sums are checked."""

OTHERWISE = re.compile(
    r"\bw tym\b|przenies|pozosta|limit|umow|wnios|dofinans|wklad|\b(?:ue|efs|bp|ww|vat|netto|wg)\b|wedlug|%"
    r"|ryczalt|\bposredni|zatwierdz|rozlicz|refund|transz|zalicz|zwrot"
)
"""What the label of a row says that sums up something else than the rows of its table."""

_TAB = 10_000_000
"""More than a tab has rows: rows of the tab before stand that much higher."""


def sum_not_rows(register: "Register") -> Iterator[Finding]:
    """A sub-total or total is not the sum of the rows that it sums up.

    Right is the sum of the rows above it, back to any earlier sum or name of a part, to the header or to
    that of an earlier tab; of the sums above it; where several sums stand together, of a part, line, task,
    month, quarter or year; of the rows below, where none stand above; of its own parts, for „1” above „1.1”
    and „1.2”. All of it with all rows, or only those that count, those paid, or those not paid. Nothing is
    found where an amount that cannot be read may be what is missing.

    Reads:  the rows of the tabs, also those that are not counted.
    Yields: one finding per cell of a sum, with what the nearest block of rows adds up to.
    """
    for record, names in SUMMED:
        reading = register.readings.by_record[record]
        for number, tab in enumerate(reading.tabs):
            sums = [] if tab.derived or tab.lines is not None else _sums(tab, number)
            for name in names:
                if sums and name in tab.fields:
                    yield from _wrong(_Column.of(reading, number, name), tab, name, sums)


def _wrong(column: "_Column", tab: Recognised, name: str, sums: Sequence["_Sum"]) -> Iterator[Finding]:
    cells = tab.values(name)
    stated = [amount_of(cells[one.row]) for one in sums]
    for number, (one, amount) in enumerate(zip(sums, stated, strict=True)):
        if amount is None or not one.checked or any(b.may_be(amount) for b in column.blocks(one)):
            continue
        if amount in _sums_of_sums(stated[:number], column.run(one)):
            continue
        if one.together and amount in column.parts(sums):
            continue
        own = [block for block in column.blocks(one) if block.first >= 0]
        if not own:
            continue
        nearest = min(own, key=lambda block: abs(amount - block.totals[0]))
        yield SUM_NOT_ROWS.at(
            tab.cell(one.row, name),
            stated=words.money(amount),
            first=tab.table.first_row + nearest.first,
            last=tab.table.first_row + nearest.last,
            rows=words.money(nearest.totals[0]),
            difference=words.money(amount - nearest.totals[0]),
        )


def _sums_of_sums(stated: Sequence[int | None], run: int | None) -> set[int]:
    """What the sums above one make, with the rows after the last of them, or alone where there are none.

    Several of them may stand for the whole also where they are above their own rows.
    """
    running = list(accumulate(amount or 0 for amount in reversed(stated)))
    return {total + (run or 0) for total in running} | set(running[0 if run is None else 1 :])


# --- sums of counts: places, hours, people -------------------------------------------------------

COUNTS_AGREE = 0.7
"""From such a share of its numbers on, a row is meant to sum up the rows above it."""

ENOUGH = 3
"""So many of its numbers at least must be right."""


def counts_not_sum(register: "Register") -> Iterator[Finding]:
    """A number in a row of sums is not what the rows above it make, while most others of the row are.

    Which rows it sums up, is told by the numbers themselves: all above it, or those with one word in a
    column („gotowe”, „os.”). The budget and the documents are looked at by `sum_not_rows()`.

    Reads:  the tabs with a table of another kind, below its header.
    Yields: one finding per number.
    """
    money = {t.table.name for t in register.readings.tables if t.record in (BudgetLine, Expense)}
    tops: dict[tuple[str, str], set[int]] = {}
    for one in register.readings.tables:
        if not one.derived and one.table.name not in money:
            tops.setdefault(one.table.name, set()).add(one.table.first_row - 1)
    for tab in register.readings.tabs:
        if tab.name in tops:
            sums = sorted(rows_with(tab, _SUM, TOTALS.match))
            for row in sums:
                top = max((top for top in tops[tab.name] if top <= row), default=None)
                if top is not None:
                    before = [one for one in sums if one < row and _is_apart(sums, one, row)]
                    yield from _wrong_counts(tab, max([top, *(one + 1 for one in before)]), row)


def _is_apart(sums: Sequence[int], one: int, row: int) -> bool:
    """Whether rows that are no sums stand between two sums."""
    return any(between not in sums for between in range(one + 1, row))


def _wrong_counts(tab: Table, first: int, row: int) -> Iterator[Finding]:
    numbers = {
        at: {line: number for line in range(first, row + 1) if (number := count_of(column[line])) is not None}
        for at, column in enumerate(tab.columns)
    }
    stated = {at: own.pop(row) for at, own in numbers.items() if row in own and len(own) > 1}
    best: tuple[int, str, dict[int, int]] = (0, "", {})
    for what, lines in _parts_of(tab, first, row):
        made = {at: sum(numbers[at].get(line, 0) for line in lines) for at in stated}
        right = sum(made[at] == number and number > 0 for at, number in stated.items())
        if right > best[0]:
            best = right, what, made
    right, what, made = best
    if right >= ENOUGH and right >= COUNTS_AGREE * len(stated):
        for at, number in stated.items():
            if made[at] != number:
                yield COUNTS_NOT_SUM.at(tab.cell(row, at), stated=number, what=what, rows=made[at])


def _parts_of(tab: Table, first: int, row: int) -> Iterator[tuple[str, list[int]]]:
    """What rows a sum may be of: all of them, and those with one word of a column, and how to call them."""
    yield f"wiersze {tab.first_row + first}-{tab.first_row + row - 1}", list(range(first, row))
    for column in tab.columns:
        words_of = {line: value for line in range(first, row) if isinstance(value := column[line], str)}
        for word in set(words_of.values()):
            lines = [line for line, value in words_of.items() if value == word]
            beside = column[row]
            if 1 < len(lines) < row - first and (
                beside in (None, word) or (isinstance(beside, str) and TOTALS.match(beside))
            ):
                yield f"wiersze „{word}”", lines


_SUM = re.compile("razem|sum|og|total|cznie")
"""What stands in every text, in lower case, that the label of a sum may be."""

# --- which rows are sums ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sum:
    """A row that sums up others.

    starts    where the rows that it sums up may begin, the nearest first; negative in the tabs before
    ends      where they may end, if it stands above them
    of        its own parts, for „1” above „1.1” and „1.2”
    checked   whether it says that it is a sum of the rows, and not of something else
    together  whether another sum stands right above or below it
    """

    row: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    of: tuple[int, ...]
    checked: bool
    together: bool


def _sums(tab: Recognised, number: int) -> list[_Sum]:
    """The sums of the tab, from the top; `number` is how many tabs of its kind come before it."""
    other = {row for row, why in tab.skip.items() if why != SUM}
    rows = sorted((set(sums_of(tab.table, tab.span)) | tab.skip.keys()) - other)
    if not rows:
        return []
    columns = [tab.table.columns[column] for column in columns_within(tab.table, tab.span)]
    filled = np.zeros(len(tab.table), dtype=bool)
    for column in columns:
        filled |= codes_of(column) != -1
    order = filled.cumsum()  # sums without a filled row between them follow each other in it
    breaks = sorted({*rows, *other, *(row for row in tab.parts if row >= 0)})
    parents = _parents(tab)
    found = []
    for row in rows:
        said = [value for column in columns if isinstance(value := column[row], str)]
        says_sum = any(TOTALS.match(text) for text in said)
        found.append(
            _Sum(
                row,
                starts=(
                    *(at + 1 for at in reversed(breaks) if at < row),
                    *(-before * _TAB for before in range(number + 1)),
                ),
                ends=(*(at for at in breaks if at > row), len(tab.table)),
                of=() if says_sum else parents.get(row, ()),
                checked=(says_sum and not any(OTHERWISE.search(key(text)) for text in said))
                or (not says_sum and row in parents),
                together=any(abs(order[row] - order[beside]) == 1 for beside in rows),
            )
        )
    return found


def _parents(tab: Recognised) -> dict[int, tuple[int, ...]]:
    """The rows of a budget that sum up their own parts, with the rows of these."""
    if tab.record is not BudgetLine or "line" not in tab.fields:
        return {}
    codes = [plain(value).rstrip(".") if value is not None else "" for value in tab.values("line")]
    parts = {
        row: tuple(at for at, code in enumerate(codes) if code.startswith(f"{codes[row]}."))
        for row, why in tab.skip.items()
        if why == SUM and codes[row]
    }
    return {row: own for row, own in parts.items() if own}


# --- what rows add up to ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows that stand together: the first and last, what they add up to, and whether some cannot be read.

    The first of the totals is that of all the rows.
    """

    first: int
    last: int
    totals: tuple[int, ...]
    unread: bool

    def may_be(self, amount: int) -> bool:
        """Whether the rows may add up to an amount; one that cannot be read may be any amount over 0."""
        return amount in self.totals or (self.unread and amount >= self.totals[0])


@dataclass(frozen=True, slots=True)
class _Column:
    """The filled cells of a column of money, in this tab and those before it, as the sheet has them.

    `at` are their rows, `ways` which of them may be summed up: all, and only some.
    """

    at: np.ndarray
    amounts: np.ndarray
    unread: np.ndarray
    ways: tuple[np.ndarray, ...]
    rows: pd.DataFrame

    @classmethod
    def of(cls, reading: Reading, number: int, name: str) -> "_Column":
        tabs, lines = reading.where[:, 0], reading.where[:, 1]
        values = {tab: reading.tabs[tab].values(name) for tab in range(number + 1)}
        known = reading.rows[name].notna().to_numpy()
        unread = ~known & (tabs <= number)
        for row in np.flatnonzero(unread):
            unread[row] = not is_blank(values[int(tabs[row])][int(lines[row])])
        kept = (known & (tabs <= number)) | unread
        rows, counted = reading.rows[kept], reading.counted[kept]
        ways = [np.ones(len(rows), dtype=bool), counted]
        if reading.record is Expense:
            paid = rows["paid_on"].notna().to_numpy()
            ways += [paid, ~paid]
        amounts = rows[name].fillna(0).to_numpy(dtype="int64")
        return cls(((tabs - number) * _TAB + lines)[kept], amounts, unread[kept], tuple(ways), rows)

    def blocks(self, one: _Sum) -> Iterator[_Block]:
        """The blocks of rows that a sum may be of, the nearest first."""
        if one.of:
            yield from self._block(np.flatnonzero(np.isin(self.at, one.of)))
        elif np.searchsorted(self.at, 0) < np.searchsorted(self.at, one.row):
            for start in one.starts:
                yield from self._block(self._between(start, one.row))
        else:
            for end in one.ends:
                yield from self._block(self._between(one.row, end))

    def _between(self, start: int, end: int) -> np.ndarray:
        return np.arange(*np.searchsorted(self.at, (start, end)))

    def _block(self, rows: np.ndarray) -> Iterator[_Block]:
        """The block of these cells; none where there are none."""
        if len(rows):
            totals = tuple(int(self.amounts[rows][way[rows]].sum()) for way in self.ways)
            first, last = int(self.at[rows[0]]), int(self.at[rows[-1]])
            yield _Block(first, last, totals, bool(self.unread[rows].any()))

    def run(self, one: _Sum) -> int | None:
        """What the rows between the last sum or name of a part and this sum make; None without any."""
        rows = self._between(one.starts[0], one.row)
        return int(self.amounts[rows].sum()) if len(rows) and not one.of else None

    def parts(self, sums: Sequence[_Sum]) -> set[int]:
        """What each part of the rows makes that a list of sums may be of."""
        found = {run for one in sums if (run := self.run(one)) is not None}
        keys = [self.rows[name] for name in ("line", "task", "cost_kind") if name in self.rows]
        for name in ("paid_on", "issued_on"):
            if name in self.rows:
                keys += [self.rows[name].dt.to_period(period) for period in ("M", "Q", "Y")]
        for by in keys:
            for way in self.ways:
                found |= set(pd.Series(self.amounts[way]).groupby(by[way].to_numpy()).sum().tolist())
        return found
