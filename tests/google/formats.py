"""How a value is shown: FORMATTED_VALUE by number format and locale.

Source: the number format tokens of Google's „Date and number formats” guide. A number without
a format is shown with at most ten significant digits, and with an exponent from 1E+15.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from tests.google.locales import Locale

EPOCH = dt.datetime(1899, 12, 30)
EXACT = Context(prec=400)
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>am/pm|a/p)|(?P<general>general)|(?P<date>y+|m+|d+|h+|s+)|(?P<fraction>\.0+(?![0-9#?]))"
    r"|(?P<exponent>E[+-]0+)|(?P<number>[0#?.,%]+)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
DATE_TYPES = ("DATE", "TIME", "DATE_TIME")


@dataclass(frozen=True)
class Section:
    """One of the sections of a pattern that „;” separates: (kind, text) tokens and what they are."""

    tokens: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_date(self) -> bool:
        """Whether the section shows a moment or a duration."""
        return any(kind in ("date", "elapsed", "half") for kind, _ in self.tokens)

    @property
    def is_number(self) -> bool:
        """Whether the section has a place for digits."""
        return any(kind in ("number", "general", "exponent") for kind, _ in self.tokens)


@lru_cache(maxsize=512)
def sections(pattern: str) -> tuple[Section, ...]:
    """The sections of a pattern: for positive, negative, zero and text."""
    found: list[list[tuple[str, str]]] = [[]]
    for match in TOKEN.finditer(pattern):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            found.append([])
        elif kind in ("quoted", "escaped", "other"):
            found[-1].append(("literal", text))
        elif kind == "space":
            found[-1].append(("literal", " "))
        elif kind == "bracket":
            found[-1].extend(bracket(text))
        elif kind != "fill":
            found[-1].append((kind, text))
    return tuple(Section(tuple(settled(tokens))) for tokens in found)


def bracket(text: str) -> list[tuple[str, str]]:
    """„[$zł-415]” is the sign, „[h]” is elapsed time, colours and conditions show nothing."""
    if text.startswith("$"):
        sign = text[1:].rpartition("-")[0] if "-" in text else text[1:]
        return [("literal", sign)]
    if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        return [("elapsed", text.lower())]
    return []


def settled(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """„m” after hours or before seconds is minutes; digits in a date are as they stand."""
    is_date = any(kind in ("date", "elapsed", "half") for kind, _ in tokens)
    times = [i for i, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    out: list[tuple[str, str]] = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "date" and text[0] in "mM" and len(text) <= 2:
            place = times.index(i)
            before = tokens[times[place - 1]][1][0].lower() if place else ""
            after = tokens[times[place + 1]][1][0].lower() if place + 1 < len(times) else ""
            out.append(("minute" if before == "h" or after == "s" else "date", text.lower()))
        elif kind == "date":
            out.append((kind, text.lower()))
        elif kind == "fraction" and not (is_date and i and tokens[i - 1][1][0] in "sS"):
            out.append(("literal" if is_date else "number", text))
        elif kind == "number" and is_date:
            out.append(("literal", text))
        else:
            out.append((kind, text))
    return out


def shown(value: object, number_format: dict[str, Any] | None, locale: Locale) -> str:
    """The text a cell shows for this value; errors are not values, they are shown by the caller."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    pattern = pattern_of(number_format, locale)
    if isinstance(value, str):
        return shown_text(value, pattern)
    assert isinstance(value, (int, float))
    if not pattern:
        return general(value, locale)
    return shown_number(float(value), sections(pattern), locale)


def pattern_of(number_format: dict[str, Any] | None, locale: Locale) -> str:
    """The pattern of a number format; where it names only a type, the locale's own."""
    if not number_format:
        return ""
    if number_format.get("pattern"):
        return str(number_format["pattern"])
    return {
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.date_time,
        "CURRENCY": locale.currency,
        "PERCENT": "0.00%",
        "NUMBER": "#,##0.00",
        "SCIENTIFIC": "0.00E+00",
        "TEXT": "@",
    }.get(str(number_format.get("type", "")), "")


def is_date_format(number_format: dict[str, Any] | None, locale: Locale) -> bool:
    """Whether a number with this format is a day, an hour or a duration."""
    if not number_format:
        return False
    pattern = pattern_of(number_format, locale)
    return bool(pattern) and sections(pattern)[0].is_date


def shown_text(value: str, pattern: str) -> str:
    """Text through the fourth section of a pattern, if it has one, or „@”."""
    parts = sections(pattern) if pattern else ()
    chosen = parts[3] if len(parts) > 3 else parts[0] if len(parts) == 1 else None
    if chosen is None or not any(kind == "text" for kind, _ in chosen.tokens):
        return value
    return "".join(value if kind == "text" else text for kind, text in chosen.tokens)


def shown_number(value: float, parts: tuple[Section, ...], locale: Locale) -> str:
    """A number through the section that fits its sign."""
    section, sign = parts[0], "-" if value < 0 else ""
    if value < 0 and len(parts) > 1:
        section, sign = parts[1], ""
    elif value == 0 and len(parts) > 2:
        section = parts[2]
    if section.is_date:
        return shown_moment(value, section, locale)
    if not section.is_number:
        text = general(abs(value), locale)
        return sign + "".join(text if kind == "text" else word for kind, word in section.tokens)
    text = shown_digits(abs(value), section, locale)
    return sign + text if any(digit in text for digit in "123456789") or not sign else text


def shown_digits(value: float, section: Section, locale: Locale) -> str:
    """A number without its sign through placeholders; literals stay where they stand."""
    whole = "".join(text for kind, text in section.tokens if kind == "number")
    if any(kind == "general" for kind, _ in section.tokens):
        text = general(value, locale)
        return "".join(text if kind == "general" else word for kind, word in section.tokens)
    bare = whole.replace("%", "")
    scale = len(bare) - len(bare.rstrip(","))
    integer, _, decimals = bare.rstrip(",").partition(".")
    integer = integer.rstrip(",")
    places = [p for p in decimals if p in "0#?"]
    exponent = next((text for kind, text in section.tokens if kind == "exponent"), "")
    number = Decimal(repr(value)) * Decimal(100) ** whole.count("%") / Decimal(1000) ** scale
    power = number.adjusted() if exponent and number else 0
    number = (number / Decimal(10) ** power).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, EXACT)
    digits, _, fraction = f"{number:f}".partition(".")
    least = sum(p == "0" for p in places)
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    out, placed, shown_point = [], False, False
    slots = [p for p in integer if p in "0#?"]
    digits = digits.lstrip("0").rjust(sum(p == "0" for p in slots), "0")
    left = grouped_slots(digits, len(slots), locale.group if "," in integer else "")
    for kind, text in section.tokens:
        if kind == "literal":
            out.append(text)
        elif kind == "exponent":
            width = len(text) - 2
            out.append(f"E{'-' if power < 0 else '+' if text[1] == '+' else ''}{abs(power):0{width}d}")
        elif kind == "number":
            for mark in text:
                if mark == "%":
                    out.append("%")
                elif mark in "0#?" and not placed:
                    out.append(left.pop(0))
                    placed = not left
                elif mark == "." and not shown_point:
                    shown_point, placed = True, True
                    out.extend([*left, (locale.decimal if fraction or least else ""), fraction])
                    left = []
    return "".join(out)


def grouped_slots(digits: str, slots: int, group: str) -> list[str]:
    """The digits for each placeholder, left to right; the first takes all that are over."""
    if group:
        backwards = [digits[max(0, i - 3) : i] for i in range(len(digits), 0, -3)]
        text = group.join(reversed(backwards))
        return [text] + [""] * (slots - 1) if slots else []
    if not slots:
        return []
    over = max(0, len(digits) - slots)
    cells = [digits[: over + 1] if over else digits[:1], *digits[over + 1 :]] if digits else []
    return [""] * (slots - len(cells)) + cells


def general(value: float, locale: Locale) -> str:
    """A number without a format: „0,3333333333”, „1234567”, „1,5E+20”."""
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e15 or size < 1e-9:
        mantissa, _, power = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa.replace('.', locale.decimal)}E{power[0]}{int(power[1:]):02d}"
    number = Decimal(repr(value))
    places = max(0, 10 - max(1, number.adjusted() + 1)) if size >= 1 else 10
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", locale.decimal)


def shown_moment(value: float, section: Section, locale: Locale) -> str:
    """A serial number through date and time tokens."""
    fraction = any(kind == "fraction" for kind, _ in section.tokens)
    milliseconds = round(value * 86_400_000)
    if not fraction:
        milliseconds = math.floor(milliseconds / 1000 + 0.5) * 1000
    try:
        moment = EPOCH + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return general(value, locale)
    half = any(kind == "half" for kind, _ in section.tokens)
    return "".join(
        moment_part(kind, text, moment, milliseconds, half, locale) for kind, text in section.tokens
    )


def moment_part(kind: str, text: str, moment: dt.datetime, elapsed: int, half: bool, locale: Locale) -> str:
    """One token of a date pattern."""
    size = len(text)
    if kind == "literal":
        return text
    if kind == "minute":
        return f"{moment.minute:0{size}d}"
    if kind == "half":
        word = ("AM", "PM")[moment.hour >= 12]
        return word[:1] if text.lower() == "a/p" else word
    if kind == "fraction":
        return locale.decimal + f"{moment.microsecond // 1000:03d}"[: size - 1].ljust(size - 1, "0")
    if kind == "elapsed":
        unit = {"h": 3_600_000, "m": 60_000, "s": 1000}[text[0]]
        sign = "-" if elapsed < 0 else ""
        return f"{sign}{abs(elapsed) // unit:0{size}d}"
    if kind != "date":
        return text
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    weekday = (moment.weekday() + 1) % 7
    match text[0]:
        case "y":
            return f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}"
        case "m" if size >= 5:
            return locale.months[moment.month - 1][:1]
        case "m" if size == 4:
            return locale.months[moment.month - 1]
        case "m" if size == 3:
            return locale.months_short[moment.month - 1]
        case "m":
            return f"{moment.month:0{size}d}"
        case "d" if size >= 4:
            return locale.days[weekday]
        case "d" if size == 3:
            return locale.days_short[weekday]
        case "d":
            return f"{moment.day:0{size}d}"
        case "h":
            return f"{hour:0{min(size, 2)}d}"
        case _:
            return f"{moment.second:0{min(size, 2)}d}"
