"""Overview: all projects at a glance - what is owed, where it stands, what needs a hand today."""

import datetime as dt

import streamlit as st

from lib import budget, capacity, durability, words
from lib.records import Expense, Participant, Readiness
from lib.register import Register
from lib.ui import charts, parts, view

PAGES = (
    ("capacity.py", "Pojemność", ":material/groups:"),
    ("budget.py", "Budżet", ":material/account_balance_wallet:"),
    ("durability.py", "Trwałość", ":material/event_available:"),
    ("quality.py", "Jakość danych", ":material/fact_check:"),
)


def owed(register: Register) -> str:
    """What the project promised, in a sentence; what its source does not give is said so."""
    project = register.project
    people, places = project.target_persons, project.places_commitment
    promised = [
        f"wsparcie **{words.people(people)}**" if people is not None else "liczby osób nie podano",
        f"**{words.places(places)}** w okresie trwałości" if places is not None else "bez miejsc w trwałości",
        f"budżet **{words.money(project.total_gr)}**"
        if project.total_gr is not None
        else "budżetu nie podano",
    ]
    return f"Zobowiązanie: {', '.join(promised)}."


def cards(register: Register) -> list[parts.Metric]:
    """Where the project stands: people, places ready, money."""
    people, money = parts.cached(capacity.pace, register), parts.cached(budget.budget, register)
    places = parts.cached(durability.overview, register)
    target = "celu nie podano" if people["target"] is None else f"z {words.people(people['target'])}"
    supported = (Participant, parts.cached(capacity.supported, register)["row"])
    shown = [parts.Metric("Osoby objęte wsparciem", words.number(people["ever"]), target, supported)]
    if places.day is not None:
        ready, declared = int(places.places["ready"].sum()), int(places.places["declared"].sum())
        when = f"z {words.places(declared)} obiecanych, stan na {words.day(places.day)}"
        entries = (Readiness, places.places["entry"].dropna())
        shown.append(parts.Metric("Miejsca gotowe", words.number(ready), when, entries))
    spent = "wartości projektu nie podano"
    if money.share_spent is not None:
        spent = f"{words.share(money.share_spent)} z {words.money(money.total_gr)}"
    documents = (Expense, money.documents["row"])
    shown.append(parts.Metric("Wydano", words.money(money.spent_gr), spent, documents))
    return shown


def progress(register: Register) -> charts.Figure | None:
    """People and money against the time that has passed; None where there is nothing to set them against."""
    people, money = parts.cached(capacity.pace, register), parts.cached(budget.budget, register)
    shares = {"Czas realizacji": money.share_time, "Wydatki": money.share_spent}
    if people["target"]:
        shares["Osoby"] = people["ever"] / people["target"]
    known = {name: share for name, share in shares.items() if share is not None}
    return charts.progress(known, title="Ile już za nami") if known else None


def block(project: str, day: dt.date) -> None:
    """One project: its promise, its numbers, its most urgent findings, and the ways to its pages."""
    register = view.register_of(project, day)
    last = view.last_day(register) if register is not None else None
    if last is not None and last < day:
        day, register = last, view.register_of(project, last)
    st.subheader(view.name_of(project), anchor=False)
    parts.failures(project)
    if register is None:
        return
    st.caption(f"Stan na {words.day(day)}" + (", ostatni dzień projektu" if last == day else ""))
    parts.example(register)
    st.markdown(owed(register))
    parts.metrics(cards(register), project=project)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        if (shares := progress(register)) is not None:
            parts.chart(shares, alt=f"Udział czasu, wydatków i osób: {view.name_of(project)}")
        else:
            st.caption(
                "Bez celu, wartości i dat projektu (zakładka „Projekt”) nie ma do czego porównać liczb."
            )
    with right:
        st.markdown("**Do zrobienia**")
        for finding in register.findings[:3]:
            parts.finding_line(finding)
        if not register.tabs["rows"].any():
            st.info("Arkusz jest jeszcze pusty.", icon=":material/table_rows:")
        elif not register.findings:
            st.success("W arkuszu nie ma nic do poprawienia.", icon=":material/check_circle:")
    with st.container(horizontal=True, gap="small"):
        for page, label, icon in PAGES:
            st.page_link(page, label=label, icon=icon, query_params=view.address(project, day))
    parts.fresh(project)


st.title("Pulpit", anchor=False)
st.markdown("Co obiecaliśmy, gdzie jesteśmy i co dziś wymaga ręki.")
_, as_of = view.chosen()
for project in view.projects_known():
    with st.container(border=True):
        block(project, as_of)
