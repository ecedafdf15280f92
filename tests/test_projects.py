"""projects.toml: which spreadsheets make up a project."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from lib.projects import FILE, Projects, read_file
from lib.records import Participant
from sheets.source import Damaged, Missing, SourceError


def workbook(path: Path, *rows: tuple[str, str]) -> None:
    """A workbook with a list of participants."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Uczestnicy")
    for number, row in enumerate([("Nr uczestnika", "Płeć"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()


def listing(folder: Path, text: str) -> Path:
    """A projects.toml."""
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[project]\n", "błąd zapisu (wiersz 1"),
        ('[[project]]\nid = "a"\nworkbooks = ["a.xlsx"', "błąd zapisu"),
        ('[[project]]\nid = "a"\n', "Projekt nr 1: brakuje pola „workbooks”"),
        ('[[project]]\nid = "a"\nworkbooks = []\n', "Projekt nr 1: pole „workbooks” jest puste"),
        ('[[project]]\nid = "a"\nworkbooks = "a.xlsx"\n', "pole „workbooks” musi być listą"),
        ('[[project]]\nid = "a"\nworkbooks = [7]\n', "pole „workbooks” musi być tekstem"),
        ('[[project]]\nid = "A B"\nworkbooks = ["a"]\n', "pole „id” może mieć tylko małe litery"),
        ('[[project]]\nid = "a"\nworkbook = ["a"]\n', "„workbook"),
        ("", "brakuje pola „project”"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\n' * 2, "„a” stoi dwa razy"),
    ],
)
def test_a_broken_list_of_projects_is_said_in_polish_with_its_place(tmp_path, text, said):
    with pytest.raises(Damaged) as raised:
        read_file(listing(tmp_path, text))
    assert said in raised.value.what
    assert raised.value.label == FILE
    assert raised.value.remedy


def test_a_list_that_is_not_there_or_not_text_is_said_too(tmp_path):
    with pytest.raises(Missing):
        read_file(tmp_path / FILE)
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Damaged):
        read_file(tmp_path / FILE)


def test_a_project_may_have_several_workbooks_by_path_from_the_list(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    workbook(tmp_path / "b.xlsx", ("U2", "M"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\n')
    register = Projects(tmp_path).register("p", dt.date(2024, 1, 1))
    assert register is not None
    assert register.participants["person"].tolist() == ["U1", "U2"]
    cell = register.cell(Participant, 1, "person")
    assert (cell.workbook, cell.address) == ("b.xlsx", "Uczestnicy!A2")


def test_the_last_good_list_stays_while_the_new_one_is_broken(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    assert [entry.id for entry in projects.catalogue().projects] == ["p"]
    listing(tmp_path, "[[project]\nid=")
    broken = projects.catalogue()
    assert [entry.id for entry in broken.projects] == ["p"]
    assert isinstance(broken.problem, SourceError)
    listing(tmp_path, '[[project]]\nid = "q"\nworkbooks = ["a.xlsx"]\n')
    assert ([entry.id for entry in projects.catalogue().projects], projects.catalogue().problem) == (
        ["q"],
        None,
    )


def test_a_workbook_that_cannot_be_read_leaves_the_others_and_says_so(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    (tmp_path / "b.xlsx").write_bytes(b"not a workbook")
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\n')
    opened = Projects(tmp_path).opened("p")
    assert [state.label for state in opened.failures] == ["b.xlsx"]
    assert [tab.title for tab in opened.tabs] == ["Uczestnicy"]


def test_a_project_of_which_nothing_was_ever_read_has_no_register(tmp_path):
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    assert projects.register("p", dt.date(2024, 1, 1)) is None
    assert [type(state.failure) for state in projects.opened("p").failures] == [Missing]
    with pytest.raises(KeyError):
        projects.opened("q")


def test_readings_are_made_once_for_a_snapshot_and_serve_every_day(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    first, second = (projects.register("p", dt.date(2024, 1, day)) for day in (1, 2))
    assert first is not None
    assert second is not None
    assert first.readings is second.readings
    assert first.key != second.key
