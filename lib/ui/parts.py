"""The parts that pages are put together from: the head, cards, tables, charts, findings."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib import projects, words
from lib.duplicates import Side
from lib.findings import Finding, Severity
from lib.records import RECORDS, Record
from lib.register import Register
from lib.ui import charts, view
from lib.ui.tables import Behind, downloads, rows_behind, table
from lib.ui.view import cached

__all__ = [
    "Metric",
    "cached",
    "chart",
    "downloads",
    "findings",
    "metrics",
    "nothing_to_show",
    "opened",
    "rows_behind",
    "table",
]

QUALITY_PAGE = "quality.py"

COLOUR = {Severity.URGENT: "red", Severity.ERROR: "orange", Severity.WARNING: "blue"}
ICON = {
    Severity.URGENT: ":material/priority_high:",
    Severity.ERROR: ":material/error:",
    Severity.WARNING: ":material/info:",
}


def opened(title: str, lead: str, *, reads: Sequence[type[Record]] = RECORDS) -> Register:
    """The head of a page with everything the reader must know first; stops when there is nothing to show.

    `reads` are the kinds of table that the page counts, for the rows that are not counted.
    """
    project, as_of = view.chosen()
    st.title(title, anchor=False)
    st.markdown(lead)
    register = view.register_of(project, as_of)
    failures(project)
    if register is None:
        st.stop()
    example(register)
    period_over(register)
    not_counted(register, reads)
    fresh(project)
    return register


# --- what the reader must know first ------------------------------------------------------------


def fresh(project: str) -> None:
    """From when the data are."""
    read_at = projects.opened(project).read_at
    if read_at is not None:
        st.caption(f"Dane z arkusza z dnia {words.moment(read_at.astimezone(view.WARSAW))}")


def numbers_problem() -> None:
    """Why the numbers of people may change now, if so; no figure does."""
    if (problem := projects.numbers_problem()) is not None:
        st.warning(f"**{problem.what}** {problem.remedy}", icon=":material/warning:")


def failures(project: str) -> None:
    """What cannot be read now, since when and what to do; the last good data are shown meanwhile."""
    opened = projects.opened(project)
    for state in opened.failures:
        if state.failure is None:
            continue
        since = (
            f" Od {words.moment(state.failing_since.astimezone(view.WARSAW))}." if state.failing_since else ""
        )
        last = " Nie ma jeszcze żadnych dobrych danych z tego arkusza."
        if state.snapshot is not None and state.read_at is not None:
            read_at = words.moment(state.read_at.astimezone(view.WARSAW))
            last = f" Pokazuję ostatnie dobre dane z {read_at}."
        st.error(
            f"**{words.plain(state.label)}:** {words.plain(state.failure.what)}{since}{last}  \n"
            f"**Co zrobić:** {words.plain(state.failure.remedy)}",
            icon=":material/sync_problem:",
        )
    if opened.snapshot_id is None and not opened.failures:
        st.error("Z tym projektem nie jest związany żaden arkusz. Dopisz go w pliku data/projects.toml.")


def example(register: Register) -> None:
    """That the people and what happened to them are invented."""
    if register.project.example:
        st.markdown(
            ":violet-badge[:material/science: dane przykładowe] "
            "Osoby, zajęcia, wydatki i gotowość są wymyślone; fakty o projekcie są prawdziwe."
        )


def period_over(register: Register) -> None:
    """That the project, or its durability period, has ended by the day looked at."""
    last, first = view.last_day(register), register.project.starts_on
    if last is not None and register.today > last:
        what = "okres trwałości zakończony" if register.durability_period else "realizacja zakończona"
        st.markdown(
            f":gray-badge[:material/inventory_2: {what} {words.day(last)}] "
            f"Pokazuję stan na {words.day(register.as_of)}; cały okres można dalej przeglądać."
        )
    elif first is not None and register.as_of < first:
        st.markdown(f":gray-badge[:material/event: przed projektem] Projekt zaczyna się {words.day(first)}.")


def not_counted(register: Register, reads: Sequence[type[Record]]) -> None:
    """How many rows are left out of the figures, and in which tabs."""
    left_out = {record.tab: register.not_counted(record) for record in reads}
    total = sum(left_out.values())
    if total:
        tabs = ", ".join(f"„{tab}” {count}" for tab, count in left_out.items() if count)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f":orange-badge[:material/rule: nie wliczono] {words.rows(total)}: {tabs}.", width="content"
            )
            quality_link("Zobacz dlaczego")


def quality_link(label: str) -> None:
    """A link to „Jakość danych” of the same project and day."""
    st.page_link(
        QUALITY_PAGE, label=label, icon=":material/fact_check:", query_params=view.address(*view.chosen())
    )


def nothing_to_show(record: type[Record]) -> None:
    """Says which tab to fill in so that this page has something to show, and stops the page."""
    columns = ", ".join(f"„{field.title}”" for field in record.model_fields.values() if field.is_required())
    st.info(
        f"**Nie ma jeszcze czego pokazać.** Wypełnij zakładkę „{record.tab}”: {_lower(record.about)}  \n"
        f"Potrzebne kolumny: {columns}.",
        icon=":material/table_rows:",
    )
    st.stop()


# --- cards --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metric:
    """A card: what is counted, how many, a short note, and the rows behind the number.

    behind  the kind of table and its rows (values of the column `row`)
    also    those of another kind of table, where the number is of both
    help    how the number is counted, in a sentence
    """

    label: str
    value: str
    note: str = ""
    behind: Behind | None = None
    also: Behind | None = None
    help: str = ""


def metrics(cards: Iterable[Metric], *, project: str | None = None) -> None:
    """A row of cards that wraps on a phone; „Skąd ta liczba?” opens the rows behind a number.

    The cards are of the project in the address of the page, unless another is given.
    """
    shown = list(cards)
    across = len(shown) if len(shown) <= 4 else -(-len(shown) // 2)
    for first in range(0, len(shown), across or 1):
        with st.container(horizontal=True, gap="small"):
            for card in shown[first : first + across]:
                with st.container(border=True, width="stretch", height="stretch", gap="xsmall"):
                    _card(card, project)


def _card(card: Metric, project: str | None) -> None:
    # the label of st.metric is cut where it is long; ours wraps
    st.markdown(f":small[{words.plain(card.label)}]", help=card.help or None)
    st.metric(card.label, card.value, label_visibility="collapsed")
    if card.note:
        st.caption(words.plain(card.note))
    sources = [one for one in (card.behind, card.also) if one is not None and len(list(one[1]))]
    if sources and st.button(
        "Skąd ta liczba?",
        key=f"behind-{project or ''}-{card.label}",
        type="tertiary",
        icon=":material/table_rows:",
        help=f"Wiersze arkusza za liczbą: {card.label}",
    ):
        rows_behind(card.label, sources, project=project)


# --- charts and findings ------------------------------------------------------------------------


def chart(figure: charts.Figure, *, alt: str) -> None:
    """A chart in Polish; `alt` says in a sentence what it shows."""
    _draw(figure, alt)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={dict: json.dumps})
def _draw(figure: charts.Figure, alt: str) -> None:
    # replayed from the cache while the figure is the same: plotly checks a figure for 5-10 ms
    st.plotly_chart(figure, config=charts.CONFIG, alt=alt)


def findings(found: Sequence[Finding], *, most: int = 5) -> None:
    """The most urgent findings with their cells, and a link to all of them."""
    if not found:
        return
    st.subheader("Do poprawy w arkuszu", anchor=False)
    for finding in found[:most]:
        finding_line(finding)
    rest = len(found) - most
    quality_link(
        f"Jeszcze {words.findings(rest)} na stronie „Jakość danych”" if rest > 0 else "Jakość danych"
    )


def badge(severity: Severity) -> str:
    """How urgent, as a sign, a word and a colour, for markdown."""
    return f":{COLOUR[severity]}-badge[{ICON[severity]} {severity.label}]"


def place(found: Finding | Side) -> str:
    """The address of the cell for markdown, as a link where the spreadsheet has addresses."""
    address = words.plain(found.cell.address)
    return f"[{address}]({found.cell.url})" if found.cell.url else f"**{address}**"


def finding_line(finding: Finding) -> None:
    """One finding: how urgent, where, what, and what to do about it."""
    st.markdown(
        f"{badge(finding.rule.severity)} {place(finding)}: {words.plain(finding.message)}  \n"
        f":small[{words.plain(finding.rule.advice)}]"
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
