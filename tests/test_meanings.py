"""Texts that a column does not know: asked, and read as answered."""

import datetime as dt

from lib.connect import choices_to_save, preview, with_answer
from lib.project_list import Answer
from lib.recognition import Choice
from lib.records import Enrolment, Participant
from lib.register import read_tabs
from tests.conftest import sheet

PEOPLE = """
Uczestnicy
Nr | Nazwisko i imię   | Płeć | Data wejścia | Data wyjścia
U1 | Kubica Ewa        | K    | 2024-01-02   | chyba chodzi
U2 | Gołąb Mariusz     | M    | 2024-01-02   | chyba chodzi
U3 | Kalinowska Dorota | K    | 2024-01-02   | chyba chodzi
U4 | Siwiec Karol      | M    | 2024-01-02   | 2024-03-01

Grupy
Kod grupy | Nazwa grupy  | Forma wsparcia
KS        | Klub seniora | Kluby
GW        | Grupa        | Kluby

Zapisy
Nr uczestnika | Grupa | Data zapisu | Od         | Stan
U1            | KS    | 2024-01-02  | 2024-01-02 | w porządeczku
U2            | klubik | 2024-01-02 | 2024-01-02 | w porządeczku
U3            | KS    | 2024-01-02  | 2024-01-02 | w porządeczku
U4            | GW    | 2024-01-02  | 2024-01-02 | qwerty
"""

END, STATE, GROUP = (
    "Participant.exited_on?chyba chodzi",
    "Enrolment.state?w porzadeczku",
    "Enrolment.group?klubik",
)


def answered(**tabs: dict[str, str]):
    return read_tabs(
        sheet(PEOPLE), choices={title: Choice(answers=answers) for title, answers in tabs.items()}
    )


def test_what_comes_again_is_asked_and_a_slip_of_the_hand_is_not():
    asked = {question.about: question for question in read_tabs(sheet(PEOPLE)).open}
    assert set(asked) == {END, STATE, GROUP}
    assert asked[STATE].tab == "Zapisy"
    assert "zakwalifikowany" in dict(asked[STATE].options)
    assert [value for value, _ in asked[GROUP].options][:2] == ["KS", "GW"]
    assert asked[END].meanwhile == "to pomyłka, do poprawienia w komórce"


def test_an_answer_is_read_for_the_text_and_the_question_is_closed():
    readings = answered(Uczestnicy={END: "-"}, Zapisy={STATE: "zakwalifikowany", GROUP: "KS"})
    assert readings.open == ()
    assert {question.about: question.taken for question in readings.questions} == {
        END: "-",
        STATE: "zakwalifikowany",
        GROUP: "KS",
    }
    assert readings.by_record[Participant].counted.all()
    enrolments = readings.by_record[Enrolment]
    assert enrolments.rows["group"].tolist() == ["KS", "KS", "KS", "GW"]
    said = [(f.rule.code, f.address) for f in readings.findings if f.rule.code != "new-tab"]
    assert said == [("not-in-dictionary", "Zapisy!E5")]


def test_a_slip_stays_a_finding_and_is_asked_no_more():
    readings = answered(Zapisy={STATE: "!", GROUP: "!"}, Uczestnicy={END: "!"})
    assert readings.open == ()
    assert sum(f.rule.code == "not-in-dictionary" for f in readings.findings) == 4


def test_an_answer_given_when_connecting_is_saved():
    tabs, facts = sheet(PEOPLE), [Answer("Nazwa", "Próba", "umowa")]
    seen = preview(tabs, {}, facts, dt.date(2024, 6, 1))
    tab = next(tab for tab in seen.tabs if tab.title == "Zapisy")
    choices = with_answer({}, tab, STATE, "zakwalifikowany")
    saved = choices_to_save(preview(tabs, choices, facts, dt.date(2024, 6, 1)))
    assert saved["Zapisy"].answers == {STATE: "zakwalifikowany"}


def test_nobody_s_name_is_asked_about():
    """A name in a column of words says who it is, not what it means."""
    named = PEOPLE.replace("w porządeczku", "Nowak Anna")
    assert not any("Nowak" in question.text for question in read_tabs(sheet(named)).questions)
