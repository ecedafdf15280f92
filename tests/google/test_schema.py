"""The official schema as the judge of answers; field masks; and that nothing of gspread is left untried."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import gspread
import pytest

from tests.google import schema
from tests.google.server import HANDLERS


@pytest.mark.parametrize(
    ("answer", "violation"),
    [
        ({"range": "A1", "values": [["x", 1, True]]}, None),
        ({"rang": "A1"}, "ValueRange.rang: unknown field of ValueRange"),
        ({"range": 5}, "ValueRange.range: 5 is not string"),
        ({"majorDimension": "LINES"}, "ValueRange.majorDimension: 'LINES' is not string"),
        ({"values": "x"}, "ValueRange.values: str instead of a list"),
        ({"values": [[None]]}, "ValueRange.values[0]: None in a cell"),
    ],
)
def test_an_answer_that_the_schema_does_not_know_is_found(answer, violation):
    assert schema.violations("sheets", "ValueRange", answer) == ([violation] if violation else [])


def test_whole_numbers_and_times_are_as_the_schema_has_them():
    assert schema.violations("drive", "File", {"version": 5}) == ["File.version: 5 is not int64"]
    assert schema.violations("drive", "File", {"createdTime": "wczoraj"}) == [
        "File.createdTime: 'wczoraj' is not date-time"
    ]
    assert (
        schema.violations("drive", "File", {"version": "5", "createdTime": "2024-06-01T12:00:00.000Z"}) == []
    )


def test_a_wrong_answer_of_the_server_is_noted(app, world, spreadsheet, monkeypatch):
    monkeypatch.setitem(HANDLERS, "spreadsheets.values.get", lambda call: {"odd": 1})
    spreadsheet.values_get("A1")
    assert world.violations == [
        f"GET /v4/spreadsheets/{spreadsheet.id}/values/A1: ValueRange.odd: unknown field of ValueRange"
    ]
    world.violations.clear()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", {"a": {"b": 1, "c": 2}}),
        ("a.b", {"a": {"b": 1}}),
        ("a/b,d(e)", {"a": {"b": 1}, "d": [{"e": 1}, {}]}),
        ("*/c", {"a": {"c": 2}, "d": [{}, {}]}),
        ("a,a.b", {"a": {"b": 1, "c": 2}}),
        ("*", {"a": {"b": 1, "c": 2}, "d": [{"e": 1}, {"f": 2}]}),
    ],
)
def test_masks_take_what_they_name(text, answer):
    whole = {"a": {"b": 1, "c": 2}, "d": [{"e": 1}, {"f": 2}]}
    assert schema.selected(whole, schema.mask(text)) == answer


@pytest.mark.parametrize("text", ["a(", "a.", "(a)", "a,,b", "a)"])
def test_masks_that_cannot_be_read(text):
    with pytest.raises(ValueError, match=r"^"):
        schema.mask(text)


def test_every_method_of_sheets_is_answered():
    assert {m.id for m in schema.methods() if m.service == "sheets"} <= set(HANDLERS)


@pytest.mark.parametrize(
    "class_", [gspread.Client, gspread.Spreadsheet, gspread.Worksheet], ids=lambda class_: class_.__name__
)
def test_every_public_method_of_gspread_is_tried_somewhere_here(class_):
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    names = [name for name, _ in inspect.getmembers(class_) if not name.startswith("_")]
    untried = [name for name in names if not re.search(rf"\.{name}\b", tests)]
    assert untried == []
