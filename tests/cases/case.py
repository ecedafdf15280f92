"""What a case is: a workbook that breaks a rule, and the one change that mends it."""

import datetime as dt
import inspect
from dataclasses import dataclass, field, replace
from typing import Any
from unittest import mock

from lib import jumps, mapping
from lib import register as registers
from lib.checks import across
from lib.findings import Finding
from lib.mapping import Choices
from lib.recognition import Found, recognise
from lib.register import Readings, Register
from sheets.table import Table
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
    choices what was said of its tabs when it was connected
    """

    code: str
    at: str
    change: tuple[str, str]
    blocks: tuple[str, ...]
    as_of: str = "2022-06-30"
    choices: Choices = field(default_factory=dict)

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
        return self.register(_read(drawing, self.choices)).findings

    def register(self, readings: Readings) -> Register:
        """What is read, as of the day of the case."""
        return registers.register(readings, dt.date.fromisoformat(self.as_of))


def _read(drawing: str, choices: Choices | None = None) -> Readings:
    return registers.read_tabs([_ticked(table) for table in sheet(drawing)], choices=choices)


def _ticked(table: Table) -> Table:
    columns = tuple([True if cell == TICK else cell for cell in column] for column in table.columns)
    return replace(table, columns=columns)


ANOTHER = "=== inny skoroszyt ==="
"""The line between two workbooks in a drawing."""


class TwoProjects(Case):
    """A case of two projects, drawn one after the other; what is found is at the second."""

    def findings(self, drawing: str) -> tuple[Finding, ...]:
        """All that is wrong in the two, and between them."""
        one, other = (self.register(_read(part)) for part in drawing.split(ANOTHER))
        between = across.findings({"pierwszy": one, "drugi": other})
        return (*one.findings, *other.findings, *between["drugi"])


class TwoDays(Case):
    """A case of one workbook read on two days; what is found is at the second."""

    def findings(self, drawing: str) -> tuple[Finding, ...]:
        """All that is wrong on the second day."""
        yesterday, today = (_read(part) for part in drawing.split(ANOTHER))
        before = jumps.counted(yesterday, None, None).now
        return (*self.register(today).findings, *jumps.jumped(today, before))


STUMBLE = "☠"
"""Stands in a drawing for whatever the program fails on: nobody knows of such a cell beforehand."""


class Stumbling(Case):
    """A case of a program that fails in reading a tab."""

    def findings(self, drawing: str) -> tuple[Finding, ...]:
        """All that is wrong when reading a tab with that cell fails."""

        def stumbling(table: Table, *said: Any) -> Found:
            if any(STUMBLE in column for column in table.columns):
                raise LookupError(table.title)
            return recognise(table, *said)

        with mock.patch.object(mapping, "recognise", stumbling):
            return super().findings(drawing)
