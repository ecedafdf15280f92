"""A case for every rule: where it is broken, and what change mends it."""

from tests.cases import cells, groups, money, persons, places, references, sessions
from tests.cases.case import Case

CASES: tuple[Case, ...] = (
    *cells.CASES,
    *references.CASES,
    *persons.CASES,
    *groups.CASES,
    *sessions.CASES,
    *money.CASES,
    *places.CASES,
)
