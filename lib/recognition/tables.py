"""Which tables a tab holds, where each ends, and which kinds it cannot be told from."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import numpy as np

from lib.blocks import Span, only_columns, plain_text, rows_with, spans
from lib.contents import is_day
from lib.headers import header_key, known_texts, likeliest, titled
from lib.names import has_first_name, looks_like_name
from lib.reading import Evidence
from lib.recognition.candidates import Candidate, best_candidate
from lib.recognition.choice import Choice
from lib.recognition.header import header_texts, possible_headers, same_header, strong_headers
from lib.recognition.said import WAITS, says_waiting, waiting_lines
from lib.recognition.worth import TITLED
from lib.records import Enquiry, Enrolment, Group, Place, Readiness, Record, SupportForm, extra
from sheets.table import Table, Value, column_letters

SURE = 0.9
"""From this sureness on a column leaves no doubt."""

PATIENCE = 15
"""After so many rows that might be headers and are none, only rows that say known headers are looked at."""

ONLY_TITLED = 0.8
"""By so much less a kind of table is worth for which only the title speaks, and not all its columns."""

IN_ONE = {Place, Readiness}
"""Kinds that stand in one table so often that neither is the rival of the other."""

CLEAR = 0.12
"""By so much of its score the best kind of table must be ahead of the next to be taken without asking."""


def tables_of(
    table: Table, full: np.ndarray, heads: Sequence[int], kinds: Sequence[type[Record]], choice: Choice | None
) -> list[tuple[Candidate, Candidate | None]]:
    """The tables of these kinds on a tab, each with the rival it could not be told from, if there is one."""
    found: list[tuple[Candidate, Candidate | None]] = []
    of_words = DICTIONARY.fullmatch(header_key(table.title)) is not None and (
        choice is None or choice.kind == SupportForm.__name__
    )
    if of_words:
        kinds = [SupportForm]  # which may be listed with their codes, and nothing else may
    strong = strong_headers(table, heads)
    tried = 0
    settled = -1  # to this row a table was found whose header leaves no doubt
    contents = _contents(table, full, heads)
    waiting = [row for row in waiting_lines(table) if _is_over_header(table, row)]
    for row in heads:
        if row in contents:
            continue
        anew = row > 0 and (not full[row - 1].any() or (full[row - 1].sum() == 1 and not full[row - 2].any()))
        if row not in strong and (
            (row < settled and not anew) or tried > PATIENCE or not _plausible(table.row(row))
        ):
            continue
        tried += 1
        if _is_again(table, row, strong):
            continue  # the header of the next page
        pages = (row, row + 1)  # the header may have two rows
        headers = (r for r in strong if r > row + 1 and not any(same_header(table, one, r) for one in pages))
        end = min([next(headers, len(table)), *(r for r in waiting if r > row + 1)])
        whole = Span(0, len(table.columns) - 1)
        options = [whole]
        apart = spans(_merged_filled(table, full, row), row, end)
        if len(apart) > 1:
            options += apart
        best: dict[Span, list[Candidate]] = {}
        for span in options:
            ranked = _ranked(table, full, row, end, span, kinds, choice)
            if ranked:
                best[span] = ranked
        chosen = _chosen(table, row, best, whole, apart)
        for ranked in map(_asked_first, chosen):
            near = ranked[0].score * (1 - CLEAR)
            others = (
                c
                for c in ranked[1:]
                if c.complete
                and c.record is not ranked[0].record
                and {c.record, ranked[0].record} != IN_ONE
                and not _ask_for_the_same(c, ranked[0])
            )
            rival = next((c for c in others if c.score > near), None)
            found.append((ranked[0], rival if ranked[0].titled < TITLED else None))
            sure = row in strong or sum(e.sure >= SURE for e in ranked[0].evidence) >= 3
            if sure and ranked[0].complete and len(chosen) == 1:
                settled = max(settled, ranked[0].end)
    if of_words:
        found = [
            (replace(best, end=_first_blank(full, best)), None)
            for best, _ in found
            if best.complete and best.titled >= TITLED
        ]
    return _apart(found, full)


def _ask_for_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether two readings differ in nothing but in whether people ask for a place or for a group."""
    for enquiry, enrolment in ((one, other), (other, one)):
        if (enquiry.record, enrolment.record) == (Enquiry, Enrolment):
            asked = enquiry.columns.get("place", -1)
            return asked == enrolment.columns.get("group") and "started_on" not in enrolment.columns
    return False


def _asked_first(ranked: list[Candidate]) -> list[Candidate]:
    """The readings of a header, enquiries before enrolments of the same: the places asked for tell which."""
    best = ranked[0]
    near = (c for c in ranked[1:] if c.complete and c.score > best.score * (1 - CLEAR))
    twin = next((c for c in near if c.record is Enquiry and _ask_for_the_same(c, best)), None)
    return ranked if twin is None else [twin, *(c for c in ranked if c is not twin)]


def _is_over_header(table: Table, row: int) -> bool:
    """Whether a header of its own stands below a line: texts, one of them known, and no number."""
    there = [value for value in (table.row(row + 1) if row + 1 < len(table) else ()) if value is not None]
    texts = [value for value in there if isinstance(value, str) and not any(map(str.isdigit, value))]
    known = any(header_key(text) in known_texts() for text in texts)
    return len(there) >= 2 and len(texts) == len(there) and known and not any(map(looks_like_name, texts))


def _merged_filled(table: Table, full: np.ndarray, row: int) -> np.ndarray:
    """Which cells are filled, those of a header that are merged with a filled one among them."""
    wide = [(first, last) for top, first, _, last in table.merged if top == row and first < last]
    if not wide:
        return full
    filled_in = full.copy()
    for first, last in wide:
        filled_in[row, first : last + 1] |= full[row, first : first + 1].any()
    return filled_in


def _is_again(table: Table, row: int, strong: Sequence[int]) -> bool:
    """Whether a header stood above, with no other one between the two."""
    before = max((one for one in strong if one < row and same_header(table, one, row)), default=None)
    between = (one for one in strong if before is not None and before + 1 < one < row)
    return before is not None and all(same_header(table, before, one) for one in between)


def _first_blank(full: np.ndarray, one: Candidate) -> int:
    """The first row below a header in which nothing stands in the columns that are read."""
    columns = sorted(set(one.columns.values()))
    blank = (row for row in range(one.header[-1] + 1, one.end) if not full[row, columns].any())
    return next(blank, one.end)


def waiting_below(table: Table, full: np.ndarray, first: int) -> list[Candidate]:
    """The lists of who waits for a place, below or beside the lists of attendance from row `first` on."""
    found = []
    for row in sorted(rows_with(table, WAITS, says_waiting)):
        if not first <= row < len(table) - 2:
            continue
        texts = {column: value for column, value in enumerate(table.row(row)) if value is not None}
        for column, text in texts.items():
            if not isinstance(text, str) or not says_waiting(text):
                continue
            span = Span(0, len(table.columns) - 1)
            if len(texts) > 1:
                if column == 0 or table.columns[column - 1][row + 1] is not None:
                    continue  # which is no table of its own
                span = Span(column, span.last)
            blank = (r for r in range(row + 2, len(table)) if not full[r, span.first : span.last + 1].any())
            end = next(blank, len(table))
            ranked = _ranked(only_columns(table, span), full, row + 1, end, span, (Enrolment,), None)
            bare = None if ranked else _bare_names(table, row, span, full)
            found += [bare] if bare is not None else [replace(best, end=end) for best in ranked[:1]]
    return found


def _bare_names(table: Table, row: int, span: Span, full: np.ndarray) -> Candidate | None:
    """The people who wait, one a row below a line and without a header; None for anything else."""
    blank = (r for r in range(row + 1, len(table)) if not full[r, span.first : span.last + 1].any())
    last = next(blank, len(table))
    rows = range(row + 1, last)
    columns: dict[str, int] = {}
    for column in span.columns():
        cells = [value for r in rows if (value := table.columns[column][r]) is not None]
        if len(cells) == len(rows) and all(looks_like_name(v) and has_first_name(str(v)) for v in cells):
            columns.setdefault("~name", column)
        elif cells and all(map(is_day, cells)):
            columns.setdefault("requested_on", column)
    if not rows or "~name" not in columns:
        return None
    evidence = tuple(
        Evidence(name, column_letters(column), "", BARE, "po samej treści, pod wierszem o czekających")
        for name, column in columns.items()
    )
    return Candidate(Enrolment, (row,), span, last, columns, evidence, 1.0, complete=True, titled=TITLED)


BARE = 0.85
"""How sure the names below a line are that says that people wait."""


DICTIONARY = re.compile("slownik\\w*|kody|legenda|objasnienia|skroty|listy rozwijane|listy wyboru")
"""How a tab is called that says what words mean, and holds no rows of its own."""

_TABS = re.compile("(?:nazwa )?(?:zakladk[ai]|arkusz[ae]?)|co gdzie jest.*|spis tresci|spis zakladek")
"""How a list is headed of what is on which tab."""


def _contents(table: Table, full: np.ndarray, heads: Sequence[int]) -> Set[int]:
    """The rows of a list of what is on which tab, down to the next blank row."""
    found: set[int] = set()
    for row in heads:
        texts = [text for text in map(plain_text, table.row(row)) if text]
        if not any(_TABS.fullmatch(header_key(text)) for text in texts):
            continue
        if not {likeliest(Group, text, 0.9) for text in texts} >= {"form", "group"}:
            blank = (below for below in range(row, len(table)) if not full[below].any())
            found |= set(range(row, next(blank, len(table))))
    return found


def _plausible(cells: Sequence[Value]) -> bool:
    """Whether a row may be a header: mostly texts that are neither numbers nor days."""
    there = [value for value in cells if value is not None]
    texts = [v for v in there if isinstance(v, str) and sum(c.isdigit() for c in v) < 2 and len(v) <= 80]
    return len(texts) >= max(2, 0.6 * len(there))


def _chosen(
    table: Table, row: int, best: Mapping[Span, list[Candidate]], whole: Span, apart: Sequence[Span]
) -> list[list[Candidate]]:
    """Whether a row is the header of one table, or of several side by side."""
    alone = [best[span] for span in apart if span != whole and span in best]
    alone = [
        ranked
        for ranked in alone
        if ranked[0].complete or (ranked[0].titled >= TITLED > titled(ranked[0].record, table.title))
    ]
    if whole not in best:
        return alone
    parts = [ranked[0] for ranked in alone]
    twice = any(len(one.columns.keys() & other.columns.keys()) >= 2 for one, other in pairwise(parts))
    twice = twice or _names_again(table, row, apart)
    if parts and not twice and all(_reaches_further(best[whole][0], part) for part in parts):
        return [best[whole]]
    lone = {span.first for span in apart if span not in best and span.first == span.last}
    if len(parts) == 1 and _adds(best[whole][0], parts[0], lone):
        return [best[whole]]
    if len(alone) > 1:
        return alone
    # a table that reaches over a blank column has to explain much more than one that does not
    inside = [ranked for ranked in alone if ranked[0].score >= 0.75 * best[whole][0].score]
    return inside or [best[whole]]


def _names_again(table: Table, row: int, apart: Sequence[Span]) -> bool:
    """Whether two tables side by side both have a column of some name, as „Nr inw.” of things and loans."""
    said = [{header_key(table.columns[c][row] or "") for c in span.columns()} for span in apart]
    return any((one & other) - _EVERYWHERE for one, other in pairwise(said))


_EVERYWHERE = {"", "lp", "uwagi", "nr", "data"}
"""What columns of the most different tables are called."""


def _reaches_further(whole: Candidate, part: Candidate) -> bool:
    """Whether a table over a blank column has more of the same than what stands on one side of it."""
    more = whole.columns.keys() - part.columns.keys()
    needed = any(extra(whole.record.model_fields[n], "essential") for n in more if not n.startswith("~"))
    columns = set(whole.columns.values()) - set(part.columns.values())
    return whole.complete and whole.record is part.record and (len(columns) >= 2 or needed)


def _adds(whole: Candidate, part: Candidate, lone: Set[int]) -> bool:
    """Whether a table over a blank column has all that a part of it has, and columns that stand alone."""
    more = set(whole.columns.values()) - set(part.columns.values())
    same = whole.record is part.record and part.columns.items() <= whole.columns.items()
    return whole.complete and same and bool(more) and more <= lone


def _apart(
    found: list[tuple[Candidate, Candidate | None]], full: np.ndarray
) -> list[tuple[Candidate, Candidate | None]]:
    """The best tables that do not stand in one another's way, from top to bottom."""
    kept: list[tuple[Candidate, Candidate | None]] = []
    for best, rival in sorted(found, key=lambda item: (-item[0].score, item[0].header)):
        if not any(_clash(best, other, full) for other, _ in kept):
            kept.append((best, rival))
    return _cut(sorted(kept, key=lambda item: (item[0].header, item[0].span.first)), full)


def _clash(one: Candidate, better: Candidate, full: np.ndarray) -> bool:
    """Whether a table stands in the way of a better one: neither beside it nor clearly apart from it."""
    if _beside(one, better) and one.header[-1] < better.end and better.header[-1] < one.end:
        return False
    if one.header[-1] + 1 == better.header[0]:
        return True  # the lines that name the tables below
    if one.header[0] >= better.end and (one.complete or one.titled >= TITLED):
        return False
    if one.header[-1] < better.header[0] and _begins_anew(better, full):
        return False
    strong = (one.complete and one.score > 0.45 * better.score) or (
        one.titled >= TITLED and one.score > 0.8 * better.score
    )
    if not strong or (one.header[0] <= better.header[-1] and better.header[0] <= one.header[-1]):
        return True
    if one.header[-1] < better.header[0]:
        return one.header[-1] + 1 == better.header[0] < one.end
    return one.header[0] < better.end and not _begins_anew(one, full)


def _begins_anew(one: Candidate, full: np.ndarray) -> bool:
    """Whether a blank row parts a table, and the lines that name it, from what stands above."""
    return _lines_over(one, full, 2) is not None


def _beginning(one: Candidate, full: np.ndarray) -> int:
    """The row where a table begins: its header, or the first of the lines that name it below a blank row.

    A single cell right above the header names it too, also where no blank row stands above; and one between
    two blank rows.
    """
    lines = _lines_over(one, full, 1)
    top = one.header[0] - 3
    if lines == 0 and top >= 0:
        counts = full[top : one.header[0] - 1, one.span.first : one.span.last + 1].sum(axis=1).tolist()
        return top + 1 if counts == [0, 1] else one.header[0]
    if lines is None:
        top = one.header[0] - 1
        lines = int(top >= 0 and full[top, one.span.first : one.span.last + 1].sum() == 1)
    return one.header[0] - lines


LINES = 3
"""So many lines at most name a table between a blank row and its header."""


def _lines_over(one: Candidate, full: np.ndarray, most: int) -> int | None:
    """How many lines of `most` cells stand between a table and the blank row above; None without one."""
    first = max(0, one.header[0] - LINES - 1)
    counts = full[first : one.header[0], one.span.first : one.span.last + 1].sum(axis=1)[::-1]
    lines = next((at for at, cells in enumerate(counts) if cells == 0), None)
    return lines if lines is not None and all(cells <= most for cells in counts[:lines]) else None


def _beside(one: Candidate, other: Candidate) -> bool:
    """Whether no column belongs to both."""
    return one.span.last < other.span.first or other.span.last < one.span.first


def beside(one: Candidate, found: Sequence[tuple[Candidate, Candidate | None]]) -> bool:
    """Whether a table has another one of its tab beside it."""
    return any(other is not one and _beside(one, other) for other, _ in found)


def _cut(
    kept: Sequence[tuple[Candidate, Candidate | None]], full: np.ndarray
) -> list[tuple[Candidate, Candidate | None]]:
    """The tables, each ending where the next one below it begins, with the line that names it."""
    cut = []
    for best, rival in kept:
        end = min(
            (
                _beginning(other, full)
                for other, _ in kept
                if other.header[0] > best.header[-1] and not _beside(best, other)
            ),
            default=best.end,
        )
        cut.append((replace(best, end=min(end, best.end)), rival))
    return cut


def _ranked(
    table: Table,
    full: np.ndarray,
    row: int,
    end: int,
    span: Span,
    kinds: Sequence[type[Record]],
    choice: Choice | None,
) -> list[Candidate]:
    """The kinds of table that the header in `row` may be of, the best first."""
    found = []
    samples: dict[tuple[int, int], list[Value]] = {}
    for header in possible_headers(table, full, row, end, span):
        texts = header_texts(table, header, span)
        if len(texts) < 2 and len(kinds) > 1:
            continue
        for record in kinds:
            candidate = best_candidate(table, record, header, texts, end, span, samples, choice)
            if candidate is not None:
                found.append(candidate)
    return sorted(
        found,
        key=lambda c: (
            not (c.complete or c.titled >= TITLED),
            -c.score * (1 if c.complete else ONLY_TITLED),
            len(c.header),
        ),
    )
