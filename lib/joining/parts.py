"""The parts of a table that lines between its rows name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lib.blocks import APART
from lib.cells import key
from lib.reading import SUM, Recognised, rows_of_data
from sheets.table import Value

WAITING = re.compile(r"(?i)\b(?:rezerw|rez\.|oczekuj|kolejk|czekaj|ch[eę]tn\w+\W+(?:nie ma|brak) miejsc)")
"""What a line above people says who have no place yet."""

_REMARK = re.compile(r"\s*(?:[–—-]\s+[^\W\d_A-ZŁŚŻŹĆÓ]|\(|:).*")
"""What such a line adds in words of its own: „lista rezerwowa - jeszcze nie chodzą”."""


SEVERAL = re.compile(r"\s*(?:\+|;|,|/|\||\n|\boraz\b|\bi\b)\s*")
"""What stands between several groups or people in one cell."""


def one_a_line(table: Recognised, name: str, several: Mapping[int, Sequence[Value]]) -> Recognised:
    """A table with a line for each of the `several` values that stand in one cell of a field, by its row."""
    if not several:
        return table
    values = table.values(name)
    kept = rows_of_data(table)[0].tolist()
    lines = [row for row in kept for _ in several.get(row, [""])]
    cells = {own: [table.values(own)[row] for row in lines] for own in table.fields}
    cells[name] = [value for row in kept for value in several.get(row, [values[row]])]
    return replace(table, cells=cells, lines=np.array(lines, dtype=np.int64))


def without_rows(table: Recognised) -> Recognised:
    """A table whose rows only sum up what another one says, and count for nothing."""
    rows = rows_of_data(table)[0].tolist()
    if table.lines is not None:
        rows = table.lines.tolist()
        table = only(table, [False] * len(table))
    return replace(table, skip={**table.skip, **dict.fromkeys(rows, SUM)})


def key_of(value: Value) -> str:
    return key(value) if value is not None else ""


def labels_of(table: Recognised) -> list[str]:
    """For each row the text of the row above it that names its part; empty without one."""
    label, labels = table.parts.get(-1, ""), []
    of_group = label
    for row in range(len(table.table)):
        if row in table.parts:
            said = table.parts[row]
            if _of_same_group(said, of_group) and len(_REMARK.sub("", said).split()) <= 3:
                # those who wait for the group said before
                label = f"{of_group}{APART}{said}"
            else:
                label = of_group = f"{label}{APART}{said}" if row and row - 1 in table.parts else said
        labels.append(label)
    return labels


def _of_same_group(said: str, group: str) -> bool:
    """Whether a line says that people wait for the group of the line before, and names no other one."""
    match = WAITING.search(said)
    named = _NAMED.match(said[: match.start()]) if match else None
    return match is not None and (named is None or not group or key(named[0]) in key(group))


_NAMED = re.compile(r"[^\W\d_]{3,} (?:[A-Z]|[IVX]+|[0-9]+)\b")
"""How a line begins that names a group by a word and which of several it is: „PAMIĘĆ D”."""


def says_waiting(label: str) -> bool:
    """Whether a line above some rows says that people wait below it; „Zapisy i listy rezerwowe” does not."""
    lines = (line for line in label.split(APART) if WAITING.search(line))
    return any(not _NOT_ONLY.search(line) for line in lines)


_NOT_ONLY = re.compile(r"(?i)\bzapis|uczestni|\boraz\b|\bi\s+list")
"""What a line says besides, under which others stand too than those who wait."""


def rows_of(table: Recognised, *names: str) -> Iterator[tuple[Value, ...]]:
    """The values of some fields, for each line of data."""
    lines = zip(*(table.values(name) for name in names), strict=True)
    return (values for line, values in enumerate(lines) if table.lines is not None or line not in table.skip)


def lines_of(table: Recognised) -> Sequence[int]:
    """The lines of a table that hold data."""
    return rows_of_data(table)[0].tolist() if table.lines is None else range(len(table))


def filled_down(table: Recognised, name: str, before: str) -> Recognised:
    """A table with each blank cell of a field as the one above it, as for what holds for several rows.

    So only where its column stands `before` that of another field, and the first of the rows has it.
    """
    own, other = table.columns.get(name), table.columns.get(before)
    if table.lines is not None or not (isinstance(own, int) and isinstance(other, int) and own < other):
        return table
    values = list(table.values(name))
    rows = [row for row in range(len(values)) if row not in table.skip]
    others = [table.values(field) for field in table.fields if field != name]
    filled = [row for row in rows if any(values[row] is not None for values in others)]
    blank = sum(values[row] is None for row in filled)
    if not filled or values[filled[0]] is None or blank < 0.25 * len(filled):
        return table  # a single cell left out is a mistake
    above: Value = None
    for row in filled:
        above = values[row] = above if values[row] is None else values[row]
    return replace(table, cells={**table.cells, name: values})


def only(table: Recognised, kept: Sequence[bool]) -> Recognised:
    """A table of lines, of which a row may hold several, with only those that are kept."""
    assert table.lines is not None
    keep = np.array(kept, dtype=bool)
    return replace(
        table,
        lines=table.lines[keep],
        columns={n: c if isinstance(c, int) else c[keep] for n, c in table.columns.items()},
        cells={n: [v for v, k in zip(values, kept, strict=True) if k] for n, values in table.cells.items()},
        rows_of={n: rows[keep] for n, rows in table.rows_of.items()},
        listed=table.listed
        and replace(table.listed, blank=tuple(b for b, k in zip(table.listed.blank, kept, strict=True) if k)),
    )
