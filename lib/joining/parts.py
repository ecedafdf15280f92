"""The parts of a table that lines between its rows name."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lib.blocks import APART
from lib.cells import key
from lib.reading import Recognised
from sheets.table import Value

WAITING = re.compile(r"(?i)\b(?:rezerw|oczekuj|kolejk)")
"""What a line above people says who have no place yet."""


def key_of(value: Value) -> str:
    return key(value) if value is not None else ""


def labels_of(table: Recognised) -> list[str]:
    """For each row the text of the row above it that names its part; empty without one."""
    label, labels = table.parts.get(-1, ""), []
    of_group = label
    for row in range(len(table.table)):
        if row in table.parts:
            said = table.parts[row]
            if WAITING.search(said) and len(said.split()) <= 3:  # those who wait for the group said before
                label = f"{of_group}{APART}{said}"
            else:
                label = of_group = f"{label}{APART}{said}" if row and row - 1 in table.parts else said
        labels.append(label)
    return labels


def only(table: Recognised, kept: Sequence[bool]) -> Recognised:
    """A list of attendance with only those of its lines that are kept."""
    assert table.lines is not None
    assert table.listed is not None
    keep = np.array(kept, dtype=bool)
    return replace(
        table,
        lines=table.lines[keep],
        columns={n: c if isinstance(c, int) else c[keep] for n, c in table.columns.items()},
        cells={n: [v for v, k in zip(values, kept, strict=True) if k] for n, values in table.cells.items()},
        rows_of={n: rows[keep] for n, rows in table.rows_of.items()},
        listed=replace(
            table.listed, blank=tuple(b for b, k in zip(table.listed.blank, kept, strict=True) if k)
        ),
    )
