"""The facts of an example project, and the recipe for its invented data, from a file of this folder."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from lib.cells import Day
from lib.records import BudgetLine, Fact, Group, Place, Record, SupportForm

Recipe: TypeAlias = dict[str, Any]
"""A file of this folder as it stands; its comments say what each part means."""

Row: TypeAlias = dict[str, Any]
"""A row of a tab: the record's fields and what stands in their cells."""

Tables: TypeAlias = dict[type[Record], list[Row]]
"""The rows of each kind of table."""

_FOLDER = Path(__file__).parent


def recipe(name: str) -> Recipe:
    """The recipe of a project, by the name of its file."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def day(recipe: Recipe, parameter: str) -> dt.date:
    """A day among the project's facts; KeyError where the facts do not give it."""
    values = {fact["parameter"]: fact["value"] for fact in recipe["facts"]}
    found: dt.date = TypeAdapter(Day).validate_python(values[parameter])
    return found


def tables(recipe: Recipe) -> Tables:
    """The tabs that the file gives as they are: facts, forms, groups, budget and places."""
    return {
        Fact: [_row(Fact, fact) for fact in recipe["facts"]],
        SupportForm: [
            _row(SupportForm, form | {"source": recipe["sources"]["forms"]}) for form in recipe["forms"]
        ],
        Group: [_row(Group, group | {"leader": group["leaders"][0]}) for group in recipe["groups"]],
        BudgetLine: [_row(BudgetLine, line | {"planned_gr": line["planned"]}) for line in recipe["budget"]],
        Place: [_place(recipe, place) for place in recipe.get("places", ())],
    }


def _place(recipe: Recipe, place: Mapping[str, Any]) -> Row:
    period = {
        "starts_on": day(recipe, "Początek trwałości"),
        "ends_on": day(recipe, "Koniec trwałości"),
        "source": f"{recipe['sources']['places']}. {place['why']}",
    }
    return _row(Place, {**place, **period, "forms": place["forms"] or None})


def _row(record: type[Record], entry: Mapping[str, Any]) -> Row:
    """What of an entry belongs in the record's tab."""
    return {name: entry.get(name) for name in record.model_fields}
