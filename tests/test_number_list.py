"""The numbers of people are kept in the data folder, for the server's user only, and reading never waits."""

import datetime as dt
import json
import stat
from pathlib import Path

import pytest
import xlsxwriter

from lib import __main__ as command_line
from lib import figures as all_figures
from lib import number_list, projects
from lib.number_list import FILE, KEY_FILE, NumberList
from lib.numbers import Known
from lib.projects import Projects

DAY = dt.date(2024, 3, 1)
HEADER = ("Nazwisko", "Imię", "PESEL", "Data urodzenia", "Płeć", "Data rozpoczęcia udziału")
ANNA = ("Nowak", "Anna", "90051401233", "14.05.1990", "K", "01.03.2022")
EWA = ("Mazur", "Ewa", "", "", "K", "01.03.2022")
MARRIED = ("Kowalska", *ANNA[1:])
MOVED = (*MARRIED[:2], "90051401240", *ANNA[3:])


def workbook(folder: Path, *rows: tuple[str, ...], name: str = "a.xlsx") -> Path:
    book = xlsxwriter.Workbook(folder / name)
    sheet = book.add_worksheet("Uczestnicy")
    for number, row in enumerate((HEADER, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return folder / name


def listing(folder: Path, *ids: str) -> None:
    text = "".join(f'[[project]]\nid = "{id}"\nworkbooks = ["a.xlsx"]\n' for id in ids)
    (folder / "projects.toml").write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a project of two people without numbers."""
    workbook(tmp_path, ANNA, EWA)
    listing(tmp_path, "p")
    return tmp_path


def numbers(projects: Projects, id: str = "p") -> list[str]:
    """The numbers of the people of the project, in the order of their rows."""
    register = projects.register(id, DAY)
    assert register is not None
    return register.participants["person"].tolist()


def refreshed(projects: Projects) -> list[str]:
    """The same once a running server has looked at the workbook again."""
    projects._live.look()
    return numbers(projects)


def test_a_number_stays_over_corrections_and_restarts(folder):
    first = numbers(Projects(folder))
    for rows in ((MARRIED, EWA), (EWA, MARRIED), (MOVED, EWA)):
        workbook(folder, *rows)
        assert sorted(numbers(Projects(folder))) == sorted(first)
    assert numbers(Projects(folder)) == first


def test_two_servers_over_one_folder_agree(folder):
    one, other = Projects(folder), Projects(folder)
    first = numbers(one)
    assert numbers(other) == first
    workbook(folder, MARRIED, EWA)
    assert refreshed(one) == first
    workbook(folder, MOVED, EWA)
    assert refreshed(other) == first
    assert refreshed(one) == first


def test_two_servers_that_need_the_first_number_at_once_have_one_key(tmp_path):
    one, other = (NumberList(tmp_path).of("p") for _ in range(2))
    assert one.of_name("ewa mazur") == other.of_name("ewa mazur")


def test_two_servers_lose_nothing_that_the_other_wrote_meanwhile(tmp_path):
    one, other = NumberList(tmp_path), NumberList(tmp_path)
    known = {"os-1": Known(name="a")}
    assert (one.of("p").known, other.of("p").known) == ({}, {})
    one.keep("p", known)
    other.keep("q", known)
    again = NumberList(tmp_path)
    assert (again.of("p").known, again.of("q").known) == (known, known)


def test_another_folder_has_another_key_and_the_same_figures(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    workbook(other, ANNA, EWA)
    listing(other, "p")
    assert not set(numbers(Projects(folder))) & set(numbers(Projects(other)))
    assert (folder / KEY_FILE).read_text() != (other / KEY_FILE).read_text()
    one, another = (Projects(it).register("p", DAY) for it in (folder, other))
    assert one is not None
    assert another is not None
    assert all_figures.figures(one) == all_figures.figures(another)


def test_the_files_are_for_the_servers_user_only_and_hold_nothing_personal(folder):
    numbers(Projects(folder))
    for name in (FILE, KEY_FILE):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
        text = (folder / name).read_text().lower()
        assert not any(personal in text for personal in ("nowak", "anna", "9005140", "1990", "mazur"))


def test_nothing_is_written_where_nobody_needs_a_number(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("Uczestnicy")
    for number, row in enumerate((("Nr uczestnika", "Płeć"), ("U1", "K"))):
        sheet.write_row(number, 0, row)
    book.close()
    listing(tmp_path, "p")
    assert numbers(Projects(tmp_path)) == ["U1"]
    assert not (tmp_path / FILE).exists()
    assert not (tmp_path / KEY_FILE).exists()


def test_nothing_is_written_again_while_nothing_changes(folder):
    numbers(Projects(folder))
    before = (folder / FILE).stat()
    numbers(Projects(folder))
    assert ((folder / FILE).stat().st_mtime_ns, (folder / FILE).stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )


def test_a_project_that_is_no_longer_listed_is_forgotten(folder):
    listing(folder, "p", "q")
    known = Projects(folder)
    numbers(known, "p")
    numbers(known, "q")
    assert json.loads((folder / FILE).read_text()).keys() == {"p", "q"}
    listing(folder, "q")
    Projects(folder).catalogue()
    assert json.loads((folder / FILE).read_text()).keys() == {"q"}


@pytest.mark.parametrize("content", ["{", "[]", '{"p": {"os-1": {"gone_on": "kiedyś"}}}', "\x00"])
def test_a_broken_file_is_said_kept_and_the_numbers_are_made_with_the_key(folder, content, caplog):
    first = numbers(Projects(folder))
    good = (folder / FILE).read_bytes()
    (folder / FILE).write_text(content, "utf-8")
    broken = Projects(folder)
    assert numbers(broken) == first
    problem = broken.numbers_problem()
    assert problem is not None
    assert FILE in problem.remedy
    assert (folder / FILE).read_text("utf-8") == content
    workbook(folder, MOVED, EWA)
    moved = numbers(Projects(folder))
    assert (moved[0] != first[0], moved[1]) == (True, first[1])
    assert FILE in caplog.text
    assert not any(personal in caplog.text for personal in ("Nowak", "Kowalska", "90051401"))
    (folder / FILE).write_bytes(good)
    assert broken.numbers_problem() is None


@pytest.mark.parametrize("content", ["", "abc", "00" * 31, "zz" * 32])
def test_a_broken_key_is_said_and_kept_and_reading_goes_on(folder, content):
    first = numbers(Projects(folder))
    good, known = (folder / KEY_FILE).read_text(), (folder / FILE).read_bytes()
    (folder / KEY_FILE).write_text(content)
    broken = Projects(folder)
    assert not set(numbers(broken)) & set(first)
    problem = broken.numbers_problem()
    assert problem is not None
    assert KEY_FILE in problem.remedy
    assert (folder / KEY_FILE).read_text() == content
    assert (folder / FILE).read_bytes() == known
    (folder / KEY_FILE).write_text(good)
    assert numbers(Projects(folder)) == first
    assert broken.numbers_problem() is None


def test_a_lost_key_changes_the_numbers_once_and_its_copy_brings_them_back(folder):
    first = numbers(Projects(folder))
    workbook(folder, MARRIED, EWA)
    numbers(Projects(folder))
    good = (folder / KEY_FILE).read_text()
    (folder / KEY_FILE).unlink()
    second = numbers(Projects(folder))
    assert not set(second) & set(first)
    assert numbers(Projects(folder)) == second
    assert Projects(folder).numbers_problem() is None
    (folder / KEY_FILE).write_text(good)
    assert numbers(Projects(folder)) == first


def test_a_folder_that_may_not_be_written_stops_no_reading_and_numbers_hold_while_the_server_runs(
    folder, monkeypatch, caplog
):
    real = number_list.replace_file

    def refused(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(number_list, "replace_file", refused)
    known = Projects(folder)
    first = numbers(known)
    assert known.numbers_problem() is not None
    assert not (folder / FILE).exists()
    assert not (folder / KEY_FILE).exists()
    assert "numbers.key" in caplog.text
    monkeypatch.setattr(number_list, "replace_file", real)
    workbook(folder, MARRIED, EWA)
    assert refreshed(known) == first
    assert known.numbers_problem() is None
    assert numbers(Projects(folder)) == first


def test_a_project_not_all_of_which_was_read_loses_no_number(folder):
    (folder / "projects.toml").write_text(
        '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\n', "utf-8"
    )
    workbook(folder, EWA, name="b.xlsx")
    workbook(folder, ANNA)
    first = numbers(Projects(folder))
    known = (folder / FILE).read_bytes()
    (folder / "b.xlsx").write_bytes(b"no workbook")
    assert numbers(Projects(folder)) == first[:1]
    assert (folder / FILE).read_bytes() == known


def test_the_command_line_gives_the_numbers_of_the_server(folder, monkeypatch, capsys):
    monkeypatch.setenv("OSTOJA_DATA", str(folder))
    projects._projects.cache_clear()
    first = numbers(Projects(folder))
    workbook(folder, MARRIED, EWA)
    seen: list[list[str]] = []
    real = command_line.register

    def noted(readings, *args, **kwargs):
        register = real(readings, *args, **kwargs)
        seen.append(register.participants["person"].tolist())
        return register

    monkeypatch.setattr(command_line, "register", noted)
    for command in (["check", "p"], ["figures", "p"]):
        command_line.main(command)
    assert seen == [first, first]
    command_line.main(["check", str(folder / "a.xlsx")])
    assert not set(seen[-1]) & set(first)
    (folder / FILE).write_text("{")
    command_line.main(["check", "p"])
    assert FILE in capsys.readouterr().err
