"""Our tabs in a spreadsheet at Google: made, and made anew, in one batch that names no other tab.

spreadsheets.get          which tabs there are and which of them are ours
values:batchGet           all other tabs as they were typed, to be hashed; ours, to be compared
spreadsheets:batchUpdate  all changes, or none; left out when ours are as they should be
get, batchGet             the other tabs once more: they must be as they were
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_URL
from gspread.utils import absolute_range_name

from sheets import refusals
from sheets.account import Account
from sheets.own_tab import MARK, OwnTab, Value, Written, foreign, mark_of, marked
from sheets.retry import Client
from sheets.source import Garbled, Refused, SourceError, Unshared

_WHAT_TABS = (
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataKey,metadataValue))"
)
_WHAT_VALUES = "valueRanges(values)"
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
_PIXELS = 7
"""So wide is a letter."""

_WRITTEN = "userEnteredValue,userEnteredFormat(wrapStrategy,verticalAlignment,textFormat.bold)"
_WRAPPED = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
_LOOKS: tuple[dict[str, Any], ...] = (
    {},  # runs on over the cells beside it
    {"userEnteredFormat": _WRAPPED | {"textFormat": {"bold": True}}},
    {"userEnteredFormat": _WRAPPED},
)
"""How the notice, the header and all further rows look."""


class _Tab(NamedTuple):
    """A tab with cells; `own` is the title that we made it under, empty when it is somebody else's."""

    title: str
    gid: int
    rows: int
    columns: int
    own: str


@dataclass(frozen=True, slots=True)
class OwnTabs:
    """Our tabs in the spreadsheet `id`, written with an account that may write."""

    id: str
    account: Account
    label: str

    def write(self, tabs: tuple[OwnTab, ...]) -> Written:
        """Make these tabs ours as they are given, unless they are.

        Refused, and nothing is written, when a tab of such a title is not ours. Raises nothing but
        SourceError.
        """
        client = Client(self.account, lambda: self.label)
        try:
            there = self._tabs(client)
            if self._has(client, there, tabs):
                return Written(changed=False)
            before = self._others(client, there)
            self._change(client, list(_requests(there, tabs, self.label)))
            after = self._others(client, self._tabs(client))
        except Unshared:
            raise _may_not_write(self.label, self.account.email) from None
        changed = {gid for gid in before.keys() | after.keys() if before.get(gid) != after.get(gid)}
        titles = {gid: title for gid, (title, _) in (before | after).items()}
        return Written(changed=True, edited_meanwhile=tuple(titles[gid] for gid in sorted(changed)))

    def _tabs(self, client: Client) -> list[_Tab]:
        """The tabs with cells that there are now."""
        params = {"fields": _WHAT_TABS, "prettyPrint": "false"}
        answer = client.request("get", SPREADSHEET_URL % self.id, params=params)
        try:
            return [_tab(sheet) for sheet in json.loads(answer.content)["sheets"] if _has_cells(sheet)]
        except _BROKEN:
            raise refusals.garbled(self.label) from None

    def _values(self, client: Client, tabs: Sequence[_Tab], render: str) -> list[list[list[Any]]]:
        """The rows of these tabs, in one request."""
        if not tabs:
            return []
        params = {
            "ranges": [absolute_range_name(tab.title) for tab in tabs],
            "valueRenderOption": render,
            "fields": _WHAT_VALUES,
            "prettyPrint": "false",
        }
        answer = client.request("get", SPREADSHEET_VALUES_BATCH_URL % self.id, params=params)
        try:
            found = [it.get("values", []) for it in json.loads(answer.content)["valueRanges"]]
        except _BROKEN:
            found = []
        if len(found) != len(tabs):
            raise refusals.garbled(self.label)
        return found

    def _has(self, client: Client, there: Sequence[_Tab], tabs: Sequence[OwnTab]) -> bool:
        """Whether our tabs are there and hold these very values."""
        by_title = {tab.own: tab for tab in there if tab.own}
        if any(tab.title not in by_title for tab in tabs):
            return False
        found = self._values(client, [by_title[tab.title] for tab in tabs], "UNFORMATTED_VALUE")
        return [_bare(rows) for rows in found] == [_bare(tab.rows) for tab in tabs]

    def _others(self, client: Client, there: Sequence[_Tab]) -> dict[int, tuple[str, str]]:
        """Title and hash of every tab that is not ours, formulas as they were typed, by its number."""
        others = [tab for tab in there if not tab.own]
        rows = self._values(client, others, "FORMULA")
        hashes = [hashlib.sha256(json.dumps(values).encode()).hexdigest() for values in rows]
        return {tab.gid: (tab.title, hash) for tab, hash in zip(others, hashes, strict=True)}

    def _change(self, client: Client, requests: list[dict[str, Any]]) -> None:
        """Have all these changes made, or none of them."""
        params = {"fields": "spreadsheetId", "prettyPrint": "false"}
        try:
            client.request(
                "post", SPREADSHEET_BATCH_UPDATE_URL % self.id, params=params, json={"requests": requests}
            )
        except Garbled:
            raise Refused(
                self.label,
                "Google nie potwierdził zapisu zakładek Ostoi.",
                "Sprawdź, czy zakładki Ostoi nie są chronione przed kontem, którym Ostoja pisze; "
                "Ostoja spróbuje sama jeszcze raz.",
            ) from None


def _requests(there: Sequence[_Tab], tabs: Sequence[OwnTab], label: str) -> Iterator[dict[str, Any]]:
    """What makes our tabs as they should be; every request names a tab with our mark, or one it makes."""
    by_title = {tab.own: tab for tab in there if tab.own}
    numbers = {tab.gid for tab in there}
    for tab in tabs:
        own = by_title.get(tab.title)
        if own is None:
            if any(other.title.casefold() == tab.title.casefold() for other in there):
                raise foreign(label, f"Zakładka „{tab.title}”")
            own = _Tab(tab.title, _free(numbers), len(tab.rows), len(tab.widths), tab.title)
            numbers.add(own.gid)
            yield from _made(own, tab)
        elif own.rows < len(tab.rows) or own.columns < len(tab.widths):
            yield _grown(own, tab)
        yield {
            "updateCells": {
                "range": {"sheetId": own.gid},  # the whole tab: what is beyond the rows is cleared
                "rows": [
                    {"values": [_cell(value) | _LOOKS[min(number, 2)] for value in row]}
                    for number, row in enumerate(tab.rows)
                ],
                "fields": _WRITTEN,
            }
        }


def _made(own: _Tab, tab: OwnTab) -> Iterator[dict[str, Any]]:
    """A new tab of ours: with its mark, a header that stays in sight, and columns wide enough."""
    grid = {"rowCount": own.rows, "columnCount": own.columns, "frozenRowCount": 2}
    yield {"addSheet": {"properties": {"sheetId": own.gid, "title": own.title, "gridProperties": grid}}}
    mark = {"metadataKey": MARK, "metadataValue": mark_of(own.own, own.gid), "visibility": "DOCUMENT"}
    yield {"createDeveloperMetadata": {"developerMetadata": mark | {"location": {"sheetId": own.gid}}}}
    for column, width in enumerate(tab.widths):
        place = {"sheetId": own.gid, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
        size = {"range": place, "properties": {"pixelSize": width * _PIXELS}, "fields": "pixelSize"}
        yield {"updateDimensionProperties": size}


def _grown(own: _Tab, tab: OwnTab) -> dict[str, Any]:
    """Room for all the rows."""
    grid = {"rowCount": max(own.rows, len(tab.rows)), "columnCount": max(own.columns, len(tab.widths))}
    properties = {"sheetId": own.gid, "gridProperties": grid}
    fields = "gridProperties.rowCount,gridProperties.columnCount"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _cell(value: Value) -> dict[str, Any]:
    """A cell as RAW input has it: a text is a text whatever it begins with."""
    if value is None:
        return {}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}


def _tab(sheet: Any) -> _Tab:
    properties = sheet["properties"]
    gid, grid = properties.get("sheetId", 0), properties["gridProperties"]
    own = marked(sheet.get("developerMetadata", ()), gid)
    return _Tab(properties["title"], gid, grid["rowCount"], grid["columnCount"], own)


def _has_cells(sheet: Any) -> bool:
    return sheet["properties"].get("sheetType", "GRID") == "GRID"


def _bare(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The rows with blanks as empty text, without blank ends."""
    bare: list[list[Any]] = []
    for row in rows:
        cells = ["" if value is None else value for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        bare.append(cells)
    while bare and not bare[-1]:
        bare.pop()
    return bare


def _free(numbers: set[int]) -> int:
    """A number that no tab has."""
    while (number := 1 + secrets.randbelow(2**31 - 1)) in numbers:
        pass
    return number


def _may_not_write(label: str, account: str) -> SourceError:
    return Unshared(
        label,
        "Arkusz nie jest udostępniony do edycji kontu, którym Ostoja pisze.",
        f"Właściciel arkusza: „Udostępnij” → wpisz {account} → rola „Edytujący”.",
    )
