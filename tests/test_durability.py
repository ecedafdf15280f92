"""Durability: declared, ready and used places, day by day, and what is missing or due."""

import datetime as dt
import json
import random

import pandas as pd
import pytest

from lib import durability
from lib import register as registers
from lib.dictionaries import Outcome, PlaceUnit, ReadinessState
from lib.durability import State
from lib.project import Period
from lib.records import Enquiry, Place, Readiness
from tests.conftest import sheet


def drawn(drawing: str, as_of: str = "2026-01-31") -> registers.Register:
    """The register of a workbook drawn in a text."""
    return registers.register(registers.read_tabs(sheet(drawing)), dt.date.fromisoformat(as_of))


def days(register: registers.Register) -> pd.DataFrame:
    """All days of all places, by place and day."""
    found = durability.days(
        register.places, register.readiness, register.enquiries, register.durability_period
    )
    return found.set_index(["place", found["day"].dt.strftime("%Y-%m-%d")], drop=False)


def months(register: registers.Register) -> pd.DataFrame:
    """All months of all places, by month as 2023-10."""
    found = durability.months(days(register).reset_index(drop=True))
    return found.set_index(found["month"].dt.strftime("%Y-%m"))


def iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


# --- days and months ----------------------------------------------------------------------------


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


def test_a_row_counts_through_its_last_day_and_a_month_is_as_ready_as_its_worst_day(register):
    """
    Miejsca
    Miejsce   | Rodzaj  | Liczba | Od         | Do
    Kandydaci | miejsce | 10     | 2023-10-01 | 2024-02-15

    Gotowość
    Miejsce   | Od         | Do         | Stan      | Liczba gotowych | Powód
    Kandydaci | 2023-10-01 | 2023-10-31 | gotowe    |                 |
    Kandydaci | 2023-11-01 | 2023-12-14 | częściowo | 9               | urlop
    Kandydaci | 2023-12-15 |            | gotowe    |                 |
    """
    by_day = days(register)["ready"]
    assert by_day.loc[("Kandydaci", "2023-10-31")] == 10
    assert by_day.loc[("Kandydaci", "2023-11-01")] == 9
    assert by_day.loc[("Kandydaci", "2023-12-14")] == 9
    assert by_day.loc[("Kandydaci", "2023-12-15")] == 10
    by_month = months(register)
    assert by_month["ready"].to_dict() == {
        "2023-10": 10,
        "2023-11": 9,
        "2023-12": 9,
        "2024-01": 10,
        "2024-02": 10,
    }
    assert by_month["margin"].tolist() == [0, -1, -1, 0, 0]
    assert iso(by_month.loc["2023-12", "first_short_day"]) == "2023-12-01"
    assert by_month.loc["2023-12", "entries"] == (1, 2)


@pytest.mark.parametrize(
    ("state", "number", "ready"),
    [
        ("gotowe", "", 4),
        ("gotowe", "3", 3),
        ("gotowe", "9", 4),
        ("częściowo", "", 0),
        ("częściowo", "1", 1),
        ("wstrzymane", "", 0),
        ("wstrzymane", "2", 2),
        ("niegotowe", "", 0),
        ("niegotowe", "0", 0),
    ],
)
def test_the_state_and_the_number_of_a_row_say_how_many_are_ready(state, number, ready):
    register = drawn(f"""
    Miejsca
    Miejsce   | Rodzaj  | Liczba | Od         | Do
    Kandydaci | miejsce | 4      | 2024-01-01 | 2024-01-01

    Gotowość
    Miejsce   | Od         | Do | Stan    | Liczba gotowych
    Kandydaci | 2023-10-01 |    | {state} | {number}
    """)
    assert days(register)["ready"].tolist() == [ready]


def test_of_two_rows_on_a_day_the_smaller_counts_with_its_reason(register):
    """
    Miejsca
    Miejsce | Rodzaj  | Liczba | Od         | Do
    Kurs    | miejsce | 10     | 2024-01-01 | 2024-01-04

    Gotowość
    Miejsce | Od         | Do         | Stan      | Liczba gotowych | Powód
    Kurs    | 2024-01-01 | 2024-01-03 | częściowo | 8               | remont
    Kurs    | 2024-01-02 | 2024-01-02 | częściowo | 5               | choroba
    Kurs    | 2024-01-03 |            | gotowe    |                 |
    """
    found = days(register).loc["Kurs"]
    assert found["ready"].tolist() == [8, 5, 8, 10]
    assert found["reason"].fillna("").tolist() == ["remont", "choroba", "remont", ""]
    overlaps = durability.overlaps(register.readiness)
    assert overlaps[["row", "other_row"]].to_numpy().tolist() == [[1, 0], [2, 0]]
    assert [iso(day) for day in overlaps["last"]] == ["2024-01-02", "2024-01-03"]


def test_a_place_has_days_of_its_own_or_else_those_of_the_project(register):
    """
    Projekt
    Parametr           | Wartość
    Początek trwałości | 2023-10-01
    Koniec trwałości   | 2023-12-31

    Miejsca
    Miejsce | Rodzaj      | Liczba | Od         | Do
    Prawo   | specjalista | 1      |            |
    Kurs    | miejsce     | 10     | 2023-11-15 |
    Szkoła  | specjalista | 1      |            | 2023-10-31

    Gotowość
    Miejsce | Od         | Do | Stan
    Prawo   | 2023-10-01 |    | gotowe
    Kurs    | 2023-10-01 |    | gotowe
    """
    counted = days(register)["day"].groupby(level=0)
    assert {place: (iso(d.min()), iso(d.max()), len(d)) for place, d in counted} == {
        "Prawo": ("2023-10-01", "2023-12-31", 92),
        "Kurs": ("2023-11-15", "2023-12-31", 47),
        "Szkoła": ("2023-10-01", "2023-10-31", 31),
    }
    totals = durability.by_month(months(register).reset_index(drop=True))
    assert totals[["declared", "ready"]].to_numpy().tolist() == [[2, 1], [11, 11], [11, 11]]
    assert days(drawn("Miejsca\nMiejsce | Rodzaj | Liczba\nPrawo | specjalista | 1")).empty


def test_a_slip_in_the_year_does_not_make_millions_of_days(register):
    """
    Miejsca
    Miejsce | Rodzaj  | Liczba | Od         | Do
    Kurs    | miejsce | 10     | 2023-10-01 | 9025-12-31
    """
    assert len(days(register)) == durability.LONGEST + 1


# --- use ----------------------------------------------------------------------------------------


def test_seats_count_every_person_and_a_provider_at_most_once(register):
    """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Kurs     | miejsce     | 2      | 2024-01-01 | 2024-01-31
    Mediacje | specjalista | 1      | 2024-01-01 | 2024-01-31

    Gotowość
    Miejsce  | Od         | Do | Stan
    Kurs     | 2024-01-01 |    | gotowe
    Mediacje | 2024-01-01 |    | gotowe

    Zgłoszenia
    Nr | Data       | Miejsce  | Wynik       | Od         | Do
    1  | 2024-01-02 | Kurs     | przyjęty    |            | 2024-01-10
    2  | 2023-12-01 | Kurs     | przyjęty    | 2024-01-05 |
    3  | 2024-01-06 | Kurs     | przyjęta    | 2024-01-10 | 2024-01-10
    4  | 2024-01-03 | Kurs     | rezygnacja  | 2024-01-03 |
    5  | 2024-01-04 | Mediacje | przyjęty    |            |
    6  | 2024-01-04 | Mediacje | przyjęty    |            | 2024-01-05
    """
    found = days(register)
    assert found.loc[("Kurs", "2024-01-01"), ["used", "free"]].tolist() == [0, 2]
    assert found.loc[("Kurs", "2024-01-02"), ["used", "free"]].tolist() == [1, 1]
    assert found.loc[("Kurs", "2024-01-10"), ["used", "free"]].tolist() == [3, 0]
    assert found.loc[("Kurs", "2024-01-11"), ["used", "free"]].tolist() == [1, 1]
    assert found.loc["Mediacje", "used"].tolist() == [0] * 3 + [1] * 28
    assert found.loc["Mediacje", "free"].isna().all()
    assert months(register)["used"].tolist() == [3, 1]
    seats = durability.overview(register).of(PlaceUnit.SEAT)
    assert seats == {"declared": 2, "due": 2, "ready": 2, "used": 1, "free": 1}


@pytest.mark.as_of("2024-01-10")
def test_what_readiness_says_of_used_places_stands_behind_the_number(register):
    """
    Projekt
    Parametr           | Wartość
    Początek trwałości | 2024-01-01
    Koniec trwałości   | 2024-01-31

    Miejsca
    Miejsce   | Rodzaj  | Liczba
    Kurs      | miejsce | 4
    Świetlica | miejsce | 2

    Gotowość
    Miejsce   | Od         | Stan   | Liczba zajętych
    Kurs      | 2024-01-01 | gotowe | 3
    Świetlica | 2024-01-01 | gotowe |

    Zgłoszenia
    Nr | Data       | Miejsce   | Wynik
    1  | 2024-01-02 | Kurs      | przyjęty
    2  | 2024-01-03 | Świetlica | przyjęty
    """
    seen = durability.overview(register)
    assert seen.of(PlaceUnit.SEAT)["used"] == 4
    assert (seen.told["row"].tolist(), seen.users["row"].tolist()) == ([0], [1])


@pytest.mark.as_of("2024-02-10")
def test_enquiries_are_told_by_month_and_place_with_what_became_of_them(register):
    """
    Miejsca
    Miejsce | Rodzaj  | Liczba | Od         | Do
    Kurs    | miejsce | 2      | 2024-01-01 | 2024-12-31

    Zgłoszenia
    Nr | Data       | Miejsce | Wynik      | Od         | Do         | Powód
    1  | 2024-01-02 | Kurs    | przyjęty   |            | 2024-02-09 |
    2  | 2024-01-03 | Kurs    | przyjęty   |            | 2024-02-10 |
    3  | 2024-01-31 | Kurs    | przyjęty   | 2024-02-11 |            |
    4  | 2024-02-01 | Kurs    | odmowa     |            |            | tajne
    5  | 2024-02-11 | Kurs    | skierowany |            |            |
    """
    found = durability.outcomes(register.enquiries, register.as_of)
    columns = ["asked", "admitted", "refused", "referred", "using", "finished"]
    assert found[columns].to_numpy().tolist() == [[3, 3, 0, 0, 1, 1], [1, 0, 1, 0, 0, 0]]
    assert found["rows"].tolist() == [(0, 1, 2), (3,)]
    said = durability.figures(register)
    assert said["enquiries"] == {"ADMITTED": 3, "WAITLISTED": 0, "REFERRED": 0, "RESIGNED": 0, "REFUSED": 1}
    assert "tajne" not in json.dumps(said)


def test_a_refusal_is_looked_at_only_where_a_place_was_ready_and_free(register):
    """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Kurs     | miejsce     | 1      | 2024-01-01 | 2024-12-31
    Mediacje | specjalista | 1      | 2024-01-01 | 2024-12-31

    Gotowość
    Miejsce  | Od         | Do         | Stan
    Kurs     | 2024-01-01 |            | gotowe
    Mediacje | 2024-01-01 | 2024-03-31 | gotowe

    Zgłoszenia
    Nr | Data       | Miejsce  | Wynik    | Od | Do
    1  | 2024-01-10 | Kurs     | odmowa   |    |
    2  | 2024-02-01 | Kurs     | przyjęty |    |
    3  | 2024-02-02 | Kurs     | odmowa   |    |
    4  | 2024-02-02 | Mediacje | przyjęty |    |
    5  | 2024-03-31 | Mediacje | odmowa   |    |
    6  | 2024-04-01 | Mediacje | odmowa   |    |
    7  | 2023-12-31 | Kurs     | odmowa   |    |
    """
    found = durability.refusals_while_ready(days(register).reset_index(drop=True), register.enquiries)
    cells = [register.cell(Enquiry, row, "outcome").address for row in found["row"]]
    assert list(zip(cells, found["free"], strict=True)) == [("Zgłoszenia!D2", 1), ("Zgłoszenia!D6", 1)]


# --- what is missing, and what is due -----------------------------------------------------------

HOLES = """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Mediacje | specjalista | 1      | 2023-10-01 | 2024-06-30
    Prawo    | specjalista | 1      | 2023-10-01 | 2024-06-30

    Gotowość
    Miejsce  | Od         | Do         | Stan       | Powód
    Mediacje | 2024-02-01 | 2024-03-31 | niegotowe  | urlop
    Mediacje | 2023-10-11 | 2023-12-31 | gotowe     |
    Mediacje | 2024-01-01 | 2024-01-20 | wstrzymane |
    Mediacje | 2023-12-01 | 2023-12-10 | gotowe     |
    """


def test_a_gap_is_before_or_between_the_rows_of_a_place_and_never_after_them():
    register = drawn(HOLES)
    gaps = durability.gaps(register.places, register.readiness, register.durability_period)
    found = [(gap.place, gap.row, iso(gap.first), iso(gap.last)) for gap in gaps.itertuples()]
    assert found == [("Mediacje", 0, "2024-01-21", "2024-01-31"), ("Mediacje", 1, "2023-10-01", "2023-10-10")]


def test_a_shortage_has_the_row_and_the_reason_in_force_and_its_days():
    register = drawn(HOLES)
    short = durability.shortages(days(register).reset_index(drop=True)).fillna({"entry": -1, "reason": ""})
    found = [(s.place, s.entry, iso(s.first), iso(s.last), s.days, s.reason) for s in short.itertuples()]
    assert found == [
        ("Mediacje", -1, "2023-10-01", "2023-10-10", 10, ""),
        ("Mediacje", 2, "2024-01-01", "2024-01-20", 20, ""),
        ("Mediacje", -1, "2024-01-21", "2024-01-31", 11, ""),
        ("Mediacje", 0, "2024-02-01", "2024-03-31", 60, "urlop"),
        ("Mediacje", -1, "2024-04-01", "2024-06-30", 91, ""),
        ("Prawo", -1, "2023-10-01", "2024-06-30", 274, ""),
    ]
    assert short["entries"].map(len).tolist() == [0, 1, 0, 1, 0, 0]


def test_of_the_days_to_come_only_what_is_entered_is_short():
    seen = durability.overview(drawn(HOLES, "2024-01-25"))
    ends = [(s.place, iso(s.first), iso(s.last)) for s in seen.shortages.itertuples()]
    assert ends[2:] == [
        ("Mediacje", "2024-01-21", "2024-01-25"),
        ("Mediacje", "2024-02-01", "2024-03-31"),
        ("Prawo", "2023-10-01", "2024-01-25"),
    ]
    assert seen.texts.loc["2024-02-01":"2024-05-01", 1].tolist() == ["0/1↓", "0/1↓", "–", "–"]
    assert seen.levels.loc["2023-10-01":"2024-04-01", 1].tolist() == [1, 3, 3, 1, 1, 1, 0]
    assert seen.texts.loc["2023-10-01", 1] == "0/1?"
    assert durability.overview(drawn(HOLES, "2023-12-31")).gaps["row"].tolist() == [1]


CHECKS = """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do         | Następny przegląd
    Mediacje | specjalista | 1      | 2023-10-01 | 2024-12-31 | 2024-03-01
    Prawo    | specjalista | 1      | 2023-10-01 | 2024-12-31 |
    Szkoła   | specjalista | 1      | 2023-10-01 | 2024-12-31 | 2024-01-05
    Grupa    | specjalista | 1      | 2023-10-01 | 2024-12-31 | 2024-05-01

    Gotowość
    Miejsce  | Od         | Do         | Stan   | Data potwierdzenia
    Mediacje | 2023-10-01 |            | gotowe | 2024-01-10
    Prawo    | 2023-10-01 |            | gotowe |
    Szkoła   | 2023-10-01 | 2023-12-31 | gotowe | 2023-10-01
    Szkoła   | 2024-01-01 |            | gotowe | 2024-01-10
    """


@pytest.mark.parametrize(
    ("day", "to_confirm"),
    [("2024-04-09", ["Prawo"]), ("2024-04-10", ["Mediacje", "Prawo", "Szkoła"]), ("2025-01-01", [])],
)
def test_a_row_in_force_is_to_be_confirmed_after_90_days_and_not_once_the_period_is_over(day, to_confirm):
    register = drawn(CHECKS, day)
    rows = durability.confirmations(
        register.places, register.readiness, register.durability_period, register.as_of
    )
    assert rows["place"][rows["to_confirm"]].tolist() == to_confirm
    old = [register.cell(Readiness, row, "place").raw for row in rows["row"][rows["to_confirm"]]]
    assert old == to_confirm


@pytest.mark.parametrize(
    ("day", "checks"),
    [
        ("2024-02-01", ["2024-03-01", "2023-12-30", "2024-04-09", "2024-05-01"]),
        ("2024-12-31", ["2024-03-01", "2023-12-30", "2024-04-09", "2024-05-01"]),
        ("2025-01-01", []),
    ],
)
def test_the_next_check_is_the_planned_one_or_90_days_after_the_confirmation_if_that_is_earlier(day, checks):
    register = drawn(CHECKS, day)
    found = durability.next_checks(
        register.places, register.readiness, register.durability_period, register.as_of
    )
    assert [iso(check) for check in found["next_check_on"]] == checks
    assert found["overdue"].tolist() == [check < day for check in checks]


def test_a_check_that_would_fall_after_the_period_is_not_due(register):
    """
    Miejsca
    Miejsce | Rodzaj      | Liczba | Od         | Do
    Prawo   | specjalista | 1      | 2023-10-01 | 2023-12-31

    Gotowość
    Miejsce | Od         | Do | Stan   | Data potwierdzenia
    Prawo   | 2023-10-01 |    | gotowe | 2023-10-03
    """
    due = durability.next_checks(
        register.places, register.readiness, register.durability_period, dt.date(2023, 12, 1)
    )
    assert due["next_check_on"].isna().tolist() == [True]
    assert due["overdue"].tolist() == [False]


@pytest.mark.as_of("2024-06-03")
def test_checkpoints_are_the_last_wednesdays_of_the_quarters_and_the_day_itself(register):
    """
    Miejsca
    Miejsce | Rodzaj      | Liczba | Od         | Do
    Kurs    | miejsce     | 10     | 2023-10-26 | 2024-10-30
    Prawo   | specjalista | 1      | 2023-10-01 | 2024-10-30

    Gotowość
    Miejsce | Od         | Do         | Stan
    Kurs    | 2023-10-26 | 2024-04-23 | gotowe
    Prawo   | 2023-10-01 |            | gotowe
    """
    found = durability.checkpoints(days(register).reset_index(drop=True), register.as_of)
    assert [(iso(point.day), point.declared, point.ready) for point in found.itertuples()] == [
        ("2023-10-25", 1, 1),
        ("2024-01-31", 11, 11),
        ("2024-04-24", 11, 1),
        ("2024-06-03", 11, 1),
        ("2024-07-31", 11, 1),
        ("2024-10-30", 11, 1),
    ]


# --- the whole of a project ---------------------------------------------------------------------

WHOLE = """
    Projekt
    Parametr           | Wartość
    Początek trwałości | 2023-10-01
    Koniec trwałości   | 2025-12-31

    Miejsca
    Miejsce  | Rodzaj      | Liczba
    Kurs     | miejsce     | 10
    Mediacje | specjalista | 1

    Gotowość
    Miejsce  | Od         | Do         | Stan
    Kurs     | 2023-10-01 |            | gotowe
    Mediacje | 2023-10-01 | 2025-12-30 | gotowe

    Zgłoszenia
    Nr | Data       | Miejsce | Wynik
    1  | 2024-01-02 | Kurs    | przyjęty
    """


@pytest.mark.parametrize(
    ("as_of", "state", "day", "ready", "used"),
    [
        ("2023-09-30", State.BEFORE, None, None, None),
        ("2023-10-01", State.RUNNING, "2023-10-01", 11, 0),
        ("2025-12-31", State.RUNNING, "2025-12-31", 10, 1),
        ("2026-01-01", State.OVER, "2025-12-31", 10, 1),
    ],
)
def test_before_the_period_nothing_is_counted_and_after_it_its_last_day_stays(as_of, state, day, ready, used):
    said = durability.figures(drawn(WHOLE, as_of))
    assert (said["state"], said["day"]) == (state, day)
    assert (said["declared"], said["ready"], said["used"]) == (11, ready, used)
    assert (said["first"], said["last"]) == ("2023-10-01", "2025-12-31")
    assert len(said["months"]) == 27
    assert [place["declared"] for place in said["places"]] == [10, 1]


def test_before_the_period_places_say_what_is_ready_already_and_nothing_is_due():
    early = WHOLE.replace("Kurs     | 2023-10-01 |", "Kurs     | 2023-09-01 |")
    said = durability.figures(drawn(early, "2023-09-30"))
    assert [(place["ready"], place["used"]) for place in said["places"]] == [(10, 0), (0, 0)]
    assert (said["state"], said["day"], said["ready"]) == (State.BEFORE, None, None)


def test_figures_are_plain_values_that_add_up():
    said = durability.figures(drawn(WHOLE, "2024-01-02"))
    assert json.loads(json.dumps(said)) == said
    assert said["months"][3] == {"month": "2024-01", "declared": 11, "ready": 11, "used": 1}
    assert said["months"][26] == {"month": "2025-12", "declared": 11, "ready": 10, "used": 1}
    course, mediation = said["places"]
    assert (course["place"], course["unit"], course["ready"], course["used"]) == ("Kurs", "SEAT", 10, 1)
    assert (course["free"], course["occupancy"]) == (9, 0.1)
    assert (mediation["unit"], mediation["free"], mediation["occupancy"]) == ("PROVIDER", None, None)
    assert said["next_check"] == {"place": "Kurs", "next_check_on": "2023-12-30", "overdue": True}
    assert said["to_confirm"] == 2


def test_without_places_or_without_their_days_the_figures_say_so():
    nothing = durability.figures(drawn("Notatki"))
    assert (nothing["state"], nothing["declared"], nothing["months"]) == ("none", 0, [])
    undated = durability.figures(drawn("Miejsca\nMiejsce | Rodzaj | Liczba\nPrawo | specjalista | 1"))
    assert (undated["state"], undated["declared"], undated["ready"]) == ("undated", 1, None)
    assert [place["first"] for place in undated["places"]] == [None]


def test_every_frame_has_its_columns_also_without_rows():
    empty, full = (durability.overview(drawn(text, "2024-01-02")) for text in ("Notatki", WHOLE))
    for name in (
        "places",
        "users",
        "told",
        "by_month",
        "months",
        "spells",
        "checkpoints",
        "shortages",
        "gaps",
        "outcomes",
    ):
        assert list(getattr(empty, name).columns) == list(getattr(full, name).columns), name
        assert getattr(empty, name).empty, name


# --- against a count by hand --------------------------------------------------------------------


def frames(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Places, readiness and enquiries at random: overlaps, holes, blanks, reversed rows and all."""
    chance = random.Random(seed)
    first = dt.date(2023, 9, 15)

    def day(blank: float = 0) -> dt.date | None:
        return None if chance.random() < blank else first + dt.timedelta(days=chance.randrange(150))

    names = [f"M{number}" for number in range(5)]
    places = [
        (name, chance.choice([*PlaceUnit]).value, chance.randrange(5), day(0.6), day(0.6), None)
        for name in names
    ]
    ready = [
        (
            chance.choice(names),
            day(),
            day(0.3),
            chance.choice([*ReadinessState]).value,
            chance.choice([None, 0, 1, 2, 3, 7]),
            chance.choice([None, None, 0, 1, 4]),
            chance.choice([None, "urlop"]),
            day(0.5),
        )
        for _ in range(chance.randrange(16))
    ]
    asked = [
        (
            day(),
            chance.choice(names),
            chance.choice([None, None, "1", "2"]),
            chance.choice([*Outcome]).value,
            day(0.4),
            day(0.4),
        )
        for _ in range(chance.randrange(40))
    ]
    return (
        frame(Place, places, "place", "unit", "declared", "starts_on", "ends_on", "next_check_on"),
        frame(
            Readiness,
            ready,
            *("place", "starts_on", "ends_on", "state", "ready", "used", "reason", "confirmed_on"),
        ),
        frame(Enquiry, asked, "asked_on", "place", "seat", "outcome", "starts_on", "ends_on"),
    )


def frame(record: type, rows: list[tuple[object, ...]], *columns: str) -> pd.DataFrame:
    """A frame as the register has it, with row numbers that are no positions."""
    result = pd.DataFrame(rows, columns=columns)
    for name in columns:
        kind = (
            "datetime64[s]"
            if name.endswith("_on")
            else "Int64"
            if name in ("declared", "ready", "used")
            else "str"
        )
        result[name] = result[name].astype(kind)
    return result.assign(row=range(100, 100 + 3 * len(rows), 3)).set_axis(range(7, 7 + len(rows)))


def rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame as plain values, None where blank."""
    return [
        {k: None if pd.isna(v) else v.date() if k.endswith("_on") else v for k, v in row.items()}
        for row in table.to_dict("records")
    ]


def counted(places, ready, asked, period: Period) -> dict[tuple[str, dt.date], tuple[int, int]]:
    """Ready and used of every place and day, one day after another in plain Python."""
    found = {}
    for place in rows(places):
        entries = [row for row in rows(ready) if row["place"] == place["place"]]
        users = [
            row for row in rows(asked) if row["place"] == place["place"] and row["outcome"] == "przyjęty"
        ]
        day, last = place["starts_on"] or period.first, place["ends_on"] or period.last
        while day <= last:
            numbers = [place["declared"]]
            in_force = []
            for row in entries:
                if row["starts_on"] <= day <= (row["ends_on"] or day):
                    default = place["declared"] if row["state"] == "gotowe" else 0
                    numbers.append(default if row["ready"] is None else row["ready"])
                    in_force.append((-min(numbers[0], numbers[-1]), row["starts_on"], row["used"]))
            there = [
                row["seat"]
                for row in users
                if (row["starts_on"] or row["asked_on"]) <= day <= (row["ends_on"] or day)
            ]
            people = there.count(None) + len(set(there) - {None})
            told = sorted(in_force, key=lambda one: one[:2])[-1:]
            if told and told[0][2] is not None:
                people = told[0][2]
            if place["unit"] == "specjalista":
                people = min(people, place["declared"])
            found[place["place"], day] = (min(numbers) if len(numbers) > 1 else 0, people)
            day += dt.timedelta(days=1)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_days_and_months_are_those_of_a_count_by_hand(seed):
    places, ready, asked = frames(seed)
    period = Period(dt.date(2023, 10, 1), dt.date(2023, 12, 31))
    expected = counted(places, ready, asked, period)
    by_day = durability.days(places, ready, asked, period)
    assert {(day.place, day.day.date()): (day.ready, day.used) for day in by_day.itertuples()} == expected
    by_month: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for (place, day), numbers in expected.items():
        by_month.setdefault((place, f"{day:%Y-%m}"), []).append(numbers)
    found = durability.readiness(places, ready, period, asked)
    assert {(m.place, f"{m.month:%Y-%m}"): (m.ready, m.used) for m in found.itertuples()} == {
        month: (min(r for r, _ in numbers), max(u for _, u in numbers)) for month, numbers in by_month.items()
    }
    spells = durability.spells(by_day)
    assert spells["days"].sum() == len(expected)
    told = {
        (spell.place, day.date()): (spell.ready, spell.used)
        for spell in spells.itertuples()
        for day in pd.date_range(spell.first, spell.last)
    }
    assert told == expected


@pytest.mark.parametrize("seed", range(12))
def test_gaps_and_shortages_are_those_of_a_count_by_hand(seed):
    places, ready, asked = frames(seed)
    period = Period(dt.date(2023, 10, 1), dt.date(2023, 12, 31))
    by_day = durability.days(places, ready, asked, period)
    missing = {(d.place, d.day) for d in by_day.itertuples() if pd.isna(d.entry)}
    last = {d.place: d.day for d in by_day.itertuples() if not pd.isna(d.entry)}
    holes = {(place, day) for place, day in missing if place in last and day < last[place]}
    gaps = durability.gaps(places, ready, period)
    found = {(gap.place, day) for gap in gaps.itertuples() for day in pd.date_range(gap.first, gap.last)}
    assert found == holes
    short = {(d.place, d.day) for d in by_day.itertuples() if d.ready < d.declared}
    runs = durability.shortages(by_day)
    assert runs["days"].sum() == len(short)
    assert {(s.place, day) for s in runs.itertuples() for day in pd.date_range(s.first, s.last)} == short
