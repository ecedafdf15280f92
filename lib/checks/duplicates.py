"""Checks of persons entered twice; rows with one PESEL are found, and counted once, by the register."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lib.checks.check import needs
from lib.duplicates import Strength
from lib.findings import SAME_PERSON_LIKELY, SIMILAR_NAMES, Finding, Rule
from lib.records import Participant

if TYPE_CHECKING:
    from lib.register import Register


@needs(Participant)
def same_person_likely(register: "Register") -> Iterator[Finding]:
    """Two rows are probably one person: names and the day of birth agree, but for a slip or a marriage.

    Reads:  duplicates.within().
    Yields: one finding per later row, at its surname.
    """
    yield from _found(register, Strength.LIKELY, SAME_PERSON_LIKELY)


@needs(Participant)
def similar_names(register: "Register") -> Iterator[Finding]:
    """Two rows have one name, and nothing says whether it is one person or two.

    Reads:  duplicates.within().
    Yields: one finding per later row, at its surname.
    """
    yield from _found(register, Strength.POSSIBLE, SIMILAR_NAMES)


def _found(register: "Register", strength: Strength, rule: Rule) -> Iterator[Finding]:
    for pair in register.duplicates:
        if pair.strength is strength:
            yield rule.at(
                register.cell(Participant, pair.later.row, "surname"),
                first=pair.first.person,
                where=pair.first.cell.address,
                evidence=pair.evidence,
            )
