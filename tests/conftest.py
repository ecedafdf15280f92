"""The workbook of a test is drawn in its docstring.

Blocks are separated by blank lines. The first line of a block is the title of the tab, the second
its header, the others its rows; cells are separated by „|”.
"""

import datetime as dt
import inspect

import pytest

from lib import register as registers
from lib.register import Register
from sheets.table import Table


def sheet(drawing: str) -> tuple[Table, ...]:
    """The tabs drawn in a text, row 1 being the line below the title."""
    tabs = []
    for block in inspect.cleandoc(drawing).split("\n\n"):
        title, *lines = [line for line in block.splitlines() if line.strip()] or [""]
        if lines and "|" in lines[0]:
            rows = [[cell.strip() for cell in line.split("|")] for line in lines]
            tabs.append(Table.from_rows(title.strip(), rows))
    return tuple(tabs)


@pytest.fixture
def tables(request: pytest.FixtureRequest) -> tuple[Table, ...]:
    """The tabs that the test's docstring draws."""
    return sheet(request.function.__doc__ or "")


@pytest.fixture
def register(request: pytest.FixtureRequest, tables: tuple[Table, ...]) -> Register:
    """The register of the workbook that the test's docstring draws, as of the day of the marker."""
    marker = request.node.get_closest_marker("as_of")
    as_of = dt.date.fromisoformat(marker.args[0]) if marker else dt.date(2026, 1, 31)
    return registers.register(registers.read_tabs(tables), as_of)
