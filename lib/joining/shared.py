"""References seen in the cells: a column whose values are those of a column of another table.

An export may call a person „ID_OS” and a line of the budget „KOD_FK” on every tab, whatever these mean: the
same values on two tabs say that the one refers to the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from lib.blocks import is_blank
from lib.cells import key, plain
from lib.contents import is_day
from lib.reading import Evidence, Recognised, columns_within, rows_of_data
from lib.recognition.missing import without_missing
from lib.records import Attendance, Record, Specialist, parent_of
from lib.references import LISTS
from sheets.table import Value, column_letters

FEW = 4
"""So many different values at least are no chance."""

FEW_CODES = 2
"""So many different codes are, too: words are on many tabs, „KZ-1” and „KZ-2” are not."""

MOST = 0.9
"""From this share of its values on a column is of those of another."""

SURE = 0.85
"""How sure a reference is that only the cells say."""

_CODE = re.compile(r"(?=.*[a-z])(?=.*[0-9])[a-z0-9]+(?:[-/.][a-z0-9]+)*")
"""A code, by its key: letters and digits in one word."""


class _Match(NamedTuple):
    """A column with the values of a column of another table: the share of them that are there.

    `said` is what each value, by its key, is called by the key of its row there.
    """

    share: float
    column: int
    parent: Recognised
    at: int
    said: Mapping[str, Value]


def with_references(tables: Sequence[Recognised]) -> list[Recognised]:
    """The tables, each field that names a row of another table and has no column read from one that does."""

    @cache
    def named(record: type[Record]) -> Set[str]:
        """The names by which the rows of a kind of table are known."""
        names = (*record.key, *record.also_known_by)
        cells = (v for one in _with_keys(tables, record) for name in names for v in one.values(name))
        return {key(value) for value in cells if not is_blank(value)}

    found = []
    for table in tables:
        for name, record in _references(table):
            parents = _with_keys(tables, record)
            if parents and named(record).isdisjoint(map(key, filter(None, table.values(name)))):
                table = _with_reference(table, name, parents)
        found.append(table)
    return found


def _with_keys(tables: Sequence[Recognised], record: type[Record]) -> list[Recognised]:
    """The tables of a kind that say the key of their rows in a column."""
    return [one for one in tables if one.record is record and record.key[0] in one.columns]


def _references(table: Recognised) -> Iterator[tuple[str, type[Record]]]:
    """The fields of a table that name one row of another, with its kind; marks and leaders are left out."""
    if table.record is Attendance or table.lines is not None:
        return
    for name, field in table.record.model_fields.items():
        record = parent_of(field)
        by_name = name == "person" and "surname" in table.fields
        if record not in (None, Specialist) and (table.record, name) not in LISTS and not by_name:
            yield name, record


def _with_reference(table: Recognised, name: str, parents: Sequence[Recognised]) -> Recognised:
    """A table with a field read from the column that has the values of another table, where there is one.

    The column that its header speaks for comes first, though none of what stands in it is there; another one
    has to be as full.
    """
    typed_in = table.columns.get(name)
    own = [typed_in] if isinstance(typed_in, int) else []
    rows = rows_of_data(table)[0].tolist()

    def filled_in(column: int) -> int:
        return sum(not is_blank(table.table.columns[column][row]) for row in rows)

    least = MOST * filled_in(own[0]) if own else 0
    for columns in (own, [column for column in _unread(table) if filled_in(column) >= least]):
        matches = (match for column in columns for match in _matches(table, column, parents))
        best = max(matches, key=lambda match: match.share, default=None)
        if best is not None:
            return _read_from(table, name, best)
    return table


def _unread(table: Recognised) -> list[int]:
    """The columns of a table that nothing is read from."""
    return sorted(set(columns_within(table.table, table.span)) - table.columns_read)


def _matches(table: Recognised, column: int, parents: Sequence[Recognised]) -> Iterator[_Match]:
    """The columns of other tables that have nearly all the values of a column, each in one row only."""
    rows = rows_of_data(table)[0].tolist()
    typed = {key(v) for row in rows if not is_blank(v := table.table.columns[column][row])}
    least = FEW_CODES if all(map(_CODE.fullmatch, typed)) else FEW
    if len(typed) < least or any(is_day(v) for v in typed):
        return
    for parent in parents:
        if parent.lines is not None:
            continue
        own = rows_of_data(parent)[0].tolist()
        keys = parent.values(parent.record.key[0])
        for at in (parent.columns[parent.record.key[0]], *_unread(parent)):
            if not isinstance(at, int):
                continue
            cells = [(key(v), keys[row]) for row in own if not is_blank(v := parent.table.columns[at][row])]
            said = dict(cells)
            share = len(typed & said.keys()) / len(typed)
            if len(said) == len(cells) and share >= MOST and not (_only_counts(said) or _only_counts(typed)):
                yield _Match(share, column, parent, at, said)


def _only_counts(said: Iterable[str]) -> bool:
    """Whether values are ordinals, which are on every tab."""
    return all(plain(v).removesuffix(".0").rstrip(".").isdigit() for v in said)


def _read_from(table: Recognised, name: str, match: _Match) -> Recognised:
    """A table with a field read from a column, in the words of the other table's key."""
    column, other = match.column, match.parent.table
    cells = [match.said.get(key(v), v) if not is_blank(v) else None for v in table.table.columns[column]]
    where = other.header[match.at] if match.at < len(other.header) else ""
    header = table.table.header[column] if column < len(table.table.header) else ""
    reason = f"te same wartości, co w kolumnie „{where}” zakładki „{other.title}”"
    evidence = Evidence(name, column_letters(column), header, SURE, reason)
    return replace(
        without_missing(table, name),
        columns={**table.columns, name: column},
        cells={**table.cells, name: cells},
        evidence=(*(one for one in table.evidence if one.field != name), evidence),
    )
