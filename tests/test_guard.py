"""Workbooks made to do harm are refused, with the place, and the program lives on."""

import random
import struct
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from sheets import guard, xlsx
from sheets.package import Package
from sheets.source import Damaged, Refused, SourceError
from sheets.xlsx import Workbook
from tests import handmade


def refusal(path: Path) -> str:
    """What a refused workbook is refused for."""
    with pytest.raises(Refused) as caught:
        Workbook(path).read()
    return caught.value.what


@pytest.mark.parametrize(
    ("addresses", "far"),
    [
        (("A1", "XFD1048576"), "Dane!XFD1048576"),
        (("A1", "A1048576"), "Dane!A1048576"),
        (("A1", "A600000"), "Dane!A600000"),
        (("A1", "ZZ49999"), "Dane!ZZ49999"),
        (("XFD1048576", "A1"), "Dane!XFD1048576"),
        ((*(f"A{row}" for row in range(1, 4000)), "XFD1"), "Dane!XFD1"),
    ],
)
def test_a_far_away_cell_is_refused_with_its_address(
    tmp_path: Path, addresses: tuple[str, ...], far: str
) -> None:
    path = handmade.workbook(tmp_path / "far.xlsx", handmade.cells(*addresses))
    assert f"Komórka {far} leży" in refusal(path)


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v></c></row><row r='1048576'><c><v>1</v></c></row>",
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>",
        '<row r="1"><c s="0"\n r="A1048576"><v>1</v></c></row>',
    ],
)
def test_a_far_away_cell_is_seen_however_it_is_written(tmp_path: Path, rows: str) -> None:
    assert "Dane!A1048576 leży" in refusal(handmade.workbook(tmp_path / "far.xlsx", rows))


def test_the_stated_size_of_a_tab_is_not_believed(tmp_path: Path) -> None:
    lying = handmade.sheet(handmade.cells("A1", "XFD1048576")).replace(
        "<sheetData>", '<dimension ref="A1:B2"/><sheetData>'
    )
    assert "XFD1048576" in refusal(handmade.workbook(tmp_path / "a.xlsx", **{handmade.SHEET: lying}))
    honest = handmade.sheet(handmade.cells("A1")).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    path = handmade.workbook(tmp_path / "b.xlsx", **{handmade.SHEET: honest})
    assert Workbook(path).read().tabs[0].row(0) == (7.0,)


def test_a_last_row_without_cells_does_no_harm(tmp_path: Path) -> None:
    rows = handmade.cells("A1", "AB2") + '<row r="1048576" ht="12.8" customHeight="1"/>'
    assert len(Workbook(handmade.workbook(tmp_path / "a.xlsx", rows)).read().tabs[0]) == 2


def test_a_long_or_wide_tab_that_is_full_passes(tmp_path: Path) -> None:
    long = handmade.workbook(tmp_path / "long.xlsx", handmade.cells(*(f"A{row}" for row in range(1, 60_001))))
    assert len(Workbook(long).read().tabs[0]) == 60_000
    wide = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    assert len(Workbook(handmade.workbook(tmp_path / "wide.xlsx", wide)).read().tabs[0].columns) == 1000


def test_a_list_of_formulas_far_down_is_no_tab(tmp_path: Path) -> None:
    chain = '<calcChain><c r="AB900000" i="1"/></calcChain>'
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"), **{"xl/calcChain.xml": chain})
    assert len(Workbook(path).read().tabs[0]) == 1


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "CELLS", 100)
    path = handmade.workbook(tmp_path / "a.xlsx", "<row>" + "<c><v>1</v></c>" * 101 + "</row>")
    assert "komórek" in refusal(path)


@pytest.mark.parametrize(
    "part",
    [handmade.SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml", "xl/other.bin"],
)
@pytest.mark.parametrize(
    "entity", ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">']
)
def test_entities_are_refused_in_any_part(tmp_path: Path, part: str, entity: str) -> None:
    content = {**handmade.PARTS, handmade.SHEET: handmade.sheet(handmade.cells("A1"))}.get(part, "<a/>")
    hostile = f"<?xml version='1.0'?><!-- {'x' * 300_000} --><!DOCTYPE x [{entity}]>{content}"
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"), **{part: hostile})
    assert "DOCTYPE" in refusal(path)


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = handmade.workbook(tmp_path / "bomb.xlsx", **{handmade.SHEET: None})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open(handmade.SHEET, "w") as part,
    ):
        for _ in range(40):
            part.write(b" " * 5_000_000)
    assert path.stat().st_size < 3_000_000
    assert "rozpakowuje" in refusal(path)


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path: Path) -> None:
    rows = handmade.cells("A1") + " " * 3_000_000
    path = handmade.workbook(tmp_path / "lie.xlsx", rows)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\1\2", 0, data.rindex(handmade.SHEET.encode()))
    struct.pack_into("<I", data, entry + 24, 1000)
    path.write_bytes(data)
    assert "rozpakowuje" in refusal(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    more = {f"xl/media/{number}.txt": "" for number in range(1000)}
    assert "części" in refusal(handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"), **more))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert "50 MB" in refusal(path)


def test_looking_through_ends_at_its_deadline(tmp_path: Path) -> None:
    data = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1")).read_bytes()
    with pytest.raises(Refused, match="zbyt długo"):
        guard.marks(Package.of("a.xlsx", data, time.monotonic() - 1))


def test_a_part_under_a_password_is_damaged(tmp_path: Path) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(Damaged, match="hasłem"):
        Workbook(path).read()


def test_bytes_changed_at_random_give_a_source_error_or_nothing(tmp_path: Path) -> None:
    whole = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1", "AB60000")).read_bytes()
    chance = random.Random(2022)
    for _ in range(1500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(SourceError):
            guard.marks(Package.of("a.xlsx", bytes(data), time.monotonic() + 5))


def test_what_only_the_reader_stumbles_over_is_refused_too(tmp_path: Path) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", '<row r="1"><c r="xfd1048576"><v>1</v></c></row>')
    assert "przerywa" in refusal(path)
    assert xlsx.Workbook(handmade.workbook(path, handmade.cells("A1"))).read().tabs[0].row(0) == (7.0,)
