"""From a tab to a typed frame: which kind of table it is, and what every cell of it is worth.

The one place where pydantic meets pandas. A column is read by its unique values: each is
validated once, and the results and errors are spread back to the rows. A bad cell becomes a
finding at its address; a row without a good value where one is essential is not counted, and
stays in `Reading.rows` marked so.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
from pydantic import TypeAdapter, ValidationError
from rapidfuzz import fuzz, process

from lib import findings as rules
from lib.cells import day_order, is_error, key, plain
from lib.findings import BY_CODE, Finding, Rule
from lib.records import RECORDS, Record, extra, kind_of, words_of
from sheets.column import Column
from sheets.table import Cell, Table, Value

HEADER_ROWS = 40
"""How many rows at the top of a tab may come before its header."""

TOTALS = re.compile(
    r"\s*(?:razem|suma|og[oó][lł]em|[lł][aą]cznie|podsumowanie|sub-?total|total)\b", re.IGNORECASE
)
"""How the label of a row begins that sums up the others and is not data itself."""

EXAMPLE = re.compile(r"\s*przyk[lł]ad\b", re.IGNORECASE)
"""How a cell begins whose row is an example, as in a blank template, and not data."""

NUMBERS = re.compile(r"-?[0-9][0-9 .,]*(?: ?(?:zł|PLN|%))?", re.IGNORECASE)
"""What stands beside such a label: a number or an amount, however it is typed."""

BLANKS = frozenset({"", "-", "--", "---"})
"""Texts that say no more than an empty cell; dashes of any kind are one."""


AS_IT_STANDS = re.compile(r"(?:[{0}.]+ )*[{0}.]*[{0}]".format("0-9A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż,:;/()-"))
"""Texts that `plain()` leaves alone and that are no error of a sheet: most texts and codes."""


_Known: TypeAlias = dict[tuple[type, Value], tuple[Any, str | None]]
"""For each value of a column the value it is read as, and the rule it breaks, if any."""

_Memory: TypeAlias = dict[tuple[Hashable, ...], _Known]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A tab whose kind is known: the table below its header and the column of each field."""

    record: type[Record]
    table: Table
    columns: Mapping[str, int]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All the tabs of one kind, read.

    `rows` has a column for every field of the record and `row`, which counts the rows of data
    over all the tabs from 0; it is also the index. `counted` is False where a row lacks
    something essential. `sums` are, tab by tab, the rows that sum up
    others or are examples, and are not data. `where` gives for each row the number of its tab and
    its index there.
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
        tab, index = (int(n) for n in self.where[row])
        place = self.tabs[tab]
        if field is None:
            return place.table.cell(index)
        column = place.columns.get(field)
        if column is None:
            return place.table.cell(index)
        return masked(place.table.cell(index, column), self.record, field)


# --- what kind of table -------------------------------------------------------------------------


def header_key(header: Value) -> str:
    """The text by which headers are compared: without case, diacritics, punctuation and brackets."""
    without_brackets = re.sub(r"\(.*?\)|\[.*?\]", " ", key(header if header is not None else ""))
    return re.sub(r"[^a-z0-9/]+", " ", without_brackets).strip()


@cache
def _headers(record: type[Record]) -> dict[str, tuple[str, int]]:
    """Every header of a record: its field, and 0 for the proper header or 1, 2, ... for a synonym."""
    known: dict[str, tuple[str, int]] = {}
    for name, field in record.model_fields.items():
        for rank, header in enumerate((field.title or "", *extra(field, "synonyms"))):
            if rank < known.get(header_key(header), ("", 99))[1]:
                known[header_key(header)] = (name, rank)
    return known


@cache
def _titles(record: type[Record]) -> frozenset[str]:
    return frozenset(header_key(title) for title in (record.tab, *record.tab_synonyms))


def _titled(record: type[Record], title: str) -> bool:
    """Whether a tab's title names the record: „Uczestnicy”, „uczestnicy 2022”, „3. Uczestnicy”."""
    return re.sub(r"^[0-9 ]+|[0-9 ]+$", "", header_key(title)) in _titles(record)


def _matches(record: type[Record], headers: Sequence[str]) -> tuple[dict[str, int], float]:
    """The columns of the fields that `headers` name, and how good the match is."""
    known = _headers(record)
    best: dict[str, tuple[int, int]] = {}
    for column, header in enumerate(headers):
        if header in known:
            field, rank = known[header]
            if field not in best or rank < best[field][0]:
                best[field] = (rank, column)
    score = 0.0
    for field, (rank, _) in best.items():
        score += (3.0 if extra(record.model_fields[field], "essential") else 1.0) - 0.05 * rank
    taken = {column for _, column in best.values()}
    for column, header in enumerate(headers):
        if column in taken or len(header) < 5 or header in known:
            continue
        near = process.extractOne(header, known.keys(), scorer=fuzz.ratio, score_cutoff=88)
        if near is not None and (field := known[near[0]][0]) not in best:
            best[field] = (99, column)
            score += 0.5
    return {field: column for field, (_, column) in best.items()}, score


def recognise(table: Table) -> Recognised | Finding | None:
    """What kind of table a tab holds and where: None for none of them (a cover, notes, a pivot).

    The header is looked for in the first 40 rows by what it says. Without a title that names the
    kind, all the columns that must be filled have to be there. A tab with the title of a kind and
    no header is a finding.
    """
    best: tuple[float, int, type[Record], dict[str, int]] | None = None
    for index in range(min(len(table), HEADER_ROWS)):
        headers = [header_key(value) if isinstance(value, str) else "" for value in table.row(index)]
        if sum(1 for header in headers if header) < 2:
            continue
        for record in RECORDS:
            columns, score = _matches(record, headers)
            if len(columns) < 2:
                continue
            titled = _titled(record, table.title)
            if not titled and any(
                name not in columns and extra(field, "essential") and not extra(field, "blank")
                for name, field in record.model_fields.items()
            ):
                continue
            score += 4.0 if titled else 0.0
            if best is None or score > best[0]:
                best = (score, index, record, columns)
    if best is None:
        named = next((record for record in RECORDS if _titled(record, table.title)), None)
        if named is None:
            return None
        wanted = ", ".join(field.title or "" for field in list(named.model_fields.values())[:4])
        return rules.HEADER_NOT_FOUND.at(table.whole(), wanted=wanted)
    _, index, record, columns = best
    below = table.below(index)
    return Recognised(record, below, columns, tuple(_header_findings(record, below, columns)))


def _header_findings(record: type[Record], table: Table, columns: Mapping[str, int]) -> Iterable[Finding]:
    for name, field in record.model_fields.items():
        if name not in columns and not extra(field, "blank"):
            lost = _data_rows(table) if extra(field, "essential") else 0
            yield rules.MISSING_COLUMN.at(
                replace(table.cell(-1), raw=""), missing=field.title, not_counted=lost
            )
    read = {header_key(table.header[column]) for column in columns.values()}
    seen = set()
    for column, header in enumerate(table.header):
        if (name_key := header_key(header)) in seen and name_key in read:
            yield rules.DUPLICATE_HEADER.at(table.cell(-1, column))
        seen.add(name_key)


def _data_rows(table: Table) -> int:
    return sum(1 for index in range(len(table)) if any(v is not None for v in table.row(index)))


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


@cache
def _adapter(record: type[Record], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(record.model_fields[name].rebuild_annotation())


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
    adapter = _adapter(record, name)
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
        columns = {name: factorise(tab.table.columns[at]) for name, at in tab.columns.items()}
        data, totals = _rows_of_data(tab.table, columns)
        sums.append(totals)
        kept = np.flatnonzero(data)
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
            for at in bad_rows:
                code = broken[int(codes[at])]
                cell = tab.table.cell(int(kept[at]), tab.columns[name])
                found.append(_bad_cell(BY_CODE[code], record, name, cell, lost))
            for at in missing_rows:
                cell = tab.table.cell(int(kept[at]), tab.columns[name])
                found.append(rules.REQUIRED_VALUE.at(cell, not_counted=lost))
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


def _rows_of_data(table: Table, columns: Mapping[str, _Column]) -> tuple[np.ndarray, int]:
    """Which rows hold data: neither blank in every known column, nor a sum of others, nor an example.

    And how many sums and examples there are. A sum has a cell in any column that says so („Razem”),
    and nothing else but numbers; an example a cell that begins with „PRZYKŁAD”.
    """
    filled = np.zeros(len(table), dtype=bool)
    for column in columns.values():
        filled |= column.codes != -1
    sums = 0
    for row in _may_be_sums(table):
        cells = [value for value in table.row(row) if value is not None and plain(value) not in BLANKS]
        labels = [value for value in cells if isinstance(value, str) and TOTALS.match(value)]
        example = any(isinstance(value, str) and EXAMPLE.match(value) for value in cells)
        if filled[row] and (example or all(value in labels or _is_number(value) for value in cells)):
            filled[row] = False
            sums += 1
    return filled, sums


def _may_be_sums(table: Table) -> list[int]:
    """The rows with a cell that begins as the label of a sum or an example does."""
    rows: set[int] = set()
    for column in table.columns:
        if isinstance(column, Column):
            codes = [at for at, v in enumerate(column.values) if _is_label(v)]
            if codes:
                rows.update(np.flatnonzero(np.isin(np.array(column.codes), codes)).tolist())
        else:
            rows.update(at for at, v in enumerate(column) if _is_label(v))
    return sorted(rows)


def _is_label(value: Value) -> bool:
    """Whether a cell begins as the label of a sum or an example does."""
    return isinstance(value, str) and bool(TOTALS.match(value) or EXAMPLE.match(value))


def _is_number(value: Value) -> bool:
    """Whether a cell holds a number or an amount, as a number or as text."""
    if isinstance(value, str):
        return NUMBERS.fullmatch(plain(value)) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bad_cell(rule: Rule, record: type[Record], name: str, cell: Cell, lost: int) -> Finding:
    values: dict[str, Any] = {}
    dictionary = words_of(record.model_fields[name])
    if rule is rules.NOT_IN_DICTIONARY and dictionary is not None:
        words = [word.value for word in dictionary]
        values = {"allowed": ", ".join(words), "hint": nearest(cell.raw, words)}
    return rule.at(masked(cell, record, name), not_counted=lost, **values)


def masked(cell: Cell, record: type[Record], name: str) -> Cell:
    """The cell with its text hidden if the column is personal; of a PESEL the last two digits stay."""
    field = record.model_fields[name]
    if not extra(field, "personal") or not cell.raw:
        return cell
    tail = cell.raw[-2:] if kind_of(field).name == "Pesel" and len(cell.raw) > 4 else ""
    return replace(cell, raw="•••" + tail)


def nearest(typed: str, names: Iterable[str]) -> str:
    """„ Może „obecny”?” for the name most like what was typed; nothing where none is like it."""
    by_key = {key(name): name for name in names}
    near = process.extractOne(key(typed), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=70)
    return f" Może „{by_key[near[0]]}”?" if near else ""
