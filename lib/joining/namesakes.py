"""People whose name alone does not say who they are: namesakes, and names with an initial, as „Bąk A.”.

They are told apart by the year of birth beside the name, else by the group they are in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from lib.cells import key, plain
from lib.contents import born_by_pesel, day_of, pesel_of
from lib.headers import header_key
from lib.joining.parts import key_of, labels_of
from lib.names import FIRST_NAMES, former_key, person_key
from lib.reading import Recognised
from lib.recognition.meeting import Meeting
from sheets.table import Value


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several people of a name: all of it, the year of birth where known, what row and tab say."""

    name: str
    born: int | None
    told: str
    tab: str


Namesakes: TypeAlias = Mapping[str, Mapping[str, Namesake]]
"""For each name that several people have, and each with an initial, whoever it may be by number."""

_BORN = re.compile(r"rocznik|rok ur|ur\b|urodz|wiek|pesel")


def namesakes(people: Iterable[Recognised], typed: Iterable[str]) -> Namesakes:
    """The names that several people of the lists have, and of those `typed` the ones with an initial."""
    found: _Places = {}
    shortened = {name for name in typed if _SHORTENED.search(name)}
    short: _Places = {}
    formerly: _Places = {}
    entered: set[tuple[str, str]] = set()
    for table in people:
        fields = ("person", "surname", "first_name", "pesel")
        labels = labels_of(table)
        lines = zip(*(table.values(n) for n in fields), strict=True)
        for line, (number, surname, first, typed_pesel) in enumerate(lines):
            if number is not None and (name := person_key(surname, first)):
                place = table, line, labels
                pesel = pesel_of(typed_pesel)
                if pesel and (name, pesel) in entered:
                    continue  # the same person in another row
                entered.add((name, pesel))
                found.setdefault(name, {})[plain(number)] = place
                if former := former_key(surname, first):
                    formerly.setdefault(former, {})[plain(number)] = place
                for text in _shortenings(surname, first) & shortened if shortened else ():
                    short.setdefault(text, {})[plain(number)] = place
    several = {name: known for name, known in found.items() if len(known) > 1}
    by_initial = {name: known for name, known in short.items() if name not in found}
    unknown = {name for name in typed if name not in found and name not in by_initial}
    by_initial |= _former(found, unknown)
    by_initial |= {name: known for name, known in formerly.items() if name in unknown}
    return {
        name: {number: _namesake(*place) for number, place in known.items()}
        for name, known in (several | by_initial).items()
    }


_Places: TypeAlias = dict[str, dict[str, tuple[Recognised, int, list[str]]]]
"""For each name, the place of the row of each person who may be meant, by number."""


def _former(people: _Places, unknown: Set[str]) -> _Places:
    """Names that nobody has, but that a remark in the row of one person says: „do 06.2025 Bruska Ewelina”."""
    found: _Places = {}
    if not unknown:
        return found
    told = [
        (place[0].table.row(place[0].row(place[1])) if place[0].row(place[1]) >= 0 else (), number, place)
        for known in people.values()
        for number, place in known.items()
    ]
    said = [
        (key(text), number, place)
        for cells, number, place in told
        for text in cells
        if isinstance(text, str) and len(text.split()) > 1
    ]
    first_of = {number: set(name.split()) & FIRST_NAMES for name, known in people.items() for number in known}
    for name in unknown:
        words = name.split()
        both = {" ".join(words), " ".join(reversed(words))}
        own = {
            number: place
            for text, number, place in said
            if any(one in text for one in both)
            or (_CHANGED.search(text) and _says_surname(text, set(words), first_of[number]))
        }
        if len(words) == 2 and len(own) == 1:
            found[name] = own
    return found


def _says_surname(text: str, words: Set[str], first: Set[str]) -> bool:
    """Whether a remark says the surname of somebody whose first name is that of the person of the row."""
    return bool(first) and first < words and words - first <= set(re.findall(r"[a-z-]+", text))


_CHANGED = re.compile(r"\bdawn|\bpoprz|\bprzed (?:slub|zmian)|\bnazwisk|\bpanien|\bz d\.|\bpo slub")
"""What a remark says of somebody who had another surname."""

_SHORTENED = re.compile(r"\b[a-z]{1,3}\b")
"""What a name has, as people are compared by, that is written with an initial or two."""


def _shortenings(surname: Value, first: Value) -> set[str]:
    """The texts that names with an initial are compared by: „Bąk A.”, „Bąk An.”."""
    name = person_key(first)
    return {person_key(surname, name.split()[0][:length]) for length in (1, 2, 3)} if name else set()


def _namesake(table: Recognised, line: int, labels: Sequence[str]) -> Namesake:
    """What tells the person at a line from others of the name."""
    row, born, pesel = table.row(line), table.values("birth_date")[line], table.values("pesel")[line]
    said = [labels[row], *table.table.row(row)] if row >= 0 else []
    return Namesake(
        person_key(*(table.values(name)[line] for name in ("surname", "first_name"))),
        _year(born) or _year_of_pesel(pesel),
        key(" ".join(text for text in said if isinstance(text, str))),
        key(table.table.title),
    )


def told_apart(
    enrolments: Sequence[Recognised], attendance: Sequence[Recognised], people: Iterable[Recognised]
) -> tuple[list[Recognised], list[Recognised]]:
    """Enrolments and attendance with the number of a person for a name that does not say who, where known."""
    typed = {
        person
        for table in (*enrolments, *attendance)
        if "person" in table.names
        for person in set(table.values("person"))
        if person is not None
    }
    same = namesakes(people, set(map(person_key, typed))) if typed else {}
    if not same:
        return list(enrolments), list(attendance)
    enrolled = [_by_year(table, same) for table in enrolments]
    groups: dict[tuple[str, str], set[str]] = {}
    who: dict[str, list[tuple[str, str]]] = {}
    for name, known in same.items():
        for number, one in known.items():
            who.setdefault(number, []).append((name, number))
            if one.name not in same:  # typed in whole elsewhere
                who.setdefault(one.name, []).append((name, number))
    for table in enrolled:
        for person, group in zip(table.values("person"), table.values("group"), strict=True):
            if person is not None:
                for name, number in who.get(plain(person)) or who.get(person_key(person)) or ():
                    groups.setdefault((key_of(group), name), set()).add(number)
    return enrolled, [_by_group(_by_year(table, same), same, groups) for table in attendance]


def _by_year(table: Recognised, same: Namesakes) -> Recognised:
    """A table by names, with numbers where the year of birth in the row says who of several it is.

    The year stands in a column of its own, or behind the name: „Nowak Anna (1951)”. So may a word that
    only the row of one of them has: „Wójcik Maria (Borki)”.
    """
    if "person" not in table.names:
        return table
    at = next((c for c, h in enumerate(table.table.header) if _BORN.search(header_key(h))), None)
    tabs = {one.tab for known in same.values() for one in known.values()}
    kind = next((c for c, h in enumerate(table.table.header) if _says_tab(h, tabs)), None)
    persons = list(table.values("person"))
    for line, person in enumerate(persons):
        known = same.get(person_key(person)) if person is not None else None
        row = table.row(line)
        if known and row >= 0:
            beside = table.table.columns[at][row] if at is not None else None
            initial = key(plain(table.table.columns[kind][row] or "")) if kind is not None else None
            numbers = _meant(known, person, beside, initial)
            if len(numbers) == 1:
                persons[line] = numbers[0]
    return replace(table, cells={**table.cells, "person": persons})


def _meant(known: Mapping[str, Namesake], person: Value, born: Value, initial: str | None) -> list[str]:
    """The numbers of those whom a name in a row may mean.

    `born` is what the row says of the birth, `initial` how the tab of the person begins; None where no
    column says it.
    """
    year = _year(born) or _year_of_pesel(born) or _year_behind(person)
    behind = _BEHIND.search(str(person))
    if year is not None:
        numbers = [n for n, one in known.items() if one.born and year in (one.born, one.born % 100)]
    else:
        numbers = [n for n, one in known.items() if behind is not None and key(behind[1]) in one.told]
    if len(numbers) != 1 and initial is not None:
        numbers = [n for n, one in known.items() if initial and one.tab.startswith(initial)]
    if len(numbers) > 1 and behind is not None:  # the place is that of the post of another one too
        numbers = [n for n in numbers if f"({key(behind[1])})" in known[n].told]
    if year is not None or behind is not None:
        return numbers
    if len(known) == 1:
        return list(known)
    return numbers or [n for n, one in known.items() if not _has_more(one.told, person)]


def _has_more(told: str, person: Value) -> bool:
    """Whether something stands behind the name in a row: „Cyra Anna (mł.)”, where another is „Cyra Anna”."""
    words = person_key(person).split()
    both = "|".join(re.escape(" ".join(order)) for order in (words, words[::-1]))
    return re.search(rf"\b(?:{both}) \(", told) is not None


def _says_tab(header: str, tabs: Set[str]) -> bool:
    """Whether a column says on which list of people each stands: „S/D” for „Seniorzy” and „Dzieci”."""
    initials = key(header).split("/")
    return len(tabs) > 1 and sorted(initials) == sorted(tab[:1] for tab in tabs)


def _by_group(table: Recognised, same: Namesakes, groups: Mapping[tuple[str, str], set[str]]) -> Recognised:
    """A list by names, with numbers where only one of several people is in the group of the session."""
    if "person" not in table.names or "session" not in table.cells:
        return table
    persons = list(table.values("person"))
    for line, (person, session) in enumerate(zip(persons, table.cells["session"], strict=True)):
        part = Meeting.parts(session)
        name = person_key(person) if person is not None and part is not None else ""
        if name in same and part is not None:
            own = groups.get((key(part[0]), name), set())
            if len(own) == 1:
                persons[line] = next(iter(own))
    return replace(table, cells={**table.cells, "person": persons})


def _year(value: Value) -> int | None:
    """The year in a cell that holds one, or a day."""
    if isinstance(value, (int, float)) and 1900 < value < 2100:
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"(?:19|20)[0-9]{2}\s*(?:r\.?)?", value.strip()):
        return int(value.strip()[:4])
    day = day_of(value)
    return day.year if day is not None else None


_BEHIND = re.compile(r"\(([^()0-9]{3,})\)\s*$")
"""What tells people of one name apart: „Wójcik Maria (Borki)”."""


def _year_behind(person: Value) -> int | None:
    """The year of birth behind a name, perhaps its last two digits alone: „Nowak Anna (58)”."""
    match = re.search(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])|\(\s*'?([0-9]{2})\s*\)", str(person))
    return int(match[1] or match[2]) if match else None


def _year_of_pesel(value: Value) -> int | None:
    born = born_by_pesel(value)
    return born.year if born is not None else None
