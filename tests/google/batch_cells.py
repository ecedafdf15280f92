"""Requests about cells: values, formats, rules, merging, borders."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google import schema
from tests.google.a1 import Box
from tests.google.batch_request import Batch, Refusal
from tests.google.book import Book, Cell
from tests.google.formula import CellError, copied
from tests.google.looks import coloured

Json = dict[str, Any]


def extended_value(book: Book, given: Json) -> tuple[Any, str]:
    """(value, formula) of an ExtendedValue."""
    if "formulaValue" in given:
        return None, given["formulaValue"]
    if "errorValue" in given:
        return CellError(given["errorValue"].get("type", "ERROR")), ""
    return next((given[key] for key in ("numberValue", "stringValue", "boolValue") if key in given), None), ""


def cell_from(book: Book, old: Cell, given: Json, tree: schema.Mask) -> Cell:
    """A cell after the masked fields of a CellData were taken over."""
    everything = "*" in tree
    cell = old
    if everything or "userEnteredValue" in tree:
        value, formula = extended_value(book, given.get("userEnteredValue", {}))
        cell = replace(cell, value=value, formula=formula)
    if everything or "userEnteredFormat" in tree:
        below = {} if everything else tree["userEnteredFormat"]
        new = coloured(given.get("userEnteredFormat", {}))
        look = schema.updated(old.format, new, paired(below)) if below else new
        cell = replace(cell, format=look)
    if everything or "note" in tree:
        cell = replace(cell, note=given.get("note", ""))
    if everything or "dataValidation" in tree:
        cell = replace(cell, validation=given.get("dataValidation"))
    extra = dict(cell.extra)
    for name in ("textFormatRuns", "chipRuns"):
        if everything or name in tree:
            extra.pop(name, None)
            if name in given:
                extra[name] = given[name]
    return replace(cell, extra=extra)


def paired(tree: schema.Mask) -> schema.Mask:
    """A mask that takes a colour together with its style."""
    out = {name: paired(below) for name, below in tree.items()}
    for plain, style in (
        ("backgroundColor", "backgroundColorStyle"),
        ("foregroundColor", "foregroundColorStyle"),
    ):
        if plain in out or style in out:
            out[plain], out[style] = {}, {}
    return out


def repeat_cell(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    tree = batch.mask(request, "CellData")
    batch.book.guard(sheet, box, batch.user)
    given = request.get("cell", {})
    for row in range(box.top, box.bottom or 0):
        for column in range(box.left, box.right or 0):
            cell = cell_from(batch.book, sheet.cell(row, column), given, tree)
            if cell.formula and "userEnteredValue" in given:
                cell = replace(cell, formula=copied(cell.formula, row - box.top, column - box.left))
            sheet.put(row, column, cell)


def update_cells(batch: Batch, request: Json) -> None:
    tree = batch.mask(request, "CellData")
    rows = request.get("rows", [])
    if "start" in request:
        start = request["start"]
        sheet = batch.sheet(start.get("sheetId"))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        if top + len(rows) > sheet.row_count:
            last = sheet.row_count - 1
            raise Refusal(f"GridCoordinate.rowIndex[{top + len(rows) - 1}] is after last row in grid[{last}]")
        if left + width > sheet.column_count:
            last = sheet.column_count - 1
            raise Refusal(
                f"GridCoordinate.columnIndex[{left + width - 1}] is after last column in grid[{last}]"
            )
        box = Box(top, left, top + len(rows), left + width)
        shape = None
    else:
        sheet, box = batch.area(request.get("range", {}))
        shape = box
    batch.book.guard(sheet, box, batch.user)
    for r, row in enumerate(rows):
        if shape and box.top + r >= (shape.bottom or 0):
            last = (shape.bottom or 0) - 1
            raise Refusal(f"Attempting to write row: {box.top + r}, beyond the last requested row of: {last}")
        for c, given in enumerate(row.get("values", [])):
            if shape and box.left + c >= (shape.right or 0):
                last = (shape.right or 0) - 1
                raise Refusal(
                    f"Attempting to write column: {box.left + c}, beyond the last requested column of: {last}"
                )
            place = box.top + r, box.left + c
            sheet.put(*place, cell_from(batch.book, sheet.cell(*place), given, tree))
    if shape:
        filled = {(r, c) for r, row in enumerate(rows) for c in range(len(row.get("values", [])))}
        for row, column, cell in list(sheet.cells_in(shape)):
            if (row - box.top, column - box.left) not in filled:
                sheet.put(row, column, cell_from(batch.book, cell, {}, tree))


def append_cells(batch: Batch, request: Json) -> None:
    sheet, tree = batch.sheet(request.get("sheetId")), batch.mask(request, "CellData")
    filled = [row for row, cells in sheet.rows.items() if any(not cell.is_blank for cell in cells.values())]
    start = max(filled, default=-1) + 1
    rows = request.get("rows", [])
    sheet.grow(start + len(rows), max((len(row.get("values", [])) for row in rows), default=0))
    for r, row in enumerate(rows, start):
        for c, given in enumerate(row.get("values", [])):
            sheet.put(r, c, cell_from(batch.book, sheet.cell(r, c), given, tree))


def set_data_validation(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    rule = request.get("rule")
    if rule is not None:
        if "condition" not in rule or not rule["condition"].get("type"):
            raise Refusal("rule.condition.type is required")
        rule = {key: value for key, value in rule.items() if value not in (False, "", None)}
    for row in range(box.top, box.bottom or 0):
        for column in range(box.left, box.right or 0):
            sheet.put(row, column, replace(sheet.cell(row, column), validation=rule))


def merge_cells(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    kind = request.get("mergeType") or "MERGE_ALL"
    clash = [other for other in sheet.merges if other.meets(box)]
    if any(not box.covers(other) for other in clash):
        raise Refusal("You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = [other for other in sheet.merges if other not in clash]
    bottom, right = box.bottom or 0, box.right or 0
    parts = [box]
    if kind == "MERGE_ROWS":
        parts = [Box(row, box.left, row + 1, right) for row in range(box.top, bottom)]
    elif kind == "MERGE_COLUMNS":
        parts = [Box(box.top, column, bottom, column + 1) for column in range(box.left, right)]
    for part in parts:
        if part.is_cell:
            continue
        sheet.merges.append(part)
        cells = [(r, c, cell) for r, c, cell in sheet.cells_in(part) if not cell.is_blank]
        first = cells[0][2] if cells else None
        for row, column, cell in cells:
            sheet.put(row, column, replace(cell, value=None, formula=""))
        if first:  # the value of the first cell that has one stays, at the top left
            corner = sheet.cell(part.top, part.left)
            sheet.put(part.top, part.left, replace(corner, value=first.value, formula=first.formula))


def unmerge_cells(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    if any(other.meets(box) and not box.covers(other) for other in sheet.merges):
        raise Refusal("You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = [other for other in sheet.merges if not other.meets(box)]


def update_borders(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    bottom, right = (box.bottom or 0) - 1, (box.right or 0) - 1
    for row in range(box.top, bottom + 1):
        for column in range(box.left, right + 1):
            sides = {
                "top": "top" if row == box.top else "innerHorizontal",
                "bottom": "bottom" if row == bottom else "innerHorizontal",
                "left": "left" if column == box.left else "innerVertical",
                "right": "right" if column == right else "innerVertical",
            }
            lines = {side: coloured(request[name]) for side, name in sides.items() if name in request}
            cell = sheet.cell(row, column)
            if lines:
                borders = {**cell.format.get("borders", {}), **lines}
                sheet.put(row, column, replace(cell, format={**cell.format, "borders": borders}))
