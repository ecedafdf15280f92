"""Checks of how persons leave: the day of exit, and what goes on after it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib import words
from lib.checks.check import headers, needs
from lib.dictionaries import TAKING, EnrolmentState, Presence
from lib.findings import ATTENDANCE_AFTER_EXIT, ENROLMENT_AFTER_EXIT, EXIT_IN_FUTURE, EXIT_MISSING, Finding
from lib.records import Attendance, Enrolment, Participant

if TYPE_CHECKING:
    from lib.register import Register

RESULT_WINDOW = pd.Timedelta(days=28)
"""How long after the last support the exit may be unknown.

Source: the programme's rules of monitoring: the situation of a person is recorded within four weeks
of leaving.
"""

ONE_BY_ONE = 20
"""Up to how many persons without a day of exit each has a finding; of more, all have one together."""


@needs(Participant)
def exit_in_future(register: "Register") -> Iterator[Finding]:
    """A person leaves on a day that is yet to come, whatever day the register is looked at.

    Yields: one finding per row, at the day of exit.
    """
    rows = register.participants
    for row in rows[rows["exited_on"] > pd.Timestamp(register.today)].itertuples():
        yield EXIT_IN_FUTURE.at(register.cell(Participant, row.row, "exited_on"), exited=row.exited_on)


@needs(Participant)
def exit_missing(register: "Register") -> Iterator[Finding]:
    """A person's support ended more than four weeks ago, and the person has not left.

    Source: RESULT_WINDOW.
    Reads:  the end of the person's last enrolment, when all have one, and the end of implementation.
    Yields: one finding per person, at the day of exit; of more than ONE_BY_ONE one at its header.
    """
    persons = _without_exit(register)
    if len(persons) > ONE_BY_ONE:
        header = next(iter(headers(register, Participant, "exited_on").values()), register.cell(Participant))
        who = f"{words.people(len(persons))}, pierwsza „{persons['person'].iloc[0]}”"
        yield EXIT_MISSING.at(header, who=who, last=persons["support_ended"].min())
        return
    for person in persons.itertuples():
        cell = register.cell(Participant, person.row, "exited_on")
        yield EXIT_MISSING.at(cell, who=f"osoba „{person.person}”", last=person.support_ended)


def _without_exit(register: "Register") -> pd.DataFrame:
    """The persons who should have left by now, with `support_ended`, in the order of the sheet.

    Whoever has no day of entry has a finding of their own.
    """
    enrolments = register.enrolments[register.enrolments["state"] != EnrolmentState.CANCELLED]
    by_person = enrolments.groupby("person")["ended_on"]
    ends = by_person.max().where(by_person.count() == by_person.size())
    there = list(headers(register, Participant, "exited_on"))  # the tabs with a column for it
    tab_of = register.readings.by_record[Participant].where[register.persons["row"].to_numpy(), 0]
    dated = register.persons["person"].isin(
        register.participants.loc[register.participants["dated"], "person"]
    )
    entered = dated & register.persons["entered_on"].notna()
    inside = register.persons[entered & register.persons["exited_on"].isna() & np.isin(tab_of, there)]
    ended = ends.reindex(inside["person"]).set_axis(inside.index)
    if register.project.ends_on is not None:
        closed = pd.Series(pd.Timestamp(register.project.ends_on), index=inside.index)
        ended = pd.concat([ended, closed], axis=1).min(axis=1)
    return inside.assign(support_ended=ended)[ended + RESULT_WINDOW < pd.Timestamp(register.as_of)]


def _left(register: "Register") -> pd.DataFrame:
    """person and exited_on of those who left after they came; the others have a finding of their own."""
    persons = register.persons
    return persons.loc[persons["exited_on"] >= persons["entered_on"], ["person", "exited_on"]]


@needs(Participant, Enrolment)
def enrolment_after_exit(register: "Register") -> Iterator[Finding]:
    """A person left the project, and has a place in a group after that.

    Reads:  enrolments that take a place; one that lasts though the path is completed is another check's.
    Yields: one finding per enrolment, at its beginning or end, or at its state where it just lasts.
    """
    rows = register.enrolments.merge(_left(register), on="person").sort_values("row")
    rows = rows[rows["state"].isin(TAKING)]
    completed = register.persons.loc[register.persons["completed_path"].fillna(False), "person"]
    for row in rows.itertuples():
        lasts = pd.isna(row.ended_on) and row.state in (EnrolmentState.TRIAL, EnrolmentState.ADMITTED)
        if row.started_on > row.exited_on:
            field, what = "started_on", f"zaczyna się {words.day(row.started_on)}"
        elif row.ended_on > row.exited_on:
            field, what = "ended_on", f"kończy się {words.day(row.ended_on)}"
        elif lasts and row.exited_on < pd.Timestamp(register.as_of) and row.person not in set(completed):
            field, what = "state", "wciąż trwa"
        else:
            continue
        cell = register.cell(Enrolment, row.row, field)
        yield ENROLMENT_AFTER_EXIT.at(
            cell, person=row.person, exited=row.exited_on, group=row.group, what=what
        )


@needs(Participant, Attendance)
def attendance_after_exit(register: "Register") -> Iterator[Finding]:
    """A person was at a session after leaving the project.

    Yields: one finding per person, at the first such attendance.
    """
    present = register.attendance[register.attendance["presence"] == Presence.PRESENT]
    marks = present.merge(_left(register), on="person")
    late = marks[marks["day"] > marks["exited_on"]].sort_values(["day", "row"]).drop_duplicates("person")
    for mark in late.sort_values("row").itertuples():
        cell = register.cell(Attendance, mark.row, "presence")
        yield ATTENDANCE_AFTER_EXIT.at(cell, person=mark.person, day=mark.day, exited=mark.exited_on)
