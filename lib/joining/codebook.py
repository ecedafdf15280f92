"""Codes in cells, read by a book of codes on a tab of its own: „Zapisy | Stan | 2 | lista rezerwowa”."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from lib.blocks import HEADER_ROWS, plain_text
from lib.cells import key, plain
from lib.headers import header_key
from lib.reading import Recognised
from lib.recognition.habits import mark_of
from lib.recognition.marks import word_of
from lib.records import Attendance
from sheets.table import Table, Value

Book: TypeAlias = Mapping[tuple[str, str], Mapping[str, str]]
"""For each tab and header, by their keys, what each code below that header means."""

_COLUMNS = (
    re.compile("zakladka|arkusz|tabela"),
    re.compile("zmienna|kolumna|pole"),
    re.compile("kod|kody|symbol"),
    re.compile("znaczenie|opis|co znaczy|wyjasnienie"),
)
"""How the columns of a book of codes are headed: the tab, the header there, the code and what it means."""

_ENDING = re.compile(r"(?<=\w)(?:/\w{1,2}|\(\w{1,2}\))(?=\W|$)")
"""The other ending of a word: „obecna/y”, „ukończył(a)”."""


def book_of(tabs: Iterable[Table]) -> Book:
    """What the books of codes among these tabs say; nothing without any."""
    book: dict[tuple[str, str], dict[str, str]] = {}
    for tab in tabs:
        for row in range(min(len(tab), HEADER_ROWS)):
            columns = _columns(tab, row)
            if columns is None:
                continue
            of_tab, header = "", ""
            for below in range(row + 1, len(tab)):
                cells = tab.row(below)
                said, named, code, meaning = (cells[column] for column in columns)
                of_tab, header = (plain_text(said) or of_tab), (plain_text(named) or header)
                if code is not None and isinstance(meaning, str):
                    book.setdefault((key(of_tab), header_key(header)), {})[mark_of(code)] = plain(meaning)
            break
    return book


def _columns(tab: Table, row: int) -> tuple[int, ...] | None:
    """The columns of a book of codes that a row is the header of; None where it is no such header."""
    said = [header_key(plain_text(value)) for value in tab.row(row)]
    found = [next((c for c, text in enumerate(said) if one.fullmatch(text)), None) for one in _COLUMNS]
    columns = tuple(column for column in found if column is not None)
    return columns if len(columns) == len(_COLUMNS) else None


def decoded(table: Recognised, book: Book) -> Recognised:
    """A table with the meaning of each code for the code, in the columns that the book speaks of."""
    cells = dict(table.cells)
    for name, column in table.columns.items():
        if isinstance(column, int) and table.lines is None:
            means = book.get((key(table.table.title), header_key(table.table.header[column])))
            if means:
                cells[name] = [_meaning(table, name, value, means) for value in table.values(name)]
    return replace(table, cells=cells)


def _meaning(table: Recognised, name: str, value: Value, means: Mapping[str, str]) -> Value:
    said = means.get(mark_of(value)) if value is not None else None
    if said is None:
        return value
    word = word_of(said) if (table.record, name) == (Attendance, "presence") else None
    return word.value if word is not None else _ENDING.sub("", said)
