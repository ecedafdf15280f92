"""From the tables found on tabs to typed frames: what every cell is worth.

The one place where pydantic meets pandas. A column is read by its unique values: each is
validated once, and the results and errors are spread back to the rows. A bad cell becomes a
finding at its address; a row without a good value where one is essential is not counted, and
stays in `Reading.rows` marked so.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from lib import findings as rules
from lib.blocks import BLANKS, EXAMPLE_ROW, NUMBERS, TOTALS, UNITS, rows_with
from lib.cells import day_order, is_error, key, plain
from lib.contents import OPEN_END, is_day
from lib.dictionaries import SessionStatus
from lib.findings import BY_CODE, Finding, Rule
from lib.names import MASK, looks_like_name
from lib.records import Expense, Fact, Record, adapter_of, extra, kind_of, words_of
from sheets.column import Column
from sheets.table import Cell, Table, Value, column_letters

AS_IT_STANDS = re.compile(r"(?:[{0}.]+ )*[{0}.]*[{0}]".format("0-9A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż,:;/()-"))
"""Texts that `plain()` leaves alone and that are no error of a sheet: most texts and codes."""


_Known: TypeAlias = dict[tuple[type, Value], tuple[Any, str | None]]
"""For each value of a column the value it is read as, and the rule it breaks, if any."""

_Memory: TypeAlias = dict[tuple[Hashable, ...], _Known]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a column is taken for a field: how sure that is, from 0 to 1, and the reason in Polish.

    `column` is its letter; `field` begins with „~” where the column holds several fields together.
    """

    field: str
    column: str
    header: str
    sure: float
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say of a tab: about what, the question, the answers and the one taken till then.

    `about` is a field, or „kind”, „empty”, „dash”, „year”, …; an answer has its value and its text.
    """

    tab: str
    workbook: str
    about: str
    text: str
    options: tuple[tuple[str, str], ...]
    taken: str

    @property
    def meanwhile(self) -> str:
        """What is taken while nobody answers, in Polish."""
        return dict(self.options).get(self.taken, self.taken) or "nic, tej listy jeszcze nie czytam"


@dataclass(frozen=True, slots=True)
class Listed:
    """Who and which days a list of attendance has, marked or not.

    rows, persons, groups   for each person the row (from 0 below the header), the cell, and the group
    days                    for each day its column, how the session is told from others of the day, and
                            what became of it
    blank                   for each line whether its mark is an empty cell
    since                   the columns that say from when to when each person is in the group, by the field
    """

    rows: tuple[int, ...]
    persons: tuple[str | None, ...]
    groups: tuple[str, ...]
    days: tuple[tuple[int, dt.date, int, SessionStatus], ...]
    blank: tuple[bool, ...]
    since: Mapping[str, int] = dataclasses.field(default_factory=dict)


def column_at(column: int | np.ndarray, line: int) -> int:
    """The column of a field in a line, where it is one for all lines or one for each."""
    return column if isinstance(column, int) else int(column[line])


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table found on a tab: its kind, and from which cells each field is read.

    A line of it is mostly a row of the tab, and `columns` says where on the tab the field is. Where
    that is not so:

    cells    the values of a field that are not simply those of its column, one a line
    lines    for each line its row, from 0 below the header; None where line and row are the same
    rows_of  for a field the row of each line, where it is another one than the line's
    columns  may give a column for each line
    skip     rows that are no data, with the reason
    names    fields that hold names of people here, although they hold numbers elsewhere
    derived  whether the table stands nowhere as such, but follows from another one
    group    what its title or a line above it says of the group that it is about
    form     what a line above it says of the form of support
    called   all the names that the group may have by the title and the lines above, the likeliest first
    said     whether the group is called one there, and not only taken from a title
    limit    how many may be in that group, as a line above says
    parts    the rows that name the part of the table below them, with what they say
    listed   for a list of attendance as people by days, who and which days it lists
    made     fields that no cell says, but that follow from others
    wide     for fields that are read from several columns side by side, the last of them
    twin     whether another kind of table stands in the same rows, so that one may stand several times
    answers  what a person answered to questions about its tab
    """

    record: type[Record]
    table: Table
    columns: Mapping[str, int | np.ndarray]
    findings: tuple[Finding, ...] = ()
    cells: Mapping[str, Sequence[Value]] = dataclasses.field(default_factory=dict)
    lines: np.ndarray | None = None
    rows_of: Mapping[str, np.ndarray] = dataclasses.field(default_factory=dict)
    skip: Mapping[int, str] = dataclasses.field(default_factory=dict)
    header_rows: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    sure: float = 1.0
    span: tuple[int, int] = (0, 0)
    derived: bool = False
    group: str = ""
    form: str = ""
    called: tuple[str, ...] = ()
    said: bool = False
    limit: int | None = None
    parts: Mapping[int, str] = dataclasses.field(default_factory=dict)
    listed: Listed | None = None
    made: frozenset[str] = frozenset()
    wide: Mapping[str, int] = dataclasses.field(default_factory=dict)
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    twin: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it gives, from columns of the tab or otherwise."""
        return tuple(dict.fromkeys((*self.columns, *self.cells)))

    @property
    def of_visits(self) -> bool:
        """Whether it is a register of visits, which has a day for each and no mark."""
        return "presence" in self.made

    def values(self, name: str) -> Sequence[Value]:
        """The cells of a field, one a line; blanks where it has no column."""
        if name in self.cells:
            return self.cells[name]
        column = self.columns.get(name)
        if column is None:
            return [None] * len(self)
        assert isinstance(column, int)
        return self.table.columns[column]

    def __len__(self) -> int:
        """How many lines it has, rows that are no data included."""
        return len(self.table) if self.lines is None else len(self.lines)

    @property
    def columns_read(self) -> set[int]:
        """The columns that a field of every line is read from."""
        return {column for column in self.columns.values() if isinstance(column, int)}

    def row(self, line: int, name: str = "") -> int:
        """The row of a line, or of one of its fields, from 0 below the header."""
        if name in self.rows_of:
            return int(self.rows_of[name][line])
        return line if self.lines is None else int(self.lines[line])

    def cell(self, line: int, name: str | None = None) -> Cell:
        """The cell of a field in a line, its text masked where it is personal; or the whole row.

        Where no header stands over it, it is called as the field is.
        """
        if name is None:
            return self.table.cell(self.row(line))
        column = self.columns.get(name)
        title = self.record.model_fields[name].title or name
        if column is None:
            return replace(self.table.cell(self.row(line)), header=title)
        at = column_at(column, line)
        cell = self.table.cell(self.row(line, name), at)
        cell = cell if cell.header else replace(cell, header=title)
        if name in self.names and cell.raw:
            return replace(cell, raw=MASK)
        return masked(cell, self.record, name)

    def place(self, name: str) -> str:
        """Where a field is on the tab: „B”, „D:H”, or nothing."""
        column = self.columns.get(name)
        if column is None or name in self.rows_of:
            return ""
        if isinstance(column, int):
            first, last = column_letters(column), column_letters(self.wide.get(name, column))
        elif not len(column):
            return ""
        else:
            first, last = column_letters(int(column.min())), column_letters(int(column.max()))
        return first if first == last else f"{first}:{last}"

    @property
    def data_rows(self) -> int:
        """How many rows of the tab hold data of it."""
        return len(set(rows_of_data(self)[0].tolist()))


@dataclass(frozen=True, slots=True)
class Reading:
    """All the tabs of one kind, read.

    `rows` has a column for every field of the record and `row`, which counts the lines of data
    over all the tabs from 0; it is also the index. `counted` is False where a row lacks
    something essential. `sums` are, tab by tab, the rows that sum up others or are examples, and are
    not data. `where` gives for each row the number of its tab and its line there.
    """

    record: type[Record]
    tabs: tuple[Recognised, ...]
    rows: pd.DataFrame
    counted: np.ndarray
    where: np.ndarray
    findings: tuple[Finding, ...]
    sums: tuple[int, ...] = ()

    @property
    def not_data(self) -> int:
        """Rows that sum up others or are examples, over all the tabs."""
        return sum(self.sums)

    def cell(self, row: int | None = None, field: str | None = None) -> Cell:
        """The cell of a field in a row, its text masked where it is personal; the row; or the tab."""
        if row is None:
            return self.tabs[0].table.whole() if self.tabs else Cell(self.record.tab)
        tab, line = (int(n) for n in self.where[row])
        return self.tabs[tab].cell(line, field)


# --- what the cells are worth -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as unique values: `codes` point into `values`, -1 where the cell is blank."""

    codes: np.ndarray
    values: list[Value]


def factorise(cells: Sequence[Value]) -> _Column:
    """The unique values of a column, a number and a text never the same; blank texts are blank."""
    codes, values = _places(cells) if isinstance(cells, Column) else _encoded(cells)
    # what begins with a letter or a digit is not blank: most values, so most are not looked at further
    blank = [isinstance(v, str) and not v[:1].isalnum() and plain(v) in BLANKS for v in values]
    if any(blank):
        codes = np.where(np.append(blank, False)[codes], -1, codes)
    return _Column(codes, values)


def _places(cells: Column) -> tuple[np.ndarray, list[Value]]:
    """The codes and values that the column was read with, less the values that stand above the header."""
    codes, values = np.array(cells.codes, dtype=np.int32), cells.values
    used = np.zeros(len(values) + 1, dtype=bool)
    used[codes] = True
    used[-1] = True
    if not used.all():
        codes = np.append(np.cumsum(used[:-1], dtype=np.int32) - 1, np.int32(-1))[codes]
        values = [value for value, here in zip(values, used[:-1], strict=True) if here]
    return codes, values


def _encoded(cells: Sequence[Value]) -> tuple[np.ndarray, list[Value]]:
    """The codes and values of plain cells; of one type quickly by pyarrow, of several one by one."""
    try:
        array = pa.array(cells, from_pandas=False)
        if pa.types.is_null(array.type):
            return np.full(len(cells), -1, dtype=np.int32), []
        encoded = array.dictionary_encode()
        codes = encoded.indices.fill_null(-1).to_numpy()
        values = encoded.dictionary.to_pylist()
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, UnicodeError):
        return _places(Column.of(cells))
    return codes, values


class Memo:
    """What the cells of a project were worth when they were read last, so that only new ones are validated.

    Values that the latest reading did not meet are let go.
    """

    def __init__(self) -> None:
        self._before: _Memory = {}
        self._now: _Memory = {}

    def turn(self) -> None:
        """A reading begins: what the last one met is known, what the one before it met is not."""
        self._before, self._now = self._now, {}

    def column(self, *key: Hashable) -> tuple[_Known, _Known]:
        """What is known of the values of a column, and where to put what this reading meets."""
        return self._before.get(key, {}), self._now.setdefault(key, {})


def _worth(
    record: type[Record], name: str, values: Sequence[Value], memo: Memo | None
) -> tuple[list[Any], dict[int, str]]:
    """As `_validate()`, but values that the memo knows are not validated again."""
    order = day_order(values) if kind_of(record.model_fields[name]).dtype == "datetime64[s]" else None
    if memo is None:
        return _validate(record, name, values, order)
    known, met = memo.column(record, name, order)
    keys = [(value.__class__, value) for value in values]  # for 1, 1.0 and True are equal
    new = [number for number, key in enumerate(keys) if key not in known]
    fresh, bad = _validate(record, name, [values[number] for number in new], order)
    met.update((key, known[key]) for key in keys if key in known)
    met.update((keys[number], (fresh[at], bad.get(at))) for at, number in enumerate(new))
    worths = [met[key] for key in keys]
    broken = {number: code for number, (_, code) in enumerate(worths) if code is not None}
    return [good for good, _ in worths], broken


def _validate(
    record: type[Record], name: str, values: Sequence[Value], order: str | None
) -> tuple[list[Any], dict[int, str]]:
    """The values of the unique cells, None where a cell is bad, and the rule each bad one breaks.

    `order` is what `day_order()` says of the whole column.
    """
    adapter = adapter_of(record, name)
    kind = kind_of(record.model_fields[name])
    context = {"day_order": order}
    any_text = kind.name in ("Text", "Code")
    good: list[Any] = [None] * len(values)
    broken: dict[int, str] = {}
    for number, value in enumerate(values):
        if any_text and isinstance(value, str) and AS_IT_STANDS.fullmatch(value):
            good[number] = value
            continue
        if is_error(value):
            broken[number] = rules.CELL_ERROR.code
            continue
        try:
            good[number] = adapter.validate_python(value, context=context)
        except ValidationError as error:
            broken[number] = error.errors(include_url=False, include_context=False)[0]["type"]
    return good, broken


def _typed(good: list[Any], codes: np.ndarray, dtype: str) -> Any:
    """The values spread back to the rows, as an array of `dtype`."""
    return pd.Series(good, dtype=dtype).array.take(codes, allow_fill=True)


def read(record: type[Record], tabs: Sequence[Recognised], memo: Memo | None = None) -> Reading:
    """All the tabs of one kind as one frame, with a finding for every bad cell.

    With a `memo`, only values that it does not know are validated.
    """
    found: list[Finding] = [finding for tab in tabs for finding in tab.findings]
    frames: list[pd.DataFrame] = []
    counted: list[np.ndarray] = []
    where: list[np.ndarray] = []
    sums: list[int] = []
    for number, tab in enumerate(tabs):
        kept, totals, columns = _data(tab)
        sums.append(totals)
        good_rows = np.ones(len(kept), dtype=bool)
        frame: dict[str, Any] = {}
        for name, field in record.model_fields.items():
            essential, may_be_blank = extra(field, "essential"), extra(field, "blank")
            dtype = kind_of(record.model_fields[name]).dtype
            if name not in columns:
                frame[name] = pd.array([None] * len(kept), dtype=dtype)
                if essential and not may_be_blank:
                    good_rows[:] = False
                continue
            codes = columns[name].codes
            if len(kept) < len(codes):
                codes = codes[kept]
            values, broken = _worth(record, name, columns[name].values, memo)
            frame[name] = _typed(values, codes, dtype)
            bad_unique = np.zeros(len(values) + 1, dtype=bool)
            bad_unique[list(broken)] = True
            bad_rows = np.flatnonzero(bad_unique[codes])
            missing_rows = np.flatnonzero(codes == -1) if not may_be_blank else np.empty(0, dtype=int)
            if essential:
                good_rows[bad_rows] = False
                good_rows[missing_rows] = False
            lost = 1 if essential else 0
            missing = (
                rules.EXPENSE_NOT_PAID if (record, name) == (Expense, "paid_on") else rules.REQUIRED_VALUE
            )
            for at in bad_rows:
                code = broken[int(codes[at])]
                found.append(_bad_cell(BY_CODE[code], record, name, tab.cell(int(kept[at]), name), lost))
            found.extend(missing.at(tab.cell(int(kept[at]), name), not_counted=lost) for at in missing_rows)
        frames.append(pd.DataFrame(frame))
        counted.append(good_rows)
        where.append(np.column_stack([np.full(len(kept), number), kept]))
    rows = pd.concat(frames, ignore_index=True) if frames else empty(record)
    rows["row"] = np.arange(len(rows), dtype="int64")
    return Reading(
        record,
        tuple(tabs),
        rows,
        np.concatenate(counted) if counted else np.empty(0, dtype=bool),
        np.concatenate(where) if where else np.empty((0, 2), dtype=int),
        tuple(found),
        tuple(sums),
    )


def empty(record: type[Record]) -> pd.DataFrame:
    """A frame of the record without rows."""
    fields = record.model_fields.items()
    return pd.DataFrame({name: pd.Series([], dtype=kind_of(field).dtype) for name, field in fields})


def _data(tab: Recognised) -> tuple[np.ndarray, int, dict[str, _Column]]:
    """The lines of a table that hold data, how many rows are sums, and its columns as unique values."""
    columns = {name: factorise(tab.values(name)) for name in tab.fields}
    for name, column in columns.items():
        if kind_of(tab.record.model_fields[name]).name == "Day" and extra(
            tab.record.model_fields[name], "blank"
        ):
            columns[name] = _without(OPEN_END, column)
        elif (tab.record, name) == (Expense, "paid_on"):
            columns[name] = _without(NOT_PAID, column)
        elif kind_of(tab.record.model_fields[name]).name == "Pesel":
            columns[name] = _without(NO_PESEL, column)
        elif kind_of(tab.record.model_fields[name]).name == "Count":
            columns[name] = _without(NO_LIMIT, column)
    if tab.lines is not None:
        return np.arange(len(tab.lines)), sum(reason == SUM for reason in tab.skip.values()), columns
    filled = np.zeros(len(tab.table), dtype=bool)
    for name in tab.columns:
        filled |= columns[name].codes != -1
    for row in tab.skip:
        filled[row] = False
    said = [] if tab.record is Fact else sums_of(tab.table, tab.span)  # „Wartość projektu” is a fact itself
    sums = [row for row in said if filled[row]]
    filled[sums] = False
    others = sum(reason in (SUM, EXAMPLE_ROW) for reason in tab.skip.values())
    return np.flatnonzero(filled), len(sums) + others, columns


NO_PESEL = re.compile(
    r"(?:brak|nie ma|nie posiada|bez|nie nadano|nie dotyczy|n/?d|b/?d|cudzoziem|ua\b|w trakcie)[^0-9]*",
    re.IGNORECASE,
)
"""What people type for a person who has no PESEL."""

NOT_PAID = re.compile(
    r"nie|(?:czeka|do zap[lł]aty|nie ?zap[lł]acon|nie ?op[lł]acon|w trakcie|brak zap[lł]aty).*", re.IGNORECASE
)
"""What people type instead of the day of payment of what they have not paid yet."""

NO_LIMIT = re.compile(
    r"(?:bez (?:limitu|ogranicze[nń])|nie dotyczy|n/?d|nie podano|dowolnie|b[./]?o\.?)", re.IGNORECASE
)
"""What people type for a number that is not set."""


def _without(words: re.Pattern[str], column: _Column) -> _Column:
    """A column in which words that say that there is nothing („nadal” for an end, „brak”) are blank."""
    said = [isinstance(v, str) and words.fullmatch(plain(v)) is not None for v in column.values]
    if not any(said):
        return column
    return _Column(np.where(np.append(said, False)[column.codes], -1, column.codes), column.values)


def rows_of_data(tab: Recognised) -> tuple[np.ndarray, int]:
    """The rows of a tab, from 0 below the header, that hold data of a table, and how many sums there are."""
    kept, sums, _ = _data(tab)
    return kept if tab.lines is None else tab.lines, sums


SUM = "suma"
"""Why a row that sums up others is no data."""


def columns_within(table: Table, span: tuple[int, int]) -> range:
    """The columns of a tab between the first and the last of a table; all where it has no span of its own."""
    every = range(len(table.columns))
    return every[span[0] : span[1] + 1] if span[1] else every


def sums_of(table: Table, span: tuple[int, int] = (0, 0)) -> list[int]:
    """The rows that sum up others: a cell says so („Razem”), and all the rest of them are numbers."""
    within = columns_within(table, span)
    columns = [table.columns[column] for column in within]
    found = []
    for row in sorted(rows_with(table, _LABELS, _is_label, within)):
        cells = [c[row] for c in columns if c[row] is not None and plain(c[row]) not in BLANKS]
        if len(cells) == 1 and isinstance(cells[0], str) and _COUNTED.fullmatch(cells[0]):
            found.append(row)
            continue
        labels = [value for value in cells if _is_label(value)]
        first = cells[0] if cells else None
        if isinstance(first, str) and TOTALS.match(first) and first.rstrip().endswith(":"):
            found.append(row)  # „Razem październik: | odb. | 4”
            continue
        sum_said = any(map(_says_sum, labels)) or (bool(labels) and any(map(_is_number, cells)))
        if sum_said and all(value in labels or _is_number(value) for value in cells):
            found.append(row)
            if any(isinstance(value, str) and _OF_PEOPLE.search(value) for value in labels):
                found += _counted_below(columns, row)
    return sorted(set(found))


_OF_PEOPLE = re.compile(r"(?i)\b(?:osób|os\.|uczestni[kc]|dzieci|ludzi)")
"""What the label of a sum says that counts people."""


def _counted_below(columns: Sequence[Sequence[Value]], row: int) -> Iterator[int]:
    """The rows right below a sum of people that count some of them too: „teraz w projekcie | 49”."""
    for below in range(row + 1, len(columns[0])):
        cells = [c[below] for c in columns if c[below] is not None and plain(c[below]) not in BLANKS]
        texts = [value for value in cells if not _is_number(value)]
        if len(cells) < 2 or len(texts) != 1 or not isinstance(texts[0], str) or looks_like_name(texts[0]):
            return
        yield below


_ENDS_AS_SUM = re.compile(r"\b(?:razem|og[oó][lł]em|[lł][aą]cznie)\s*:?\s*$", re.IGNORECASE)
"""How the label of a sum ends: „KB razem”."""

_TAKEN = r"(?:zaj[eę]t|zapisan|woln|rezerw|oczekuj)\w*(?:\s+(?:łącznie|razem|osób))?[\s:-]*[0-9]+"
"""How many places of a group are taken, or free, or waited for: „zajęte 14”."""

_LABELS = re.compile(
    rf"^(?:{TOTALS.pattern}|{_TAKEN})|:[ 0-9.,z/]*(?:zł|os\w*)?[.\s]*$|{_ENDS_AS_SUM.pattern[2:]}",
    re.MULTILINE,
)
"""What the label of a sum has, where every text is a line in lower case; it may end with a longer word."""


def _is_label(value: Value) -> bool:
    """Whether a cell may be the label of a sum: „Razem”, or a text that ends with a colon."""
    return isinstance(value, str) and (
        _says_sum(value) or value.rstrip().endswith(":") or _COUNTED.fullmatch(value) is not None
    )


_COUNTED = re.compile(
    r"\D[^:]{2,60}:\s*[0-9][0-9 .,]*(?:(?:z|/)\s*[0-9]+)?\s*(?:zł|os\w*)?[.\s]*"
    rf"|(?:{_TAKEN}[\s/,;|]*)+",
    re.IGNORECASE,
)
"""A sum in one cell: „teraz zapisanych: 13”, „zajęte 14 / wolne 1”."""


def _says_sum(value: Value) -> bool:
    return isinstance(value, str) and (TOTALS.match(value) or _ENDS_AS_SUM.search(value)) is not None


_BY_SEX = re.compile(r"(?:(?:[KM]|Dz|Ch)\.?\s*[-:]?\s*[0-9]+\s*[/,;]?\s*)+", re.IGNORECASE)
"""How many of each sex: „K 26 / M 21”."""


_WHAT_COUNTED = re.compile(r"[←→].*")
"""What points at numbers beside it: „← osób / K / M”."""


def _is_number(value: Value) -> bool:
    """Whether a cell holds a number or an amount, as a number or as text, or what it counts."""
    if isinstance(value, str):
        if is_day(value):
            return False  # „8 | 11.04.2024 | Podsumowanie” is a session
        return any(pattern.fullmatch(plain(value)) for pattern in (NUMBERS, UNITS, _BY_SEX, _WHAT_COUNTED))
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bad_cell(rule: Rule, record: type[Record], name: str, cell: Cell, lost: int) -> Finding:
    values: dict[str, Any] = {}
    dictionary = words_of(record.model_fields[name])
    if rule is rules.NOT_IN_DICTIONARY and dictionary is not None:
        words = [word.value for word in dictionary]
        values = {"allowed": ", ".join(words), "hint": nearest(cell.raw, words)}
    return rule.at(cell, not_counted=lost, **values)


def masked(cell: Cell, record: type[Record], name: str) -> Cell:
    """The cell with its text hidden if the column is personal; of a PESEL the last two digits stay.

    A column that says which specialist is personal where names stand in it instead of codes.
    """
    field = record.model_fields[name]
    personal = extra(field, "personal")
    if str(extra(field, "refers")).startswith("Specialist."):
        personal = any(map(looks_like_name, re.split("[;,\n]", cell.raw)))
    if not personal or not cell.raw:
        return cell
    tail = cell.raw[-2:] if kind_of(field).name == "Pesel" and len(cell.raw) > 4 else ""
    return replace(cell, raw=MASK + tail)


def nearest(typed: str, names: Iterable[str]) -> str:
    """„ Może „obecny”?” for the name most like what was typed; nothing where none is like it."""
    by_key = {key(name): name for name in names}
    near = process.extractOne(key(typed), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=70)
    return f" Może „{by_key[near[0]]}”?" if near else ""
