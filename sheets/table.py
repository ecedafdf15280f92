"""A tab of a spreadsheet as it stands: columns of cells, each with its address."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

from sheets.column import Column

Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Merged: TypeAlias = tuple[int, int, int, int]

HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file and no page can hold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it is and what is typed in it.

    `row` counts from 1 as the spreadsheet does; 0 means the whole tab. `column` counts from 0;
    -1 means the whole row. `raw` is the text as typed, empty where the cell is blank.
    """

    tab: str
    row: int = 0
    column: int = -1
    raw: str = ""
    header: str = ""
    workbook: str = ""
    url: str = ""

    @property
    def address(self) -> str:
        """„Uczestnicy!D7”; „Uczestnicy!7:7” for a whole row; „Uczestnicy” for a whole tab."""
        return f"{self.tab}!{self.range}" if self.row else self.tab

    @property
    def range(self) -> str:
        """„D7”, or „7:7” for a whole row, or nothing for a whole tab."""
        if not self.row:
            return ""
        return f"{column_letters(self.column)}{self.row}" if self.column >= 0 else f"{self.row}:{self.row}"


@dataclass(frozen=True)  # without slots: `texts` and `said` are kept
class Table:
    """One tab: a header and the columns below it, blank cells as None.

    As a source gives it, `header` is empty and `columns` hold the whole tab from row 1. Once
    the header row is known, `below()` gives the same tab with `header` set and `first_row`
    the number of the first row under it. All columns have the same length; one may be a list or a
    `sheets.column.Column`, which knows its different values already.

    `merged` are the merged cells of the tab, each as its first row and column and its last row and column,
    from 0 and all included; only the first of such cells has a value.

    `link` is a web address with „{range}” where the cell goes, or empty when the spreadsheet
    cannot be opened by an address (a local file).
    """

    title: str
    columns: tuple[Sequence[Value], ...]
    header: tuple[str, ...] = ()
    first_row: int = 1
    link: str = ""
    workbook: str = ""
    merged: tuple[Merged, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """Its spreadsheet and its title, by which it is told from every other tab."""
        return self.workbook, self.title

    @classmethod
    def from_rows(cls, title: str, rows: Sequence[Sequence[Value]], **more: Any) -> "Table":
        """A tab from rows of any length: short rows are filled with blanks, empty text is blank."""
        width = max((len(row) for row in rows), default=0)
        columns = tuple(
            [None if i >= len(row) or row[i] == "" else row[i] for row in rows] for i in range(width)
        )
        return cls(title, columns, **more)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The different texts of its cells; perhaps also such as stand above or below them."""
        values = set[Value]().union(*(c.values if isinstance(c, Column) else c for c in self.columns))
        return frozenset(value for value in values if isinstance(value, str))

    @cached_property
    def said(self) -> str:
        """These texts in lower case, one on a line, to be searched all at once."""
        return "\n".join(self.texts).lower()

    def __len__(self) -> int:
        """Rows below the header, blank ones included."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> tuple[Value, ...]:
        """The cells of one row; `index` counts from 0 below the header."""
        return tuple(column[index] for column in self.columns)

    def below(self, index: int) -> "Table":
        """The tab below the row `index` (from 0), which becomes the header."""
        return replace(
            self,
            header=tuple(text(value) for value in self.row(index)),
            columns=tuple(column[index + 1 :] for column in self.columns),
            first_row=self.first_row + index + 1,
        )

    def cell(self, index: int, column: int = -1) -> Cell:
        """The cell in row `index` (from 0 below the header, -1 for the header) and `column` (from 0)."""
        row = self.first_row + index
        value = self.columns[column][index] if index >= 0 and column >= 0 else None
        raw = self.header[column] if index < 0 <= column < len(self.header) else text(value)
        header = self.header[column] if 0 <= column < len(self.header) else ""
        cell = Cell(self.title, row, column, raw, header, self.workbook)
        return replace(cell, url=self.link.replace("{range}", cell.range)) if self.link else cell

    def whole(self) -> Cell:
        """The tab itself, for what is wrong with all of it."""
        return Cell(self.title, workbook=self.workbook, url=self.link.replace("{range}", "A1"))


def column_letters(index: int) -> str:
    """A for 0, Z for 25, AA for 26: the name of a column in a spreadsheet."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def text(value: Value) -> str:
    """A value as a person would see it in the cell; blank is empty text."""
    match value:
        case None:
            return ""
        case bool():
            return "PRAWDA" if value else "FAŁSZ"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return repr(value).replace(".", ",")
        case dt.datetime() if value.time() != dt.time():
            return f"{value:%d.%m.%Y %H:%M}"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case dt.time():
            return f"{value:%H:%M}"
        case str() if not value.isascii():
            return HALVES.sub("\N{REPLACEMENT CHARACTER}", value)
        case _:
            return str(value)
