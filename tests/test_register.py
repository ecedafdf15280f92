"""The register: references resolved, one row a key, one row a person, findings in order."""

import datetime as dt

import pandas as pd
import pytest

from lib import durability
from lib import register as registers
from lib.findings import Severity
from lib.records import Attendance, Enrolment, Group, Participant, Place


def codes(register) -> list[tuple[str, str]]:
    """The findings as (code, address)."""
    return [(finding.rule.code, finding.address) for finding in register.findings]


def test_a_place_without_a_specialist_is_not_ready(register):
    """
    Miejsca
    Miejsce   | Rodzaj      | Liczba | Od         | Do
    Mediacje  | specjalista | 1      | 2023-10-01 | 2025-12-31

    Gotowość
    Miejsce   | Od         | Do         | Stan
    Mediacje  | 2023-10-01 | 2024-02-29 | gotowe
    """
    months = durability.readiness(register.places, register.readiness, register.durability_period)
    assert months.set_index("month").loc["2024-03-01", "ready"] == 0
    assert [(f.rule.code, f.address) for f in register.findings] == [
        ("places-below-commitment", "Miejsca!C2")
    ]


def test_a_reference_may_use_the_code_or_the_name_in_any_spelling(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia
    F1 | Mediacje rodzinne
    F2 | Grupy wsparcia – rodziny

    Grupy
    Kod grupy | Nazwa grupy | Forma wsparcia
    G1 | Pierwsza | mediacje  RODZINNE
    G2 | Druga | f2
    G3 | Trzecia | Grupy wsparcia - rodziny
    """
    assert register.groups["form"].tolist() == ["F1", "F2", "F2"]
    assert codes(register) == []


def test_a_reference_to_nothing_is_a_finding_with_the_nearest_name(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U001 | K

    Grupy
    Kod grupy | Forma wsparcia
    G1 | F1

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia
    U0O1 | G1 | zgłoszony | 2022-02-01
    U001 | G9 | zgłoszony | 2022-02-01
    U001 | G1 | zgłoszony | 2022-02-01
    """
    assert codes(register) == [("unknown-person", "Zapisy!A2"), ("unknown-group", "Zapisy!B3")]
    assert "Może „U001”?" in register.findings[0].message
    assert register.not_counted(Enrolment) == 2
    assert len(register.enrolments) == 1


def test_a_table_that_is_not_there_cannot_be_pointed_to_wrongly(register):
    """
    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia
    U1 | G1 | zgłoszony | 2022-02-01
    """
    assert codes(register) == []
    assert register.enrolments["group"].tolist() == ["G1"]
    assert not register.has(Group)


def test_rows_that_point_to_a_row_not_counted_are_counted_as_lost(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1 | K | 31.02.2022

    Zajęcia
    Nr zajęć | Kod grupy | Data | Status
    Z1 | G1 | 2022-03-01 | odbyte
    Z2 | G1 | 2022-03-02 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1 | U1 | x
    Z2 | U1 | x
    """
    assert ("impossible-day", "Uczestnicy!C2") in codes(register)
    lost = next(f for f in register.findings if f.rule.code == "parent-not-counted")
    assert (lost.address, lost.not_counted) == ("Obecności!B2", 2)
    assert register.not_counted(Attendance) == 2
    assert len(register.persons) == 0


def test_only_the_first_row_of_a_key_counts(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1 | K
    u1 | M
    U2 | M
    """
    assert codes(register) == [("duplicate-key", "Uczestnicy!A3")]
    assert register.persons["person"].tolist() == ["U1", "U2"]
    assert register.not_counted(Participant) == 1


@pytest.mark.as_of("2022-12-31")
def test_two_numbers_with_one_pesel_are_one_person_from_the_first_entry_to_the_last_exit(register):
    """
    Uczestnicy
    Nr uczestnika | PESEL | Płeć | Grupa docelowa | Data rozpoczęcia udziału | Data zakończenia udziału
    U1 | 44051401359 | M | kandydat | 2022-05-01 | 2022-06-01
    U2 | 44051401359 | M | rodzina zastępcza | 2022-03-01 | 2022-04-01
    U3 | | K | kandydat | |

    Zajęcia
    Nr zajęć | Kod grupy | Data | Status
    Z1 | G1 | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1 | U2 | x
    Z1 | U1 | x
    """
    person = register.persons.set_index("person").loc["U1"]
    assert (person["entered_on"], person["exited_on"]) == (
        pd.Timestamp("2022-03-01"),
        pd.Timestamp("2022-06-01"),
    )
    assert person["target_group"] == "rodzina zastępcza", "characteristics are those of the first entry"
    assert register.persons["person"].tolist() == ["U3", "U1"] or len(register.persons) == 2
    assert register.attendance["person"].tolist() == ["U1"]
    assert {("same-pesel", "Uczestnicy!B3"), ("attendance-twice", "Obecności!B3")} <= set(codes(register))


def test_a_person_is_open_while_any_of_the_numbers_is(register):
    """
    Uczestnicy
    Nr uczestnika | PESEL | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
    U1 | 44051401359 | M | 2022-03-01 | 2022-04-01
    U2 | 44051401359 | M | 2022-05-01 |
    """
    assert register.persons["exited_on"].isna().tolist() == [True]


def test_attendance_of_cancelled_sessions_is_lost_and_of_held_ones_knows_its_session(register):
    """
    Grupy
    Kod grupy | Forma wsparcia
    G1 | F1

    Zajęcia
    Nr zajęć | Kod grupy | Data | Status
    Z1 | G1 | 2022-03-01 | odbyte
    Z2 | G1 | 2022-03-02 | odwołane

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1 | U1 | x
    Z1 | u1 | nb
    Z2 | U1 | x
    """
    row = register.attendance.iloc[0]
    assert (row["day"], row["group"], row["form"], row["status"]) == (
        pd.Timestamp("2022-03-01"), "G1", "F1", "odbyte"
    )  # fmt: skip
    assert len(register.attendance) == 1
    assert {("attendance-twice", "Obecności!B3"), ("attendance-cancelled-session", "Obecności!A4")} <= set(
        codes(register)
    )
    assert register.not_counted(Attendance) == 2


def test_rows_behind_a_figure_have_tab_and_number_and_nothing_personal(register):
    """
    Uczestnicy
    Ośrodek Pomocy Społecznej | | |
    Nr uczestnika | Nazwisko | PESEL | Płeć
    U1 | Przykładowska | 44051401359 | M
    U2 | Wymyślona | | K
    """
    behind = register.rows_behind(Participant, register.participants["row"])
    assert behind[["Zakładka", "Wiersz", "Nr uczestnika"]].to_numpy().tolist() == [
        ["Uczestnicy", 3, "U1"],
        ["Uczestnicy", 4, "U2"],
    ]
    assert not {"Nazwisko", "PESEL", "Imię", "Data urodzenia", "Telefon"} & set(behind.columns)
    assert "Przykładowska" not in behind.to_csv()


def test_an_empty_project_has_all_its_frames(tables):
    empty = registers.register(registers.read_tabs(()), dt.date(2024, 1, 1))
    assert codes(empty) == []
    assert all(len(frame) == 0 for frame in empty.frames.values())
    assert {"day", "group", "form", "status"} <= set(empty.attendance.columns)
    assert "form" in empty.sessions.columns
    assert empty.tabs.empty
    assert empty.durability_period is None


def test_findings_stand_by_urgency_then_place(register):
    """
    Uczestnicy
    Nr uczestnika | PESEL | Płeć | Telefon
    U1 | 44051401358 | ? | -1
    U2 | 44051401350 | K | 32 00 00 001
    """
    severities = [finding.rule.severity for finding in register.findings]
    assert severities == sorted(severities, reverse=True)
    assert len(severities) == 4
    assert registers.severities(register.findings) == {
        Severity.URGENT: 2, Severity.ERROR: 1, Severity.WARNING: 1
    }  # fmt: skip


def test_every_tab_says_what_was_made_of_it(register):
    """
    Miejsca
    tytuł |
    Miejsce | Rodzaj | Liczba
    Mediacje | specjalista | 1
    Kurs | ? | 1

    Notatki
    cokolwiek | innego
    """
    assert register.tabs[
        ["tab", "record", "rows", "counted", "not_counted", "header_row"]
    ].to_numpy().tolist() == [["Miejsca", "Miejsca", 2, 1, 1, 2], ["Notatki", "", 0, 0, 0, 0]]
    assert register.cell(Place, 0, "declared").address == "Miejsca!C3"
    assert register.cell(Place).address == "Miejsca"


def test_a_name_in_a_column_of_places_is_not_told_and_the_name_of_a_group_is(register):
    """
    Miejsca
    Miejsce     | Rodzaj      | Liczba | Od         | Do
    Mediacje    | specjalista | 1      | 2023-10-01 | 2025-12-31
    Bober Anna  | specjalista | 1      | 2023-10-01 | 2025-12-31

    Gotowość
    Miejsce      | Od         | Do         | Stan
    Bober Lena   | 2023-10-01 | 2024-02-29 | gotowe
    Klub Seniora | 2023-10-01 | 2024-02-29 | gotowe
    """
    unknown = {f.address: f for f in register.findings if f.rule.code == "unknown-place"}
    assert {address: f.cell.raw for address, f in unknown.items()} == {
        "Gotowość!A2": "•••",
        "Gotowość!A3": "Klub Seniora",
    }
    assert "„Klub Seniora”" in unknown["Gotowość!A3"].message
    told = " ".join(finding.message for finding in register.findings)
    assert "Bober" not in told
    assert "Anna" not in told
