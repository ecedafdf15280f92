"""Days of birth with a year of two digits, or years alone, which the PESEL beside them makes whole."""

import re
from dataclasses import replace

from lib.cells import plain
from lib.contents import born_by_pesel, day_of
from lib.reading import Recognised
from sheets.table import Value


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
