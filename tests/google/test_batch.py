"""Requests of spreadsheets.batchUpdate that gspread has no method for."""

from __future__ import annotations

import pytest


@pytest.fixture
def send(spreadsheet):
    """Sends requests, and gives their replies."""
    return lambda *requests: spreadsheet.batch_update({"requests": list(requests)})["replies"]


def area(text: str) -> dict:
    """„B2:C3” as a GridRange of the first sheet."""
    from gspread.utils import a1_range_to_grid_range

    return a1_range_to_grid_range(text, 0)


def test_rows_and_columns_move_and_are_added(send, sheet):
    sheet.update([[1], [2], [3], ["=A1"]], "A1:A4", raw=False)
    reach = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    assert send({"moveDimension": {"source": reach, "destinationIndex": 3}}) == [{}]
    assert sheet.get("A1:A4", value_render_option="FORMULA") == [[2], [3], [1], ["=A3"]]
    back = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    send({"moveDimension": {"source": back, "destinationIndex": 0}})
    assert sheet.get("A1:A4") == [["1"], ["2"], ["3"], ["1"]]
    send({"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 4}})
    assert sheet.spreadsheet.sheet1.col_count == 30


def test_cells_of_all_kinds_are_written(send, sheet):
    values = [
        {"userEnteredValue": {"numberValue": 45327}, "userEnteredFormat": {"numberFormat": {"type": "DATE"}}},
        {"userEnteredValue": {"stringValue": "=1"}},
        {"userEnteredValue": {"boolValue": True}},
        {"userEnteredValue": {"formulaValue": "=A1+1"}},
        {"userEnteredValue": {"errorValue": {"type": "N_A"}}},
    ]
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 0}
    send(
        {
            "updateCells": {
                "start": start,
                "rows": [{"values": values}],
                "fields": "userEnteredValue,userEnteredFormat",
            }
        }
    )
    assert sheet.get("A2:E2") == [["2/5/2024", "=1", "TRUE", "1", "#N/A"]]
    send({"appendCells": {"sheetId": 0, "rows": [{"values": values[:2]}], "fields": "userEnteredValue"}})
    assert sheet.row_values(3) == ["45327", "=1"]
    send({"updateCells": {"range": area("A2:E3"), "fields": "userEnteredValue"}})
    assert sheet.get() == [[]]
    assert sheet.get_notes() == [[]]


def test_one_cell_is_repeated_with_its_formula(send, sheet):
    sheet.update([[1], [2], [3]], "A1:A3")
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$1"}, "note": "razy"}
    send({"repeatCell": {"range": area("B1:B3"), "cell": cell, "fields": "userEnteredValue,note"}})
    assert sheet.get("B1:B3", value_render_option="FORMULA") == [["=A1*$A$1"], ["=A2*$A$1"], ["=A3*$A$1"]]
    assert sheet.get("B1:B3") == [["1"], ["2"], ["3"]]
    assert sheet.get_note("B3") == "razy"


def test_ranges_are_inserted_and_deleted(send, sheet):
    sheet.update([["a", "b"], ["c", "d"]], "A1:B2")
    send({"insertRange": {"range": area("A1:A1"), "shiftDimension": "ROWS"}})
    assert sheet.get("A1:B3") == [["", "b"], ["a", "d"], ["c"]]
    send({"deleteRange": {"range": area("A1:A1"), "shiftDimension": "ROWS"}})
    assert sheet.get("A1:B2") == [["a", "b"], ["c", "d"]]
    send({"insertRange": {"range": area("A1:A1"), "shiftDimension": "COLUMNS"}})
    assert sheet.row_values(1) == ["", "a", "b"]


def test_find_and_replace_counts_what_it_changed(send, sheet):
    sheet.update([["Ala Ala", "kot"], ["ala", "=A1"]], "A1:B2", raw=False)
    reply = send({"findReplace": {"find": "ala", "replacement": "Ola", "allSheets": True}})[0]["findReplace"]
    assert reply == {"valuesChanged": 2, "occurrencesChanged": 3, "rowsChanged": 2, "sheetsChanged": 1}
    assert sheet.get("A1:B2") == [["Ola Ola", "kot"], ["Ola", "Ola Ola"]]
    send({"findReplace": {"find": "(k)o(t)", "replacement": "$2o$1", "searchByRegex": True, "sheetId": 0}})
    assert sheet.acell("B1").value == "tok"
    assert send({"findReplace": {"find": "nie ma", "replacement": "x", "sheetId": 0}}) == [
        {"findReplace": {}}
    ]


def test_text_is_cleaned_and_split(send, sheet):
    sheet.update([["  a   b "], ["x"], ["x"]], "A1:A3")
    replies = send(
        {"trimWhitespace": {"range": area("A1:A3")}},
        {"deleteDuplicates": {"range": area("A1:A3")}},
        {"pasteData": {"coordinate": {"rowIndex": 4}, "data": "1;2\n3;4", "delimiter": ";"}},
        {"textToColumns": {"source": area("A1:A1"), "delimiterType": "SPACE"}},
    )
    assert replies[0] == {"trimWhitespace": {"cellsChangedCount": 1}}
    assert replies[1] == {"deleteDuplicates": {"duplicatesRemovedCount": 1}}
    assert sheet.get("A1:B6") == [["a", "b"], ["x"], [], [], ["1", "2"], ["3", "4"]]


def test_what_hangs_on_a_sheet_is_listed_with_it(send, spreadsheet):
    rule = {"ranges": [area("A1:A9")], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    replies = send(
        {"addConditionalFormatRule": {"rule": rule}},
        {"addFilterView": {"filter": {"title": "Mój", "range": area("A1:B2")}}},
        {
            "addBanding": {
                "bandedRange": {"range": area("A1:B2"), "rowProperties": {"firstBandColor": {"red": 1}}}
            }
        },
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "klucz",
                    "metadataValue": "1",
                    "location": {"spreadsheet": True},
                    "visibility": "DOCUMENT",
                }
            }
        },
        {"updateBorders": {"range": area("A1:B2"), "top": {"style": "SOLID", "color": {"red": 1}}}},
    )
    sheet = spreadsheet.fetch_sheet_metadata()["sheets"][0]
    assert sheet["conditionalFormats"][0]["ranges"][0]["endRowIndex"] == 9
    assert sheet["filterViews"][0]["title"] == "Mój"
    assert sheet["bandedRanges"][0]["range"]["endColumnIndex"] == 2
    path = f"https://sheets.googleapis.com/v4/spreadsheets/{spreadsheet.id}/developerMetadata:search"
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "klucz"}}]}
    found = spreadsheet.client.request("post", path, json=body).json()["matchedDeveloperMetadata"]
    assert found[0]["developerMetadata"]["metadataValue"] == "1"
    send(
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}},
        {"deleteFilterView": {"filterId": replies[1]["addFilterView"]["filter"]["filterViewId"]}},
        {"deleteBanding": {"bandedRangeId": replies[2]["addBanding"]["bandedRange"]["bandedRangeId"]}},
        {"deleteDeveloperMetadata": {"dataFilter": body["dataFilters"][0]}},
    )
    sheet = spreadsheet.fetch_sheet_metadata()["sheets"][0]
    assert sheet.keys() == {"properties"}


def test_names_and_protections_are_changed(send, spreadsheet, sheet):
    replies = send(
        {"addNamedRange": {"namedRange": {"name": "Dane", "range": area("A1:B2")}}},
        {"addProtectedRange": {"protectedRange": {"range": area("A1:B2")}}},
    )
    name = replies[0]["addNamedRange"]["namedRange"] | {"name": "Inne"}
    guard = replies[1]["addProtectedRange"]["protectedRange"] | {"description": "nowy opis"}
    send(
        {"updateNamedRange": {"namedRange": name, "fields": "name"}},
        {"updateProtectedRange": {"protectedRange": guard, "fields": "description"}},
    )
    assert spreadsheet.list_named_ranges() == [name]
    assert spreadsheet.list_protected_ranges(0) == [guard]
    sheet.insert_row(["x"], 2)
    assert spreadsheet.list_protected_ranges(0)[0]["range"]["endRowIndex"] == 3
    sheet.delete_rows(1, 3)
    assert spreadsheet.list_protected_ranges(0) == []


def test_the_changed_spreadsheet_comes_back_when_asked(spreadsheet):
    body = {
        "requests": [{"addSheet": {"properties": {"title": "Nowa"}}}],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Nowa"],
    }
    answer = spreadsheet.batch_update(body)
    assert [s["properties"]["title"] for s in answer["updatedSpreadsheet"]["sheets"]] == ["Nowa"]
    properties = answer["replies"][0]["addSheet"]["properties"]
    assert list(properties) == ["sheetId", "title", "index", "sheetType", "gridProperties"]


def test_filters_of_data_are_read_written_and_cleared(spreadsheet):
    base = f"https://sheets.googleapis.com/v4/spreadsheets/{spreadsheet.id}"
    wanted = {"gridRange": area("A1:B1")}

    def post(path, body):
        return spreadsheet.client.request("post", f"{base}{path}", json=body).json()

    data = [{"dataFilter": {"a1Range": "A1:B1"}, "values": [["x", "y"]]}]
    answer = post("/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": data})
    assert answer["responses"][0]["updatedRange"] == "Sheet1!A1:B1"
    answer = post("/values:batchGetByDataFilter", {"dataFilters": [wanted]})
    assert answer["valueRanges"][0]["valueRange"]["values"] == [["x", "y"]]
    assert post(":getByDataFilter", {"dataFilters": [wanted], "includeGridData": True})["sheets"][0]["data"]
    assert post("/values:batchClearByDataFilter", {"dataFilters": [wanted]})["clearedRanges"] == [
        "Sheet1!A1:B1"
    ]


def test_a_sheet_cannot_grow_beyond_ten_million_cells(spreadsheet, refused):
    grid = {"rowCount": 10_000_000, "columnCount": 1}
    error = refused(
        spreadsheet.batch_update, {"requests": [{"addSheet": {"properties": {"gridProperties": grid}}}]}
    )
    assert "above the limit of 10000000 cells" in error["message"]
