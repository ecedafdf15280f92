"""Checks of the budget and of what was spent."""

import re
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from lib import words
from lib.blocks import is_blank
from lib.checks.check import needs, slips
from lib.checks.lines import MOST, SOURCES, headed, odd_one, usual_shares
from lib.contents import amount_of
from lib.findings import (
    ELIGIBLE_OVER_GROSS,
    EXPENSE_OUTSIDE_PERIOD,
    GROSS_NOT_NET_AND_VAT,
    LINE_OVERSPENT,
    LINES_NOT_TOTAL,
    PAID_BEFORE_ISSUED,
    SOURCE_PARTS_NOT_SUM,
    SOURCES_NOT_TOTAL,
    Finding,
)
from lib.records import BudgetLine, Expense, Fact

if TYPE_CHECKING:
    from lib.register import Register

NET, VAT = re.compile(r"\bnetto\b"), re.compile(r"\bvat\b(?!.*(?:%|stawka))")
"""What the headers of the amount without the tax, and of the tax, say."""

FEW_ODD = 0.2
"""Up to this share of the documents of a tab, what is unusual of them is a slip and not a habit."""


def sources_not_total(register: "Register") -> Iterator[Finding]:
    """The sources of money do not make the value of the project.

    A source that is not given may be any amount; then the others are too much only when they alone
    are more than the value.

    Source: the grant agreement, entered in tab „Projekt”.
    Yields: at most one finding, at the value of the project.
    """
    project = register.project
    sources = (project.eu_gr, project.state_gr, project.own_gr)
    given = [source for source in sources if source is not None]
    if project.total_gr is None:
        return
    difference = sum(given) - project.total_gr
    if difference > 0 or (difference < 0 and len(given) == len(sources)):
        yield SOURCES_NOT_TOTAL.at(
            register.cell(Fact, project.row_of("total_gr"), "value"),
            sources=words.money(sum(given)),
            total=words.money(project.total_gr),
            difference=words.money(difference),
        )


@needs(BudgetLine)
def lines_not_total(register: "Register") -> Iterator[Finding]:
    """The lines of the budget do not make the value of the project.

    Reads:  lines, all of them; the value of the project as of the day.
    Yields: at most one finding, at the tab, for any of its lines may be the wrong one.
    """
    total = register.project.total_gr
    planned = int(register.lines["planned_gr"].sum())
    if total is not None and planned != total:
        yield LINES_NOT_TOTAL.at(
            register.cell(BudgetLine),
            lines=words.money(planned),
            total=words.money(total),
            difference=words.money(planned - total),
        )


@needs(Expense)
def expense_outside_period(register: "Register") -> Iterator[Finding]:
    """Something eligible was paid before the project began or after it ended.

    Source: the grant agreement; costs are eligible in the period of implementation.
    Yields: one finding per document, at its day of payment.
    """
    period = register.project.period
    if period is None:
        return
    expenses = register.expenses
    inside = expenses["paid_on"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    for expense in expenses[~inside & expenses["eligible_gr"].ne(0)].itertuples():
        cell = register.cell(Expense, expense.row, "paid_on")
        yield EXPENSE_OUTSIDE_PERIOD.at(cell, day=expense.paid_on, starts=period.first, ends=period.last)


@needs(Expense)
def source_parts_not_sum(register: "Register") -> Iterator[Finding]:
    """The parts of a document by source do not make its eligible amount.

    A source without a column may be the rest of the amount, unless the others make the whole of most
    documents of the tab: then parts that make less are wrong too, as where all the sources have columns.

    Reads:  documents where some part is given, also those not paid yet; a part left blank is 0. Those
            with a part that cannot be read are left out.
    Yields: one finding per document, at the part that alone is not its usual share, else at the amount.
    """
    reading = register.readings.by_record[Expense]
    rows = reading.rows[reading.counted | reading.rows["paid_on"].isna()]
    parts = rows[list(SOURCES)]
    rows = rows.assign(
        parts=parts.fillna(0).sum(axis=1),
        tab=reading.where[rows["row"], 0],
        line_at=reading.where[rows["row"], 1],
    )
    for number, own in rows[parts.notna().any(axis=1) & rows["eligible_gr"].notna()].groupby("tab"):
        tab = reading.tabs[int(number)]
        given = [name for name in SOURCES if name in tab.fields]
        right = own["parts"].eq(own["eligible_gr"])
        whole = len(given) == len(SOURCES) or right.mean() >= MOST
        shares = usual_shares(own.loc[right, given], own.loc[right, "eligible_gr"])
        for document in own[~right].itertuples():
            unread = any(
                pd.isna(getattr(document, name)) and not is_blank(tab.values(name)[document.line_at])
                for name in given
            )
            less = abs(document.parts) < abs(document.eligible_gr)
            if unread or (less and not whole):
                continue
            typed = {name: getattr(document, name) for name in given}
            yield SOURCE_PARTS_NOT_SUM.at(
                register.cell(
                    Expense, document.row, odd_one(typed, document.eligible_gr, shares) or "eligible_gr"
                ),
                parts=words.money(document.parts),
                eligible=words.money(document.eligible_gr),
            )


@needs(Expense)
def eligible_over_gross(register: "Register") -> Iterator[Finding]:
    """More of a document is eligible than there is on it; of a correction, more is taken back.

    Yields: one finding per document, at its eligible amount.
    """
    expenses = register.expenses
    over = expenses["eligible_gr"].abs().gt(expenses["gross_gr"].abs()).fillna(False)
    for expense in expenses[over].itertuples():
        yield ELIGIBLE_OVER_GROSS.at(
            register.cell(Expense, expense.row, "eligible_gr"),
            eligible=words.money(expense.eligible_gr),
            gross=words.money(expense.gross_gr),
        )


@needs(Expense)
def gross_not_net_and_vat(register: "Register") -> Iterator[Finding]:
    """The amount of a document without the tax and the tax do not make the whole.

    Reads:  columns that are no fields of a document, told by their headers and by making the whole of most
            documents of the tab.
    Yields: one finding per document, at its whole amount.
    """
    reading, expenses = register.readings.by_record[Expense], register.expenses
    where = reading.where[expenses["row"]]
    for number, tab in enumerate(reading.tabs):
        if tab.derived or tab.lines is not None:
            continue
        own = expenses.assign(at=where[:, 1])[where[:, 0] == number].dropna(subset=["gross_gr"])
        for net, vat in product(headed(tab, NET), headed(tab, VAT)):
            parts = [
                [amount_of(tab.table.columns[column][row]) for column in (net, vat)] for row in own["at"]
            ]
            both = own.assign(parts=[None if None in two else sum(two) for two in parts])  # type: ignore[arg-type]
            both = both.dropna(subset=["parts"])
            right = both["parts"].eq(both["gross_gr"])
            if net == vat or right.mean() < MOST or right.sum() < 2:
                continue
            for document in both[~right].itertuples():
                yield GROSS_NOT_NET_AND_VAT.at(
                    register.cell(Expense, document.row, "gross_gr"),
                    sum=words.money(document.parts),
                    gross=words.money(document.gross_gr),
                    difference=words.money(document.parts - document.gross_gr),
                )


@needs(Expense)
def paid_before_issued(register: "Register") -> Iterator[Finding]:
    """A document was paid before the day that stands on it.

    Where that is so of many documents of a tab, its days mean something else, and nothing is found.

    Yields: one finding per document, at its day of payment.
    """
    expenses = register.expenses.dropna(subset=["paid_on", "issued_on"])
    tabs = register.readings.by_record[Expense].where[expenses["row"], 0]
    early = expenses["paid_on"] < expenses["issued_on"]
    for document in expenses[slips(early, tabs, FEW_ODD)].itertuples():
        cell = register.cell(Expense, document.row, "paid_on")
        yield PAID_BEFORE_ISSUED.at(cell, paid=document.paid_on, issued=document.issued_on)


@needs(BudgetLine, Expense)
def line_overspent(register: "Register") -> Iterator[Finding]:
    """More was spent on a line, until the day and including it, than the line holds.

    Yields: one finding per line, at its planned amount.
    """
    paid = register.expenses[register.expenses["paid_on"] <= pd.Timestamp(register.as_of)]
    spent = paid.groupby("line")["eligible_gr"].sum()
    lines = register.lines.assign(spent=spent.reindex(register.lines["line"]).array)
    for line in lines[lines["spent"].gt(lines["planned_gr"]).fillna(False)].itertuples():
        yield LINE_OVERSPENT.at(
            register.cell(BudgetLine, line.row, "planned_gr"),
            line=line.line,
            spent=words.money(line.spent),
            planned=words.money(line.planned_gr),
            over=words.money(line.spent - line.planned_gr),
        )
