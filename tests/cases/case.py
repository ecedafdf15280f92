"""What a case is: a workbook that breaks a rule, and the one change that mends it."""

import datetime as dt
import inspect
from dataclasses import dataclass, replace

from lib import register as registers
from lib.findings import Finding
from tests.conftest import sheet

TICK = "☑"
"""Stands in a drawing for a ticked box, whose value is no text."""


@dataclass(frozen=True)
class Case:
    """A workbook that breaks a rule in one place, and has nothing wrong at all after one change.

    code    the rule
    at      the address of the finding
    change  what stands in the workbook, and what has to stand there instead
    blocks  the workbook, tab by tab, drawn as in the docstrings of tests
    as_of   the day on which it is looked at
    """

    code: str
    at: str
    change: tuple[str, str]
    blocks: tuple[str, ...]
    as_of: str = "2022-06-30"

    @property
    def broken(self) -> str:
        """The workbook as drawn."""
        return "\n\n".join(inspect.cleandoc(block) for block in self.blocks)

    @property
    def mended(self) -> str:
        """The workbook with the change made once."""
        before, after = self.change
        assert self.broken.count(before) == 1, f"{self.code}: „{before}” must stand in the drawing once"
        return self.broken.replace(before, after)

    def findings(self, drawing: str) -> tuple[Finding, ...]:
        """All that is wrong in a workbook on the day of the case."""
        tabs = []
        for table in sheet(drawing):
            columns = tuple([True if cell == TICK else cell for cell in column] for column in table.columns)
            tabs.append(replace(table, columns=columns))
        return registers.register(registers.read_tabs(tabs), dt.date.fromisoformat(self.as_of)).findings
