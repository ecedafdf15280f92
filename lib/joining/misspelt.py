"""Names with a slip of the pen: „Kowalczk Anna” on a list is Kowalczyk Anna where nobody else can be meant.

Whom a list names by a name that nobody has is read as the one person whose name differs from it by a letter,
and told at the cell: a name is never put right in silence.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from lib import findings as rules
from lib.cells import plain
from lib.findings import Finding
from lib.joining.parts import lines_of
from lib.names import FIRST_NAMES, MASK, mistyped, person_key, whole
from lib.reading import Recognised, column_at
from sheets.table import Value


def spelled_as_people(tables: Iterable[Recognised], people: Sequence[Recognised]) -> list[Recognised]:
    """Enrolments or attendance with the right names for those mistyped by a letter, each of them a finding.

    `people` are the lists of the people. Somebody who stands at the same session, or in the same group,
    under the right name too is not meant.
    """
    tables = list(tables)
    if not any("person" in table.names for table in tables):
        return tables
    known: dict[str, tuple[str, str]] = {}
    numbers: dict[str, set[str]] = {}
    for table in people:
        fields = (table.values(name) for name in ("surname", "first_name", "person"))
        for surname, first_name, number in zip(*fields, strict=True):
            if name := person_key(surname, first_name):
                known.setdefault(name, (whole(v for v in (surname, first_name) if v), table.table.title))
                numbers.setdefault(name, set()).add(plain(number or ""))
    alone = {name: told for name, told in known.items() if len(numbers[name]) == 1}
    by_word: dict[str, set[str]] = {}
    for name in alone:
        for word in name.split():
            by_word.setdefault(word, set()).add(name)
    return [_spelled(table, known.keys(), alone, by_word) if by_word else table for table in tables]


def _spelled(
    table: Recognised, known: Set[str], alone: Mapping[str, tuple[str, str]], by_word: Mapping[str, Set[str]]
) -> Recognised:
    """A table by names with those mistyped as in the lists of people, where they have the name `alone`."""
    if "person" not in table.names:
        return table
    persons = table.values("person")
    keys: dict[Value, str] = {value: person_key(value) for value in set(persons) if value is not None}
    near = {name: found for name in set(keys.values()) - known if (found := _near(name, by_word)) is not None}
    if not near:
        return table
    places: dict[str, set[Value]] = {}
    first: dict[str, int] = {}
    where = table.values("session" if "session" in table.fields else "group")
    for line in lines_of(table):
        name = keys.get(persons[line], "")
        places.setdefault(name, set()).add(where[line])
        first.setdefault(name, line)
    on_list = {person_key(one) for one in (table.listed.persons if table.listed else ())}
    meant = {name: found for name, found in near.items() if name in first and found not in on_list}
    for name, found in near.items():
        same = [one for one in (found, *near) if one != name and near.get(one, one) == found]
        if any(not places[name].isdisjoint(places[one]) for one in same if {name, one} <= places.keys()):
            meant.pop(name, None)
    told: dict[Value, str] = {value: alone[meant[name]][0] for value, name in keys.items() if name in meant}
    if not told:
        return table
    listed = table.listed and replace(
        table.listed, persons=tuple(told.get(one, one) for one in table.listed.persons)
    )
    return replace(
        table,
        cells={**table.cells, "person": [told.get(one, one) for one in persons]},
        listed=listed,
        findings=(*table.findings, *(_finding(table, first[name], alone[meant[name]][1]) for name in meant)),
    )


def _near(name: str, by_word: Mapping[str, Set[str]]) -> str | None:
    """The only name known that differs from this one by a letter of one word; None for none, or several."""
    words = set(name.split())
    found = set()
    for other in set().union(*(by_word.get(word, ()) for word in words)):
        (mine, theirs) = words - set(other.split()), set(other.split()) - words
        if len(mine) == len(theirs) == 1 and _is_slip(mine.pop(), theirs.pop()):
            found.add(other)
    return found.pop() if len(found) == 1 else None


def _is_slip(typed: str, right: str) -> bool:
    """Whether a word of a name is another one mistyped: „Hanna” is not Anna."""
    return typed not in FIRST_NAMES and mistyped(typed, right)


def _finding(table: Recognised, line: int, title: str) -> Finding:
    cell = table.table.cell(table.row(line, "person"), column_at(table.columns["person"], line))
    return rules.NAME_MISSPELT.at(replace(cell, raw=MASK), parent=title)
