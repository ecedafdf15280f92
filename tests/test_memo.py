"""Cells that were read before are not validated again, and are worth the same."""

import datetime as dt
import random

import pytest

from lib import reading
from lib.reading import Memo
from lib.register import read_tabs
from sheets.table import Table

HEADER = ["Nr uczestnika", "Płeć", "Data rozpoczęcia udziału w projekcie", "PESEL"]
VALUES = (
    ("U1", "U2", 3, 3.0, "", "#REF!"),
    ("K", "M", "?", True, 1, ""),
    ("12.03.2022", "13/04/2022", "03/04/2022", 45000, "dziś", dt.date(2022, 3, 1), ""),
    ("44051401359", 44051401359, "44051401358", ""),
)


def people(*rows: tuple[object, ...]) -> list[Table]:
    return [Table.from_rows("Uczestnicy", [HEADER, *rows])]


@pytest.fixture
def validated(monkeypatch):
    """The values that were validated, in order."""
    seen: list[object] = []
    whole = reading._validate

    def noted(record, name, values, order):
        seen.extend(values)
        return whole(record, name, values, order)

    monkeypatch.setattr(reading, "_validate", noted)
    return seen


def test_only_values_not_seen_before_are_validated(validated):
    memo = Memo()
    read_tabs(people(("U1", "K", "", ""), ("U2", "M", "", "")), memo)
    validated.clear()
    read_tabs(people(("U1", "K", "", ""), ("U3", "M", "", ""), ("U2", "K", "", "")), memo)
    assert validated == ["U3"]


def test_values_that_the_latest_reading_did_not_meet_are_let_go(validated):
    memo = Memo()
    for rows in ([("U1", "K", "", "")], [("U2", "K", "", "")], [("U1", "K", "", "")]):
        validated.clear()
        read_tabs(people(*rows), memo)
    assert validated == ["U1"]


def test_a_column_that_begins_to_write_the_month_first_is_validated_anew(validated):
    memo = Memo()
    read_tabs(people(("U1", "K", "03/04/2022", ""), ("U2", "K", "13/04/2022", "")), memo)
    validated.clear()
    frame = read_tabs(people(("U1", "K", "03/04/2022", ""), ("U2", "K", "04/13/2022", "")), memo)
    assert validated == ["03/04/2022", "04/13/2022"]
    [days] = [r.rows["entered_on"] for r in frame.by_record.values() if r.tabs]
    assert days.dt.month.tolist() == [3, 4]


def test_with_a_memo_every_reading_is_what_it_is_without():
    chance = random.Random(1)
    memo = Memo()
    for _ in range(100):
        rows = [tuple(map(chance.choice, VALUES)) for _ in range(chance.randrange(1, 9))]
        with_memo, without = read_tabs(people(*rows), memo), read_tabs(people(*rows))
        for record, one in with_memo.by_record.items():
            other = without.by_record[record]
            assert one.rows.equals(other.rows)
            assert one.findings == other.findings
            assert one.counted.tolist() == other.counted.tolist()
