"""How people type a day, an amount, a PESEL."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lib import cells
from lib.cells import BirthDay, Code, Count, Day, Minute, MoneyGr, Pesel, Sex, YesNo, day_order, is_error, key


def parsed(kind: Any, value: Any, **context: Any) -> Any:
    """The value of a cell, or the code of the rule that it breaks."""
    try:
        return TypeAdapter(kind).validate_python(value, context=context)
    except ValidationError as error:
        return error.errors()[0]["type"]


@pytest.mark.parametrize(
    "typed",
    [
        dt.date(2022, 3, 12),
        dt.datetime(2022, 3, 12),
        "12.03.2022",
        "12.3.2022",
        "12.03.2022 r.",
        "12.03.2022r.",
        " 12.03.2022 ",
        "12. 03. 2022",
        "12.03.22",
        "2022-03-12",
        "2022-03-12 00:00:00",
        "2022/03/12",
        "12 marca 2022",
        "12 marca 2022 r.",
        "12\u00a0marca\u00a02022",
        "12 III 2022",
        "12 mar 2022",
        44632,
        44632.0,
    ],
)
def test_a_day_is_read_in_every_way_people_write_it(typed):
    assert parsed(Day, typed) == dt.date(2022, 3, 12)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31.02.2022", "impossible-day"),
        ("29.02.2023", "impossible-day"),
        ("12.13.2022", "impossible-day"),
        ("2022-13-01", "impossible-day"),
        ("31/31/2022", "impossible-day"),
        ("0.0.2022", "impossible-day"),
        ("03/04/22", "ambiguous-day"),
        ("03/04/2022", "ambiguous-day"),
        ("w marcu", "not-a-day"),
        ("12 marec 2022", "not-a-day"),
        ("1704067200", "not-a-day"),
        ("٣.٤.2022", "not-a-day"),
        (0, "not-a-day"),
        (2022, "not-a-day"),
        (44632.5, "not-a-day"),
        (True, "not-a-day"),
        (float("nan"), "not-a-day"),
        (float("inf"), "not-a-day"),
        (dt.time(16, 30), "not-a-day"),
    ],
)
def test_what_is_not_one_sure_day_is_an_error(typed, code):
    assert parsed(Day, typed) == code


def test_the_rest_of_a_column_settles_the_order_of_day_and_month():
    assert day_order(["03/04/22", "25/04/22"]) == "dmy"
    assert day_order(["03/04/22", "04/25/22"]) == "mdy"
    assert day_order(["03/04/22", "25/04/22", "04/25/22"]) is None
    assert day_order(["03/04/22", "12.03.2022", 44632]) is None
    assert parsed(Day, "03/04/22", day_order="dmy") == dt.date(2022, 4, 3)
    assert parsed(Day, "03/04/22", day_order="mdy") == dt.date(2022, 3, 4)
    assert parsed(Day, "04/04/22") == dt.date(2022, 4, 4), "the same either way"
    assert parsed(Day, "25/04/22") == dt.date(2022, 4, 25), "settles itself"


def test_a_birth_with_a_two_digit_year_has_two_readings():
    assert parsed(BirthDay, "03.04.35") == "ambiguous-day"
    assert parsed(BirthDay, "25/04/35") == "ambiguous-day"
    assert parsed(BirthDay, "03.04.1935") == dt.date(1935, 4, 3)
    assert parsed(BirthDay, "1935-04-03") == dt.date(1935, 4, 3)


@given(st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_survives_being_written_and_read(day):
    months = [word for word in cells.MONTHS if cells.MONTHS[word] == day.month]
    for typed in (
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%Y} r.",
        day.isoformat(),
        *(f"{day.day} {month} {day.year}" for month in months),
        (day - cells.EPOCH).days,
        dt.datetime.combine(day, dt.time()),
    ):
        assert parsed(Day, typed) == day
    slashed = parsed(Day, f"{day:%d/%m/%Y}")
    assert slashed == (day if day.day > 12 or day.day == day.month else "ambiguous-day")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.times(), st.dates()))
def test_no_cell_at_all_crashes_a_parser(typed):
    for kind in (Day, BirthDay, Minute, MoneyGr, Count, cells.Hours, Code, cells.Phone, YesNo, Pesel, Sex):
        parsed(kind, typed)


@pytest.mark.parametrize(
    ("typed", "grosze"),
    [
        ("1 042 938,86 zł", 104293886),
        ("1\u00a0042\u00a0938,86\u00a0zł", 104293886),
        ("1\u202f042\u202f938,86", 104293886),
        ("1.042,50", 104250),
        ("1.042.938,86", 104293886),
        ("1,042.50", 104250),
        ("1042,5", 104250),
        ("12,50 PLN", 1250),
        ("0,5", 50),
        ("12.50", 1250),
        ("1.042.938", 104293800),
        (1042938.86, 104293886),
        (0.1 + 0.2, 30),
        (5, 500),
        ("-12,50", -1250),
        ("−12,50", -1250),
        ("–12,50", -1250),
    ],
)
def test_an_amount_is_read_in_every_way_people_write_it(typed, grosze):
    assert parsed(MoneyGr, typed) == grosze


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.042", "ambiguous-number"),
        ("10,000", "ambiguous-number"),
        ("12,345", "fraction-of-grosz"),
        (12.345, "fraction-of-grosz"),
        ("12o,50", "not-money"),
        ("12,50 €", "not-money"),
        ("1 04 2,00", "not-money"),
        ("1_000", "not-money"),
        ("nan", "not-money"),
        ("inf", "not-money"),
        (float("nan"), "not-money"),
        (True, "not-money"),
        (dt.date(2022, 3, 12), "not-money"),
    ],
)
def test_what_is_not_one_sure_amount_is_an_error(typed, code):
    assert parsed(MoneyGr, typed) == code


@given(st.integers(-(10**12), 10**12))
def test_every_amount_survives_being_written_and_read(grosze):
    sign, whole, rest = "-" if grosze < 0 else "", abs(grosze) // 100, abs(grosze) % 100
    grouped = f"{whole:,}"
    for typed in (
        f"{sign}{whole},{rest:02} zł",
        f"{sign}{grouped.replace(',', ' ')},{rest:02} zł",
        f"{sign}{grouped.replace(',', chr(0xA0))},{rest:02}",
        f"{sign}{grouped.replace(',', '.')},{rest:02}",
        f"{sign}{grouped}.{rest:02}",
        f"{sign}{whole}.{rest:02}",
        grosze / 100,
    ):
        assert parsed(MoneyGr, typed) == grosze


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("16.30", 990),
        ("16:30", 990),
        ("16:30:00", 990),
        ("16", 960),
        ("godz. 16.30", 990),
        ("9:05", 545),
        (dt.time(16, 30), 990),
        (dt.datetime(1899, 12, 30, 16, 30), 990),
        (dt.timedelta(hours=16, minutes=30), 990),
        (dt.datetime(1900, 1, 14, 7, 12), "not-a-time"),
        (0.6875, 990),
        ("24:00", 1440),
        ("16.3", "not-a-time"),
        (16.3, "not-a-time"),
        ("25:00", "not-a-time"),
        ("16:75", "not-a-time"),
        ("po lekcjach", "not-a-time"),
        (True, "not-a-time"),
    ],
)
def test_a_time_of_day_is_minutes_since_midnight(typed, minute):
    assert parsed(Minute, typed) == minute


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("TAK", True), ("tak", True), ("T", True), ("x", True), ("X", True), (1.0, True), (True, True),
        ("NIE", False), ("n", False), ("0", False), (False, False),
        ("może", "not-yes-no"), ("2", "not-yes-no"), ("off", "not-yes-no"),
    ],
)  # fmt: skip
def test_yes_and_no_in_every_spelling(typed, value):
    assert parsed(YesNo, typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("44051401359", "44051401359"),
        (44051401359, "44051401359"),
        (44051401359.0, "44051401359"),
        ("440514 01359", "44051401359"),
        (2270803624, "02270803624"),
        ("44051401358", "pesel-checksum"),
        ("4405140135", "pesel-format"),
        ("4405140135X", "pesel-format"),
        ("٤٤٠٥١٤٠١٣٥٩", "pesel-format"),
        ("44053201353", "pesel-date"),
        (True, "pesel-format"),
    ],
)
def test_a_pesel_is_eleven_digits_with_a_right_checksum_and_a_real_day(typed, value):
    assert parsed(Pesel, typed) == value


def test_a_pesel_says_the_day_of_birth_and_the_sex():
    assert cells.pesel_birth_date("02270803624") == dt.date(2002, 7, 8)
    assert cells.pesel_birth_date("44051401359") == dt.date(1944, 5, 14)
    assert (cells.pesel_sex("02270803624"), cells.pesel_sex("44051401359")) == (Sex.FEMALE, Sex.MALE)


def test_a_dictionary_takes_other_spellings_and_refuses_the_rest():
    assert [parsed(Sex, typed) for typed in ("k", "KOBIETA", " Mężczyzna ", "mezczyzna")] == [
        Sex.FEMALE, Sex.FEMALE, Sex.MALE, Sex.MALE
    ]  # fmt: skip
    assert parsed(Sex, "inna") == "not-in-dictionary"


def test_codes_are_text_and_whole_numbers_lose_their_zero_fraction():
    assert [parsed(Code, typed) for typed in (7.0, " U001 ", "1.2", 1.2)] == ["7", "U001", "1.2", "1,2"]


def test_texts_are_compared_without_case_diacritics_and_kinds_of_dash():
    assert key("Jastrzębie –Zdrój") == key("JASTRZEBIE-ZDROJ") == "jastrzebie-zdroj"
    assert key("Łódź\u00a0 1") == "lodz 1"


def test_the_errors_of_a_spreadsheet_are_known():
    assert all(is_error(text) for text in ("#REF!", "#N/A", "#DIV/0!", "#ADR!", "Loading...", "Wczytywanie…"))
    assert not any(is_error(text) for text in ("#1", "REF", "", "Loading", None, 5))
