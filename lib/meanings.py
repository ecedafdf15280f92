"""Texts that a column does not know: asked of a person once, and read from then on as answered.

A column of words or days may say a thing in words of the office („OK – było”, „do czasu”), and one that names
a group or a place may call it otherwise than the list does. What comes again is no slip of the hand, so it is
asked what it means; until somebody answers, each such cell stays a finding.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from pydantic.fields import FieldInfo

from lib.cells import key, plain
from lib.findings import (
    NOT_A_DAY,
    NOT_A_NUMBER,
    NOT_A_TIME,
    NOT_IN_DICTIONARY,
    UNKNOWN_FORM,
    UNKNOWN_GROUP,
    UNKNOWN_PLACE,
    UNKNOWN_TASK,
)
from lib.mapping import Choices, field_title
from lib.names import looks_like_name
from lib.reading import Question, Reading, Recognised, column_at
from lib.records import Record, extra, parent_of, words_of
from sheets.table import Value

OFTEN = 2
"""A text that a column does not know is asked about when it stands in so many of its cells."""

LONG = 60
"""A text longer than so many letters is a remark, and not asked about."""

MOST = 8
"""So many texts of a column are asked about at most, those that stand most often."""

NOTHING, SLIP = "-", "!"
"""The answers that a text means nothing, as a blank cell, and that it is a slip to be mended in its cell."""

NOT_KNOWN = frozenset({NOT_A_DAY, NOT_A_NUMBER, NOT_A_TIME, NOT_IN_DICTIONARY})
NAMES_NOTHING = frozenset({UNKNOWN_FORM, UNKNOWN_GROUP, UNKNOWN_PLACE, UNKNOWN_TASK})
"""The rules that a text breaks which a column does not know, or which names no row of another table."""

_Told: TypeAlias = Mapping[tuple[str, str], Set[str]]
"""For each tab, by its spreadsheet and its title, the texts that break such a rule, by their keys."""


def answers_of(choices: Choices) -> dict[str, str]:
    """What people said that texts mean, on whatever tab they were asked."""
    return {
        about: value for choice in choices.values() for about, value in choice.answers.items() if "?" in about
    }


def understood(table: Recognised, answers: Mapping[str, str]) -> Recognised:
    """A table with what people said that its texts mean, in place of these texts."""
    asked = {about.partition("?")[0] for about in answers}
    cells: dict[str, Sequence[Value]] = {}
    for name in table.fields:
        if f"{table.record.__name__}.{name}" in asked:
            typed = _typed(table, name)
            said = {v: answers.get(_about(table, name, v), SLIP) for v in set(typed) if isinstance(v, str)}
            means = {v: None if meant == NOTHING else meant for v, meant in said.items() if meant != SLIP}
            read = zip(typed, table.values(name), strict=True)
            cells[name] = [means[v] if isinstance(v, str) and v in means else value for v, value in read]
    return replace(table, cells={**table.cells, **cells}) if cells else table


def questions(
    tables: Iterable[Recognised], readings: Mapping[type[Record], Reading], answers: Mapping[str, str]
) -> Iterator[Question]:
    """What is to be asked of texts that stand on tabs and are not known there; what was answered too.

    `tables` are as they stand, before anything was answered, and `readings` what became of them. Nothing
    personal is asked about, and each text once, on the first tab that has it.
    """
    not_known, names_nothing = (_told(readings.values(), rules) for rules in (NOT_KNOWN, NAMES_NOTHING))
    before: set[str] = set()
    for table in tables:
        for name in table.fields:
            field = table.record.model_fields[name]
            if extra(field, "personal") or name in table.made:
                continue
            parent = parent_of(field)
            told = not_known if parent is None else names_nothing
            for text, count in _asked(table, name, told.get(table.table.name, frozenset()), answers):
                about, options = _about(table, name, text), list(_options(field, readings))
                if options and about not in before:
                    before.add(about)
                    yield _question(table, name, text, count, options, answers.get(about, SLIP))


def _options(field: FieldInfo, readings: Mapping[type[Record], Reading]) -> Iterator[tuple[str, str]]:
    """What a text of a field may mean: a word of its dictionary, a row of the table it names, or nothing."""
    words, parent = words_of(field), parent_of(field)
    if parent is not None:
        yield from ((own, own) for own in readings[parent].rows[parent.key[0]].dropna().unique())
    elif words is not None:
        yield from ((word.value, word.value) for word in words)
    if words is not None or extra(field, "blank"):
        yield NOTHING, "nic: czytaj jak puste pole"


def _about(table: Recognised, name: str, text: str) -> str:
    """What a question is about: the field and the text, without the signs that part a command's words."""
    return f"{table.record.__name__}.{name}?{re.sub('[:=?]+', ' ', key(text))}"


def _typed(table: Recognised, name: str) -> Sequence[Value]:
    """The cells of a field as they stand on the tab, one a line, whatever is read from them."""
    column = table.columns.get(name)
    if column is None or (table.lines is None and isinstance(column, int)):
        return table.values(name) if column is None else table.table.columns[column]
    found = []
    for line in range(len(table)):
        own, row = column_at(column, line), table.row(line, name)
        found.append(table.table.columns[own][row] if row >= 0 else table.table.header[own])
    return found


def _told(readings: Iterable[Reading], rules: Set[object]) -> _Told:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reading in readings:
        for finding in reading.findings:
            if finding.rule in rules:
                found[finding.cell.workbook, finding.cell.tab].add(key(finding.cell.raw))
    return found


def _asked(
    table: Recognised, name: str, texts: Set[str], answers: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """The texts of a field to ask about, each with in how many cells it stands, the most frequent first."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    if not texts and not any(about.startswith(_about(table, name, "")) for about in answers):
        return
    for line, value in enumerate(_typed(table, name)):
        if isinstance(value, str) and table.row(line) not in table.skip:
            counts[key(value)] += 1
            spelled.setdefault(key(value), value)
    often = 1 if parent_of(table.record.model_fields[name]) is not None else OFTEN
    found = (
        (spelled[text], count)
        for text, count in counts.most_common()
        if _about(table, name, text) in answers
        or (text in texts and count >= often and len(text) <= LONG and not looks_like_name(spelled[text]))
    )
    yield from islice(found, MOST)


def _question(
    table: Recognised, name: str, text: str, count: int, options: Sequence[tuple[str, str]], taken: str
) -> Question:
    title = table.table.title
    return Question(
        title,
        table.table.workbook,
        _about(table, name, text),
        f"Co znaczy „{plain(text)}” w kolumnie „{field_title(table.record, name)}” zakładki „{title}” "
        f"(tyle razy: {count})?",
        (*options, (SLIP, "to pomyłka, do poprawienia w komórce")),
        taken,
    )
