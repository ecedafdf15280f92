"""The blank template as a Google spreadsheet: what `template.py` writes, as one batch of requests.

Pure: the requests are made here and sent by `sheets/google_blank.py`. Ranges count from 0 and leave
out their end, as Google's do.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from lib import example, template
from lib.project import PARAMETERS
from lib.records import RECORDS, Record, kind_of
from sheets.google import Tab
from sheets.table import Value

Request: TypeAlias = dict[str, Any]

EPOCH = dt.date(1899, 12, 30)
ROWS = 1 + 1 + template.SPARE_ROWS
"""The header, the example, and rows to fill."""

SPARE_COLUMNS = 5
PIXELS = 8
"""How wide a letter is."""

TYPES = {
    "Day": "DATE",
    "BirthDay": "DATE",
    "Minute": "TIME",
    "MoneyGr": "NUMBER",
    "Count": "NUMBER",
    "Hours": "NUMBER",
}
"""What Google calls the kinds of cell that are not text."""


def requests(present: Sequence[Tab]) -> list[Request]:
    """What turns a spreadsheet with these empty tabs into the template, the empty tabs removed."""
    taken = {tab.gid for tab in present}
    free = (number for number in range(1, 1_000) if number not in taken)
    numbers = {title: next(free) for title in (template.INSTRUCTIONS, *(record.tab for record in RECORDS))}
    aside = [
        _properties({"sheetId": tab.gid, "title": f"Do usunięcia {number}"}, "title")
        for number, tab in enumerate(present, start=1)
    ]
    locale = {"properties": {"locale": "pl_PL"}, "fields": "locale"}
    return [
        {"updateSpreadsheetProperties": locale},
        *aside,  # a new tab may have the title of an empty one
        *_instructions(numbers[template.INSTRUCTIONS]),
        *(request for record in RECORDS for request in _tab(record, numbers[record.tab])),
        *(request for record in RECORDS for request in _lists(record, numbers[record.tab])),
        *({"deleteSheet": {"sheetId": tab.gid}} for tab in present),
    ]


def _instructions(sheet: int) -> Iterator[Request]:
    left = [template.INSTRUCTIONS_TITLE, *template.sentences(template.ABOUT_BLANK)]
    right = [template.PARAMETERS_TITLE, *(parameter.name for parameter in PARAMETERS)]
    rows = max(len(left), len(right))
    yield _added(sheet, template.INSTRUCTIONS, rows, template.PARAMETER_COLUMN + 1)
    for column, lines, width in ((0, left, 110), (template.PARAMETER_COLUMN, right, 32)):
        cells = [[_cell(line, wrapStrategy="WRAP")] for line in lines]
        yield _written(sheet, 0, column, cells)
        yield _width(sheet, column, width)


def _tab(record: type[Record], sheet: int) -> Iterator[Request]:
    fields = record.model_fields
    yield _added(sheet, record.tab, ROWS, len(fields) + SPARE_COLUMNS)
    header, typed = [], []
    for column, (name, field) in enumerate(fields.items()):
        kind, title = kind_of(field).name, str(field.title)
        pattern = {"type": TYPES.get(kind, "TEXT"), "pattern": template.FORMATS[kind]}
        below = _range(sheet, 1, ROWS, column, column + 1)
        look = {"numberFormat": pattern}
        yield {
            "repeatCell": {
                "range": below,
                "cell": {"userEnteredFormat": look},
                "fields": "userEnteredFormat.numberFormat",
            }
        }
        bold = {"textFormat": {"bold": True}, "backgroundColorStyle": _colour(template.HEADER)}
        header.append(_cell(title, wrapStrategy="WRAP", **bold) | {"note": template.comment(field)})
        grey = {"italic": True, "foregroundColorStyle": _colour(template.GREY)}
        typed.append(_cell(example.row(record).get(name), textFormat=grey, **look))
        yield _width(sheet, column, max(template.WIDTHS.get(kind, 12), len(title) + 3))
    yield _written(sheet, 0, 0, [header, typed])
    guarded = {
        "range": _range(sheet, 0, 1, 0, len(fields)),
        "description": "Nagłówki, po których Ostoja poznaje kolumny",
        "warningOnly": True,
    }
    yield {"addProtectedRange": {"protectedRange": guarded}}
    yield {"setBasicFilter": {"filter": {"range": _range(sheet, 0, ROWS, 0, len(fields))}}}


def _lists(record: type[Record], sheet: int) -> Iterator[Request]:
    """The drop-down lists, once all the tabs are there that they choose from."""
    sizes = dict.fromkeys(RECORDS, 1)
    for name, choice in template.choices(record):
        column = list(record.model_fields).index(name)
        source = choice.source(sizes, 1)
        kind, values = ("ONE_OF_RANGE", [source]) if isinstance(source, str) else ("ONE_OF_LIST", source)
        condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
        rule = {"condition": condition, "strict": False, "showCustomUi": True}
        yield {"setDataValidation": {"range": _range(sheet, 1, ROWS, column, column + 1), "rule": rule}}


# --- the parts of a request ---------------------------------------------------------------------


def _added(sheet: int, title: str, rows: int, columns: int) -> Request:
    grid = {"rowCount": rows, "columnCount": columns, "frozenRowCount": 1}
    return {"addSheet": {"properties": {"sheetId": sheet, "title": title, "gridProperties": grid}}}


def _properties(properties: Request, fields: str) -> Request:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _written(sheet: int, row: int, column: int, rows: list[list[Request]]) -> Request:
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    lines = [{"values": cells} for cells in rows]
    return {
        "updateCells": {"start": start, "rows": lines, "fields": "userEnteredValue,userEnteredFormat,note"}
    }


def _width(sheet: int, column: int, letters: int) -> Request:
    place = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    return {
        "updateDimensionProperties": {
            "range": place,
            "properties": {"pixelSize": letters * PIXELS},
            "fields": "pixelSize",
        }
    }


def _cell(value: Value, **look: Any) -> Request:
    """A cell: texts as texts, numbers as numbers, days and times as Google counts them."""
    entered: Request
    match value:
        case dt.date():
            entered = {"numberValue": (value - EPOCH).days}
        case dt.time():
            entered = {"numberValue": (value.hour * 60 + value.minute) / (24 * 60)}
        case int() | float():
            entered = {"numberValue": value}
        case _:
            entered = {"stringValue": str(value)}
    return {"userEnteredValue": entered, "userEnteredFormat": look}


def _range(sheet: int, top: int, bottom: int, left: int, right: int) -> Request:
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def _colour(code: str) -> Request:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}
