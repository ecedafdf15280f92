"""Who is in which group, where a table of enrolments does not say all of it or is not kept."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache

from lib.blocks import is_blank
from lib.cells import key, plain
from lib.contents import day_of, is_day
from lib.dictionaries import EnrolmentState, is_word
from lib.headers import header_key
from lib.joining.codes import is_alone
from lib.joining.groups import Groups, form_column, is_short_for
from lib.joining.parts import SEVERAL, WAITING, labels_of, lines_of, one_a_line, says_waiting
from lib.joining.sessions import day_inside
from lib.joining.waiting import FROM_LIST, state_of, still_waits
from lib.names import looks_like_name, whole
from lib.reading import Recognised, rows_of_data
from lib.recognition.above import banner, group_in, group_of_title, waited_for
from lib.recognition.missing import without_missing
from lib.records import Enrolment
from sheets.table import Value


def whole_enrolments(table: Recognised, groups: Groups, support: Groups, enrolled: Groups) -> Recognised:
    """Enrolments with the group that a line above says, and the state and days that follow from others.

    `support` are the groups and forms by all their names: a line may say a form that has no groups;
    `enrolled` are those with what else people are enrolled in, which a line may name by who gives it.
    """
    table = _decided(table)
    cells = dict(table.cells)
    labels = labels_of(table)
    if table.lines is not None:
        labels = [labels[row] for row in table.lines.tolist()]
    told = _remarks(table)
    waiting = [
        person is not None and (says_waiting(label) or WAITING.search(FROM_LIST.sub("", remark)) is not None)
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
            or (_given_by(label, enrolled, groups) if table.twin else None)  # „PSYCHOLOG - M. Sowa”
            or groups.code(group_in(label) or banner(label) or own)
            or None
            if table.row(line) not in table.skip
            else None
            for line, label in enumerate(labels)
        ]
    else:
        typed = list(_or_forms(table))
        for line, value in enumerate(typed):
            if isinstance(value, str) and (awaited := waited_for(value)):  # „rezerwa do WSG-2” for a group
                typed[line], waiting[line] = awaited, table.values("person")[line] is not None
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
            still_waits(said).value if wait else said
            for said, wait in zip(table.values("state"), waiting, strict=True)
        ]
    if {"state", "started_on", "ended_on"} <= set(table.fields):
        cells |= _still_there(table)
    if "state" not in table.fields:
        asked = not {"requested_on", "waitlisted_on"}.isdisjoint(table.fields)  # else „od” is when they asked
        starts = table.values("started_on")
        waits = [wait and not (asked and day_of(start)) for wait, start in zip(waiting, starts, strict=True)]
        states = (state_of(wait, remark) for wait, remark in zip(waits, told, strict=True))
        cells["state"] = [state.value for state in states]
        if any(waiting) and not {"requested_on", "waitlisted_on"} & set(table.fields):
            cells |= _asked_then(table, waiting, told)
    if any(waiting) and "ended_on" in table.fields and "ended_on" not in cells:
        cells["ended_on"] = [
            None if wait and isinstance(end, str) and _WAITS_YET.fullmatch(end.strip()) else end
            for end, wait in zip(table.values("ended_on"), waiting, strict=True)
        ]
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


def groups_of_parts(table: Recognised) -> set[str]:
    """The groups that lines above parts of enrolments name, where no column does.

    Not a name that two lines have alike, as „Gimnastyka - rano” and „Gimnastyka - po południu” do.
    """
    if "group" in table.fields:
        return set()
    labels = labels_of(table)
    lines = {labels[row] for row in map(table.row, lines_of(table)) if 0 <= row < len(labels)}
    times = Counter(group_in(line) or banner(line) for line in lines)
    return {name for name, count in times.items() if name and count == 1}


def _decided(table: Recognised) -> Recognised:
    """The enrolments, those that have no state yet with what another column says was decided: „rez.”."""
    if table.lines is not None or not isinstance(table.columns.get("state"), int):
        return table
    states, persons = table.values("state"), table.values("person")
    rows = lines_of(table)
    blank = [row for row in rows if is_blank(states[row]) and persons[row] is not None]
    decided = (
        table.table.columns[at]
        for at in range(table.span[0], table.span[1] + 1)
        if at not in table.columns_read and _DECISION.search(header_key(table.table.header[at]))
    )
    saying = [
        cells
        for cells in decided
        if all(_is_state(cells[row]) for row in blank)
        and sum(_is_state(cells[row]) for row in rows) >= 0.8 * len(rows)
    ]
    if not blank or len(saying) != 1:
        return table
    told = list(states)
    for row in blank:
        told[row] = saying[0][row]
    return replace(table, cells={**table.cells, "state": told})


_DECISION = re.compile("decyzj|rozpatrz|kwalifik|komisj")
"""What the header has in it of what was decided of those who asked for a place."""

_DECIDED = (EnrolmentState.ADMITTED, EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED)
"""What may be decided."""


@lru_cache(maxsize=1000)
def _is_state(value: Value) -> bool:
    """Whether a cell says what was decided."""
    return isinstance(value, str) and any(is_word(value, state) for state in _DECIDED)


def _given_by(label: str, support: Groups, groups: Groups) -> str | None:
    """The group, or the form of support, that those give whom a line names by their profession."""
    if _OF_MANY.search(label):
        return None
    given = support.akin(label)
    return None if given is None else groups.forms.get(key(given), given)


_OF_MANY = re.compile(r"(?i)\bterap|\basyst")
"""How professions begin that give support of several kinds."""

_WAITS_YET = re.compile(r"(?i)czeka(?:ją)?|oczekuj[eą]|nadal(?: czeka)?|w kolejce")
"""What stands in place of the last day of waiting."""


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
