"""A Google spreadsheet, read with one request.

    spreadsheets.get     titles and numbers of the tabs, only now and then
    values:batchGet      all cells of all tabs, as they are at one moment

What comes is checked as a whole before any of it is used.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, NoReturn

from gspread.urls import SPREADSHEET_DRIVE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_URL
from gspread.utils import absolute_range_name

from sheets import refusals
from sheets.account import Account
from sheets.own_tab import is_own, marked
from sheets.refusals import TabsMoved
from sheets.retry import Client
from sheets.source import Garbled, Snapshot, SourceError, Vacant
from sheets.table import Merged, Table, Value

TABS_SECONDS = 300.0
"""For so long the titles of the tabs are taken to be what they were, unless something speaks against it."""

_WHAT_TABS = (
    "properties(title),"
    "sheets(properties(sheetId,title,sheetType),merges,developerMetadata(metadataKey,metadataValue))"
)
_WHAT_VALUES = "valueRanges(range,values)"
_ADDRESS = re.compile(
    r"(?:https://docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/[0-9]+/)?d/)?([A-Za-z0-9_-]{20,})(?:[/?#].*)?"
)
_RANGE = re.compile(r"(?:'((?:[^']|'')*)'|([^'!]+))!A1(?::[A-Z]+[0-9]+)?")
_VALUES = frozenset({str, int, float, bool, type(None)})


class Tab(NamedTuple):
    """A tab as Google names it: its title, the number that stands in addresses, and its merged cells."""

    title: str
    gid: int
    merged: tuple[Merged, ...] = ()


class Outline(NamedTuple):
    """The title of a spreadsheet and its tabs with cells, hidden ones too."""

    title: str
    tabs: tuple[Tab, ...]


@dataclass
class _Known:
    """What is kept from one reading to the next."""

    outline: Outline | None = None
    outlined_at: float = 0.0
    snapshot: Snapshot | None = None


@dataclass(frozen=True)
class Spreadsheet:
    """A spreadsheet of Google's; a Source, equal to another one of the same id and account."""

    id: str
    account: Account
    _known: _Known = field(default_factory=_Known, init=False, compare=False, repr=False)

    @property
    def label(self) -> str:
        """Its title; the beginning of its id as long as that is not known."""
        known = self._known.outline
        return known.title if known is not None else f"Arkusz Google {self.id[:6]}…"

    @cached_property
    def _client(self) -> Client:
        return Client(self.account, lambda: self.label)

    def forget(self) -> None:
        """Ask for the titles of the tabs again when it is read next."""
        self._known.outlined_at = -TABS_SECONDS

    def read(self) -> Snapshot:
        """All tabs with cells, hidden ones too; the same Snapshot again while nothing has changed.

        Takes a known time and raises nothing but SourceError, whatever Google answers.
        """
        now = self.account.quota.clock()
        if self._known.outline is None or now - self._known.outlined_at >= TABS_SECONDS:
            self._outline()
        try:
            return self._values()
        except TabsMoved:
            self._outline()
            return self._values()
        except Garbled:
            self.forget()  # should it have to do with the tabs, the next reading will not
            raise

    def _outline(self) -> None:
        """Learn the title and the tabs."""
        params = {"fields": _WHAT_TABS, "prettyPrint": "false"}
        answer = self._client.request("get", SPREADSHEET_URL % self.id, params=params)
        self._known.outline = outline(self.label, answer.content)
        self._known.outlined_at = self.account.quota.clock()

    def _values(self) -> Snapshot:
        """The cells of the tabs, in one request."""
        known = self._known.outline
        assert known is not None
        if not known.tabs:
            raise _vacant(known.title)
        params = {
            "ranges": [absolute_range_name(tab.title) for tab in known.tabs],
            "majorDimension": "COLUMNS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
            "fields": _WHAT_VALUES,
            "prettyPrint": "false",
        }
        read_at = dt.datetime.now(dt.UTC)
        content = self._client.request("get", SPREADSHEET_VALUES_BATCH_URL % self.id, params=params).content
        id = digest(known, content)
        if self._known.snapshot is None or self._known.snapshot.id != id:
            if self._known.snapshot is not None and any(tab.merged for tab in known.tabs):
                self._outline()  # merged cells move with the rows around them
                known = self._known.outline or known
                id = digest(known, content)
            tabs = tables(self.id, known, content)
            if all(value is None for tab in tabs for column in tab.columns for value in column):
                raise _vacant(known.title)
            self._known.snapshot = Snapshot(tabs, id, read_at, known.title)
        return self._known.snapshot


@dataclass(frozen=True, slots=True)
class Keyless:
    """A spreadsheet of Google's for which there is no usable key; a Source that always says so."""

    id: str
    problem: SourceError

    @property
    def label(self) -> str:
        """The beginning of its id, for its title cannot be known."""
        return f"Arkusz Google {self.id[:6]}…"

    def forget(self) -> None:
        """There is nothing to forget."""

    def read(self) -> Snapshot:
        """Raises what is wrong with the key."""
        raise type(self.problem)(self.label, self.problem.what, self.problem.remedy)


def spreadsheet_id(address: str) -> str | None:
    """The id in the address of a spreadsheet, or the id itself; None when it is neither."""
    match = _ADDRESS.fullmatch(address.strip())
    return match[1] if match else None


def web_address(id: str) -> str:
    """Where people open the spreadsheet."""
    return SPREADSHEET_DRIVE_URL % id + "/edit"


def digest(known: Outline, content: bytes) -> str:
    """A hash of everything that makes up a snapshot."""
    return hashlib.sha256(ascii(known).encode() + content).hexdigest()[:32]


def outline(label: str, content: bytes) -> Outline:
    """The title and the tabs in the answer of spreadsheets.get; Garbled when it is anything else."""
    try:
        answer = json.loads(content, parse_constant=_refuse)
        title = answer["properties"]["title"]
        sheets = [
            (sheet["properties"], sheet.get("merges", ())) for sheet in answer["sheets"] if not _is_own(sheet)
        ]
        tabs = tuple(
            Tab(sheet["title"], sheet.get("sheetId", 0), _merged(merges))
            for sheet, merges in sheets
            if sheet.get("sheetType", "GRID") == "GRID"
        )
        sound = isinstance(title, str) and all(type(t) is str and type(g) is int for t, g, _ in tabs)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise refusals.garbled(label)
    return Outline(title, tabs)


def tables(id: str, known: Outline, content: bytes) -> tuple[Table, ...]:
    """The tabs in the answer of values:batchGet.

    Garbled when it is not such an answer, TabsMoved when it is one for other tabs.
    """
    try:
        ranges = json.loads(content, parse_constant=_refuse)["valueRanges"]
        titles = [_title(it["range"]) for it in ranges]
        columns = [_columns(it.get("values", [])) for it in ranges]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise refusals.garbled(known.title) from None
    if titles != [tab.title for tab in known.tabs]:
        raise TabsMoved(known.title)
    return tuple(
        Table(
            tab.title,
            found,
            link=f"{web_address(id)}#gid={tab.gid}&range={{range}}",
            workbook=known.title,
            merged=tab.merged,
        )
        for tab, found in zip(known.tabs, columns, strict=True)
    )


def _merged(merges: Any) -> tuple[Merged, ...]:
    """The merged cells in the answer of spreadsheets.get; errors of types and keys when they are none."""
    return tuple(
        (
            int(it.get("startRowIndex", 0)),
            int(it.get("startColumnIndex", 0)),
            int(it["endRowIndex"]) - 1,
            int(it["endColumnIndex"]) - 1,
        )
        for it in merges
    )


def _is_own(sheet: Any) -> bool:
    """Whether a tab is one that we write ourselves: it is no data, and its changes are no news."""
    gid, title = sheet["properties"].get("sheetId", 0), sheet["properties"]["title"]
    return is_own(title) or bool(marked(sheet.get("developerMetadata", ()), gid))


def _title(given: str) -> str:
    """The title of the tab in a range that begins in A1; ValueError for any other range."""
    match = _RANGE.fullmatch(given)
    if match is None:
        raise ValueError
    return match[2] if match[1] is None else match[1].replace("''", "'")


def _columns(given: Sequence[Sequence[Value]]) -> tuple[list[Value], ...]:
    """Columns of one length with blanks as None; ValueError when they are not columns of cells."""
    height = max(map(len, given), default=0)
    columns = []
    for column in given:
        if type(column) is not list or not _VALUES.issuperset(map(type, column)):
            raise ValueError
        filled = [None if value == "" else value for value in column] if "" in column else column
        columns.append(filled + [None] * (height - len(column)) if len(column) < height else filled)
    return tuple(columns)


def _refuse(constant: str) -> NoReturn:
    """JSON has no such numbers as NaN."""
    raise ValueError(constant)


def _vacant(label: str) -> Vacant:
    what = "Arkusz jest pusty: żadna zakładka nie ma komórek."
    return Vacant(label, what, "Wpisz dane albo przywróć je z historii zmian arkusza.")
