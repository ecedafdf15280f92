"""The workbook made from the records: blank, and filled."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from lib import template
from lib.example import ROWS
from lib.project import PARAMETERS
from lib.reading import read
from lib.recognition import recognise
from lib.records import (
    RECORDS,
    Attendance,
    BudgetLine,
    Enrolment,
    Expense,
    Fact,
    Group,
    Participant,
    Record,
    Session,
    words_of,
)
from lib.register import read_tabs, register
from sheets.xlsx import Workbook


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The blank template as openpyxl reads it back."""
    path = tmp_path_factory.mktemp("template") / "pusty.xlsx"
    template.write(path)
    return openpyxl.load_workbook(path)


def lists(workbook: openpyxl.Workbook, record: type[Record]) -> dict[str, str]:
    """The drop-down lists of a tab: the field and what it is chosen from."""
    validations = workbook[record.tab].data_validations.dataValidation
    fields = list(record.model_fields)
    return {fields[next(iter(v.sqref.ranges)).min_col - 1]: v.formula1 for v in validations}


def test_every_record_has_a_tab_with_its_headers_in_order(blank):
    assert blank.sheetnames == ["Instrukcja", *(record.tab for record in RECORDS)]
    for record in RECORDS:
        headers = [cell.value for cell in blank[record.tab][1]]
        assert headers == [field.title for field in record.model_fields.values()]


def test_every_header_has_a_comment_that_explains_the_column(blank):
    for record in RECORDS:
        for cell, field in zip(blank[record.tab][1], record.model_fields.values(), strict=True):
            assert field.description in cell.comment.text


def test_the_header_stays_in_sight_and_filters(blank):
    for record in RECORDS:
        assert blank[record.tab].freeze_panes == "A2"
        assert blank[record.tab].auto_filter.ref.startswith("A1:")


def test_every_dictionary_is_a_list_to_choose_from(blank):
    for record in RECORDS:
        for name, field in record.model_fields.items():
            if (words := words_of(field)) is not None:
                assert lists(blank, record)[name] == f'"{",".join(word.value for word in words)}"'
    assert lists(blank, Participant)["completed_path"] == '"TAK,NIE"'


def test_references_to_short_tables_are_chosen_from_their_tabs(blank):
    assert lists(blank, Group)["form"] == "'Formy wsparcia'!$A$3:$A$1002"
    assert lists(blank, Group)["leader"] == "'Kadra'!$A$3:$A$1002"
    assert lists(blank, Session)["group"] == "'Grupy'!$A$3:$A$1002"
    assert lists(blank, Expense)["line"] == "'Budżet'!$B$3:$B$1002"
    assert "person" not in lists(blank, Attendance)


def test_facts_are_chosen_from_the_names_that_the_program_knows(blank):
    assert lists(blank, Fact)["parameter"] == f"'Instrukcja'!$C$2:$C${len(PARAMETERS) + 1}"
    names = [row[0].value for row in blank["Instrukcja"][f"C2:C{len(PARAMETERS) + 1}"]]
    assert names == [parameter.name for parameter in PARAMETERS]


def test_columns_have_the_format_of_their_kind(blank):
    def column_format(record: type[Record], field: str) -> str:
        letter = openpyxl.utils.get_column_letter(list(record.model_fields).index(field) + 1)
        # neighbours of one width and format share one entry in the file
        sheet = blank[record.tab]
        number = openpyxl.utils.column_index_from_string(letter)
        entry = next(d for d in sheet.column_dimensions.values() if d.min <= number <= d.max)
        return entry.number_format

    assert column_format(Participant, "pesel") == "@"
    assert column_format(Participant, "person") == "@"
    assert column_format(Participant, "birth_date") == "dd.mm.yyyy"
    assert column_format(Session, "starts_at") == "hh:mm"
    assert column_format(BudgetLine, "planned_gr") == "#,##0.00"


def test_all_of_the_blank_template_is_recognised_without_a_finding_or_a_row_of_data(tmp_path):
    template.write(tmp_path / "pusty.xlsx")
    readings = read_tabs(Workbook(tmp_path / "pusty.xlsx").read().tabs)
    assert [table.title for table in readings.unrecognised] == ["Instrukcja"]
    for record in RECORDS:
        (tab,) = readings.by_record[record].tabs
        assert tab.table.title == record.tab
        assert dict(tab.columns) == {name: at for at, name in enumerate(record.model_fields)}
        assert (len(readings.by_record[record].rows), readings.by_record[record].sums) == (0, (1,))
    whole = register(readings, dt.date(2024, 1, 1))
    assert (whole.findings, set(whole.rejected.values())) == ((), {0})


def test_every_column_has_an_example_that_can_be_read(tmp_path):
    """Without its mark the example row is data, all of it good."""
    rows = {record: [ROWS[record]] for record in RECORDS}
    template.write(tmp_path / "a.xlsx", rows)
    readings = read_tabs(Workbook(tmp_path / "a.xlsx").read().tabs)
    for record in RECORDS:
        assert list(ROWS[record]) == list(record.model_fields)
        assert readings.by_record[record].counted.tolist() == [True]
    codes = {finding.rule.code for finding in register(readings, dt.date(2024, 1, 1)).findings}
    assert not {code for code in codes if code.startswith(("not-", "unknown-", "required-", "pesel-"))}


def test_the_header_is_protected_without_a_password_and_nothing_below_it(blank):
    for record in RECORDS:
        sheet = blank[record.tab]
        assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
        # these are false when people may do it
        kept = (
            "insertRows",
            "deleteRows",
            "sort",
            "autoFilter",
            "formatCells",
            "formatColumns",
            "formatRows",
        )
        assert [getattr(sheet.protection, name) for name in kept] == [False] * len(kept)
        assert all(cell.protection.locked for cell in sheet[1][: len(record.model_fields)])
        assert not any(cell.protection.locked for cell in sheet[2])
        assert not any(entry.protection.locked for entry in sheet.column_dimensions.values())
        assert max(entry.max for entry in sheet.column_dimensions.values()) == 16_384


def test_a_row_written_under_the_example_is_the_only_one_that_counts(tmp_path):
    template.write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["Uczestnicy"]["A3"], book["Uczestnicy"]["E3"] = "U1", "K"
    book.save(tmp_path / "a.xlsx")
    readings = read_tabs(Workbook(tmp_path / "a.xlsx").read().tabs)
    assert readings.by_record[Participant].rows["person"].tolist() == ["U1"]
    assert register(readings, dt.date(2024, 1, 1)).findings == ()


def test_a_filled_workbook_has_no_example_and_no_protection(tmp_path):
    template.write(tmp_path / "a.xlsx", {Fact: [{"parameter": "Nazwa", "value": "Próba"}]})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [cell.value for cell in book["Kadra"][2]] == [None] * len(book["Kadra"][2])
    assert not book["Projekt"].protection.sheet


def test_rows_come_back_as_they_were_written(tmp_path):
    rows = {
        Enrolment: [
            {
                "person": "007",
                "group": "=1+1",
                "state": "zakwalifikowany",
                "requested_on": dt.date(2022, 3, 12),
            }
        ],
        Session: [
            {"session": "Z1", "group": "G1", "day": dt.date(2022, 3, 12), "starts_at": dt.time(16, 30)}
        ],
        BudgetLine: [{"task": "1", "line": "1.10", "planned_gr": 1042.5}],
    }
    template.write(tmp_path / "a.xlsx", rows, notes=["Dane przykładowe."])
    tabs = {tab.title: tab for tab in Workbook(tmp_path / "a.xlsx").read().tabs}
    assert tabs["Instrukcja"].row(1)[0] == "Dane przykładowe."
    frames = {record: read(record, recognise(tabs[record.tab]).tables).rows for record in rows}
    enrolment = frames[Enrolment].iloc[0]
    assert (enrolment["person"], enrolment["group"], str(enrolment["requested_on"].date())) == (
        "007",
        "=1+1",
        "2022-03-12",
    )
    assert frames[Session].iloc[0]["starts_at"] == 16 * 60 + 30
    assert (frames[BudgetLine].iloc[0]["line"], frames[BudgetLine].iloc[0]["planned_gr"]) == ("1.10", 104250)


def test_equal_rows_make_equal_files(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        template.write(tmp_path / name, {Fact: [{"parameter": "Nazwa", "value": "Próba"}]})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(OSError, match="nie-ma"):
        template.write(tmp_path / "nie-ma" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
