"""People by months: how many hours, meals or visits each of them had of a form of support.

Months stand across the header, people down the side, and numbers between them. It becomes who had the
support from the first to the last month with a number; whether the people are those of the project is
seen by other tabs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from lib.blocks import TOTALS, is_blank, plain_text
from lib.cells import plain
from lib.contents import OPEN_END, hours_of, is_day
from lib.dictionaries import EnrolmentState
from lib.headers import header_key, likeliest
from lib.names import has_first_name, looks_like_name
from lib.reading import Evidence, Recognised, sums_of
from lib.recognition.above import group_of_title, lines_above, says_project
from lib.recognition.months import Months, months_across
from lib.records import Enrolment
from sheets.table import Table, Value, column_letters

FEW = 2
"""From so many people on a table says who had how much."""


def find_quantities(table: Table, heads: Sequence[int]) -> list[Recognised]:
    """Who had a form of support by months; nothing where no people stand beside months with numbers."""
    headers: list[Months] = []
    for row in heads:
        months = months_across(table, row)
        if months is not None and not any(months.first <= other.last for other in headers):
            headers.append(months)
    named = [_line_above(table, months) for months in headers]
    if not all(named) or any(map(_BETWEEN.search, named)):
        headers = headers[:1]  # „PSYCHOLOG - M. Sowa” is a part of one table
    found = []
    for at, months in enumerate(headers):
        end = headers[at + 1].first if at + 1 < len(headers) else len(table)
        cut = replace(table, columns=tuple(column[:end] for column in table.columns))
        if (shaped := _shaped(cut, months, alone=len(headers) == 1)) is not None:
            found.append(shaped)
    return found


def _line_above(table: Table, months: Months) -> str:
    """The text of the only cell right above a header of months; empty for none."""
    cells = [value for value in table.row(months.first - 1) if value is not None] if months.first else []
    return plain_text(cells[0]) if len(cells) == 1 else ""


def _shaped(table: Table, months: Months, *, alone: bool) -> Recognised | None:
    """Who had the form of support that the lines above the months name: of several tables, the nearest."""
    left = range(min(months.columns))
    who = next((column for column in left if len(list(_people(table, months, column))) >= FEW), None)
    if who is None:
        return None
    had = {
        row: [c for c in months.columns if _amount(table.columns[c][row])]
        for row in _people(table, months, who)
    }
    since = _since(table, months, who)
    had |= {row: [] for row in since.keys() - had.keys()}
    lines = sorted(row for row, columns in had.items() if columns or row in since)
    own = "" if alone or months.first == 0 else _part(table, months, months.first - 1, who)
    said = group_of_title(_without_brackets(own) or first_part(lines_above(table, months.first)))
    if len(lines) < FEW or not said:
        return None
    stays = [_stay(months, had[row], since.get(row)) for row in lines]
    first = np.array([stay.first for stay in stays], dtype=np.int64)
    last = np.array([stay.last for stay in stays], dtype=np.int64)
    start = [stay.start for stay in stays]
    top = months.last + 1
    others = set(range(top, len(table))) - set(lines)
    parts = (
        {} if own else {row - top: text for row in sorted(others) if (text := _part(table, months, row, who))}
    )
    text = _part(table, months, months.first - 1, who) if parts and months.first > 1 else ""
    if text and all(_BETWEEN.search(one) for one in (text, *parts.values())):
        parts = {-1: text, **parts}  # the first one above the header
    parts = parts if len(parts) > 1 else {}  # a single line is no part of two
    return Recognised(
        Enrolment,
        table.below(months.last),
        {"person": who, "state": first, "requested_on": first, "started_on": first, "ended_on": last},
        cells={
            "person": [table.columns[who][row] for row in lines],
            "state": [
                (EnrolmentState.ADMITTED if stay.end is None else EnrolmentState.COMPLETED).value
                for stay in stays
            ],
            "requested_on": start,
            "started_on": start,
            "ended_on": [stay.end for stay in stays],
        },
        lines=np.array([row - top for row in lines], dtype=np.int64),
        rows_of={}
        if since
        else dict.fromkeys(
            ("state", "requested_on", "started_on", "ended_on"), np.full(len(lines), -1, dtype=np.int64)
        ),
        skip={row - top: "suma albo opis" for row in others},
        header_rows=tuple(row + 1 for row in range(months.first, months.last + 1)),
        names=frozenset({"person"}),
        evidence=(
            Evidence(
                "person",
                column_letters(who),
                plain_text(table.columns[who][months.first]),
                0.9,
                "ludzie w wierszach",
            ),
            Evidence(
                "started_on",
                f"{column_letters(min(months.columns))}:{column_letters(max(months.columns))}",
                "",
                0.9,
                f"{len(months.columns)} miesięcy w nagłówku, liczby pod nimi",
            ),
        ),
        sure=0.9,
        span=(who, max(months.columns)),
        group=said,
        form="" if parts else said,
        said=True,
        called=(said,),
        parts=parts,
        made=frozenset(("state", "requested_on", "started_on", "ended_on")),
        twin=True,
    )


def _without_brackets(text: str) -> str:
    """A line without what stands in brackets: „Usługi asystenckie (godziny)”."""
    return plain(re.sub(r"\([^)]*\)", " ", text))


class _Stay(NamedTuple):
    """From when to when somebody had the support, with the columns that say so."""

    first: int
    last: int
    start: Value
    end: Value


def _stay(months: Months, had: Sequence[int], since: _Stay | None) -> _Stay:
    if since is not None:
        return since
    return _Stay(had[0], had[-1], months.columns[had[0]][0], months.columns[had[-1]][1])


def _since(table: Table, months: Months, who: int) -> dict[int, _Stay]:
    """For each person the days from when to when the support is granted, where columns beside say so."""
    header = range(months.first, months.last + 1)
    left = [column for column in range(min(months.columns)) if column != who]
    said = {c: [plain_text(table.columns[c][row]) for row in header] for c in left}
    at = {
        name: next(
            (
                c
                for c in left
                if any(likeliest(Enrolment, t, 0.9) == name or header_key(t) in agreed for t in said[c])
            ),
            None,
        )
        for name, agreed in (("started_on", ("umowa od",)), ("ended_on", ("umowa do",)))
    }
    start, end = at["started_on"], at["ended_on"]
    if start is None or end is None:
        return {}
    columns = table.columns
    return {
        row: _Stay(start, end, columns[start][row], _end(columns[end][row]))
        for row in range(months.last + 1, len(table))
        if looks_like_name(columns[who][row]) and is_day(columns[start][row])
    }


def _end(value: Value) -> Value:
    """The last day of somebody's support; blank for „nadal”."""
    return None if isinstance(value, str) and OPEN_END.fullmatch(value.strip()) else value


def _people(table: Table, months: Months, column: int) -> Iterator[int]:
    """The rows below a header with somebody's name in a column, and only numbers under the months."""
    sums = set(sums_of(table))
    for row in range(months.last + 1, len(table)):
        value = table.columns[column][row]
        cells = [v for c in months.columns if not is_blank(v := table.columns[c][row])]
        if row in sums or not cells or not looks_like_name(value) or TOTALS.match(plain(value or "")):
            continue
        if all(hours_of(v) is not None for v in cells):
            yield row


def _part(table: Table, months: Months, row: int, who: int) -> str:
    """The form of support that a row names for those below it, perhaps with who gives it; empty for none."""
    left = min(months.columns)
    named = [value for value in table.row(row)[:left] if value is not None]
    beside = [value for value in table.row(row)[left:] if value is not None]
    if len(named) != 1 or not isinstance(named[0], str) or len(beside) > 1:
        return ""
    said = _BETWEEN.split(named[0])[0]  # „PSYCHOLOG - M. Sowa”
    is_part = (
        len(named[0]) <= LONG
        and not any(map(str.isdigit, named[0]))
        and not TOTALS.match(named[0])
        and not (looks_like_name(said) and (table.columns[who][row] is not None or has_first_name(said)))
    )
    return plain(named[0]) if is_part and all(isinstance(value, str) for value in beside) else ""


_BETWEEN = re.compile(r"\s[–—-]\s")
"""What stands between a form of support and who gives it."""

LONG = 60
"""What is longer is no name of a form of support."""


def _amount(value: Value) -> bool:
    """Whether a cell says that there was anything."""
    return bool(hours_of(value))


def first_part(lines: Sequence[str]) -> str:
    """What the topmost line says before a dash: „Usługi opiekuńcze – godziny u kogo i ile”.

    Lines that name the project or stand for its logos say nothing of that; neither does what is counted,
    and in which months: „Godziny pomocy sąsiedzkiej XI 2024 – II 2025”.
    """
    said = [line for line in lines[:-1] if not says_project(line) and not line.startswith("[")]
    title = said[-1] if said else lines[-1]
    return plain(_MONTHS.sub("", _COUNTED.sub("", re.split(r"\s[–—-]\s", title)[0])))


_COUNTED = re.compile(r"(?i)^\s*(?:(?:liczba|ilość|suma|wykaz|zestawienie)\s+)*godzin[ay]?\s+")
"""What stands before the name of a form of support where a title says that its hours are counted."""

_MONTHS = re.compile(r"\s+[IVX]+[ ./-]+(?:20[0-9]{2}|'?[0-9]{2})\s*(?:r\.?)?\s*$")
"""The month, with its year, that a title ends with; „Opieka II” is another group."""
