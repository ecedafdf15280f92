"""What a tab holds, without any configuration: which tables, where they begin and end, which column is what.

    tab ── years       days without a year, made whole
        ── header      rows that may be a header          ┐ lib/blocks.py   rows and columns side by side
        ── said        what headers say of the table      │ lib/headers.py  what the headers say
        ── worth       a column against a field           │ lib/contents.py what the cells below say
        ── candidates  one kind's best assignment         ┘
        ── tables      the best kind for each place on the tab
        ── shape       the table as it is read: together (taken apart), missing, twins (two kinds in one)
        ── card        facts without a header
        ── cards       small tables of one group above its people
        ── months      readiness as places by months
        ── quantities  enrolments as people by months, where other tabs say that it is them
        ── paths       enrolments as people by forms, with their days side by side
        ── crossed     enrolments as people by groups
        ── visits      a register of visits as people by their first, second … meeting
        ── journal     attendance as days by people
        ── rolls       attendance as names in a cell
        ── lists       lists of attendance: days, people, marks, and what stands above
        -> Found: tables with the reasons for each column, questions where it is not clear

The same tab gives the same result. What is not clear is asked about, never settled silently.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from lib import findings as rules
from lib.blocks import (
    APART,
    Span,
    filled,
    header_rows,
    is_card_line,
    only_columns,
    plain_text,
    rows_with,
    tidy,
    without_rows,
)
from lib.contents import day_of
from lib.headers import header_key, known_texts
from lib.reading import Recognised, rows_of_data
from lib.recognition.above import GROUP_CODE, banner, group_in, says_project, waited_for
from lib.recognition.above_people import of_people
from lib.recognition.candidates import Candidate
from lib.recognition.card import card_of_facts
from lib.recognition.cards import with_card_lines
from lib.recognition.choice import Choice, Found, names_of_columns
from lib.recognition.crossed import find_crossed
from lib.recognition.journal import find_journals
from lib.recognition.lists import Lists, find_lists
from lib.recognition.marks import Legend
from lib.recognition.missing import made_up, without_missing
from lib.recognition.months import find_months
from lib.recognition.paths import find_paths
from lib.recognition.quantities import find_quantities
from lib.recognition.questions import which_kind
from lib.recognition.rolls import find_rolls
from lib.recognition.said import STAY
from lib.recognition.shape import shaped_table
from lib.recognition.tables import beside, tables_of, waiting_below
from lib.recognition.twins import repeats_of, twin_of, without_dates
from lib.recognition.visits import find_visits
from lib.recognition.worth import TITLED
from lib.recognition.years import with_years, with_years_as_names
from lib.records import RECORDS, Attendance, Enquiry, Enrolment, Participant, Readiness, Session, record_of
from sheets.table import Table

__all__ = ["Choice", "Found", "made_up", "names_of_columns", "recognise"]


UNSURE = 0.7
"""Below this sureness a table that no title and no known headers name is asked about, and not read."""


def recognise(table: Table, choice: Choice | None = None, legend: Callable[[], Legend] = dict) -> Found:
    """What a tab holds; `legend` says what marks mean on lists of attendance without a legend of their own.

    Without a title that names the kind, what makes it that kind has to be there (SIGNS). A tab with
    the title of a kind and no header is a finding; a tab that is none of ours gives nothing.
    """
    if choice is not None and choice.kind == "":
        return Found()
    table = with_years(tidy(table))
    own = of_people(table)
    if own is None:
        return _found(table, choice, legend)
    found = _found(own.table, choice, legend)
    return replace(found, tables=tuple(map(own.at_lines, found.tables)))


def _found(table: Table, choice: Choice | None, legend: Callable[[], Legend]) -> Found:
    """What a tab holds whose people all stand in its rows."""
    full = filled(table)
    if not full.any():
        return _nothing(table)
    wanted = None if choice is None or choice.kind is None else record_of(choice.kind)
    heads = [row for row in header_rows(table, full) if not is_card_line(table.row(row))]
    carded = with_card_lines(table, heads)
    if carded is not table:
        table, full = carded, filled(carded)
        heads = [row for row in header_rows(table, full) if not is_card_line(table.row(row))]
    spread: list[Recognised] = []  # what stands across rows and columns
    if wanted in (None, Readiness):
        spread, table = find_months(table, heads)
    if wanted in (None, Attendance) and not spread:
        spread, table = find_visits(table, heads)
    if wanted in (None, Enrolment) and not spread:
        crossed, table = find_paths(table, heads)
        if not crossed:
            crossed, table = find_crossed(table, heads)
        spread += crossed
    if wanted is Enrolment and not spread and (quantities := find_quantities(table, heads)):
        return Found(tuple(quantities))
    if spread:
        full = filled(table)
        heads = header_rows(table, full)
    journals: list[Recognised] = []
    if wanted in (None, Attendance):
        journals, table = find_journals(table, heads, legend)
        rolls, table = find_rolls(table, heads)
        journals += rolls
    if journals:
        full = filled(table)
    spread += journals
    lists = Lists()
    if wanted in (None, Attendance) and not journals:
        lists = find_lists(table, heads, choice or Choice(), legend)
    beneath: list[Recognised] = []  # what else stands below the lists, or beside them
    if lists.first is not None:  # what stands above the lists may be a table of another kind
        if wanted is None:
            beneath += _waiting(table, full, lists, choice)
        beneath += _plans_between(table, heads, lists)
        if wanted in (None, Participant):
            beneath += _people_beside(table, heads, lists, choice)
        table = replace(table, columns=tuple(column[: lists.first] for column in table.columns))
        full, heads = full[: lists.first], [row for row in heads if row < lists.first]
        if not full.any():
            return Found((*spread, *lists.tables, *beneath), lists.questions)
    table = with_years_as_names(table, heads)
    kinds = [wanted] if wanted is not None and lists.first is None else RECORDS
    if journals:
        kinds = [record for record in kinds if record is not Attendance]
    blocks = tables_of(table, full, heads, kinds, choice)
    card = card_of_facts(table, full, min((best.header[0] for best, _ in blocks), default=len(table)))
    if not blocks and card is None and lists.first is None:
        return Found(tuple(spread)) if spread else _nothing(table)
    attended = bool(lists.tables or journals)
    own = _read(table, full, blocks, choice, sure=wanted is not None, with_lists=attended)
    cards = () if card is None else (card,)
    tables = (*cards, *own.tables, *spread, *lists.tables, *beneath)
    return Found(tables, (*lists.questions, *own.questions), own.findings)


def _read(
    table: Table,
    full: np.ndarray,
    blocks: Sequence[tuple[Candidate, Candidate | None]],
    choice: Choice | None,
    *,
    sure: bool,
    with_lists: bool,
) -> Found:
    """The tables at their places; one that has a rival is asked about, unless the kind is `sure`.

    Enrolments that say no group are to that of the lists of attendance of the tab, where it is `with_lists`.
    """
    tables, questions, findings = [], [], []
    for best, second in blocks:
        if second is not None and not sure:
            kinds = dict.fromkeys((best.record, second.record))
            if Participant in kinds:
                kinds[Enrolment] = None  # a list of people may be of those in a group
            questions.append(which_kind(table, *kinds))
            findings.append(
                rules.TAB_UNCLEAR.at(table.whole(), first=best.record.tab, second=second.record.tab)
            )
            continue
        shaped, asked = shaped_table(table, full, best, choice, one_of_several=beside(best, blocks))
        if not sure and (_is_unsure(shaped, best) or (_of_no_group(shaped) and not with_lists)):
            wishes = best.record is Enrolment and "started_on" not in shaped.fields  # perhaps for a place
            questions.append(which_kind(table, best.record, *((Enquiry,) if wishes else ())))
            findings.append(rules.TAB_UNCLEAR.at(table.whole(), first=best.record.tab, second="inną"))
            continue
        tables.append(shaped)
        twin = twin_of(table, full, best, choice)
        if twin is not None:
            tables[-1] = without_dates(shaped, twin)
            tables.append(without_dates(twin, shaped))
            tables.extend(repeats_of(twin))
        questions.extend(asked)
    return Found(tuple(tables), tuple(questions), tuple(findings))


def _waiting(table: Table, full: np.ndarray, lists: Lists, choice: Choice | None) -> Iterator[Recognised]:
    """Who waits for a place in the group of the lists of attendance that they stand below, or beside."""
    of_lists = {one.group for one in lists.tables}
    for best in waiting_below(table, full, lists.first or 0):
        beside_lists = best.span.first > 0
        below = without_missing(
            shaped_table(table, full, best, choice, one_of_several=beside_lists)[0], "group"
        )
        line = below.parts.get(-1, "")
        bare = line in map(plain_text, table.row(best.header[0]))  # with no line above that names a group
        if bare and not waited_for(line) and len(of_lists) == 1:
            below = replace(below, group=next(iter(of_lists)))
        yield below


def _plans_between(table: Table, heads: Sequence[int], lists: Lists) -> list[Recognised]:
    """The plans of sessions below the first list of attendance.

    Where lists do not only number their sessions, those of other days below a line that says that they are
    planned: what a list held is told by it.
    """
    if not lists.planned and not rows_with(table, _HINT, lambda text: _PLAN.search(header_key(text))):
        return []
    rest = table
    for one in lists.tables:
        last = one.table.first_row - 1 + max(one.listed.rows if one.listed is not None else (0,))
        rest = without_rows(rest, one.header_rows[0] - 1, last + 1)
    below = [row for row in heads if lists.first is not None and row > lists.first]
    full = filled(rest)
    found = tables_of(rest, full, below, (Session,), None)
    plans = [
        shaped_table(rest, full, best, None, one_of_several=True)[0] for best, _ in found if best.complete
    ]
    held = {day for one in lists.tables if one.listed is not None for _, day, *_ in one.listed.days}
    return [
        plan
        for plan in plans
        if lists.planned or (_says_plan(rest, plan) and held.isdisjoint(map(day_of, plan.values("day"))))
    ]


def _says_plan(table: Table, plan: Recognised) -> bool:
    """Whether the line right above a table says that it is a plan of sessions."""
    above = plan.header_rows[0] - 2
    said = [header_key(value) for value in table.row(above) if isinstance(value, str)] if above >= 0 else []
    return any(_PLAN.search(text) for text in said) and not any(_OF_STAFF.search(text) for text in said)


_HINT = re.compile("plan|termin|harmonogram")
"""What such a line has in it; most tabs have none, and are looked at no further."""

_PLAN = re.compile(r"\bplan|\bterminy\b|\bharmonogram")
"""What stands above the sessions of a group that are to come."""

_OF_STAFF = re.compile(r"\bkadr|\bzebran|\bzespol|\bszkolen\w* kadr|\bindywid")
"""What stands above days that are of no group."""


def _people_beside(
    table: Table, heads: Sequence[int], lists: Lists, choice: Choice | None
) -> list[Recognised]:
    """The people of the project in the columns before the days of a list, where these say who they are."""
    if lists.first is None or lists.left < WIDE:
        return []
    left = only_columns(table, Span(0, lists.left - 1))
    near = [row for row in heads if lists.first <= row + 1 <= lists.first + 2]
    own = filled(left)
    found = [best for best, _ in tables_of(left, own, near, (Participant,), choice)]
    return [
        shaped_table(left, own, best, choice, one_of_several=True)[0]
        for best in found[:1]
        if best.complete and {"pesel", "entered_on"} <= best.columns.keys()
    ]


WIDE = 5
"""From so many columns on before its days a list of attendance may say more of people than their names."""


def _is_unsure(table: Recognised, best: Candidate) -> bool:
    """Whether neither a title nor known headers make up for a low sureness."""
    known = sum(header_key(one.header) in known_texts() for one in best.evidence)
    return table.sure < UNSURE and best.titled < TITLED and known < 2


def _of_no_group(table: Recognised) -> bool:
    """Whether a list of enrolments says nowhere which group they are to."""
    if table.record is not Enrolment or "group" in table.fields or table.said:
        return False
    last = max(rows_of_data(table)[0].tolist(), default=-1)
    if len({text for row, text in table.parts.items() if row < last and not says_project(text)}) >= PARTS:
        return False  # each part is of a group, whatever it is called
    if any(map(waited_for, table.parts.values())):
        return False
    if any(STAY.search(header_key(text)) for text in (table.table.title, *table.parts.values())):
        return False
    return not any(
        banner(text) if 0 <= row < last else group_in(text) or _is_code(text)
        for row, text in table.parts.items()
        if row < last
    )


def _is_code(text: str) -> bool:
    """Whether a line above a table is the code of a group and nothing else."""
    return any(GROUP_CODE.fullmatch(line.strip()) for line in text.split(APART))


PARTS = 3
"""From so many parts on, each under a line of its own, people are listed by group."""


def _nothing(table: Table) -> Found:
    title = header_key(table.title).strip(" 0123456789")
    named = next((record for record in RECORDS if header_key(record.tab) == title), None)
    if named is None:
        return Found()
    wanted = ", ".join(f.title or "" for f in list(named.model_fields.values())[:4])
    return Found(findings=(rules.HEADER_NOT_FOUND.at(table.whole(), wanted=wanted),))
