"""Requests about rows and columns: inserting, deleting, moving, hiding, grouping."""

from __future__ import annotations

from typing import Any

from tests.google import schema
from tests.google.batch_request import Batch, Refusal
from tests.google.book import COLUMNS, ROWS, sheet_key
from tests.google.grid import PIXELS

Json = dict[str, Any]


def insert_dimension(batch: Batch, request: Json) -> None:
    sheet, axis, start, end = batch.span(request.get("range", {}))
    if start > sheet.count(axis):
        raise Refusal(f"range.startIndex[{start}] is after the last index of the grid[{sheet.count(axis)}]")
    before = request.get("inheritFromBefore", False)
    if before and start == 0:
        raise Refusal("inheritFromBefore cannot be true when inserting at index 0.")
    count = end - start
    sheet.insert(axis, start, end, before)
    batch.book.dimension_changed(sheet, axis, lambda i: i + count if i >= start else i, start, count)


def delete_dimension(batch: Batch, request: Json) -> None:
    sheet, axis, start, end = batch.span(request.get("range", {}))
    word = "row" if axis == ROWS else "column"
    count = sheet.count(axis)
    if start >= count:
        raise Refusal(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {start} but there are "
            f"only {count} {word}s."
        )
    end = min(end, count)
    frozen = sheet.grid.get("frozenRowCount" if axis == ROWS else "frozenColumnCount", 0)
    if end - start >= count:
        raise Refusal(f"You can't delete all the {word}s on the sheet.")
    if frozen and count - (end - start) <= frozen - max(0, min(end, frozen) - start):
        raise Refusal(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    gone = end - start
    sheet.remove(axis, start, end)
    batch.book.dimension_changed(
        sheet, axis, lambda i: None if start <= i < end else i - gone if i >= end else i, start, -gone
    )


def move_dimension(batch: Batch, request: Json) -> None:
    sheet, axis, start, end = batch.span(request.get("source", {}))
    to = request.get("destinationIndex", 0)
    count = end - start
    if start <= to <= end:
        return
    if to > sheet.count(axis):
        raise Refusal(f"destinationIndex[{to}] is after the last index of the grid[{sheet.count(axis)}]")

    def move(i: int) -> int:
        if start <= i < end:
            return i - start + (to if to < start else to - count)
        if to <= i < start:
            return i + count
        return i - count if end <= i < to else i

    sheet.relocate(axis, move)
    batch.book.dimension_changed(sheet, axis, move, 0, 0)


def append_dimension(batch: Batch, request: Json) -> None:
    sheet = batch.sheet(request.get("sheetId"))
    axis, length = request.get("dimension"), request.get("length", 0)
    if axis not in (ROWS, COLUMNS) or length < 1:
        raise Refusal("dimension and a length greater than 0 are required")
    sheet.resized(axis, sheet.count(axis) + length)


def update_dimension_properties(batch: Batch, request: Json) -> None:
    sheet, axis, start, end = batch.span(request.get("range", {}))
    tree, new = batch.mask(request, "DimensionProperties"), request.get("properties", {})
    for place in range(start, min(end, sheet.count(axis))):
        entry = schema.updated(sheet.metadata[axis].get(place, {}), new, tree)
        sheet.metadata[axis][place] = {
            key: value for key, value in entry.items() if value not in (False, None)
        }


def auto_resize_dimensions(batch: Batch, request: Json) -> None:
    if "dimensions" not in request:
        return
    sheet, axis, start, end = batch.span(request["dimensions"])
    for place in range(start, min(end, sheet.count(axis))):
        pixels = PIXELS[axis]
        if axis == COLUMNS:
            texts = [batch.book.shown(sheet, row, place) for row in sheet.rows if place in sheet.rows[row]]
            longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
            pixels = min(2000, 6 + 7 * longest) if longest else PIXELS[axis]
        else:
            texts = [batch.book.shown(sheet, place, column) for column in sheet.rows.get(place, {})]
            pixels = 21 + 16 * max((text.count("\n") for text in texts), default=0)
        sheet.metadata[axis][place] = {**sheet.metadata[axis].get(place, {}), "pixelSize": pixels}


def add_dimension_group(batch: Batch, request: Json) -> Json:
    sheet, axis, start, end = batch.span(request.get("range", {}))
    reach = sheet_key(sheet) | {"dimension": axis, "startIndex": start, "endIndex": end}
    around = [
        group
        for group in sheet.groups[axis]
        if group["range"]["startIndex"] <= start and end <= group["range"]["endIndex"]
    ]
    for group in sheet.groups[axis]:
        if (
            start <= group["range"]["startIndex"]
            and group["range"]["endIndex"] <= end
            and group not in around
        ):
            group["depth"] += 1
    sheet.groups[axis] = sorted(
        [*sheet.groups[axis], {"range": reach, "depth": len(around) + 1}],
        key=lambda group: (group["depth"], group["range"]["startIndex"]),
    )
    return {"dimensionGroups": sheet.groups[axis]}


def delete_dimension_group(batch: Batch, request: Json) -> Json:
    sheet, axis, start, end = batch.span(request.get("range", {}))
    inside = [
        group
        for group in sheet.groups[axis]
        if group["range"]["startIndex"] < end and start < group["range"]["endIndex"]
    ]
    if not inside:
        raise Refusal("A group over the specified range does not exist.")
    deepest = max(group["depth"] for group in inside)
    rest = []
    for group in sheet.groups[axis]:
        if group not in inside or group["depth"] < deepest:
            rest.append(group)
            continue
        first, last = group["range"]["startIndex"], group["range"]["endIndex"]
        for low, high in ((first, min(start, last)), (max(end, first), last)):
            if low < high:
                rest.append({**group, "range": {**group["range"], "startIndex": low, "endIndex": high}})
    sheet.groups[axis] = rest
    return {"dimensionGroups": rest} if rest else {}


def update_dimension_group(batch: Batch, request: Json) -> None:
    new, tree = request.get("dimensionGroup", {}), batch.mask(request, "DimensionGroup")
    sheet, axis, start, end = batch.span(new.get("range", {}))
    for i, group in enumerate(sheet.groups[axis]):
        if (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end):
            keep = {name: below for name, below in tree.items() if name not in ("range", "depth")}
            sheet.groups[axis][i] = schema.updated(group, new, keep)
            return
    raise Refusal("A group over the specified range does not exist.")
