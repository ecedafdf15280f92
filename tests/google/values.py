"""spreadsheets.values: reading, writing, appending and clearing values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google.a1 import Box, letters
from tests.google.book import COLUMNS, ROWS, Book, Sheet, beyond, box_in
from tests.google.call import Call
from tests.google.errors import invalid
from tests.google.schema import required

Json = dict[str, Any]
FORMATTED, SERIAL = "FORMATTED_VALUE", "SERIAL_NUMBER"


def value_range(book: Book, sheet: Sheet, box: Box, major: str, option: str, dates: str) -> Json:
    """ValueRange of a closed rectangle: blank ends of rows, and blank rows at the end, are left out.

    Blanks between values are empty text; a range without any value has no `values`.
    """
    lines: list[list[Any]] = []
    by_row = major != COLUMNS
    for row, column, cell in sheet.cells_in(box):
        if cell.is_blank:
            continue
        line, place = (row - box.top, column - box.left) if by_row else (column - box.left, row - box.top)
        while len(lines) <= line:
            lines.append([])
        entries = lines[line]
        if len(entries) < place:
            entries.extend([""] * (place - len(entries)))
        entries.append(book.rendered(sheet, row, column, option, dates))
    out: Json = {"range": book.label(sheet, box), "majorDimension": COLUMNS if not by_row else ROWS}
    if lines:
        out["values"] = lines
    return out


def options(given: Json, prefix: str = "") -> tuple[str, str]:
    """(valueRenderOption, dateTimeRenderOption), as asked for or as Google takes them to be."""
    names = ("valueRenderOption", "dateTimeRenderOption")
    if prefix:
        names = (f"{prefix}ValueRenderOption", f"{prefix}DateTimeRenderOption")
    return given.get(names[0]) or FORMATTED, given.get(names[1]) or SERIAL


def get(call: Call) -> Json:
    """values.get."""
    book = call.world.opened(call.book_id, call.user)
    sheet, box = book.readable(call.path["range"])
    return value_range(book, sheet, box, call.params.get("majorDimension") or ROWS, *options(call.params))


def batch_get(call: Call) -> Json:
    """values.batchGet; answers in the order asked."""
    book = call.world.opened(call.book_id, call.user)
    major, chosen = call.params.get("majorDimension") or ROWS, options(call.params)
    places = [book.readable(text) for text in call.params.get("ranges", [])]
    found = [value_range(book, sheet, box, major, *chosen) for sheet, box in places]
    return {"spreadsheetId": book.id} | ({"valueRanges": found} if found else {})


def filtered(book: Book, entry: Json) -> tuple[Sheet, Box]:
    """The range of a DataFilter: an A1 range or a GridRange."""
    if "a1Range" in entry:
        return book.readable(entry["a1Range"])
    reach = entry.get("gridRange", {})
    sheet = book.sheet(reach.get("sheetId", 0))
    if sheet is None:
        raise invalid(f"No grid with id: {reach.get('sheetId', 0)}")
    return sheet, box_in(reach, sheet)


def batch_get_by_data_filter(call: Call) -> Json:
    """values.batchGetByDataFilter."""
    book = call.world.opened(call.book_id, call.user)
    major, chosen = call.body.get("majorDimension") or ROWS, options(call.body)
    found = []
    for entry in call.body.get("dataFilters", []):
        sheet, box = filtered(book, entry)
        found.append({"valueRange": value_range(book, sheet, box, major, *chosen), "dataFilters": [entry]})
    return {"spreadsheetId": book.id} | ({"valueRanges": found} if found else {})


# --- writing


def lines_of(body: Json, where: str) -> list[list[Any]]:
    """The rows of a ValueRange to write, whatever its major dimension; None is for „leave as it is”."""
    lines: list[list[Any]] = body.get("values") or []
    for i, line in enumerate(lines):
        for j, value in enumerate(line):
            if isinstance(value, dict):
                raise invalid(f"Invalid {where}[{i}][{j}]: struct_value {{\n}}\n")
            if isinstance(value, list):
                raise invalid(f"Invalid {where}[{i}][{j}]: list_value {{\n}}\n")
    if body.get("majorDimension") == COLUMNS:
        height = max((len(line) for line in lines), default=0)
        return [[line[r] if r < len(line) else None for line in lines] for r in range(height)]
    return lines


def target(book: Book, text: str, lines: list[list[Any]]) -> tuple[Sheet, Box, Box]:
    """(sheet, the range asked for, the range the values take); values may not lie outside the range.

    A range of one cell, or a whole sheet, is only where to begin: the sheet grows when need be.
    """
    sheet, box = book.resolve(text)
    height, width = len(lines), max((len(line) for line in lines), default=0)
    anchor = box.is_cell or box == Box()
    too_far = box.top >= sheet.row_count or box.left >= sheet.column_count
    if too_far or (box.bottom or 0) > sheet.row_count or (box.right or 0) > sheet.column_count:
        raise beyond(sheet, box)
    taken = Box(box.top, box.left, box.top + max(height, 1), box.left + max(width, 1))
    if anchor:
        sheet.grow(taken.bottom or 0, taken.right or 0)
        asked = taken if box.is_cell else box.within(sheet.row_count, sheet.column_count)
        return sheet, asked, taken
    asked = box.within(sheet.row_count, sheet.column_count)
    if box.top + height > (asked.bottom or 0):
        raise invalid(
            f"Requested writing within range [{book.label(sheet, asked)}], "
            f"but tried writing to row [{(asked.bottom or 0) + 1}]"
        )
    if box.left + width > (asked.right or 0):
        raise invalid(
            f"Requested writing within range [{book.label(sheet, asked)}], "
            f"but tried writing to column [{letters(asked.right or 0)}]"
        )
    return sheet, asked, taken


def write(book: Book, sheet: Sheet, start: Box, lines: list[list[Any]], option: str) -> None:
    """Puts rows of values into the sheet from the top left of `start` on."""
    merged = [box for box in sheet.merges if box.meets(start)]
    for r, line in enumerate(lines, start.top):
        for c, value in enumerate(line, start.left):
            if value is None or any(box.holds(r, c) and (r, c) != (box.top, box.left) for box in merged):
                continue
            sheet.put(r, c, book.entered(sheet.cell(r, c), value, option))


def input_option(given: Json) -> str:
    """valueInputOption, which must be there."""
    option = given.get("valueInputOption")
    if option in (None, "", "INPUT_VALUE_OPTION_UNSPECIFIED"):
        raise invalid("'valueInputOption' is required but not specified")
    return str(option)


def update_one(
    book: Book, user: str, text: str, body: Json, option: str, where: str
) -> tuple[Json, Sheet, Box, Box]:
    """One write: (UpdateValuesResponse, sheet, asked range, taken range)."""
    lines = lines_of(body, where)
    sheet, asked, taken = target(book, text, lines)
    book.guard(sheet, taken, user)
    write(book, sheet, taken, lines, option)
    book.check_size()
    written = [sum(value is not None for value in line) for line in lines]
    used = [i for i, line in enumerate(lines) if any(value is not None for value in line)]
    columns = {c for line in lines for c, value in enumerate(line) if value is not None}
    counts = {"updatedRows": len(used), "updatedColumns": len(columns), "updatedCells": sum(written)}
    answer: Json = {"spreadsheetId": book.id, "updatedRange": book.label(sheet, taken)}
    return answer | {name: count for name, count in counts.items() if count}, sheet, asked, taken


def update(call: Call) -> Json:
    """values.update."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    option, draft = input_option(call.params), book.draft()
    same_range(book, call.path["range"], call.body)
    answer, sheet, asked, _ = update_one(draft, call.user, call.path["range"], call.body, option, "values")
    book.take(draft)
    if call.params.get("includeValuesInResponse"):
        major = call.body.get("majorDimension") or ROWS
        answer["updatedData"] = value_range(book, sheet, asked, major, *options(call.params, "response"))
    return answer


def same_range(book: Book, text: str, body: Json) -> None:
    """A range in the body must be the range of the address."""
    if body.get("range") and book.resolve(body["range"]) != book.resolve(text):
        raise invalid(
            f"Requested writing within range [{text}], but tried writing to range [{body['range']}]"
        )


def batch_update(call: Call) -> Json:
    """values.batchUpdate: all of it, or nothing."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    option, draft = input_option(call.body), book.draft()
    entries = [(required(e.get("range"), "Unable to parse range: "), e) for e in call.body.get("data", [])]
    return written(book, draft, call, entries, option)


def written(book: Book, draft: Book, call: Call, entries: list[tuple[str, Json]], option: str) -> Json:
    """Writes each entry to its range, and sums up."""
    answers, shown, touched = [], [], set()
    for i, (text, entry) in enumerate(entries):
        answer, sheet, asked, taken = update_one(draft, call.user, text, entry, option, f"data[{i}].values")
        answers.append(answer)
        shown.append((sheet, asked, entry.get("majorDimension") or ROWS))
        for r, line in enumerate(lines_of(entry, "values"), taken.top):
            touched |= {(sheet.id, r, c) for c, value in enumerate(line, taken.left) if value is not None}
    book.take(draft)
    if call.body.get("includeValuesInResponse"):
        for answer, (sheet, asked, major) in zip(answers, shown, strict=True):
            answer["updatedData"] = value_range(book, sheet, asked, major, *options(call.body, "response"))
    totals = {
        "totalUpdatedRows": len({(s, r) for s, r, _ in touched}),
        "totalUpdatedColumns": len({(s, c) for s, _, c in touched}),
        "totalUpdatedCells": len(touched),
        "totalUpdatedSheets": len({s for s, _, _ in touched}),
    }
    out: Json = {"spreadsheetId": book.id} | {name: count for name, count in totals.items() if count}
    return out | ({"responses": answers} if answers else {})


def batch_update_by_data_filter(call: Call) -> Json:
    """values.batchUpdateByDataFilter."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    option, draft = input_option(call.body), book.draft()
    entries = []
    for entry in call.body.get("data", []):
        sheet, box = filtered(draft, entry.get("dataFilter", {}))
        entries.append((draft.label(sheet, box), {k: v for k, v in entry.items() if k != "dataFilter"}))
    answer = written(book, draft, call, entries, option)
    for one, entry in zip(answer.get("responses", []), call.body.get("data", []), strict=True):
        one.pop("spreadsheetId")
        one["dataFilter"] = entry["dataFilter"]
    return answer


# --- appending


def tables(sheet: Sheet) -> list[Box]:
    """The tables of a sheet: rectangles around cells that touch, also at a corner."""
    filled = {(r, c) for r, cells in sheet.rows.items() for c, cell in cells.items() if not cell.is_blank}
    boxes: list[Box] = []
    while filled:
        edge = [filled.pop()]
        top, left = bottom, right = edge[0]
        while edge:
            r, c = edge.pop()
            top, bottom, left, right = min(top, r), max(bottom, r), min(left, c), max(right, c)
            near = {(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)} & filled
            filled -= near
            edge.extend(near)
        boxes.append(Box(top, left, bottom + 1, right + 1))
    return joined(boxes)


def joined(boxes: list[Box]) -> list[Box]:
    """Rectangles that overlap are one table."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        while meeting := next((other for other in out if other.meets(box)), None):
            out.remove(meeting)
            box = Box(
                min(box.top, meeting.top),
                min(box.left, meeting.left),
                max(box.bottom or 0, meeting.bottom or 0),
                max(box.right or 0, meeting.right or 0),
            )
        out.append(box)
    return out


def last_table(sheet: Sheet, box: Box) -> Box | None:
    """The last of the tables that a range meets: the lowest, and of those the one most to the right."""
    met = [table for table in tables(sheet) if table.meets(box)]
    return max(met, key=lambda table: (table.bottom, table.left), default=None)


def append(call: Call) -> Json:
    """values.append: below the last table in the range; at the start of the range when there is none."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    option, draft = input_option(call.params), book.draft()
    lines = lines_of(call.body, "values")
    sheet, box = draft.readable(call.path["range"])
    table = last_table(sheet, box)
    row, column = (table.bottom or 0, table.left) if table else (box.top, box.left)
    height, width = len(lines), max((len(line) for line in lines), default=0)
    if call.params.get("insertDataOption") == "INSERT_ROWS" and height:
        if row < sheet.row_count:
            sheet.insert(ROWS, row, row + height, inherit_before=row > 0)
            draft.dimension_changed(sheet, ROWS, lambda i: i + height if i >= row else i, row, height)
        else:
            sheet.grow(row + height, 0)
    sheet.grow(row + height, column + width)
    taken = Box(row, column, row + max(height, 1), column + max(width, 1))
    answer, _, _, _ = update_one(draft, call.user, draft.label(sheet, taken), call.body, option, "values")
    book.take(draft)
    if call.params.get("includeValuesInResponse"):
        major = call.body.get("majorDimension") or ROWS
        answer["updatedData"] = value_range(book, sheet, taken, major, *options(call.params, "response"))
    out: Json = {"spreadsheetId": book.id}
    if table:
        out["tableRange"] = book.label(sheet, table)
    return out | {"updates": answer}


# --- clearing


def cleared(book: Book, user: str, sheet: Sheet, box: Box) -> str:
    """Empties a rectangle (formats, notes and rules stay) and gives its label."""
    book.guard(sheet, box, user)
    for row, column, cell in list(sheet.cells_in(box)):
        if not cell.is_blank:
            sheet.put(row, column, replace(cell, value=None, formula=""))
    return book.label(sheet, box)


def clear(call: Call) -> Json:
    """values.clear."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    label = cleared(book, call.user, *book.readable(call.path["range"]))
    book.touched()
    return {"spreadsheetId": book.id, "clearedRange": label}


def batch_clear(call: Call) -> Json:
    """values.batchClear."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    places = [book.readable(text) for text in call.body.get("ranges", [])]
    labels = [cleared(book, call.user, sheet, box) for sheet, box in places]
    book.touched()
    return {"spreadsheetId": book.id} | ({"clearedRanges": labels} if labels else {})


def batch_clear_by_data_filter(call: Call) -> Json:
    """values.batchClearByDataFilter."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    places = [filtered(book, entry) for entry in call.body.get("dataFilters", [])]
    labels = [cleared(book, call.user, sheet, box) for sheet, box in places]
    book.touched()
    return {"spreadsheetId": book.id} | ({"clearedRanges": labels} if labels else {})
