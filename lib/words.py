"""How values are said in Polish: amounts, numbers, shares, days, months and counted nouns.

Every function takes None, NaN, NaT and pd.NA for „not given” and says NOT_GIVEN then.
Thousands are always parted, also in four digits, as in the charts and in Excel.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

NBSP = "\u00a0"
NOT_GIVEN = "nie podano"

SOURCES: Mapping[str, str] = {
    "EU": "UE",
    "STATE": "budżet państwa",
    "OWN": "wkład własny",
    "UNSPLIT": "nie podzielone w źródle",
}
"""How the sources of a project's money are called."""

MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:&=")
"""What markdown may take for more than a letter."""

MONTHS = (
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
)

WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


def number(value: Any, decimals: int = 0) -> str:
    """„1 234,5”: a number with NBSP between thousands and a decimal comma."""
    if pd.isna(value):
        return NOT_GIVEN
    # a negative number that rounds to zero would be said as „-0”
    digits = f"{round(value, decimals) + 0:,.{decimals}f}"
    return digits.replace(",", NBSP).replace(".", ",").replace("-", "−")


def money(grosze: Any) -> str:
    """„1 042 938,86 zł”: an amount given in grosze, exact."""
    if pd.isna(grosze):
        return NOT_GIVEN
    zloty, rest = divmod(abs(int(grosze)), 100)
    return f"{'−' if grosze < 0 else ''}{number(zloty)},{rest:02d}{NBSP}zł"


def share(value: Any, decimals: int = 1) -> str:
    """„85,3%”: a share given as 0-1."""
    return NOT_GIVEN if pd.isna(value) else f"{number(value * 100, decimals)}%"


def day(value: Any) -> str:
    """„12.03.2022”."""
    return NOT_GIVEN if pd.isna(value) else f"{value:%d.%m.%Y}"


def moment(value: dt.datetime) -> str:
    """„12.03.2022, godz. 16:30:05”, in the time zone that the moment carries."""
    return f"{value:%d.%m.%Y}, godz. {value:%H:%M:%S}"


def ago(seconds: float) -> str:
    """„przed 35 s”, „przed 12 min”, „przed 3 godz.”, „przed 2 dn.”."""
    whole = max(0, int(seconds))
    for size, unit in ((86_400, "dn."), (3_600, "godz."), (60, "min")):
        if whole >= 2 * size:
            return f"przed {whole // size}{NBSP}{unit}"
    return f"przed {whole}{NBSP}s"


def month(value: Any) -> str:
    """„marzec 2022”."""
    return NOT_GIVEN if pd.isna(value) else f"{MONTHS[value.month - 1]} {value.year}"


def yes_no(value: Any) -> str:
    """„tak” or „nie”."""
    return NOT_GIVEN if pd.isna(value) else ("tak" if value else "nie")


def time(minute: Any) -> str:
    """„16:30”: a time of day given as minutes since midnight."""
    return NOT_GIVEN if pd.isna(minute) else f"{int(minute) // 60}:{int(minute) % 60:02d}"


def counted(count: int, one: str, few: str, many: str) -> str:
    """„1 wiersz”, „3 wiersze”, „12 wierszy”: a number with its noun in the right form."""
    if count == 1:
        noun = one
    elif count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        noun = few
    else:
        noun = many
    return f"{number(count)}{NBSP}{noun}"


def coded(code: str, name: str) -> str:
    """„F01: Mediacje rodzinne”; the name alone where it is its own code."""
    return name if code == name else f"{code}: {name}"


def people(count: int) -> str:
    """„5 osób”."""
    return counted(count, "osoba", "osoby", "osób")


def places(count: int) -> str:
    """„18 miejsc”."""
    return counted(count, "miejsce", "miejsca", "miejsc")


def rows(count: int) -> str:
    """„3 wiersze”."""
    return counted(count, "wiersz", "wiersze", "wierszy")


def findings(count: int) -> str:
    """„2 uwagi”."""
    return counted(count, "uwaga", "uwagi", "uwag")


def questions(count: int) -> str:
    """„2 pytania”."""
    return counted(count, "pytanie", "pytania", "pytań")


def days(count: int) -> str:
    """„2 dni”."""
    return counted(count, "dzień", "dni", "dni")


def plain(text: str) -> str:
    """Text of a spreadsheet as it stands, for places that read markdown: nothing in it is an order."""
    return "".join(f"\\{c}" if c in MARKDOWN else c for c in text)
