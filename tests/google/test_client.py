"""Every method of gspread's Client and Spreadsheet: files, permissions, sheets of a spreadsheet."""

from __future__ import annotations

import io
import zipfile

import gspread
import openpyxl
import pytest
from gspread.utils import ExportFormat

from tests.google import World, client


def test_a_spreadsheet_is_created_opened_and_deleted(gc, world):
    made = gc.create("Nowy arkusz")
    assert (made.title, made.locale, made.timezone, made.sheet1.title) == (
        "Nowy arkusz",
        "en_US",
        "Etc/GMT",
        "Sheet1",
    )
    assert gc.open("Nowy arkusz").id == made.id
    assert gc.open_by_key(made.id).url == f"https://docs.google.com/spreadsheets/d/{made.id}"
    assert gc.open_by_url(f"https://docs.google.com/spreadsheets/d/{made.id}/edit#gid=0").id == made.id
    assert [found.id for found in gc.openall("Nowy arkusz")] == [made.id]
    assert gc.list_spreadsheet_files("Nowy arkusz")[0].keys() == {"id", "name", "createdTime", "modifiedTime"}
    gc.del_spreadsheet(made.id)
    assert made.id not in world.books
    with pytest.raises(gspread.SpreadsheetNotFound):
        gc.open_by_key(made.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        gc.open("Nowy arkusz")


def test_folders_and_times(gc):
    made = gc.create("W folderze", folder_id="folder1")
    assert [file["id"] for file in gc.list_spreadsheet_files(folder_id="folder1")] == [made.id]
    assert gc.open("W folderze", folder_id="folder1").id == made.id
    assert gc.get_file_drive_metadata(made.id)["name"] == "W folderze"
    before = made.get_lastUpdateTime()
    assert made.creationTime <= before
    made.sheet1.update_acell("A1", "x")
    assert made.get_lastUpdateTime() >= before
    with pytest.warns(DeprecationWarning, match="lastUpdateTime"):
        assert made.lastUpdateTime
    made.update_drive_metadata()


def test_a_copy_has_the_values_the_permissions_and_the_comments(gc, book):
    original = gc.open_by_key(book.id)
    original.sheet1.update_acell("A1", "x")
    original.share("kasia@example.org", perm_type="user", role="reader", notify=False)
    url = f"https://www.googleapis.com/drive/v3/files/{book.id}/comments"
    gc.http_client.request("post", url, json={"content": "uwaga"}, params={"fields": "id"})
    copy = gc.copy(book.id, title="Kopia", copy_permissions=True, folder_id="f")
    assert copy.sheet1.acell("A1").value == "x"
    assert {p["emailAddress"] for p in copy.list_permissions()} == {book.owner, "kasia@example.org"}
    url = f"https://www.googleapis.com/drive/v3/files/{copy.id}/comments"
    comments = gc.http_client.request("get", url, params={"fields": "comments/content"}).json()
    assert comments == {"comments": [{"content": "uwaga"}]}


def test_permissions(gc, book):
    spreadsheet = gc.open_by_key(book.id)
    answer = spreadsheet.share("kasia@example.org", perm_type="user", role="writer").json()
    assert answer.keys() == {"kind", "id", "type", "role"}
    assert gc.insert_permission(book.id, None, perm_type="anyone", role="reader").json() == {
        "kind": "drive#permission",
        "id": "anyoneWithLink",
        "type": "anyone",
        "role": "reader",
        "allowFileDiscovery": False,
    }
    spreadsheet.share("example.org", perm_type="domain", role="reader")
    listed = gc.list_permissions(book.id)
    assert [p["type"] for p in listed] == ["user", "user", "anyone", "domain"]
    number = next(p["id"] for p in listed if p.get("emailAddress") == "kasia@example.org")
    assert spreadsheet.transfer_ownership(number).json()["role"] == "writer"
    assert spreadsheet.remove_permissions("kasia@example.org", role="reader") == []
    assert spreadsheet.remove_permissions("kasia@example.org") == [number]
    gc.remove_permission(book.id, "anyoneWithLink")
    assert [p["type"] for p in spreadsheet.list_permissions()] == ["user", "domain"]


def test_ownership_is_accepted_by_the_new_owner(world, url, key, gc, book):
    other = world.service_account("druga", key=key)
    spreadsheet = gc.open_by_key(book.id)
    number = spreadsheet.share(other.email, perm_type="user", role="writer").json()["id"]
    spreadsheet.transfer_ownership(number)
    theirs = client.connected(other, url).open_by_key(book.id)
    assert theirs.accept_ownership(number).json()["role"] == "owner"
    assert book.owner == other.email


def test_csv_in_and_out(gc, book, polish):
    gc.import_csv(book.id, "imię,kwota\nAla,12.5\n")
    spreadsheet = gc.open_by_key(book.id)
    assert [sheet.get() for sheet in spreadsheet.worksheets()] == [[["imię", "kwota"], ["Ala", "12.5"]]]
    assert spreadsheet.export(ExportFormat.CSV) == "imię,kwota\r\nAla,12.5".encode()
    assert gc.export(book.id, ExportFormat.TSV) == "imię\tkwota\r\nAla\t12.5".encode()
    assert gc.export(book.id).startswith(b"%PDF")
    workbook = openpyxl.load_workbook(io.BytesIO(gc.export(book.id, ExportFormat.EXCEL)))
    assert workbook["Test"]["B2"].value == 12.5
    assert zipfile.ZipFile(io.BytesIO(gc.export(book.id, ExportFormat.ZIPPED_HTML))).namelist() == [
        "Test.html"
    ]
    document = zipfile.ZipFile(io.BytesIO(gc.export(book.id, ExportFormat.OPEN_OFFICE_SHEET)))
    assert "imię" in document.read("content.xml").decode()


def test_sheets_of_a_spreadsheet(spreadsheet):
    added = spreadsheet.add_worksheet("Drugi", rows=10, cols=5)
    first = spreadsheet.add_worksheet("Pierwszy", 1, 1, index=0)
    assert (added.row_count, added.col_count, added.index) == (10, 5, 1)
    assert [w.title for w in spreadsheet] == ["Pierwszy", "Sheet1", "Drugi"]
    assert spreadsheet.get_worksheet(0).title == spreadsheet.sheet1.title == "Pierwszy"
    assert spreadsheet.worksheet("Drugi").id == spreadsheet.get_worksheet_by_id(added.id).id
    with pytest.raises(gspread.WorksheetNotFound):
        spreadsheet.worksheet("drugi")
    with pytest.raises(gspread.WorksheetNotFound):
        spreadsheet.get_worksheet(9)
    spreadsheet.reorder_worksheets(reversed(spreadsheet.worksheets()))
    assert [w.title for w in spreadsheet.worksheets()] == ["Drugi", "Sheet1", "Pierwszy"]
    copy = spreadsheet.duplicate_sheet(added.id)
    assert (copy.title, copy.index) == ("Copy of Drugi", 0)
    assert spreadsheet.del_worksheet(copy) == {"spreadsheetId": spreadsheet.id, "replies": [{}]}
    spreadsheet.del_worksheet_by_id(first.id)
    assert [w.title for w in spreadsheet.worksheets()] == ["Drugi", "Sheet1"]


def test_properties_of_a_spreadsheet(gc, spreadsheet):
    spreadsheet.update_title("Inny tytuł")
    spreadsheet.update_locale("pl_PL")
    spreadsheet.update_timezone("Europe/Warsaw")
    with pytest.raises(gspread.exceptions.APIError, match="Invalid time zone"):
        spreadsheet.update_timezone("Mars/Olympus")
    again = gc.open_by_key(spreadsheet.id)
    assert (again.title, again.locale, again.timezone) == ("Inny tytuł", "pl_PL", "Europe/Warsaw")


def test_lower_level_methods_of_a_spreadsheet(spreadsheet):
    raw = {"valueInputOption": "RAW"}
    spreadsheet.values_update("A1", raw, {"values": [[1]]})
    spreadsheet.values_append("A1", raw, {"values": [[2]]})
    assert spreadsheet.values_get("A1:A2")["values"] == [["1"], ["2"]]
    answer = spreadsheet.values_batch_get(["A2", "A1"])
    assert [found["range"] for found in answer["valueRanges"]] == ["Sheet1!A2", "Sheet1!A1"]
    spreadsheet.values_batch_update(raw | {"data": [{"range": "B1", "values": [["x"]]}]})
    assert spreadsheet.values_clear("A1")["clearedRange"] == "Sheet1!A1"
    assert spreadsheet.values_batch_clear(body={"ranges": ["A2", "B1"]})["clearedRanges"] == [
        "Sheet1!A2",
        "Sheet1!B1",
    ]
    assert spreadsheet.fetch_sheet_metadata()["sheets"][0]["properties"]["title"] == "Sheet1"


def test_a_new_spreadsheet_is_described_as_google_does(gc, book):
    answer = gc.http_client.spreadsheets_get(book.id)
    assert list(answer) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]
    assert list(answer["properties"]) == [
        "title", "locale", "autoRecalc", "timeZone", "defaultFormat", "spreadsheetTheme",
    ]  # fmt: skip
    assert answer["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    assert answer["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"


def test_only_what_fields_asks_for_is_answered(gc, world, book):
    world.fill(book, "Sheet1", [["a", 1]])
    world.put(book, "Sheet1!A1", "x")
    answer = gc.http_client.spreadsheets_get(
        book.id, {"fields": "properties(title,locale),sheets/properties(sheetId,title)"}
    )
    assert answer == {
        "properties": {"title": "Test", "locale": "en_US"},
        "sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}],
    }
    answer = gc.http_client.values_batch_get(book.id, ["A1:B1"], {"fields": "valueRanges(range,values)"})
    assert answer == {"valueRanges": [{"range": "Sheet1!A1:B1", "values": [["x", "1"]]}]}


def test_cells_with_all_that_hangs_on_them(gc, world, book):
    world.fill(book, "Sheet1", [["a", "=1/0"], ["10%", "5"]])
    answer = gc.http_client.spreadsheets_get(book.id, {"includeGridData": "true", "ranges": "Sheet1!A1:B3"})
    data = answer["sheets"][0]["data"][0]
    assert [len(row.get("values", [])) for row in data["rowData"]] == [2, 2]
    assert data["rowData"][0]["values"][1]["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"
    percent = data["rowData"][1]["values"][0]
    assert percent["userEnteredValue"] == {"numberValue": 0.1}
    assert percent["formattedValue"] == "10%"
    assert percent["userEnteredFormat"] == {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}
    assert percent["effectiveFormat"]["horizontalAlignment"] == "RIGHT"
    assert len(data["rowMetadata"]) == 3
    assert data["columnMetadata"] == [{"pixelSize": 100}, {"pixelSize": 100}]


def test_a_spreadsheet_made_through_sheets(gc, world):
    body = {
        "properties": {"title": "Z API", "locale": "pl_PL"},
        "sheets": [{"properties": {"title": "Dane", "gridProperties": {"rowCount": 5, "columnCount": 2}}}],
    }
    answer = gc.http_client.request("post", "https://sheets.googleapis.com/v4/spreadsheets", json=body).json()
    assert answer["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 2}
    assert world.books[answer["spreadsheetId"]].title == "Z API"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        (
            "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false",
            ["Budżet", "Uczestnicy"],
        ),
        ("name = 'uczestnicy'", ["Uczestnicy"]),
        ("name contains 'Bud' or name contains 'Ucz'", ["Budżet", "Uczestnicy"]),
        ("not name = 'Budżet' and ('root' in parents)", ["Kosz", "Uczestnicy"]),
        ("trashed = true", ["Kosz"]),
        ("modifiedTime > '2100-01-01T00:00:00'", []),
        ("'kasia@example.org' in writers", ["Budżet"]),
    ],
)
def test_files_are_searched(gc, account, world: World, q, found):
    world.create("Budżet", owner=account.email, writers=["kasia@example.org"])
    world.create("Uczestnicy", owner=account.email)
    world.create("Kosz", owner=account.email).trashed = True
    world.create("Cudzy")
    url = "https://www.googleapis.com/drive/v3/files"
    answer = gc.http_client.request(
        "get", url, params={"q": q, "orderBy": "name", "fields": "files(name)"}
    ).json()
    assert [file["name"] for file in answer["files"]] == found


def test_files_come_page_by_page(gc, account, world):
    for number in range(3):
        world.create(f"Plik {number}", owner=account.email)
    url = "https://www.googleapis.com/drive/v3/files"
    first = gc.http_client.request("get", url, params={"pageSize": 2}).json()
    assert first["files"][0].keys() == {"kind", "id", "name", "mimeType"}
    second = gc.http_client.request(
        "get", url, params={"pageSize": 2, "pageToken": first["nextPageToken"]}
    ).json()
    assert "nextPageToken" not in second
    assert len(first["files"]) + len(second["files"]) == 3


def test_files_are_renamed_and_binned(gc, book):
    url = f"https://www.googleapis.com/drive/v3/files/{book.id}"
    gc.http_client.request("patch", url, json={"name": "Inny", "trashed": True}, params={"addParents": "f"})
    assert (book.title, book.trashed, book.parents) == ("Inny", True, ["f"])
    assert gc.open_by_key(book.id).title == "Inny"  # what is in the bin can still be read
    answer = gc.http_client.request("get", url, params={"fields": "version,modifiedTime,trashed"}).json()
    assert answer["version"] == str(book.version)
    about = gc.http_client.request(
        "get", "https://www.googleapis.com/drive/v3/about", params={"fields": "user"}
    ).json()
    assert about["user"]["emailAddress"].endswith("gserviceaccount.com")


def test_googles_own_client_works_too(account, url, book):
    """The client that Google makes from the same discovery documents, pointed at this server."""
    build = pytest.importorskip("googleapiclient.discovery").build
    signed = client.credentials(account, url)
    client.quiet(signed)
    with build(
        "sheets", "v4", credentials=signed, client_options={"api_endpoint": url}, static_discovery=True
    ) as service:
        values = service.spreadsheets().values()
        body = {"values": [["ą", 1.5], [True]]}
        values.update(spreadsheetId=book.id, range="A1", valueInputOption="RAW", body=body).execute()
        answer = values.batchGet(
            spreadsheetId=book.id,
            ranges=["Sheet1!A1:C9", "B:B"],
            majorDimension="COLUMNS",
            valueRenderOption="UNFORMATTED_VALUE",
            fields="valueRanges(range,values)",
        ).execute()
    assert answer == {
        "valueRanges": [
            {"range": "Sheet1!A1:C9", "values": [["ą", True], [1.5]]},
            {"range": "Sheet1!B1:B1000", "values": [[1.5]]},
        ]
    }
