"""Registers of visits: who came, and what support it was, without sessions of groups."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lib.blocks import APART
from lib.cells import key, plain
from lib.contents import FEW, day_of
from lib.dictionaries import Presence, SessionStatus, is_word
from lib.joining.groups import Groups, form_column
from lib.joining.parts import key_of, labels_of, rows_of
from lib.names import has_first_name, looks_like_name
from lib.reading import Recognised, rows_of_data
from lib.recognition.above import banner, group_in, group_of_title, says_project
from lib.recognition.marks import says_of_visit, says_what_became
from lib.recognition.meeting import Meeting
from lib.records import Attendance
from sheets.table import Value

_NOT_THERE = re.compile(
    r"(?i)\bnst\b|nie stawi|nie przysz|nie zg[łl]osi|nie by[łl]|nieobecn|odwo[łl](?!ani[ea]\b)|nie odby[łl]"
)
"""What a remark says of somebody who did not come; „renta – odwołanie” is an appeal."""

_REGISTER = re.compile(r"(?i)\s*(?:\S+\s+){0,2}?(?:rejestr|zeszyt|ewidencja|kart[ay]|wsparcie indywid|wykaz)")
"""How a line begins that names the register, and not the support in it."""


_REGISTER_BEHIND = re.compile(r"(?i)\s[–-]\s+(?:rejestr|ewidencja|zeszyt|wykaz)")
"""How a line goes on that begins with the support whose register it is."""

_HAPPENED = re.compile(r"(?i)(?:czy )?(?:odby[łt]|zrealizowan|stawi[łl])")
"""How the header of a column begins that says whether a visit took place."""


def visited(table: Recognised, sessions: Sequence[Value]) -> list[Value]:
    """For each line of a register of visits whether the person came; blank for a visit still to come.

    A column says it, or a remark.
    """
    words: list[Value] = []
    others = _other_columns(table)
    rows = rows_of_data(table)[0].tolist()
    told = next((at for at in others if _says_status(table, at, rows)), None)
    for line, session in enumerate(sessions):
        cells = table.table.row(table.row(line))
        absent = any(isinstance(v := cells[at], str) and _NOT_THERE.search(v) for at in others)
        word = Presence.ABSENT if absent else Presence.PRESENT
        if told is not None and not absent and cells[told] is not None:
            if is_word(cells[told], SessionStatus.CANCELLED):
                word = Presence.ABSENT
            elif not is_word(cells[told], SessionStatus.HELD) and _TO_COME.search(plain(cells[told])):
                session = None
        words.append(None if session is None else word.value)
    return words


def of_stays(table: Recognised) -> bool:
    """Whether a list of enrolments is a register of short stays, on which people come again and again."""
    rows = [row for row in rows_of(table, "person", "started_on", "ended_on") if None not in row]
    persons = {key_of(person) for person, _, _ in rows}
    days = [(day_of(start), day_of(end)) for _, start, end in rows]
    short = sum(start is not None and end is not None and (end - start).days <= _SHORT for start, end in days)
    return len(rows) >= 2 * FEW and len(persons) <= 0.7 * len(rows) and short >= 0.8 * len(rows)


_SHORT = 14
"""The most days that a stay is a short one."""


def as_visits(table: Recognised) -> Recognised:
    """A list of stays as a register of visits: who came, and on which day."""
    return replace(
        table,
        record=Attendance,
        columns={"person": table.columns["person"], "session": table.columns["started_on"]},
        cells={
            **({"person": table.cells["person"]} if "person" in table.cells else {}),
            "session": [Meeting.of(None, day) for day in table.values("started_on")],
        },
        evidence=tuple(
            replace(one, field="session" if one.field == "started_on" else one.field)
            for one in table.evidence
            if one.field in ("person", "started_on") or one.field.startswith("~")
        ),
    )


def _says_status(table: Recognised, column: int, rows: Sequence[int]) -> bool:
    """Whether a column says in `rows` that visits took place, or were called off: „odbyła się”."""
    if _HAPPENED.match(plain(table.table.header[column])):
        return True
    cells = table.table.columns[column]
    said = [v for row in rows if (v := cells[row]) is not None]
    share = sum(map(says_of_visit, said)) / len(said) if said else 0.0
    return share >= 0.8 and any(map(says_what_became, said))


_TO_COME = re.compile(r"(?i)um[óo]wi|plan|termin|b[ęe]dzie")
"""What says that a visit is still to come."""


def support_of(table: Recognised, known: Groups, *, one_of_several: bool = False) -> list[str]:
    """For each line of a register what support it was, of the `known` groups and forms as far as it can be.

    A column says it, or the line above the rows, or the title; empty where nothing does. Of several registers
    on a tab each is named by the line above it.
    """
    column = _support_column(table, known)
    typed = table.table.columns[column] if column is not None else None
    found: dict[tuple[Value, str], str] = {}
    supports = []
    labels = labels_of(table)
    for line in range(len(table)):
        label = labels[table.row(line)]
        value = typed[table.row(line)] if typed is not None else None
        both = value, label
        if both not in found:
            typed_in = plain(value) if value is not None else ""
            if not group_of_title(label):  # a month, below the line that names the support
                label = table.parts.get(-1, "")
            found[both] = _support(typed_in, label, table, known, one_of_several=one_of_several)
        supports.append(found[both])
    return supports


def _support(value: str, label: str, table: Recognised, known: Groups, *, one_of_several: bool) -> str:
    if value:
        return known.find(value) or known.akin(value) or value
    parts = [part for part in reversed(label.split(APART)) if part.strip() and not says_project(part)]
    named = [part for part in parts if not _REGISTER.match(part)]
    registers = [part for part in parts if _REGISTER.match(part)]
    own = next((_without_people(part) for part in named if _REGISTER_BEHIND.search(part)), "")
    for text in (*parts, table.group, *table.called, table.table.title):
        if code := known.find(text):
            return code
    for text in (*named, table.table.title):
        if code := known.akin(_without_people(text)):
            return code
    for text in registers:
        if code := known.akin(text):
            return code
    if own:
        return own
    said = (
        group_in(part) or _without_people(part) for part in named if group_of_title(part) and banner(part)
    )
    own = next(said, "")
    return own if own and -1 in table.parts and (one_of_several or len(table.parts) > 1) else ""


def _without_people(text: str) -> str:
    """The first thing that a line says, without who gives it: „Porady prawne - r. pr. Jan Lis, wt.”."""
    parts = (plain(part) for part in re.split(r"\s+[–—-]\s+|\s{3,}|[(;,:]", text))
    return next((p for p in parts if p and not (looks_like_name(p) and has_first_name(p))), "")


def _support_column(table: Recognised, known: Groups) -> int | None:
    """The column that says what support each visit was, by its header or by known forms below it."""
    said = form_column(table)
    others = _other_columns(table)
    if said in others:
        return said
    rows = rows_of_data(table)[0].tolist()
    for at in others:
        cells = [value for row in rows if (value := table.table.columns[at][row]) is not None]
        different = {plain(value) for value in cells if isinstance(value, str)}
        few = bool(different) and len(different) <= len(cells) / 2
        said = _KIND.match(key(table.table.header[at])) and all(_SUPPORT.search(key(v)) for v in different)
        if few and (said or all(map(known.find, different))):
            return at
        if few and _WHO.match(key(table.table.header[at])) and all(map(known.akin, different)):
            return at
    return None


_WHO = re.compile("specjali|u kogo|do kogo|kto (?:udzi|prow|przyj)|doradc")
"""How the header of a column begins that says by whose profession what support it was."""

_KIND = re.compile("rodz(?:aj|\\b)|form[ay]\\b|uslug|typ\\b|wsparci")
"""How the header of a column begins that says what support each visit was."""

_SUPPORT = re.compile(
    "porad|doradz|konsult|wsparc|terap|psycholog|prawn|logoped|mediac|zajec|pobyt|asyst|uslug"
)
"""What a name of support has in it; a first visit and a further one are of the same."""


def _other_columns(table: Recognised) -> list[int]:
    """The columns of a table that none of its fields is read from."""
    used = table.columns_read
    return [at for at in range(table.span[0], table.span[1] + 1) if at not in used]
