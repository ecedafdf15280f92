"""Sheets as offices keep them: what is recognised, read, counted and found in each of the corpus."""

import datetime as dt
from functools import cache
from typing import Any

import pytest

from lib import connect, records
from lib import figures as all_figures
from lib import register as registers
from lib.findings import BY_CODE, Severity
from tests.corpus import TAKES_MERGED, TrueTable, Workbook, cell, corners, corpus, figure, number

CORPUS = {workbook.name: workbook for workbook in corpus()}

each = pytest.mark.parametrize("name", CORPUS)


@cache
def readings(name: str) -> registers.Readings:
    workbook = CORPUS[name]
    if not TAKES_MERGED and any(tab.merged for tab in workbook.tabs):
        pytest.skip("tables do not know of merged cells")
    return registers.read_tabs([tab.table for tab in workbook.tabs])


@cache
def register(name: str) -> registers.Register:
    return registers.register(readings(name), CORPUS[name].as_of)


def truth(workbook: Workbook) -> list[tuple[str, TrueTable]]:
    """The tables of a workbook with the titles of their tabs."""
    return [(tab.title, table) for tab in workbook.tabs for table in tab.tables]


def pairs(name: str) -> list[tuple[TrueTable, Any]]:
    """Each table that there is beside the one recognised in its place."""
    expected, found = [table for _, table in truth(CORPUS[name])], readings(name).tables
    assert len(found) == len(expected), [(table.record.__name__, table.table.title) for table in found]
    return list(zip(expected, found, strict=True))


@each
def test_every_table_is_recognised_where_it_stands_and_nothing_else_is(name):
    found = [
        (table.table.title, table.record.__name__, tuple(table.header_rows))
        for table in readings(name).tables
    ]
    assert found == [(title, table.kind, table.header) for title, table in truth(CORPUS[name])]


@each
def test_every_column_is_right_and_none_is_silently_wrong(name):
    for expected, found in pairs(name):
        asked = set(expected.asked)
        said = {field: found.place(field) for field in found.record.model_fields if field not in asked}
        assert {field: place for field, place in said.items() if place} == {
            field: place for field, place in expected.columns.items() if field not in asked
        }


@each
def test_every_row_of_data_is_read_and_nothing_else_is(name):
    assert [found.data_rows for _, found in pairs(name)] == [table.rows for _, table in truth(CORPUS[name])]


@each
def test_every_figure_is_exact(name):
    told = all_figures.figures(register(name))
    expected = dict(CORPUS[name].figures)
    assert {path: figure(told, path) for path in expected} == expected


@each
def test_every_planted_mistake_is_found_at_its_cell_and_no_other_error(name):
    planted = CORPUS[name].findings
    found = register(name).findings
    seen = {(finding.rule.code, finding.address) for finding in found}
    assert [
        (code, address)
        for code, address in planted
        if (code, address) not in seen and (code or address not in {at for _, at in seen})
    ] == []
    addresses = {address for code, address in planted if not code}
    assert [
        (finding.rule.code, finding.address)
        for finding in found
        if finding.rule.severity > Severity.WARNING
        and (finding.rule.code, finding.address) not in planted
        and finding.address not in addresses
    ] == []


@each
def test_what_cannot_be_known_is_asked_and_nothing_else(name):
    expected = [(title, about) for title, table in truth(CORPUS[name]) for about in table.asked]
    assert sorted((question.tab, question.about) for question in readings(name).questions) == sorted(expected)


# --- the corpus itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "value"),
    [
        (" ob. ", "ob."),
        ("", None),
        ("12.03.2022", "12.03.2022"),
        ("@2022-03-12", dt.date(2022, 3, 12)),
        ("#7", 7),
        ("#-12.5", -12.5),
        ("#t16:30", dt.time(16, 30)),
        ("#true", True),
        ("#N/D!", "#N/D!"),
        ("Data⏎zapłaty", "Data\nzapłaty"),
    ],
)
def test_a_drawn_cell_is_the_value_that_a_sheet_would_give(drawn, value):
    assert cell(drawn) == value
    assert type(cell(drawn)) is type(value)


def test_a_merged_range_is_its_corners_from_0():
    assert corners("B2:AA4") == (1, 1, 3, 26)


def test_there_are_many_habits_and_none_twice():
    assert len(CORPUS) >= 45
    assert len({workbook.habit for workbook in CORPUS.values()}) == len(CORPUS)


def test_every_kind_of_table_is_somewhere_in_it():
    kinds = {table.kind for workbook in CORPUS.values() for _, table in truth(workbook)}
    assert kinds == {record.__name__ for record in records.RECORDS}


@each
def test_the_truth_speaks_of_rows_columns_fields_and_rules_that_exist(name):
    workbook = CORPUS[name]
    for tab in workbook.tabs:
        width = max(map(len, tab.rows), default=0)
        for table in tab.tables:
            assert set(table.columns) <= set(getattr(records, table.kind).model_fields)
            assert all(number(letters.split(":")[-1]) < width for letters in table.columns.values())
            assert all(0 < row <= len(tab.rows) for row in table.header)
            assert table.rows <= len(tab.rows) - len(table.header)
    titles = {tab.title for tab in workbook.tabs}
    for code, address in workbook.findings:
        assert not code or code in BY_CODE
        assert address.rpartition("!")[0] in titles or address in titles


def test_a_day_that_no_calendar_has_is_found_with_the_marks_lost_under_it(tables):
    """
    Listopad 2022
    Nazwisko i imię | 28 | 29 | 30 | 31
    Nowak Anna      | ob | nb | ob | ob
    Kos Jan         | ob | ob | nb |
    """
    register = registers.register(registers.read_tabs(tables), dt.date(2022, 12, 31))
    found = [(f.rule.code, f.address, f.not_counted) for f in register.findings]
    assert ("impossible-day", "Listopad 2022!E1", 1) in found
    assert len(register.attendance) == 6


@each
def test_what_is_saved_when_it_is_connected_is_read_again_as_it_was_shown(name):
    workbook = CORPUS[name]
    if not TAKES_MERGED and any(tab.merged for tab in workbook.tabs):
        pytest.skip("tables do not know of merged cells")
    tables = [tab.table for tab in workbook.tabs]
    first = connect.preview(tables, {}, (), workbook.as_of)
    then = connect.preview(tables, connect.choices_to_save(first), (), workbook.as_of)
    assert [tab.tables for tab in then.tabs] == [tab.tables for tab in first.tabs]
    assert then.headlines == first.headlines
