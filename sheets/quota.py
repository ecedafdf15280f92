"""How many requests an account may make, and when it has to rest.

Google counts the reads of an account over a minute, whichever spreadsheets they are of, and
refuses those that are too many. We stay below its number by ourselves; when it refuses
nevertheless (someone else uses the account too), no request is made until the rest is over.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable

LIMIT = 60
"""Reads a minute that Google allows one account."""

CEILING = 50
"""Reads a minute that we allow ourselves; the others are for the command line and for late counting."""

MINUTE = 60.0
FIRST_REST, LONGEST_REST = 15.0, 600.0
LONGEST_ASKED = 3600.0


class Quota:
    """The requests of one account, shared by all its spreadsheets; safe to use from many threads.

    `clock` gives seconds from any start, `sleep` waits so many of them.
    """

    def __init__(
        self,
        ceiling: int = CEILING,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.ceiling, self.clock, self.sleep = ceiling, clock, sleep
        self._lock = threading.Lock()
        self._made: deque[float] = deque()
        self._rests = 0
        self._rests_until = clock()

    def take(self) -> None:
        """Count a request that is about to be made, after waiting until there is room for it."""
        while (wait := self._taken()) > 0:
            self.sleep(wait)

    @property
    def used(self) -> int:
        """Requests made in the last minute, refused ones included."""
        with self._lock:
            return self._counted()

    @property
    def rest(self) -> float:
        """Seconds until a request may be made again; 0 unless we were told to wait."""
        return max(0.0, self._rests_until - self.clock())

    def refused(self, asked: float = 0.0) -> float:
        """Rest, because a request was refused as one too many; the seconds of it.

        At least as long as Google `asked` for (one hour at most), and the longer the more often it
        refused. Requests that were on their way together count as one refusal.
        """
        with self._lock:
            now = self.clock()
            if self._rests_until <= now:
                self._rests = min(self._rests + 1, 10)
            grown = min(FIRST_REST * 2 ** (self._rests - 1), LONGEST_REST) * random.uniform(1.0, 1.25)
            self._rests_until = max(self._rests_until, now + min(max(grown, asked), LONGEST_ASKED))
            return self._rests_until - now

    def answered(self) -> None:
        """Google answered again: the next rest begins short."""
        self._rests = 0

    def _taken(self) -> float:
        """Count a request if there is room for it, else the seconds until there may be."""
        with self._lock:
            now = self.clock()
            if self._counted() < self.ceiling:
                self._made.append(now)
                return 0.0
            return max(self._made[0] + MINUTE - now, 0.001)

    def _counted(self) -> int:
        start = self.clock() - MINUTE
        while self._made and self._made[0] <= start:
            self._made.popleft()
        return len(self._made)


def pace(spreadsheets: int) -> float:
    """Seconds between two readings at which so many spreadsheets of one account fit in its quota."""
    return spreadsheets * MINUTE / (0.75 * CEILING)
