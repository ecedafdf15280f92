"""References between tables, spelled as the table they point to spells them, and keys that stand once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd

from lib import findings as rules
from lib.cells import key
from lib.findings import Rule
from lib.names import MASK, looks_like_name, person_key
from lib.reading import Reading, nearest
from lib.records import (
    Attendance,
    BudgetLine,
    Expense,
    Group,
    Participant,
    Place,
    Record,
    Session,
    Specialist,
    SupportForm,
    extra,
    parent_of,
)
from sheets.table import Cell

LISTS = frozenset({(Session, "leaders"), (Place, "forms")})
"""The columns that may refer to several rows at once, separated by a semicolon, a comma or a new line."""


UNKNOWN: Mapping[type[Record], Rule] = {
    Participant: rules.UNKNOWN_PERSON,
    SupportForm: rules.UNKNOWN_FORM,
    Group: rules.UNKNOWN_GROUP,
    Session: rules.UNKNOWN_SESSION,
    BudgetLine: rules.UNKNOWN_TASK,
    Place: rules.UNKNOWN_PLACE,
    Specialist: rules.UNKNOWN_SPECIALIST,
}
"""The rule that a reference breaks when it points to nothing, by the table it points to."""


_Known: TypeAlias = tuple[str, bool, int]
"""What a name means: the key of a row, whether the row is counted, the row."""

_SEVERAL: _Known = ("", False, -1)
"""What a name means that several people of the parent have."""

_PEOPLE = {Participant: ("person", "surname", "first_name"), Specialist: ("specialist", "name")}
"""The tables of people: the field of their number, and those of their name."""


@dataclass(frozen=True)
class Parent:
    """A table that others point to, with the names by which its rows are known."""

    reading: Reading
    asked: dict[str, _Known | None] = field(default_factory=dict)

    def meant(self, name: str) -> _Known | None:
        """What a name means, also one that is typed otherwise; None for nothing."""
        if name not in self.asked:
            self.asked[name] = self.names.get(key(name)) or self.people.get(person_key(name))
        return self.asked[name]

    @cached_property
    def names(self) -> dict[str, _Known]:
        """What each name means by which a row is known."""
        record, rows = self.reading.record, self.reading.rows
        known: dict[str, _Known] = {}
        first = record.key[0]
        for name in (first, *record.also_known_by):
            columns = (rows[name].tolist(), rows[first].tolist(), self.reading.counted.tolist())
            for row, (typed, own, counted) in enumerate(zip(*columns, strict=True)):
                if isinstance(typed, str) and isinstance(own, str):
                    known.setdefault(key(typed), (own, counted, row))
        return known

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the rows, each once."""
        return sorted({own for own, _, _ in self.names.values()})

    @cached_property
    def people(self) -> dict[str, _Known]:
        """What each name of a person means, however ordered; nothing where the rows are no people."""
        if self.reading.record not in _PEOPLE:
            return {}
        known: dict[str, _Known] = {}
        rows = self.reading.rows
        pesels = rows["pesel"].tolist() if "pesel" in rows else [None] * len(rows)
        columns = (rows[name].tolist() for name in _PEOPLE[self.reading.record])
        lines = zip(self.reading.counted.tolist(), *columns, strict=True)
        for row, (counted, number, *name) in enumerate(lines):
            words = person_key(*(part for part in name if isinstance(part, str)))
            if not words or not isinstance(number, str):
                continue
            before = known.get(words)
            if before is None or (not before[1] and counted):
                known[words] = (number, counted, row)
            elif before[0] != number and counted:
                one = isinstance(pesels[row], str) and pesels[row] == pesels[before[2]]
                known[words] = before if one else _SEVERAL  # of one PESEL is one person
        return known


def resolved(reading: Reading, parents: Mapping[type[Record], Parent]) -> Reading:
    """The reading with every reference spelled as its parent spells it; what points to nothing is a finding.

    A table that is not there at all cannot be pointed to wrongly: references to it stay as typed.
    """
    rows, counted, found = reading.rows.copy(), reading.counted.copy(), list(reading.findings)
    for name, column in reading.record.model_fields.items():
        record = parent_of(column)
        if record is None or record not in parents or not len(rows):
            continue
        parent = parents[record]
        typed = rows[name]
        listed = (reading.record, name) in LISTS
        if not parent.reading.tabs:
            if listed:
                tidy = typed.map(lambda value: ";".join(_split(value)), na_action="ignore")
                rows[name] = tidy.astype(typed.dtype)
            continue
        essential = bool(extra(column, "essential"))
        spelled: dict[str, str | None] = {}
        for value in typed.dropna().unique().tolist():
            parts = _split(value) if listed else [value]
            hits = [parent.meant(part) for part in parts]
            missing = [part for part, hit in zip(parts, hits, strict=True) if hit is None]
            spelled[value] = ";".join(hit[0] for hit in hits if hit is not None) or None
            if any(hit is _SEVERAL for hit in hits) or missing:
                at = rows.index[(typed == value).to_numpy()]
                lost = (counted[at] & essential).astype(int)
                cells = _by_cell(reading, name, at.to_numpy(), lost)
            if any(hit is _SEVERAL for hit in hits):
                spelled[value] = None
                found.extend(rules.PERSON_AMBIGUOUS.at(cell, not_counted=n) for cell, n in cells)
            elif missing:
                for cell, not_counted in cells:
                    named = cell.raw.startswith(MASK) or (bool(parent.people) and looks_like_name(missing[0]))
                    found.append(
                        UNKNOWN[record].at(
                            replace(cell, raw=MASK if named else missing[0]),
                            parent=parent.reading.tabs[0].table.title,
                            hint="" if named else nearest(missing[0], parent.keys),
                            not_counted=not_counted,
                        )
                    )
            elif essential and not all(hit[1] for hit in hits if hit is not None):
                lost = rows.index[(typed == value).to_numpy() & counted]
                if len(lost):
                    first = reading.cell(int(lost[0]), name)
                    at = parent.reading.cell(hits[0][2]).address if hits[0] is not None else ""
                    found.append(
                        rules.PARENT_NOT_COUNTED.at(first, parent=at, rows=len(lost), not_counted=len(lost))
                    )
                    counted[lost] = False
        rows[name] = typed.map(spelled).astype(typed.dtype) if spelled else typed
        if essential and not extra(column, "blank"):
            counted &= rows[name].notna().to_numpy()
    return replace(reading, rows=rows, counted=counted, findings=tuple(found))


def _by_cell(reading: Reading, name: str, rows: np.ndarray, lost: np.ndarray) -> list[tuple[Cell, int]]:
    """The cells of a field in some rows, each once, with how many of the rows are lost by it."""
    cells: dict[str, tuple[Cell, int]] = {}
    for row, one in zip(rows.tolist(), lost.tolist(), strict=True):
        if reading.tabs[reading.where[row, 0]].derived:
            continue  # said where it stands
        cell = reading.cell(row, name)
        place = f"{cell.workbook} {cell.address}"
        cells[place] = (cell, cells.get(place, (cell, 0))[1] + one)
    return list(cells.values())


def _split(value: str) -> list[str]:
    parts = value.replace(",", ";").replace("\n", ";").split(";")
    return [part.strip() for part in parts if part.strip()]


def _numbered(column: pd.Series) -> np.ndarray:
    """A number for each cell of a column, the same for cells that are compared as equal."""
    codes, values = pd.factorize(column)
    return pd.factorize(np.array([key(value) for value in values.tolist()], dtype=object))[0][codes]


def one_row_a_key(reading: Reading) -> Reading:
    """The reading with only the first row of each key counted; every further one is a finding."""
    names = list(reading.record.key)
    if not names or not len(reading.rows) or any("person" in tab.made for tab in reading.tabs):
        return reading
    counted, found = reading.counted.copy(), list(reading.findings)
    rows = reading.rows[counted & reading.rows[names].notna().all(axis=1).to_numpy()]
    keys = pd.DataFrame({name: _numbered(rows[name]) for name in names}, index=rows.index)
    visits = [number for number, tab in enumerate(reading.tabs) if tab.of_visits]
    if visits:  # somebody may come twice on one day for a consultation
        of_visits = np.isin(reading.where[rows.index.to_numpy(), 0], visits)
        keys["hour"] = pd.factorize(rows["arrived_at"].where(of_visits))[0]
    firsts = keys.reset_index().groupby(list(keys), sort=False)["index"].transform("first").to_numpy()
    index = rows.index.to_numpy()
    again = index != firsts
    counted[index[again]] = False
    for row, first in zip(index[again], firsts[again], strict=True):
        if reading.record is Attendance:
            at = reading.cell(int(first), "person").address
            cell, person = reading.cell(int(row), "person"), reading.rows.at[row, "person"]
            found.append(rules.ATTENDANCE_TWICE.at(cell, person=person, first=at, not_counted=1))
        else:
            at = reading.cell(int(first), names[0]).address
            rule = rules.DUPLICATE_DOCUMENT if reading.record is Expense else rules.DUPLICATE_KEY
            found.append(rule.at(reading.cell(int(row), names[0]), first=at, not_counted=1))
    return replace(reading, counted=counted, findings=tuple(found))
