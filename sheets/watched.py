"""A source at hand that is looked at every second, and read when it has news."""

import datetime as dt
import threading
from collections.abc import Callable, Hashable
from dataclasses import replace

from sheets.source import Accept, Damaged, Near, Refused, Unrecognised, Vacant, anything
from sheets.state import Bug, State, failure_of

LASTING = (Damaged, Refused, Vacant, Unrecognised, Bug)
"""Failures that will most likely come again until the spreadsheet is changed."""


class Watched:
    """One source and its state. Whoever reads it holds the lock; the state is replaced whole."""

    def __init__(self, source: Near, clock: Callable[[], dt.datetime], accept: Accept = anything) -> None:
        self.source, self._clock, self._accept = source, clock, accept
        self.state = State(source.label)
        self._lock = threading.Lock()
        self._seen: Hashable = None  # the sign on the last look
        self._tried: Hashable = None  # the sign when it was last read, well or not
        self._tried_at = clock()

    def read_first(self) -> bool:
        """Read the source, unless that has been done before; whether it was done now."""
        if self.state.checked_at is not None:
            return False
        with self._lock:
            first = self.state.checked_at is None
            if first and self._look():
                self._read()
        return first

    def has_news(self, patience: dt.timedelta) -> bool:
        """Look at the source; whether it is worth reading: it changed, or may have got well."""
        with self._lock:
            if not self._look():
                return False
            failure = self.state.failure
            if isinstance(failure, LASTING) and self._seen == self._tried:
                return self._clock() - self._tried_at >= patience
            return failure is not None or self._seen != self._tried

    def read_if_settled(self) -> None:
        """Read the source if it looks the same as on the last look; if not, it is being saved."""
        with self._lock:
            before = self._seen
            if self._look() and self._seen == before:
                self._read()

    def _look(self) -> bool:
        """See the sign of the source; whether it could be seen."""
        try:
            self._seen = self.source.sign()
        except Exception as error:  # noqa: BLE001 - one source must not stop the others
            self._tried = object()  # like no sign: once one is seen again, the source is read
            self._fail(error)
            return False
        if self.state.checked_at is not None:
            self.state = replace(self.state, checked_at=self._clock())
        return True

    def _read(self) -> None:
        """Read the source and keep what came of it."""
        self._tried, self._tried_at = self._seen, self._clock()
        try:
            snapshot = self.source.read()
            self._accept(self.state.snapshot, snapshot)
        except Exception as error:  # noqa: BLE001 - one source must not stop the others
            self._fail(error)
        else:
            self.state = self.state.good(snapshot, self._clock())
        seconds = (self._clock() - self._tried_at).total_seconds()
        self.state = replace(self.state, seconds=seconds)

    def _fail(self, error: Exception) -> None:
        """Keep the last good snapshot and say what is wrong, and since when."""
        failure = failure_of(error, self.source.label, self.state.failure)
        self.state = self.state.failed(failure, self._clock())
