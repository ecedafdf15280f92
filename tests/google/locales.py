"""What a spreadsheet's locale changes: decimal marks, months, currencies, words for true, errors."""

from __future__ import annotations

from dataclasses import dataclass

NBSP = "\u00a0"


@dataclass(frozen=True)
class Locale:
    """The customs of one locale, as far as a cell shows or understands them.

    `order` is the order of day, month and year in a typed date; `separators` stand between them.
    The patterns are in the notation of number formats. `errors` are what a cell shows for an
    error, by the name the API gives it.
    """

    code: str
    decimal: str
    group: str
    arguments: str
    order: str
    separators: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]
    true: str
    false: str
    date: str
    time: str
    date_time: str
    currency: str
    currency_signs: tuple[str, ...]
    sheet: str
    errors: dict[str, str]

    def month(self, text: str) -> int | None:
        """1-12 for the name of a month, whole or shortened, as people type it."""
        word = text.casefold().rstrip(".")
        for names in (self.months, self.months_short):
            for number, name in enumerate(names, 1):
                if name.casefold() == word:
                    return number
        return None


ENGLISH_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
POLISH_ERRORS = ENGLISH_ERRORS | {
    "NULL_VALUE": "#ZERO!",
    "DIVIDE_BY_ZERO": "#DZIEL/0!",
    "VALUE": "#ARG!",
    "REF": "#ADR!",
    "NAME": "#NAZWA?",
    "NUM": "#LICZBA!",
    "N_A": "#N/D!",
}
EN_US = Locale(
    code="en_US",
    decimal=".",
    group=",",
    arguments=",",
    order="mdy",
    separators="/-",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    days=("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    days_short=("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"),
    true="TRUE",
    false="FALSE",
    date="m/d/yyyy",
    time="h:mm:ss am/pm",
    date_time="m/d/yyyy h:mm:ss",
    currency='"$"#,##0.00',
    currency_signs=("$",),
    sheet="Sheet",
    errors=ENGLISH_ERRORS,
)  # fmt: skip
PL_PL = Locale(
    code="pl_PL",
    decimal=",",
    group=NBSP,
    arguments=";",
    order="dmy",
    separators=".-/",
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    months_short=("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"),
    days=("niedziela", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota"),
    days_short=("niedz.", "pon.", "wt.", "śr.", "czw.", "pt.", "sob."),
    true="PRAWDA",
    false="FAŁSZ",
    date="d.mm.yyyy",
    time="hh:mm:ss",
    date_time="d.mm.yyyy hh:mm:ss",
    currency=f'#,##0.00{NBSP}"zł"',
    currency_signs=("zł", "PLN"),
    sheet="Arkusz",
    errors=POLISH_ERRORS,
)  # fmt: skip
LOCALES = (EN_US, PL_PL)


def locale_named(code: str) -> Locale:
    """The locale of this code („pl_PL”, „pl”); American for one that is not kept here."""
    for locale in LOCALES:
        if code == locale.code or code.split("_")[0] == locale.code.split("_")[0]:
            return locale
    return EN_US
