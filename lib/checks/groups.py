"""Checks of the groups: who has a place in them, who waits, who comes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from lib import attendance, capacity
from lib.checks.check import needs
from lib.dictionaries import TAKING, EnrolmentState, Presence
from lib.findings import (
    ABSENT_THREE_TIMES,
    ABSENT_TWO_WEEKS,
    ATTENDANCE_BEFORE_ENTRY,
    ATTENDANCE_LOW,
    ATTENDANCE_WITHOUT_ENROLMENT,
    ENROLMENT_TWICE,
    ENROLMENT_WITH_START,
    ENROLMENT_WITHOUT_END,
    ENROLMENT_WITHOUT_START,
    GROUP_OVER_LIMIT,
    WAITING_WHILE_FREE,
    Finding,
)
from lib.records import Attendance, Enrolment, Group, Participant

if TYPE_CHECKING:
    from lib.register import Register

ENDED = [EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN]

MISSED_TWICE = 2
"""One session missed is an illness, however long ago the one before it was."""

FEW_MARKS = 5
"""From how many sessions a rate of attendance says something of a person."""

DAY = pd.Timedelta(days=1)
"""A day: on the last day of waiting somebody may be admitted."""

NEVER = pd.Timestamp("9999-12-31").as_unit("s")
"""The end of what has no end."""


@needs(Enrolment)
def enrolment_without_start(register: "Register") -> Iterator[Finding]:
    """An enrolment takes a place and does not say since when.

    Yields: one finding per row, at the blank day.
    """
    rows = register.enrolments
    for row in rows[rows["state"].isin(TAKING) & rows["started_on"].isna()].itertuples():
        cell = register.cell(Enrolment, row.row, "started_on")
        yield ENROLMENT_WITHOUT_START.at(cell, state=row.state, requested=row.requested_on)


@needs(Enrolment)
def enrolment_with_start(register: "Register") -> Iterator[Finding]:
    """An enrolment takes no place and says since when it does.

    Yields: one finding per row, at that day.
    """
    rows = register.enrolments
    for row in rows[~rows["state"].isin(TAKING) & rows["started_on"].notna()].itertuples():
        cell = register.cell(Enrolment, row.row, "started_on")
        yield ENROLMENT_WITH_START.at(cell, state=row.state, started=row.started_on)


@needs(Enrolment)
def enrolment_without_end(register: "Register") -> Iterator[Finding]:
    """An enrolment is over and does not say since when, so it goes on taking a place.

    Yields: one finding per row, at its state.
    """
    rows = register.enrolments
    for row in rows[rows["state"].isin(ENDED) & rows["ended_on"].isna()].itertuples():
        yield ENROLMENT_WITHOUT_END.at(register.cell(Enrolment, row.row, "state"), state=row.state)


@needs(Enrolment)
def enrolment_twice(register: "Register") -> Iterator[Finding]:
    """A person has two enrolments in a group at the same time, each with a place or waiting for one.

    Reads:  capacity.stays().
    Yields: one finding per enrolment that begins while another lasts, at its group; waiting for one
            group on two tabs is none, as on a list of candidates beside the enrolments.
    """
    by = ["person", "group"]
    stays = capacity.stays(register.enrolments)
    spans = stays.assign(
        begins=stays[["waits_from", "takes_from"]].min(axis=1),
        ends=stays["takes_to"].where(stays["takes_from"].notna(), stays["waits_to"] - DAY).fillna(NEVER),
    )
    spans = spans[spans["begins"] <= spans["ends"]].sort_values(["begins", "row"])
    persons = [spans[name] for name in by]
    latest = spans.groupby(by)["ends"].cummax()
    longest = spans["row"].where(spans["ends"] == latest).groupby(persons).ffill()
    spans = spans.assign(
        until=latest.groupby(persons).shift(), other=longest.groupby(persons).shift().astype("Int64")
    )
    only_waits = set(stays.loc[stays["takes_from"].isna(), "row"])
    for span in spans[spans["begins"] <= spans["until"]].sort_values("row").itertuples():
        cell, first = (register.cell(Enrolment, row, "group") for row in (span.row, span.other))
        if cell.tab != first.tab and {span.row, span.other} <= only_waits:
            continue
        yield ENROLMENT_TWICE.at(cell, person=span.person, group=span.group, first=first.address)


@needs(Group, Enrolment)
def group_over_limit(register: "Register") -> Iterator[Finding]:
    """More persons have a place in a group than there are places, on some day up to today's.

    Reads:  capacity.occupancy(), in force until the next row of the group.
    Yields: one finding per group and stretch of days over the limit, at the limit.
    """
    groups = register.groups.dropna(subset=["limit"])[["group", "limit", "row"]]
    days = groups.merge(capacity.occupancy(register), on="group").sort_values(["row", "day"])
    over = days["taken"] > days["limit"]
    began = over & ~over.groupby(days["group"]).shift(fill_value=False)
    for day in days[began & (days["day"] <= pd.Timestamp(register.as_of))].itertuples():
        cell = register.cell(Group, day.row, "limit")
        yield GROUP_OVER_LIMIT.at(cell, group=day.group, day=day.day, taken=day.taken, limit=day.limit)


@needs(Group, Enrolment)
def waiting_while_free(register: "Register") -> Iterator[Finding]:
    """Somebody waits for a place in a group that has free places and runs on the day.

    Reads:  capacity.occupancy() on the day.
    Yields: one finding per group, at its code.
    """
    as_of = pd.Timestamp(register.as_of)
    days = capacity.occupancy(register)
    today = days[days["day"] <= as_of].sort_values("day").drop_duplicates("group", keep="last")
    groups = _running(register).dropna(subset=["limit"])
    groups = groups.merge(today[["group", "taken", "waiting"]], on="group")
    groups = groups.assign(free=groups["limit"] - groups["taken"])
    for group in groups[(groups["free"] > 0) & (groups["waiting"] > 0)].itertuples():
        cell = register.cell(Group, group.row, "group")
        yield WAITING_WHILE_FREE.at(cell, group=group.group, waiting=group.waiting, free=group.free)


def _running(register: "Register") -> pd.DataFrame:
    """The groups that run on the day: both their days are included, a blank one is open."""
    as_of, groups = pd.Timestamp(register.as_of), register.groups
    begun = groups["starts_on"].isna() | (groups["starts_on"] <= as_of)
    return groups[begun & (groups["ends_on"].fillna(NEVER) >= as_of)]


@needs(Participant, Attendance)
def attendance_before_entry(register: "Register") -> Iterator[Finding]:
    """A person was at a session before coming to the project.

    Yields: one finding per person, at the first such attendance.
    """
    present = register.attendance[register.attendance["presence"] == Presence.PRESENT]
    marks = present.merge(register.persons[["person", "entered_on"]], on="person")
    early = marks[marks["day"] < marks["entered_on"]].sort_values(["day", "row"]).drop_duplicates("person")
    for mark in early.sort_values("row").itertuples():
        cell = register.cell(Attendance, mark.row, "presence")
        yield ATTENDANCE_BEFORE_ENTRY.at(cell, person=mark.person, day=mark.day, entered=mark.entered_on)


@needs(Attendance)
def attendance_without_enrolment(register: "Register") -> Iterator[Finding]:
    """A person is on the list of a session without a place in the group that day; absences count too.

    Reads:  capacity.stays(), in workbooks that have enrolments.
    Yields: one finding per person and group, at the first such mark.
    """
    if not register.has(Enrolment):
        return
    listed = register.attendance[~register.attendance["visit"]]  # nobody is enrolled for a visit
    covered = has_place(listed, capacity.stays(register.enrolments))
    marks = listed[~covered & listed["group"].notna()].sort_values(["day", "row"])
    for mark in marks.drop_duplicates(["person", "group"]).sort_values("row").itertuples():
        cell = register.cell(Attendance, mark.row, "presence")
        yield ATTENDANCE_WITHOUT_ENROLMENT.at(cell, person=mark.person, day=mark.day, group=mark.group)


def has_place(marks: pd.DataFrame, stays: pd.DataFrame) -> pd.Series:
    """Whether the person of each row of `marks` has a place in its group on its day."""
    by = ["person", "group"]
    begun = stays.dropna(subset=["takes_from"]).sort_values("takes_from")
    # the last stay to begin knows how long it and all before it last
    lasts = begun["takes_to"].fillna(NEVER).groupby([begun[name] for name in by]).cummax()
    begun = begun[[*by, "takes_from"]].assign(lasts=lasts)
    found = pd.merge_asof(
        marks[[*by, "day"]].assign(mark=marks.index).sort_values("day"),
        begun,
        left_on="day",
        right_on="takes_from",
        by=by,
    )
    return (found["lasts"] >= found["day"]).set_axis(found["mark"]).reindex(marks.index)


@needs(Group, Enrolment, Attendance)
def absent_three_times(register: "Register") -> Iterator[Finding]:
    """A person with a place in a running group has missed its last three sessions or more.

    Reads:  capacity.absent_members(), as the screen of capacity shows them.
    Yields: one finding per enrolment, at its person.
    """
    count = attendance.MISSED_IN_A_ROW
    members = capacity.absent_members(register)
    absent = members[(members["missed"] >= count) & members["group"].isin(_running(register)["group"])]
    for member in absent.sort_values("row").itertuples():
        cell = register.cell(Enrolment, member.row, "person")
        yield ABSENT_THREE_TIMES.at(cell, person=member.person, count=count, group=member.group)


@needs(Group, Enrolment, Attendance)
def absent_two_weeks(register: "Register") -> Iterator[Finding]:
    """A person with a place in a running group has not come for two weeks, and missed two sessions.

    Reads:  capacity.absent_members(); those who missed three sessions in a row are another check's.
    Yields: one finding per enrolment, at its person.
    """
    members = capacity.absent_members(register)
    members = members[members["missed"].between(MISSED_TWICE, attendance.MISSED_IN_A_ROW - 1)]
    members = members[members["group"].isin(_running(register)["group"])]
    joined = register.enrolments[["row", "started_on", "requested_on"]]
    members = members.merge(joined, on="row").sort_values("row")
    since = members["last_present"].fillna(members["started_on"]).fillna(members["requested_on"])
    long_ago = since <= pd.Timestamp(register.as_of) - pd.Timedelta(days=attendance.DAYS_WITHOUT_PRESENCE)
    for member in members.assign(since=since)[long_ago].itertuples():
        cell = register.cell(Enrolment, member.row, "person")
        yield ABSENT_TWO_WEEKS.at(cell, person=member.person, group=member.group, since=member.since)


@needs(Participant, Attendance)
def attendance_low(register: "Register") -> Iterator[Finding]:
    """A person has come to fewer of a group's sessions than the project requires.

    Source: the agreement with the participant, entered in tab „Projekt” as „Wymagana frekwencja”;
    without it nothing is required.
    Reads:  attendance.marks(), of persons and groups with FEW_MARKS or more.
    Yields: one finding per person and group, at the person.
    """
    required = register.project.required_attendance
    if required is None:
        return
    past = attendance.marks(register).groupby(["person", "group"])["present"]
    came = past.agg(present="sum", marks="size").reset_index()
    came = came.assign(rate=came["present"] / came["marks"])
    low = came[(came["marks"] >= FEW_MARKS) & (came["rate"] < float(required))]
    for person in low.merge(register.persons[["person", "row"]], on="person").sort_values("row").itertuples():
        yield ATTENDANCE_LOW.at(
            register.cell(Participant, person.row, "person"),
            person=person.person,
            present=person.present,
            marks=person.marks,
            group=person.group,
            rate=person.rate,
            required=required,
        )
