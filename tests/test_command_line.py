"""python -m lib check | figures | template | demo."""

import datetime as dt
import json
from pathlib import Path

import pytest
import xlsxwriter

from lib import __main__ as command_line
from lib import projects


def workbook(path: Path, **tabs: list[list[str]]) -> Path:
    """A workbook of these tabs."""
    book = xlsxwriter.Workbook(path)
    for title, rows in tabs.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A workbook without a fault."""
    return workbook(tmp_path / "dobry.xlsx", Uczestnicy=[["Nr uczestnika", "Płeć"], ["U1", "K"], ["U2", "M"]])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A workbook with an error and a row not counted."""
    return workbook(tmp_path / "zly.xlsx", Uczestnicy=[["Nr uczestnika", "Płeć"], ["U1", "?"], ["", "M"]])


def test_check_ends_with_0_when_clean_1_with_errors_and_2_when_unreadable(clean, faulty, tmp_path, capsys):
    assert command_line.main(["check", str(clean)]) == 0
    assert command_line.main(["check", str(faulty)]) == 1
    assert command_line.main(["check", str(tmp_path / "nie-ma.xlsx")]) == 2
    (tmp_path / "obraz.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert command_line.main(["check", str(tmp_path / "obraz.xlsx")]) == 2
    assert "obraz.xlsx" in capsys.readouterr().err


def test_a_warning_alone_is_no_error(tmp_path, capsys):
    path = workbook(
        tmp_path / "a.xlsx", Uczestnicy=[["Nr uczestnika", "Płeć", "Telefon"], ["U1", "K", "brak"]]
    )
    assert command_line.main(["check", str(path)]) == 0
    assert "OSTRZEŻENIE" in capsys.readouterr().out


def test_a_workbook_without_any_known_tab_is_unreadable(tmp_path, capsys):
    path = workbook(tmp_path / "a.xlsx", Notatki=[["a", "b"], ["1", "2"]])
    assert command_line.main(["check", str(path)]) == 2
    assert "nie ma tu żadnej znanej zakładki" in capsys.readouterr().err


def test_check_as_json_gives_code_severity_address_and_rows_not_counted(faulty, capsys):
    command_line.main(["check", str(faulty), "--json"])
    result = json.loads(capsys.readouterr().out)
    assert [(f["code"], f["severity"], f["address"]) for f in result["findings"]] == [
        ("not-in-dictionary", "ERROR", "Uczestnicy!B2"),
        ("required-value", "ERROR", "Uczestnicy!A3"),
    ]
    assert result["not_counted"]["Uczestnicy"] == 1


def test_check_names_the_cell_the_fault_and_the_remedy(faulty, capsys):
    command_line.main(["check", str(faulty), "--as-of", "31.12.2022"])
    out = capsys.readouterr().out
    assert "Uczestnicy!B2" in out
    assert "Wybierz wartość z listy." in out
    assert "Stan na 31.12.2022" in out


def test_an_accepted_finding_of_a_connected_project_is_told_apart_and_fails_nothing(
    faulty, tmp_path, monkeypatch, capsys
):
    (tmp_path / "projects.toml").write_text(
        '[[project]]\nid = "proba"\nworkbooks = ["zly.xlsx"]\n', encoding="utf-8"
    )
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    day = dt.date(2024, 5, 6)
    whole = command_line.register_of(projects.sources("proba"), day)
    assert command_line.main(["check", "proba"]) == 1
    projects.accept("proba", whole, whole.findings, reason="Tak chce instytucja", by="AB", on=day)
    assert command_line.main(["check", str(faulty)]) == 1
    capsys.readouterr()
    assert command_line.main(["check", "proba"]) == 0
    said = capsys.readouterr().out
    assert "PRZYJĘTE     Uczestnicy!B2" in said
    assert "Tak ma być: Tak chce instytucja (AB, 06.05.2024)" in said
    assert "błąd: 0, ostrzeżenie: 0; przyjęte: 2. Niewliczone wiersze: 1." in said
    for command in ("check", "figures"):
        command_line.main([command, "proba", "--json"])
        result = json.loads(capsys.readouterr().out)
        assert result["findings"] == []
        assert result["not_counted"]["Uczestnicy"] == 1
        assert [
            (a["code"], a["address"], a["reason"], a["accepted_by"], a["accepted_on"])
            for a in result["accepted"]
        ] == [
            ("not-in-dictionary", "Uczestnicy!B2", "Tak chce instytucja", "AB", "2024-05-06"),
            ("required-value", "Uczestnicy!A3", "Tak chce instytucja", "AB", "2024-05-06"),
        ]


def test_figures_of_a_workbook_have_every_part(clean, capsys):
    assert command_line.main(["figures", str(clean), "--as-of", "2022-12-31", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {"capacity", "budget", "durability", "findings", "not_counted"} <= set(result)
    assert result["capacity"]["persons"]["ever"] == 0
    assert command_line.main(["figures", str(clean)]) == 0
    assert "capacity.persons.ever: 0" in capsys.readouterr().out


def test_figures_of_something_that_is_not_there_are_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    assert command_line.main(["figures", "nie-ma"]) == 2
    assert "nie-ma" in capsys.readouterr().err


def test_a_template_is_written_once_and_is_clean(tmp_path, capsys):
    path = tmp_path / "wzor.xlsx"
    assert command_line.main(["template", str(path)]) == 0
    before = path.read_bytes()
    assert command_line.main(["template", str(path)]) == 2
    assert path.read_bytes() == before
    assert command_line.main(["check", str(path)]) == 0


def test_the_demonstration_is_written_once(tmp_path, monkeypatch, capsys):
    assert command_line.main(["demo", str(tmp_path)]) == 0
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {"projects.toml", "miasto-rodziny.xlsx", "gagarina-116.xlsx"} == set(written)
    assert command_line.main(["demo", str(tmp_path)]) == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == written
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    capsys.readouterr()
    assert command_line.main(["figures", "miasto-rodziny", "--as-of", "2023-09-30", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["capacity"]["persons"]["target"] == 350


def test_a_day_may_be_typed_the_polish_way_and_a_wrong_one_is_refused(clean, capsys):
    assert command_line.main(["check", str(clean), "--as-of", "31.12.2022"]) == 0
    with pytest.raises(SystemExit):
        command_line.main(["check", str(clean), "--as-of", "wczoraj"])
    assert "nie jest dniem" in capsys.readouterr().err


def test_figures_of_a_workbook_without_any_known_tab_are_refused(tmp_path, capsys):
    path = workbook(tmp_path / "a.xlsx", Notatki=[["a", "b"], ["1", "2"]])
    assert command_line.main(["figures", str(path), "--json"]) == 2
    assert "nie ma tu żadnej znanej zakładki" in capsys.readouterr().err


def test_what_cannot_be_written_and_wrong_arguments_are_said_in_polish(tmp_path, capsys):
    assert command_line.main(["template", str(tmp_path / "nie-ma" / "a.xlsx")]) == 2
    assert command_line.main(["template", str(tmp_path / "a.ods")]) == 2
    with pytest.raises(SystemExit) as ended:
        command_line.main(["check"])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "Nie da się zapisać pliku" in said
    assert "musi się kończyć na .xlsx" in said
    assert "użycie:" in said
    assert "brakuje: PROJEKT_LUB_SKOROSZYT" in said
    assert "usage" not in said
