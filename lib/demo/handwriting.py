"""How people type: here and there a harmless spelling of their own, each with one reading."""

import datetime as dt
from random import Random

from babel.dates import format_date

from lib.cells import Word
from lib.demo.facts import Tables
from lib.records import Attendance, Enrolment, Expense, Participant, Session, kind_of
from sheets.table import Value

OFTEN = 0.02
"""The share of cells that somebody typed in an own way."""

WRITTEN_BY_HAND = (Participant, Enrolment, Session, Attendance, Expense)


def handwritten(tables: Tables, seed: str) -> None:
    """Change the spelling, and never the meaning, of a small share of the cells."""
    for record in WRITTEN_BY_HAND:
        for name, field in record.model_fields.items():
            # each column has a chance of its own, so that a new one leaves the others as they were
            kind, rng = kind_of(field).name, Random(f"{seed} {record.tab} {name}")
            for row in tables[record]:
                if row[name] is not None and rng.random() < OFTEN:
                    row[name] = _own_way(row[name], kind, rng)


def _own_way(value: Value, kind: str, rng: Random) -> Value:
    match value:
        case Word():
            return rng.choice([value.capitalize(), value.upper(), f"{value} ", value.spellings[0]])
        case str() if kind == "YesNo":
            return {"TAK": rng.choice(["tak", "T", "Tak"]), "NIE": rng.choice(["nie", "N", "Nie"])}[value]
        case str() if kind == "Pesel":
            return int(value)  # a number loses the zero it begins with
        case dt.date():
            long = format_date(value, "d MMMM yyyy", locale="pl")
            return rng.choice([f"{value:%d.%m.%Y} r.", f"{value:%d.%m.%Y}", f"{value:%Y-%m-%d}", long])
        case dt.time():
            return f"{value.hour}.{value.minute:02}"
        case float():
            spaced = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
            return rng.choice([f"{spaced} zł", spaced])
        case _:
            return value
