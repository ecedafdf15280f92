"""Two kinds of table that people keep in one: beside what a row is, what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from lib.headers import header_key
from lib.reading import Recognised, rows_of_data
from lib.recognition.candidates import Candidate, best_candidate
from lib.recognition.choice import Choice
from lib.recognition.header import header_texts
from lib.recognition.shape import shaped_table
from lib.records import Enrolment, Participant, Place, Readiness, Record
from sheets.table import Table, Value, column_letters

TWINS: Mapping[type[Record], type[Record]] = {
    Place: Readiness,
    Readiness: Place,
    Participant: Enrolment,
    Enrolment: Participant,
}
"""Kinds of table that people keep in one: beside what a row is, what became of it."""


def twin_of(table: Table, full: np.ndarray, best: Candidate, choice: Choice | None) -> Recognised | None:
    """The second kind of table, of the columns that the first leaves over and who or what it is about."""
    other = TWINS.get(best.record)
    if other is None:
        return None
    shared = {
        "place",
        "person",
        "~name",
        "starts_on",
        "ends_on",
        "surname",
        "first_name",
        "~surname",
        "~first_name",
    }
    texts = header_texts(table, best.header, best.span)
    taken = {c for name, c in best.columns.items() if name not in shared and c not in _dates(best)}
    left = {column: said for column, said in texts.items() if column not in taken}
    second = best_candidate(table, other, best.header, left, best.end, best.span, {}, choice)
    if other is Participant and (second is None or "entered_on" not in second.columns):
        # „chodzi od” beside the group is since when somebody takes part, too
        days = {best.columns[name] for name in ("started_on", "ended_on") if name in best.columns}
        left |= {column: texts[column] for column in days & texts.keys()}
        second = best_candidate(table, other, best.header, left, best.end, best.span, {}, choice)
    if other is Enrolment and second is not None and _dates(best) & set(second.columns.values()):
        # days right beside the group are nearer to it than those of the person
        alone = {column: said for column, said in left.items() if column not in _dates(best)}
        nearer = best_candidate(table, other, best.header, alone, best.end, best.span, {}, choice)
        if nearer is not None and nearer.complete and _beside_group(nearer):
            second = nearer
    if second is None or not second.complete:
        return None
    if other is Participant and not ("pesel" in second.columns and "entered_on" in second.columns):
        return None  # who is enrolled, and no list of the people
    if other is Enrolment and (
        "group" not in second.columns or second.columns["group"] in best.columns.values()
    ):
        return None
    shaped, _ = shaped_table(table, full, second, None)
    if other is Readiness:
        own = {n: c for n, c in second.columns.items() if n not in ("place", "reason")}
        cells = [shaped.table.columns[c] for c in own.values() if c not in best.columns.values()]
        blank = (row for row in range(len(shaped.table)) if all(column[row] is None for column in cells))
        shaped = replace(shaped, skip={**dict.fromkeys(blank, "bez wpisu o gotowości"), **shaped.skip})
    if other is Participant:
        shaped = replace(
            shaped, skip={**dict.fromkeys(_further(shaped), "dalszy wiersz osoby"), **shaped.skip}
        )
    return replace(shaped, twin=True)


def _beside_group(second: Candidate) -> bool:
    """Whether the first day of an enrolment stands right behind the group."""
    group, start = (second.columns.get(name) for name in ("group", "started_on"))
    return group is not None and start == group + 1


def _further(people: Recognised) -> Iterator[int]:
    """The rows that say the same of a person as the row before: further enrolments stand in them."""
    before: list[Value] = []
    fields = [people.values(name) for name in people.fields]
    for row in rows_of_data(people)[0].tolist():
        own = [values[row] for values in fields]
        if before and all(value in (None, old) for value, old in zip(own, before, strict=True)):
            yield row
        else:
            before = own


def repeats_of(twin: Recognised) -> list[Recognised]:
    """Further enrolments beside those of a list of people: the same columns again, „gr. | od | do”.

    A person who has no further group is in no row of them.
    """
    group, header = twin.columns.get("group"), twin.table.header
    places = {name: c for name, c in twin.columns.items() if name in ("group", "started_on", "ended_on")}
    if twin.record is not Enrolment or not isinstance(group, int) or len(places) < 2:
        return []
    last = [header_key(header[c].rpartition(" ")[2]) for c in places.values() if isinstance(c, int)]
    found = []
    for start in range(group + 1, len(header)):
        moved = {name: c + start - group for name, c in places.items() if isinstance(c, int)}
        if max(moved.values()) >= len(header):
            break
        if [header_key(header[c].rpartition(" ")[2]) for c in moved.values()] == last:
            blank = {row: "bez dalszej grupy" for row, v in enumerate(twin.table.columns[start]) if v is None}
            if len(blank.keys() | twin.skip.keys()) < len(twin.table):
                found.append(_moved(twin, moved, {**blank, **twin.skip}))
    return found


def _moved(twin: Recognised, columns: Mapping[str, int], skip: Mapping[int, str]) -> Recognised:
    """The same kind of table, some fields of which stand in other columns."""
    evidence = tuple(
        replace(one, column=column_letters(columns[one.field]), header=twin.table.header[columns[one.field]])
        if one.field in columns
        else one
        for one in twin.evidence
    )
    return replace(twin, columns={**twin.columns, **columns}, skip=skip, evidence=evidence, findings=())


def without_dates(shaped: Recognised, twin: Recognised) -> Recognised:
    """A list of places without the days of readiness that stand in the same rows."""
    if (shaped.record, twin.record) != (Place, Readiness):
        return shaped
    columns = {name: c for name, c in shaped.columns.items() if name not in ("starts_on", "ends_on")}
    cells = {name: values for name, values in shaped.cells.items() if name in columns}
    return replace(shaped, columns=columns, cells=cells, twin=True)


def _dates(best: Candidate) -> set[int]:
    """The columns that say from when to when, which both kinds of table in one may need."""
    names = ("starts_on", "ends_on", "entered_on", "exited_on", "~period")
    return {best.columns[name] for name in names if name in best.columns}
