"""Checks of the durability period: what their cases in the catalogue leave open."""

import datetime as dt

import pytest

from lib import durability
from lib import register as registers


def found(register):
    """Code and address of each finding."""
    return [(f.rule.code, f.address) for f in register.findings]


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
    assert found(register) == [("places-below-commitment", "Miejsca!C2")]


SHORT = ("places-below-commitment", "Miejsca!C2")


@pytest.mark.parametrize(
    ("as_of", "missing", "expected"),
    [
        ("2024-03-14", "", []),
        ("2024-03-15", "2 z 10", [SHORT, ("reduction-without-reason", "Gotowość!F3")]),
        (
            "2024-12-31",
            "10 z 10",
            [
                SHORT,
                ("reduction-without-reason", "Gotowość!F3"),
                ("reduction-without-reason", "Gotowość!F4"),
                ("evidence-old", "Gotowość!G4"),
            ],
        ),
    ],
)
def test_a_place_is_short_by_what_is_missing_on_the_days_that_have_come(tables, as_of, missing, expected):
    """
    Miejsca
    Miejsce   | Rodzaj              | Liczba | Od         | Do
    Kandydaci | miejsce szkoleniowe | 10     | 2023-10-01 | 2025-12-31

    Gotowość
    Miejsce   | Od         | Do         | Stan       | Liczba | Powód | Potwierdzono
    Kandydaci | 2023-10-01 | 2024-03-14 | gotowe     |        |       | 2024-03-01
    Kandydaci | 2024-03-15 | 2024-03-20 | częściowo  | 8      |       | 2024-03-01
    Kandydaci | 2024-03-21 |            | wstrzymane |        |       | 2024-03-21
    """
    register = registers.register(registers.read_tabs(tables), dt.date.fromisoformat(as_of))
    assert found(register) == expected
    if missing:
        assert f"od 03.2024 brakuje miejsc: {missing}" in register.findings[0].message


@pytest.mark.as_of("2024-01-31")
def test_a_gap_lies_before_or_between_rows_and_ends_today_at_the_latest(register):
    """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Mediacje | specjalista | 1      | 2023-10-01 | 2025-12-31

    Gotowość
    Miejsce  | Od         | Do         | Stan   | Data potwierdzenia
    Mediacje | 2023-11-01 | 2023-12-31 | gotowe | 2023-12-31
    Mediacje | 2024-03-01 |            | gotowe |
    """
    gaps = [f for f in register.findings if f.rule.code == "readiness-gap"]
    assert [f.address for f in gaps] == ["Gotowość!B2", "Gotowość!B3"]
    assert "od 01.10.2023 do 31.10.2023" in gaps[0].message
    assert "od 01.01.2024 do 31.01.2024" in gaps[1].message


@pytest.mark.as_of("2024-03-31")
def test_a_row_that_was_never_confirmed_is_as_old_as_its_beginning(register):
    """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Mediacje | specjalista | 1      | 2023-12-31 | 2025-12-31
    Terapie  | specjalista | 1      | 2024-01-01 | 2025-12-31

    Gotowość
    Miejsce  | Od         | Stan   | Data potwierdzenia
    Mediacje | 2023-12-31 | gotowe |
    Terapie  | 2024-01-01 | gotowe |
    """
    assert found(register) == [("evidence-old", "Gotowość!D2")]
    assert "31.12.2023 (początek wpisu), 91 dni temu" in register.findings[0].message


@pytest.mark.as_of("2024-03-31")
def test_a_refusal_is_found_only_where_a_seat_was_free(register):
    """
    Miejsca
    Miejsce   | Rodzaj              | Liczba | Od         | Do
    Kandydaci | miejsce szkoleniowe | 1      | 2023-10-01 | 2025-12-31

    Gotowość
    Miejsce   | Od         | Stan   | Data potwierdzenia
    Kandydaci | 2023-10-01 | gotowe | 2024-03-01

    Zgłoszenia
    Nr zgłoszenia | Data       | Miejsce   | Wynik    | Od         | Do         | Powód
    1             | 2024-02-01 | Kandydaci | przyjęty | 2024-02-01 | 2024-02-10 |
    2             | 2024-02-10 | Kandydaci | odmowa   |            |            |
    3             | 2024-02-11 | Kandydaci | odmowa   |            |            | nie spełnia wymagań
    4             | 2024-04-01 | Kandydaci | odmowa   |            |            |
    """
    assert found(register) == [("refused-while-ready", "Zgłoszenia!D4")]
