"""When the invented groups meet, and who leads."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import Any

import holidays

from lib.demo.facts import Recipe, Row
from lib.dictionaries import SessionStatus
from lib.words import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session of a group."""

    group: str
    day: dt.date
    starts_at: dt.time
    ends_at: dt.time
    leaders: tuple[str, ...]
    status: SessionStatus
    topic: str
    code: str = ""

    def overlaps(self, other: "Meeting") -> bool:
        """Whether the two last at the same moment."""
        return self.day == other.day and self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def row(self) -> Row:
        """The row of the tab „Zajęcia”."""
        return {
            "session": self.code,
            "group": self.group,
            "day": self.day,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "leaders": "; ".join(self.leaders),
            "status": self.status,
            "topic": self.topic,
        }


def meetings(recipe: Recipe, rng: Random) -> list[Meeting]:
    """All the sessions of the groups by day and hour, numbered in that order.

    Raises ValueError where the recipe puts somebody in two places at once.
    """
    planned = [meeting for group in recipe["groups"] for meeting in _of_group(recipe, group, rng)]
    planned.sort(key=lambda meeting: (meeting.day, meeting.starts_at, meeting.group))
    busy = _Busy(planned)
    deputies = {group["group"]: group["leaders"] for group in recipe["groups"]}
    for index, meeting in enumerate(planned):
        others = [code for code in deputies[meeting.group] if code not in meeting.leaders]
        if len(meeting.leaders) == 1 and others and rng.random() < recipe["habits"]["substitute"]:
            stand_in = replace(meeting, leaders=(others[0],))
            if busy.free(others[0], meeting):
                busy.swap(meeting, stand_in)
                planned[index] = stand_in
    return [replace(meeting, code=f"Z{number:04}") for number, meeting in enumerate(planned, start=1)]


class _Busy:
    """Who leads what on each day."""

    def __init__(self, planned: list[Meeting]) -> None:
        self._days: dict[tuple[str, dt.date], list[Meeting]] = {}
        for meeting in planned:
            for leader in meeting.leaders:
                if not self.free(leader, meeting):
                    raise ValueError(f"{leader} {meeting.day}: {meeting.group} at the same time as another")
                self._days.setdefault((leader, meeting.day), []).append(meeting)

    def free(self, leader: str, meeting: Meeting) -> bool:
        return not any(meeting.overlaps(other) for other in self._days.get((leader, meeting.day), ()))

    def swap(self, old: Meeting, new: Meeting) -> None:
        self._days[old.leaders[0], old.day].remove(old)
        self._days.setdefault((new.leaders[0], new.day), []).append(new)


def _of_group(recipe: Recipe, group: Mapping[str, Any], rng: Random) -> Iterator[Meeting]:
    habits = recipe["habits"]
    topics = cycle(group.get("topics") or habits["topics"])
    ends_at = (dt.datetime.combine(dt.date.min, group["at"]) + dt.timedelta(minutes=group["minutes"])).time()
    for number, day in enumerate(_days(recipe, group)):
        # the first meeting always takes place, so that a group begins on its first day
        cancelled = number > 0 and rng.random() < habits["cancelled"]
        topic = next(topics)
        yield Meeting(
            group["group"],
            day,
            group["at"],
            ends_at,
            tuple(_on_duty(group, number, rng)),
            SessionStatus.CANCELLED if cancelled else SessionStatus.HELD,
            f"odwołane: {rng.choice(habits['cancel_reasons'])}" if cancelled else topic,
        )


def _on_duty(group: Mapping[str, Any], number: int, rng: Random) -> Iterator[str]:
    """The leader; of a group with several on duty, each in turn and sometimes one more."""
    if "on_duty" not in group:
        yield group["leaders"][0]
        return
    count = group["on_duty"] + (rng.random() < 0.3)
    yield from islice(cycle(group["leaders"]), number, number + count)


def _days(recipe: Recipe, group: Mapping[str, Any]) -> Iterator[dt.date]:
    """The working days on which a group meets."""
    closed = list(group.get("pauses", ()))
    if group.get("school"):
        closed += recipe["habits"]["school_holidays"]
    every = group["weekday"] == "codziennie"
    weekdays = range(5) if every else (WEEKDAYS.index(group["weekday"]),)
    monday = group["starts_on"] - dt.timedelta(days=group["starts_on"].weekday())
    while monday <= group["ends_on"]:
        for weekday in weekdays:
            day = monday + dt.timedelta(days=weekday)
            if (
                group["starts_on"] <= day <= group["ends_on"]
                and day not in public_holidays()
                and not any(first <= day <= last for first, last in closed)
            ):
                yield day
        monday += dt.timedelta(weeks=group["every_weeks"])


@cache
def public_holidays() -> holidays.HolidayBase:
    """Days off work in Poland."""
    return holidays.country_holidays("PL")


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the last working day before it."""
    while day.weekday() >= 5 or day in public_holidays():
        day -= dt.timedelta(days=1)
    return day
