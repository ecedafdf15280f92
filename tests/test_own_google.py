"""Our own tabs at Google are written in one batch, only when they changed, and nothing else ever is."""

from dataclasses import replace

import pytest

from sheets.account import WRITE_SCOPES, Account
from sheets.own_google import OwnTabs
from sheets.own_tab import FIGURES, FINDINGS, MARK, OwnTab
from sheets.quota import Quota
from sheets.source import Refused, Unshared
from tests.cloud import PEOPLE, Cloud, served

HEADER = ("Pilność", "Komórka")
TABS = (
    OwnTab(FINDINGS, (("Nasza",), HEADER, ("BŁĄD", "Uczestnicy!B2"), ("BŁĄD", "=2+2")), (10, 20)),
    OwnTab(FIGURES, (("Nasza",), ("Co", "Ile"), ("Frekwencja", 87.5), ("Osoby", 3)), (30, 10)),
)


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server):
    cloud = Cloud(server)
    cloud.world.share(cloud.book, cloud.service.email, "writer")
    yield cloud
    assert cloud.world.violations == []


@pytest.fixture
def own(cloud):
    """Our tabs in the spreadsheet „Lista”."""
    writer = Account.of(cloud.service.info(cloud.url), cloud.url, WRITE_SCOPES)
    return OwnTabs(cloud.book.id, quick(writer, cloud), "Lista")


def quick(account, cloud):
    """The account with pauses that take no time."""
    return replace(account, quota=Quota(clock=cloud.time, sleep=cloud.time.sleep))


def cells(book, title):
    """What was typed in the cells of a tab: formulas with what marks them, values plain."""
    sheet = book.titled(title)
    return {
        (row, column): (cell.formula, cell.value)
        for row, line in sorted(sheet.rows.items())
        for column, cell in sorted(line.items())
        if not cell.is_blank
    }


def writes(cloud):
    return [entry.call for entry in cloud.world.log if entry.kind == "Write"]


def test_both_tabs_are_made_with_our_mark_in_one_batch(cloud, own):
    before = cells(cloud.book, "Uczestnicy")
    written = own.write(TABS)
    assert (written.changed, written.edited_meanwhile) == (True, ())
    assert writes(cloud) == ["spreadsheets.batchUpdate"]
    assert [sheet.title for sheet in cloud.book.sheets] == ["Uczestnicy", FINDINGS, FIGURES]
    sheet = cloud.book.titled(FINDINGS)
    assert [(it["metadataKey"], it["metadataValue"]) for it in sheet.notes] == [
        (MARK, f"{FINDINGS}:{sheet.id}")
    ]
    assert cells(cloud.book, FIGURES)[2, 1] == ("", 87.5)
    assert cells(cloud.book, "Uczestnicy") == before
    bold = [sheet.cell(row, 0).format.get("textFormat", {}).get("bold") for row in range(3)]
    assert bold == [None, True, None]


def test_text_that_begins_like_a_formula_stays_text(cloud, own):
    own.write(TABS)
    assert cells(cloud.book, FINDINGS)[3, 1] == ("", "=2+2")


def test_what_is_there_already_is_not_written_again_and_what_is_not_leaves_no_old_line(cloud, own):
    own.write(TABS)
    assert own.write(TABS).changed is False
    assert len(writes(cloud)) == 1
    fewer = (replace(TABS[0], rows=TABS[0].rows[:3]), TABS[1])
    assert own.write(fewer).changed is True
    assert max(row for row, _ in cells(cloud.book, FINDINGS)) == 2
    assert len(writes(cloud)) == 2


def test_a_tab_grows_when_there_is_more_to_tell(cloud, own):
    own.write(TABS)
    many = tuple(("BŁĄD", f"Uczestnicy!B{number}") for number in range(2, 3_000))
    own.write((replace(TABS[0], rows=(*TABS[0].rows, *many)), TABS[1]))
    assert cells(cloud.book, FINDINGS)[3001, 1] == ("", "Uczestnicy!B2999")


def test_what_somebody_typed_in_our_tab_is_gone_with_the_next_writing(cloud, own):
    own.write(TABS)
    cloud.world.put(cloud.book, f"{FINDINGS}!A9", "dopisek")
    assert own.write(TABS).changed is True
    assert (8, 0) not in cells(cloud.book, FINDINGS)


@pytest.mark.parametrize("title", [FINDINGS, FIGURES, FIGURES.upper()])
def test_a_tab_of_that_name_that_is_not_ours_is_refused_and_nothing_is_written(cloud, own, title):
    cloud.world.fill(cloud.book, title, [["notatki", "kierownika"]])
    before = cells(cloud.book, title)
    with pytest.raises(Refused) as raised:
        own.write(TABS)
    assert "nie jest dziełem Ostoi" in raised.value.what
    assert writes(cloud) == []
    assert cells(cloud.book, title) == before
    assert [sheet.title for sheet in cloud.book.sheets] == ["Uczestnicy", title]


def test_our_tab_is_known_by_its_mark_under_another_name_and_its_copy_is_not_ours(cloud, own):
    own.write(TABS)
    ours = cloud.book.titled(FINDINGS)
    ours.title = "Do poprawy"
    copy = cloud.world.fill(cloud.book, "Kopia", [["a"], ["b"], ["c"], ["d"]])
    copy.notes.append({**ours.notes[0], "metadataId": 7, "location": {"sheetId": copy.id}})
    before = [cells(cloud.book, title) for title in ("Uczestnicy", "Kopia")]
    own.write((replace(TABS[0], rows=TABS[0].rows[:3]), TABS[1]))
    titles = [sheet.title for sheet in cloud.book.sheets]
    assert titles == ["Uczestnicy", "Do poprawy", FIGURES, "Kopia"]
    assert (3, 1) not in cells(cloud.book, "Do poprawy")
    assert [cells(cloud.book, title) for title in ("Uczestnicy", "Kopia")] == before


def test_an_edit_made_meanwhile_is_said_and_stays(cloud, own, monkeypatch):
    change = OwnTabs._change

    def and_somebody_types(self, client, requests):
        change(self, client, requests)
        cloud.world.put(cloud.book, "Uczestnicy!C2", 32)

    monkeypatch.setattr(OwnTabs, "_change", and_somebody_types)
    assert own.write(TABS).edited_meanwhile == ("Uczestnicy",)
    assert cells(cloud.book, "Uczestnicy")[1, 2] == ("", 32)


def test_a_formula_of_the_staff_that_looks_at_our_tab_is_no_edit(cloud, own):
    own.write(TABS)
    cloud.world.put(cloud.book, "Uczestnicy!D1", f"='{FIGURES}'!B4+1")
    figures = (*TABS[1].rows[:3], ("Osoby", 9))
    assert own.write((TABS[0], replace(TABS[1], rows=figures))).edited_meanwhile == ()


def test_an_account_that_may_only_read_the_spreadsheet_is_said_with_what_to_do(cloud, own):
    cloud.world.share(cloud.book, cloud.service.email, "reader")
    with pytest.raises(Unshared) as raised:
        own.write(TABS)
    assert "do edycji" in raised.value.what
    assert cloud.service.email in raised.value.remedy
    assert [sheet.title for sheet in cloud.book.sheets] == ["Uczestnicy"]


def test_a_tab_protected_from_us_is_said_and_nothing_is_written(cloud, own):
    own.write(TABS)
    ours = cloud.book.titled(FIGURES)
    ours.protected.append({"protectedRangeId": 1, "range": {"sheetId": ours.id}, "editors": {"users": []}})
    before = cells(cloud.book, FINDINGS)
    with pytest.raises(Refused):
        own.write((replace(TABS[0], rows=TABS[0].rows[:3]), TABS[1]))
    assert cells(cloud.book, FINDINGS) == before


def test_a_reader_leaves_our_tabs_out_and_sees_no_news_in_them(cloud, own):
    reader = cloud.spreadsheet()
    before = reader.read()
    own.write(TABS)
    reader.forget()
    assert reader.read() is before
    cloud.book.titled(FINDINGS).title = "Do poprawy"
    reader.forget()
    assert [tab.title for tab in reader.read().tabs] == ["Uczestnicy"]
    assert [column[0] for column in before.tabs[0].columns] == PEOPLE[0]
