"""Attendance as days by people: a journal with a row a session and a column a person.

People stand across the header, days down one column, and marks between them. What else the rows say of a
session (its subject, who gave it) is read as a table of sessions of its own.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from lib.blocks import OFF, TO_COME, Span, is_blank, only_columns, plain_text, without_cells, without_rows
from lib.contents import DAY_INSIDE, day_of, is_day
from lib.headers import likeliest
from lib.names import has_first_name, looks_like_name
from lib.reading import Evidence, Recognised
from lib.recognition.above import month_of, said_above
from lib.recognition.habits import mark_of
from lib.recognition.header import strong_headers
from lib.recognition.marks import (
    NOTHING,
    Legend,
    called_off,
    is_marked,
    legend_of,
    marks_between,
    meaning_of,
    to_come,
)
from lib.recognition.meeting import Meeting
from lib.recognition.said import waiting_lines
from lib.records import Attendance, Enrolment
from sheets.table import Table, Value, column_letters

FEW = 3
"""From so many names across a row is a header of people."""


def find_journals(
    table: Table, heads: Sequence[int], legend: Callable[[], Legend]
) -> tuple[list[Recognised], Table]:
    """The journals of a tab, each to where the next begins, and the tab without their people and marks.

    `legend` holds where the tab has none.
    """
    found = []
    rest = table
    headers = list(_headers(table, heads))
    strong = strong_headers(table, heads) if headers else ()
    own_legend = cache(lambda: legend_of(table) or legend())
    for number, (row, everyone, by_name) in enumerate(headers):
        end = headers[number + 1][0] if number + 1 < len(headers) else len(table)
        others = (r for r in strong if r > row + 1 + ROWS_OF_STAYS)  # „w grupie od” is of the same header
        end = min(r for r in (*waiting_lines(table), *others, end) if row < r <= end)
        beside = _by_days(table, row, end, everyone)
        for day, people in beside.items():
            own = only_columns(table, Span(day, max(people))) if len(beside) > 1 else table
            alone = len(headers) == len(beside) == 1
            journal = _shaped(own, row, end, people, day, own_legend(), by_name=by_name, alone=alone)
            if journal is not None:
                found.append(journal)
                if (members := _members(own, row, people, day, journal)) is not None:
                    found.append(members)
                    rest = _without_stays(rest, members)
                rest = _without_people(rest, row, end, people)
    return found, rest


def _by_days(table: Table, row: int, end: int, people: Mapping[int, str]) -> dict[int, dict[int, str]]:
    """The people below a header by the column of days that is theirs: journals may stand side by side."""
    first = days_to_the_left(table, row, end, min(people))
    if first is None:
        return {}
    days = [
        first,
        *(c for c in range(first + 1, max(people)) if c not in people and _holds_days(table, row, end, c)),
    ]
    found: dict[int, dict[int, str]] = {}
    for column, name in people.items():
        found.setdefault(max(day for day in days if day < column), {})[column] = name
    return found if all(len(own) >= 2 for own in found.values()) else {first: dict(people)}


def _without_people(table: Table, first: int, end: int, people: Mapping[int, str]) -> Table:
    """The tab without what stands under the people of a journal, whose names may take a second row."""
    named = len(_people(table, first + 1)) >= FEW if first + 1 < len(table) else False
    rest = without_cells(table, people, first, end)
    others = set(range(len(table.columns))) - people.keys()
    return without_cells(rest, others, first + 1, first + 2) if named else rest


def _without_stays(table: Table, members: Recognised) -> Table:
    """The tab without the rows that say from when to when people are in a group: no part begins there."""
    top = members.header_rows[0]
    for row in {top + members.row(0, "started_on"), top + members.row(0, "ended_on")}:
        table = without_rows(table, row, row + 1)
    return table


def _headers(table: Table, heads: Sequence[int]) -> Iterator[tuple[int, dict[int, str], bool]]:
    """The rows of people: their columns, and whether they are named; numbers above names are believed."""
    numbered = -1
    for row in heads:
        people = _people(table, row)
        numbers = _numbers(table, row)
        if len(numbers) >= FEW and any(
            likeliest(Attendance, v) in ("person", "~day") for v in _texts(table, row)
        ):
            numbered = row
            yield row, numbers, False
        elif len(people) >= FEW and not (row == numbered + 1 and numbered >= 0):
            numbered = row
            yield row, people, True


def _texts(table: Table, row: int) -> list[str]:
    return [text for value in table.row(row) if (text := plain_text(value))]


def _people(table: Table, row: int) -> dict[int, str]:
    """The columns of a row that hold names of people, most of them with a known first name or an initial."""
    names = {c: plain_text(v) for c, v in enumerate(table.row(row)) if looks_like_name(v)}
    known = sum(has_first_name(name) or _INITIAL.search(name) is not None for name in names.values())
    return names if known >= 0.6 * len(names) else {}


_INITIAL = re.compile(r"\s[^\W\d_]\.$")
"""How a name ends of which the first name is only an initial: „Kowalska A.”."""

_NUMBER = re.compile(r"[A-ZŁŚŻ]{1,6}[-/ .]?[0-9]{1,4}(?:[-/][0-9]{2,4})?")
"""The number of a person: „RC/001”, „K12”."""


def _numbers(table: Table, row: int) -> dict[int, str]:
    """The columns of a row that hold numbers of people, each another one."""
    texts = {
        c: text for c, value in enumerate(table.row(row)) if _NUMBER.fullmatch(text := plain_text(value))
    }
    numbers = {column: text for column, text in texts.items() if month_of(text) is None}
    return numbers if len(set(numbers.values())) == len(numbers) else {}


def days_to_the_left(table: Table, row: int, end: int, left: int) -> int | None:
    """The column to the left of another one that holds days; None for none."""
    return next((column for column in range(left) if _holds_days(table, row, end, column)), None)


def _holds_days(table: Table, row: int, end: int, column: int) -> bool:
    """Whether most cells of a column below a header are days, but for labels of rows of other days."""
    below = (v for v in table.columns[column][row + 1 : end] if v is not None)
    cells = [v for v in below if not (isinstance(v, str) and _LABEL.search(v))]
    return len(cells) >= 2 and sum(map(is_day, cells)) >= 0.7 * len(cells)


_LABEL = re.compile(r"(?i)\b(?:od|(?P<end>do|zako[nń]cz\w+|odej[sś]ci\w+|odesz\w+|rezygnacj\w+))\s*:?\s*$")
"""How the label ends of a row that says from when, or to when, each person is in the group."""

_SINCE = re.compile(r"(?i)\s*(od|do)\s+(.+)")
"""The same in the cell of a person: „od 19.10.22”."""

ROWS_OF_STAYS = 3
"""So many rows below the names at most say from when to when people are in the group."""


def _members(
    table: Table, row: int, people: Mapping[int, str], day: int, journal: Recognised
) -> Recognised | None:
    """Who is in the group of a journal since when, and until when, where rows below the names say it."""
    rows: dict[str, int] = {}
    days: dict[str, dict[int, Value]] = {"od": {}, "do": {}}
    for below in range(row + 1, min(row + 1 + ROWS_OF_STAYS, len(table))):
        if is_day(table.columns[day][below]):
            break
        labels = (_LABEL.search(plain_text(value)) for value in table.row(below)[: min(people)])
        label = next(("do" if match["end"] else "od" for match in labels if match), "")
        if label:
            rows.setdefault(label, below)
        for column in people:
            value = table.columns[column][below]
            match = _SINCE.fullmatch(value) if isinstance(value, str) else None
            said, typed = (match[1].lower(), match[2]) if match else (label, value)
            when = day_of(typed) or _day_of_end(typed, said)
            if said and (when is not None or (label and not is_blank(typed))):
                days[said][column] = typed if when is None else when
                rows[said] = below
    if all(
        isinstance(value, str) and value.strip().lower() in ("tak", "nie") for value in days["do"].values()
    ):
        days["do"] = {}  # „zakończenie: tak” says no day
    since = days["od"]
    if len(since) < 2:
        return None
    at = np.array(list(since), dtype=np.int64)
    ends = rows.get("do", rows["od"])
    return Recognised(
        Enrolment,
        journal.table,
        {"person": at, "started_on": at, "ended_on": at},
        cells={
            "person": [people[column] for column in since],
            "started_on": list(since.values()),
            "ended_on": [days["do"].get(column) for column in since],
        },
        lines=np.full(len(since), rows["od"] - row - 1, dtype=np.int64),
        rows_of={
            "person": np.full(len(since), -1, dtype=np.int64),
            "ended_on": np.full(len(since), ends - row - 1, dtype=np.int64),
        },
        header_rows=journal.header_rows,
        names=journal.names,
        evidence=(
            Evidence("started_on", "", "", 0.95, "od kiedy kto jest w grupie, w wierszu pod nazwiskami"),
        ),
        sure=0.95,
        span=journal.span,
        group=journal.group,
        form=journal.form,
        said=True,
        called=journal.called,
        limit=journal.limit,
        twin=True,
    )


def _day_of_end(typed: Value, said: str) -> dt.date | None:
    """The day on which somebody left, where a text says nothing more than how: „przerwał 06.04.24”."""
    if said != "do" or not isinstance(typed, str) or not _ENDED.match(typed):
        return None
    inside = DAY_INSIDE.findall(typed)
    return day_of(inside[0]) if len(inside) == 1 else None


_ENDED = re.compile(r"(?i)\s*(?:uko[nń]cz|zako[nń]cz|przerwa|z?rezygn|odesz|odszed|skre[sś]l|wypis)")
"""How a text begins that says that somebody left a group."""


def days_not_held(table: Table, row: int, end: int, day: int, off: Container[int]) -> dict[int, str]:
    """The rows that say that a session was called off or is to come, as lines that say its day."""
    planned = to_come(table)
    said = {r: OFF if r in off else TO_COME for r in range(row + 1, end) if r in off or r in planned}
    days = ((r, day_of(table.columns[day][r])) for r in said)
    return {r - row - 1: f"{when:%d.%m.%Y} - {said[r]}" for r, when in days if when is not None}


def _shaped(
    table: Table,
    row: int,
    end: int,
    people: Mapping[int, str],
    day: int,
    legend: Legend,
    *,
    by_name: bool,
    alone: bool,
) -> Recognised | None:
    off = called_off(table)
    rows = [r for r in range(row + 1, end) if is_day(table.columns[day][r]) and r not in off]
    marks = marks_between(table, people, rows)
    if not is_marked(marks, legend):
        return None
    meaning = meaning_of(marks, legend, {"empty": "none"})
    entries: list[tuple[int, int, str, Value]] = []
    for r in rows:
        for column in people:
            typed = table.columns[column][r]
            word: Value = meaning.get(mark_of(typed), typed)
            if word not in NOTHING:
                entries.append((r, column, people[column], word))
    letters = f"{column_letters(min(people))}:{column_letters(max(people))}"
    said = (
        Evidence("session", column_letters(day), "", 0.95, "dni w wierszach"),
        Evidence("person", letters, "", 0.95, f"{len(people)} osób w nagłówku, znaki obecności pod nimi"),
    )
    not_held = days_not_held(table, row, end, day, off)
    journal = of_days(table, row, day, max(people), entries, said, not_held, alone=alone)
    return replace(
        journal,
        table=replace(journal.table, header=("",) * len(table.columns)),
        rows_of={"person": np.full(len(entries), -1, dtype=np.int64)},
        names=frozenset({"person"}) if by_name else frozenset(),
    )


def of_days(
    table: Table,
    row: int,
    day: int,
    last: int,
    entries: Sequence[tuple[int, int, str, Value]],
    evidence: tuple[Evidence, ...],
    not_held: Mapping[int, str],
    *,
    alone: bool = True,
    group: int | None = None,
) -> Recognised:
    """Attendance below the header in `row`, from the column `day` of days to the `last`, of people by name.

    `entries` are the row, the column, the person and the word of presence of each; `not_held` the lines that
    say that a session was called off or, where nobody is marked, is to come. What stands right above is
    believed first where it is not `alone`; before it the column `group`, where there is one.
    """
    above = said_above(table, row, one_of_several=not alone)
    groups = [plain_text(table.columns[group][r]) if group is not None else "" for r, *_ in entries]
    at = np.array([column for _, column, *_ in entries], dtype=np.int64)
    marked = {r - row - 1 for r, *_ in entries}
    return Recognised(
        Attendance,
        table.below(row),
        {"person": at, "session": np.full(len(entries), day, dtype=np.int64), "presence": at},
        cells={
            "person": [person for *_, person, _ in entries],
            "session": [
                Meeting.of(own or above.group, table.columns[day][r])
                for own, (r, *_) in zip(groups, entries, strict=True)
            ],
            "presence": [word for *_, word in entries],
        },
        lines=np.array([r - row - 1 for r, *_ in entries], dtype=np.int64),
        header_rows=(row + 1,),
        names=frozenset({"person"}),
        evidence=evidence,
        sure=0.95,
        span=(day, last),
        group=above.group,
        form=above.form,
        called=above.called,
        limit=above.limit,
        parts={r: line for r, line in not_held.items() if r not in marked or line.endswith(OFF)},
        twin=True,
    )
