"""Connecting a spreadsheet: what would be read from it, what is to be asked, and what is to be saved.

tabs + what was said of them so far + facts -> preview() -> shown, corrected, previewed again
                                            -> choices_to_save() -> projects.toml
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

import numpy as np

from lib.cells import key
from lib.figures import figures
from lib.findings import TAB_UNCLEAR, Finding, Severity
from lib.headers import SPOKEN, header_key
from lib.mapping import Choices, Key, answered, field_title, is_answers, key_of, said_of, stated
from lib.names import MASK, looks_like_name, without_names
from lib.numbers import Numbers
from lib.project import PARAMETERS, Parameter
from lib.project_list import Answer, answers_tab, is_field, is_readable
from lib.reading import SUM, Question, Reading, Recognised, columns_within, rows_of_data, sums_of
from lib.recognition import Choice, names_of_columns, recognise
from lib.recognition.marks import Legend, legend_of_all
from lib.records import RECORDS, Place, Record, extra, record_of
from lib.register import Readings, Register, read_tabs, register, severities
from sheets.table import Table, column_letters, text

SAMPLE = 3
"""So many rows of data are shown of a table."""

SAMPLE_COLUMNS = 12
"""So many columns at most are shown of a table of days."""

CERTAIN, LIKELY = 0.9, 0.7
"""From so much on a column is certain, or likely."""

WHO = (("person", "Kto: numer albo nazwisko i imię"),)
"""The one field of a list of people by days that a person chooses a column for."""

SAID_AT_CONNECTING = "podano przy podłączaniu"
"""The source of the name that a person gives to a project."""


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column and the field it is taken for: how surely, in a word, and why."""

    field: str
    title: str
    place: str
    header: str
    sure: float
    reason: str

    @property
    def word(self) -> str:
        """„pewne”, „prawdopodobne” or „niepewne”."""
        return "pewne" if self.sure >= CERTAIN else "prawdopodobne" if self.sure >= LIKELY else "niepewne"


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table found on a tab.

    headers   every header of it with the letter of its column, in order; of a list of people by days only
              what is beside the days, a column without a header of its own as „kolumna C”
    fields    every field that a column may be taken for, with its Polish name
    unused    the columns that are not read
    not_data  for each reason the rows that are no data
    sample    the first rows of data below `sample_header`, personal cells masked
    whole     the same, nothing masked, and with the columns that are not read
    by_days   whether it is a list of people by days, of which only the column that says who is a field
    """

    record: type[Record]
    header_rows: tuple[int, ...]
    rows: int
    counted: int
    sure: float
    columns: tuple[ColumnSeen, ...]
    headers: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    unused: tuple[tuple[str, str], ...]
    not_data: Mapping[str, tuple[int, ...]]
    sample_header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    whole_header: tuple[str, ...]
    whole: tuple[tuple[str, ...], ...]
    by_days: bool

    @property
    def rejected(self) -> int:
        """How many rows would be left out of every figure."""
        return self.rows - self.counted


@dataclass(frozen=True, slots=True)
class TabSeen:
    """A tab and what would be read from it.

    `open` are the questions that nobody answered, `questions` all of them; `choice` is what was said.
    """

    key: Key
    title: str
    workbook: str
    choice: Choice
    tables: tuple[TableSeen, ...]
    questions: tuple[Question, ...]
    open: tuple[Question, ...]
    findings: tuple[Finding, ...]

    @property
    def kinds(self) -> str:
        """The Polish names of the kinds of table on it; empty where there is none."""
        return ", ".join(dict.fromkeys(table.record.tab for table in self.tables))

    @property
    def left_alone(self) -> bool:
        """Whether somebody said that it is to be left alone."""
        return self.choice.kind == ""

    @property
    def unclear(self) -> bool:
        """Whether it cannot be said what kind of table it holds."""
        return any(finding.rule is TAB_UNCLEAR for finding in self.findings)

    @property
    def clear(self) -> bool:
        """Whether nothing has to be asked about it."""
        return not self.open and not self.unclear

    @property
    def to_look_at(self) -> bool:
        """Whether somebody had better look at it: a question, or a column that is anything but likely."""
        doubtful = any(seen.sure < LIKELY for table in self.tables for seen in table.columns)
        return not self.clear or doubtful

    @property
    def severities(self) -> dict[Severity, int]:
        """How many findings it would have."""
        return severities(self.findings)


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that no tab states, and what is missing without it."""

    parameter: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the project; `kind` is „number”, „share” or „grosze”, `value` None where not known."""

    label: str
    value: float | int | None
    kind: str = "number"
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a project would be: its tabs, its headline figures on `as_of`, the facts to be asked once."""

    tabs: tuple[TabSeen, ...]
    headlines: tuple[Headline, ...]
    asked: tuple[Asked, ...]
    findings: tuple[Finding, ...]
    as_of: dt.date
    name: str | None
    tables: tuple[Table, ...] = field(repr=False, default=())

    @property
    def clear(self) -> bool:
        """Whether nothing has to be asked about any tab."""
        return all(tab.clear for tab in self.tabs)

    @property
    def recognised(self) -> bool:
        """Whether any tab is known at all."""
        return any(tab.tables for tab in self.tabs)


ASKED: tuple[tuple[str, str], ...] = (
    ("name", "pod tą nazwą projekt stoi na stronach"),
    ("target_persons", "ile osób brakuje do celu i w jakim tempie"),
    ("starts_on", "ile czasu minęło; wejścia, zajęcia i wydatki poza okresem"),
    ("ends_on", "ile czasu minęło; wejścia, zajęcia i wydatki poza okresem"),
    ("total_gr", "jaka część budżetu jest wydana i ile zostało"),
    ("eu_gr", "podział wydatków na źródła"),
    ("state_gr", "podział wydatków na źródła"),
    ("own_gr", "podział wydatków na źródła i brakujący wkład własny"),
    ("durability_starts_on", "od kiedy liczy się gotowość miejsc"),
    ("durability_ends_on", "do kiedy liczy się gotowość miejsc"),
    ("places_commitment", "czy miejsca sumują się do zobowiązania"),
)
"""The facts that figures need, by their fields in `Project`, and what each of them is for."""

NOUNS: Mapping[str, str] = {
    "kwotę": "kwota",
    "datę": "data",
    "liczbę": "liczba",
    "procent": "procent",
    "tekst": "tekst",
}
"""How the kinds of facts are called."""

_EXAMPLES: Mapping[str, str] = {"kwotę": "np. 1 042 938,86", "datę": "np. 01.03.2022", "liczbę": "np. 352"}


def preview(
    tabs: Sequence[Table],
    choices: Choices,
    facts: Sequence[Answer],
    today: dt.date,
    numbers: Numbers | None = None,
    connected: Choices | None = None,
) -> Preview:
    """What would be read from these tabs, with what was said of them and of the project so far.

    `connected` is what was said when the project was saved; None for a new one, where no tab is newer.
    """
    given = tuple(fact for fact in facts if problem_of(fact) is None)
    readings = read_tabs(
        [*tabs, *answers_tab(given)], choices=choices, numbers=numbers, connected=connected or {}
    )
    whole = register(readings, today, today=today)
    last = whole.durability_period.last if whole.durability_period is not None else whole.project.ends_on
    if last is not None and last < today:
        whole = register(readings, last, today=today)
    seen = tuple(_tab(tab, tabs, choices, readings, whole) for tab in tabs)
    return Preview(
        seen,
        tuple(_headlines(whole)),
        tuple(_asked(readings, whole)),
        whole.findings,
        whole.as_of,
        whole.project.short_name or whole.project.name,
        tuple(tabs),
    )


def problem_of(fact: Answer) -> str | None:
    """What is wrong with an answer, in Polish; None when it can be saved."""
    parameter = next(p for p in PARAMETERS if p.name == fact.parameter)
    if not is_readable(fact.parameter, fact.value):
        example = _EXAMPLES.get(parameter.kind, "")
        noun = NOUNS.get(parameter.kind, parameter.kind)
        return f"„{fact.value}” to nie {noun}" + (f" ({example})." if example else ".")
    return None if fact.source.strip() else "Wpisz, skąd to wiadomo (np. umowa o dofinansowanie, par. 3)."


# --- what a person says -------------------------------------------------------------------------


def with_kind(choices: Choices, tab: TabSeen, kind: str | None) -> Choices:
    """The choices with another kind of table for a tab; what was said of its columns is of no use then."""
    return _with(choices, tab.key, Choice(kind, {}, tab.choice.answers))


def with_column(choices: Choices, tab: TabSeen, table: TableSeen, field: str, header: str | None) -> Choices:
    """The choices with another column for a field; "" for no column, None for whatever is recognised."""
    columns = dict(tab.choice.columns)
    own = f"{table.record.__name__}.{field}"
    columns.pop(field, None)
    columns.pop(own, None)
    if header is not None:
        if header:  # a column is read as one thing only
            columns = {f: h for f, h in columns.items() if not _same_column(tab, table, f, h, header)}
        columns[field if len({t.record for t in tab.tables}) == 1 else own] = header
    return _with(choices, tab.key, replace(tab.choice, columns=columns))


def _same_column(tab: TabSeen, table: TableSeen, field: str, header: str, wanted: str) -> bool:
    kind = field.partition(".")[0] if "." in field else table.record.__name__
    return kind == table.record.__name__ and header_key(header) == header_key(wanted)


def with_answer(choices: Choices, tab: TabSeen, about: str, value: str) -> Choices:
    """The choices with the answer to a question about a tab."""
    if about == "kind":
        return with_kind(choices, tab, value)
    for table in tab.tables:
        if about in table.record.model_fields:
            return with_column(choices, tab, table, about, value)
    return _with(choices, tab.key, replace(tab.choice, answers={**tab.choice.answers, about: value}))


def forgotten(choices: Choices, tab: TabSeen) -> Choices:
    """The choices without anything about a tab."""
    return {one: choice for one, choice in choices.items() if one not in (tab.key, tab.title)}


def _with(choices: Choices, one: Key, choice: Choice) -> Choices:
    return {**choices, one: choice}


def record_named(name: str) -> type[Record] | None:
    """The kind of table by its Polish name, another name of such a tab, or its class name."""
    for record in RECORDS:
        if key(name) in {key(own) for own in (record.tab, *record.tab_synonyms)}:
            return record
    return record_of(name)


def field_named(name: str, records: Iterable[type[Record]]) -> str | None:
    """The field by its Polish header or its own name, in any of these kinds of table; None for none."""
    for record in records:
        for own, title in _fields(record):
            if name == own or key(name) == key(title):
                return own
    return None


def header_named(table: TableSeen, typed: str) -> str | None:
    """The column of a table as a choice calls it, by that or by its letter; None for none."""
    names = dict(table.headers)
    return typed if typed in names.values() else names.get(typed.upper())


def choices_to_save(seen: Preview) -> dict[Key, Choice]:
    """What to save so that every tab is read later as it is read now, whatever else is added to it."""
    saved: dict[Key, Choice] = {}
    legend = cache(partial(legend_of_all, seen.tables))
    for tab, table in zip(seen.tabs, seen.tables, strict=True):
        choice = tab.choice
        if tab.left_alone:
            saved[tab.key] = Choice("")
        elif tab.tables:
            saved[tab.key] = _pinned(tab, table, legend)
        elif choice != Choice():
            saved[tab.key] = choice
    return saved


def _pinned(tab: TabSeen, table: Table, legend: Callable[[], Legend]) -> Choice:
    """The kind and the columns of a tab as they are read now; less where that would read it otherwise."""
    kinds = list(dict.fromkeys(one.record.__name__ for one in tab.tables))
    columns: dict[str, str] = {}
    differ: set[str] = set()
    for one in tab.tables:
        for column in one.columns:
            name = column.field if len(kinds) == 1 else f"{one.record.__name__}.{column.field}"
            if (
                column.header
                and ":" not in column.place
                and columns.setdefault(name, column.header) != column.header
            ):
                differ.add(name)
    for name, header in tab.choice.columns.items():
        own = (
            name
            if len(kinds) == 1 or "." in name
            else next(
                (f"{one.record.__name__}.{name}" for one in tab.tables if name in dict(one.fields)), name
            )
        )
        own = own.rpartition(".")[2] if len(kinds) == 1 else own
        if not header:
            columns[own] = ""
    pinned = Choice(
        kinds[0] if len(kinds) == 1 else None,
        {name: header for name, header in columns.items() if name not in differ},
        dict(tab.choice.answers),
    )
    now = _shape(table, tab.choice, legend)
    for choice in (pinned, replace(pinned, kind=tab.choice.kind)):
        sound = all(is_field(name, choice.kind) for name in choice.columns)
        if sound and _shape(table, choice, legend) == now:
            return choice
    return tab.choice


def _shape(table: Table, choice: Choice, legend: Callable[[], Legend]) -> list[tuple[object, ...]]:
    """What is read from where on a tab, to compare."""
    found = recognise(table, choice if choice != Choice() else None, legend)
    return [
        (
            one.record,
            one.header_rows,
            one.data_rows,
            sorted((seen.field, seen.column) for seen in one.evidence),
        )
        for one in found.tables
    ]


# --- what is seen -------------------------------------------------------------------------------


def _tab(tab: Table, tabs: Sequence[Table], choices: Choices, readings: Readings, whole: Register) -> TabSeen:
    choice = said_of(tab, choices) or Choice()
    tables = []
    for record, reading in readings.by_record.items():
        for number, one in enumerate(reading.tabs):
            if not one.derived and one.table.name == tab.name and not is_answers(one.table):
                tables.append(_table(record, reading, number, one, whole))
    tables.sort(key=lambda table: table.header_rows)
    questions = tuple(q for q in readings.questions if (q.tab, q.workbook) == (tab.title, tab.workbook))
    return TabSeen(
        key_of(tab, tabs),
        tab.title,
        tab.workbook,
        choice,
        tuple(tables),
        questions,
        tuple(question for question in questions if not answered(question, choice)),
        tuple(f for f in whole.findings if (f.cell.tab, f.cell.workbook) == (tab.title, tab.workbook)),
    )


def _table(
    record: type[Record], reading: Reading, number: int, one: Recognised, whole: Register
) -> TableSeen:
    own = reading.where[:, 0] == number
    counted = np.isin(np.arange(len(reading.rows)), whole.frames[record]["row"])
    by_days = one.listed is not None
    columns = tuple(
        ColumnSeen(
            seen.field, field_title(record, seen.field), seen.column, seen.header, seen.sure, seen.reason
        )
        for seen in sorted(one.evidence, key=lambda seen: [*_indices(seen.column)])
    )
    headers = tuple(
        (column_letters(at), one.table.header[at])
        for at in columns_within(one.table, one.span)
        if at < len(one.table.header) and one.table.header[at]
    )
    used = {at for seen in columns for at in _indices(seen.place)}
    unused = tuple((letter, header) for letter, header in headers if _index(letter) not in used)
    kept, _ = rows_of_data(one)
    rows = list(dict.fromkeys(kept.tolist()))[:SAMPLE]
    shown = [(at, seen) for seen in columns for at in _indices(seen.place)][:SAMPLE_COLUMNS]
    shown.sort(key=lambda pair: pair[0])
    across = sorted({at for at, _ in shown} | {_index(letter) for letter, _ in unused})[: 2 * SAMPLE_COLUMNS]
    return TableSeen(
        record,
        one.header_rows,
        int(own.sum()),
        int((own & counted).sum()),
        one.sure,
        columns,
        _beside_days(one) if by_days else headers,
        WHO if by_days else _fields(record),
        tuple((letter, without_names(header)) for letter, header in unused),
        _not_data(one),
        tuple(f"{column_letters(at)}: {seen.title}" for at, seen in shown),
        tuple(tuple(_masked(one, row, at, seen) for at, seen in shown) for row in rows),
        tuple(f"{column_letters(at)}: {_header(one, at)}" for at in across),
        tuple(tuple(_text(one, row, at) for at in across) for row in rows),
        by_days,
    )


def _beside_days(one: Recognised) -> tuple[tuple[str, str], ...]:
    """The columns of a list of people that may say who: by letter, and as a choice calls them."""
    assert one.listed is not None
    first = min(column for column, *_ in one.listed.days)
    names = names_of_columns({at: _header(one, at) for at in range(first)})
    return tuple(
        (column_letters(at), name)
        for at, name in names.items()
        if any(one.table.columns[at][row] is not None for row in one.listed.rows)
    )


def _fields(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """Every field that a column of such a table may be taken for, with its Polish name."""
    own = [(name, column.title or name) for name, column in record.model_fields.items()]
    parts = [f"~{together.how}" for together in SPOKEN[record].together]
    return (*own, *((name, field_title(record, name)) for name in dict.fromkeys(parts)))


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _indices(place: str) -> range:
    """The columns of „B” or „D:H”, from 0."""
    first, _, last = place.partition(":")
    return range(_index(first), _index(last or first) + 1) if first else range(0)


def _header(one: Recognised, at: int) -> str:
    return one.table.header[at] if at < len(one.table.header) else ""


def _text(one: Recognised, row: int, at: int) -> str:
    return text(one.table.columns[at][row]) if at < len(one.table.columns) else ""


def _masked(one: Recognised, row: int, at: int, seen: ColumnSeen) -> str:
    """The text of a cell, hidden where it is, or looks like, somebody's name or another personal value."""
    value = _text(one, row, at)
    column = one.record.model_fields.get(seen.field)
    personal = column is None or extra(column, "personal")
    named = seen.field in one.names or looks_like_name(value)
    together = seen.field.removeprefix("~") in ("period", "times", "day", "group")
    return MASK if value and ((personal and not together) or named) else value


def _not_data(one: Recognised) -> dict[str, tuple[int, ...]]:
    """For each reason the rows of the sheet, from 1, that are no data."""
    rows = dict(one.skip)
    if one.lines is None:
        rows |= {row: SUM for row in sums_of(one.table, one.span) if row not in rows}
    found: dict[str, list[int]] = {}
    for row in sorted(rows):
        found.setdefault(rows[row], []).append(row + one.table.first_row)
    return {reason: tuple(numbers) for reason, numbers in found.items()}


def _headlines(whole: Register) -> Iterable[Headline]:
    told = figures(whole)
    people, money, places = told["capacity"]["persons"], told["budget"], told["durability"]
    yield Headline("Osoby objęte wsparciem", people["ever"], of=people["target"])
    yield Headline("Osoby teraz w projekcie", people["active"])
    yield Headline("Grupy", len(whole.groups))
    yield Headline("Zajęcia odbyte", told["capacity"]["sessions"]["held"])
    yield Headline("Frekwencja", told["capacity"]["attendance"]["rate"], "share")
    yield Headline("Wydano", money["spent_gr"], "grosze", money["total_gr"])
    yield Headline("Miejsca gotowe", places["ready"], of=places["declared"])


def _asked(readings: Readings, whole: Register) -> Iterable[Asked]:
    known: set[Parameter] = stated(readings.tables)
    told = {parameter.field for parameter in known}
    told |= {f"{name.removesuffix('share')}gr" for name in told if name.endswith("_share")}
    if whole.has(Place) and whole.places["starts_on"].notna().any() and whole.places["ends_on"].notna().any():
        told |= {"durability_starts_on", "durability_ends_on"}
    for name, why in ASKED:
        if name not in told:
            parameter = next(p for p in PARAMETERS if p.field == name)
            yield Asked(parameter.name, parameter.kind, why)
