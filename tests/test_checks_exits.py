"""Checks of exits and of what monitoring wants: what their cases in the catalogue leave open."""

import datetime as dt

import pytest

from lib import register as registers
from tests.conftest import sheet


def found(register):
    """Code and address of each finding."""
    return [(f.rule.code, f.address) for f in register.findings]


@pytest.mark.as_of("2023-11-01")
def test_whoever_is_still_in_a_project_that_is_over_should_have_left(register):
    """
    Projekt
    Parametr          | Wartość
    Koniec realizacji | 2023-09-30

    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
    U1            | K    | 2022-03-01               |
    U2            | K    | 2022-03-01               | 2023-09-30
    U3            | K    |                          |
    """
    assert found(register) == [("exit-missing", "Uczestnicy!D2")]
    assert "30.09.2023" in register.findings[0].message


def test_many_persons_without_an_exit_have_one_finding_at_the_header():
    rows = "\n".join(f"U{n} | K | 2022-03-01 |" for n in range(1, 22))
    drawing = (
        "Projekt\nParametr | Wartość\nKoniec realizacji | 2023-09-30\n\n"
        f"Uczestnicy\nNr uczestnika | Płeć | Wejście | Wyjście\n{rows}"
    )
    register = registers.register(registers.read_tabs(sheet(drawing)), dt.date(2023, 11, 1))
    assert found(register) == [("exit-missing", "Uczestnicy!D1")]
    assert "21\u00a0osób" in register.findings[0].message


@pytest.mark.as_of("2022-06-30")
def test_a_place_kept_after_the_exit_is_found_unless_it_is_found_already(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Wejście    | Wyjście    | Ścieżka ukończona
    U1            | K    | 2022-03-01 | 2022-05-31 | NIE
    U2            | K    | 2022-03-01 | 2022-05-31 | TAK
    U3            | K    | 2022-03-01 | 2022-01-31 | NIE

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01 |
    U1            | G2        | próbny          | 2022-02-01      | 2022-06-01 |
    U1            | G3        | zgłoszony       | 2022-02-01      |            |
    U2            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01 |
    U3            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01 |
    """
    assert found(register) == [
        ("path-with-open-enrolment", "Uczestnicy!E3"),
        ("exit-before-entry", "Uczestnicy!D4"),
        ("enrolment-after-exit", "Zapisy!C2"),
        ("enrolment-after-exit", "Zapisy!E3"),
    ]


def test_a_column_that_the_sheet_does_not_have_is_not_incomplete(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data urodzenia | Telefon     | Opiekun prawny
    U1            | K    | 2010-05-14     | 32 00 00 12 |
    """
    assert found(register) == []


@pytest.mark.as_of("2022-03-10")
def test_each_tab_has_its_own_incomplete_columns(register):
    """
    Uczestnicy 1
    Nr uczestnika | Płeć | Wejście    | Telefon | Wykształcenie
    U1            | K    | 2022-03-01 |         | wyższe
    U2            | K    | 2022-03-01 |         | odmowa

    Uczestnicy 2
    Nr uczestnika | Płeć | Wejście    | Telefon
    U3            | K    | 2022-03-01 |
    """
    codes = [(f.rule.code, f.address) for f in register.findings]
    assert codes == [("column-incomplete", "Uczestnicy 1!D1"), ("column-incomplete", "Uczestnicy 2!D1")]
    assert "u 2 z 2 osób" in register.findings[0].message


@pytest.mark.as_of("2022-06-30")
def test_a_month_between_two_meetings_is_no_absence(register):
    """
    Grupy
    Kod grupy | Forma wsparcia
    G1        | F1

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
    U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-05-24 | odbyte
    Z2       | G1        | 2022-06-23 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U1            | nieobecny
    """
    assert found(register) == []


def test_without_a_required_rate_no_attendance_is_low(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Wejście
    U1            | K    | 2022-03-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-02 | odbyte
    Z3       | G1        | 2022-03-03 | odbyte
    Z4       | G1        | 2022-03-04 | odbyte
    Z5       | G1        | 2022-03-07 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U1            | nb
    Z3       | U1            | nb
    Z4       | U1            | nb
    Z5       | U1            | nb
    """
    assert found(register) == []
