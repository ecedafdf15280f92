"""Places and their readiness from rows in which both stand."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lib import findings as rules
from lib.cells import key, plain
from lib.contents import amount_of, day_of
from lib.dictionaries import Outcome, PlaceUnit, ReadinessState, is_word
from lib.joining.parts import key_of, labels_of
from lib.reading import Recognised
from sheets.table import Value

READY, NOT_READY = ReadinessState.READY, ReadinessState.NOT_READY


def with_reasons(table: Recognised) -> Recognised:
    """Readiness with the reason that stands beside its state: „wstrzymane - zwolnienie lekarskie”."""
    if "reason" in table.fields or "state" not in table.fields:
        return table
    said = [
        re.split(r"\s[-–—]\s|[(,;]", plain(v), maxsplit=1)[1:] if v is not None else []
        for v in table.values("state")
    ]
    if not any(said):
        return table
    reasons = [part[0].strip(" )") if part else None for part in said]
    return replace(
        table,
        columns={**table.columns, "reason": table.columns["state"]},
        cells={**table.cells, "reason": reasons},
    )


def with_states(table: Recognised) -> Recognised:
    """Readiness with the state that follows from how many places were ready, where no column says it."""
    if "state" in table.fields or "ready" not in table.fields:
        return table
    counts = [amount_of(value) for value in table.values("ready")]
    states = [None if n is None else (READY if n else NOT_READY).value for n in counts]
    return replace(
        table,
        columns={**table.columns, "state": table.columns["ready"]},
        cells={**table.cells, "state": states},
        made=table.made | {"state"},
    )


def users_of_places(tables: Sequence[Recognised], places: Sequence[Recognised]) -> list[Recognised]:
    """Registers of who uses which place as enquiries of people who were admitted, on the day they came.

    The place is said by a column, or by the line above the rows. Where such a register is kept, what became
    of enquiries in another one without days takes no place.
    """
    known = {key_of(v): plain(v) for table in places for v in table.values("place") if v is not None}
    users = ["outcome" not in table.fields and "starts_on" in table.fields for table in tables]
    if not any(users):
        return list(tables)
    return [
        _of_users(table, known) if own else _without_use(table)
        for own, table in zip(users, tables, strict=True)
    ]


def _of_users(table: Recognised, known: Mapping[str, str]) -> Recognised:
    days = table.values("starts_on")
    cells: dict[str, Sequence[Value]] = {
        "outcome": [None if day is None else Outcome.ADMITTED.value for day in days],
        "asked_on": list(days),
        "enquiry": [
            None if day is None else f"{table.table.title} {table.table.first_row + row}"
            for row, day in enumerate(days)
        ],
    }
    columns = {**table.columns, "asked_on": table.columns["starts_on"], "outcome": table.columns["starts_on"]}
    if "place" not in table.fields:
        labels = [key(label) for label in labels_of(table)]
        cells["place"] = [
            next((name for k, name in known.items() if label and k in label), None)
            if day is not None
            else None
            for label, day in zip(labels, days, strict=True)
        ]
        columns["place"] = table.columns["starts_on"]
    missing = tuple(finding for finding in table.findings if finding.rule is not rules.MISSING_COLUMN)
    return replace(
        table, columns=columns, cells={**table.cells, **cells}, made=table.made | set(cells), findings=missing
    )


def _without_use(table: Recognised) -> Recognised:
    """Enquiries without the days of use, as ones that never took a place."""
    if "starts_on" in table.fields or "asked_on" not in table.fields:
        return table
    days = [day_of(day) for day in table.values("asked_on")]
    ends = [day - dt.timedelta(days=1) if day is not None else None for day in days]
    return replace(table, cells={**table.cells, "ends_on": ends}, made=table.made | {"ends_on"})


def each_once(table: Recognised) -> Recognised:
    """Places from rows in which readiness stands too: each place once, for its first row."""
    if not table.twin and not any(c == table.columns.get("place") for _, c in _merged_down(table)):
        return table
    seen: set[str] = set()
    rows = {}
    for row, place in enumerate(table.values("place")):
        if key_of(place) in seen and row not in table.skip:
            rows[row] = "dalszy wiersz miejsca"
        seen.add(key_of(place))
    return replace(table, skip={**table.skip, **rows})


WHO_GIVES = re.compile(
    r"(?i)(?:specjalist|prowadz|mediator|psycholog|terapeut|trener|pedagog|asysten|opiekun|prawnik|doradc|konsult)\w*"
)
"""What names somebody who gives a service, and not a seat."""


def with_units(table: Recognised) -> Recognised:
    """Places with what one of them is, where no column says it: a specialist, or else a seat."""
    if "place" not in table.fields:
        return table
    if "unit" in table.fields:
        said = [_unit(value) for value in table.values("unit")]
        return replace(table, cells={**table.cells, "unit": said})
    units = [
        None if v is None else (PlaceUnit.PROVIDER if _is_provider(table, line) else PlaceUnit.SEAT).value
        for line, v in enumerate(table.values("place"))
    ]
    return replace(table, cells={**table.cells, "unit": units}, made=table.made | {"unit"})


def _unit(value: Value) -> Value:
    """What one place is, as a word of the dictionary where the cell says it in others: „asystenci”."""
    if value is None or any(is_word(value, unit) for unit in PlaceUnit):
        return value
    if WHO_GIVES.match(plain(value)):
        return PlaceUnit.PROVIDER.value
    return PlaceUnit.SEAT.value if _SEATS.match(plain(value)) else value


_SEATS = re.compile(r"(?i)(?:miejsc|stanowisk|łóż|os[oó]b|grup|klub|pok[oó]j|sal[ai]\b|mieszka)")
"""How what one place is begins that people sit or sleep on."""


def _is_provider(table: Recognised, line: int) -> bool:
    """Whether the name of a place, or a cell of its own in its row, says who gives the service."""
    beside = (v for v in table.table.row(table.row(line)) if isinstance(v, str))
    named = table.values("place")[line]
    parts = re.split("[–—-]", re.sub(r"(?i)\bdla\b[^–—-]*", "", plain(named)))
    gives = any(WHO_GIVES.search(part) and not _SEATS.match(part.strip()) for part in parts)
    return gives or any(WHO_GIVES.fullmatch(plain(v)) for v in beside)


def _merged_down(table: Recognised) -> Iterator[tuple[int, int]]:
    """The cells merged downwards: row and column of each."""
    return ((row, column) for row, column, last, _ in table.table.merged if last > row)
