"""People without a number, people who wait, and people whom only lists name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from lib.cells import parse_pesel
from lib.contents import day_of
from lib.joining.parts import WAITING, labels_of
from lib.names import person_key
from lib.reading import Recognised, rows_of_data
from lib.records import Attendance, Enrolment, Participant, Record
from sheets.table import Value


def with_numbers(table: Recognised) -> Recognised:
    """People without a number get one from their PESEL, else their name and day of birth, else their name.

    So it stays the same when rows are moved, sorted or inserted, or other cells change. It is a digest:
    nobody's data can be read in it.
    """
    if "person" in table.fields or "surname" not in table.fields:
        return table
    rows = set(rows_of_data(table)[0].tolist())
    fields = [table.values(name) for name in ("pesel", "birth_date", "surname", "first_name")]
    numbers: list[Value] = []
    for row in range(len(table)):
        pesel, born, surname, first = (values[row] for values in fields)
        numbers.append(number_of(pesel, born, surname, first) if row in rows else None)
    return replace(
        table,
        columns={**table.columns, "person": table.columns["surname"]},
        cells={**table.cells, "person": numbers},
        names=table.names | {"person"},
        made=table.made | {"person"},
    )


def number_of(pesel: Value, born: Value, surname: Value, first: Value) -> str | None:
    name = person_key(surname, first)
    try:
        base = f"pesel {parse_pesel(pesel)}" if pesel is not None else ""
    except ValueError:
        base = ""
    if not base:
        if not name:
            return None
        day = day_of(born)
        base = f"{name} {day:%Y-%m-%d}" if day is not None else name
    return "os-" + sha256(base.encode()).hexdigest()[:10]


def without_waiting(table: Recognised) -> Recognised:
    """People under a line „lista rezerwowa” have not entered, whatever their row says."""
    labels = labels_of(table)
    if "entered_on" not in table.fields or not any(WAITING.search(label) for label in labels):
        return table
    entered = [
        None if WAITING.search(label) else value
        for label, value in zip(labels, table.values("entered_on"), strict=True)
    ]
    return replace(table, cells={**table.cells, "entered_on": entered})


def people_on_lists(by_record: Mapping[type[Record], list[Recognised]]) -> Iterator[Recognised]:
    """The people of a project that has no list of them: those on its enrolments and lists of attendance."""
    seen: set[str] = set()
    looked_at: set[Value] = set()
    for table in (*by_record[Enrolment], *by_record[Attendance]):
        if "person" not in table.names:
            continue  # numbers say nothing of people
        lines, people = [], []
        for at, person in enumerate(table.values("person")):
            if person in looked_at:
                continue
            looked_at.add(person)
            name = person_key(person)
            if name and name not in seen:
                seen.add(name)
                lines.append(table.row(at))
                people.append(person)
        if lines:
            column = table.columns["person"]
            cells: dict[str, Sequence[Value]] = {
                "person": [number_of(None, None, person, None) for person in people],
                "surname": people,
            }
            columns = dict.fromkeys(cells, column)
            yield Recognised(
                Participant,
                table.table,
                columns,
                cells=cells,
                lines=np.array(lines, dtype=np.int64),
                header_rows=table.header_rows,
                names=table.names,
                span=table.span,
                derived=True,
                made=frozenset(("person",)),
            )
