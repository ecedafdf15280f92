"""How a source stands: what was last read well, and what is wrong now."""

import datetime as dt
import logging
import traceback
from dataclasses import dataclass, replace

from sheets.source import Snapshot, SourceError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How a source stands: what was last read well, and what is wrong now, if anything.

    All moments are in UTC. `read_at` is the last good reading, though it may have given the same
    snapshot as before; `failing_since` the first moment of the present run of failures;
    `checked_at` the last look, None before the first; `next_at` when it will be read again, where
    that is known. `seconds` is how long the last reading took.
    """

    label: str
    snapshot: Snapshot | None = None
    failure: SourceError | None = None
    failing_since: dt.datetime | None = None
    checked_at: dt.datetime | None = None
    read_at: dt.datetime | None = None
    next_at: dt.datetime | None = None
    seconds: float | None = None

    def good(self, snapshot: Snapshot, now: dt.datetime) -> "State":
        """The state after a good reading; a snapshot with the same content stays the same object."""
        if self.snapshot is not None and self.snapshot.id == snapshot.id:
            snapshot = self.snapshot
        return State(snapshot.label, snapshot, checked_at=now, read_at=now)

    def failed(self, failure: SourceError, now: dt.datetime) -> "State":
        """The state after a failure: the last good snapshot stays."""
        return replace(self, failure=failure, failing_since=self.failing_since or now, checked_at=now)


class Bug(SourceError):
    """Reading ended in an error of the program itself, not of the spreadsheet."""


def failure_of(error: Exception, label: str, before: SourceError | None) -> SourceError:
    """What to say of an error that ended a reading; `before` is what was said last time.

    An error of the program is logged once, without its message: that may hold the content of a cell.
    """
    if isinstance(error, SourceError):
        return error
    kind = type(error).__name__
    if not isinstance(before, Bug):
        frames = traceback.extract_tb(error.__traceback__)
        way = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        _log.error("%s while reading %s at %s", kind, label, way)
    return Bug(label, f"Program nie umie go odczytać (błąd {kind}).", "Zgłoś to opiekunowi programu.")
