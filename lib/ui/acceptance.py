"""„Tak ma być”: accepting findings with a reason, showing the accepted ones, taking one back."""

from collections.abc import Sequence

import streamlit as st

from lib import projects, words
from lib.acceptances import Accepted, refusal
from lib.findings import Finding
from lib.register import Register
from lib.ui import parts, view
from sheets.source import SourceError

TURN = "przyjecia"
"""How often this reader has accepted something: the next time begins with an empty form."""

CHANGES_NO_FIGURE = "Przyjęcie nie zmienia żadnej liczby: wiersz, który nie był liczony, dalej nie jest."


def problem() -> None:
    """Why no acceptance can be read now, if so: all findings are open then."""
    project, _ = view.chosen()
    if (found := projects.acceptances(project).problem) is not None:
        _error(found)


def form(register: Register, own: Sequence[Finding]) -> None:
    """A switch that opens the form in which findings of one rule are accepted."""
    code, turn = own[0].rule.code, st.session_state.setdefault(TURN, 0)
    if not st.toggle("Tak ma być…", key=f"przyjmij-{code}-{turn}", help=f"Przyjmij: {own[0].rule.title}"):
        return
    cells = {_name(finding, own): finding for finding in own}
    with st.form(f"przyjecie-{code}-{turn}"):
        st.markdown(f"{CHANGES_NO_FIGURE} Kończy się samo, gdy treść komórki się zmieni.")
        names = st.multiselect(
            "Komórki",
            list(cells),
            default=list(cells) if len(cells) == 1 else [],
            placeholder="wybierz",
            key=f"komorki-{code}-{turn}",
        )
        reason = st.text_input(
            "Powód: dlaczego tak ma być (bez nazwisk)", max_chars=300, key=f"powod-{code}-{turn}"
        )
        by = st.text_input("Kto przyjmuje (inicjały)", max_chars=20, width=220, key=f"kto-{code}-{turn}")
        if not st.form_submit_button("Przyjmij", type="primary"):
            return
    if (why_not := refusal(reason, by) if names else "Wybierz co najmniej jedną komórkę.") is not None:
        st.error(why_not)
        return
    try:
        chosen = [cells[name] for name in names]
        projects.accept(
            view.chosen()[0], register, chosen, reason=reason, by=by, on=st.session_state[view.TODAY]
        )
    except SourceError as error:
        _error(error)
    else:
        st.session_state[TURN] += 1
        st.rerun()


def _name(finding: Finding, among: Sequence[Finding]) -> str:
    """The cell, with its workbook where there are several, and what is wrong when it is not one cell."""
    several = len({other.cell.workbook for other in among}) > 1
    where = f"{finding.address} ({finding.cell.workbook})" if several else finding.address
    return where if finding.cell.row and finding.cell.column >= 0 else f"{where}: {finding.message}"


def section(register: Register) -> None:
    """The accepted findings, each with its reason, and a button to take the acceptance back."""
    if not register.accepted:
        return
    st.subheader("Przyjęte z powodem („tak ma być”)", anchor=False)
    st.markdown(f"{CHANGES_NO_FIGURE} Gdy treść komórki się zmieni, uwaga wraca sama.")
    for number, accepted in enumerate(register.accepted):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(_said(accepted), width="stretch")
            if st.button(
                "Cofnij",
                key=f"cofnij-{accepted.acceptance.place}-{number}",
                icon=":material/undo:",
                help=f"Cofnij przyjęcie: {accepted.finding.address}",
            ):
                try:
                    projects.take_back(accepted.acceptance)
                except SourceError as error:
                    _error(error)
                else:
                    st.rerun()


def _said(accepted: Accepted) -> str:
    finding, why = accepted.finding, accepted.acceptance
    lost = f" Nie wliczono: {words.rows(finding.not_counted)}." if finding.not_counted else ""
    where = f"{parts.badge(finding.rule.severity)} {parts.place(finding)}"
    who = f"przyjęto {words.day(why.on)}, {words.plain(why.by)}"
    return f"{where}: {words.plain(finding.message)}{lost}  \n**Powód:** {words.plain(why.reason)} ({who})"


def _error(error: SourceError) -> None:
    st.error(f"**{error.what}** {error.remedy}", icon=":material/error:")
