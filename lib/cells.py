"""How people type a day, an amount, a PESEL: each type of cell with its parser.

A parser takes what stands in a cell and returns a value, or raises `PydanticCustomError` whose
type is the code of a rule in `findings.py`. Nothing is guessed: what can be read in two ways is
an error. Blank cells never come here; `reading.py` deals with them.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from sheets.table import HALVES, text

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the day numbers of Excel and Google Sheets."""

SERIAL_DAYS = range(10_000, 73_051)
"""Bare numbers taken as day numbers: 18.05.1927 to 31.12.2099. A year typed alone is none of them."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("stycznia", "styczeń", "sty", "i"),
            ("lutego", "luty", "lut", "ii"),
            ("marca", "marzec", "mar", "iii"),
            ("kwietnia", "kwiecień", "kwi", "iv"),
            ("maja", "maj", "v"),
            ("czerwca", "czerwiec", "cze", "vi"),
            ("lipca", "lipiec", "lip", "vii"),
            ("sierpnia", "sierpień", "sie", "viii"),
            ("września", "wrzesień", "wrz", "ix"),
            ("października", "październik", "paź", "x"),
            ("listopada", "listopad", "lis", "xi"),
            ("grudnia", "grudzień", "gru", "xii"),
        ),
        start=1,
    )
    for name in names
}

ERRORS = re.compile(
    r"#(?:N/A|N/D!?|REF!|ADR!?|VALUE!|ARG!|DIV/0!|DZIEL/0!|NAME\?|NAZWA\?|NUM!|LICZBA!|NULL!|ZERO!|ERROR!"
    r"|SPILL!|CALC!|GETTING_DATA|NIEPRZELICZONE!)|(?:Loading|Wczytywanie|Ładowanie)(?:\.{2,3}|…)",
    re.IGNORECASE,
)
"""What a spreadsheet shows instead of a value that a formula could not give."""

_DASHES = re.compile("[‐‑‒–—―−]")
_AROUND_DASH = re.compile(r"\s*-\s*")
_DIACRITICS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_YEAR_END = re.compile(r"\s*(?:r\.?|rok|roku)$", re.IGNORECASE)
_TIME_OF_DAY = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_DAY_ISO = re.compile(rf"([0-9]{{4}})([-./])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME_OF_DAY}")
_DAY_DOTS = re.compile(
    rf"([0-9]{{1,2}})(\. ?| |, ?|- ?)([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME_OF_DAY}"
)
_DAY_SLASHES = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}|[0-9]{{2}}){_TIME_OF_DAY}")
_DAY_WORDS = re.compile(r"([0-9]{1,2})[. -]{0,2}([^\W\d_]+)[. -]{0,2}([0-9]{4}|[0-9]{2})")
_DAY_DIGITS = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_AROUND_DAY = re.compile(
    r"^(?:(?:dn|dnia|z dnia|w dniu|zap[łl](?:acon[oay])?|op[łl](?:acon[oay])?|przel(?:ew\w*)?|kart[ąa]"
    r"|got(?:[óo]wk\w*)?)\b\.? ?)+|"
    r"^(?:pon|pn|wt|śr|sr|czw|pt|pi[ąa]t|sob|nie?dz?)[^\W\d_]*\.?,? +|"
    r",? *\(?\b(?:pon|pn|wt|śr|sr|czw|pt|pi[ąa]t|sob|nie?dz?)[^\W\d_]*\.?\)?$",
    re.IGNORECASE,
)
"""What people write beside a day: „dnia”, the day of the week."""
_TIME = re.compile(r"(?:godz\.? ?)?([0-9]{1,2})(?:[:.]([0-9]{2})(?::00)?)?(?: ?h)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+(?:,[0-9]+)?|-?[0-9]+\.[0-9]{1,2}|-?[0-9]+\.[0-9]{4,}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:([ .'])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]+)?")
_ENGLISH = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}")
_TWO_WAYS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}|,[0-9]{2}0)")


def plain(value: Any) -> str:
    """The text of a cell in canonical form: NFKC, one kind of dash, single spaces, no spaces at the ends."""
    typed = value if isinstance(value, str) else text(value)
    if typed.isascii():
        return " ".join(typed.split())  # most cells
    cleaned = unicodedata.normalize("NFKC", typed)
    cleaned = HALVES.sub("\N{REPLACEMENT CHARACTER}", cleaned)
    return " ".join(_DASHES.sub("-", cleaned).split())


def key(value: Any) -> str:
    """The text by which cells are compared: `plain()` without case, diacritics, spaces around dashes."""
    if isinstance(value, str) and value.isascii() and "-" not in value:
        return " ".join(value.split()).lower()  # most codes
    folded = unicodedata.normalize("NFKD", plain(value).casefold().replace("ł", "l"))
    bare = _DIACRITICS.sub("", folded)
    return _AROUND_DASH.sub("-", bare) if "-" in bare else bare


def is_error(value: Any) -> bool:
    """Whether the cell shows a spreadsheet's error („#REF!”, „Loading…”) instead of a value."""
    return isinstance(value, str) and ERRORS.fullmatch(value.strip()) is not None


def bad(code: str) -> PydanticCustomError:
    """The error of a cell, by the code of its rule."""
    return PydanticCustomError(code, "{code}", {"code": code})


# --- days and times -----------------------------------------------------------------------------


def day_order(values: Iterable[Any]) -> str | None:
    """Whether a column writes „03/04/22” with the day or with the month first.

    "dmy" or "mdy" where some value of the column can be read in one order only and none in the
    other only; None where the column does not settle it.
    """
    seen = set()
    for value in values:
        if isinstance(value, str) and (match := _DAY_SLASHES.fullmatch(bare_day(value))):
            first, second = int(match[1]), int(match[2])
            if 12 < first <= 31 and second <= 12:
                seen.add("dmy")
            elif 12 < second <= 31 and first <= 12:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else None


def bare_day(value: str) -> str:
    """A day as typed, without „r.”, the day of the week and other words around it, or a remark behind it."""
    typed = plain(value)
    if remarked := _REMARKED.match(typed) or _TOLD.fullmatch(typed):
        typed = remarked[1]
    return _YEAR_END.sub("", _AROUND_DAY.sub("", typed).strip()).rstrip(".")


_WHOLE_DAY = r"([0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s*r\.?)?"
"""A day with its year, and „r.” behind it."""

_REMARKED = re.compile(
    rf"{_WHOLE_DAY}(?:\s*[–—,;(-]\s*|\s+)"
    r"(?!do\b|nadal|trwa|obecn|chwil|dzi[sś]|teraz|bezterm|w trakcie|tel|e?-?mail|osobi)[^\W\d_]\D{2,60}$",
    re.IGNORECASE,
)
"""A whole day with a remark behind it: „31.03.25 – stan zdrowia”; „01.10.2023 – nadal” is a period."""

_TOLD = re.compile(
    r"(?:(?:u|za|s)?ko[nń]czy[łl]\w*|zako[nń]czeni\w*|przerwa[łl]\w*|z?rezygn\w*|(?:s|wy)kre[śs]l\w*|wypisa\w*"
    r"|(?:od|wy)(?:esz|szed|sz)[łl]\w*|wyprowadz\w*|przyj[ęe]t\w*|przyst[ąa]pi[łl]\w*|(?:wesz|wszed)[łl]\w*"
    r"|zapisa\w*|zg[łl]osi[łl]\w*)\s+(?:si[ęe]\s+|dn(?:ia|\.)\s+|w dniu\s+)?"
    rf"{_WHOLE_DAY}",
    re.IGNORECASE,
)
"""A whole day behind a word that says what was then: „ukończyła 27.04.2024”."""


def _calendar_day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise bad("impossible-day") from None


def parse_day(value: Any, info: ValidationInfo) -> dt.date:
    """A day as typed: an Excel date, 12.03.2022 (r.), 2022-03-12, 12 marca 2022, 12/03/2022, a day number.

    Words around it („dnia”, „pon.”) and a time of day after it are left aside.

    `info.context["day_order"]` is what `day_order()` says of the column. A two-digit year is of
    the 2000s.
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise bad("not-a-day")
    if not isinstance(value, str):
        if math.isfinite(value) and value == int(value) and int(value) in SERIAL_DAYS:
            return EPOCH + dt.timedelta(days=int(value))
        raise bad("not-a-day")
    typed = bare_day(value)
    if match := _DAY_ISO.fullmatch(typed):
        return _calendar_day(int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_DOTS.fullmatch(typed):
        return _calendar_day(int(match[4]), int(match[3]), int(match[1]))
    if match := _DAY_SLASHES.fullmatch(typed):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        order = "dmy" if first > 12 else "mdy" if second > 12 else (info.context or {}).get("day_order")
        if first == second:
            order = "dmy"
        if order is None:
            raise bad("ambiguous-day")
        return _calendar_day(year, *((second, first) if order == "dmy" else (first, second)))
    if match := _DAY_WORDS.fullmatch(typed):
        month = MONTHS.get(match[2].lower())
        if month is not None:
            return _calendar_day(int(match[3]), month, int(match[1]))
    if match := _DAY_DIGITS.fullmatch(typed):
        return _calendar_day(int(match[1]), int(match[2]), int(match[3]))
    raise bad("not-a-day")


def parse_birth_day(value: Any, info: ValidationInfo) -> dt.date:
    """A day of birth: as `parse_day()`, but a two-digit year is an error, for it has two readings."""
    if (
        isinstance(value, str)
        and re.search(r"[^0-9][0-9]{2}$", bare_day(value))
        and not re.match(r"[0-9]{4}", bare_day(value))
    ):
        raise bad("ambiguous-day")
    return parse_day(value, info)


def parse_minute(value: Any) -> int:
    """A time of day as minutes since midnight: 16.30, 16:30, 16, „godz. 16.30”, a time cell."""
    if isinstance(value, dt.datetime) and value.date() == EPOCH:
        value = value.time()
    if isinstance(value, dt.time):
        return value.hour * 60 + value.minute
    if isinstance(value, dt.timedelta):
        minutes = value.total_seconds() / 60
    elif isinstance(value, bool):
        raise bad("not-a-time")
    elif isinstance(value, (int, float)) and 0 < value < 1:
        minutes = value * 24 * 60
    elif match := _TIME.fullmatch(plain(value)):
        # the number 16.3 may be 16:30 with its zero lost, or 16:18: only text with two digits is sure
        if isinstance(value, float) and not value.is_integer():
            raise bad("not-a-time")
        hours, rest = int(match[1]), int(match[2] or 0)
        if hours > 24 or rest > 59 or hours * 60 + rest > 24 * 60:
            raise bad("not-a-time")
        return hours * 60 + rest
    else:
        raise bad("not-a-time")
    if abs(minutes - round(minutes)) > 0.02 or not 0 <= round(minutes) <= 24 * 60:
        raise bad("not-a-time")
    return round(minutes)


# --- numbers and money --------------------------------------------------------------------------


def _decimal(value: Any, code: str) -> Decimal:
    """A number as people type it; what has two readings („1.042”) is an error."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise bad(code)
    if not isinstance(value, str):
        if not math.isfinite(value):
            raise bad(code)
        return Decimal(repr(value))
    typed = plain(value).replace("−", "-")
    if _TWO_WAYS.fullmatch(typed):
        raise bad("ambiguous-number")
    if _NUMBER.fullmatch(typed):
        typed = typed.replace(",", ".")
    elif _THOUSANDS.fullmatch(typed):
        typed = re.sub("[ .']", "", typed).replace(",", ".")
    elif _ENGLISH.fullmatch(typed):
        typed = typed.replace(",", "")
    else:
        raise bad(code)
    try:
        return Decimal(typed)
    except InvalidOperation:
        raise bad(code) from None


_BINARY_FRACTION = Decimal("0.0001")
"""A formula leaves a binary fraction of a millionth behind; a real fraction of a grosz is larger."""


def parse_money_gr(value: Any) -> int:
    """An amount in grosze: 1 042 938,86 zł, 1.042,50, 12,5, a number. Fractions of a grosz are an error."""
    if isinstance(value, str):
        value = re.sub(r"\s*(?:zł|zl|pln)\.?$", "", plain(value), flags=re.IGNORECASE)
        value = re.sub(r"[,.]-{1,2}$", ",00", value)  # 450,-
    grosze = _decimal(value, "not-money") * 100
    whole = round(grosze)
    if abs(grosze - whole) > _BINARY_FRACTION:
        raise bad("fraction-of-grosz")
    if abs(grosze) >= 10**15:
        raise bad("not-money")
    return whole


def parse_count(value: Any) -> int:
    """A whole number, not negative; „12 os.” and „12 miejsc” say what is counted."""
    if isinstance(value, str):
        value = re.sub(
            r"(?<=[0-9])\s*(?:os|osób|osoby|osoba|msc|miejsc|miejsca|miejsce)\.?$",
            "",
            plain(value),
            flags=re.I,
        )
    number = _decimal(value, "not-a-number")
    if number != int(number) or not 0 <= number < 10**9:
        raise bad("not-a-number")
    return int(number)


def parse_hours(value: Any) -> float:
    """A number of hours or another quantity, not negative."""
    number = float(_decimal(value, "not-a-number"))
    if not 0 <= number < 10**9:
        raise bad("not-a-number")
    return number


# --- texts --------------------------------------------------------------------------------------


def parse_text(value: Any) -> str:
    """Any text, with single spaces; numbers and dates as they look in the cell."""
    return plain(value)


def parse_code(value: Any) -> str:
    """A name or number by which rows refer to one another: as text, a whole number without its „,0”."""
    if isinstance(value, bool):
        raise bad("not-a-code")
    return plain(value)


def parse_phone(value: Any) -> str:
    """A telephone number: digits, spaces and a leading plus, at least 7 digits."""
    typed = plain(value)
    if not re.fullmatch(r"\+?[0-9 ()/-]+", typed) or len(re.sub("[^0-9]", "", typed)) < 7:
        raise bad("not-a-phone")
    return typed


def parse_yes_no(value: Any) -> bool:
    """TAK or NIE in any usual spelling: T, N, x, 1, 0, a ticked box."""
    if isinstance(value, bool):
        return value
    word = key(value)
    if word in {"tak", "t", "x", "1", "prawda", "true", "v", "+", "✓", "✔"}:
        return True
    if word in {"nie", "n", "0", "falsz", "false"}:
        return False
    raise bad("not-yes-no")


PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
PESEL_CENTURIES = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 1800}


def pesel_birth_date(pesel: str) -> dt.date | None:
    """The day of birth that a PESEL of 11 digits says, or None if there was no such day."""
    month = int(pesel[2:4])
    try:
        return dt.date(PESEL_CENTURIES[month // 20] + int(pesel[:2]), month % 20, int(pesel[4:6]))
    except ValueError:
        return None


def pesel_sex(pesel: str) -> "Sex":
    """The sex that the tenth digit of a PESEL says: odd for men."""
    return Sex.MALE if int(pesel[9]) % 2 else Sex.FEMALE


def parse_pesel(value: Any) -> str:
    """A PESEL of 11 digits with a right checksum and a possible date; a number gets its lost zeros back.

    Source: ustawa o ewidencji ludności, art. 15 (structure and check digit).
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    typed = plain(value).replace(" ", "")
    if isinstance(value, int) and not isinstance(value, bool) and 10**8 <= value < 10**11:
        typed = str(value).zfill(11)
    if not re.fullmatch("[0-9]{11}", typed):
        raise bad("pesel-format")
    if (10 - sum(w * int(d) for w, d in zip(PESEL_WEIGHTS, typed, strict=False)) % 10) % 10 != int(typed[10]):
        raise bad("pesel-checksum")
    if pesel_birth_date(typed) is None:
        raise bad("pesel-date")
    return typed


# --- dictionaries -------------------------------------------------------------------------------


class Word(StrEnum):
    """A word of a dictionary: its Polish value, and other spellings people use for it."""

    spellings: tuple[str, ...]

    def __new__(cls, value: str, *spellings: str) -> "Word":
        member = str.__new__(cls, value)
        member._value_ = value
        member.spellings = spellings
        return member

    @classmethod
    def parse(cls, value: Any) -> "Word":
        """The word that the cell means; the error `not-in-dictionary` when it is none of them."""
        whole = key(value)
        for typed in _readings(whole):
            word = _words(cls).get(typed) or _begun(cls, typed)
            if word is not None:
                return word
        for pattern, word in cls.inside():
            if re.search(pattern, whole):
                return word
        raise bad("not-in-dictionary")

    @classmethod
    def inside(cls) -> "Sequence[tuple[str, Word]]":
        """What a longer text says that means a word, the surest first; nothing where only words count."""
        return ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(cls.parse)


def _readings(typed: str) -> Iterator[str]:
    """A word as typed, without its other gender („ukończył/a”), no remark after it („- wakat”) or before."""
    yield typed
    yield (plain_word := re.sub(r"(?<=\w)\s*(?:/-?[a-z]{1,3}|\([a-z]{1,3}\))", "", typed).strip())
    yield re.split(r"\s*[-(,;:]", plain_word, maxsplit=1)[0].strip()
    yield plain_word.rpartition("-")[2].strip()


def _begun(dictionary: type["Word"], typed: str) -> "Word | None":
    """The only word of the dictionary that a shortened one („zakwalif.”) begins; None for none or several."""
    if not re.fullmatch(r"[^\W\d_]{4,}\.", typed):
        return None
    meant = {word for text, word in _words(dictionary).items() if text.startswith(typed[:-1])}
    return meant.pop() if len(meant) == 1 else None


@cache
def _words(dictionary: type[Word]) -> dict[str, Word]:
    return {key(text): word for word in dictionary for text in (word.value, *word.spellings)}


class Sex(Word):
    """Płeć, as in the participants' record of the programme."""

    FEMALE = (
        "Kobieta",
        "K",
        "kob.",
        "F",
        "żeńska",
        "dz.",
        "dz",
        "dziew.",
        "dziewczynka",
        "dziewczyna",
        "kobiety",
    )
    MALE = "Mężczyzna", "M", "męż.", "męska", "chł.", "ch", "chłop.", "chłopiec", "chłopak", "mężczyźni"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type of cell is: its name, what it is called in Polish, and the dtype of its column."""

    name: str
    polish: str
    dtype: str = "str"


Day: TypeAlias = Annotated[dt.date, BeforeValidator(parse_day), Kind("Day", "data", "datetime64[s]")]
BirthDay: TypeAlias = Annotated[
    dt.date, BeforeValidator(parse_birth_day), Kind("BirthDay", "data", "datetime64[s]")
]
Minute: TypeAlias = Annotated[int, BeforeValidator(parse_minute), Kind("Minute", "godzina", "Int64")]
MoneyGr: TypeAlias = Annotated[int, BeforeValidator(parse_money_gr), Kind("MoneyGr", "kwota", "Int64")]
Count: TypeAlias = Annotated[int, BeforeValidator(parse_count), Kind("Count", "liczba całkowita", "Int64")]
Hours: TypeAlias = Annotated[float, BeforeValidator(parse_hours), Kind("Hours", "liczba", "Float64")]
Text: TypeAlias = Annotated[str, BeforeValidator(parse_text), Kind("Text", "tekst")]
Code: TypeAlias = Annotated[str, BeforeValidator(parse_code), Kind("Code", "numer lub kod")]
Phone: TypeAlias = Annotated[str, BeforeValidator(parse_phone), Kind("Phone", "numer telefonu")]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(parse_yes_no), Kind("YesNo", "TAK albo NIE", "boolean")]
Pesel: TypeAlias = Annotated[str, BeforeValidator(parse_pesel), Kind("Pesel", "PESEL, 11 cyfr")]
