"""Columns that are not there and must be, and headers that stand twice."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lib import findings as rules
from lib.findings import Finding
from lib.headers import header_key
from lib.reading import Recognised
from lib.recognition.candidates import Candidate
from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
    extra,
)
from sheets.table import Table


def header_findings(
    record: type[Record],
    table: Table,
    columns: Mapping[str, int],
    best: Candidate,
    *,
    grouped: bool,
    parted: bool,
) -> Iterable[Finding]:
    """Columns that are not there and must be, and headers that stand twice."""
    for name, own in record.model_fields.items():
        if name in columns or extra(own, "blank") or name in made_up(record, columns):
            continue
        if (grouped and (record, name) == (Enrolment, "group")) or (
            parted and (record, name) == (Expense, "line")
        ):
            continue  # the line above says it
        lost = (
            sum(1 for i in range(len(table)) if any(v is not None for v in table.row(i)))
            if extra(own, "essential")
            else 0
        )
        yield rules.MISSING_COLUMN.at(replace(table.cell(-1), raw=""), missing=own.title, not_counted=lost)
    read = {header_key(table.header[column]) for column in best.columns.values()}
    seen = set()
    for column in best.span.columns():
        header = table.header[column]
        if (text := header_key(header)) in seen and text in read:
            yield rules.DUPLICATE_HEADER.at(table.cell(-1, column))
        if text:
            seen.add(text)


def without_missing(table: Recognised, name: str) -> Recognised:
    """A table whose field is known otherwise, without the finding that no column says it."""
    title = f"„{table.record.model_fields[name].title}”"
    kept = (one for one in table.findings if one.rule is not rules.MISSING_COLUMN or title not in one.message)
    return replace(table, findings=tuple(kept))


def made_up(record: type[Record], columns: Mapping[str, int]) -> frozenset[str]:
    """The fields that need no column of their own, because `lib.joining` can make them from others."""
    able: set[str] = set()
    if record is Participant:
        able |= {"person"} if "surname" in columns else set()
        able |= {"sex"} if "pesel" in columns else set()
    if record is Attendance:
        able |= {"session", "presence"}
    if record is Session:
        able |= {"session"} if "day" in columns else set()
        able |= {"status", "group"}
    if record is Enrolment:
        able |= {"state"}
        able |= {"requested_on"} if {"started_on", "waitlisted_on"} & set(columns) else set()
    if record is Group:
        able |= {"group"} if "name" in columns else set()
        able |= {"form"}
    if record is SupportForm:
        able |= {"code"} if "name" in columns else {"name"} if "code" in columns else set()
    if record is BudgetLine:
        able |= {"task"}
        able |= {"line"} if "name" in columns else set()
    if record is Enquiry:
        able |= {"enquiry"}
    if record is Readiness:
        able |= {"state"} if "ready" in columns else set()
    if record is Place:
        able |= {"unit"}
    if record is Specialist:
        able |= {"specialist"} if "name" in columns else set()
    return frozenset(able)
