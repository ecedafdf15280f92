"""Checks of sessions: what their cases in the catalogue leave open."""

import datetime as dt
import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import register as registers
from lib.checks import sessions


def found(register):
    """Code and address of each finding."""
    return [(f.rule.code, f.address) for f in register.findings]


def test_a_session_of_the_future_is_told_by_the_real_day(tables):
    """
    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-02 | odbyte
    Z3       | G1        | 2022-03-01 | zaplanowane
    """
    readings = registers.read_tabs(tables)
    real, earlier, later = dt.date(2022, 3, 1), dt.date(2022, 1, 1), dt.date(2022, 5, 1)
    assert found(registers.register(readings, earlier, today=real)) == [
        ("session-held-in-future", "Zajęcia!C3")
    ]
    # looked at as of a later day, it is still the real day that tells what is over
    assert found(registers.register(readings, later, today=real)) == [
        ("session-held-in-future", "Zajęcia!C3")
    ]
    assert found(registers.register(readings, later, today=later)) == [
        ("session-still-planned", "Zajęcia!D4")
    ]


@pytest.mark.as_of("2026-01-31")
def test_a_session_in_the_durability_period_is_not_outside_the_project(register):
    """
    Projekt
    Parametr            | Wartość
    Początek realizacji | 2022-01-01
    Koniec realizacji   | 2023-09-30
    Początek trwałości  | 2023-10-01
    Koniec trwałości    | 2025-12-30

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2023-09-30 | odbyte
    Z2       | G1        | 2025-12-30 | odbyte
    Z3       | G1        | 2025-12-31 | odbyte
    """
    assert found(register) == [("session-outside-project", "Zajęcia!C4")]


def test_one_leader_may_have_one_group_twice_but_not_two_groups_at_once(register):
    """
    Kadra
    Nr specjalisty | Funkcja
    K1             | psycholog
    K2             | pedagog

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
    Z1       | G1        | 2022-03-01 | 10:00      | 18:00      | K1         | odbyte
    Z2       | G2        | 2022-03-01 | 10:30      | 11:00      | K1, K2     | odbyte
    Z3       | G2        | 2022-03-01 | 10:45      | 11:15      | K2         | odbyte
    Z4       | G3        | 2022-03-01 | 17:00      | 18:00      | K1         | odwołane
    Z5       | G3        | 2022-03-01 |            |            | K1         | odbyte
    Z6       | G3        | 2022-03-02 | 10:00      | 11:00      | K1         | odbyte
    Z7       | G1        | 2022-03-01 | 9:00       | 10:30      | K2         | odbyte
    Z8       | G4        | 2022-03-01 | 17:59      | 19:00      | K1         | zaplanowane
    """
    booked = [f for f in register.findings if f.rule.code == "specialist-double-booked"]
    assert [f.address for f in booked] == ["Zajęcia!F3", "Zajęcia!F9"]
    assert all("z Zajęcia!2:2" in f.message for f in booked)
    assert booked[0].message.startswith("Ta sama osoba („K1”) prowadzi")


def test_a_leader_without_a_code_is_told_by_the_other_session_and_not_by_name(register):
    """
    Grupy
    Kod grupy | Nazwa grupy    | Limit miejsc
    G1        | Klub Seniora   | 10
    G2        | Klub Rodziców  | 10

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
    Z1       | G1        | 2022-03-01 | 10:00      | 18:00      | Kot Anna   | odbyte
    Z2       | G2        | 2022-03-01 | 10:30      | 11:00      | Kot Anna   | odbyte
    Z3       | G1        | 2022-03-02 | 10:00      | 18:00      | A. Bąk     | odbyte
    Z4       | G2        | 2022-03-02 | 10:30      | 11:00      | A. Bąk     | odbyte
    """
    booked = [f for f in register.findings if f.rule.code == "specialist-double-booked"]
    assert [(f.address, f.cell.raw) for f in booked] == [("Zajęcia!F3", "•••"), ("Zajęcia!F5", "•••")]
    assert [f.message for f in booked] == [
        "Ta sama osoba prowadzi 01.03.2022 o 10:30 także zajęcia z Zajęcia!2:2.",
        "Ta sama osoba prowadzi 02.03.2022 o 10:30 także zajęcia z Zajęcia!4:4.",
    ]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("GHI"), st.sampled_from(("K", "L", "K;L")), st.integers(0, 8), st.integers(1, 4)
        ),
        max_size=9,
    )
)
def test_who_is_double_booked_is_what_a_look_at_every_pair_says(rows):
    expected = {
        (j, leader)
        for (i, a), (j, b) in itertools.combinations(enumerate(rows), 2)
        for leader in set(a[1].split(";")) & set(b[1].split(";"))
        if a[0] != b[0] and a[2] < b[2] + b[3] and b[2] < a[2] + a[3]
    }
    duties = pd.DataFrame(
        [
            {
                "row": i,
                "group": g,
                "specialist": k,
                "day": dt.date(2022, 3, 1),
                "starts_at": s,
                "ends_at": s + long,
            }
            for i, (g, leaders, s, long) in enumerate(rows)
            for k in leaders.split(";")
        ],
        columns=["row", "group", "specialist", "day", "starts_at", "ends_at"],
    )
    clashes = sessions.clashes(duties)
    # of three sessions at once one pair may stand for two: each overlap is found at one of its ends
    assert {(later, leader) for later, leader in clashes} <= expected
    assert {leader for _, leader in expected} == {leader for _, leader in clashes}


def test_a_contract_may_have_no_end_and_one_without_days_says_nothing(register):
    """
    Kadra
    Nr specjalisty | Umowa od   | Umowa do
    K1             | 2022-03-01 |
    K2             |            | 2022-03-31
    K3             |            |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Prowadzący | Status
    Z1       | G1        | 2022-02-28 | K1; K2; K3 | odbyte
    Z2       | G1        | 2025-03-01 | K1; K2; K3 | odbyte
    Z3       | G1        | 2025-03-01 | K2         | odwołane
    """
    assert [(f.address, f.message.split("umowa trwa ")[1]) for f in register.findings] == [
        ("Zajęcia!D2", "01.03.2022 - …."),
        ("Zajęcia!D3", "… - 31.03.2022."),
    ]


def test_a_crowded_day_is_found_once_at_its_worst_moment(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F01       | Świetlica      | świetlica
    F02       | Wycieczki      | wyjazd

    Grupy
    Kod grupy | Forma wsparcia
    G1        | F01
    G2        | F02

    Kadra
    Nr specjalisty | Funkcja
    K1             | wychowawca

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
    Z1       | G2        | 2022-03-01 | 14:00      | 18:00      | K1         | odbyte
    Z2       | G1        | 2022-03-02 | 14:00      | 16:00      | K1         | odbyte
    Z3       | G1        | 2022-03-02 | 15:00      | 18:00      |            | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z2       | U2            | obecny
    Z3       | U3            | obecny
    Z3       | U4            | nieobecny
    """
    crowded = [f for f in register.findings if f.rule.code == "children-per-educator"]
    # at 15:00 two children have one educator; from 16:00 one child has none
    assert [(f.address, "o 16:00 dzieci było 1, wychowawców 0" in f.message) for f in crowded] == [
        ("Zajęcia!F4", True)
    ]
