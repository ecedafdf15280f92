"""Waiting lists: who waits still, who was admitted from one, and which groups somebody is in."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from lib.cells import plain
from lib.dictionaries import NEVER_IN, EnrolmentState, is_word
from lib.joining.attendance import names_of_numbers, tokens_of
from lib.joining.parts import key_of, labels_of, says_waiting
from lib.reading import Recognised
from sheets.table import Value


def admitted_once(tables: Sequence[Recognised], people: Iterable[Recognised]) -> list[Recognised]:
    """Enrolments, those of people admitted from a waiting list left to the list of who is in the group.

    So where the same person is listed in that group elsewhere; else the waiting list is all there is.
    `people` are the lists of the people: who is named by number here and by name there is one person.
    """
    called = names_of_numbers(people)
    waits = [list(map(says_waiting, labels_of(table))) for table in tables]
    enrolled: set[tuple[str, str]] = set()
    for table, waiting in zip(tables, waits, strict=True):
        both = zip(table.values("person"), table.values("group"), strict=True)
        for line, (person, group) in enumerate(both):
            if group is not None and not _at(waiting, table, line):
                tokens = tokens_of(person)
                enrolled.update((token, key_of(group)) for token in tokens)
                enrolled.update((called[token], key_of(group)) for token in tokens if token in called)
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


FROM_LIST = re.compile(r"(?i)\bz (?:listy )?(?:rezerw|rez\.|oczekuj)\w*")
"""What a remark says of somebody who waits no more."""


def still_waits(said: Value) -> EnrolmentState:
    """Where somebody on a waiting list stands, of whom a column says what became: else there still."""
    remark = plain(said or "")
    words = (word for word in EnrolmentState if word is not EnrolmentState.WAITLISTED)
    known = " " not in remark and any(is_word(said, word) for word in words)
    return EnrolmentState.CANCELLED if known or _left(remark) else EnrolmentState.WAITLISTED


def state_of(waits: bool, remark: str) -> EnrolmentState:
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
            r"\bwesz(?:[łl][ay]|li)\b|\bwszed[łl]",
            r"(?<!\bnie )\b(?:chodzi|ucz[ęe]szcza)\b(?! (?:te[żz] )?(?:do|na) (?-i:[A-ZŁŚŻĆ]))",
        )
    )
)
"""What is said of somebody on a waiting list who waits no more."""


@lru_cache(maxsize=1000)
def never_in(state: Value) -> bool:
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
            if group is not None and not never_in(state) and not _at(waiting, table, line):
                found.add(key_of(group))
    return found
