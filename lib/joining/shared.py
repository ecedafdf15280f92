"""References seen in the cells: a column whose values are those of a column of another table.

An export may call a person „ID_OS” and a line of the budget „KOD_FK” on every tab, whatever these mean: the
same values on two tabs say that the one refers to the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lib import findings as rules
from lib.blocks import is_blank
from lib.cells import key, plain
from lib.contents import is_day
from lib.reading import Evidence, Recognised, rows_of_data
from lib.records import (
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    SupportForm,
)
from sheets.table import Value, column_letters

REFERENCES: Mapping[type[Record], tuple[tuple[str, type[Record]], ...]] = {
    Group: (("form", SupportForm),),
    Enrolment: (("person", Participant), ("group", Group)),
    Session: (("group", Group),),
    Expense: (("line", BudgetLine),),
    Readiness: (("place", Place),),
    Enquiry: (("place", Place),),
}
"""The fields of each kind of table that name a row of another."""

FEW = 4
"""So many different values at least are no chance."""

MOST = 0.9
"""From this share of its values on a column is of those of another."""

SURE = 0.85
"""How sure a reference is that only the cells say."""


def with_references(tables: Sequence[Recognised]) -> list[Recognised]:
    """The tables, each field that names a row of another table and has no column read from one that does."""
    return [_with_references(table, tables) for table in tables]


def _with_references(table: Recognised, tables: Sequence[Recognised]) -> Recognised:
    for name, record in REFERENCES.get(table.record, ()):
        parents = [one for one in tables if one.record is record and record.key[0] in one.columns]
        known = {
            key(v)
            for one in parents
            for field in (*record.key, *record.also_known_by)
            for v in one.values(field)
            if not is_blank(v)
        }
        own = set(map(key, filter(None, table.values(name))))
        if table.lines is not None or not parents or "~" in table.place(name) or own & known:
            continue
        if name == "person" and "surname" in table.fields:
            continue
        typed_in = table.columns.get(name)
        columns = [typed_in] if isinstance(typed_in, int) else _unread(table)
        best = max(
            (found for column in columns for found in _meant(table, column, parents)),
            key=lambda found: found[0],
            default=None,
        )
        if best is not None:
            table = _read_from(table, name, *best[1:])
    return table


def _unread(table: Recognised) -> list[int]:
    """The columns of a table that nothing is read from."""
    used = {column for column in table.columns.values() if isinstance(column, int)}
    first, last = table.span if table.span[1] else (0, len(table.table.columns) - 1)
    return [column for column in range(first, last + 1) if column not in used]


def _meant(
    table: Recognised, column: int, parents: Sequence[Recognised]
) -> Iterator[tuple[float, int, Recognised, int, Mapping[str, Value]]]:
    """The columns of other tables that have the values of a column, with how many of them, and what each
    value is there by the key of its row."""
    rows = rows_of_data(table)[0].tolist()
    typed = {key(v) for row in rows if not is_blank(v := table.table.columns[column][row])}
    if len(typed) < FEW or any(is_day(v) for v in typed):
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
            if len(said) == len(cells) and share >= MOST and not _only_counts(said):
                yield share, column, parent, at, said


def _only_counts(said: Mapping[str, Value]) -> bool:
    """Whether values are ordinals, which are on every tab."""
    return all(plain(v).removesuffix(".0").rstrip(".").isdigit() for v in said)


def _read_from(
    table: Recognised, name: str, column: int, parent: Recognised, at: int, said: Mapping[str, Value]
) -> Recognised:
    """A table with a field read from a column, in the words of the other table's key."""
    cells = [said.get(key(v), v) if not is_blank(v) else None for v in table.table.columns[column]]
    where = parent.table.header[at] if at < len(parent.table.header) else ""
    reason = f"te same wartości, co w kolumnie „{where}” zakładki „{parent.table.title}”"
    header = table.table.header[column] if column < len(table.table.header) else ""
    evidence = Evidence(name, column_letters(column), header, SURE, reason)
    title = table.record.model_fields[name].title or name
    return replace(
        table,
        columns={**table.columns, name: column},
        cells={**table.cells, name: cells},
        evidence=(*(one for one in table.evidence if one.field != name), evidence),
        findings=tuple(
            one
            for one in table.findings
            if one.rule is not rules.MISSING_COLUMN or f"„{title}”" not in one.message
        ),
    )
