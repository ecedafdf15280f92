"""Requests in the last minute: 60 a user and 300 a project, reads and writes counted apart."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable

from tests.google.errors import quota_exceeded

MINUTE = 60.0


class Quota:
    """Counts what was let through in the last 60 seconds; what was refused does not count.

    The window slides, which is at least as strict as Google's: whoever keeps to it there keeps
    to it here.
    """

    def __init__(self, clock: Callable[[], float], per_user: int = 60, per_project: int = 300) -> None:
        self.clock = clock
        self.per_user, self.per_project = per_user, per_project
        self.moments: dict[tuple[str, str, str], deque[float]] = defaultdict(deque)

    def spend(self, kind: str, user: str, project: str) -> None:
        """Counts one request of `kind` ("Read", "Write"). Errors: the 429 of Google when too many."""
        now = self.clock()
        limits = (("user", user, self.per_user), ("project", project, self.per_project))
        for per, name, limit in limits:
            if self.used(kind, per, name) >= limit:
                raise quota_exceeded(kind, per, limit, project)
        for per, name, _ in limits:
            self.moments[kind, per, name].append(now)

    def used(self, kind: str, per: str, name: str) -> int:
        """Requests of this kind by this user or project in the last minute."""
        moments, now = self.moments[kind, per, name], self.clock()
        while moments and moments[0] <= now - MINUTE:
            moments.popleft()
        return len(moments)
