"""Days across the header of a list of attendance, with their months and years as far as they are known."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lib import names
from lib.blocks import TOTALS, plain_text
from lib.cells import MONTHS, plain
from lib.contents import day_and_month, day_of
from lib.headers import STEM, likeliest, likenesses
from lib.recognition.above import first_year, lines_above, month_of, years_in
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.signs import WHO
from lib.records import Attendance
from sheets.table import Table, Value


@dataclass(frozen=True, slots=True)
class Days:
    """A header of days: its row and, for each column, the day (None where the year is not known).

    `first` is the first row of the header; `beside` the columns of other lists that stand beside this one. Of
    groups side by side `group` is what the row above calls this one, and `start` its first column. Where the
    header only numbers the meetings, `plan` is the first row of the plan above that says their days.
    """

    row: int
    columns: tuple[int, ...]
    days: tuple[dt.date | None, ...]
    first: int
    beside: frozenset[int] = frozenset()
    group: str = ""
    start: int | None = None
    plan: int | None = None

    @property
    def top(self) -> int:
        """The first row that is of the list: of its header, or of that of its plan."""
        return self.first if self.plan is None else self.plan - 1

    @property
    def left(self) -> int:
        """The first column that is of the days or of their group."""
        return min(self.columns) if self.start is None else self.start


def day_headers(table: Table, heads: Iterable[int]) -> Iterator[Days]:
    """The rows with two days or more across, or one beside people and marks; the days as far as known."""
    before: Days | None = None
    for row in heads:
        if before is not None and row <= before.row:
            continue
        days = _days(table, row)
        if days is None:
            continue
        if before is not None and days.first <= before.row and len(days.columns) < len(before.columns):
            continue  # the first row of people, with days of their own
        before = days
        yield days


def parts_of(table: Table, days: Days) -> list[Days]:
    """The header of days for each of the lists that stand side by side; itself for a single list."""
    starts = [0]
    for before, after in pairwise(days.columns):
        if any(
            _beside_names(table, days.row, column + 1, first=column) for column in range(before + 1, after)
        ):
            starts.append(before + 1)
    if len(starts) == 1:
        return _by_group(table, days)
    parts = []
    for start, end in zip(starts, [*starts[1:], len(table.columns)], strict=True):
        own = [(c, d) for c, d in zip(days.columns, days.days, strict=True) if start <= c < end]
        parts.append(
            replace(
                days,
                columns=tuple(c for c, _ in own),
                days=tuple(d for _, d in own),
                beside=frozenset(range(len(table.columns))) - frozenset(range(start, end)),
            )
        )
    return parts


def _by_group(table: Table, days: Days) -> list[Days]:
    """The header of days for each of the groups that the row above it names; itself where it names none.

    Between the days of two groups stand other columns, as from when to when each person is in the group.
    """
    said = table.row(days.row - 1) if days.row else ()
    names = {c: plain(v) for c, v in enumerate(said) if isinstance(v, str) and plain(v)}
    starts = [start for start in names if any(start <= column for column in days.columns)]
    blocks = [
        (start, [c for c in days.columns if start <= c < end])
        for start, end in pairwise([*starts, len(table.columns)])
    ]
    of_days = [(start, own) for start, own in blocks if own]
    apart = all(after[0] - before[-1] > 1 for (_, before), (_, after) in pairwise(of_days))
    if len(of_days) < 2 or not apart or any(month_of(names[start]) for start, _ in of_days):
        return [days]
    first = of_days[0][0]
    day_in = dict(zip(days.columns, days.days, strict=True))
    ends = [start for start, _ in of_days[1:]] + [len(table.columns)]
    return [
        replace(
            days,
            columns=tuple(own),
            days=tuple(day_in[column] for column in own),
            beside=frozenset(range(first, len(table.columns))) - frozenset(range(start, end)),
            group=names[start],
            start=start,
        )
        for (start, own), end in zip(of_days, ends, strict=True)
    ]


def _days(table: Table, row: int) -> Days | None:
    cells = table.row(row)
    if is_of_data(table, row, cells):
        return None
    if any(names.looks_like_name(v) and not likenesses(Attendance, plain_text(v)) for v in cells):
        return None  # a row of people
    bare = [_without_times(value) for value in cells]
    whole = {c: day for c, value in enumerate(bare) if (day := day_of(value)) is not None}
    marks = sum(isinstance(v, str) and not v.strip().isdigit() and mark_of(v) in MARKS for v in cells)
    if marks >= max(2, len(whole)) and not (
        _names_people(cells) or (row and _names_people(table.row(row - 1)))
    ):
        return None  # a row of marks
    few = len(whole) < 3 or 2 * len(whole) < sum(value is not None for value in cells)
    if few and any(_is_data(value) for value in cells[: min(whole, default=0)]):
        return None  # a row of data with its days
    if len(whole) >= 2 or (len(whole) == 1 and _beside_names(table, row, min(whole))):
        return Days(row, tuple(whole), tuple(whole.values()), _upper(table, row, min(whole)))
    parts = {c: part for c, value in enumerate(bare) if (part := day_and_month(value)) is not None}
    if len(parts) >= 2 or (len(parts) == 1 and _beside_names(table, row, min(parts))):
        years = tuple(_with_years(table, row, list(parts.values())))
        return Days(row, tuple(parts), years, _upper(table, row, min(parts)))
    plan, planned = _planned(table, row)
    if planned:
        return Days(row, tuple(planned), tuple(planned.values()), row, plan=plan)
    numbers = {c: n for c, value in enumerate(cells) if (n := _number(value)) is not None}
    if any(isinstance(v, str) and TOTALS.match(v) for v in cells[: min(numbers, default=0)]):
        return None  # how many came on each day
    together = bool(numbers) and max(numbers) - min(numbers) < 2 * len(numbers)
    monthly = row > 0 and sum(_month(plain(v)) is not None for v in table.row(row - 1) if v is not None) >= 2
    few = len(numbers) < 3 and not (monthly or _names_people(cells))
    if numbers and not few and together and (monthly or _rising(list(numbers.values()))):
        return _numbered(table, row, numbers)
    return None


def _planned(table: Table, row: int) -> tuple[int, dict[int, dt.date]]:
    """The days of meetings that a header numbers („nr 1”, „spotkanie 2”), and where the plan above begins."""
    numbers = {
        column: int(match[1])
        for column, value in enumerate(table.row(row))
        if (match := _MEETING.fullmatch(plain_text(value)))
    }
    if len(numbers) < 2 or list(numbers.values()) != list(range(1, len(numbers) + 1)):
        return 0, {}
    first = row
    days: dict[int, dt.date] = {}
    for above in range(row - 1, -1, -1):
        cells = [value for value in table.row(above) if value is not None]
        number = _number(cells[0]) if cells else None
        day = next((day for value in cells[1:] if (day := day_of(value)) is not None), None)
        if number is not None and day is not None:
            days.setdefault(number, day)
            first = above
            if number == 1:
                break
    known = {column: days[number] for column, number in numbers.items() if number in days}
    return first, known if len(known) == len(numbers) else {}


_MEETING = re.compile(r"(?i)(?:nr|spotk\w*|zaj\w*|lekcja|sesja|s|z|w)\.?\s*(?:nr\s*)?([0-9]{1,2})\.?")
"""How a header numbers meetings: „nr 1”, „spotk. 2”, „Z3”."""


def is_of_data(table: Table, row: int, cells: Sequence[Value]) -> bool:
    """Whether days stand right above too, or in the two rows below, where a row has them: one of data."""
    columns = [column for column, value in enumerate(cells) if day_of(value) is not None]

    def has_days(at: int) -> bool:
        return 0 <= at < len(table) and all(day_of(table.columns[c][at]) is not None for c in columns)

    return bool(columns) and (has_days(row - 1) or (has_days(row + 1) and has_days(row + 2)))


def _is_data(value: Value) -> bool:
    """Whether a cell holds a number, a day or a time, as the cells of a header to the left of days do not."""
    return value is not None and not isinstance(value, str)


def _names_people(cells: Sequence[Value]) -> bool:
    """Whether a row says over which of its columns people stand."""
    texts = (text for text in map(plain_text, cells) if _OF_PEOPLE.search(text))
    return any(likeliest(Attendance, text, 0.7) in WHO for text in texts)


_OF_PEOPLE = re.compile(
    r"(?i)nazw|imi[eę]|imion|uczest|os[oó]b|dziec|\bkto\b|klient|senior|kursant|podopiecz|wychowan|ucze[nń]|ucznia"
    r"|rodzin|mieszka|benefic|sta[zż]yst|opiekun|kandyd|numer|\bnr|\bn-r|\bid\b|kod\b|\bl\.?p\b|person|pesel"
)
"""What the header of a column of people, or of their numbers, has in it."""


def _without_times(value: Value) -> Value:
    """A cell of a day with the hours under it or the weekday over it, or „odw.” beside it, without these."""
    if not isinstance(value, str):
        return value
    for line in value.splitlines() if "\n" in value else (value,):
        cleaned = _BESIDE.sub("", line).strip()
        if cleaned and (day_of(cleaned) is not None or day_and_month(cleaned) is not None):
            return cleaned
    return value


_BESIDE = re.compile(
    r"(?i)\(?\b[0-9]{1,2}[:.][0-9]{2}\s*[-–]\s*[0-9]{1,2}[:.][0-9]{2}\)?|[\s(,–-]+(?:odw|nie odby|plan).*"
)
"""What stands beside a day: the hours, or that the session was called off."""


def _beside_names(table: Table, row: int, column: int, first: int = 0) -> bool:
    """Whether people stand to the left of a column, from the `first` one on, below a row."""
    below = [
        value
        for c in range(first, column)
        for value in table.columns[c][row + 1 : row + 30]
        if value is not None
    ]
    return sum(names.looks_like_name(value) for value in below) >= 2


def _number(value: Value) -> int | None:
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]{1,2})\.?", _BESIDE.sub("", value).strip())
        value = int(match[1]) if match else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 1 <= value <= 31 and value == int(value) else None


def _rising(numbers: Sequence[int]) -> bool:
    """Whether numbers rise, or begin anew when a month does."""
    falls = sum(b <= a for a, b in pairwise(numbers))
    return falls <= len(numbers) // 3


def _with_years(table: Table, row: int, parts: Sequence[tuple[int, int]]) -> list[dt.date | None]:
    """Days with the year that is said above them; a school year („2022/2023”) turns where the months fall."""
    years = next((years for text in lines_above(table, row) if (years := years_in(text))), [])
    if not years:
        return [None] * len(parts)
    return _rolled(parts, first_year(years, parts[0][1]))


HALF = 6
"""By so many months they fall where a year ends, or rise where days begin anew with the next group."""


def _rolled(parts: Iterable[tuple[int, int]], first: int) -> list[dt.date | None]:
    """Days and months with their year: the `first` one, and the next wherever the months fall at its end.

    Where they only fall a little, or rise by far, the days of the next group stand beside those of the last.
    """
    start = before = 0
    year, days = first, []
    for day, month in parts:
        start = start or month
        if before - month >= HALF:
            year += 1
        elif month < before or (before and month - before >= HALF and month >= start):
            year = first
        before = month
        days.append(_calendar(year, month, day))
    return days


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int | None:
    """The month that a cell over numbers of days names, perhaps by its Roman number alone: „XI”."""
    return month_of(text) or (MONTHS.get(text.lower()) if re.fullmatch("[IVX]+", text) else None)


def _numbered(table: Table, row: int, numbers: Mapping[int, int]) -> Days | None:
    """Numbers of days under the names of their months, in the row above or in a title."""
    months: dict[int, tuple[int, int | None]] = {}
    if row:
        for column, value in enumerate(table.row(row - 1)):
            if value is not None and (month := _month(plain(value))) is not None:
                beside = years_in(plain(value))
                months[column] = (month, beside[0] if beside else None)
    said = lines_above(table, row)
    years = next((years for text in said if (years := years_in(text))), None)
    if not months:
        month = next((m for text in said if (m := month_of(text)) is not None), None)
        if month is None:
            return None
        months = {-1: (month, None)}
    year = None if years is None else first_year(years, months[min(months)][0])
    days: list[dt.date | None] = []
    before, added = 0, 0
    for column, number in numbers.items():
        place = max((c for c in months if c <= column), default=None)
        if place is None:
            return None
        month, own = months[place]
        if own is None and month < before:
            added += 1
        before = month
        whole = own if own is not None else None if year is None else year + added
        days.append(None if whole is None else _calendar(whole, month, number))
    if all(day is None for day in days) and year is not None:
        return None
    first = _upper(table, row, min(numbers))
    if first < row and first and _says_years(table.row(first - 1)):
        first -= 1
    return Days(row, tuple(numbers), tuple(days), first)


def _says_years(cells: Sequence[Value]) -> bool:
    """Whether a row of a header says the years over the months below it, beside a label or so."""
    there = [plain(value) for value in cells if value is not None]
    years = sum(re.fullmatch(r"(?:19|20)[0-9]{2}(?:\.0)?(?: ?r\.?)?", text) is not None for text in there)
    return years > 0 and len(there) - years <= 2


def _upper(table: Table, row: int, left: int) -> int:
    """The first row of the header whose days stand in `row`, from the column `left` on: the one above where
    that names the columns."""
    if row and sum(bool(text) for text in map(plain_text, table.row(row - 1))) >= 1:
        said = [text for text in map(plain_text, table.row(row - 1)) if text]
        a_line = len(said) == 1 and _names_people(table.row(row))  # „Klub Rodzica” over a whole header
        title = a_line and any(v is not None for v in table.row(row - 1)[:left])
        if (
            not a_line
            and any(
                likeness.meaning in WHO and likeness.share > STEM
                for text in said
                for likeness in likenesses(Attendance, text)
            )
        ) or (not title and any(len(text) <= 20 and month_of(text) for text in said)):
            return row - 1
    return row


def dated(table: Table, days: Days, year: int) -> Days:
    """The days with the year that a person said."""
    cells = table.row(days.row)
    parts = [part for c in days.columns if (part := day_and_month(_without_times(cells[c]))) is not None]
    if len(parts) == len(days.columns):
        return replace(days, days=tuple(_rolled(parts, year)))
    again = replace(table, title=f"{table.title} {year}")
    numbers = {c: n for c in days.columns if (n := _number(cells[c])) is not None}
    return _numbered(again, days.row, numbers) or days
