"""Which rows may be the header of a table, and what they say over each column."""

from collections.abc import Sequence

import numpy as np

from lib.blocks import NUMBERS, Span, plain_text
from lib.cells import key, plain
from lib.contents import is_day
from lib.headers import header_key, known_texts
from sheets import table as sheet
from sheets.table import Table, Value


def strong_headers(table: Table, heads: Sequence[int]) -> list[int]:
    """The rows among possible headers that say at least two known headers."""
    return [row for row in heads if _says_headers(table.row(row))]


def _says_headers(cells: Sequence[Value]) -> bool:
    """Whether at least two cells, and half of all, are known headers, and none is a number or a day."""
    there = [value for value in cells if value is not None]
    if any(not isinstance(value, str) or NUMBERS.fullmatch(plain(value)) for value in there):
        return False
    known = sum(header_key(value) in known_texts() for value in map(plain_text, there) if value)
    return known >= max(2, len(there) / 2) and not any(map(is_day, there))


def same_header(table: Table, one: int, other: int) -> bool:
    """Whether two rows are the same header, each text over the same column, but for a name or so."""
    ours, theirs = (
        {(column, text) for column, text in enumerate(map(plain_text, table.row(row))) if text}
        for row in (one, other)
    )
    return len(ours & theirs) >= max(2, len(ours) - 1) and len(theirs - ours) <= 1


def possible_headers(table: Table, full: np.ndarray, row: int, end: int, span: Span) -> list[tuple[int, ...]]:
    """The header in `row` alone, and together with the row below it where that may be its second half.

    Cells merged say which: over several columns with names below them, and downwards beside them.
    """
    if row and _is_lower_half(table, row, span):
        return []
    single: list[tuple[int, ...]] = [(row,)]
    if row + 2 > end or row + 1 >= len(table):
        return single
    upper = [plain_text(v) for v in table.row(row)[span.first : span.last + 1]]
    lower = [plain_text(v) for v in table.row(row + 1)[span.first : span.last + 1]]
    merged = any(
        r == row and last_c > c and span.first <= c <= span.last for r, c, last_r, last_c in table.merged
    )
    gaps = any(not up and low for up, low in zip(upper, lower, strict=True))
    texty = sum(bool(low) for low in lower)
    named = sum(bool(up) for up in upper)
    if not merged and upper[0] and lower[0] and named <= 2 and texty >= 2 * named:
        return single  # the name of the table, and who gives the support
    if named == 1 and texty >= 2 and _is_over_all(table, row, span):
        return [*single, (row + 1,)]  # the name of the table, merged over all of it
    if (
        texty >= 1
        and (merged or gaps)
        and all(isinstance(v, str) or v is None for v in table.row(row + 1)[span.first : span.last + 1])
    ):
        if _is_lower_half(table, row + 1, span):
            return [(row, row + 1)]
        single.append((row, row + 1))
    return single


def _is_over_all(table: Table, row: int, span: Span) -> bool:
    """Whether a cell of a row is merged over all columns of a span that the row below names."""
    named = [column for column in span.columns() if table.columns[column][row + 1] is not None]
    return any(
        r == last == row and c <= named[0] and last_c >= named[-1] for r, c, last, last_c in table.merged
    )


def _is_lower_half(table: Table, row: int, span: Span) -> bool:
    """Whether a row is the second of a header: names below cells merged over columns, and beside them cells
    merged down to it, or nothing below those beside."""
    above = [
        one for one in table.merged if one[0] == row - 1 and span.first <= one[1] and one[3] <= span.last
    ]
    across = [range(c, last_c + 1) for _, c, last, last_c in above if last == row - 1 and last_c > c]
    if not any(len({plain_text(table.columns[at][row]) for at in own} - {""}) > 1 for own in across):
        return False
    if any(last == row and c == last_c for _, c, last, last_c in above):
        return True
    over = {at for own in across for at in own}
    upper, lower = (
        {at for at in span.columns() if table.columns[at][line] is not None} for line in (row - 1, row)
    )
    return lower <= over and len(upper - over) > 1


def header_texts(table: Table, header: tuple[int, ...], span: Span) -> dict[int, tuple[str, ...]]:
    """For each column with a header its text; of two rows the lower one and both together."""
    if len(header) == 1:
        row = header[0]
        said = {c: plain_text(table.columns[c][row]) for c in span.columns()}
        for column in span.columns():
            name = key(said[column])
            if "nazwisk" in name and "imi" in name and not said.get(column + 1, "-") and column + 1 in said:
                both = (
                    ("Nazwisko", "Imię") if name.find("nazwisk") < name.find("imi") else ("Imię", "Nazwisko")
                )
                if _single_words(table, row, column) and _single_words(table, row, column + 1):
                    said[column], said[column + 1] = both
        return {c: (text,) for c, text in said.items() if text}
    upper, lower = ([plain_text(table.columns[c][row]) for c in span.columns()] for row in header)
    texts: dict[int, tuple[str, ...]] = {}
    group = ""
    for column, up, low in zip(span.columns(), upper, lower, strict=True):
        group = up or (group if low else "")
        if low and low != group:
            texts[column] = (f"{group} {low}".strip(), low) if group else (low,)
        elif up:
            texts[column] = (up,)
    return texts


def _single_words(table: Table, row: int, column: int) -> bool:
    """Whether the cells below hold parts of names rather than whole ones."""
    below = [plain(v) for v in table.columns[column][row + 1 : row + 20] if isinstance(v, str)]
    return bool(below) and sum(len(text.split()) == 1 for text in below) >= 0.6 * len(below)


def joined_header(table: Table, header: tuple[int, ...], span: Span) -> tuple[str, ...]:
    """The header as one row of texts over all columns."""
    if len(header) == 1:
        return tuple(sheet.text(value) for value in table.row(header[0]))
    texts = header_texts(table, header, span)
    return tuple(texts.get(column, ("",))[0] for column in range(len(table.columns)))
