"""Persons entered twice: who may be one person, who surely is not, and what is proposed."""

import datetime as dt

import pytest

from lib import duplicates
from lib import register as registers
from lib.checks import across
from lib.duplicates import Strength
from lib.findings import SAME_PERSON_LIKELY
from lib.register import Register
from tests.conftest import sheet


def pairs(register: Register) -> list[tuple[str, str, str]]:
    """How likely, and the numbers of the two."""
    return [(pair.strength.label, pair.first.person, pair.later.person) for pair in register.duplicates]


def opened(drawing: str, as_of: str = "2022-06-30") -> Register:
    """The register of a drawing on a day."""
    return registers.register(registers.read_tabs(sheet(drawing)), dt.date.fromisoformat(as_of))


def two(first: str, other: str) -> Register:
    """A list of two women born on one day; each row is „surname | first name | phone”."""
    return opened(f"""
        Uczestnicy
        Nr uczestnika | Płeć | Data urodzenia | Nazwisko | Imię | Telefon
        U1            | K    | 1990-05-14     | {first}
        U2            | K    | 1990-05-14     | {other}
        """)


@pytest.mark.parametrize(
    ("first", "other", "evidence"),
    [
        ("Nowak | Anna |", "NOWAK | Anna |", "to samo imię i nazwisko"),
        ("Żak | Łucja |", "Zak | Lucja |", "w innej pisowni"),
        ("Nowak | Anna |", "Anna | Nowak |", "w odwrotnej kolejności"),
        ("Nowak | Anna |", "Nowak-Król | Anna |", "jedno nazwisko zawiera drugie"),
        ("Nowak | Anna |", "Nowak | Anna Maria |", "pierwsze imię"),
        ("Kowalska | Anna |", "Kowlaska | Anna |", "nazwiska różnią się jedną literą"),
        ("Nowak | Weronika |", "Nowak | Weornika |", "imiona różnią się jedną literą"),
        ("Nowak | Anna | 32 00 00 123", "Wilk | Anna | 320000123", "telefon, inne nazwisko"),
    ],
)
def test_a_slip_or_a_marriage_makes_one_person_likely(first, other, evidence):
    register = two(first, other)
    assert pairs(register) == [("prawdopodobne", "U1", "U2")]
    assert evidence in register.duplicates[0].evidence
    assert [f.address for f in register.findings if f.rule is SAME_PERSON_LIKELY] == ["Uczestnicy!D3"]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Nowak | Maja |", "Nowak | Kaja |"),  # twins
        ("Nowak | Anna | 32 00 00 123", "Nowak | Ewa | 32 00 00 123"),  # twins with their mother's phone
        ("Nowak | Anna | 32 00 00 123", "Wilk | Anna | 32 00 00 124"),
        ("Lis | Anna |", "Lip | Anna |"),  # too short to be a slip
        ("| Anna |", "| Anna |"),
        ("Nowak | |", "Nowak | |"),
    ],
)
def test_two_persons_born_on_one_day_are_two(first, other):
    assert pairs(two(first, other)) == []


def test_a_father_and_a_son_of_one_name_are_two_persons():
    """Also when they were born on one day of the year; a day and a month that changed places are a slip."""
    register = opened("""
        Uczestnicy
        Nr uczestnika | Nazwisko | Imię | Płeć | Data urodzenia
        U1            | Wójcik   | Jan  | M    | 1960-04-03
        U2            | Wójcik   | Jan  | M    | 1990-04-03
        U3            | Wójcik   | Jan  | M    | 1990-03-04
        """)
    assert pairs(register) == [("możliwe", "U2", "U3")]


def test_two_good_pesels_speak_against_one_person():
    register = opened("""
        Uczestnicy
        Nr uczestnika | Nazwisko | Imię | Płeć | PESEL
        U1            | Nowak    | Anna | K    | 90051400126
        U2            | Nowak    | Anna | K    | 90051400225
        U3            | Nowaki   | Anna | K    | 90051400324
        """)
    assert pairs(register) == [("możliwe", "U1", "U2")]
    assert [(f.rule.code, f.address) for f in register.findings] == [("similar-names", "Uczestnicy!B3")]


def test_rows_of_one_pesel_are_proposed_and_found_once():
    register = opened("""
        Uczestnicy
        Nr uczestnika | Nazwisko | Imię | Płeć | PESEL
        U1            | Nowak    | Anna | K    | 90051400126
        U2            | Nowak    | Anna | K    | 90051400126

        Zapisy
        Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia
        U2            | G1        | zgłoszony   | 2022-02-01
        U2            | G2        | zgłoszony   | 2022-02-01
        """)
    assert [(f.rule.code, f.address) for f in register.findings] == [("same-pesel", "Uczestnicy!E3")]
    [pair] = register.duplicates
    assert pair.strength is Strength.CERTAIN
    assert "Zostaw wiersz 2 („U1”)" in pair.proposal
    assert "wpisz „U1” zamiast „U2” w: „Zapisy” (2);" in pair.proposal
    assert "usuń wiersz 3" in pair.proposal


def test_nothing_personal_is_said_of_a_pair():
    register = two("Nowak | Weronika | 32 00 00 123", "Nowaczyk | Weronika | 32 00 00 123")
    [pair] = register.duplicates
    said = f"{pair.evidence} {pair.proposal} {pair.first} {pair.later} {register.findings}"
    assert not any(secret in said for secret in ("Nowa", "Weronika", "1990", "00 123"))


def test_many_rows_of_one_name_give_one_pair_each():
    rows = "\n".join(f"U{n} | K | Nowak | Anna" for n in range(1, 201))
    register = opened(f"Uczestnicy\nNr uczestnika | Płeć | Nazwisko | Imię\n{rows}")
    assert len(register.duplicates) == 199
    assert {pair.later.person for pair in register.duplicates} == {f"U{n}" for n in range(2, 201)}


# --- across projects ----------------------------------------------------------------------------

FIRST = """
    Uczestnicy
    Nr uczestnika | Nazwisko | Imię | Płeć | Data urodzenia | Wejście    | Wyjście
    U1            | Nowak    | Anna | K    | 1990-05-14     | 2022-01-10 |
    U2            | Nowak    | Anna | K    | 1990-05-14     |            |
    U3            | Wilk     | Adam | M    | 1980-05-14     | 2022-01-10 | 2022-02-28
    """

OTHER = """
    Uczestnicy
    Nr uczestnika | Nazwisko   | Imię | Płeć | Data urodzenia | Data rozpoczęcia udziału
    1             | Nowak-Król | Anna | K    | 14.05.1990     | 2022-03-01
    2             | Wilk       | Adam | M    | 14.05.1980     | 2022-03-01
    3             | Lis        | Ewa  | K    | 14.05.1985     | 2022-03-01
    """


def test_a_person_of_two_projects_is_found_in_both_with_the_days_of_both():
    projects = {"a": opened(FIRST), "b": opened(OTHER)}
    shared = duplicates.across(projects)
    numbers = [
        (pair.first.project, pair.first.person, pair.later.project, pair.later.person) for pair in shared
    ]
    assert numbers == [("a", "U1", "b", "1"), ("a", "U3", "b", "2")]
    assert [pair.together.first if pair.together else None for pair in shared] == [dt.date(2022, 3, 1), None]
    found = across.findings(projects)
    assert {id: [f.address for f in own] for id, own in found.items()} == {
        "a": ["Uczestnicy!A2"],
        "b": ["Uczestnicy!A2"],
    }
    assert "Od 01.03.2022 do 30.06.2022" in found["a"][0].message


def test_a_person_who_will_be_in_two_projects_is_not_yet():
    projects = {"a": opened(FIRST, "2022-02-15"), "b": opened(OTHER, "2022-02-15")}
    assert across.findings(projects) == {"a": (), "b": ()}


def test_one_project_shares_nothing_with_itself():
    assert duplicates.across({"a": opened(FIRST)}) == ()
    assert across.findings({}) == {}


def test_a_document_of_two_lines_of_one_project_is_one_document():
    first = """
        Wydatki
        Nr dokumentu | Nr pozycji | Data dokumentu | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
        FV 7         | 1          | 2022-03-01     | 2022-03-08   | 100,00       | 40,00
        FV 7         | 2          | 2022-03-01     | 2022-03-08   | 100,00       | 30,00
        """
    other = """
        Wydatki
        Nr dokumentu | Nr pozycji | Data dokumentu | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
        FV 7         | 1          | 2022-03-01     | 2022-03-08   | 100,00       | 31,00
        FV 7         | 1          | 2022-03-02     | 2022-03-08   | 100,00       | 100,00
        """
    found = across.findings({"a": opened(first), "b": opened(other)})
    assert {id: [(f.rule.code, f.address) for f in own] for id, own in found.items()} == {
        "a": [("document-in-two-projects", "Wydatki!A2")],
        "b": [("document-in-two-projects", "Wydatki!A2")],
    }
    assert "101,00 zł z 100,00 zł" in found["a"][0].message.replace("\u00a0", " ")
