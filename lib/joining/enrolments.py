"""Who is in which group, where a table of enrolments does not say all of it or is not kept."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lib.blocks import APART, is_blank
from lib.cells import key, plain
from lib.contents import day_of, is_day
from lib.dictionaries import NEVER_IN, EnrolmentState, Presence, is_word
from lib.headers import header_key, same_word, words
from lib.joining.attendance import names_of_numbers, tokens_of
from lib.joining.codes import is_alone
from lib.joining.groups import Groups, form_column, is_short_for
from lib.joining.parts import (
    SEVERAL,
    WAITING,
    key_of,
    labels_of,
    lines_of,
    one_a_line,
    only,
    rows_of,
    says_waiting,
)
from lib.joining.sessions import day_inside
from lib.names import looks_like_name, whole
from lib.reading import Recognised, column_at, rows_of_data
from lib.recognition.above import banner, group_in, group_of_title, says_project
from lib.recognition.meeting import Meeting
from lib.recognition.missing import without_missing
from lib.records import Enrolment
from sheets.table import Value


def whole_enrolments(table: Recognised, groups: Groups, support: Groups) -> Recognised:
    """Enrolments with the group that a line above says, and the state and days that follow from others.

    `support` are the groups and forms by all their names: a line may say a form that has no groups.
    """
    cells = dict(table.cells)
    labels = labels_of(table)
    if table.lines is not None:
        labels = [labels[row] for row in table.lines.tolist()]
    told = _remarks(table)
    waiting = [
        person is not None and (says_waiting(label) or WAITING.search(_FROM_LIST.sub("", remark)) is not None)
        for person, label, remark in zip(table.values("person"), labels, told, strict=True)
    ]
    if "group" not in table.fields:
        own = next(filter(None, map(groups.find, (table.group, *table.called))), "")
        if not own and all(waiting[line] for line in lines_of(table)):
            own = next(filter(None, map(groups.however_ending, table.called)), "")
        own = own or (table.group if table.said else "")
        cells["group"] = [
            groups.said_in(label)
            or support.said_in(label)
            or groups.code(group_in(label) or banner(label) or own)
            or None
            if table.row(line) not in table.skip
            else None
            for line, label in enumerate(labels)
        ]
    else:
        typed = _or_forms(table)
        known = {v: groups.find(plain(v)) for v in set(typed) if v is not None}
        named = [(known[v] or v) if v is not None else None for v in typed]
        if groups.known and not any(known.values()) and not any(support.find(plain(v)) for v in known):
            form = next(filter(None, map(support.find, (table.group, *table.called))), None)
            if form is not None:  # flats, rooms or villages, of one form that the title says
                named = [form if v is not None else None for v in typed]
        cells["group"] = [
            (support.said_in(label) or banner(label) or value) if is_alone(value) else value
            for value, label in zip(named, labels, strict=True)
        ]
    if "state" in table.fields and not {"requested_on", "waitlisted_on"} & set(table.fields):
        waits = [is_word(state, EnrolmentState.WAITLISTED) for state in table.values("state")]
        cells |= _asked_then(table, waits, told)
    if "state" in table.fields and "started_on" not in table.fields and says_waiting(table.table.title):
        waiting = [person is not None for person in table.values("person")]
    if "state" in table.fields and "started_on" not in table.fields and any(waiting):
        # whoever was admitted from a waiting list is in the group by another one
        if "ended_on" not in table.fields:
            cells["ended_on"] = [
                day_inside(said) if wait and isinstance(said, str) else None
                for said, wait in zip(table.values("state"), waiting, strict=True)
            ]
        cells["state"] = [
            _still_waits(said).value if wait else said
            for said, wait in zip(table.values("state"), waiting, strict=True)
        ]
    if {"state", "started_on", "ended_on"} <= set(table.fields):
        cells |= _still_there(table)
    if "state" not in table.fields:
        asked = "requested_on" in table.fields  # else „od” is since when somebody waits
        starts = table.values("started_on")
        waits = [wait and not (asked and day_of(start)) for wait, start in zip(waiting, starts, strict=True)]
        states = (_state(wait, remark) for wait, remark in zip(waits, told, strict=True))
        cells["state"] = [state.value for state in states]
        if any(waiting) and not {"requested_on", "waitlisted_on"} & set(table.fields):
            cells |= _asked_then(table, waiting, told)
    if "requested_on" in table.fields and "requested_on" not in cells and "started_on" in table.fields:
        both = zip(table.values("requested_on"), table.values("started_on"), strict=True)
        cells["requested_on"] = [start if is_blank(asked) else asked for asked, start in both]
    if "requested_on" not in cells and "requested_on" not in table.fields:
        both = zip(table.values("started_on"), table.values("waitlisted_on"), strict=True)
        days = [waits if is_blank(start) else start for start, waits in both]
        cells["requested_on"] = [
            day if day is not None or not waits else day_inside(remark)
            for day, waits, remark in zip(days, waiting, told, strict=True)
        ]
    whole_ones = replace(table, cells=cells, made=table.made | (cells.keys() - set(table.fields)))
    groups_of = whole_ones.values("group")
    if "group" not in table.fields and all(groups_of[line] is not None for line in lines_of(table)):
        return without_missing(whole_ones, "group")
    return whole_ones


def _still_there(table: Recognised) -> dict[str, Sequence[Value]]:
    """The states where their column only says how it ended: whose is blank is in the group still."""
    lines = lines_of(table)
    states, starts, ends = (table.values(name) for name in ("state", "started_on", "ended_on"))
    blank = [line for line in lines if is_blank(states[line]) and not is_blank(starts[line])]
    ended = [line for line in lines if not is_blank(states[line])]
    if not blank or not all(is_blank(ends[line]) for line in blank):
        return {}
    if not ended or any(is_blank(ends[line]) for line in ended):
        return {}
    told = list(states)
    for line in blank:
        told[line] = EnrolmentState.ADMITTED.value
    return {"state": told}


def admitted_once(tables: Sequence[Recognised]) -> list[Recognised]:
    """Enrolments, those of people admitted from a waiting list left to the list of who is in the group.

    So where the same person is listed in that group elsewhere; else the waiting list is all there is.
    """
    waits = [list(map(says_waiting, labels_of(table))) for table in tables]
    enrolled: set[tuple[str, str]] = set()
    for table, waiting in zip(tables, waits, strict=True):
        both = zip(table.values("person"), table.values("group"), strict=True)
        for line, (person, group) in enumerate(both):
            if group is not None and not _at(waiting, table, line):
                enrolled.update((token, key_of(group)) for token in tokens_of(person))
    return [_admitted_once(table, waiting, enrolled) for table, waiting in zip(tables, waits, strict=True)]


def _admitted_once(table: Recognised, waiting: Sequence[bool], enrolled: Set[tuple[str, str]]) -> Recognised:
    """Enrolments without the starts of those on a waiting list who are `enrolled` in the group anyhow."""
    states, starts = table.values("state"), table.values("started_on")
    again = [
        _at(waiting, table, line)
        and not is_word(state, EnrolmentState.WAITLISTED)
        and any((token, key_of(group)) in enrolled for token in tokens_of(person))
        for line, (person, group, state) in enumerate(
            zip(table.values("person"), table.values("group"), states, strict=True)
        )
    ]
    if not any(again):
        return table
    cells = {
        **table.cells,
        "state": [EnrolmentState.CANCELLED.value if one else v for v, one in zip(states, again, strict=True)],
        "started_on": [None if one else start for start, one in zip(starts, again, strict=True)],
    }
    return replace(table, cells=cells)


def _at(waiting: Sequence[bool], table: Recognised, line: int) -> bool:
    """Whether a line stands among those who wait; `waiting` says it of each row."""
    row = table.row(line)
    return 0 <= row < len(waiting) and waiting[row]


_FROM_LIST = re.compile(r"(?i)\bz (?:listy )?(?:rezerw|rez\.|oczekuj)\w*")
"""What a remark says of somebody who waits no more."""


def _still_waits(said: Value) -> EnrolmentState:
    """Where somebody on a waiting list stands, of whom a column says what became: else there still."""
    remark = plain(said or "")
    words = (word for word in EnrolmentState if word is not EnrolmentState.WAITLISTED)
    known = " " not in remark and any(is_word(said, word) for word in words)
    return EnrolmentState.CANCELLED if known or _left(remark) else EnrolmentState.WAITLISTED


def _state(waits: bool, remark: str) -> EnrolmentState:
    """Where an enrolment stands that no column says: who waited, and does no more, was never in the group."""
    if not waits:
        return EnrolmentState.ADMITTED
    return EnrolmentState.CANCELLED if _left(remark) else EnrolmentState.WAITLISTED


def _left(remark: str) -> bool:
    """Whether a remark says of somebody on a waiting list that they wait no more."""
    return _LEFT.search(remark) is not None and _STILL.search(remark) is None


_STILL = re.compile(r"(?i)\bczekaj?(?:ą|a)?\b|\boczekuj|\bw kolejce|\bgdy\b|\bje[śs]li|\bje[żz]eli")
"""What a remark has in it on somebody who waits still: „czeka (chodzi do Iskierek)”."""

_LEFT = re.compile(
    "(?i)"
    + "|".join(
        (
            r"\brezygn|\bzrezygnowa|\bwycofa|\bnie chce|\bnieaktualn|\bwygas|\bzamkni[ęe]t",
            r"\bprzyj[ęe]t[aeiy]?\b|\bprzyj\.|\bdosta[łl]\w* (?:si[ęe]|miejsce)|\bzapisa[łln]|\bw grupie\b",
            r"\bnie ?(?:przyj[ęe]t|zakwalif)|\bodmowa\b|\bodm[óo]w\w+(?: (?:miejsca|udzia[łl]u))?\s*$",
            r"\b(?:skre|wykre)[śs]l|\bwypisan|\busuni[ęe]t|\bzmar[łl]|\bwyjecha|\bwyprowadz|\bprzenies",
            r"\bwesz(?:[łl][ay]|li)\b|\bwszed[łl]|(?<!\bnie )\b(?:chodzi|ucz[ęe]szcza)\b",
        )
    )
)
"""What is said of somebody on a waiting list who waits no more."""


def _or_forms(table: Recognised) -> list[Value]:
    """For each line its group, or the form of support in its column where the row names no group."""
    typed = table.values("group")
    column, own = form_column(table), table.columns.get("group")
    if column is None or not isinstance(own, (int, type(None))) or column == own:
        return list(typed)
    forms = _in_full(table.table.columns[column])
    alone = {v for v in set(typed) if is_blank(v) or is_alone(v)}
    return [forms[table.row(line)] if value in alone else value for line, value in enumerate(typed)]


def _in_full(forms: Sequence[Value]) -> Sequence[Value]:
    """A column of forms of support, with the whole name for one that is short for just one of the others."""
    names = {plain(form) for form in forms if isinstance(form, str)}
    whole = {
        short: others[0]
        for short in names
        if "." in short
        and len(others := [n for n in names if n != short and is_short_for(key(short), key(n))]) == 1
    }
    return (
        [whole.get(plain(form), form) if isinstance(form, str) else form for form in forms]
        if whole
        else forms
    )


def _asked_then(table: Recognised, waits: Sequence[bool], told: Sequence[str]) -> dict[str, Sequence[Value]]:
    """The days of people who wait: one column of days, or a remark, says when they asked for a place."""
    if "started_on" not in table.fields or not any(waits):
        return {}
    days = table.values("started_on")
    asked = [
        day
        if not wait or is_day(day)
        else day_inside(f"{plain(day) if day is not None else ''} {remark}") or day
        for wait, day, remark in zip(waits, days, told, strict=True)
    ]
    return {
        "started_on": [None if wait else day for wait, day in zip(waits, days, strict=True)],
        "requested_on": asked,
    }


def _remarks(table: Recognised) -> list[str]:
    """For each line what the texts of its row say besides its fields."""
    own = ("person", "group", "requested_on", "waitlisted_on", "started_on", "ended_on")
    used = {c for name in own if isinstance(c := table.columns.get(name), int)}
    others = [
        c
        for at, c in enumerate(table.table.columns)
        if at not in used and table.span[0] <= at <= table.span[1]
    ]
    return [
        " ".join(v for c in others if isinstance(v := c[table.row(line)], str))
        if table.row(line) >= 0
        else ""
        for line in range(len(table))
    ]


def each_group(table: Recognised, groups: Groups, support: Groups) -> Recognised:
    """Enrolments with a line for each of several groups or forms that stand in one cell („GW1 + SOC”)."""
    if "group" not in table.columns or table.lines is not None:
        return table
    values = table.values("group")
    several: dict[int, list[str]] = {}
    for row in rows_of_data(table)[0].tolist():
        value = values[row]
        if isinstance(value, str) and groups.find(value) is None:
            found = [groups.find(part) or support.find(part) for part in SEVERAL.split(value)]
            if len(found) > 1 and None not in found:
                several[row] = [part for part in found if part]
    return one_a_line(table, "group", several)


def asks_for_groups(table: Recognised, groups: Groups) -> Recognised | None:
    """Enquiries whose places are groups, with a column of names, as enrolments; else None."""
    asked = {"group": "place", "state": "outcome", "requested_on": "asked_on"}
    columns = {own: table.columns[name] for own, name in asked.items() if name in table.columns}
    if len(columns) < len(asked) or table.lines is not None or "outcome" in table.made:
        return None  # or else who uses the places is said
    rows = rows_of_data(table)[0].tolist()
    places = [v for row in rows if (v := table.values("place")[row]) is not None]
    person = next((c for c in range(table.span[0], table.span[1] + 1) if _names(table, c, rows)), None)
    if person is None or not places or not all(groups.find(plain(value)) for value in places):
        return None
    states = [
        EnrolmentState.CANCELLED.value if isinstance(v, str) and _REFUSED.search(v) else v
        for v in table.values("outcome")
    ]
    return replace(
        table,
        record=Enrolment,
        columns={"person": person, **columns},
        cells={"state": states},
        names=frozenset(("person",)),
        evidence=(),
        findings=(),
        made=frozenset(),
    )


def _names(table: Recognised, column: int, rows: Sequence[int]) -> bool:
    """Whether most cells of a column are names of people."""
    return bool(rows) and sum(looks_like_name(table.table.columns[column][row]) for row in rows) >= 0.8 * len(
        rows
    )


_REFUSED = re.compile(r"(?i)niezakwal|nie zakwal|odmow|nie spe[łl]n|rezygn|zrezyg")
"""What a decision says of somebody who does not wait."""


def members(table: Recognised, numbers: Set[str]) -> Recognised:
    """A list of names with days, beside a fuller list of the people, as enrolments: who is in which group.

    `numbers` are those of the people: a column of others only counts, or numbers something else.
    """
    names = {"entered_on": "started_on", "exited_on": "ended_on"}
    said = [plain(v) for v in table.values("person") if v is not None] if "person" in table.columns else []
    numbered = "person" not in table.made and sum(number in numbers for number in said) > len(said) / 2
    pairs = zip(table.values("surname"), table.values("first_name"), strict=True)
    person = table.values("person") if numbered else [whole(pair) or None for pair in pairs]
    called = {**names, "surname": "person", "first_name": "person"}
    evidence = (replace(one, field=called.get(one.field, one.field)) for one in table.evidence)
    columns = {new: table.columns[old] for old, new in names.items() if old in table.columns}
    title = group_of_title(table.table.title)
    group = next(
        (name for name in table.called if len(name) > len(title) > 0 and key(title) in key(name)), title
    )
    cells = {new: table.cells[old] for old, new in names.items() if old in table.cells}
    return replace(
        table,
        record=Enrolment,
        columns={"person": table.columns["person" if numbered else "surname"], **columns},
        cells={"person": person, **cells},
        names=frozenset() if numbered else frozenset(("person",)),
        evidence=tuple(e for e in evidence if e.field[0] == "~" or e.field in Enrolment.model_fields),
        findings=(),
        made=frozenset(),
        group=table.group if table.said or not title or _RECRUITS.search(title) else group,
        said=table.said or bool(title and not _RECRUITS.search(title)),
    )


_RECRUITS = re.compile(
    r"(?i)rekrut|zg[łl]osz|kandydat|rezerw|ch[ęe]tn|list[ay]|uczestni|osob|ludzie|telefon|kontakt"
)
"""What the title of a tab says that names no support that people on it have."""


@lru_cache(maxsize=1000)
def _never_in(state: Value) -> bool:
    """Whether an enrolment of that state takes no place, and never did."""
    return any(is_word(state, one) for one in NEVER_IN)


def with_members(tables: Sequence[Recognised]) -> set[str]:
    """The groups that enrolments say somebody is in, and does not only wait for, or did.

    A waiting list that says whom it admitted does not say who else is in the group.
    """
    found = set()
    for table in tables:
        waiting = list(map(says_waiting, labels_of(table))) if "state" in table.made else []
        for line, (group, state) in enumerate(zip(table.values("group"), table.values("state"), strict=True)):
            if table.lines is None and line in table.skip:
                continue
            if group is not None and not _never_in(state) and not _at(waiting, table, line):
                found.add(key_of(group))
    return found


def enrolled_since(lists: Sequence[Recognised], known: set[str]) -> Iterator[Recognised]:
    """Enrolments from lists of attendance with columns that say since when, and until when, each person is in
    the group, but for the groups that are `known`; of several lists of a group the last one counts.

    Who has no day in those columns is in the group since the first mark on the list. Who stands twice
    on a list left and came back.
    """
    lines: dict[tuple[str, str], tuple[int, list[int]]] = {}
    for number, table in enumerate(lists):
        if table.listed is None or "started_on" not in table.listed.since:
            continue
        for at, (person, group) in enumerate(zip(table.listed.persons, table.listed.groups, strict=True)):
            if person is not None and key(group) not in known:
                before, times = lines.get((key(group), key_of(person)), (number, []))
                lines[key(group), key_of(person)] = number, [*(times if before == number else []), at]
    for number, table in enumerate(lists):
        own = sorted(at for other, times in lines.values() if other == number for at in times)
        if own:
            yield _enrolled_since(table, own)


def _enrolled_since(table: Recognised, own: Sequence[int]) -> Recognised:
    """The enrolments of some of the people on a list that says since when each is in the group."""
    listed = table.listed
    assert listed is not None
    rows = [listed.rows[at] for at in own]
    marked: dict[int, dt.date] = {}
    assert table.lines is not None
    for row, session in zip(table.lines.tolist(), table.values("session"), strict=True):
        part = Meeting.parts(session)
        if part is not None:
            marked[row] = min(marked.get(row, part[1]), part[1])
    days = {name: [table.table.columns[column][row] for row in rows] for name, column in listed.since.items()}
    starts = [
        marked.get(row) if is_blank(day) else day for row, day in zip(rows, days["started_on"], strict=True)
    ]
    ends = (
        {"ended_on": [None if is_blank(day) else day for day in days["ended_on"]]}
        if "ended_on" in days
        else {}
    )
    columns = {
        "person": table.columns["person"],
        "group": table.columns["person"],
        "requested_on": listed.since["started_on"],
        **listed.since,
    }
    cells: dict[str, Sequence[Value]] = {
        "person": [listed.persons[at] for at in own],
        "group": [listed.groups[at] for at in own],
        "state": [EnrolmentState.ADMITTED.value] * len(own),
        "requested_on": starts,
        "started_on": starts,
        **ends,
    }
    return replace(_following(table, columns, cells, rows), wide=table.wide)


def _following(
    table: Recognised,
    columns: Mapping[str, int | np.ndarray],
    cells: Mapping[str, Sequence[Value]],
    rows: Sequence[int],
) -> Recognised:
    """Enrolments that follow from a list of attendance, at these rows of it."""
    return Recognised(
        Enrolment,
        table.table,
        columns,
        cells=cells,
        lines=np.array(rows, dtype=np.int64),
        header_rows=table.header_rows,
        names=table.names,
        span=table.span,
        derived=True,
        limit=table.limit,
        form=table.form,
        made=frozenset(("group", "state", "requested_on")),
    )


def enrolled_in_parts(table: Recognised, groups: Groups, real: set[str]) -> Recognised | None:
    """Enrolments that follow from a list of people in parts, or on a tab of its own, by group."""
    labels = labels_of(table)
    lines, names, states = [], [], []
    kept = rows_of_data(table)[0].tolist()
    group_of = {label: _group_of_part(label, table.group, groups) for label in {labels[row] for row in kept}}
    for row in kept:
        group = group_of[labels[row]]
        if group is None or key(group) in real:
            continue
        lines.append(row)
        names.append(group)
        waits = WAITING.search(labels[row] or table.group)
        states.append((EnrolmentState.WAITLISTED if waits else EnrolmentState.ADMITTED).value)
    return _of_people(table, lines, names, states, ("entered_on", "exited_on")) if lines else None


def enrolled_beside(
    table: Recognised, groups: Groups, known: Set[str], read: Set[int]
) -> Iterator[Recognised]:
    """Enrolments that columns beside people say: „gimnastyka od | gimnastyka do”, the name one of a group.

    But for groups that are `known` otherwise, and for columns that are `read` already.
    """
    header = [header_key(text) for text in table.table.header]
    rows = rows_of_data(table)[0].tolist()
    for column, text in enumerate(header[:-1]):
        name = text.removesuffix(" od")
        if name == text or header[column + 1] != f"{name} do" or {column, column + 1} & read:
            continue
        group = groups.find(name)
        days = table.table.columns[column]
        lines = [row for row in rows if not is_blank(days[row])]
        if group is not None and key(group) not in known and any(is_day(days[row]) for row in lines):
            states = [
                (EnrolmentState.WAITLISTED if _said_waiting(days[row]) else EnrolmentState.ADMITTED).value
                for row in lines
            ]
            yield _of_people(table, lines, [group] * len(lines), states, (column, column + 1))


def _said_waiting(day: Value) -> bool:
    """Whether „rez.” stands in place of a day."""
    return isinstance(day, str) and WAITING.match(day) is not None


def _of_people(
    table: Recognised,
    lines: Sequence[int],
    groups: Sequence[str],
    states: Sequence[str],
    days: tuple[str, str] | tuple[int, int],
) -> Recognised:
    """Enrolments of people at some lines; `days` are the fields or columns of the first and the last day."""
    person = table.columns["person"]
    people = table.values("person")
    columns: dict[str, int | np.ndarray] = {"person": person, "group": person}
    cells: dict[str, Sequence[Value]] = {
        "person": [people[row] for row in lines],
        "group": groups,
        "state": states,
    }
    first, last = days
    for own, name in ((first, "started_on"), (last, "ended_on"), (first, "requested_on")):
        column = table.columns.get(own) if isinstance(own, str) else own
        if column is not None:
            typed = table.values(own) if isinstance(own, str) else table.table.columns[own]
            columns[name] = column
            cells[name] = [None if _said_waiting(typed[row]) else typed[row] for row in lines]
    return Recognised(
        Enrolment,
        table.table,
        columns,
        cells=cells,
        lines=np.array(lines, dtype=np.int64),
        header_rows=table.header_rows,
        names=table.names | {"group"},
        span=table.span,
        derived=True,
        parts=table.parts,
        made=frozenset(cells),
    )


def _group_of_part(label: str, tab: str, groups: Groups) -> str | None:
    """The group of the people below a line, or else of those on the tab; None for none."""
    lines = APART.join(line for line in label.split(APART) if not says_project(line))
    said = lines or tab
    named = group_in(said)
    return groups.find(named or said) or (plain(named) if named and lines else None)


def enrolled_on_lists(
    lists: Sequence[Recognised],
    listed: set[str],
    spans: Mapping[tuple[str, str], object],
    ends: Mapping[str, dt.date],
    people: Iterable[Recognised],
) -> Iterator[Recognised]:
    """Enrolments that follow from lists of attendance, for groups of which nothing else says who is in them.

    A person is in the group from the first day marked to the end of the group, as far as `ends` has it.
    `spans` has who is known to be in which group; of a register of visits everybody else is enrolled.
    `people` are the lists of the people: who is named by number here and by name there is one person.
    """
    called_so = names_of_numbers(people)
    times = Counter(called_so.values())
    first: dict[tuple[str, str], tuple[int, int, dt.date, str]] = {}
    last: dict[tuple[str, str], dt.date] = {}
    for number, table in enumerate(lists):
        if "session" not in table.made:
            continue
        persons, sessions = table.values("person"), table.values("session")
        called = {v: tokens_of(v) for v in set(persons) if v is not None}
        meetings = {v: (key(part[0]), *part) for v in set(sessions) if (part := Meeting.parts(v)) and part[0]}
        visits = table.of_visits
        for at, (person, session, mark) in enumerate(
            zip(persons, sessions, table.values("presence"), strict=True)
        ):
            meeting = meetings.get(session)
            if meeting is None or person is None or (visits and mark == Presence.ABSENT.value):
                continue
            group, typed, day, _ = meeting
            tokens = called[person]
            if group in listed and (not visits or any((group, token) in spans for token in tokens)):
                continue
            token = called_so.get(tokens[-1], tokens[-1])
            name = (group, token if times[token] == 1 else tokens[-1])  # and namesakes are not
            if name not in first or day < first[name][2]:
                first[name] = (number, at, day, typed)
            if name not in last or day > last[name]:
                last[name] = day
    for number, table in enumerate(lists):
        own = [(at, day, last[name], group) for name, (n, at, day, group) in first.items() if n == number]
        if own:
            yield _enrolled(table, own, ends)


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
) -> list[Recognised]:
    """Enrolments without those of people by forms of support who have the form by another table.

    „Od kiedy korzysta: GW | TUS | …” beside lists of attendance says again who is in the groups of the forms;
    so does a column of forms in the list of the people.
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

    def form(group: Value) -> str:
        return form_of.get(key_of(group), support.code(plain(group or "")))

    known = {
        (called.get(token, token), form(group))
        for table in enrolments
        if not table.twin
        for person, group, state in rows_of(table, "person", "group", "state")
        if group is not None and not _never_in(state)
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


def _later(end: dt.date | None, last: dt.date) -> dt.date | None:
    """The end of a group, or the last day on which somebody was marked after it."""
    return None if end is None else max(end, last)


def _enrolled(
    table: Recognised, own: Sequence[tuple[int, dt.date, dt.date, str]], ends: Mapping[str, dt.date]
) -> Recognised:
    """The enrolments of people whose first marks stand on a list: line, first and last day, group of each.

    Visits of a register take no place in a group: each person's ended with the last one.
    """
    ats = [at for at, _, _, _ in own]
    visits = table.of_visits
    state = EnrolmentState.COMPLETED if visits else EnrolmentState.ADMITTED
    persons, person_at = table.values("person"), table.columns["person"]
    session_at = table.columns.get("session", person_at)
    columns = np.array([column_at(session_at, at) for at in ats])
    days = [day for _, day, _, _ in own]
    enrolled = _following(
        table,
        {"person": person_at, "group": columns, "started_on": columns, "requested_on": columns},
        {
            "person": [persons[at] for at in ats],
            "group": [group for _, _, _, group in own],
            "state": [state.value] * len(own),
            "ended_on": [last if visits else _later(ends.get(key(group)), last) for _, _, last, group in own],
            "requested_on": days,
            "started_on": days,
        },
        [table.row(at) for at in ats],
    )
    sessions_at = np.array([table.row(at, "session") for at in ats])
    return replace(
        enrolled,
        rows_of=dict.fromkeys(("group", "started_on", "requested_on"), sessions_at),
        made=enrolled.made | {"started_on"},
    )
