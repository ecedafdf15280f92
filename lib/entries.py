"""From rows to people: one row a human being, and what one table takes over from another."""

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from lib import findings as rules
from lib.cells import pesel_birth_date, pesel_sex
from lib.dictionaries import Presence, SessionStatus
from lib.findings import Finding
from lib.reading import Reading, Recognised
from lib.records import Attendance, Enrolment, Participant, Record


def same_person(reading: Reading, participants: pd.DataFrame, found: list[Finding]) -> dict[str, str]:
    """The numbers that are a further number of a person, by PESEL, with the first number of that person."""
    known = participants[participants["pesel"].notna()]
    first = known.groupby("pesel")["person"].transform("first")
    again = known[first != known["person"]]
    rows = dict(zip(participants["person"], participants["row"], strict=True))
    same = dict(zip(again["person"], first[again.index], strict=True))
    for row, person in zip(again["row"], again["person"], strict=True):
        where = reading.cell(int(rows[same[person]]), "pesel").address
        found.append(rules.SAME_PESEL.at(reading.cell(int(row), "pesel"), first=same[person], where=where))
    return same


def as_persons(frame: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    return frame.assign(person=frame["person"].replace(dict(same))) if same else frame


def persons_of(participants: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    """One row a human being: characteristics of the first entry, the first entry, the last exit.

    Source: participant monitoring rules of the ESF (a person who comes back is recorded once).
    """
    ordered = as_persons(participants, same).sort_values(["entered_on", "row"], kind="stable")
    by_person = ordered.groupby("person", sort=False)
    columns = ["sex", "birth_date", "age", "target_group", "entered_on", "completed_path", "row"]
    # not .first(), which skips blanks: characteristics are those of the first entry, blank or not
    persons = ordered.drop_duplicates("person").set_index("person")[columns]
    started = ordered[ordered["entered_on"].notna()]
    still_open = started[started["exited_on"].isna()]["person"]
    persons["exited_on"] = by_person["exited_on"].max()
    persons.loc[persons.index.isin(still_open), "exited_on"] = pd.NaT
    order = [
        "person",
        "sex",
        "birth_date",
        "age",
        "target_group",
        "entered_on",
        "exited_on",
        "completed_path",
        "row",
    ]
    return persons.reset_index()[order].sort_values("row", ignore_index=True)


def with_exits(reading: Reading, enrolments: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """The enrolments; those that follow from lists, or whose table has no end, end when the person leaves."""
    without = from_tabs(reading, enrolments, lambda tab: tab.derived or "ended_on" not in tab.fields)
    made = without & enrolments["ended_on"].isna()
    left = _looked_up(enrolments["person"], persons.set_index("person")["exited_on"])
    return enrolments.assign(
        ended_on=enrolments["ended_on"].where(~(made & (left >= enrolments["started_on"])), left)
    )


def from_tabs(reading: Reading, frame: pd.DataFrame, such: Callable[[Recognised], bool]) -> np.ndarray:
    """For each row of a frame whether it comes from a tab that is such."""
    tabs = [number for number, tab in enumerate(reading.tabs) if such(tab)]
    return np.isin(reading.where[frame["row"].to_numpy(), 0], tabs)


def completed(
    reading: Reading,
    frames: Mapping[type[Record], pd.DataFrame],
    same: Mapping[str, str],
    starts_on: dt.date | None,
) -> pd.DataFrame:
    """The participants with what their list has no column for and other cells say.

    The day of birth and the sex are in the PESEL; participation begins with the first form of support, so
    with the first day attended, or in groups without any list of attendance with the first day in the group;
    where there is neither, a person may have said that everybody takes part from the start of the project.
    Where the list has days of entry and a person none, only a day attended tells that they began.

    Adds `dated` (bool): whether the list says their day of entry, in any row, or has no column for it.
    """
    people = frames[Participant]
    tab_of = reading.where[people["row"].to_numpy(), 0] if len(people) else np.empty(0, dtype=int)
    lacking = {
        name: np.isin(tab_of, [n for n, tab in enumerate(reading.tabs) if name not in tab.fields])
        for name in ("sex", "entered_on")
    }
    pesel = people["pesel"]
    born = pd.to_datetime(pesel.map(pesel_birth_date, na_action="ignore")).astype("datetime64[s]")
    sex = pesel.map(pesel_sex, na_action="ignore").astype("str")
    people = people.assign(
        birth_date=people["birth_date"].fillna(born),
        sex=people["sex"].where(~lacking["sex"] | pesel.isna(), sex),
        dated=lacking["entered_on"],
    )
    of_person = people["person"].replace(dict(same))
    people["dated"] |= of_person.isin(of_person[people["entered_on"].notna()])
    if not lacking["entered_on"].any() and people["dated"].all():
        return people
    attendance, enrolments = frames[Attendance], frames[Enrolment]
    present = attendance[attendance["presence"] == Presence.PRESENT.value]
    unlisted = enrolments[~enrolments["group"].isin(attendance["group"].dropna())]
    days = pd.concat((present["day"], unlisted["started_on"]), ignore_index=True)
    persons = pd.concat((present["person"], unlisted["person"]), ignore_index=True)
    first = days.groupby(persons).min()
    attended = _looked_up(of_person, present.groupby("person")["day"].min()).astype("datetime64[s]")
    entered = _looked_up(of_person, first).astype("datetime64[s]")
    if first.isna().all() and starts_on is not None:
        tabs = [n for n, tab in enumerate(reading.tabs) if tab.answers.get("entry") == "start"]
        entered = entered.mask(np.isin(tab_of, tabs), pd.Timestamp(starts_on).as_unit("s"))
    began = people["entered_on"].where(people["dated"], attended)
    return people.assign(entered_on=began.where(~lacking["entered_on"], entered))


def with_form(frame: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(form=_looked_up(frame["group"], groups.set_index("group")["form"]))


def _looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """For each key the value under it, missing where there is none; unlike map(), also of nothing."""
    return values.reindex(keys).set_axis(keys.index)


def of_sessions(
    attendance: pd.DataFrame, sessions: pd.DataFrame, reading: Reading, found: list[Finding]
) -> pd.DataFrame:
    """Attendance with the day, group, form and status of its session, without that of cancelled sessions.

    `visit` says that it comes from a register of visits, which has nobody absent.
    """
    by_session = sessions.set_index("session")
    columns = ("day", "group", "form", "status")
    joined = attendance.assign(
        **{name: _looked_up(attendance["session"], by_session[name]) for name in columns}
    )
    joined = joined.assign(visit=from_tabs(reading, joined, lambda tab: tab.of_visits))
    hours = joined["arrived_at"].where(joined["visit"])
    # two numbers of one person on one session; somebody may come twice on one day for a consultation
    again = joined.assign(hour=hours).duplicated(["session", "person", "hour"])
    for row, person in zip(joined["row"][again], joined["person"][again], strict=True):
        first = joined[(joined["person"] == person) & (joined["session"] == joined.at[row, "session"])]
        at = reading.cell(int(first["row"].iloc[0]), "person").address
        cell = reading.cell(int(row), "person")
        found.append(rules.ATTENDANCE_TWICE.at(cell, person=person, first=at, not_counted=1))
    joined = joined[~again]
    cancelled = joined["status"] == SessionStatus.CANCELLED.value
    for row, day in zip(joined["row"][cancelled], joined["day"][cancelled], strict=True):
        cell = reading.cell(int(row), "session")
        found.append(rules.ATTENDANCE_CANCELLED_SESSION.at(cell, day=day.date(), not_counted=1))
    unknown = ~cancelled & joined["day"].isna()
    tabs = reading.where[joined["row"].to_numpy(), 0]
    for number in np.unique(tabs[unknown]):
        rows = joined["row"][unknown & (tabs == number)]
        cell = reading.cell(int(rows.iloc[0]), "session")
        found.append(rules.ATTENDANCE_WITHOUT_DAY.at(cell, rows=len(rows), not_counted=len(rows)))
    return joined[~cancelled & ~unknown]
