"""Checks of persons: what their cases in the catalogue leave open."""

import pytest


def found(register):
    """Code and address of each finding."""
    return [(f.rule.code, f.address) for f in register.findings]


def test_a_stay_in_a_flat_begins_the_support_without_a_session(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F01       | Mieszkanie     | pobyt
    F02       | Grupa          | grupowa

    Grupy
    Kod grupy | Forma wsparcia
    M1        | F01
    G1        | F02

    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-02-01
    U2            | M    | 2022-02-01
    U3            | M    | 2022-02-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
    U1            | M1        | zakwalifikowany | 2022-01-10      | 2022-02-01
    U1            | G1        | zakwalifikowany | 2022-01-10      | 2022-02-01
    U2            | M1        | zakwalifikowany | 2022-01-10      | 2022-02-01
    U3            | G1        | zakwalifikowany | 2022-01-10      | 2022-02-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    """
    assert found(register) == [("entry-without-session", "Uczestnicy!C4")]


def test_lists_that_begin_long_after_a_person_did_say_nothing_of_the_first_support(register):
    """
    Grupy
    Kod grupy
    G1

    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2021-09-06
    U2            | K    | 2022-02-25

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Od
    U1            | G1        | zakwalifikowany | 2021-09-06
    U2            | G1        | zakwalifikowany | 2022-02-25

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z1       | U2            | obecny
    """
    assert found(register) == [("entry-not-first-session", "Uczestnicy!C3")]


def test_a_person_who_came_back_under_a_second_number_entered_on_the_first_day(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | PESEL       | Data rozpoczęcia udziału | Data zakończenia udziału
    U1            | K    | 90051400126 | 2022-03-01               | 2022-04-30
    U2            | K    | 90051400126 | 2022-09-01               |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-09-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U2            | obecny
    """
    assert found(register) == [("same-pesel", "Uczestnicy!C3")]


@pytest.mark.as_of("2022-03-14")
def test_the_list_of_the_first_session_may_be_two_weeks_late(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-01
    U2            | K    | 2022-02-28

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | nieobecny
    """
    assert found(register) == [("entry-without-session", "Uczestnicy!C3")]


def test_an_attendance_before_the_entry_is_found_once_at_each_end(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-08

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-02-22 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U1            | obecny
    """
    assert found(register) == [
        ("attendance-before-entry", "Obecności!C3"),
        ("entry-not-first-session", "Uczestnicy!C2"),
    ]


def test_an_absence_is_no_attendance(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-08
    U2            | K    |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-08 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | nu
    Z1       | U2            | nb
    Z2       | U1            | obecny
    """
    assert found(register) == []


def test_a_finding_about_a_pesel_holds_neither_the_pesel_nor_the_day_of_birth(register):
    """
    Uczestnicy
    Nr uczestnika | Nazwisko | Imię | PESEL       | Płeć    | Data urodzenia
    U1            | Wójcik   | Adam | 90051400218 | Kobieta | 1991-05-14
    """
    assert found(register) == [("pesel-sex", "Uczestnicy!E2"), ("pesel-birth-date", "Uczestnicy!F2")]
    for finding in register.findings:
        said = f"{finding.message} {finding.cell}"
        assert not any(secret in said for secret in ("Wójcik", "Adam", "9005140", "1991", "1990"))


def test_a_path_may_be_completed_with_forms_that_were_only_asked_for(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Ścieżka ukończona
    U1            | K    | TAK
    U2            | K    | NIE

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | G1        | zgłoszony       | 2022-02-01      |            |
    U1            | G2        | zakwalifikowany | 2022-02-01      | 2022-03-01 | 2022-05-01
    U1            | G3        | próbny          | 2022-02-01      | 2022-03-01 |
    U2            | G3        | próbny          | 2022-02-01      | 2022-03-01 |
    """
    assert found(register) == [("path-with-open-enrolment", "Uczestnicy!C2")]
    assert "„G3”" in register.findings[0].message
