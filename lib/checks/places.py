"""Checks of the durability period: what was promised, what is ready, what was refused.

Days to come are shown as they are entered; nothing here is found on them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from lib import durability, words
from lib.checks.check import needs, slips
from lib.dictionaries import Outcome, ReadinessState
from lib.findings import (
    EVIDENCE_OLD,
    PLACES_BELOW_COMMITMENT,
    PLACES_NOT_COMMITMENT,
    READINESS_GAP,
    READINESS_OVERLAP,
    READINESS_WITHOUT_QUANTITY,
    READY_OVER_DECLARED,
    REDUCTION_WITHOUT_REASON,
    REFUSALS_MANY,
    REFUSED_WHILE_READY,
    USED_OVER_READY,
    Finding,
)
from lib.records import Enquiry, Place, Readiness

if TYPE_CHECKING:
    from lib.register import Register

FEW_ODD = 0.25
"""Up to this share of the rows of a place, more taken than ready is a slip and not a way of counting."""


@needs(Place)
def places_not_commitment(register: "Register") -> Iterator[Finding]:
    """The places of the tab are not as many as the project is bound to.

    Source: the grant agreement, entered in tab „Projekt”.
    Yields: at most one finding, at the tab, for any of its places may be the wrong one.
    """
    commitment = register.project.places_commitment
    declared = int(register.places["declared"].sum())
    if commitment is not None and declared != commitment:
        yield PLACES_NOT_COMMITMENT.at(register.cell(Place), declared=declared, commitment=commitment)


@needs(Place, Readiness)
def readiness_gap(register: "Register") -> Iterator[Finding]:
    """Nobody wrote whether a place was ready, on days before or between its rows.

    Reads:  durability.gaps(); days after the last row are a shortage, not a gap.
    Yields: one finding per gap, at the beginning of the row after it.
    """
    as_of = pd.Timestamp(register.as_of)
    gaps = durability.gaps(register.places, register.readiness, register.durability_period)
    for gap in gaps[gaps["first"] <= as_of].itertuples():
        cell = register.cell(Readiness, gap.row, "starts_on")
        yield READINESS_GAP.at(cell, place=gap.place, starts=gap.first, ends=min(gap.last, as_of))


@needs(Readiness)
def readiness_overlap(register: "Register") -> Iterator[Finding]:
    """Two rows say how ready a place was on the same day.

    Reads:  durability.overlaps().
    Yields: one finding per row that begins while another lasts, at its beginning.
    """
    overlaps = durability.overlaps(register.readiness)
    for overlap in overlaps[overlaps["first"] <= pd.Timestamp(register.as_of)].itertuples():
        yield READINESS_OVERLAP.at(
            register.cell(Readiness, overlap.row, "starts_on"),
            place=overlap.place,
            starts=overlap.first,
            other=register.cell(Readiness, overlap.other_row, "starts_on").address,
        )


@needs(Readiness)
def readiness_without_quantity(register: "Register") -> Iterator[Finding]:
    """A place was partly ready, and nobody wrote how many.

    Yields: one finding per row, at the blank number.
    """
    rows = register.readiness
    begun = rows["starts_on"] <= pd.Timestamp(register.as_of)
    partly = (rows["state"] == ReadinessState.PARTLY) & rows["ready"].isna()
    for row in rows[begun & partly].itertuples():
        yield READINESS_WITHOUT_QUANTITY.at(register.cell(Readiness, row.row, "ready"), place=row.place)


def _days(register: "Register") -> pd.DataFrame:
    """durability.days() that have come."""
    days = register.place_days
    return days[days["day"] <= pd.Timestamp(register.as_of)]


@needs(Place)
def places_below_commitment(register: "Register") -> Iterator[Finding]:
    """Fewer places are ready than were promised on some day of the durability period.

    Source: the grant agreement, entered as the declared places of tab „Miejsca”.
    Reads:  durability.months(), one row per place and month; `margin` in places.
    Yields: one finding per place, for its first short month, at the cell of the promise.
    """
    months = durability.months(_days(register))
    for short in months[months["margin"] < 0].drop_duplicates("row").itertuples():
        yield PLACES_BELOW_COMMITMENT.at(
            register.cell(Place, short.row, "declared"),
            place=short.place,
            month=short.month,
            missing=-short.margin,
            declared=short.declared,
        )


@needs(Place, Readiness)
def reduction_without_reason(register: "Register") -> Iterator[Finding]:
    """Fewer places are ready than were promised, and nobody wrote why.

    Reads:  durability.shortages(); days without any row have no reason to give.
    Yields: one finding per row of tab „Gotowość”, at the blank reason.
    """
    shortages = durability.shortages(_days(register)).dropna(subset=["entry"])
    for short in (
        shortages[shortages["reason"].isna()].drop_duplicates("entry").sort_values("entry").itertuples()
    ):
        yield REDUCTION_WITHOUT_REASON.at(
            register.cell(Readiness, short.entry, "reason"),
            place=short.place,
            starts=short.first,
            ready=short.ready,
            declared=short.declared,
        )


@needs(Place, Readiness)
def ready_over_declared(register: "Register") -> Iterator[Finding]:
    """More places are said to be ready than were promised: one of the two numbers is wrong.

    Yields: one finding per row of tab „Gotowość”, at the number that is ready.
    """
    declared = register.places.groupby("place")["declared"].sum()
    rows = register.readiness.dropna(subset=["ready"])
    rows = rows.assign(declared=rows["place"].map(declared)).dropna(subset=["declared"])
    for row in rows[rows["ready"] > rows["declared"]].itertuples():
        cell = register.cell(Readiness, row.row, "ready")
        yield READY_OVER_DECLARED.at(cell, place=row.place, ready=row.ready, declared=int(row.declared))


@needs(Readiness)
def used_over_ready(register: "Register") -> Iterator[Finding]:
    """More places are taken than are ready: one of the two numbers is wrong.

    Where that is so in many rows of a place, what is taken is counted otherwise, and nothing is found.

    Yields: one finding per row of tab „Gotowość”, at the number that is taken.
    """
    rows = register.readiness.dropna(subset=["ready", "used"])
    over = rows["used"].gt(rows["ready"]).fillna(False).astype(bool)
    for row in rows[slips(over, rows["place"], FEW_ODD)].itertuples():
        cell = register.cell(Readiness, row.row, "used")
        yield USED_OVER_READY.at(cell, place=row.place, used=row.used, ready=row.ready)


@needs(Place, Readiness)
def evidence_old(register: "Register") -> Iterator[Finding]:
    """Nobody has confirmed for more than 90 days that a place is as its row says.

    Reads:  durability.confirmations(), rows in force on the day; one never confirmed is as old as
            its beginning.
    Yields: one finding per row, at the day of its confirmation.
    """
    places, period = register.places, register.durability_period
    rows = durability.confirmations(places, register.readiness, period, register.as_of)
    for row in rows[rows["to_confirm"]].itertuples():
        never = " (początek wpisu)" if pd.isna(row.confirmed_on) else ""
        yield EVIDENCE_OLD.at(
            register.cell(Readiness, row.row, "confirmed_on"),
            place=row.place,
            confirmed=words.day(row.confirmed_since) + never,
            days=row.age_days,
        )


@needs(Place, Readiness, Enquiry)
def refused_while_ready(register: "Register") -> Iterator[Finding]:
    """Somebody was refused a place that was ready and free, whatever the reason.

    Reads:  durability.refusals_while_ready().
    Yields: one finding per enquiry, at its outcome.
    """
    for refusal in durability.refusals_while_ready(_days(register), register.enquiries).itertuples():
        cell = register.cell(Enquiry, refusal.row, "outcome")
        yield REFUSED_WHILE_READY.at(cell, place=refusal.place, day=refusal.day, free=refusal.free)


@needs(Enquiry)
def refusals_many(register: "Register") -> Iterator[Finding]:
    """A greater share of those who asked for a place was refused than the project allows itself.

    Source: tab „Projekt”, „Dopuszczalne odmowy”; without it there is no share to compare with.
    Reads:  enquiries until the day and including it.
    Yields: at most one finding, at the tab.
    """
    allowed = register.project.refusals_allowed
    asked = register.enquiries[register.enquiries["asked_on"] <= pd.Timestamp(register.as_of)]
    refused = int((asked["outcome"] == Outcome.REFUSED).sum())
    if allowed is not None and refused > float(allowed) * len(asked):
        yield REFUSALS_MANY.at(
            register.cell(Enquiry),
            refused=refused,
            asked=len(asked),
            share=refused / len(asked),
            allowed=allowed,
        )
