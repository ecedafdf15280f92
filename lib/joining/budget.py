"""Lines of a budget: the task of each, without those that sum up others; and what is paid from which line."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from typing import TypeAlias

from lib.blocks import APART, TOTALS, is_blank
from lib.cells import plain
from lib.contents import amount_of
from lib.joining.parts import key_of, labels_of, rows_of, without_rows
from lib.reading import SUM, Recognised, rows_of_data, sums_of
from sheets.table import Value


def with_tasks(table: Recognised) -> Recognised:
    """Lines of a budget with the task that the row above them names; one without any is its own task."""
    table = _without_parents(table)
    if "task" in table.columns:
        return table
    title = table.parts.get(-1, "")
    of_title = next((line for line in title.split(APART) if _TASK.search(line)), "")
    table = replace(table, parts={**table.parts, -1: of_title}) if title else table
    tasks = [
        own or (plain(text) if text and not ended else None)
        for own, text, ended in zip(
            table.cells.get("task", [None] * len(table)), labels_of(table), _below_sums(table), strict=True
        )
    ]
    names = table.values("name") if "name" in table.fields else [None] * len(table)
    return replace(
        table, cells={**table.cells, "task": [t or n or "–" for t, n in zip(tasks, names, strict=True)]}
    )


def _below_sums(table: Recognised) -> Iterator[bool]:
    """For each row whether it stands below the sum of its whole task, as „Razem zadanie 3”."""
    ends = {
        row
        for row in sums_of(table.table, table.span)
        if any(isinstance(value, str) and _WHOLE_TASK.search(value) for value in table.table.row(row))
    }
    ended = False
    for row in range(len(table.table)):
        ended = row not in table.parts and ended
        yield ended
        ended = ended or row in ends


_TASK = re.compile(r"(?i)\bzad(?:anie|ania|\.)")
"""What the title of a budget says that is that of a task."""

_WHOLE_TASK = re.compile(rf"{_TASK.pattern}|\bbezpośredni")
"""What a sum is called that ends a task, and not some lines of it."""


_NUMBERED = re.compile(r"\s*((?:zad\.?\s*)?[0-9]+(?:\.[0-9]+)+)\.?\s+(\S.*)", re.IGNORECASE | re.DOTALL)
"""The number of a line with its name behind it: „1.1 Prowadzenie grup”."""


def numbered_lines(table: Recognised) -> Recognised:
    """Lines of a budget with their number and name, where both stand in one cell.

    A column beside it that says another number only counts the lines.
    """
    fields = ({"line", "name"} & set(table.fields)) - table.made
    if not fields or table.lines is not None:
        return table
    own = "name" if "name" in fields else "line"
    typed = table.values(own)
    parts = [_NUMBERED.match(value) if isinstance(value, str) else None for value in typed]
    rows = [row for row in rows_of_data(table)[0].tolist() if typed[row] is not None]
    if len(fields) == 2 and any(_number(table.values("line")[row]).count(".") for row in rows):
        return table
    if not rows or sum(parts[row] is not None for row in rows) < len(rows) / 2:
        return table
    both = list(zip(typed, parts, strict=True))
    return replace(
        table,
        columns={**table.columns, "line": table.columns[own], "name": table.columns[own]},
        cells={
            **table.cells,
            "line": [part[1] if part else None for _, part in both],
            "name": [plain(part[2]) if part else value for value, part in both],
        },
    )


def lines_by_name(table: Recognised) -> Recognised:
    """Lines of a budget with the name for a number where one has none, as „Koszty pośrednie” often do.

    One whose amount is that of the lines below it is their task, and no line.
    """
    if not {"line", "name", "planned_gr"} <= set(table.fields):
        return table
    lines, names = list(table.values("line")), table.values("name")
    planned, tasks = table.values("planned_gr"), list(table.values("task"))
    rows = rows_of_data(table)[0].tolist()
    parents: dict[int, str] = {}
    above = direct = 0
    for at, row in enumerate(rows):
        if not is_blank(lines[row]) or names[row] is None or planned[row] is None:
            above += amount_of(planned[row]) or 0
            direct += 0 if _INDIRECT.search(plain(names[row] or "")) else amount_of(planned[row]) or 0
            continue
        if _SOURCES.match(plain(names[row])) or amount_of(planned[row]) in {above, direct} - {0}:
            parents[row] = SUM  # of the lines above it, or whose money it is
            continue
        below = list(takewhile(lambda below: not is_blank(lines[below]), rows[at + 1 :]))
        name = plain(names[row])
        if below and amount_of(planned[row]) == sum(amount_of(planned[one]) or 0 for one in below):
            parents[row] = SUM
            tasks = [name if one in below else task for one, task in enumerate(tasks)]
        else:
            lines[row], tasks[row] = name, tasks[row] or name
    task = {"task": tasks} if "task" in table.fields or any(tasks) else {}
    return replace(table, cells={**table.cells, "line": lines, **task}, skip={**table.skip, **parents})


_INDIRECT = re.compile(r"(?i)\bpo[śs]redni")
"""What a line is called that is not of the direct costs."""

_SOURCES = re.compile(
    r"(?i)(?:w tym:?\s*)?(?:dofinansowanie|środki|wkład)?\s*"
    r"(?:ue\b|efs|efrr|bp\b|ww\b|budżet państwa|wkład własny|z budżetu|własne)"
)
"""What a row is called that says how much of the budget is whose money."""


def without_summaries(tables: Sequence[Recognised]) -> list[Recognised]:
    """Budgets without tables that repeat lines of another one, or that only count people."""
    said = [_amounts(table) for table in tables]
    fuller = [
        (len(table.fields), len(own), -at) for at, (table, own) in enumerate(zip(tables, said, strict=True))
    ]
    kept = []
    for table, own, full in zip(tables, said, fuller, strict=True):
        others = [set().union(*other) for other, more in zip(said, fuller, strict=True) if more > full]
        if own and (any(_is_repeated(own, other) for other in others) or _only_counts(own, said)):
            table = without_rows(table)
        kept.append(table)
    return kept


def without_others(budgets: Sequence[Recognised], expenses: Iterable[Recognised]) -> list[Recognised]:
    """Budgets without tables to whose lines no document belongs, beside one to whose lines many do."""
    used = {key_of(line) for table in expenses for (line,) in rows_of(table, "line") if line is not None}
    own = [{key_of(line) for (line,) in rows_of(table, "line") if line is not None} for table in budgets]
    named = [len(lines & used) for lines in own]
    if max(named, default=0) < MANY:
        return list(budgets)
    return [table if count else without_rows(table) for table, count in zip(budgets, named, strict=True)]


MANY = 3
"""From so many lines on to which documents belong a table is the budget that they are paid from."""


def _only_counts(own: Sequence[Set["_Amount"]], tables: Sequence[Sequence[Set["_Amount"]]]) -> bool:
    """Whether what a table adds up to is next to nothing beside another: people counted, and no money."""
    sums = [
        sum(max((amount or 0 for _, amount in line), default=0) for line in lines) for lines in (own, *tables)
    ]
    return 100 * sums[0] < max(sums)


_Amount: TypeAlias = tuple[str, int | None]
"""What a line of a budget is called, and its amount."""


def _is_repeated(lines: Sequence[Set[_Amount]], other: Set[_Amount]) -> bool:
    """Whether most lines stand among those of another table too, with the same amount."""
    return sum(not line.isdisjoint(other) for line in lines) >= 0.7 * len(lines)


def _amounts(table: Recognised) -> list[set[_Amount]]:
    """For each line of a budget its number and its name, each with its amount."""
    lines = rows_of(table, "line", "name", "planned_gr")
    return [
        {(key_of(called), amount_of(amount)) for called in (line, name) if called is not None}
        for line, name, amount in lines
        if amount_of(amount) is not None and not TOTALS.match(plain(name or line or ""))
    ]


def expenses_of_lines(table: Recognised, budgets: Sequence[Recognised]) -> Recognised:
    """Expenses with the number of their line, also where its name follows: „4.2 Ubezpieczenie NNW”.

    Where they have no column for it, the row above them names it.
    """
    cells = dict(table.cells)
    if "line" in table.fields:
        known = {
            key_of(line) for budget in budgets for (line,) in rows_of(budget, "line") if line is not None
        }
        numbers = {v: _line_in(v) for v in set(table.values("line")) if isinstance(v, str)}
        spelled = {v: n for v, n in numbers.items() if key_of(v) not in known and key_of(n) in known}
        cells["line"] = [spelled.get(v, v) if isinstance(v, str) else v for v in table.values("line")]
    elif any(row >= 0 for row in table.parts):
        cells["line"] = [_line_in(label) if label else None for label in labels_of(table)]
    return replace(table, cells=cells, made=table.made | (cells.keys() - set(table.fields)))


def paid_at_once(table: Recognised) -> Recognised:
    """Expenses with the day of the document for „gotówka”, which says how it was paid and no day."""
    if not {"paid_on", "issued_on"} <= table.columns.keys():
        return table
    both = zip(table.values("paid_on"), table.values("issued_on"), strict=True)
    paid = [
        issued if isinstance(day, str) and _AT_ONCE.fullmatch(plain(day)) else day for day, issued in both
    ]
    return replace(table, cells={**table.cells, "paid_on": paid})


_AT_ONCE = re.compile(r"(?i)(?:zap[łl]\w*\.?\s*)?(?:got[oó]wk\w+|got\.|kart[ąa])")
"""What is typed of a document that was paid when it was made out."""


def _line_in(label: str) -> str:
    """The number of the line at the beginning of a row that names it, or all of the row."""
    match = re.match(r"(?i)\s*(?:poz(?:ycja|\.)?\s*)?([0-9]+(?:\.[0-9]+)*)\.?(?=[\s)]|$)", label)
    return match[1] if match else plain(label)


def _sums_above(table: Recognised, codes: Sequence[str]) -> dict[int, int]:
    """For each line the row above that names its task and sums up its lines: „Zad. 1” above „1.1”."""
    planned = table.values("planned_gr")
    rows = rows_of_data(table)[0].tolist()
    found: dict[int, int] = {}
    for at, row in enumerate(rows):
        if not codes[row] or "." in codes[row] or planned[row] is None:
            continue
        below = list(takewhile(lambda one: re.match(r"[0-9]+\.[0-9]", codes[one]), rows[at + 1 :]))
        if below and amount_of(planned[row]) == sum(amount_of(planned[one]) or 0 for one in below):
            found |= dict.fromkeys(below, row)
    return found


def _number(value: Value) -> str:
    """The number of a line or a task, however it is typed: „1.1.”, „Zad. 1”."""
    return (
        re.sub(r"(?i)^(?:zad(?:anie)?|poz(?:ycja)?)\b\.?\s*(?=[0-9])", "", plain(value)).rstrip(".")
        if value is not None
        else ""
    )


def _without_parents(table: Recognised) -> Recognised:
    """Lines of a budget without those that sum up their own parts: „1” above „1.1” and „1.2” is a task."""
    if "line" not in table.fields:
        return table
    codes = [_number(value) for value in table.values("line")]
    parents = {code.rpartition(".")[0] for code in codes if "." in code} & set(codes)
    above = _sums_above(table, codes)
    if not parents and not above:
        return table
    name = "name" if "name" in table.fields else "task" if "task" in table.fields else ""
    called = dict(zip(codes, table.values(name), strict=True)) if name else {}
    heads = {row for row, code in enumerate(codes) if code in parents and row not in table.skip}
    rows = dict.fromkeys((*heads, *above.values()), SUM)
    tasks = [
        called.get(codes[above[row]] if row in above else code.partition(".")[0], code or None)
        for row, code in enumerate(codes)
    ]
    columns, cells = dict(table.columns), {**table.cells, "task": tasks}
    if name == "task":
        columns["name"] = columns.pop("task")
        cells["name"] = table.values("task")
    return replace(table, columns=columns, cells=cells, skip={**table.skip, **rows})
