"""Durability: are the promised places still there, month by month, and who asked for them?"""

import streamlit as st

from lib import durability, words
from lib.dictionaries import PlaceUnit
from lib.durability import State
from lib.records import Enquiry, Place, Readiness
from lib.ui import charts, parts

LEAD = "Miejsca, które utrzymujemy po zakończeniu projektu: ile obiecano, ile jest gotowych, ile zajętych."
NO_USE = "Zobowiązaniem jest gotowość. Miejsce, z którego nikt nie korzysta, nie jest uchybieniem."
NO_DATES = "Nie wiadomo, od kiedy do kiedy są obiecane. Wpisz daty w zakładce „Miejsca” albo „Projekt”."
NUMBER, PLACE = {"number": "Nr"}, {"place": "Miejsce"}
COUNTS = {"declared": "Obiecane", "ready": "Gotowe", "used": "Zajęte"}
FREE, SPELL = {"free": "Wolne"}, {"first": "Od", "last": "Do", "days": "Dni"}
SHORT = {"ready": "Gotowe", "declared": "Obiecane"}
ENTRY = {"state": "Wpis o gotowości", "reason": "Powód"}
CHECKS = {"age_days": "Dni od potwierdzenia", "to_confirm": "Do potwierdzenia", "next_check_on": "Przegląd"}
OUTCOMES = {"asked": "Zgłoszenia", "admitted": "Przyjęto", "waitlisted": "Na liście"}
OUTCOMES |= {"referred": "Skierowano", "resigned": "Rezygnacje", "refused": "Odmowy"}
OUTCOMES |= {"using": "Korzysta", "finished": "Skorzystało"}
LEVELS = {3: "wszystkie gotowe", 2: "mniej niż obiecano ↓", 1: "żadne gotowe", 0: "jeszcze nie wpisano –"}


def table(title, frame, download, names, behind=None, **kinds):
    """A table under its title; `names` are the Polish headers of its columns."""
    st.subheader(title, anchor=False)
    alt = f"{title}: {', '.join(names.values())}"
    parts.table(frame, labels=names, behind=behind, download=download, alt=alt, **kinds)


register = parts.opened("Trwałość", LEAD, reads=(Place, Readiness, Enquiry))
seen = parts.cached(durability.overview, register)
if register.project.phones:
    st.text(f"Kontakt dla zainteresowanych: tel. {', '.join(register.project.phones)}")
if seen.state is State.NONE:
    parts.nothing_to_show(Place)
if seen.state is State.BEFORE:
    st.info(f"Okres trwałości zacznie się {words.day(seen.first)}.", icon=":material/event:")
undated = seen.state is State.UNDATED
days = NO_DATES if undated else f"Okres trwałości: **{words.day(seen.first)} – {words.day(seen.last)}**."
st.markdown(f"Obiecano **{words.places(seen.of()['declared'])}**. {days} {NO_USE}")

if seen.day:
    every, seats, services = seen.of(), seen.of(PlaceUnit.SEAT), seen.of(PlaceUnit.PROVIDER)
    used = {
        unit: [
            (record, rows["row"][rows["unit"] == unit.value])
            for record, rows in ((Enquiry, seen.users), (Readiness, seen.told))
        ]
        for unit in PlaceUnit
    }
    late, old = int(seen.places["overdue"].sum()), int(seen.places["to_confirm"].sum())
    checks = seen.places["next_check_on"].dropna()
    check = "–" if checks.empty else words.day(checks.min())
    due = f"po terminie {late}, do potwierdzenia {old}"
    card, entries = parts.Metric, (Readiness, seen.places["entry"].dropna())
    free = f"gotowe {seats['ready']} z {seats['due']}, wolne {seats['free']}"
    ready = f"gotowe {services['ready']} z {services['due']}"
    parts.metrics(
        [
            card("Miejsca gotowe", f"{every['ready']} z {every['due']}", words.day(seen.day), entries),
            card("Zajęte miejsca szkoleniowe", words.number(seats["used"]), free, *used[PlaceUnit.SEAT]),
            card("Usługi w użyciu", words.number(services["used"]), ready, *used[PlaceUnit.PROVIDER]),
            card("Najbliższy przegląd", check, due, entries),
        ]
    )
early = seen.day is None and seen.places["ready"].notna().any()  # entries are kept before the period begins
on = register.as_of if early else seen.day
heading = f"Miejsca w dniu {words.day(on)}" if on else "Miejsca obiecane"
names = NUMBER | PLACE | {"unit": "Rodzaj"} | COUNTS | FREE | {"occupancy": "Zajęte z gotowych"}
table(heading, seen.places, "miejsca", names, (Place, "row"), shares=["occupancy"])
if seen.day:
    table("Wpisy i przeglądy", seen.places, "przeglady", NUMBER | ENTRY | CHECKS, (Place, "row"))
if undated:
    st.stop()

parts.chart(
    charts.heatmap(
        [f"nr {number}" for number in seen.levels.columns],
        [f"{month:%m/%Y}" for month in seen.levels.index],
        seen.levels.to_numpy(),
        title="Gotowe z obiecanych w najgorszym dniu miesiąca",
        labels={level: said for level, said in LEVELS.items() if (seen.levels == level).any(axis=None)},
        texts=seen.texts.to_numpy(),
    ),
    alt="Miesiące w wierszach, miejsca w kolumnach: gotowe z obiecanych; liczby są w tabeli „Miesiące”.",
)
st.caption("Numery miejsc są w tabeli wyżej. „?”: w części miesiąca brakuje wpisu o gotowości.")
past = seen.by_month[seen.by_month["month"].dt.date <= register.as_of]
if not past.empty:
    lines, what = {said: past[name] for name, said in COUNTS.items()}, "Wszystkie miejsca razem"
    chart = charts.lines(past["month"], lines, title=what, unit="miejsca", dashed=["Obiecane"])
    parts.chart(chart, alt=f"{what}: obiecane, gotowe i zajęte w kolejnych miesiącach.")

short, entries = seen.shortages.fillna({"state": "brak wpisu"}), (Readiness, "entries")
table("Dni, w których gotowych było mniej", short, "braki", PLACE | SPELL | SHORT | ENTRY, entries)
months = {"month": "Miesiąc"} | PLACE
table("Miesiące", seen.months, "miesiace", months | COUNTS | FREE, entries, months=["month"])
place = st.selectbox("Miejsce dzień po dniu", seen.places["place"], placeholder="Wybierz miejsce")
spells = seen.spells[seen.spells["place"] == place]
table("Dzień po dniu", spells, "dni", SPELL | COUNTS | FREE | ENTRY, entries)
table("Stan w ustalonych dniach", seen.checkpoints, "stan", {"day": "Dzień"} | COUNTS)
st.caption("Ostatnie środy stycznia, kwietnia, lipca i października oraz wybrany dzień.")
table("Zgłoszenia", seen.outcomes, "zgloszenia", months | OUTCOMES, (Enquiry, "rows"), months=["month"])
parts.findings(register.findings_on(Place, Readiness, Enquiry))
