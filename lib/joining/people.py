"""People without a number, people who wait, and people whom only lists name."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from lib import findings as rules
from lib.blocks import is_blank
from lib.cells import Sex, pesel_sex, plain
from lib.contents import day_of, pesel_of
from lib.dictionaries import NEVER_IN, is_word
from lib.joining.parts import labels_of, lines_of, says_waiting
from lib.names import looks_like_name, person_key
from lib.numbers import Numbers, Someone
from lib.reading import Recognised, column_at, columns_within, rows_of_data
from lib.records import Attendance, Enrolment, Participant, Record
from sheets.table import Value


def with_numbers(tables: Sequence[Recognised], numbers: Numbers) -> list[Recognised]:
    """The lists of the people, those without numbers with one for each; see `numbers.py`.

    It stays the same when rows are moved, sorted or inserted, or other cells change. Somebody who has
    entered and has no number where others have one is a finding.
    """
    tables = [_without_words(table) for table in tables]
    without = {
        at: _unnumbered(table) if "person" in table.fields else _people(table)
        for at, table in enumerate(tables)
        if "surname" in table.fields
    }
    given = numbers.of(one for people in without.values() for one in people if one is not None)
    return [
        _numbered(table, [given[one.known_by] if one is not None else None for one in without[at]])
        if any(one is not None for one in without.get(at, ()))
        else table
        for at, table in enumerate(tables)
    ]


def _without_words(table: Recognised) -> Recognised:
    """People without a word that stands for several of them where others have a number: „kand.”."""
    typed = table.values("person") if "person" in table.fields and "person" not in table.made else ()
    times = Counter(plain(value) for value in typed if value is not None)
    words = {text for text, count in times.items() if count > 1 and not any(map(str.isdigit, text))}
    if not words or all(text in words for text in times):
        return table
    numbers = [None if value is not None and plain(value) in words else value for value in typed]
    return replace(table, cells={**table.cells, "person": numbers})


def _unnumbered(table: Recognised) -> list[Someone | None]:
    """For each line the person without a number, where others have one."""
    numbers = table.values("person")
    if not any(map(is_blank, numbers)):
        return [None] * len(numbers)
    return [one if is_blank(number) else None for one, number in zip(_people(table), numbers, strict=True)]


def _people(table: Recognised) -> list[Someone | None]:
    """For each line who it is about; None for nobody."""
    rows = set(rows_of_data(table)[0].tolist())
    fields = [table.values(name) for name in ("pesel", "birth_date", "surname", "first_name")]
    return [
        _someone(*values) if row in rows else None for row, values in enumerate(zip(*fields, strict=True))
    ]


def _someone(pesel: Value, born: Value, surname: Value, first: Value) -> Someone | None:
    name = person_key(surname, first)
    day = day_of(born) if name else None
    one = Someone(pesel_of(pesel), f"{name} {day.isoformat()}" if day is not None else "", name)
    return one if one.known_by else None


def _numbered(table: Recognised, numbers: Sequence[Value]) -> Recognised:
    if "person" in table.fields:
        typed = list(zip(table.values("person"), numbers, strict=True))
        column = table.columns["person"]
        entered = table.values("entered_on")
        missing = (
            rules.PERSON_WITHOUT_NUMBER.at(table.table.cell(table.row(line), column_at(column, line)))
            for line, (_, given) in enumerate(typed)
            if given is not None and not is_blank(entered[line])
        )
        return replace(
            table,
            cells={**table.cells, "person": [own if given is None else given for own, given in typed]},
            findings=(*table.findings, *missing),
        )
    return replace(
        table,
        columns={**table.columns, "person": table.columns["surname"]},
        cells={**table.cells, "person": numbers},
        names=table.names | {"person"},
        made=table.made | {"person"},
    )


_SEXES = {
    Sex.FEMALE: re.compile(r"(?i)\s*(?:dziewcz|kobiet|panie\b)"),
    Sex.MALE: re.compile(r"(?i)\s*(?:chłop|mężczy|panowie)"),
}
"""What the line above people of one sex says."""


def with_sexes(table: Recognised) -> Recognised:
    """People with the sex that the line above them says, where no column does."""
    if "sex" in table.fields or "surname" not in table.fields:
        return table
    labels = labels_of(table)
    said = [next((sex.value for sex, line in _SEXES.items() if line.match(text)), None) for text in labels]
    if not any(said):
        return table
    return replace(
        table,
        columns={**table.columns, "sex": table.columns["surname"]},
        cells={**table.cells, "sex": said},
        made=table.made | {"sex"},
    )


def with_coded_sexes(table: Recognised) -> Recognised:
    """People whose sex is written in two codes, as „1” and „2”, with the words that their PESELs say."""
    if not {"sex", "pesel"} <= set(table.fields):
        return table
    typed = list(table.values("sex"))
    codes = {value for value in typed if value is not None and not any(is_word(value, sex) for sex in Sex)}
    if len(codes) != 2:
        return table
    said: dict[Value, Counter[Sex]] = {}
    for value, pesel in zip(typed, map(pesel_of, table.values("pesel")), strict=True):
        if value in codes and pesel:
            said.setdefault(value, Counter())[pesel_sex(pesel)] += 1
    words = {code: sexes.most_common(1)[0] for code, sexes in said.items()}
    sure = all(times >= FEW and times >= 0.9 * said[code].total() for code, (_, times) in words.items())
    if not sure or len({sex for sex, _ in words.values()}) != 2:
        return table
    cells = [words[value][0].value if value in codes else value for value in typed]
    return replace(table, cells={**table.cells, "sex": cells})


FEW = 3
"""So many PESELs show what a code of a sex means, and so many people whom a column is about."""


def of_known_people(table: Recognised, numbers: Set[str], names: Set[str]) -> Recognised:
    """A table by those whom hardly any list of the people has, with the people who stand beside them instead.

    `numbers` and `names` are those of the people; a column of names says more of them than one of carers.
    """
    column = table.columns.get("person")
    if table.listed is not None or not isinstance(column, int):
        return table
    lines, typed = lines_of(table), table.values("person")
    rows = [table.row(line) for line in lines]
    said = [value for line in lines if (value := typed[line]) is not None]
    by_name = "person" in table.names
    known = sum(person_key(one) in names if by_name else plain(one) in numbers for one in said)
    if not said or known >= len(said) / 2:
        return table
    shares = {}
    for at in columns_within(table.table, table.span):
        cells = [table.table.columns[at][row] for row in rows]
        if at != column and sum(map(looks_like_name, cells)) >= 0.8 * len(rows):
            shares[at] = sum(person_key(value) in names for value in cells if value is not None)
    beside = max(shares, key=lambda at: shares[at], default=None)
    if beside is None or (by_name and shares[beside] < max(FEW, 2 * known, 0.6 * len(rows))):
        return table
    return replace(
        table,
        columns={**table.columns, "person": beside},
        cells={
            **table.cells,
            "person": [table.table.columns[beside][table.row(n)] for n in range(len(table))],
        },
        names=table.names | {"person"},
    )


def without_prefix(table: Recognised, numbers: Set[str]) -> Recognised:
    """A table by numbers with the whole ones, where only the end of each is typed: 57 for „PWD/57”."""
    if "person" not in table.columns or "person" in table.names:
        return table
    parts = [(match, number) for number in numbers if (match := _PREFIXED.fullmatch(number)) is not None]
    prefixes = Counter(match[1] for match, _ in parts)
    prefix, times = prefixes.most_common(1)[0] if prefixes else ("", 0)
    short = {match[2]: number for match, number in parts if match[1] == prefix}
    typed = table.values("person")
    bare = {value: _bare(value) for value in set(typed) if value is not None}
    said = [bare[v] for line in lines_of(table) if (v := typed[line]) is not None]
    most = times > MOST * len(numbers) and sum(text in short for text in said) > MOST * len(said)
    if not prefix or not most:
        return table

    whole = {value: short.get(text, value) for value, text in bare.items()}
    persons = [whole[value] if value is not None else None for value in typed]
    listed = table.listed and replace(
        table.listed,
        persons=tuple(short.get(_bare(one), one) if one else one for one in table.listed.persons),
    )
    return replace(table, cells={**table.cells, "person": persons}, listed=listed)


def _bare(number: Value) -> str:
    """A number of a person without the zeros before it."""
    return plain(number or "").removesuffix(".0").lstrip("0")


MOST = 0.8
"""From so many of the numbers on, which must end those of people, they are meant."""

_PREFIXED = re.compile(r"(.*?)0*([0-9]+)")
"""The number of a person, and what stands before it."""


def names_of(people: Sequence[Recognised]) -> set[str]:
    """The names of the people on these lists, as they are compared."""
    columns = ((table.values("surname"), table.values("first_name")) for table in people)
    return {person_key(*names) for pair in columns for names in zip(*pair, strict=True)} - {""}


def without_days_of_groups(table: Recognised, enrolments: Iterable[Recognised]) -> Recognised:
    """People without the days in a group as those in the project: „Herbatka od | Herbatka do”.

    So where enrolments are read from the same columns, the groups from the header.
    """
    where = table.table.name, table.header_rows
    beside = [one for one in enrolments if one.twin and (one.table.name, one.header_rows) == where]
    crossed = {
        int(column)
        for one in beside
        if isinstance(columns := one.columns.get("started_on"), np.ndarray)
        for column in set(columns.tolist())
    }
    if table.columns.get("entered_on") not in crossed:
        return table
    days = ("entered_on", "exited_on")
    return replace(
        table,
        columns={name: column for name, column in table.columns.items() if name not in days},
        cells={name: cells for name, cells in table.cells.items() if name not in days},
        evidence=tuple(one for one in table.evidence if one.field not in days),
    )


def with_returns(table: Recognised) -> Recognised:
    """People who left and came back, in several rows, as one who left with the last of them."""
    needed = {"person", "entered_on", "exited_on"}
    if not needed <= set(table.fields) or table.lines is not None:
        return table
    numbers, surnames, firsts = (table.values(name) for name in ("person", "surname", "first_name"))
    number_of = {r: plain(numbers[r]) for r in rows_of_data(table)[0].tolist() if not is_blank(numbers[r])}
    times = Counter(number_of.values())
    stays: dict[tuple[str, str], list[int]] = {}
    for row, number in number_of.items():
        if times[number] > 1:
            stays.setdefault((number, person_key(surnames[row], firsts[row])), []).append(row)
    entered, exited = table.values("entered_on"), list(table.values("exited_on"))
    again: dict[int, str] = {}
    for rows in stays.values():
        ends = [day_of(exited[row]) for row in rows[:-1]]
        starts = [day_of(entered[row]) for row in rows[1:]]
        if len(rows) > 1 and all(
            end and start and end < start for end, start in zip(ends, starts, strict=True)
        ):
            exited[rows[0]] = exited[rows[-1]]
            again |= dict.fromkeys(rows[1:], "powrót osoby")
    if not again:
        return table
    return replace(table, cells={**table.cells, "exited_on": exited}, skip={**table.skip, **again})


def without_waiting(table: Recognised) -> Recognised:
    """People under a line „lista rezerwowa” have not entered, whatever their row says."""
    labels = labels_of(table)
    if "entered_on" not in table.fields or not any(map(says_waiting, labels)):
        return table
    entered = [
        None if says_waiting(label) else value
        for label, value in zip(labels, table.values("entered_on"), strict=True)
    ]
    return replace(table, cells={**table.cells, "entered_on": entered})


def people_on_lists(by_record: Mapping[type[Record], list[Recognised]], numbers: Numbers) -> list[Recognised]:
    """The people of a project that has no list of them: those on its enrolments and lists of attendance."""
    seen: set[str] = set()
    looked_at: set[Value] = set()
    lists = []
    for table in (*by_record[Enrolment], *by_record[Attendance]):
        if "person" not in table.names:
            continue  # numbers say nothing of people
        lines: list[int] = []
        people: list[Value] = []
        names: list[str] = []
        for at, person in enumerate(table.values("person")):
            if person in looked_at:
                continue
            looked_at.add(person)
            name = person_key(person)
            if name and name not in seen:
                seen.add(name)
                lines.append(table.row(at))
                people.append(person)
                names.append(name)
        if lines:
            lists.append((table, lines, people, names))
    given = numbers.of(Someone(name=name) for *_, names in lists for name in names)
    return [_listed(table, lines, people, [given[n] for n in names]) for table, lines, people, names in lists]


def waiting_people(by_record: Mapping[type[Record], list[Recognised]], numbers: Numbers) -> list[Recognised]:
    """The people who wait for a place, or did, and whom no list of the people has: they have not entered."""
    asking = [t for t in by_record[Enrolment] if "person" in t.names and not t.derived]
    if not asking:
        return []
    known = names_of(by_record[Participant])
    lists = []
    for table in asking:
        found: dict[str, tuple[int, Value]] = {}
        for at, (person, state) in enumerate(zip(table.values("person"), table.values("state"), strict=True)):
            name = person_key(person) if person is not None else ""
            if name and name not in known and any(is_word(state, word) for word in NEVER_IN):
                found[name] = table.row(at), person
                known.add(name)
        if found:
            lists.append((table, found))
    return [
        _listed(
            table,
            [at for at, _ in found.values()],
            [who for _, who in found.values()],
            [numbers.of_name(name) for name in found],
        )
        for table, found in lists
    ]


def _listed(
    table: Recognised, lines: Sequence[int], people: Sequence[Value], numbers: Sequence[Value]
) -> Recognised:
    """The people whose names stand in these rows of a table, as a list of them."""
    cells = {"person": numbers, "surname": people}
    return Recognised(
        Participant,
        table.table,
        dict.fromkeys(cells, table.columns["person"]),
        cells=cells,
        lines=np.array(lines, dtype=np.int64),
        header_rows=table.header_rows,
        names=table.names,
        span=table.span,
        derived=True,
        made=frozenset(("person",)),
    )
