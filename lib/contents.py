"""What the cells of a column say: how well they fit a field, whatever its header says."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Hashable, Sequence
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from lib import names
from lib.cells import (
    MONTHS,
    Day,
    bare_day,
    is_error,
    parse_hours,
    parse_money_gr,
    parse_pesel,
    pesel_birth_date,
    plain,
)
from lib.records import Record, adapter_of, kind_of, words_of
from sheets.table import Value

SAMPLE = 40
"""So many different values of a column are looked at."""

FEW = 3
"""From so many different values on the cells can speak against a header."""

OPEN_END = re.compile(
    r"(?:do )?(?:(?:nadal|trwa|w trakcie|obecnie|kontynuacja|dzia[łl]a|mieszka|chodzi|ucz[ęe]szcza)"
    r"(?: [^\W\d_]+){0,3}"
    r"|do dziś|dziś|dzisiaj|bezterminowo"
    r"|(?:do )?ko[nń]ca proj(?:ektu|\.)"
    r"|czas nieokreślony|czas nieokr\.?|odwołania|aktywn[aey]|brak|nd\.?|n/d|\.{2,}|…)",
    re.IGNORECASE,
)
"""What people type for an end that has not come."""

_RANGE = re.compile(r"\s*(?:-|do|–|—|/)\s*")


_HOUR = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")

_LENGTH = re.compile(r"(?i)[0-9]+(?:[.,:][0-9]+)?\s*(?:h\b|g\b|godz|min|x\b|×|[-–—]|$)")
"""How begins what says how long something was: „2 h”, „45 min.”, „15:00”."""

DAY_INSIDE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}(?![:.])"
    r"|[0-9]{1,2}\.? (?:[^\W\d_]{3,}|[IVX]+) [0-9]{4})(?![0-9])"
)
"""A day among other words: „Spotkanie nr 1 - 10 października 2023 r.”."""

_DAY: TypeAdapter[dt.date] = TypeAdapter(Day)


@lru_cache(maxsize=50_000)
def day_of(value: Value) -> dt.date | None:
    """The day that a cell says by itself, day before month where both can be; None for no day."""
    if isinstance(value, (int, float)):
        return None
    try:
        return _DAY.validate_python(value, context={"day_order": "dmy"})
    except ValidationError:
        return None


def is_day(value: Value) -> bool:
    """Whether a cell says a day."""
    return day_of(value) is not None


def hours_of(value: Value) -> float | None:
    """A number of hours or visits, also half of one: „1,5”; None for anything else."""
    try:
        return None if value is None else parse_hours(value)
    except PydanticCustomError:
        return None


def amount_of(value: Value) -> int | None:
    """The amount that a cell says in grosze, or a number in hundredths; None for none."""
    try:
        return None if value is None else parse_money_gr(value)
    except PydanticCustomError:
        return None


def count_of(value: Value) -> int | None:
    """How many a cell says, up to three figures, also one of text; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    typed = plain(value).removesuffix(".0")
    return int(typed) if re.fullmatch("[0-9]{1,3}", typed) else None


def pesel_of(value: Value) -> str:
    """The PESEL that a cell says; empty for a blank cell or no PESEL."""
    try:
        return "" if value is None else parse_pesel(value)
    except PydanticCustomError:
        return ""


def born_by_pesel(value: Value) -> dt.date | None:
    """The day of birth by the PESEL that a cell says; None for no PESEL."""
    pesel = pesel_of(value)
    return pesel_birth_date(pesel) if pesel else None


_PART = re.compile(
    r"([0-9]{1,2})"
    r"(?:\s*[./-]\s*([0-9]{1,2}|[ivx]{1,4}|[^\W\d_]{3,})|\s+((?-i:[IVX]{1,4})|[^\W\d_]{3,}))\.?",
    re.IGNORECASE,
)


def day_and_month(value: Value) -> tuple[int, int] | None:
    """The day and the month in a cell such as „12.03”, „12 IX”, „5 maja”; None where there is more."""
    if not isinstance(value, str) or not (
        match := _PART.fullmatch(bare_day(value.splitlines()[0] if value else ""))
    ):
        return None
    said = match[2] or match[3]
    month = int(said) if said.isdigit() else MONTHS.get(said.lower(), 0)
    day = int(match[1])
    return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None


def fit(record: type[Record], name: str, values: Sequence[Value]) -> float | None:
    """The share (0 to 1) of the values that the field can be; None where there is no value.

    A field that takes any text fits any text, though better one of its own sort.
    """
    if not values:
        return None
    good = [_fits(record, name, value.__class__, value) for value in values]  # type: ignore[arg-type]
    return sum(good) / len(values)


@lru_cache(maxsize=200_000)
def _fits(record: type[Record], name: str, _type: Hashable, value: Value) -> float:
    if is_error(value):
        return 0.5
    if name.startswith("~"):
        return _together(name[1:], value)
    field = record.model_fields[name]
    kind = kind_of(field).name
    if name == "sex" and _NUMBERED.fullmatch(plain(value)):
        return 0.0
    if kind == "Text":
        return _text(name, value)
    if kind == "Code":
        return _code(name, value)
    try:
        adapter_of(record, name).validate_python(value, context={"day_order": "dmy"})
    except ValidationError:
        return 0.0
    if kind in ("Day", "BirthDay") and not isinstance(value, str) and isinstance(value, (int, float)):
        return 0.6  # a bare number is a day only if its header says so
    return 1.0 if words_of(field) is not None or kind != "Count" else 0.9


_NUMBERED = re.compile(r"[^\W\d_][ ./-]?[0-9]+")
"""A letter with a number is the symbol of something: „M-1”."""


def is_typed(record: type[Record], name: str) -> bool:
    """Whether a field takes only cells of its own sort: days, amounts, words of a dictionary."""
    return not name.startswith("~") and kind_of(record.model_fields[name]).name not in (
        "Text",
        "Code",
        "Phone",
    )


def _text(name: str, value: Value) -> float:
    typed = plain(value)
    has_letters = any(c.isalpha() for c in typed)
    if name in ("surname", "first_name"):
        one = has_letters and not any(c.isdigit() for c in typed) and len(typed.split()) <= 2
        if name == "surname" and names.looks_like_name(value) and names.has_first_name(typed):
            return 0.3  # a whole name
        return 1.0 if one and typed[:1].isupper() else 0.1
    if not isinstance(value, str):
        return 0.4
    return 1.0 if has_letters else 0.4


def _code(name: str, value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return 0.0
    if isinstance(value, float) and not value.is_integer():
        return 0.5
    typed = plain(value)
    if name == "person" and names.looks_like_name(value):
        return 0.2
    if is_day(value):
        return 0.1
    return 1.0 if len(typed) <= 12 else 0.8 if len(typed) <= 80 else 0.3


def _together(how: str, value: Value) -> float:
    typed = plain(value)
    match how:
        case "name":
            return 1.0 if names.looks_like_name(value) else 0.1
        case "surname" | "first_name":
            return _text(how, value)
        case "day":
            return 1.0 if is_day(value) else 0.8 if day_and_month(value) is not None else 0.0
        case "group":
            return 0.9 if isinstance(value, str) else 0.5
        case "hours":
            long = isinstance(value, dt.time) or hours_of(value) is not None or times(typed) is not None
            return 1.0 if long or _LENGTH.match(typed) else 0.2
        case "times":
            return 1.0 if times(typed) is not None else 0.0
        case _:
            return 1.0 if period(typed) is not None else 0.0


def are_hours(values: Sequence[Value]) -> bool:
    """Whether most of some values are times of day."""
    hours = (isinstance(v, dt.time) or (isinstance(v, str) and _HOUR.fullmatch(plain(v))) for v in values)
    return sum(map(bool, hours)) > len(values) / 2


def times(typed: str) -> tuple[str, str] | None:
    """The two times in „16:30-18:00”, „16.30 do 18”; None where there are not two."""
    parts = _RANGE.split(re.sub(r"(?i)\bgodz(?:iny|ina)?\.?|\bw\b|\bod\b|\bh\b", "", typed).strip())
    if len(parts) == 2 and all(re.fullmatch(r"[0-9]{1,2}(?:[:.][0-9]{2})?", part) for part in parts):
        return parts[0], parts[1]
    return None


_STANDS = re.compile(r"(?i)\s*[,;]\s*(?:trwa\w*|w trakcie|zako[nń]czon\w*|sko[nń]czon\w*|odby\w+ si[eę])\s*$")
"""What a period goes on with: whether it is over."""


def period(typed: str) -> tuple[str, str] | None:
    """The two days in „01.03.2022 - 30.06.2022”, „od 1.03.2022 r. do …”; None where there are not two.

    The second is empty in „od 01.03.2022”.
    """
    cleaned = re.sub(r"(?i)^\s*(?:w okresie|okres)\s*|\s*\([^)]*\)\s*$", "", _STANDS.sub("", typed))
    open_end = re.fullmatch(rf"(?i)(?:od\s+)?(.+?)\s*(?:-|do)?\s*(?:{OPEN_END.pattern})", cleaned)
    if open_end and is_day(open_end[1].strip()):
        return open_end[1].strip(), ""
    match = re.fullmatch(
        r"(?i)(?:od\s+)?(?:dnia\s+)?(.+?)\s*(?:-|\bdo\b(?:\s+dnia)?|/)\s*(\D*[0-9].*)", cleaned
    )
    if match and all(is_day(part.strip()) for part in match.groups()):
        return match[1].strip(), match[2].strip()
    if match := re.fullmatch(r"(?i)(?:od\s+)(?:dnia\s+)?(.+?)(?:\s*-)?", cleaned):
        return (match[1].strip(), "") if is_day(match[1].strip()) else None
    if match := re.fullmatch(r"(0?[1-9]|1[0-2])\.([0-9]{4})\s*-\s*(0?[1-9]|1[0-2])\.([0-9]{4})", cleaned):
        last = monthrange(int(match[4]), int(match[3]))[1]  # whole months: 09.2024 - 06.2026
        return f"01.{match[1]}.{match[2]}", f"{last}.{match[3]}.{match[4]}"
    shared = re.fullmatch(
        r"([0-9]{1,2}(?:\.[0-9]{1,2})?)\.?\s*-\s*([0-9]{1,2}\.[0-9]{1,2}\.([0-9]{4}))", cleaned
    )
    if shared:  # 01.03-30.06.2022, 5-9.07.2022
        first = (
            f"{shared[1]}.{shared[3]}" if "." in shared[1] else shared[1] + shared[2][shared[2].index(".") :]
        )
        if is_day(first) and is_day(shared[2]):
            return first, shared[2]
    return None
