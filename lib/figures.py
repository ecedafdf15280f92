"""Every figure of the pages as one plain structure, for the command line and for other programs."""

from typing import Any

from lib import budget, capacity, durability
from lib.acceptances import Accepted
from lib.findings import Finding
from lib.register import Register


def figures(register: Register) -> dict[str, Any]:
    """Capacity, budget, durability, findings and rows not counted; ready for JSON, keys in English.

    Described key by key in docs/liczby.md. Amounts are integer grosze, shares are 0-1, days are
    ISO 8601; None is „not given in the source” or „nothing to compute it from”.
    """
    return {
        "as_of": register.as_of.isoformat(),
        "project": {
            "name": register.project.name,
            "starts_on": iso(register.project.starts_on),
            "ends_on": iso(register.project.ends_on),
            "durability_starts_on": iso(register.project.durability_starts_on),
            "durability_ends_on": iso(register.project.durability_ends_on),
            "example": register.project.example,
        },
        "capacity": capacity.figures(register),
        "budget": budget.figures(register),
        "durability": durability.figures(register),
        "findings": [finding_line(finding) for finding in register.findings],
        "accepted": [accepted_line(accepted) for accepted in register.accepted],
        "not_counted": not_counted(register),
    }


def not_counted(register: Register) -> dict[str, int]:
    """How many rows are left out of the figures, by the Polish name of the kind of table."""
    return {record.tab: count for record, count in register.rejected.items()}


def finding_line(finding: Finding) -> dict[str, Any]:
    """A finding for JSON: `code`, `severity`, `address`, `message`, and what else a program may want."""
    return {
        "code": finding.rule.code,
        "severity": finding.rule.severity.name,
        "address": finding.address,
        "message": finding.message,
        "advice": finding.rule.advice,
        "workbook": finding.cell.workbook,
        "not_counted": finding.not_counted,
    }


def accepted_line(accepted: Accepted) -> dict[str, Any]:
    """An accepted finding for JSON: as an open one, with `reason`, `accepted_by` and `accepted_on`."""
    return finding_line(accepted.finding) | {
        "reason": accepted.acceptance.reason,
        "accepted_by": accepted.acceptance.by,
        "accepted_on": iso(accepted.acceptance.on),
    }


def iso(day: Any) -> str | None:
    """A day as ISO 8601, None where there is none."""
    return None if day is None else day.isoformat()
