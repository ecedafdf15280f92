"""What a tab holds, without any configuration: which tables, where they begin and end, which column is what.

    tab ── blocks.py    rows that may be a header, columns side by side
        ── headers.py   what the headers say          ┐ one best assignment of columns to fields
        ── contents.py  what the cells below say      ┘ for each kind of table; the best kind wins
        ── matrix.py    lists of attendance, people by days
        -> Found: tables with the reasons for each column, questions where it is not clear

The same tab gives the same result. What is not clear is asked about, never settled silently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from lib import findings as rules
from lib import matrix
from lib.blocks import BLANKS, NUMBERS, Span, filled, header_rows, is_ditto, not_data, plain_text, spans, tidy
from lib.cells import key, plain
from lib.contents import FEW, SAMPLE, fit, is_day, period, times
from lib.findings import Finding
from lib.headers import ALIKE, OTHER, SPOKEN, header_key, known_texts, likenesses, titled
from lib.names import split, surname_first
from lib.reading import Evidence, Question, Recognised
from lib.records import (
    RECORDS,
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Fact,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
    extra,
)
from sheets.column import Column
from sheets.table import Table, Value, column_letters

CLEAR = 0.12
"""By so much of its score the best kind of table must be ahead of the next to be taken without asking."""

ENOUGH = 0.42
"""From this worth on a column is taken for a field."""

TITLED = 0.75
"""From this likeness on a title names a kind of table."""

WHO = ("person", "~name", "surname", "~surname")

SIGNS: Mapping[type[Record], tuple[tuple[tuple[str, ...], ...], ...]] = {
    Fact: ((("parameter",), ("value",)),),
    SupportForm: ((("name",), ("code", "delivery", "planned_persons")),),
    Specialist: (
        (("name",), ("specialist", "role", "contract_from", "~period", "weekly_hours")),
        (("specialist",), ("role",)),
    ),
    Group: (
        (
            ("group", "name"),
            ("form", "limit", "leader"),
            ("limit", "starts_on", "ends_on", "~period", "form"),
        ),
    ),
    Participant: (
        (
            WHO[1:3],
            ("pesel", "birth_date", "sex", "entered_on", "exited_on", "~period", "target_group", "phone"),
        ),
        (("person",), ("pesel", "sex", "birth_date"), ("entered_on", "sex", "~period", "target_group")),
        (("person",), ("surname", "~name", "target_group"), ("entered_on", "~period")),
    ),
    Enrolment: ((WHO, ("group",), ("state", "requested_on", "started_on", "~period", "waitlisted_on")),),
    Session: ((("day",), ("group", "starts_at", "~times", "topic", "leaders", "status", "session")),),
    Attendance: ((WHO, ("session", "~day"), ("presence",)), (WHO, ("~day",), ("~group",))),
    BudgetLine: ((("line", "name", "task"), ("planned_gr",)),),
    Expense: ((("document",), ("eligible_gr", "gross_gr"), ("paid_on", "issued_on", "line")),),
    Place: ((("place",), ("declared",), ("unit", "starts_on", "~period", "forms", "source", "ends_on")),),
    Readiness: ((("place",), ("starts_on", "~period"), ("state", "ready")),),
    Enquiry: ((("asked_on",), ("place", "channel"), ("outcome",)),),
}
"""For each kind of table what must be there to know it without a title: of each group one, in any of the ways."""

BY_CONTENT: Mapping[str, tuple[float, float]] = {
    "pesel": (0.8, 0.75),
    "sex": (0.9, 0.55),
    "~name": (0.8, 0.6),
    "presence": (0.9, 0.5),
}
"""Fields that are known by their cells alone where the header says nothing: from which share, of which worth."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said of a tab when the spreadsheet was connected.

    kind      the class name of a record, "" for a tab that is to be left alone, None for no word on it
    columns   for fields the header, as it was then, of the column that they are read from, empty for none;
              „Expense.line” where several kinds of table on the tab have such a field
    answers   to other questions, by what they are about
    """

    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What a tab holds: its tables in reading order, what is to be asked, and what is wrong with it."""

    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A kind of table that a header and the cells below it may be."""

    record: type[Record]
    header: tuple[int, ...]
    span: Span
    end: int
    columns: Mapping[str, int]
    evidence: tuple[Evidence, ...]
    score: float
    complete: bool
    titled: float


def recognise(table: Table, choice: Choice | None = None) -> Found:
    """What a tab holds.

    Without a title that names the kind, what makes it that kind has to be there (SIGNS). A tab with
    the title of a kind and no header is a finding; a tab that is none of ours gives nothing.
    """
    if choice is not None and choice.kind == "":
        return Found()
    table = tidy(table)
    full = filled(table)
    if not full.any():
        return Found()
    wanted = None if choice is None or choice.kind is None else _record(choice.kind)
    heads = header_rows(table, full)
    lists = matrix.Lists()
    if wanted in (None, Attendance):
        lists = matrix.find(table, full, heads, choice.answers if choice is not None else {})
    if lists.first is not None:  # what stands above the lists may be a table of another kind
        whole, table = table, replace(table, columns=tuple(column[: lists.first] for column in table.columns))
        full, heads = full[: lists.first], [row for row in heads if row < lists.first]
        if not full.any():
            return Found(lists.tables, lists.questions)
    blocks = _blocks(table, full, heads, wanted if lists.first is None else None, choice)
    card = _card(table, full, min((best.header[0] for best, _ in blocks), default=len(table)))
    if not blocks and card is None and lists.first is None:
        return _nothing(table)
    tables, questions, findings = [card] if card is not None else [], list(lists.questions), []
    for best, second in blocks:
        if second is not None and wanted is None:
            question = _which_kind(table, best, second)
            questions.append(question)
            findings.append(
                rules.TAB_UNCLEAR.at(table.whole(), first=best.record.tab, second=second.record.tab)
            )
            continue
        shaped, asked = _shaped(table, full, best, choice)
        tables.append(shaped)
        twin = _twin(table, full, best, choice)
        if twin is not None:
            tables[-1] = _without_dates(shaped, twin)
            tables.append(twin)
        questions.extend(asked)
    return Found((*tables, *lists.tables), tuple(questions), tuple(findings))


def _record(name: str) -> type[Record]:
    return next(record for record in RECORDS if record.__name__ == name)


def _nothing(table: Table) -> Found:
    named = max(RECORDS, key=lambda record: titled(record, table.title))
    if titled(named, table.title) < 0.95:
        return Found()
    wanted = ", ".join(f.title or "" for f in list(named.model_fields.values())[:4])
    return Found(findings=(rules.HEADER_NOT_FOUND.at(table.whole(), wanted=wanted),))


def _which_kind(table: Table, best: _Candidate, second: _Candidate) -> Question:
    return Question(
        table.title,
        table.workbook,
        "kind",
        f"Co jest w zakładce „{table.title}”?",
        tuple((c.record.__name__, c.record.tab) for c in (best, second)) + (("", "nic z tego"),),
        "",
    )


# --- which tables -------------------------------------------------------------------------------


def _blocks(
    table: Table, full: np.ndarray, heads: Sequence[int], wanted: type[Record] | None, choice: Choice | None
) -> list[tuple[_Candidate, _Candidate | None]]:
    """The tables of a tab, each with the rival it could not be told from, if there is one."""
    found: list[tuple[_Candidate, _Candidate | None]] = []
    strong = _strong(table, heads)
    for row in heads:
        if any(before < row and _same_header(table, before, row) for before in strong):
            continue  # the header of the next page
        end = next((r for r in strong if r > row + 1 and not _same_header(table, row, r)), len(table))
        whole = Span(0, len(table.columns) - 1)
        options = [whole]
        apart = spans(full, row, end)
        if len(apart) > 1:
            options += apart
        best: dict[Span, list[_Candidate]] = {}
        for span in options:
            ranked = _ranked(table, full, row, end, span, wanted, choice)
            if ranked:
                best[span] = ranked
        chosen = _chosen(table, best, whole, apart)
        for ranked in chosen:
            rival = next(
                (c for c in ranked[1:] if c.complete and c.score > ranked[0].score * (1 - CLEAR)), None
            )
            found.append((ranked[0], rival if ranked[0].titled < TITLED else None))
    return _apart(found)


def _chosen(
    table: Table, best: Mapping[Span, list[_Candidate]], whole: Span, apart: Sequence[Span]
) -> list[list[_Candidate]]:
    """Whether a row is the header of one table, or of several side by side."""
    alone = [best[span] for span in apart if span != whole and span in best]
    alone = [
        ranked
        for ranked in alone
        if ranked[0].complete or (ranked[0].titled >= TITLED > titled(ranked[0].record, table.title))
    ]
    if whole not in best or len(alone) > 1:
        return alone
    # a table that reaches over a blank column has to explain much more than one that does not
    inside = [ranked for ranked in alone if ranked[0].score >= 0.75 * best[whole][0].score]
    return inside or [best[whole]]


def _strong(table: Table, heads: Sequence[int]) -> list[int]:
    """The rows among possible headers that say at least two known headers."""
    return [row for row in heads if _says_headers(table.row(row))]


def _says_headers(cells: Sequence[Value]) -> bool:
    """Whether at least two cells, and half of all, are known headers, and none is a number or a day."""
    there = [value for value in cells if value is not None]
    known = sum(header_key(value) in known_texts() for value in map(plain_text, there) if value)
    return (
        known >= max(2, len(there) / 2)
        and not any(not isinstance(value, str) or NUMBERS.fullmatch(plain(value)) for value in there)
        and not any(is_day(value) for value in there)
    )


def _same_header(table: Table, one: int, other: int) -> bool:
    ours, theirs = (set(filter(None, map(plain_text, table.row(row)))) for row in (one, other))
    return len(ours & theirs) >= max(2, len(ours) - 1)


def _apart(found: list[tuple[_Candidate, _Candidate | None]]) -> list[tuple[_Candidate, _Candidate | None]]:
    """The best tables that do not stand in one another's way, from top to bottom."""
    kept: list[tuple[_Candidate, _Candidate | None]] = []
    for best, rival in sorted(found, key=lambda item: (-item[0].score, item[0].header)):
        clash = False
        for other, _ in kept:
            side_by_side = best.span.last < other.span.first or other.span.last < best.span.first
            above = best.header[-1] < other.header[0]
            if side_by_side and best.header[-1] < other.end and other.header[-1] < best.end:
                continue
            strong = best.complete and best.score > 0.45 * other.score
            if not strong or (best.header[0] <= other.header[-1] and other.header[0] <= best.header[-1]):
                clash = True
            elif above and best.end > other.header[0]:
                clash = best.header[-1] + 1 >= other.header[0]
            elif not above and best.header[0] < other.end:
                clash = True
        if not clash:
            kept.append((best, rival))
    kept.sort(key=lambda item: (item[0].header, item[0].span.first))
    cut = []
    for best, rival in kept:
        end = min(
            (
                other.header[0]
                for other, _ in kept
                if other.header[0] > best.header[-1]
                and not (best.span.last < other.span.first or other.span.last < best.span.first)
            ),
            default=best.end,
        )
        cut.append((replace(best, end=min(end, best.end)), rival))
    return cut


# --- which kind, which column -------------------------------------------------------------------


def _ranked(
    table: Table,
    full: np.ndarray,
    row: int,
    end: int,
    span: Span,
    wanted: type[Record] | None,
    choice: Choice | None,
) -> list[_Candidate]:
    """The kinds of table that the header in `row` may be of, the best first."""
    found = []
    samples: dict[tuple[int, int], list[Value]] = {}
    for header in _headers(table, full, row, end, span):
        texts = _header_texts(table, header, span)
        if len(texts) < 2 and wanted is None:
            continue
        for record in (wanted,) if wanted else RECORDS:
            candidate = _candidate(table, record, header, texts, end, span, samples, choice)
            if candidate is not None:
                found.append(candidate)
    return sorted(found, key=lambda c: (not c.complete, -c.score, len(c.header)))


def _headers(table: Table, full: np.ndarray, row: int, end: int, span: Span) -> list[tuple[int, ...]]:
    """The header in `row` alone, and together with the row below it where that may be its second half."""
    single: list[tuple[int, ...]] = [(row,)]
    if row + 2 > end or row + 1 >= len(table):
        return single
    upper = [plain_text(v) for v in table.row(row)[span.first : span.last + 1]]
    lower = [plain_text(v) for v in table.row(row + 1)[span.first : span.last + 1]]
    merged = any(
        r == row and last_c > c and span.first <= c <= span.last for r, c, last_r, last_c in table.merged
    )
    gaps = any(not up and low for up, low in zip(upper, lower, strict=True))
    texty = sum(bool(low) for low in lower)
    if (
        texty >= 1
        and (merged or gaps)
        and all(isinstance(v, str) or v is None for v in table.row(row + 1)[span.first : span.last + 1])
    ):
        single.append((row, row + 1))
    return single


def _header_texts(table: Table, header: tuple[int, ...], span: Span) -> dict[int, tuple[str, ...]]:
    """For each column with a header its text; of two rows the lower one and both together."""
    if len(header) == 1:
        row = header[0]
        said = {c: plain_text(table.columns[c][row]) for c in span.columns()}
        for column in span.columns():
            name = key(said[column])
            if "nazwisk" in name and "imi" in name and not said.get(column + 1, "-") and column + 1 in said:
                both = (
                    ("Nazwisko", "Imię") if name.find("nazwisk") < name.find("imi") else ("Imię", "Nazwisko")
                )
                if _single_words(table, row, column) and _single_words(table, row, column + 1):
                    said[column], said[column + 1] = both
        return {c: (text,) for c, text in said.items() if text}
    upper, lower = ([plain_text(table.columns[c][row]) for c in span.columns()] for row in header)
    texts: dict[int, tuple[str, ...]] = {}
    group = ""
    for column, up, low in zip(span.columns(), upper, lower, strict=True):
        group = up or (group if low else "")
        if low and low != group:
            texts[column] = (f"{group} {low}".strip(), low) if group else (low,)
        elif up:
            texts[column] = (up,)
    return texts


def _single_words(table: Table, row: int, column: int) -> bool:
    """Whether the cells below hold parts of names rather than whole ones."""
    below = [plain(v) for v in table.columns[column][row + 1 : row + 20] if isinstance(v, str)]
    return bool(below) and sum(len(text.split()) == 1 for text in below) >= 0.6 * len(below)


def _candidate(
    table: Table,
    record: type[Record],
    header: tuple[int, ...],
    texts: Mapping[int, tuple[str, ...]],
    end: int,
    span: Span,
    samples: dict[tuple[int, int], list[Value]],
    choice: Choice | None,
) -> _Candidate | None:
    """The record's best assignment of fields to the columns below a header; None for no two columns."""
    fields = [*record.model_fields, *(f"~{together.how}" for together in SPOKEN[record].together)]
    columns = list(span.columns())
    worth = np.zeros((len(fields), len(columns)))
    said: dict[tuple[str, int], tuple[float, float | None]] = {}
    others = 0
    for at, column in enumerate(columns):
        shares, other = _meanings(record, texts.get(column, ()))
        others += other > 0
        unknown = not shares and not other
        for number, name in enumerate(fields):
            share = shares.get(name, 0.0)
            by_content = BY_CONTENT.get(name) if unknown and name in BY_CONTENT else None
            if not share and by_content is None:
                continue
            values = samples.get((header[-1], column))
            if values is None:
                values = samples[header[-1], column] = _sample(table, header[-1] + 1, end, column)
            content = fit(record, name, values)
            if share:
                worth[number, at] = _worth(share, content, len(values))
            elif content is not None and by_content is not None and content >= by_content[0]:
                worth[number, at] = by_content[1] * content
            said[name, column] = (share, content)
    if choice is not None:
        _forced(worth, record, fields, columns, texts, choice)
    rows, places = linear_sum_assignment(worth, maximize=True)
    taken = {
        fields[r]: columns[c]
        for r, c in zip(rows.tolist(), places.tolist(), strict=True)
        if worth[r, c] >= ENOUGH
    }
    if len(taken) < 2:
        return None
    taken = _without_doubles(record, taken)
    score = 0.0
    for name, column in taken.items():
        score += _weight(record, name) * min(worth[fields.index(name), columns.index(column)], 1.0) ** 1.5
    title = _title(table, record, header[0], span)
    score += 4.0 * title if title >= TITLED else 0.0
    if len(header) == 2:
        score *= 1.04  # a row of headings above the names of the columns belongs to the header
    unexplained = len(texts) - others - len(taken)
    score -= 0.2 * max(unexplained, 0)
    complete = any(all(any(one in taken for one in group) for group in way) for way in SIGNS[record])
    if not complete and title < TITLED and (choice is None or choice.kind is None):
        return None
    evidence = tuple(
        _evidence(table, record, name, column, texts, said.get((name, column), (0.0, None)))
        for name, column in taken.items()
    )
    return _Candidate(record, header, span, end, taken, evidence, score, complete, title)


def _weight(record: type[Record], name: str) -> float:
    """How much a field speaks for the kind of table: most what every row of it must have."""
    if name.startswith("~"):
        return 2.5 if name == "~name" else 1.5
    own = record.model_fields[name]
    if not extra(own, "essential"):
        return 1.0
    return 1.5 if extra(own, "blank") else 3.0


def _meanings(record: type[Record], texts: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """For each field how much a header speaks for it, and how much for no field at all."""
    shares: dict[str, float] = {}
    other = 0.0
    for at, text in enumerate(texts):
        alone = at > 0
        if alone and other >= 0.8:
            break
        for likeness in likenesses(record, text):
            share = likeness.share * (0.96 if alone else 1.0)
            if likeness.meaning == OTHER:
                other = max(other, share)
            else:
                shares[likeness.meaning] = max(shares.get(likeness.meaning, 0.0), share)
    return {name: share for name, share in shares.items() if share > other}, other


def _worth(share: float, content: float | None, known: int) -> float:
    """How good a column is for a field: what its header says, weighed by what its cells say."""
    if content is None:
        return share * 0.9
    if share >= 0.95:  # a proper header is believed; its cells tell it from another one of the same name
        return share * (0.6 + 0.4 * content)
    if content < 0.3 and known >= FEW:
        return 0.0
    return share * (0.35 + 0.65 * content)


def _forced(
    worth: np.ndarray,
    record: type[Record],
    fields: Sequence[str],
    columns: Sequence[int],
    texts: Mapping[int, tuple[str, ...]],
    choice: Choice,
) -> None:
    """Give the columns that a person chose to their fields, by the headers that they had then."""
    by_text = {header_key(texts[c][0]): at for at, c in enumerate(columns) if c in texts}
    for said, header in choice.columns.items():
        name = said.removeprefix(f"{record.__name__}.")
        if name not in fields:
            continue
        if header == "":
            worth[fields.index(name), :] = 0.0
        elif (at := by_text.get(header_key(header))) is not None:
            worth[:, at] = 0.0
            worth[fields.index(name), :] = 0.0
            worth[fields.index(name), at] = 10.0


def _without_doubles(record: type[Record], taken: dict[str, int]) -> dict[str, int]:
    """The columns without those kept together of which the parts are there too."""
    kept = dict(taken)
    for together in SPOKEN[record].together:
        name = f"~{together.how}"
        if name not in kept:
            continue
        if (
            (together.how == "name" and "surname" in kept and "first_name" in kept)
            or (together.how in ("period", "times") and all(one in kept for one in together.fields))
            or (together.how in ("surname", "first_name") and ("~name" in kept or "person" in kept))
            or (together.how in ("day", "group") and "session" in kept)
        ):
            del kept[name]
    return kept


def _title(table: Table, record: type[Record], header: int, span: Span) -> float:
    """How surely the title of the tab, or a line above the header, names the kind of table."""
    best = titled(record, table.title)
    for row in range(max(0, header - 6), header):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str) and len(cells[0]) < 70:
            best = max(best, 0.95 * titled(record, cells[0]))
    return best


def _sample(table: Table, start: int, end: int, column: int) -> list[Value]:
    """Some different values of a column, in order, without blanks."""
    cells = table.columns[column]
    if isinstance(cells, Column):
        codes = np.asarray(cells.codes[start:end])
        seen, first = np.unique(codes, return_index=True)
        order = seen[np.argsort(first)]
        values = (cells.values[code] for code in order[: SAMPLE + 20].tolist() if code >= 0)
    else:
        values = iter(
            dict.fromkeys(
                (value.__class__, value) for value in cells[start : start + 400] if value is not None
            )
        )
        values = (value for _, value in values)
    found = []
    for value in values:
        if isinstance(value, str) and (plain(value) in BLANKS or is_ditto(value)):
            continue
        found.append(value)
        if len(found) == SAMPLE:
            break
    return found


def _evidence(
    table: Table,
    record: type[Record],
    name: str,
    column: int,
    texts: Mapping[int, tuple[str, ...]],
    said: tuple[float, float | None],
) -> Evidence:
    share, content = said
    header = texts.get(column, ("",))[0]
    words = []
    if share >= 0.95:
        words.append("nagłówek znany")
    elif share:
        words.append(f"nagłówek podobny w {share:.0%}")
    else:
        words.append("po samej treści")
    if content is None:
        words.append("kolumna pusta")
    else:
        words.append(f"pasuje {content:.0%} różnych wartości")
    sure = (share if share else BY_CONTENT.get(name, (0, 0.5))[1]) * (
        1.0 if content is None else 0.5 + 0.5 * content
    )
    return Evidence(name, column_letters(column), header, min(sure, 1.0), ", ".join(words))


# --- the shape that is read ---------------------------------------------------------------------


def _shaped(
    table: Table, full: np.ndarray, best: _Candidate, choice: Choice | None
) -> tuple[Recognised, list[Question]]:
    """The table as it is read: below its header, with the columns kept together taken apart."""
    record, header = best.record, best.header
    cut = replace(table, columns=tuple(column[: best.end] for column in table.columns))
    below = replace(cut.below(header[-1]), header=_joined(table, header, best.span))
    columns = {name: column for name, column in best.columns.items() if not name.startswith("~")}
    cells: dict[str, Sequence[Value]] = {}
    named: set[str] = set()
    for together in SPOKEN[record].together:
        name = f"~{together.how}"
        if name in best.columns:
            _apart_columns(record, below, together.how, together.fields, best, columns, cells, named)
    keys = [
        c
        for n, c in best.columns.items()
        if n
        in (
            "person",
            "~name",
            "surname",
            "~surname",
            "group",
            "name",
            "code",
            "place",
            "document",
            "line",
            "session",
            "specialist",
            "parameter",
            "task",
            "enquiry",
        )
    ]
    skip = dict(not_data(record, table, full, header, best.end, best.span, best.columns, keys))
    start = header[-1] + 1
    above = matrix.said_above(table, header[0])
    shaped = Recognised(
        record,
        below,
        columns,
        tuple(_header_findings(record, below, columns, best, grouped=bool(above[0]))),
        cells=cells,
        skip={row - start: reason for row, reason in skip.items()},
        header_rows=tuple(row + table.first_row for row in header),
        names=frozenset(named),
        evidence=best.evidence,
        sure=_sure(best),
        answers=choice.answers if choice is not None else {},
        span=(best.span.first, best.span.last),
        group=above[0],
        form=above[1],
        parts=_line_above(table, header[0], best.span)
        | {
            row - start: next(str(v) for v in table.row(row)[best.span.first :] if v is not None)
            for row, reason in skip.items()
            if reason == "nagłówek części"
        },
    )
    return shaped, list(_doubts(table, best))


def _line_above(table: Table, header: int, span: Span) -> dict[int, str]:
    """The line right above a header, as the name of the first part of its table."""
    for row in range(header - 1, max(-1, header - 3), -1):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if cells:
            return {-1: cells[0]} if len(cells) == 1 and isinstance(cells[0], str) else {}
    return {}


TWINS: Mapping[type[Record], type[Record]] = {Place: Readiness, Readiness: Place, Participant: Enrolment}
"""Kinds of table that people keep in one: beside what a row is, what became of it."""


def _twin(table: Table, full: np.ndarray, best: _Candidate, choice: Choice | None) -> Recognised | None:
    """The second kind of table that the columns hold which the first leaves over, beside who or what it is about."""
    other = TWINS.get(best.record)
    if other is None:
        return None
    shared = {
        "place",
        "person",
        "~name",
        "starts_on",
        "ends_on",
        "surname",
        "first_name",
        "~surname",
        "~first_name",
    }
    texts = _header_texts(table, best.header, best.span)
    taken = {c for name, c in best.columns.items() if name not in shared and c not in _dates(best)}
    left = {column: said for column, said in texts.items() if column not in taken}
    second = _candidate(table, other, best.header, left, best.end, best.span, {}, choice)
    if second is None or not second.complete:
        return None
    if other is Enrolment and (
        "group" not in second.columns or second.columns["group"] in best.columns.values()
    ):
        return None
    shaped, _ = _shaped(table, full, second, None)
    return replace(shaped, twin=True)


def _without_dates(shaped: Recognised, twin: Recognised) -> Recognised:
    """A list of places without the days of readiness that stand in the same rows."""
    if (shaped.record, twin.record) != (Place, Readiness):
        return shaped
    columns = {name: c for name, c in shaped.columns.items() if name not in ("starts_on", "ends_on")}
    cells = {name: values for name, values in shaped.cells.items() if name in columns}
    return replace(shaped, columns=columns, cells=cells, twin=True)


def _dates(best: _Candidate) -> set[int]:
    """The columns that say from when to when, which both kinds of table in one may need."""
    names = ("starts_on", "ends_on", "entered_on", "exited_on", "~period")
    return {best.columns[name] for name in names if name in best.columns}


def _sure(best: _Candidate) -> float:
    """How sure the whole is, from 0 to 1."""
    columns = sum(e.sure for e in best.evidence) / max(len(best.evidence), 1)
    return min(1.0, 0.85 * columns + (0.15 if best.titled >= TITLED else 0.1 if best.complete else 0.0))


def _joined(table: Table, header: tuple[int, ...], span: Span) -> tuple[str, ...]:
    """The header as one row of texts over all columns."""
    from sheets.table import text

    if len(header) == 1:
        return tuple(text(value) for value in table.row(header[0]))
    texts = _header_texts(table, header, span)
    return tuple(texts.get(column, ("",))[0] for column in range(len(table.columns)))


def _apart_columns(
    record: type[Record],
    below: Table,
    how: str,
    fields: tuple[str, ...],
    best: _Candidate,
    columns: dict[str, int],
    cells: dict[str, Sequence[Value]],
    named: set[str],
) -> None:
    """Take one column that is kept together apart into the fields that it gives."""
    column = best.columns[f"~{how}"]
    typed = below.columns[column]
    match how:
        case "name" if record is Participant:
            first = _surname_first(best, column, below, typed)
            pairs = [split(value, surname_first=first) for value in typed]
            for field_name, at in (("surname", 0), ("first_name", 1)):
                if field_name not in columns:
                    columns[field_name] = column
                    cells[field_name] = [pair[at] for pair in pairs]
        case "name" if "person" not in columns:
            columns["person"] = column
            named.add("person")
        case "surname" if "person" not in columns:
            columns["person"] = column
            second = best.columns.get("~first_name")
            firsts = below.columns[second] if second is not None else [None] * len(typed)
            cells["person"] = [
                " ".join(plain(part) for part in (s, f) if part is not None) or None
                for s, f in zip(typed, firsts, strict=True)
            ]
            named.add("person")
        case "period" | "times":
            pairs_ = [_two(how, value) for value in typed]
            for at, field_name in enumerate(fields):
                if field_name not in columns:
                    columns[field_name] = column
                    cells[field_name] = [pair[at] for pair in pairs_]
        case "day" if "session" not in columns:
            columns["session"] = column
            group = best.columns.get("~group")
            groups = below.columns[group] if group is not None else [None] * len(typed)
            cells["session"] = [matrix.Meeting.of(g, d) for g, d in zip(groups, typed, strict=True)]
        case _:
            pass


def _surname_first(best: _Candidate, column: int, below: Table, typed: Iterable[Value]) -> bool:
    told = surname_first(typed)
    if told is not None:
        return told
    said = key(below.header[column])
    return not (said.find("imie") >= 0 and said.find("imie") < said.find("nazwisk"))


def _two(how: str, value: Value) -> tuple[Value, Value]:
    """The two ends in one cell; the cell itself where they are not to be seen, to be a finding there."""
    if value is None:
        return None, None
    both = (times if how == "times" else period)(plain(value))
    return (value, None) if both is None else (both[0], both[1] or None)


def _header_findings(
    record: type[Record], table: Table, columns: Mapping[str, int], best: _Candidate, *, grouped: bool
) -> Iterable[Finding]:
    """Columns that are not there and must be, and headers that stand twice."""
    for name, own in record.model_fields.items():
        if name in columns or extra(own, "blank") or name in made_up(record, columns):
            continue
        if grouped and (record, name) == (Enrolment, "group"):
            continue  # the line above says it
        lost = (
            sum(1 for i in range(len(table)) if any(v is not None for v in table.row(i)))
            if extra(own, "essential")
            else 0
        )
        yield rules.MISSING_COLUMN.at(replace(table.cell(-1), raw=""), missing=own.title, not_counted=lost)
    read = {header_key(table.header[column]) for column in best.columns.values()}
    seen = set()
    for column in best.span.columns():
        header = table.header[column]
        if (text := header_key(header)) in seen and text in read:
            yield rules.DUPLICATE_HEADER.at(table.cell(-1, column))
        if text:
            seen.add(text)


def made_up(record: type[Record], columns: Mapping[str, int]) -> frozenset[str]:
    """The fields that need no column of their own, because `joining.py` can make them from others."""
    able: set[str] = set()
    if record is Participant:
        able |= {"person"} if "surname" in columns else set()
        able |= {"sex"} if "pesel" in columns else set()
    if record is Attendance:
        able |= {"session", "presence"}
    if record is Session:
        able |= {"session"} if "day" in columns else set()
        able |= {"status", "group"}
    if record is Enrolment:
        able |= {"state"}
        able |= {"requested_on"} if {"started_on", "waitlisted_on"} & set(columns) else set()
    if record is Group:
        able |= {"group"} if "name" in columns else set()
        able |= {"form"}
    if record is SupportForm:
        able |= {"code"} if "name" in columns else {"name"} if "code" in columns else set()
    if record is BudgetLine:
        able |= {"task"}
        able |= {"line"} if "name" in columns else set()
    if record is Enquiry:
        able |= {"enquiry"}
    if record is Specialist:
        able |= {"specialist"} if "name" in columns else set()
    return frozenset(able)


def _doubts(table: Table, best: _Candidate) -> Iterable[Question]:
    """Other columns that could be a field as well as the one taken, where the header does not settle it."""
    taken = set(best.columns.values())
    texts = _header_texts(table, best.header, best.span)
    yield from _unsaid(table, best, texts)
    for evidence in best.evidence:
        name = evidence.field
        if name.startswith("~") or evidence.sure >= 0.97:
            continue
        rivals = []
        for column in best.span.columns():
            if column in taken or column not in texts:
                continue
            shares, _ = _meanings(best.record, texts[column])
            values = _sample(table, best.header[-1] + 1, best.end, column)
            content = fit(best.record, name, values)
            if shares.get(name, 0.0) >= max(ALIKE, evidence.sure - 0.08) and (content or 0.0) >= 0.6:
                rivals.append(column)
        if rivals and header_key(evidence.header) not in {header_key(texts[c][0]) for c in rivals}:
            title = best.record.model_fields[name].title or name
            yield Question(
                table.title,
                table.workbook,
                name,
                f"Która kolumna zakładki „{table.title}” to „{title}”?",
                tuple(
                    (texts[c][0], f"{texts[c][0]} (kolumna {column_letters(c)})")
                    for c in (best.columns[name], *rivals)
                ),
                evidence.header,
            )


def _unsaid(table: Table, best: _Candidate, texts: Mapping[int, tuple[str, ...]]) -> Iterable[Question]:
    """Whether a column that no header explains is the field that figures need and no header names."""
    name = {Participant: "entered_on", Expense: "paid_on"}.get(best.record)
    if name is None or name in best.columns or "~period" in best.columns:
        return
    taken = set(best.columns.values())
    columns = [
        column
        for column, said in texts.items()
        if column not in taken
        and _meanings(best.record, said)[1] == 0
        and (fit(best.record, name, _sample(table, best.header[-1] + 1, best.end, column)) or 0.0) >= 0.8
    ]
    if columns:
        title = best.record.model_fields[name].title or name
        options = [(texts[c][0], f"{texts[c][0]} (kolumna {column_letters(c)})") for c in columns]
        yield Question(
            table.title,
            table.workbook,
            name,
            f"Czy kolumna zakładki „{table.title}” to „{title}”?",
            (*options, ("", "żadna")),
            "",
        )


# --- a card of facts ----------------------------------------------------------------------------


def _card(table: Table, full: np.ndarray, end: int) -> Recognised | None:
    """A card of two columns without a header above row `end`: the name of a fact and its value beside it."""
    from lib.project import is_parameter

    table = replace(table, columns=tuple(column[:end] for column in table.columns))
    full = full[:end]
    best: tuple[int, int] | None = None
    for column in range(len(table.columns) - 1):
        known = sum(map(is_parameter, table.columns[column]))
        if known >= 3 and (best is None or known > best[0]):
            best = (known, column)
    if best is None:
        return None
    column = best[1]
    known = [row for row, value in enumerate(table.columns[column]) if is_parameter(value)]
    values = max(range(column + 1, len(table.columns)), key=lambda c: (full[known, c].sum(), -c))
    rows = [i for i, v in enumerate(table.columns[column]) if v is not None]
    noted = {i: "dopisek" for i in rows if not is_parameter(table.columns[column][i])}
    others = {i: "dopisek" for i in range(len(table)) if full[i].any() and table.columns[column][i] is None}
    labels = [plain(v).rstrip(" :") if isinstance(v, str) else v for v in table.columns[column]]
    return Recognised(
        Fact,
        replace(table, header=("",) * len(table.columns)),
        {"parameter": column, "value": values},
        cells={"parameter": labels},
        skip=noted | others,
        evidence=(
            Evidence("parameter", column_letters(column), "", 0.9, f"{best[0]} znanych nazw faktów"),
            Evidence("value", column_letters(values), "", 0.9, "komórki obok nich"),
        ),
        sure=0.9,
        span=(column, values),
    )
