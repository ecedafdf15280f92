"""Readiness as places by months: how many places were ready in which month.

Months stand across the header (whole ones, or their names under a year), or the days on which the places
were looked at („stan na 31.03.2024”), places down the side, and numbers or words between them. It becomes
readiness line by line, from the first to the last day of a month, or of what was looked at.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from lib.blocks import BLANKS, TOTALS, plain_text, without_rows
from lib.cells import MONTHS, key, plain
from lib.contents import DAY_INSIDE, count_of, day_of, is_day
from lib.dictionaries import ReadinessState, is_word
from lib.headers import column_meaning, header_key, likeliest, likenesses
from lib.names import has_first_name, looks_like_name
from lib.reading import Evidence, Recognised, sums_of
from lib.recognition.above import lines_above, month_of, years_in
from lib.recognition.days import is_of_data
from lib.records import Place, Readiness
from sheets.table import Table, Value, column_letters

FEW = 3
"""From so many months across a row is a header of months."""

FEW_LOOKS = 2
"""From so many days on which places were looked at, too."""


@dataclass(frozen=True, slots=True)
class Months:
    """A header of months: its last row, its first row, and the first and the last day of each column.

    row      the row of the months, and `first` the first one of the header
    columns  the first and the last day of each month
    taken    for each of them the column beside it that says how many places were used, as the row below says
    """

    row: int
    first: int
    columns: Mapping[int, tuple[dt.date, dt.date]]
    taken: Mapping[int, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last row of the header."""
        return self.row + 1 if self.taken else self.row


def find_months(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The tables of places by months on a tab, and the tab without their rows."""
    found: list[Recognised] = []
    end = 0
    for row in heads:
        months = months_across(table, row) if row >= end else None
        if months is None:
            continue
        months = replace(months, taken=_used_beside(table, months))
        shaped = _shaped(table, months)
        if shaped:
            if _says_used(table, months.row):
                found = _with_used(found, shaped[-1])
            else:
                found += shaped
            end = max(months.last + 2 + int(one.lines.max()) for one in shaped if one.lines is not None)
            while end < len(table) and (_is_used(table, months, end) or _is_total(table.row(end))):
                end += 1
            table = without_rows(table, months.first, end)
    return found, table


def _is_total(cells: Sequence[Value]) -> bool:
    """Whether a row sums up those above it, as the first of its cells says."""
    first = next((value for value in cells if value is not None), None)
    return isinstance(first, str) and TOTALS.match(first) is not None


def _says_used(table: Table, row: int) -> bool:
    """Whether the line above a header says that how many places were used stands below."""
    said = header_key(" ".join(lines_above(table, row)[:1]))
    return re.search("wykorzyst|zajet", said) is not None and "gotow" not in said


def _with_used(found: Sequence[Recognised], used: Recognised) -> list[Recognised]:
    """Readiness with how many places were used, which stands in a table of its own."""
    fields = (used.values(name) for name in ("place", "starts_on", "ready"))
    counts = {
        (key(plain(place)), day): count
        for place, day, count in zip(*fields, strict=True)
        if place is not None
    }
    whole = []
    for table in found:
        if table.record is Readiness and "used" not in table.fields:
            where = zip(table.values("place"), table.values("starts_on"), strict=True)
            told = [
                counts.get((key(plain(place)), day)) if place is not None else None for place, day in where
            ]
            if any(count is not None for count in told):
                columns = {**table.columns, "used": table.columns["ready"]}
                table = replace(
                    table, columns=columns, cells={**table.cells, "used": told}, made=table.made | {"used"}
                )
        whole.append(table)
    return whole


def months_across(table: Table, row: int) -> Months | None:
    """The months across a row; None for fewer than FEW, or for months of no year."""
    if looks := _looks(table, row):
        return looks
    numbers = {c: n for c, value in enumerate(table.row(row)) if (n := _month(value)) is not None}
    if len(numbers) < FEW:
        return None
    own = {c: years_in(plain(table.columns[c][row])) for c in numbers}
    above = (
        {c: ys[0] for c, v in enumerate(table.row(row - 1)) if v is not None and (ys := years_in(plain(v)))}
        if row
        else {}
    )
    title = next((ys for text in lines_above(table, row) if (ys := years_in(text))), [])
    days: dict[int, tuple[dt.date, dt.date]] = {}
    year, before = (min(title) if title else None), 0
    for column, month in numbers.items():
        place = max((c for c in above if c <= column), default=None)
        if own[column]:
            year = own[column][0]
        elif place is not None:
            year = above[place]
        elif year is not None and month < before:
            year += 1
        if year is None:
            return None
        before = month
        first = dt.date(year, month, 1)
        days[column] = first, _end_of_month(first)
    return Months(
        row, row - 1 if above or _says_place(table.row(row - 1) if row else ()) is not None else row, days
    )


def _looks(table: Table, row: int) -> Months | None:
    """The days across a row on which places were looked at, each with the days that it speaks for.

    The last day of a month speaks for those since the last look; any other one for those until the next.
    """
    cells = ((column, plain_text(value)) for column, value in enumerate(table.row(row)))
    said = ((c, text, match) for c, text in cells if (match := DAY_INSIDE.search(text)))
    looked = ((c, match[0]) for c, text, match in said if _LOOK.match(header_key(text)))
    days = {c: day for c, text in looked if (day := day_of(text)) is not None}
    if not days:
        if is_of_data(table, row, table.row(row)):
            return None
        both = ((c, day_of(value)) for c, value in enumerate(table.row(row)) if value is not None)
        own = {c: day for c, day in both if day is not None}
        days = own if len(own) >= FEW_LOOKS and _says_looks(table, row) else {}
    looks = list(days.values())
    if len(looks) < FEW_LOOKS or any(one >= two for one, two in pairwise(looks)):
        return None
    one_day = dt.timedelta(days=1)
    if all(day == _end_of_month(day) for day in looks):
        months = [12 * day.year + day.month for day in looks]
        year, month = divmod(2 * months[0] - months[1], 12)
        starts = [dt.date(year, month + 1, 1), *(day + one_day for day in looks[:-1])]
        ends = looks
    else:
        starts = looks
        ends = [*(day - one_day for day in looks[1:]), _end_of_month(looks[-1])]
    return Months(row, row, dict(zip(days, zip(starts, ends, strict=True), strict=True)))


def _says_looks(table: Table, row: int) -> bool:
    """Whether a line above a row, or the row below it, says that the days across it are those of looks."""
    below = table.row(row + 1) if row + 1 < len(table) else ()
    counted = [header_key(plain_text(value)) for value in below]
    pairs = sum(_USED.match(text) is not None for text in counted) >= FEW_LOOKS
    above = (header_key(text) for text in lines_above(table, row)[:-1])
    return pairs or any(_STATE.match(text) for text in above)


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_LOOK = re.compile(r"(?:stan |gotow\w+ |wg stanu )?na (?:dzien )?[0-9]|stan [0-9]|kontrola|przeglad")
"""How a header begins that says on which day places were looked at."""


_STATE = re.compile(r"(?:gotow\w+ )?(?:stan|wg stanu|gotowosc)\b.{0,20}\bna\b.{0,20}\b(?:dzien|dni|koniec)")
"""How a line begins that says that places were looked at on the days below it."""


def _month(value: Value) -> int | None:
    """The month that a cell of a header names, and nothing else."""
    if isinstance(value, dt.date):
        return value.month if value.day == 1 else None
    text = plain_text(value)
    if not text or len(text) > 20:
        return None
    return MONTHS.get(text.rstrip(". ").lower()) or month_of(text)


def _says_ready(table: Table, header: range) -> bool:
    """Whether a header, or a line above it, says that how many places are ready stands below the months."""
    said = (plain_text(value) for row in header for value in table.row(row))
    return any(_READY.search(header_key(text)) for text in (*lines_above(table, header[0])[:-1], *said))


_READY = re.compile(r"gotow|\bgot\b")
"""What a header says of how many places are ready."""


def _names_places(table: Table, months: Months, column: int) -> bool:
    """Whether texts stand below a header, and no numbers or days."""
    rows = range(months.last + 1, len(table))
    end = next((row for row in rows if all(value is None for value in table.row(row))), len(table))
    cells = [v for v in table.columns[column][months.last + 1 : end] if v is not None]
    words = bool(cells) and all(count_of(v) is None for v in cells) and any(len(plain(v)) > 3 for v in cells)
    return words and not sum(map(is_day, cells)) > len(cells) / 2


def _says_place(cells: Sequence[Value]) -> int | None:
    """The column whose header says best that places stand below it: „Nazwa” beside „Rodzaj miejsca”."""
    best, found = 0.0, None
    for column, text in enumerate(map(plain_text, cells)):
        if len(text) <= 40:
            likeness = next(iter(likenesses(Readiness, text)), None)
            if likeness is not None and likeness.meaning == "place" and likeness.share > best:
                best, found = likeness.share, column
    return found


def _shaped(table: Table, months: Months) -> list[Recognised]:
    """The readiness below a header of months, and the places where their number stands beside; or nothing."""
    header = range(months.first, months.last + 1)
    said = (_says_place(table.row(row)) for row in reversed(header))  # a lower name is nearer to its column
    place = next((column for column in said if column is not None), None)
    if place is None or place >= min(months.columns) or not _names_places(table, months, place):
        said_ready = _says_ready(table, range(months.first, min(months.last + 2, len(table))))
        left = range(min(months.columns)) if said_ready else ()
        place = next((column for column in left if _names_places(table, months, column)), None)
    if place is None:
        return []
    rows = list(_rows(table, months, place))
    if (
        sum(
            looks_like_name(table.columns[place][row]) and has_first_name(str(table.columns[place][row]))
            for row in rows
        )
        > len(rows) / 2
    ):
        return []
    cells = _spread(table, months, rows)
    filled_in = (
        sum(
            table.columns[place][row] is not None and not _is_used(table, months, row)
            for row in range(rows[0], rows[-1] + 1)
        )
        if rows
        else 0
    )
    if not cells or len(rows) < 0.6 * filled_in or not all(_is_ready(value) for _, _, value in cells):
        return []
    below = table.below(months.last)
    top = months.last + 1
    columns = np.array([column for _, column, _ in cells], dtype=np.int64)
    days = [months.columns[column] for _, column, _ in cells]
    named = replace(below, header=tuple(_said(table, header, column) for column in range(len(table.columns))))
    reason = column_meaning(Readiness, "reason", named.header, max(months.columns) + 1)
    taken = months.taken
    used_at = {"used": np.array([taken[column] for column in columns])} if taken else {}
    counts = {"used": [table.columns[taken[column]][row] for row, column, _ in cells]} if taken else {}
    under = _used_below(table, months, rows)
    if under:
        used_at = {"used": columns}
        counts = {"used": [count_of(table.columns[column][under[row]]) for row, column, _ in cells]}
    if not taken and not under and (then := _used_then(named.header, months)) is not None:
        beside, month = then
        used_at = {"used": np.full(len(cells), beside)}
        counts = {
            "used": [table.columns[beside][row] if column == month else None for row, column, _ in cells]
        }
    reasons = {"reason": [table.columns[reason][row] for row, _, _ in cells]} if reason is not None else {}
    used = (place, max(months.columns) if reason is None else reason)
    where: dict[str, int | np.ndarray] = {"place": place} | dict.fromkeys(
        ("starts_on", "ends_on", "ready", "state"), columns
    )
    where |= used_at
    if reason is not None:
        where["reason"] = reason
    readiness = Recognised(
        Readiness,
        named,
        where,
        cells={
            **reasons,
            **counts,
            "place": [table.columns[place][row] for row, _, _ in cells],
            "starts_on": [first for first, _ in days],
            "ends_on": [last for _, last in days],
            "ready": [count_of(value) for _, _, value in cells],
            "state": [_state(value) for _, _, value in cells],
        },
        lines=np.array([row - top for row, _, _ in cells], dtype=np.int64),
        rows_of=dict.fromkeys(("starts_on", "ends_on"), np.full(len(cells), -1, dtype=np.int64))
        | ({"used": np.array([under[row] - top for row, _, _ in cells])} if under else {}),
        header_rows=tuple(row + 1 for row in header),
        evidence=(
            Evidence("place", column_letters(place), named.header[place], 0.95, "miejsca w wierszach"),
            Evidence(
                "ready",
                f"{column_letters(min(months.columns))}:{column_letters(max(months.columns))}",
                "",
                0.95,
                f"{len(months.columns)} miesięcy w nagłówku",
            ),
        ),
        sure=0.95,
        span=used,
        made=frozenset(("starts_on", "ends_on", "state")),
    )
    declared = column_meaning(Place, "declared", named.header[: min(months.columns)], place + 1)
    if declared is None:  # the only column of numbers between the places and the months
        counted = [
            column
            for column in range(place + 1, min(months.columns))
            if all(count_of(table.columns[column][row]) is not None for row in rows)
        ]
        declared = counted[0] if len(counted) == 1 else None
    if declared is None:
        return [readiness]
    before = named.header[: min(months.columns)]
    others = {
        name: column
        for name in ("unit", "starts_on", "ends_on")
        if (column := column_meaning(Place, name, before)) is not None and column not in (place, declared)
    }
    listed_at = {"place": place, "declared": declared, **others}
    listed = Recognised(
        Place,
        named,
        listed_at,
        cells={name: [table.columns[c][row] for row in rows] for name, c in listed_at.items()},
        lines=np.array([row - top for row in rows], dtype=np.int64),
        header_rows=readiness.header_rows,
        evidence=(
            readiness.evidence[0],
            *(
                Evidence(name, column_letters(c), named.header[c], 0.9, "nagłówek znany")
                for name, c in listed_at.items()
                if name != "place"
            ),
        ),
        sure=0.95,
        span=used,
        parts={row - top: text for row, text in _parts(table, months, rows)},
        twin=True,
    )
    return [listed, replace(readiness, twin=True)]


def _used_beside(table: Table, months: Months) -> dict[int, int]:
    """For each column of a month the one beside it whose second header says how many places were used."""
    row = months.row + 1
    if row >= len(table):
        return {}
    starts = [*months.columns, len(table.columns)]
    said = " ".join(lines_above(table, months.first)[:-1])
    short = {key(code) for code in _SHORT_FOR_USED.findall(said)}
    found = {
        column: beside
        for column, end in pairwise(starts)
        for beside in range(column + 1, end)
        if (text := plain_text(table.columns[beside][row]))
        and (likeliest(Readiness, text) == "used" or _USED.match(header_key(text)) or key(text) in short)
    }
    return found if len(found) == len(months.columns) else {}


def _used_below(table: Table, months: Months, rows: Sequence[int]) -> dict[int, int]:
    """For each row of places the one right below it that says how many of them were used; or nothing."""
    found = {row: row + 1 for row in rows if row + 1 < len(table) and _is_used(table, months, row + 1)}
    return found if len(found) == len(rows) else {}


def _is_used(table: Table, months: Months, row: int) -> bool:
    """Whether a cell to the left of the months says that how many places were used stands in a row."""
    return any(_USED.match(header_key(plain_text(v))) for v in table.row(row)[: min(months.columns)])


def _used_then(header: Sequence[str], months: Months) -> tuple[int, int] | None:
    """The column behind the months that says how many places were used, and that of the month it is about.

    That is the month of the day in its header, „zajęte na 13.03.2026”, or else the last one.
    """
    last = max(months.columns)
    beside = next((c for c in range(last + 1, len(header)) if _USED.match(header_key(header[c]))), None)
    if beside is None:
        return None
    said = DAY_INSIDE.search(plain(header[beside]))
    if said is None:
        return beside, last
    day = day_of(said[0])
    spans = months.columns.items()
    return next(
        ((beside, column) for column, (first, last) in spans if day is not None and first <= day <= last),
        None,
    )


_SHORT_FOR_USED = re.compile(
    r"(?i)(?<!\w)([^\W\d_]{1,4})\.?\s*[=–-]\s*(?:[^\W\d_]+\s+){0,6}?(?:zaj[ęe]t|wykorzyst|korzyst)"
)
"""What a line above says to be short for places that are used: „W = miejsca wykorzystane”."""

_USED = re.compile(
    r"(?:(?:ile|liczba|miejsca|miejsc|obecnie|w tym) )*(?:zajet|wykorzyst|korzyst|(?:zaj|wyk|wykorz)\b)"
)
"""How the header of a column begins that says how many places are used."""


def _rows(table: Table, months: Months, place: int) -> Iterator[int]:
    """The rows of places below a header, to the first blank one, without those that sum up others."""
    sums = set(sums_of(table))
    for row in range(months.last + 1, len(table)):
        if all(value is None for value in table.row(row)):
            return
        said = table.columns[place][row]
        alone = sum(value is not None for value in table.row(row)) == 1  # a note
        told = alone or row in sums or TOTALS.match(plain(said or "")) or _is_used(table, months, row)
        if isinstance(said, str) and not told:
            yield row


def _parts(table: Table, months: Months, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The rows among those of places that hold one text, which names the part below it."""
    for row in range(months.last + 1, rows[-1]):
        cells = [value for value in table.row(row) if value is not None]
        if row not in rows and len(cells) == 1 and isinstance(cells[0], str):
            yield row, plain(cells[0])


def _spread(table: Table, months: Months, rows: Sequence[int]) -> list[tuple[int, int, Value]]:
    """The filled cells of months, row by row: a merged one stands for all its months."""
    wide = {
        (row, c): column
        for row, column, _, last in table.merged
        for c in range(column, last + 1)
        if last > column
    }
    found: list[tuple[int, int, Value]] = []
    for row in rows:
        for column in months.columns:
            value = table.columns[wide.get((row, column), column)][row]
            if value is not None and plain(value) not in BLANKS:
                found.append((row, column, value))
    return found


def _is_ready(value: Value) -> bool:
    """Whether a cell says how many places were ready, or whether."""
    return count_of(value) is not None or any(is_word(value, word) for word in ReadinessState)


def _state(value: Value) -> Value:
    count = count_of(value)
    return value if count is None else (ReadinessState.READY if count else ReadinessState.NOT_READY).value


def _said(table: Table, header: range, column: int) -> str:
    """What the header says over a column, its rows together."""
    return " ".join(
        dict.fromkeys(text for row in header if (text := plain(table.columns[column][row] or "")))
    )
