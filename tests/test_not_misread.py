"""Sheets that look like a habit of some office and are none: what must not be read as one."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from lib import register as registers
from lib.dictionaries import EnrolmentState
from lib.joining.waiting import still_waits
from lib.recognition.marks import legend_of
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


@pytest.mark.parametrize(
    ("said", "mark", "means"),
    [
        ("x – był/a    – nie było    u – usprawiedliwione", "x", "obecny"),
        (
            "Grupa z zapisami od X 2024. W tabelkach: 1 – jest, 0 – nie ma, Z – nie ma, ale zwolnienie",
            "z",
            "nieobecny uspr",
        ),
        ("1/0 – był/nie był,   u – usprawiedliwiony", "u", "nieobecny uspr"),
        ("✓ obecny   – nieobecny   L4/odw. = zajęć nie było", "l4", "odwołane"),
        ("x – była;  – (kreska) – nie było", "-", "nieobecny"),
    ],
)
def test_a_legend_means_what_it_says(said, mark, means):
    meaning = legend_of(Table.from_rows("Lista", [[said], ["Nowak Anna", "x"]]))[mark]
    assert meaning is not None
    assert meaning.value.startswith(means)


LISTS = """
Nazwisko i imię | Płeć | Data ur.   | Data przystąpienia
Kowalczyk Hanna | K    | 1980-02-01 | 2024-09-02
Nowak Hanna     | K    | 1981-02-01 | 2024-09-02
Kot Jan         | M    | 1982-02-01 | 2024-09-02
"""


@pytest.mark.parametrize("typed", ["Kowalczyk Anna", "Nowacka Hanna", "Kot Jana"])
def test_another_name_is_no_slip_of_the_pen(typed):
    marks = f"""
Nazwisko i imię | 2024-09-10 | 2024-09-17
{typed}         | ob         | ob
Kot Adam        | nb         | ob
"""
    found = registers.read_tabs([tab("Uczestnicy", LISTS), tab("Obecność gr. 1", marks)]).findings
    assert "name-misspelt" not in {finding.rule.code for finding in found}


def test_two_people_on_one_list_are_not_one_of_them_mistyped():
    marks = """
Nazwisko i imię | 2024-09-10 | 2024-09-17
Kowalczyk Hanna | ob         | ob
Kowalczik Hanna | nb         | ob
"""
    found = register(("Uczestnicy", LISTS), ("Obecność gr. 1", marks))[Attendance]
    assert len(found) == 2


def test_days_across_a_list_below_the_members_of_a_group_stay_days_of_its_month():
    kept = """
Lp. | Imię i nazwisko | od         | do
1   | Anna Nowak      | 2024-09-02 |
2   | Jan Kot         | 2024-09-02 |
|
WRZESIEŃ 2024 r.
Lp. | Imię i nazwisko | #3         | #17
1   | Anna Nowak      | +          | +
2   | Jan Kot         | –          | +
|
PAŹDZIERNIK 2024 r.
Lp. | Imię i nazwisko | 1 (odw.)   | #15
1   | Anna Nowak      | odwołane   | +
2   | Jan Kot         |            | +
"""
    found = register(("Uczestnicy", PEOPLE), ("Klub", kept))[Session]
    assert sorted(found["day"].dt.strftime("%m-%d")) == ["09-03", "09-17", "10-01", "10-15"]


def test_a_plan_with_what_was_spent_of_each_line_is_no_list_of_documents():
    plan = """
Nr  | Zadanie / pozycja | ilość | cena jedn. | Wartość ogółem | dofinans. 95% | wkład własny | zapłacono
1.1 | Wychowawca klubu  | #240  | #75        | #18000         | #17100        | #900         | #4500
1.2 | Trener            | #36   | #160       | #5760          | #5472         | #288         | #2400
1.3 | Materiały         | #1    | #3450      | #3450          | #3277.5       | #172.5       | #2146.55
"""
    assert kinds(("Umowa zał. 1", plan)) == [BudgetLine]


def test_two_marks_for_presence_in_one_legend_are_not_both_of_it():
    said = legend_of(Table.from_rows("Lista", [["+/- = obecność"], ["N = jest niepełnosprawny, x - był"]]))
    assert "-" not in said
    assert "n" not in said


@pytest.mark.parametrize("header", ["Dni nieobecności", "Terminy odwołane", "Terminy dyżurów"])
def test_days_of_something_else_are_nobodys_visits(header):
    days = f"""
Psycholog
Kto        | {header}
Nowak Anna | 2024-09-12; 2024-10-12
Kot Jan    | 2024-09-13; 2024-10-14
Lis Ewa    | 2024-09-13; 2024-10-14
"""
    assert register(("Uczestnicy", PEOPLE), ("Psycholog", days))[Attendance].empty


def test_how_many_days_somebody_was_there_is_no_day():
    counts = """
Pobyty w klubie - kwiecień 2024
Nazwisko i imię | Grupa | Dni obecności
Nowak Anna      | Klub  | #12
Kot Jan         | Klub  | #9
Lis Ewa         | Klub  | #20
Bąk Olga        | Klub  | #3
"""
    assert register(("Uczestnicy", PEOPLE), ("Klub", counts))[Attendance].empty


def test_the_day_of_a_meeting_in_a_title_ends_no_group():
    groups = """
Grupa          | Forma wsparcia
Socjoterapia I | Socjoterapia
Muzyka         | Muzykoterapia
"""
    sheet = """
Socjoterapia I - 09.10.2024
Lp. | Nazwisko i imię | 09.10.2024
1   | Nowak Anna      | x
2   | Kot Jan         | x
3   | Lis Ewa         | n
"""
    found = register(("Uczestnicy", PEOPLE), ("Grupy", groups), ("Obecność", sheet))[Enrolment]
    assert found["ended_on"].isna().all()


def test_since_when_somebody_is_admitted_is_not_when_they_left():
    marks = """
Muzyka
Lp. | Nazwisko i imię | 02.10.2024 | 09.10.2024 | Status         | Data
1   | Nowak Anna      | x          | n          | zakwalifikowany | 2024-10-16
2   | Kot Jan         | n          | x          | zakwalifikowany | 2024-10-16
3   | Lis Ewa         | x          | x          | zakwalifikowany | 2024-10-16
"""
    found = register(("Uczestnicy", PEOPLE), ("Muzyka", marks))[Enrolment]
    assert found["ended_on"].isna().all()


def test_who_waits_in_the_same_table_is_not_lost_with_its_header():
    kept = """
Nr osoby | Grupa  | Data zapisu | Uwagi
P-01     | Muzyka | 2024-09-02  |
P-02     | Muzyka | 2024-09-02  |
P-03     | Taniec | 2024-09-02  |
Lista rezerwowa
P-05     | Muzyka |             | dzwonić
P-06     | Taniec | 2024-09-02  |
P-07     | Taniec | 2024-09-02  |
"""
    people = "\nNr osoby | Płeć | Data przystąpienia\n" + "".join(
        f"P-0{n} | K | 2024-09-02\n" for n in range(1, 8)
    )
    assert len(register(("Uczestnicy", people), ("Zapisy", kept))[Enrolment]) >= 5


def test_an_earlier_edition_says_nothing_of_an_enrolment_without_a_state():
    kept = """
Nazwisko i imię | Grupa  | Od         | Wcześniejsza edycja | Status
Nowak Anna      | Muzyka | 2024-09-02 | ukończony           | w trakcie
Kot Jan         | Muzyka | 2024-09-02 | przerwany           | w trakcie
Lis Ewa         | Taniec | 2024-09-02 | ukończony           |
Bąk Olga        | Taniec | 2024-09-02 | ukończony           | w trakcie
"""
    found = register(("Uczestnicy", PEOPLE), ("Zapisy", kept))[Enrolment]
    assert EnrolmentState.COMPLETED.value not in set(found["state"])


def test_a_longer_name_is_another_group():
    groups = """
Grupa         | Forma wsparcia
Klub Rodzica  | Klub
Muzyka        | Muzykoterapia
"""
    kept = """
Nazwisko i imię | Od
Kluby rodzica w filii Borki
Nowak Anna      | 2024-09-02
Kot Jan         | 2024-09-02
Muzyka
Lis Ewa         | 2024-09-02
Bąk Olga        | 2024-09-02
"""
    found = register(("Uczestnicy", PEOPLE), ("Grupy", groups), ("Zapisy", kept))[Enrolment]
    assert "Klub Rodzica" not in set(found["group"])


def test_a_person_without_hours_names_no_form_of_support():
    hours = """
Psycholog - godziny 2024
Lp. | Uczestnik  | IX | X  | XI | XII
1   | Nowak Anna | #2 | #1 |    | #1
2   | Kot Jan    | #2 | #1 |    | #1
3   | Lis Ewa    | #2 | #1 |    | #1
    | U-05       |    |    |    |
4   | Bąk Olga   | #2 | #1 |    | #1
"""
    found = register(("Uczestnicy", PEOPLE), ("Psycholog", hours))[Enrolment]
    assert set(found["group"]) == {"Psycholog"}


def test_who_asked_for_a_place_was_at_no_session():
    asked = """
CHĘTNI / LISTA REZERWOWA
kto          | kiedy      | na co  | ile minut
Wilk Barbara | 2024-09-10 | Muzyka | #10
Kot Jan      | 2024-09-11 | Muzyka | #15
Lis Ewa      | 2024-09-12 | Muzyka | #20
"""
    assert Attendance not in kinds(("Uczestnicy", PEOPLE), ("Chętni", asked))


def test_two_parts_of_enrolments_whose_names_begin_alike_stay_two_groups():
    kept = """
Grupa: Gimnastyka - grupa ranna
Nazwisko i imię | w grupie od
Nowak Anna      | 2024-09-02
Kot Jan         | 2024-09-02
|
Grupa: Gimnastyka - grupa popołudniowa
Nazwisko i imię | w grupie od
Lis Ewa         | 2024-09-02
Bąk Olga        | 2024-09-02
"""
    morning = """
GIMNASTYKA RANO (wtorki)
Nazwisko i imię | 2024-09-10 | 2024-09-17
Nowak Anna      | ob         | nb
Kot Jan         | ob         | ob
"""
    afternoon = """
GIMNASTYKA PO POŁUDNIU (czwartki)
Nazwisko i imię | 2024-09-12 | 2024-09-19
Lis Ewa         | ob         | nb
Bąk Olga        | ob         | ob
"""
    lists = ("gimn. rano", morning), ("gimn. popołudn.", afternoon)
    found = register(("Uczestnicy", PEOPLE), ("Zapisy", kept), *lists)[Session]
    assert found.groupby("group").size().tolist() == [2, 2]


def test_the_number_of_a_family_is_nobodys_own():
    families = """
nr | Nazwisko i imię | Płeć | PESEL       | od         | do
1  | Nowak Anna      | K    | 81112837720 | 2024-09-02 |
   | Nowak Oliwier   | M    | 13232392038 | 2024-09-02 |
2  | Kot Jan         | M    | 83072311171 | 2024-09-02 |
   | Kot Zuzanna     | K    | 14250235846 | 2024-09-02 |
3  | Lis Ewa         | K    | 84061473960 | 2024-09-02 |
   | Lis Tymon       | M    | 20231285474 | 2024-09-02 |
"""
    assert register(("Rodziny", families))[Participant]["person"].nunique() == 6
    merged = replace(tab("Rodziny", families), merged=((1, 0, 2, 0), (3, 0, 4, 0), (5, 0, 6, 0)))
    found = registers.register(registers.read_tabs([merged]), dt.date(2025, 3, 31)).frames
    assert found[Participant]["person"].nunique() == 6


def test_a_number_typed_twice_is_still_the_number_of_people():
    people = PEOPLE.replace("4  | Bąk Olga ", "3  | Bąk Olga ")
    assert sorted(register(("Uczestnicy", people))[Participant]["person"].dropna().unique()) == [
        "1",
        "2",
        "3",
    ]


def test_whoever_waits_and_goes_to_another_group_waits_still():
    waiting = """
LISTA REZERWOWA
Nazwisko i imię | Grupa   | Zgłoszenie | Uwagi
Nowak Anna      | Motylki | 2024-09-10 | chodzi do Sówek
Kot Jan         | Motylki | 2024-09-11 | chodzi od 1 października
Lis Ewa         | Motylki | 2024-09-12 |
"""
    states = register(("Uczestnicy", PEOPLE), ("Rezerwa", waiting))[Enrolment]["state"].tolist()
    waits, left = EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED
    assert states == [waits, left, waits]


def test_the_label_of_a_sum_names_no_group():
    diary = """
DZIENNIK – Klub Motyl
nr | data       | temat   | Nowak Anna | Kot Jan | Lis Ewa
1  | 2024-09-10 | wstęp   | ob         | ob      | nb
2  | 2024-09-17 | muzyka  | ob         | nb      | ob
   |            | obecności razem | #2 | #1 | #1
|
   | REZERWA
lp | zgłoszony  | nazwisko i imię | co dalej
1  | 2024-09-12 | Bąk Olga        | czeka
2  | 2024-09-14 | Sroka Jakub     | czeka
"""
    tables = registers.read_tabs([tab("Uczestnicy", PEOPLE), tab("Motyl", diary)]).tables
    assert "razem" not in {table.group.lower() for table in tables}


def test_who_waits_in_a_row_of_the_list_of_a_group_is_not_in_it():
    kept = """
Grupa Motylki
Forma    | Grupa   | Nazwisko i imię | od         | do    | uwagi
Zajęcia  | Motylki | Nowak Anna      | 2024-09-02 |       |
Zajęcia  | Motylki | Kot Jan         | 2024-09-02 |       |
Zajęcia  | Motylki | Lis Ewa         | 2024-09-02 |       |
rezerwa do Motylków: | | Bąk Olga     | 2024-10-02 | czeka |
"""
    found = register(("Uczestnicy", PEOPLE), ("Składy", kept))[Enrolment]
    assert found["state"].tolist() == [EnrolmentState.ADMITTED] * 3 + [EnrolmentState.WAITLISTED]
    assert found["group"].tolist() == ["Motylki"] * 4


GROUPS = """
Grupa   | Forma wsparcia | Liczba miejsc
Motylki | Zajęcia        | #10
Sówki   | Zajęcia        | #10
"""


def test_numbered_meetings_beside_enrolments_leave_them_enrolments():
    kept = """
Lp. | Uczestnik  | Grupa   | Data przyjęcia | Spotkania  |            |
    |            |         |                | 1          | 2          | 3
#1  | Nowak Anna | Motylki | 2024-09-02     | 2024-10-02 | 2024-11-02 |
#2  | Kot Jan    | Motylki | 2024-09-02     | 2024-10-03 |            |
#3  | Lis Ewa    | Sówki   | 2024-09-02     | 2024-10-04 | 2024-11-05 | 2024-12-01
#4  | Bąk Olga   | Sówki   | 2024-09-02     |            |            |
"""
    found = register(("Uczestnicy", PEOPLE), ("Grupy", GROUPS), ("Zapisy", kept))[Enrolment]
    assert found["started_on"].dt.date.tolist() == [dt.date(2024, 9, 2)] * 4


def test_what_somebody_was_absent_for_is_no_group():
    absent = """
Data       | Nazwisko i imię | Na co   | Od         | Do
2024-09-03 | Nowak Anna      | urlop   | 2024-10-01 | 2024-10-05
2024-09-04 | Kot Jan         | szpital | 2024-10-01 | 2024-10-03
2024-09-05 | Lis Ewa         | urlop   | 2024-10-01 | 2024-10-02
"""
    assert Enrolment not in kinds(("Uczestnicy", PEOPLE), ("Nieobecności", absent))


@pytest.mark.parametrize(
    ("typed", "ended"), [("urlop do 20.10.24, wraca", None), ("przerwał 20.10.24", dt.date(2024, 10, 20))]
)
def test_a_day_in_a_journal_ends_a_stay_only_where_somebody_left(typed, ended):
    diary = f"""
DZIENNIK – Motylki
nr | data       | temat       | Nowak Anna | Kot Jan    | Lis Ewa
   |            | w grupie od | 2024-09-10 | 2024-09-10 | 2024-09-10
   |            | do          | 2024-11-30 | 2024-11-30 | {typed}
1  | 2024-09-10 | wstęp       | ob         | ob         | nb
2  | 2024-09-17 | muzyka      | ob         | nb         | ob
"""
    readings = registers.read_tabs(
        [tab(*one) for one in (("Uczestnicy", PEOPLE), ("Grupy", GROUPS), ("Motylki", diary))]
    )
    read = registers.register(readings, dt.date(2025, 3, 31))
    days = [None if day is pd.NaT else day.date() for day in read.frames[Enrolment]["ended_on"]]
    told = [finding.rule.code for finding in read.findings if finding.rule.code == "not-a-day"]
    assert (ended in days) if ended else told


def test_the_hours_of_a_form_on_a_path_are_no_groups():
    paths = """
Lp. | Uczestnik  | Szkolenia |            |            | Staż        |            |
    |            | kurs      | od         | do         | zajęcia     | od         | do
#1  | Nowak Anna | Kasjer    | 2024-09-02 | 2024-10-02 | rano        | 2024-11-02 | 2024-12-02
#2  | Kot Jan    | Spawacz   | 2024-09-02 | 2024-10-02 | po południu | 2024-11-02 | 2024-12-02
#3  | Lis Ewa    | Kasjer    | 2024-09-02 | 2024-10-02 | rano        | 2024-11-02 |
"""
    groups = set(register(("Uczestnicy", PEOPLE), ("Ścieżki", paths))[Enrolment]["group"])
    assert groups == {"Kasjer", "Spawacz", "Staż"}


def test_codes_of_groups_beside_where_they_meet_are_of_groups():
    groups = """
Kod | Forma    | Miejsce zajęć
G1  | Taniec   | s. 1
G2  | Plastyka | s. 2
G3  | Muzyka   | s. 3
"""
    assert register(("Uczestnicy", PEOPLE), ("Grupy", groups))[Group]["group"].tolist() == ["G1", "G2", "G3"]


def test_meetings_of_staff_below_a_list_are_no_sessions_of_the_group():
    kept = """
Lista obecności – Motylki
Nazwisko i imię | 2025-03-04 | 2025-03-11
Nowak Anna      | ob         | nb
Kot Jan         | ob         | ob
Lis Ewa         | ob         | ob
|
Data       | Temat zebrania kadry | Obecni
2025-04-05 | Omówienie            | #4
2025-05-12 | Plan pracy           | #3
2025-06-14 | Superwizja           | #2
"""
    days = register(("Uczestnicy", PEOPLE), ("Grupy", GROUPS), ("Motylki", kept))[Session]["day"]
    assert days.dt.date.max() == dt.date(2025, 3, 11)


def test_where_people_live_is_no_place_of_the_project():
    served = """
Usługi w miejscu zamieszkania
Lp. | Kto korzysta | Od         | Do         | Usługa
#1  | Nowak Anna   | 2024-09-03 |            | obiady
#2  | Kot Jan      | 2024-09-04 | 2024-12-01 | obiady
#3  | Lis Ewa      | 2024-09-05 |            | pranie
"""
    assert Enquiry not in kinds(("Uczestnicy", PEOPLE), ("Usługi", served))


def test_years_below_a_merged_amount_are_names_of_columns_though_nothing_else_is_merged():
    budget = """
poz. | na co     | ile | kwota zł |        |
     |           |     | #2023    | #2024  | razem
1    | Kluby     |     | #30000   | #45000 | #75000
1.1  | instruktor | #20 | #24000  | #36000 | #60000
1.2  | materiały | #1  | #6000    | #9000  | #15000
"""
    drawn = replace(tab("Budżet", budget), merged=((0, 3, 0, 5),))
    found = registers.register(registers.read_tabs([drawn]), dt.date(2024, 6, 1)).frames[BudgetLine]
    assert list(found["planned_gr"]) == [60_000_00, 15_000_00]


CODED = """
Kod  | Forma wsparcia | Liczba miejsc
KZ-1 | Kasjer         | #10
KZ-2 | Gastronomia    | #10
"""


def test_a_column_of_codes_of_groups_says_the_groups_of_meetings_whatever_it_is_called():
    plan = """
Data       | Zespół | Godz.         | Temat
2025-02-11 | KZ-1   | 9:00 - 12:00  | Kasa
2025-02-12 | KZ-2   | 9:00 - 12:00  | Kuchnia
2025-02-18 | KZ-1   | 9:00 - 12:00  | Faktury
"""
    found = register(("Uczestnicy", PEOPLE), ("Kursy", CODED), ("Terminy", plan))
    assert found[Session]["group"].tolist() == ["KZ-1", "KZ-2", "KZ-1"]


def test_a_column_of_codes_of_rooms_says_no_groups():
    plan = """
Data       | Sala | Godz.         | Temat
2025-02-11 | S-1  | 9:00 - 12:00  | Kasa
2025-02-12 | S-2  | 9:00 - 12:00  | Kuchnia
2025-02-18 | S-1  | 9:00 - 12:00  | Faktury
"""
    read = registers.read_tabs([tab("Uczestnicy", PEOPLE), tab("Kursy", CODED), tab("Terminy", plan)])
    assert all("group" not in table.columns for table in read.tables if table.record is Session)
