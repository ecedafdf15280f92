"""The last good state of many sources, kept fresh in the background.

A source is looked at every second. What was read well stays in use through every failure, until
the source can be read again; then all is as if nothing had happened.
"""

import datetime as dt
import logging
import threading
import traceback
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace

from sheets.source import Damaged, Refused, Snapshot, Source, SourceError, Vacant

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How a source stands: what was last read well, and what is wrong now, if anything.

    `failing_since` is the first moment of the present run of failures, `checked_at` the last look;
    both are in UTC.
    """

    label: str
    snapshot: Snapshot | None = None
    failure: SourceError | None = None
    failing_since: dt.datetime | None = None
    checked_at: dt.datetime | None = None


class Bug(SourceError):
    """Reading ended in an error of the program itself, not of the spreadsheet."""


LASTING = (Damaged, Refused, Vacant, Bug)
"""Failures that will most likely come again until the spreadsheet is changed."""


def utc_now() -> dt.datetime:
    """The present moment."""
    return dt.datetime.now(dt.UTC)


class Live:
    """Sources by key, with one daemon thread that looks at them.

    every     seconds between two looks
    settle    seconds that a changed source has to stay the same before it is read: it may be
              just being saved
    patience  seconds after which a source with a LASTING failure is read again though nothing
              about it has changed; other failures are tried again on every look
    """

    def __init__(
        self,
        every: float = 1.0,
        settle: float = 0.2,
        patience: float = 60.0,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self._every, self._settle, self._patience = every, settle, dt.timedelta(seconds=patience)
        self._clock = clock
        self._watched: dict[str, _Watched] = {}
        self._looking = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, sources: Mapping[str, Source]) -> None:
        """Watch these and no others; an equal source under the same key keeps its state."""
        old = self._watched
        self._watched = {
            key: old[key] if key in old and old[key].source == source else _Watched(source, self._clock)
            for key, source in sources.items()
        }

    def state(self, key: str) -> State:
        """How a source stands, at once; only the very first time is it read while you wait."""
        watched = self._watched[key]
        watched.read_first()
        return watched.state

    def look(self) -> None:
        """Look at each source once and read what has news; returns at once if someone is looking."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            everyone = list(self._watched.values())
            news = [it for it in everyone if not it.read_first() and it.has_news(self._patience)]
            if news:
                self._stopped.wait(self._settle)
            for watched in news:
                watched.read_if_settled()
        finally:
            self._looking.release()

    def start(self) -> None:
        """Look now and then every so often, until stopped."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._run, name="sheets-live", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; what was read stays."""
        if self._thread is not None:
            self._stopped.set()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.look()
            self._stopped.wait(self._every)


class _Watched:
    """One source and its state. Whoever reads it holds the lock; the state is replaced whole."""

    def __init__(self, source: Source, clock: Callable[[], dt.datetime]) -> None:
        self.source, self._clock = source, clock
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
        except Exception as error:  # noqa: BLE001 - one source must not stop the others
            self._fail(error)
        else:
            self.state = State(snapshot.label, snapshot, checked_at=self._clock())

    def _fail(self, error: Exception) -> None:
        """Keep the last good snapshot and say what is wrong, and since when."""
        now = self._clock()
        failure = error if isinstance(error, SourceError) else self._bug(error)
        since = self.state.failing_since or now
        self.state = replace(self.state, failure=failure, failing_since=since, checked_at=now)

    def _bug(self, error: Exception) -> Bug:
        """An error of the program, logged without its message: that may hold the content of a cell."""
        kind, label = type(error).__name__, self.source.label
        if not isinstance(self.state.failure, Bug):
            frames = traceback.extract_tb(error.__traceback__)
            way = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
            _log.error("%s while reading %s at %s", kind, label, way)
        return Bug(label, f"Program nie umie go odczytać (błąd {kind}).", "Zgłoś to opiekunowi programu.")
