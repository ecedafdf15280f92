"""How values are said in Polish."""

import datetime as dt

import pandas as pd
import pytest

from lib import words


@pytest.mark.parametrize(
    ("grosze", "said"),
    [
        (104293886, "1 042 938,86 zł"),
        (0, "0,00 zł"),
        (5, "0,05 zł"),
        (-12345600, "−123 456,00 zł"),
        (None, "nie podano"),
        (pd.NA, "nie podano"),
    ],
)
def test_money_is_said_to_the_grosz(grosze, said):
    assert words.money(grosze) == said.replace(" ", words.NBSP).replace("nie" + words.NBSP, "nie ")


def test_numbers_and_shares_have_a_decimal_comma():
    assert words.number(1234.5, 1) == "1\u00a0234,5"
    assert words.share(0.853) == "85,3%"
    assert words.share(float("nan")) == "nie podano"


def test_what_rounds_to_zero_is_not_minus_zero():
    assert words.number(-0.01, 1) == "0,0"


def test_days_months_and_times():
    assert words.day(dt.date(2022, 3, 12)) == "12.03.2022"
    assert words.day(pd.NaT) == "nie podano"
    assert words.month(pd.Timestamp(2022, 3, 1)) == "marzec 2022"
    assert words.time(990) == "16:30"
    assert words.moment(dt.datetime(2022, 3, 12, 16, 5, 9)) == "12.03.2022, godz. 16:05:09"


@pytest.mark.parametrize(
    ("count", "noun"),
    [
        (0, "osób"),
        (1, "osoba"),
        (2, "osoby"),
        (4, "osoby"),
        (5, "osób"),
        (12, "osób"),
        (14, "osób"),
        (22, "osoby"),
    ],
)
def test_a_noun_agrees_with_its_number(count, noun):
    assert words.people(count) == f"{count}\u00a0{noun}"


def test_text_of_a_cell_is_not_read_as_markdown():
    assert words.plain("![x](http://a)") == r"\!\[x\]\(http\:\/\/a\)".replace(r"\/", "/")
    assert words.plain(":red[a] *b*") == r"\:red\[a\] \*b\*"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "przed 0 s"),
        (35.9, "przed 35 s"),
        (119, "przed 119 s"),
        (120, "przed 2 min"),
        (7_200, "przed 2 godz."),
        (172_800, "przed 2 dn."),
    ],
)
def test_how_long_ago_something_was_is_said_in_a_fitting_unit(seconds, said):
    assert words.ago(seconds).replace(words.NBSP, " ") == said


def test_a_form_that_is_its_own_code_is_said_once():
    assert words.coded("F01", "Mediacje rodzinne") == "F01: Mediacje rodzinne"
    assert words.coded("Kurs", "Kurs") == "Kurs"
