"""„Podłącz arkusz”, as a person who connects a spreadsheet goes through it."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.project_list import FILE, Answer, read_file
from lib.recognition import Choice
from tests.test_command_line import workbook
from tests.test_connecting import CHILDREN, MARKS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a workbook and no project."""
    st.cache_resource.clear()
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    monkeypatch.setenv("OSTOJA_SECRETS", str(tmp_path / "secrets.toml"))
    rows = [["Nr ew.", "Płeć", "Komórka", "Nazwisko i imię", "Tel. opiekuna"]]
    rows += [["U1", "K", "601602603", "Nowak Ewa", "701702703"], ["U2", "M", "", "Kot Jan", ""]]
    workbook(tmp_path / "lista.xlsx", Lista=rows, Obecności=MARKS, Notatki=[["Temat", "Treść"], ["a", "b"]])
    return tmp_path.resolve()


def page(of: str = "") -> AppTest:
    """The page, opened by a new reader; by a link to the connection `of` a project, if given."""
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    if of:
        app.query_params["podlaczenie"] = of
    app.switch_page("connect.py").run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def read(app: AppTest, name: str = "lista.xlsx") -> AppTest:
    """The page after a workbook of the data folder was chosen."""
    app.radio(key="skad").set_value("plik w folderze danych").run()
    app.selectbox(key="plik").set_value(name)
    press(app, "Wczytaj")
    assert not app.exception, [error.message for error in app.exception]
    return app


def press(app: AppTest, label: str) -> AppTest:
    """The page after a button was pressed."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def shown(app: AppTest) -> str:
    """All that the page says."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_without_any_project_the_first_page_leads_here(folder):
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    assert "Podłącz pierwszy arkusz" in app.info[0].value
    assert not app.error
    assert [title.value for title in page().title] == ["Podłącz arkusz"]


def test_a_workbook_is_previewed_corrected_and_saved(folder):
    app = read(page())
    assert "**Uczestnicy**: wiersz nagłówka 1; 2\xa0wiersze danych, liczonych **2**" in shown(app)
    assert "Pytania bez odpowiedzi: 1." in shown(app)
    question = next(box for box in app.selectbox if "puste pole" in box.label)
    assert question.value is None
    question.set_value("absent").run()
    assert "Pytania bez odpowiedzi" not in shown(app)
    app.toggle(key="popraw-0-0").set_value(True).run()
    app.selectbox(key="pole-0-0-phone").set_value("Tel. opiekuna").run()
    app.text_input(key="fakt-Nazwa").set_value("Ciepły dom").run()
    app.text_input(key="fakt-Docelowa liczba osób").set_value("80").run()
    assert "Wpisz, skąd to wiadomo" in shown(app)
    press(app, "Zapisz podłączenie")
    assert "Popraw najpierw: Docelowa liczba osób." in shown(app)
    assert not (folder / FILE).exists()
    app.text_input(key="fakt-Docelowa liczba osób-zrodlo").set_value("umowa, par. 3").run()
    assert "Osoby objęte wsparciem: **2 z 80**" in shown(app)
    press(app, "Zapisz podłączenie")
    assert "Zapisano projekt „cieply-dom”." in shown(app)
    entry = read_file(folder / FILE)[0]
    columns = {"person": "Nr ew.", "sex": "Płeć", "phone": "Tel. opiekuna", "~name": "Nazwisko i imię"}
    assert entry.choices["Lista"] == Choice("Participant", columns)
    assert entry.choices["Obecności"].answers == {"empty": "absent"}
    assert "Notatki" not in entry.choices
    assert entry.facts[1] == Answer("Docelowa liczba osób", "80", "umowa, par. 3")


def test_names_are_masked_until_they_are_asked_for(folder):
    app = read(page())

    def cells() -> str:
        return " ".join(frame.value.to_csv() for frame in (*app.table, *app.dataframe))

    assert "Nowak" not in cells()
    assert "601602603" not in cells()
    app.toggle(key="pokaz-osobowe").set_value(True).run()
    assert "Nowak Ewa" in cells()
    assert "701702703" in cells()


def test_a_tab_is_left_alone_or_taken_for_another_kind_at_once(folder):
    app = read(page())
    app.selectbox(key="rodzaj-0").set_value("").run()
    assert "**Uczestnicy**: wiersz nagłówka" not in shown(app)
    app.selectbox(key="rodzaj-0").set_value("auto").run()
    assert "liczonych **2**, nieliczonych **0**" in shown(app)


def test_a_connection_is_changed_and_what_was_said_is_still_there(folder):
    app = read(page())
    app.selectbox(key="rodzaj-2").set_value("").run()
    press(app, "Zapisz podłączenie")
    assert read_file(folder / FILE)[0].choices["Notatki"] == Choice("")
    app = page()
    app.selectbox(key="co-podlaczyc").set_value("lista").run()
    assert app.selectbox(key="rodzaj-2").value == ""
    app.selectbox(key="rodzaj-2").set_value("auto").run()
    press(app, "Zapisz podłączenie")
    assert "Zapisano projekt „lista”." in shown(app)
    assert list(read_file(folder / FILE)[0].choices) == ["Lista", "Obecności"]


def test_somebody_else_who_saved_meanwhile_loses_nothing(folder):
    one, two = read(page()), read(page())
    press(one, "Zapisz podłączenie")
    press(two, "Zapisz podłączenie")
    assert "Ktoś w międzyczasie zmienił listę projektów" in shown(two)
    assert [entry.id for entry in read_file(folder / FILE)] == ["lista"]
    press(two, "Zapisz podłączenie")
    assert len(read_file(folder / FILE)) == 2


def test_what_cannot_be_read_is_said_as_it_is(folder):
    app = page()
    app.text_input(key="adres").set_value("to nie adres")
    press(app, "Wczytaj")
    assert "nie jest adres ani id arkusza Google" in app.error[0].value
    app.text_input(key="adres").set_value("1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms")
    press(app, "Wczytaj")
    assert "z kluczem konta Google" in app.error[0].value
    (folder / "zly.xlsx").write_bytes(b"obraz")
    assert "To nie jest skoroszyt" in read(app, "zly.xlsx").error[0].value


def test_quality_asks_what_a_new_tab_leaves_open_and_leads_to_the_answer(folder):
    """A connected project got a tab for April, whose empty cells may mean two things."""
    workbook(folder / "lista.xlsx", Obecności=MARKS, Kwiecień=MARKS)
    tab = '[[project.tab]]\ntitle = "Obecności"\nanswers = {empty = "none"}\n'
    (folder / FILE).write_text(f'[[project]]\nid = "dom"\nworkbooks = ["lista.xlsx"]\n{tab}', "utf-8")
    quality = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    quality.switch_page("quality.py").run()
    assert asked(quality) == "1"
    line = next(text.value for text in quality.markdown if ":material/help: pytanie" in text.value)
    assert "**Kwiecień**: Co znaczy puste pole" in line
    assert "przyjmuję: nic \\- osoby wtedy nie było w grupie" in line

    app = page("dom")
    assert app.selectbox(key="co-podlaczyc").value == "dom"
    assert "podlaczenie" not in app.query_params
    next(box for box in app.selectbox if "[pytanie]" in box.label).set_value("absent").run()
    press(app, "Zapisz podłączenie")
    assert asked(quality.run()) == "0"
    assert "Odpowiedz" not in shown(quality)


def asked(quality: AppTest) -> str:
    """How many questions „Jakość danych” says are open."""
    return {metric.label: metric.value for metric in quality.metric}["Pytania bez odpowiedzi"]


def test_a_link_to_no_project_connects_a_new_one(folder):
    assert page("nie-ma").selectbox(key="co-podlaczyc").value == "nowy projekt"


def test_the_column_of_the_people_on_a_list_of_days_is_corrected(folder):
    """The names are those of parents; the children stand beside them."""
    rows = [[name, child, *marks] for (name, *marks), child in zip(MARKS, CHILDREN, strict=True)]
    workbook(folder / "lista.xlsx", Obecności=rows)
    app = read(page())
    app.toggle(key="popraw-0-0").set_value(True).run()
    box = app.selectbox(key="pole-0-0-person")
    assert (box.value, box.options) == ("Nazwisko i imię", ["Nazwisko i imię", "Dziecko"])
    box.set_value("Dziecko").run()
    assert app.selectbox(key="pole-0-0-person").value == "Dziecko"
    press(app, "Zapisz podłączenie")
    assert read_file(folder / FILE)[0].choices["Obecności"].columns == {"person": "Dziecko"}
