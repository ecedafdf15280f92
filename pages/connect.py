"""Connect: a spreadsheet that nobody here has seen - what is read from it, what is to be asked, saved."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lib import connect, projects, words
from lib.connect import Asked, Preview, TableSeen, TabSeen
from lib.connecting import said
from lib.project_list import Answer, is_id
from lib.reading import Question
from lib.records import RECORDS
from lib.register import severities
from lib.ui import draft as drafts
from lib.ui import parts, view
from lib.ui.draft import Draft

NEW = "nowy projekt"
GOOGLE, FOLDER, UPLOAD = "arkusz Google", "plik w folderze danych", "plik z tego komputera"
AUTO, ALONE = "auto", ""


def problem(error: projects.SourceError | OSError) -> None:
    """What went wrong and what to do."""
    if isinstance(error, projects.SourceError):
        st.error(
            f"**{words.plain(error.label)}:** {words.plain(error.what)}  \n"
            f"**Co zrobić:** {words.plain(error.remedy)}",
            icon=":material/error:",
        )
    else:
        st.error("Nie da się zapisać w folderze danych. Sprawdź jego uprawnienia.", icon=":material/error:")


def come_by_link() -> None:
    """A link may ask for the connection of a project; it begins with the spreadsheets as they are now."""
    asked = st.query_params.pop(view.CONNECTION, None)
    if any(entry.id == asked for entry in projects.catalogue().projects):
        drafts.start(None)
        st.session_state["co-podlaczyc"] = asked


def choose_project() -> Draft:
    """Whether a new project is connected or one of the list is changed."""
    entries = {entry.id: entry for entry in projects.catalogue().projects}
    names = {NEW: "Nowy projekt"} | {id: f"Zmień podłączenie: {view.name_of(id)}" for id in entries}
    asked = st.selectbox("Co chcesz zrobić", list(names), format_func=names.__getitem__, key="co-podlaczyc")
    draft = drafts.current()
    if (draft.before.id if draft.before else NEW) != asked:
        draft = drafts.start(entries.get(asked))
        if asked != NEW:
            for source in projects.sources(asked):
                try:
                    draft.tabs[source.label] = source.read().tabs
                except projects.SourceError as error:
                    problem(error)
    return draft


def choose_spreadsheets(draft: Draft) -> None:
    """Where the spreadsheets are; one after another."""
    st.subheader("1. Arkusz" if not draft.tabs else "1. Arkusze", anchor=False)
    for label in draft.tabs:
        st.markdown(f":material/table_chart: {words.plain(label)}")
    with st.expander("Dodaj następny arkusz", expanded=False) if draft.tabs else st.container():
        where = st.radio("Gdzie jest arkusz", (GOOGLE, FOLDER, UPLOAD), horizontal=True, key="skad")
        with st.form("arkusz", border=False):
            typed, file = "", None
            if where == GOOGLE:
                typed = st.text_input("Adres albo id arkusza Google", key="adres")
            elif where == FOLDER:
                typed = (
                    st.selectbox(
                        "Plik", projects.workbooks(), index=None, key="plik", placeholder="Wybierz plik"
                    )
                    or ""
                )
            else:
                file = st.file_uploader("Plik .xlsx", type=["xlsx", "xlsm"], key="wgraj")
            if not st.form_submit_button("Wczytaj", icon=":material/download:"):
                return
        read(draft, where, typed, file)


def read(draft: Draft, where: str, typed: str, file: object) -> None:
    """Read the spreadsheet that was named and show what is in it."""
    try:
        with st.spinner("Czytam arkusz…"):
            if where == UPLOAD and file is not None:
                draft.add_upload(file.name, file.getvalue())  # type: ignore[attr-defined]
            elif typed:
                draft.add(typed.strip() if where == GOOGLE else str(projects.folder() / typed))
            else:
                st.warning("Podaj adres arkusza albo wybierz plik.")
                return
    except projects.SourceError as error:
        problem(error)
    else:
        st.rerun()


# --- tab by tab ---------------------------------------------------------------------------------


def show_tabs(draft: Draft, seen: Preview) -> None:
    """Every tab with what would be read from it; those to be looked at first, and open."""
    st.subheader("2. Co rozpoznano", anchor=False)
    st.markdown(
        "Przejrzyj najpierw otwarte zakładki. Jeśli coś jest nie tak, wybierz z listy; "
        "liczby przeliczą się od razu."
    )
    st.toggle(
        "Pokaż wszystko, także dane osobowe",
        key="pokaz-osobowe",
        help="Dotyczy tylko podglądu wierszy na tej stronie.",
    )
    first = [tab for tab in seen.tabs if tab.key in draft.first]
    known = [tab for tab in seen.tabs if tab.key not in draft.first and (tab.tables or tab.left_alone)]
    others = [tab for tab in seen.tabs if tab not in first and tab not in known]
    for tab in (*first, *known):
        show_tab(draft, seen, tab)
    if others:
        st.markdown(f"**Zakładki, których nie czytam ({len(others)})**")
        for tab in others:
            show_tab(draft, seen, tab)


def show_tab(draft: Draft, seen: Preview, tab: TabSeen) -> None:
    """One tab: its kind, its questions, its tables, and what is wrong in it."""
    number = seen.tabs.index(tab)
    what = "pominięta" if tab.left_alone else tab.kinds or "nie czytam"
    mark = ":material/help:" if not tab.clear else ":material/visibility:" if tab.to_look_at else None
    with st.expander(f"**{words.plain(tab.title)}** – {what}", expanded=tab.key in draft.first, icon=mark):
        choose_kind(draft, tab, number)
        if tab.left_alone:
            return
        for question in tab.questions:
            ask(draft, tab, number, question)
        if tab.choice.answers or tab.choice.columns:
            st.button(
                "Zapomnij moje poprawki w tej zakładce",
                key=f"zapomnij-{number}",
                type="tertiary",
                icon=":material/undo:",
                on_click=lambda: draft.choose(connect.forgotten(draft.entry.choices, tab)),
            )
        for at, table in enumerate(tab.tables):
            show_table(draft, tab, table, f"{number}-{at}")
        if tab.findings:
            st.markdown("**Uwagi**  \n" + badges(tab))
            for finding in tab.findings[:3]:
                parts.finding_line(finding)


def badges(seen: TabSeen | Preview) -> str:
    """How many findings there are of each severity."""
    return " ".join(f"{parts.badge(s)} {count}" for s, count in severities(seen.findings).items() if count)


def choose_kind(draft: Draft, tab: TabSeen, number: int) -> None:
    """The list to choose from what the tab holds."""
    names = {AUTO: "rozpoznaj samo" + (f" ({tab.kinds})" if tab.kinds and tab.choice.kind is None else "")}
    names |= {record.__name__: record.tab for record in RECORDS} | {ALONE: "pomiń tę zakładkę"}
    name = f"rodzaj-{number}"
    st.session_state[name] = AUTO if tab.choice.kind is None else tab.choice.kind

    def changed() -> None:
        kind = st.session_state[name]
        draft.choose(connect.with_kind(draft.entry.choices, tab, None if kind == AUTO else kind))

    st.selectbox(
        f"Co jest w zakładce „{tab.title}”",
        list(names),
        format_func=names.__getitem__,
        key=name,
        on_change=changed,
    )


def ask(draft: Draft, tab: TabSeen, number: int, question: Question) -> None:
    """A question about a tab, with the answers to choose from, or a field for the answer."""
    name = f"pytanie-{number}-{question.about}"
    is_open = question in tab.open

    def changed() -> None:
        if st.session_state[name] is not None:
            draft.choose(
                connect.with_answer(draft.entry.choices, tab, question.about, st.session_state[name].strip())
            )

    label = (":orange-badge[pytanie] " if is_open else "") + words.plain(question.text)
    if not question.options:
        st.session_state[name] = tab.choice.answers.get(question.about, "")
        st.text_input(label, key=name, on_change=changed)
        return
    names = dict(question.options)
    said_so = (
        tab.choice.kind
        if question.about == "kind"
        else tab.choice.answers.get(question.about, question.taken)
    )
    st.session_state[name] = None if is_open else said_so if said_so in names else None
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=name,
        on_change=changed,
        placeholder="Wybierz odpowiedź",
    )


def show_table(draft: Draft, tab: TabSeen, table: TableSeen, name: str) -> None:
    """A table of a tab: where it is, its columns, its first rows, what is no data in it."""
    header = ", ".join(map(str, table.header_rows)) or "brak"
    st.markdown(
        f"**{table.record.tab}**: wiersz nagłówka {header}; {words.rows(table.rows)} danych, "
        f"liczonych **{table.counted}**, nieliczonych **{table.rejected}**."
    )
    columns = pd.DataFrame(
        [
            (f"{c.place}: {words.plain(c.header) or '–'}", c.title, f"**{c.word}**: {words.plain(c.reason)}")
            for c in table.columns
        ],
        columns=["Kolumna", "Czytam jako", "Dlaczego"],
    )
    st.table(columns, border="horizontal", hide_index=True)
    if table.unused:
        st.caption("Nie czytam kolumn: " + words.plain(", ".join(f"{a} „{b}”" for a, b in table.unused)))
    for reason, rows in table.not_data.items():
        st.caption(f"Nie są danymi ({reason}), wiersze: " + ", ".join(map(str, rows)))
    everything = st.session_state.get("pokaz-osobowe")
    heads, cells = (table.whole_header, table.whole) if everything else (table.sample_header, table.sample)
    if cells:
        st.caption("Pierwsze wiersze danych")
        st.dataframe(
            pd.DataFrame(cells, columns=unique(heads)),
            hide_index=True,
            width="stretch",
            key=f"wiersze-{name}",
        )
    if table.by_days:
        st.caption("To lista osób według dni: dni są w nagłówku, a w komórkach znaki obecności.")
    if any(header for _, header in table.headers) and st.toggle("Popraw kolumny", key=f"popraw-{name}"):
        correct(draft, tab, table, name)


def unique(heads: tuple[str, ...]) -> list[str]:
    """Headers of a preview, none of them twice."""
    return [head if head not in heads[:at] else f"{head} ({at + 1})" for at, head in enumerate(heads)]


def correct(draft: Draft, tab: TabSeen, table: TableSeen, name: str) -> None:
    """For every field a list of the columns to choose from."""
    called = dict(table.headers)
    taken = {column.field: called.get(column.place, column.header) for column in table.columns}
    headers = list(dict.fromkeys(header for _, header in table.headers))
    options = headers if table.by_days else ["", *headers]
    for number, (field, title) in enumerate(table.fields):
        if number % 2 == 0:  # pairs, so that on a phone the fields stay in their order
            pair = st.columns(2)
        with pair[number % 2]:
            name_of = f"pole-{name}-{field}"
            correct_field(draft, tab, table, (field, title), options, taken.get(field, ""), name_of)


def correct_field(
    draft: Draft,
    tab: TabSeen,
    table: TableSeen,
    what: tuple[str, str],
    options: list[str],
    taken: str,
    name: str,
) -> None:
    """The list of columns for one field."""
    field, title = what
    st.session_state[name] = taken

    def changed() -> None:
        header = st.session_state[name]
        draft.choose(connect.with_column(draft.entry.choices, tab, table, field, header))

    st.selectbox(
        title, options, format_func=lambda header: header or "brak kolumny", key=name, on_change=changed
    )


# --- beside them --------------------------------------------------------------------------------


def show_figures(seen: Preview) -> None:
    """The figures that would be on the pages."""
    st.subheader(f"Liczby na {words.day(seen.as_of)}", anchor=False)
    for headline in seen.headlines:
        st.markdown(f"{headline.label}: **{said(headline)}**")
    st.markdown(badges(seen) or ":green-badge[:material/check_circle: bez uwag]")
    left = sum(len(tab.open) + tab.unclear for tab in seen.tabs)
    if left:
        st.warning(f"Pytania bez odpowiedzi: {left}.", icon=":material/help:")


def ask_facts(draft: Draft, asked: tuple[Asked, ...]) -> None:
    """The facts that no tab states, each with where it comes from."""
    st.subheader("3. Czego nie ma w arkuszu", anchor=False)
    if not asked:
        st.markdown("Wszystko, czego potrzebują liczby, jest w arkuszu.")
        return
    st.markdown(
        "Pytam raz; odpowiedzi zostaną w pliku projektu ze źródłem. Puste pole znaczy: nie podano. "
        "Puste źródło: to samo co przy poprzedniej odpowiedzi."
    )
    for fact in asked:
        ask_fact(draft, fact)


def ask_fact(draft: Draft, asked: Asked) -> None:
    """One fact: its value and its source."""
    now, name = draft.answered(asked.parameter), f"fakt-{asked.parameter}"
    st.session_state[name] = now.value
    named = asked.parameter == "Nazwa"
    if not named:
        st.session_state[f"{name}-zrodlo"] = now.source or st.session_state.get(f"{name}-zrodlo", "")

    def changed() -> None:
        typed = connect.SAID_AT_CONNECTING if named else st.session_state[f"{name}-zrodlo"]
        source = typed or draft.last_source
        draft.answer(Answer(asked.parameter, st.session_state[name].strip(), source.strip(), now.valid_from))

    left, right = st.columns([2, 3])
    noun = connect.NOUNS.get(asked.kind, asked.kind)
    left.text_input(
        f"{asked.parameter} ({noun})", key=name, on_change=changed, help=f"Potrzebne do: {asked.why}."
    )
    if not named:
        right.text_input(
            f"Źródło: {asked.parameter}",
            key=f"{name}-zrodlo",
            on_change=changed,
            placeholder="np. umowa, par. 3",
        )
    if now.value and (wrong := connect.problem_of(now)):
        st.warning(f"{asked.parameter}: {wrong}")


def save(draft: Draft, seen: Preview) -> None:
    """The id, and the button that saves."""
    st.subheader("4. Zapisz", anchor=False)
    if draft.before is None:
        id = st.text_input(
            "Id projektu (stoi w adresie strony)",
            value=draft.proposed_id(seen),
            help="Małe litery, cyfry i myślniki.",
        )
    else:
        id = draft.before.id
        st.markdown(f"Zmieniasz podłączenie projektu **{words.plain(id)}**.")
    over = False
    for name in draft.uploads:
        if projects.path_of(name).exists():
            over = st.checkbox(f"Zastąp plik {name}, który już leży w folderze danych", key=f"zastap-{name}")
    wrong = [fact.parameter for fact in draft.entry.facts if connect.problem_of(fact)]
    if not st.button("Zapisz podłączenie", type="primary", icon=":material/save:"):
        return
    if wrong:
        st.error(f"Popraw najpierw: {', '.join(wrong)}.")
    elif not is_id(id):
        st.error("Id może mieć tylko małe litery, cyfry i myślniki.")
    elif not seen.recognised:
        st.error("Nie ma tu żadnej zakładki, którą umiem czytać. Wskaż, co jest w zakładkach.")
    else:
        keep(lambda: draft.save(seen, id, over=over))


def keep(saving: Callable[[], None]) -> None:
    """Save, or say why not."""
    try:
        saving()
    except (projects.SourceError, OSError) as error:
        problem(error)
    else:
        st.rerun()


def saved(draft: Draft) -> None:
    """That it is saved, and the way to the project."""
    st.success(f"Zapisano projekt „{draft.saved}”. Pojawi się na stronach w ciągu kilku sekund.")
    address = {view.PROJECT: draft.saved}
    st.page_link("overview.py", label="Otwórz projekt", icon=":material/dashboard:", query_params=address)
    if st.button("Podłącz następny", icon=":material/add_link:"):
        drafts.start(None)
        st.session_state.pop("co-podlaczyc", None)
        st.rerun()


st.title("Podłącz arkusz", anchor=False)
st.markdown("Wskaż arkusz, sprawdź, co z niego czytam, odpowiedz na pytania i zapisz. Arkusza nie zmieniam.")
come_by_link()
if drafts.current().saved:
    saved(drafts.current())
    st.stop()
work = choose_project()
choose_spreadsheets(work)
if work.tabs:
    with st.spinner("Sprawdzam arkusz…"):
        now = work.preview(st.session_state[view.TODAY])
    tabs, figures = st.columns([5, 2], gap="medium")
    with figures:
        show_figures(now)
    with tabs:
        show_tabs(work, now)
    ask_facts(work, now.asked)
    save(work, now)
