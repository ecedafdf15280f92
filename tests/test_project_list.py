"""projects.toml: what is said of tabs, facts that no tab holds, and writing it without losing a word."""

import datetime as dt
from pathlib import Path

import pytest

from lib.project_list import FILE, Answer, Changed, ProjectEntry, id_of, read_file, save, sign_of
from lib.recognition import Choice
from sheets.source import Damaged

ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"

HAND = """# nasza lista

[[project]]
id = "pierwszy"              # od 2022
workbooks = ["a.xlsx"]       # prowadzi Biuro
refresh_seconds = 30

# drugi jest w chmurze
[[project]]
id = "drugi"
spreadsheets = ["https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit"]
"""

CHOICES = {
    "Lista": Choice(
        "Participant", {"person": "Nr „ew.”", "~name": "Nazwisko\ni imię", "phone": ""}, {"empty": "absent"}
    ),
    ("b.xlsx", "Lista"): Choice(""),
    "Razem": Choice(None, {"Expense.line": "Poz."}),
}
FACTS = (
    Answer("Wartość projektu", "1 000,00", "umowa = par. 3"),
    Answer("Docelowa liczba osób", "80", "aneks", dt.date(2022, 3, 1)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list written by hand."""
    (tmp_path / FILE).write_text(HAND, encoding="utf-8")
    return tmp_path / FILE


def entry(path: Path, id: str, **more) -> ProjectEntry:
    """A project with one workbook beside the list."""
    return ProjectEntry(id, (path.parent.resolve() / "nowy.xlsx",), choices=CHOICES, facts=FACTS, **more)


def test_a_project_is_added_and_everything_else_stays_to_the_letter(path):
    save(path, entry(path, "trzeci"), seen=sign_of(path))
    assert path.read_text(encoding="utf-8").startswith(HAND)
    assert read_file(path)[2] == entry(path, "trzeci")
    assert 'workbooks = ["nowy.xlsx"]' in path.read_text(encoding="utf-8")


def test_the_first_project_makes_the_list_and_its_folder(tmp_path):
    path = tmp_path / "data" / FILE
    save(path, entry(path, "pierwszy"), seen="")
    assert read_file(path) == (entry(path, "pierwszy"),)


def test_a_project_that_is_changed_keeps_what_stands_beside_it(path):
    before = read_file(path)
    after = ProjectEntry("pierwszy", before[0].workbooks, (), 30, choices=CHOICES, facts=FACTS)
    save(path, after, seen=sign_of(path), change=True)
    assert read_file(path) == (after, before[1])
    text = path.read_text(encoding="utf-8")
    assert 'workbooks = ["a.xlsx"]       # prowadzi Biuro' in text
    assert "# drugi jest w chmurze" in text
    save(path, before[0], seen=sign_of(path), change=True)
    assert read_file(path) == before


def test_an_address_as_somebody_typed_it_stays_while_it_means_the_same(path):
    second = read_file(path)[1]
    assert second.spreadsheets == (ID,)
    save(path, ProjectEntry("drugi", (), (ID,), facts=FACTS), seen=sign_of(path), change=True)
    assert "https://docs.google.com/" in path.read_text(encoding="utf-8")


def test_nothing_is_written_over_a_list_that_somebody_else_changed(path):
    seen = sign_of(path)
    path.write_text(HAND + "\n# dopisek\n", encoding="utf-8")
    with pytest.raises(Changed):
        save(path, entry(path, "trzeci"), seen=seen)
    assert path.read_text(encoding="utf-8") == HAND + "\n# dopisek\n"


def test_a_project_of_that_id_is_never_overwritten_unless_it_is_the_one_to_change(path):
    with pytest.raises(Changed):
        save(path, entry(path, "pierwszy"), seen=sign_of(path))
    with pytest.raises(Changed):
        save(path, entry(path, "czwarty"), seen=sign_of(path), change=True)
    assert path.read_text(encoding="utf-8") == HAND


def test_what_could_not_be_read_again_is_never_put_in_place(path):
    with pytest.raises(Damaged):
        save(path, ProjectEntry("Źle", (path.parent / "a.xlsx",)), seen=sign_of(path))
    assert path.read_text(encoding="utf-8") == HAND


def test_an_id_is_made_from_the_name_and_is_its_own():
    assert id_of("Ciepły Dom – edycja 2!", ()) == "cieply-dom-edycja-2"
    assert id_of("Ciepły dom", {"cieply-dom", "cieply-dom-2"}) == "cieply-dom-3"
    assert id_of("???", ()) == "projekt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[project.tab]]\nkind = ""', "Projekt nr 1: zakładka nr 1: brakuje pola „title”"),
        ('[[project.tab]]\ntitle = "A"\nkind = "Osoby"', "w polu „kind” nie stoi żaden rodzaj tabeli"),
        (
            '[[project.tab]]\ntitle = "A"\nkind = "Group"\ncolumns = {kolor = "B"}',
            "w polu „columns” stoi pole",
        ),
        ('[[project.tab]]\ntitle = "A"\ncolumns = "B"', "musi być tabelą w nawiasach klamrowych"),
        ('[[project.tab]]\ntitle = "A"\n[[project.tab]]\ntitle = "A"', "ta sama zakładka stoi dwa razy"),
        ('[[project.fact]]\nparameter = "Kolor"\nvalue = "a"\nsource = "b"', "żaden znany fakt"),
        (
            '[[project.fact]]\nparameter = "Koniec realizacji"\nvalue = "a"\nsource = "b"',
            "nie da się odczytać",
        ),
        (
            '[[project.fact]]\nparameter = "Nazwa"\nvalue = "a"\nsource = ""',
            "fakt nr 1: pole „source” jest puste",
        ),
        (
            '[[project.fact]]\nparameter = "Nazwa"\nvalue = "a"\nsource = "b"\nvalid_from = "x"',
            "musi być datą",
        ),
    ],
)
def test_what_is_wrong_with_tabs_and_facts_is_said_in_polish_with_its_place(tmp_path, text, said):
    path = tmp_path / FILE
    path.write_text(f'[[project]]\nid = "a"\nworkbooks = ["a.xlsx"]\n{text}\n', encoding="utf-8")
    with pytest.raises(Damaged) as raised:
        read_file(path)
    assert said in raised.value.what
