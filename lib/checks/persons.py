"""Checks of the persons: who they are, when they came, when they left."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from lib import accounts, cells
from lib.blocks import OTHER
from lib.checks.check import needs
from lib.dictionaries import TAKING, Delivery, EnrolmentState, Presence
from lib.findings import (
    ATTENDANCE_WITHOUT_ENTRY,
    ENTRY_NOT_FIRST_SESSION,
    ENTRY_OUTSIDE_PROJECT,
    ENTRY_WITHOUT_SESSION,
    EXIT_BEFORE_ENTRY,
    PATH_WITH_OPEN_ENROLMENT,
    PERSON_LISTED_TWICE,
    PESEL_BIRTH_DATE,
    PESEL_SEX,
    ROWS_WITH_PEOPLE,
    Finding,
)
from lib.names import MANY_PEOPLE, People
from lib.records import Attendance, Enrolment, Participant

if TYPE_CHECKING:
    from lib.register import Register

FEW_TWICE, SHARE_TWICE = 2, 0.05
"""So many people of a list, or such a share of them, stand there twice by mistake; more do on purpose."""

PATIENCE = pd.Timedelta(days=14)
"""How long the list of a person's first session may be on its way to the spreadsheet."""


@needs(Participant)
def rows_with_people(register: "Register") -> Iterator[Finding]:
    """People of the project stand on a tab outside of all its tables, so what is said of them is lost.

    Reads:  accounts.rows().
    Yields: one finding per tab with MANY_PEOPLE of them or more, at the first of the rows.
    """
    people = register.participants[["person", "surname", "first_name"]]
    known = People(people.astype(object).where(people.notna(), None).itertuples(index=False, name=None))
    of_people = {
        table.table.name
        for reading in register.readings.by_record.values()
        for table in reading.tabs
        if not table.derived and {"person", "surname"} & set(table.fields)
    }
    read = {table.table.name for table in register.readings.tables}
    for tab, states in zip(register.readings.tabs, accounts.rows(register), strict=True):
        unread = {accounts.OUTSIDE, accounts.ABOVE, OTHER}
        if tab.name in read - of_people:
            unread |= {accounts.HEADER, accounts.COUNTED, accounts.REJECTED}
        rows = [row for row, state in enumerate(states) if state in unread]
        named = known.named_in(column[row] for column in tab.columns for row in rows)
        if len(named) >= MANY_PEOPLE:
            rows = [row for row in rows if known.named_in(tab.row(row))]
            first, last = tab.first_row + rows[0], tab.first_row + rows[-1]
            cell = replace(tab.cell(rows[0]), raw="")
            yield ROWS_WITH_PEOPLE.at(cell, rows=f"{first}-{last}", people=len(named))


@needs(Participant)
def pesel_sex(register: "Register") -> Iterator[Finding]:
    """The sex of a person is not the one that the PESEL says.

    Source: ustawa o ewidencji ludności, art. 15: the tenth digit is odd for men.
    Yields: one finding per row, at the sex.
    """
    rows = register.participants.dropna(subset=["pesel", "sex"])
    said = rows["pesel"].map(cells.pesel_sex)
    for row, expected in zip(rows.loc[said != rows["sex"], "row"], said[said != rows["sex"]], strict=True):
        yield PESEL_SEX.at(register.cell(Participant, row, "sex"), expected=expected)


@needs(Participant)
def pesel_birth_date(register: "Register") -> Iterator[Finding]:
    """The day of birth of a person is not the one that the PESEL says.

    Source: ustawa o ewidencji ludności, art. 15: digits 1 to 6 are the day of birth.
    Yields: one finding per row, at the day of birth; neither the day nor the PESEL is in it.
    """
    rows = register.participants.dropna(subset=["pesel", "birth_date"])
    said = pd.to_datetime(rows["pesel"].map(cells.pesel_birth_date))
    for row in rows.loc[said != rows["birth_date"], "row"]:
        yield PESEL_BIRTH_DATE.at(register.cell(Participant, row, "birth_date"))


@needs(Participant)
def person_listed_twice(register: "Register") -> Iterator[Finding]:
    """Somebody stands on a list of people twice, where people have no numbers of their own.

    Where many do, as on a list with a row for each form of support, that is how it is kept.

    Yields: one finding per later row, at its surname.
    """
    reading = register.readings.by_record[Participant]
    for number, tab in enumerate(reading.tabs):
        if "person" not in tab.made or tab.derived or tab.twin:
            continue
        rows = reading.rows[reading.counted & (reading.where[:, 0] == number)]
        again = rows["person"].duplicated() & rows["person"].notna()
        if again.sum() > max(FEW_TWICE, len(rows) * SHARE_TWICE):
            continue
        first = rows.drop_duplicates("person").set_index("person")["row"]
        for row in rows[again].itertuples():
            where = reading.cell(int(first[row.person]), "surname").address
            yield PERSON_LISTED_TWICE.at(reading.cell(row.row, "surname"), where=where)


@needs(Participant)
def exit_before_entry(register: "Register") -> Iterator[Finding]:
    """A person left before coming.

    Yields: one finding per row, at the day of exit.
    """
    rows = register.participants
    for row in rows[rows["exited_on"] < rows["entered_on"]].itertuples():
        cell = register.cell(Participant, row.row, "exited_on")
        yield EXIT_BEFORE_ENTRY.at(cell, exited=row.exited_on, entered=row.entered_on)


@needs(Participant)
def entry_outside_project(register: "Register") -> Iterator[Finding]:
    """A person came before the project began or after it ended.

    Yields: one finding per row, at the day of entry.
    """
    period = register.project.period
    if period is None:
        return
    rows = register.participants.dropna(subset=["entered_on"])
    inside = rows["entered_on"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    for row in rows[~inside].itertuples():
        cell = register.cell(Participant, row.row, "entered_on")
        yield ENTRY_OUTSIDE_PROJECT.at(cell, entered=row.entered_on, starts=period.first, ends=period.last)


def first_support(register: "Register") -> pd.DataFrame:
    """When each person was first supported, by the lists of attendance and by the stays.

    One row per person who was: person, session (the first one attended), first (that day, or the
    first day in a flat, for a stay has no sessions to attend), row (of that attendance).
    """
    present = register.attendance[register.attendance["presence"] == Presence.PRESENT]
    sessions = present.sort_values(["day", "row"])[["person", "day", "row"]].drop_duplicates("person")
    stays = register.forms.loc[register.forms["delivery"] == Delivery.STAY, "code"]
    moved_in = register.enrolments[
        register.enrolments["form"].isin(stays) & register.enrolments["state"].isin(TAKING)
    ]
    first_nights = moved_in.groupby("person")["started_on"].min().rename("moved_in_on").dropna()
    support = sessions.rename(columns={"day": "session"}).merge(first_nights, on="person", how="outer")
    return support.assign(first=support[["session", "moved_in_on"]].min(axis=1))


def on_paper(register: "Register") -> set[str]:
    """Persons in a group of which no attendance is kept in the sheets, whose first day nobody can know."""
    started = register.enrolments[register.enrolments["state"].isin(TAKING)]
    return set(started.loc[~started["group"].isin(register.attendance["group"]), "person"])


def before_lists(register: "Register") -> set[str]:
    """Persons in a group whose lists begin more than PATIENCE later: earlier ones are not in the sheets."""
    started = register.enrolments[register.enrolments["state"].isin(TAKING)]
    firsts = register.attendance.groupby("group")["day"].min()
    first = firsts.reindex(started["group"]).set_axis(started.index)
    return set(started.loc[started["started_on"] + PATIENCE < first, "person"])


@needs(Participant)
def entry_not_first_session(register: "Register") -> Iterator[Finding]:
    """A person's first support is on another day than the entry.

    Source: the programme's rules of monitoring: participation begins with the first form of
    support, not with the declaration.
    Reads:  first_support(); persons without any support are another check's, those on_paper() nobody's, nor
            those before_lists().
    Yields: one finding per person, at the day of entry.
    """
    persons = register.persons.merge(first_support(register), on="person", suffixes=("", "_attendance"))
    persons = persons[persons["entered_on"].notna() & (persons["entered_on"] != persons["first"])]
    persons = persons[~persons["person"].isin(on_paper(register) | before_lists(register))]
    for person in persons.sort_values("row").itertuples():
        cell = register.cell(Participant, person.row, "entered_on")
        yield ENTRY_NOT_FIRST_SESSION.at(cell, entered=person.entered_on, first=person.first)


@needs(Participant, Attendance)
def entry_without_session(register: "Register") -> Iterator[Finding]:
    """A person came two weeks ago or earlier and was never at a session.

    Reads:  first_support(); of those on_paper() nobody can say it.
    Yields: one finding per person, at the day of entry.
    """
    persons = register.persons
    waited = persons["entered_on"] + PATIENCE <= pd.Timestamp(register.as_of)
    supported = {*first_support(register)["person"], *on_paper(register)}
    for person in persons[waited & ~persons["person"].isin(supported)].itertuples():
        cell = register.cell(Participant, person.row, "entered_on")
        yield ENTRY_WITHOUT_SESSION.at(cell, entered=person.entered_on)


@needs(Participant, Attendance)
def attendance_without_entry(register: "Register") -> Iterator[Finding]:
    """A person was at a session and has no day of entry, so counts from that session on.

    Yields: one finding per person, at the first attendance.
    """
    undated = register.participants.loc[~register.participants["dated"], "person"]
    support = first_support(register).dropna(subset=["session"])
    for first in support[support["person"].isin(undated)].sort_values("row").itertuples():
        cell = register.cell(Attendance, int(first.row), "presence")
        yield ATTENDANCE_WITHOUT_ENTRY.at(cell, person=first.person, first=first.session)


@needs(Participant, Enrolment)
def path_with_open_enrolment(register: "Register") -> Iterator[Finding]:
    """A person completed the planned path, and yet is still in some group.

    Source: the programme's rules of monitoring: the path is completed with all its forms.
    Yields: one finding per person and group, at the word about the path.
    """
    enrolments = register.enrolments
    lasting = enrolments[
        enrolments["state"].isin([EnrolmentState.TRIAL, EnrolmentState.ADMITTED])
        & enrolments["ended_on"].isna()
    ]
    completed = register.persons.loc[register.persons["completed_path"].fillna(False), ["person", "row"]]
    for open_ in completed.merge(lasting, on="person", suffixes=("", "_enrolment")).itertuples():
        cell = register.cell(Participant, open_.row, "completed_path")
        yield PATH_WITH_OPEN_ENROLMENT.at(cell, group=open_.group, state=open_.state)
