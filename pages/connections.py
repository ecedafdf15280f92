"""Connections: where each spreadsheet is, when it was last read well, and what is wrong with it now."""

import datetime as dt

import streamlit as st

from lib import projects, words
from lib.projects import Connection
from lib.ui import parts, view


def when(moment: dt.datetime | None) -> str:
    """A moment in Polish time."""
    return "–" if moment is None else words.moment(moment.astimezone(view.WARSAW))


def facts(connection: Connection) -> dict[str, str]:
    """What is known of a spreadsheet, by its Polish name."""
    state = connection.state
    age = "" if connection.age is None else f" ({words.ago(connection.age)})"
    shown = {
        "Ostatni dobry odczyt": when(state.read_at) + age,
        "Odczyt trwał": "–" if state.seconds is None else f"{words.number(state.seconds, 2)} s",
        "Wiersze": words.number(connection.rows) if connection.rows is not None else "–",
        "Sprawdzany co": f"{words.number(connection.every)} s",
    }
    if connection.quota is not None:
        used = words.number(connection.requests)
        shown["Zapytania do Google w ostatniej minucie"] = f"{used} z {connection.quota} dozwolonych"
        shown["Konto usługi"] = connection.account
    if state.failure is not None and state.next_at is not None:
        shown["Następna próba"] = when(state.next_at)
    if connection.told:
        last = connection.delivery
        shown["Zakładki Ostoi"] = "jeszcze niezapisane" if last is None else f"{when(last.at)}. {last.said}"
    return shown


def failing(connection: Connection) -> None:
    """What is wrong now, since when, and what to do."""
    state = connection.state
    if state.failure is None:
        st.markdown(":green-badge[:material/check_circle: działa]")
        return
    kept = "Na stronach są ostatnie dobre dane." if state.snapshot else "Nie ma jeszcze żadnych danych."
    st.error(
        f"**{words.plain(state.failure.what)}** Od {when(state.failing_since)}. {kept}  \n"
        f"**Co zrobić:** {words.plain(state.failure.remedy)}",
        icon=":material/sync_problem:",
    )


def untold(connection: Connection) -> None:
    """Why the staff could not be told in their own spreadsheet, and what to do."""
    last = connection.delivery
    if last is not None and last.failed:
        st.warning(
            f"**Nie zapisano zakładek Ostoi: {words.plain(last.said)}**  \n"
            f"**Co zrobić:** {words.plain(last.remedy)}",
            icon=":material/edit_off:",
        )


def refresh(connection: Connection) -> None:
    """The button that has a Google spreadsheet read at once, not more often than it may be."""
    if connection.address and st.button(
        "Odśwież teraz", key=f"refresh-{connection.key}", icon=":material/refresh:"
    ):
        left = projects.refresh_now(connection.key)
        st.toast(
            f"Odświeżyć będzie można za {words.number(left)} s." if left else "Czytam arkusz jeszcze raz."
        )


@st.fragment(run_every=2)
def connections() -> None:
    """Every spreadsheet of every project, fresh every two seconds."""
    for connection in projects.connections():
        with st.container(border=True):
            name = words.plain(connection.label)
            st.subheader(
                f"[{name}]({connection.address})" if connection.address else name,
                anchor=False,
                width="stretch",
            )
            st.caption("Projekty: " + ", ".join(view.name_of(id) for id in connection.projects))
            failing(connection)
            untold(connection)
            st.markdown(
                "  \n".join(f"{name}: **{words.plain(said)}**" for name, said in facts(connection).items())
            )
            refresh(connection)


st.title("Stan połączeń", anchor=False)
st.markdown(
    "Skąd Ostoja czyta, kiedy ostatnio się udało i co dziś przeszkadza. Strony nigdy nie czekają na arkusz."
)
parts.numbers_problem()
connections()
