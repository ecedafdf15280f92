"""From a tab to a typed frame."""

import datetime as dt

import pytest

from lib.findings import Finding
from lib.headers import header_key
from lib.reading import Recognised, factorise, read
from lib.recognition import recognise as found_on
from lib.records import RECORDS, Attendance, Expense, Participant, Session, SupportForm
from sheets.column import Column
from sheets.table import Table


def recognise(table: Table):
    """The one table that a tab holds, or else what is wrong with it, or else nothing."""
    found = found_on(table)
    return next(iter((*found.tables, *found.findings)), None)


def reading_of(table: Table):
    """The reading of one tab."""
    tab = recognise(table)
    assert isinstance(tab, Recognised)
    return read(tab.record, [tab])


def faults(reading) -> list[tuple[str, str]]:
    """The findings as (code, address)."""
    return [(finding.rule.code, finding.address) for finding in reading.findings]


def test_a_header_is_found_below_banners_in_any_order_and_case_without_diacritics(tables):
    """
    Arkusz1
    Ośrodek Pomocy Społecznej | | |
    | | |
    PLEC | uwagi własne | nr uczestnika | Data rozpoczecia udzialu w projekcie
    K | x | U1 | 12.03.2022
    """
    tab = recognise(tables[0])
    assert isinstance(tab, Recognised)
    assert tab.record is Participant
    assert tab.columns == {"person": 2, "sex": 0, "entered_on": 3}
    reading = read(Participant, [tab])
    assert reading.rows["entered_on"].dt.date.tolist() == [dt.date(2022, 3, 12)]
    assert reading.cell(0, "person").address == "Arkusz1!C4"
    assert faults(reading) == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_kind_of_table_is_recognised_by_its_own_headers(record):
    headers = [field.title for field in record.model_fields.values()]
    tab = recognise(Table.from_rows("Arkusz", [headers]))
    assert isinstance(tab, Recognised)
    assert tab.record is record
    assert list(tab.columns) == list(record.model_fields)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_header_of_a_kind_of_table_means_two_columns(record):
    proper = [header_key(field.title) for field in record.model_fields.values()]
    assert len(set(proper)) == len(proper)


def test_a_cover_and_a_pivot_are_left_alone(tables):
    """
    Okładka
    Projekt | Jastrzębie
    Opracowała | Zespół

    Zestawienie
    Miesiąc | Suma | Średnia
    styczeń | 5 | 2
    """
    assert [recognise(table) for table in tables] == [None, None]


def test_a_known_tab_without_its_header_is_a_finding(tables):
    """
    Uczestnicy
    U1 | Kobieta | 12.03.2022
    U2 | Kobieta | 12.03.2022
    """
    finding = recognise(tables[0])
    assert isinstance(finding, Finding)
    assert (finding.rule.code, finding.address) == ("header-not-found", "Uczestnicy")


def test_a_missing_required_column_is_a_finding_and_the_rest_still_works(tables):
    """
    Uczestnicy
    Nr uczestnika | Data rozpoczęcia udziału
    U1 | 12.03.2022
    """
    reading = reading_of(tables[0])
    assert faults(reading) == [("missing-column", "Uczestnicy!1:1")]
    assert reading.counted.tolist() == [True]


def test_rows_without_an_essential_column_are_not_counted(tables):
    """
    Obecności
    Nr zajęć | Obecność
    Z1 | x
    Z2 | nb
    """
    reading = reading_of(tables[0])
    assert [(f.rule.code, f.not_counted) for f in reading.findings] == [("missing-column", 2)]
    assert reading.counted.tolist() == [False, False]


def test_the_first_of_two_columns_of_one_name_is_read(tables):
    """
    Obecności
    Nr zajęć | Nr uczestnika | Obecność | Obecność
    Z1 | U1 | x | nb
    """
    reading = reading_of(tables[0])
    assert faults(reading) == [("duplicate-header", "Obecności!D1")]
    assert reading.rows["presence"].tolist() == ["obecny"]


def test_each_bad_cell_is_a_finding_at_its_address(tables):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | Kwota brutto
    FV1 | 1.1 | 31.02.2022 | 12,50 | 12,50
    FV2 | 1.1 | 12.03.2022 | 12o,50 | 12,50
    FV3 | | 12.03.2022 | #REF! | x
    | 1.2 | 12.03.2022 | 1.042 | -
    """
    reading = reading_of(tables[0])
    assert set(faults(reading)) == {
        ("impossible-day", "Wydatki!C2"),
        ("not-money", "Wydatki!D3"),
        ("required-value", "Wydatki!B4"),
        ("cell-error", "Wydatki!D4"),
        ("not-money", "Wydatki!E4"),
        ("required-value", "Wydatki!A5"),
        ("ambiguous-number", "Wydatki!D5"),
    }
    assert len(reading.findings) == 7
    assert reading.counted.tolist() == [False, False, False, False]


def test_a_bad_value_that_is_not_essential_leaves_the_row_counted(tables):
    """
    Uczestnicy
    Nr uczestnika | PESEL | Płeć | Telefon
    U1 | 44051401358 | nie wiem | brak
    """
    reading = reading_of(tables[0])
    assert set(faults(reading)) == {
        ("pesel-checksum", "Uczestnicy!B2"),
        ("not-in-dictionary", "Uczestnicy!C2"),
        ("not-a-phone", "Uczestnicy!D2"),
    }
    assert reading.counted.tolist() == [True]
    assert reading.rows[["pesel", "sex", "phone"]].isna().all(axis=None)


def test_personal_text_is_masked_in_findings(tables):
    """
    Uczestnicy
    Nr uczestnika | PESEL | Płeć | Data urodzenia
    U1 | 44051401358 | K | 31.02.1944
    """
    texts = [f.message + f.cell.raw for f in reading_of(tables[0]).findings]
    assert len(texts) == 2
    assert not any("440514" in text or "1944" in text for text in texts)


def test_an_example_row_is_not_data_and_is_counted_as_such(tables):
    """
    Uczestnicy
    Nr uczestnika | Płeć | Uwagi
    PRZYKŁAD – usuń ten wiersz | K | wiersz wzoru
    U1 | K | przykładowa osoba
    Przyklad: U2 | ? |
    """
    reading = read(Participant, [recognise(tables[0])])
    assert (reading.rows["person"].tolist(), reading.sums, reading.findings) == (["U1"], (2,), ())


def test_blank_rows_and_sums_are_not_data(tables):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV1 | 1.1 | 12.03.2022 | 12,50
    | | |
    Razem | | | 12,50
    FV2 | 1.1 | 13.03.2022 | 5
    """
    reading = reading_of(tables[0])
    assert faults(reading) == []
    assert reading.not_data == 1
    assert reading.rows["eligible_gr"].tolist() == [1250, 500]
    assert reading.cell(1, "document").address == "Wydatki!A5"


def test_a_sum_is_known_by_its_label_in_any_column_and_by_numbers_alone_beside_it(tables):
    """
    Wydatki
    Lp. | Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | Opis
    1 | F1 | 1.1 | 06.01.2024 | 200 | Razem z montażem: meble
    2 | F2 | | 06.01.2024 | 200 | Razem z montażem: meble
    | Razem | 1.1 | | 400 |
    RAZEM | | | | 400,00 zł |
    | | | | 400 | Suma zadania 1:

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra | 1.1 | 1000
    | Razem | 1 000,00 zł

    Uczestnicy
    Nr uczestnika | Nazwisko | Płeć
    U1 | Suma | K
    | Suma | K
    """
    expenses, lines, persons = (reading_of(table) for table in tables)
    assert (expenses.counted.tolist(), expenses.sums) == ([True, False], (3,))
    assert faults(expenses) == [("required-value", "Wydatki!C3")]
    assert (lines.counted.tolist(), lines.sums) == ([True], (1,))
    assert (persons.counted.tolist(), persons.sums) == ([True, False], (0,))
    assert faults(persons) == [("required-value", "Uczestnicy!A3")]


def test_the_order_of_day_and_month_is_settled_by_the_column_alone(tables):
    """
    Zajęcia
    Nr zajęć | Kod grupy | Data | Status
    Z1 | G1 | 03/04/22 | odbyte
    Z2 | G1 | 25/04/22 | odbyte

    Zajęcia 2023
    Nr zajęć | Kod grupy | Data | Status
    Z3 | G1 | 03/04/22 | odbyte
    """
    assert reading_of(tables[0]).rows["day"].dt.date.tolist() == [dt.date(2022, 4, 3), dt.date(2022, 4, 25)]
    assert faults(reading_of(tables[1])) == [("ambiguous-day", "Zajęcia 2023!C2")]


def test_tabs_of_one_kind_become_one_frame(tables):
    """
    Zajęcia 2022
    Nr zajęć | Kod grupy | Data | Status
    Z1 | G1 | 12.03.2022 | odbyte

    Zajęcia 2023
    Status | Data | Nr zajęć | Kod grupy
    odwołane | 13.03.2023 | Z2 | G1
    plan | 14.03.2023 | |
    """
    tabs = [tab for table in tables if isinstance(tab := recognise(table), Recognised)]
    reading = read(Session, tabs)
    assert reading.rows["session"].dropna().tolist() == ["Z1", "Z2"]
    assert reading.rows["row"].tolist() == [0, 1, 2]
    assert reading.cell(1, "session").address == "Zajęcia 2023!C2"
    assert faults(reading) == [("required-value", "Zajęcia 2023!C3"), ("required-value", "Zajęcia 2023!D3")]
    assert reading.counted.tolist() == [True, True, False]


def test_a_table_without_rows_has_all_its_columns_and_types():
    rows = read(Expense, []).rows
    assert list(rows.columns) == [*Expense.model_fields, "row"]
    assert rows.dtypes.astype(str)[["paid_on", "eligible_gr", "document"]].tolist() == [
        "datetime64[s]",
        "Int64",
        "str",
    ]
    headed = reading_of(Table.from_rows("Wydatki", [[f.title for f in Expense.model_fields.values()]])).rows
    assert headed.dtypes.tolist() == rows.dtypes.tolist()


@pytest.mark.parametrize("made", [list, Column.of], ids=["list", "Column"])
def test_numbers_texts_and_truths_that_look_alike_stay_apart(made):
    column = factorise(made([1, True, "1", 1.0, None, "  ", "–", "1"]))
    assert column.codes.tolist()[4:7] == [-1, -1, -1]
    assert column.codes[2] == column.codes[7]
    assert len({column.codes[i] for i in (0, 1, 2)}) == 3
    assert [type(column.values[column.codes[i]]) for i in (0, 1, 2)] == [int, bool, str]


@pytest.mark.parametrize(
    "cells", [["a", None, "b", "a"], [1.5, None, 2.5], [dt.date(2022, 3, 1), "x", True, 1], []]
)
def test_a_column_that_knows_its_values_is_read_as_the_plain_cells_are(cells):
    known, plain = factorise(Column.of(["header", *cells])[1:]), factorise(cells)
    assert [known.values[code] if code >= 0 else None for code in known.codes] == cells
    assert [plain.values[code] if code >= 0 else None for code in plain.codes] == cells
    assert "header" not in known.values


def test_a_broken_character_is_replaced_and_crashes_nothing():
    rows = [["Kod formy", "Forma wsparcia"], ["F1", "Media\ud800cje"]]
    assert reading_of(Table.from_rows("Formy", rows)).rows["name"].tolist() == [
        "Media\N{REPLACEMENT CHARACTER}cje"
    ]


def test_values_of_excel_and_texts_may_stand_in_one_column():
    rows = [
        ["Kod formy", "Forma wsparcia", "Planowana liczba osób"],
        [1.0, "Mediacje", 12.0],
        ["F2", "Kurs", "12"],
        ["F3", "Kurs", "dużo"],
    ]
    reading = reading_of(Table.from_rows("Formy wsparcia", rows))
    assert reading.record is SupportForm
    assert reading.rows["code"].tolist() == ["1", "F2", "F3"]
    assert reading.rows["planned_persons"].tolist()[:2] == [12, 12]
    assert faults(reading) == [("not-a-number", "Formy wsparcia!C4")]


def test_a_near_word_of_a_dictionary_is_offered(tables):
    """
    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1 | U1 | obceny
    """
    finding = reading_of(tables[0]).findings[0]
    assert finding.rule.code == "not-in-dictionary"
    assert "Może „obecny”?" in finding.message


def test_every_row_of_a_tab_is_counted_rejected_or_a_sum(tables):
    """
    Obecności
    Nr zajęć | Nr uczestnika | Obecność
    Z1 | U1 | x
    Z1 | | x
    Z1 | U3 | ?
    Razem | | 3
    """
    reading = reading_of(tables[0])
    assert reading.record is Attendance
    assert (reading.counted.sum(), (~reading.counted).sum(), reading.not_data) == (1, 2, 1)
