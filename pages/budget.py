"""Budget: what was planned, what was spent, what is left and where it is heading?"""

import streamlit as st

from lib import budget, words
from lib.records import BudgetLine, Expense, Fact
from lib.ui import charts, parts

LEAD = "Ile zaplanowano, ile wydano, ile zostało i dokąd to zmierza."
AMOUNTS = {"planned_gr": "Plan", "spent_gr": "Wydano", "left_gr": "Zostało"}
TYPED = {"typed_gr": "Wpisano w dokumentach"}
SHARE = {"share": "Wydano z planu"}
LINE = {"line": "Nr pozycji", "task": "Zadanie", "name": "Nazwa pozycji"}
CURVES = {"Wydano": "spent_total_gr", "Plan": "planned_total_gr", "Prognoza": "forecast_total_gr"}

register = parts.opened("Budżet", LEAD, reads=(Fact, BudgetLine, Expense))
money = parts.cached(budget.budget, register)
if money.total_gr is None and money.lines.empty:
    parts.nothing_to_show(BudgetLine)

total, spent, planned = (words.money(m) for m in (money.total_gr, money.spent_gr, money.planned_by_now_gr))
forecast, note = words.money(money.forecast_gr), ""
if money.forecast_gr is None:
    forecast, note = "–", "realizacja zakończona albo za mało danych"
elif money.over_gr:
    note = f"o {words.money(money.over_gr)} ponad wartość projektu"
documents, own_documents = (Expense, money.documents["row"]), (Expense, money.own_documents["row"])
own, due = words.money(money.own_documented_gr), f"należny {words.money(money.own_due_gr)}"
if money.own_missing_gr and money.own_missing_gr > 0:
    due += f", brakuje {words.money(money.own_missing_gr)}"
card, project = parts.Metric, register.project
value, period = (Fact, project.rows_of("total_gr")), (Fact, project.rows_of("starts_on", "ends_on"))
parts.metrics(
    [
        card("Wartość projektu", total, f"pozycje: {words.money(money.lines_gr)}", value),
        card("Wydano", spent, f"{words.share(money.share_spent)} wartości projektu", documents),
        card("Zostało", words.money(money.left_gr), "wartość projektu bez wydatków", documents),
        card("Upłynęło czasu", words.share(money.share_time), f"plan na ten dzień: {planned}", period),
        card(
            "Prognoza na koniec",
            forecast,
            note,
            documents,
            help="Dalej jak średnio w ostatnich 6 pełnych miesiącach.",
        ),
        card("Wkład własny w dokumentach", own, due, own_documents),
    ]
)
given = money.months.dropna(axis="columns", how="all")
if not given.empty:
    curves = {name: given[column] / 100 for name, column in CURVES.items() if column in given}
    dashed = ("Plan", "Prognoza")
    parts.chart(
        charts.lines(given["month"], curves, title="Narastająco", unit="zł", dashed=dashed),
        alt=f"Narastająco: wydano {spent}, plan na ten dzień {planned}, prognoza na koniec {forecast}.",
    )
if money.unspread_gr:
    st.caption(f"Pozycje bez dat, których nie ma w planie miesięcy: {words.money(money.unspread_gr)}.")

tasks = money.tasks.assign(task=money.tasks["task"].fillna("bez zadania"))
if tasks["share"].notna().any():
    shares = dict(zip(tasks["task"], tasks["share"], strict=True))
    parts.chart(
        charts.progress(shares, title="Wydano z planu", mark=money.share_time, mark_label="upłynęło czasu"),
        alt="Udział wydatków w planie każdego zadania obok udziału czasu, który upłynął.",
    )
views = {
    "Zadania": (tasks, {"task": "Zadanie", **AMOUNTS, **SHARE}),
    "Pozycje": (money.lines, {**LINE, **AMOUNTS, **SHARE}),
    "Miesiące": (money.months[money.months["spent_gr"].notna()], {"month": "Miesiąc", **AMOUNTS}),
}
view = st.segmented_control("Według", list(views), default="Zadania") or "Zadania"
frame, names = views[view]
parts.table(
    frame,
    labels=names,
    money=tuple(AMOUNTS),
    shares=[*names.keys() & {"share"}],
    months=[*names.keys() & {"month"}],
    behind=(Expense, "rows"),
    download=view.lower(),
    alt=f"{view}: plan, wydatki i reszta",
)
st.subheader("Źródła", anchor=False)
parts.table(
    money.sources.assign(
        source=money.sources["source"].map(words.SOURCES),
        rows=[tuple(money.documents["row"])] * len(money.sources),  # the split is of the sum of all
    ),
    labels={"source": "Źródło", **AMOUNTS, **TYPED},
    money=(*AMOUNTS, *TYPED),
    behind=(Expense, "rows"),
    download="źródła",
    alt="Plan, wydatki i reszta według źródeł, obok części wpisanych w dokumentach",
)
st.caption("Wydatki źródeł to podział ich sumy; części wpisane w dokumentach są informacją.")
if not money.outside.empty:
    st.subheader("Zapłacone poza okresem realizacji (wliczone)", anchor=False)
    outside = register.rows_behind(Expense, money.outside["row"])
    parts.table(outside, download="poza-okresem", alt="Dokumenty zapłacone poza okresem realizacji")
parts.findings(register.findings_on(BudgetLine, Expense))
