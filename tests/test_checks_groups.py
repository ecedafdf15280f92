"""Checks of groups: what their cases in the catalogue leave open."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks import groups

DAY_0 = pd.Timestamp("2022-01-01").as_unit("s")


def found(register, *codes):
    """Code and address of each finding, only of these codes if any are given."""
    return [(f.rule.code, f.address) for f in register.findings if not codes or f.rule.code in codes]


@pytest.mark.as_of("2022-06-30")
def test_a_group_is_over_its_limit_once_for_each_stretch_of_days_that_have_come(register):
    """
    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc
    G1        | F01            | 1
    G2        | F01            |
    G3        | F01            | 0

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | G1        | zakwalifikowany | 2022-01-01      | 2022-01-10 |
    U2            | G1        | ukończony       | 2022-01-01      | 2022-02-01 | 2022-02-28
    U3            | G1        | ukończony       | 2022-01-01      | 2022-02-15 | 2022-03-15
    U4            | G1        | zakwalifikowany | 2022-01-01      | 2022-06-30 |
    U5            | G1        | zakwalifikowany | 2022-01-01      | 2022-07-02 |
    U6            | G2        | zakwalifikowany | 2022-01-01      | 2022-01-10 |
    U7            | G2        | zakwalifikowany | 2022-01-01      | 2022-01-10 |
    U8            | G3        | próbny          | 2022-01-01      | 2022-01-10 |
    """
    over = [f for f in register.findings if f.rule.code == "group-over-limit"]
    assert [f.address for f in over] == ["Grupy!C2", "Grupy!C2", "Grupy!C4"]
    assert ["01.02.2022" in over[0].message, "30.06.2022" in over[1].message] == [True, True]


@pytest.mark.as_of("2022-06-30")
def test_a_place_in_a_group_that_does_not_run_today_is_no_free_place(register):
    """
    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Od         | Do
    G1        | F01            | 5            | 2022-01-01 | 2022-06-29
    G2        | F01            | 5            | 2022-07-01 |
    G3        | F01            | 5            |            | 2022-06-30
    G4        | F01            |              |            |

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia
    U1            | G1        | lista rezerwowa | 2022-02-01
    U1            | G2        | lista rezerwowa | 2022-02-01
    U1            | G3        | lista rezerwowa | 2022-02-01
    U1            | G4        | lista rezerwowa | 2022-02-01
    """
    assert found(register) == [("waiting-while-free", "Grupy!A4")]


def test_waiting_and_then_having_a_place_is_one_enrolment_and_a_return_is_another(register):
    """
    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Rezerwa od | Od         | Do
    U1            | G1        | ukończony       | 2022-01-01      | 2022-01-01 | 2022-02-01 | 2022-03-31
    U1            | G1        | ukończony       | 2022-03-01      | 2022-04-01 | 2022-05-01 | 2022-06-30
    U1            | G1        | lista rezerwowa | 2022-06-30      |            |            |
    U1            | G2        | zakwalifikowany | 2022-02-01      |            | 2022-02-01 |
    U2            | G1        | zakwalifikowany | 2022-02-01      |            | 2022-02-01 |
    U2            | G1        | zgłoszony       | 2022-03-01      |            |            |
    """
    twice = [f for f in register.findings if f.rule.code == "enrolment-twice"]
    assert [f.address for f in twice] == ["Zapisy!B4"]
    assert "Zapisy!B3" in twice[0].message


def test_without_a_tab_of_enrolments_nobody_is_missing_from_it(register):
    """
    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    """
    assert found(register) == []


def test_a_person_is_missing_once_from_the_enrolments_of_a_group(register):
    """
    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | G1        | ukończony       | 2022-01-01      | 2022-01-10 | 2022-12-31
    U1            | G1        | zakwalifikowany | 2022-01-01      | 2022-02-01 | 2022-02-02
    U2            | G1        | lista rezerwowa | 2022-01-01      |            |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-08 | odbyte
    Z2       | G1        | 2022-03-01 | odbyte
    Z3       | G2        | 2022-03-01 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z1       | U2            | obecny
    Z2       | U2            | obecny
    Z3       | U2            | nieobecny
    """
    assert found(register, "attendance-without-enrolment") == [
        ("attendance-without-enrolment", "Obecności!C4"),
        ("attendance-without-enrolment", "Obecności!C5"),
    ]


@pytest.mark.as_of("2022-03-20")
def test_who_has_left_the_group_is_not_absent(register):
    """
    Grupy
    Kod grupy | Forma wsparcia | Od         | Do
    G1        | F01            | 2022-01-01 |
    G2        | F01            | 2022-01-01 | 2022-03-19

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | G1        | zakwalifikowany | 2022-01-01      | 2022-01-10 |
    U2            | G1        | przerwany       | 2022-01-01      | 2022-01-10 | 2022-03-19
    U3            | G2        | zakwalifikowany | 2022-01-01      | 2022-01-10 |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-08 | odbyte
    Z3       | G1        | 2022-03-15 | odbyte
    Z4       | G2        | 2022-03-01 | odbyte
    Z5       | G2        | 2022-03-08 | odbyte
    Z6       | G2        | 2022-03-15 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | nb
    Z2       | U1            | nu
    Z3       | U1            | nb
    Z1       | U2            | nb
    Z2       | U2            | nb
    Z3       | U2            | nb
    Z4       | U3            | nb
    Z5       | U3            | nb
    Z6       | U3            | nb
    """
    assert found(register) == [("absent-three-times", "Zapisy!A2")]


def days(numbers, missing=None):
    """Days counted from DAY_0."""
    return pd.to_datetime([None if n == missing else DAY_0 + pd.Timedelta(days=n) for n in numbers]).as_unit(
        "s"
    )


@settings(deadline=None, max_examples=60)
@given(
    stays=st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("gh"), st.integers(-1, 9), st.integers(-1, 12)),
        max_size=8,
    ),
    marks=st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("gh"), st.integers(0, 12)), min_size=1, max_size=8
    ),
)
def test_a_mark_is_covered_as_a_look_at_every_stay_says(stays, marks):
    """-1 is no day: a stay that takes no place, or has no end."""
    spans = pd.DataFrame(stays, columns=["person", "group", "from", "to"]).astype(
        {"person": "str", "group": "str"}
    )
    spans = spans.assign(takes_from=days(spans["from"], -1), takes_to=days(spans["to"], -1))
    frame = pd.DataFrame(marks, columns=["person", "group", "n"]).astype({"person": "str", "group": "str"})
    frame = frame.assign(day=days(frame["n"]))
    expected = [
        any((who, where) == (p, g) and 0 <= a <= n and (b == -1 or n <= b) for p, g, a, b in stays)
        for who, where, n in marks
    ]
    assert groups.has_place(frame, spans).tolist() == expected
