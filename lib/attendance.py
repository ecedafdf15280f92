"""Attendance: which sessions took place, who came, and how many children were there at each moment.

Every function looks at one project as of one day, at its end: what is entered for later days does
not count yet.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.dictionaries import Delivery, Presence, SessionStatus

if TYPE_CHECKING:
    from lib.register import Register

MISSED_IN_A_ROW = 3
"""From how many last sessions a member must be missing to be shown as absent."""

DAYS_WITHOUT_PRESENCE = 14
"""After how many days without a presence, though the group met, a member is shown as absent."""

CHILDREN_PER_EDUCATOR = 15
"""At most so many children at the same time under one educator of a day-support centre.

Source: ustawa z 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej (placówki wsparcia
dziennego).
"""


# --- sessions and marks -------------------------------------------------------------------------


def held(register: "Register") -> pd.DataFrame:
    """Sessions that took place through the day, with the columns of Session and `form`; visits are none."""
    found = register.sessions[~register.sessions["visit"]]
    past = found["day"] <= pd.Timestamp(register.as_of)
    return found[past & (found["status"] == SessionStatus.HELD.value)]


def sessions(register: "Register") -> dict[str, int]:
    """Sessions by what became of them: held and cancelled through the day, planned on any day.

    planned (also those held later, which were still to come on the day), held, cancelled; overdue (of
    planned: the day has passed, so they wait to be closed).
    """
    status, day = register.sessions["status"], register.sessions["day"]
    today = pd.Timestamp(register.as_of)
    planned = status == SessionStatus.PLANNED.value
    to_come = (status == SessionStatus.HELD.value) & (day > today) & ~register.sessions["visit"]
    return {
        "planned": int((planned | to_come).sum()),
        "held": len(held(register)),
        "cancelled": int(((status == SessionStatus.CANCELLED.value) & (day <= today)).sum()),
        "overdue": int((planned & (day < today)).sum()),
    }


def marks(register: "Register") -> pd.DataFrame:
    """Marks of sessions through the day; visits of a register that has nobody absent are none.

    Columns: session, person, group, form, day, arrived_at, left_at, present (bool), row (of Attendance).
    """
    listed = register.attendance[~register.attendance["visit"]]
    past = listed[listed["day"] <= pd.Timestamp(register.as_of)]
    return past.assign(present=past["presence"] == Presence.PRESENT.value)[
        ["session", "person", "group", "form", "day", "arrived_at", "left_at", "present", "row"]
    ]


def total(past: pd.DataFrame) -> dict[str, Any]:
    """Present and absent marks (excused ones too), and present/(present+absent).

    `past` is `marks()`. present, absent, rate (0-1; None without any mark).
    """
    present = int(past["present"].sum())
    rate = present / len(past) if len(past) else None
    return {"present": present, "absent": len(past) - present, "rate": rate}


def rates(past: pd.DataFrame, by: str) -> pd.DataFrame:
    """The attendance rate by "form", "group" or "month".

    `past` is `marks()`. One row per value that has marks, in order. Columns: the one named by `by`
    (month: its first day), sessions (with marks), present, absent, rate (0-1), rows (tuple of `row` of
    Attendance).
    """
    if by == "month":
        past = past.assign(month=past["day"].dt.to_period("M").dt.to_timestamp().astype("datetime64[s]"))
    found = past.groupby(by).agg(
        sessions=("session", "nunique"), present=("present", "sum"), marks=("present", "size")
    )
    found = found.astype("int64").reset_index()
    return pd.DataFrame(
        {
            by: found[by],
            "sessions": found["sessions"],
            "present": found["present"],
            "absent": found["marks"] - found["present"],
            "rate": found["present"] / found["marks"],
            "rows": rows_by(past, by, found[by]),
        }
    )


def rows_by(frame: pd.DataFrame, by: str, values: "pd.Series[Any]") -> "pd.Series[Any]":
    """For each of the values the rows of `frame` that have it in the column `by`, as tuples of `row`."""
    behind = frame.groupby(by)["row"].agg(tuple).to_dict()
    return pd.Series([behind.get(value, ()) for value in values], values.index, dtype="object")


def absent(register: "Register", members: pd.DataFrame) -> pd.DataFrame:
    """Members of a group who have stopped coming.

    `members` are enrolments that hold a place on the day, with takes_from. A member is absent who
    missed the last three sessions, or was not present for 14 days in which the group met. Only
    sessions with an attendance list since the member joined count, and of individual support only
    the member's own.

    Columns: group, person, missed (sessions since the last presence), last_present (missing: never),
    row (of Enrolment). Most missed first.
    """
    past, today = marks(register), pd.Timestamp(register.as_of)
    alone = past["form"].isin(_forms_given(register, Delivery.INDIVIDUAL))
    met = pd.concat(
        [
            past[~alone].drop_duplicates("session")[["group", "day"]].merge(members, on="group"),
            past[alone][["group", "person", "day"]].merge(members, on=["group", "person"]),
        ]
    )
    last = past[past["present"]].groupby(["group", "person"])["day"].max().rename("last_present")
    met = met.merge(last.reset_index(), on=["group", "person"], how="left")
    met = met[(met["day"] >= met["takes_from"]) & ~(met["day"] <= met["last_present"])]
    met["lately"] = met["day"] > today - pd.Timedelta(days=DAYS_WITHOUT_PRESENCE)
    found = met.groupby(["group", "person", "row"], as_index=False).agg(
        missed=("day", "size"), lately=("lately", "any"), last_present=("last_present", "max")
    )
    long_ago = ~(found["last_present"] > today - pd.Timedelta(days=DAYS_WITHOUT_PRESENCE))
    gone = found[(found["missed"] >= MISSED_IN_A_ROW) | (found["lately"] & long_ago)]
    gone = gone.sort_values(["missed", "group", "row"], ascending=[False, True, True]).reset_index(drop=True)
    return gone[["group", "person", "missed", "last_present", "row"]]


def _forms_given(register: "Register", delivery: Delivery) -> pd.Series:
    """The codes of the forms of support that are given in this way."""
    return register.forms.loc[register.forms["delivery"] == delivery.value, "code"]


# --- the day-support centre ---------------------------------------------------------------------


def on_duty(register: "Register") -> pd.DataFrame:
    """Children present and educators on duty at each moment of the day-support centre.

    One row per day and minute at which either number changes; it holds until the day's next row.
    All sessions of day support of a day are taken together, and nobody is counted twice at one
    moment. A child is there from the arrival (without one: from the start of the session) until the
    leaving (the end), an educator from the start to the end; the last minute is no longer counted.
    Sessions without both times, and cancelled ones, are left out.

    Columns: day, minute (since midnight), children, educators, rows (tuple of `row` of Session: the
    sessions that go on at the moment, empty when nobody is there any more).
    """
    timetable = _day_support(register)
    timetable = timetable[(timetable["starts_at"] < timetable["ends_at"]).fillna(False)]
    children, educators = _children(register, timetable), _educators(timetable)
    changes = pd.concat(
        [
            _changes(children).assign(educators=0).rename(columns={"change": "children"}),
            _changes(educators).assign(children=0).rename(columns={"change": "educators"}),
        ]
    )
    net = changes.groupby(["day", "minute"])[["children", "educators"]].sum()
    net = net[(net != 0).any(axis=1)]
    moments = net.groupby(level="day").cumsum().reset_index()
    return moments.assign(rows=_going_on(moments, children, timetable))


def _day_support(register: "Register") -> pd.DataFrame:
    """Sessions of day support through the day that were not cancelled."""
    found = register.sessions
    past = (found["day"] <= pd.Timestamp(register.as_of)) & (found["status"] != SessionStatus.CANCELLED.value)
    return found[past & found["form"].isin(_forms_given(register, Delivery.DAY_SUPPORT))]


def _children(register: "Register", timetable: pd.DataFrame) -> pd.DataFrame:
    """Who was present in the sessions, from which minute to which: day, who, first, last, session."""
    past = marks(register)
    times = timetable[["session", "starts_at", "ends_at"]]
    there = past[past["present"]].merge(times, on="session")
    there = there.assign(
        who=there["person"],
        first=there["arrived_at"].fillna(there["starts_at"]),
        last=there["left_at"].fillna(there["ends_at"]),
    )
    return there[["day", "who", "first", "last", "session"]].astype({"first": "int64", "last": "int64"})


def _educators(timetable: pd.DataFrame) -> pd.DataFrame:
    """Who was on duty in the sessions, from which minute to which: day, who, first, last."""
    named = timetable.dropna(subset="leaders").rename(columns={"starts_at": "first", "ends_at": "last"})
    # without the tab of specialists the leaders stand as typed
    named = named.assign(who=named["leaders"].str.split(r"\s*[;,]\s*", regex=True)).explode("who")
    return named[["day", "who", "first", "last"]].astype({"who": "str", "first": "int64", "last": "int64"})


def _changes(spans: pd.DataFrame) -> pd.DataFrame:
    """+1 when somebody comes and -1 when they go: day, minute, change.

    Spans of one person that touch or overlap are one, so nobody is counted twice at a moment.
    """
    spans = spans[spans["first"] < spans["last"]].sort_values(["day", "who", "first"])
    who = spans.groupby(["day", "who"])
    latest = who["last"].cummax().groupby([spans["day"], spans["who"]]).shift()
    block = ~(spans["first"] <= latest)
    joined = spans.groupby(block.cumsum()).agg(
        day=("day", "first"), first=("first", "min"), last=("last", "max")
    )
    return pd.DataFrame(
        {
            "day": pd.concat([joined["day"], joined["day"]]),
            "minute": pd.concat([joined["first"], joined["last"]]),
            "change": np.repeat([1, -1], len(joined)),
        }
    )


def _going_on(
    moments: pd.DataFrame, children: pd.DataFrame, timetable: pd.DataFrame
) -> list[tuple[int, ...]]:
    """For each moment the rows of the sessions that go on; a session lasts while its children are there."""
    stayed = children.groupby("session").agg(came=("first", "min"), went=("last", "max"))
    lasting = timetable[["session", "day", "starts_at", "ends_at", "row"]].join(stayed, on="session")
    lasting = lasting.assign(
        came=lasting[["starts_at", "came"]].min(axis=1), went=lasting[["ends_at", "went"]].max(axis=1)
    )
    pairs = moments[["day", "minute"]].reset_index(names="moment").merge(lasting, on="day")
    pairs = pairs[(pairs["came"] <= pairs["minute"]) & (pairs["minute"] < pairs["went"])]
    pairs = pairs.sort_values(["moment", "starts_at", "row"])
    rows, edges = pairs["row"].tolist(), np.searchsorted(pairs["moment"], np.arange(len(moments) + 1))
    return [tuple(rows[first:last]) for first, last in pairwise(edges)]


def children_by_day(register: "Register") -> pd.DataFrame:
    """How many children came to the day-support centre each day.

    One row per day with a session that was held. Columns: day, children (each once, also where the
    sessions have no times).
    """
    timetable = _day_support(register)
    past = marks(register)
    there = past[past["present"] & past["session"].isin(timetable["session"])]
    days = (
        timetable.loc[timetable["status"] == SessionStatus.HELD.value, "day"].drop_duplicates().sort_values()
    )
    came = there.groupby("day")["person"].nunique().reindex(days, fill_value=0)
    return pd.DataFrame({"day": days.to_numpy(), "children": came.to_numpy(dtype="int64")})


def by_hour(moments: pd.DataFrame) -> pd.DataFrame:
    """The busiest moment of each hour of the day, over all days.

    `moments` is `on_duty()`. One row per hour in which a child was ever there. Columns: hour (0-23),
    children (the most at one moment), educators (on duty at that moment; the fewest where it came
    several times), allowed (children that so many educators may have), day (of that moment), average
    (the most children in the hour, averaged over the days on which the centre was open in it), rows
    (tuple of `row` of Session: of that moment).
    """
    until = moments.groupby("day")["minute"].shift(-1)
    lasting = moments[until.notna()].assign(until=until.dropna().astype("int64"))
    first, last = lasting["minute"] // 60, (lasting["until"] - 1) // 60
    each = lasting.loc[lasting.index.repeat(last - first + 1)]
    hour = each["minute"] // 60 + each.groupby(level=0).cumcount()
    each = each.assign(hour=hour).sort_values(
        ["hour", "children", "educators", "day"], ascending=[True, False, True, True]
    )
    daily = each.groupby(["hour", "day"])["children"].max()
    most = each.drop_duplicates("hour")[["hour", "children", "educators", "day", "rows"]]
    most = most[most["children"] > 0].reset_index(drop=True)
    average = daily.groupby("hour").mean().reindex(most["hour"]).to_numpy(dtype="float64")
    return most.assign(allowed=most["educators"] * CHILDREN_PER_EDUCATOR, average=average)[
        ["hour", "children", "educators", "allowed", "day", "average", "rows"]
    ]


def day_support(days: pd.DataFrame, moments: pd.DataFrame) -> dict[str, Any] | None:
    """The day-support centre in short; None where it was never open.

    `days` is `children_by_day()`, `moments` is `on_duty()`. days (open), average_children, most_children
    (in a day), busiest (the moment with the most children: day as ISO text, minute, children,
    educators; None without times).
    """
    if days.empty:
        return None
    busiest = moments.sort_values(["children", "educators", "day"], ascending=[False, True, True]).head(1)
    return {
        "days": len(days),
        "average_children": float(days["children"].mean()),
        "most_children": int(days["children"].max()),
        "busiest": next(
            (
                {
                    "day": f"{row.day:%Y-%m-%d}",
                    "minute": int(row.minute),
                    "children": int(row.children),
                    "educators": int(row.educators),
                }
                for row in busiest.itertuples()
                if row.children
            ),
            None,
        ),
    }


# --- together -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Met:
    """Every figure about sessions and attendance, computed once: results of the functions of this file."""

    sessions: dict[str, int]
    held: pd.DataFrame
    total: dict[str, Any]
    marks: pd.DataFrame
    by_form: pd.DataFrame
    by_group: pd.DataFrame
    by_month: pd.DataFrame
    days: pd.DataFrame
    hours: pd.DataFrame
    day_support: dict[str, Any] | None


def overview(register: "Register") -> Met:
    """Every figure about sessions and attendance of the project on the day."""
    past, days, moments = marks(register), children_by_day(register), on_duty(register)
    return Met(
        sessions=sessions(register),
        held=held(register),
        total=total(past),
        marks=past,
        by_form=rates(past, "form"),
        by_group=rates(past, "group"),
        by_month=rates(past, "month"),
        days=days,
        hours=by_hour(moments),
        day_support=day_support(days, moments),
    )
