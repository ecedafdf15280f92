"""How typed text is understood (USER_ENTERED): a number, an amount, a day, an hour, true, or text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tests.google.formats import EPOCH
from tests.google.locales import EN_US, Locale

SPACES = "\u00a0\u202f "


@dataclass(frozen=True, slots=True)
class Entered:
    """What was understood: the value, and the number format a cell without its own takes on."""

    value: str | float | bool | None
    type: str = ""
    pattern: str = ""

    @property
    def number_format(self) -> dict[str, str] | None:
        """As CellFormat has it, or None for „automatic”."""
        return {"type": self.type, "pattern": self.pattern} if self.type else None


def understood(text: str, locale: Locale, today: dt.date) -> Entered:
    """Typed text as a person sitting at the sheet would have it understood.

    A leading apostrophe makes it text. Formulas („=…”) are the caller's. `today` gives the year
    to a day typed without one.
    """
    if text == "":
        return Entered(None)
    if text.startswith("'"):
        return Entered(text[1:])
    trimmed = text.strip(SPACES + "\t")
    if not trimmed:
        return Entered(text)
    for reading in (truth, number, percent, amount, moment):
        entered = reading(trimmed, locale, today)
        if entered is not None:
            return entered
    return Entered(text)


def truth(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """TRUE, FALSE, and the locale's words for them."""
    word = text.upper()
    if word in (locale.true, EN_US.true):
        return Entered(True)
    if word in (locale.false, EN_US.false):
        return Entered(False)
    return None


def plain(text: str, locale: Locale) -> tuple[float, bool, int] | None:
    """(number, whether grouped, decimal places) of digits in the locale's writing."""
    mark = re.escape(locale.decimal)
    group = f"[{SPACES}]" if locale.group in SPACES else re.escape(locale.group)
    match = re.fullmatch(
        rf"([+-]?)([0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]*)(?:{mark}([0-9]*))?(E[+-]?[0-9]+)?", text, re.I
    )
    if not match or not (match[2] or match[3]):
        return None
    whole = re.sub(r"[^0-9]", "", match[2])
    value = float(f"{match[1]}{whole or '0'}.{match[3] or '0'}{match[4] or ''}")
    return value, len(whole) != len(match[2]), len(match[3] or "")


def number(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """„1234,5”, „1 234,50”, „(12)”, „1E5”."""
    inner = re.fullmatch(r"\((.+)\)", text)
    read = plain(inner[1] if inner else text, locale)
    if read is None or (inner and read[0] < 0):
        return None
    value, grouped, places = read
    value = -value if inner else value
    if re.search("e", text, re.I):
        return Entered(value, "SCIENTIFIC", "0.00E+00")
    if grouped:
        return Entered(value, "NUMBER", "#,##0.00" if places else "#,##0")
    return Entered(value)


def percent(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """„12%”, „12,5 %”."""
    read = plain(text[:-1].rstrip(SPACES), locale) if text.endswith("%") else None
    if read is None:
        return None
    value = float(f"{read[0]!r}e-2") if "e" not in repr(read[0]) else read[0] / 100
    return Entered(value, "PERCENT", "0.00%" if read[2] else "0%")


def amount(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """„$1,234.50”, „-$5”, „1 234,50 zł”: a number with the locale's sign of money on either side."""
    for sign in locale.currency_signs:
        bare = text
        if bare.lower().endswith(sign.lower()):
            bare = bare[: -len(sign)].rstrip(SPACES)
        elif bare.lstrip("+-(").startswith(sign):
            bare = bare.replace(sign, "", 1)
        else:
            continue
        inner = re.fullmatch(r"\((.+)\)", bare)
        read = plain((inner[1] if inner else bare).replace("- ", "-").strip(SPACES), locale)
        if read is not None:
            return Entered(-read[0] if inner else read[0], "CURRENCY", locale.currency)
    return None


def moment(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """A day, an hour, or a day and an hour."""
    whole = day(text, locale, today)
    if whole:
        return Entered(serial(whole[0]), "DATE", whole[1])
    hours = hour(text)
    if hours:
        return Entered(hours[0], "TIME", hours[1])
    for space in re.finditer(r"(?:[ T,]|\u00a0)+", text):
        left = day(text[: space.start()], locale, today)
        right = hour(text[space.end() :])
        if left and right and right[0] < 1:
            return Entered(serial(left[0]) + right[0], "DATE_TIME", f"{left[1]} {right[1]}")
    return None


def serial(day: dt.date) -> int:
    """Days since 30 December 1899."""
    return (day - EPOCH.date()).days


def hour(text: str) -> tuple[float, str] | None:
    """(share of a day, pattern) of „9:05”, „21:05:30”, „9:05 PM”; over 24 hours it is a duration."""
    match = re.fullmatch(
        r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9])(?:[.,]([0-9]{1,3}))?)?\s*(AM|PM|am|pm)?", text
    )
    if not match:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[5] or "").lower()
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    total = hours * 3600 + minutes * 60 + seconds + float(f"0.{match[4] or 0}")
    width = "hh" if len(match[1]) == 2 else "h"
    pattern = f"[{width}]" if hours >= 24 else width
    pattern += ":mm" + (":ss" if match[3] else "") + (".000" if match[4] else "") + (" am/pm" if half else "")
    return total / 86_400, pattern


def day(text: str, locale: Locale, today: dt.date) -> tuple[dt.date, str] | None:
    """(day, pattern) of a typed date: ISO everywhere, otherwise in the order of the locale."""
    match = re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text)
    if match:
        pattern = match[2].join(("yyyy", "m" * len(match[3]), "d" * len(match[4])))
        return dated(int(match[1]), int(match[3]), int(match[4]), pattern)
    marks = re.escape(locale.separators)
    match = re.fullmatch(rf"([0-9]{{1,2}})([{marks}])([0-9]{{1,2}})(?:\2([0-9]{{2}}|[0-9]{{4}}))?", text)
    if match:
        first, second = ("m", "d") if locale.order == "mdy" else ("d", "m")
        numbers = {first: int(match[1]), second: int(match[3])}
        pattern = match[2].join((first * len(match[1]), second * len(match[3])))
        pattern += match[2] + "y" * len(match[4]) if match[4] else ""
        return dated(full_year(match[4], today), numbers["m"], numbers["d"], pattern)
    return named_day(text, locale, today)


def named_day(text: str, locale: Locale, today: dt.date) -> tuple[dt.date, str] | None:
    """„5 stycznia 2024”, „Jan 5, 2024”: a date with the month in words."""
    match = re.fullmatch(r"([0-9]{1,2})\.?[ -]([^\W\d_]+\.?)(?:,?[ -]([0-9]{4}))?", text)
    if match and (month := locale.month(match[2])):
        name = "mmmm" if len(match[2].rstrip(".")) > 3 else "mmm"
        pattern = f"{'d' * len(match[1])} {name}" + (" yyyy" if match[3] else "")
        return dated(full_year(match[3], today), month, int(match[1]), pattern)
    match = re.fullmatch(r"([^\W\d_]+\.?) ([0-9]{1,2})(?:,? ([0-9]{4}))?", text)
    if match and locale.order == "mdy" and (month := locale.month(match[1])):
        name = "mmmm" if len(match[1].rstrip(".")) > 3 else "mmm"
        pattern = f"{name} {'d' * len(match[2])}" + (", yyyy" if match[3] else "")
        return dated(full_year(match[3], today), month, int(match[2]), pattern)
    return None


def full_year(text: str | None, today: dt.date) -> int:
    """A year of two digits is in 1930-2029; a missing one is this year."""
    if not text:
        return today.year
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def dated(year: int, month: int, day: int, pattern: str) -> tuple[dt.date, str] | None:
    """The day, if there is one."""
    try:
        return dt.date(year, month, day), pattern
    except ValueError:
        return None
