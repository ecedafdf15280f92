"""A workbook made from the records: blank for a new project, or filled with rows.

Every tab has the Polish headers with a comment that explains the column, formats of days, times and
amounts, and drop-down lists. The lists advise and do not forbid: people may type as they are used to.
The blank one has an example row in each tab, which is not data, and headers kept from slips of the hand.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from pydantic.fields import FieldInfo
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lib import example
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
INSTRUCTIONS_TITLE = "Jak wypełniać ten skoroszyt"
PARAMETERS_TITLE = "Co można wpisać w zakładce „Projekt”"

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
    "Nagłówków nie zmieniaj. Własne kolumny dopisuj z prawej strony.",
    "Zakładka, z której projekt nie korzysta, może zostać pusta.",
)

ABOUT_BLANK = (
    "Szary wiersz „PRZYKŁAD” w każdej zakładce pokazuje, jak ją wypełniać. Jest wymyślony i nie jest "
    "liczony; można go usunąć.",
    "Wiersz nagłówków jest chroniony przed przypadkową zmianą, bez hasła. Poniżej można pisać, wstawiać "
    "i usuwać wiersze, sortować i filtrować.",
)
"""What „Instrukcja” says besides in a blank template."""

FREELY = (
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "delete_rows",
    "insert_hyperlinks",
    "sort",
    "autofilter",
    "objects",
)
"""What people may do in a tab whose header is protected."""

LAST_COLUMN = 16_383
GREY, HEADER = "#6B7280", "#E3ECF3"
"""The colour of the example row, and the one behind the headers."""


def write(path: Path, tables: Tables | None = None, *, notes: Sequence[str] = ()) -> None:
    """Write a workbook with a tab for each kind of table; without `tables`, the blank template.

    `notes` are sentences to add to the tab „Instrukcja”. The same rows give the same bytes. An
    existing file is replaced as a whole. Raises OSError.
    """
    blank = tables is None
    rows = {record: [example.row(record)] for record in RECORDS} if tables is None else tables
    sizes = {record: len(rows.get(record, ())) for record in RECORDS}
    memory = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(memory, options) as workbook:
        workbook.set_properties({"author": "Ostoja", "created": CREATED})
        _instructions(workbook, (*notes, *(ABOUT_BLANK if blank else ())))
        pages = [(record, workbook.add_worksheet(record.tab)) for record in RECORDS]
        look = {"valign": "top", "locked": not blank}
        formats = {kind: workbook.add_format({"num_format": text} | look) for kind, text in FORMATS.items()}
        own = workbook.add_format({"locked": False})
        grey = {"italic": True, "font_color": GREY}
        typed = {
            kind: workbook.add_format({"num_format": text} | look | grey) for kind, text in FORMATS.items()
        }
        header = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": HEADER, "bottom": 1}
        )
        for record, page in pages:
            _tab(page, record, rows.get(record, ()), header, formats)
            if blank:
                _mark_example(page, record, typed)
                page.set_column(len(record.model_fields), LAST_COLUMN, None, own)
                page.protect("", dict.fromkeys(FREELY, True))
            for field, choice in choices(record):
                column = list(record.model_fields).index(field)
                advice = _advice(choice.source(sizes, 1 if blank else 0), choice.warns)
                page.data_validation(1, column, sizes[record] + SPARE_ROWS, column, advice)
    replace_file(path, memory.getvalue())


def sentences(notes: Sequence[str] = ()) -> list[str]:
    """What „Instrukcja” says, line by line, below its title."""
    return [*notes, *ABOUT, *(f"{record.tab}: {record.about}" for record in RECORDS)]


def _instructions(workbook: Workbook, notes: Sequence[str]) -> None:
    page = workbook.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 0, 110, workbook.add_format({"text_wrap": True, "valign": "top"}))
    page.write_string(0, 0, INSTRUCTIONS_TITLE, workbook.add_format({"bold": True}))
    for row, sentence in enumerate(sentences(notes), start=1):
        page.write_string(row, 0, sentence)
    page.set_column(PARAMETER_COLUMN, PARAMETER_COLUMN, 32)
    page.write_string(0, PARAMETER_COLUMN, PARAMETERS_TITLE)
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
        page.write_comment(0, column, comment(field), {"author": "Ostoja", "x_scale": 2})
        for row, values in enumerate(rows, start=1):
            if (value := values.get(name)) is not None:
                page.write(row, column, value)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(record.model_fields) - 1)


def _mark_example(page: Worksheet, record: type[Record], looks: Mapping[str, Format]) -> None:
    """The first row again, in a look of its own."""
    for column, (name, field) in enumerate(record.model_fields.items()):
        page.write(1, column, example.row(record).get(name), looks[kind_of(field).name])


def comment(field: FieldInfo) -> str:
    """What the comment of a header says."""
    must = "" if extra(field, "blank") else " Musi być wypełnione."
    return f"{field.description}{must}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a drop-down list of a column offers: words, or the cells of another tab."""

    words: tuple[str, ...] = ()
    tab: str = ""
    column: int = 0
    rows: int = 0
    parent: type[Record] | None = None
    warns: bool = True

    def source(self, sizes: Mapping[type[Record], int], skipped: int = 0) -> list[str] | str:
        """The words, or a formula; `sizes` are the rows of each tab, `skipped` those that are no choice."""
        if self.words:
            return list(self.words)
        rows = sizes[self.parent] + SPARE_ROWS if self.parent is not None else self.rows
        first = skipped + 2 if self.parent is not None else 2
        letters = column_letters(self.column)
        return f"='{self.tab}'!${letters}${first}:${letters}${rows + 1}"


def choices(record: type[Record]) -> Iterator[tuple[str, Choice]]:
    """The fields of a record that have a drop-down list, each with its list."""
    for name, field in record.model_fields.items():
        words = words_of(field)
        if words is not None:
            yield name, Choice(tuple(word.value for word in words))
        elif kind_of(field).name == "YesNo":
            yield name, Choice(("TAK", "NIE"))
        elif (record, name) == (Fact, "parameter"):
            # longer than the 255 signs that a list inside a cell may have: it stands beside the table
            yield name, Choice(tab=INSTRUCTIONS, column=PARAMETER_COLUMN, rows=len(PARAMETERS))
        elif refers := extra(field, "refers"):
            parent, key = refers.split(".")
            for chosen in CHOSEN_FROM:
                if chosen.__name__ == parent:
                    column = list(chosen.model_fields).index(key)
                    # a name instead of the code, and several codes, are right too
                    yield name, Choice(tab=chosen.tab, column=column, parent=chosen, warns=False)


def _advice(source: list[str] | str, warns: bool) -> dict[str, Any]:
    if not warns:
        return {"validate": "list", "source": source, "show_error": False}
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Wartość spoza listy",
        "error_message": "Ostoja zna słowa z listy i ich zwykłe skróty. Zostawić tak?",
    }
