"""Invented documents: what was paid from each line of the budget, and when."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from random import Random
from typing import Any

from lib.demo.facts import Recipe, Row, day
from lib.demo.timetable import working_day

ABBREVIATIONS = {"Faktura": "FV", "Rachunek": "R", "Lista płac": "LP", "Nota księgowa": "NK"}


def rows(recipe: Recipe, rng: Random) -> list[Row]:
    """The rows of the tab „Wydatki”, by the day of payment."""
    last = day(recipe, "Koniec realizacji")
    found = [row for line in recipe["budget"] for row in _of_line(line, last, rng)]
    found.sort(key=lambda row: (row["paid_on"], row["line"]))
    for number, row in enumerate(found, start=1):
        row["document"] = f"{row['document']}/{number}/{row['issued_on']:%m/%Y}"
    return found


def _of_line(line: Mapping[str, Any], last: dt.date, rng: Random) -> Iterator[Row]:
    """The documents of a line, evenly over its time, that add up to the share that was spent."""
    count, own = line["documents"], line.get("own", False)
    spent_gr = round(line["planned"] * 100 * line["spent"])
    time = (line["ends_on"] - line["starts_on"]).days
    for number, eligible_gr in enumerate(_parts(spent_gr, count, line["kind"], rng), start=1):
        issued = line["starts_on"] + dt.timedelta(days=time * number // count)
        issued = min(working_day(issued), working_day(last))
        paid = (
            issued
            if own
            else min(working_day(issued + dt.timedelta(days=rng.randint(2, 14))), working_day(last))
        )
        # now and then a part of an invoice is not paid by the project
        more = rng.uniform(0.05, 0.4) if line["kind"] == "Faktura" and rng.random() < 0.12 else 0.0
        yield {
            "document": ABBREVIATIONS[line["kind"]],
            "line": line["line"],
            "issued_on": issued,
            "paid_on": max(paid, issued),
            "gross_gr": round(eligible_gr * (1 + more)) / 100,
            "eligible_gr": eligible_gr / 100,
            "eu_gr": 0.0 if own else None,
            "state_gr": 0.0 if own else None,
            "own_gr": eligible_gr / 100 if own else None,
            "description": f"{line['kind']}: {line['name']}",
        }


def _parts(total_gr: int, count: int, kind: str, rng: Random) -> Iterator[int]:
    """An amount in grosze as so many parts: invoices differ much, wages and notes little."""
    spread = 0.6 if kind == "Faktura" else 0.12 if kind == "Rachunek" else 0.02
    weights = [rng.uniform(1 - spread, 1 + spread) for _ in range(count)]
    reached = [round(total_gr * part / sum(weights)) for part in accumulate(weights)]
    reached[-1] = total_gr
    yield from (after - before for before, after in pairwise([0, *reached]))
