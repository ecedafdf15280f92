"""Reading local workbooks: every cell in its place, and nothing worse than a SourceError."""

import datetime as dt
import os
import sys
from pathlib import Path

import pytest
import xlsxwriter

from sheets import xlsx
from sheets.files import replace_file
from sheets.source import Damaged, Locked, Missing, Refused, SourceError, Vacant
from sheets.table import Table
from sheets.xlsx import NOT_CALCULATED, Workbook
from tests import handmade


def tab(path: Path) -> Table:
    """The first tab of a workbook."""
    return Workbook(path).read().tabs[0]


def rows(table: Table) -> list[tuple[object, ...]]:
    return [table.row(index) for index in range(len(table))]


def test_cells_keep_their_kinds_and_blanks_are_none(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        hour = book.add_format({"num_format": "hh:mm"})
        sheet = book.add_worksheet("Zajęcia")
        sheet.write_row(0, 0, ["Nazwa", "Liczba", "Dzień", "Od", "Tak"])
        sheet.write_row(1, 0, ["Mediacje", 1.5])
        sheet.write_datetime(1, 2, dt.datetime(2022, 3, 12), day)
        sheet.write_datetime(1, 3, dt.time(16, 30), hour)
        sheet.write_boolean(1, 4, True)
        sheet.write(2, 1, 1)
        sheet.write(2, 4, "")
    table = tab(path)
    assert (table.title, table.header, table.first_row, table.workbook) == ("Zajęcia", (), 1, "kinds.xlsx")
    assert rows(table)[1:] == [
        ("Mediacje", 1.5, dt.date(2022, 3, 12), dt.time(16, 30), True),
        (None, 1.0, None, None, None),
    ]
    assert type(table.columns[1][2]) is float


def test_blank_rows_above_and_inside_are_kept_so_that_addresses_are_the_spreadsheets_own(
    tmp_path: Path,
) -> None:
    """
    Dane
    (blank)
    (blank)
           |        | Nazwa
    (blank)
           |        | Mediacje
    """
    path = tmp_path / "blank.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Dane")
        sheet.write("C3", "Nazwa")
        sheet.write("C5", "Mediacje")
    table = tab(path)
    assert [table.cell(i, 2).address for i in range(len(table)) if table.row(i)[2]] == ["Dane!C3", "Dane!C5"]
    assert {len(column) for column in table.columns} == {5}


def test_hidden_tabs_are_read_empty_ones_kept_and_charts_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "tabs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Pierwsza").write("A1", "x")
        hidden = book.add_worksheet("Ukryta & „druga”")
        hidden.write("A1", "y")
        hidden.write_formula("B1", "=1/0", None, "#DIV/0!")
        hidden.hide()
        book.add_chartsheet("Wykres").set_chart(_chart(book))
        book.add_worksheet("Pusta")
    tabs = Workbook(path).read().tabs
    assert [(t.title, rows(t)) for t in tabs] == [
        ("Pierwsza", [("x",)]),
        ("Ukryta & „druga”", [("y", "#DIV/0!")]),
        ("Pusta", []),
    ]


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Pierwsza!$A$1:$A$1"})
    return chart


def test_error_cells_hold_the_text_of_the_error(tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Dane")
        sheet.write("B3", "Kwota")
        for row, error in enumerate(("#REF!", "#N/A", "#DIV/0!", "#NAME?")):
            sheet.write_formula(3 + row, 1, "=Z1", None, error)
        sheet.write_formula("B8", "=1+1", None, 2)
        sheet.write("B9", 'zdanie z t="e" w środku i <f> też')
    table = tab(path)
    assert list(table.columns[1][3:]) == [
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "#NAME?",
        2.0,
        'zdanie z t="e" w środku i <f> też',
    ]
    assert table.cell(3, 1).address == "Dane!B4"


def test_an_error_beyond_all_other_cells_is_kept(tmp_path: Path) -> None:
    path = handmade.workbook(
        tmp_path / "e.xlsx",
        handmade.cells("A1") + '<row r="9"><c r="C9" t="e"><v>#REF!</v></c><c r="D9" t="e"/></row>',
    )
    table = tab(path)
    assert (len(table), table.row(8)) == (9, (None, None, "#REF!", "#N/A"))
    assert {len(column) for column in table.columns} == {9}


def test_a_formula_never_calculated_is_neither_blank_nor_a_value(tmp_path: Path) -> None:
    path = handmade.workbook(
        tmp_path / "formulas.xlsx",
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><v>5</v></c>'
        '<c r="F1"><f t="shared" si="0"/></c></row>',
    )
    assert tab(path).row(0) == (NOT_CALCULATED, NOT_CALCULATED, 2.0, None, 5.0, NOT_CALCULATED)


def test_tags_with_a_prefix_are_read_and_marked_too(tmp_path: Path) -> None:
    part = handmade.sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c></row>')
    prefixed = (
        part.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    )
    path = handmade.workbook(tmp_path / "prefix.xlsx", **{handmade.SHEET: prefixed})
    assert tab(path).row(0) == (1.0, "#REF!")


def test_marks_are_found_wherever_a_large_part_is_cut_into_pieces(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    bad = set(range(5, 30_000, 997))
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Dane")
        for row in range(30_000):
            if row in bad:
                sheet.write_formula(row, 1, "=Z1", None, "#REF!")
            else:
                sheet.write_number(row, 1, row)
    column = tab(path).columns[1]
    assert {row for row, value in enumerate(column) if value == "#REF!"} == bad
    assert sum(value is None for value in column) == 0


def test_the_same_content_has_the_same_id_and_another_has_another(tmp_path: Path) -> None:
    one = handmade.workbook(tmp_path / "1.xlsx", handmade.cells("A1"))
    two = tmp_path / "2.xlsx"
    two.write_bytes(one.read_bytes())
    three = handmade.workbook(tmp_path / "3.xlsx", handmade.cells("A2"))
    first, second, third = (Workbook(path).read() for path in (one, two, three))
    assert first.id == second.id != third.id
    assert len(first.id) >= 16
    assert first.label == "1.xlsx"
    assert first.read_at.tzinfo is dt.UTC


def test_the_sign_tells_a_file_replaced_by_one_of_the_same_time_and_size(tmp_path: Path) -> None:
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for each in (path, other):
        each.write_bytes(b"same size")
        os.utime(each, (1_700_000_000, 1_700_000_000))
    before = Workbook(path).sign()
    assert Workbook(path).sign() == before
    other.replace(path)
    assert Workbook(path).sign() != before
    path.unlink()
    assert Workbook(path).sign() is None


def test_equal_paths_make_equal_sources(tmp_path: Path) -> None:
    assert Workbook(tmp_path / "a.xlsx") == Workbook(tmp_path / "a.xlsx") != Workbook(tmp_path / "b.xlsx")


def failure(path: Path) -> SourceError:
    """What reading ends with; its texts name the file and are there."""
    with pytest.raises(SourceError) as caught:
        Workbook(path).read()
    assert caught.value.label == path.name
    assert caught.value.what.endswith(".")
    assert caught.value.remedy.endswith(".")
    return caught.value


def test_a_missing_file_is_missing_and_a_folder_is_damaged(tmp_path: Path) -> None:
    assert type(failure(tmp_path / "nie-ma.xlsx")) is Missing
    assert type(failure(tmp_path / "nie-ma-folderu" / "nie-ma.xlsx")) is Missing
    assert type(failure(tmp_path)) is Damaged


def test_a_file_that_may_not_be_opened_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "open", refuse)
    assert type(failure(path)) is Locked


def test_a_file_that_changes_while_it_is_read_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    looks, real = [], os.fstat

    def fstat(handle: int) -> os.stat_result:
        looks.append(handle)
        if len(looks) == 2:
            with open(path, "ab") as file:
                file.write(b"more")
        return real(handle)

    monkeypatch.setattr(xlsx.os, "fstat", fstat)
    assert type(failure(path)) is Locked


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "pusty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "innego rodzaju"),
        (b"imie;nazwisko\n", "innego rodzaju"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "starszym"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "hasłem"),
    ],
)
def test_a_file_of_another_kind_is_damaged(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "zdjęcie.xlsx"
    path.write_bytes(content)
    error = failure(path)
    assert type(error) is Damaged
    assert told in error.what


def test_a_workbook_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = handmade.workbook(tmp_path / "whole.xlsx", handmade.cells("A1", "B2")).read_bytes()
    path = tmp_path / "cut.xlsx"
    for share in (0.01, 0.3, 0.6, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert type(failure(path)) is Damaged


def test_a_zip_without_a_workbook_or_without_a_tab_is_damaged(tmp_path: Path) -> None:
    assert type(failure(handmade.workbook(tmp_path / "a.xlsx", **{"xl/workbook.xml": None}))) is Damaged
    assert (
        type(failure(handmade.workbook(tmp_path / "b.xlsx", **{"xl/workbook.xml": "<workbook"}))) is Damaged
    )
    assert type(failure(handmade.workbook(tmp_path / "c.xlsx", **{handmade.SHEET: None}))) is Damaged


def test_a_workbook_without_a_cell_is_vacant(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Dane")
        book.add_worksheet("Dane 2").write_blank("C3", None, book.add_format({"bold": True}))
    assert type(failure(path)) is Vacant


def test_a_child_that_dies_is_refused_and_reading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    for code in ("import os; os.abort()", "print('not a pickle')", "import sys; sys.stdin.buffer.read()"):
        with monkeypatch.context() as patch:
            patch.setattr(xlsx, "_CHILD", (sys.executable, "-c", code))
            assert type(failure(path)) is Refused
    assert tab(path).row(0) == (7.0,)


def test_a_child_that_says_something_unheard_of_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    code = "import os, pickle, sys; sys.stdout.buffer.write(pickle.dumps(os.getcwd))"
    monkeypatch.setattr(xlsx, "_CHILD", (sys.executable, "-c", code))
    assert type(failure(path)) is Refused


def test_a_child_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    monkeypatch.setattr(xlsx, "_CHILD", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(xlsx, "SECONDS", 0.3)
    error = failure(path)
    assert type(error) is Refused
    assert "zbyt długo" in error.what


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory on Windows")
def test_a_workbook_that_takes_more_memory_than_allowed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MEMORY", 200 * 2**20)
    monkeypatch.setattr(xlsx.guard, "_measure", lambda *_: None)
    path = handmade.workbook(tmp_path / "far.xlsx", handmade.cells("A1", "XFD1048576"))
    assert type(failure(path)) is Refused


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    replace_file(path, b"first")
    replace_file(path, b"second")
    assert path.read_bytes() == b"second"

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("sheets.files.os.fsync", fail)
    with pytest.raises(OSError, match="full"):
        replace_file(path, b"third")
    assert path.read_bytes() == b"second"
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]
