"""Attendance sheets of any size, with mistakes planted at known cells.

The text in them is what people type, and what the text may be is written down twice: here as
records, for ours, and as FIELDS, from which every peer makes its own schema.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from lib.cells import Code, Count, Day, Hours, Minute, Phone, Text, YesNo
from lib.dictionaries import Presence
from lib.records import Record, column
from sheets.table import Table

MISTAKES = 500
SEED = 20220301


class Mark(Record):
    """Attendance in six columns."""

    tab = "Obecności"
    about = "Obecności z benchmarku."

    session: Code = column("Nr zajęć", blank=False, essential=True, about="")
    person: Code = column("Nr uczestnika", blank=False, essential=True, about="")
    day: Day = column("Data", blank=False, essential=True, about="")
    presence: Presence = column("Obecność", blank=False, essential=True, about="")
    arrived_at: Minute | None = column("Przyjście", about="")
    left_at: Minute | None = column("Wyjście", about="")


class Card(Mark):
    """Attendance in twelve columns."""

    hours: Hours = column("Godziny", blank=False, about="")
    meals: Count = column("Posiłki", blank=False, about="")
    consent: YesNo = column("Zgoda", blank=False, about="")
    phone: Phone | None = column("Telefon", about="")
    venue: Text = column("Sala", blank=False, about="")
    remark: Text | None = column("Uwagi", about="")


@dataclass(frozen=True, slots=True)
class Field:
    """What the text of a column must be: a `kind`, some of `words`, or anything but a sheet's error."""

    name: str
    kind: str
    blank: bool = False
    words: tuple[str, ...] = ()


PRESENCES = ("obecny", "obecna", "nieobecny", "nieobecna", "nieobecny usprawiedliwiony")

FIELDS = (
    Field("session", "text"),
    Field("person", "text"),
    Field("day", "day"),
    Field("presence", "words", words=PRESENCES),
    Field("arrived_at", "time", blank=True),
    Field("left_at", "time", blank=True),
    Field("hours", "number"),
    Field("meals", "count"),
    Field("consent", "words", words=("TAK", "NIE")),
    Field("phone", "phone", blank=True),
    Field("venue", "text"),
    Field("remark", "text", blank=True),
)

PATTERNS = {
    "text": r"^[^#]",
    "day": r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$",
    "time": r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$",
    "number": r"^[0-9]+(,[0-9]+)?$",
    "count": r"^[0-9]+$",
    "phone": r"^\+?[0-9 ]{7,}$",
}
"""What each kind looks like, for libraries that take a pattern; a day must besides be in the calendar."""

DAY_FORMAT = "%d.%m.%Y"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attendance sheet: columns of text, blanks as None, and the cells with mistakes.

    `mistakes` are pairs of a row, from 0 below the header, and the name of a column.
    """

    fields: tuple[Field, ...]
    columns: dict[str, list[str | None]]
    mistakes: frozenset[tuple[int, str]]

    @property
    def record(self) -> type[Record]:
        """The same rules as `fields`, for ours."""
        return Card if len(self.fields) == len(FIELDS) else Mark

    @property
    def table(self) -> Table:
        """The sheet as a source gives it, its header known."""
        header = tuple(self.record.model_fields[field.name].title or "" for field in self.fields)
        return Table("Obecności", tuple(self.columns.values()), header, first_row=2)


def sheet(rows: int, width: int, mistakes: int = MISTAKES, *, distinct: bool = False) -> Sheet:
    """A sheet of so many rows and the first `width` columns; with `distinct`, no two remarks are equal."""
    rng = random.Random(SEED)
    fields = FIELDS[:width]
    pools = _pools(rows)
    columns: dict[str, list[str | None]] = {
        field.name: list(rng.choices(pools[field.name], k=rows)) for field in fields
    }
    if distinct:
        columns["remark"] = [f"Uwaga nr {row} do wpisu" for row in range(rows)]
    planted = set()
    for number, cell in enumerate(rng.sample(range(rows * width), mistakes)):
        row, field = cell // width, fields[cell % width]
        columns[field.name][row] = _mistake(field, number)
        planted.add((row, field.name))
    return Sheet(fields, columns, frozenset(planted))


def _pools(rows: int) -> dict[str, list[str | None]]:
    """The good cells of each column, to draw from."""
    times = [f"{hour:02}:{minute:02}" for hour in range(8, 20) for minute in range(0, 60, 5)]
    return {
        "session": [f"Z{number:05}" for number in range(rows // 14 + 1)],
        "person": [f"U{number:04}" for number in range(min(350 + rows // 250, 9_999))],
        "day": [
            f"{day:02}.{month:02}.{year}"
            for year in (2022, 2023)
            for month in range(1, 13)
            for day in range(1, 29)
        ],
        "presence": list(PRESENCES),
        "arrived_at": [None, *times],
        "left_at": [None, *times],
        "hours": ["1", "1,5", "2", "2,5", "3"],
        "meals": ["0", "1", "2"],
        "consent": ["TAK", "NIE"],
        "phone": [None, *(f"32 47{number:05}" for number in range(0, 35_000, 100))],
        "venue": [f"Sala {number}" for number in range(1, 41)],
        "remark": [None, None, None, *(f"Uwaga nr {number}" for number in range(1, 400))],
    }


_MISTAKES: dict[str, Callable[[int], str]] = {
    "text": lambda number: "#N/D!",
    "day": lambda number: f"{30 + number % 2}.02.{2000 + number}",
    "words": lambda number: f"chyba {number}",
    "time": lambda number: f"{25 + number % 70}:{number % 60:02}",
    "number": lambda number: f"{number} i pół",
    "count": lambda number: f"-{number + 1}",
    "phone": lambda number: f"brak {number}",
}


def _mistake(field: Field, number: int) -> str | None:
    """The mistake with this number; those of most columns are all different. Some are blanks."""
    if not field.blank and number % 5 == 0:
        return None
    return _MISTAKES[field.kind](number)
