"""The check of periods: both days included, and a blank end means that it lasts."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lib.findings import PERIOD_REVERSED, Finding
from lib.records import BudgetLine, Enquiry, Enrolment, Fact, Group, Place, Readiness, Record, Specialist

if TYPE_CHECKING:
    from lib.register import Register

PAIRS: tuple[tuple[type[Record], str, str], ...] = (
    (Specialist, "contract_from", "contract_to"),
    (Group, "starts_on", "ends_on"),
    (Enrolment, "started_on", "ended_on"),
    (Enrolment, "requested_on", "ended_on"),
    (BudgetLine, "starts_on", "ends_on"),
    (Place, "starts_on", "ends_on"),
    (Readiness, "starts_on", "ends_on"),
    (Enquiry, "starts_on", "ends_on"),
)
"""Where a first and a last day stand side by side."""


def period_reversed(register: "Register") -> Iterator[Finding]:
    """A period ends before it begins.

    Reads:  the periods of the project and the columns of PAIRS.
    Yields: one finding per period or row, at its end.
    """
    project = register.project
    for starts, ends, end in (
        (project.starts_on, project.ends_on, "ends_on"),
        (project.durability_starts_on, project.durability_ends_on, "durability_ends_on"),
    ):
        if starts is not None and ends is not None and ends < starts:
            cell = register.cell(Fact, project.row_of(end), "value")
            yield PERIOD_REVERSED.at(cell, starts=starts, ends=ends)
    found: dict[type[Record], set[int]] = defaultdict(set)
    for record, first, last in PAIRS:
        frame = register.frames[record]
        backwards = frame[(frame[last] < frame[first]) & ~frame["row"].isin(found[record])]
        found[record] |= set(backwards["row"])
        for row, starts, ends in zip(backwards["row"], backwards[first], backwards[last], strict=True):
            yield PERIOD_REVERSED.at(register.cell(record, row, last), starts=starts, ends=ends)
