"""Small tables of one group each, right above the list of its people, as the line that names the list.

Grupa   | Prowadzący | Limit miejsc            Grupa: Starsi   Prowadzący: Ewa Kos   Limit miejsc: 8
Starsi  | Ewa Kos    | 8                  ->   Lp. | Nazwisko i imię | od
Lp.     | Nazwisko i imię | od
"""

from collections.abc import Sequence
from dataclasses import replace

from lib.blocks import APART, plain_text
from lib.cells import plain
from lib.headers import header_key, known_texts, likeliest
from lib.records import Attendance, Enrolment, Group
from sheets.table import Table


def with_card_lines(table: Table, heads: Sequence[int]) -> Table:
    """The tab with each such small table as one line; the tab itself where there is none."""
    lines = {row: line for row in heads if (line := _line(table, row))}
    if not lines:
        return table
    columns = [list(column) for column in table.columns]
    for row, line in lines.items():
        for at, column in enumerate(columns):
            column[row] = None
            column[row + 1] = line if at == 0 else None
    return replace(table, columns=tuple(columns))


def _line(table: Table, row: int) -> str:
    """What a header of groups and the one row below it say, where a header of people follows; or empty."""
    if row + 2 >= len(table):
        return ""
    header, cells, below = (table.row(at) for at in (row, row + 1, row + 2))
    texts = [text for value in below if (text := plain_text(value))]
    if sum(header_key(text) in known_texts() for text in texts) < 2:
        return ""
    people = any(
        likeliest(record, text, 0.9) == "~name" for text in texts for record in (Enrolment, Attendance)
    )
    said = [likeliest(Group, plain_text(value), 0.9) for value in header]
    if not people or "group" not in said or not {"limit", "leader"} & set(said):
        return ""
    pairs = [
        (text, value)
        for text, value in zip(map(plain_text, header), cells, strict=True)
        if text and value is not None
    ]
    group = next((at for at, (text, _) in enumerate(pairs) if likeliest(Group, text, 0.9) == "group"), None)
    if group is None:
        return ""
    first = ("Grupa", pairs[group][1])
    rest = [pair for at, pair in enumerate(pairs) if at != group]
    return APART.join(f"{text}: {plain(value)}" for text, value in (first, *rest))
