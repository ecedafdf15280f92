"""The parts of a table that lines between its rows name."""

import re

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
    for row in range(len(table.table)):
        label = table.parts.get(row, label)
        labels.append(label)
    return labels
