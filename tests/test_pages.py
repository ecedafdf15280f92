"""Every page, through the frame, as a reader opens it."""

import datetime as dt
import logging
from pathlib import Path

import pytest
import streamlit as st
import xlsxwriter
from streamlit.testing.v1 import AppTest

from lib import demo
from lib.deliveries import Deliveries
from lib.findings import RULES
from lib.glossary import DEFINITIONS
from lib.projects import Projects
from lib.ui import view
from sheets.own_workbook import beside
from tests.test_command_line import workbook

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "overview.py": "Pulpit",
    "capacity.py": "Pojemność",
    "budget.py": "Budżet",
    "durability.py": "Trwałość",
    "quality.py": "Jakość danych",
    "glossary.py": "Słownik",
    "connect.py": "Podłącz arkusz",
    "connections.py": "Stan połączeń",
}


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """A data folder with both example projects."""
    folder = tmp_path_factory.mktemp("examples")
    demo.write(folder)
    return folder


@pytest.fixture(autouse=True)
def _fresh():
    """Nothing is remembered from another test."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    st.cache_resource.clear()


@pytest.fixture
def opened(monkeypatch):
    """Opens a page of a data folder at an address."""

    def run(folder: Path, page: str = "overview.py", **query: str) -> AppTest:
        monkeypatch.setenv("OSTOJA_DATA", str(folder))
        app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview.py":
            app.switch_page(page).run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return run


def _project(folder: Path, tabs: dict[str, list[list[object]]]) -> Path:
    """A data folder with one project, „proba”, of one workbook."""
    with xlsxwriter.Workbook(folder / "proba.xlsx") as book:
        for title, rows in tabs.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    (folder / "projects.toml").write_text('[[project]]\nid = "proba"\nworkbooks = ["proba.xlsx"]\n', "utf-8")
    return folder


def _text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    return "\n".join(element.value for kind in kinds for element in kind)


def _shown(app: AppTest) -> tuple[str, str]:
    project, day = (app.query_params[name] for name in ("projekt", "dzien"))
    return str(project), str(day)


@pytest.mark.parametrize("project", demo.PROJECTS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_both_example_projects(opened, examples, page, project):
    app = opened(examples, page, projekt=project, dzien="2023-03-31")
    assert [title.value for title in app.title] == [PAGES[page]]
    assert not app.error
    assert _shown(app) == (project, "2023-03-31")
    if page not in ("glossary.py", "connect.py", "connections.py"):
        assert "dane przykładowe" in _text(app)
        assert "Dane z arkusza z dnia" in _text(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_project_with_empty_tabs(opened, tmp_path, page):
    folder = _project(tmp_path, {"Projekt": [["Parametr", "Wartość"], ["Nazwa", "Próba"]]})
    app = opened(folder, page)
    assert [title.value for title in app.title] == [PAGES[page]]
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_broken_workbook_says_what_to_do(opened, tmp_path, page):
    folder = _project(tmp_path, {"Projekt": [["Parametr", "Wartość"]]})
    (folder / "proba.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n obrazek")
    app = opened(folder, page)
    assert [title.value for title in app.title] == [PAGES[page]]
    if page not in ("glossary.py", "connect.py"):
        assert "Co zrobić" in app.error[0].value


def test_a_broken_project_does_not_stop_the_others(opened, examples, tmp_path):
    for path in examples.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / f"{demo.PROJECTS[0]}.xlsx").unlink()
    app = opened(tmp_path)
    assert len(app.error) == 1
    assert len(app.subheader) == 2
    assert "Dane z arkusza z dnia" in _text(app)


def test_a_project_that_is_over_opens_on_its_last_day(opened, examples):
    app = opened(examples, "durability.py", projekt="miasto-rodziny")
    assert _shown(app) == ("miasto-rodziny", "2025-12-31")
    assert "okres trwałości zakończony 31.12.2025" in _text(app)


def test_the_choice_stays_when_the_menu_clears_the_address(opened, examples):
    app = opened(examples, projekt="gagarina-116", dzien="2022-09-30")
    app.query_params.clear()
    app.switch_page("budget.py").run()
    assert _shown(app) == ("gagarina-116", "2022-09-30")


def test_a_day_picked_goes_into_the_address(opened, examples):
    app = opened(examples, projekt="miasto-rodziny")
    app.date_input[0].set_value(dt.date(2022, 6, 30)).run()
    assert _shown(app) == ("miasto-rodziny", "2022-06-30")


def test_a_named_day_goes_into_the_address(opened, examples):
    app = opened(examples, projekt="miasto-rodziny")
    app.selectbox(key="szybki-wybor").set_value("Koniec realizacji").run()
    assert _shown(app) == ("miasto-rodziny", "2023-09-30")
    assert app.selectbox(key="szybki-wybor").value is None


def test_another_project_opens_on_its_own_last_day(opened, examples):
    app = opened(examples, projekt="miasto-rodziny")
    app.selectbox(key="wybor-projektu").set_value("gagarina-116").run()
    assert _shown(app) == ("gagarina-116", "2023-06-30")


def test_another_project_keeps_a_day_that_was_picked(opened, examples):
    app = opened(examples, projekt="miasto-rodziny", dzien="2022-12-31")
    app.selectbox(key="wybor-projektu").set_value("gagarina-116").run()
    assert _shown(app) == ("gagarina-116", "2022-12-31")


@pytest.mark.parametrize("day", ["wczoraj", "2022-02-30", "0001-01-01", "9999-12-31"])
def test_a_bad_day_in_the_address_is_said_and_replaced(opened, examples, day):
    app = opened(examples, projekt="miasto-rodziny", dzien=day)
    assert _shown(app) == ("miasto-rodziny", "2025-12-31")
    assert len(app.warning) == 1


def test_an_unknown_project_in_the_address_is_said_and_replaced(opened, examples):
    app = opened(examples, projekt="nie-ma")
    assert _shown(app)[0] == demo.PROJECTS[0]
    assert len(app.warning) == 1


def test_a_broken_list_of_projects_is_said(opened, tmp_path):
    (tmp_path / "projects.toml").write_text("[[project]", "utf-8")
    app = opened(tmp_path)
    assert len(app.error) == 1


def test_the_filters_of_quality_narrow_the_findings(opened, examples):
    app = opened(examples, "quality.py", projekt="miasto-rodziny")
    everything = len(app.expander)
    app.multiselect(key="zakladka").set_value(["Miejsca"]).run()
    assert 0 < len(app.expander) < everything


def _accept(app: AppTest, rule: str, cells: list[str], reason: str, by: str) -> None:
    app.toggle(key=f"przyjmij-{rule}-0").set_value(True).run()
    app.multiselect(key=f"komorki-{rule}-0").set_value(cells)
    app.text_input(key=f"powod-{rule}-0").set_value(reason)
    app.text_input(key=f"kto-{rule}-0").set_value(by)
    next(button for button in app.button if button.label == "Przyjmij").click().run()


def _faulty(folder: Path) -> Path:
    rows = [["Nr uczestnika", "Płeć"], ["U1", "?"], ["U2", "!"], ["", "K"]]
    return _project(folder, {"Uczestnicy": rows})


def test_a_finding_is_accepted_with_a_reason_for_every_reader_and_taken_back(opened, tmp_path):
    folder = _faulty(tmp_path)
    app, other = opened(folder, "quality.py"), opened(folder, "quality.py")
    assert [card.value for card in app.metric] == ["0", "3", "0", "1", "1", "0"]
    _accept(app, "not-in-dictionary", ["Uczestnicy!B2"], "Osoba nie chce podać", "AB")
    other.run()
    for reader in (app, other):
        assert [card.value for card in reader.metric] == ["0", "2", "0", "1", "1", "1"]
        assert "Osoba nie chce podać" in _text(reader)
        assert "Przyjęcie nie zmienia żadnej liczby" in _text(reader)
    next(button for button in other.button if button.label == "Cofnij").click().run()
    app.run()
    assert [card.value for card in app.metric] == ["0", "3", "0", "1", "1", "0"]
    assert "Osoba nie chce podać" not in _text(app)


@pytest.mark.parametrize(
    ("cells", "reason", "by"),
    [(["Uczestnicy!B2"], " ", "AB"), (["Uczestnicy!B2"], "Bo tak", ""), ([], "x", "y")],
)
def test_nothing_is_accepted_without_a_cell_a_reason_and_initials(opened, tmp_path, cells, reason, by):
    app = opened(_faulty(tmp_path), "quality.py")
    _accept(app, "not-in-dictionary", cells, reason, by)
    assert len(app.error) == 1
    assert not (tmp_path / "accepted.json").exists()


def test_broken_acceptances_are_said_and_everything_is_open(opened, tmp_path):
    folder = _faulty(tmp_path)
    app = opened(folder, "quality.py")
    _accept(app, "required-value", ["Uczestnicy!A4"], "Bez numeru", "AB")
    (folder / "accepted.json").write_text("{", "utf-8")
    app.run()
    assert len(app.error) == 1
    assert [card.value for card in app.metric] == ["0", "3", "0", "1", "1", "0"]


def test_numbers_that_cannot_be_kept_are_said_with_the_way_to_mend_them(opened, tmp_path):
    rows = [["Nazwisko", "Imię", "Płeć"], ["Nowak", "Anna", "K"]]
    folder = _project(tmp_path, {"Uczestnicy": rows})
    assert not opened(folder, "quality.py").warning
    (folder / "numbers.json").write_text("{", "utf-8")
    for page in ("quality.py", "connections.py"):
        [warning] = opened(folder, page).warning
        assert "numbers.json" in warning.value


def test_a_clean_workbook_is_said_to_be_clean(opened, tmp_path):
    app = opened(_project(tmp_path, {"Projekt": [["Parametr", "Wartość"], ["Nazwa", "Próba"]]}), "quality.py")
    assert len(app.success) == 1


def test_rows_that_may_be_one_person_are_proposed_without_a_name(opened, tmp_path):
    header = ["Nr uczestnika", "Nazwisko", "Imię", "Płeć", "Data urodzenia", "Data rozpoczęcia udziału"]
    rows = [["U1", "Nowak", "Anna", "K", "14.05.1990", "01.03.2022"]]
    again = [["U2", "Nowak-Król", "Anna", "K", "14.05.1990", "01.03.2022"]]
    _project(tmp_path, {"Uczestnicy": [header, *rows, *again]})
    (tmp_path / "proba.xlsx").rename(tmp_path / "inny.xlsx")
    _project(tmp_path, {"Uczestnicy": [header, *rows]})
    with (tmp_path / "projects.toml").open("a", encoding="utf-8") as listing:
        listing.write('[[project]]\nid = "inny"\nworkbooks = ["inny.xlsx"]\n')
    text = _text(opened(tmp_path, "quality.py", projekt="inny", dzien="2022-06-30"))
    assert "**prawdopodobne**: „U1” **Uczestnicy\\!A2** i „U2” **Uczestnicy\\!A3**" in text
    assert text.count("Udział w obu naraz od 01.03.2022 do 30.06.2022") == 2
    assert text.count("bierze udział w projekcie „proba”") == 2
    assert not any(personal in text for personal in ("Nowak", "Anna", "1990"))
    alone = _text(opened(tmp_path, "quality.py", projekt="proba", dzien="2022-06-30"))
    assert "inny\\: „U1”" in alone
    assert "zostaw wiersz" not in alone


def test_a_project_without_anything_twice_says_so(opened, examples):
    text = _text(opened(examples, "quality.py", projekt="gagarina-116"))
    assert "Nie widać powtórzonych osób ani dokumentów" in text


def test_the_glossary_holds_every_rule_and_every_figure(opened, examples):
    text = _text(opened(examples, "glossary.py"))
    assert [rule.code for rule in RULES if f"Kod: {rule.code}]" not in text] == []
    assert [figure.name for figure in DEFINITIONS if f"**{figure.name}**" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_and_table_says_what_it_shows(opened, examples, page):
    app = opened(examples, page, projekt="miasto-rodziny", dzien="2023-03-31")
    drawn = [*app.get("plotly_chart"), *app.get("arrow_data_frame"), *app.get("arrow_table")]
    assert all(element.proto.alt.strip() for element in drawn)


def test_quarters_end_on_their_last_days():
    ends = list(view.quarter_ends(dt.date(2022, 2, 1), dt.date(2023, 1, 1)))
    assert ends == [dt.date(2022, 3, 31), dt.date(2022, 6, 30), dt.date(2022, 9, 30), dt.date(2022, 12, 31)]


def test_the_page_of_connections_says_how_the_staff_were_told_in_their_spreadsheet(tmp_path, opened):
    workbook(tmp_path / "a.xlsx", Uczestnicy=[["Nr uczestnika", "Płeć"], ["U1", "?"]])
    (tmp_path / "projects.toml").write_text(
        '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\nreport_to = ["a.xlsx"]\n', encoding="utf-8"
    )
    shown = [it.value for it in opened(tmp_path, "connections.py").markdown]
    assert any("Zakładki Ostoi: **jeszcze niezapisane**" in text for text in shown)
    beside(tmp_path / "a.xlsx").write_bytes(b"notatki")
    Deliveries(tmp_path, Projects(tmp_path)).look()
    [warning] = opened(tmp_path, "connections.py").warning
    assert "nie jest dziełem Ostoi" in warning.value
