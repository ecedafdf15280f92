"""What typed text becomes, and how it is shown, in a Polish and in an American spreadsheet."""

from __future__ import annotations

import pytest

from tests.google.formats import shown
from tests.google.locales import EN_US, PL_PL

POLISH = [
    ("1234,5", 1234.5, "1234,5"),
    ("1 234,50", 1234.5, "1\u00a0234,50"),
    ("1\u202f234,50 zł", 1234.5, "1\u00a0234,50\u00a0zł"),
    ("-5 zł", -5, "-5,00\u00a0zł"),
    ("12,5%", 0.125, "12,50%"),
    ("05.02.2024", 45327, "05.02.2024"),
    ("5.2.2024", 45327, "5.2.2024"),
    ("2024-02-05", 45327, "2024-02-05"),
    ("5 lutego 2024", 45327, "5 lutego 2024"),
    ("5.02.2024 8:30", 45327 + 8.5 / 24, "5.02.2024 8:30"),
    ("8:30", 8.5 / 24, "8:30"),
    ("30:15", 30.25 / 24, "30:15"),
    ("prawda", True, "PRAWDA"),
    ("FALSE", False, "FAŁSZ"),
    ("1.234", "1.234", "1.234"),
    ("31.02.2024", "31.02.2024", "31.02.2024"),
    ("'=2+2", "=2+2", "=2+2"),
    ("'00123456789", "00123456789", "00123456789"),
    ("02270803624", 2270803624, "2270803624"),
    ("=1/3", 1 / 3, "0,3333333333"),
    ("=2,5*2", 5, "5"),
    ("=SUMA(1;2;3)", 6, "6"),
    ("=1/0", "#DZIEL/0!", "#DZIEL/0!"),
    ("=NA()", "#N/D!", "#N/D!"),
    ("=NIEMA(1)", "#NAZWA?", "#NAZWA?"),
    ('=IMPORTRANGE("x";"A1")', "Loading...", "Loading..."),
]
AMERICAN = [
    ("1234.5", 1234.5, "1234.5"),
    ("2,000,000.01", 2000000.01, "2,000,000.01"),
    ("$1,234.5", 1234.5, "$1,234.50"),
    ("($5)", -5, "-$5.00"),
    ("12%", 0.12, "12%"),
    ("2/5/2024", 45327, "2/5/2024"),
    ("Feb 5, 2024", 45327, "Feb 5, 2024"),
    ("2/5/24 1:30 PM", 45327.5625, "2/5/24 1:30 PM"),
    ("true", True, "TRUE"),
    ("1,5", "1,5", "1,5"),
    ("5.02.2024", "5.02.2024", "5.02.2024"),
    ("1e3", 1000, "1.00E+03"),
    ('=SUM(1,2)&"x"', "3x", "3x"),
    ("=1/0", "#DIV/0!", "#DIV/0!"),
    ("=A1B1", "#NAME?", "#NAME?"),
    ("=1+", "#ERROR!", "#ERROR!"),
    ("=B1", 0, "0"),
    ("=", "=", "="),
]


@pytest.mark.parametrize(("typed", "value", "text"), POLISH)
def test_a_polish_sheet(gc, polish, typed, value, text):
    sheet = gc.open_by_key(polish.id).sheet1
    assert sheet.title == "Arkusz1"
    sheet.update([[typed]], "A5", raw=False)
    assert sheet.get("A5", value_render_option="UNFORMATTED_VALUE") == [[value]]
    assert sheet.get("A5") == [[text]]


@pytest.mark.parametrize(("typed", "value", "text"), AMERICAN)
def test_an_american_sheet(sheet, typed, value, text):
    sheet.update([[typed]], "A5", raw=False)
    assert sheet.get("A5", value_render_option="UNFORMATTED_VALUE") == [[value]]
    assert sheet.get("A5") == [[text]]


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1234567.891234, "", "1234567,891"),
        (123456789012345, "", "123456789012345"),
        (1e15, "", "1E+15"),
        (1234567890123456, "", "1,23457E+15"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1\u00a0234,50)"),
        (0, '0;-0;"zero"', "zero"),
        (1500000, "0.0,,", "1,5"),
        (5, "00000", "00005"),
        (600700800, "000-000-000", "600-700-800"),
        (12345.678, "0.00E+00", "1,23E+04"),
        (45000.75, "dddd, d mmmm yyyy hh:mm", "środa, 15 marca 2023 18:00"),
        (45000.999999, "hh:mm:ss", "00:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (5, "#,##0.00 [$zł-415]", "5,00 zł"),
        ("tekst", "0;0;0;@ !", "tekst !"),
        (0.125, "0.0%", "12,5%"),
        (2.5, "0", "3"),
    ],
)
def test_patterns_in_polish(value, pattern, text):
    assert shown(value, {"type": "NUMBER", "pattern": pattern} if pattern else None, PL_PL) == text


def test_a_format_without_a_pattern_is_the_locales_own():
    assert shown(45327, {"type": "DATE"}, PL_PL) == "5.02.2024"
    assert shown(45327, {"type": "DATE"}, EN_US) == "2/5/2024"
    assert shown(5, {"type": "CURRENCY"}, EN_US) == "$5.00"
    assert shown(0.5, {"type": "PERCENT"}, PL_PL) == "50,00%"


def test_formulas_follow_references_and_carry_formats(sheet):
    sheet.update(
        [["$1.50", "=A1", "=A1*2", "=SUM(A1:B1)", '=IF(A1>1,"dużo","mało")', "=IFERROR(1/0,7)"]],
        "A1",
        raw=False,
    )
    assert sheet.get("A1:F1") == [["$1.50", "$1.50", "3", "$3.00", "dużo", "7"]]
    sheet.update([["=B3"], ['=A4&"!"']], "A3", raw=False)
    sheet.update([["=A3"]], "B3", raw=False)
    assert sheet.get("A3") == [["#REF!"]]
    sheet.update([["='Sheet1'!A1+A1"]], "A7", raw=False)
    sheet.update_title("Nowy")
    assert sheet.get("A7", value_render_option="FORMULA") == [["=Nowy!A1+A1"]]


def test_an_american_date_stays_when_a_number_is_typed_over_it(sheet):
    sheet.update([["2/5/2024"]], "A1", raw=False)
    sheet.update([[1]], "A1", raw=False)
    assert sheet.get("A1") == [["12/31/1899"]]
    sheet.format("A1", {"numberFormat": {"type": "TEXT"}})
    sheet.update([["007"]], "A1", raw=False)
    assert sheet.get("A1", value_render_option="UNFORMATTED_VALUE") == [["007"]]
