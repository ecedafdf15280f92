"""Sheets that look like a habit of some office and are none: what must not be read as one."""

import datetime as dt

import pytest

from lib import register as registers
from lib.dictionaries import EnrolmentState
from lib.joining.waiting import still_waits
from lib.records import Attendance, BudgetLine, Enquiry, Enrolment, Group, Participant, Readiness, Session
from sheets.table import Table
from tests.corpus import cell

PEOPLE = """
Nr | Nazwisko i imię | Płeć | Data przystąpienia
1  | Nowak Anna      | K    | 2024-09-02
2  | Kot Jan         | M    | 2024-09-02
3  | Lis Ewa         | K    | 2024-09-02
4  | Bąk Olga        | K    | 2024-09-02
"""


def tab(title, grid):
    return Table.from_rows(
        title, [[cell(text) for text in line.split("|")] for line in grid.split("\n")[1:-1]]
    )


def register(*tabs, day=dt.date(2025, 3, 31)):
    return registers.register(registers.read_tabs([tab(*one) for one in tabs]), day).frames


def kinds(*tabs):
    return [table.record for table in registers.read_tabs([tab(*one) for one in tabs]).tables]


def test_a_list_of_people_with_their_meetings_beside_is_no_register_of_visits():
    people = """
Nr | Nazwisko i imię | Płeć | Data przystąpienia | I konsultacja | II konsultacja
1  | Nowak Anna      | K    | 2024-09-02         | 2024-10-02    | 2024-11-02
2  | Kot Jan         | M    | 2024-09-02         |               |
3  | Lis Ewa         | K    | 2024-09-02         | 2024-10-03    |
"""
    found = register(("Uczestnicy", people))
    assert list(found[Participant]["entered_on"].dt.date) == [dt.date(2024, 9, 2)] * 3


def test_a_timetable_of_groups_is_nobodys_visits():
    plan = """
Nr | Grupa   | I spotkanie | II spotkanie
1  | Motylki | 2024-09-10  | 2024-10-10
2  | Sówki   | 2024-09-11  | 2024-10-11
3  | Jeżyki  | 2024-09-12  | 2024-10-12
"""
    assert Attendance not in kinds(("Uczestnicy", PEOPLE), ("Plan", plan))


def test_another_table_below_visits_is_still_read():
    visits = """
Konsultacje psychologiczne
|
Kto        | I spotkanie | II spotkanie
Nowak Anna | 2024-09-12  | 2024-10-12
Kot Jan    | 2024-09-13  |
|
Grupa | Forma   | Limit | Od
G1    | Muzyka  | #10   | 2024-09-02
G2    | Taniec  | #12   | 2024-09-02
"""
    found = register(("Uczestnicy", PEOPLE), ("Zajęcia", visits))
    assert {"G1", "G2"} <= set(found[Group]["group"])


@pytest.mark.parametrize(
    "line",
    [
        "nd = nadal w projekcie (stan na 31.01.2025)",
        "nd = brak danych, do uzupełnienia do 30.11.2024",
        "x = był, nd = nie dotyczy, stan na 30.06.2025",
    ],
)
def test_a_day_in_an_explanation_is_not_the_day_that_a_short_form_means(line):
    people = f"""
{line}
Nr | Nazwisko i imię | Płeć | Data przystąpienia | Data zakończenia
1  | Nowak Anna      | K    | 2024-09-02         | nd
2  | Kot Jan         | M    | 2024-09-02         | 2024-12-20
3  | Lis Ewa         | K    | 2024-09-02         | nd
"""
    exits = register(("Uczestnicy", people))[Participant].set_index("surname")["exited_on"]
    assert exits.notna().sum() == 1


FORMS = """
Grupa               | Forma              | Limit
G1                  | Zajęcia sportowe   | #8
Opieka sąsiedzka I  | Opieka sąsiedzka   | #8
Opieka sąsiedzka II | Opieka sąsiedzka   | #8
"""


def hours(title, months, amounts):
    lines = [f"{at} | {name} | {' | '.join(amounts)}" for at, name in enumerate(PEOPLE_NAMES, start=1)]
    return f"\n{title}\n|\nLp. | Uczestnik | {' | '.join(months)}\n" + "\n".join(lines) + "\n"


PEOPLE_NAMES = ("Nowak Anna", "Kot Jan", "Lis Ewa", "Bąk Olga")


def test_hours_of_two_groups_with_ordinals_stay_two_groups():
    one = hours("Opieka sąsiedzka I – godziny 2024", ("IX", "X", "XI", "XII"), ("#2", "#3", "#1", "#2"))
    two = hours("Opieka sąsiedzka II – godziny 2024", ("IX", "X", "XI", "XII"), ("#1", "#1", "#1", "#1"))
    found = register(("Uczestnicy", PEOPLE), ("Grupy", FORMS), ("Op I", one), ("Op II", two))
    assert dict(found[Enrolment].groupby("group").size()) == {
        "Opieka sąsiedzka I": 4,
        "Opieka sąsiedzka II": 4,
    }


def test_a_later_year_before_an_earlier_one_is_the_same_stay():
    late = hours("Opieka sąsiedzka I – godziny 2025", ("I", "II", "III", "IV"), ("#2", "#3", "#1", "#1"))
    early = hours("Opieka sąsiedzka I – godziny 2024", ("IX", "X", "XI", "XII"), ("#1", "#1", "#1", "#1"))
    found = register(("Uczestnicy", PEOPLE), ("Grupy", FORMS), ("Op 2025", late), ("Op 2024", early))
    stays = found[Enrolment]
    assert list(stays["started_on"].dt.date) == [dt.date(2024, 9, 1)] * 4
    assert list(stays["ended_on"].dropna().dt.date) in ([], [dt.date(2025, 4, 30)] * 4)


def test_a_form_does_not_stand_for_its_group_where_more_is_said():
    enrolled = """
Zapisy
|
Nazwisko i imię | Grupa                          | Od
Nowak Anna      | Zajęcia sportowe indywidualne  | 2024-09-02
Kot Jan         | Zajęcia sportowe               | 2024-09-02
"""
    found = register(("Uczestnicy", PEOPLE), ("Grupy", FORMS), ("Zapisy", enrolled))
    of_group = found[Enrolment].query("group == 'G1'")
    assert len(of_group) == 1


def test_how_big_a_place_is_is_not_how_many_somebody_takes():
    places = """
Nazwa miejsca | Rodzaj            | Zadeklarowano | Od         | Do
Klub          | miejsce dla osoby | #20           | 01.01.2025 | 31.12.2026
"""
    users = """
Kto korzysta z miejsc w trwałości
|
Kto        | Miejsce | Ile miejsc | Zajęte od  | Zajęte do
Nowak Anna | Klub    | #20        | 2025-01-02 |
Kot Jan    | Klub    | #20        | 2025-01-02 |
Lis Ewa    | Klub    | #20        | 2025-02-02 |
"""
    found = register(("Miejsca", places), ("Kto korzysta", users))
    assert len(found[Enquiry]) == 3


def test_a_comma_in_the_name_of_a_group_does_not_part_it():
    groups = """
Forma      | Kod | Grupy                     | Limit
Korepetycje | K1 | Matematyka, klasy 4-6     | #8
Gimnastyka | G1  | Seniorzy, poniedziałki    | #9
Klub       | S   | Iskierki, Motylki         | #20
"""
    found = register(("Uczestnicy", PEOPLE), ("Grupy", groups))[Group]
    assert {"K1", "G1", "Iskierki", "Motylki"} == set(found["group"])
    assert found.set_index("group")["limit"].isna().loc[["Iskierki", "Motylki"]].all()


def test_a_dash_before_somebody_came_first_is_asked_about_and_no_absence():
    listed = """
Lista obecności – grupa Motylki
|
Lp. | Nazwisko i imię | 2024-09-12 | 2024-09-19 | 2024-09-26
1   | Nowak Anna      | +          | us         | +
2   | Kot Jan         | +          | +          | +
3   | Lis Ewa         | -          | -          | +
"""
    readings = registers.read_tabs([tab("Uczestnicy", PEOPLE), tab("Motylki", listed)])
    assert [question.about for question in readings.questions] == ["dash"]
    marks = registers.register(readings, dt.date(2025, 3, 31)).frames[Attendance]
    assert sorted(marks["presence"]) == ["nieobecny usprawiedliwiony"] + ["obecny"] * 6


def test_a_summary_of_months_that_no_other_table_has_is_kept():
    ready = """
Miejsce | Od         | Do         | Gotowych
Klub    | 2024-09-01 | 2024-12-31 | #18
Szatnia | 2024-09-01 | 2024-12-31 | #5
"""
    months = """
Miejsce | XII 2024 | I 2025 | II 2025
Klub    | #18      | #17    | #16
Szatnia | #5       | #4     | #4
"""
    found = register(("Gotowość", ready), ("Zestawienie gotowości", months))[Readiness]
    assert sorted(found["ready"].dropna().astype(int)) == [4, 4, 5, 16, 17, 18]


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("wejdzie, gdy ktoś zrezygnuje", True),
        ("nie chodzi jeszcze nigdzie, czeka", True),
        ("mama odmówiła podania telefonu, czeka", True),
        ("przyjęto zgłoszenie", True),
        ("dzwonić po 16-tej", True),
        ("dostał miejsce w innym przedszkolu", False),
        ("zapisali się do żłobka", False),
        ("przyjęta 7.03.2024", False),
        ("rezygnacja 12.09.2024", False),
    ],
)
def test_who_waits_still_by_what_is_said_of_them(said, waits):
    assert (still_waits(said) is EnrolmentState.WAITLISTED) is waits


def test_a_session_about_a_summary_is_no_sum():
    plan = """
Nr | Grupa   | Data       | Temat                  | Godz.
1  | Motylki | 11.04.2024 | Emocje                 | #3
2  | Motylki | 18.04.2024 | Podsumowanie, ewaluacja | #3
"""
    assert len(register(("Zajęcia", plan))[Session]) == 2


def test_the_value_of_the_project_below_the_lines_is_no_line():
    budget = """
Poz. | Nazwa kosztu     | Kwota planowana
1.1  | Trener           | #12000
1.2  | Materiały        | #3000.5
2.1  | Psycholog        | #5000
     | WARTOŚĆ PROJEKTU | #20000.5
"""
    assert sum(register(("Budżet", budget))[BudgetLine]["planned_gr"]) == 2_000_050
