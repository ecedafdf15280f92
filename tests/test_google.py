"""A Google spreadsheet is read whole, with one request, and every cell knows its address."""

import datetime as dt
import json

import pytest

from lib import demo, figures
from lib.register import read_tabs, register
from sheets.account import Account
from sheets.google import Outline, Tab, outline, spreadsheet_id, tables
from sheets.refusals import TabsMoved
from sheets.source import Garbled, KeyRejected, Refused, Vacant
from sheets.xlsx import Workbook
from tests.cloud import Cloud, served
from tests.google.a1 import Box


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server):
    cloud = Cloud(server)
    yield cloud
    assert cloud.world.violations == []


def test_every_kind_of_cell_comes_as_it_is_and_blanks_are_none(cloud):
    book = cloud.shared(
        "Różne", Dane=[["a", 1, 2.5, True], ["", "", "#REF!"], [], ["Loading...", "", "", 45000]]
    )
    table = cloud.spreadsheet(book).read().tabs[0]
    assert (table.title, table.workbook) == ("Dane", "Różne")
    assert [list(column) for column in table.columns] == [
        ["a", None, None, "Loading..."],
        [1, None, None, None],
        [2.5, "#REF!", None, None],
        [True, None, None, 45000],
    ]


def test_a_day_comes_as_its_number_and_a_formula_as_its_value(cloud):
    cloud.world.put(cloud.book, "Uczestnicy!D1", "5.02.2024")
    cloud.world.put(cloud.book, "Uczestnicy!D2", "=C2+1")
    assert cloud.spreadsheet().read().tabs[0].columns[3][:2] == [45327, 32]


def test_a_cell_opens_in_its_spreadsheet(cloud):
    book = cloud.shared("Grupy", Pierwsza=[["a"]], **{"D'Arc & Ż! 2": [["x"], ["y"]]})
    _, table = cloud.spreadsheet(book).read().tabs
    cell = table.below(0).cell(0, 0)
    gid = book.titled("D'Arc & Ż! 2").id
    assert cell.address == "D'Arc & Ż! 2!A2"
    assert cell.url == f"https://docs.google.com/spreadsheets/d/{book.id}/edit#gid={gid}&range=A2"


def test_a_refresh_is_one_request_and_the_titles_are_asked_for_only_now_and_then(cloud):
    spreadsheet = cloud.spreadsheet()
    for _ in range(5):
        spreadsheet.read()
        cloud.time.sleep(59)
    assert cloud.calls() == ["get", *["values.batchGet"] * 5]
    cloud.time.sleep(10)
    spreadsheet.read()
    assert cloud.calls()[6:] == ["get", "values.batchGet"]
    spreadsheet.forget()
    spreadsheet.read()
    assert cloud.calls()[8:] == ["get", "values.batchGet"]
    assert cloud.account.quota.used == 4  # the last one of the five, 69 seconds ago, is not of this minute


def test_an_answer_is_asked_for_compressed_and_without_spaces(cloud):
    cloud.spreadsheet().read()
    query = cloud.world.log[-1].query
    assert "majorDimension=COLUMNS" in query
    assert "UNFORMATTED_VALUE" in query
    assert "prettyPrint=false" in query


def test_an_unchanged_spreadsheet_is_the_same_snapshot_and_a_changed_one_another(cloud):
    spreadsheet = cloud.spreadsheet()
    first = spreadsheet.read()
    assert spreadsheet.read() is first
    cloud.world.put(cloud.book, "Uczestnicy!B3", "K")
    second = spreadsheet.read()
    assert second.id != first.id
    assert second.tabs[0].columns[1] == ["Płeć", "K", "K"]
    cloud.world.put(cloud.book, "Uczestnicy!B3", "M")
    assert spreadsheet.read().id == first.id


def test_a_tab_renamed_between_two_readings_is_found_under_its_new_name(cloud):
    spreadsheet = cloud.spreadsheet()
    spreadsheet.read()
    cloud.book.titled("Uczestnicy").title = "Osoby"
    assert [tab.title for tab in spreadsheet.read().tabs] == ["Osoby"]
    assert cloud.calls()[2:] == ["values.batchGet", "get", "values.batchGet"]


def test_a_deleted_tab_is_gone_and_a_new_one_there_as_soon_as_the_titles_are_asked_for(cloud):
    book = cloud.shared("Dwie", Jeden=[["a"]], Dwa=[["b"]])
    spreadsheet = cloud.spreadsheet(book)
    spreadsheet.read()
    book.sheets = book.sheets[1:]
    assert [tab.title for tab in spreadsheet.read().tabs] == ["Dwa"]
    cloud.world.fill(book, "Odpowiedzi", [["Sygnatura czasowa"]])
    spreadsheet.read()
    cloud.time.sleep(301)
    assert [tab.title for tab in spreadsheet.read().tabs] == ["Dwa", "Odpowiedzi"]


def test_hidden_reordered_and_emptied_tabs_do_not_mix_their_cells(cloud):
    book = cloud.shared("Trzy", A=[["a"]], B=[["b"]], C=[["c"]])
    spreadsheet = cloud.spreadsheet(book)
    spreadsheet.read()
    book.sheets.reverse()
    book.titled("A").hidden = True
    cloud.world.put(book, "B!A1", "")
    found = {tab.title: [list(column) for column in tab.columns] for tab in spreadsheet.read().tabs}
    assert found == {"A": [["a"]], "B": [], "C": [["c"]]}


def test_merged_cells_are_known_and_move_with_the_rows_around_them(cloud):
    book = cloud.shared("Scalone", A=[["Grupa", "Osoba"], ["G1", "U1"], ["", "U2"]])
    book.titled("A").merges.append(Box(1, 0, 3, 1))
    spreadsheet = cloud.spreadsheet(book)
    assert spreadsheet.read().tabs[0].merged == ((1, 0, 2, 0),)
    book.titled("A").merges[:] = [Box(2, 0, 4, 1)]
    cloud.world.put(book, "A!B4", "U2")
    assert spreadsheet.read().tabs[0].merged == ((2, 0, 3, 0),)
    assert cloud.calls() == ["get", "values.batchGet", "values.batchGet", "get"]


def test_a_spreadsheet_without_any_cell_is_vacant_and_not_zero_people(cloud):
    spreadsheet = cloud.spreadsheet()
    spreadsheet.read()
    for row in (1, 2, 3):
        for column in "ABC":
            cloud.world.put(cloud.book, f"Uczestnicy!{column}{row}", "")
    with pytest.raises(Vacant):
        spreadsheet.read()


def test_a_vast_empty_grid_is_read_and_a_vast_answer_is_refused(cloud, monkeypatch):
    cloud.book.titled("Uczestnicy").grow(1_000_000, 10)
    spreadsheet = cloud.spreadsheet()
    assert len(spreadsheet.read().tabs[0]) == 3
    monkeypatch.setattr("sheets.retry.ANSWER_BYTES", 50)
    with pytest.raises(Refused):
        spreadsheet.read()


def test_the_same_workbook_gives_the_same_figures_from_a_file_and_from_google(cloud, tmp_path):
    demo.write(tmp_path)
    path = tmp_path / "miasto-rodziny.xlsx"
    book = cloud.world.load(path, readers=[cloud.service.email])
    day = dt.date(2023, 9, 30)
    local, far = (
        register(read_tabs(source.read().tabs), day) for source in (Workbook(path), cloud.spreadsheet(book))
    )
    counted, counted_far = (figures.figures(whole) for whole in (local, far))
    assert len(local.findings) > 5
    assert [(f.rule.code, f.address) for f in local.findings] == [
        (f.rule.code, f.address) for f in far.findings
    ]
    for whole in (counted, counted_far):
        del whole["findings"]
    assert counted == counted_far


KNOWN = Outline("Lista", (Tab("Dane", 0), Tab("Inne", 7)))
GOOD = {"valueRanges": [{"range": "Dane!A1:B2", "values": [["a"], ["b", 1]]}, {"range": "'Inne'!A1:Z9"}]}


def test_columns_of_any_length_become_columns_of_one(cloud):
    first, second = tables("id", KNOWN, json.dumps(GOOD).encode())
    assert (first.columns, second.columns) == ((["a", None], ["b", 1]), ())


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (b"", Garbled),
        (b"{", Garbled),
        (b"[]", Garbled),
        (b"null", Garbled),
        (b"\xff\xfe", Garbled),
        (b"[" * 100_000, Garbled),
        (b"{}", Garbled),
        (json.dumps(GOOD).encode()[:-1], Garbled),
        (json.dumps(GOOD).replace("1", "NaN", 1).encode(), Garbled),
        (json.dumps(GOOD).replace('["a"]', '"a"').encode(), Garbled),
        (json.dumps(GOOD).replace('"a"', '{"a": 1}').encode(), Garbled),
        (json.dumps(GOOD).replace("Dane!A1", "Dane!B1").encode(), Garbled),
        (json.dumps({"valueRanges": GOOD["valueRanges"][:1]}).encode(), TabsMoved),
        (json.dumps({"valueRanges": GOOD["valueRanges"][::-1]}).encode(), TabsMoved),
    ],
)
def test_of_an_answer_that_is_not_whole_nothing_is_used(harm, kind):
    with pytest.raises(kind):
        tables("id", KNOWN, harm)


def test_a_tab_that_is_a_chart_has_no_cells_to_ask_for():
    sheets = [
        {"properties": {"sheetId": 3, "title": "Wykres", "sheetType": "OBJECT"}},
        {"properties": {"title": "Dane", "sheetType": "GRID"}},
    ]
    answer = json.dumps({"properties": {"title": "Lista"}, "sheets": sheets}).encode()
    assert outline("?", answer) == Outline("Lista", (Tab("Dane", 0),))


@pytest.mark.parametrize(
    "harm", [b"", b"{}", b'{"properties": {"title": 1}, "sheets": []}', b'{"sheets": []}']
)
def test_titles_that_are_none_are_not_used(harm):
    with pytest.raises(Garbled):
        outline("?", harm)


ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"


@pytest.mark.parametrize(
    ("address", "id"),
    [
        (ID, ID),
        (f"https://docs.google.com/spreadsheets/d/{ID}", ID),
        (f" https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing#gid=0 ", ID),
        (f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit", ID),
        (f"https://docs.google.com/a/example.org/spreadsheets/d/{ID}/edit", ID),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vQabcdefghijklmnop/pubhtml", None),
        (f"https://docs.google.com.example.org/spreadsheets/d/{ID}", None),
        ("https://docs.google.com/document/d/" + ID, None),
        ("lista.xlsx", None),
        ("", None),
    ],
)
def test_the_id_of_a_spreadsheet_is_found_in_its_address(address, id):
    assert spreadsheet_id(address) == id


def test_a_key_that_is_none_is_refused_without_a_word_of_it(cloud):
    whole = cloud.service.info(cloud.url)
    for harm in ({}, whole | {"private_key": ""}, whole | {"private_key": "tajne"}, {"type": "tajne"}):
        with pytest.raises(KeyRejected) as raised:
            Account.of(harm)
        assert "tajne" not in str(raised.value)
    account = Account.of(whole, cloud.url)
    assert account == cloud.account
    assert whole["private_key"][40:80] not in repr(account) + repr(cloud.spreadsheet())
