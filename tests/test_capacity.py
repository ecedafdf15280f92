"""Capacity: persons, forms, groups and waiting lists as of a day."""

import datetime as dt
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lib import capacity
from lib import register as registers
from lib.cells import Sex
from lib.dictionaries import EnrolmentState
from lib.records import Enrolment, Group, Participant
from tests.conftest import sheet


@pytest.mark.as_of("2024-06-30")
def test_who_comes_back_under_the_same_pesel_is_one_person_with_the_first_entry_and_the_last_exit(register):
    """
    Uczestnicy
    Nr uczestnika | PESEL       | Płeć      | Data urodzenia | Grupa docelowa | Wejście    | Wyjście
    U1            | 90051200122 | Kobieta   | 1990-05-12     | Rodzina        | 2024-01-10 | 2024-02-20
    U2            | 72030400138 | Mężczyzna | 1972-03-04     | Rodzina        | 2024-02-01 |
    U3            | 90051200122 | Kobieta   | 1990-05-12     | Kandydat       | 2024-05-01 | 2024-06-30
    """
    people = capacity.supported(register).set_index("person")
    assert list(people.index) == ["U1", "U2"]
    assert people.loc["U1", "entered_on"] == pd.Timestamp("2024-01-10")
    assert people.loc["U1", "exited_on"] == pd.Timestamp("2024-06-30")
    assert people.loc["U1", "target_group"] == "Rodzina"
    assert register.cell(Participant, people.loc["U1", "row"], "person").address == "Uczestnicy!A2"


NOTHING = "Notatki"

ENTRIES = """
    Uczestnicy
    Nr uczestnika | Płeć    | Wejście    | Wyjście
    U1            | Kobieta | 2024-01-10 | 2024-03-31
    U2            | Kobieta | 2024-04-01 |
    U3            | Kobieta |            |
    """


@pytest.mark.parametrize(
    ("day", "ever", "active"),
    [("2024-01-09", 0, 0), ("2024-01-10", 1, 1), ("2024-03-31", 1, 1), ("2024-04-01", 2, 1)],
)
def test_a_person_is_active_from_the_entry_through_the_day_of_exit_and_an_applicant_never(day, ever, active):
    people = capacity.supported(drawn(ENTRIES, day))
    assert (len(people), int(people["active"].sum())) == (ever, active)


@pytest.mark.as_of("2024-12-31")
def test_age_is_in_completed_years_on_the_day_of_entry(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć    | Data urodzenia | Data rozpoczęcia udziału
    U1            | Kobieta | 1999-03-02     | 2024-03-01
    U2            | Kobieta | 1999-03-01     | 2024-03-01
    U3            | Kobieta | 2008-02-29     | 2023-02-28
    U4            | Kobieta | 2008-02-29     | 2023-03-01
    U5            | Kobieta | 1969-01-02     | 2024-01-01
    U6            | Kobieta | 1969-01-02     | 2024-01-02
    U7            | Kobieta |                | 2024-01-01
    U8            | Kobieta | 2024-01-01     | 2024-01-01
    """
    people = capacity.supported(register).set_index("person")
    assert people["age"].to_dict() | {"U7": None} == {
        "U1": 24, "U2": 25, "U3": 14, "U4": 15, "U5": 54, "U6": 55, "U7": None, "U8": 0,
    }  # fmt: skip
    assert people["age_band"].tolist() == [
        "18-24", "25-54", "7-14", "15-17", "25-54", "55+", "nie podano", "0-6",
    ]  # fmt: skip


@pytest.mark.as_of("2024-12-31")
def test_the_supported_are_divided_by_sex_within_every_feature(register):
    """
    Projekt
    Parametr       | Wartość
    Grupa docelowa | Rodzina
    Grupa docelowa | Kandydat

    Uczestnicy
    Nr uczestnika | Płeć      | Grupa docelowa | Data rozpoczęcia udziału | Data zakończenia udziału
    U1            | Kobieta   | Rodzina        | 2024-01-01               | 2024-02-01
    U2            | Mężczyzna | Rodzina        | 2024-01-01               |
    U3            | Kobieta   |                | 2024-01-01               |
    U4            | ?         | Sąsiad         | 2024-01-01               |
    """
    features = capacity.overview(register).features.set_index("feature")
    columns = ["label", "ever", "active", "women", "men"]
    groups = features.loc["target_group"]
    assert groups[columns].values.tolist() == [
        ["Rodzina", 2, 1, 1, 1],
        ["Kandydat", 0, 0, 0, 0],
        ["Sąsiad", 1, 1, 0, 0],
        ["nie podano", 1, 1, 1, 0],
    ]
    assert features.loc["sex", columns[:3]].values.tolist() == [
        ["Kobieta", 2, 1],
        ["Mężczyzna", 1, 1],
        ["nie podano", 1, 1],
    ]
    rows = groups["rows"].iloc[0]
    assert [register.cell(Participant, row, "person").raw for row in rows] == ["U1", "U2"]


PACE = """
    Projekt
    Parametr             | Wartość
    Początek realizacji  | 2024-01-01
    Koniec realizacji    | 2024-12-31
    Docelowa liczba osób | 10

    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-01-15
    U2            | Kobieta | 2024-02-10
    U3            | Kobieta | 2024-03-20
"""


@pytest.mark.parametrize(
    ("day", "ever", "needed", "margin"),
    [
        ("2023-12-31", 0, 0, 0),
        ("2024-01-01", 0, 1, -1),  # 10 x 1/366 is a whole person only when rounded up
        ("2024-06-30", 3, 5, -2),  # 10 x 182/366
        ("2024-07-01", 3, 5, -2),  # 10 x 183/366 is 5 exactly
        ("2024-07-02", 3, 6, -3),
        ("2025-06-30", 3, 10, -7),
    ],
)
def test_the_pace_is_the_target_by_the_share_of_days_elapsed_in_whole_persons(day, ever, needed, margin):
    pace = capacity.pace(drawn(PACE, day))
    assert (pace["ever"], pace["needed"], pace["margin"], pace["target"]) == (ever, needed, margin, 10)


def test_the_curve_counts_persons_to_the_end_of_each_month_and_says_nothing_of_the_future():
    curve = capacity.pace_curve(drawn(PACE, "2024-03-15"))
    assert len(curve) == 12
    assert curve["month"].iloc[0] == pd.Timestamp("2024-01-01")
    assert curve["day"].dt.strftime("%m-%d").tolist()[:4] == ["01-31", "02-29", "03-15", "04-30"]
    assert curve["ever"].tolist()[:3] == [1, 2, 2]
    assert curve["ever"].iloc[3:].isna().all()
    assert curve["needed"].tolist()[-1] == 10


@pytest.mark.as_of("2024-03-31")
def test_without_a_target_and_a_period_there_is_no_pace_but_the_people_are_still_counted(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-01-15
    """
    assert capacity.pace(register) == {
        "target": None, "ever": 1, "missing": None, "share": None, "needed": None, "margin": None,
    }  # fmt: skip
    curve = capacity.pace_curve(register)
    assert curve["ever"].tolist() == [1, 1, 1]
    assert curve["needed"].isna().all()


@pytest.mark.as_of("2024-06-30")
def test_the_sum_of_forms_is_participations_and_not_persons(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia | Planowana liczba osób
    F1        | Mediacje       | 20
    F2        | Warsztaty      |
    F3        | Kurs           |

    Grupy
    Kod grupy | Forma wsparcia
    A         | F1
    B         | F2
    C         | F2

    Uczestnicy
    Nr uczestnika | Płeć      | Data rozpoczęcia udziału
    U1            | Kobieta   | 2024-01-01
    U2            | Mężczyzna | 2024-01-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | A         | zakwalifikowany | 2024-01-01      | 2024-01-01 |
    U1            | B         | ukończony       | 2024-01-01      | 2024-01-01 | 2024-02-01
    U1            | C         | zakwalifikowany | 2024-01-01      | 2024-03-01 |
    U2            | B         | zakwalifikowany | 2024-01-01      | 2024-01-05 |
    U2            | A         | lista rezerwowa | 2024-01-01      |            |
    U2            | C         | zakwalifikowany | 2024-01-01      | 2024-07-01 |
    """
    forms = capacity.forms(register).set_index("form")
    assert forms["persons"].to_dict() == {"F1": 1, "F2": 2, "F3": 0}
    assert forms["participations"].to_dict() == {"F1": 1, "F2": 3, "F3": 0}
    assert forms["women"].tolist() == [1, 1, 0]
    assert forms["men"].tolist() == [0, 1, 0]
    assert forms["active"].tolist() == [1, 2, 0]
    assert forms.loc["F1", "planned"] == 20
    assert [register.cell(Enrolment, row, "group").address for row in forms.loc["F2", "rows"]] == [
        "Zapisy!B3",
        "Zapisy!B4",
        "Zapisy!B5",
    ]
    overlap = capacity.overlap(register)
    assert overlap.to_dict() == {"F1": {"F1": 1, "F2": 1}, "F2": {"F1": 1, "F2": 2}}
    figures = capacity.figures(register)["persons"]
    assert figures["ever"] == 2
    assert sum(form["participations"] for form in figures["by_form"]) == 4


STAYS = """
    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Od         | Do
    A         | F1             | 2            | 2024-01-01 | 2024-12-31
    B         | F1             |              |            |
    C         | F1             | 1            | 2025-01-01 |

    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-01-01
    U2            | Kobieta | 2024-01-01
    U3            | Kobieta | 2024-01-01
    U4            | Kobieta |
    U5            | Kobieta |

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Rezerwa od | Od         | Do
    U1            | A         | ukończony       | 2024-01-01      |            | 2024-01-10 | 2024-03-31
    U2            | A         | próbny          | 2024-01-05      |            |            |
    U3            | A         | zakwalifikowany | 2024-01-06      | 2024-01-20 | 2024-04-01 |
    U4            | A         | lista rezerwowa | 2024-01-07      | 2024-02-01 |            |
    U5            | A         | lista rezerwowa | 2024-01-08      |            |            |
    U5            | B         | zgłoszony       | 2024-01-08      |            |            |
    U4            | B         | anulowany       | 2024-01-08      | 2024-01-15 |            | 2024-02-10
    U1            | B         | zakwalifikowany | 2024-02-01      |            | 2024-02-01 |
    """


@pytest.mark.parametrize(
    ("day", "taken", "waiting"),
    [
        ("2024-01-04", 0, 0),
        ("2024-01-05", 1, 0),
        ("2024-01-10", 2, 1),
        ("2024-01-20", 2, 2),
        ("2024-03-31", 2, 3),
        ("2024-04-01", 2, 2),
    ],
)
def test_one_admitted_from_the_waiting_list_waits_until_the_day_before_the_first_day(day, taken, waiting):
    group = capacity.groups(drawn(STAYS, day)).set_index("group").loc["A"]
    assert (group["taken"], group["waiting"], group["free"]) == (taken, waiting, 2 - taken)


def test_a_group_without_a_limit_has_no_number_of_free_places():
    groups = capacity.groups(drawn(STAYS, "2024-02-10")).set_index("group")
    assert groups.loc["B", ["taken", "waiting"]].tolist() == [1, 1]
    assert pd.isna(groups.loc["B", "free"])
    assert groups["running"].to_dict() == {"A": True, "B": True, "C": False}
    assert capacity.figures(drawn(STAYS, "2024-02-10"))["groups"][1]["free"] is None


def test_a_cancelled_wish_waits_through_its_end_and_an_application_never():
    assert capacity.waiting_list(drawn(STAYS, "2024-02-10"))["person"].tolist() == ["U5", "U3", "U4", "U4"]
    assert capacity.waiting_list(drawn(STAYS, "2024-02-11"))["group"].tolist() == ["A", "A", "A"]


@pytest.mark.as_of("2024-03-31")
def test_who_waits_in_a_row_of_its_own_waits_until_admitted_once_and_not_while_in_the_group(register):
    """
    Grupy
    Kod grupy | Forma wsparcia
    A         | F1

    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-01-01
    U2            | Kobieta |
    U3            | Kobieta | 2024-01-01
    U4            | Kobieta | 2024-01-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1       | A         | lista rezerwowa | 2024-01-05      |            |
    U1       | A         | zakwalifikowany | 2024-02-01      | 2024-02-01 |
    U2       | A         | lista rezerwowa | 2024-01-08      |            |
    U2       | A         | lista rezerwowa | 2024-01-09      |            |
    U3       | A         | zakwalifikowany | 2024-01-02      | 2024-01-02 |
    U3       | A         | lista rezerwowa | 2024-03-01      |            |
    U4       | A         | ukończony       | 2024-01-02      | 2024-01-02 | 2024-01-31
    U4       | A         | lista rezerwowa | 2024-03-01      |            |
    """
    assert capacity.groups(register).loc[0, ["taken", "waiting"]].tolist() == [2, 2]
    assert capacity.waiting_list(register)[["person", "days"]].values.tolist() == [["U2", 83], ["U4", 30]]
    days = capacity.history(register, "A").set_index("day")
    assert days.loc["2024-01-31", ["taken", "waiting"]].tolist() == [2, 2]
    assert days.loc["2024-02-01", ["taken", "waiting"]].tolist() == [2, 1]


def test_the_waiting_list_has_positions_by_the_day_of_getting_on_it_and_days_waited():
    register = drawn(STAYS, "2024-02-11")
    waiting = capacity.waiting_list(register)
    assert waiting[["group", "position", "person", "days"]].values.tolist() == [
        ["A", 1, "U5", 34],
        ["A", 2, "U3", 22],
        ["A", 3, "U4", 10],
    ]
    assert register.cell(Enrolment, waiting.loc[0, "row"], "person").address == "Zapisy!A6"


def test_history_holds_each_number_until_it_changes_and_ends_on_the_day():
    register = drawn(STAYS, "2024-04-02")
    days = capacity.history(register, "A").set_index("day")
    assert (days.index[0], days.index[-1]) == (pd.Timestamp("2024-01-05"), pd.Timestamp("2024-04-02"))
    assert days.loc["2024-03-31", ["taken", "waiting", "free"]].tolist() == [2, 3, 0]
    assert days.loc["2024-04-01", ["taken", "waiting", "free"]].tolist() == [2, 2, 0]
    assert capacity.history(register, "C").empty
    assert list(capacity.history(register, "C").columns) == ["day", "taken", "waiting", "free"]


@pytest.mark.as_of("2024-03-31")
def test_a_handover_on_the_next_day_changes_nothing_and_a_reversed_stay_takes_no_place(register):
    """
    Grupy
    Kod grupy | Forma wsparcia
    A         | F1

    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-01-01
    U2            | Kobieta | 2024-01-01
    U3            | Kobieta | 2024-01-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
    U1            | A         | ukończony       | 2024-01-01      | 2024-01-01 | 2024-01-31
    U2            | A         | zakwalifikowany | 2024-01-01      | 2024-02-01 |
    U3            | A         | przerwany       | 2024-01-01      | 2024-03-01 | 2024-02-01
    """
    assert capacity.occupancy(register).values.tolist() == [["A", pd.Timestamp("2024-01-01"), 1, 0]]


@pytest.mark.as_of("2024-03-31")
def test_waiting_while_places_are_free_stands_beside_members_who_do_not_come(register):
    """
    Formy wsparcia
    Kod formy | Forma wsparcia | Sposób realizacji
    F1        | Warsztaty      | grupowa

    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Do
    A         | F1             | 2            |
    B         | F1             | 1            |
    C         | F1             | 1            |
    D         | F1             | 2            | 2024-03-30

    Uczestnicy
    Nr uczestnika | Płeć    | Data rozpoczęcia udziału
    U1            | Kobieta | 2024-03-01
    U2            | Kobieta |

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
    U1            | A         | zakwalifikowany | 2024-03-01      | 2024-03-01
    U2            | A         | lista rezerwowa | 2024-03-01      |
    U1            | B         | zakwalifikowany | 2024-03-01      | 2024-03-01
    U2            | B         | lista rezerwowa | 2024-03-01      |
    U1            | C         | zakwalifikowany | 2024-03-01      | 2024-03-01
    U2            | D         | lista rezerwowa | 2024-03-01      |

    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | C         | 2024-03-25 | odbyte

    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1       | U1            | nieobecny
    """
    now = capacity.overview(register)
    assert now.hidden[["group", "waiting", "free", "absent"]].values.tolist() == [
        ["A", 1, 1, 0],
        ["C", 0, 0, 1],
    ]
    assert register.cell(Group, now.hidden.loc[1, "row"], "group").address == "Grupy!A4"


FIGURES = {
    "persons": {
        "ever", "active", "target", "by_sex", "by_age", "by_target_group", "by_feature", "by_form",
        "in_both_forms", "pace", "curve",
    },
    "sessions": {"planned", "held", "cancelled", "overdue"},
    "attendance": {"present", "absent", "rate", "by_form", "by_group", "by_month"},
}  # fmt: skip


def test_with_no_data_at_all_every_figure_is_there_and_empty():
    register = drawn(NOTHING, "2024-03-31")
    figures = json.loads(json.dumps(capacity.figures(register)))
    assert {name: set(figures[name]) for name in FIGURES} == FIGURES
    assert figures["persons"]["ever"] == figures["persons"]["active"] == 0
    assert figures["persons"]["by_sex"] == {"Kobieta": 0, "Mężczyzna": 0}
    assert figures["groups"] == figures["waiting"] == figures["persons"]["by_form"] == []
    assert figures["attendance"]["rate"] is None
    assert figures["day_support"] is None


@pytest.mark.parametrize("drawing", [NOTHING, ENTRIES])
def test_results_have_all_their_columns_also_without_rows(drawing):
    empty = capacity.overview(drawn(drawing, "2023-01-01"))
    full = capacity.overview(drawn(STAYS, "2024-02-10"))
    for name in ("people", "features", "forms", "curve", "groups", "hidden", "waiting", "absent"):
        assert list(getattr(empty, name).columns) == list(getattr(full, name).columns), name
    assert list(capacity.occupancy(drawn(drawing, "2023-01-01"))) == ["group", "day", "taken", "waiting"]


def test_figures_are_ready_for_json_with_the_names_that_others_rely_on():
    figures = json.loads(json.dumps(capacity.figures(drawn(STAYS, "2024-02-10"))))
    assert figures["persons"]["by_form"][0]["form"] == "F1"
    assert figures["persons"]["by_form"][0]["persons"] == 2
    assert figures["persons"]["by_form"][0]["participations"] == 3
    group = figures["groups"][0]
    assert {name: group[name] for name in ("group", "form", "limit", "taken", "waiting", "free")} == {
        "group": "A", "form": "F1", "limit": 2, "taken": 2, "waiting": 3, "free": 0,
    }  # fmt: skip
    assert figures["waiting"][0]["since"] == "2024-01-08"
    assert figures["persons"]["by_sex"] == {Sex.FEMALE.value: 3, Sex.MALE.value: 0}


# --- against a count day by day in plain Python -------------------------------------------------

FIRST = dt.date(2024, 1, 1)
day = some.integers(0, 40).map(lambda n: FIRST + dt.timedelta(days=n))
enrolment = some.fixed_dictionaries(
    {
        "group": some.sampled_from(["A", "B"]),
        "state": some.sampled_from(list(EnrolmentState)),
        "requested_on": day,
        "waitlisted_on": some.none() | day,
        "started_on": some.none() | day,
        "ended_on": some.none() | day,
    }
)


def takes(e: dict[str, Any], on: dt.date) -> bool:
    began = e["started_on"] or e["requested_on"]
    return e["state"].takes_place and began <= on and (e["ended_on"] is None or on <= e["ended_on"])


def waits(e: dict[str, Any], on: dt.date) -> bool:
    listed = e["state"] == EnrolmentState.WAITLISTED
    since = e["waitlisted_on"] or (e["requested_on"] if listed else None)
    if since is None or on < since or (e["state"] == EnrolmentState.CANCELLED and e["ended_on"] is None):
        return False
    began = e["started_on"] or (e["requested_on"] if e["state"].takes_place else None)
    return on < began if began else e["ended_on"] is None or on <= e["ended_on"]


@settings(max_examples=60, deadline=None)
@given(some.lists(enrolment, max_size=12), day)
def test_stays_agree_with_a_count_day_by_day(enrolments, as_of):
    columns = ["person", "group", "state", "requested_on", "waitlisted_on", "started_on", "ended_on"]
    frame = pd.DataFrame(
        [{**e, "person": f"U{n}", "state": e["state"].value} for n, e in enumerate(enrolments)],
        columns=columns,
    ).astype(dict.fromkeys(columns[:3], "str") | dict.fromkeys(columns[3:], "datetime64[s]"))
    register = Enrolments(frame.assign(form="F1", row=range(len(frame))), as_of)
    expected, last = [], {"A": (0, 0), "B": (0, 0)}
    for n in range((as_of - FIRST).days + 1):
        on = FIRST + dt.timedelta(days=n)
        for group in last:
            mine = [e for e in enrolments if e["group"] == group]
            count = sum(takes(e, on) for e in mine), sum(waits(e, on) for e in mine)
            if count != last[group]:
                expected.append([group, pd.Timestamp(on), *count])
                last[group] = count
    assert capacity.occupancy(register).values.tolist() == sorted(expected)
    assert len(capacity.waiting_list(register)) == sum(waits(e, as_of) for e in enrolments)


class Enrolments:
    """As much of a register as enrolments need."""

    def __init__(self, enrolments: pd.DataFrame, as_of: dt.date) -> None:
        self.enrolments = enrolments
        self.as_of = as_of


def drawn(drawing: str, as_of: str) -> registers.Register:
    """The register of a drawn workbook, for tests that look at one workbook on several days."""
    return registers.register(registers.read_tabs(sheet(drawing)), dt.date.fromisoformat(as_of))
