"""A source far away that is read every so often, in a thread of its own, whoever looks or not."""

import datetime as dt
import random
import threading
from collections.abc import Callable
from dataclasses import replace

from sheets.archive import Archive
from sheets.source import Accept, Awaited, Far, Passing, anything
from sheets.state import State, failure_of

RETRY_SECONDS = 60.0
"""A source that could not be read is tried again after so long, however seldom it is read else."""

COOL_DOWN = 15.0
"""Seconds between two readings that people ask for."""


class Polled:
    """One source, its state and the thread that reads it; the state is replaced whole.

    Nobody who asks for the state waits for a reading. Before the first one the state is that of
    the archive, if it has any, with an Awaited failure; or it is `known` already.
    """

    def __init__(
        self,
        key: str,
        source: Far,
        every: float,
        clock: Callable[[], dt.datetime],
        archive: Archive | None = None,
        known: State | None = None,
        accept: Accept = anything,
    ) -> None:
        self.source, self.every = source, every
        self._key, self._clock, self._accept, self._archive = key, clock, accept, archive
        self._reading = threading.Lock()
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._longest = 0.0
        self._asked_at: dt.datetime | None = None
        self._thread: threading.Thread | None = None
        self.state = replace(known, next_at=clock()) if known is not None else self._saved()

    def _saved(self) -> State:
        now = self._clock()
        saved = self._archive.load(self._key) if self._archive is not None else None
        snapshot, read_at = saved if saved is not None else (None, None)
        label = snapshot.label if snapshot is not None else self.source.label
        return State(label, snapshot, Awaited(label), failing_since=now, read_at=read_at, next_at=now)

    def refresh(self) -> None:
        """Read the source now, after whoever is reading it."""
        with self._reading:
            began = self._clock()
            before = self.state
            try:
                snapshot = self.source.read()
                if before.snapshot is None or before.snapshot.id != snapshot.id:
                    self._accept(before.snapshot, snapshot)
                after = before.good(snapshot, self._clock())
            except Exception as error:  # noqa: BLE001 - one source must not stop the others
                after = before.failed(failure_of(error, before.label, before.failure), self._clock())
            now, self._longest = self._clock(), self._pause(after)
            next_at = now + dt.timedelta(seconds=self._longest)
            self.state = replace(after, next_at=next_at, seconds=(now - began).total_seconds())
            if after.failure is None and not self._stopped.is_set():
                self._keep(before, after)

    def due(self) -> float:
        """Seconds until the source is to be read; 0 when it is time.

        Never more than the last pause, wherever the clock of the machine was set meanwhile.
        """
        next_at = self.state.next_at
        return 0.0 if next_at is None else min(max(0.0, self._until(next_at)), self._longest)

    def ask(self) -> float:
        """Have the source read now, by its own thread; or the seconds until one may ask again."""
        now, state = self._clock(), self.state
        left = 0.0
        if self._asked_at is not None:
            left = COOL_DOWN - (now - self._asked_at).total_seconds()
        if isinstance(state.failure, Passing) and state.failure.wait and state.next_at is not None:
            left = max(left, self._until(state.next_at))
        if left > 0:
            return left
        self._asked_at = now
        self.source.forget()
        self._wake.set()
        return 0.0

    def start(self) -> None:
        """Read now and then every so often, until stopped."""
        if self._thread is None:
            self._stopped, self._wake = threading.Event(), threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(self._stopped, self._wake), name="sheets-polled", daemon=True
            )
            self._thread.start()

    def stop(self, seconds: float = 0.0) -> None:
        """Read no more; wait so many seconds for a reading under way, which is then of no account."""
        if self._thread is not None:
            self._stopped.set()
            self._wake.set()
            self._thread.join(seconds)
            self._thread = None

    def _run(self, stopped: threading.Event, wake: threading.Event) -> None:
        while not stopped.is_set():
            if wake.wait(self.due()):
                wake.clear()
            if not stopped.is_set():
                self.refresh()

    def _until(self, moment: dt.datetime) -> float:
        return (moment - self._clock()).total_seconds()

    def _pause(self, after: State) -> float:
        """Seconds to the next reading: a little more or less than usual, so that no two march in step."""
        pause = self.every * random.uniform(0.9, 1.1)
        if after.failure is None:
            return pause
        wait = after.failure.wait if isinstance(after.failure, Passing) else 0.0
        return max(min(pause, RETRY_SECONDS * random.uniform(0.9, 1.1)), wait)

    def _keep(self, before: State, after: State) -> None:
        """Put a good reading into the archive."""
        if self._archive is None or after.snapshot is None or after.read_at is None:
            return
        if before.snapshot is after.snapshot:
            self._archive.confirm(self._key, after.read_at)
        else:
            self._archive.save(self._key, after.snapshot, after.read_at)
