"""The signs by which each kind of table is known where nothing names it."""

from collections.abc import Mapping

from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Fact,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
)

WHO = ("person", "~name", "surname", "~surname")


SIGNS: Mapping[type[Record], tuple[tuple[tuple[str, ...], ...], ...]] = {
    Fact: ((("parameter",), ("value",)),),
    SupportForm: ((("name",), ("code", "delivery", "planned_persons")),),
    Specialist: (
        (("name",), ("specialist", "role", "contract_from", "~period", "weekly_hours")),
        (("specialist",), ("role",)),
    ),
    Group: (
        (
            ("group", "name"),
            ("form", "limit", "leader"),
            ("limit", "starts_on", "ends_on", "~period", "form"),
        ),
    ),
    Participant: (
        (WHO[1:3], ("pesel", "birth_date", "sex", "entered_on", "exited_on", "~period")),
        (("person",), ("pesel", "sex", "birth_date"), ("entered_on", "sex", "~period", "target_group")),
        (("person",), ("surname", "~name", "target_group"), ("entered_on", "~period")),
    ),
    Enrolment: ((WHO, ("group",), ("state", "requested_on", "started_on", "~period", "waitlisted_on")),),
    Session: ((("day",), ("group", "starts_at", "~times", "topic", "leaders", "status")),),
    Attendance: (
        (WHO, ("session", "~day"), ("presence",)),
        (WHO, ("~day",), ("~group", "~hours", "arrived_at")),
    ),
    BudgetLine: ((("line", "name", "task"), ("planned_gr",)),),
    Expense: ((("document",), ("eligible_gr", "gross_gr"), ("paid_on", "issued_on", "line")),),
    Place: ((("place",), ("declared",), ("unit", "starts_on", "~period", "forms", "source", "ends_on")),),
    Readiness: ((("place",), ("starts_on", "~period"), ("state", "ready")),),
    Enquiry: ((("asked_on",), ("place", "channel"), ("outcome",)),),
}
"""What must be there to know each kind of table without a title: of each group one, in any of the ways."""


BY_CONTENT: Mapping[str, tuple[float, float]] = {
    "pesel": (0.8, 0.75),
    "sex": (0.9, 0.55),
    "~name": (0.8, 0.6),
    "~hours": (0.9, 0.5),
}
"""Fields known by their cells alone where the header says nothing: from which share, of which worth."""
