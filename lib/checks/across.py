"""Checks across projects: the same person, and the same document, in two of them.

Each takes the registers of several projects by their ids and yields the id of a project with a
finding in it; what two projects share is found in both.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from lib import cells, duplicates, words
from lib.duplicates import Strength
from lib.findings import DOCUMENT_IN_TWO_PROJECTS, PERSON_IN_TWO_PROJECTS, Finding
from lib.records import Expense, Participant

if TYPE_CHECKING:
    from lib.register import Register

    Registers: TypeAlias = Mapping[str, Register]
    CheckAcross: TypeAlias = Callable[[Registers], Iterator[tuple[str, Finding]]]


def person_in_two_projects(registers: "Registers") -> Iterator[tuple[str, Finding]]:
    """A person takes part in two projects on one day, until today's.

    Reads:  duplicates.across(), pairs that are certain or likely.
    Yields: one finding per pair and project, at the person's number.
    """
    for pair in duplicates.across(registers):
        as_of = registers[pair.later.project].as_of
        if pair.together is None or pair.together.first > as_of or pair.strength is Strength.POSSIBLE:
            continue
        for mine, other in ((pair.first, pair.later), (pair.later, pair.first)):
            yield (
                mine.project,
                PERSON_IN_TWO_PROJECTS.at(
                    registers[mine.project].cell(Participant, mine.row, "person"),
                    starts=pair.together.first,
                    ends=min(pair.together.last, as_of),
                    strength=pair.strength.label,
                    project=other.project,
                    where=other.cell.address,
                    evidence=pair.evidence,
                ),
            )


def document_in_two_projects(registers: "Registers") -> Iterator[tuple[str, Finding]]:
    """Two projects together count more of a document as eligible than there is on it.

    Reads:  documents of one number, day of issue and gross amount in two projects; a document shared
            between them is right as long as their eligible parts are not more than the whole.
    Yields: one finding per document and project, at its number.
    """
    by = ["number", "issued_on", "gross_gr"]
    documents = {id: _documents(register) for id, register in registers.items()}
    for one, other in combinations(documents, 2):
        shared = documents[one].merge(documents[other], on=by, suffixes=("", "_other"))
        shared = shared.assign(eligible=shared["eligible_gr"] + shared["eligible_gr_other"])
        for document in shared[shared["eligible"] > shared["gross_gr"]].sort_values("row").itertuples():
            sides = ((one, document.row), (other, document.row_other))
            for (mine, row), (theirs, their_row) in (sides, sides[::-1]):
                yield (
                    mine,
                    DOCUMENT_IN_TWO_PROJECTS.at(
                        registers[mine].cell(Expense, row, "document"),
                        project=theirs,
                        where=registers[theirs].cell(Expense, their_row, "document").address,
                        eligible=words.money(document.eligible),
                        gross=words.money(document.gross_gr),
                    ),
                )


def _documents(register: "Register") -> pd.DataFrame:
    """Documents with all that tells one from another: number, issued_on, gross_gr, eligible_gr, row."""
    rows = register.expenses.dropna(subset=["document", "issued_on", "gross_gr"])
    rows = rows.assign(number=rows["document"].map(cells.key))
    by_document = rows.groupby(["number", "issued_on", "gross_gr"], as_index=False)
    return by_document.agg(eligible_gr=("eligible_gr", "sum"), row=("row", "first"))


ACROSS: "tuple[CheckAcross, ...]" = (person_in_two_projects, document_in_two_projects)
"""Every check across projects, in the order of the rules in `findings.py`."""


def findings(registers: "Registers") -> dict[str, tuple[Finding, ...]]:
    """What is wrong between the projects, by the id of the project where it is found."""
    found: dict[str, list[Finding]] = {id: [] for id in registers}
    for check in ACROSS:
        for id, finding in check(registers):
            found[id].append(finding)
    return {id: tuple(own) for id, own in found.items()}
