"""What a check is, and that it has nothing to look at in tables without rows."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from lib.findings import Finding
from lib.records import Record
from sheets.table import Cell

if TYPE_CHECKING:
    from lib.register import Register

Check: TypeAlias = Callable[["Register"], Iterator[Finding]]
"""A function that yields what is wrong in a register."""


def needs(*records: type[Record]) -> Callable[[Check], Check]:
    """Of a check: it finds nothing where one of these tables has no rows, and is not even asked then."""

    def of(check: Check) -> Check:
        @wraps(check)
        def asked(register: "Register") -> Iterator[Finding]:
            if not any(register.frames[record].empty for record in records):
                yield from check(register)

        return asked

    return of


def slips(odd: "pd.Series[Any]", by: Any, most: float) -> "pd.Series[Any]":
    """What is odd of rows, but for those of a tab or a place where more than the share `most` of them are.

    There it is how they are kept, and no slip.
    """
    return odd & ~(odd.groupby(by).transform("mean") > most)


def headers(register: "Register", record: type[Record], field: str) -> dict[int, Cell]:
    """The header of a field in each tab of its kind that has the column, by the number of the tab."""
    return {
        number: tab.table.cell(-1, column)
        for number, tab in enumerate(register.readings.by_record[record].tabs)
        if isinstance(column := tab.columns.get(field), int)
    }
