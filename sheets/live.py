"""The last good state of many sources, kept fresh in the background.

A source at hand is looked at every second, one far away is read every so often in a thread of its
own. What was read well stays in use through every failure, until the source can be read again;
then all is as if nothing had happened.
"""

import datetime as dt
import threading
from collections.abc import Callable, Mapping

from sheets.archive import Archive
from sheets.polled import Polled
from sheets.source import Accept, Far, Near, anything
from sheets.state import Bug as Bug
from sheets.state import State as State
from sheets.watched import Watched


def utc_now() -> dt.datetime:
    """The present moment."""
    return dt.datetime.now(dt.UTC)


class Live:
    """Sources by key, with a daemon thread that looks at those at hand, and one for each far away.

    every     seconds between two looks
    settle    seconds that a changed source has to stay the same before it is read: it may be
              just being saved
    patience  seconds after which a source with a LASTING failure is read again though nothing
              about it has changed; other failures are tried again on every look
    archive   where the last good snapshots of sources far away survive a restart
    accept    refuses, by a SourceError, a snapshot that is not to take the place of the last good one
    """

    def __init__(
        self,
        every: float = 1.0,
        settle: float = 0.2,
        patience: float = 60.0,
        clock: Callable[[], dt.datetime] = utc_now,
        archive: Archive | None = None,
        accept: Accept = anything,
    ) -> None:
        self.every, self._settle, self._patience = every, settle, dt.timedelta(seconds=patience)
        self._clock, self._archive, self._accept = clock, archive, accept
        self._watched: dict[str, Watched] = {}
        self._polled: dict[str, Polled] = {}
        self._looking = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, near: Mapping[str, Near], far: Mapping[str, tuple[Far, float]] | None = None) -> None:
        """Watch these and no others; an equal source under the same key keeps its state.

        Sources far away come with the seconds between two readings. One of them keeps its last good
        snapshot under the same key though it is read in another way now, with another account.
        """
        old, far = self._watched, far or {}
        self._watched = {
            key: old[key]
            if key in old and old[key].source == source
            else Watched(source, self._clock, self._accept)
            for key, source in near.items()
        }
        before, self._polled = self._polled, {}
        for key, (source, every) in far.items():
            polled = before.pop(key, None)
            if polled is None or polled.source != source:
                known = polled.state if polled is not None else None
                if polled is not None:
                    polled.stop()
                polled = Polled(key, source, every, self._clock, self._archive, known, self._accept)
            polled.every = every
            self._polled[key] = polled
        for gone in before.values():
            gone.stop()
        if self._thread is not None:
            self._start_polled()

    def state(self, key: str) -> State:
        """How a source stands, at once; only one at hand is, the very first time, read while you wait."""
        if key in self._polled:
            return self._polled[key].state
        watched = self._watched[key]
        watched.read_first()
        return watched.state

    def age(self, key: str) -> float | None:
        """Seconds since the last good reading, None before the first."""
        read_at = self.state(key).read_at
        return None if read_at is None else (self._clock() - read_at).total_seconds()

    def refresh(self, key: str) -> float:
        """Have a source far away read now; or the seconds until one may ask again."""
        return self._polled[key].ask()

    def look(self) -> None:
        """Look at each source at hand and read what has news; returns at once if someone is looking."""
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
        """Look, and read, now and then every so often, until stopped."""
        if self._thread is None:
            self._stopped.clear()
            if self._archive is not None:
                self._archive.sweep()
            self._thread = threading.Thread(target=self._run, name="sheets-live", daemon=True)
            self._thread.start()
            self._start_polled()

    def stop(self) -> None:
        """Look and read no more; what was read stays."""
        if self._thread is None:
            return
        self._stopped.set()
        for polled in self._polled.values():
            polled.stop(1.0 / len(self._polled))
        self._thread.join()
        self._thread = None

    def _start_polled(self) -> None:
        for polled in self._polled.values():
            polled.start()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.look()
            self._stopped.wait(self.every)
