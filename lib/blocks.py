"""Where on a tab a table is: rows that may be its header, columns that belong together, rows of no data.

Rows and columns count from 0 on the tab as its source gives it.
"""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lib.cells import MONTHS, key, plain
from lib.contents import FEW, day_and_month, fit, is_day, is_typed
from lib.headers import header_key, known_texts
from lib.names import has_first_name, looks_like_name
from lib.records import BudgetLine, Fact, Record, extra, kind_of
from sheets.column import Column
from sheets.table import Table, Value

HEADER_ROWS = 40
"""How many rows at the top of a tab may come before its first header."""

BLANKS = frozenset({"", "-", "--", "---"})
"""Texts that say no more than an empty cell; dashes of any kind are one."""


def is_blank(value: Value) -> bool:
    """Whether a cell is empty, or says no more than an empty one."""
    return value is None or (isinstance(value, str) and plain(value) in BLANKS)


DITTO = re.compile(
    r"j\.? ?w\.?|jak (?:wyżej|wyzej)|-?//-?|-\|\|-|,,|[-–— ]*[\"”„“″′〃'´`]{1,3}[-–— ]*|tak samo"
    r"|ditto|to samo",
    re.IGNORECASE,
)
"""What people write for „the same as in the cell above”."""

_DITTO_LETTERS = frozenset(("jw", "j.", "j ", "ja", "ta", "di", "to"))
"""How such a text begins where it is a word."""

TOTALS = re.compile(
    r"\s*(?:razem|suma|og[oó][lł]em|[lł][aą]cznie|podsumowanie|sub-?total|total|w sumie|obecnych|nieobecnych"
    r"|do przeniesienia|z przeniesienia|narastająco|w tym|(?:w|za)pisanych"
    r"|warto[śs][ćc] (?:projektu|ca[łl]kowita)|(?:ca[łl]kowity koszt|koszt ca[łl]kowity)(?: projektu)?"
    r"|koszty bezpo[śs]rednie(?=\s*(?:razem|og[oó][łl]em)?\s*:?\s*$)"
    r"|(?:by[łl]o |liczba )?(?:wizyt|spotka[ńn]|os[óo]b|godzin|konsultacji))\b",
    re.IGNORECASE,
)
"""How the label of a row begins that sums up the others and is not data itself."""

NUMBERS = re.compile(
    r"-?[0-9][0-9 .,]*(?:,-{1,2})?"
    r"(?: ?(?:zł|PLN|%|os\.?|osób|osoby|osoba|godz\.?|h|szt\.?|wiz\.?|wizyt[ay]?|min\.?))?",
    re.IGNORECASE,
)
"""What stands beside such a label: a number or an amount, however it is typed."""

UNITS = re.compile(r"(?:os[oó]b|szt|godz|spotka|miejsc|dokument|poz)\w*\b.*", re.IGNORECASE)
"""What stands beside the number of a sum: „osób w grupie”."""

EXAMPLE = re.compile(r"\s*przyk[lł]ad\b", re.IGNORECASE)
"""How the first cell of a row begins that is an example and no data."""

EXAMPLE_ROW, REPEATED, NUMBERED = "przykład", "powtórzony nagłówek", "numeracja kolumn"
PART, NOTE, OTHER = "nagłówek części", "dopisek", "inna tabela"
OFF, TO_COME = "zajęcia odwołane", "zajęcia planowane"
"""Why a row is no data: an example, the header again, the numbers of the columns, the name of the part below
it, only a note, a table of another kind below, a session that did not take place or is to come."""

APART = "   "
"""What stands between two rows that name a part together, as between two things in one row."""

NOTES = re.compile(
    r"\s*(?:sporządzi|opracowa|zatwierdzi|podpis|data i podpis|legenda|uwag[ai]\s*:|objaśnieni|stan na\b"
    r"|wydruk|źródło\s*:|strona \d|sprawdzi|za zgodność|wypełni|kierownik|dyrektor|główn[ya] księgow"
    r"|gł\. księgow|prezes\b|koordynator|\*|\.{4,}|…{2,}|_{4,}|\(podpis|projekt współ"
    r"|miejscowość|jastrzębie-zdrój, dn|x\s*[-–=]|nb\.?\s*[-–=]|ob\.?\s*[-–=])",
    re.IGNORECASE,
)
"""How notes and signatures under a table begin."""

SECTIONS = re.compile(
    r"\s*(?:styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad"
    r"|grudzień|rok \d|grupa|gr\.|zadanie|zad\.|forma|edycja|cykl|sekcja|część|cz\.|rodzaj|etap|nabór|lista"
    r"|zajęcia|spotkanie|[ivx]+[.)]|[a-z][.)])",
    re.IGNORECASE,
)
"""How the row begins that names the part of the table below it."""


LONG = 70
"""A text longer than this alone under a table is a remark, and names nothing."""


def codes_of(cells: Sequence[Value]) -> np.ndarray:
    """For each cell whether it is filled: -1 where it is blank."""
    if isinstance(cells, Column):
        return np.asarray(cells.codes)
    return np.fromiter((-1 if value is None else 0 for value in cells), dtype=np.int32, count=len(cells))


def rows_with(
    table: Table, hint: re.Pattern[str], wanted: Callable[[str], object], columns: Iterable[int] | None = None
) -> set[int]:
    """The rows with a text that is `wanted`, in one of some columns or in any; each text is looked at once.

    `hint` finds something in every wanted text in lower case, also where the text is one of many lines:
    where it finds nothing, as on nearly all tabs, no text is looked at.
    """
    if hint.search(table.said) is None:
        return set()
    found = {text for text in table.texts if hint.search(text.lower()) and wanted(text)}
    where = table.columns if columns is None else [table.columns[column] for column in columns]
    return {row for cells in where for row in rows_of(cells, found)}


def rows_of(cells: Sequence[Value], texts: Collection[Value]) -> list[int]:
    """The rows of a column in which one of some texts stands."""
    if not texts:
        return []
    if not isinstance(cells, Column):
        return [row for row, value in enumerate(cells) if value in texts]
    codes = [at for at, value in enumerate(cells.values) if value in texts]
    return np.flatnonzero(np.isin(np.asarray(cells.codes), codes)).tolist() if codes else []


def filled(table: Table) -> np.ndarray:
    """Which cells of a tab are filled, rows by columns."""
    if not table.columns:
        return np.zeros((0, 0), dtype=bool)
    return np.column_stack([codes_of(column) != -1 for column in table.columns])


def tidy(table: Table) -> Table:
    """The tab with cells that mean „the same as above” filled in: ditto marks, and cells merged downwards."""
    columns = list(table.columns)
    for first, column, last, _ in table.merged:
        if last == first or column >= len(columns) or first >= len(table):
            continue
        down = list(columns[column])
        for row in range(first + 1, min(last + 1, len(down))):
            if down[row] is None:
                down[row] = down[first]
        columns[column] = down
    marks = _marks_said(table.texts)
    dittos = {text for text in table.texts if is_ditto(text)} - marks
    for at, cells in enumerate(columns):
        if rows_of(cells, dittos):
            columns[at] = _repeated(cells, dittos)
    columns = [
        Column.of(c) if isinstance(c, list) and isinstance(o, Column) else c
        for c, o in zip(columns, table.columns, strict=True)
    ]
    return replace(table, columns=tuple(columns))


def is_ditto(value: Value) -> bool:
    """Whether a cell says „the same as above”."""
    return (
        isinstance(value, str)
        and 0 < len(value) < 14
        and (not value[0].isalnum() or value[:2].lower() in _DITTO_LETTERS)
        and DITTO.fullmatch(plain(value)) is not None
    )


_SAID = re.compile(r"(?:^|[\s;,(„\"])(//|-//-)[”\"]?\s*(?:[-–—=:]|to\b)")
"""What a legend says of a mark that elsewhere means „the same as above”."""


def _marks_said(texts: Iterable[str]) -> set[str]:
    """The marks that a legend on the tab gives a meaning of their own."""
    return {mark for text in texts if len(text) > 4 and "//" in text for mark in _SAID.findall(text)}


def _repeated(cells: Sequence[Value], dittos: Collection[Value]) -> list[Value]:
    """The cells, each that says „the same as above” as the one above it."""
    above: Value = None
    filled_in: list[Value] = []
    for value in cells:
        if value in dittos and above is not None:
            filled_in.append(above)
        else:
            filled_in.append(value)
            above = value if value is not None else above
    return filled_in


def plain_text(value: Value) -> str:
    """A cell as the text of a header: broken words joined; empty when it is no text."""
    if not isinstance(value, str):
        return ""
    return (re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", value) if "\n" in value else value).strip()


def is_card_line(cells: Sequence[Value]) -> bool:
    """Whether a row says facts behind labels, and is no header: „Grupa: | GW1 | Forma wsparcia: | Kurs”."""
    there = [plain_text(value) for value in cells if value is not None]
    if there and TOTALS.match(there[0]):
        return False
    labels = sum(map(_is_label, there))
    return labels >= 2 or (labels == 1 and len(there) <= 3)


def card_lines(table: Table) -> list[int]:
    """The rows that are such lines, from the top."""
    rows = rows_with(table, _LABEL, lambda text: _is_label(plain_text(text)))
    return [row for row in sorted(rows) if is_card_line(table.row(row))]


_LABELLED = re.compile(
    r"(?:nazwa grupy|grupa|forma(?: wsparcia)?|liczba miejsc|limit|prowadz\w*|termin|sala)\s*:\s*\S",
    re.IGNORECASE,
)
"""A fact of a part behind its label in one cell: „GRUPA: Dom dla matek (DM)”."""


def card_text(cells: Sequence[Value]) -> str:
    """What a row says, each label together with what stands behind it."""
    said = ""
    for text in (plain(value) for value in cells if value is not None):
        said += text if not said else f" {text}" if said.endswith(":") else f"{APART}{text}"
    return said


def header_rows(table: Table, full: np.ndarray) -> list[int]:
    """The rows that may be headers: those near the top with two texts, and deeper ones with known headers.

    A header deep in a tab comes after a blank row or a row with few cells, and says known headers or the
    same as one above; it may have a second row.
    """
    counts = full.sum(axis=1)
    found = [row for row in range(min(len(table), HEADER_ROWS)) if counts[row] >= 2]
    below = np.flatnonzero((counts[1:] >= 2) & (counts[:-1] <= 2)) + 1
    above = {pair for row in found for pair in _texts_at(table, row)}
    for row in below[below >= HEADER_ROWS - 1].tolist():
        said = [header_key(value) for value in table.row(row) if isinstance(value, str)]
        if len(said) == 1 and above & _texts_at(table, row) and row + 1 < len(table):
            found.append(row + 1)  # below numbers of sessions, as above: „Nr zajęć | 1 | 2 | 3”
        numbers = sum(isinstance(value, (int, float)) for value in table.row(row))
        same = len(above & _texts_at(table, row))
        again = same >= 2 and (len(said) > 2 or numbers > len(said))  # days of a month beside „Nazwisko”
        months = sum(text.split(" ")[0] in _MONTH_NAMES for text in said)
        days = sum(is_day(value) or day_and_month(value) is not None for value in table.row(row))
        again |= days >= 2 and isinstance(next(v for v in table.row(row) if v is not None), str)
        if again or sum(text in known_texts() for text in said) + months >= 2:
            found.append(row)
            if row + 1 < len(table) and counts[row + 1] >= 2:
                found.append(row + 1)
    return list(dict.fromkeys(found))


_MONTH_NAMES = frozenset(header_key(name) for name in MONTHS if len(name) > 4)
"""What stands over days of a month: „lipiec 2023”."""


def _texts_at(table: Table, row: int) -> set[tuple[int, str]]:
    """The texts of a row, each with its column."""
    return {(column, value) for column, value in enumerate(table.row(row)) if isinstance(value, str)}


@dataclass(frozen=True, slots=True)
class Span:
    """Columns that stand side by side: the first and the last, both included."""

    first: int
    last: int

    def columns(self) -> range:
        """The columns of it."""
        return range(self.first, self.last + 1)


def spans(full: np.ndarray, row: int, end: int) -> list[Span]:
    """The runs of columns between columns that are blank from `row` to before `end`."""
    used = full[row:end].any(axis=0)
    found: list[Span] = []
    first: int | None = None
    for column, here in enumerate(np.append(used, False).tolist()):
        if here and first is None:
            first = column
        elif not here and first is not None:
            found.append(Span(first, column - 1))
            first = None
    return found


def only_columns(table: Table, span: Span) -> Table:
    """The tab with all other columns blank, so that what stands beside other tables stands alone."""
    return without_columns(table, set(range(len(table.columns))) - set(span.columns()))


def without_columns(table: Table, columns: Set[int]) -> Table:
    """The tab with these columns blank."""
    return without_cells(table, columns, 0, len(table))


def without_rows(table: Table, first: int, end: int) -> Table:
    """The tab with rows from `first` to before `end` blank."""
    return without_cells(table, range(len(table.columns)), first, end)


def without_cells(
    table: Table, columns: Container[int], first: int, end: int, but: Collection[int] = ()
) -> Table:
    """The tab with the cells of these columns blank in the rows from `first` to before `end`, `but` some."""
    blank: list[Value] = [None] * (min(end, len(table)) - first)

    def without(column: Sequence[Value]) -> Sequence[Value]:
        cells = [*column[:first], *blank, *column[end:]]
        for row in but:
            cells[row] = column[row]
        return cells

    kept = (without(column) if at in columns else column for at, column in enumerate(table.columns))
    return replace(table, columns=tuple(kept))


_LEADS = re.compile(r"(?i)prowadz|prow\.")
"""How a cell begins beside the name of a part that says who leads it."""


def not_data(
    record: type[Record],
    table: Table,
    full: np.ndarray,
    header: Sequence[int],
    end: int,
    span: Span,
    fields: Mapping[str, int],
    keys: Sequence[int],
) -> Iterator[tuple[int, str]]:
    """The rows between the header and `end` that are filled and yet no data, each with the reason.

    `keys` are the columns in which a single cell is data all the same: who it is, what it is called.
    Reasons: EXAMPLE_ROW, REPEATED, NUMBERED, PART, NOTE, OTHER.
    """
    columns = list(span.columns())
    typed = {column: name for name, column in fields.items() if is_typed(record, name)}
    here = full[:, span.first : span.last + 1]
    counts = here.sum(axis=1)
    head = [key(value) for value in (table.columns[c][header[-1]] for c in columns) if value is not None]
    wide = {row for row, column, last, last_column in table.merged if last_column > column and row == last}
    start = header[-1] + 1
    suspects = [row for row in range(start, end) if 0 < counts[row] <= 2 or row == start]
    last_row = max((row for row in range(start, end) if counts[row] > 2), default=end)
    seen_again = _again(table, header[-1], columns, start, end, len(head))
    if len(header) > 1:
        above = sum(table.columns[c][header[0]] is not None for c in columns)
        seen_again |= _again(table, header[0], columns, start, end, above)
    for (
        column
    ) in typed:  # where a column of days says „data” the header is there again, whatever else it says
        said = table.columns[column][header[-1]]
        if isinstance(said, str) and said.strip():
            seen_again |= set(
                (np.flatnonzero(_same(table.columns[column], header[-1], start, end)) + start).tolist()
            )
    cards = _cards(table, columns, start, end)
    others = _other_tables(record, table, full, range(start, end), columns, fields)
    yield from ((row, OTHER) for row in others)
    for row in sorted({*suspects, *seen_again, *_examples(table, columns, start, end), *cards}):
        cells = [(c, table.columns[c][row]) for c in columns if table.columns[c][row] is not None]
        values = [value for _, value in cells]
        if not cells or row in others:
            continue
        if row in cards and record is not Fact:
            yield row, PART
        elif isinstance(values[0], str) and EXAMPLE.match(values[0]):
            yield row, EXAMPLE_ROW
        elif row in seen_again:
            yield row, REPEATED
        elif row == start and len(cells) >= 3 and _numbering(values):
            yield row, NUMBERED
        elif len(cells) <= 2 and row > last_row and (NOTES.match(plain(values[0])) or _to_be_signed(values)):
            yield row, NOTE
        elif len(cells) <= 2 and not any(
            not isinstance(v, str)
            or TOTALS.match(v)
            or is_day(v)
            or (c in typed and fit(record, typed[c], [v]) == 1)
            for c, v in cells
        ):
            first = plain(values[0])
            unlike = any(c in typed and fit(record, typed[c], [v]) == 0 for c, v in cells)
            if row + 1 in seen_again:
                yield row, PART  # right above the header that is there again
            elif row > last_row and not counts[row - 1] and (unlike or _OF_LIST.match(first)):
                yield row, NOTE  # names below what they sign, apart from the table, or the title of a list
            elif row > last_row and (len(first) > LONG or not any(c in keys for c, _ in cells)):
                yield row, NOTE
            elif (len(cells) == 1 or (row in wide and _LEADS.match(plain(values[1])))) and (
                row in wide
                or (SECTIONS.match(first) and len(first) > 3 and (len(fields) >= 2))
                or (len(fields) >= 2 and (cells[0][0] not in keys or not _names_a_row(record, first)))
                or first.endswith(":")
            ):
                yield row, PART
            elif NOTES.match(first) and len(fields) >= 2:
                yield row, NOTE


_OF_LIST = re.compile(r"(?i)\s*(?:lista\s+obecn|obecno[śs]|dziennik|legenda)")
"""How the title of a list of attendance begins, or a legend."""


def _other_tables(
    record: type[Record],
    table: Table,
    full: np.ndarray,
    rows: range,
    columns: Sequence[int],
    fields: Mapping[str, int],
) -> set[int]:
    """The rows below a blank one that have a header of their own, and none of them what each line needs.

    Or none has a day, or a number, where the lines have one; so too below a line that names them.
    """
    own = {n: c for n, c in fields.items() if n[0] != "~"}
    measured = {n: c for n, c in own.items() if kind_of(record.model_fields[n]).name in ("Day", "Count")}
    needed = {n: c for n, c in own.items() if _is_needed(record, n)}
    counts = full[:, columns].sum(axis=1)
    found: set[int] = set()
    for blank, end in pairwise([*(row for row in rows if not counts[row]), rows.stop]):
        first = blank + 1
        head = first + 1 if first < end and counts[first] == 1 else first  # below the line that names it
        if end - head < 2 or counts[head] < 2:
            continue
        below = {
            n: [v for v in table.columns[c][head + 1 : end] if v is not None]
            for n, c in (needed | measured).items()
        }
        misfit = {n for n, vs in below.items() if is_typed(record, n) and fit(record, n, vs) == 0}
        unlike = (name in needed or len(below[name]) >= FEW for name in misfit)
        titled = (
            head > first
            and bool(measured)
            and not any(below[name] for name in measured)
            and any(
                header_key(v) in known_texts()
                for c in columns
                if isinstance(v := table.columns[c][head], str)
            )
        )
        if all(below[name] for name in needed) and not any(unlike) and not titled:
            continue
        texts = [v for c in columns if (v := table.columns[c][head]) is not None]
        words = all(isinstance(v, str) and not NUMBERS.fullmatch(v) for v in texts)
        if words and not TOTALS.match(plain(texts[0])):  # „Razem” at the end is the name of a column
            found |= set(range(first, end))
    return found


def _is_needed(record: type[Record], name: str) -> bool:
    """Whether no row can be counted in which the cell of a field is blank."""
    field = record.model_fields[name]
    return bool(extra(field, "essential")) and not extra(field, "blank")


def _cards(table: Table, columns: Sequence[int], start: int, end: int) -> set[int]:
    """The rows that say facts of the part below them behind labels: „Grupa: | GW1 | limit: | 10”."""
    rows = rows_with(table, _LABEL, _is_label, columns[:3])
    return {
        row for row in rows if start <= row < end and is_card_line([table.columns[c][row] for c in columns])
    }


def _is_label(text: str) -> bool:
    """Whether a cell is a label, or a fact behind one."""
    return text.rstrip().endswith(":") or _LABELLED.match(text) is not None


_LABEL = re.compile(rf":\s*$|^\s*{_LABELLED.pattern}", re.MULTILINE)
"""What a label has, or a fact behind one, where every text is a line in lower case."""


def _to_be_signed(values: Sequence[Value]) -> bool:
    """Whether a row is a place for signatures: „Księgowa: .......”."""
    return any(isinstance(value, str) and re.search(r"[.…_]{4,}\s*$", value) for value in values)


def _names_a_row(record: type[Record], text: str) -> bool:
    """Whether a text alone in its row may be a person, a fact or the number of a row with the rest blank."""
    if record is BudgetLine:
        return re.fullmatch(r"[\w.]+", text) is not None  # „Z1 Kursy językowe” is the task of the lines below
    named = looks_like_name(text) and (not text.isupper() or has_first_name(text))
    return record is Fact or named or (len(text) <= 20 and any(c.isdigit() for c in text))


def _again(table: Table, header: int, columns: Sequence[int], start: int, end: int, wanted: int) -> set[int]:
    """The rows that repeat the header word for word."""
    same = np.zeros(max(end - start, 0), dtype=np.int32)
    for column in columns:
        if isinstance(table.columns[column][header], str):
            same += _same(table.columns[column], header, start, end)
    return set((np.flatnonzero(same >= max(2, wanted - 1)) + start).tolist()) if wanted >= 2 else set()


def _same(cells: Sequence[Value], row: int, start: int, end: int) -> np.ndarray:
    """Which of the cells from `start` to before `end` are the same as that of a row."""
    if isinstance(cells, Column):
        return np.asarray(cells.codes[start:end]) == cells.codes[row]
    return np.fromiter((value == cells[row] for value in cells[start:end]), dtype=bool)


def _examples(table: Table, columns: Sequence[int], start: int, end: int) -> set[int]:
    """The rows with a cell that says that they are an example."""
    return {row for row in rows_with(table, _EXAMPLES, EXAMPLE.match, columns) if start <= row < end}


_EXAMPLES = re.compile(rf"^{EXAMPLE.pattern}", re.MULTILINE)
"""The same where every text is a line."""


def _numbering(values: Sequence[Value]) -> bool:
    """Whether cells number the columns: 1, 2, 3, …"""
    typed = [re.sub(r"[().]", "", plain(value)) for value in values]
    if not all(re.fullmatch("[0-9]{1,2}", text) for text in typed):
        return False
    numbers = [int(text) for text in typed]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
