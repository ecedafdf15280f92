"""Glossary: what the numbers mean, what can be wrong, and what the columns of the spreadsheet hold."""

import pandas as pd
import streamlit as st

from lib.findings import RULES
from lib.glossary import DEFINITIONS
from lib.records import RECORDS, Record, extra, kind_of, words_of
from lib.ui import parts, view

FIGURES = {"name": "Liczba", "formula": "Jak ją liczymy", "unit": "Jednostka", "source": "Źródło"}
CATALOGUE = {"title": "Reguła", "severity": "Pilność", "advice": "Co zrobić", "code": "Kod"}

DICTIONARY = {
    "tab": "Zakładka",
    "header": "Kolumna",
    "about": "Co wpisać",
    "kind": "Typ",
    "required": "Wymagana",
    "personal": "Dane osobowe",
    "synonyms": "Inne nagłówki",
}


def columns_of(record: type[Record]) -> pd.DataFrame:
    """The columns of a kind of table, as its class defines them; columns as in DICTIONARY."""
    lines = []
    for field in record.model_fields.values():
        dictionary = words_of(field)
        kind = kind_of(field).polish if dictionary is None else f"jedno z: {', '.join(dictionary)}"
        required = "nie" if extra(field, "blank") else "tak"
        personal = "tak" if extra(field, "personal") else "nie"
        synonyms = ", ".join(extra(field, "synonyms"))
        lines.append((record.tab, field.title, field.description, kind, required, personal, synonyms))
    return pd.DataFrame(lines, columns=list(DICTIONARY))


st.title("Słownik", anchor=False)
st.markdown("Co znaczą liczby, co może być nie tak w arkuszu i co wpisywać w kolumny.")
if (register := view.register_of(*view.chosen())) is not None:
    parts.example(register)
figures, rules, columns = st.tabs(["Liczby", "Reguły", "Kolumny arkusza"])
with figures:
    parts.downloads(pd.DataFrame(DEFINITIONS), "slownik-liczb", FIGURES)
    st.markdown(
        "\n\n".join(
            f"**{name}** ({unit})  \n{formula}  \n:small[Źródło: {source}.]"
            for name, formula, unit, source in DEFINITIONS
        )
    )
with rules:
    catalogue = [(rule.title, rule.severity.label, rule.advice, rule.code) for rule in RULES]
    parts.downloads(pd.DataFrame(catalogue, columns=list(CATALOGUE)), "slownik-regul", CATALOGUE)
    st.markdown(
        "\n\n".join(
            f"{parts.badge(rule.severity)} **{rule.title}**  \n{rule.advice}  \n:small[Kod: {rule.code}]"
            for rule in RULES
        )
    )
with columns:
    by_tab = {record: columns_of(record) for record in RECORDS}
    parts.downloads(pd.concat(by_tab.values()), "slownik-kolumn", DICTIONARY)
    for record, described in by_tab.items():
        st.subheader(record.tab, anchor=False)
        names = ", ".join(f"„{name}”" for name in record.tab_synonyms)
        st.markdown(record.about + (f" Zakładka może się też nazywać: {names}." if names else ""))
        lines = []
        for column in described.itertuples():
            marks = [column.kind]
            marks += ["wymagana"] if column.required == "tak" else []
            marks += ["dane osobowe"] if column.personal == "tak" else []
            also = f"  \n  :small[Inne nagłówki: {column.synonyms}.]" if column.synonyms else ""
            lines.append(f"- **{column.header}** ({'; '.join(marks)}): {column.about}{also}")
        st.markdown("\n".join(lines))
