"""Capacity: how many people we support, how that stands against the target, and where the free places are.

Every function looks at one project as of one day, at its end. A result with a `row` column can be
opened: `row` is what `register.rows_behind()` takes for the record named in the docstring.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib import attendance
from lib.cells import Sex
from lib.dictionaries import TAKING, EnrolmentState

if TYPE_CHECKING:
    from lib.register import Register

AGE_BANDS = (("0-6", 0), ("7-14", 7), ("15-17", 15), ("18-24", 18), ("25-54", 25), ("55+", 55))
"""Age bands on the day of entry, each with its first completed year."""

NOT_GIVEN = "nie podano"
"""The label of people whose row does not say."""

ONE_DAY = pd.Timedelta(days=1).as_unit("s")


# --- persons ------------------------------------------------------------------------------------


def supported(register: "Register") -> pd.DataFrame:
    """Everyone who was ever supported by the day, once each, however often they came back.

    Columns: person, sex, age (completed years on the day of entry; without a date of birth as typed, else
    missing), age_band, target_group, entered_on, exited_on, active (bool), row (of Participant). Who has not
    entered yet is not here. Active is also the day of the exit itself.

    Source: rules of ESF monitoring: a person is recorded once in a project, with the data of the first entry.
    """
    day = pd.Timestamp(register.as_of)
    people = register.persons[register.persons["entered_on"] <= day].reset_index(drop=True)
    age = ages(people["birth_date"], people["entered_on"]).fillna(people["age"])
    return people.assign(age=age, age_band=_age_bands(age), active=~(people["exited_on"] < day))[
        ["person", "sex", "age", "age_band", "target_group", "entered_on", "exited_on", "active", "row"]
    ]


def ages(born: pd.Series, day: pd.Series) -> pd.Series:
    """Age in completed years on the day; missing without both dates, or when born after the day.

    Who was born on 29 February completes a year on 1 March in common years.
    """
    before_birthday = (day.dt.month < born.dt.month) | (
        (day.dt.month == born.dt.month) & (day.dt.day < born.dt.day)
    )
    years = (day.dt.year - born.dt.year).astype("Int64") - before_birthday.astype("Int64")
    return years.where(years >= 0)


def _age_bands(age: pd.Series) -> pd.Series:
    labels = np.array([*(label for label, _ in AGE_BANDS), NOT_GIVEN])
    firsts = [first for _, first in AGE_BANDS]
    band = np.searchsorted(firsts, age.fillna(0).to_numpy(dtype="int64"), side="right") - 1
    return pd.Series(np.where(age.isna(), NOT_GIVEN, labels[band]), index=age.index, dtype="str")


def breakdown(people: pd.DataFrame, column: str, labels: tuple[str, ...] = ()) -> pd.DataFrame:
    """How the supported people divide by one of their features, and by sex within it.

    `people` is `supported()`. Columns: label, ever, active, women, men (both of ever), rows (tuple of
    `row` of Participant). The labels given come first and are always there; then the others that
    occur; „nie podano” is last.
    """
    people = people.assign(
        label=people[column].fillna(NOT_GIVEN),
        ever=1,
        women=people["sex"] == Sex.FEMALE.value,
        men=people["sex"] == Sex.MALE.value,
    )
    occurring = set(people["label"])
    others = sorted(occurring - {*labels, NOT_GIVEN})
    order = pd.Index([*labels, *others, *({NOT_GIVEN} & occurring)], dtype="str", name="label")
    counts = people.groupby("label")[["ever", "active", "women", "men"]].sum()
    counts = counts.reindex(order, fill_value=0).astype("int64").reset_index()
    return counts.assign(rows=attendance.rows_by(people, "label", counts["label"]))


def pace(register: "Register") -> dict[str, Any]:
    """Where we should be by the day to reach the target at an even pace, and where we are.

    target; ever; missing (to the target, not below 0); share (of the implementation period elapsed,
    0-1); needed (target x share, rounded up to a whole person); margin (ever - needed, below 0 when
    late). None where the project gives no target or no period.
    """
    ever = int((register.persons["entered_on"] <= pd.Timestamp(register.as_of)).sum())
    target, period = register.project.target_persons, register.project.period
    needed = _needed(register, register.as_of)
    return {
        "target": target,
        "ever": ever,
        "missing": None if target is None else max(target - ever, 0),
        "share": None if period is None else period.share_at(register.as_of),
        "needed": needed,
        "margin": None if needed is None else ever - needed,
    }


def _needed(register: "Register", day: dt.date) -> int | None:
    target, period = register.project.target_persons, register.project.period
    if target is None or period is None:
        return None
    elapsed = min(max((day - period.first).days + 1, 0), period.days)
    return -(-target * elapsed // period.days)


def pace_curve(register: "Register") -> pd.DataFrame:
    """People ever supported month by month, beside the even pace to the target.

    One row per month of the implementation period (without one: from the first entry to the day).
    Columns: month (its first day), day (the day the row speaks of: the end of the month, of the
    period, or the day of the register in its own month), ever (missing after the day), needed
    (missing without a target or a period).
    """
    as_of, period = pd.Timestamp(register.as_of), register.project.period
    entered = register.persons["entered_on"].dropna().sort_values()
    entered = entered[entered <= as_of]
    if period is None and entered.empty:
        nothing = pd.Series([], dtype="datetime64[s]"), pd.Series([], dtype="Int64")
        return pd.DataFrame(
            {"month": nothing[0], "day": nothing[0], "ever": nothing[1], "needed": nothing[1]}
        )
    first = pd.Timestamp(period.first) if period else entered.iloc[0]
    last = pd.Timestamp(period.last) if period else as_of
    months = pd.Series(pd.date_range(first.replace(day=1), last, freq="MS")).astype("datetime64[s]")
    days = (months + pd.offsets.MonthEnd(1)).clip(upper=last)
    days = days.mask((months <= as_of) & (days > as_of), as_of).astype("datetime64[s]")
    ever = pd.Series(np.searchsorted(entered.to_numpy(), days.to_numpy(), side="right")).astype("Int64")
    needed = pd.Series([_needed(register, day.date()) for day in days], dtype="Int64")
    return pd.DataFrame({"month": months, "day": days, "ever": ever.where(months <= as_of), "needed": needed})


# --- forms of support ---------------------------------------------------------------------------


def participations(register: "Register") -> pd.DataFrame:
    """Enrolments that took a place by the day, ended ones too: one row per participation in a form.

    Columns: as `stays()`; `row` is of Enrolment.
    """
    spells = stays(register.enrolments)
    return spells[spells["takes_from"] <= pd.Timestamp(register.as_of)].reset_index(drop=True)


def forms(register: "Register") -> pd.DataFrame:
    """Persons and participations of each form of support: two measures, never to be added up as one.

    One row per form, also for those that only a group names. Columns: form, name, planned (persons;
    missing when not given), persons (each once), women, men (of persons), active (persons with a place
    on the day), participations, rows (tuple of `row` of Enrolment).
    """
    known = register.forms[["code", "name", "planned_persons"]].rename(columns={"code": "form"})
    named = register.groups[["form"]].drop_duplicates()
    known = pd.concat([known, named[~named["form"].isin(known["form"])]], ignore_index=True)
    taken = participations(register)
    taken = taken.assign(
        sex=register.persons.set_index("person")["sex"].reindex(taken["person"]).to_numpy(),
        active=_on(taken, "takes", register.as_of),
    )
    once = taken.drop_duplicates(["form", "person"])
    return pd.DataFrame(
        {
            "form": known["form"],
            "name": known["name"].fillna(known["form"]),
            "planned": known["planned_persons"],
            "persons": _count(once, "form", known),
            "women": _count(once[once["sex"] == Sex.FEMALE.value], "form", known),
            "men": _count(once[once["sex"] == Sex.MALE.value], "form", known),
            "active": _count(taken[taken["active"]].drop_duplicates(["form", "person"]), "form", known),
            "participations": _count(taken, "form", known),
            "rows": attendance.rows_by(taken, "form", known["form"]),
        }
    )


def _count(rows: pd.DataFrame, by: str, of: pd.DataFrame) -> "np.ndarray[Any, Any]":
    """How many of the rows have each value that `of` has in the column `by`."""
    return rows[by].value_counts().reindex(of[by], fill_value=0).to_numpy(dtype="int64")


def overlap(register: "Register") -> pd.DataFrame:
    """How many persons took part in both of two forms by the day.

    A square: index and columns are the codes of the forms that anyone took part in, in the order of
    `forms()`; the diagonal is the persons of the form itself.
    """
    once = participations(register)[["person", "form"]].dropna().drop_duplicates()
    known = forms(register)["form"]
    order = known[known.isin(once["form"])].tolist()
    who, people = pd.factorize(once["person"])
    took = np.zeros((len(people), len(order)), dtype="int64")
    took[who, pd.Index(order, dtype="str").get_indexer(once["form"])] = 1
    return pd.DataFrame(took.T @ took, index=order, columns=order)


# --- groups -------------------------------------------------------------------------------------


def stays(enrolments: pd.DataFrame) -> pd.DataFrame:
    """From when to when each enrolment takes a place in its group, and waits for one.

    The columns of `enrolments`, and takes_from, takes_to, waits_from, waits_to: first and last day,
    both included. A missing *from* means never; a missing *to* means that it is still so.

    A place is taken from the start (without one: from the request) in the states that take a place.
    Who is on the waiting list, or has a day of getting on it, waits until the day before the place is
    taken, be it in a row of its own, or through the end. A cancelled enrolment without an end has no
    known day of waiting.
    """
    state, ended = enrolments["state"], enrolments["ended_on"]
    takes = state.isin(TAKING)
    waits = enrolments["waitlisted_on"].notna() | (state == EnrolmentState.WAITLISTED.value)
    waits &= ~((state == EnrolmentState.CANCELLED.value) & ended.isna())
    began = enrolments["started_on"].fillna(enrolments["requested_on"].where(takes))
    spells = enrolments.assign(
        takes_from=began.where(takes),
        takes_to=ended.where(takes),
        waits_from=enrolments["waitlisted_on"].fillna(enrolments["requested_on"]).where(waits),
        waits_to=(began - ONE_DAY).fillna(ended).where(waits),
    )
    if not spells["waits_from"].notna().any():
        return spells
    pairs = _pairs(spells, spells[spells["takes_from"].notna()])
    admitted = pairs[pairs["waits_from"] < pairs["takes_from_other"]].groupby("at")["takes_from_other"].min()
    until = admitted.reindex(range(len(spells))).set_axis(spells.index).astype(spells["waits_to"].dtype)
    return spells.assign(waits_to=spells["waits_to"].fillna(until - ONE_DAY))


def _pairs(spells: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Each stay that waits beside every other enrolment of its person in its group; `at` is its position."""
    numbered = spells.assign(at=np.arange(len(spells)))
    waiting = numbered[numbered["waits_from"].notna() & numbered["group"].notna()]
    pairs = waiting.merge(others, on=["person", "group"], suffixes=("", "_other"))
    return pairs[pairs["row"] != pairs["row_other"]]


def _waiting_once(spells: pd.DataFrame) -> pd.DataFrame:
    """The stays, of which nobody waits for a group while in it, nor twice, as on two lists, at a time."""
    if not spells["waits_from"].notna().any():
        return spells
    pairs = _pairs(spells, spells)
    here, there = pairs["waits_from"], pairs["waits_from_other"]
    inside = (pairs["takes_from_other"] <= here) & ~(pairs["takes_to_other"] < here)
    before = (there < here) | ((there == here) & (pairs["row_other"] < pairs["row"]))
    again = before & ~(pairs["waits_to_other"] < here)
    away = np.isin(np.arange(len(spells)), pairs.loc[inside | again, "at"])
    return spells.assign(waits_from=spells["waits_from"].mask(away), waits_to=spells["waits_to"].mask(away))


def _on(spells: pd.DataFrame, what: str, day: dt.date) -> pd.Series:
    """Which of the stays take a place ("takes") or wait ("waits") on the day."""
    first, last = spells[f"{what}_from"], spells[f"{what}_to"]
    return (first <= pd.Timestamp(day)) & ~(last < pd.Timestamp(day))


def occupancy(register: "Register") -> pd.DataFrame:
    """How many places of each group were taken, and how many people waited, through time to the day.

    One row per group and day on which either number changes; it holds until the group's next row.
    Columns: group, day, taken, waiting. Days after the register's day are left out.
    """
    spells = _waiting_once(stays(register.enrolments))
    changes = pd.concat([_changes(spells, "takes", "taken"), _changes(spells, "waits", "waiting")])
    changes = changes[changes["day"] <= pd.Timestamp(register.as_of)]
    net = changes.groupby(["group", "day"])[["taken", "waiting"]].sum()
    net = net[(net != 0).any(axis=1)]
    return net.groupby(level="group").cumsum().reset_index()


def _changes(spells: pd.DataFrame, what: str, number: str) -> pd.DataFrame:
    """+1 on the first day of each stay and -1 on the day after its last; a reversed stay is none."""
    first, last = spells[f"{what}_from"], spells[f"{what}_to"]
    real = spells[first.notna() & ~(last < first)]
    ended = real[real[f"{what}_to"].notna()]
    day = pd.concat([real[f"{what}_from"], ended[f"{what}_to"] + ONE_DAY])
    step = np.repeat([1, -1], [len(real), len(ended)])
    changes = pd.DataFrame({"group": pd.concat([real["group"], ended["group"]]), "day": day})
    return changes.assign(taken=0, waiting=0).assign(**{number: step})


def history(register: "Register", group: str) -> pd.DataFrame:
    """One group day by day, from its first change to the day of the register.

    Columns: day, taken, waiting, free (missing without a limit).
    """
    changes = occupancy(register)
    mine = changes[changes["group"] == group].set_index("day")[["taken", "waiting"]]
    days = pd.date_range(mine.index.min(), register.as_of, name="day") if len(mine) else mine.index
    daily = mine.reindex(days, method="ffill").astype("int64").reset_index()
    limit = register.groups.set_index("group")["limit"].get(group, pd.NA)
    free = (pd.Series(limit, index=daily.index, dtype="Int64") - daily["taken"]).clip(lower=0)
    return daily.assign(day=daily["day"].astype("datetime64[s]"), free=free)


def groups(register: "Register") -> pd.DataFrame:
    """Each group on the day: its limit, taken and free places, and who waits.

    One row per group. Columns: group, name, form, form_name, limit (missing: none), taken, free
    (missing without a limit, never below 0), waiting, absent (people who hold a place and do not
    come: `absent_members()`), running (bool: the day is within the group's dates), row (of Group), rows
    (tuple of `row` of Enrolment: who takes a place or waits).
    """
    return _groups(register, absent_members(register))


def _groups(register: "Register", gone: pd.DataFrame) -> pd.DataFrame:
    found = register.groups.reset_index(drop=True)
    names = dict(
        zip(register.forms["code"], register.forms["name"].fillna(register.forms["code"]), strict=True)
    )
    spells, today = _waiting_once(stays(register.enrolments)), pd.Timestamp(register.as_of)
    takes, waits = _on(spells, "takes", register.as_of), _on(spells, "waits", register.as_of)
    taken = _count(spells[takes], "group", found)
    return pd.DataFrame(
        {
            "group": found["group"],
            "name": found["name"],
            "form": found["form"],
            "form_name": pd.Series([names.get(form, form) for form in found["form"]], dtype="str"),
            "limit": found["limit"],
            "taken": taken,
            "free": (found["limit"] - taken).clip(lower=0),
            "waiting": _count(spells[waits], "group", found),
            "absent": _count(gone, "group", found),
            "running": ~(found["starts_on"] > today) & ~(found["ends_on"] < today),
            "row": found["row"],
            "rows": attendance.rows_by(spells[takes | waits], "group", found["group"]),
        }
    )


def hidden_places(found: pd.DataFrame) -> pd.DataFrame:
    """Groups that could take someone in: people wait though places are free, or members do not come.

    `found` is `groups()`; the same columns. Only groups that run on the day.
    """
    waste = ((found["waiting"] > 0) & (found["free"] > 0).fillna(False)) | (found["absent"] > 0)
    return found[waste & found["running"]].reset_index(drop=True)


def waiting_list(register: "Register") -> pd.DataFrame:
    """Who waits for a place on the day: in each group, the one who has waited longest is first.

    Columns: group, position (from 1), person, since, days (waited so far; 0 on the first day), row
    (of Enrolment). In the order of the groups' codes.
    """
    spells = _waiting_once(stays(register.enrolments))
    waiting = spells[_on(spells, "waits", register.as_of)]
    waiting = waiting.sort_values(["group", "waits_from", "requested_on", "row"]).reset_index(drop=True)
    return pd.DataFrame(
        {
            "group": waiting["group"],
            "position": waiting.groupby("group").cumcount() + 1,
            "person": waiting["person"],
            "since": waiting["waits_from"],
            "days": (pd.Timestamp(register.as_of) - waiting["waits_from"]).dt.days.astype("int64"),
            "row": waiting["row"],
        }
    )


def absent_members(register: "Register") -> pd.DataFrame:
    """People who hold a place on the day and have stopped coming: `attendance.absent()` of the members."""
    spells = stays(register.enrolments)
    return attendance.absent(register, spells[_on(spells, "takes", register.as_of)])


# --- together -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Capacity:
    """Every figure about capacity, computed once: the results of the functions of this file.

    `features` is `breakdown()` by sex, age band and target group, with the name of the column in
    `feature`.
    """

    people: pd.DataFrame
    features: pd.DataFrame
    forms: pd.DataFrame
    participations: pd.DataFrame
    overlap: pd.DataFrame
    pace: dict[str, Any]
    curve: pd.DataFrame
    groups: pd.DataFrame
    hidden: pd.DataFrame
    waiting: pd.DataFrame
    absent: pd.DataFrame


def overview(register: "Register") -> Capacity:
    """Every figure about capacity of the project on the day."""
    people, gone = supported(register), absent_members(register)
    found = _groups(register, gone)
    features = {
        "sex": tuple(sex.value for sex in Sex),
        "age_band": tuple(label for label, _ in AGE_BANDS),
        "target_group": register.project.target_groups,
    }
    return Capacity(
        people=people,
        features=pd.concat(
            [breakdown(people, name, labels).assign(feature=name) for name, labels in features.items()],
            ignore_index=True,
        ),
        forms=forms(register),
        participations=participations(register),
        overlap=overlap(register),
        pace=pace(register),
        curve=pace_curve(register),
        groups=found,
        hidden=hidden_places(found),
        waiting=waiting_list(register),
        absent=gone,
    )


def figures(register: "Register") -> dict[str, Any]:
    """Every figure about capacity and attendance, ready for JSON: days as ISO text, missing as None."""
    now, met = overview(register), attendance.overview(register)
    return {
        "persons": {
            "ever": now.pace["ever"],
            "active": int(now.people["active"].sum()),
            "target": now.pace["target"],
            "by_sex": _by_label(now.features, "sex"),
            "by_age": _by_label(now.features, "age_band"),
            "by_target_group": _by_label(now.features, "target_group"),
            "by_feature": _rows(now.features),
            "by_form": _rows(now.forms),
            "in_both_forms": now.overlap.to_dict(orient="index"),
            "pace": now.pace,
            "curve": _rows(now.curve),
        },
        "groups": _rows(now.groups),
        "waiting": _rows(now.waiting),
        "absent_members": _rows(now.absent),
        "hidden_places": now.hidden["group"].tolist(),
        "sessions": met.sessions,
        "attendance": {
            **met.total,
            "by_form": _rows(met.by_form),
            "by_group": _rows(met.by_group),
            "by_month": _rows(met.by_month),
        },
        "day_support": met.day_support and {**met.day_support, "hours": _rows(met.hours)},
    }


def _by_label(features: pd.DataFrame, feature: str) -> dict[str, int]:
    return {row.label: int(row.ever) for row in features[features["feature"] == feature].itertuples()}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows for JSON, without the locators, which mean nothing outside the program."""
    plain = frame.drop(columns=["row", "rows"], errors="ignore")
    forms = {"month": "%Y-%m"}
    days = {
        name: plain[name].dt.strftime(forms.get(name, "%Y-%m-%d")) for name in plain.select_dtypes("datetime")
    }
    rows: list[dict[str, Any]] = json.loads(
        plain.assign(**days).to_json(orient="records", double_precision=15, force_ascii=False)
    )
    return rows
