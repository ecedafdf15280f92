"""Small messy workbooks as offices keep them, each written for one habit, each with its truth.

A file `NN-slug.toml` is one workbook. `habit` says in Polish what is odd about it, `as_of` is the
day on which it is looked at, and every `[[tab]]`, in the order of the workbook, draws its `grid`:
the first line is row 1, cells are separated by „|”, a lone „|” is a blank row, „⏎” is a line
break in a cell. A cell is text as typed, except `@2022-03-12` (a date), `#12.5` (a number),
`#t16:30` (a time) and `#true` (a ticked box). Of a range in `merged` only the first cell has a value.

What is true of it: `[[tab.table]]` are the tables of a tab in reading order (none: nothing of
ours), `[figures]` are paths into `lib.figures.figures()`, `[[finding]]` the planted mistakes;
nothing else of level PILNE or BŁĄD may be found.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sheets.table import Table, Value

FOLDER = Path(__file__).parent

Range = tuple[int, int, int, int]
"""The first row and column and the last row and column of a merged range, from 0."""

TAKES_MERGED = "merged" in {field.name for field in fields(Table)}
"""Whether a table can be told which of its cells are merged."""


@dataclass(frozen=True)
class TrueTable:
    """What is true of a table: its kind, rows of its header, column letters of its fields, rows of data.

    asked  what an honest reader has to ask about it: a field, or "kind", or "empty"
    """

    kind: str
    header: tuple[int, ...]
    columns: Mapping[str, str]
    rows: int
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A tab as it stands, and the tables that are on it in reading order."""

    title: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[Range, ...]
    tables: tuple[TrueTable, ...]

    @property
    def table(self) -> Table:
        """The tab as a source gives it."""
        more: dict[str, Any] = {"merged": self.merged} if self.merged and TAKES_MERGED else {}
        return Table.from_rows(self.title, self.rows, **more)


@dataclass(frozen=True)
class Workbook:
    """A file of the corpus. `findings` are (code, address); the code is empty where no rule fits."""

    name: str
    habit: str
    as_of: dt.date
    tabs: tuple[Tab, ...]
    figures: Mapping[str, Any]
    findings: tuple[tuple[str, str], ...]


def corpus() -> tuple[Workbook, ...]:
    """Every workbook of the folder, in the order of the files' names."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def read(path: Path) -> Workbook:
    """The workbook of one file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Workbook(
        name=path.stem,
        habit=told["habit"],
        as_of=told["as_of"],
        tabs=tuple(_tab(tab) for tab in told["tab"]),
        figures=told.get("figures", {}),
        findings=tuple((finding.get("code", ""), finding["address"]) for finding in told.get("finding", [])),
    )


def _tab(told: Mapping[str, Any]) -> Tab:
    rows = tuple(tuple(cell(text) for text in line.split("|")) for line in told["grid"].splitlines())
    tables = tuple(
        TrueTable(
            table["kind"],
            tuple(table["header"]),
            table["columns"],
            table["rows"],
            tuple(table.get("asked", ())),
        )
        for table in told.get("table", ())
    )
    return Tab(told["title"], rows, tuple(corners(merged) for merged in told.get("merged", ())), tables)


def cell(drawn: str) -> Value:
    """The value of a drawn cell; blank is None."""
    typed = drawn.strip().replace("⏎", "\n")
    if match := re.fullmatch(r"@(\d{4}-\d{2}-\d{2})", typed):
        return dt.date.fromisoformat(match[1])
    if match := re.fullmatch(r"#t(\d{2}:\d{2})", typed):
        return dt.time.fromisoformat(match[1])
    if match := re.fullmatch(r"#(-?\d+)(\.\d+)?", typed):
        return float(match[1] + match[2]) if match[2] else int(match[1])
    return {"": None, "#true": True, "#false": False}.get(typed, typed)


def corners(merged: str) -> Range:
    """The corners of „A1:D2” as rows and columns from 0: (0, 0, 1, 3)."""
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", end) for end in merged.split(":"))
    assert first is not None
    assert last is not None
    return int(first[2]) - 1, number(first[1]), int(last[2]) - 1, number(last[1])


def number(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA: the number of a column."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total - 1


def figure(figures: Any, path: str) -> Any:
    """What stands under a path: `capacity.groups[group=G1].taken`, `months[0]`, `groups[]` for how many."""
    at = figures
    for name, index in re.findall(r"([^.\[\]]+)|\[([^\]]*)\]", path):
        if name:
            at = at[name]
        elif not index:
            at = len(at)
        elif index.isdigit():
            at = at[int(index)]
        else:
            field, _, value = index.partition("=")
            at = _the_one(at, field, value)
    return at


def _the_one(items: Sequence[Any], field: str, value: str) -> Any:
    (found,) = (item for item in items if item[field] == value)
    return found
