"""The forms of support by every name they go by: their own, and what the list of them says of each."""

import re
from collections.abc import Iterator, Sequence

from lib.cells import plain
from lib.headers import header_key
from lib.joining.groups import Groups
from lib.reading import Recognised, columns_within, rows_of_data
from sheets.table import Value


def known_forms(tables: Sequence[Recognised]) -> Groups:
    """The forms of support that lists of forms have; without any, none is known."""
    forms = Groups()
    for table in tables:
        codes, names = table.values("code"), table.values("name")
        for row in rows_of_data(table)[0].tolist():
            forms.add(codes[row], codes[row])
            forms.add(names[row], codes[row])
    for table in tables:
        for name, code in _said(table):
            forms.add(name, code)
    return forms


def _said(table: Recognised) -> Iterator[tuple[str, Value]]:
    """The tabs on which each form is kept, and its short name, as other columns of the list say them."""
    if table.lines is not None:
        return
    codes = table.values("code")
    others = [at for at in columns_within(table.table, table.span) if at not in table.columns_read]
    for row in rows_of_data(table)[0].tolist():
        for at in others:
            text = table.table.columns[at][row]
            if isinstance(text, str):
                if _OF_TABS.match(header_key(table.table.header[at])):
                    yield from ((tab, codes[row]) for tab in re.split(r"\s*[,;\n]\s*", text) if tab)
                for tab in (tab for tabs in _TABS.findall(text) for tab in _QUOTED.findall(tabs)):
                    yield tab, codes[row]
                for short in _SHORT.findall(text):
                    yield plain(short), codes[row]


_OF_TABS = re.compile("zakladk|arkusz")
"""How the header begins of the tabs on which each form is kept."""

_QUOTED = re.compile(r"[„\"«]([^„”\"«»]+)[”\"»]")
_TABS = re.compile(
    r"(?i)(?:zak[łl]adk\w*|zak[łl]\.|arkusz\w*)\s+((?:[„\"«][^„”\"«»]+[”\"»](?:,|\s|i|oraz)*)+)"
)
"""The tabs that a cell names: „zakładki „Kursy” i „Obecność kursy””."""

_SHORT = re.compile(r"(?i:w skr[óo]cie|skr[óo]t:?)\s+[„\"]?([A-ZĄĆĘŁŃÓŚŹŻ][\w-]{1,7})\b")
"""The short name of a form that a cell says: „w skrócie TUW”."""
