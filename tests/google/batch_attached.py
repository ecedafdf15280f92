"""Requests about what hangs on a sheet: names, protection, filters, colours, metadata."""

from __future__ import annotations

import re
from typing import Any

from tests.google import schema
from tests.google.batch_request import Batch, Refusal, normal
from tests.google.book import Book, Sheet, grid_range, sheet_key
from tests.google.call import Call
from tests.google.errors import ApiError
from tests.google.looks import coloured

Json = dict[str, Any]


def add_named_range(batch: Batch, request: Json) -> Json:
    entry = normal(request.get("namedRange", {}))
    sheet, box = batch.area(entry.get("range", {}))
    name = entry.get("name", "")
    if not re.fullmatch(r"[^\W\d]\w{0,249}", name) or re.fullmatch(
        r"[A-Za-z]{1,3}\d+|true|false", name, re.I
    ):
        raise Refusal(f'The name "{name}" is not a valid name for a range.')
    if any(other["name"].casefold() == name.casefold() for other in batch.book.names):
        raise Refusal(f"Cannot add duplicate named range: {name}")
    number = entry.get("namedRangeId") or str(batch.new_id())
    stored = {"namedRangeId": number, "name": name, "range": grid_range(sheet, box)}
    batch.book.names.append(stored)
    return {"namedRange": stored}


def place_of(entries: list[Json], key: str, value: Any, what: str) -> int:
    """Where the entry with this id is."""
    for i, entry in enumerate(entries):
        if str(entry[key]) == str(value):
            return i
    raise Refusal(f"{what}: {value}")


def delete_named_range(batch: Batch, request: Json) -> None:
    number = request.get("namedRangeId")
    del batch.book.names[place_of(batch.book.names, "namedRangeId", number, "No named range with id")]


def update_named_range(batch: Batch, request: Json) -> None:
    new, tree = normal(request.get("namedRange", {})), batch.mask(request, "NamedRange")
    i = place_of(batch.book.names, "namedRangeId", new.get("namedRangeId"), "No named range with id")
    batch.book.names[i] = schema.updated(batch.book.names[i], new, tree)


def add_protected_range(batch: Batch, request: Json) -> Json:
    given = request.get("protectedRange", {})
    sheet, box = batch.area(given.get("range", {}))
    whole = set(given.get("range", {})) <= {"sheetId"}
    number = given.get("protectedRangeId", batch.new_id())
    if any(entry["protectedRangeId"] == number for other in batch.book.sheets for entry in other.protected):
        raise Refusal(f"A protected range with id {number} already exists.")
    entry: Json = {"protectedRangeId": number, "range": sheet_key(sheet) if whole else grid_range(sheet, box)}
    if given.get("description"):
        entry["description"] = given["description"]
    if "unprotectedRanges" in given:
        entry["unprotectedRanges"] = given["unprotectedRanges"]
    if given.get("warningOnly"):
        entry["warningOnly"] = True
    entry["requestingUserCanEdit"] = True
    if not given.get("warningOnly"):
        editors = given.get("editors", {})
        users = list(dict.fromkeys([*editors.get("users", []), batch.user, batch.book.owner]))
        entry["editors"] = {"users": users}
        if editors.get("groups"):
            entry["editors"]["groups"] = editors["groups"]
    sheet.protected.append(entry)
    return {"protectedRange": entry}


def protected_place(batch: Batch, number: Any) -> tuple[Sheet, int]:
    """The sheet and the place of a protected range."""
    for sheet in batch.book.sheets:
        for i, entry in enumerate(sheet.protected):
            if entry["protectedRangeId"] == number:
                return sheet, i
    raise Refusal(f"No protected range with ID: {number}")


def delete_protected_range(batch: Batch, request: Json) -> None:
    sheet, i = protected_place(batch, request.get("protectedRangeId", 0))
    del sheet.protected[i]


def update_protected_range(batch: Batch, request: Json) -> None:
    new, tree = request.get("protectedRange", {}), batch.mask(request, "ProtectedRange")
    sheet, i = protected_place(batch, new.get("protectedRangeId", 0))
    sheet.protected[i] = schema.updated(sheet.protected[i], normal(new), tree)


def set_basic_filter(batch: Batch, request: Json) -> None:
    given = request.get("filter", {})
    sheet, box = batch.area(given.get("range", {}))
    sheet.filter = {**given, "range": grid_range(sheet, box)}


def clear_basic_filter(batch: Batch, request: Json) -> None:
    batch.sheet(request.get("sheetId"), "sheet").filter = None


def add_filter_view(batch: Batch, request: Json) -> Json:
    given = request.get("filter", {})
    sheet, box = batch.area(given.get("range", {}))
    entry = {
        **given,
        "filterViewId": given.get("filterViewId", batch.new_id()),
        "range": grid_range(sheet, box),
    }
    entry.setdefault("title", f"Filter {len(sheet.filter_views) + 1}")
    sheet.filter_views.append(entry)
    return {"filter": entry}


def delete_filter_view(batch: Batch, request: Json) -> None:
    for sheet in batch.book.sheets:
        for entry in sheet.filter_views:
            if entry["filterViewId"] == request.get("filterId", 0):
                sheet.filter_views.remove(entry)
                return
    raise Refusal(f"No filter view with id: {request.get('filterId', 0)}")


def add_banding(batch: Batch, request: Json) -> Json:
    given = request.get("bandedRange", {})
    sheet, box = batch.area(given.get("range", {}))
    number = given.get("bandedRangeId", batch.new_id())
    entry = {**coloured(given), "bandedRangeId": number, "range": grid_range(sheet, box)}
    sheet.banded.append(entry)
    return {"bandedRange": entry}


def delete_banding(batch: Batch, request: Json) -> None:
    for sheet in batch.book.sheets:
        for entry in sheet.banded:
            if entry["bandedRangeId"] == request.get("bandedRangeId", 0):
                sheet.banded.remove(entry)
                return
    raise Refusal(f"No banding with id: {request.get('bandedRangeId', 0)}")


def add_conditional_format_rule(batch: Batch, request: Json) -> None:
    rule = request.get("rule", {})
    if not rule.get("ranges"):
        raise Refusal("rule.ranges is required")
    areas = [batch.area(reach) for reach in rule["ranges"]]
    sheet = areas[0][0]
    entry = coloured(rule) | {"ranges": [grid_range(where, box) for where, box in areas]}
    sheet.conditional.insert(request.get("index", 0), entry)


def delete_conditional_format_rule(batch: Batch, request: Json) -> Json:
    sheet, index = batch.sheet(request.get("sheetId")), request.get("index", 0)
    if index >= len(sheet.conditional):
        raise Refusal(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return {"rule": sheet.conditional.pop(index)}


def create_developer_metadata(batch: Batch, request: Json) -> Json:
    given = request.get("developerMetadata", {})
    place = given.get("location", {})
    kind = "SHEET" if "sheetId" in place else "ROW" if "dimensionRange" in place else "SPREADSHEET"
    if not given.get("metadataKey") or not given.get("visibility"):
        raise Refusal("metadataKey and visibility are required")
    entry = {
        "metadataId": given.get("metadataId", batch.new_id()),
        **{key: given[key] for key in ("metadataKey", "metadataValue") if key in given},
        "location": {"locationType": kind, **({"spreadsheet": True} if kind == "SPREADSHEET" else place)},
        "visibility": given["visibility"],
    }
    owner = batch.sheet(place["sheetId"], "sheet").notes if kind == "SHEET" else batch.book.notes
    owner.append(entry)
    return {"developerMetadata": entry}


def all_metadata(book: Book) -> list[Json]:
    """Developer metadata of a spreadsheet and of its sheets."""
    return [*book.notes, *(entry for sheet in book.sheets for entry in sheet.notes)]


def delete_developer_metadata(batch: Batch, request: Json) -> Json:
    gone = [
        entry for entry in all_metadata(batch.book) if metadata_fits(entry, request.get("dataFilter", {}))
    ]
    for entries in (batch.book.notes, *(sheet.notes for sheet in batch.book.sheets)):
        entries[:] = [entry for entry in entries if entry not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


def metadata_fits(entry: Json, wanted: Json) -> bool:
    """Whether a metadata entry is what a DataFilter looks for."""
    look = wanted.get("developerMetadataLookup", {})
    return all(
        entry.get(key) == look[key] for key in ("metadataId", "metadataKey", "metadataValue") if key in look
    )


def search_metadata(call: Call) -> Json:
    """spreadsheets.developerMetadata.search."""
    book = call.world.opened(call.book_id, call.user)
    filters = call.body.get("dataFilters", [])
    found = [
        {"developerMetadata": entry, "dataFilters": fitting}
        for entry in all_metadata(book)
        if (fitting := [wanted for wanted in filters if metadata_fits(entry, wanted)])
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


def get_metadata(call: Call) -> Json:
    """spreadsheets.developerMetadata.get."""
    book = call.world.opened(call.book_id, call.user)
    for entry in all_metadata(book):
        if str(entry["metadataId"]) == call.path["metadataId"]:
            return entry
    raise ApiError(404, f"No developer metadata with id: {call.path['metadataId']}")
