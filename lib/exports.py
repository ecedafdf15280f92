"""Tables as files that people open in a spreadsheet: CSV as Polish Excel reads it, and XLSX.

Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
Money is written in złote, under the header as given; days are days.
"""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import pandas as pd
import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take the text of a cell for a formula, full-width forms included."""


def harmless(value: Any) -> Any:
    """The value of a cell, with a leading apostrophe when it is text that would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def in_zloty(frame: pd.DataFrame, money: Iterable[str]) -> pd.DataFrame:
    """The same table with the columns `money` in złote instead of grosze."""
    return frame.assign(**{name: frame[name].astype("Float64") / 100 for name in money})


def csv(frame: pd.DataFrame) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, semicolons, decimal commas, days as dd.mm.rrrr."""
    return (
        _harmless_frame(frame)
        .to_csv(index=False, sep=";", decimal=",", date_format="%d.%m.%Y", lineterminator="\r\n")
        .encode("utf-8-sig")
    )


def xlsx(frame: pd.DataFrame, title: str, money: Iterable[str] = (), shares: Iterable[str] = ()) -> bytes:
    """The table as a workbook of one sheet, with a frozen header and a filter.

    `money` and `shares` name columns (in złote, 0-1) that are shown as amounts and per cents.
    """
    money, shares = set(money), set(shares)
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        # a title may hold what the name of a sheet may not
        sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Tabela")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {
            "day": book.add_format({"num_format": "dd.mm.yyyy"}),
            "money": book.add_format({"num_format": '#,##0.00 "zł"'}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, str(harmless(name)), bold)
            kind = "money" if name in money else "share" if name in shares else ""
            width = len(str(name))
            for row, value in enumerate(frame[name].astype(object), start=1):
                width = max(width, _write(sheet, row, column, value, formats, kind))
            sheet.set_column(column, column, min(width + 2, 60))
        sheet.freeze_panes(1, 0)
        if len(frame.columns):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    return content.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any], kind: str) -> int:
    """Write one cell by its type and return how wide it is."""
    if pd.isna(value):
        return 0
    if isinstance(value, bool):
        sheet.write_string(row, column, "tak" if value else "nie")
        return 3
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, formats["day"])
        return 10
    if isinstance(value, (int, float)):
        sheet.write_number(row, column, value, formats.get(kind))
        return 14
    text = str(harmless(str(value)))
    sheet.write_string(row, column, text)
    return len(text)


def _harmless_frame(frame: pd.DataFrame) -> pd.DataFrame:
    made = frame.rename(columns=harmless)
    for name in made.columns:
        values = made[name]
        if pd.api.types.is_bool_dtype(values):
            made = made.assign(**{name: values.map({True: "tak", False: "nie"})})
        elif not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)):
            made = made.assign(**{name: values.astype(object).map(harmless)})
    return made
