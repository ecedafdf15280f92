"""Checks of the lines of the budget by the columns beside their amount, which are no fields of a line.

What such a column means is told by its header, and only where most of the lines of the tab bear it out.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import words
from lib.blocks import is_blank
from lib.checks.check import needs
from lib.contents import amount_of
from lib.findings import LINE_NOT_PRODUCT, LINE_SOURCES_NOT_SUM, Finding
from lib.headers import header_key
from lib.reading import Recognised
from lib.records import BudgetLine
from sheets.table import text

if TYPE_CHECKING:
    from lib.register import Register

SOURCES = {
    "eu_gr": re.compile(r"\b(?:ue|efs|unii)\b|dofinans"),
    "state_gr": re.compile(r"\bbp\b|budzet\w* panstwa|krajow"),
    "own_gr": re.compile(r"\bww\b|wklad|wlasn"),
}
"""The sources of money, and what a header says that names one."""

QUANTITY = re.compile(r"\b(?:ilosc|il|liczba|szt)\b")
PRICE = re.compile(r"\b(?:cena|stawka)\b|\b(?:koszt|st|wartosc|kwota) (?:jedn\w*|j)\b")
"""What the header of a quantity and of a unit price says."""

MOST = 2 / 3
"""The share of the rows of a tab in which columns must agree, to be meant to agree."""


@needs(BudgetLine)
def line_not_product(register: "Register") -> Iterator[Finding]:
    """The quantity of a line times its unit price is not its planned amount.

    A price that is the amount divided by the quantity, rounded to the grosz, is right too.

    Reads:  columns that are no fields of a budget, told by their headers („Ilość”, „Cena jedn.”) and by
            making the amount in most of the lines of the tab.
    Yields: one finding per line, at its planned amount.
    """
    for tab, lines in _budgets(register):
        for quantities, prices in product(headed(tab, QUANTITY), headed(tab, PRICE)):
            both = lines.assign(
                quantity=[amount_of(tab.table.columns[quantities][row]) for row in lines["at"]],
                price=[amount_of(tab.table.columns[prices][row]) for row in lines["at"]],
            ).dropna(subset=["quantity", "price"])
            exact = both["quantity"] * both["price"]
            off = (exact - both["planned_gr"] * 100).abs()
            right = (off <= 50) | (off <= both["quantity"].abs() / 2)
            if quantities != prices and right.sum() >= 2 and right.mean() >= MOST:
                for line, made in zip(both[~right].itertuples(), exact[~right], strict=True):
                    yield LINE_NOT_PRODUCT.at(
                        register.cell(BudgetLine, line.row, "planned_gr"),
                        quantity=text(tab.table.columns[quantities][line.at]),
                        price=words.money(int(line.price)),
                        product=words.money(round(made / 100)),
                        planned=words.money(line.planned_gr),
                    )
                break


@needs(BudgetLine)
def line_sources_not_sum(register: "Register") -> Iterator[Finding]:
    """The sources beside a line of the budget do not make its planned amount.

    Reads:  columns that are no fields of a budget, told by their headers („UE”, „BP”, „WW”) and by making
            the amount in most of the lines of the tab; a part left blank is 0.
    Yields: one finding per line, at the part that alone is not its usual share, else at the amount.
    """
    for tab, lines in _budgets(register):
        columns = [found[0] for source in SOURCES.values() if (found := headed(tab, source))]
        if len(columns) < 2:
            continue
        cells = {column: [tab.table.columns[column][row] for row in lines["at"]] for column in columns}
        parts = pd.DataFrame(
            {c: [0 if is_blank(v) else amount_of(v) for v in values] for c, values in cells.items()},
            index=lines.index,
            dtype="Int64",
        )
        lines = lines.assign(parts=parts.sum(axis=1, skipna=False))
        lines = lines[lines["parts"].notna() & lines["parts"].ne(0)]
        right = lines["parts"].eq(lines["planned_gr"])
        if right.sum() < 2 or right.mean() < MOST:
            continue
        shares = usual_shares(parts.loc[right.index[right]], lines.loc[right, "planned_gr"])
        for line in lines[~right].itertuples():
            odd = odd_one(parts.loc[line.Index], line.planned_gr, shares)
            yield LINE_SOURCES_NOT_SUM.at(
                register.cell(BudgetLine, line.row, "planned_gr")
                if odd is None
                else tab.table.cell(line.at, odd),
                columns=", ".join(tab.table.header[column] for column in columns),
                parts=words.money(line.parts),
                planned=words.money(line.planned_gr),
            )


def usual_shares(parts: pd.DataFrame, wholes: pd.Series) -> dict[Any, float]:
    """What share of an amount each of its parts usually is; of no amounts, nothing."""
    some = wholes.ne(0)
    return {
        part: float((parts.loc[some, part].fillna(0) / wholes[some]).median()) for part in parts if some.any()
    }


def odd_one(parts: Mapping[Any, Any], whole: int, shares: Mapping[Any, float]) -> Any:
    """The one part of an amount that is not its usual share, where all the others are; None otherwise."""
    odd = [
        part
        for part, amount in parts.items()
        if part not in shares or abs((0 if pd.isna(amount) else amount) - whole * shares[part]) > 2
    ]
    return odd[0] if len(odd) == 1 else None


def _budgets(register: "Register") -> Iterator[tuple[Recognised, pd.DataFrame]]:
    """Each tab of the budget with its lines that count and their rows on it (`at`)."""
    reading = register.readings.by_record[BudgetLine]
    lines = register.lines
    where = reading.where[lines["row"]]
    for number, tab in enumerate(reading.tabs):
        if not tab.derived and tab.lines is None:
            yield tab, lines.assign(at=where[:, 1])[where[:, 0] == number]


def headed(tab: Recognised, meaning: re.Pattern[str]) -> list[int]:
    """The columns of a table that are no fields of it and whose headers say something."""
    fields = tab.columns_read
    return [
        column
        for column, header in enumerate(tab.table.header)
        if column not in fields and meaning.search(header_key(header)) is not None
    ]
