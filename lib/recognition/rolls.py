"""Attendance as a roll of names: a row a session, and in its cells who came and who did not.

„10.10.2024 | Jak chwalić | Bąk Ewelina; Kasprzak Karolina | Ziółkowska Monika (us.)”. What else the rows say
of a session is read as a table of sessions of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lib.blocks import BLANKS, plain_text, without_cells
from lib.cells import key
from lib.contents import is_day
from lib.dictionaries import Presence
from lib.headers import header_key, likeliest
from lib.names import looks_like_name
from lib.reading import Evidence, Recognised
from lib.recognition.journal import days_off, days_to_the_left, of_days
from lib.recognition.marks import called_off
from lib.records import Session
from sheets.table import Table, column_letters

_BETWEEN = re.compile(r"\s*[;,\n]\s*")
"""What stands between the names in a cell."""

_EXCUSED = re.compile(r"(?i)\s*\(\s*(?:us|uspr?|u|zw)\b[^)]*\)\s*$")
"""What stands behind the name of somebody whose absence is excused."""

_NOBODY = re.compile(r"komplet|nikt\b|brak\b|wszyscy byli|wszyscy obecni|nie bylo")
"""What is typed where nobody was away."""

_CAME = re.compile("obecni|kto byl|byli|uczestniczyli|przyszli")
_AWAY = re.compile("nieobecni|kogo nie bylo|nie bylo|nie byli|nie przyszli")
"""How the columns are headed of those who came and of those who did not."""

MOST = 0.6
"""From this share on the cells of a column are names."""


def find_rolls(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The roll of a tab, and the tab without its names; nothing without one."""
    for row in heads:
        columns = _columns(table, row)
        day = days_to_the_left(table, row, len(table), min(columns)) if columns else None
        if day is not None:
            return [_shaped(table, row, day, columns)], without_cells(table, columns, row, len(table))
    return [], table


def _columns(table: Table, row: int) -> dict[int, Presence]:
    """The columns below a header that say who came, and who did not; a register of visits has no second."""
    said = {column: header_key(plain_text(value)) for column, value in enumerate(table.row(row))}
    named = [column for column in said if _CAME.match(said[column]) or _AWAY.match(said[column])]
    names = {
        column: Presence.PRESENT if _CAME.match(said[column]) else Presence.ABSENT
        for column in named
        if _are_names(table, row, column)
    }
    both = sorted(names.values()) == sorted((Presence.PRESENT, Presence.ABSENT))
    return names if both and any(_in_one_cell(table, row, column) for column in names) else {}


def _are_names(table: Table, row: int, column: int) -> bool:
    """Whether names stand below a header."""
    cells = [value for value in table.columns[column][row + 1 :] if isinstance(value, str)]
    named = [any(looks_like_name(_EXCUSED.sub("", one)) for one in _BETWEEN.split(cell)) for cell in cells]
    return bool(named) and sum(named) >= MOST * len(named)


def _in_one_cell(table: Table, row: int, column: int) -> bool:
    """Whether several names stand in a cell below a header."""
    cells = (value for value in table.columns[column][row + 1 :] if isinstance(value, str))
    return any(len([part for part in _BETWEEN.split(cell) if looks_like_name(part)]) > 1 for cell in cells)


def _people(
    table: Table, rows: Sequence[int], columns: Mapping[int, Presence]
) -> Iterator[tuple[int, int, str, str]]:
    """Who is named in which cell, and whether they came: row, column, name, word of presence."""
    for row in rows:
        for column, presence in columns.items():
            cell = table.columns[column][row]
            for one in _BETWEEN.split(cell) if isinstance(cell, str) else ():
                name = _EXCUSED.sub("", one)
                excused = name != one and presence is Presence.ABSENT
                if name and name not in BLANKS and not _NOBODY.match(key(name)):
                    yield row, column, name, (Presence.EXCUSED if excused else presence).value


def _shaped(table: Table, row: int, day: int, columns: Mapping[int, Presence]) -> Recognised:
    off = called_off(table.columns)
    rows = [r for r in range(row + 1, len(table)) if is_day(table.columns[day][r]) and r not in off]
    letters = f"{column_letters(min(columns))}:{column_letters(max(columns))}"
    of_day, of_people = (plain_text(table.columns[column][row]) for column in (day, min(columns)))
    said = (
        Evidence("session", column_letters(day), of_day, 0.95, "dni w wierszach"),
        Evidence("person", letters, of_people, 0.95, "kilka osób w komórce"),
    )
    people = list(_people(table, rows, columns))
    off_days = days_off(table, row, len(table), day, off)
    headers = enumerate(map(plain_text, table.row(row)))
    group = next(
        (column for column, text in headers if text and likeliest(Session, text, 0.9) == "group"), None
    )
    return of_days(table, row, day, max(columns), people, said, off_days, group=group)
