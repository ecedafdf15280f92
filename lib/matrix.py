"""Lists of attendance as people by days: who is marked how on which day, in what group, and what the marks mean.

A list has days across its header (whole days, days without a year, or numbers of days under the name of
a month), people down its side and marks between them. It becomes attendance line by line, each with the
place of its mark.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lib import names
from lib.blocks import BLANKS, EXAMPLE, EXAMPLE_ROW, NOTES, TOTALS, plain_text
from lib.cells import MONTHS, bare_day, key, plain
from lib.contents import day_of, times
from lib.dictionaries import Presence
from lib.headers import likenesses
from lib.reading import SUM, Evidence, Listed, Question, Recognised, sums_of
from lib.records import Attendance
from sheets.table import Table, Value, column_letters

MARKS: Mapping[str, Presence] = {
    **{key(text): word for word in Presence for text in (word.value, *word.spellings)},
    **dict.fromkeys(
        ("/", "v", "•", "●", "■", "ü", "√", "obec", "obec.", "s", "sp", "sp.", "spoz", "ob.s"),
        Presence.PRESENT,
    ),
    **dict.fromkeys(
        ("us", "us.", "usp", "usp.", "ch", "zw", "zw.", "l4", "chory", "chora", "zwolnienie"),
        Presence.EXCUSED,
    ),
    **dict.fromkeys(("nob", "nb", "nieob", "brak", "abs", "nn."), Presence.ABSENT),
}
"""What marks mean where no legend says otherwise."""

NO_RECORD = ""
"""The mark of somebody who was not expected that day."""

CANCELLED = re.compile(r"\s*(?:odw|nie odby|święto|dzień wolny|ferie|wolne)", re.IGNORECASE)
"""What stands in a column of a session that did not take place."""

_LEGEND = re.compile(
    r"(?P<mark>„?[^\s,;:=–—]{1,4}”?|puste(?: pole| kratka| miejsce)?|brak (?:znaku|wpisu)|[-–—])\s*(?:[-–—=:]|to)\s*"
    r"(?P<word>(?:nie\s*)?(?:obecn|uspraw|spóźn|spozn|dotyczy|był|byl|zapis|chor|odwo|uczestn|nieobecn|nieuspraw)[^,;\n|]*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_PART = re.compile(r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2}|[ivx]{1,4}|[^\W\d_]{3,})\.?", re.IGNORECASE)
_GROUP = re.compile(r"(?:nazwa\s+|symbol\s+)?(?:grup[ayęy]|gr)\b\.?\s*[:\-–]?\s*(?P<name>.+)", re.IGNORECASE)
_FORM = re.compile(
    r"(?:forma(?: wsparcia)?|rodzaj (?:zajęć|wsparcia)|nazwa (?:formy|zajęć))\s*[:\-–]\s*(?P<name>.+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?i)\s{3,}|\s*[;,|]\s+|\s+(?=(?:grupa|prowadz|prow\.|miejsce|sala|termin|godz|wych\.|rok|miesiąc|m-c)\b)"
)
"""What parts one thing from another in a line above a list."""
_LIST_WORDS = re.compile(
    r"(?i)\b(?:lista|listy|list[aey]|dziennik|ewidencja|karta|obecno[sś]ci?|obec\.?|frekwencja|zajęć|zajec|uczestników"
    r"|na|za|miesiąc|m-c|projektu?)\b\.?"
)
_MONTH_NAMES = {name: number for name, number in MONTHS.items() if len(name) > 2}


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of attendance on a tab, what is to be asked of them, and the first row of the first."""

    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    first: int | None = None


class Meeting:
    """How a session without a number is named in a cell: by its group and its day."""

    BETWEEN = " · "

    @classmethod
    def of(cls, group: Value, day: Value, again: int = 0) -> Value:
        """The name of the session; blank without a day, the cell as it is when it is no day."""
        if day is None:
            return None
        when = day_of(day)
        if when is None:
            return day
        return f"{plain(group) if group is not None else ''}{cls.BETWEEN}{when.isoformat()}" + (
            f" #{again + 1}" if again else ""
        )

    @classmethod
    def parts(cls, name: Any) -> tuple[str, dt.date, str] | None:
        """The group, the day and what tells several of a day apart; None for another name of a session."""
        if not isinstance(name, str) or cls.BETWEEN not in name:
            return None
        group, _, rest = name.rpartition(cls.BETWEEN)
        day, _, again = rest.partition(" #")
        try:
            return group, dt.date.fromisoformat(day), str(int(again)) if again else ""
        except ValueError:  # typed by a person
            return None


@dataclass(frozen=True, slots=True)
class _Days:
    """A header of days: its row and, for each column, the day (None where the year is not known)."""

    row: int
    columns: tuple[int, ...]
    days: tuple[dt.date | None, ...]
    first: int


def find(table: Table, full: np.ndarray, heads: Sequence[int], answers: Mapping[str, str]) -> Lists:
    """The lists of attendance of a tab; none when there is none."""
    found: list[Recognised] = []
    asked: list[Question] = []
    headers = list(_headers(table, heads))
    first = None
    for number, days in enumerate(headers):
        end = headers[number + 1].first if number + 1 < len(headers) else len(table)
        shaped = _list(table, full, days, end, answers)
        if shaped is None:
            continue
        one, questions = shaped
        first = days.first if first is None else first
        if one is not None:
            found.append(one)
        asked.extend(questions)
    return Lists(tuple(found), tuple(dict.fromkeys(asked)), first)


# --- days across the header ---------------------------------------------------------------------


def _headers(table: Table, heads: Iterable[int]) -> Iterator[_Days]:
    """The rows that hold two days or more across, or one beside people and marks, with the days as far as known."""
    last = -1
    for row in heads:
        if row <= last:
            continue
        days = _days(table, row)
        if days is not None:
            last = row
            yield days


def _days(table: Table, row: int) -> _Days | None:
    cells = table.row(row)
    if any(names.looks_like_name(v) and not likenesses(Attendance, plain_text(v)) for v in cells):
        return None  # a row of people
    whole = {c: day for c, value in enumerate(cells) if (day := day_of(_without_times(value))) is not None}
    if len(whole) >= 2 or (len(whole) == 1 and _beside_names(table, row, min(whole))):
        return _Days(row, tuple(whole), tuple(whole.values()), _upper(table, row))
    parts = {c: part for c, value in enumerate(cells) if (part := _day_and_month(value)) is not None}
    if len(parts) >= 2:
        return _Days(
            row, tuple(parts), tuple(_with_years(table, row, list(parts.values()))), _upper(table, row)
        )
    numbers = {c: n for c, value in enumerate(cells) if (n := _number(value)) is not None}
    together = bool(numbers) and max(numbers) - min(numbers) < 2 * len(numbers)
    if len(numbers) >= 3 and together and _rising(list(numbers.values())):
        return _numbered(table, row, numbers)
    return None


def _without_times(value: Value) -> Value:
    """A cell of a day with the hours under it or the weekday over it, without these."""
    if not isinstance(value, str):
        return value
    for line in value.splitlines() if "\n" in value else (value,):
        cleaned = re.sub(r"\(?\b[0-9]{1,2}[:.][0-9]{2}\s*[-–]\s*[0-9]{1,2}[:.][0-9]{2}\)?", "", line).strip()
        if cleaned and day_of(cleaned) is not None:
            return cleaned
    return value


def _beside_names(table: Table, row: int, column: int) -> bool:
    """Whether people stand to the left of a column, below a row."""
    below = [
        value for c in range(column) for value in table.columns[c][row + 1 : row + 30] if value is not None
    ]
    return sum(names.looks_like_name(value) for value in below) >= 2


def _day_and_month(value: Value) -> tuple[int, int] | None:
    if not isinstance(value, str) or not (
        match := _PART.fullmatch(bare_day(value.splitlines()[0] if value else ""))
    ):
        return None
    month = int(match[2]) if match[2].isdigit() else MONTHS.get(match[2].lower(), 0)
    day = int(match[1])
    return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _number(value: Value) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)) and 1 <= value <= 31 and value == int(value):
        number = int(value)
    elif isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}\.?", value.strip()):
        number = int(value.strip().rstrip("."))
    else:
        return None
    return number if 1 <= number <= 31 else None


def _rising(numbers: Sequence[int]) -> bool:
    """Whether numbers rise, or begin anew when a month does."""
    falls = sum(b <= a for a, b in zip(numbers, numbers[1:], strict=False))
    return falls <= len(numbers) // 3


def _above(table: Table, row: int) -> list[str]:
    """What is said above a row, the nearest first, and the title of the tab last."""
    said = [
        plain(value)
        for r in range(row - 1, max(-1, row - 8), -1)
        for value in table.row(r)
        if value is not None
    ]
    return [*said, plain(table.title)]


def _with_years(table: Table, row: int, parts: Sequence[tuple[int, int]]) -> list[dt.date | None]:
    """Days with the year that is said above them; a school year („2022/2023”) turns where the months fall."""
    years = next(
        ([int(y) for y in _YEAR.findall(text)] for text in _above(table, row) if _YEAR.search(text)), []
    )
    if not years:
        return [None] * len(parts)
    year, before, days = min(years), parts[0][1], []
    for day, month in parts:
        if month < before:
            year += 1
        before = month
        days.append(_calendar(year, month, day))
    return days


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_of(text: str) -> int | None:
    """The month that a text names: „styczeń 2022”, „za m-c marzec”, „05.2022”, „2022-05”, „V 2022”."""
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if word in _MONTH_NAMES:
            return _MONTH_NAMES[word]
    if match := re.search(r"(?<![0-9.])(0?[1-9]|1[0-2])[./-](?:19|20)[0-9]{2}(?![0-9])", text):
        return int(match[1])
    if match := re.search(r"(?<![0-9])(?:19|20)[0-9]{2}[./-](0[1-9]|1[0-2])(?![0-9.-])", text):
        return int(match[1])
    if match := re.search(r"\b([IVX]{1,4})\b[ .]*(?:19|20)[0-9]{2}", text):
        return MONTHS.get(match[1].lower())
    return None


def _numbered(table: Table, row: int, numbers: Mapping[int, int]) -> _Days | None:
    """Numbers of days under the names of their months, in the row above or in a title."""
    months: dict[int, tuple[int, int | None]] = {}
    if row:
        for column, value in enumerate(table.row(row - 1)):
            if value is not None and (month := _month_of(plain(value))) is not None:
                year = _YEAR.search(plain(value))
                months[column] = (month, int(year[1]) if year else None)
    said = _above(table, row)
    year = next((int(match[1]) for text in said if (match := _YEAR.search(text))), None)
    if not months:
        month = next((m for text in said if (m := _month_of(text)) is not None), None)
        if month is None:
            return None
        months = {-1: (month, None)}
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
    return _Days(row, tuple(numbers), tuple(days), _upper(table, row))


def _upper(table: Table, row: int) -> int:
    """The first row of the header whose days stand in `row`: the one above where that names the columns."""
    if row and sum(bool(text) for text in map(plain_text, table.row(row - 1))) >= 1:
        said = [text for text in map(plain_text, table.row(row - 1)) if text]
        if any(likenesses(Attendance, text) for text in said) or any(_month_of(text) for text in said):
            return row - 1
    return row


# --- people down the side -----------------------------------------------------------------------


def _list(
    table: Table, full: np.ndarray, days: _Days, end: int, answers: Mapping[str, str]
) -> tuple[Recognised | None, list[Question]] | None:
    """The list under a header of days; None when it is no list of attendance."""
    start, left = days.row + 1, min(days.columns)
    who = _who(table, days, start, end, left)
    if who is None:
        return None
    legend = _legend(table)
    rows, skip, groups = _rows(table, full, who, days, start, end, legend)
    if not rows or not _marked(table, days, rows, legend):
        return None
    questions = list(_questions(table, days, rows, legend, answers))
    if any(day is None for day in days.days):
        year = answers.get("year", "")
        if not re.fullmatch("(?:19|20)[0-9]{2}", year):
            return None, questions
        days = _dated(table, days, int(year))
    meaning = _meaning(table, days, rows, legend, answers)
    group, form = said_above(table, days.first)
    return _lines(table, days, who, rows, skip, groups, group, form, meaning), questions


@dataclass(frozen=True, slots=True)
class _Who:
    """The columns that say who: a number, or a whole name, or a surname and a first name."""

    columns: tuple[int, ...]
    by_name: bool
    headers: tuple[str, ...]


def _who(table: Table, days: _Days, start: int, end: int, left: int) -> _Who | None:
    said: dict[int, tuple[str, str]] = {}
    for column in range(left):
        for row in (days.row, days.first):
            text = plain_text(table.columns[column][row])
            best = next(iter(likenesses(Attendance, text)), None) if text else None
            if best is not None and best.meaning in ("person", "~name", "~surname", "~first_name"):
                said.setdefault(column, (best.meaning, text))
    sample = {c: [v for v in table.columns[c][start:end] if v is not None][:40] for c in range(left)}
    looks = {
        c: sum(names.looks_like_name(v) for v in vs) / len(vs) if vs else 0.0 for c, vs in sample.items()
    }

    def by(meaning: str) -> int | None:
        return next((c for c, (m, _) in said.items() if m == meaning and sample[c]), None)

    number = by("person")
    if number is not None and looks[number] < 0.5:
        return _Who((number,), False, (said[number][1],))
    surname, first = by("~surname"), by("~first_name")
    if surname is not None and first is not None:
        return _Who((surname, first), True, (said[surname][1], said[first][1]))
    whole = by("~name") if by("~name") is not None else number
    if whole is not None and looks[whole] >= 0.5:
        return _Who((whole,), True, (said[whole][1],))
    likely = [c for c, share in looks.items() if share >= 0.6]
    if likely:
        return _Who((likely[0],), True, (plain_text(table.columns[likely[0]][days.row]),))
    if surname is not None:
        return _Who((surname,), True, (said[surname][1],))
    return None


def _rows(
    table: Table,
    full: np.ndarray,
    who: _Who,
    days: _Days,
    start: int,
    end: int,
    legend: Mapping[str, Presence | None],
) -> tuple[list[int], dict[int, str], dict[int, str]]:
    """The rows of people, the rows that are no data, and the group that a line above says of each row."""
    rows: list[int] = []
    skip: dict[int, str] = {}
    groups: dict[int, str] = {}
    part = ""
    sums = set(sums_of(table))
    said = {plain_text(v) for v in table.row(days.row)} - {""}
    for row in range(start, end):
        if not full[row].any():
            continue
        cells = [v for v in table.row(row) if v is not None]
        marks = [table.columns[c][row] for c in days.columns if table.columns[c][row] is not None]
        person = [table.columns[c][row] for c in who.columns]
        first = plain(cells[0])
        label = next((plain(v) for v in cells if isinstance(v, str) and TOTALS.match(v)), "")
        if (
            row in sums
            or (label and person[0] is None)
            or (isinstance(person[0], str) and TOTALS.match(person[0]))
        ):
            skip[row] = SUM
        elif isinstance(cells[0], str) and EXAMPLE.match(cells[0]):
            skip[row] = EXAMPLE_ROW
        elif len({plain_text(v) for v in cells} & said) >= 2:
            skip[row] = "powtórzony nagłówek"
        elif (
            marks and all(map(_counts, marks)) and not names.looks_like_name(_joined(person)) and who.by_name
        ):
            skip[row] = SUM
        elif person[0] is None and marks and not any(_is_mark(v, legend) for v in marks) and len(cells) <= 2:
            part = group_in(first) or part
            skip[row] = "nagłówek części"
        elif person[0] is not None and (marks or any(map(names.looks_like_name, (*cells, _joined(person))))):
            if not marks and NOTES.match(first):
                skip[row] = "dopisek"
                continue
            rows.append(row)
            groups[row] = part
        elif person[0] is None and marks:
            if all(_counts(v) for v in marks) and not any(map(names.looks_like_name, cells)):
                skip[row] = SUM
            elif len(marks) == len(cells) and all(
                times(plain(v)) or CANCELLED.match(plain(v)) for v in marks
            ):
                skip[row] = "nagłówek części"
            else:
                rows.append(row)
                groups[row] = part
        elif len(cells) <= 2 and not marks:
            group = group_in(first)
            if group:
                part = group
            skip[row] = (
                "nagłówek części"
                if group or not rows or (row < end - 1 and not NOTES.match(first))
                else "dopisek"
            )
        else:
            skip[row] = "dopisek"
    return rows, skip, groups


def _counts(value: Value) -> bool:
    """Whether a cell holds a number, as under a list that counts who came."""
    return (
        not isinstance(value, bool) and re.fullmatch(r"[0-9]+(?:[.,][0-9]+)? ?%?", plain(value)) is not None
    )


def _joined(person: Sequence[Value]) -> str:
    return " ".join(plain(part) for part in person if part is not None)


def _marks(table: Table, days: _Days, rows: Sequence[int]) -> list[str]:
    found = []
    for column in days.columns:
        cells = table.columns[column]
        found += [
            key(cells[row]) if not isinstance(cells[row], bool) else str(int(cells[row]))
            for row in rows
            if cells[row] is not None
        ]
    return found


def _marked(table: Table, days: _Days, rows: Sequence[int], legend: Mapping[str, Presence | None]) -> bool:
    """Whether what stands between the people and the days are marks."""
    marks = [mark for mark in _marks(table, days, rows) if mark not in BLANKS]
    known = sum(_is_mark(mark, legend) for mark in marks)
    return bool(marks) and known >= 0.7 * len(marks)


def _is_mark(value: Value, legend: Mapping[str, Presence | None]) -> bool:
    """Whether a cell holds a mark of attendance, or says that there was no session."""
    mark = key(value) if not isinstance(value, bool) else "1"
    return mark in legend or mark in MARKS or mark in BLANKS or CANCELLED.match(mark) is not None


# --- what the marks mean ------------------------------------------------------------------------


def _legend(table: Table) -> dict[str, Presence | None]:
    """What a legend on the tab says of the marks; None for a mark that says nothing of a person."""
    found: dict[str, Presence | None] = {}
    for column, cells in enumerate(table.columns):
        for row, value in enumerate(cells):
            if not isinstance(value, str) or len(value) > 300:
                continue
            for match in _LEGEND.finditer(value):
                mark = key(match["mark"].strip("„”\"'"))
                found.setdefault("" if mark.startswith(("puste", "brak")) else mark, _word(match["word"]))
            if len(value) <= 4 and column + 1 < len(table.columns) and row < len(table):
                beside = table.columns[column + 1][row]
                if isinstance(beside, str) and re.match(r"(?i)\s*[-–=]?\s*(?:nie)?(?:obecn|uspraw)", beside):
                    found.setdefault(key(value).rstrip("-= "), _word(beside))
    return found


def _word(said: str) -> Presence | None:
    text = key(said)
    if "dotyczy" in text or "odwo" in text or "zapis" in text or ("uczestn" in text and "nie" in text):
        return None
    if ("uspraw" in text and "nieuspraw" not in text) or "chor" in text or "zwol" in text:
        return Presence.EXCUSED
    if "nieob" in text or "nieuspraw" in text or text.startswith("nie "):
        return Presence.ABSENT
    return Presence.PRESENT


def _meaning(
    table: Table,
    days: _Days,
    rows: Sequence[int],
    legend: Mapping[str, Presence | None],
    answers: Mapping[str, str],
) -> dict[str, str]:
    """What each mark means, as a word of the dictionary; blank for no record, as typed for an unknown mark."""
    meaning = {mark: word.value for mark, word in MARKS.items()}
    meaning |= {mark: word.value if word is not None else NO_RECORD for mark, word in legend.items()}
    words = {"absent": Presence.ABSENT.value, "none": NO_RECORD}
    used = set(_marks(table, days, rows))
    if "-" not in legend:
        alone = not _absences(used - {"-"}, legend)
        meaning["-"] = words.get(answers.get("dash", ""), Presence.ABSENT.value if alone else NO_RECORD)
    if "" not in legend:
        meaning[""] = words.get(answers.get("empty", ""), NO_RECORD)
    return meaning


def _absences(used: Iterable[str], legend: Mapping[str, Presence | None]) -> bool:
    """Whether some of the marks say that somebody was not there."""
    return any(legend.get(mark, MARKS.get(mark)) in (Presence.ABSENT, Presence.EXCUSED) for mark in used)


def _questions(
    table: Table,
    days: _Days,
    rows: Sequence[int],
    legend: Mapping[str, Presence | None],
    answers: Mapping[str, str],
) -> Iterator[Question]:
    used = set(_marks(table, days, rows))
    name = table.title
    if any(day is None for day in days.days):
        yield Question(
            name,
            table.workbook,
            "year",
            f"Z którego roku są dni w nagłówku zakładki „{name}”?",
            (),
            answers.get("year", ""),
        )
    blanks = any(table.columns[c][row] is None for c in days.columns for row in rows)
    if blanks and "" not in legend and not _absences(used, legend) and "-" not in used:
        yield Question(
            name,
            table.workbook,
            "empty",
            f"Co znaczy puste pole na liście obecności „{name}”?",
            (
                ("none", "nic - osoby wtedy nie było w grupie albo nie sprawdzono"),
                ("absent", "osoba była nieobecna"),
            ),
            answers.get("empty", "none"),
        )


def _dated(table: Table, days: _Days, year: int) -> _Days:
    """The days with the year that a person said."""
    cells = table.row(days.row)
    parts = [_day_and_month(cells[c]) for c in days.columns]
    if all(part is not None for part in parts):
        before, found = 0, []
        for day, month in parts:  # type: ignore[misc]
            year += month < before
            before = month
            found.append(_calendar(year, month, day))
        return replace(days, days=tuple(found))
    again = replace(table, title=f"{table.title} {year}")
    numbers = {c: n for c in days.columns if (n := _number(cells[c])) is not None}
    return _numbered(again, days.row, numbers) or days


# --- the group ----------------------------------------------------------------------------------


def group_in(text: str) -> str:
    """The name of the group in a line such as „Grupa: GW1” or „GRUPA MŁODSZA”; empty for none."""
    return _named(_GROUP, text)


def form_in(text: str) -> str:
    """The form of support in a line such as „Forma wsparcia: Mediacje”; empty for none."""
    return _named(_FORM, text)


def _named(pattern: re.Pattern[str], text: str) -> str:
    for part in _ASIDE.split(text):
        if match := pattern.match(plain(part)):
            return match["name"].strip(' .:„”"')
    return ""


def said_above(table: Table, row: int) -> tuple[str, str]:
    """The group and the form that the lines above a list say, the nearest first; else the title of its tab."""
    group = form = listed = ""
    for above in range(row - 1, max(-1, row - 60), -1):
        cells = [str(value) for value in table.row(above) if isinstance(value, str)]
        if len(cells) > 4 or len([v for v in table.row(above) if v is not None]) > len(cells) + 1:
            continue  # a row of another table
        for at, text in enumerate(cells):
            group = group or group_in(text)
            form = form or form_in(text)
            label = re.fullmatch(
                r"(?i)(?:(nazwa grupy|grupa|gr\.?)|(?:forma(?: wsparcia)?|zajęcia))\s*:?", plain(text)
            )
            if label and at + 1 < len(cells):
                group, form = (group or cells[at + 1], form) if label[1] else (group, form or cells[at + 1])
            if not group and _LIST_WORDS.match(plain(text)):
                listed = listed or group_of_title(text)
    title = re.sub(_LIST_WORDS, "", plain(table.title)).strip(" -–_:.")
    own = group_of_title(table.title)
    return group or group_in(title) or form or listed or own or plain(table.title), form


def group_of_title(title: str) -> str:
    """What is left of the title of a list without the words that say that it is a list, and of when."""
    rest = re.sub(_LIST_WORDS, " ", plain(title))
    rest = re.sub(r"(?i)\b(?:" + "|".join(_MONTH_NAMES) + r")\b", " ", rest)
    rest = re.sub(r"\b(?:19|20)[0-9]{2}\b(?:\s*/\s*[0-9]{2,4})?|\b[0-9]{1,2}[./-](?=\s|$)", " ", rest)
    rest = re.sub(r"(?i)\br\.?(?=\s*$)", " ", rest)
    return re.sub(r"\s+", " ", rest).strip(" -–_:.,/")


# --- lines --------------------------------------------------------------------------------------


def _lines(
    table: Table,
    days: _Days,
    who: _Who,
    rows: Sequence[int],
    skip: Mapping[int, str],
    groups: Mapping[int, str],
    group: str,
    form: str,
    meaning: Mapping[str, str],
) -> Recognised:
    """The list as attendance, one line a mark; the session of each is named by its group and day."""
    lines: list[int] = []
    columns: list[int] = []
    sessions: list[Value] = []
    persons: list[Value] = []
    presences: list[Value] = []
    blanks: list[bool] = []
    again: dict[dt.date, int] = {}
    numbered = []
    for column, day in zip(days.columns, days.days, strict=True):
        numbered.append((column, day, again.get(day, 0)) if day is not None else (column, None, 0))
        if day is not None:
            again[day] = again.get(day, 0) + 1
    off = {c for c in days.columns if _is_cancelled(table, c, days, rows)}
    for row in rows:
        person = _joined([table.columns[c][row] for c in who.columns]) or None
        for column, day, number in numbered:
            if column in off or day is None:
                continue
            typed = table.columns[column][row]
            mark = "" if typed is None else str(int(typed)) if isinstance(typed, bool) else key(typed)
            word: Value = meaning.get(mark, typed)
            if word == NO_RECORD or word is None:
                continue
            lines.append(row)
            blanks.append(typed is None)
            columns.append(column)
            persons.append(person)
            sessions.append(Meeting.of(groups.get(row) or group, day, number))
            presences.append(word)
    below = table.below(days.row)
    start = days.row + 1
    shift = np.array(lines, dtype=np.int64) - start
    at = np.array(columns, dtype=np.int64)
    header = (
        tuple(
            plain_text(up) or low if up is not None else low
            for up, low in zip(table.row(days.first), below.header, strict=True)
        )
        if days.first != days.row
        else below.header
    )
    used = sorted(set(who.columns) | set(days.columns))
    letters = f"{column_letters(days.columns[0])}:{column_letters(days.columns[-1])}"
    return Recognised(
        Attendance,
        replace(below, header=header),
        {"person": who.columns[0], "session": at, "presence": at},
        cells={"person": persons, "session": sessions, "presence": presences},
        lines=shift,
        rows_of={"session": np.full(len(lines), -1, dtype=np.int64)},
        skip={row - start: reason for row, reason in skip.items()},
        header_rows=tuple(range(days.first + 1, days.row + 2)),
        names=frozenset({"person"}) if who.by_name else frozenset(),
        evidence=(
            Evidence("person", column_letters(who.columns[0]), who.headers[0], 0.95, "ludzie w wierszach"),
            Evidence(
                "presence", letters, "", 0.95, f"{len(days.columns)} dni w nagłówku, znaki obecności pod nimi"
            ),
        ),
        sure=0.95,
        span=(used[0], used[-1]),
        group=group,
        form=form,
        wide={"person": who.columns[-1]},
        listed=Listed(
            tuple(row - start for row in rows),
            tuple(_joined([table.columns[c][row] for c in who.columns]) or None for row in rows),
            tuple(groups.get(row) or group for row in rows),
            tuple((column, day, number, column in off) for column, day, number in numbered if day),
            tuple(blanks),
        ),
    )


def _is_cancelled(table: Table, column: int, days: _Days, rows: Sequence[int]) -> bool:
    """Whether the column says that its session did not take place."""
    said = [table.columns[column][r] for r in range(days.first, rows[-1] + 1)]
    return any(isinstance(value, str) and CANCELLED.match(value) for value in said)
