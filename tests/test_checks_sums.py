"""Sums among the rows of a budget and of expenses: every way in which offices sum up is right."""

import datetime as dt
from dataclasses import replace

import pytest

from lib import register as registers
from sheets.table import Table
from tests.test_checks_money import found

DAY = dt.date(2024, 6, 30)


def sums(tables: tuple[Table, ...]) -> list[str]:
    """The addresses of the sums that are found wrong."""
    register = registers.register(registers.read_tabs(tables), DAY)
    return [address for code, address in found(register) if code == "sum-not-rows"]


def off_by_a_grosz(tables: tuple[Table, ...], sum_: str) -> tuple[Table, ...]:
    """The tabs with one grosz more in the only cell that holds `sum_`."""
    more = f"{sum_[:-1]}{int(sum_[-1]) + 1}"
    assert sum(list(column).count(sum_) for table in tables for column in table.columns) == 1
    return tuple(
        replace(
            table,
            columns=tuple([more if cell == sum_ else cell for cell in column] for column in table.columns),
        )
        for table in tables
    )


def test_a_sum_of_the_rows_above_it_back_to_the_last_sum_is_right(tables):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-01   | 45,00        | 40,00
    FV 2         | 1.1        | 2022-03-30   | 100,00       | 100,00
    Razem marzec |            |              | 145,00       | 140,00
    FV 3         | 1.1        | 2022-04-01   | 10,00        | 10,00
    FV 4         | 1.1        | 2022-04-02   | 1,50         | 1,50
    Razem kwiecień |          |              | 11,50        | 11,40
    """
    assert sums(tables) == ["Wydatki!E7"]
    assert sums(off_by_a_grosz(tables, "145,00")) == ["Wydatki!D4", "Wydatki!E7"]


def test_the_finding_says_which_rows_and_what_they_make(register):
    """
    Wydatki
    Nr dokumentu   | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1           | 1.1        | 2022-03-01   | 40,00
    Razem marzec   |            |              | 40,00
    FV 3           | 1.1        | 2022-04-01   | 10,00
    FV 4           | 1.1        | 2022-04-02   | 1,50
    Razem kwiecień |            |              | 12,00
    """
    message = next(f.message for f in register.findings if f.rule.code == "sum-not-rows")
    assert "12,00\u00a0zł, a wiersze od 4 do 5 dają 11,50\u00a0zł: różnica 0,50\u00a0zł" in message


def test_a_total_of_all_rows_below_sums_of_parts_is_right(tables):
    """
    Budżet
    Nr pozycji      | Nazwa        | Kwota planowana
    Zadanie 1. Dom  |              |
    1.1             | Czynsz       | 100,00
    1.2             | Prąd         | 20,00
    Razem zadanie 1 |              | 120,00
    Zadanie 2. Auto |              |
    2.1             | Paliwo       | 30,00
    Razem zadanie 2 |              | 30,00
    OGÓŁEM          |              | 150,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "120,00")) == ["Budżet!C5"]
    assert sums(off_by_a_grosz(tables, "150,00")) == ["Budżet!C9"]


def test_a_sum_that_goes_on_from_the_ones_above_it_is_right(tables):
    """
    Wydatki
    Nr dokumentu     | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1             | 1.1        | 2022-03-01   | 40,00
    FV 2             | 1.1        | 2022-03-30   | 100,00
    Razem do marca   |            |              | 140,00
    FV 3             | 1.1        | 2022-04-01   | 10,00
    Razem do kwietnia |           |              | 150,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "150,00")) == ["Wydatki!D6"]


def test_a_total_of_the_sums_above_it_is_right_although_one_of_these_is_wrong(tables):
    """
    Wydatki
    Nr dokumentu   | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1           | 1.1        | 2022-03-01   | 40,00
    FV 2           | 1.1        | 2022-03-02   | 5,00
    Razem marzec   |            |              | 46,00
    FV 3           | 1.1        | 2022-04-01   | 10,00
    Razem kwiecień |            |              | 10,00
    OGÓŁEM         |            |              | 56,00
    """
    assert sums(tables) == ["Wydatki!D4"]


def test_lines_after_the_last_sum_count_in_the_total(tables):
    """
    Budżet
    Nr pozycji          | Nazwa     | Kwota planowana
    1                   | Czynsz    | 100,00
    2                   | Prąd      | 20,00
    Razem bezpośrednie  |           | 120,00
    3                   | Pośrednie | 24,00
    OGÓŁEM              |           | 144,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "144,00")) == ["Budżet!C6"]


def test_a_task_above_its_lines_sums_these_and_the_total_the_tasks(tables):
    """
    Budżet
    Nr pozycji | Nazwa        | Kwota planowana
    1          | Zadanie dom  | 120,00
    1.1        | Czynsz       | 100,00
    1.2        | Prąd         | 20,00
    2          | Zadanie auto | 31,00
    2.1        | Paliwo       | 30,00
    RAZEM      |              | 151,00
    """
    assert sums(tables) == ["Budżet!C5"]
    assert sums(off_by_a_grosz(tables, "120,00")) == ["Budżet!C2", "Budżet!C5", "Budżet!C7"]


def test_a_total_above_all_the_rows_is_right(tables):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    OGÓŁEM       |            |              | 140,00
    FV 1         | 1.1        | 2022-03-01   | 40,00
    FV 2         | 1.1        | 2022-03-30   | 100,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "140,00")) == ["Wydatki!D2"]


def test_a_list_of_sums_under_the_rows_may_be_by_line_and_by_month(tables):
    """
    Wydatki
    Nr dokumentu   | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1           | 1.1        | 2022-03-01   | 40,00
    FV 2           | 1.2        | 2022-03-30   | 100,00
    FV 3           | 1.1        | 2022-04-01   | 7,00
    Razem poz. 1.1 |            |              | 47,00
    Razem poz. 1.2 |            |              | 100,10
    Razem marzec   |            |              | 140,00
    OGÓŁEM         |            |              | 147,00
    """
    assert sums(tables) == ["Wydatki!D6"]
    assert sums(off_by_a_grosz(tables, "140,00")) == ["Wydatki!D6", "Wydatki!D7"]


def test_a_sum_may_leave_out_what_is_not_paid_and_what_is_entered_twice(tables):
    """
    Wydatki
    Nr dokumentu    | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
    FV 1            | 1.1        | 2022-03-01   | 40,00        | 40,00
    FV 2            | 1.1        | 2022-03-02   | 8,00         | 8,00
    FV 2            | 1.1        | 2022-03-02   | 8,00         | 8,00
    FV 3            | 1.1        |              | 5,00         | 5,00
    Razem zapłacono |            |              | 56,00        | 48,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "48,00")) == ["Wydatki!E6"]


def test_a_total_may_go_on_from_the_tab_of_the_year_before(tables):
    """
    Wydatki 2022
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-01   | 40,00
    OGÓŁEM       |            |              | 40,00

    Wydatki 2023
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 9         | 1.1        | 2023-03-01   | 5,00
    Razem 2023   |            |              | 5,00
    OGÓŁEM       |            |              | 45,00
    """
    assert sums(tables) == []
    assert sums(off_by_a_grosz(tables, "45,00")) == ["Wydatki 2023!D4"]


def test_a_sum_with_an_amount_that_cannot_be_read_may_be_right(tables):
    """
    Wydatki
    Nr dokumentu   | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1           | 1.1        | 2022-03-01   | 40,00
    FV 2           | 1.1        | 2022-03-02   | ok. stówy
    Razem marzec   |            |              | 140,00
    FV 3           | 1.1        | 2022-04-01   | 10,00
    Razem kwiecień |            |              | 12,00
    """
    assert sums(tables) == ["Wydatki!D6"]


def test_what_sums_up_something_else_than_the_rows_is_left_alone(tables):
    """
    Budżet
    Nr pozycji          | Nazwa  | Kwota planowana
    1                   | Czynsz | 100,00
    2                   | Prąd   | 20,00
    OGÓŁEM              |        | 121,00
    Razem dofinansowanie |       | 110,00
    Razem wkład własny  |        | 10,00
    Razem wg umowy      |        | 130,00
    """
    assert sums(tables) == ["Budżet!C4"]


def test_a_column_without_amounts_has_no_wrong_sum(tables):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-01   |              | 40,00
    Razem        |            |              | 7,00         | 41,00
    """
    assert sums(tables) == ["Wydatki!E3"]


@pytest.mark.parametrize("number", [lambda text: text, float], ids=["text", "number"])
def test_totals_of_attendance_are_held_against_the_marks_as_text_and_as_numbers(number):
    rows = [
        ["Lp.", "Nazwisko i imię", "07.02.2022", "14.02.2022", "21.02.2022", "28.02.2022", "razem"],
        ["1", "Nowak Zofia", "x", "x", "n", "x", number("3")],
        ["2", "Wilk Tadeusz", "x", "n", "u", "x", number("4")],
        [None, "obecnych", number("2"), number("1"), number("0"), number("2"), None],
    ]
    register = registers.register(registers.read_tabs([Table.from_rows("Klub", rows)]), dt.date(2022, 3, 1))
    found = [(f.rule.code, f.address) for f in register.findings if "total" in f.rule.code]
    assert found == [("total-not-marks", "Klub!G3")]
