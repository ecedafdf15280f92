"""The same person entered twice: pairs of rows that look like one human being, in a project and across.

    registers -> _people() -> blocks (rows that agree in something) -> _alike() -> Candidate

A pair is a proposal for somebody who has the documents: nothing is ever merged, beyond what the
register does with one PESEL. Names and days of birth are compared here and leave only as words
about them („to samo imię i nazwisko”).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import cells, names
from lib.project import Period
from lib.records import Attendance, Enrolment, Participant
from sheets.table import Cell

if TYPE_CHECKING:
    from lib.register import Register

NEIGHBOURS = 50
"""With how many rows before it a row is compared among those that agree in something.

A real list has a few rows to a day of birth; this keeps one day typed for everybody from making
every row a neighbour of every other.
"""


class Strength(IntEnum):
    """How likely two rows are one person."""

    CERTAIN = 3
    LIKELY = 2
    POSSIBLE = 1

    @property
    def label(self) -> str:
        """The Polish word for the screen."""
        return {3: "pewne", 2: "prawdopodobne", 1: "możliwe"}[self.value]


@dataclass(frozen=True, slots=True)
class Side:
    """One row of a pair: whose it is and where it stands; `project` is its id."""

    project: str
    person: str
    row: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two rows that may be one person.

    evidence   what they agree and differ in, in Polish, without any personal value
    proposal   what to do when the documents say that it is one person
    together   the days on which both take part, where they do
    """

    strength: Strength
    first: Side
    later: Side
    evidence: str
    proposal: str
    together: Period | None = None


@dataclass(frozen=True, slots=True)
class _Someone:
    """A row of the participants, with its names folded to be compared."""

    project: str
    person: str
    row: int
    typed: tuple[str, str]
    surname: frozenset[str]
    first_name: str
    name: str
    pesel: str | None
    born: dt.date | None
    sex: str | None
    phone: str | None
    took_part: Period | None


def within(register: "Register") -> tuple[Candidate, ...]:
    """The pairs of rows of one project that may be one person, at most one for each later row.

    Of several earlier rows the one most alike is given, of equals the first in the sheet. Rows with
    one PESEL are certain; the register counts them as one person already.
    """
    pairs = _pairs(_people("", register), across=False)
    return tuple(
        Candidate(
            strength,
            _side(register, one),
            _side(register, other),
            evidence,
            _merge(register, strength, one, other),
            _together(one, other),
        )
        for one, other, strength, evidence in pairs
    )


def across(registers: Mapping[str, "Register"]) -> tuple[Candidate, ...]:
    """The pairs of rows of two projects that may be one person, at most one for each row and project.

    `registers` are by the ids of the projects; the first of a pair is of the project given earlier.
    """
    everybody = [someone for id, register in registers.items() for someone in _people(id, register)]
    return tuple(
        Candidate(
            strength,
            _side(registers[one.project], one),
            _side(registers[other.project], other),
            evidence,
            "Zostaw wiersz w każdym projekcie. Sprawdź w dokumentach, czy to jedna osoba i czy nie dostaje "
            "tego samego wsparcia dwa razy; uzgodnij w obu PESEL i pisownię.",
            _together(one, other),
        )
        for one, other, strength, evidence in _pairs(everybody, across=True)
    )


# --- rows ---------------------------------------------------------------------------------------


def _people(project: str, register: "Register") -> list[_Someone]:
    columns = ["person", "row", "surname", "first_name", "pesel", "birth_date", "sex", "phone"]
    frame = register.participants[[*columns, "entered_on", "exited_on"]]
    frame = frame.astype(object).where(frame.notna(), None)
    # a list has far fewer names than rows
    folded = {name: names.person_key(name).split() for name in {*frame["surname"], *frame["first_name"]}}
    return [_someone(project, folded, *values) for values in frame.itertuples(index=False, name=None)]


def _someone(
    project: str,
    folded: Mapping[str | None, list[str]],
    person: str,
    row: int,
    surname: str | None,
    first_name: str | None,
    pesel: str | None,
    birth_date: pd.Timestamp | None,
    sex: str | None,
    phone: str | None,
    entered_on: pd.Timestamp | None,
    exited_on: pd.Timestamp | None,
) -> _Someone:
    born = birth_date.date() if birth_date is not None else None
    digits = "".join(sign for sign in phone or "" if sign.isdigit())
    entered = entered_on.date() if entered_on is not None else None
    last = exited_on.date() if exited_on is not None else dt.date.max
    return _Someone(
        project,
        person,
        row,
        (cells.plain(surname or "").casefold(), cells.plain(first_name or "").casefold()),
        frozenset(folded[surname]),
        names.person_key(*(first_name or "").split()[:1]),
        " ".join(sorted(folded[surname] + folded[first_name])),
        pesel,
        born or (cells.pesel_birth_date(pesel) if pesel else None),
        sex,
        digits[-9:] or None,
        Period(entered, last) if entered is not None and entered <= last else None,
    )


# --- pairs --------------------------------------------------------------------------------------


def _pairs(people: Sequence[_Someone], *, across: bool) -> Iterator[tuple[_Someone, _Someone, Strength, str]]:
    """For each row the row before it that is most alike (in another project: in each other project)."""
    order = {(one.project, one.row): number for number, one in enumerate(people)}
    best: dict[tuple[int, str], tuple[Strength, int, str]] = {}
    for one, other in _neighbours(people):
        if (one.project != other.project) is not across or (alike := _alike(one, other)) is None:
            continue
        at = order[other.project, other.row], one.project
        strength, evidence = alike
        found = strength, -order[one.project, one.row], evidence
        best[at] = max(best.get(at, found), found)
    for (later, _), (strength, first, evidence) in sorted(best.items()):
        yield people[-first], people[later], strength, evidence


def _neighbours(people: Iterable[_Someone]) -> Iterator[tuple[_Someone, _Someone]]:
    """Pairs of rows that agree in something that one person's rows agree in, the earlier first."""
    blocks: defaultdict[Hashable, list[_Someone]] = defaultdict(list)
    for someone in people:
        for agreed in _agreed(someone):
            for other in blocks[agreed][-NEIGHBOURS:]:
                yield other, someone
            blocks[agreed].append(someone)


def _agreed(someone: _Someone) -> Iterator[Hashable]:
    if someone.pesel:
        yield "pesel", someone.pesel
    if " " in someone.name:
        yield "name", someone.name
    if someone.born is not None:
        yield "first name", someone.born, someone.first_name
        yield "surname", someone.born, someone.surname


def _alike(one: _Someone, other: _Someone) -> tuple[Strength, str] | None:
    """How likely two rows are one person and why; None where they are two.

    Twins have other first names and father and son other days of birth, so neither are alike.
    """
    if one.pesel and one.pesel == other.pesel:
        return Strength.CERTAIN, "ten sam PESEL"
    two_pesels = bool(one.pesel and other.pesel)
    same_birth = one.born is not None and one.born == other.born
    if one.name == other.name and " " in one.name:
        spelling = _spelling(one, other)
        if same_birth and not two_pesels:
            return Strength.LIKELY, f"{spelling}, ta sama data urodzenia"
        if same_birth:
            return Strength.POSSIBLE, f"{spelling}, ta sama data urodzenia, dwa różne PESEL"
        if one.born is None or other.born is None:
            return Strength.POSSIBLE, f"{spelling}; daty urodzenia nie można porównać"
        if _swapped(one.born, other.born):
            return Strength.POSSIBLE, f"{spelling}, w dacie urodzenia zamienione dzień i miesiąc"
        return None
    if not same_birth or two_pesels or one.sex is None or one.sex != other.sex:
        return None
    names_differ = _names_differ(one, other)
    return (Strength.LIKELY, f"{names_differ}, ta sama data urodzenia i płeć") if names_differ else None


def _spelling(one: _Someone, other: _Someone) -> str:
    if one.typed == other.typed:
        return "to samo imię i nazwisko"
    if one.surname != other.surname:
        return "imię i nazwisko w odwrotnej kolejności"
    return "to samo imię i nazwisko w innej pisowni (polskie znaki, łącznik)"


def _swapped(one: dt.date, other: dt.date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _names_differ(one: _Someone, other: _Someone) -> str | None:
    """In what the names of two people born on one day differ, where it may be a slip or a marriage."""
    if one.first_name and one.first_name == other.first_name:
        if one.surname == other.surname:
            return "to samo nazwisko i pierwsze imię" if one.surname else None
        if one.surname and other.surname and (one.surname < other.surname or other.surname < one.surname):
            return "to samo imię, jedno nazwisko zawiera drugie"
        if names.mistyped(_joined(one.surname), _joined(other.surname)):
            return "to samo imię, nazwiska różnią się jedną literą"
        if one.phone is not None and one.phone == other.phone:
            return "to samo imię i telefon, inne nazwisko"
    elif one.surname and one.surname == other.surname:
        known = {one.first_name, other.first_name} <= names.FIRST_NAMES
        if not known and names.mistyped(one.first_name, other.first_name):
            return "to samo nazwisko, imiona różnią się jedną literą"
    return None


def _joined(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


# --- what to say of a pair ----------------------------------------------------------------------


def _side(register: "Register", someone: _Someone) -> Side:
    cell = register.cell(Participant, someone.row, "person")
    return Side(someone.project, someone.person, someone.row, cell)


def _together(one: _Someone, other: _Someone) -> Period | None:
    if one.took_part is None or other.took_part is None:
        return None
    first = max(one.took_part.first, other.took_part.first)
    last = min(one.took_part.last, other.took_part.last)
    return Period(first, last) if first <= last else None


def _merge(register: "Register", strength: Strength, one: _Someone, other: _Someone) -> str:
    """What to do by hand in the sheet: which row to keep, and where its number replaces the other."""
    kept, dropped = (register.cell(Participant, someone.row) for someone in (one, other))
    tabs = [
        f"„{record.tab}” ({count})"
        for record in (Enrolment, Attendance)
        if (count := int(_uses(register, record, other.person)))
    ]
    instead = f" wpisz „{one.person}” zamiast „{other.person}” w: {', '.join(tabs)};" if tabs else ""
    certain = strength is Strength.CERTAIN
    keep = "Zostaw" if certain else "Gdy dokumenty potwierdzą, że to jedna osoba: zostaw"
    return (
        f"{keep} wiersz {kept.row} („{one.person}”),{instead} usuń wiersz {dropped.row}. "
        "Początek udziału: wcześniejszy z dwóch, koniec: późniejszy."
    )


def _uses(register: "Register", record: Any, person: str) -> int:
    """In how many rows of a kind of table the number of a person stands."""
    return int((register.readings.by_record[record].rows["person"] == person).sum())
