"""Slips of people at a keyboard: each function makes one and says at which cell it is found."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeAlias

from lib.cells import Sex
from lib.demo.facts import Row, Tables
from lib.demo.people import age_on
from lib.dictionaries import EnrolmentState, Outcome, PlaceUnit, Presence, ReadinessState, SessionStatus
from lib.records import (
    Attendance,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
)

Cell: TypeAlias = tuple[type[Record], int, str]
"""The record, the number of the row from 0, the field."""


def _first(rows: list[Row], suits: Callable[[Row], bool], after: int = 0) -> int:
    """The number of the first row beyond `after` that suits."""
    return next(index for index, row in enumerate(rows) if index > after and suits(row))


# --- persons ------------------------------------------------------------------------------------


def pesel_checksum(tables: Tables) -> Cell:
    # swapped digits that differ by 5 would pass the checksum; a number has no digits to swap
    index = _first(
        tables[Participant],
        lambda row: (
            isinstance(row["pesel"], str) and (int(row["pesel"][-1]) - int(row["pesel"][-2])) % 5 != 0
        ),
        after=40,
    )
    row = tables[Participant][index]
    row["pesel"] = row["pesel"][:-2] + row["pesel"][-1] + row["pesel"][-2]
    return Participant, index, "pesel"


def pesel_sex(tables: Tables) -> Cell:
    index = 117
    row = tables[Participant][index]
    row["sex"] = Sex.MALE if Sex.parse(row["sex"]) is Sex.FEMALE else Sex.FEMALE
    return Participant, index, "sex"


def same_pesel(tables: Tables) -> Cell:
    rows = tables[Participant]
    first = next(row for row in rows if row["completed_path"] == "NIE" and isinstance(row["pesel"], str))
    again = {"person": f"U{len(rows) + 1:03}", "entered_on": None, "exited_on": None, "completed_path": None}
    rows.append({**first, **again})
    return Participant, len(rows) - 1, "pesel"


def impossible_birth(tables: Tables) -> Cell:
    index = 23
    tables[Participant][index]["birth_date"] = "31.11.2013"
    return Participant, index, "birth_date"


def entry_before_first_session(tables: Tables) -> Cell:
    rows, eight_days = tables[Participant], dt.timedelta(days=8)
    index = _first(rows, lambda row: _of_one_age(row, eight_days), after=30)
    rows[index]["entered_on"] -= eight_days
    return Participant, index, "entered_on"


def _of_one_age(row: Row, earlier: dt.timedelta) -> bool:
    """Whether the typed age would be right on an earlier day of entry too."""
    entered, birth = row["entered_on"], row["birth_date"]
    dates = isinstance(entered, dt.date) and isinstance(birth, dt.date)
    return dates and age_on(birth, entered - earlier) == age_on(birth, entered)


def exit_before_entry(tables: Tables) -> Cell:
    rows = tables[Participant]
    index = _first(rows, _left_earlier_in_a_later_year, after=12)
    rows[index]["exited_on"] = rows[index]["exited_on"].replace(year=rows[index]["entered_on"].year)
    return Participant, index, "exited_on"


def _left_earlier_in_a_later_year(row: Row) -> bool:
    entered, exited = row["entered_on"], row["exited_on"]
    dates = isinstance(entered, dt.date) and isinstance(exited, dt.date)
    return dates and (exited.month, exited.day) < (entered.month, entered.day)


# --- groups, sessions, attendance ---------------------------------------------------------------


def group_over_limit(tables: Tables) -> Cell:
    """A group that began full enough and that nobody joined or left later."""
    enrolments = Counter(row["group"] for row in tables[Enrolment])
    changed = {row["group"] for row in tables[Enrolment] if row["state"] != EnrolmentState.COMPLETED}
    groups = tables[Group]
    index = _first(
        groups, lambda row: 12 < enrolments[row["group"]] <= row["limit"] and row["group"] not in changed
    )
    groups[index]["limit"] = enrolments[groups[index]["group"]] - 1
    return Group, index, "limit"


def still_planned(tables: Tables) -> Cell:
    index = _cancelled(tables)[1]
    tables[Session][index] |= {"status": SessionStatus.PLANNED, "topic": "Podsumowanie i pytania"}
    return Session, index, "status"


def _cancelled(tables: Tables) -> list[int]:
    return [i for i, row in enumerate(tables[Session]) if row["status"] == SessionStatus.CANCELLED]


def double_booked(tables: Tables) -> Cell:
    """The leader of one of two sessions at the same time is entered for both."""
    held = [(i, row) for i, row in enumerate(tables[Session]) if _plainly_held(row)]
    for (_, one), (index, other) in combinations(held, 2):
        if one["day"] == other["day"] and one["leaders"] != other["leaders"] and _overlap(one, other):
            other["leaders"] = one["leaders"]
            return Session, index, "leaders"
    raise LookupError


def _plainly_held(row: Row) -> bool:
    cells = (row["day"], row["starts_at"], row["ends_at"])
    return row["status"] == SessionStatus.HELD and not any(isinstance(cell, str) for cell in cells)


def _overlap(one: Row, other: Row) -> bool:
    starts, ends = (one["starts_at"], other["starts_at"]), (one["ends_at"], other["ends_at"])
    return max(starts) < min(ends)


def end_before_start(tables: Tables) -> Cell:
    rows = tables[Session]
    index = _first(rows, lambda row: _plainly_held(row) and row["ends_at"] == dt.time(19))
    rows[index]["ends_at"] = dt.time(9)
    return Session, index, "ends_at"


def one_educator(tables: Tables) -> Cell:
    """On the fullest day of the day-support centre only one educator is entered."""
    present = Counter(row["session"] for row in tables[Attendance] if row["presence"] == Presence.PRESENT)
    session = present.most_common(1)[0][0]
    index = _first(tables[Session], lambda row: row["session"] == session)
    tables[Session][index]["leaders"] = tables[Session][index]["leaders"].split(";")[0]
    return Session, index, "leaders"


def on_cancelled_session(tables: Tables) -> Cell:
    index = _cancelled(tables)[-1]
    session = tables[Session][index]
    there = next(
        row
        for row in tables[Enrolment]
        if row["group"] == session["group"]
        and row["state"] == EnrolmentState.COMPLETED
        and isinstance(row["started_on"], dt.date)
        and row["started_on"] <= session["day"]
    )
    rows = tables[Attendance]
    rows.append({**rows[0], "session": session["session"], "person": there["person"]})
    return Attendance, len(rows) - 1, "session"


def marked_twice(tables: Tables) -> Cell:
    rows = tables[Attendance]
    rows.append(dict(rows[len(rows) // 2]))
    return Attendance, len(rows) - 1, "person"


def mistyped_person(tables: Tables) -> Cell:
    """The letter O for a zero in the number of a person who is always there."""
    index = next(i for i in _of_the_faithful(tables) if "0" in str(tables[Attendance][i]["person"]))
    person = str(tables[Attendance][index]["person"])
    tables[Attendance][index]["person"] = person.replace("0", "O", 1)
    return Attendance, index, "person"


def word_of_ones_own(tables: Tables) -> Cell:
    index = next(_of_the_faithful(tables))
    tables[Attendance][index]["presence"] = "wycieczka"
    return Attendance, index, "presence"


def time_without_its_zero(tables: Tables) -> Cell:
    """14:30 typed as 14.3, which may be 14:30, 14:03 or 14:18."""
    rows = tables[Attendance]
    half_past = [dt.time(hour, 30) for hour in range(24)]
    index = _first(rows, lambda row: row["arrived_at"] in half_past, after=900)
    rows[index]["arrived_at"] = f"{rows[index]['arrived_at'].hour}.3"
    return Attendance, index, "arrived_at"


def _of_the_faithful(tables: Tables) -> Iterator[int]:
    """Attendances, each the fourth of somebody who never missed anything."""
    marks: dict[object, list[int]] = {}
    for index, row in enumerate(tables[Attendance]):
        marks.setdefault(row["person"], []).append(index)
    for mine in marks.values():
        if len(mine) > 6 and all(tables[Attendance][i]["presence"] == Presence.PRESENT for i in mine):
            yield mine[3]


# --- money --------------------------------------------------------------------------------------


def american_day(tables: Tables) -> Cell:
    rows = tables[Expense]
    index = _first(
        rows, lambda row: isinstance(day := row["issued_on"], dt.date) and 12 >= day.day != day.month
    )
    rows[index]["issued_on"] = f"{rows[index]['issued_on']:%d/%m/%y}"
    return Expense, index, "issued_on"


def letter_in_amount(tables: Tables) -> Cell:
    rows = tables[Expense]
    index = _first(
        rows,
        lambda row: (
            isinstance(row["eligible_gr"], float)
            and row["own_gr"] is None
            and "0" in str(int(row["eligible_gr"]))
        ),
        after=60,
    )
    amount = f"{rows[index]['eligible_gr']:.2f}".replace(".", ",")
    rows[index]["eligible_gr"] = amount.replace("0", "o", 1)
    return Expense, index, "eligible_gr"


def paid_too_late(tables: Tables) -> Cell:
    index = max(i for i, row in enumerate(tables[Expense]) if str(row["document"]).startswith("FV"))
    tables[Expense][index]["paid_on"] = dt.date(2023, 10, 12)
    return Expense, index, "paid_on"


def parts_not_sum(tables: Tables) -> Cell:
    rows = tables[Expense]
    index = _first(rows, lambda row: isinstance(row["own_gr"], float), after=150)
    rows[index]["own_gr"] = round(rows[index]["own_gr"] - 90, 2)
    return Expense, index, "own_gr"


# --- durability ---------------------------------------------------------------------------------


def places_short(tables: Tables) -> Cell:
    """Not a slip: the reduction is real and has its reason, and the promise is short all the same."""
    short = next(row for row in tables[Readiness] if row["state"] == ReadinessState.PARTLY)
    index = next(i for i, row in enumerate(tables[Place]) if row["place"] == short["place"])
    return Place, index, "declared"


def not_confirmed(tables: Tables) -> Cell:
    """The last checks of a place are not there; its row was made longer instead."""
    place = tables[Place][3]
    mine = [row for row in tables[Readiness] if row["place"] == place["place"]]
    last = max(row["ends_on"] for row in mine)
    kept = [row for row in mine if row["starts_on"] < dt.date(2025, 9, 10)]
    tables[Readiness][:] = [row for row in tables[Readiness] if row in kept or row["place"] != place["place"]]
    kept[-1]["ends_on"] = last
    return Readiness, tables[Readiness].index(kept[-1]), "confirmed_on"


def row_not_closed(tables: Tables) -> Cell:
    """A row of readiness goes on for six days beside the next one."""
    place = tables[Place][2]["place"]
    index = _first(tables[Readiness], lambda row: row["place"] == place) + 4
    tables[Readiness][index]["ends_on"] += dt.timedelta(days=6)
    return Readiness, index + 1, "starts_on"


def refused_although_ready(tables: Tables) -> Cell:
    """A person is sent away from a specialist who was there, not to another place but for good."""
    rows = tables[Enquiry]
    providers = {row["place"] for row in tables[Place] if row["unit"] == PlaceUnit.PROVIDER}
    index = _first(
        rows, lambda row: row["place"] in providers and row["outcome"] == Outcome.REFERRED, after=20
    )
    rows[index]["outcome"] = Outcome.REFUSED
    return Enquiry, index, "outcome"
