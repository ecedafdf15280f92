"""Checks of the timetable: holidays, and two things at one time in one room or with one specialist."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import holidays
import pandas as pd

from lib import cells, words
from lib.checks.check import needs
from lib.checks.sessions import by_code, duties
from lib.dictionaries import Delivery, SessionStatus
from lib.findings import INDIVIDUAL_OVERLAP, SESSION_ON_HOLIDAY, VENUE_DOUBLE_BOOKED, Finding
from lib.records import Group, Session, SupportForm

if TYPE_CHECKING:
    from lib.register import Register

ROOM = re.compile(r"\b(?:sal[ai]|pok(?:oj|\b)|gabinet|pracowni|aul[ai]|nr sali)")
"""What a folded venue says when it is one room; a building, a school or a town holds many groups at once."""


@needs(Session)
def session_on_holiday(register: "Register") -> Iterator[Finding]:
    """A session that is not cancelled is on a public holiday; Sundays are not found, staff choose them.

    Source: ustawa o dniach wolnych od pracy, by the calendar of the library `holidays`.
    Yields: one finding per session, at its day.
    """
    sessions = register.sessions[register.sessions["status"] != SessionStatus.CANCELLED]
    years = sorted(set(sessions["day"].dt.year))
    free = holidays.country_holidays("PL", years=years, language="pl")
    for session in sessions[sessions["day"].dt.date.isin(list(free))].itertuples():
        cell = register.cell(Session, session.row, "day")
        yield SESSION_ON_HOLIDAY.at(cell, day=session.day, holiday=free[session.day.date()])


def _overlapping(timed: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The sessions that begin while another of the same `by` lasts, with `other`, the row of that one.

    Of several that last, the one that ends last is given. A session ends in the minute before its end.
    """
    ordered = timed[timed["starts_at"] < timed["ends_at"]].sort_values([*by, "starts_at", "row"])
    keys = [ordered[name] for name in by]
    latest = ordered.groupby(by)["ends_at"].cummax()
    longest = ordered["row"].where(ordered["ends_at"] == latest).groupby(keys).ffill()
    before = latest.groupby(keys).shift()
    other = longest.groupby(keys).shift()
    return ordered.assign(other=other)[(ordered["starts_at"] < before).fillna(False)].astype(
        {"other": "int64"}
    )


@needs(SupportForm, Group, Session)
def individual_overlap(register: "Register") -> Iterator[Finding]:
    """A specialist has two individual meetings of one group at the same time.

    Reads:  duties() of individual forms with both hours; meetings of two groups are another check's.
    Yields: one finding per meeting that begins while another lasts, at its leaders.
    """
    forms = register.forms.loc[register.forms["delivery"] == Delivery.INDIVIDUAL, "code"]
    led = duties(register).dropna(subset=["starts_at", "ends_at"])
    overlaps = _overlapping(led[led["form"].isin(forms)], ["specialist", "group", "day"])
    for meeting in overlaps.sort_values("row").itertuples():
        yield INDIVIDUAL_OVERLAP.at(
            register.cell(Session, meeting.row, "leaders"),
            who=by_code(register, meeting.specialist),
            day=meeting.day,
            starts=words.time(meeting.starts_at),
            other=register.cell(Session, meeting.other).address,
        )


@needs(Group, Session)
def venue_double_booked(register: "Register") -> Iterator[Finding]:
    """Two groups meet in one room at the same time.

    Reads:  sessions with both hours that are not cancelled, of groups whose venue is a ROOM.
    Yields: one finding per two groups, at the hour of their first session that begins while another
            lasts: two groups that share a room for a year are one mistake.
    """
    rooms = register.groups.dropna(subset=["venue"])
    rooms = rooms.assign(venue=rooms["venue"].map(cells.key))
    rooms = rooms.loc[rooms["venue"].map(lambda venue: bool(ROOM.search(venue))), ["group", "venue"]]
    sessions = register.sessions[register.sessions["status"] != SessionStatus.CANCELLED]
    timed = sessions.dropna(subset=["starts_at", "ends_at"]).merge(rooms, on="group")
    overlaps = _overlapping(timed, ["venue", "day"])
    groups = sessions.set_index("row")["group"]
    overlaps = overlaps.assign(other_group=groups.reindex(overlaps["other"]).to_numpy())
    overlaps = overlaps[overlaps["group"] != overlaps["other_group"]].sort_values(["day", "starts_at", "row"])
    pairs = [tuple(sorted(pair)) for pair in zip(overlaps["group"], overlaps["other_group"], strict=True)]
    first = overlaps[~pd.Series(pairs, index=overlaps.index, dtype=object).duplicated()]
    for session in first.sort_values("row").itertuples():
        yield VENUE_DOUBLE_BOOKED.at(
            register.cell(Session, session.row, "starts_at"),
            group=session.group,
            other_group=session.other_group,
            day=session.day,
            starts=words.time(session.starts_at),
            other=register.cell(Session, session.other).address,
        )
