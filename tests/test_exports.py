"""Files that people open in a spreadsheet: nothing in them runs, and numbers stay numbers."""

import datetime as dt
import io

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from lib import exports


@pytest.mark.parametrize(
    "text", ["=1+1", "+48", "-5 osób", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"]
)
def test_text_that_would_run_gets_an_apostrophe(text):
    assert exports.harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=b", "", "'=1", -5, -5.5, None, dt.date(2022, 1, 1)])
def test_other_values_stay_as_they_are(value):
    assert exports.harmless(value) == value


def _frame():
    return pd.DataFrame(
        {
            "=Nazwa": ["=HYPERLINK(1)", "zwykły; tekst"],
            "kwota": pd.array([-12345, None], dtype="Int64"),
            "udział": [0.5, 0.25],
            "dzień": pd.to_datetime(["2022-03-12", None]),
            "tak": pd.array([True, None], dtype="boolean"),
        }
    )


def test_csv_opens_in_polish_excel():
    text = exports.csv(exports.in_zloty(_frame(), ["kwota"])).decode("utf-8-sig")
    assert text.splitlines() == [
        "'=Nazwa;kwota;udział;dzień;tak",
        "'=HYPERLINK(1);-123,45;0,5;12.03.2022;tak",
        '"zwykły; tekst";;0,25;;',
    ]


def test_csv_says_its_encoding():
    assert exports.csv(_frame()).startswith(b"\xef\xbb\xbf")


def test_xlsx_keeps_types_and_runs_nothing():
    content = exports.xlsx(exports.in_zloty(_frame(), ["kwota"]), "Źródła: [1/2]", ["kwota"], ["udział"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Źródła 12"]
    header, first, second = book.get_sheet_by_index(0).to_python()
    assert header[0] == "'=Nazwa"
    assert first == ["'=HYPERLINK(1)", -123.45, 0.5, dt.date(2022, 3, 12), "tak"]
    assert second == ["zwykły; tekst", "", 0.25, "", ""]


def test_an_empty_table_is_a_header():
    empty = _frame()[:0]
    assert exports.csv(empty).decode("utf-8-sig").strip() == "'=Nazwa;kwota;udział;dzień;tak"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(exports.xlsx(empty, ""))).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 1
