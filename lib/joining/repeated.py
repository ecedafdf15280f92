"""Enrolments that a table says again: of the next year, or of a form beside the groups of it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from lib.cells import plain
from lib.contents import day_of
from lib.headers import header_key, same_word, words
from lib.joining.attendance import names_of_numbers, tokens_of
from lib.joining.groups import Groups, form_by_name
from lib.joining.parts import key_of, only, rows_of
from lib.joining.waiting import never_in
from lib.reading import Recognised
from sheets.table import Value


def of_all_years(tables: Sequence[Recognised]) -> list[Recognised]:
    """Enrolments that tables of months say, one a person and form: the next year goes on with the first.

    Whoever stands on two tables of the same months is on both, as they may be of two groups.
    """
    months = [table for table in tables if {"started_on", "ended_on", "state"} <= table.made and table.twin]
    stays: dict[tuple[str, str], list[tuple[dt.date, dt.date, int, int]]] = {}
    for number, table in enumerate(months):
        fields = (table.values(name) for name in ("person", "group", "started_on", "ended_on"))
        for line, (person, group, start, end) in enumerate(zip(*fields, strict=True)):
            if (first := day_of(start)) is not None:
                last = day_of(end) or dt.date.max
                stays.setdefault((key_of(person), key_of(group)), []).append((first, last, number, line))
    ends: dict[tuple[int, int], tuple[int, int]] = {}  # the line that says how each of the first ones ended
    again: set[tuple[int, int]] = set()
    for stay in map(sorted, stays.values()):
        if len(stay) > 1 and all(one[1] < other[0] for one, other in pairwise(stay)):
            ends[stay[0][2:]] = stay[-1][2:]
            again.update(one[2:] for one in stay[1:])
    joined = iter([_of_all_years(table, number, months, ends, again) for number, table in enumerate(months)])
    return [next(joined) if any(table is one for one in months) else table for table in tables]


def _of_all_years(
    table: Recognised,
    number: int,
    months: Sequence[Recognised],
    ends: Mapping[tuple[int, int], tuple[int, int]],
    again: Set[tuple[int, int]],
) -> Recognised:
    """The table of that number without the lines that stand `again`, each ending as the last one says."""
    if not any(at == number for at, _ in (*ends, *again)):
        return table
    lines = range(len(table.values("person")))
    where = [ends.get((number, line), (number, line)) for line in lines]
    told = {name: [months[at].values(name)[line] for at, line in where] for name in ("ended_on", "state")}
    kept = [(number, line) not in again for line in lines]
    rows = {table.row(line): "dalszy rok tej samej formy" for line, one in enumerate(kept) if not one}
    table = only(replace(table, cells={**table.cells, **told}), kept)
    return replace(table, skip={**rows, **table.skip})


def without_forms_of_groups(
    enrolments: Sequence[Recognised],
    groups: Sequence[Recognised],
    people: Iterable[Recognised],
    support: Groups,
    forms: Groups,
) -> list[Recognised]:
    """Enrolments without those of people by forms of support who have the form by another table.

    „Od kiedy korzysta: GW | TUS | …” beside lists of attendance says again who is in the groups of the forms;
    so does a column of forms in the list of the people. `forms` are the listed ones.
    """
    form_of = {
        key_of(group): support.code(plain(form))
        for table in groups
        for group, form in rows_of(table, "group", "form")
        if form is not None
    }
    if not any(table.twin for table in enrolments):
        return list(enrolments)
    called = names_of_numbers(people)
    support = _however_ending(support, enrolments)

    def form(group: Value, table: Recognised | None = None) -> str:
        own = form_of.get(key_of(group))
        if own is None and table is not None and forms.known:
            own = form_by_name(plain(group or ""), table, forms)
        return own or support.code(plain(group or ""))

    known = {
        (called.get(token, token), form(group, table))
        for table in enrolments
        if not table.twin
        for person, group, state in rows_of(table, "person", "group", "state")
        if group is not None and not never_in(state)
        for token in tokens_of(person)
    }
    return [_without_known(table, known, called, form) if table.twin else table for table in enrolments]


def _however_ending(support: Groups, enrolments: Sequence[Recognised]) -> Groups:
    """The forms, and those that tables say again, by the names that differ from them in how words end."""
    known = {
        key_of(group): support.code(plain(group))
        for table in enrolments
        if not table.twin
        for (group,) in rows_of(table, "group")
        if group is not None
    }
    found = Groups(dict(support.known))
    for table in enrolments:
        for (group,) in rows_of(table, "group") if table.twin else ():
            if group is not None and support.find(plain(group)) is None:
                said = words(header_key(group))
                alike = {code for name, code in known.items() if _begins_alike(said, words(header_key(name)))}
                if len(alike) == 1:
                    found.add(group, alike.pop())
    return found


def _begins_alike(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name begins with two words or more that are those of another one, whatever their endings."""
    return 2 <= len(said) <= len(name) and all(map(same_word, said, name))


def _without_known(
    table: Recognised, known: Set[tuple[str, str]], called: Mapping[str, str], form: Callable[[Value], str]
) -> Recognised:
    """Enrolments in the rows of a list of people, without those by a form that is known of them.

    `form` is the form of support of each group.
    """
    lines = zip(table.values("person"), table.values("group"), strict=True)
    again = [
        any((called.get(token, token), form(group)) in known for token in tokens_of(who))
        for who, group in lines
    ]
    repeated = {
        table.row(line): "zapis jest już przy grupie tej formy" for line, one in enumerate(again) if one
    }
    if table.lines is not None:
        kept = {row for row, one in zip(table.lines.tolist(), again, strict=True) if not one}
        table = only(table, [not one for one in again])
        repeated = {row: why for row, why in repeated.items() if row not in kept}
    return replace(table, skip={**repeated, **table.skip})
