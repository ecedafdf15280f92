"""Requests about whole sheets and the spreadsheet: adding, deleting, copying, properties."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import replace
from typing import Any

from tests.google import schema
from tests.google.batch_request import Batch, Refusal
from tests.google.book import COLUMNS, ROWS, Book, Sheet
from tests.google.call import Call
from tests.google.errors import invalid
from tests.google.grid import sheet_properties
from tests.google.looks import coloured
from tests.google.world import World

Json = dict[str, Any]


def taken(title: str) -> Refusal:
    """The title is in use."""
    return Refusal(f'A sheet with the name "{title}" already exists. Please enter another name.')


def add_sheet(batch: Batch, request: Json) -> Json:
    given = request.get("properties", {})
    title = given.get("title") or batch.book.free_title()
    if batch.book.titled(title):
        raise taken(title)
    sheet_id = given.get("sheetId", batch.world.new_sheet_id(batch.book))
    if batch.book.sheet(sheet_id):
        raise Refusal(f"Sheet ID {sheet_id} is already in use.")
    grid = dict(given.get("gridProperties", {}))
    rows, columns = grid.pop("rowCount", 1000), grid.pop("columnCount", 26)
    if rows < 1 or columns < 1:
        raise Refusal(f"gridProperties.{'rowCount' if rows < 1 else 'columnCount'} must be at least 1.")
    look = {key: value for key, value in given.items() if key in ("tabColor", "tabColorStyle", "rightToLeft")}
    sheet = Sheet(
        sheet_id,
        title,
        rows,
        columns,
        hidden=given.get("hidden", False),
        properties=coloured(look),
        grid=grid,
    )
    index = min(given.get("index", len(batch.book.sheets)), len(batch.book.sheets))
    batch.book.sheets.insert(index, sheet)
    return {"properties": sheet_properties(sheet, index)}


def delete_sheet(batch: Batch, request: Json) -> None:
    sheet = batch.sheet(request.get("sheetId"), "sheet")
    if not [other for other in batch.book.sheets if other is not sheet and not other.hidden]:
        raise Refusal("You can't remove all the sheets in a document.")
    batch.book.sheets.remove(sheet)
    batch.book.names = [entry for entry in batch.book.names if entry["range"].get("sheetId", 0) != sheet.id]


def duplicate_sheet(batch: Batch, request: Json) -> Json:
    source = batch.sheet(request.get("sourceSheetId"), "sheet")
    title = request.get("newSheetName") or copy_title(batch.book, source.title)
    if batch.book.titled(title):
        raise taken(title)
    sheet_id = request.get("newSheetId", batch.world.new_sheet_id(batch.book))
    if batch.book.sheet(sheet_id):
        raise Refusal(f"Sheet ID {sheet_id} is already in use.")
    sheet = copy_of(batch.world, source, sheet_id, title)
    index = min(request.get("insertSheetIndex", 0), len(batch.book.sheets))
    batch.book.sheets.insert(index, sheet)
    return {"properties": sheet_properties(sheet, index)}


def copy_title(book: Book, title: str) -> str:
    """„Copy of Tab”, „Copy of Tab 1”: a free title for a copy."""
    name, number = f"Copy of {title}", 1
    while book.titled(name):
        name, number = f"Copy of {title} {number}", number + 1
    return name


def copy_of(world: World, source: Sheet, sheet_id: int, title: str) -> Sheet:
    """A copy of a sheet under a new id; all in it that names its sheet names the new one."""
    sheet = source.copy()
    sheet.id, sheet.title, sheet.hidden = sheet_id, title, False

    def renamed(entry: Json) -> Json:
        return {**entry, "range": {**entry.get("range", {}), "sheetId": sheet_id}}

    sheet.protected = [
        renamed(entry) | {"protectedRangeId": world.random.randrange(1, 2**31)} for entry in sheet.protected
    ]
    sheet.filter = renamed(sheet.filter) if sheet.filter else None
    sheet.groups = {axis: [renamed(group) for group in groups] for axis, groups in sheet.groups.items()}
    sheet.banded = [renamed(e) | {"bandedRangeId": world.random.randrange(1, 2**31)} for e in sheet.banded]
    sheet.filter_views = [
        renamed(e) | {"filterViewId": world.random.randrange(1, 2**31)} for e in sheet.filter_views
    ]
    return sheet


def copy_to(call: Call) -> Json:
    """spreadsheets.sheets.copyTo."""
    source_book = call.world.opened(call.book_id, call.user)
    source = source_book.sheet(
        int(call.path["sheetId"]) if re.fullmatch(r"-?\d+", call.path["sheetId"]) else -1
    )
    if source is None:
        raise invalid(f"No sheet with id: {call.path['sheetId']}")
    book = call.world.opened(call.body.get("destinationSpreadsheetId", ""), call.user, to_write=True)
    sheet = copy_of(call.world, source, call.world.new_sheet_id(book), copy_title(book, source.title))
    book.sheets.append(sheet)
    book.touched()
    return sheet_properties(sheet, len(book.sheets) - 1)


def update_sheet_properties(batch: Batch, request: Json) -> None:
    new = request.get("properties", {})
    sheet = batch.sheet(new.get("sheetId"), "sheet")
    tree = batch.mask(request, "SheetProperties")
    if "*" in tree:
        tree = {name: {} for name in new if name not in ("sheetId", "sheetType")}
    for name, below in tree.items():
        match name:
            case "title":
                rename(batch.book, sheet, new.get("title", ""))
            case "index":
                reorder(batch.book, sheet, new.get("index", 0))
            case "hidden":
                if new.get("hidden") and all(other.hidden or other is sheet for other in batch.book.sheets):
                    raise Refusal("You can't hide all the sheets in a document.")
                sheet.hidden = new.get("hidden", False)
            case "gridProperties":
                update_grid(sheet, new.get("gridProperties", {}), below)
            case "tabColor" | "tabColorStyle":
                given = (
                    coloured({name: new[name]}) if new.get(name) not in (None, {}, {"rgbColor": {}}) else {}
                )
                for key in ("tabColor", "tabColorStyle"):
                    sheet.properties.pop(key, None)
                    if key in given:
                        sheet.properties[key] = given[key]
            case "rightToLeft":
                sheet.properties[name] = new.get(name, False)
            case _:
                raise Refusal(f"Invalid field: {name}")


def rename(book: Book, sheet: Sheet, title: str) -> None:
    """Gives a sheet a new title, also in the formulas that name it."""
    if not title:
        raise Refusal("Sheet name cannot be empty.")
    if len(title) > 100:
        raise Refusal("Sheet name cannot be greater than 100 characters.")
    other = book.titled(title)
    if other is not None and other is not sheet:
        raise taken(title)
    old, sheet.title = sheet.title, title
    escaped = title.replace("'", "''")
    plain = title if re.fullmatch(r"[A-Za-z_]\w*", title) else f"'{escaped}'"
    named = re.compile(rf"(?:'{re.escape(old.replace(chr(39), chr(39) * 2))}'|(?<![\w']){re.escape(old)})!")
    for place in book.sheets:
        for cells in place.rows.values():
            for column, cell in cells.items():
                if cell.formula and old in cell.formula:
                    cells[column] = replace(cell, formula=named.sub(lambda _: plain + "!", cell.formula))


def reorder(book: Book, sheet: Sheet, index: int) -> None:
    """Moves a sheet; the index counts as before the move."""
    if index > len(book.sheets) or index < 0:
        raise Refusal(f"Cannot move sheet to index {index}: there are only {len(book.sheets)} sheets.")
    present = book.sheets.index(sheet)
    book.sheets.pop(present)
    book.sheets.insert(index - 1 if index > present else index, sheet)


def update_grid(sheet: Sheet, new: Json, below: schema.Mask) -> None:
    """Changes the size, the frozen parts and the grid lines of a sheet."""
    names = list(new) if not below or "*" in below else list(below)
    rows = new.get("rowCount", 0) if "rowCount" in names else sheet.row_count
    columns = new.get("columnCount", 0) if "columnCount" in names else sheet.column_count
    for name in names:
        if name not in ("rowCount", "columnCount"):
            sheet.grid[name] = new.get(name, 0)
    for count, frozen, what in ((rows, "frozenRowCount", "rows"), (columns, "frozenColumnCount", "columns")):
        if count < 1:
            raise Refusal(f"You can't delete all the {what} on the sheet.")
        if sheet.grid.get(frozen, 0) >= count:
            at_freeze = frozen in names
            raise Refusal(
                f"You can't freeze all visible {what} on the sheet."
                if at_freeze
                else f"Sorry, it is not possible to delete all non-frozen {what}."
            )
    sheet.resized(ROWS, rows)
    sheet.resized(COLUMNS, columns)


def update_spreadsheet_properties(batch: Batch, request: Json) -> None:
    new, tree = request.get("properties", {}), batch.mask(request, "SpreadsheetProperties")
    book = batch.book
    for name in new if "*" in tree else tree:
        match name:
            case "title":
                book.title = schema.required(new.get("title"), "Spreadsheet title cannot be empty.")
            case "locale":
                if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", new.get("locale", "")):
                    raise Refusal(f"Unsupported locale: {new.get('locale', '')}")
                book.locale = new["locale"]
            case "timeZone":
                if not is_time_zone(new.get("timeZone", "")):
                    raise Refusal(f"Invalid time zone: {new.get('timeZone', '')}")
                book.time_zone = new["timeZone"]
            case _:
                book.properties = schema.updated(book.properties, new, {name: tree.get(name, {})})


def is_time_zone(name: str) -> bool:
    """Whether this is a name of the time zone database, or „GMT-07:00”."""
    return name in zoneinfo.available_timezones() or re.fullmatch(r"GMT[+-]\d{2}:\d{2}", name) is not None
