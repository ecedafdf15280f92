"""A case for every rule: where it is broken, and what change mends it."""

from tests.cases import (
    cells,
    exits,
    groups,
    mapping,
    money,
    monitoring,
    persons,
    places,
    references,
    sessions,
    twice,
    unread,
)
from tests.cases.case import Case

CASES: tuple[Case, ...] = (
    *mapping.CASES,
    *cells.CASES,
    *references.CASES,
    *persons.CASES,
    *monitoring.CASES,
    *exits.CASES,
    *twice.CASES,
    *unread.CASES,
    *groups.CASES,
    *sessions.CASES,
    *money.CASES,
    *places.CASES,
)
