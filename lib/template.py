"""A workbook made from the records: blank for a new project, or filled with rows.

Every tab has the Polish headers with a comment that explains the column, formats of days, times and
amounts, and drop-down lists. The lists advise and do not forbid: people may type as they are used to.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from pydantic.fields import FieldInfo
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lib.project import PARAMETERS
from lib.records import (
    RECORDS,
    BudgetLine,
    Fact,
    Group,
    Place,
    Record,
    Specialist,
    SupportForm,
    extra,
    kind_of,
    words_of,
)
from sheets.files import replace_file
from sheets.table import Value, column_letters

Tables: TypeAlias = Mapping[type[Record], Sequence[Mapping[str, Value]]]
"""The rows of each kind of table: a field's name and what to type in its cell (amounts in złote)."""

INSTRUCTIONS = "Instrukcja"

CREATED = dt.datetime(2022, 1, 1)
"""The day of making that stands in every workbook: a true one would make equal workbooks differ."""

PARAMETER_COLUMN = 2
"""The column of „Instrukcja” with the names of the facts, which „Projekt” chooses from."""

SPARE_ROWS = 1_000
"""For how many rows beyond the filled ones the drop-down lists work."""

FORMATS: Mapping[str, str] = {
    "Day": "dd.mm.yyyy",
    "BirthDay": "dd.mm.yyyy",
    "Minute": "hh:mm",
    "MoneyGr": "#,##0.00",
    "Count": "0",
    "Hours": "0.##",
    "Text": "@",
    "Code": "@",
    "Phone": "@",
    "Pesel": "@",
    "Word": "@",
    "YesNo": "@",
}
"""The number format of each kind of cell; „@” is text, which keeps the zero before a PESEL."""

WIDTHS: Mapping[str, int] = {"Text": 30, "Code": 14, "Phone": 16, "Pesel": 14, "Word": 22, "MoneyGr": 16}

CHOSEN_FROM: tuple[type[Record], ...] = (SupportForm, Specialist, Group, BudgetLine, Place)
"""Tables short enough to choose a row of from a list."""

ABOUT = (
    "Ten skoroszyt czyta Ostoja: tylko czyta, nigdy w nim nie pisze.",
    "Jedna zakładka to jeden rodzaj danych, jeden wiersz to jedna rzecz: osoba, zapis, spotkanie, dokument.",
    "Co wpisać w kolumnie, mówi komentarz nagłówka. Listy podpowiadają, ale można pisać po swojemu: K, tak.",
    "Daty: dd.mm.rrrr. Kwoty w złotych: 1 042,50. Godziny: 16:30. PESEL jako tekst, 11 cyfr.",
    "Zakładki wypełnia się od lewej: następne wskazują numery i kody z poprzednich.",
    "Można dodawać własne kolumny i zmieniać ich kolejność. Nagłówków nie zmieniaj.",
    "Zakładka, z której projekt nie korzysta, może zostać pusta.",
)


def write(path: Path, tables: Tables | None = None, *, notes: Sequence[str] = ()) -> None:
    """Write a workbook with a tab for each kind of table; without `tables`, the blank template.

    `notes` are sentences to add to the tab „Instrukcja”. The same rows give the same bytes. An
    existing file is replaced as a whole. Raises OSError.
    """
    tables = tables or {}
    memory = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(memory, options) as workbook:
        workbook.set_properties({"author": "Ostoja", "created": CREATED})
        _instructions(workbook, notes)
        pages = [(record, workbook.add_worksheet(record.tab)) for record in RECORDS]
        formats = {
            kind: workbook.add_format({"num_format": text, "valign": "top"}) for kind, text in FORMATS.items()
        }
        header = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3ECF3", "bottom": 1}
        )
        for record, page in pages:
            _tab(page, record, tables.get(record, ()), header, formats)
            for field, choice in _choices(record, {r: len(tables.get(r, ())) for r in RECORDS}):
                column = list(record.model_fields).index(field)
                page.data_validation(1, column, len(tables.get(record, ())) + SPARE_ROWS, column, choice)
    replace_file(path, memory.getvalue())


def _instructions(workbook: Workbook, notes: Sequence[str]) -> None:
    page = workbook.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 0, 110, workbook.add_format({"text_wrap": True, "valign": "top"}))
    page.write_string(0, 0, "Jak wypełniać ten skoroszyt", workbook.add_format({"bold": True}))
    tabs = [f"{record.tab}: {record.about}" for record in RECORDS]
    for row, sentence in enumerate((*notes, *ABOUT, *tabs), start=1):
        page.write_string(row, 0, sentence)
    page.set_column(PARAMETER_COLUMN, PARAMETER_COLUMN, 32)
    page.write_string(0, PARAMETER_COLUMN, "Co można wpisać w zakładce „Projekt”")
    for row, parameter in enumerate(PARAMETERS, start=1):
        page.write_string(row, PARAMETER_COLUMN, parameter.name)


def _tab(
    page: Worksheet,
    record: type[Record],
    rows: Sequence[Mapping[str, Value]],
    header: Format,
    formats: Mapping[str, Format],
) -> None:
    for column, (name, field) in enumerate(record.model_fields.items()):
        kind = kind_of(field).name
        title = str(field.title)
        page.set_column(column, column, max(WIDTHS.get(kind, 12), len(title) + 3), formats[kind])
        page.write_string(0, column, title, header)
        page.write_comment(0, column, _comment(field), {"author": "Ostoja", "x_scale": 2})
        for row, values in enumerate(rows, start=1):
            if (value := values.get(name)) is not None:
                page.write(row, column, value)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(record.model_fields) - 1)


def _comment(field: FieldInfo) -> str:
    must = "" if extra(field, "blank") else " Musi być wypełnione."
    return f"{field.description}{must}"


def _choices(record: type[Record], sizes: Mapping[type[Record], int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of a record that have a drop-down list, each with its list."""
    for name, field in record.model_fields.items():
        words = words_of(field)
        if words is not None:
            yield name, _advice([word.value for word in words])
        elif kind_of(field).name == "YesNo":
            yield name, _advice(["TAK", "NIE"])
        elif (record, name) == (Fact, "parameter"):
            # longer than the 255 signs that a list inside a cell may have: it stands beside the table
            yield name, _advice("=" + _range(INSTRUCTIONS, PARAMETER_COLUMN, len(PARAMETERS)))
        elif refers := extra(field, "refers"):
            parent, key = refers.split(".")
            for chosen in CHOSEN_FROM:
                if chosen.__name__ == parent:
                    column = list(chosen.model_fields).index(key)
                    yield (
                        name,
                        {
                            "validate": "list",
                            "source": "=" + _range(chosen.tab, column, sizes[chosen] + SPARE_ROWS),
                            # a name instead of the code, and several codes, are right too
                            "show_error": False,
                        },
                    )


def _advice(source: list[str] | str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Wartość spoza listy",
        "error_message": "Ostoja zna słowa z listy i ich zwykłe skróty. Zostawić tak?",
    }


def _range(tab: str, column: int, rows: int) -> str:
    """So many cells of a column, below its header."""
    letters = column_letters(column)
    return f"'{tab}'!${letters}$2:${letters}${rows + 1}"
