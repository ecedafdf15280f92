"""The frame around every page: navigation, the project and the day, and news from the spreadsheets.

What is chosen stands in the address of the page, so that a link shows a colleague the same view.
Moving to another page by the menu clears the address; then the choice comes from the session.
"""

import datetime as dt

import streamlit as st

from lib import projects, words
from lib.ui import view

CONNECT = "Podłącz arkusz"
"""The one page that needs no project."""

# section (none: on the bar itself), file, title, icon
NAVIGATION: tuple[tuple[str, str, str, str], ...] = (
    ("", "overview.py", "Pulpit", ":material/dashboard:"),
    ("", "capacity.py", "Pojemność", ":material/groups:"),
    ("", "budget.py", "Budżet", ":material/account_balance_wallet:"),
    ("", "durability.py", "Trwałość", ":material/event_available:"),
    ("", "quality.py", "Jakość danych", ":material/fact_check:"),
    ("", "glossary.py", "Słownik", ":material/menu_book:"),
    ("", "connect.py", CONNECT, ":material/add_link:"),
    ("", "connections.py", "Stan połączeń", ":material/cable:"),
)

QUICK = "szybki-wybor"


def navigation() -> st.Page:
    """The menu on top, and the page that was asked for."""
    sections: dict[str, list[st.Page]] = {}
    for section, file, title, icon in NAVIGATION:
        sections.setdefault(section, []).append(st.Page(file, title=title, icon=icon))
    return st.navigation(sections, position="top")


def remembered(name: str) -> str | None:
    """A choice: from the address of the page, or else from the session."""
    return st.query_params.get(name) or st.session_state.get(name)


def project_chosen(ids: list[str]) -> str:
    """The id of the project asked for, or the first one, with a sentence, where there is no such project."""
    asked = remembered(view.PROJECT)
    if asked is not None and asked not in ids:
        st.warning("Nie ma projektu wskazanego w adresie strony; pokazuję pierwszy z listy.")
    return asked if asked in ids else ids[0]


def day_chosen(default: dt.date) -> dt.date:
    """The day asked for, or the default, with a sentence, where the address holds no day."""
    asked = remembered(view.DAY)
    if asked is None:
        return default
    try:
        day = dt.date.fromisoformat(str(asked))
    except ValueError:
        day = None
    if day is None or not view.FIRST_DAY <= day <= view.LAST_DAY:
        st.warning(f"W adresie strony jest zły dzień; pokazuję stan na {words.day(default)}.")
        return default
    return day


def keep(project: str, day: dt.date) -> None:
    """Write the choice into the address of the page."""
    chosen = view.address(project, day)
    if any(st.query_params.get(name) != value for name, value in chosen.items()):
        st.query_params.update(chosen)
    st.session_state[view.PROJECT], st.session_state[view.DAY] = project, day.isoformat()


def project_changed() -> None:
    """Another project keeps the day, unless it was only the default of the one before."""
    today = st.session_state[view.TODAY]
    before = view.register_of(st.query_params[view.PROJECT], today)
    st.query_params[view.PROJECT] = st.session_state["wybor-projektu"]
    if st.query_params[view.DAY] == view.default_day(before, today).isoformat():
        del st.query_params[view.DAY]
        del st.session_state[view.DAY]


def day_changed() -> None:
    """A day was typed or picked in the calendar; an emptied field changes nothing."""
    if day := st.session_state["wybor-dnia"]:
        st.query_params[view.DAY] = day.isoformat()


def quick_day_changed(days: dict[str, dt.date]) -> None:
    """One of the named days was picked."""
    if name := st.session_state[QUICK]:
        st.query_params[view.DAY] = days[name].isoformat()
    st.session_state[QUICK] = None


def choices(ids: list[str], project: str, day: dt.date, days: dict[str, dt.date]) -> None:
    """The fields with which the reader chooses the project and the day."""
    names = {id: view.name_of(id) for id in ids}
    st.session_state["wybor-projektu"] = project
    st.session_state["wybor-dnia"] = day
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Projekt",
            ids,
            format_func=names.__getitem__,
            key="wybor-projektu",
            on_change=project_changed,
            placeholder="Wybierz projekt",
            filter_mode="contains",
            width=430,
        )
        st.date_input(
            "Stan na dzień",
            key="wybor-dnia",
            format="DD.MM.YYYY",
            min_value=view.FIRST_DAY,
            max_value=view.LAST_DAY,
            on_change=day_changed,
            width=150,
        )
        st.selectbox(
            "Szybki wybór dnia",
            list(days),
            index=None,
            key=QUICK,
            on_change=quick_day_changed,
            args=(days,),
            placeholder="np. koniec kwartału",
            width=190,
        )


@st.fragment(run_every=1)
def news(shown: tuple[str | None, ...]) -> None:
    """Show the page again as soon as other data, or another failure, are in memory."""
    if view.in_memory() != shown:
        st.rerun()


def frame() -> None:
    """One run of the program for one reader."""
    st.set_page_config("Ostoja", "🏡", layout="wide")
    page = navigation()
    st.session_state[view.TODAY] = today = dt.datetime.now(view.WARSAW).date()
    catalogue = projects.catalogue()
    with st.container(gap=None):  # nothing of this is seen, so it takes no space
        st.html("<script>document.documentElement.lang='pl'</script>", unsafe_allow_javascript=True)
        news(view.in_memory())
    if catalogue.problem is not None and projects.seen():  # with no list at all there is none to mend
        st.error(
            f"**{catalogue.problem.what}** {catalogue.problem.remedy}"
            + (" Pokazuję projekty z ostatniej dobrej listy." if catalogue.projects else ""),
            icon=":material/sync_problem:",
        )
    ids = [entry.id for entry in catalogue.projects]
    if not ids:
        if page.title == CONNECT:
            page.run()
        else:
            st.info("Nie ma jeszcze żadnego projektu. Podłącz pierwszy arkusz albo uruchom „make run”.")
            st.page_link("connect.py", label=CONNECT, icon=":material/add_link:")
        st.stop()
    project = project_chosen(ids)
    latest = view.register_of(project, today)
    day = day_chosen(view.default_day(latest, today))
    keep(project, day)
    choices(ids, project, day, view.quick_days(latest, today))
    page.run()


frame()
