"""Lists of one person each, under a line that says whose they are: „Wychowanek: Kacper Nowicki”.

Such a tab is read as one list with a column of people; each name stands at its line still.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lib.blocks import TOTALS, plain_text
from lib.cells import plain
from lib.headers import header_key, known_texts, likeliest
from lib.names import has_first_name, looks_like_name
from lib.reading import Recognised
from lib.records import Attendance
from sheets.table import Table, Value

FEW = 2
"""From so many such lines on a tab is of lists of one person each."""

_WHOSE = re.compile(
    r"(?i)\s*(?P<who>(?:nazwisko i imi[eę]|imi[eę] i nazwisko)(?: \w+)?|wychowan\w+|uczestni\w+"
    r"|podopieczn\w+|klient\w*|osoba|dziecko|kandydat\w*|mieszkan(?:iec|ka)|senior\w*|sta[zż]yst\w+|pacjent\w*)\s*:\s*(?P<name>\S.*)?"
)
"""What says whose list follows, and the name, which may stand in the next cell."""


@dataclass(frozen=True, slots=True)
class OfPeople:
    """A tab with a column of the people of its lists, and for each row the line that names the person."""

    table: Table
    column: int
    lines: Mapping[int, int]

    def at_lines(self, found: Recognised) -> Recognised:
        """A table that was found, its people at the lines that name them."""
        if found.columns.get("person") != self.column:
            return found
        start = found.table.first_row - self.table.first_row
        rows = [found.row(line) + start for line in range(len(found))]
        return replace(
            found,
            columns={**found.columns, "person": 0},
            cells={**found.cells, "person": found.values("person")},
            rows_of={
                **found.rows_of,
                "person": np.array([self.lines.get(row, row) - start for row in rows], dtype=np.int64),
            },
            names=found.names | {"person"},
        )


def of_people(table: Table) -> OfPeople | None:
    """A tab of lists under lines that say whose they are; None for any other."""
    named = {
        row: said
        for row, value in enumerate(table.columns[0] if table.columns else ())
        if isinstance(value, str) and (said := _whose(table, row)) is not None
    }
    heads = [row for row in named if _is_header(table, row + 1)]
    if len(heads) < FEW or len(heads) < len(named):
        return None
    first, last = heads[0], len(table)
    column: list[Value] = [None] * last
    lines: dict[int, int] = {}
    for row, following in zip(heads, [*heads[1:], last], strict=True):
        who, name = named[row]
        column[row + 1] = who
        for below in range(row + 2, following):
            if _is_of_list(table, below):
                column[below] = name
                lines[below] = row
    cleared = [
        tuple(None if row in named else value for row, value in enumerate(cells)) for cells in table.columns
    ]
    header = table.header and (*table.header, named[first][0])
    return OfPeople(
        replace(table, columns=(*cleared, tuple(column)), header=header), len(table.columns), lines
    )


def _whose(table: Table, row: int) -> tuple[str, str] | None:
    """What a line calls those whose lists follow, and the name; None for a line that says neither."""
    cells = [plain(value) for value in table.row(row) if value is not None]
    match = _WHOSE.fullmatch(cells[0]) if cells else None
    if match is None or len(cells) > 2 or (len(cells) == 2) == bool(match["name"]):
        return None
    name = re.split(r"\s*[,;(]|\s[-–—]\s", match["name"] or cells[1])[0].strip()
    return (match["who"], name) if looks_like_name(name) and has_first_name(name) else None


def _is_header(table: Table, row: int) -> bool:
    """Whether a row is the header of a list of meetings: one of its cells says a day, and none a person."""
    texts = [text for text in map(plain_text, table.row(row) if row < len(table) else ()) if text]
    said = [likeliest(Attendance, text, 0.7) for text in texts]
    known = any(header_key(text) in known_texts() for text in texts)
    return len(texts) >= 2 and known and "~day" in said and not {"~name", "~surname", "person"} & set(said)


def _is_of_list(table: Table, row: int) -> bool:
    """Whether a row is one of the list, and does not sum it up."""
    there = [value for value in table.row(row) if value is not None]
    return len(there) > 1 and not any(TOTALS.match(text) for text in map(plain_text, there) if text)
