"""Sheets that nobody would keep: whatever stands in them nothing breaks, no row is lost, no name is told."""

import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from lib import cells, figures
from lib import register as registers
from lib.findings import TAB_FAILED
from lib.headers import SPOKEN
from lib.project import PARAMETERS
from lib.recognition.meeting import Meeting
from lib.records import RECORDS, Record, extra, kind_of, words_of
from lib.register import Register
from sheets.column import Column
from sheets.table import Table, Value

AS_OF = dt.date(2024, 3, 10)

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
"""Few for every day; many thousand, at random, before a release."""

fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
few = settings(fuzzed, max_examples=max(EXAMPLES // 4, 1))

# --- cells ----------------------------------------------------------------------------------------

SURNAMES = ("Wżdrągalska", "Grzmocisław-Bąk", "Pćmielińska", "QXZURKA", "Hrząkalewicz")
FIRST_NAMES = ("Zdzimirada", "Anna", "Jan", "Świętożyrna", "Ćwibrozław")
SECRET_NAMES = ("dragalsk", "grzmocis", "pcmielin", "qxzurk", "hrzakale", "zdzimira", "swietozyr", "cwibrozl")
PESELS = ("31071955555", "44051401358", "31271912345", "31071912348", "77777777777", 31071955555)
BIRTHS = ("19.07.1931", "1931-07-19", dt.date(1931, 7, 19), "19/07/1931", "19.07.31", "31.02.1931")
PHONES = ("600 731 955", "+48 600731955", 600731955, "600-731-955 (mama)")
SECRETS = (*SECRET_NAMES, "31071955", "31271912", "31071912", "1931", "600731", "600 731", "600-731")

NAMES = st.sampled_from(
    [f"{s} {f}" for s in SURNAMES for f in FIRST_NAMES] + [f"{f} {s}" for s in SURNAMES for f in FIRST_NAMES]
)
CODES = (
    "U1",
    "U2",
    "U3",
    "G1",
    "G2",
    "GW 1",
    "F1",
    "Z1",
    "Z2",
    "1",
    1,
    2.0,
    "1.1",
    "1.2.",
    "P1",
    "M/1",
    True,
)
WORDS = ("Mediacje", "Kurs", "mediacje ", "Grupa: GW 1", "grupa młodsza", "lista rezerwowa", "Zadanie 1")
DAYS = (
    *("12.03.2024", "2024-03-05", "3 marca 2024 r.", "03/04/24", "31.02.2024", "5.3.24", "nadal", "20240307"),
    *(
        "pon. 04.03.2024",
        "12.03.2024 - 15.03.2024",
        "III 2024",
        "marzec 2024",
        "1.03",
        "12/3",
        "2024",
        "00.00.0000",
    ),
    *(45361, 45362.0, 45363.5, -1, 0, 10**9, dt.date(2024, 3, 6), dt.datetime(2024, 3, 7, 12, 30)),
    *(dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.datetime(9999, 12, 31, 23, 59)),
)
HOURS = (
    "16:30",
    "16.30",
    "godz. 8",
    16.3,
    0.6875,
    dt.time(9, 15),
    dt.timedelta(hours=9),
    "16:00-18:00",
    "25:00",
    0,
)
AMOUNTS = (
    "1 042,50",
    "1.042",
    "12o,50",
    100,
    99.99,
    -5,
    "0,005",
    "450,-",
    "12,5 zł",
    1e308,
    10**30,
    float("inf"),
)
MARKS = (
    "x",
    "X",
    "1",
    1,
    0,
    "ob.",
    "nb",
    "u",
    "-",
    "–",
    "usp.",
    "odwołane",
    "?",
    True,
    False,
    "✓",
    None,
    None,
)
DITTOS = ("j.w.", '"', "-//-", "〃", "jak wyżej")
LABELS = (
    *("Razem", "RAZEM:", "Suma", "ogółem", "Przykład", "przykład: U1", "Legenda: x - obecny, nb - nieobecny"),
    *("Sporządził: koordynator", "Uwagi:", "Grupa: GW 1", "Gr. 2", "Zadanie 1", "Styczeń 2024", "marzec"),
    *("Spotkanie 12.03.2024", "Forma wsparcia: Mediacje", "lista rezerwowa:", "Podpis ........", "rok 2024"),
)
JUNK = (
    *(
        "\ud800",
        "a\udfffb",
        "\u202eabc",
        "\u200b",
        "\u200b\u200c",
        "\ufeff",
        "\x00",
        "é" * 3000,
        "x" * 40_000,
        "=1+1",
    ),
    *(
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "Loading...",
        "{0}",
        "{raw}",
        "%s",
        "${x}",
        "[a](b)",
        "<b>",
        "|",
        "·",
        " · ",
        "G1 · x",
    ),
    *(
        "G1 · 2024-13-40",
        " · 2024-03-05 #2",
        "\n",
        "\t",
        "'",
        "`",
        "—",
        "...",
        "・",
        "１２",
        "²",
        "٣",
        "½",
        "Ⅻ",
        "ﬀ",
        "İ",
    ),
    *(float("nan"), float("inf"), float("-inf"), -0.0, 1e-320, 1e308, 10**30, -(2**63), 2**64, True, False),
    *(dt.datetime(1899, 12, 30, 8, 0), dt.datetime(1, 1, 1), dt.time(0, 0), dt.time(23, 59, 59, 999999)),
    *(dt.timedelta(0), dt.timedelta(days=-1), dt.timedelta(days=10**6), "1" * 400, "-" * 400, "„”"),
)
BLANK = st.none()
JUNKS = st.sampled_from(JUNK) | st.text(max_size=12)


def values_of(record: type[Record], name: str) -> st.SearchStrategy[Value]:
    """Good and bad values of a field: no secret stands where a secret may be told."""
    field = record.model_fields[name]
    if record.__name__ == "Fact":
        texts = (
            [parameter.name for parameter in PARAMETERS] if name == "parameter" else [*DAYS, *AMOUNTS, *WORDS]
        )
        return st.sampled_from(texts)
    if name in ("surname", "first_name", "name") and extra(field, "personal"):
        own = {"surname": st.sampled_from(SURNAMES), "first_name": st.sampled_from(FIRST_NAMES)}
        return own.get(name, NAMES)
    if (dictionary := words_of(field)) is not None:
        return st.sampled_from(
            [*(w.value for w in dictionary), *(s for w in dictionary for s in w.spellings), "?"]
        )
    kinds: dict[str, tuple[Value, ...]] = {
        "Pesel": PESELS,
        "BirthDay": BIRTHS,
        "Phone": PHONES,
        "Day": DAYS,
        "Minute": HOURS,
        "MoneyGr": AMOUNTS,
        "Hours": AMOUNTS,
        "Count": (0, 1, 2, 12, "3", "-1", 2.5, "dużo", 10**12),
        "YesNo": ("TAK", "NIE", "x", True, "może"),
        "Code": CODES,
    }
    return st.sampled_from(kinds.get(kind_of(field).name, WORDS))


def headers_of(record: type[Record], name: str) -> tuple[str, ...]:
    """All the headers of a field."""
    field = record.model_fields[name]
    return (field.title or name, *extra(field, "synonyms"), *SPOKEN[record].fields.get(name, ()))


TITLES = (
    *(record.tab for record in RECORDS),
    *(title for record in RECORDS for title in (*record.tab_synonyms, *SPOKEN[record].tabs)),
    *(
        "Arkusz1",
        "Marzec 2024",
        "Gr. 1",
        "2024-03",
        "Dziennik zajęć",
        "Lista obecności - marzec 2024",
        "",
        " ",
        "\ud800",
    ),
    *("{0}", "a!b", "'x'", "・" * 60),
)

# --- grids ----------------------------------------------------------------------------------------

Grid = list[list[Value]]


@st.composite
def lists(draw: Callable[..., object]) -> Grid:
    """A table of some kind: its header, rows of it, and what people put between them."""
    record = draw(st.sampled_from(RECORDS))
    gone = draw(st.sets(st.sampled_from(list(record.model_fields)), max_size=len(record.model_fields) - 1))
    most = draw(st.sampled_from((True, True, False)))
    fields = [
        name for name in record.model_fields if (name in sorted(gone)[:2] if most else name in gone) is False
    ]
    fields = draw(st.permutations(fields)) if draw(st.booleans()) else fields
    columns = [(draw(st.sampled_from(headers_of(record, name))), values_of(record, name)) for name in fields]
    for together in SPOKEN[record].together:
        if draw(st.integers(0, 3)) == 0:
            values = {
                "name": NAMES,
                "surname": st.sampled_from(SURNAMES),
                "first_name": st.sampled_from(FIRST_NAMES),
            }
            header = draw(st.sampled_from(together.headers))
            columns.append((header, values.get(together.how, st.sampled_from(DAYS + HOURS))))
    header = [text for text, _ in columns]
    width = len(columns)
    row = st.tuples(*(values | BLANK if draw(st.booleans()) else values for _, values in columns)).map(list)
    alone = st.tuples(st.sampled_from(LABELS), st.integers(0, width - 1)).map(
        lambda pair: [pair[0] if at == pair[1] else None for at in range(width)]
    )
    total = st.tuples(st.sampled_from(("Razem", "Suma", "ogółem")), st.integers(0, 99)).map(
        lambda pair: [pair[0], *[pair[1]] * (width - 1)]
    )
    rare = st.one_of(
        alone,
        total,
        st.just([None] * width),
        st.just(header),
        st.just(list(range(1, width + 1))),
        st.tuples(row, st.sampled_from(DITTOS), st.integers(0, width - 1)).map(
            lambda three: [three[1] if at == three[2] else v for at, v in enumerate(three[0])]
        ),
        st.tuples(row, JUNKS, st.integers(0, width - 1)).map(
            lambda three: [three[1] if at == three[2] else v for at, v in enumerate(three[0])]
        ),
    )
    rows = draw(st.lists(st.one_of(row, row, row, rare), max_size=10))
    above = [["Grupy", *header[1:]]] if width > 1 and draw(st.integers(0, 5)) == 0 else []
    return [*above, header, *rows]


@st.composite
def matrices(draw: Callable[..., object]) -> Grid:
    """People by days."""
    whole = st.sampled_from([d for d in DAYS if not isinstance(d, (int, float))])
    days = draw(
        st.one_of(
            st.lists(whole, min_size=1, max_size=8),
            st.lists(st.sampled_from(("1.03", "5.03", "12.04", "30.02", "3 IV")), min_size=2, max_size=6),
            st.integers(3, 9).map(lambda n: list(range(30 - n, 30))),
            st.just([27, 28, 29, 30, 31]),
            st.just([1, 2.0, float("nan"), 4, float("inf")]),
        )
    )
    two = draw(st.booleans())
    header = [
        *(("Nazwisko", "Imię") if two else (draw(st.sampled_from(("Nazwisko i imię", "Uczestnik", None))),)),
        *days,
    ]
    who = (
        st.tuples(st.sampled_from(SURNAMES), st.sampled_from(FIRST_NAMES)).map(list)
        if two
        else st.one_of(NAMES, NAMES, st.sampled_from(CODES), BLANK).map(lambda name: [name])
    )
    marks = st.lists(st.sampled_from(MARKS), min_size=len(days), max_size=len(days))
    person = st.tuples(who, marks).map(lambda pair: [*pair[0], *pair[1]])
    other = st.one_of(
        st.sampled_from(LABELS).map(lambda label: [label]),
        st.tuples(st.sampled_from(("Razem", "obecnych", None)), st.integers(0, 30)).map(
            lambda pair: [pair[0], *[None] * (len(header) - len(days) - 1), *[pair[1]] * len(days)]
        ),
        st.just([]),
        st.just(header),
        st.tuples(who, JUNKS).map(lambda pair: [*pair[0], *[pair[1]] * len(days)]),
    )
    rows = draw(st.lists(st.one_of(person, person, person, other), max_size=9))
    above = draw(st.lists(st.sampled_from(LABELS).map(lambda label: [label]), max_size=2))
    return [*above, header, *rows]


@st.composite
def heaps(draw: Callable[..., object]) -> Grid:
    """Anything in any cell."""
    headers = [
        text for record in RECORDS for name in record.model_fields for text in headers_of(record, name)
    ]
    pools = (DAYS, HOURS, AMOUNTS, MARKS, DITTOS, LABELS, CODES, WORDS, tuple(headers), JUNK)
    cell = st.one_of(BLANK, BLANK, JUNKS, *map(st.sampled_from, pools))
    width = draw(st.integers(0, 12))
    return draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=12))


def stacked(grids: list[Grid]) -> Grid:
    """Grids one below another, a blank row between them."""
    return [row for grid in grids for row in (*grid, [])][:30]


def beside(one: Grid, other: Grid) -> Grid:
    """Two grids side by side, a blank column between them."""
    width = max(map(len, one), default=0) + 1
    height = max(len(one), len(other))
    one, other = (grid + [[]] * (height - len(grid)) for grid in (one, other))
    return [[*left, *[None] * (width - len(left)), *right] for left, right in zip(one, other, strict=True)]


@st.composite
def tabs(draw: Callable[..., object]) -> Table:
    """A tab with something on it."""
    grid = st.one_of(lists(), lists(), lists(), lists(), matrices(), matrices(), heaps())
    rows = draw(
        st.one_of(
            grid,
            grid,
            st.lists(grid, min_size=2, max_size=3).map(stacked),
            st.tuples(grid, grid).map(lambda pair: beside(*pair)),
        )
    )
    small = st.integers(0, 13)
    merged = draw(st.lists(st.tuples(small, small, small, small), max_size=4))
    merged = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged]
    table = Table.from_rows(draw(st.sampled_from(TITLES)), rows, merged=tuple(merged))
    if draw(st.booleans()):
        table = replace(table, columns=tuple(map(Column.of, table.columns)))
    return table


def tidy_tabs() -> st.SearchStrategy[Table]:
    """A tab with one table, people only where people belong."""
    return st.builds(Table.from_rows, st.sampled_from(TITLES), lists() | matrices())


def of_their_own(found: list[Table]) -> tuple[Table, ...]:
    """Tabs of one title in workbooks of their own."""
    return tuple(
        replace(tab, workbook=f"{sum(other.title == tab.title for other in found[:at])}.xlsx")
        for at, tab in enumerate(found)
    )


def workbooks() -> st.SearchStrategy[tuple[Table, ...]]:
    """Some tabs."""
    return st.lists(tabs(), min_size=1, max_size=3).map(of_their_own)


# --- what always holds ----------------------------------------------------------------------------


def register_of(workbook: tuple[Table, ...]) -> Register:
    readings = registers.read_tabs(workbook)
    assert TAB_FAILED not in [finding.rule for finding in readings.findings]
    return registers.register(readings, AS_OF)


def account_is_whole(register: Register, workbook: tuple[Table, ...]) -> None:
    """Every row of every tab has one state: counted, rejected or no data with a reason."""
    account = register.accounts
    assert account["rows"].tolist() == [len(tab) for tab in workbook]
    assert (account["counted"] + account["rejected"] + account["not_data"]).tolist() == account[
        "rows"
    ].tolist()


def no_row_is_rejected_without_a_word(register: Register) -> None:
    """Where rows are rejected, a finding on a tab says so and how many."""
    for record, reading in register.readings.by_record.items():
        lost = set(range(len(reading.rows))) - set(register.frames[record]["row"].tolist())
        real = [row for row in lost if not reading.tabs[reading.where[row, 0]].derived]
        if real:
            places = {(reading.tabs[reading.where[row, 0]].table.title) for row in real}
            said = {f.cell.tab for f in register.findings if f.not_counted}
            assert places <= said, (record, places - said)


def no_secret_is_told(register: Register, told_figures: object) -> None:
    """No message, no raw text and no figure holds a name, a PESEL, a birth date or a telephone."""
    told = [text for f in register.findings for text in (f.message, f.cell.raw)]
    told.append(json.dumps(told_figures, ensure_ascii=False))
    for text in told:
        for secret in SECRETS:
            assert secret not in cells.key(text), (secret, text[:300])


def same(one: Register, other: Register) -> None:
    """Two readings of the same cells say the same of the same places."""
    places = [
        [(f.rule.code, f.cell.workbook, f.address, f.message) for f in r.findings] for r in (one, other)
    ]
    assert places[0] == places[1]
    for record, reading in one.readings.by_record.items():
        again = other.readings.by_record[record]
        assert reading.where.tolist() == again.where.tolist()
        assert reading.counted.tolist() == again.counted.tolist()
        assert [t.columns.keys() for t in reading.tabs] == [t.columns.keys() for t in again.tabs]


@fuzzed
@given(workbooks())
def test_whatever_stands_in_a_workbook_nothing_breaks_and_no_row_is_lost(workbook):
    register = register_of(workbook)
    account_is_whole(register, workbook)
    no_row_is_rejected_without_a_word(register)
    if register.readings.tables:
        json.dumps(figures.figures(register))
    for tab in register.accounts["records"]:
        event("recognised" if tab else "not recognised")


@fuzzed
@given(st.lists(tidy_tabs(), min_size=1, max_size=2).map(of_their_own))
def test_nobody_is_named_whatever_else_is_wrong_with_the_tables(workbook):
    register = register_of(workbook)
    if register.readings.tables:
        no_secret_is_told(register, figures.figures(register))


@few
@given(workbooks())
def test_the_same_workbook_always_says_the_same(workbook):
    same(register_of(workbook), register_of(workbook))


# --- what it found --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**30])
def test_what_is_no_number_of_a_day_heads_no_list_of_attendance(number):
    tab = Table.from_rows("Marzec 2024", [["Uczestnik", 1, 2, number, 4], ["Nowak Anna", "x", "x", "x", "x"]])
    register = register_of((tab,))
    assert register.accounts["rows"].tolist() == [2]


def test_facts_that_hold_only_later_are_not_known_yet(tables):
    """
    Projekt
    Parametr | Wartość | Obowiązuje od
    Nazwa projektu | Przykładowy | 2024-03-12
    """
    assert register_of(tables).project.name is None


def test_forms_with_neither_name_nor_code_are_rejected(tables):
    """
    Formy wsparcia
    Sposób realizacji | Planowana liczba osób | Podstawa
    grupowa | 3 | umowa
    """
    account = register_of(tables).accounts
    assert account[["counted", "rejected", "not_data"]].to_numpy().tolist() == [[0, 1, 1]]


def test_half_a_character_in_a_title_or_a_cell_is_shown_as_one_that_is_missing():
    tab = Table.from_rows("\ud800", [["Nr uczestnika", "PESEL", "Płeć"], ["U1", "44051401358", "\ud800"]])
    register = register_of((tab,))
    assert register.accounts["tab"].tolist() == ["\ufffd"]
    assert {f.cell.raw for f in register.findings} >= {"\ufffd"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (Meeting.of("GW 1", dt.date(1, 1, 1), 1), ("GW 1", dt.date(1, 1, 1), "2")),
        ("GW 1 · 2024-13-40", None),
        ("GW 1 · 2024-03-05 #druga", None),
    ],
)
def test_a_typed_name_of_a_session_that_looks_like_one_of_ours_is_left_as_it_is(name, parts):
    assert Meeting.parts(name) == parts
