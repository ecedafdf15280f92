"""The budget: what was planned, what was spent, what is left and where it is heading.

Amounts are whole grosze. *Spent* as of a day is the sum of the eligible amounts of the documents
paid by the end of that day, refunds being negative; documents outside the period of the project
are counted as typed. Every sum carries `rows`: the documents it is made of, as rows of `Expense`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import pandas as pd

from lib.money import split
from lib.project import Period, Project
from lib.register import Register

FORECAST_MONTHS = 6
"""How many of the last full months the forecast carries on."""

SOURCES: Mapping[str, str] = {"EU": "eu_gr", "STATE": "state_gr", "OWN": "own_gr"}
"""Who pays, and the field of a project and of a document that says how much."""

Span: TypeAlias = tuple[int, dt.date, dt.date]
"""A planned amount with its first and last day, over which it is spread evenly."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was spent by the end of `since`, and what is spent on average on every day after it."""

    spent_gr: int
    per_day_gr: Fraction
    since: dt.date
    until: dt.date

    def by(self, day: dt.date) -> int | None:
        """What will be spent by the end of a day, or of the project if that comes first in the same month."""
        if day < self.since or (day.year, day.month) > (self.until.year, self.until.month):
            return None
        return self.spent_gr + int(self.per_day_gr * (min(day, self.until) - self.since).days)


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of one project as of one day; None where the source does not give it."""

    total_gr: int | None
    """The value of the project, from its facts; never the sum of the lines."""
    lines_gr: int | None
    spent_gr: int
    left_gr: int | None
    share_spent: float | None
    share_time: float | None
    planned_by_now_gr: int | None
    """What the plan has spent by the end of the day, each line evenly over its own days."""
    unspread_gr: int
    """Lines that have no days to be spread over: they are in no month of the plan."""
    forecast_gr: int | None
    own_due_gr: int | None
    own_documented_gr: int
    sources: pd.DataFrame
    tasks: pd.DataFrame
    lines: pd.DataFrame
    months: pd.DataFrame
    documents: pd.DataFrame
    """The documents counted: the expenses paid by the end of the day."""
    own_documents: pd.DataFrame
    outside: pd.DataFrame
    """Those of the documents that were paid outside the period of the project."""

    @property
    def over_gr(self) -> int:
        """How much the forecast is above the value of the project; 0 where it is not."""
        return max((self.forecast_gr or 0) - self.total_gr, 0) if self.total_gr is not None else 0

    @property
    def own_missing_gr(self) -> int | None:
        """Own contribution that is due and has no document yet; negative where there is more than due."""
        return None if self.own_due_gr is None else self.own_due_gr - self.own_documented_gr


def budget(register: Register) -> Budget:
    """Everything about the money of a project as of the day of the register."""
    project, as_of, period = register.project, register.as_of, register.project.period
    documents = paid(register.expenses, as_of)
    by_line = lines(register.lines, documents)
    lines_gr = int(register.lines["planned_gr"].sum())
    spent_gr = int(documents["eligible_gr"].sum())
    spans = _spans(by_line, period)
    heading = forecast(documents, period, as_of)
    total_gr = project.total_gr
    return Budget(
        total_gr=total_gr,
        lines_gr=None if register.lines.empty else lines_gr,
        spent_gr=spent_gr,
        left_gr=None if total_gr is None else total_gr - spent_gr,
        share_spent=spent_gr / total_gr if total_gr else None,
        share_time=period.share_at(as_of) if period else None,
        planned_by_now_gr=planned_by(spans, as_of),
        unspread_gr=lines_gr - sum(planned for planned, _, _ in spans),
        forecast_gr=heading.by(heading.until) if heading else None,
        own_due_gr=split(spent_gr, project).own_gr,
        own_documented_gr=int(documents["own_gr"].sum()),
        sources=sources(documents, project),
        tasks=tasks(by_line),
        lines=by_line,
        months=months(by_line, documents, period, as_of, total_gr),
        documents=documents,
        own_documents=documents[documents["own_gr"].fillna(0) != 0],
        outside=outside(documents, period),
    )


def paid(expenses: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The documents paid by the end of a day, that day included; columns as in `expenses`."""
    return expenses[expenses["paid_on"] <= pd.Timestamp(as_of)]


def outside(documents: pd.DataFrame, period: Period | None) -> pd.DataFrame:
    """The documents paid before the first or after the last day of the project; none without a period."""
    if period is None:
        return documents[:0]
    return documents[~documents["paid_on"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))]


def lines(planned: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """What is planned, spent and left on every line of the budget.

    A line that only documents name (where there is no tab of the budget) comes last, with nothing
    planned. Columns: line, task, name, planned_gr, spent_gr, left_gr, share (spent of planned;
    missing where nothing is planned), starts_on, ends_on (as typed), rows.
    """
    spent = documents.groupby("line")["eligible_gr"].sum()
    behind = documents.groupby("line")["row"].agg(tuple).to_dict()
    unplanned = documents.loc[~documents["line"].isin(planned["line"]), "line"].unique()
    known = planned.set_index("line")[["task", "name", "planned_gr", "starts_on", "ends_on"]]
    every = pd.Index([*planned["line"], *unplanned], dtype="str", name="line")
    result = known.reindex(every).reset_index()
    result = result.assign(spent_gr=result["line"].map(spent).astype("Int64").fillna(0))
    return _with_left(result)[
        ["line", "task", "name", "planned_gr", "spent_gr", "left_gr", "share", "starts_on", "ends_on"]
    ].assign(rows=pd.Series([behind.get(line, ()) for line in result["line"]], dtype=object))


def tasks(by_line: pd.DataFrame) -> pd.DataFrame:
    """What is planned, spent and left on every task, in the order of the budget.

    A task is all the lines with its name, wherever they stand; lines without a task are together,
    with a missing name. Columns: task, planned_gr, spent_gr, left_gr, share, rows.
    """
    groups = by_line.groupby("task", sort=False, dropna=False)
    sums = groups[["planned_gr", "spent_gr"]].sum(min_count=1).reset_index()
    behind = [_joined(group["rows"]) for _, group in groups]
    return _with_left(sums).assign(rows=pd.Series(behind, sums.index, dtype=object))


def sources(documents: pd.DataFrame, project: Project) -> pd.DataFrame:
    """What is planned, spent and left of every source, and what the documents themselves say.

    Spent is the split of the cumulative total, made once. Columns: source ("EU", "STATE", "OWN",
    and "UNSPLIT" where something belongs to none of them), planned_gr, spent_gr, left_gr (missing
    where the project does not give the source), typed_gr (the sum of the parts typed in the
    documents; missing where none is), difference_gr (typed - spent), blank (documents without the
    part).
    """
    spent = split(int(documents["eligible_gr"].sum()), project)
    whole = split(project.total_gr, project) if project.total_gr is not None else None
    rows: list[dict[str, Any]] = []
    for source, field in SOURCES.items():
        given = getattr(project, field)
        rows.append(
            {
                "source": source,
                "planned_gr": getattr(whole, field, None) if given is None else given,
                "spent_gr": getattr(spent, field),
                "typed_gr": documents[field].sum(min_count=1),
                "blank": int(documents[field].isna().sum()),
            }
        )
    if spent.unsplit_gr or (whole and whole.unsplit_gr):
        given_gr = sum(row["planned_gr"] or 0 for row in rows)
        unsplit_gr = None if project.total_gr is None else project.total_gr - given_gr
        rows.append({"source": "UNSPLIT", "planned_gr": unsplit_gr, "spent_gr": spent.unsplit_gr})
    amounts = ["planned_gr", "spent_gr", "left_gr", "typed_gr", "difference_gr", "blank"]
    result = pd.DataFrame(rows, columns=["source", *amounts]).astype(dict.fromkeys(amounts, "Int64"))
    return result.assign(
        left_gr=result["planned_gr"] - result["spent_gr"],
        difference_gr=result["typed_gr"] - result["spent_gr"],
    )


def months(
    by_line: pd.DataFrame,
    documents: pd.DataFrame,
    period: Period | None,
    as_of: dt.date,
    total_gr: int | None,
) -> pd.DataFrame:
    """What is planned and spent month by month, and the curves of the plan, the money spent, the forecast.

    One row per month from the first to the last that the project, a line or a document touches.
    Columns: month (datetime64[s], first day), planned_gr, spent_gr (missing after `as_of`); at the
    end of the month planned_total_gr (missing where no line has days), spent_total_gr, left_gr (of
    `total_gr`), forecast_total_gr (from the month of `as_of` to the end of the project); rows.
    """
    spans, heading = _spans(by_line, period), forecast(documents, period, as_of)
    calendar = _calendar(spans, documents, period)
    paid_in = documents["paid_on"].dt.to_period("M")
    spent_in = documents.groupby(paid_in)["eligible_gr"].sum().to_dict()
    behind = documents.groupby(paid_in)["row"].agg(tuple).to_dict()
    ends = [month.end_time.date() for month in calendar]
    planned_total = _grosze(planned_by(spans, end) for end in ends)
    spent = _grosze(
        int(spent_in.get(month, 0)) if month.start_time.date() <= as_of else None for month in calendar
    )
    return pd.DataFrame(
        {
            "month": calendar.to_timestamp().astype("datetime64[s]"),
            "planned_gr": planned_total - planned_total.shift(fill_value=0),
            "spent_gr": spent,
            "planned_total_gr": planned_total,
            "spent_total_gr": spent.cumsum(),
            "left_gr": _grosze([total_gr] * len(calendar)) - spent.cumsum(),
            "forecast_total_gr": _grosze(heading.by(end) if heading else None for end in ends),
            "rows": pd.Series([behind.get(month, ()) for month in calendar], dtype=object),
        }
    )


def planned_by(spans: Sequence[Span], day: dt.date) -> int | None:
    """What the plan has spent by the end of a day; None where there is nothing to spread.

    Of a line's amount the n-th of its N days has used up n/N, rounded down: it never runs ahead,
    and the last day completes the amount to the grosz.
    """
    if not spans:
        return None
    total = 0
    for planned_gr, first, last in spans:
        days = (last - first).days + 1
        total += planned_gr * min(max((day - first).days + 1, 0), days) // days
    return total


def forecast(documents: pd.DataFrame, period: Period | None, as_of: dt.date) -> Forecast | None:
    """Where the spending is heading, if it goes on as in the last six full months of the project.

    Full months are those of the project that have ended by `as_of`; a younger project has fewer.
    None without a period, without documents, before the first full month has ended, and from the
    last day on, when there is nothing left to foretell.
    """
    if period is None or documents.empty or as_of >= period.last:
        return None
    after = pd.Timestamp(as_of + dt.timedelta(days=1)).replace(day=1)
    full = pd.date_range(period.first, after, freq="MS", inclusive="left")[-FORECAST_MONTHS:]
    if full.empty:
        return None
    recent = documents[(documents["paid_on"] >= full[0]) & (documents["paid_on"] < after)]
    per_day = Fraction(int(recent["eligible_gr"].sum()), (after - full[0]).days)
    return Forecast(int(documents["eligible_gr"].sum()), per_day, as_of, period.last)


def figures(register: Register) -> dict[str, Any]:
    """The budget as JSON: every figure that the page shows; null where the source does not give it.

    `months` run from the first to the last month with a document, empty ones between them with 0;
    `curve` is every month of the project.
    """
    money = budget(register)
    used = money.months.index[money.months["rows"].map(bool)]
    return {
        "total_gr": money.total_gr,
        "lines_gr": money.lines_gr,
        "spent_gr": money.spent_gr,
        "left_gr": money.left_gr,
        "share_spent": money.share_spent,
        "share_time": money.share_time,
        "planned_by_now_gr": money.planned_by_now_gr,
        "unspread_gr": money.unspread_gr,
        "forecast_gr": money.forecast_gr,
        "forecast_over_gr": money.over_gr,
        "own": {
            "due_gr": money.own_due_gr,
            "documented_gr": money.own_documented_gr,
            "missing_gr": money.own_missing_gr,
        },
        "outside": {"documents": len(money.outside), "spent_gr": int(money.outside["eligible_gr"].sum())},
        "sources": {source.pop("source"): source for source in _plain(money.sources)},
        "tasks": _plain(money.tasks.drop(columns="rows")),
        "lines": _plain(money.lines[["line", "task", "name", "planned_gr", "spent_gr", "left_gr", "share"]]),
        "months": _plain(
            money.months.loc[used.min() : used.max(), ["month", "planned_gr", "spent_gr", "left_gr"]]
            if len(used)
            else money.months[:0]
        ),
        "curve": _plain(money.months[["month", "planned_total_gr", "spent_total_gr", "forecast_total_gr"]]),
    }


def _spans(by_line: pd.DataFrame, period: Period | None) -> tuple[Span, ...]:
    """The amount and days of every line that has them; what a line does not say, the project does."""
    spans = []
    for planned_gr, starts_on, ends_on in zip(
        by_line["planned_gr"], by_line["starts_on"], by_line["ends_on"], strict=True
    ):
        first = starts_on.date() if pd.notna(starts_on) else period and period.first
        last = ends_on.date() if pd.notna(ends_on) else period and period.last
        if first and last and first <= last and pd.notna(planned_gr):
            spans.append((int(planned_gr), first, last))
    return tuple(spans)


def _calendar(spans: Sequence[Span], documents: pd.DataFrame, period: Period | None) -> pd.PeriodIndex:
    """The months from the first to the last that the project, a line or a document touches."""
    days = [day for _, first, last in spans for day in (first, last)]
    days += [period.first, period.last] if period else []
    days += [day.date() for day in documents["paid_on"].agg(["min", "max"]).dropna()]
    return pd.period_range(min(days), max(days), freq="M") if days else pd.PeriodIndex([], freq="M")


def _with_left(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with what is left of the plan, and the share of it that is spent."""
    planned = frame["planned_gr"].where(frame["planned_gr"] != 0)
    return frame.assign(
        left_gr=frame["planned_gr"] - frame["spent_gr"], share=(frame["spent_gr"] / planned).astype("Float64")
    )


def _joined(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(row for some in rows for row in some)


def _grosze(amounts: Iterable[Any]) -> pd.Series:
    return pd.Series(list(amounts), dtype="Int64")


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them: months as "2022-03", what is missing as null."""
    months = {"month": frame["month"].dt.strftime("%Y-%m")} if "month" in frame else {}
    plain = frame.assign(**months).astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
