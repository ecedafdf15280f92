"""spreadsheets.batchUpdate: changes of structure, format and content; all of them, or none.

HANDLERS lists the kinds of requests. Each function gets the Batch and its request, and gives its
reply; those without one give None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.google import batch_attached, batch_cells, batch_dimensions, batch_ranges, batch_sheets
from tests.google.batch_request import Batch, Refusal
from tests.google.call import Call
from tests.google.errors import ApiError, invalid, invalid_request
from tests.google.grid import spreadsheet

Json = dict[str, Any]

HANDLERS: dict[str, Callable[[Batch, Json], Json | None]] = {
    "addSheet": batch_sheets.add_sheet,
    "deleteSheet": batch_sheets.delete_sheet,
    "duplicateSheet": batch_sheets.duplicate_sheet,
    "updateSheetProperties": batch_sheets.update_sheet_properties,
    "updateSpreadsheetProperties": batch_sheets.update_spreadsheet_properties,
    "repeatCell": batch_cells.repeat_cell,
    "updateCells": batch_cells.update_cells,
    "appendCells": batch_cells.append_cells,
    "setDataValidation": batch_cells.set_data_validation,
    "mergeCells": batch_cells.merge_cells,
    "unmergeCells": batch_cells.unmerge_cells,
    "updateBorders": batch_cells.update_borders,
    "insertDimension": batch_dimensions.insert_dimension,
    "deleteDimension": batch_dimensions.delete_dimension,
    "moveDimension": batch_dimensions.move_dimension,
    "appendDimension": batch_dimensions.append_dimension,
    "updateDimensionProperties": batch_dimensions.update_dimension_properties,
    "autoResizeDimensions": batch_dimensions.auto_resize_dimensions,
    "addDimensionGroup": batch_dimensions.add_dimension_group,
    "deleteDimensionGroup": batch_dimensions.delete_dimension_group,
    "updateDimensionGroup": batch_dimensions.update_dimension_group,
    "insertRange": batch_ranges.insert_range,
    "deleteRange": batch_ranges.delete_range,
    "sortRange": batch_ranges.sort_range,
    "copyPaste": batch_ranges.copy_paste,
    "cutPaste": batch_ranges.cut_paste,
    "pasteData": batch_ranges.paste_data,
    "findReplace": batch_ranges.find_replace,
    "trimWhitespace": batch_ranges.trim_whitespace,
    "deleteDuplicates": batch_ranges.delete_duplicates,
    "randomizeRange": batch_ranges.randomize_range,
    "textToColumns": batch_ranges.text_to_columns,
    "addNamedRange": batch_attached.add_named_range,
    "updateNamedRange": batch_attached.update_named_range,
    "deleteNamedRange": batch_attached.delete_named_range,
    "addProtectedRange": batch_attached.add_protected_range,
    "updateProtectedRange": batch_attached.update_protected_range,
    "deleteProtectedRange": batch_attached.delete_protected_range,
    "setBasicFilter": batch_attached.set_basic_filter,
    "clearBasicFilter": batch_attached.clear_basic_filter,
    "addFilterView": batch_attached.add_filter_view,
    "deleteFilterView": batch_attached.delete_filter_view,
    "addBanding": batch_attached.add_banding,
    "deleteBanding": batch_attached.delete_banding,
    "addConditionalFormatRule": batch_attached.add_conditional_format_rule,
    "deleteConditionalFormatRule": batch_attached.delete_conditional_format_rule,
    "createDeveloperMetadata": batch_attached.create_developer_metadata,
    "deleteDeveloperMetadata": batch_attached.delete_developer_metadata,
}


def run(call: Call) -> Json:
    """spreadsheets.batchUpdate."""
    book = call.world.opened(call.book_id, call.user, to_write=True)
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    batch = Batch(call.world, call.user, book.draft())
    replies = []
    for index, request in enumerate(requests):
        if len(request) != 1:
            raise invalid(f"Invalid requests[{index}]: No request set.")
        kind, body = next(iter(request.items()))
        if kind not in HANDLERS:
            raise ApiError(501, f"requests[{index}].{kind} is not part of this test server.")
        try:
            reply = HANDLERS[kind](batch, body)
        except Refusal as refusal:
            raise invalid_request(index, kind, str(refusal)) from refusal
        except ApiError as error:
            raise invalid_request(index, kind, error.message) from error
        replies.append({kind: reply} if reply is not None else {})
    batch.book.check_size()
    book.take(batch.book)
    out: Json = {"spreadsheetId": book.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        texts = call.body.get("responseRanges")
        ranges = [book.readable(text) for text in texts] if texts else None
        out["updatedSpreadsheet"] = spreadsheet(
            book, ranges, call.body.get("responseIncludeGridData", False), None
        )
    return out
