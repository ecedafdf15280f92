"""Sessions, attendance, members who stopped coming, and children against educators on duty."""

import datetime as dt
import random

import pandas as pd
import pytest

from lib import attendance, capacity
from lib import register as registers
from lib.records import Attendance, Enrolment, Session
from sheets.table import Table
from tests.conftest import sheet

NOTHING = "Notatki"


def drawn(drawing: str, as_of: str) -> registers.Register:
    """The register of a drawn workbook, for tests that look at one workbook on several days."""
    return registers.register(registers.read_tabs(sheet(drawing)), dt.date.fromisoformat(as_of))


@pytest.mark.as_of("2024-03-15")
def test_held_and_cancelled_sessions_count_through_the_day_and_planned_ones_always(register):
    """
    Grupy
    Kod grupy | Forma wsparcia
    A         | F1

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | A         | 2024-03-15 | odbyte
    Z2       | A         | 2024-03-16 | odbyte
    Z3       | A         | 2024-03-10 | odwołane
    Z4       | A         | 2024-03-20 | odwołane
    Z5       | A         | 2024-03-14 | zaplanowane
    Z6       | A         | 2024-03-15 | zaplanowane
    Z7       | A         | 2024-04-01 | zaplanowane
    """
    assert attendance.sessions(register) == {"planned": 4, "held": 1, "cancelled": 1, "overdue": 1}


MARKS = """
    Grupy
    Kod grupy | Forma wsparcia
    A         | F1
    B         | F2

    Uczestnicy
    Nr uczestnika | Płeć    | Wejście
    U1            | Kobieta | 2024-01-01
    U2            | Kobieta | 2024-01-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | A         | 2024-02-28 | odbyte
    Z2       | A         | 2024-03-01 | odbyte
    Z3       | B         | 2024-03-02 | odbyte
    Z4       | B         | 2024-03-03 | odwołane
    Z5       | B         | 2024-03-20 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z1       | U2            | nieobecny usprawiedliwiony
    Z2       | U1            | nieobecny
    Z3       | U1            | obecny
    Z4       | U1            | obecny
    Z5       | U1            | obecny
    """


def test_the_rate_is_present_to_present_and_absent_and_excused_is_absent():
    past = attendance.marks(drawn(MARKS, "2024-03-15"))
    assert attendance.total(past) == {"present": 2, "absent": 2, "rate": 0.5}
    columns = ["sessions", "present", "absent", "rate"]
    assert attendance.rates(past, "form").set_index("form")[columns].T.to_dict("list") == {
        "F1": [2, 1, 2, 1 / 3],
        "F2": [1, 1, 0, 1.0],
    }
    months = attendance.rates(past, "month")
    assert months["month"].tolist() == [pd.Timestamp("2024-02-01"), pd.Timestamp("2024-03-01")]
    assert months["rate"].tolist() == [0.5, 0.5]


def test_a_rate_opens_the_marks_it_is_made_of():
    register = drawn(MARKS, "2024-03-15")
    group = attendance.rates(attendance.marks(register), "group").set_index("group").loc["A"]
    addresses = [register.cell(Attendance, row, "presence").address for row in group["rows"]]
    assert addresses == ["Obecności!C2", "Obecności!C3", "Obecności!C4"]


@pytest.mark.parametrize("drawing", [MARKS, NOTHING])
def test_without_any_mark_there_is_no_rate_and_every_column_is_there(drawing):
    met = attendance.overview(drawn(drawing, "2024-01-01"))
    assert met.total == {"present": 0, "absent": 0, "rate": None}
    assert list(met.by_form) == ["form", "sessions", "present", "absent", "rate", "rows"]
    assert list(met.by_month) == ["month", "sessions", "present", "absent", "rate", "rows"]
    assert list(met.days) == ["day", "children"]
    assert list(met.hours) == ["hour", "children", "educators", "allowed", "day", "average", "rows"]
    assert met.day_support is None
    moments = attendance.on_duty(drawn(drawing, "2024-01-01"))
    assert list(moments) == ["day", "minute", "children", "educators", "rows"]
    assert (len(met.by_form), len(met.hours), len(moments)) == (0, 0, 0)


# --- members who stopped coming -----------------------------------------------------------------

ABSENT = """
    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F1        | Warsztaty      | grupowa
    F2        | Mediacje       | indywidualna

    Grupy
    Kod grupy | Forma wsparcia
    A         | F1
    M         | F2

    Uczestnicy
    Nr uczestnika | Płeć    | Wejście
    U1            | Kobieta | 2024-01-01
    U2            | Kobieta | 2024-01-01
    U3            | Kobieta | 2024-01-01
    U4            | Kobieta | 2024-01-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | A         | zakwalifikowany | 2024-01-01      | 2024-01-01 |
    U2            | A         | zakwalifikowany | 2024-01-01      | 2024-01-01 |
    U3            | A         | zakwalifikowany | 2024-01-01      | 2024-01-20 |
    U4            | A         | przerwany       | 2024-01-01      | 2024-01-01 | 2024-01-10
    U1            | M         | zakwalifikowany | 2024-01-01      | 2024-01-01 |
    U2            | M         | zakwalifikowany | 2024-01-01      | 2024-01-01 |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | A         | 2024-01-04 | odbyte
    Z2       | A         | 2024-01-11 | odbyte
    Z3       | A         | 2024-01-18 | odbyte
    Z4       | A         | 2024-01-25 | odbyte
    Z5       | A         | 2024-01-26 | odbyte
    M1       | M         | 2024-01-08 | odbyte
    M2       | M         | 2024-01-20 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | obecny
    Z1       | U2            | obecny
    Z1       | U4            | obecny
    Z2       | U1            | nieobecny usprawiedliwiony
    Z2       | U2            | obecny
    Z3       | U1            | nieobecny
    Z3       | U2            | obecny
    Z4       | U1            | nieobecny
    Z4       | U2            | nieobecny
    M1       | U1            | obecny
    M2       | U2            | nieobecny
    """


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-01-17", []),  # U1 missed one session of the 11th and was there 13 days ago
        ("2024-01-18", [("A", "U1", 2)]),  # the last presence is 14 days ago, and the group met
        ("2024-01-25", [("A", "U1", 3), ("A", "U3", 1), ("M", "U2", 1)]),
        ("2024-01-31", [("A", "U1", 3), ("A", "U3", 1), ("M", "U2", 1)]),  # U2 of A: 13 days ago
        ("2024-02-01", [("A", "U1", 3), ("A", "U2", 1), ("A", "U3", 1), ("M", "U2", 1)]),
        ("2024-03-01", [("A", "U1", 3)]),  # nobody met for 14 days: only three missed in a row speak
    ],
)
def test_a_member_is_absent_after_three_missed_sessions_or_14_days_in_which_the_group_met(day, expected):
    gone = capacity.absent_members(drawn(ABSENT, day))
    assert [(row.group, row.person, row.missed) for row in gone.itertuples()] == expected


def test_an_absent_member_opens_at_the_enrolment_and_says_when_last_present():
    register = drawn(ABSENT, "2024-01-25")
    gone = capacity.absent_members(register)
    assert register.cell(Enrolment, gone.loc[0, "row"], "person").address == "Zapisy!A2"
    assert gone["last_present"].tolist() == [pd.Timestamp("2024-01-04"), pd.NaT, pd.NaT]


# --- the day-support centre ---------------------------------------------------------------------


@pytest.mark.as_of("2024-03-31")
def test_children_and_educators_of_all_sessions_of_a_day_are_counted_once_at_each_moment(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F1        | Świetlica      | PWD
    F2        | Warsztaty      | grupowa

    Grupy
    Kod grupy | Forma wsparcia
    A         | F1
    B         | F1
    W         | F2

    Kadra
    Nr specjalisty
    K1
    K2

    Uczestnicy
    Nr uczestnika | Płeć    | Wejście
    U1            | Kobieta | 2024-03-01
    U2            | Kobieta | 2024-03-01
    U3            | Kobieta | 2024-03-01

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Od    | Do    | Status   | Prowadzący
    Z1       | A         | 2024-03-04 | 14:00 | 16:00 | odbyte   | K1
    Z2       | B         | 2024-03-04 | 15:00 | 17:00 | odbyte   | K1; K2
    Z3       | A         | 2024-03-05 |       | 16:00 | odbyte   | K1
    Z4       | B         | 2024-03-04 | 14:00 | 18:00 | odwołane | K2
    Z5       | W         | 2024-03-04 | 14:00 | 18:00 | odbyte   | K2
    Z6       | A         | 2024-04-01 | 14:00 | 18:00 | odbyte   | K2

    Obecności
    Nr zajęć | Nr uczestnika | Obecność  | Przyjście | Wyjście
    Z1       | U1            | obecny    |           |
    Z1       | U2            | obecny    | 14:30     | 15:00
    Z2       | U1            | obecny    |           | 16:30
    Z2       | U3            | obecny    | 16:00     | 17:15
    Z2       | U2            | nieobecny |           |
    Z3       | U1            | obecny    |           |
    Z5       | U3            | obecny    |           |
    """
    moments = attendance.on_duty(register)
    assert moments["day"].unique().tolist() == [pd.Timestamp("2024-03-04")]
    assert moments[["minute", "children", "educators"]].values.tolist() == [
        [14 * 60, 1, 1],
        [14 * 60 + 30, 2, 1],
        [15 * 60, 1, 2],
        [16 * 60, 2, 2],
        [16 * 60 + 30, 1, 2],
        [17 * 60, 1, 0],
        [17 * 60 + 15, 0, 0],
    ]
    going_on = [[register.cell(Session, row, "session").raw for row in rows] for rows in moments["rows"]]
    assert going_on == [["Z1"], ["Z1"], ["Z1", "Z2"], ["Z2"], ["Z2"], ["Z2"], []]
    met = attendance.overview(register)
    assert met.days["children"].tolist() == [3, 1]
    assert met.day_support == {
        "days": 2,
        "average_children": 2.0,
        "most_children": 3,
        "busiest": {"day": "2024-03-04", "minute": 870, "children": 2, "educators": 1},
    }
    assert met.hours[["hour", "children", "educators", "allowed"]].values.tolist() == [
        [14, 2, 1, 15],
        [15, 1, 2, 30],
        [16, 2, 2, 30],
        [17, 1, 0, 0],
    ]


@pytest.mark.parametrize("seed", range(8))
def test_the_moments_agree_with_a_count_minute_by_minute(seed):
    chance = random.Random(seed)
    days = ["2024-03-04", "2024-03-05"]
    sessions = []
    for n in range(5):
        start = chance.randrange(600, 640)
        staff = ";".join(chance.sample(["K1", "K2", "K3"], chance.randint(0, 2)))
        sessions.append([f"Z{n}", "A", chance.choice(days), start, start + chance.randrange(5, 40), staff])
    marks = []
    for session in sessions:
        for child in chance.sample(range(6), 4):
            arrived = chance.choice([None, chance.randrange(600, 660)])
            left = chance.choice([None, chance.randrange(600, 700)])
            marks.append([session[0], f"U{child}", "obecny", arrived, left])
    moments = attendance.on_duty(day_support_centre(sessions, marks))
    for day in days:
        last = (0, 0)
        expected = []
        for minute in range(590, 720):
            now = [s for s in sessions if s[2] == day and s[3] <= minute < s[4]]
            educators = {name for s in now for name in s[5].split(";") if name}
            children = set()
            for session, child, _, arrived, left in marks:
                held = next(s for s in sessions if s[0] == session)
                came = held[3] if arrived is None else arrived
                went = held[4] if left is None else left
                if held[2] == day and came <= minute < went:
                    children.add(child)
            if (len(children), len(educators)) != last:
                last = len(children), len(educators)
                expected.append([minute, *last])
        mine = moments[moments["day"] == pd.Timestamp(day)]
        assert mine[["minute", "children", "educators"]].values.tolist() == expected


def day_support_centre(sessions: list, marks: list) -> registers.Register:
    """The register of one group of a day-support centre with these sessions and marks."""

    def clock(minute: int | None) -> str | None:
        return None if minute is None else f"{minute // 60}:{minute % 60:02d}"

    tabs = [
        ["Formy wsparcia", ["Kod formy", "Forma wsparcia", "Sposób realizacji"], ["F1", "Świetlica", "PWD"]],
        ["Grupy", ["Kod grupy", "Forma wsparcia"], ["A", "F1"]],
        ["Kadra", ["Nr specjalisty", "Funkcja"], *([name, "wychowawca"] for name in ("K1", "K2", "K3"))],
        [
            "Uczestnicy",
            ["Nr uczestnika", "Płeć", "Wejście"],
            *([f"U{n}", "Kobieta", "2024-03-01"] for n in range(6)),
        ],
        [
            "Zajęcia",
            ["Nr zajęć", "Kod grupy", "Data", "Od", "Do", "Prowadzący", "Status"],
            *([*s[:3], clock(s[3]), clock(s[4]), s[5], "odbyte"] for s in sessions),
        ],
        [
            "Obecności",
            ["Nr zajęć", "Nr uczestnika", "Obecność", "Przyjście", "Wyjście"],
            *([*mark[:3], clock(mark[3]), clock(mark[4])] for mark in marks),
        ],
    ]
    tables = [Table.from_rows(title, rows) for title, *rows in tabs]
    return registers.register(registers.read_tabs(tables), dt.date(2024, 3, 31))
