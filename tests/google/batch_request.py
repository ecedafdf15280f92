"""A batch of requests being carried out: the draft of the spreadsheet, and how a request is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.google import schema
from tests.google.a1 import Box
from tests.google.book import COLUMNS, ROWS, Book, Sheet, box_in
from tests.google.world import World

Json = dict[str, Any]


class Refusal(Exception):
    """Why a request of a batch is refused, without the words that name the request."""


@dataclass
class Batch:
    """The draft being changed, and who changes it."""

    world: World
    user: str
    book: Book

    def sheet(self, sheet_id: int | None, what: str = "grid") -> Sheet:
        """The sheet of this id (0 when none is given)."""
        sheet = self.book.sheet(sheet_id or 0)
        if sheet is None:
            raise Refusal(f"No {what} with id: {sheet_id or 0}")
        return sheet

    def area(self, reach: Json, name: str = "range") -> tuple[Sheet, Box]:
        """The sheet and the closed rectangle of a GridRange; it must begin within the sheet."""
        sheet = self.sheet(reach.get("sheetId"))
        for first, last, count, what in (
            ("startRowIndex", "endRowIndex", sheet.row_count, "row"),
            ("startColumnIndex", "endColumnIndex", sheet.column_count, "column"),
        ):
            start, end = reach.get(first, 0), reach.get(last)
            if start < 0 or (end is not None and end <= start):
                raise Refusal(f"{name}.{last}[{end}] must be greater than {first}[{start}]")
            if start >= count:
                raise Refusal(f"{name}.{first}[{start}] is after last {what} in grid[{count}]")
        return sheet, box_in(reach, sheet)

    def span(self, reach: Json) -> tuple[Sheet, str, int, int]:
        """(sheet, axis, start, end) of a DimensionRange."""
        sheet = self.sheet(reach.get("sheetId"))
        axis = reach.get("dimension")
        if axis not in (ROWS, COLUMNS):
            raise Refusal("dimension is required")
        start, end = reach.get("startIndex", 0), reach.get("endIndex", sheet.count(axis))
        if end <= start:
            raise Refusal(f"endIndex[{end}] must be greater than startIndex[{start}]")
        return sheet, axis, start, end

    def new_id(self) -> int:
        """A number for a new named thing."""
        return self.world.random.randrange(1, 2**31)

    def mask(self, request: Json, type_name: str) -> schema.Mask:
        """The tree of `fields`."""
        try:
            tree = schema.update_mask(request.get("fields"), "sheets", type_name)
        except ValueError as error:
            raise Refusal(str(error)) from error
        return tree


def normal(entry: Json) -> Json:
    """An entry whose range leaves out a sheet id of 0, as Google writes it."""
    if entry.get("range", {}).get("sheetId") == 0:
        return {**entry, "range": {key: value for key, value in entry["range"].items() if key != "sheetId"}}
    return entry
