"""All checks together: none needs more than it is given, and none waits for another."""

import datetime as dt

import pytest

from lib import register as registers
from lib.checks import CHECKS
from lib.records import RECORDS


@pytest.mark.parametrize("left_out", ["", *(record.tab for record in RECORDS)])
def test_no_check_needs_a_tab_or_a_value_that_may_be_missing(tables, left_out):
    """
    Projekt
    Parametr            | Wartość
    Początek realizacji | 2022-01-01
    Koniec realizacji   | 2023-09-30
    Wartość projektu    | 100,00

    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F1        | Świetlica      | świetlica

    Kadra
    Nr specjalisty | Funkcja
    K1             |

    Grupy
    Kod grupy | Forma wsparcia
    G1        | F1

    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    |
    U2            |      |

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia
    U1            | G1        | zakwalifikowany | 2022-02-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U2            | nieobecny

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-01   | 50,00

    Miejsca
    Miejsce  | Rodzaj      | Liczba
    Mediacje | specjalista | 1

    Gotowość
    Miejsce  | Od         | Stan
    Mediacje | 2023-10-01 | gotowe

    Zgłoszenia
    Nr zgłoszenia | Data       | Miejsce  | Wynik
    1             | 2024-02-10 | Mediacje | odmowa
    """
    expected = {
        "enrolment-without-start": ("Zapisy!2:2", {"Zapisy"}),
        "required-value": ("Uczestnicy!B3", {"Uczestnicy"}),
        "attendance-without-entry": ("Obecności!C2", {"Obecności", "Uczestnicy", "Zajęcia"}),
        "attendance-without-enrolment": ("Obecności!C3", {"Obecności", "Zapisy", "Zajęcia"}),
    }
    lost = {("attendance-without-day", "Obecności!A2")} if left_out == "Zajęcia" else set()
    tabs = [table for table in tables if table.title != left_out]
    found = registers.register(registers.read_tabs(tabs), dt.date(2024, 3, 31)).findings
    assert {(f.rule.code, f.address) for f in found} == lost | {
        (code, address) for code, (address, needed) in expected.items() if left_out not in needed
    }


def test_a_check_changes_nothing_in_the_register(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-08

    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc
    G1        | F1             | 0

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
    U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-08

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
    Z1       | G1        | 2022-03-01 | 10:00      | 11:00      | K1         | odbyte
    Z2       | G2        | 2022-03-01 | 10:00      | 11:00      | K1         | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    """
    before = {record: frame.copy(deep=True) for record, frame in register.frames.items()}
    for check in CHECKS:
        first, second = list(check(register)), list(check(register))
        assert first == second
    for record, frame in register.frames.items():
        assert frame.equals(before[record])
