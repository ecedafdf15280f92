"""Ours and its peers, each given the same text in the form natural to it, and the same rules.

A contender gets a sheet, imports its library, makes its input and its schema ready, and returns the
work that is timed: a function that gives the cells where it found a mistake. Ours besides turns the
text into typed columns and a Polish sentence for each mistake; the others only check.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from sheets.table import Table
from tests.benchmarks.attendance import DAY_FORMAT, PATTERNS, Field, Sheet

Cells: TypeAlias = set[tuple[int, str]]
Work: TypeAlias = Callable[[], Cells]


def ours(sheet: Sheet) -> Work:
    """lib.reading over a Table as a workbook gives it: columns that know their different values."""
    from sheets.column import Column

    table = sheet.table
    return _read(sheet, replace(table, columns=tuple(map(Column.of, table.columns))))


def ours_plain(sheet: Sheet) -> Work:
    """lib.reading over a Table of plain lists, whose different values it has to find first."""
    return _read(sheet, sheet.table)


def _read(sheet: Sheet, table: Table) -> Work:
    from lib.reading import Recognised, read

    names = [field.name for field in sheet.fields]
    tab = Recognised(sheet.record, table, {name: at for at, name in enumerate(names)})

    def work() -> Cells:
        findings = read(sheet.record, [tab]).findings
        return {(f.cell.row - table.first_row, names[f.cell.column]) for f in findings}

    return work


def pandera(sheet: Sheet) -> Work:
    """pandera over a pandas frame of text, lazily: all the failures at once."""
    import pandas as pd
    import pandera.pandas as pa

    def checks(field: Field) -> list[Any]:
        if field.kind == "words":
            return [pa.Check.isin(field.words)]
        if field.kind == "day":
            return [pa.Check(lambda days: pd.to_datetime(days, format=DAY_FORMAT, errors="coerce").notna())]
        return [pa.Check.str_matches(PATTERNS[field.kind])]

    schema = pa.DataFrameSchema(
        {field.name: pa.Column("str", checks(field), nullable=field.blank) for field in sheet.fields}
    )
    frame = pd.DataFrame(sheet.columns, dtype="str")

    def work() -> Cells:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            return set(zip(cases["index"], cases["column"], strict=True))
        return set()

    return work


def pandera_polars(sheet: Sheet) -> Work:
    """pandera over a polars frame of text, lazily: all the failures at once."""
    import pandera.polars as pa
    import polars as pl

    def is_day(data: Any) -> pl.LazyFrame:
        return data.lazyframe.select(_is_day(pl.col(data.key)))

    def checks(field: Field) -> list[Any]:
        if field.kind == "words":
            return [pa.Check.isin(field.words)]
        if field.kind == "day":
            return [pa.Check(is_day)]
        return [pa.Check.str_matches(PATTERNS[field.kind])]

    schema = pa.DataFrameSchema(
        {field.name: pa.Column(pl.String, checks(field), nullable=field.blank) for field in sheet.fields}
    )
    frame = pl.DataFrame(sheet.columns)

    def work() -> Cells:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            return set(zip(cases["index"], cases["column"], strict=True))
        return set()

    return work


def dataframely(sheet: Sheet) -> Work:
    """dataframely over a polars frame of text; the number of the row goes in as one more column."""
    import dataframely as dy
    import polars as pl

    def column(field: Field) -> dy.Column:
        if field.kind == "words":
            return dy.String(nullable=field.blank, check=lambda text: text.is_in(list(field.words)))
        if field.kind == "day":
            return dy.String(nullable=field.blank, check=_is_day)
        return dy.String(nullable=field.blank, regex=PATTERNS[field.kind])

    columns = {field.name: column(field) for field in sheet.fields}
    schema: Any = type("Attendance", (dy.Schema,), {"row": dy.UInt32(), **columns})
    frame = pl.DataFrame(sheet.columns).with_row_index("row")

    def work() -> Cells:
        details = schema.filter(frame).failure.details()
        found = set()
        for rule in details.columns[len(columns) + 1 :]:
            rows = details.filter(pl.col(rule) == "invalid")["row"]
            found |= {(row, rule.partition("|")[0]) for row in rows}
        return found

    return work


def frictionless(sheet: Sheet) -> Work:
    """frictionless over rows in memory, each field of the type that frictionless has for it."""
    import frictionless as fl

    def descriptor(field: Field) -> dict[str, Any]:
        constraints: dict[str, Any] = {"required": not field.blank}
        match field.kind:
            case "day":
                kind: dict[str, Any] = {"type": "date", "format": DAY_FORMAT}
            case "time":
                kind = {"type": "time", "format": "%H:%M"}
            case "number":
                kind = {"type": "number", "decimalChar": ","}
            case "count":
                kind = {"type": "integer"}
                constraints["minimum"] = 0
            case "words":
                kind = {"type": "string"}
                constraints["enum"] = list(field.words)
            case "phone":
                kind = {"type": "string"}
                constraints["pattern"] = PATTERNS["phone"]
            case _:
                kind = {"type": "string"}
                constraints["pattern"] = PATTERNS["text"] + ".*"
        return {"name": field.name, **kind, "constraints": constraints}

    schema = fl.Schema.from_descriptor({"fields": [descriptor(field) for field in sheet.fields]})
    rows = [list(sheet.columns), *map(list, zip(*sheet.columns.values(), strict=True))]
    enough = 10 * len(sheet.mistakes)

    def work() -> Cells:
        report = fl.Resource(data=rows, schema=schema).validate(limit_errors=enough)
        return {(row - 2, name) for row, name in report.flatten(["rowNumber", "fieldName"])}

    return work


def _is_day(text: Any) -> Any:
    """Whether a polars column holds days that are in the calendar."""
    return text.str.to_date(DAY_FORMAT, strict=False).is_not_null()


VALIDATORS: Mapping[str, Callable[[Sheet], Work]] = {
    "ours": ours,
    "ours, plain lists": ours_plain,
    "pandera": pandera,
    "pandera (polars)": pandera_polars,
    "frictionless": frictionless,
    "dataframely": dataframely,
}
