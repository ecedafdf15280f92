"""Our own tabs for a local workbook go into a workbook beside it; the staff's own is never written."""

import hashlib
import zipfile

import pytest

from sheets.own_tab import FIGURES, FINDINGS, OwnTab
from sheets.own_workbook import OwnWorkbook, beside
from sheets.source import Locked, Refused, Vacant
from sheets.xlsx import Workbook
from tests.test_command_line import workbook

TABS = (
    OwnTab(
        FINDINGS, (("Nasza",), ("Pilność", "Odsyłacz"), ("BŁĄD", "=2+2"), ("BŁĄD", "https://a.pl")), (9, 9)
    ),
    OwnTab(FIGURES, (("Nasza",), ("Co", "Ile"), ("Frekwencja", 87.5)), (30, 10)),
)


@pytest.fixture
def path(tmp_path):
    """A workbook of the staff."""
    return workbook(tmp_path / "lista.xlsx", Uczestnicy=[["Nr uczestnika", "Płeć"], ["U1", "K"]])


def content_of(path):
    """The cells of every tab of a workbook, ours too."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_our_tabs_are_in_a_workbook_beside_and_that_of_the_staff_stays_to_the_byte(path):
    before = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    assert OwnWorkbook(path).write(TABS).changed is True
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before
    place = beside(path)
    assert place.name == "lista - Ostoja.xlsx"
    assert content_of(place) == {
        FINDINGS: [["Nasza", ""], ["Pilność", "Odsyłacz"], ["BŁĄD", "=2+2"], ["BŁĄD", "https://a.pl"]],
        FIGURES: [["Nasza", ""], ["Co", "Ile"], ["Frekwencja", 87.5]],
    }


def test_no_text_of_ours_is_a_formula_or_a_link(path):
    OwnWorkbook(path).write(TABS)
    with zipfile.ZipFile(beside(path)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2
    assert not any(b"<f" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_equal_tabs_are_not_written_again_and_others_are(path):
    OwnWorkbook(path).write(TABS)
    written_at = beside(path).stat().st_mtime_ns
    assert OwnWorkbook(path).write(TABS).changed is False
    assert beside(path).stat().st_mtime_ns == written_at
    assert OwnWorkbook(path).write(TABS[:1]).changed is True
    assert list(content_of(beside(path))) == [FINDINGS]


@pytest.mark.parametrize("content", [None, b"notatki", b"PK\x03\x04half"])
def test_a_file_of_that_name_that_is_not_ours_is_refused_and_stays(path, content):
    if content is None:
        workbook(beside(path), Notatki=[["a"]])
    else:
        beside(path).write_bytes(content)
    before = beside(path).read_bytes()
    with pytest.raises(Refused) as raised:
        OwnWorkbook(path).write(TABS)
    assert "nie jest dziełem Ostoi" in raised.value.what
    assert beside(path).read_bytes() == before


def test_a_place_that_cannot_be_written_is_said(path, monkeypatch):
    def full(*_):
        raise PermissionError

    monkeypatch.setattr("sheets.own_workbook.replace_file", full)
    with pytest.raises(Locked):
        OwnWorkbook(path).write(TABS)


def test_tabs_with_our_titles_are_no_data_in_a_workbook_either(path, tmp_path):
    OwnWorkbook(path).write(TABS)
    with pytest.raises(Vacant):
        Workbook(beside(path)).read()
    copy = workbook(
        tmp_path / "kopia.xlsx", Uczestnicy=[["Nr uczestnika"], ["U1"]], **{FINDINGS: [["Nr uczestnika"]]}
    )
    assert [tab.title for tab in Workbook(copy).read().tabs] == ["Uczestnicy"]
