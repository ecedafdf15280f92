"""The blank template in a Google spreadsheet, made through the account that may write."""

import datetime as dt
import json

import pytest

from lib import __main__ as command_line
from lib import template_google
from lib.project import PARAMETERS
from lib.records import RECORDS, Participant, Session
from lib.register import read_tabs, register
from sheets import google_blank
from sheets.account import WRITE_SCOPES, Account
from sheets.google import Spreadsheet
from sheets.source import Refused, Unshared
from tests.cloud import Cloud, served
from tests.google.book import Book


@pytest.fixture(scope="module")
def google():
    """A Google for the tests of this file."""
    with served() as app:
        yield app


@pytest.fixture
def cloud(google):
    """A new world in it."""
    return Cloud(google)


def writer(cloud: Cloud) -> Account:
    """The account of this world, with leave to write."""
    return Account.of(cloud.service.info(cloud.url), cloud.url, WRITE_SCOPES)


def empty(cloud: Cloud, *titles: str, role: str = "writers") -> Book:
    """An empty spreadsheet shared with the account."""
    return cloud.world.create(
        "Nowy projekt", sheets=list(titles), locale="en_US", **{role: [cloud.service.email]}
    )


@pytest.fixture
def filled(cloud) -> tuple[Cloud, Book]:
    """The template made in an empty spreadsheet, one of whose tabs has the title of one of ours."""
    book = empty(cloud, "Arkusz1", "Projekt")
    assert google_blank.fill(book.id, writer(cloud), template_google.requests) == "Nowy projekt"
    return cloud, book


def test_all_of_it_is_recognised_without_a_finding_or_a_row_of_data(filled):
    cloud, book = filled
    readings = read_tabs(Spreadsheet(book.id, cloud.account).read().tabs)
    assert [table.title for table in readings.unrecognised] == ["Instrukcja"]
    for record in RECORDS:
        (tab,) = readings.by_record[record].tabs
        assert tab.table.title == record.tab
        assert dict(tab.columns) == {name: at for at, name in enumerate(record.model_fields)}
        assert (len(readings.by_record[record].rows), readings.by_record[record].sums) == (0, (1,))
    whole = register(readings, dt.date(2024, 1, 1))
    assert (whole.findings, set(whole.rejected.values())) == ((), {0})


def test_the_tabs_stand_in_order_with_headers_notes_and_a_guarded_frozen_first_row(filled):
    _, book = filled
    assert [sheet.title for sheet in book.sheets] == ["Instrukcja", *(record.tab for record in RECORDS)]
    assert book.locale == "pl_PL"
    for record, sheet in zip(RECORDS, book.sheets[1:], strict=True):
        for column, field in enumerate(record.model_fields.values()):
            assert sheet.cell(0, column).value == field.title
            assert field.description in sheet.cell(0, column).note
        (guarded,) = sheet.protected
        assert guarded["warningOnly"]
        assert (guarded["range"]["endRowIndex"], sheet.grid["frozenRowCount"]) == (1, 1)


def test_columns_have_their_formats_and_lists_that_advise(filled):
    _, book = filled
    people, sessions = book.titled("Uczestnicy"), book.titled("Zajęcia")
    at = {name: column for column, name in enumerate(Participant.model_fields)}
    assert people.cell(5, at["pesel"]).format["numberFormat"]["type"] == "TEXT"
    assert people.cell(5, at["birth_date"]).format["numberFormat"] == {
        "type": "DATE",
        "pattern": "dd.mm.yyyy",
    }
    rule = people.cell(5, at["completed_path"]).validation
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == ["TAK", "NIE"]
    assert not rule.get("strict")
    group = sessions.cell(5, list(Session.model_fields).index("group")).validation["condition"]
    assert group == {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='Grupy'!$A$3:$A$1002"}]}
    facts = book.titled("Projekt").cell(5, 0).validation["condition"]["values"]
    assert facts == [{"userEnteredValue": f"='Instrukcja'!$C$2:$C${len(PARAMETERS) + 1}"}]


def test_it_is_made_in_one_change(filled):
    cloud, _ = filled
    assert [entry.call for entry in cloud.world.log if entry.kind == "Write"] == ["spreadsheets.batchUpdate"]


def test_a_spreadsheet_with_any_cell_is_left_alone(cloud):
    book = cloud.world.create("Zajęty", sheets=["A"], writers=[cloud.service.email])
    cloud.world.fill(book, "A", [[None], [None, "x"]], raw=True)
    with pytest.raises(Refused):
        google_blank.fill(book.id, writer(cloud), template_google.requests)
    assert [sheet.title for sheet in book.sheets] == ["A"]


def test_one_that_may_only_be_read_is_said_to_need_an_editor(cloud):
    book = empty(cloud, "A", role="readers")
    with pytest.raises(Unshared) as refused:
        google_blank.fill(book.id, writer(cloud), template_google.requests)
    assert "Edytujący" in refused.value.remedy


def test_the_command_fills_a_spreadsheet_by_its_address(cloud, tmp_path, monkeypatch, capsys):
    book = empty(cloud, "A")
    key = "\n".join(f"{name} = {json.dumps(value)}" for name, value in cloud.service.info(cloud.url).items())
    (tmp_path / "secrets.toml").write_text(f"[google.write_credentials]\n{key}\n", encoding="utf-8")
    monkeypatch.setenv("OSTOJA_SECRETS", str(tmp_path / "secrets.toml"))
    monkeypatch.setenv("OSTOJA_GOOGLE_URL", cloud.url)
    address = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert command_line.main(["template", "--google", address]) == 0
    assert "Nowy projekt" in capsys.readouterr().out
    assert command_line.main(["template", "--google", address]) == 2
    assert "nie jest pusty" in capsys.readouterr().err
    assert command_line.main(["template", "--google", "Mój projekt"]) == 2
    assert "„Edytujący”" in capsys.readouterr().err
