"""Places and their readiness from rows in which both stand."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lib.cells import plain
from lib.dictionaries import PlaceUnit
from lib.joining.parts import key_of
from lib.reading import Recognised


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
    r"(?i)specjalist|prowadz|mediator|psycholog|terapeut|trener|pedagog|asystent|opiekun|prawnik|doradc|konsult"
)
"""What names somebody who gives a service, and not a seat."""


def with_units(table: Recognised) -> Recognised:
    """Places with what one of them is, where no column says it: a specialist, or else a seat."""
    if "unit" in table.fields or "place" not in table.fields:
        return table
    units = [
        None if v is None else (PlaceUnit.PROVIDER if WHO_GIVES.search(plain(v)) else PlaceUnit.SEAT).value
        for v in table.values("place")
    ]
    return replace(table, cells={**table.cells, "unit": units}, made=table.made | {"unit"})


def _merged_down(table: Recognised) -> Iterator[tuple[int, int]]:
    """The cells merged downwards: row and column of each."""
    return ((row, column) for row, column, last, _ in table.table.merged if last > row)
