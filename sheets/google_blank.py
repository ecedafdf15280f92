"""An empty Google spreadsheet, filled once in one request."""

from collections.abc import Callable, Sequence
from typing import Any

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from sheets.account import Account
from sheets.google import Spreadsheet, Tab, outline
from sheets.retry import Client
from sheets.source import Refused, Unshared, Vacant


def fill(id: str, account: Account, requests: Callable[[Sequence[Tab]], list[dict[str, Any]]]) -> str:
    """Carry out the requests for an empty spreadsheet with these tabs, all or none; its title.

    Refused when any cell of it is filled; SourceError when it cannot be read or written.
    """
    source = Spreadsheet(id, account)
    try:
        source.read()
    except Vacant:
        pass
    else:
        raise Refused(
            source.label,
            "Arkusz nie jest pusty, więc nic w nim nie zmieniono.",
            "Utwórz nowy, pusty arkusz i podaj jego adres.",
        )
    client = Client(account, lambda: source.label)
    params = {"fields": "properties(title),sheets(properties(sheetId,title,sheetType))"}
    known = outline(source.label, client.request("get", SPREADSHEET_URL % id, params=params).content)
    try:
        client.request("post", SPREADSHEET_BATCH_UPDATE_URL % id, json={"requests": requests(known.tabs)})
    except Unshared:
        raise Unshared(
            source.label,
            "Konto może ten arkusz czytać, ale nie może go zmieniać.",
            f"Właściciel arkusza: „Udostępnij” → wpisz {account.email} → rola „Edytujący”.",
        ) from None
    return known.title
