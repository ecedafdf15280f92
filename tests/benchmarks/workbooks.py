"""How fast a workbook is read, beside python-calamine alone."""

import datetime as dt
import tempfile
from pathlib import Path

import python_calamine
import xlsxwriter

from sheets.xlsx import Workbook
from tests.benchmarks.attendance import DAY_FORMAT, Sheet, sheet
from tests.benchmarks.measured import timed


def write(path: Path, given: Sheet) -> None:
    """Write a sheet as people keep one: days and counts as such, everything else as text."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        tab = book.add_worksheet("Obecności")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        kinds = {field.name: field.kind for field in given.fields}
        tab.write_row(0, 0, given.table.header)
        for row, cells in enumerate(zip(*given.columns.values(), strict=True), start=1):
            for column, (kind, cell) in enumerate(zip(kinds.values(), cells, strict=True)):
                if cell is None:
                    continue
                if kind == "day":
                    tab.write_datetime(row, column, dt.datetime.strptime(cell, DAY_FORMAT), day)
                elif kind == "count":
                    tab.write_number(row, column, int(cell))
                else:
                    tab.write_string(row, column, cell)


def calamine(path: Path) -> int:
    """Read all the cells of a workbook with python-calamine and nothing else; the number of rows."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def report(runs: int) -> None:
    """Print how long it takes to read a workbook of 40,000 x 12."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "obecnosci.xlsx"
        write(path, sheet(40_000, 12, mistakes=0))
        size = path.stat().st_size / 1e6
        print(f"\nA workbook of 40,000 x 12 ({size:.1f} MB) into columns of cells; {runs} runs")
        print(f"{'':17}{'seconds min / median / max':>28}{'x calamine':>12}")
        alone, rows = timed(lambda: calamine(path), runs)
        print(f"{'python-calamine':17}{alone.spread():>28}{1:12.2f}")
        ours, snapshot = timed(Workbook(path).read, runs)
        assert len(snapshot.tabs[0]) == rows
        print(f"{'ours':17}{ours.spread():>28}{ours.median / alone.median:12.2f}", flush=True)
