"""Workbooks loaded as spreadsheets, the page to edit them, and the server on its own."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gspread
import openpyxl
import pytest
import requests
import xlsxwriter
from openpyxl.comments import Comment

from tests.google import World, client

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workbook(tmp_path):
    """A workbook with a day, an amount, a formula, an error, a note, merged cells and a hidden tab."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "Uczestnicy"
    tab.append(["Imię", "Od", "Kwota", "Suma", "Błąd", "PESEL"])
    tab.append(["Ala", dt.date(2024, 2, 5), 1234.5, "=C2*2", "#N/A", "02270803624"])
    tab["B2"].number_format = "dd.mm.yyyy"
    tab["C2"].number_format = '#,##0.00\\ "zł"'
    tab["E2"].data_type = "e"
    tab["A2"].comment = Comment("uwaga", "ja")
    tab["A3"] = dt.datetime(2024, 2, 5, 12, 0)
    tab["B3"] = dt.time(6, 0)
    tab.merge_cells("A5:B6")
    tab.freeze_panes = "B2"
    tab.row_dimensions[4].hidden = True
    book.create_sheet("Ukryta").sheet_state = "hidden"
    path = tmp_path / "projekt.xlsx"
    book.save(path)
    return path


def test_a_workbook_becomes_a_spreadsheet(world: World, account, gc, workbook):
    book = world.load(workbook, readers=[account.email])
    spreadsheet = gc.open_by_key(book.id)
    assert (spreadsheet.title, spreadsheet.locale) == ("projekt", "pl_PL")
    first, hidden = spreadsheet.worksheets()
    assert (first.title, first.frozen_row_count, first.frozen_col_count, first.row_count) == (
        "Uczestnicy",
        1,
        1,
        1000,
    )
    assert (hidden.title, hidden.isSheetHidden) == ("Ukryta", True)
    assert first.row_values(2) == ["Ala", "05.02.2024", "1\u00a0234,50 zł", "2469", "#N/D!", "02270803624"]
    params = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
    values = spreadsheet.values_get("Uczestnicy!A2:F3", params)["values"]
    assert values == [["Ala", 45327, 1234.5, 2469, "#N/D!", "02270803624"], [45327.5, 0.25]]
    assert first.get_note("A2") == "uwaga"
    meta = spreadsheet.fetch_sheet_metadata()["sheets"][0]
    assert meta["merges"][0]["endRowIndex"] == 6


def test_people_type_while_others_read(world: World, sheet, book):
    world.put(book, "Sheet1!B2", "5%")
    world.put(book.id, "Sheet1!A1", "=B2*2", raw=True)
    assert sheet.get("A1:B2") == [["=B2*2"], ["", "5%"]]
    world.fill(book, "Nowa", [["a", "b"]])
    assert sheet.spreadsheet.worksheet("Nowa").row_values(1) == ["a", "b"]


def test_many_write_at_once_and_nothing_is_lost(account, url, world, book):
    def append(number):
        gc = client.connected(account, url)
        for turn in range(5):
            row = {"values": [[number, turn]]}
            gc.http_client.values_append(book.id, "Sheet1", {"valueInputOption": "RAW"}, row)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(8)))
    written = {(cells[0].value, cells[1].value) for cells in book.sheets[0].rows.values()}
    assert written == {(number, turn) for number in range(8) for turn in range(5)}


def test_a_formula_nobody_here_can_calculate_keeps_its_value(world, gc, account, tmp_path):
    path = tmp_path / "wzory.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Wzory").write_formula("A1", "=XIRR(B1:B2)", None, 0.25)
    sheet = gc.open_by_key(world.load(path, readers=[account.email]).id).sheet1
    assert sheet.get("A1") == [["0,25"]]
    assert sheet.get("A1", value_render_option="FORMULA") == [["=XIRR(B1:B2)"]]


def test_a_key_is_written_for_its_owner_only(account, url, tmp_path):
    path = account.write(tmp_path / "key.json", url)
    assert path.stat().st_mode & 0o077 == 0
    gc = gspread.service_account(path, scopes=client.READ_ONLY, http_client=client.redirected(url))
    with pytest.raises(gspread.SpreadsheetNotFound):
        gc.open_by_key("1nieznany")


def test_the_page_shows_and_changes_a_spreadsheet(world: World, url, gc, polish):
    world.fill(polish, "Arkusz1", [["<b>Ala</b>", "12,5", "'02270803624"]])
    address = f"{url}/edit/{polish.id}"
    assert 'size="50" value="&#x27;02270803624"' in requests.get(f"{address}?cell=C1", timeout=5).text
    page = requests.get(address, timeout=5)
    assert "&lt;b&gt;Ala&lt;/b&gt;" in page.text
    assert re.findall(r'(?:src|href|action)="(?!/edit|data:)', page.text) == []
    requests.post(f"{address}/cell", {"tab": "0", "cell": "B1", "value": "5.02.2024"}, timeout=5)
    sheet = gc.open_by_key(polish.id).sheet1
    assert sheet.row_values(1) == ["<b>Ala</b>", "5.02.2024", "02270803624"]
    requests.post(f"{address}/tab", {"tab": "0", "do": "rename", "title": "Nowa nazwa"}, timeout=5)
    requests.post(f"{address}/tab", {"tab": "0", "do": "add", "title": "Druga"}, timeout=5)
    requests.post(f"{address}/tab", {"tab": "0", "do": "hide"}, timeout=5)
    assert [(s.title, s.hidden) for s in polish.sheets] == [("Nowa nazwa", True), ("Druga", False)]
    refusal = requests.post(f"{address}/tab", {"tab": str(polish.sheets[1].id), "do": "delete"}, timeout=5)
    assert "Tak się nie da" in refusal.text
    requests.post(f"{address}/tab", {"tab": "0", "do": "clear"}, timeout=5)
    assert sheet.client.values_get(polish.id, "'Nowa nazwa'").get("values") is None
    requests.post(f"{address}/tab", {"tab": "0", "do": "delete"}, timeout=5)
    assert [s.title for s in polish.sheets] == ["Druga"]
    assert requests.get(f"{url}/edit/1nieznany", timeout=5).status_code == 404
    assert polish.title in requests.get(f"{url}/edit", timeout=5).text


def test_the_page_switches_faults(world: World, url, gc, polish):
    address = f"{url}/edit/{polish.id}/faults"
    page = requests.post(address, {"fault": "403"}, timeout=5)
    assert "403: arkusz nieudostępniony – włączone" in page.text
    with pytest.raises(PermissionError):
        gc.open_by_key(polish.id)
    requests.post(address, {"fault": "403"}, timeout=5)
    assert gc.open_by_key(polish.id).title == "Próba"
    requests.post(address, {"fault": "garbage"}, timeout=5)
    requests.post(address, {"fault": ""}, timeout=5)
    assert world.faults.rules == []


def test_the_server_starts_alone(workbook, tmp_path):
    key = tmp_path / "key.json"
    command = [sys.executable, "-m", "tests.google", str(workbook), "--key", str(key)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        lines = [process.stdout.readline() for _ in range(4)]
        url = lines[0].removeprefix("Adres: ").strip()
        book_id = re.search(r"projekt: (\S+)", lines[3])[1]
        gc = gspread.service_account(key, scopes=client.READ_ONLY, http_client=client.redirected(url))
        assert gc.open_by_key(book_id).sheet1.acell("A2").value == "Ala"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
