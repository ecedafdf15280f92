"""Findings that somebody has accepted with a reason: „tak ma być”, until the cell changes.

An acceptance is for one rule at one cell. It finds its cell again by what stands there, not by where
it is, so that rows may be inserted and tabs sorted:

    mark   the rule, the workbook, the tab, the header of the column, the content of the cell and what
           tells its row: the key or, where it has none of its own, all that is essential in it
    place  the mark with the address, to tell rows apart that are alike

Both are keyed hashes: what stands in the cells cannot be learned from them. An acceptance changes no
figure; a row that is not counted because of the finding stays not counted.
"""

import datetime as dt
import hmac
import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import NamedTuple

from lib.findings import Finding
from lib.reading import Reading, Recognised
from lib.records import Record, extra
from sheets.source import SourceError
from sheets.table import Cell, text

PESEL = re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a rule is accepted at a cell of a project: why, by whom, on which day."""

    project: str
    rule: str
    mark: str
    place: str
    reason: str
    by: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Acceptances:
    """The acceptances of a project, the key of their marks, and why they cannot be read, if they cannot."""

    key: bytes = b""
    given: tuple[Acceptance, ...] = ()
    problem: SourceError | None = None

    @property
    def id(self) -> str:
        """Changes with every acceptance given or taken back, for caches."""
        return sha256(repr((self.given, str(self.problem))).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding and why it may stand as it is."""

    finding: Finding
    acceptance: Acceptance


class Marks(NamedTuple):
    """By what an acceptance finds its cell again; described at the top of this file."""

    mark: str
    place: str


BY: tuple[Callable[[Marks | Acceptance], object], ...] = (attrgetter("mark", "place"), attrgetter("mark"))
"""How a cell is looked for: where it was, then wherever its row is now."""


class Marking:
    """The marks of findings in these readings, made with a key."""

    def __init__(self, readings: Mapping[type[Record], Reading], key: bytes) -> None:
        self._key = key
        self._tabs: dict[tuple[str, str], list[Recognised]] = defaultdict(list)
        for reading in readings.values():
            for tab in reading.tabs:
                if tab.derived:
                    continue
                self._tabs[tab.table.workbook, tab.table.title].append(tab)
        self._counts: dict[int, Counter[tuple[str, ...]]] = {}

    def marks(self, finding: Finding) -> Marks:
        """The marks of one finding.

        A finding at a header or a whole tab has no content of its own: its message stands for it.
        """
        cell = finding.cell
        what = (finding.rule.code, cell.workbook, cell.tab, cell.header)
        tab = self._tab(cell)
        if tab is None:
            mark = self._hash(*what, finding.message)
            return Marks(mark, self._hash(mark, cell.address))
        index = cell.row - tab.table.first_row
        own_columns = _columns(tab)
        columns = [cell.column] if cell.column >= 0 else list(own_columns.values())
        content = _typed(tab, columns, index)
        own = self._key_of(tab, index)
        essential = [at for n, at in own_columns.items() if extra(tab.record.model_fields[n], "essential")]
        row = ("key", *own) if own is not None else ("row", *_typed(tab, essential, index))
        mark = self._hash(*what, *content, *row)
        return Marks(mark, self._hash(mark, cell.address))

    def _tab(self, cell: Cell) -> Recognised | None:
        """The table in whose rows of data the cell lies."""
        tabs = self._tabs.get((cell.workbook, cell.tab), [])
        return next((t for t in tabs if 0 <= cell.row - t.table.first_row < len(t.table)), None)

    def _key_of(self, tab: Recognised, index: int) -> tuple[str, ...] | None:
        """The key of a row as typed; None where no key, or not one of its own, is typed."""
        columns = [at for name, at in _columns(tab).items() if name in tab.record.key]
        if not columns:
            return None
        if id(tab) not in self._counts:
            self._counts[id(tab)] = Counter(_typed(tab, columns, row) for row in range(len(tab.table)))
        own = _typed(tab, columns, index)
        return own if all(own) and self._counts[id(tab)][own] == 1 else None

    def _hash(self, *parts: str) -> str:
        return hmac.new(self._key, json.dumps(parts).encode(), sha256).hexdigest()[:32]


def _columns(tab: Recognised) -> dict[str, int]:
    """The columns of the fields that have one for all their rows, in the order of the record."""
    columns = ((name, tab.columns.get(name)) for name in tab.record.model_fields)
    return {name: at for name, at in columns if isinstance(at, int)}


def _typed(tab: Recognised, columns: Iterable[int], row: int) -> tuple[str, ...]:
    """What stands in some cells of a row, as a person sees it."""
    return tuple(text(tab.table.columns[column][row]) for column in columns)


def accept(
    findings: Iterable[Finding], marking: Marking, *, project: str, reason: str, by: str, on: dt.date
) -> tuple[Acceptance, ...]:
    """The acceptances of these findings for one reason, `by` a person's initials."""
    reason, by = " ".join(reason.split()), " ".join(by.split())
    return tuple(
        Acceptance(project, finding.rule.code, *marking.marks(finding), reason, by, on)
        for finding in findings
    )


def refusal(reason: str, by: str) -> str | None:
    """Why nothing can be accepted for this reason, in Polish; None when it can."""
    if not reason.strip():
        return "Wpisz powód: dlaczego tak ma być."
    if not by.strip():
        return "Wpisz inicjały osoby, która przyjmuje."
    if PESEL.search(reason) or PESEL.search(by):
        return "Powód widzą wszyscy: nie wpisuj numeru PESEL ani nazwisk."
    return None


def split(
    findings: Sequence[Finding], readings: Mapping[type[Record], Reading], acceptances: Acceptances
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """The findings that are open, and those that are accepted, each in the order given.

    An acceptance is for one cell only, however many look the same; nothing else is needed for it to
    end than that no cell is found by its marks.
    """
    rules = {acceptance.rule for acceptance in acceptances.given}
    marking = Marking(readings, acceptances.key)
    marks = [marking.marks(finding) if finding.rule.code in rules else None for finding in findings]
    taken: dict[Marks, Acceptance] = {}
    waiting = list(acceptances.given)
    for by in BY:
        free: dict[object, deque[Marks]] = defaultdict(deque)
        for spot in dict.fromkeys(marks):
            if spot is not None and spot not in taken:
                free[by(spot)].append(spot)
        for acceptance in waiting:
            if spots := free.get(by(acceptance)):
                taken[spots.popleft()] = acceptance
        found = set(taken.values())
        waiting = [acceptance for acceptance in waiting if acceptance not in found]
    pairs = [(f, taken.get(m) if m is not None else None) for f, m in zip(findings, marks, strict=True)]
    return (
        tuple(finding for finding, acceptance in pairs if acceptance is None),
        tuple(Accepted(finding, acceptance) for finding, acceptance in pairs if acceptance is not None),
    )
