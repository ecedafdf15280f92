"""Local workbooks (xlsx): into a spreadsheet of this server, and out of one."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import range_boundaries

from tests.google.a1 import Box
from tests.google.book import COLUMNS, ROWS, Book, Cell, Sheet, sheet_key
from tests.google.formats import EPOCH, is_date_format, pattern_of
from tests.google.formula import CellError
from tests.google.locales import ENGLISH_ERRORS

if TYPE_CHECKING:
    from tests.google.world import World

ERRORS = {shown: name for name, shown in ENGLISH_ERRORS.items()}
DAY = dt.timedelta(days=1)


def fill(world: World, book: Book, path: Path) -> None:
    """Makes the sheets of a workbook those of the book: days become serial numbers with a date format.

    Formulas are kept, with the values the workbook has for them behind those that this server
    cannot calculate. A sheet is at least as large as a new one of Google.
    """
    source = openpyxl.load_workbook(path)
    has_formulas = any(
        cell.data_type == "f" for tab in source.worksheets for row in tab.iter_rows() for cell in row
    )
    results = openpyxl.load_workbook(path, data_only=True) if has_formulas else source
    book.sheets = []
    for number, tab in enumerate(source.worksheets):
        sheet = Sheet(
            0 if not number else world.new_sheet_id(book),
            tab.title,
            max(1000, tab.max_row or 0),
            max(26, tab.max_column or 0),
            hidden=tab.sheet_state != "visible",
        )
        book.sheets.append(sheet)
        result = results[tab.title]
        for row in tab.iter_rows():
            for cell in row:
                made = taken(
                    cell, result[cell.coordinate].value if cell.data_type == "f" else cell.value, book
                )
                if not made.is_nothing:
                    sheet.put(cell.row - 1, cell.column - 1, made)
        hang(sheet, tab)
    book.touched()


def taken(cell: Any, value: Any, book: Book) -> Cell:
    """One cell of openpyxl as a cell of ours."""
    look: dict[str, Any] = {}
    code = getattr(cell, "number_format", "General")
    value, kind = as_serial(value)
    if code not in ("General", None):
        look["numberFormat"] = {"type": kind_of(code, kind), "pattern": google_pattern(code, book)}
    elif kind:
        look["numberFormat"] = {"type": kind, "pattern": pattern_of({"type": kind}, book.customs)}
    if isinstance(value, str) and (cell.data_type == "e" or (cell.data_type == "f" and value in ERRORS)):
        value = CellError(ERRORS.get(value, "ERROR"))
    comment = getattr(cell, "comment", None)
    text = str(cell.value) if cell.data_type == "f" and isinstance(cell.value, str) else ""
    return Cell(value=value, formula=text, format=look, note=comment.text if comment else "")


def as_serial(value: Any) -> tuple[Any, str]:
    """(number, type of format) of a day, an hour or a duration; other values as they are."""
    match value:
        case dt.datetime():
            number = (value - EPOCH) / DAY
            return (int(number), "DATE") if number.is_integer() else (number, "DATE_TIME")
        case dt.date():
            return (value - EPOCH.date()).days, "DATE"
        case dt.time():
            return (dt.datetime.combine(EPOCH, value) - EPOCH) / DAY, "TIME"
        case dt.timedelta():
            return value / DAY, "TIME"
        case _:
            return value, ""


def kind_of(code: str, kind: str) -> str:
    """The type that goes with a format code of a workbook."""
    if kind:
        return kind
    number_format = {"type": "NUMBER", "pattern": code}
    if code == "@":
        return "TEXT"
    if is_date_format(number_format, _plain()):
        return "DATE"
    if "%" in code:
        return "PERCENT"
    return "CURRENCY" if any(sign in code for sign in ("zł", "[$", '"$"')) else "NUMBER"


def _plain() -> Any:
    from tests.google.locales import EN_US

    return EN_US


def google_pattern(code: str, book: Book) -> str:
    """A format code of a workbook as Google has it: the built-in short date is the locale's."""
    code = {"mm-dd-yy": book.customs.date, "m/d/yy h:mm": book.customs.date_time}.get(code, code)
    return code.removesuffix(";@")


def hang(sheet: Sheet, tab: Any) -> None:
    """Merged cells, frozen and hidden parts, and the filter."""
    for area in tab.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        sheet.merges.append(Box(top - 1, left - 1, bottom, right))
    if tab.freeze_panes:
        left, top, _, _ = range_boundaries(tab.freeze_panes)
        frozen = {"frozenRowCount": top - 1, "frozenColumnCount": left - 1}
        sheet.grid |= {key: count for key, count in frozen.items() if count}
    for axis, entries in ((ROWS, tab.row_dimensions), (COLUMNS, tab.column_dimensions)):
        for key, entry in entries.items():
            if entry.hidden:
                place = key if axis == ROWS else openpyxl.utils.column_index_from_string(key)
                sheet.metadata[axis][place - 1] = {"hiddenByUser": True}
    if tab.auto_filter.ref:
        left, top, right, bottom = range_boundaries(tab.auto_filter.ref)
        reach = {
            "startRowIndex": top - 1,
            "endRowIndex": bottom,
            "startColumnIndex": left - 1,
            "endColumnIndex": right,
        }
        sheet.filter = {"range": sheet_key(sheet) | reach}


def saved(book: Book) -> bytes:
    """The book as a workbook: values (formulas with theirs), number formats, titles, hidden sheets."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        formats: dict[str, Any] = {}
        for sheet in book.sheets:
            tab = workbook.add_worksheet(sheet.title[:31])
            if sheet.hidden:
                tab.hide()
            for row, column, cell in sheet.cells_in(sheet.whole()):
                value = book.value(sheet, row, column)
                pattern = pattern_of(book.format_of(sheet, row, column, cell), book.customs)
                look = (
                    formats.setdefault(pattern, workbook.add_format({"num_format": pattern}))
                    if pattern
                    else None
                )
                if isinstance(value, CellError):
                    value = ENGLISH_ERRORS.get(value.type, "#ERROR!")
                if cell.formula:
                    tab.write_formula(row, column, cell.formula, look, value if value is not None else "")
                elif value is not None:
                    tab.write(row, column, value, look)
    return out.getvalue()
