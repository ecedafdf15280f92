"""How fast a workbook that nobody described is read and recognised, beside python-calamine alone."""

import datetime as dt
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

from lib.register import Readings, read_tabs
from sheets.xlsx import Workbook
from tests.benchmarks.measured import timed
from tests.benchmarks.workbooks import calamine

ROWS, COLUMNS = 5_000, 20
SEED = 20220301

Cells: TypeAlias = Sequence[str | float | dt.date | None]
FIRST_NAMES, SYLLABLES = (
    ("Anna", "Jan", "Ewa", "Piotr", "Zofia"),
    ("ma", "zu", "kró", "wro", "li", "no", "wa"),
)


Tab: TypeAlias = tuple[str, Cells, Callable[[random.Random, int], Cells]]
"""A tab: its title, its header, and the row of a number."""


def tabs(*, by_days: bool) -> Iterator[Tab]:
    """Ten tabs: tables of ours, a notebook and contacts; one may be a list of people `by_days`."""
    yield "Uczestnicy", _wide(PEOPLE), lambda rng, n: (f"U{n:04}", *_person(n), _day(rng), _day(rng), None)
    yield "Harmonogram", _wide(SESSIONS), _session
    for year in (2020, 2021, 2022):
        yield f"Wydatki {year}", _wide(EXPENSES), _expense
    for month in (1, 2):
        yield f"Obecności {month}", _wide(MARKS), _mark
    if not by_days:
        yield "Obecności 3", _wide(MARKS), _mark
    else:
        yield "Lista marzec", ("Lp.", "Nazwisko i imię", *DAYS), _list
    yield "Notatki", _wide(()), lambda rng, n: ()
    yield "Kontakty", _wide(("Instytucja", "Adres")), lambda rng, n: (f"Instytucja {n}", "ul. Polna 3")


PEOPLE = ("Nr ew.", "Nazwisko", "Imię", "Udział od", "Dt. ur.", "Udział do")
SESSIONS = ("Nr zajęć", "Data", "Godziny", "Grupa", "Prowadzący", "Status")
EXPENSES = ("Nr dok.", "Data wystaw.", "Data zapłaty", "Poz. budż.", "Kwota brutto", "Kwota kwalif.", "Opis")
MARKS = ("Nr zajęć", "Nr uczestnika", "Obecność")
DAYS = tuple(dt.date(2022, 3, 1) + dt.timedelta(number) for number in range(COLUMNS - 2))


def _wide(header: Cells) -> Cells:
    """A header filled up with columns that mean nothing here."""
    return (*header, *(f"kolumna {number}" for number in range(COLUMNS - len(header))))


def _day(rng: random.Random) -> dt.date:
    return dt.date(2022, 1, 1) + dt.timedelta(rng.randrange(600))


def _person(number: int) -> tuple[str, str]:
    """The name of somebody; no two have the same."""
    number, first = divmod(number, len(FIRST_NAMES))
    surname = ""
    for _ in range(4):
        number, syllable = divmod(number, len(SYLLABLES))
        surname += SYLLABLES[syllable]
    return surname.capitalize(), FIRST_NAMES[first]


def _session(rng: random.Random, number: int) -> Cells:
    return f"Z{number}", _day(rng), "16:30-18:00", f"G{number % 30}", "Ewa Mazur", "odbyte"


def _expense(rng: random.Random, number: int) -> Cells:
    amount = round(rng.random() * 1000, 2)
    line = rng.choice(("1.1", "1.2", "2.1"))
    return f"FV {rng.randrange(10**9)}", _day(rng), _day(rng), line, amount, amount, "materiały"


def _mark(rng: random.Random, number: int) -> Cells:
    return f"Z{rng.randrange(1, ROWS)}", f"U{rng.randrange(1, ROWS):04}", rng.choice(("ob", "nb"))


def _list(rng: random.Random, number: int) -> Cells:
    return number, " ".join(_person(number)), *(rng.choice("xxxn") for _ in range(COLUMNS - 2))


def write(path: Path, tabs: Iterable[Tab]) -> None:
    """Write the workbook: a title above each header, days as days, the columns without meaning full."""
    rng = random.Random(SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for title, header, cells_of in tabs:
            tab = book.add_worksheet(title)
            tab.write_string(0, 0, "Projekt „Razem” - nie drukować")
            _write_row(tab, 2, header, day)
            for number in range(1, ROWS + 1):
                cells = cells_of(rng, number)
                others = (f"{title} {number * place % 997}" for place in range(len(cells), COLUMNS))
                _write_row(tab, number + 2, (*cells, *others), day)


def _write_row(tab: xlsxwriter.worksheet.Worksheet, row: int, cells: Cells, day: object) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, dt.date):
            tab.write_datetime(row, column, cell, day)
        elif cell is not None:
            tab.write(row, column, cell)


def report(runs: int) -> None:
    """Print how long it takes to read and recognise ten tabs of 5,000 x 20."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nieznany.xlsx"
        for by_days, said in ((False, "rows of one thing each"), (True, "and one of 90,000 marks by days")):
            write(path, tabs(by_days=by_days))
            size = path.stat().st_size / 1e6
            print(f"\nTen unknown tabs of {ROWS:,} x {COLUMNS}, {said} ({size:.1f} MB); {runs} runs")
            _compare(path, {title for title, *_ in tabs(by_days=by_days)} - {"Notatki", "Kontakty"}, runs)


def _compare(path: Path, known: Set[str], runs: int) -> None:
    """Print what reading costs alone, and with everything recognised and checked; `known` are to be."""

    def recognised() -> Readings:
        return read_tabs(Workbook(path).read().tabs)

    print(f"{'':17}{'seconds min / median / max':>28}{'x calamine':>12}")
    alone, _ = timed(lambda: calamine(path), runs)
    print(f"{'python-calamine':17}{alone.spread():>28}{1:12.2f}")
    ours, readings = timed(recognised, runs)
    assert {table.table.title for table in readings.tables} == known
    print(f"{'ours':17}{ours.spread():>28}{ours.median / alone.median:12.2f}", flush=True)


if __name__ == "__main__":
    report(5)
