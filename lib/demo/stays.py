"""How the invented groups live: who comes, waits, misses a meeting, gives up, finishes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from lib.demo.facts import Recipe, Row
from lib.demo.timetable import Meeting
from lib.dictionaries import EnrolmentState, Presence, SessionStatus

MISSED_AT_MOST = 2
"""In the examples nobody misses more meetings in a row: a third would be a finding."""

AWAY_AT_MOST = dt.timedelta(days=7)
"""So long after the last meeting attended a second in a row is not missed: two weeks would be a finding."""


@dataclass(slots=True)
class Mark:
    """Whether a person came to a meeting, and when, where that is written down."""

    meeting: Meeting
    presence: Presence
    arrived_at: dt.time | None = None
    left_at: dt.time | None = None


@dataclass(slots=True)
class Stay:
    """Somebody's time in a group, or wait for it; who it is, is decided later."""

    group: str
    people: str
    asked_on: dt.date
    waitlisted_on: dt.date | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    state: EnrolmentState = EnrolmentState.ADMITTED
    reason: str | None = None
    marks: list[Mark] = field(default_factory=list)
    person: str = ""

    def row(self) -> Row:
        """The row of the tab „Zapisy”."""
        return {
            "person": self.person,
            "group": self.group,
            "state": self.state,
            "requested_on": self.asked_on,
            "waitlisted_on": self.waitlisted_on,
            "started_on": self.started_on,
            "ended_on": self.ended_on,
            "reason": self.reason,
        }

    def mark_rows(self) -> list[tuple[str, Row]]:
        """The rows of the tab „Obecności”, each with the number of its session to sort by."""
        return [
            (
                mark.meeting.code,
                {
                    "session": mark.meeting.code,
                    "person": self.person,
                    "presence": mark.presence,
                    "arrived_at": mark.arrived_at,
                    "left_at": mark.left_at,
                },
            )
            for mark in self.marks
        ]


def stays(recipe: Recipe, meetings: list[Meeting], rng: Random) -> list[Stay]:
    """The stays in all the groups, by the day of asking."""
    found = []
    for group in recipe["groups"]:
        held = [m for m in meetings if m.group == group["group"] and m.status == SessionStatus.HELD]
        found += _Life(recipe, group, held, rng).lived()
    return sorted(found, key=lambda stay: stay.asked_on)


class _Life:
    """One group from its first meeting to its last."""

    def __init__(self, recipe: Recipe, group: Mapping[str, Any], held: list[Meeting], rng: Random) -> None:
        self.group, self.held, self.rng = group, held, rng
        self.habits: Mapping[str, Any] = recipe["habits"] | {k: group[k] for k in ("drop_out",) if k in group}
        self.all: list[Stay] = []
        self.here: list[Stay] = []
        self.queue: list[Stay] = []

    def lived(self) -> list[Stay]:
        first = self.held[0].day
        for _ in range(self.group["begins_with"]):
            stay = self._asked(first - dt.timedelta(days=self.rng.randint(3, 30)))
            stay.started_on = first
            self.here.append(stay)
        asking = self._later_days()
        for index, meeting in enumerate(self.held):
            while asking and asking[0] <= meeting.day:
                self._comes(self._asked(asking.pop(0)))
            self._meets(meeting)
            self._partings(meeting, len(self.held) - index - 1)
        return self.all

    def _asked(self, day: dt.date) -> Stay:
        # nobody asks at a weekend
        day -= dt.timedelta(days=max(day.weekday() - 4, 0))
        stay = Stay(self.group["group"], self.group["people"], day)
        self.all.append(stay)
        return stay

    def _later_days(self) -> list[dt.date]:
        """When others ask for a place: late only where everybody stays for a few meetings."""
        share = 0.9 if self.group.get("stay") else 0.75
        first, last = self.held[0].day, self.held[int(len(self.held) * share)].day
        days = [first + dt.timedelta(days=n) for n in range(1, (last - first).days)]
        working = [day for day in days if day.weekday() < 5]
        return sorted(self.rng.choices(working, k=self.group.get("later", 0)))

    def _comes(self, stay: Stay) -> None:
        if len(self.here) < self.group["limit"]:
            stay.started_on = stay.asked_on
            self.here.append(stay)
        else:
            stay.waitlisted_on = stay.asked_on
            self.queue.append(stay)

    def _meets(self, meeting: Meeting) -> None:
        """Those who are asked to this meeting: all, or of individual meetings those who waited longest."""
        waited = sorted(self.here, key=lambda stay: stay.marks[-1].meeting.day if stay.marks else dt.date.min)
        for stay in waited[: self.group.get("at_once") or None]:
            stay.marks.append(self._mark(stay, meeting))

    def _mark(self, stay: Stay, meeting: Meeting) -> Mark:
        missed = [mark.presence != Presence.PRESENT for mark in stay.marks[-MISSED_AT_MOST:]]
        must = not missed or (len(missed) == MISSED_AT_MOST and all(missed)) or self._long_away(stay, meeting)
        if not must and self.rng.random() < self.habits["absent"]:
            excused = self.rng.random() < self.habits["excused"]
            return Mark(meeting, Presence.EXCUSED if excused else Presence.ABSENT)
        if not self.group.get("clocked"):
            return Mark(meeting, Presence.PRESENT)
        # children come after lessons and are fetched in the evening, by five minutes
        came, left = self.rng.randrange(0, 120, 5), self.rng.randrange(0, 95, 5)
        return Mark(
            meeting, Presence.PRESENT, _later(meeting.starts_at, came), _later(meeting.ends_at, -left)
        )

    def _long_away(self, stay: Stay, meeting: Meeting) -> bool:
        came = [mark.meeting.day for mark in stay.marks if mark.presence == Presence.PRESENT]
        return stay.marks[-1].presence != Presence.PRESENT and meeting.day - came[-1] > AWAY_AT_MOST

    def _partings(self, meeting: Meeting, meetings_left: int) -> None:
        for stay in list(self.here):
            if not meetings_left or len(stay.marks) == self.group.get("stay"):
                self._ends(stay, meeting.day, EnrolmentState.COMPLETED)
            elif (
                len(stay.marks) > 1
                and stay.marks[-1].meeting is meeting
                and self.rng.random() < self.habits["drop_out"]
            ):
                stay.reason = self.rng.choice(self.habits["drop_out_reasons"])
                self._ends(stay, meeting.day, EnrolmentState.WITHDRAWN)
        while self.queue and (not meetings_left or len(self.here) < self.group["limit"]):
            stay = self.queue.pop(0)
            # whoever cannot be seen at least once any more is not admitted
            unseen = sum(not other.marks for other in self.here)
            if unseen < meetings_left * self.group.get("at_once", self.group["limit"]):
                stay.started_on = meeting.day + dt.timedelta(days=1)
                self.here.append(stay)
            else:
                stay.ended_on, stay.state = meeting.day, EnrolmentState.CANCELLED
                stay.reason = "nie zwolniło się miejsce"

    def _ends(self, stay: Stay, day: dt.date, state: EnrolmentState) -> None:
        stay.ended_on, stay.state = day, state
        self.here.remove(stay)


def _later(time: dt.time, minutes: int) -> dt.time:
    return (dt.datetime.combine(dt.date(2000, 1, 1), time) + dt.timedelta(minutes=minutes)).time()
