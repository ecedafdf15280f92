"""Where spreadsheets come from: what a source gives, and what can stop it.

    SourceError               nothing could be read; the last good data stay in use
    ├── Missing               there is no such spreadsheet
    ├── Locked                it is there, but may not be read now
    ├── Damaged               it is there, but is not a whole workbook
    ├── Refused               it is dangerous to open: too large, too far-flung, or hostile
    └── Vacant                it opened, and holds no cell at all

None of them ever holds the content of a cell.
"""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from sheets.table import Table


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A spreadsheet as it was at one moment, whole.

    `id` is a hash of the content: equal ids mean equal cells. `read_at` is in UTC.
    """

    tabs: tuple[Table, ...]
    id: str
    read_at: dt.datetime
    label: str


class Source(Protocol):
    """A spreadsheet that can be read again and again."""

    @property
    def label(self) -> str:
        """The name people know it by, such as the name of the file."""
        ...

    def sign(self) -> Hashable:
        """A cheap sign of change: while it stays equal, there is nothing new to read."""
        ...

    def read(self) -> Snapshot:
        """The whole spreadsheet as it is now; SourceError when that cannot be had."""
        ...


class SourceError(Exception):
    """A spreadsheet could not be read: what happened and what to do, in Polish.

    Neither text ever holds the content of a cell.
    """

    def __init__(self, label: str, what: str, remedy: str) -> None:
        super().__init__(f"{label}: {what} {remedy}")
        self.label, self.what, self.remedy = label, what, remedy


class Missing(SourceError):
    """There is no such spreadsheet."""


class Locked(SourceError):
    """The spreadsheet is there, but may not be read now."""


class Damaged(SourceError):
    """The spreadsheet is there, but is not a whole workbook."""


class Refused(SourceError):
    """The spreadsheet is dangerous to open."""


class Vacant(SourceError):
    """The spreadsheet opened, and holds no cell at all."""
