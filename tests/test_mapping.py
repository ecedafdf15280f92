"""What was said of tabs when they were connected, held against the tabs as they are now."""

from dataclasses import replace
from datetime import date

import pytest

from lib import mapping, register
from lib.headers import SPOKEN
from lib.mapping import TOGETHER, key_of, mapped
from lib.recognition import Choice
from lib.records import Attendance, BudgetLine, Enquiry, Enrolment, Expense, Group, Participant
from lib.register import read_tabs
from tests.conftest import sheet

LIST = {"person": "Nr ew.", "sex": "Płeć", "phone": "Komórka"}
SAID = {"Lista": Choice("Participant", LIST)}


def codes(found) -> list[tuple[str, str]]:
    """The findings as (code, address)."""
    return [(finding.rule.code, finding.address) for finding in found.findings]


def fields(readings, record=Participant) -> dict[str, str]:
    """Where each field of the first table of a kind is read from."""
    table = readings.by_record[record].tabs[0]
    return {name: table.place(name) for name in table.fields}


def test_every_column_kept_together_has_a_polish_name():
    hows = {together.how for spoken in SPOKEN.values() for together in spoken.together}
    assert hows == set(TOGETHER)


def failing(function, title):
    """The function, failing as a bug would where a table of this title is among what it is given."""

    def wrapped(given, *others):
        for one in given if isinstance(given, list) else [given]:
            if title in (getattr(one, "title", ""), getattr(getattr(one, "table", one), "title", "")):
                raise LookupError("Kowalska Anna")
        return function(given, *others)

    return wrapped


@pytest.mark.parametrize(("module", "name"), [(mapping, "recognise"), (register, "joined")])
def test_a_tab_that_the_program_fails_on_is_left_out_with_a_word_and_the_others_are_read(
    tables, monkeypatch, caplog, module, name
):
    """
    Lista
    Nr ew. | Nazwisko i imię | Płeć | Data wejścia
    U1     | Kubica Ewa      | K    | 2024-01-02

    Zapisy
    Nr ew. | Grupa | Od         | Stan
    U1     | G1    | 2024-01-02 | zakwalifikowany
    """
    monkeypatch.setattr(module, name, failing(getattr(module, name), "Zapisy"))
    readings = read_tabs(tables)
    assert ("tab-failed", "Zapisy") in codes(readings)
    assert [tab.title for tab in readings.unrecognised] == ["Zapisy"]
    assert len(readings.by_record[Participant].rows) == 1
    assert "LookupError in test_mapping.py" in caplog.text
    assert "Kowalska" not in caplog.text


def test_a_failure_that_is_no_single_tab_s_is_raised(tables, monkeypatch):
    """
    Lista
    Nr ew. | Nazwisko i imię | Płeć | Data wejścia
    U1     | Kubica Ewa      | K    | 2024-01-02
    """
    monkeypatch.setattr(register, "joined", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_tabs(tables)


def test_an_inserted_and_a_moved_column_change_nothing(tables):
    """
    Lista
    Lp. | Komórka   | Dowolna | Nr ew. | Płeć
    1   | 601602603 | x       | U1     | K
    """
    readings = read_tabs(tables, choices=SAID)
    assert fields(readings) == {"person": "D", "sex": "E", "phone": "B"}
    assert codes(readings) == []


def test_a_renamed_header_is_read_on_and_said_with_both_names(tables):
    """
    Lista
    Nr uczestnika | Płeć | Komórka
    U1            | K    | 601602603
    """
    readings = read_tabs(tables, choices=SAID)
    assert fields(readings)["person"] == "A"
    assert codes(readings) == [("header-changed", "Lista!A1")]
    assert "„Nr ew.”" in readings.findings[0].message
    assert "„Nr uczestnika”" in readings.findings[0].message


def test_a_lost_column_says_what_is_missing_once_and_how_many_rows(tables):
    """
    Lista
    Osobliwość | Płeć | Komórka
    U1         | K    | 601602603
    U2         | M    | 601602604
    """
    readings = read_tabs(tables, choices=SAID)
    assert codes(readings) == [("column-lost", "Lista!1:1")]
    assert "nie liczymy bez niej wierszy (liczba osób i ich cechy)" in readings.findings[0].message
    assert readings.findings[0].not_counted == 2


def test_a_renamed_tab_is_read_as_before(tables):
    """
    Spis ludzi
    Nr ew. | Płeć | Komórka   | Kod
    U1     | K    | 601602603 | U9
    """
    readings = read_tabs(tables, choices=SAID)
    assert fields(readings)["person"] == "A"
    assert codes(readings) == [("tab-renamed", "Spis ludzi")]


def test_of_two_new_tabs_the_one_with_the_likest_title_is_the_renamed_one(tables):
    """
    Osoby
    Nr ew. | Płeć | Komórka
    U1     | K    | 601602603

    Lista 2
    Nr ew. | Płeć | Komórka
    U2     | K    | 601602604
    """
    found = mapped(tables, SAID)
    assert codes(found) == [("tab-renamed", "Lista 2"), ("new-tab", "Osoby")]


def test_a_tab_that_is_gone_is_said_and_one_that_was_left_alone_is_not(tables):
    """
    Grupy
    Kod grupy | Nazwa grupy
    G1        | Pierwsza
    """
    said = {**SAID, "Grupy": Choice("Group", {"group": "Kod grupy"}), "Notatki": Choice("")}
    assert codes(mapped(tables, said)) == [("tab-lost", "Lista")]


def test_a_tab_left_alone_is_not_read_and_a_new_one_is_read_with_a_warning(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K

    Grupy
    Kod grupy | Nazwa grupy
    G1        | Pierwsza
    """
    readings = read_tabs(tables, choices={"Uczestnicy": Choice("")})
    assert [tab.title for tab in readings.unrecognised] == ["Uczestnicy"]
    assert codes(readings) == [("new-tab", "Grupy")]


def test_two_kinds_on_one_tab_keep_each_its_columns(tables):
    """
    Razem
    Nr uczestnika | Płeć |  | Kod grupy | Limit miejsc | Od         | Skrót
    U1            | K    |  | G1        | 12           | 2022-03-01 | G9
    U2            | M    |  | G2        | 10           | 2022-03-01 | G8
    """
    said = {"Razem": Choice(None, {"Participant.person": "Nr uczestnika", "Group.group": "Skrót"})}
    readings = read_tabs(tables, choices=said)
    assert fields(readings, Group)["group"] == "G"
    assert fields(readings)["person"] == "A"
    assert codes(readings) == []


COLUMNS = {
    "place": "Miejsce",
    "starts_on": "od",
    "ends_on": "do",
    "asked_on": "Data",
    "channel": "Jak",
    "outcome": "Co dalej",
}
SHARED = {
    "Trwałość": Choice(
        None,
        {
            "Place.place": "Miejsce",
            "Place.declared": "Zadeklarowano",
            **{f"Enquiry.{field}": header for field, header in COLUMNS.items()},
        },
    )
}


def test_of_two_tables_of_a_kind_each_keeps_its_own_columns(tables):
    """
    Trwałość
    Miejsce   | Zadeklarowano
    świetlica | 20
    |||
    Kto teraz korzysta
    Miejsce   | Nazwisko i imię | od        | do
    świetlica | Bąk Lena       | 2025-09-10 |
    świetlica | Hałas Leon     | 2025-10-01 | 2025-10-22
    |||
    Zapytania o miejsca
    Miejsce   | O co pytano | Data       | Jak       | Co dalej
    świetlica | wakacje     | 2025-07-09 | telefon   | przyjęto
    świetlica | chłopiec    | 2025-09-05 | telefon   | przyjęto
    świetlica | rodzeństwo  | 2025-09-11 | osobiście | odmowa
    """
    readings = read_tabs(tables, choices=SHARED)
    assert [table.place("asked_on") for table in readings.tables if table.record is Enquiry] == ["", "C"]
    assert codes(readings) == []


def test_a_column_that_neither_of_two_tables_of_a_kind_has_is_said_once(tables):
    """
    Trwałość
    Miejsce   | Zadeklarowano
    świetlica | 20
    |||
    Kto teraz korzysta
    Miejsce   | Nazwisko i imię | od        | do
    świetlica | Bąk Lena       | 2025-09-10 |
    świetlica | Hałas Leon     | 2025-10-01 | 2025-10-22
    |||
    Zapytania o miejsca
    Miejsce   | O co pytano | Data       | Co dalej
    świetlica | wakacje     | 2025-07-09 | przyjęto
    świetlica | chłopiec    | 2025-09-05 | przyjęto
    świetlica | rodzeństwo  | 2025-09-11 | odmowa
    """
    readings = read_tabs(tables, choices=SHARED)
    assert codes(readings) == [("column-lost", "Trwałość!5:5")]


def test_without_anything_said_nothing_can_have_changed(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K
    """
    assert codes(mapped(tables, {})) == []


@pytest.fixture
def twins():
    """Two spreadsheets with a tab of one title, and a tab of its own."""
    one, two = sheet("Lista\nNr ew. | Płeć\nU1 | K\n\nInna\nNr ew. | Płeć\nU2 | K")
    return replace(one, workbook="a.xlsx"), replace(one, workbook="b.xlsx"), replace(two, workbook="b.xlsx")


def test_a_tab_is_told_from_one_of_that_title_in_another_spreadsheet(twins):
    assert [key_of(tab, twins) for tab in twins] == [("a.xlsx", "Lista"), ("b.xlsx", "Lista"), "Inna"]
    said = {("a.xlsx", "Lista"): Choice("Participant"), ("b.xlsx", "Lista"): Choice("")}
    readings = read_tabs(twins[:2], choices=said)
    assert [tab.table.workbook for tab in readings.tables] == ["a.xlsx"]


def test_a_saved_tab_without_any_table_says_so(tables):
    """
    Lista
    Temat     | Co dalej
    Spotkanie | przełożone
    """
    found = mapped(tables, SAID)
    assert found.found[0].tables == ()
    assert codes(found) == [("header-not-found", "Lista")]


def test_an_answer_holds_for_a_tab_of_another_title_and_a_new_tab_asks_anew(tables):
    """
    Marzec
    Nr ew. | 01.03.2022 | 08.03.2022
    U1     | x          |
    U2     |            | x

    Kwiecień
    Nr ew. | 05.04.2022 | 12.04.2022
    U1     | x          |
    U2     |            | x
    """
    answered = Choice("Attendance", {"person": "Nr ew."}, {"empty": "absent"})
    readings = read_tabs(tables, choices={"Obecności w marcu": answered})
    assert ("tab-renamed", "Marzec") in codes(readings)
    assert [(question.tab, question.about) for question in readings.open] == [("Kwiecień", "empty")]
    assert len(readings.questions) == 2


def test_a_list_named_after_a_form_is_who_takes_part_and_a_note_of_one_row_is_left_alone(tables):
    """
    Formy wsparcia
    Kod formy | Nazwa formy
    ST        | Staż u pracodawcy

    Uczestnicy
    Nr uczestnika | Nazwisko i imię | Płeć | Data rozpoczęcia udziału
    U1            | Nowak Zofia     | K    | 04.01.2021
    U2            | Sowa Hanna      | K    | 04.01.2021
    U3            | Wilk Tadeusz    | M    | 04.01.2021

    Lista 7
    Staże u pracodawców ||||
    Lp. | Kto     | Gdzie    | od         | do
    1   | Nowak Zofia  | piekarnia | 01.02.2021 | 31.03.2021
    2   | Sowa Hanna   | sklep     | 01.02.2021 |
    3   | Wilk Tadeusz | hotel     | 01.03.2021 |

    Notatka
    zadzwonić do piekarni |
    """
    readings = read_tabs(tables)
    assert len(readings.by_record[Enrolment].rows) == 3
    assert [tab.title for tab in readings.unrecognised] == ["Notatka"]


def test_a_tab_that_says_it_holds_no_longer_is_asked_about_and_not_read(tables):
    """
    Plan
    Plan obowiązuje po aneksie nr 1 |
    lp  | pozycja    | plan
    1   | Wychowawcy | 160000

    Wniosek
    Plan z wniosku - NIEAKTUALNY, nie używać |
    lp  | pozycja    | plan
    1   | Wychowawcy | 150000
    """
    asked = read_tabs(tables)
    assert [(question.tab, question.about, question.taken) for question in asked.open] == [
        ("Wniosek", "kind", "")
    ]
    assert asked.by_record[BudgetLine].rows["planned_gr"].tolist() == [160000_00]
    told = read_tabs(tables, choices={"Wniosek": Choice("BudgetLine")})
    assert told.open == ()
    assert len(told.by_record[BudgetLine].rows) == 2


def test_what_connects_two_tabs_may_be_seen_in_their_cells_alone(tables):
    """
    Plan
    Poz. | Kod FK | Nazwa     | Plan
    1.1  | A-1    | Trenerzy  | 1000
    1.2  | A-2    | Sale      | 1000
    2.1  | B-1    | Materiały | 1000
    2.2  | B-2    | Napoje    | 1000

    Faktury
    Nr faktury | Data faktury | Zapłacono  | KFK | Kwota
    FV 1       | 2024-01-02   | 2024-01-09 | A-1 | 10
    FV 2       | 2024-01-02   | 2024-01-09 | A-2 | 20
    FV 3       | 2024-01-02   | 2024-01-09 | B-1 | 30
    FV 4       | 2024-01-02   | 2024-01-09 | B-2 | 40
    """
    expenses = read_tabs(tables).by_record[Expense]
    assert expenses.rows["line"].tolist() == ["1.1", "1.2", "2.1", "2.2"]
    evidence = next(one for one in expenses.tabs[0].evidence if one.field == "line")
    assert evidence.column == "D"
    assert "„Kod FK” zakładki „Plan”" in evidence.reason


def test_a_legend_may_explain_a_mark_by_another_and_call_a_session_off(tables):
    """
    Klub
    1 - ob., 0 - nb., u - uspr., x - zajęcia odwołane, z - w sanatorium |
    Lp. | Nazwisko i imię | 07.02.2022 | 14.02.2022 | 21.02.2022 | 28.02.2022
    1   | Nowak Zofia     | 1          | 0          | u          | x
    2   | Wilk Tadeusz    | 1          | z          | 1          | x
    3   | Sowa Hanna      | 0          | z          | 1          | x
    """
    readings = read_tabs(tables)
    present = readings.by_record[Attendance].rows["presence"].dropna().tolist()
    assert sorted(present) == ["nieobecny"] * 2 + ["nieobecny usprawiedliwiony"] + ["obecny"] * 4
    assert [question.about for question in readings.open] == ["Attendance.presence?z"]
    marked = read_tabs(tables, choices={"Klub": Choice(answers={"Attendance.presence?z": "-"})})
    assert marked.open == ()
    assert not [f for f in marked.findings if f.rule.code == "not-in-dictionary"]


def test_a_book_of_codes_may_say_no_tab_and_a_dash_may_be_an_absence(tables):
    """
    Słowniki
    Pole | Kod | Znaczenie
    PLEC | 1   | mężczyzna
    PLEC | 2   | kobieta
    OB   | 1   | obecny
    OB   | 2   | nieobecny

    Osoby
    ID | Nazwisko i imię | PLEC | Data wejścia
    U1 | Kubica Ewa      | 2    | 2024-01-08
    U2 | Gołąb Mariusz   | 1    | 2024-01-08

    Obecności
    Data       | Grupa | ID | Obecność
    2024-01-08 | Klub  | U1 | +
    2024-01-08 | Klub  | U2 | -
    """
    readings = read_tabs(tables)
    assert readings.by_record[Participant].rows["sex"].tolist() == ["Kobieta", "Mężczyzna"]
    assert readings.by_record[Attendance].rows["presence"].tolist() == ["obecny", "nieobecny"]
    assert [finding.rule.code for finding in readings.findings] == []


def facts(tables) -> dict[str, str]:
    """What the project says of itself, by the names of its facts."""
    project = register.register(read_tabs(tables), date(2024, 1, 1)).project
    return {fact.parameter: fact.text for fact in project.facts}


def test_a_period_that_a_line_says_counts_where_no_table_says_it_and_all_lines_agree(tables):
    """
    START
    Ośrodek Pomocy |
    Okres realizacji: 01.04.2023 – 31.03.2025 |

    Miejsca
    MIEJSCA W OKRESIE TRWAŁOŚCI  od 01.09.2025 r. do 31.08.2026 r. |
    Miejsce | Liczba miejsc
    Klub    | 8
    """
    told = facts(tables)
    assert told == {
        "Początek realizacji": "01.04.2023",
        "Koniec realizacji": "31.03.2025",
        "Początek trwałości": "01.09.2025 r.",
        "Koniec trwałości": "31.08.2026 r.",
    }
    other = sheet("Notatki\nTrwałość: 01.10.2025 – 31.08.2026 |")
    assert facts([*tables, *other]).keys() == {"Początek realizacji", "Koniec realizacji", "Koniec trwałości"}
