"""Ranges of cells: read from A1 or R1C1 notation, written back in the form in which Google answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

MAX_COLUMN = 18_278  # ZZZ, the last column a spreadsheet of Google can have

A1_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?")
R1C1_PART = re.compile(r"(?:R([1-9][0-9]*))?(?:C([1-9][0-9]*))?", re.IGNORECASE)
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr][0-9]+|[Cc][0-9]+|TRUE|FALSE", re.I)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells; rows and columns count from 0, the ends are not included.

    An end of None is open: the range goes on to the end of the sheet, wherever that is.
    """

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> Box:
        """The same rectangle with open ends closed and everything cut to a sheet of this size."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return replace(self, bottom=bottom, right=right)

    @property
    def height(self) -> int:
        """Rows; the bottom must be closed."""
        assert self.bottom is not None
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns; the right side must be closed."""
        assert self.right is not None
        return self.right - self.left

    @property
    def is_cell(self) -> bool:
        """One cell only."""
        return self.bottom == self.top + 1 and self.right == self.left + 1

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies within."""
        below = self.bottom is None or row < self.bottom
        return (
            self.top <= row and below and self.left <= column and (self.right is None or column < self.right)
        )

    def meets(self, other: Box) -> bool:
        """Whether two closed rectangles share a cell."""
        return (
            self.top < (other.bottom or 0)
            and other.top < (self.bottom or 0)
            and self.left < (other.right or 0)
            and other.left < (self.right or 0)
        )

    def covers(self, other: Box) -> bool:
        """Whether the other closed rectangle lies wholly within this one."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and (self.bottom or 0) >= (other.bottom or 0)
            and (self.right or 0) >= (other.right or 0)
        )

    def __str__(self) -> str:
        """„B2”, „B2:D5”: a closed rectangle in A1 notation."""
        first = f"{letters(self.left)}{self.top + 1}"
        if self.is_cell or self.bottom is None or self.right is None:
            return first
        return f"{first}:{letters(self.right - 1)}{self.bottom}"


def letters(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name


def column_of(name: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """A title as it stands before the „!”: in apostrophes unless it is a plain ASCII name.

    Titles with a space, with letters outside ASCII, beginning with a digit or looking like a
    cell are put in apostrophes; an apostrophe inside is doubled.
    """
    if PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def split_title(text: str) -> tuple[str | None, str]:
    """(title, the rest) of „'My tab'!A1”; the title is None when there is none.

    A quoted title alone („'My tab'”) gives an empty rest.
    """
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
        if match:
            return match[1].replace("''", "'"), match[2] or ""
        return None, text
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def box_of(text: str) -> Box | None:
    """The rectangle of „A1”, „A1:B2”, „A:A”, „1:2”, „A2:C”, „R1C1:R2C2”; None when it is no range."""
    first, mark, last = text.partition(":")
    start, end = corner(first), corner(last) if mark else None
    if start is None or (mark and end is None):
        return None
    (row, column), lone = start, not mark
    if lone:
        if row is None or column is None:  # "A" and "5" alone are no ranges
            return None
        return Box(row, column, row + 1, column + 1)
    assert end is not None
    return spanning((row, column), end)


def spanning(first: tuple[int | None, int | None], last: tuple[int | None, int | None]) -> Box | None:
    """The rectangle between two corners, in either order; a missing row or column is open."""
    rows, columns = (first[0], last[0]), (first[1], last[1])
    if rows == (None, None) and columns == (None, None):
        return None
    if ((rows == (None, None)) and None in columns) or ((columns == (None, None)) and None in rows):
        return None
    top, bottom = ends(*rows)
    left, right = ends(*columns)
    return Box(top, left, bottom, right)


def ends(first: int | None, last: int | None) -> tuple[int, int | None]:
    """(start, end not included) of one dimension given by its two corners."""
    if first is None and last is None:
        return 0, None
    if first is None or last is None:
        return first if first is not None else (last or 0), None
    return min(first, last), max(first, last) + 1


def corner(text: str) -> tuple[int | None, int | None] | None:
    """(row, column) of one corner, from A1 or R1C1; None when it is neither."""
    text = text.strip()
    if not text:
        return None
    match = R1C1_PART.fullmatch(text)
    if match and match[1] and match[2]:
        return int(match[1]) - 1, int(match[2]) - 1
    match = A1_PART.fullmatch(text)
    if not match:
        return None
    column = column_of(match[1]) if match[1] else None
    if column is not None and column >= MAX_COLUMN:
        return None
    return int(match[2]) - 1 if match[2] else None, column
