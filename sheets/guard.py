"""What the cells of a workbook must pass before anyone trusts it, and what its reader would not tell.

One cell in the far corner makes a reader take room for everything in between, so the places of the
cells are looked at here without reading them. The reader itself works behind a fence of its own
(`xlsx.py`); this is to refuse early, and to say what is wrong and where. On the same way it finds
the cells that the reader gives as blank and that are not: errors and formulas never calculated.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import TypeAlias

from sheets.package import Package, name
from sheets.source import Refused
from sheets.table import Cell

CELLS = 10_000_000
RANGE_CELLS = 40_000_000
SMALL_RANGE = 500_000  # so many cells do no harm however few of them are filled
EMPTINESS = 100  # a larger range with fewer than one cell in so many is far-flung
EMPTY_ROWS = 20  # and so is one with fewer than one row in so many

NOT_CALCULATED = "#NIEPRZELICZONE!"
"""Stands in a cell whose formula was never calculated: neither blank nor a value."""

Marks: TypeAlias = dict[tuple[int, int], str]
"""What to put in cells, by row and column from 0."""

# Any cell but the usual ones, in columns A-Z and rows 1-49,999: those span 1.3 million at most.
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z][1-4]?[0-9]{1,4}")(?=[\s/>])')
_PLACE = re.compile(rb"""<(row|c)(?=[\s/>])(?:[^>]*?\sr\s*=\s*["']([A-Z]*)([0-9]{1,9})["'])?""")
_ERROR_OR_FORMULA = re.compile(rb't="e"|<f[\s/>]')
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_STORED = re.compile(rb"<v(?:\s[^>]*)?>([^<]+)</v>")


def marks(package: Package) -> dict[str, Marks]:
    """Texts of error cells („#REF!”) and NOT_CALCULATED, by title of tab.

    The whole workbook is unpacked for it, so this is also where entities, lying sizes, too many
    cells and far-away ones are Refused.
    """
    found = {}
    for part in package.parts:
        if title := package.titles.get(name(part)):
            found[title] = _tab_marks(package, part, title)
        else:
            for _ in package.pieces(part):
                pass
    return found


def _tab_marks(package: Package, part: zipfile.ZipInfo, title: str) -> Marks:
    """The marks of one tab; Refused when its cells are too many or too far apart."""
    found: Marks = {}
    unusual = part.file_size > 4 * CELLS  # the shortest cell, „<c/>”, takes four bytes
    for piece in package.pieces(part):
        unusual = unusual or _UNUSUAL.search(piece) is not None
        if b't="e"' in piece or b"<f" in piece:  # far quicker than to search with the pattern
            found.update(_piece_marks(piece))
    if unusual:
        _measure(package, part, title)
    return found


def _piece_marks(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """The marks in some whole cells."""
    for match in _ERROR_OR_FORMULA.finditer(piece):
        start, end = piece.rfind(b"<c", 0, match.start()), piece.find(b"</c>", match.end())
        head, _, body = piece[start : end if end >= 0 else None].partition(b">")
        place = _REFERENCE.search(head)
        if start < 0 or place is None:
            continue
        stored = None if head.endswith(b"/") else _STORED.search(body)
        at = (int(place[2]) - 1, _column(place[1]))
        if b't="e"' in head:
            yield at, stored[1].decode("utf-8", "replace") if stored else "#N/A"
        elif match[0] != b't="e"' and not stored and b"<is" not in body and b't="str"' not in head:
            yield at, NOT_CALCULATED


def _measure(package: Package, part: zipfile.ZipInfo, title: str) -> None:
    """Find the lowest and the rightmost cell, as a reader counts them, and refuse what is too far."""
    row, column, cells, rows = -1, -1, 0, 0
    lowest, rightmost = (0, 0), (0, 0)
    for piece in package.pieces(part):
        for tag, letters, number in _PLACE.findall(piece):
            if tag == b"row":
                row, column = (int(number) - 1 if number else row + 1), -1
                continue
            here = int(number) - 1 if letters else row
            cells, rows = cells + 1, rows + (here != row or column < 0)
            row, column = here, _column(letters) if letters else column + 1
            if row > lowest[0]:
                lowest = (row, column)
            if column > rightmost[1]:
                rightmost = (row, column)
    if cells > CELLS:
        what = f"Zakładka „{title}” ma ponad {CELLS // 1_000_000} milionów komórek."
        raise Refused(package.label, what, "Podziel ją na mniejsze skoroszyty.")
    height, width = lowest[0] + 1, rightmost[1] + 1
    if _far_flung(height, width, cells, rows):
        row, column = lowest if height > EMPTY_ROWS * rows else rightmost
        raise Refused(
            package.label,
            f"Komórka {Cell(title, row + 1, column).address} leży bardzo daleko od pozostałych.",
            "Usuń wiersze lub kolumny, które są w tej zakładce za tabelą, i zapisz skoroszyt.",
        )


def _far_flung(height: int, width: int, cells: int, rows: int) -> bool:
    """Whether a range holds far more emptiness than cells; `rows` are those that hold any."""
    area = height * width
    sparse = area > EMPTINESS * cells or height > EMPTY_ROWS * rows
    return area > RANGE_CELLS or (area > SMALL_RANGE and sparse)


def _column(letters: bytes) -> int:
    """0 for A, 25 for Z, 26 for AA; beyond four letters, where no spreadsheet goes, of the first four."""
    index = 0
    for letter in letters[:4]:
        index = index * 26 + letter - 64
    return index - 1
