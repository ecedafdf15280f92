"""Capacity: how many people we support, are we on pace, and where are the free places?"""

from textwrap import shorten

import streamlit as st

from lib import attendance, capacity, words
from lib.records import Attendance, Enrolment, Fact, Group, Participant, Session, SupportForm
from lib.ui import charts, parts

LEAD = "Ile osób wspieramy, czy zdążymy objąć tyle, ile obiecano, i gdzie są wolne miejsca."
READS = (SupportForm, Group, Participant, Enrolment, Session, Attendance)
FEATURES = {"sex": "płeć", "age_band": "wiek w dniu wejścia", "target_group": "grupa docelowa"}
SEXES = {"women": "Kobiety", "men": "Mężczyźni"}
PEOPLE = {"feature": "Cecha", "label": "Osoby", "ever": "Objęte wsparciem", "active": "Aktywne", **SEXES}
FORM = {"form": "Kod", "name": "Forma wsparcia", "planned": "Plan osób", "persons": "Osoby", **SEXES}
FORM |= {"active": "Z miejscem tego dnia", "participations": "Udziały"}
PLACES = {"taken": "Zajęte", "free": "Wolne", "waiting": "Czeka"}
GROUP = {"group": "Grupa", "name": "Nazwa", "form": "Forma", "limit": "Limit", **PLACES}
GROUP |= {"absent": "Nie przychodzi"}
WAITING = {"group": "Grupa", "position": "Kolejność", "person": "Nr uczestnika", "since": "Czeka od"}
WAITING |= {"days": "Dni czekania"}
ABSENT = {"group": "Grupa", "person": "Nr uczestnika", "missed": "Opuszczone z rzędu"}
ABSENT |= {"last_present": "Ostatnia obecność"}
MARKS = {"sessions": "Zajęcia", "present": "Obecni", "absent": "Nieobecni", "rate": "Frekwencja"}
RATES = {"miesięcy": ("month", "Miesiąc"), "form": ("form", "Kod formy"), "grup": ("group", "Grupa")}
HOURS = {"hour": "Godzina", "children": "Najwięcej dzieci naraz", "educators": "Wychowawcy w tej chwili"}
HOURS |= {"allowed": "Najwyżej dzieci", "day": "Kiedy", "average": "Średnio w godzinie"}
BOTH = {4: "osoby formy", 3: "osoby w obu formach", 0: "nikt"}

register = parts.opened("Pojemność", LEAD, reads=READS)
if register.participants.empty and register.groups.empty:
    parts.nothing_to_show(Participant)
now, met = parts.cached(capacity.overview, register), parts.cached(attendance.overview, register)


def table(title, frame, download, names, *, behind, **kinds):
    """A table under its title; `names` are the Polish headers of its columns."""
    st.subheader(title, anchor=False)
    alt = f"{title}: {', '.join(names.values())}"
    parts.table(frame, labels=names, behind=behind, download=download, alt=alt, **kinds)


pace, card, running = now.pace, parts.Metric, now.groups[now.groups["running"]]
ever, needed = words.number(pace["ever"]), words.number(pace["needed"])
target = "cel: nie podano w źródle" if pace["target"] is None else f"z {words.people(pace['target'])}"
margin = "bez celu lub dat projektu nie da się policzyć"
if pace["margin"] is not None:
    margin = f"jest {'mniej' if pace['margin'] < 0 else 'więcej'} o {words.people(abs(pace['margin']))}"
active, taken, waiting = (
    now.people["row"][now.people["active"]],
    now.participations["row"],
    now.waiting["row"],
)
owed = register.project.rows_of("target_persons", "starts_on", "ends_on")
sessions = f"zaplanowane: {met.sessions['planned']}, odwołane: {met.sessions['cancelled']}"
marks = f"obecni: {words.number(met.total['present'])}, nieobecni: {words.number(met.total['absent'])}"
free, rate = words.number(running["free"].sum()), words.share(met.total["rate"])
parts.metrics(
    [
        card("Osoby objęte wsparciem", ever, target, (Participant, now.people["row"])),
        card("Osoby aktywne", words.number(len(active)), "w tym dniu", (Participant, active)),
        card("Potrzebne równe tempo", needed, margin, (Fact, owed)),
        card("Udziały w formach", words.number(len(taken)), "udziały to nie osoby", (Enrolment, taken)),
        card("Wolne miejsca", free, "w trwających grupach z limitem", (Group, running["row"])),
        card("Czeka na miejsce", words.number(len(waiting)), "zapisy na listach", (Enrolment, waiting)),
        card("Zajęcia odbyte", words.number(len(met.held)), sessions, (Session, met.held["row"])),
        card(
            "Frekwencja",
            rate if met.total["rate"] is not None else "–",
            marks,
            (Attendance, met.marks["row"]),
        ),
    ]
)
if not now.curve.empty:
    series = {"Osoby": now.curve["ever"]}
    if pace["needed"] is not None:
        series["Równe tempo do celu"] = now.curve["needed"]
    dashed, title = list(series)[1:], "Osoby objęte wsparciem, narastająco"
    parts.chart(
        charts.lines(now.curve["day"], series, title=title, unit="osoby", dashed=dashed),
        alt=f"Narastająco do dnia stanu: {ever}; równe tempo do celu: {needed}.",
    )
features = now.features.assign(feature=now.features["feature"].map(FEATURES))
table("Kogo wspieramy", features, "osoby", PEOPLE, behind=(Participant, "rows"))
if not now.forms.empty:
    series = {FORM[name]: now.forms[name] for name in ("persons", "participations")}
    coded = map(words.coded, now.forms["form"], now.forms["name"])
    names = [shorten(name, 50, placeholder="…") for name in coded]
    parts.chart(
        charts.bars(names, series, title="Osoby i udziały", unit="liczba", horizontal=True),
        alt="Osoby i udziały w każdej formie wsparcia; te same liczby są w tabeli „Formy wsparcia”.",
    )
    table("Formy wsparcia", now.forms, "formy", FORM, behind=(Enrolment, "rows"))
if len(now.overlap) > 1:
    codes, texts = list(now.overlap), now.overlap.to_numpy().tolist()
    levels = [[4 if i == j else 3 if n else 0 for j, n in enumerate(row)] for i, row in enumerate(texts)]
    parts.chart(
        charts.heatmap(codes, codes, levels, title="Osoby w dwóch formach", labels=BOTH, texts=texts),
        alt="Ile osób skorzystało z obu form: w wierszach i kolumnach kody form, na przekątnej osoby formy.",
    )
if not now.groups.empty:
    names = GROUP | {"running": "Trwa"}
    table("Grupy", now.groups, "grupy", names, behind=(Enrolment, "rows"))
    names = now.groups["name"].fillna(now.groups["group"])
    called = dict(zip(now.groups["group"], map(words.coded, now.groups["group"], names), strict=True))
    group = st.selectbox("Dzień po dniu: grupa", list(called), key="grupa", format_func=called.get)
    days = parts.cached(capacity.history, register, group)
    if not days.empty:
        series = {name: days[column] for column, name in PLACES.items()}
        parts.chart(
            charts.lines(days["day"], series, title=called[group], unit="osoby, miejsca", steps=True),
            alt=f"Zajęte i wolne miejsca oraz czekający w grupie {group}, dzień po dniu do dnia stanu.",
        )
    table("Lista rezerwowa", now.waiting, "lista-rezerwowa", WAITING, behind=(Enrolment, "row"))
    table("Miejsca do odzyskania", now.hidden, "do-odzyskania", GROUP, behind=(Group, "row"))
    st.caption("Trwające grupy, w których ktoś czeka, choć są wolne miejsca, albo zapisani nie przychodzą.")
    table("Zapisani, którzy nie przychodzą", now.absent, "nieobecni", ABSENT, behind=(Enrolment, "row"))
    missed, silent = attendance.MISSED_IN_A_ROW, attendance.DAYS_WITHOUT_PRESENCE
    st.caption(
        f"Bez obecności na {missed} ostatnich zajęciach albo od {silent} dni, choć grupa się spotykała."
    )
if not met.by_month.empty:
    by = st.segmented_control("Frekwencja według", list(RATES), default="miesięcy", key="frekwencja")
    by = by or "miesięcy"
    column, header = RATES[by]
    rates, title = getattr(met, f"by_{column}"), f"Frekwencja według {by}"
    parts.chart(
        charts.bars(rates[column], {"Frekwencja": rates["rate"] * 100}, title="Frekwencja", unit="%"),
        alt=f"{title}; te same liczby są w tabeli poniżej.",
    )
    kinds = {"shares": ["rate"], "months": ["month"], "behind": (Attendance, "rows")}
    table(title, rates, f"frekwencja-{column}", {column: header, **MARKS}, **kinds)
if met.day_support:
    st.subheader("Placówka wsparcia dziennego", anchor=False)
    average = words.number(met.day_support["average_children"], 1)
    st.markdown(f"Dzieci dziennie: średnio **{average}**, najwięcej **{met.day_support['most_children']}**.")
    parts.chart(
        charts.lines(met.days["day"], {"Dzieci": met.days["children"]}, title="Dzieci w dniu", unit="dzieci"),
        alt=f"Dzieci obecne w kolejnych dniach, średnio {average}.",
    )
    hours = met.hours.assign(hour=[words.time(hour * 60) for hour in met.hours["hour"]])
    table("Najwięcej dzieci o każdej godzinie", hours, "godziny", HOURS, behind=(Session, "rows"))
parts.findings(register.findings_on(*READS))
