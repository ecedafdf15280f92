"""Quality of the data: what is wrong in the spreadsheet, where, and what to do about it."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from lib import words
from lib.duplicates import Candidate, Side
from lib.findings import Finding, Severity
from lib.records import RECORDS
from lib.ui import acceptance, parts, view

SHOWN = 50
COLUMNS = {
    "severity": "Pilność",
    "rule": "Reguła",
    "address": "Komórka",
    "raw": "Wpisano",
    "message": "Co jest nie tak",
    "not_counted": "Nie wliczono wierszy",
    "advice": "Co zrobić",
    "code": "Kod reguły",
    "workbook": "Skoroszyt",
    "url": "Odsyłacz",
}


def listed(found: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a table; columns as in COLUMNS."""
    lines = [
        (
            finding.rule.severity.label,
            finding.rule.title,
            finding.address,
            finding.cell.raw,
            finding.message,
            finding.not_counted,
            finding.rule.advice,
            finding.rule.code,
            finding.cell.workbook,
            finding.cell.url,
        )
        for finding in found
    ]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def line(finding: Finding) -> str:
    """One finding among others of its rule: the cell, what stands in it, what is wrong, what it costs."""
    typed = f" (wpisano „{words.plain(finding.cell.raw)}”)" if finding.cell.raw else ""
    lost = f" Nie wliczono: {words.rows(finding.not_counted)}." if finding.not_counted else ""
    return f"{parts.place(finding)}{typed}: {words.plain(finding.message)}{lost}"


def pair_line(pair: Candidate) -> str:
    """Two rows that may be one person: how likely, where they stand, why, and what to do."""
    together = ""
    if pair.together is not None and pair.first.project:
        starts, ends = pair.together.first, min(pair.together.last, register.as_of)
        together = (
            f" Udział w obu naraz od {words.day(starts)} do {words.day(ends)}." if starts <= ends else ""
        )
    return (
        f"**{pair.strength.label}**: {side(pair.first)} i {side(pair.later)} - {words.plain(pair.evidence)}."
        f"{together}  \n  :small[{words.plain(pair.proposal)}]"
    )


def side(one: Side) -> str:
    """A row of a pair: the project where it is another one, the number, the cell."""
    project = f"{view.name_of(one.project)}: " if one.project else ""
    return f"{words.plain(project)}„{words.plain(one.person)}” {parts.place(one)}"


def questions() -> None:
    """What the spreadsheet leaves open, what is taken meanwhile, and the way to the answer."""
    asked = register.readings.open
    if not asked:
        return
    st.subheader("Pytania, na które nikt jeszcze nie odpowiedział", anchor=False)
    st.markdown("Arkusz sam tego nie mówi, a od odpowiedzi zależą liczby. Wystarczy odpowiedzieć raz.")
    for question in asked:
        tab = words.plain(question.tab)
        st.markdown(
            f":orange-badge[:material/help: pytanie] **{tab}**: {words.plain(question.text)}  \n"
            f":small[Do odpowiedzi przyjmuję: {words.plain(question.meanwhile)}.]"
        )
    project, as_of = view.chosen()
    st.page_link(
        "connect.py",
        label=f"Odpowiedz ({words.questions(len(asked))}) na stronie „Podłącz arkusz”",
        icon=":material/add_link:",
        query_params={**view.address(project, as_of), view.CONNECTION: project},
    )


def persons_twice() -> None:
    """Rows of this project, and of this and another, that may be one person; documents of two projects."""
    shared, found = view.shared(*view.chosen())
    pairs = sorted((*register.duplicates, *shared), key=lambda pair: -pair.strength)
    st.subheader("Osoby w kilku projektach i możliwe powtórzenia", anchor=False)
    if not pairs and not found:
        st.markdown("Nie widać powtórzonych osób ani dokumentów, także między projektami.")
        return
    st.markdown("Ostoja niczego nie łączy, poza wierszami z tym samym PESEL: to propozycje do sprawdzenia.")
    st.markdown("\n".join(f"- {pair_line(pair)}" for pair in pairs[:SHOWN]))
    if len(pairs) > SHOWN:
        st.caption(f"Pokazano {SHOWN} z {words.number(len(pairs))}; reszta po poprawieniu tych.")
    for finding in found:
        parts.finding_line(finding)


register = parts.opened("Jakość danych", "Co poprawić w arkuszu, żeby liczby były pewne.")
acceptance.problem()
parts.numbers_problem()
found = register.findings
labels = {severity: severity.label for severity in Severity}
parts.metrics(
    [
        *(
            parts.Metric(label, words.number(sum(finding.rule.severity is severity for finding in found)))
            for severity, label in labels.items()
        ),
        parts.Metric(
            "Pytania bez odpowiedzi",
            words.number(len(register.readings.open)),
            help="Czego arkusz nie mówi, a od czego zależą liczby; przy pytaniu stoi, co przyjmuję.",
        ),
        parts.Metric(
            "Nie wliczono wierszy",
            words.number(sum(register.not_counted(record) for record in RECORDS)),
            help="Wiersze, których nie da się policzyć, dopóki nie zostaną poprawione.",
        ),
        parts.Metric(
            "Przyjęte („tak ma być”)",
            words.number(len(register.accepted)),
            help="Uwagi, które ktoś przyjął z powodem; nie ma ich wśród pozostałych liczb.",
        ),
    ]
)
questions()
st.subheader("Uwagi", anchor=False)
if not found:
    st.success("W arkuszu nie ma nic do poprawienia.", icon=":material/check_circle:")
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        urgencies = st.pills(
            "Pilność", list(Severity), format_func=labels.__getitem__, selection_mode="multi", key="pilnosc"
        )
        tabs = st.multiselect(
            "Zakładka",
            sorted({finding.cell.tab for finding in found}),
            placeholder="wszystkie",
            key="zakladka",
            width=300,
        )
        rules = st.multiselect(
            "Reguła",
            sorted({finding.rule.title for finding in found}),
            placeholder="wszystkie",
            key="regula",
            width=300,
        )
    wanted = [
        finding
        for finding in found
        if (not urgencies or finding.rule.severity in urgencies)
        and (not tabs or finding.cell.tab in tabs)
        and (not rules or finding.rule.title in rules)
    ]
    st.markdown(f"Pokazano {words.findings(len(wanted))} z {words.number(len(found))}.")
    for rule in dict.fromkeys(finding.rule for finding in wanted):
        own = [finding for finding in wanted if finding.rule is rule]
        with st.expander(
            f"{parts.badge(rule.severity)} **{rule.title}** · {words.findings(len(own))}",
            expanded=rule.severity is Severity.URGENT,
        ):
            st.markdown(f"**Co zrobić:** {rule.advice}")
            st.markdown("\n".join(f"- {line(finding)}" for finding in own[:SHOWN]))
            if len(own) > SHOWN:
                st.caption(f"Pokazano {words.findings(SHOWN)}; wszystkie są w pliku do pobrania.")
            acceptance.form(register, own)
    parts.downloads(listed(wanted), "uwagi", COLUMNS)

acceptance.section(register)

persons_twice()

st.subheader("Zakładki", anchor=False)
st.markdown(
    "Co rozpoznano w arkuszu i co stało się z każdym wierszem. "
    "Wliczone, nie wliczone i te, które nie są danymi, dają razem wszystkie wiersze zakładki."
)
parts.table(
    register.accounts,
    labels={
        "tab": "Zakładka",
        "records": "Rozpoznana jako",
        "header_rows": "Wiersz nagłówka",
        "rows": "Wiersze",
        "counted": "Wliczone",
        "rejected": "Nie wliczone",
        "not_data": "Nie są danymi",
        "reasons": "Dlaczego nie są danymi",
    },
    download="zakladki",
    alt="Zakładki arkusza i co stało się z ich wierszami",
)
missing = [record.tab for record in RECORDS if not register.has(record)]
if missing:
    st.info(
        f"Brak zakładek: {', '.join(f'„{tab}”' for tab in missing)}. "
        "Strony, które z nich liczą, będą niepełne."
    )
