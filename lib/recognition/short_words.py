"""What short words in a column of words mean, where a line above the table says it.

„status: U – uczestnik, Z – zakończył edycję, REZ – lista rezerwowa”.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic_core import PydanticCustomError

from lib.cells import Word, key, plain
from lib.reading import Recognised
from lib.records import Attendance, words_of
from sheets.table import Table, Value

_SAID = re.compile(r"(?:^|[\s;,:/(])([^\W_][\w.]{0,5})\s*[–—=-]\s*([^\W\d_][^;,=–—]{2,60})")
"""A short word and its meaning in a line."""

FEW = 2
"""From so many of them on a line says what words mean."""


def spelled_out_words(table: Table, header: int, shaped: Recognised) -> Recognised:
    """A table with the words for which its lines above the `header` say short ones, in their columns.

    A word that its column knows stays as typed, and one explained by none that it knows; marks of attendance
    have legends of their own.
    """
    if shaped.record is Attendance or shaped.lines is not None:
        return shaped
    meanings = _meanings(table, header)
    cells: dict[str, Sequence[Value]] = {}
    for name in shaped.fields if meanings else ():
        words = words_of(shaped.record.model_fields[name])
        if words is None:
            continue
        typed = shaped.values(name)
        said = {
            value: meanings[key(value)]
            for value in set(typed)
            if isinstance(value, str)
            and key(value) in meanings
            and not _knows(words, value)
            and _knows(words, meanings[key(value)])
        }
        if said:
            cells[name] = [said[v] if isinstance(v, str) and v in said else v for v in typed]
    return replace(shaped, cells={**shaped.cells, **cells}) if cells else shaped


def _meanings(table: Table, header: int) -> Mapping[str, str]:
    """The short words that lines above a header explain, by their keys; one explained twice is left out."""
    found: dict[str, str] = {}
    for row in range(header):
        cells = [value for value in table.row(row) if value is not None]
        if len(cells) > 2:
            continue
        for text in (value for value in cells if isinstance(value, str)):
            pairs = _SAID.findall(text)
            if len(pairs) >= FEW:
                for short, meaning in pairs:
                    found[key(short)] = "" if key(short) in found else plain(meaning)
    return {short: meaning for short, meaning in found.items() if meaning}


def _knows(words: type[Word], value: str) -> bool:
    """Whether a dictionary has a word for a text."""
    try:
        words.parse(value)
    except PydanticCustomError:
        return False
    return True
