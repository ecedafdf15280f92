"""Facts without a header: a card of two columns, the name of a fact and its value; a line with a period."""

import re
from dataclasses import replace

import numpy as np

from lib.blocks import NOTE
from lib.cells import plain
from lib.contents import period
from lib.project import PERIODS, is_parameter
from lib.reading import Evidence, Recognised
from lib.records import Fact
from sheets.table import Table, Value, column_letters

CARD_ROWS = 150
"""In so many rows at the top of a tab the names of facts are looked for."""


def card_of_facts(table: Table, full: np.ndarray, end: int) -> Recognised | None:
    """A card of two columns without a header above row `end`: the name of a fact and its value beside it."""
    end = min(end, CARD_ROWS)
    table = replace(table, columns=tuple(column[:end] for column in table.columns))
    full = full[:end]
    best: tuple[int, int] | None = None
    for column in range(len(table.columns) - 1):
        count = sum(map(is_parameter, table.columns[column]))
        if count >= 3 and (best is None or count > best[0]):
            best = (count, column)
    if best is None:
        return None
    column = best[1]
    known = [row for row, value in enumerate(table.columns[column]) if is_parameter(value)]
    values = max(range(column + 1, len(table.columns)), key=lambda c: (full[known, c].sum(), -c))
    rows = [i for i, v in enumerate(table.columns[column]) if v is not None]
    noted = {i: NOTE for i in rows if not is_parameter(table.columns[column][i])}
    others = {i: NOTE for i in range(len(table)) if full[i].any() and table.columns[column][i] is None}
    labels = [plain(v).rstrip(" :") if isinstance(v, str) else v for v in table.columns[column]]
    return Recognised(
        Fact,
        replace(table, header=("",) * len(table.columns)),
        {"parameter": column, "value": values},
        cells={"parameter": labels},
        skip=noted | others,
        evidence=(
            Evidence("parameter", column_letters(column), "", 0.9, f"{best[0]} znanych nazw faktów"),
            Evidence("value", column_letters(values), "", 0.9, "komórki obok nich"),
        ),
        sure=0.9,
        span=(column, values),
    )


def periods_in_lines(table: Table) -> Recognised | None:
    """The periods of the project that lines at the top of a tab say: „Okres realizacji: 1.04.2023 - …”."""
    lines: list[int] = []
    columns: list[int] = []
    labels: list[Value] = []
    values: list[Value] = []
    for row in range(min(len(table), LINES)):
        for column, value in enumerate(table.row(row)):
            said = _PERIOD.search(value) if isinstance(value, str) and len(value) <= LONG else None
            days = period(plain(said["days"])) if said is not None else None
            if said is not None and days is not None and days[1]:
                lines += [row, row]
                columns += [column, column]
                labels += PERIODS["okres trwalosci" if said["after"] else "okres realizacji"]
                values += days
    if not lines:
        return None
    where = np.array(columns)
    return Recognised(
        Fact,
        replace(table, header=("",) * len(table.columns)),
        {"parameter": where, "value": where},
        cells={"parameter": labels, "value": values},
        lines=np.array(lines, dtype=np.int64),
        span=(min(columns), max(columns)),
        derived=True,
        made=frozenset(("parameter",)),
    )


LINES = 20
"""In so many rows at the top of a tab lines say the periods of the project."""

LONG = 150
"""What is longer is no such line."""

_PERIOD = re.compile(
    r"(?i)(?:(?:(?:okres|termin)\w*\s+realizacji|^\s*realizacja)(?:\s+projektu)?(?=\s*[:0-9o–-])"
    r"|(?P<after>okres\w*\s+trwało[śs]ci|^\s*trwało[śs][ćc](?=\s*:))(?:\s+projektu)?)"
    r"\s*[:–-]?\s*(?P<days>(?:od\b\s*)?(?:dnia\b\s*)?[0-9].*)$"
)
"""A line that says a period of the project, and nothing behind it."""
