"""Codes of rows that have none: their name, or the number of their row."""

import re
from dataclasses import replace

from lib.blocks import is_blank
from lib.joining.parts import labels_of
from lib.names import person_key
from lib.numbers import Numbers
from lib.reading import Recognised
from lib.recognition.missing import without_missing
from sheets.table import Value

ALONE = re.compile(r"(?i)\s*[-–—]?\s*\(?\s*(?:indyw(?:\b|id)|ind(?:\.|\s*\)?\s*$))|.*\bbez grup")
"""What stands in the column of groups for support that is given to single persons."""


def is_alone(group: Value) -> bool:
    """Whether the column of groups says that support is given to a single person: „indyw.”."""
    return isinstance(group, str) and ALONE.match(group) is not None


def named_by(table: Recognised, code: str, numbers: Numbers) -> Recognised:
    """A table without codes, each row known by its name."""
    if code == "group":
        table = _by_form(table)
    if code in table.fields or "name" not in table.fields:
        return table
    names = table.values("name")
    if code == "specialist":  # a name is personal, and a code is not
        names = [numbers.of_name(own) if (own := person_key(name)) else None for name in names]
    return replace(
        table,
        columns={**table.columns, code: table.columns["name"]},
        cells={**table.cells, code: names},
        names=table.names | ({code} if code == "specialist" else set()),
        made=table.made | {code},
    )


def _by_form(table: Recognised) -> Recognised:
    """Groups with support given to single persons, which has no group, going by its form if that is said."""
    own = "group" if "group" in table.fields else "name"
    names, forms = table.values(own), table.values("form")
    labels = labels_of(table)
    if own not in table.fields and "form" in table.columns and any(map(ALONE.match, labels)):
        return replace(
            without_missing(table, "group"),
            columns={**table.columns, "group": table.columns["form"]},
            cells={**table.cells, "group": forms},
            made=table.made | {"group"},
        )
    if any(map(ALONE.match, labels)):  # a form under a line that says so is a form by itself
        forms = [
            name if form is None and ALONE.match(labels[row]) else form
            for row, (name, form) in enumerate(zip(names, forms, strict=True))
        ]
        made = table.made if "form" in table.fields else table.made | {"form"}
        table = replace(table, cells={**table.cells, "form": forms}, made=made)
    both = zip(names, table.values("name"), strict=True)
    alone = [
        row
        for row, v in enumerate(both)
        if any(map(is_alone, v)) or (isinstance(v[0], str) and is_blank(v[0]))  # a dash
    ]
    if not alone:
        return table
    said: dict[int, Value] = {}
    for row in alone:  # a form is one, whoever gives it
        if forms[row] is not None and row not in table.skip and forms[row] not in said.values():
            said[row] = forms[row]
    skip = {row: "wsparcie indywidualne" for row in alone if row not in said}
    cells = {**table.cells, own: [said.get(row, name) for row, name in enumerate(names)]}
    return replace(table, skip={**table.skip, **skip}, cells=cells)


def called_by_code(table: Recognised) -> Recognised:
    """Forms of support known by their codes alone are called by them."""
    if "name" in table.fields or "code" not in table.fields:
        return table
    return replace(
        table,
        columns={**table.columns, "name": table.columns["code"]},
        cells={**table.cells, "name": table.values("code")},
    )


def numbered_by_row(table: Recognised) -> Recognised:
    """Enquiries without numbers are known by their row."""
    if "enquiry" in table.fields:
        return table
    numbers = [f"w. {table.table.first_row + row}" for row in range(len(table.table))]
    return replace(table, cells={**table.cells, "enquiry": numbers})
