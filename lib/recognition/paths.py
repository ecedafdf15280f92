"""Enrolments as people by forms of support, with the group, the first and the last day of each side by side.

„Trening | | | Warsztaty | |” over „gr. | od | do | od | do”: what a person had, form by form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lib.blocks import is_blank, plain_text, without_rows
from lib.cells import plain
from lib.dictionaries import EnrolmentState
from lib.headers import header_key, likeliest
from lib.names import looks_like_name, whole
from lib.reading import Evidence, Recognised, sums_of
from lib.recognition.days import Days
from lib.recognition.people import Who, who_of
from lib.records import Enrolment, Group, Participant
from sheets.table import Table, Value, column_letters

FEW = 2
"""From so many forms side by side on they are a path of support."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of support: its name and where it stands, and the columns of its days and of the group."""

    name: str
    at: int
    starts: int
    ends: int | None
    group: int | None


def find_paths(table: Table, heads: Sequence[int]) -> tuple[list[Recognised], Table]:
    """The paths of support on a tab, and the tab without their rows; nothing without any."""
    for row in heads:
        forms = _forms(table, row)
        if len(forms) < FEW:
            continue
        left = min(form.at for form in forms)
        header = Days(row + 1, tuple(form.starts for form in forms), (), row)
        who = who_of(table, header, row + 2, len(table), left, "")
        if who is None or _lists_people(table, row, left):
            continue
        shaped = _shaped(table, row, forms, who)
        if shaped is not None:
            return [shaped, *_groups(table, row, forms)], without_rows(table, row, len(table))
    return [], table


def _lists_people(table: Table, row: int, left: int) -> bool:
    """Whether the columns before the forms are those of a list of the people of a project."""
    said = (plain_text(value) for at in (row, row + 1) for value in table.row(at)[:left])
    return any(likeliest(Participant, text, 0.9) in ("pesel", "birth_date", "sex") for text in said if text)


def _forms(table: Table, row: int) -> list[_Form]:
    """The forms named across a row, each over „od” in the next; none where one has no day of its own."""
    if row + 2 >= len(table):
        return []
    if not any(isinstance(value, str) and "od" in value.lower() for value in table.row(row + 1)):
        return []
    names = {c: plain_text(value) for c, value in enumerate(table.row(row)) if plain_text(value)}
    labels = [header_key(plain_text(value)) for value in table.row(row + 1)]
    found = []
    for number, (at, name) in enumerate(names.items()):
        end = list(names)[number + 1] if number + 1 < len(names) else len(labels)
        own = {labels[c]: c for c in reversed(range(at, end)) if labels[c]}
        if "od" in own and not _says_since(name):
            group = next((c for label, c in own.items() if _says_group(label)), None)
            found.append(_Form(name, at, own["od"], own.get("do"), group))
    return found


def _says_group(label: str) -> bool:
    """Whether a header below a form of support is of the group, or of the course: „gr.”, „kurs”."""
    return label.startswith("gr") or _COURSE.fullmatch(label) is not None


_COURSE = re.compile(r"(?:nazwa |jaki |jakie )?(?:kursu?|szkoleni[ea])")
"""The header of which course of a form of support somebody had."""


def _says_since(name: str) -> bool:
    """Whether „od” under a name is since when somebody is in the project or a group, and not in a form."""
    return (
        _SINCE.search(header_key(name)) is not None
        or likeliest(Participant, f"{name} od", 0.9) == "entered_on"
    )


_SINCE = re.compile(r"\budzial|\bokres|\bprojek|\bw grup|\bw klub|\bpobyt$|\bumow")
"""What is no form of support over „od” and „do”."""


def _groups(table: Table, row: int, forms: Sequence[_Form]) -> list[Recognised]:
    """The groups that stand below forms of support, each with the form, at the first cell that names it."""
    first: dict[str, tuple[int, int, str]] = {}
    for form in forms:
        if form.group is not None:
            for line, value in enumerate(table.columns[form.group][row + 2 :]):
                if not is_blank(value):
                    first.setdefault(plain(value or ""), (line, form.group, form.name))
    if not first:
        return []
    at = np.array([column for _, column, _ in first.values()], dtype=np.int64)
    names = list(first)
    return [
        Recognised(
            Group,
            table.below(row + 1),
            dict.fromkeys(("group", "name", "form"), at),
            cells={"group": names, "name": names, "form": [form for _, _, form in first.values()]},
            lines=np.array([line for line, _, _ in first.values()], dtype=np.int64),
            header_rows=(row + 1, row + 2),
            span=(int(at.min()), int(at.max())),
            derived=True,
            made=frozenset(("group", "name")),
        )
    ]


def _lines(table: Table, row: int, forms: Sequence[_Form], who: Who) -> Iterator[tuple[int, _Form, str]]:
    """Who had which form: row, form and person of each."""
    sums = set(sums_of(table))
    number: dict[str, str] = {}  # of those who stand in further rows by name alone
    for below in range(row + 2, len(table)):
        cells = table.row(below)
        person, name = whole(who.of(cells)), whole(cells[column] for column in who.called)
        person = number.get(person, person)
        if name and person != name:
            number[name] = person
        if not person or below in sums or (who.by_name and not looks_like_name(person)):
            continue
        for form in forms:
            if not is_blank(table.columns[form.starts][below]):
                yield below, form, person


def _shaped(table: Table, row: int, forms: Sequence[_Form], who: Who) -> Recognised | None:
    lines = list(_lines(table, row, forms, who))
    if len(lines) < FEW:
        return None
    top = row + 2

    def cell(below: int, column: int | None) -> Value:
        return table.columns[column][below] if column is not None else None

    groups = [cell(below, form.group) for below, form, _ in lines]
    starts = np.array([form.starts for _, form, _ in lines], dtype=np.int64)
    ends = np.array([form.starts if form.ends is None else form.ends for _, form, _ in lines], dtype=np.int64)
    named = np.array(
        [form.at if g is None else form.group for g, (_, form, _) in zip(groups, lines, strict=True)]
    )
    letters = f"{column_letters(min(f.at for f in forms))}:{column_letters(int(max(*starts, *ends)))}"
    return Recognised(
        Enrolment,
        table.below(row + 1),
        {
            "person": who.columns[0],
            "group": named,
            "state": starts,
            "requested_on": starts,
            "started_on": starts,
            "ended_on": ends,
        },
        cells={
            "person": [person for _, _, person in lines],
            "group": [
                form.name if g is None else plain(g) for g, (_, form, _) in zip(groups, lines, strict=True)
            ],
            "state": [EnrolmentState.ADMITTED.value] * len(lines),
            "requested_on": [cell(below, form.starts) for below, form, _ in lines],
            "started_on": [cell(below, form.starts) for below, form, _ in lines],
            "ended_on": [cell(below, form.ends) for below, form, _ in lines],
        },
        lines=np.array([below - top for below, _, _ in lines], dtype=np.int64),
        rows_of={
            "group": np.array(
                [-1 if g is None else b - top for g, (b, _, _) in zip(groups, lines, strict=True)]
            )
        },
        header_rows=(row + 1, row + 2),
        names=frozenset({"person"}) if who.by_name else frozenset(),
        evidence=(
            Evidence("person", column_letters(who.columns[0]), who.headers[0], 0.9, "ludzie w wierszach"),
            Evidence("group", letters, "", 0.9, f"{len(forms)} form w nagłówku, „od” i „do” pod nimi"),
        ),
        sure=0.9,
        span=(min(who.columns), int(max(*starts, *ends))),
        made=frozenset(("group", "state", "requested_on")),
    )
