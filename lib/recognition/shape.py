"""A table as it is read: below its header, with what is no data left out."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice

import numpy as np

from lib.blocks import (
    APART,
    OFF,
    PART,
    TO_COME,
    Span,
    card_text,
    is_blank,
    is_card_line,
    not_data,
    only_columns,
    plain_text,
)
from lib.contents import SAMPLE, is_day
from lib.headers import SPOKEN, likeliest
from lib.names import looks_like_name
from lib.reading import Question, Recognised
from lib.recognition.above import said_above
from lib.recognition.candidates import Candidate
from lib.recognition.choice import Choice
from lib.recognition.header import joined_header
from lib.recognition.marks import CALLED_OFF, TO_BE_HELD, called_off, to_come
from lib.recognition.missing import header_findings
from lib.recognition.questions import doubts
from lib.recognition.said import says_waiting
from lib.recognition.short_words import spelled_out_words
from lib.recognition.signs import WHO
from lib.recognition.together import take_apart
from lib.recognition.worth import TITLED
from lib.records import Attendance, Enrolment, Participant, Record
from sheets.table import Table, Value

KEYS = frozenset((
    "person", "~name", "surname", "~surname", "group", "name", "code", "place", "document", "line",
    "session", "specialist", "parameter", "task", "enquiry", "day",
))  # fmt: skip
"""The fields that say what a row is about."""


def shaped_table(
    table: Table, full: np.ndarray, best: Candidate, choice: Choice | None, *, one_of_several: bool = False
) -> tuple[Recognised, list[Question]]:
    """The table as it is read: below its header, with the columns kept together taken apart."""
    record, header = best.record, best.header
    cut = replace(table, columns=tuple(column[: best.end] for column in table.columns))
    below = replace(cut.below(header[-1]), header=joined_header(table, header, best.span))
    columns = {name: column for name, column in best.columns.items() if not name.startswith("~")}
    cells: dict[str, Sequence[Value]] = {}
    named: set[str] = set()
    for together in SPOKEN[record].together:
        name = f"~{together.how}"
        if name in best.columns:
            take_apart(record, below, together.how, together.fields, best, columns, cells, named)
    column = columns.get("person")
    if record is not Participant and isinstance(column, int) and _are_people(below, column):
        named.add("person")  # „Osoba”, under which names stand
    elif record in (Enrolment, Attendance) and isinstance(column, int) and "person" not in cells:
        cells |= _named_beside(record, below, column, set(columns.values()))
    keys = [column for name, column in best.columns.items() if name in KEYS]
    skip = dict(not_data(record, table, full, header, best.end, best.span, best.columns, keys))
    start = header[-1] + 1
    if record is Attendance:
        skip |= dict(_without_people(table, best, skip))
    own = only_columns(table, best.span) if one_of_several else table
    above = said_above(own, header[0], one_of_several=one_of_several)
    shaped = Recognised(
        record,
        below,
        columns,
        tuple(
            header_findings(
                record,
                below,
                columns,
                best,
                grouped=above.said or _parted(skip) or (choice is not None and choice.kind is not None),
                parted=_parted(skip),
            )
        ),
        cells=cells,
        skip={row - start: reason for row, reason in skip.items()},
        header_rows=tuple(row + table.first_row for row in header),
        names=frozenset(named),
        evidence=best.evidence,
        sure=_sure(best),
        answers=choice.answers if choice is not None else {},
        span=(best.span.first, best.span.last),
        group=above.group,
        form=above.form,
        said=above.said or (choice is not None and choice.kind is not None and not _parted(skip)),
        called=above.called,
        limit=above.limit,
        parts=_line_above(table, header[0], best.span)
        | {
            row - start: _part(table.row(row)[best.span.first : best.span.last + 1])
            for row, reason in skip.items()
            if reason == PART
        },
    )
    return spelled_out_words(table, header[0], shaped), list(doubts(table, best))


def _named_beside(
    record: type[Record], below: Table, number: int, used: Set[int]
) -> dict[str, Sequence[Value]]:
    """Numbers of people, with the name from the column beside where somebody has none yet."""
    for column, text in enumerate(below.header):
        if (
            column not in used
            and likeliest(record, text) in ("~name", "person")
            and _are_people(below, column)
        ):
            both = zip(below.columns[number], below.columns[column], strict=True)
            cells = [name if one is None else one for one, name in both]
            return {"person": cells} if list(below.columns[number]) != cells else {}
    return {}


def _are_people(below: Table, column: int) -> bool:
    """Whether most of the first cells of a column are names of people."""
    cells = list(islice((value for value in below.columns[column] if value is not None), SAMPLE))
    return bool(cells) and sum(map(looks_like_name, cells)) >= 0.7 * len(cells)


def _without_people(table: Table, best: Candidate, skip: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The rows of attendance that say, for nobody or in place of a mark, that a session was called off or is
    to come."""
    marks = table.columns[best.columns["presence"]] if "presence" in best.columns else [None] * len(table)
    who = {best.columns[name] for name in WHO if name in best.columns}
    columns = table.columns[best.span.first : best.span.last + 1]
    for reason, said, rows in (
        (OFF, CALLED_OFF, called_off(table, best.span.columns())),
        (TO_COME, TO_BE_HELD, to_come(table, best.span.columns())),
    ):
        for row in sorted(rows - skip.keys()):
            cells = [column[row] for column in columns if column[row] is not None]
            nobody = all(
                is_blank(value := table.columns[column][row]) or said.search(plain_text(value))
                for column in who
            )
            if not best.header[-1] < row < best.end or len(cells) < 2:
                continue
            if (nobody and any(map(is_day, cells))) or said.match(plain_text(marks[row])):
                yield row, reason


def _part(cells: Sequence[Value]) -> str:
    """What a row says that names the part of the table below it."""
    return (
        card_text(cells) if is_card_line(cells) else next(str(value) for value in cells if value is not None)
    )


def _line_above(table: Table, header: int, span: Span) -> dict[int, str]:
    """The lines of one cell right above a header, as the name of the first part of its table."""
    said: list[str] = []
    own = [value for value in table.row(header)[span.first : span.last + 1] if value is not None]
    if len(own) == 1 and says_waiting(plain_text(own[0])):
        return {-1: plain_text(own[0])}  # names below such a line need no header
    for row in range(header - 1, max(-1, header - 5), -1):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if not cells:
            if not said and row == header - 1:
                continue
            break
        if is_card_line(cells):
            said.insert(0, card_text(cells))
        elif isinstance(cells[0], str) and (len(cells) == 1 or (len(cells) == 2 and _leads(cells[1]))):
            said.insert(0, cells[0])
        else:
            break
    return {-1: APART.join(said)} if said else {}


def _leads(value: Value) -> bool:
    """Whether a cell beside the name of a table says who gives the support."""
    return isinstance(value, str) and _LEADS.match(value) is not None


_LEADS = re.compile(
    r"(?i)\s*(?:prow|mediator|terapeu|psycholog|prawnik|radca|trener|specjali|opiekun|mgr|dr)\w*\b"
)


def _parted(skip: Mapping[int, str]) -> bool:
    """Whether rows between the data name parts of the table."""
    return PART in skip.values()


def _sure(best: Candidate) -> float:
    """How sure the whole is, from 0 to 1."""
    columns = sum(e.sure for e in best.evidence) / max(len(best.evidence), 1)
    return min(1.0, 0.85 * columns + (0.15 if best.titled >= TITLED else 0.1 if best.complete else 0.0))
