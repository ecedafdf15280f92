"""Attendance as a roll of names: a row a session, and in its cells who came and who did not.

„10.10.2024 | Jak chwalić | Bąk Ewelina; Kasprzak Karolina | Ziółkowska Monika (us.)”. What else the rows say
of a session is read as a table of sessions of its own.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from lib.blocks import BLANKS, plain_text, rows_with, without_cells
from lib.cells import key, plain
from lib.contents import is_day
from lib.dictionaries import Presence
from lib.headers import header_key, likeliest
from lib.names import FIRST_NAMES, has_first_name, looks_like_name
from lib.reading import Evidence, Recognised
from lib.recognition.journal import days_not_held, days_to_the_left, of_days
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
_AWAY = re.compile("nieobecni|kogo (?:nie bylo|brak)|nie bylo|nie byli|nie przyszli")
"""How the columns are headed of those who came and of those who did not."""

_HINT = re.compile(r"(?i)obecn|by[łl]|uczestnicz|przysz|brak")
"""What the headers of such columns have in them."""

MOST = 0.6
"""From this share on the cells of a column are names."""


def find_rolls(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The rolls of a tab, each to where the next begins, and the tab without their names."""
    called = cache(lambda: _surnames(table))
    headers = []
    for row in heads:
        columns = _columns(table, row, called)
        day = days_to_the_left(table, row, len(table), min(columns)) if columns else None
        if day is not None:
            headers.append((row, day, columns))
    off = called_off(table) if headers else ()  # rows that stay whole, for the table of sessions
    found, rest = [], table
    for number, (row, day, columns) in enumerate(headers):
        end = headers[number + 1][0] if number + 1 < len(headers) else len(table)
        found.append(_shaped(table, row, end, day, columns, called(), off, alone=len(headers) == 1))
        rest = without_cells(rest, columns, row, end, but=off)
    return found, rest


Called: TypeAlias = Mapping[str, str]
"""The people on a tab by their surnames, where only one of them has it."""


def _surnames(table: Table) -> dict[str, str]:
    """The people whose names stand in cells of their own on a tab, by surname; nothing of namesakes."""
    people: dict[str, set[str]] = {}
    leads = {text for row in rows_with(table, _LEADS, _LEADS.search) for text in table.row(row)}
    for text in table.texts:
        if text not in leads and looks_like_name(text) and has_first_name(text):
            words = [key(word) for word in plain(text).split()]
            for at, word in enumerate(words):
                if not FIRST_NAMES.isdisjoint(words[:at] + words[at + 1 :]):  # another one is the first name
                    people.setdefault(word, set()).add(plain(text))
    return {word: names.pop() for word, names in people.items() if len(names) == 1}


_LEADS = re.compile(r"(?i)\bprowadz|\bwychowaw|\btrener|\binstruktor|\bspecjalist|\bopiekun grupy")
"""What a row says that names who leads a group, and is no person of it."""


def _name(part: str, called: Called) -> str:
    """The name that a part of a cell is, also by surname alone; empty for none."""
    return part if looks_like_name(part) else called.get(key(part), "")


def _columns(table: Table, row: int, called: Callable[[], Called]) -> dict[int, Presence]:
    """The columns below a header that say who came, and who did not; a register of visits has no second."""
    if not any(isinstance(value, str) and _HINT.search(value) for value in table.row(row)):
        return {}
    said = {column: header_key(plain_text(value)) for column, value in enumerate(table.row(row))}
    named = [column for column in said if _CAME.match(said[column]) or _AWAY.match(said[column])]
    names = {
        column: Presence.PRESENT if _CAME.match(said[column]) else Presence.ABSENT
        for column in named
        if _are_names(table, row, column, called())
    }
    both = sorted(names.values()) == sorted((Presence.PRESENT, Presence.ABSENT))
    return names if both and any(_in_one_cell(table, row, column, called()) for column in names) else {}


def _are_names(table: Table, row: int, column: int, called: Called) -> bool:
    """Whether names stand below a header."""
    below = [value for value in table.columns[column][row + 1 :] if isinstance(value, str)]
    cells = [cell for cell in below if plain(cell) not in BLANKS and not _NOBODY.match(key(cell))]
    named = [any(_name(_EXCUSED.sub("", one), called) for one in _BETWEEN.split(cell)) for cell in cells]
    return bool(named) and sum(named) >= MOST * len(named)


def _in_one_cell(table: Table, row: int, column: int, called: Called) -> bool:
    """Whether several names stand in a cell below a header."""
    cells = (value for value in table.columns[column][row + 1 :] if isinstance(value, str))
    return any(len([part for part in _BETWEEN.split(cell) if _name(part, called)]) > 1 for cell in cells)


def _people(
    table: Table, rows: Sequence[int], columns: Mapping[int, Presence], called: Called
) -> Iterator[tuple[int, int, str, str]]:
    """Who is named in which cell, and whether they came: row, column, name, word of presence."""
    for row in rows:
        for column, presence in columns.items():
            cell = table.columns[column][row]
            for one in _BETWEEN.split(cell) if isinstance(cell, str) else ():
                name = _EXCUSED.sub("", one)
                excused = name != one and presence is Presence.ABSENT
                if name and plain(name) not in BLANKS and not _NOBODY.match(key(name)):
                    yield (
                        row,
                        column,
                        _name(name, called) or name,
                        (Presence.EXCUSED if excused else presence).value,
                    )


def _shaped(
    table: Table,
    row: int,
    end: int,
    day: int,
    columns: Mapping[int, Presence],
    called: Called,
    off: Collection[int],
    *,
    alone: bool,
) -> Recognised:
    rows = [r for r in range(row + 1, end) if is_day(table.columns[day][r]) and r not in off]
    letters = f"{column_letters(min(columns))}:{column_letters(max(columns))}"
    of_day, of_people = (plain_text(table.columns[column][row]) for column in (day, min(columns)))
    said = (
        Evidence("session", column_letters(day), of_day, 0.95, "dni w wierszach"),
        Evidence("person", letters, of_people, 0.95, "kilka osób w komórce"),
    )
    people = list(_people(table, rows, columns, called))
    headers = enumerate(map(plain_text, table.row(row)))
    group = next(
        (column for column, text in headers if text and likeliest(Session, text, 0.9) == "group"), None
    )
    # with groups beside the days the table of sessions says whose was called off
    not_held = days_not_held(table, row, end, day, off) if group is None else {}
    return of_days(table, row, day, max(columns), people, said, not_held, alone=alone, group=group)
