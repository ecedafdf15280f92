"""Lines of a budget: the task of each, without those that sum up others; and what is paid from which line."""

import re
from dataclasses import replace
from itertools import takewhile

from lib.blocks import is_blank
from lib.cells import plain
from lib.contents import amount_of
from lib.joining.parts import labels_of
from lib.reading import SUM, Recognised, rows_of_data


def with_tasks(table: Recognised) -> Recognised:
    """Lines of a budget with the task that the row above them names; one without any is its own task."""
    table = _without_parents(table)
    if "task" in table.fields:
        return table
    tasks = [plain(text) if text else None for text in labels_of(table)]
    names = table.values("name") if "name" in table.fields else [None] * len(table)
    return replace(
        table, cells={**table.cells, "task": [t or n or "–" for t, n in zip(tasks, names, strict=True)]}
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
    for at, row in enumerate(rows):
        if not is_blank(lines[row]) or names[row] is None or planned[row] is None:
            continue
        below = list(takewhile(lambda below: not is_blank(lines[below]), rows[at + 1 :]))
        name = plain(names[row])
        if below and amount_of(planned[row]) == sum(amount_of(planned[one]) or 0 for one in below):
            parents[row] = SUM
            tasks = [name if one in below else task for one, task in enumerate(tasks)]
        else:
            lines[row], tasks[row] = name, tasks[row] or name
    task = {"task": tasks} if "task" in table.fields or parents else {}
    return replace(table, cells={**table.cells, "line": lines, **task}, skip={**table.skip, **parents})


def expenses_of_lines(table: Recognised) -> Recognised:
    """Expenses with the line that the row above them names, where they have no column for it."""
    cells = dict(table.cells)
    if "line" not in table.fields and any(row >= 0 for row in table.parts):
        cells["line"] = [_line_in(label) if label else None for label in labels_of(table)]
    return replace(table, cells=cells, made=table.made | (cells.keys() - set(table.fields)))


def _line_in(label: str) -> str:
    """The number of the line at the beginning of a row that names it, or all of the row."""
    match = re.match(r"(?i)\s*(?:poz(?:ycja|\.)?\s*)?([0-9]+(?:\.[0-9]+)*)\.?(?=[\s)])", label)
    return match[1] if match else plain(label)


def _without_parents(table: Recognised) -> Recognised:
    """Lines of a budget without those that sum up their own parts: „1” above „1.1” and „1.2” is a task."""
    if "line" not in table.fields:
        return table
    codes = [plain(value).rstrip(".") if value is not None else "" for value in table.values("line")]
    parents = {code.rpartition(".")[0] for code in codes if "." in code} & set(codes)
    if not parents:
        return table
    name = "name" if "name" in table.fields else "task" if "task" in table.fields else ""
    called = dict(zip(codes, table.values(name), strict=True)) if name else {}
    rows = {row: SUM for row, code in enumerate(codes) if code in parents and row not in table.skip}
    tasks = [called.get(code.partition(".")[0], code or None) for code in codes]
    columns, cells = dict(table.columns), {**table.cells, "task": tasks}
    if name == "task":
        columns["name"] = columns.pop("task")
        cells["name"] = table.values("task")
    return replace(table, columns=columns, cells=cells, skip={**table.skip, **rows})
