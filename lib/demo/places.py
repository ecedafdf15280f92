"""Invented readiness of the places in the durability period, and who asked for them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from lib.demo.facts import Recipe, Row, day
from lib.demo.timetable import working_day
from lib.dictionaries import Outcome, PlaceUnit, ReadinessState
from lib.records import Enquiry

DAY = dt.timedelta(days=1)


def readiness_rows(recipe: Recipe, rng: Random) -> list[Row]:
    """The rows of the tab „Gotowość”: every place, every day of the period, a new row for each check."""
    found: list[Row] = []
    for place in recipe.get("places", ()):
        begins, ends = day(recipe, "Początek trwałości"), day(recipe, "Koniec trwałości")
        changes = [change for change in recipe["durability"]["changes"] if change["place"] == place["id"]]
        for change in sorted(changes, key=lambda change: change["starts_on"]):
            found += _ready(recipe, place, begins, change["starts_on"] - DAY, rng)
            found.append(_row(place, **{k: v for k, v in change.items() if k != "place"}))
            begins = change["ends_on"] + DAY
        found += _ready(recipe, place, begins, ends, rng)
    return found


def _ready(
    recipe: Recipe, place: Mapping[str, Any], first: dt.date, last: dt.date, rng: Random
) -> Iterator[Row]:
    durability = recipe["durability"]
    while first <= last:
        ends = min(first + dt.timedelta(days=rng.randint(*durability["confirmed_every_days"]) - 1), last)
        yield _row(
            place,
            first,
            ends,
            ReadinessState.READY,
            specialist=place["specialist"],
            evidence=rng.choice(durability["evidence"]),
        )
        first = ends + DAY


def _row(place: Mapping[str, Any], starts_on: dt.date, ends_on: dt.date, state: str, **more: Any) -> Row:
    return {
        "place": place["place"],
        "starts_on": starts_on,
        "ends_on": ends_on,
        "state": ReadinessState(state),
        "confirmed_on": working_day(starts_on),
        **more,
    }


def enquiry_rows(recipe: Recipe, rng: Random) -> list[Row]:
    """The rows of the tab „Zgłoszenia”, numbered by day."""
    if "durability" not in recipe:
        return []
    durability = recipe["durability"]
    names = {place["id"]: place["place"] for place in recipe["places"]}
    found: list[Row] = []
    for edition in durability["editions"]:
        for _ in range(edition["persons"]):
            asked = edition["starts_on"] - dt.timedelta(days=rng.randint(5, 60))
            found.append(
                _enquiry(recipe, names[edition["place"]], asked, Outcome.ADMITTED, rng)
                | {"starts_on": edition["starts_on"], "ends_on": edition["ends_on"]}
            )
    for place in recipe["places"]:
        found += [_any_enquiry(recipe, place, rng) for _ in range(place["enquiries"])]
    for refusal in durability["refusals"]:
        row = _enquiry(recipe, names[refusal["place"]], refusal["asked_on"], Outcome.REFUSED, rng)
        found.append(row | {"channel": refusal["channel"], "reason": refusal["reason"]})
    found.sort(key=lambda row: (row["asked_on"], row["place"]))
    blank = dict.fromkeys(Enquiry.model_fields)
    return [{**blank, "enquiry": f"ZG{number:03}", **row} for number, row in enumerate(found, start=1)]


def _any_enquiry(recipe: Recipe, place: Mapping[str, Any], rng: Random) -> Row:
    """Somebody asks on some day; on seats people are admitted in editions only."""
    durability, last = recipe["durability"], day(recipe, "Koniec trwałości")
    first = day(recipe, "Początek trwałości")
    asked = first + dt.timedelta(days=rng.randrange((last - first).days - 60))
    outcomes = [Outcome(word) for word in durability["outcomes"]]
    if place["unit"] == PlaceUnit.SEAT:
        outcomes = [outcome for outcome in outcomes if outcome != Outcome.ADMITTED]
    row = _enquiry(recipe, place["place"], asked, rng.choice(outcomes), rng)
    if row["outcome"] == Outcome.ADMITTED:
        starts = asked + dt.timedelta(days=rng.randint(3, 14))
        ends = min(starts + dt.timedelta(days=rng.randint(*durability["stay_days"])), last)
        row |= {"starts_on": starts, "ends_on": ends}
    elif row["outcome"] == Outcome.RESIGNED:
        row["reason"] = "nie odpowiada termin"
    return row


def _enquiry(recipe: Recipe, place: str, asked: dt.date, outcome: Outcome, rng: Random) -> Row:
    return {
        "asked_on": working_day(asked),
        "channel": rng.choice(recipe["durability"]["channels"]),
        "place": place,
        "outcome": outcome,
    }
