"""A spreadsheet: its sheets, their cells, and how rows and columns move.

Cells are immutable, so that a copy of a whole spreadsheet (taken before a batchUpdate, which is
all or nothing) costs no more than its dictionaries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.google import formula
from tests.google.a1 import Box, box_of, quoted, split_title
from tests.google.entry import serial, understood
from tests.google.errors import ApiError, invalid, unparsable_range
from tests.google.formats import is_date_format, shown
from tests.google.formula import Calculator, CellError
from tests.google.locales import Locale, locale_named

Json = dict[str, Any]
Move = Callable[[int], int | None]
MAX_CELLS = 10_000_000
ROWS, COLUMNS = "ROWS", "COLUMNS"
STARTS = {ROWS: ("startRowIndex", "endRowIndex"), COLUMNS: ("startColumnIndex", "endColumnIndex")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a constant, or a formula (then `value` is what another program had calculated)."""

    value: str | int | float | bool | CellError | None = None
    formula: str = ""
    format: Json = field(default_factory=dict)
    note: str = ""
    validation: Json | None = None
    extra: Json = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Nothing is entered in it (it may still have a format, a note or a rule)."""
        return not self.formula and (self.value is None or self.value == "")

    @property
    def is_nothing(self) -> bool:
        """It is as a cell of a new sheet."""
        return self.is_blank and not (self.format or self.note or self.validation or self.extra)


NOTHING = Cell()


@dataclass
class Sheet:
    """One tab. `rows` holds only cells that differ from those of a new sheet: row, column, Cell."""

    id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    hidden: bool = False
    properties: Json = field(default_factory=dict)  # tabColorStyle, rightToLeft
    grid: Json = field(default_factory=dict)  # frozenRowCount, hideGridlines, …
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    metadata: dict[str, dict[int, Json]] = field(default_factory=lambda: {ROWS: {}, COLUMNS: {}})
    groups: dict[str, list[Json]] = field(default_factory=lambda: {ROWS: [], COLUMNS: []})
    protected: list[Json] = field(default_factory=list)
    filter: Json | None = None
    filter_views: list[Json] = field(default_factory=list)
    conditional: list[Json] = field(default_factory=list)
    banded: list[Json] = field(default_factory=list)
    notes: list[Json] = field(default_factory=list)  # developer metadata of this sheet

    def copy(self) -> Sheet:
        """The same sheet with lists and dictionaries of its own."""
        return replace(
            self,
            properties=dict(self.properties),
            grid=dict(self.grid),
            rows={row: dict(cells) for row, cells in self.rows.items()},
            merges=list(self.merges),
            metadata={axis: dict(entries) for axis, entries in self.metadata.items()},
            groups={axis: list(entries) for axis, entries in self.groups.items()},
            protected=[dict(entry) for entry in self.protected],
            filter_views=list(self.filter_views),
            conditional=list(self.conditional),
            banded=list(self.banded),
            notes=list(self.notes),
        )

    def cell(self, row: int, column: int) -> Cell:
        """The cell here; one that was never touched is NOTHING."""
        return self.rows.get(row, {}).get(column, NOTHING)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Puts a cell here; cells that are nothing are not kept."""
        if cell.is_nothing:
            cells = self.rows.get(row)
            if cells is not None and cells.pop(column, None) is not None and not cells:
                del self.rows[row]
        else:
            self.rows.setdefault(row, {})[column] = cell

    def cells_in(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """The kept cells of a rectangle, row by row."""
        for row in sorted(r for r in self.rows if box.top <= r and (box.bottom is None or r < box.bottom)):
            cells = self.rows[row]
            for column in sorted(cells):
                if box.left <= column and (box.right is None or column < box.right):
                    yield row, column, cells[column]

    def last_row(self) -> int:
        """The last row with anything in it, -1 when the sheet is empty."""
        return max(self.rows, default=-1)

    def whole(self) -> Box:
        """The whole sheet."""
        return Box(0, 0, self.row_count, self.column_count)

    def count(self, axis: str) -> int:
        """Rows or columns of the sheet."""
        return self.row_count if axis == ROWS else self.column_count

    def resized(self, axis: str, count: int) -> None:
        """Sets the number of rows or columns; what lies beyond is dropped."""
        if count < self.count(axis):
            self.remove(axis, count, self.count(axis))
        elif axis == ROWS:
            self.row_count = count
        else:
            self.column_count = count

    def grow(self, rows: int, columns: int) -> None:
        """Makes the sheet at least this large."""
        self.row_count, self.column_count = max(self.row_count, rows), max(self.column_count, columns)

    def insert(self, axis: str, start: int, end: int, inherit_before: bool) -> None:
        """Inserts blank rows or columns, which take the look of a neighbour."""
        count = end - start
        neighbour = start - 1 if inherit_before else start
        looks = self.looks(axis, neighbour) if start < self.count(axis) or inherit_before else {}
        self.relocate(axis, lambda i: i + count if i >= start else i)
        self.restretch(axis, start, count)
        if axis == ROWS:
            self.row_count += count
        else:
            self.column_count += count
        for other, look in looks.items():
            for place in range(start, end):
                self.put(*((place, other) if axis == ROWS else (other, place)), look)

    def looks(self, axis: str, place: int) -> dict[int, Cell]:
        """The formats and rules of one row or column, without its values."""
        cells = (
            self.rows.get(place, {})
            if axis == ROWS
            else {r: c[place] for r, c in self.rows.items() if place in c}
        )
        bare = {i: Cell(format=cell.format, validation=cell.validation) for i, cell in cells.items()}
        return {i: cell for i, cell in bare.items() if not cell.is_nothing}

    def remove(self, axis: str, start: int, end: int) -> None:
        """Deletes rows or columns."""
        count = end - start
        self.relocate(axis, lambda i: None if start <= i < end else i - count if i >= end else i)
        self.restretch(axis, start, -count)
        if axis == ROWS:
            self.row_count -= count
        else:
            self.column_count -= count

    def relocate(self, axis: str, move: Move) -> None:
        """Moves every cell and every property of a row or column; None drops it."""
        if axis == ROWS:
            self.rows = moved(self.rows, move)
        else:
            shifted = {row: moved(cells, move) for row, cells in self.rows.items()}
            self.rows = {row: cells for row, cells in shifted.items() if cells}
        self.metadata[axis] = moved(self.metadata[axis], move)

    def restretch(self, axis: str, at: int, delta: int) -> None:
        """Moves, stretches or cuts merges, protections, groups and filters; the empty are dropped."""
        boxes = []
        for box in self.merges:
            first, last = (box.top, box.bottom) if axis == ROWS else (box.left, box.right)
            span = stretched(first, last or 0, at, delta)
            if span:
                names = ("top", "bottom") if axis == ROWS else ("left", "right")
                boxes.append(replace(box, **dict(zip(names, span, strict=True))))
        self.merges = [box for box in boxes if not box.is_cell]
        self.protected = restretched(self.protected, axis, at, delta)
        self.banded = restretched(self.banded, axis, at, delta)
        self.filter_views = restretched(self.filter_views, axis, at, delta)
        kept = restretched([self.filter] if self.filter else [], axis, at, delta)
        self.filter = kept[0] if kept else None
        groups = []
        for group in self.groups[axis]:
            span = stretched(group["range"]["startIndex"], group["range"]["endIndex"], at, delta)
            if span:
                limits = {"startIndex": span[0], "endIndex": span[1]}
                groups.append({**group, "range": {**group["range"], **limits}})
        self.groups[axis] = groups


def moved(entries: dict[int, Any], move: Move) -> dict[int, Any]:
    """The same entries at the places `move` gives them."""
    places = ((move(place), entry) for place, entry in entries.items())
    return {place: entry for place, entry in places if place is not None}


def stretched(start: int, end: int, at: int, delta: int) -> tuple[int, int] | None:
    """A span after `delta` places were inserted at `at` (or, below 0, deleted from there)."""
    if delta >= 0:
        return start + delta if start >= at else start, end + delta if end > at else end
    gone = at - delta
    start = start if start < at else at if start < gone else start + delta
    end = end if end <= at else at if end <= gone else end + delta
    return (start, end) if end > start else None


def restretched(entries: list[Json], axis: str, at: int, delta: int) -> list[Json]:
    """Entries with a `range`, after rows or columns were inserted or deleted."""
    kept = []
    first, last = STARTS[axis]
    for entry in entries:
        reach = entry.get("range", {})
        if last not in reach:
            kept.append(entry)
            continue
        span = stretched(reach.get(first, 0), reach[last], at, delta)
        if span:
            kept.append({**entry, "range": {**reach, first: span[0], last: span[1]}})
    return kept


@dataclass
class Book:
    """A spreadsheet with its place in Drive: owner, permissions, times, comments."""

    id: str
    title: str
    owner: str
    created: dt.datetime
    modified: dt.datetime
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    properties: Json = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    names: list[Json] = field(default_factory=list)
    notes: list[Json] = field(default_factory=list)  # developer metadata of the spreadsheet
    permissions: dict[str, Json] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    comments: list[Json] = field(default_factory=list)
    mime_type: str = "application/vnd.google-apps.spreadsheet"
    trashed: bool = False
    version: int = 1
    drive: Json = field(default_factory=dict)  # description, starred, appProperties, …
    clock: Callable[[], float] = lambda: 0.0
    _calculator: tuple[int, Calculator] | None = None

    @property
    def customs(self) -> Locale:
        """The locale's customs."""
        return locale_named(self.locale)

    def today(self) -> dt.date:
        """The day on the world's clock."""
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC).date()

    def today_serial(self) -> int:
        """The day on the world's clock, as a sheet counts days."""
        return serial(self.today())

    def draft(self) -> Book:
        """A copy to try changes on; `take` makes them real."""
        draft = replace(self, sheets=[sheet.copy() for sheet in self.sheets], names=list(self.names))
        draft.properties, draft.notes, draft._calculator = dict(self.properties), list(self.notes), None
        return draft

    def take(self, draft: Book) -> None:
        """Makes the changes of a draft real."""
        self.title, self.locale, self.time_zone = draft.title, draft.locale, draft.time_zone
        self.properties, self.sheets, self.names, self.notes = (
            draft.properties, draft.sheets, draft.names, draft.notes,
        )  # fmt: skip
        self.touched()

    def touched(self) -> None:
        """Something has changed: a new version, modified now."""
        self.version += 1
        self._calculator = None
        self.modified = dt.datetime.fromtimestamp(self.clock(), dt.UTC)

    @property
    def calculator(self) -> Calculator:
        """The values of all cells as they stand."""
        if self._calculator is None or self._calculator[0] != self.version:
            self._calculator = (self.version, Calculator(self))
        return self._calculator[1]

    def titled(self, title: str) -> Sheet | None:
        """The sheet of this title, exactly or but for upper and lower case."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        return next((s for s in self.sheets if s.title.casefold() == title.casefold()), None)

    def sheet(self, sheet_id: int) -> Sheet | None:
        """The sheet of this id."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def named(self, name: str) -> tuple[Sheet, Box] | None:
        """The range of this name."""
        for entry in self.names:
            if entry["name"].casefold() == name.casefold():
                sheet = self.sheet(entry["range"].get("sheetId", 0))
                return (sheet, box_in(entry["range"], sheet)) if sheet else None
        return None

    def resolve(self, text: str) -> tuple[Sheet, Box]:
        """The sheet and rectangle of a range as people write it; ends may still be open.

        „Tab”, „'Tab'”, „Tab!A1:B2”, „Tab!A:A”, „Tab!R1C1:R2C2”, „A1:B2” (the first visible sheet)
        and names of ranges. Errors: „Unable to parse range: …”.
        """
        title, rest = split_title(text)
        if title is not None:
            sheet = self.titled(title)
            if sheet is None:
                raise unparsable_range(text)
            if not rest:
                if text.endswith("!"):
                    raise unparsable_range(text)
                return sheet, Box()
            box = box_of(rest)
            if box is None:
                return self.named(rest) or _refuse(text)
            return sheet, box
        box = box_of(rest)
        if box is not None:
            return next(s for s in self.sheets if not s.hidden), box
        named = self.named(text)
        if named:
            return named
        sheet = self.titled(text)
        if sheet is None:
            raise unparsable_range(text)
        return sheet, Box()

    def readable(self, text: str) -> tuple[Sheet, Box]:
        """A range to read or clear: it must begin within the sheet and is cut at its edge."""
        sheet, box = self.resolve(text)
        if box.top >= sheet.row_count or box.left >= sheet.column_count:
            raise beyond(sheet, box)
        return sheet, box.within(sheet.row_count, sheet.column_count)

    def label(self, sheet: Sheet, box: Box) -> str:
        """„Tab!A1:B2”, as Google answers."""
        return f"{quoted(sheet.title)}!{box}"

    def free_title(self) -> str:
        """„Sheet2”, „Sheet3”: the title of a new sheet that was given none."""
        number = len(self.sheets) + 1
        while self.titled(f"{self.customs.sheet}{number}"):
            number += 1
        return f"{self.customs.sheet}{number}"

    def value(self, sheet: Sheet, row: int, column: int) -> Any:
        """What stands in a cell, formulas calculated."""
        cell = sheet.cell(row, column)
        return self.calculator.value(sheet, row, column) if cell.formula else cell.value

    def shown(self, sheet: Sheet, row: int, column: int) -> str:
        """FORMATTED_VALUE of a cell."""
        value, cell = self.value(sheet, row, column), sheet.cell(row, column)
        if isinstance(value, CellError):
            return self.customs.errors.get(value.type, "#ERROR!")
        return shown(value, self.format_of(sheet, row, column, cell), self.customs)

    def format_of(self, sheet: Sheet, row: int, column: int, cell: Cell, depth: int = 0) -> Json | None:
        """The number format of a cell; a formula without one takes that of the cells it names."""
        own: Json | None = cell.format.get("numberFormat")
        if own or not cell.formula or depth > 20:
            return own
        inherited = formula.inherited(cell.formula)
        if inherited is None:
            return None
        tab, box = inherited
        source = self.titled(tab) if tab else sheet
        if source is None:
            return None
        return self.format_of(source, box.top, box.left, source.cell(box.top, box.left), depth + 1)

    def rendered(self, sheet: Sheet, row: int, column: int, option: str, dates: str) -> Any:
        """A cell by valueRenderOption and dateTimeRenderOption; a blank one is empty text."""
        cell = sheet.cell(row, column)
        if option == "FORMATTED_VALUE":
            return self.shown(sheet, row, column)
        if option == "FORMULA" and cell.formula:
            return cell.formula
        value = self.value(sheet, row, column)
        if value is None:
            return ""
        if isinstance(value, CellError):
            return self.customs.errors.get(value.type, "#ERROR!")
        if dates == "FORMATTED_STRING" and isinstance(value, (int, float)) and not isinstance(value, bool):
            number_format = self.format_of(sheet, row, column, cell)
            if is_date_format(number_format, self.customs):
                return shown(value, number_format, self.customs)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            return int(value)
        return value

    def entered(self, cell: Cell, value: Any, option: str) -> Cell:
        """The cell after this value was written to it by valueInputOption; None leaves it as it is."""
        if value is None:
            return cell
        if value == "" and isinstance(value, str):
            return replace(cell, value=None, formula="")
        if option != "USER_ENTERED" or not isinstance(value, str):
            return replace(cell, value=value, formula="")
        if cell.format.get("numberFormat", {}).get("type") == "TEXT":
            return replace(cell, value=value.removeprefix("'"), formula="")
        if len(value) > 1 and value.startswith("="):
            return replace(cell, value=None, formula=value)
        read = understood(value, self.customs, self.today())
        look = cell.format
        if read.number_format and self.takes_on(look.get("numberFormat"), read.type):
            look = {**look, "numberFormat": read.number_format}
        return replace(cell, value=read.value, formula="", format=look)

    def takes_on(self, present: Json | None, type: str) -> bool:
        """Whether a typed value changes the number format a cell has."""
        if not present:
            return True
        is_date = is_date_format(present, self.customs)
        return is_date != (type in ("DATE", "TIME", "DATE_TIME")) or (
            not is_date and present.get("type") != type and type in ("PERCENT", "CURRENCY")
        )

    def guard(self, sheet: Sheet, box: Box, user: str) -> None:
        """Refuses a write to cells that are protected from this user."""
        if user == self.owner:
            return
        for entry in sheet.protected:
            reach = box_in(entry.get("range", {}), sheet)
            editors = entry.get("editors", {}).get("users", [])
            if entry.get("warningOnly") or user in editors or not reach.meets(box):
                continue
            raise invalid(
                "You are trying to edit a protected cell or object. Please contact the spreadsheet owner "
                "to remove protection if you need to edit."
            )

    def check_size(self) -> None:
        """Refuses more cells, blank ones included, than a spreadsheet can have."""
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MAX_CELLS:
            raise invalid(
                "This action would increase the number of cells in the workbook above the limit of "
                f"{MAX_CELLS} cells."
            )

    def dimension_changed(self, sheet: Sheet, axis: str, move: Move, at: int, delta: int) -> None:
        """Lets formulas and named ranges follow rows or columns that moved."""
        wanted = "row" if axis == ROWS else "column"

        def mover(kind: str, place: int) -> int | None:
            return move(place) if kind == wanted else place

        for other in self.sheets:
            for cells in other.rows.values():
                for column, cell in cells.items():
                    if cell.formula:
                        text = formula.shifted(cell.formula, sheet.title, other is sheet, mover)
                        if text != cell.formula:
                            cells[column] = replace(cell, formula=text)
        own = [entry for entry in self.names if entry["range"].get("sheetId", 0) == sheet.id]
        others = [entry for entry in self.names if entry["range"].get("sheetId", 0) != sheet.id]
        if delta:
            self.names = others + restretched(own, axis, at, delta)


def box_in(reach: Json, sheet: Sheet) -> Box:
    """The closed rectangle of a GridRange within its sheet."""
    box = Box(
        reach.get("startRowIndex", 0),
        reach.get("startColumnIndex", 0),
        reach.get("endRowIndex"),
        reach.get("endColumnIndex"),
    )
    return box.within(sheet.row_count, sheet.column_count)


def grid_range(sheet: Sheet, box: Box) -> Json:
    """A closed rectangle as a GridRange, which leaves out a sheet id of 0 but no index of 0."""
    return sheet_key(sheet) | {
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


def sheet_key(sheet: Sheet) -> Json:
    """The id of a sheet as it stands in a range: left out when it is 0."""
    return {"sheetId": sheet.id} if sheet.id else {}


def beyond(sheet: Sheet, box: Box) -> ApiError:
    """400: the range begins or ends outside the sheet."""
    bottom = sheet.row_count if box.bottom is None else box.bottom
    right = sheet.column_count if box.right is None else box.right
    closed = Box(box.top, box.left, max(bottom, box.top + 1), max(right, box.left + 1))
    return invalid(
        f"Range ({quoted(sheet.title)}!{closed}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def _refuse(text: str) -> tuple[Sheet, Box]:
    raise unparsable_range(text)
