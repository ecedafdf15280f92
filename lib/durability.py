"""Durability: are the promised places still there, day by day, and who used them.

Three numbers that never merge: *declared* places (the promise, frozen), *ready* places (that day,
as tab „Gotowość” says) and *used* places (as it says too, else people of tab „Zgłoszenia” who were
admitted). A place is a SEAT, on which a person sits, or a PROVIDER, a specialist who gives a service:
both count as places of the promise, but only seats have an occupancy. No use is no breach; not ready is.

Every place has its own period: its own days in tab „Miejsca”, else those of the project, both
included. A place with neither has no days. Days to come are counted as they are entered.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas import DataFrame, Series, Timestamp

from lib.dictionaries import Outcome, PlaceUnit, ReadinessState
from lib.project import Period

if TYPE_CHECKING:  # the register runs the checks, and the checks ask this module
    from lib.register import Register

CONFIRMED_FOR = 90
"""Days for which a confirmation of readiness holds; later the place is „do potwierdzenia”."""

CHECKPOINT_MONTHS = (1, 4, 7, 10)
"""Months whose last Wednesday is a checkpoint."""

LONGEST = 30 * 365
"""Days of the longest period of a place; a longer one is a slip of the pen, and would fill the memory."""

DAY = pd.Timedelta(days=1)
OPEN = Timestamp("9999-12-31").as_unit("s")
SEAT, PROVIDER = PlaceUnit.SEAT.value, PlaceUnit.PROVIDER.value


class State(StrEnum):
    """Where a project stands in its durability period."""

    NONE = "none"
    """No places are promised."""
    UNDATED = "undated"
    """Places are promised, but nothing says from when to when."""
    BEFORE = "before"
    RUNNING = "running"
    OVER = "over"


# --- days and months ----------------------------------------------------------------------------


def days(
    places: DataFrame, readiness: DataFrame, enquiries: DataFrame | None, period: Period | None
) -> DataFrame:
    """How many places were declared, ready, used and free on each day of each place.

    One row per place and day of its period, in the order of tab „Miejsca”: place, unit, row (of
    the place), day, declared, ready, used, free, entry (the row of tab „Gotowość” in force;
    missing where there is none), state and reason (of that row).

    Ready is what the row in force gives, never more than declared: all when „gotowe”, none when
    „wstrzymane”, „niegotowe” or „częściowo”, unless the row says how many; none where no row
    covers the day; of two rows on one day the smaller counts. Used is what the row in force says, else
    the admitted people: all of them on seats (there may be more than seats; people who share one seat
    count once), at most the declared number on provider places.
    Free is max(ready - used, 0), and missing for provider places.
    """
    owed = _owed(places, period)
    table = owed.loc[owed.index.repeat(owed["stop"] - owed["start"])].reset_index(drop=True)
    total = len(table)
    passed = pd.to_timedelta(table.index - table["start"], unit="D").astype("timedelta64[s]")

    ready, entry, told = np.zeros(total, "int64"), np.full(total, -1), np.full(total, -1)
    # what is written last stays: the smallest quantity, and of equal ones the latest row
    covering: Any = _quantities(_covering(readiness, owed)).sort_values(
        ["quantity", "starts_on"], ascending=[False, True]
    )
    for row in covering.itertuples():
        ready[row.start : row.stop] = row.quantity
        entry[row.start : row.stop] = row.row
        told[row.start : row.stop] = -1 if pd.isna(row.used) else row.used

    people = np.zeros(total + 1, "int64")
    if enquiries is not None:
        using = _covering(_seats(_users(enquiries)), owed)
        np.add.at(people, using["start"].to_numpy(), 1)
        np.add.at(people, using["stop"].to_numpy(), -1)
    seat = table["unit"] == SEAT
    used = np.where(told >= 0, told, people.cumsum()[:total])
    used = np.where(seat, used, np.minimum(used, table["declared"]))

    known = readiness.set_index("row")[["state", "reason"]].reindex(entry)
    return DataFrame(
        {
            "place": table["place"],
            "unit": table["unit"],
            "row": table["row"],
            "day": table["first"] + passed,
            "declared": table["declared"],
            "ready": ready,
            "used": used,
            "free": Series(np.maximum(ready - used, 0), dtype="Int64").where(seat),
            "entry": Series(entry, dtype="Int64").where(entry >= 0),
            "state": known["state"].array,
            "reason": known["reason"].array,
        }
    )


def months(by_day: DataFrame) -> DataFrame:
    """How many places were declared, ready, used and free in each month of each place.

    `by_day` is from `days()`. One row per place and month: place, unit, row, month (its first
    day), declared, ready (the smallest of the month's days within the period), margin (ready -
    declared), used (the largest of the days), free (max(ready - used, 0): so many on every day;
    missing for provider places), first_short_day (with ready < declared; NaT when none),
    unreported_days (without a row in tab „Gotowość”), entries (a tuple of the rows in force).
    """
    grouped = by_day.assign(
        month=_month(by_day["day"]),
        short_day=by_day["day"].where(by_day["ready"] < by_day["declared"]),
        unreported=by_day["entry"].isna(),
    ).groupby(["row", "month"], as_index=False)
    result = grouped.agg(
        place=("place", "first"),
        unit=("unit", "first"),
        declared=("declared", "first"),
        ready=("ready", "min"),
        used=("used", "max"),
        first_short_day=("short_day", "min"),
        unreported_days=("unreported", "sum"),
        entries=("entry", _entries),
    )
    free = (result["ready"] - result["used"]).clip(lower=0).astype("Int64").where(result["unit"] == SEAT)
    result = result.assign(margin=result["ready"] - result["declared"], free=free)
    counted = ["place", "unit", "row", "month", "declared", "ready", "margin", "used", "free"]
    return result[[*counted, "first_short_day", "unreported_days", "entries"]]


def readiness(
    places: DataFrame, readiness: DataFrame, period: Period | None, enquiries: DataFrame | None = None
) -> DataFrame:
    """How many places were declared, ready, used and free in each month of each place: see `months()`."""
    return months(days(places, readiness, enquiries, period))


def by_month(monthly: DataFrame) -> DataFrame:
    """All places together in each month: month, declared, ready, used.

    `monthly` is from `months()`. The numbers are sums over the places: a place counts as ready
    only when it was ready on every day of the month, and as used when it was used on any.
    """
    return monthly.groupby("month", as_index=False)[["declared", "ready", "used"]].sum()


def checkpoints(by_day: DataFrame, as_of: dt.date) -> DataFrame:
    """All places together on a few fixed days: day, declared, ready, used.

    `by_day` is from `days()`. The days are the last Wednesdays of January, April, July and October
    within the period, and `as_of` when it is within the period.

    Source: HUD annual performance report, point-in-time counts.
    """
    day = by_day["day"].dt
    wednesday = (day.day_of_week == 2) & (day.day + 7 > day.days_in_month) & day.month.isin(CHECKPOINT_MONTHS)
    chosen = by_day[wednesday | (by_day["day"] == Timestamp(as_of))]
    return chosen.groupby("day", as_index=False)[["declared", "ready", "used"]].sum()


def spells(by_day: DataFrame) -> DataFrame:
    """Every day of each place, told in runs of days on which nothing changed.

    `by_day` is from `days()`. One row per place and run: place, unit, row, first, last, days,
    declared, ready, used, free, entry, state, reason, entries (a tuple: the entry, or nothing).
    """
    mark = by_day[["row", "ready", "used"]].assign(entry=by_day["entry"].fillna(-1).astype("int64"))
    changed = (mark != mark.shift()).any(axis=1) | (by_day["day"] != by_day["day"].shift() + DAY)
    runs = by_day.groupby(changed.cumsum().to_numpy())
    result = runs.first().assign(
        first=runs["day"].min(), last=runs["day"].max(), days=runs.size(), entries=runs["entry"].agg(_entries)
    )
    told = ["place", "unit", "row", "first", "last", "days", "declared", "ready", "used", "free"]
    return result[[*told, "entry", "state", "reason", "entries"]].reset_index(drop=True)


# --- what is missing, and what is due -----------------------------------------------------------


def shortages(by_day: DataFrame) -> DataFrame:
    """Runs of days on which a place had fewer ready than declared, each with its reason.

    `by_day` is from `days()`. One row per place and run of days under the same row of tab
    „Gotowość”: place, unit, row, first, last, days, declared, ready, entry (missing where no row
    covers the days), state, reason, entries (a tuple: the entry, or nothing).
    """
    short = by_day[by_day["ready"] < by_day["declared"]]
    return spells(short.assign(used=0)).drop(columns=["used", "free"])


def gaps(places: DataFrame, readiness: DataFrame, period: Period | None) -> DataFrame:
    """Holes before or between the readiness rows of a place: nobody wrote whether it was ready.

    One row per hole within the place's period: place, row (of the readiness row after the hole),
    first, last. What is missing after the last row is no hole but a shortage.
    """
    rows = _covering(readiness, _owed(places, period)).sort_values("start", kind="stable")
    covered = rows.groupby("place_row")["to"].cummax().groupby(rows["place_row"]).shift()
    holes = rows.assign(first=(covered + DAY).fillna(rows["first"]), last=rows["since"] - DAY)
    holes = holes[holes["first"] <= holes["last"]]
    return holes.sort_values(["row", "first"])[["place", "row", "first", "last"]].reset_index(drop=True)


def overlaps(readiness: DataFrame) -> DataFrame:
    """Readiness rows of one place that begin while an earlier one is still in force.

    One row per later readiness row: place, row, other_row, other_starts_on (the earlier row that
    lasts longest), first, last (the days on which both are in force; NaT: open).
    """
    rows = readiness.assign(end=readiness["ends_on"].fillna(OPEN))
    rows = rows[rows["starts_on"] <= rows["end"]].sort_values(["starts_on", "row"])
    longest = rows.groupby("place")["end"].cummax()
    lasting = rows[["row", "starts_on", "end"]].astype({"row": "Int64"}).where(rows["end"] == longest)
    other = lasting.groupby(rows["place"]).ffill().groupby(rows["place"]).shift()
    last = rows["end"].where(rows["end"] < other["end"], other["end"])
    found = rows.assign(other_row=other["row"], other_starts_on=other["starts_on"], first=rows["starts_on"])
    found = found.assign(last=last.where(last < OPEN))[rows["starts_on"] <= other["end"]]
    columns = ["place", "row", "other_row", "other_starts_on", "first", "last"]
    return found.sort_values("row")[columns].astype({"other_row": "int64"}).reset_index(drop=True)


def confirmations(
    places: DataFrame, readiness: DataFrame, period: Period | None, as_of: dt.date
) -> DataFrame:
    """How old the last confirmation of each readiness row in force on `as_of` is.

    One row per row in force: place, place_row, row, confirmed_on (NaT: never), confirmed_since
    (the row's first day when never confirmed), age_days, to_confirm (older than 90 days). Nothing
    before a place's period, and nothing once it is over.
    """
    rows = _covering(readiness, _owed(places, period))
    rows = rows[(rows["since"] <= Timestamp(as_of)) & (Timestamp(as_of) <= rows["to"])]
    since = rows["confirmed_on"].fillna(rows["starts_on"])
    age = (Timestamp(as_of) - since).dt.days.clip(lower=0)
    rows = rows.assign(confirmed_since=since, age_days=age, to_confirm=age > CONFIRMED_FOR)
    columns = ["place", "place_row", "row", "confirmed_on", "confirmed_since", "age_days", "to_confirm"]
    return rows.sort_values("row")[columns].reset_index(drop=True)


def next_checks(places: DataFrame, readiness: DataFrame, period: Period | None, as_of: dt.date) -> DataFrame:
    """When each place is to be checked next.

    One row per place whose period is not over on `as_of`: place, row, next_check_on, overdue. The
    day is the one planned in tab „Miejsca” (unless confirmed since), or 90 days after the last
    confirmation, whichever is earlier; NaT when neither is known, or falls after the period.
    """
    owed = _owed(places, period)
    owed = owed[owed["last"] >= Timestamp(as_of)]
    in_force = confirmations(places, readiness, period, as_of)
    oldest = in_force.groupby("place_row")["confirmed_since"].min()
    confirmed = oldest.reindex(owed["row"]).set_axis(owed.index)
    planned = owed["next_check_on"].mask(owed["next_check_on"] <= confirmed)
    expires = confirmed + pd.Timedelta(days=CONFIRMED_FOR)
    check = planned.where((planned <= expires) | expires.isna(), expires)
    check = check.where(check <= owed["last"])
    result = owed.assign(next_check_on=check, overdue=check < Timestamp(as_of))
    return result[["place", "row", "next_check_on", "overdue"]].reset_index(drop=True)


def refusals_while_ready(by_day: DataFrame, enquiries: DataFrame) -> DataFrame:
    """Refused enquiries about a place that could have been given.

    `by_day` is from `days()`. One row per refusal: place, row (of the enquiry), day, free (seats
    free on that day; of a provider place, which is never full, the places ready).
    """
    refused = enquiries.loc[enquiries["outcome"] == Outcome.REFUSED.value, ["place", "row", "asked_on"]]
    found = refused.rename(columns={"asked_on": "day"}).merge(by_day.drop(columns="row"), on=["place", "day"])
    found = found.assign(free=found["free"].fillna(found["ready"]))
    return found.loc[found["free"] > 0, ["place", "row", "day", "free"]].reset_index(drop=True)


def outcomes(enquiries: DataFrame, as_of: dt.date) -> DataFrame:
    """What became of the enquiries made by `as_of`, by month and place.

    One row per month (its first day) and place: month, place, asked, then of these admitted,
    waitlisted, referred, resigned, refused, and of the admitted using (on `as_of`) and finished
    (before it); rows (a tuple of the enquiries). Reasons are personal and not here.
    """
    asked = enquiries[enquiries["asked_on"] <= Timestamp(as_of)]
    users = _users(asked)
    finished = users["row"][users["ends_on"] < Timestamp(as_of)]
    begun = users["row"][users["starts_on"] <= Timestamp(as_of)]
    counts: dict[str, Any] = {"asked": asked["row"].notna()}
    counts |= {word.name.lower(): asked["outcome"] == word.value for word in Outcome}
    counts |= {"using": asked["row"].isin(begun) & ~asked["row"].isin(finished)}
    counts |= {"finished": asked["row"].isin(finished)}
    grouped = asked.assign(month=_month(asked["asked_on"]), **counts).groupby(["month", "place"])
    return grouped[[*counts]].sum().assign(rows=grouped["row"].agg(tuple)).reset_index()


# --- the whole of a project ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is known of a project's durability as of a day; the frames are those of the functions."""

    state: State
    first: dt.date | None
    last: dt.date | None
    """The first and the last day of any place."""
    day: dt.date | None
    """The day of `places`: as_of, or the last day once the period is over, or None before it begins."""
    places: DataFrame
    """One row per place: number (from 1), place, unit, row, declared, first, last, and on `day`: ready, used,
    free, occupancy (used to ready seats, 0-1 and more), entry, state, reason, age_days, to_confirm,
    next_check_on, overdue. Missing where the place has no such day; before the period begins those of the
    register's day, where an entry says them already."""
    users: DataFrame
    """The people who use a place on `day`: unit of the place, row of the enquiry; none where `told` says."""
    told: DataFrame
    """What says how many of a place are used on `day`: unit of the place, row of the entry on readiness."""
    by_month: DataFrame
    months: DataFrame
    spells: DataFrame
    checkpoints: DataFrame
    shortages: DataFrame
    """What has happened, and of the days to come only what is entered; `gaps` as well."""
    gaps: DataFrame
    outcomes: DataFrame
    levels: DataFrame
    """The picture: one row per month, one column per place (its number): 3 all ready, 2 fewer, 1 none, 0 days
    to come of which nothing is written yet; missing outside the place's period."""
    texts: DataFrame
    """The same cells as „ready/declared”, with ↓ where fewer are ready and ? where an entry is missing."""

    def of(self, unit: PlaceUnit | None = None) -> dict[str, int | None]:
        """Places of a unit, or all: declared in all, due on `day`, ready, used and free (seats) on it."""
        places = self.places if unit is None else self.places[self.places["unit"] == unit.value]
        on_day = places[places["ready"].notna()]
        sums = {name: int(on_day[name].sum()) for name in ("ready", "used", "free")}
        sums["due"] = int(on_day["declared"].sum())
        known = dict.fromkeys(sums) if self.day is None else sums
        return {"declared": int(places["declared"].sum()), **known}


def overview(register: "Register") -> Overview:
    """All that is known of the project's durability as of the register's day."""
    period, as_of = register.durability_period, register.as_of
    by_day = register.place_days
    monthly = months(by_day)
    state, first, last = State.NONE if register.places.empty else State.UNDATED, None, None
    if not by_day.empty:
        first, last = by_day["day"].min().date(), by_day["day"].max().date()
        state = State.BEFORE if as_of < first else State.OVER if as_of > last else State.RUNNING
    day = min(as_of, last) if last and state is not State.BEFORE else None
    early = state is State.BEFORE
    places = _places(register, _early_days(register) if early else by_day, as_of if early else day)
    holes = gaps(register.places, register.readiness, period)
    users = _covering(_users(register.enquiries), _owed(register.places, period))
    users = users[(users["since"] <= Timestamp(day)) & (users["to"] >= Timestamp(day))]
    says = register.readiness.loc[register.readiness["used"].notna(), "row"]
    told = places[places["entry"].isin(says)]
    users = users[~users["place"].isin(told["place"])]
    levels, texts = _picture(monthly.merge(places[["row", "number"]], on="row"), as_of)
    return Overview(
        state=state,
        first=first,
        last=last,
        day=day,
        places=places,
        users=users[["unit", "row"]].reset_index(drop=True),
        told=told[["unit", "entry"]].rename(columns={"entry": "row"}).reset_index(drop=True),
        by_month=by_month(monthly),
        months=monthly,
        spells=spells(by_day),
        checkpoints=checkpoints(by_day, as_of),
        shortages=shortages(by_day[(by_day["day"] <= Timestamp(as_of)) | by_day["entry"].notna()]),
        gaps=holes[holes["first"] <= Timestamp(as_of)].reset_index(drop=True),
        outcomes=outcomes(register.enquiries, as_of),
        levels=levels,
        texts=texts,
    )


def figures(register: "Register") -> dict[str, Any]:
    """Every figure of the durability page, ready for JSON: days as ISO text, units as SEAT and PROVIDER.

    `declared` is the whole promise; `due` (what is promised on it), `ready` and `used` are those of
    `day`: the register's day, or the last one once the period is over; None before it begins.
    `months` are sums over the places; `spells` tell every day of every place.
    """
    seen = overview(register)
    checks = seen.places[seen.places["next_check_on"].notna()].sort_values("next_check_on")
    asked = seen.outcomes.drop(columns=["month", "place", "rows"]).sum()
    total = seen.of()
    return {
        "state": seen.state.value,
        "first": _plain(seen.first),
        "last": _plain(seen.last),
        "day": _plain(seen.day),
        **{name: total[name] for name in ("declared", "due", "ready", "used")},
        "seats": seen.of(PlaceUnit.SEAT),
        "providers": {k: v for k, v in seen.of(PlaceUnit.PROVIDER).items() if k != "free"},
        "to_confirm": int(seen.places["to_confirm"].sum()),
        "next_check": next(iter(_records(checks, "place", "next_check_on", "overdue")), None),
        "months": _records(seen.by_month, "month", "declared", "ready", "used"),
        "places": _records(
            seen.places,
            *("place", "unit", "declared", "first", "last", "ready", "used", "free", "occupancy"),
            *("state", "reason", "age_days", "to_confirm", "next_check_on", "overdue"),
        ),
        "place_months": _records(
            seen.months, "place", "month", "declared", "ready", "used", "free", "unreported_days"
        ),
        "spells": _records(seen.spells, "place", "first", "last", "declared", "ready", "used", "free"),
        "checkpoints": _records(seen.checkpoints, "day", "declared", "ready", "used"),
        "shortages": _records(
            seen.shortages, "place", "first", "last", "days", "declared", "ready", "state", "reason"
        ),
        "gaps": _records(seen.gaps, "place", "first", "last"),
        "enquiries": {word.name: int(asked[word.name.lower()]) for word in Outcome},
        "using": int(asked["using"]),
        "finished": int(asked["finished"]),
        "enquiries_by_month": _records(seen.outcomes.drop(columns="rows"), *seen.outcomes.columns[:-1]),
    }


def _places(register: "Register", by_day: DataFrame, day: dt.date | None) -> DataFrame:
    period, as_of = register.durability_period, register.as_of
    sheets = register.places, register.readiness, period
    told = by_day[by_day["day"] == Timestamp(day)].astype({"ready": "Int64", "used": "Int64"})
    told = told[["row", "ready", "used", "free", "entry", "state", "reason"]]
    confirmed = confirmations(*sheets, as_of).rename(columns={"row": "entry"}).astype({"entry": "Int64"})
    result = register.places[["place", "unit", "row", "declared"]].reset_index(drop=True)
    result.insert(0, "number", result.index + 1)
    result = (
        result.merge(_owed(register.places, period)[["row", "first", "last"]], on="row", how="left")
        .merge(told, on="row", how="left")
        .merge(confirmed[["entry", "age_days", "to_confirm"]], on="entry", how="left")
        .merge(next_checks(*sheets, as_of)[["row", "next_check_on", "overdue"]], on="row", how="left")
    )
    seats = result["ready"].where((result["unit"] == SEAT) & (result["ready"] > 0))
    typed = {"age_days": "Int64", "to_confirm": "boolean", "overdue": "boolean"}
    return result.assign(occupancy=(result["used"] / seats).astype("Float64")).astype(typed)


def _early_days(register: "Register") -> DataFrame:
    """The register's day of each place before its period, as `days()`; nothing without an entry on it."""
    today = Timestamp(register.as_of).as_unit("s")
    places = register.places.assign(starts_on=today, ends_on=today)
    told = days(places, register.readiness, register.enquiries, None)
    return told if told["entry"].notna().any() else told[:0]


def _picture(monthly: DataFrame, as_of: dt.date) -> tuple[DataFrame, DataFrame]:
    """Levels and texts of the months × places picture, as `Overview` has them."""
    unwritten = (monthly["unreported_days"] > 0) & (monthly["first_short_day"] > Timestamp(as_of))
    fewer, none = monthly["margin"] < 0, monthly["ready"] == 0
    counts = monthly["ready"].astype("str") + "/" + monthly["declared"].astype("str")
    text = counts.mask(fewer, counts + "↓").mask(monthly["unreported_days"] > 0, counts + "?")
    cells = monthly.assign(
        level=np.select([unwritten, fewer & none, fewer], [0, 1, 2], 3), text=text.mask(unwritten, "–")
    )
    levels, texts = (cells.pivot(index="month", columns="number", values=name) for name in ("level", "text"))
    return levels.astype("Int64"), texts.fillna("")


# --- what these are made of ---------------------------------------------------------------------


def _owed(places: DataFrame, period: Period | None) -> DataFrame:
    """Places that have days, with first and last, and start and stop: where their days are among all days."""
    first, last = places["starts_on"], places["ends_on"]
    if period is not None:
        first = first.fillna(Timestamp(period.first).as_unit("s"))
        last = last.fillna(Timestamp(period.last).as_unit("s"))
    last = last.where(last - first < LONGEST * DAY, first + LONGEST * DAY).where(last.notna())
    owed = places.assign(first=first, last=last)[first <= last].reset_index(drop=True)
    length = (owed["last"] - owed["first"]).dt.days + 1
    return owed.assign(
        declared=owed["declared"].astype("int64"), start=length.cumsum() - length, stop=length.cumsum()
    )


def _covering(rows: DataFrame, owed: DataFrame) -> DataFrame:
    """Rows with a place, starts_on and ends_on, cut to the days of the place; those with none are dropped.

    Adds place_row, unit, declared, first and last (of the place), since and to (the days covered), and
    start and stop: where they are among all days.
    """
    columns = ["place", "unit", "row", "declared", "first", "last", "start"]
    joined = rows.merge(owed[columns].rename(columns={"row": "place_row"}), on="place")
    since = joined["starts_on"].where(joined["starts_on"] > joined["first"], joined["first"])
    to = joined["ends_on"].where(joined["ends_on"] < joined["last"], joined["last"])
    joined = joined.assign(
        since=since,
        to=to,
        start=joined["start"] + (since - joined["first"]).dt.days,
        stop=joined["start"] + (to - joined["first"]).dt.days + 1,
    )
    return joined[since <= to]


def _quantities(rows: DataFrame) -> DataFrame:
    """Readiness rows with `quantity`: how many places they make ready."""
    all_ready = rows["state"] == ReadinessState.READY.value
    blank = rows["declared"].where(all_ready, 0)
    quantity = rows["ready"].astype("Int64").fillna(blank.astype("Int64")).astype("int64")
    return rows.assign(quantity=np.minimum(quantity, rows["declared"]))


def _users(enquiries: DataFrame) -> DataFrame:
    """The enquiries of people who were admitted, each with its first day."""
    admitted = enquiries[enquiries["outcome"] == Outcome.ADMITTED.value]
    return admitted.assign(starts_on=admitted["starts_on"].fillna(admitted["asked_on"]))


def _seats(users: DataFrame) -> DataFrame:
    """When places are used: of people who share a seat („Nr miejsca”) the later one only when it is free.

    What follows a comma says when a person sits on the seat: „st. 2, czw. 13-15”.
    """
    users = users.assign(seat=users["seat"].astype("string").str.split(",").str[0].str.strip())
    shared = users["seat"].notna() & users.duplicated(["place", "seat"], keep=False)
    rows = users[shared].sort_values(["place", "seat", "starts_on"], kind="stable")
    if rows.empty:
        return users
    ends = rows["ends_on"].fillna(OPEN)
    own = [rows["place"], rows["seat"]]
    before = ends.groupby(own).cummax().groupby(own).shift()
    rows = rows.assign(starts_on=rows["starts_on"].where(~(rows["starts_on"] <= before), before + DAY))
    return pd.concat([users[~shared], rows[rows["starts_on"] <= ends]])


def _month(day: Series) -> Any:
    return day.to_numpy().astype("datetime64[M]").astype("datetime64[s]")


def _entries(entry: Series) -> tuple[int, ...]:
    return tuple(int(row) for row in entry.dropna().unique())


def _records(frame: DataFrame, *columns: str) -> list[dict[str, Any]]:
    return [
        {name: _plain(value, name) for name, value in zip(columns, row, strict=True)}
        for row in frame[list(columns)].itertuples(index=False)
    ]


def _plain(value: Any, name: str = "") -> Any:
    """A value as JSON has it; a month as 2023-10, a unit by its English name."""
    if pd.isna(value):
        return None
    if name == "unit":
        return PlaceUnit(value).name
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}" if name == "month" else f"{value:%Y-%m-%d}"
    return value.item() if isinstance(value, np.generic) else value
