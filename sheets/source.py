"""Where spreadsheets come from: what a source gives, and what can stop it.

    SourceError               nothing could be read; the last good data stay in use
    ├── Missing               there is no such spreadsheet
    ├── Locked                it is there, but may not be read now
    ├── Damaged               it is there, but is not a whole workbook
    ├── Refused               it is dangerous to open: too large, too far-flung, or hostile
    ├── Vacant                it opened, and holds no cell at all
    ├── Unrecognised          it opened, and nothing in it is known
    ├── Unshared              it is there, but not for the account that we read with
    ├── KeyRejected           the key of that account is missing, broken, revoked, or shown at a wrong hour
    ├── ApiDisabled           the account may read no spreadsheet at all: the interface is switched off
    ├── Awaited               it was never read since the program was started
    └── Passing               it will most likely pass by itself
        ├── Unreachable       there is no way to it: the network, its names, its certificates, its server
        ├── Throttled         we asked too often and have to wait
        └── Garbled           what came is not, or not all of, what was asked for

None of them ever holds the content of a cell.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

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


Accept: TypeAlias = Callable[[Snapshot | None, Snapshot], None]
"""Given the last good snapshot and a new one: raises a SourceError when that, though whole, is not to
take the place of the last good one."""


def anything(before: Snapshot | None, snapshot: Snapshot) -> None:
    """Accepts every snapshot."""


class Source(Protocol):
    """A spreadsheet that can be read again and again."""

    @property
    def label(self) -> str:
        """The name people know it by, such as the name of the file."""
        ...

    def read(self) -> Snapshot:
        """The whole spreadsheet as it is now; SourceError when that cannot be had."""
        ...


class Near(Source, Protocol):
    """A source at hand, so that it may be looked at every second."""

    def sign(self) -> Hashable:
        """A cheap sign of change: while it stays equal, there is nothing new to read."""
        ...


class Far(Source, Protocol):
    """A source over a network: reading takes its time, and is rationed."""

    def forget(self) -> None:
        """Let the next reading ask for everything, what seldom changes included."""
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


class Unrecognised(SourceError):
    """The spreadsheet opened, and whoever asked for it can make nothing of it."""


class Unshared(SourceError):
    """The spreadsheet is there, but not for the account that we read with."""


class KeyRejected(SourceError):
    """The key of the account is missing, broken, revoked, or shown at a wrong hour."""


class ApiDisabled(SourceError):
    """The account may read no spreadsheet at all: the interface is switched off."""


class Awaited(SourceError):
    """The spreadsheet was never read since the program was started."""

    def __init__(self, label: str) -> None:
        super().__init__(label, "Czekam na pierwszy odczyt.", "Nic nie trzeba robić; to potrwa kilka sekund.")


class Passing(SourceError):
    """What will most likely pass by itself; `wait` is for how many seconds we were asked not to try."""

    def __init__(self, label: str, what: str, remedy: str, wait: float = 0.0) -> None:
        super().__init__(label, what, remedy)
        self.wait = wait


class Unreachable(Passing):
    """There is no way to the spreadsheet."""


class Throttled(Passing):
    """We asked too often and have to wait."""


class Garbled(Passing):
    """What came is not, or not all of, what was asked for."""
