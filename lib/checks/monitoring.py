"""Checks of what is recorded of each person for the monitoring of the programme."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import capacity, cells
from lib.checks.check import headers, needs
from lib.findings import (
    AGE_AT_ENTRY,
    COLUMN_INCOMPLETE,
    LABOUR_DETAIL_MISMATCH,
    MINOR_WITHOUT_GUARDIAN,
    Finding,
)
from lib.records import Participant

if TYPE_CHECKING:
    from lib.register import Register

ADULT = 18
"""From what age a person signs alone. Source: Kodeks cywilny, art. 10."""

REQUIRED = ("education", "labour_status", "degurba", "phone")
"""What monitoring wants of everybody who takes part, where the sheet has a column for it."""

STATUSES: Mapping[str, tuple[str, ...]] = {
    "bezrob": ("bezrobot",),
    "biern": ("ucz", "ksztalc"),
    "pracuj": ("administracj", "przedsiebior", "mmsp", "pozarzad", "dzialalnosc"),
}
"""How each status on the labour market is spelled, and how the words that make only that one precise."""

NO_ANSWER = frozenset({"nie", "n", "brak", "nie ma", "0"})
"""How people write that there is no guardian or no consent."""


@needs(Participant)
def age_at_entry(register: "Register") -> Iterator[Finding]:
    """The age typed for a person is not the years completed on the day of entry.

    Source: the programme's rules of monitoring: age in completed years on the day of entry.
    Yields: one finding per row, at the age; neither the age nor the day of birth is in it.
    """
    rows = register.participants.dropna(subset=["age", "entered_on"])
    rows = rows.assign(born=_born(rows)).dropna(subset=["born"])
    wrong = rows["age"].ne(capacity.ages(rows["born"], rows["entered_on"])).fillna(False)
    for row in rows[wrong].itertuples():
        yield AGE_AT_ENTRY.at(register.cell(Participant, row.row, "age"), entered=row.entered_on)


def _born(rows: pd.DataFrame) -> "pd.Series[Any]":
    """The day of birth as typed, or else as the PESEL says."""
    said = pd.to_datetime(rows["pesel"].map(cells.pesel_birth_date, na_action="ignore"))
    return rows["birth_date"].fillna(said.astype(rows["birth_date"].dtype))


@needs(Participant)
def labour_detail_mismatch(register: "Register") -> Iterator[Finding]:
    """What makes the status on the labour market precise belongs to another status.

    Source: the dictionary of the participants' monitoring form, where each status has a list of its own.
    Reads:  words that belong to one status only; any others („inne”) say nothing.
    Yields: one finding per row, at the precise word; neither word is in it.
    """
    rows = register.participants.dropna(subset=["labour_status", "labour_detail"])
    for row in rows.itertuples():
        status, detail = cells.key(row.labour_status), cells.key(row.labour_detail)
        own = [name for name in STATUSES if name in status]
        meant = [name for name, words in STATUSES.items() if any(word in detail for word in words)]
        if own and meant and not set(own) & set(meant):
            where = register.cell(Participant, row.row, "labour_status").address
            cell = register.cell(Participant, row.row, "labour_detail")
            yield LABOUR_DETAIL_MISMATCH.at(cell, where=where)


@needs(Participant)
def minor_without_guardian(register: "Register") -> Iterator[Finding]:
    """Somebody under 18 takes part, and the sheet's column of guardians or consents is blank there.

    Source: for who is under 18 the legal representative signs.
    Reads:  columns that the sheet has; without one nobody knows where the consents are kept.
    Yields: one finding per person and column, at the blank cell.
    """
    rows = register.participants.dropna(subset=["entered_on"])
    rows = rows.assign(born=_born(rows)).dropna(subset=["born"])
    minor = capacity.ages(rows["born"], rows["entered_on"]).lt(ADULT).fillna(False)
    for row in rows[minor].itertuples():
        for name in ("guardian", "guardian_consent"):
            cell = register.cell(Participant, row.row, name)
            typed = getattr(row, name)
            if cell.column >= 0 and (pd.isna(typed) or cells.key(typed) in NO_ANSWER):
                yield MINOR_WITHOUT_GUARDIAN.at(cell, who=row.person, day=row.entered_on)


@needs(Participant)
def column_incomplete(register: "Register") -> Iterator[Finding]:
    """A column that monitoring wants filled is blank for some of those who take part.

    Reads:  columns that the sheet has, of persons who have entered.
    Yields: one finding per tab and column, at its header, however many cells are blank.
    """
    rows = register.participants.dropna(subset=["entered_on"])
    where = register.readings.by_record[Participant].where
    for name in REQUIRED:
        for number, header in headers(register, Participant, name).items():
            mine = rows[where[rows["row"].to_numpy(), 0] == number]
            blank = mine[mine[name].isna()]
            if len(blank):
                first = register.cell(Participant, blank["row"].iloc[0], name).address
                yield COLUMN_INCOMPLETE.at(header, blank=len(blank), people=len(mine), first=first)
