"""People down the side of a list of attendance: the columns that say who, and the rows that are people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice, pairwise, takewhile

from lib import names
from lib.blocks import EXAMPLE, EXAMPLE_ROW, NOTE, NOTES, OTHER, PART, REPEATED, TOTALS, plain_text
from lib.cells import plain
from lib.contents import is_day, times
from lib.headers import header_key, likeliest
from lib.reading import SUM, sums_of
from lib.recognition.above import group_in
from lib.recognition.choice import names_of_columns
from lib.recognition.days import Days
from lib.recognition.marks import Legend, is_mark, says_status
from lib.records import Attendance, Session
from sheets.table import Table, Value


@dataclass(frozen=True, slots=True)
class Who:
    """The columns that say who: a number, or a whole name, or a surname and a first name.

    `said` is how a person called the column, where that was not by its header; `called` are the columns of
    the names beside numbers, for those who have none yet.
    """

    columns: tuple[int, ...]
    by_name: bool
    headers: tuple[str, ...]
    said: str = ""
    called: tuple[int, ...] = ()

    def of(self, cells: Sequence[Value]) -> list[Value]:
        """What the cells of a row say of who it is about."""
        number = [cells[column] for column in self.columns]
        if any(value is not None for value in number):
            return number
        called = [cells[column] for column in self.called]
        return called if names.looks_like_name(names.whole(called)) else number


def who_of(table: Table, days: Days, start: int, end: int, left: int, chosen: str) -> Who | None:
    """The columns before the `left` one that say who: the one that a person chose, or the likeliest."""
    said: dict[int, tuple[str, str]] = {}
    for column in range(left):
        own, above = (plain_text(table.columns[column][row]) for row in (days.row, days.first))
        meaning = likeliest(Attendance, own or above)
        if meaning in ("person", "~name", "~surname", "~first_name"):
            said[column] = meaning, own or above
    sample = {
        c: list(islice((v for v in table.columns[c][start:end] if v is not None), 40)) for c in range(left)
    }
    looks = {
        c: sum(names.looks_like_name(v) for v in vs) / len(vs) if vs else 0.0 for c, vs in sample.items()
    }

    def by(meaning: str) -> int | None:
        return next((c for c, (m, _) in said.items() if m == meaning and sample[c]), None)

    surname, first = by("~surname"), by("~first_name")
    mine = _chosen(table, days, left, chosen) if chosen else None
    if mine is not None:
        column, header = mine
        meaning = said[column][0] if column in said else ""
        by_name = meaning in ("~surname", "~name") or looks[column] >= 0.5
        columns = (column, first) if meaning == "~surname" and first is not None else (column,)
        return Who(columns, by_name, (header,), chosen)
    number = by("person")
    named = by("~name") is not None or any(share >= 0.6 for share in looks.values())
    if number is not None and named and _only_counts(sample[number]):
        number = None  # „Nr”, which only counts the rows
    if number is not None and looks[number] < 0.5:
        beside = (surname, first) if surname is not None and first is not None else (by("~name"),)
        called = tuple(column for column in beside if column is not None)
        called = called or tuple(column for column, share in looks.items() if share >= 0.6)[:1]
        return Who((number,), False, (said[number][1],), called=called)
    if surname is not None and first is not None:
        return Who((surname, first), True, (said[surname][1], said[first][1]))
    whole = by("~name") if by("~name") is not None else number
    if whole is not None and looks[whole] >= (0.3 if said[whole][0] == "~name" else 0.5):
        return Who((whole,), True, (said[whole][1],))
    likely = [c for c, share in looks.items() if share >= 0.6]
    if likely:
        return Who((likely[0],), True, (plain_text(table.columns[likely[0]][days.row]),))
    if surname is not None:
        return Who((surname,), True, (said[surname][1],))
    return None


def _only_counts(values: Sequence[Value]) -> bool:
    """Whether cells only count the first rows: 1, 2, 3, …, whatever stands below them."""
    typed = (plain(v).removesuffix(".0").rstrip(".") for v in values)
    below = dropwhile(lambda text: not text.isdigit(), typed)  # a line that names the first part
    numbers = list(map(int, takewhile(str.isdigit, below)))
    return len(numbers) >= 2 and all(after == before + 1 for before, after in pairwise(numbers))


def _chosen(table: Table, days: Days, left: int, chosen: str) -> tuple[int, str] | None:
    """The column that a person called so, and its header; None where there is none any more."""
    headers = [
        [plain_text(table.columns[column][row]) for row in (days.first, days.row)] for column in range(left)
    ]
    called = names_of_columns({column: upper or lower for column, (upper, lower) in enumerate(headers)})
    for column, (upper, lower) in enumerate(headers):
        if header_key(chosen) in map(header_key, (called[column], upper, lower)):
            return column, lower or upper
    return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a list: all that it holds, what stands under the days, and who."""

    cells: Sequence[Value]
    marks: Sequence[Value]
    person: Sequence[Value]


def rows_of_people(
    table: Table, who: Who, days: Days, start: int, end: int, legend: Legend
) -> tuple[list[int], dict[int, str], dict[int, str]]:
    """The rows of people, the rows that are no data, and the group that a line above says of each row."""
    rows: list[int] = []
    skip: dict[int, str] = {}
    groups: dict[int, str] = {}
    part = ""
    sums = set(sums_of(table))
    header = {column: text for column, value in enumerate(table.row(days.row)) if (text := plain_text(value))}
    lines = zip(*(column[start:end] for column in table.columns), strict=True)
    for row, cells in enumerate(lines, start):
        if cells.count(None) == len(cells):
            continue
        if row in sums:
            skip[row] = SUM
            continue
        line = _Line(
            [v for v in cells if v is not None],
            [cells[c] for c in days.columns if cells[c] is not None],
            who.of(cells),
        )
        inside = bool(rows), row < end - 1
        again = sum(plain_text(cells[column]) == text for column, text in header.items()) >= 2
        reason, group = (REPEATED, "") if again else _no_person(line, legend, inside, by_name=who.by_name)
        part = group or part
        if reason:
            skip[row] = reason
        else:
            rows.append(row)
            groups[row] = part
    return rows, skip, groups


def _no_person(line: _Line, legend: Legend, inside: tuple[bool, bool], *, by_name: bool) -> tuple[str, str]:
    """Why a row is no person, empty for a person, and the group that it names for the rows below.

    `inside` tells whether people stand above the row, and rows below.
    """
    cells, marks, person = line.cells, line.marks, line.person

    def counted(value: Value) -> bool:
        return _counts(value) or is_mark(value, legend)

    first, nobody = plain(cells[0]), person[0] is None
    total = any(isinstance(v, str) and TOTALS.match(v) for v in (cells if nobody else person[:1]))
    if total:
        return SUM, ""
    if isinstance(cells[0], str) and EXAMPLE.match(cells[0]):
        return EXAMPLE_ROW, ""
    if nobody and isinstance(cells[0], str) and STATUS.match(cells[0]):
        return NOTE, ""
    if marks and isinstance(person[0], str) and STATUS.match(person[0]):
        return NOTE, ""
    nameless = by_name and not names.looks_like_name(names.whole(person))
    if marks and nameless and (all(map(says_status, marks)) or not any(map(counted, marks))):
        return NOTE, ""  # what became of each session, or where it was
    if by_name and _is_of_topics(person[0]):
        return OTHER, ""
    if marks and all(map(_counts, marks)) and not names.looks_like_name(names.whole(person)) and by_name:
        return SUM, ""
    if nobody and marks and not any(is_mark(v, legend) for v in marks) and len(cells) <= 2:
        return PART, group_in(first)
    if not nobody and (marks or any(map(names.looks_like_name, (*cells, names.whole(person))))):
        return NOTE if not marks and NOTES.match(first) else "", ""
    if nobody and marks:
        return _unnamed(line), ""
    if len(cells) <= 2 and not marks:
        group = group_in(first)
        above, below = inside
        return PART if group or not above or (below and not NOTES.match(first)) else NOTE, group
    return NOTE, ""


def _is_of_topics(value: Value) -> bool:
    """Whether what stands under the names is a day, or says that days do: a journal of topics is below."""
    text = plain_text(value)
    if names.has_first_name(text):
        return False
    return is_day(value) or _TOPIC.match(text) is not None or likeliest(Session, text, 0.95) == "day"


_TOPIC = re.compile(r"(?i)(?:data|temat)\b|[0-9]{1,2}\s*(?:[ivx]+\b|\.\s*[0-9]{1,2}\b)")
"""How a row of a journal of topics begins where the names stand: „Data / temat”, „7 X - Poznajemy się”."""


def _unnamed(line: _Line) -> str:
    """Why a row with something under the days and nobody named is no person; empty for a name left out."""
    if all(map(_counts, line.marks)) and not any(map(names.looks_like_name, line.cells)):
        return SUM
    if all(says_status(v) or times(plain(v)) or _WEEKDAY.match(plain(v)) for v in line.marks):
        return PART
    return ""


STATUS = re.compile(
    r"\s*(?:realizacja|zrealizowan|status|(?:zaj[ęe]cia )?(?:czy )?odby[łt]|czy (?:zajęcia|spotkanie) "
    r"|podpis|temat|prowadząc|uwagi\b|(?:liczba )?godz|(?:nr|numer) (?:spotk|zaj))",
    re.IGNORECASE,
)
"""What stands beside a row that says of each session whether it took place."""

_WEEKDAY = re.compile(r"(?:pn|pon|wt|śr|sr|cz|czw|pt|pi[ąa]t|sb|sob|nd|niedz)\w*\.?$", re.IGNORECASE)
"""The day of the week under the day in a header."""


def _counts(value: Value) -> bool:
    """Whether a cell holds a number, as under a list that counts who came."""
    return (
        not isinstance(value, bool) and re.fullmatch(r"[0-9]+(?:[.,][0-9]+)? ?%?", plain(value)) is not None
    )
