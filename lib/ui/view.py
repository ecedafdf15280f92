"""What the reader looks at: which project, as of which day, and what is in memory of it.

The address of the page is the one place that says it (?projekt=…&dzien=…); `pages/frame.py` puts
both there before any page runs. A register, and what is computed from it, is made once per
snapshot and day and shared by all readers.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from lib import duplicates, projects
from lib.checks import across
from lib.duplicates import Candidate
from lib.findings import Finding
from lib.register import Register

PROJECT, DAY = "projekt", "dzien"
"""The names in the address of the page: the id of the project, and the day as rrrr-mm-dd."""

CONNECTION = "podlaczenie"
"""The name in the address of „Podłącz arkusz”: the id of the project whose connection is to be changed."""

_ROMAN = {3: "I", 6: "II", 9: "III", 12: "IV"}

WARSAW = ZoneInfo("Europe/Warsaw")

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
"""Between these days a project can be looked at."""

T = TypeVar("T")


TODAY = "dzis"
"""Where the frame keeps the real day for the pages, in the state of the reader's session."""


def chosen() -> tuple[str, dt.date]:
    """The id of the project and the day that the reader looks at."""
    return st.query_params[PROJECT], dt.date.fromisoformat(st.query_params[DAY])


def address(project: str, as_of: dt.date) -> dict[str, str]:
    """What the address of a page has to say for this project and day."""
    return {PROJECT: project, DAY: as_of.isoformat()}


def register_of(project: str, as_of: dt.date) -> Register | None:
    """One project as of a day, from the data now in memory; None when nothing could ever be read."""
    snapshot_id = projects.opened(project).snapshot_id
    if snapshot_id is None:
        return None
    accepted = projects.acceptances(project).id
    return _register(project, snapshot_id, accepted, as_of, st.session_state[TODAY])


@st.cache_resource(max_entries=12, show_spinner="Czytam arkusze…")
def _register(
    project: str, snapshot_id: str, accepted: str, as_of: dt.date, today: dt.date
) -> Register | None:
    return projects.register(project, as_of, today)


def cached(function: Callable[..., T], register: Register, *arguments: Any) -> T:
    """`function(register, *arguments)`, computed once per snapshot and day; the result is not to be changed.

    `function` has a name of its own, for that is the key: no lambda.
    """
    if "<lambda>" in function.__qualname__:
        raise ValueError("A lambda has no name to be kept by.")
    name = f"{function.__module__}.{function.__qualname__}"
    return _computed(register.key, name, arguments, function, register)


@st.cache_resource(max_entries=200, show_spinner=False)
def _computed(key: str, name: str, arguments: tuple[Any, ...], _function: Any, _register: Register) -> Any:
    return _function(_register, *arguments)


def shared(project: str, as_of: dt.date) -> tuple[tuple[Candidate, ...], tuple[Finding, ...]]:
    """What a project shares with the others on a day: persons that may be one, and what is wrong in it."""
    registers = {id: register_of(id, as_of) for id in projects_known()}
    known = {id: register for id, register in registers.items() if register is not None}
    pairs, found = _shared(tuple(register.key for register in known.values()), known)
    mine = tuple(pair for pair in pairs if project in (pair.first.project, pair.later.project))
    return mine, found.get(project, ())


@st.cache_resource(max_entries=12, show_spinner=False)
def _shared(keys: tuple[str, ...], _registers: dict[str, Register]) -> Any:
    return duplicates.across(_registers), across.findings(_registers)


def last_day(register: Register) -> dt.date | None:
    """The last day of the project, its durability included; None when no end is known."""
    durability = register.durability_period
    return durability.last if durability is not None else register.project.ends_on


def default_day(register: Register | None, today: dt.date) -> dt.date:
    """The day to open a project on: today, or its last day when it is over."""
    last = last_day(register) if register is not None else None
    return min(today, last) if last is not None else today


def quick_days(register: Register | None, today: dt.date) -> dict[str, dt.date]:
    """Days worth a look, by their Polish names: today, the ends of the periods and of all quarters."""
    days = {"Dziś": today}
    if register is None:
        return days
    period, durability = register.project.period, register.durability_period
    if register.project.ends_on is not None:
        days["Koniec realizacji"] = register.project.ends_on
    if durability is not None:
        days["Koniec trwałości"] = durability.last
    first = period.first if period is not None else (durability.first if durability is not None else None)
    last = last_day(register)
    if first is not None and last is not None:
        quarters = list(quarter_ends(first, min(last, today)))
        days |= {f"Koniec {_ROMAN[day.month]} kw. {day.year}": day for day in reversed(quarters)}
    return days


def quarter_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The last days of the quarters from `first` to `last`, both included."""
    year, month = first.year, (first.month + 2) // 3 * 3
    while (day := dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)) <= last:
        yield day
        year, month = (year + 1, 3) if month == 12 else (year, month + 3)


def projects_known() -> list[str]:
    """The ids of all projects, in the order of their list."""
    return [entry.id for entry in projects.catalogue().projects]


def name_of(project: str) -> str:
    """What people call a project: its short name, its name, or else its id."""
    register = register_of(project, st.session_state[TODAY])
    facts = register.project if register is not None else None
    return (facts and (facts.short_name or facts.name)) or project


def in_memory() -> tuple[str | None, ...]:
    """What is in memory of all projects: a sign that changes with new content, failures, acceptances."""
    catalogue = projects.catalogue()
    signs = [catalogue.problem.what if catalogue.problem is not None else None]
    for entry in catalogue.projects:
        opened = projects.opened(entry.id)
        failures = [state.failure.what if state.failure is not None else None for state in opened.failures]
        signs += [entry.id, opened.snapshot_id, projects.acceptances(entry.id).id, *failures]
    return tuple(signs)
