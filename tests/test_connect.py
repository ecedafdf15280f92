"""Connecting: what would be read, what is asked, and what is saved."""

import datetime as dt

import pytest

from lib import connect
from lib.findings import Severity
from lib.mapping import mapped
from lib.project_list import Answer
from lib.recognition import Choice
from lib.records import Attendance
from lib.register import read_tabs
from tests.conftest import sheet

TODAY = dt.date(2022, 6, 30)


def seen(tables, choices=None, facts=()):
    """The preview of drawn tabs."""
    return connect.preview(tables, choices or {}, facts, TODAY)


def test_a_tab_is_shown_with_its_columns_rows_and_what_is_no_data(tables):
    """
    Uczestnicy
    Nr uczestnika | Nazwisko | Imię | Płeć | Kolor   | Data wejścia
    U1            | Nowak    | Ewa  | K    | zielony | 01.03.2022
    U2            | Kot      | Jan  | ?    | żółty   | 01.03.2022
    Razem         |          |      | 2    |         |
    """
    tab = seen(tables).tabs[0]
    assert (tab.kinds, tab.clear) == ("Uczestnicy", True)
    table = tab.tables[0]
    assert (table.header_rows, table.rows, table.counted, table.rejected) == ((1,), 2, 2, 0)
    assert [(c.place, c.header, c.title, c.word) for c in table.columns] == [
        ("A", "Nr uczestnika", "Nr uczestnika", "pewne"),
        ("B", "Nazwisko", "Nazwisko", "pewne"),
        ("C", "Imię", "Imię", "pewne"),
        ("D", "Płeć", "Płeć", "niepewne"),
        ("F", "Data wejścia", "Data rozpoczęcia udziału", "pewne"),
    ]
    assert all(column.reason for column in table.columns)
    assert table.unused == (("E", "Kolor"),)
    assert table.not_data == {"suma": (4,)}
    assert tab.severities[Severity.ERROR] == 1


def test_the_first_rows_are_masked_unless_they_are_asked_for_whole(tables):
    """
    Uczestnicy
    Nr uczestnika | Nazwisko i imię | PESEL       | Płeć | Kontakt domowy
    U1            | Nowak Ewa       | 90051400126 | K    | Anna Nowak
    """
    table = seen(tables).tabs[0].tables[0]
    assert table.sample == (("U1", "•••", "•••", "K"),)
    assert table.whole == (("U1", "Nowak Ewa", "90051400126", "K", "Anna Nowak"),)


def test_a_tab_left_alone_and_one_of_another_kind_are_what_a_person_said(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K

    Spis
    Nazwa       | Kod | Liczba osób
    Pierwsza    | G1  | 10
    """
    first = seen(tables)
    choices = connect.with_kind({}, first.tabs[0], "")
    choices = connect.with_kind(choices, first.tabs[1], "Group")
    then = seen(tables, choices)
    assert (then.tabs[0].left_alone, then.tabs[0].tables) == (True, ())
    assert then.tabs[1].kinds == "Grupy"
    assert {h.label: h.value for h in then.headlines}["Grupy"] == 1


def test_another_column_for_a_field_takes_it_from_the_field_it_was_read_as(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Telefon   | Telefon opiekuna
    U1            | K    | 601602603 | 701702703
    """
    first = seen(tables)
    tab = first.tabs[0]
    choices = connect.with_column({}, tab, tab.tables[0], "phone", "Telefon opiekuna")
    columns = {c.field: c.place for c in seen(tables, choices).tabs[0].tables[0].columns}
    assert columns["phone"] == "D"
    choices = connect.with_column(choices, tab, tab.tables[0], "phone", "")
    then = seen(tables, choices)
    assert "phone" not in {c.field for c in then.tabs[0].tables[0].columns}
    assert connect.choices_to_save(then)["Uczestnicy"].columns["phone"] == ""
    assert connect.forgotten(choices, then.tabs[0]) == {}


LIST = """
Obecności A
Nazwisko i imię | 01.03.2022 | 08.03.2022 | 15.03.2022
Nowak Ewa | x | | x
Kot Jan | x | x |
Lis Adam | | x | x
"""


def test_a_question_is_open_until_it_is_answered_and_the_answer_is_saved():
    tables = sheet(LIST)
    tab = seen(tables).tabs[0]
    assert [question.about for question in tab.open] == ["empty"]
    assert not tab.clear
    choices = connect.with_answer({}, tab, "empty", "absent")
    then = seen(tables, choices)
    assert (then.clear, len(then.tabs[0].questions)) == (True, 1)
    saved = connect.choices_to_save(then)["Obecności A"]
    assert (saved.kind, saved.answers) == ("Attendance", {"empty": "absent"})


def test_what_is_saved_is_read_again_as_it_was_shown(tables):
    """
    Lista
    Nr ew. | Płeć | Komórka   | Grupa docelowa
    U1     | K    | 601602603 | rodzina z dziećmi

    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Od
    G1        | Mediacje       | 12           | 2022-03-01
    """
    first = seen(tables)
    saved = connect.choices_to_save(first)
    assert saved["Lista"].columns == {
        "person": "Nr ew.",
        "sex": "Płeć",
        "phone": "Komórka",
        "target_group": "Grupa docelowa",
    }
    then = seen(tables, saved)
    assert then.headlines == first.headlines
    assert [tab.tables for tab in then.tabs] == [tab.tables for tab in first.tabs]
    assert mapped(tables, saved).findings == ()


def test_only_a_tab_that_came_after_saving_is_new(tables):
    """
    Lista
    Nr ew. | Płeć | Komórka   | Grupa docelowa
    U1     | K    | 601602603 | rodzina z dziećmi

    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Od
    G1        | Mediacje       | 12           | 2022-03-01
    """

    def new(preview):
        return [finding.address for finding in preview.findings if finding.rule.code == "new-tab"]

    choices = {"Lista": Choice("Participant")}
    assert new(seen(tables, choices)) == []  # half way through a first connection
    assert new(connect.preview(tables, choices, (), TODAY, connected=choices)) == ["Grupy"]


def test_facts_that_no_tab_states_are_asked_for(tables):
    """
    Projekt
    Parametr        | Wartość    | Źródło
    Nazwa           | Próba      | umowa
    Wartość projektu | 1000,00   | umowa
    Udział UE       | 85%        | umowa
    Docelowa liczba osób | nie podano |
    """
    asked = [asked.parameter for asked in seen(tables).asked]
    assert "Docelowa liczba osób" in asked
    assert not {"Nazwa", "Wartość projektu", "Dofinansowanie UE"} & set(asked)


def test_answers_count_in_the_figures_and_a_spreadsheet_that_says_so_wins(tables):
    """
    Projekt
    Parametr | Wartość | Źródło
    Nazwa    | Próba   | umowa
    Docelowa liczba osób | 50 | umowa
    """
    facts = (
        Answer("Docelowa liczba osób", "99", "wniosek"),
        Answer("Wartość projektu", "1 000,00", "wniosek"),
        Answer("Początek realizacji", "kiedyś", "wniosek"),
    )
    then = seen(tables, facts=facts)
    figures = {headline.label: headline.of for headline in then.headlines}
    assert figures["Osoby objęte wsparciem"] == 50
    assert figures["Wydano"] == 100_000
    assert then.findings == ()


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Answer("Wartość projektu", "dużo", "umowa"), "„dużo” to nie kwota (np. 1 042 938,86)."),
        (Answer("Koniec realizacji", "31.02.2022", "umowa"), "to nie data"),
        (Answer("Docelowa liczba osób", "80", " "), "skąd to wiadomo"),
        (Answer("Docelowa liczba osób", "80", "umowa"), None),
    ],
)
def test_an_answer_needs_a_value_of_its_kind_and_a_source(fact, said):
    problem = connect.problem_of(fact)
    assert problem is None if said is None else said in (problem or "")


def test_figures_are_of_the_last_day_of_a_project_that_is_over(tables):
    """
    Projekt
    Parametr | Wartość
    Początek realizacji | 01.01.2021
    Koniec realizacji | 31.12.2021
    """
    assert seen(tables).as_of == dt.date(2021, 12, 31)


def test_kinds_and_fields_are_known_by_their_polish_names():
    record = connect.record_named("uczestnicy")
    assert record is not None
    assert connect.field_named("Nr uczestnika", [record]) == "person"
    assert connect.field_named("~name", [record]) == "~name"
    assert connect.field_named("Kolor", [record]) is None
    assert connect.record_named("Kolory") is None


def test_nothing_said_is_nothing_to_save():
    assert connect.choices_to_save(seen(sheet("Notatki\na | b\n1 | 2"))) == {}
    said = {"Notatki": Choice("")}
    assert connect.choices_to_save(seen(sheet("Notatki\na | b\n1 | 2"), said)) == said


CHILD = {"Obecności": Choice("Attendance", {"person": "Dziecko"})}


def who(readings) -> tuple[str, set[str]]:
    """Where the people of the first list of attendance are read from, and who they are."""
    table = readings.by_record[Attendance].tabs[0]
    return table.place("person"), set(table.listed.persons)


def test_the_column_that_says_who_is_chosen_on_a_list_of_days_and_saved(tables):
    """
    Obecności
    Lp. | Nazwisko i imię | Dziecko   |          | 2022-03-01 | 2022-03-08
    1   | Nowak Ewa       | Nowak Jan | Kot Zofia | x         | x
    2   | Kot Jan         | Kot Maria | Lis Irena | x         | nb
    """
    tab = seen(tables).tabs[0]
    table = tab.tables[0]
    assert [column.place for column in table.columns] == ["B", "E:F"]
    assert table.headers == (("A", "Lp."), ("B", "Nazwisko i imię"), ("C", "Dziecko"), ("D", "kolumna D"))
    assert [field for field, _ in table.fields] == ["person"]
    chosen = connect.with_column({}, tab, table, "person", "Dziecko")
    saved = connect.choices_to_save(seen(tables, chosen))
    assert saved == CHILD
    assert who(read_tabs(tables, choices=saved)) == ("C", {"Nowak Jan", "Kot Maria"})
    by_letter = connect.with_column({}, tab, table, "person", connect.header_named(table, "D"))
    saved = connect.choices_to_save(seen(tables, by_letter))
    assert saved["Obecności"].columns == {"person": "kolumna D"}
    readings = read_tabs(tables, choices=saved)
    assert who(readings) == ("D", {"Kot Zofia", "Lis Irena"})
    assert [f.rule.code for f in readings.findings if f.rule.code == "header-changed"] == []


def test_the_chosen_column_of_people_is_found_by_its_header_wherever_it_is(tables):
    """
    Obecności
    Dziecko   | Grupa | Nazwisko i imię | 2022-03-01 | 2022-03-08
    Nowak Jan | I     | Nowak Ewa       | x          | x
    Kot Maria | I     | Kot Jan         | x          | nb
    """
    readings = read_tabs(tables, choices=CHILD)
    assert who(readings) == ("A", {"Nowak Jan", "Kot Maria"})
    assert "header-changed" not in {finding.rule.code for finding in readings.findings}


def test_a_chosen_surname_brings_its_first_name_along(tables):
    """
    Obecności
    Opiekun   | Nazwisko | Imię  | 2022-03-01 | 2022-03-08
    Nowak Ewa | Nowak    | Jan   | x          | x
    Kot Jan   | Kot      | Maria | x          | nb
    """
    saved = connect.choices_to_save(seen(tables))
    assert saved["Obecności"].columns == {"person": "Nazwisko"}
    assert who(read_tabs(tables, choices=saved)) == ("B:C", {"Nowak Jan", "Kot Maria"})


@pytest.mark.parametrize("header", ["Podopieczny", ""])
def test_a_chosen_column_of_people_that_lost_its_header_is_told(header):
    rows = f"""
        Obecności
        Nazwisko i imię | {header} | 2022-03-01 | 2022-03-08
        Nowak Ewa | Nowak Jan | x | x
        Kot Jan | Kot Maria | x | nb
        """
    readings = read_tabs(sheet(rows), choices=CHILD)
    told = [f for f in readings.findings if f.rule.code == "header-changed"]
    assert [finding.address for finding in told] == ["Obecności!A1"]
    assert "„Dziecko”" in told[0].message
    assert "„Nazwisko i imię”; czytam tę kolumnę" in told[0].message


def test_a_column_known_by_its_letter_that_another_took_the_place_of_is_told(tables):
    """
    Obecności
    Nazwisko i imię | Grupa |           | 2022-03-01 | 2022-03-08
    Nowak Ewa       | I     | Nowak Jan | x          | x
    Kot Jan         | I     | Kot Maria | x          | nb
    """
    said = {"Obecności": Choice("Attendance", {"person": "kolumna B"})}
    readings = read_tabs(tables, choices=said)
    assert who(readings)[0] == "A"
    assert [f.address for f in readings.findings if f.rule.code == "header-changed"] == ["Obecności!A1"]


def test_a_name_that_heads_a_column_is_not_shown_among_those_that_are_not_read(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data wejścia | Bober Lena | Klub Seniora
    U1            | K    | 2022-03-01   | x          | x
    """
    assert seen(tables).tabs[0].tables[0].unused == (("D", "•••"), ("E", "Klub Seniora"))
