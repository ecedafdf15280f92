"""Requests about ranges: shifting, sorting, copying, replacing, cleaning."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

from tests.google.a1 import Box
from tests.google.batch_request import Batch, Refusal
from tests.google.book import ROWS, Book, Cell, Sheet
from tests.google.formula import CellError, copied

Json = dict[str, Any]


def shift(batch: Batch, request: Json, insert: bool) -> None:
    """Moves the cells below (or right of) a range away from it, or over it."""
    sheet, box = batch.area(request.get("range", {}))
    axis = request.get("shiftDimension") or ROWS
    by = box.height if axis == ROWS else box.width
    across = Box(0, box.left, None, box.right) if axis == ROWS else Box(box.top, 0, box.bottom, None)
    start = box.top if axis == ROWS else box.left
    moved: list[tuple[int, int, Cell]] = []
    for row, column, cell in list(sheet.cells_in(across)):
        place = row if axis == ROWS else column
        if place < start:
            continue
        sheet.put(row, column, Cell())
        if insert:
            place += by
        elif place < start + by:
            continue
        else:
            place -= by
        moved.append((place, column, cell) if axis == ROWS else (row, place, cell))
    for row, column, cell in moved:
        sheet.grow(row + 1, column + 1)
        sheet.put(row, column, cell)


def insert_range(batch: Batch, request: Json) -> None:
    shift(batch, request, insert=True)


def delete_range(batch: Batch, request: Json) -> None:
    shift(batch, request, insert=False)


def sort_range(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    batch.book.guard(sheet, box, batch.user)
    rows = list(range(box.top, box.bottom or 0))
    for spec in reversed(request.get("sortSpecs", [])):
        column, descending = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        if not box.left <= column < (box.right or 0):
            raise Refusal(f"sortSpecs.dimensionIndex[{column}] is not in the range")
        values = {row: batch.book.value(sheet, row, column) for row in rows}
        filled = [row for row in rows if values[row] not in (None, "")]
        filled.sort(key=lambda row, values=values: sort_key(values[row]), reverse=descending)
        blank = [row for row in rows if values[row] in (None, "")]
        rows = filled + blank
    columns = range(box.left, box.right or 0)
    taken_out = {row: {c: sheet.cell(row, c) for c in columns} for row in rows if row in sheet.rows}
    for row in range(box.top, box.bottom or 0):
        for column in list(sheet.rows.get(row, {})):
            if column in columns:
                sheet.put(row, column, Cell())
    for to, source in enumerate(rows, box.top):
        for column, cell in taken_out.get(source, {}).items():
            if cell.formula:
                cell = replace(cell, formula=copied(cell.formula, to - source, 0))
            sheet.put(to, column, cell)


def sort_key(value: Any) -> tuple[int, Any]:
    """Numbers, then text without regard to case, then FALSE and TRUE, then errors."""
    if isinstance(value, CellError):
        return 3, value.type
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def copy_paste(batch: Batch, request: Json) -> None:
    source, box = batch.area(request.get("source", {}), "source")
    sheet, target = batch.area(request.get("destination", {}), "destination")
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    block = {(r - box.top, c - box.left): cell for r, c, cell in source.cells_in(box)}
    height, width = box.height, box.width
    if turned:
        block, height, width = {(c, r): cell for (r, c), cell in block.items()}, width, height
    fits = target.height % height == 0 and target.width % width == 0
    down, across = (target.height, target.width) if fits else (height, width)
    sheet.grow(target.top + down, target.left + across)
    batch.book.guard(sheet, Box(target.top, target.left, target.top + down, target.left + across), batch.user)
    for r in range(down):
        for c in range(across):
            origin = (r % height, c % width)
            cell = block.get(origin, Cell())
            place = target.top + r, target.left + c
            from_row, from_column = (origin[1], origin[0]) if turned else origin
            by = (place[0] - box.top - from_row, place[1] - box.left - from_column)
            sheet.put(
                *place, pasted(batch.book, source, cell, sheet.cell(*place), request, by, place, box, origin)
            )


def pasted(
    book: Book,
    source: Sheet,
    cell: Cell,
    old: Cell,
    request: Json,
    by: tuple[int, int],
    place: tuple[int, int],
    box: Box,
    origin: tuple[int, int],
) -> Cell:
    """A cell after another was pasted on it, as far as the kind of paste goes."""
    kind = request.get("pasteType") or "PASTE_NORMAL"
    formula = copied(cell.formula, *by) if cell.formula else ""
    match kind:
        case "PASTE_VALUES":
            value = cell.value
            if cell.formula:
                value = book.calculator.value(source, place[0] - by[0], place[1] - by[1])
            return replace(old, value=value, formula="")
        case "PASTE_FORMAT":
            return replace(old, format=cell.format)
        case "PASTE_FORMULA":
            return replace(old, value=cell.value, formula=formula)
        case "PASTE_DATA_VALIDATION":
            return replace(old, validation=cell.validation)
        case "PASTE_CONDITIONAL_FORMATTING":
            return old
        case "PASTE_NO_BORDERS":
            look = {key: value for key, value in cell.format.items() if key != "borders"}
            return replace(cell, formula=formula, format=look)
        case _:
            return replace(cell, formula=formula)


def cut_paste(batch: Batch, request: Json) -> None:
    source, box = batch.area(request.get("source", {}), "source")
    start = request.get("destination", {})
    sheet = batch.sheet(start.get("sheetId"))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    cells = list(source.cells_in(box))
    for row, column, _ in cells:
        source.put(row, column, Cell())
    area = Box(top, left, top + box.height, left + box.width)
    sheet.grow(area.bottom or 0, area.right or 0)
    for row, column, _ in list(sheet.cells_in(area)):
        sheet.put(row, column, Cell())
    for row, column, cell in cells:
        sheet.put(top + row - box.top, left + column - box.left, cell)


def find_replace(batch: Batch, request: Json) -> Json:
    text, new = request.get("find", ""), request.get("replacement", "")
    if "range" in request:
        places = [batch.area(request["range"])]
    elif request.get("allSheets"):
        places = [(sheet, sheet.whole()) for sheet in batch.book.sheets]
    elif "sheetId" in request:
        sheet = batch.sheet(request["sheetId"])
        places = [(sheet, sheet.whole())]
    else:
        raise Refusal("One of range, sheetId or allSheets must be set.")
    if not text:
        raise Refusal("The find field is required.")
    try:
        pattern = re.compile(
            text if request.get("searchByRegex") else re.escape(text),
            0 if request.get("matchCase") else re.IGNORECASE,
        )
    except re.error as error:
        raise Refusal(f"Invalid regular expression: {text}") from error
    replacement = (
        re.sub(r"\$(\d)", r"\\\1", new) if request.get("searchByRegex") else new.replace("\\", r"\\")
    )
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    sheets, rows = set(), set()
    for sheet, box in places:
        for row, column, cell in list(sheet.cells_in(box)):
            if cell.is_blank or (cell.formula and not request.get("includeFormulas")):
                continue
            shown = cell.formula or batch.book.shown(sheet, row, column)
            if request.get("matchEntireCell") and not pattern.fullmatch(shown):
                continue
            changed, times = pattern.subn(replacement, shown)
            if not times:
                continue
            sheet.put(row, column, batch.book.entered(cell, changed, "USER_ENTERED"))
            counts["formulasChanged" if cell.formula else "valuesChanged"] += 1
            counts["occurrencesChanged"] += times
            sheets.add(sheet.id)
            rows.add((sheet.id, row))
    counts |= {"rowsChanged": len(rows), "sheetsChanged": len(sheets)}
    return {name: count for name, count in counts.items() if count}


def paste_data(batch: Batch, request: Json) -> None:
    start = request.get("coordinate", {})
    sheet = batch.sheet(start.get("sheetId"))
    mark = request.get("delimiter", "\t")
    lines = [line.split(mark) for line in request.get("data", "").split("\n")]
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    sheet.grow(top + len(lines), left + max(len(line) for line in lines))
    for r, line in enumerate(lines, top):
        for c, text in enumerate(line, left):
            sheet.put(r, c, batch.book.entered(sheet.cell(r, c), text, "USER_ENTERED"))


def trim_whitespace(batch: Batch, request: Json) -> Json:
    sheet, box = batch.area(request.get("range", {}))
    changed = 0
    for row, column, cell in list(sheet.cells_in(box)):
        if isinstance(cell.value, str):
            text = re.sub(r"[ \u00a0]+", " ", cell.value).strip()
            if text != cell.value:
                sheet.put(row, column, replace(cell, value=text))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(batch: Batch, request: Json) -> Json:
    sheet, box = batch.area(request.get("range", {}))
    chosen = [entry.get("startIndex", 0) for entry in request.get("comparisonColumns", [])]
    columns = chosen or list(range(box.left, box.right or 0))
    seen: set[tuple[Any, ...]] = set()
    kept: list[dict[int, Cell]] = []
    for row in range(box.top, box.bottom or 0):
        cells = {c: sheet.cell(row, c) for c in range(box.left, box.right or 0)}
        key = tuple(sort_key(batch.book.value(sheet, row, c) or "") for c in columns)
        if key not in seen:
            kept.append(cells)
        seen.add(key)
    for row in range(box.top, box.bottom or 0):
        cells = kept[row - box.top] if row - box.top < len(kept) else {}
        for column in range(box.left, box.right or 0):
            sheet.put(row, column, cells.get(column, Cell()))
    removed = box.height - len(kept)
    return {"duplicatesRemovedCount": removed} if removed else {}


def randomize_range(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("range", {}))
    columns = range(box.left, box.right or 0)
    rows = [{c: sheet.cell(r, c) for c in columns} for r in range(box.top, box.bottom or 0)]
    random.Random(batch.new_id()).shuffle(rows)
    for r, cells in enumerate(rows, box.top):
        for c, cell in cells.items():
            sheet.put(r, c, cell)


def text_to_columns(batch: Batch, request: Json) -> None:
    sheet, box = batch.area(request.get("source", {}))
    marks = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " ", "AUTODETECT": ","}
    mark = request.get("delimiter") or marks.get(request.get("delimiterType", "AUTODETECT"), ",")
    for row, column, cell in list(sheet.cells_in(box)):
        if isinstance(cell.value, str):
            parts = cell.value.split(mark)
            sheet.grow(0, column + len(parts))
            for c, text in enumerate(parts, column):
                sheet.put(row, c, batch.book.entered(sheet.cell(row, c), text.strip(), "USER_ENTERED"))
