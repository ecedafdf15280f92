"""Checks of the sessions: when they are, who leads them, how many children an educator has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import attendance, words
from lib.checks.check import needs
from lib.dictionaries import SessionStatus
from lib.findings import (
    CHILDREN_PER_EDUCATOR,
    LEFT_BEFORE_ARRIVAL,
    SESSION_END_BEFORE_START,
    SESSION_HELD_IN_FUTURE,
    SESSION_OUTSIDE_PROJECT,
    SESSION_STILL_PLANNED,
    SPECIALIST_DOUBLE_BOOKED,
    SPECIALIST_WITHOUT_CONTRACT,
    Finding,
)
from lib.records import Attendance, Session, Specialist, SupportForm

if TYPE_CHECKING:
    from lib.project import Period
    from lib.register import Register


@needs(Session)
def session_end_before_start(register: "Register") -> Iterator[Finding]:
    """A session ends before it begins, or at once.

    Yields: one finding per session, at its end.
    """
    for session in _turned(register.sessions, "starts_at", "ends_at"):
        yield SESSION_END_BEFORE_START.at(
            register.cell(Session, session.row, "ends_at"),
            starts=words.time(session.starts_at),
            ends=words.time(session.ends_at),
        )


@needs(Attendance)
def left_before_arrival(register: "Register") -> Iterator[Finding]:
    """Somebody left before coming, or at once.

    Yields: one finding per row, at the hour of leaving.
    """
    for row in _turned(register.attendance, "arrived_at", "left_at"):
        yield LEFT_BEFORE_ARRIVAL.at(
            register.cell(Attendance, row.row, "left_at"),
            arrived=words.time(row.arrived_at),
            left=words.time(row.left_at),
        )


def _turned(rows: pd.DataFrame, starts: str, ends: str) -> Iterator[Any]:
    """The rows whose second hour is not after the first."""
    return rows[rows[ends].le(rows[starts]).fillna(False)].itertuples()


@needs(Session)
def session_outside_project(register: "Register") -> Iterator[Finding]:
    """A session is neither in the period of implementation nor in that of durability.

    Reads:  sessions that are not cancelled.
    Yields: one finding per session, at its day.
    """
    period = register.project.period
    if period is None:
        return
    sessions = _not_cancelled(register)
    inside = _within(sessions["day"], period) | _within(sessions["day"], register.durability_period)
    for session in sessions[~inside].itertuples():
        cell = register.cell(Session, session.row, "day")
        yield SESSION_OUTSIDE_PROJECT.at(cell, day=session.day, starts=period.first, ends=period.last)


def _within(days: "pd.Series[Any]", period: "Period | None") -> "pd.Series[bool]":
    if period is None:
        return pd.Series(False, index=days.index)
    return days.between(pd.Timestamp(period.first), pd.Timestamp(period.last))


def _not_cancelled(register: "Register") -> pd.DataFrame:
    return register.sessions[register.sessions["status"] != SessionStatus.CANCELLED]


@needs(Session)
def session_still_planned(register: "Register") -> Iterator[Finding]:
    """A session is over and nobody has said whether it was held.

    Yields: one finding per session, at its status.
    """
    now = pd.Timestamp(min(register.as_of, register.today))
    planned = register.sessions[register.sessions["status"] == SessionStatus.PLANNED]
    for session in planned[planned["day"] < now].itertuples():
        yield SESSION_STILL_PLANNED.at(register.cell(Session, session.row, "status"), day=session.day)


@needs(Session)
def session_held_in_future(register: "Register") -> Iterator[Finding]:
    """A session was held on a day that is yet to come, whatever day the register is looked at.

    Yields: one finding per session, at its day.
    """
    held = register.sessions[register.sessions["status"] == SessionStatus.HELD]
    for session in held[held["day"] > pd.Timestamp(register.today)].itertuples():
        yield SESSION_HELD_IN_FUTURE.at(register.cell(Session, session.row, "day"), day=session.day)


def duties(register: "Register") -> pd.DataFrame:
    """Who leads what: one row per leader of each session that is not cancelled.

    Columns of sessions, and specialist; sessions without a leader have no row.
    """
    sessions = _not_cancelled(register).dropna(subset=["leaders"])
    led = sessions.assign(specialist=sessions["leaders"].str.split(";")).explode("specialist")
    return led.astype({"specialist": "str"})  # explode leaves no dtype where there are no rows


def by_code(register: "Register", specialist: str) -> str:
    """„ („S1”)” for a message; nothing for a leader that has no code, and so stands there by name."""
    return f" („{specialist}”)" if specialist in set(register.specialists["specialist"]) else ""


@needs(Session)
def specialist_double_booked(register: "Register") -> Iterator[Finding]:
    """A specialist leads sessions of two groups at the same time.

    Reads:  duties() with both hours; the minute in which a session ends is free again.
    Yields: one finding per session and specialist, at the leaders of the one lower in the sheet.
    """
    timed = duties(register).dropna(subset=["starts_at", "ends_at"])
    for (row, specialist), (other, duty) in sorted(clashes(timed).items(), key=lambda clash: clash[0]):
        yield SPECIALIST_DOUBLE_BOOKED.at(
            register.cell(Session, row, "leaders"),
            who=by_code(register, specialist),
            day=duty.day,
            starts=words.time(duty.starts_at),
            other=register.cell(Session, other).address,
        )


def clashes(timed: pd.DataFrame) -> dict[tuple[int, str], tuple[int, Any]]:
    """For each session that overlaps one of another group: that one, and the later of both to begin.

    By row and specialist of the session lower in the sheet. `timed` is from duties(), with both
    hours. Of a row that overlaps several, one is given; what begins while another group's session
    lasts is always found.
    """
    found: dict[tuple[int, str], tuple[int, Any]] = {}
    busy = timed[timed.duplicated(["specialist", "day"], keep=False)].sort_values(["starts_at", "row"])
    for (specialist, _), of_a_day in busy.groupby(["specialist", "day"]):
        ahead: list[Any] = []  # of the sessions begun so far, the last to end, of two groups
        for duty in of_a_day.itertuples():
            for other in ahead:
                if other.group != duty.group and duty.starts_at < min(other.ends_at, duty.ends_at):
                    row, other_row = max(other.row, duty.row), min(other.row, duty.row)
                    found.setdefault((row, specialist), (other_row, duty))
            by_end = sorted([*ahead, duty], key=lambda duty: duty.ends_at)
            ahead = list({duty.group: duty for duty in by_end}.values())[-2:]
    return found


@needs(Session, Specialist)
def specialist_without_contract(register: "Register") -> Iterator[Finding]:
    """A specialist leads a session on a day that the contract does not cover.

    Reads:  duties(); a contract without any day is not known and says nothing.
    Yields: one finding per session and specialist, at its leaders.
    """
    contracts = register.specialists[["specialist", "contract_from", "contract_to"]]
    led = duties(register).merge(contracts, on="specialist")
    outside = (led["day"] < led["contract_from"]) | (led["day"] > led["contract_to"])
    for duty in led[outside].sort_values("row").itertuples():
        yield SPECIALIST_WITHOUT_CONTRACT.at(
            register.cell(Session, duty.row, "leaders"),
            specialist=duty.specialist,
            day=duty.day,
            starts="…" if pd.isna(duty.contract_from) else words.day(duty.contract_from),
            ends="…" if pd.isna(duty.contract_to) else words.day(duty.contract_to),
        )


@needs(SupportForm, Session, Attendance)
def children_per_educator(register: "Register") -> Iterator[Finding]:
    """More children are in a day-support centre than its educators on duty may have in their care.

    Source: attendance.CHILDREN_PER_EDUCATOR.
    Reads:  attendance.on_duty(), one row per day and minute at which something changes.
    Yields: one finding per day, for its worst moment, at the leaders of a session that goes on then.
    """
    limit = attendance.CHILDREN_PER_EDUCATOR
    moments = attendance.on_duty(register)
    moments = moments.assign(excess=moments["children"] - limit * moments["educators"])
    crowded = moments[moments["excess"] > 0].sort_values(["excess", "minute"], ascending=[False, True])
    for moment in crowded.drop_duplicates("day").sort_values("day").itertuples():
        yield CHILDREN_PER_EDUCATOR.at(
            register.cell(Session, moment.rows[0], "leaders"),
            day=moment.day,
            time=words.time(moment.minute),
            children=moment.children,
            educators=moment.educators,
            limit=limit,
        )
