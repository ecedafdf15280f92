"""spreadsheets.create and spreadsheets.get: properties, sheets, and cells with all that hangs on them."""

from __future__ import annotations

from typing import Any

from tests.google.a1 import Box
from tests.google.book import COLUMNS, ROWS, Book, Cell, Sheet, grid_range
from tests.google.call import Call
from tests.google.errors import invalid
from tests.google.formula import CellError
from tests.google.looks import coloured, default_format, effective_format, theme
from tests.google.schema import Mask, takes

Json = dict[str, Any]
PIXELS = {ROWS: 21, COLUMNS: 100}


def properties(book: Book) -> Json:
    """SpreadsheetProperties."""
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": default_format(),
        "spreadsheetTheme": theme(),
        **book.properties,
    }


def sheet_properties(sheet: Sheet, index: int) -> Json:
    """SheetProperties; what is as in a new sheet is left out."""
    out: Json = {"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": "GRID"}
    out["gridProperties"] = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    out["gridProperties"] |= {key: value for key, value in sheet.grid.items() if value}
    if sheet.hidden:
        out["hidden"] = True
    return out | {key: value for key, value in sheet.properties.items() if value}


def user_entered(cell: Cell) -> Json | None:
    """ExtendedValue as entered, None for a blank cell."""
    if cell.formula:
        return {"formulaValue": cell.formula}
    return extended(cell.value) if not cell.is_blank else None


def extended(value: Any) -> Json | None:
    """A value as an ExtendedValue."""
    match value:
        case None:
            return None
        case bool():
            return {"boolValue": value}
        case int() | float():
            whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
            return {"numberValue": int(value) if whole else value}
        case CellError():
            return {"errorValue": {"type": value.type, "message": value.message}}
        case _:
            return {"stringValue": value}


def cell_data(book: Book, sheet: Sheet, row: int, column: int, cell: Cell, wanted: Mask) -> Json:
    """CellData, as far as the mask of it wants; an empty mask wants all."""

    def asked(name: str) -> bool:
        return not wanted or name in wanted or "*" in wanted

    out: Json = {}
    blank = cell.is_blank
    if not blank and asked("userEnteredValue"):
        out["userEnteredValue"] = user_entered(cell)
    value = None if blank else book.value(sheet, row, column)
    if value is not None and asked("effectiveValue"):
        out["effectiveValue"] = extended(value)
    if not blank and asked("formattedValue"):
        text = book.shown(sheet, row, column)
        if text:
            out["formattedValue"] = text
    if cell.format and asked("userEnteredFormat"):
        out["userEnteredFormat"] = cell.format
    if asked("effectiveFormat") and not cell.is_nothing:
        own = dict(cell.format)
        inherited = book.format_of(sheet, row, column, cell)
        out["effectiveFormat"] = effective_format(
            own | ({"numberFormat": inherited} if inherited else {}), value
        )
    if cell.note and asked("note"):
        out["note"] = cell.note
    if cell.validation and asked("dataValidation"):
        out["dataValidation"] = cell.validation
    out |= {key: item for key, item in cell.extra.items() if asked(key)}
    return out


def grid_data(book: Book, sheet: Sheet, box: Box, wanted: Mask) -> Json:
    """GridData of a closed rectangle: rows only as far down as there is anything, cells likewise."""
    out: Json = {}
    if box.top:
        out["startRow"] = box.top
    if box.left:
        out["startColumn"] = box.left
    cells_wanted = takes(wanted, "rowData", "values")
    if cells_wanted is not None:
        rows: list[Json] = []
        for row, column, cell in sheet.cells_in(box):
            data = cell_data(book, sheet, row, column, cell, cells_wanted)
            if not data:
                continue
            rows.extend({} for _ in range(row - box.top - len(rows) + 1))
            values = rows[-1].setdefault("values", [])
            values.extend({} for _ in range(column - box.left - len(values) + 1))
            values[-1] = data
        if rows:
            out["rowData"] = rows
    for axis, name, first, last in (
        (ROWS, "rowMetadata", box.top, box.bottom),
        (COLUMNS, "columnMetadata", box.left, box.right),
    ):
        if takes(wanted, name) is not None:
            entries = sheet.metadata[axis]
            out[name] = [{"pixelSize": PIXELS[axis]} | entries.get(i, {}) for i in range(first, last or 0)]
    return out


def sheet_resource(
    book: Book, sheet: Sheet, index: int, boxes: list[Box] | None, wanted: Mask | None
) -> Json:
    """Sheet; `boxes` are the rectangles whose cells are wanted, None for no cells."""
    out: Json = {"properties": sheet_properties(sheet, index)}
    if boxes is not None:
        mask = takes(wanted, "sheets", "data") if wanted else {}
        out["data"] = [grid_data(book, sheet, box, mask or {}) for box in boxes]
    if sheet.merges:
        out["merges"] = [grid_range(sheet, box) for box in sheet.merges]
    if sheet.conditional:
        out["conditionalFormats"] = sheet.conditional
    if sheet.filter_views:
        out["filterViews"] = sheet.filter_views
    if sheet.protected:
        out["protectedRanges"] = sheet.protected
    if sheet.filter:
        out["basicFilter"] = sheet.filter
    if sheet.banded:
        out["bandedRanges"] = sheet.banded
    if sheet.notes:
        out["developerMetadata"] = sheet.notes
    if sheet.groups[ROWS]:
        out["rowGroups"] = sheet.groups[ROWS]
    if sheet.groups[COLUMNS]:
        out["columnGroups"] = sheet.groups[COLUMNS]
    return out


def spreadsheet(book: Book, ranges: list[tuple[Sheet, Box]] | None, cells: bool, wanted: Mask | None) -> Json:
    """Spreadsheet. With ranges, only the sheets they lie in; `cells` says whether cells are wanted."""
    sheets = []
    for index, sheet in enumerate(book.sheets):
        boxes = [sheet.whole()] if ranges is None else [box for where, box in ranges if where is sheet]
        if boxes:
            sheets.append(sheet_resource(book, sheet, index, boxes if cells else None, wanted))
    out: Json = {"spreadsheetId": book.id, "properties": properties(book), "sheets": sheets}
    if book.names:
        out["namedRanges"] = book.names
    out["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    if book.notes:
        out["developerMetadata"] = book.notes
    return out


def get(call: Call) -> Json:
    """spreadsheets.get. With `fields`, includeGridData counts for nothing: the mask decides."""
    book = call.world.opened(call.book_id, call.user)
    asked = call.params.get("ranges")
    ranges = [book.readable(text) for text in asked] if asked else None
    if call.mask is not None:
        cells = takes(call.mask, "sheets", "data") is not None
    else:
        cells = call.params.get("includeGridData", False)
    return spreadsheet(book, ranges, cells, call.mask)


def get_by_data_filter(call: Call) -> Json:
    """spreadsheets.getByDataFilter."""
    from tests.google.values import filtered

    book = call.world.opened(call.book_id, call.user)
    ranges = [filtered(book, entry) for entry in call.body.get("dataFilters", [])] or None
    return spreadsheet(book, ranges, call.body.get("includeGridData", False), call.mask)


def create(call: Call) -> Json:
    """spreadsheets.create."""
    from tests.google.batch_cells import cell_from
    from tests.google.batch_request import normal

    wanted = call.body.get("properties", {})
    book = call.world.create(
        wanted.get("title", "Untitled spreadsheet"),
        locale=wanted.get("locale", "en_US"),
        time_zone=wanted.get("timeZone", "Etc/GMT"),
        owner=call.user,
    )
    listed = call.body.get("sheets", [])
    if listed:
        book.sheets = []
    for number, entry in enumerate(listed):
        given = entry.get("properties", {})
        title = given.get("title") or f"{book.customs.sheet}{number + 1}"
        if book.titled(title):
            del call.world.books[book.id]
            raise invalid(f'Invalid sheets[{number}]: A sheet with the name "{title}" already exists.')
        grid = dict(given.get("gridProperties", {}))
        sheet = Sheet(
            given.get("sheetId", call.world.new_sheet_id(book)),
            title,
            grid.pop("rowCount", 1000),
            grid.pop("columnCount", 26),
            hidden=given.get("hidden", False),
            properties=coloured(
                {k: v for k, v in given.items() if k in ("tabColor", "tabColorStyle", "rightToLeft")}
            ),
            grid=grid,
        )
        book.sheets.append(sheet)
        for data in entry.get("data", []):
            for r, row in enumerate(data.get("rowData", []), data.get("startRow", 0)):
                for c, value in enumerate(row.get("values", []), data.get("startColumn", 0)):
                    sheet.put(r, c, cell_from(book, Cell(), value, {"*": {}}))
    for entry in call.body.get("namedRanges", []):
        book.names.append(normal({"namedRangeId": str(call.world.random.randrange(10**9)), **entry}))
    return spreadsheet(book, None, False, None)
