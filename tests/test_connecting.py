"""python -m lib connect."""

from pathlib import Path

import pytest

from lib import __main__ as command_line
from lib import projects
from lib.project_list import FILE, Answer, read_file
from lib.recognition import Choice
from tests.test_command_line import workbook

MARKS = [
    ["Nazwisko i imię", "01.03.2022", "08.03.2022"],
    ["Nowak Ewa", "x", ""],
    ["Kot Jan", "", "x"],
    ["Lis Jan", "x", "x"],
]
CHILDREN = ["Dziecko", "Nowak Jan", "Kot Maria", "Lis Irena"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    return tmp_path.resolve()


@pytest.fixture
def book(folder: Path) -> Path:
    """A workbook with a list of people, notes, and nothing to ask."""
    return workbook(
        folder / "lista.xlsx",
        Lista=[
            ["Nr ew.", "Płeć", "Komórka", "Tel. opiekuna", "Data wejścia"],
            ["U1", "K", "601602603", "701702703", "01.03.2022"],
        ],
        Notatki=[["Temat", "Treść"], ["a", "b"]],
    )


def run(*arguments: object) -> int:
    return command_line.main(["connect", *map(str, arguments)])


def test_it_shows_what_is_read_from_where_and_what_is_not_and_saves_nothing(book, folder, capsys):
    assert run(book) == 0
    shown = capsys.readouterr().out
    assert "Lista (lista.xlsx): Uczestnicy" in shown
    assert "„Nr ew.” -> Nr uczestnika: " in shown
    assert "nieczytane kolumny: D „Tel. opiekuna”" in shown
    assert "Notatki (lista.xlsx): nie czytam" in shown
    assert "Osoby objęte wsparciem: " in shown
    assert "Wartość projektu: " in shown
    assert not (folder / FILE).exists()


def test_corrections_and_facts_are_saved_and_the_project_is_there(book, folder, capsys):
    code = run(
        *(book, "--name", "Ciepły dom", "--tab", "Notatki=pomiń", "--column", "Lista:Telefon=Tel. opiekuna"),
        *("--fact", "Docelowa liczba osób=80|umowa, par. 3", "--save"),
    )
    assert code == 0
    assert "Zapisano projekt „cieply-dom”." in capsys.readouterr().out
    entry = read_file(folder / FILE)[0]
    assert entry.workbooks == (book,)
    columns = {"person": "Nr ew.", "sex": "Płeć", "phone": "Tel. opiekuna", "entered_on": "Data wejścia"}
    assert dict(entry.choices) == {"Lista": Choice("Participant", columns), "Notatki": Choice("")}
    assert entry.facts == (
        Answer("Nazwa", "Ciepły dom", "podano przy podłączaniu"),
        Answer("Docelowa liczba osób", "80", "umowa, par. 3"),
    )
    assert [entry.id for entry in projects.catalogue().projects] == ["cieply-dom"]
    assert command_line.main(["figures", "cieply-dom"]) == 0
    assert "capacity.persons.target: 80" in capsys.readouterr().out
    assert run(book, "--id", "cieply-dom", "--save") == 2
    assert "Projekt „cieply-dom” już jest." in capsys.readouterr().err


def test_an_open_question_ends_with_1_and_an_answered_one_with_0(folder, capsys):
    book = workbook(folder / "obecnosci.xlsx", Obecności=MARKS)
    assert run(book) == 1
    assert "PYTANIE [empty]" in capsys.readouterr().out
    assert run(book, "--answer", "Obecności:empty=absent") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--tab", "Lista=Kolory"), "„Kolory” nie jest rodzajem zakładki"),
        (("--tab", "Spis=Grupy"), "Nie ma zakładki „Spis”. Są: Lista, Notatki."),
        (("--column", "Lista:Kolor=Płeć"), "nie ma pola „Kolor”"),
        (("--column", "Lista:Telefon=Fax"), "nie ma kolumny „Fax”"),
        (("--fact", "Kolor=zielony|umowa"), "podaj --fact"),
        (("--fact", "Wartość projektu=dużo|umowa"), "Wartość projektu: „dużo” to nie kwota"),
        (("--fact", "Wartość projektu=1000"), "podaj --fact"),
        (("--id", "Ciepły dom"), "nie może być id"),
    ],
)
def test_an_argument_that_means_nothing_is_said_and_nothing_is_saved(book, folder, capsys, arguments, said):
    assert run(book, *arguments, "--save") == 2
    assert said in capsys.readouterr().err
    assert not (folder / FILE).exists()


def test_what_is_no_spreadsheet_or_holds_nothing_known_ends_with_2(folder, capsys):
    assert run("nie-wiem-co") == 2
    assert "nie jest adres ani id arkusza Google" in capsys.readouterr().err
    assert run(workbook(folder / "a.xlsx", Notatki=[["a", "b"], ["1", "2"]]), "--save") == 2
    assert not (folder / FILE).exists()


@pytest.mark.parametrize("typed", ["Dziecko", "b"])
def test_the_people_of_a_list_of_days_are_taken_from_another_column_by_header_or_letter(
    folder, capsys, typed
):
    rows = [[name, child, *marks] for (name, *marks), child in zip(MARKS, CHILDREN, strict=True)]
    book = workbook(folder / "obecnosci.xlsx", Obecności=rows)
    assert run(book, "--column", f"Obecności:person={typed}", "--save") == 1
    assert "B     „Dziecko” -> Nr uczestnika" in capsys.readouterr().out
    assert read_file(folder / FILE)[0].choices["Obecności"].columns == {"person": "Dziecko"}
    assert run(book, "--column", "Obecności:person=", "--save") == 2
    assert run(book, "--column", "Obecności:person=Z", "--save") == 2
    assert run(book, "--column", "Obecności:presence=Dziecko", "--save") == 2
