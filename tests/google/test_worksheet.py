"""Every method of gspread's Worksheet against the server."""

from __future__ import annotations

import re

import gspread
import pytest
from gspread.utils import (
    Dimension,
    InsertDataOption,
    MergeType,
    PasteOrientation,
    PasteType,
    TableDirection,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)


def resource(sheet):
    """The sheet as spreadsheets.get gives it."""
    meta = sheet.client.fetch_sheet_metadata(sheet.spreadsheet_id)
    return next(s for s in meta["sheets"] if s["properties"]["sheetId"] == sheet.id)


def test_a_new_sheet_has_a_thousand_rows_and_no_values(sheet):
    assert (sheet.id, sheet.title, sheet.index) == (0, "Sheet1", 0)
    assert (sheet.row_count, sheet.col_count, sheet.column_count) == (1000, 26, 26)
    assert (sheet.frozen_row_count, sheet.frozen_col_count, sheet.is_gridlines_hidden) == (0, 0, False)
    assert not sheet.isSheetHidden
    assert sheet.tab_color is None
    assert sheet.get() == [[]]
    assert sheet.get_all_values() == [[]]
    assert sheet.get_all_records() == []
    assert sheet.row_values(1) == []
    assert sheet.col_values(1) == []
    assert sheet.url.endswith(f"{sheet.spreadsheet_id}#gid=0")


def test_ragged_rows_come_back_without_their_blank_ends(sheet):
    sheet.update([["a", "", "c", ""], [], ["", "b"], ["", ""]], "A1:D4")
    answer = sheet.client.values_get(sheet.spreadsheet_id, "Sheet1")
    assert answer == {
        "range": "Sheet1!A1:Z1000",
        "majorDimension": "ROWS",
        "values": [["a", "", "c"], [], ["", "b"]],
    }
    answer = sheet.client.values_get(sheet.spreadsheet_id, "Sheet1!A1:D4", {"majorDimension": "COLUMNS"})
    assert answer["values"] == [["a"], ["", "", "b"], ["c"]]
    assert sheet.client.values_get(sheet.spreadsheet_id, "Sheet1!D1:D4") == {
        "range": "Sheet1!D1:D4",
        "majorDimension": "ROWS",
    }


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("A1", "Sheet1!A1"),
        ("A1:A1", "Sheet1!A1"),
        ("Sheet1!A:A", "Sheet1!A1:A1000"),
        ("Sheet1!A2:C", "Sheet1!A2:C1000"),
        ("Sheet1!2:3", "Sheet1!A2:Z3"),
        ("Sheet1!B5:5", "Sheet1!B5:Z5"),
        ("Sheet1!C3:A1", "Sheet1!A1:C3"),
        ("Sheet1!$A$1:$B$2", "Sheet1!A1:B2"),
        ("Sheet1!R1C1:R2C3", "Sheet1!A1:C2"),
        ("Sheet1!A1:ZZ5000", "Sheet1!A1:Z1000"),
        ("'My Tab'!a1:b2", "'My Tab'!A1:B2"),
        ("My Tab", "'My Tab'!A1:Z1000"),
        ("'It''s'!A1", "'It''s'!A1"),
        ("Gotowość!A1", "'Gotowość'!A1"),
        ("'2024'!A1", "'2024'!A1"),
        ("'R1C1'!A1", "'R1C1'!A1"),
        ("'AB12'!A1", "'AB12'!A1"),
        ("Uczestnicy!A1", "Uczestnicy!A1"),
        ("a_b1!A1", "a_b1!A1"),
    ],
)
def test_ranges_are_answered_in_their_full_form(world, book, sheet, asked, answered):
    for title in ("My Tab", "It's", "Gotowość", "2024", "R1C1", "AB12", "Uczestnicy", "a_b1"):
        world.fill(book, title, [["x"]])
    assert sheet.client.values_get(book.id, asked)["range"] == answered


def test_a_range_without_a_sheet_is_in_the_first_visible_one(spreadsheet, sheet):
    second = spreadsheet.add_worksheet("Second", 10, 5)
    sheet.hide()
    assert sheet.client.values_get(spreadsheet.id, "A1")["range"] == "Second!A1"
    assert [w.title for w in spreadsheet.worksheets(exclude_hidden=True)] == [second.title]
    assert resource(sheet)["properties"]["hidden"] is True
    sheet.show()
    assert "hidden" not in resource(sheet)["properties"]


def test_cells_can_be_read_and_written_one_by_one(sheet):
    sheet.update_acell("A1", "1,234.5")
    sheet.update_cell(2, 1, "= 1 / 1024")
    sheet.update_cell(3, 1, True)
    assert sheet.acell("A1").value == "1,234.50"
    assert sheet.acell("A1", value_render_option=ValueRenderOption.unformatted).value == 1234.5
    assert sheet.cell(2, 1).numeric_value == 1 / 1024
    assert sheet.cell(2, 1, value_render_option=ValueRenderOption.formula).value == "= 1 / 1024"
    assert sheet.cell(3, 1).value == "TRUE"
    assert sheet.cell(4, 1).value is None
    sheet.update_acell("A1", "")
    assert sheet.acell("A1").value is None


def test_raw_values_are_not_understood(sheet):
    sheet.update([["=1+1", "1/2/2020", 5, 2.5, True, "5%"]], "A1", raw=True)
    unformatted = sheet.get("A1:F1", value_render_option=ValueRenderOption.unformatted)
    assert unformatted == [["=1+1", "1/2/2020", 5, 2.5, True, "5%"]]


def test_the_answer_to_an_update_counts_what_was_written(sheet):
    answer = sheet.update([[1, 2], [3, None]], "B2", include_values_in_response=True)
    assert answer == {
        "spreadsheetId": sheet.spreadsheet_id,
        "updatedRange": "Sheet1!B2:C3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
        "updatedData": {"range": "Sheet1!B2:C3", "majorDimension": "ROWS", "values": [["1", "2"], ["3"]]},
    }
    answer = sheet.update([[7]], "A1:C3")
    assert answer["updatedRange"] == "Sheet1!A1"


def test_many_ranges_in_one_request(sheet):
    answer = sheet.batch_update(
        [{"range": "A1:B1", "values": [[1, 2]]}, {"range": "A3", "values": [["=A1+B1"]]}],
        value_input_option=ValueInputOption.user_entered,
        include_values_in_response=True,
    )
    totals = {key: value for key, value in answer.items() if key.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 3,
        "totalUpdatedSheets": 1,
    }
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1", "Sheet1!A3"]
    assert answer["responses"][1]["updatedData"]["values"] == [["3"]]
    found = sheet.batch_get(["A3", "A1:B1", "Z9"])
    assert [list(values) for values in found] == [[["3"]], [["1", "2"]], []]
    assert sheet.batch_clear(["A1:B1", "A3"])["clearedRanges"] == ["Sheet1!A1:B1", "Sheet1!A3"]
    assert sheet.clear() == {"spreadsheetId": sheet.spreadsheet_id, "clearedRange": "Sheet1!A1:Z1000"}
    assert sheet.get() == [[]]


def test_ranges_of_cell_objects(sheet):
    cells = sheet.range("A1:B2")
    for number, cell in enumerate(cells):
        cell.value = str(number)
    sheet.update_cells(cells)
    assert [cell.value for cell in sheet.range("A1:B2")] == ["0", "1", "2", "3"]
    assert sheet.range("B2")[0].address == "B2"
    assert len(sheet.range()) == 26_000
    assert len(sheet.get_all_cells()) == 26_000
    far = [gspread.Cell(1, 4, "x"), gspread.Cell(3, 5, "y")]  # what lies between is left as it is
    sheet.update_cells(far)
    assert sheet.get_values("A1:E3") == [
        ["0", "1", "", "x", ""],
        ["2", "3", "", "", ""],
        ["", "", "", "", "y"],
    ]


def test_records_and_their_render_options(sheet):
    rows = [["=4/2", "2020-01-01", "string", 53], ["=3/2", 0.12, "1999-01-02", ""]]
    sheet.update(rows, "A1:D2", value_input_option=ValueInputOption.user_entered)
    assert sheet.get_all_records() == [{"2": 1.5, "2020-01-01": 0.12, "string": "1999-01-02", "53": ""}]
    records = sheet.get_all_records(value_render_option=ValueRenderOption.unformatted)
    assert records == [{2: 1.5, 43831: 0.12, "string": 36162, 53: ""}]
    records = sheet.get_all_records(value_render_option=ValueRenderOption.formula)
    assert records == [{"=4/2": "=3/2", 43831: 0.12, "string": 36162, 53: ""}]


def test_dates_come_as_serials_or_as_text(sheet):
    sheet.update([["1/5/2024", "13:30", "1/5/2024 6:00"]], "A1", raw=False)
    params = {"valueRenderOption": "UNFORMATTED_VALUE"}
    answer = sheet.client.values_get(sheet.spreadsheet_id, "A1:C1", params)
    assert answer["values"] == [[45296, 0.5625, 45296.25]]
    params["dateTimeRenderOption"] = "FORMATTED_STRING"
    answer = sheet.client.values_get(sheet.spreadsheet_id, "A1:C1", params)
    assert answer["values"] == [["1/5/2024", "13:30", "1/5/2024 6:00"]]


def test_appending_finds_the_last_table(sheet):
    """The two tables of Google's own manual: A1:C2 and B4:D6."""
    sheet.update([["x"] * 3, ["x"] * 3], "A1:C2")
    sheet.update([["x"] * 3] * 3, "B4:D6")
    starts = {
        "Sheet1": "B7",
        "B4": "B7",
        "C5:D5": "B7",
        "B2:D4": "B7",
        "A3:G10": "B7",
        "A1": "A3",
        "E4": "E4",
        "A4": "A4",
    }
    for table_range, start in starts.items():
        answer = sheet.client.values_append(
            sheet.spreadsheet_id, table_range, {"valueInputOption": "RAW"}, {"values": [["new"]]}
        )
        assert answer["updates"]["updatedRange"] == f"Sheet1!{start}", table_range
        if start in ("E4", "A4"):
            assert "tableRange" not in answer
        elif start == "B7":
            assert answer["tableRange"] == "Sheet1!B4:D6"
        sheet.batch_clear([start])


def test_rows_are_appended(sheet):
    sheet.append_row(["a", "", "c"])
    sheet.append_row(["a", "", "c"])  # A1 and C1 do not touch: the last table is C1
    assert sheet.row_values(2) == ["", "", "a", "", "c"]
    sheet.clear()
    sheet.append_row(["a", "", "c"])
    sheet.append_row(["a", "", "c"], table_range="A1")
    assert sheet.row_values(2) == ["a", "", "c"]
    answer = sheet.append_rows(
        [[1, 2], [3, 4]], insert_data_option=InsertDataOption.insert_rows, include_values_in_response=True
    )
    assert answer["updates"]["updatedData"]["values"] == [["1", "2"], ["3", "4"]]
    assert resource(sheet)["properties"]["gridProperties"]["rowCount"] == 1002


def test_appending_makes_the_sheet_longer(sheet):
    sheet.resize(2, 2)
    sheet.update([["a", "b"], ["c", "d"]], "A1:B2")
    sheet.append_row(["e", "f", "g"])
    assert resource(sheet)["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 3}
    assert sheet.row_values(3) == ["e", "f", "g"]


def test_rows_and_columns_are_inserted_and_deleted(sheet):
    sheet.update([["a1", "b1"], ["a2", "=A1"], ["a3", "=SUM(C1:C3)"]], "A1:B3", raw=False)
    sheet.insert_row(["new"], 2)
    assert sheet.col_values(1) == ["a1", "new", "a2", "a3"]
    assert sheet.get("B3:B4", value_render_option="FORMULA") == [["=A1"], ["=SUM(C1:C4)"]]
    sheet.insert_rows([["x"], ["y"]], 5)
    sheet.insert_cols([["c1", "c2"]], 1)
    assert sheet.row_values(1) == ["c1", "a1", "b1"]
    assert sheet.acell("C3", value_render_option=ValueRenderOption.formula).value == "=B1"
    sheet.delete_columns(1)
    sheet.delete_rows(1)
    assert sheet.acell("B2", value_render_option=ValueRenderOption.formula).value == "=#REF!"
    assert sheet.acell("B2").value == "#REF!"
    sheet.delete_dimension(Dimension.rows, 1, 2)
    assert sheet.col_values(1) == ["a3", "x", "y"]
    with pytest.raises(gspread.exceptions.GSpreadException):
        sheet.insert_row(["z"], 1, inherit_from_before=True)
    sheet.add_rows(5)
    sheet.add_cols(2)
    properties = resource(sheet)["properties"]["gridProperties"]
    assert (properties["rowCount"], properties["columnCount"]) == (sheet.row_count, sheet.col_count)


def test_sorting_puts_numbers_before_text_and_blanks_last(sheet):
    sheet.update([["b", 1], ["", 2], [10, 3], ["a", 4], [2, 5], [True, 6]], "A1:B6")
    sheet.sort((1, "asc"), range="A1:B6")
    assert sheet.col_values(2) == ["5", "3", "4", "1", "6", "2"]
    sheet.sort((1, "des"), range="A1:B6")
    assert sheet.col_values(2) == ["6", "1", "4", "3", "5", "2"]
    sheet.freeze(rows=1)
    sheet.sort((2, "asc"))
    assert sheet.col_values(2) == ["6", "1", "2", "3", "4", "5"]


def test_find_and_expand(sheet):
    sheet.update([["Ala", "ma"], ["kota", "ala"]], "A1:B2")
    assert sheet.find("ala").address == "B2"
    assert sheet.find("nie ma") is None
    assert [cell.address for cell in sheet.findall(re.compile("a$"))] == ["A1", "B1", "A2", "B2"]
    assert [cell.address for cell in sheet.findall("ALA", case_sensitive=False)] == ["A1", "B2"]
    assert sheet.find("ma", in_row=1).address == "B1"
    assert sheet.find("ala", in_column=2).address == "B2"
    assert sheet.expand("A1", TableDirection.table) == [["Ala", "ma"], ["kota", "ala"]]


def test_properties_of_the_sheet(sheet):
    sheet.update_title("Nowy tytuł")
    sheet.resize(rows=50, cols=5)
    sheet.freeze(rows=1, cols=2)
    sheet.hide_gridlines()
    sheet.update_tab_color("#ff8000")
    assert resource(sheet)["properties"] == {
        "sheetId": 0,
        "title": "Nowy tytuł",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {
            "rowCount": 50,
            "columnCount": 5,
            "frozenRowCount": 1,
            "frozenColumnCount": 2,
            "hideGridlines": True,
        },
        "tabColor": {"red": 1, "green": 0.5019608},
        "tabColorStyle": {"rgbColor": {"red": 1, "green": 0.5019608}},
    }
    again = sheet.spreadsheet.sheet1
    assert (again.tab_color, again.get_tab_color()) == ("#FF8000", "#FF8000")
    sheet.clear_tab_color()
    sheet.show_gridlines()
    assert "tabColor" not in resource(sheet)["properties"]
    assert "hideGridlines" not in resource(sheet)["properties"]["gridProperties"]


def test_sheets_move_and_multiply(spreadsheet, sheet):
    sheet.update_acell("A1", "x")
    twin = sheet.duplicate(insert_sheet_index=1, new_sheet_name="Twin", new_sheet_id=77)
    assert (twin.id, twin.title, twin.index, twin.acell("A1").value) == (77, "Twin", 1, "x")
    twin.update_index(0)
    assert [w.title for w in spreadsheet.worksheets()] == ["Twin", "Sheet1"]
    answer = sheet.copy_to(spreadsheet.id)
    assert (answer["title"], answer["index"], answer["sheetType"]) == ("Copy of Sheet1", 2, "GRID")


def test_basic_filters(sheet):
    sheet.resize(20, 20)
    sheet.set_basic_filter()
    whole = {"startRowIndex": 0, "endRowIndex": 20, "startColumnIndex": 0, "endColumnIndex": 20}
    assert resource(sheet)["basicFilter"] == {"range": whole}
    sheet.set_basic_filter("B1:C2")
    assert resource(sheet)["basicFilter"]["range"]["startColumnIndex"] == 1
    sheet.clear_basic_filter()
    assert "basicFilter" not in resource(sheet)


def test_merged_cells_keep_the_first_value(sheet):
    sheet.update([["a", "b"], ["c", "d"], ["e", "f"]], "A1:B3")
    sheet.merge_cells("A1:B2")
    assert sheet.get("A1:B3") == [["a"], [], ["e", "f"]]
    assert resource(sheet)["merges"] == [
        {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    ]
    assert sheet.get_values("A1:B3", combine_merged_cells=True) == [["a", "a"], ["a", "a"], ["e", "f"]]
    sheet.update([["x", "y"]], "A1:B1")
    assert sheet.get("A1:B1") == [["x"]]
    sheet.unmerge_cells("A1:B2")
    sheet.batch_merge([{"range": "A4:B5", "mergeType": MergeType.merge_rows}, {"range": "C1:C2"}])
    assert len(resource(sheet)["merges"]) == 3


def test_notes(sheet):
    sheet.insert_notes({"A1": "the first", "C3": "the third"})
    assert sheet.get_notes() == [["the first"], [], ["", "", "the third"]]
    assert sheet.get_notes(grid_range="A1:B2") == [["the first"]]
    assert sheet.get_note("C3") == "the third"
    sheet.update_note("B2", "second")
    sheet.insert_note("B3", "also")
    sheet.update_notes({"B3": "other"})
    assert sheet.get_note("B3") == "other"
    sheet.clear_note("A1")
    sheet.clear_notes(["B2", "B3", "C3"])
    assert sheet.get_notes() == [[]]
    assert sheet.get_note("A1") == ""


def test_formats(sheet):
    sheet.update([[0.5, 1234.5]], "A1:B1")
    sheet.format("A1", {"numberFormat": {"type": "PERCENT"}, "textFormat": {"bold": True}})
    sheet.format(["B1"], {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}})
    sheet.batch_format([{"range": "A1:B1", "format": {"backgroundColor": {"red": 0.2}}}])
    assert sheet.get("A1:B1") == [["50.00%", "1,234.50"]]
    params = {"ranges": "Sheet1!A1", "fields": "sheets.data.rowData.values.userEnteredFormat"}
    data = sheet.client.spreadsheets_get(sheet.spreadsheet_id, params)["sheets"][0]["data"][0]
    assert data["rowData"][0]["values"][0]["userEnteredFormat"] == {
        "numberFormat": {"type": "PERCENT"},
        "textFormat": {"bold": True},
        "backgroundColor": {"red": 0.2},
        "backgroundColorStyle": {"rgbColor": {"red": 0.2}},
    }


def test_columns_grow_to_their_content(sheet):
    def width():
        params = {"fields": "sheets.data.columnMetadata.pixelSize"}
        meta = sheet.client.fetch_sheet_metadata(sheet.spreadsheet_id, params)
        return meta["sheets"][0]["data"][0]["columnMetadata"][0]["pixelSize"]

    assert width() == 100
    sheet.update_acell("A1", "A" * 100)
    sheet.columns_auto_resize(0, 1)
    sheet.rows_auto_resize(0, 1)
    assert width() > 100


def test_rows_and_columns_are_hidden(sheet):
    def hidden(name):
        params = {"fields": f"sheets.data.{name}.hiddenByUser"}
        meta = sheet.client.fetch_sheet_metadata(sheet.spreadsheet_id, params)
        entries = meta["sheets"][0]["data"][0][name]
        return [i for i, entry in enumerate(entries) if entry.get("hiddenByUser")]

    sheet.hide_rows(1, 3)
    sheet.hide_columns(0, 1)
    assert (hidden("rowMetadata"), hidden("columnMetadata")) == ([1, 2], [0])
    sheet.unhide_rows(1, 3)
    sheet.unhide_columns(0, 1)
    assert (hidden("rowMetadata"), hidden("columnMetadata")) == ([], [])


def test_groups_of_rows_and_columns(sheet):
    sheet.add_dimension_group_columns(0, 2)
    sheet.add_dimension_group_rows(1, 4)
    assert sheet.list_dimension_group_columns() == [
        {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    ]
    assert sheet.list_dimension_group_rows()[0]["range"]["endIndex"] == 4
    sheet.delete_dimension_group_columns(0, 2)
    sheet.delete_dimension_group_rows(1, 4)
    assert sheet.list_dimension_group_columns() == []
    assert sheet.list_dimension_group_rows() == []


def test_protected_ranges(spreadsheet, sheet):
    answer = sheet.add_protected_range("A1:B2", ["kasia@example.org"], description="nie ruszać")
    added = answer["replies"][0]["addProtectedRange"]["protectedRange"]
    assert added["range"]["endRowIndex"] == 2
    assert "kasia@example.org" in added["editors"]["users"]
    assert spreadsheet.list_protected_ranges(sheet.id) == [added]
    sheet.add_protected_range("C1", warning_only=True)
    sheet.delete_protected_range(added["protectedRangeId"])
    assert [entry.get("warningOnly") for entry in spreadsheet.list_protected_ranges(sheet.id)] == [True]


def test_named_ranges(spreadsheet, sheet):
    sheet.update([["a", "b"], ["c", "d"]], "B2:C3")
    answer = sheet.define_named_range("B2:C3", "Dane")
    number = answer["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"]
    assert sheet.get("Dane") == [["a", "b"], ["c", "d"]]
    assert [cell.value for cell in spreadsheet.named_range("Dane")] == ["a", "b", "c", "d"]
    assert spreadsheet.values_get("Dane")["range"] == "Sheet1!B2:C3"
    assert spreadsheet.list_named_ranges()[0]["name"] == "Dane"
    sheet.insert_row(["x"], 1)
    assert spreadsheet.values_get("Dane")["range"] == "Sheet1!B3:C4"
    sheet.delete_named_range(number)
    assert spreadsheet.list_named_ranges() == []


def test_ranges_are_copied_and_cut(sheet):
    sheet.update([[1, "=A1*2"], [2, "=A2*2"]], "A1:B2", raw=False)
    sheet.copy_range("A1:B2", "D1:E2")
    assert sheet.get("D1:E2", value_render_option="FORMULA") == [[1, "=D1*2"], [2, "=D2*2"]]
    sheet.copy_range("A1", "G1:G3")
    assert sheet.get("G1:G3") == [["1"], ["1"], ["1"]]
    sheet.copy_range("A1:B2", "A5", PasteType.values, PasteOrientation.transpose)
    assert sheet.get("A5:B6", value_render_option="FORMULA") == [[1, 2], [2, 4]]
    sheet.cut_range("A5:B6", "A10")
    assert sheet.get("A5:B6") == [[]]
    assert sheet.get("A10:B11") == [["1", "2"], ["2", "4"]]


def test_validation_rules(sheet):
    sheet.add_validation(
        "A1", ValidationConditionType.number_greater, [10], strict=True, inputMessage="Ponad 10"
    )
    sheet.add_validation("B1:B3", ValidationConditionType.one_of_list, ["Tak", "Nie"], showCustomUi=True)
    params = {"ranges": "Sheet1!A1:B1", "fields": "sheets.data.rowData.values.dataValidation"}
    values = sheet.client.spreadsheets_get(sheet.spreadsheet_id, params)["sheets"][0]["data"][0]["rowData"][
        0
    ]["values"]
    assert values[0]["dataValidation"] == {
        "condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "10"}]},
        "inputMessage": "Ponad 10",
        "strict": True,
    }
    assert values[1]["dataValidation"]["showCustomUi"] is True


def test_padding_and_size(sheet):
    sheet.update([["a"], ["b", "c"]], "A1:B2")
    assert sheet.get_values("A1:C4", maintain_size=True) == [
        ["a", "", ""],
        ["b", "c", ""],
        ["", "", ""],
        ["", "", ""],
    ]
    assert sheet.get_values("A1:B2", major_dimension=Dimension.cols) == [["a", "b"], ["", "c"]]
    assert sheet.get("A1:B2", pad_values=True) == [["a", ""], ["b", "c"]]
