"""Days of birth: in the column of the PESEL, or with a year of two digits which the PESEL makes whole."""

import re
from dataclasses import replace

from lib.cells import plain
from lib.contents import born_by_pesel, day_of, is_day
from lib.reading import Recognised
from sheets.table import Value


def with_days_of_birth(table: Recognised) -> Recognised:
    """People with the day of birth that stands for a PESEL: „ur. 14.05.1974”, or in a column of both."""
    column = table.columns.get("pesel")
    if not isinstance(column, int):
        return table
    both = re.search(r"\bur|urodz", table.table.header[column].lower()) is not None
    typed = table.values("pesel")
    said = [_said(pesel, both=both) for pesel in typed]
    if not any(said):
        return table
    known = table.values("birth_date") if "birth_date" in table.fields else [None] * len(typed)
    born = [day or own for day, own in zip(said, known, strict=True)]
    pesels = [None if day else pesel for day, pesel in zip(said, typed, strict=True)]
    return replace(
        table,
        columns={"birth_date": column, **table.columns},
        cells={**table.cells, "pesel": pesels, "birth_date": born},
        made=table.made | ({"birth_date"} - set(table.fields)),
    )


def _said(pesel: Value, *, both: bool) -> Value:
    """The day of birth in a cell of PESELs, where it says one, or its column is of `both`; or None."""
    if both and is_day(pesel):
        return pesel
    match = _BORN.fullmatch(plain(pesel)) if isinstance(pesel, str) else None
    return match["day"] if match and is_day(match["day"]) else None


_BORN = re.compile(
    r"(?i)(?:(?:brak|nie ma|bez|nie posiada)[^0-9]*?[\s(,;–-]+)?"
    r"ur\w*\.?:?\s*(?P<day>[0-9][^)]*?)(?: r\.?)?\)?"
)
"""What stands for the PESEL of somebody without one: „ur. 14.05.1974”, „brak (ur. 12.04.1958)”."""


def with_years(table: Recognised) -> Recognised:
    """People with their whole day of birth, where the cell leaves some of it open and their PESEL agrees."""
    if not {"pesel", "birth_date"} <= set(table.fields):
        return table
    days = list(table.values("birth_date"))
    whole = [_whole(day, pesel) for day, pesel in zip(days, table.values("pesel"), strict=True)]
    return table if whole == days else replace(table, cells={**table.cells, "birth_date": whole})


def _whole(typed: Value, pesel: Value) -> Value:
    born = born_by_pesel(pesel)
    if typed is None or born is None:
        return typed
    if re.fullmatch(rf"{born.year}(?:\s*r\.?)?", plain(typed)):
        return born
    if not isinstance(typed, str) or (day := day_of(typed)) is None:
        return typed
    same = (born.year % 100, born.month, born.day) == (day.year % 100, day.month, day.day)
    return born if same else typed
