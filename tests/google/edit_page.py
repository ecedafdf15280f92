"""A page to look at a spreadsheet of this server, change a cell, and switch faults on and off.

Plain HTML made here, without a request to anywhere else: forms, links, no script.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.google.a1 import Box, box_of, letters
from tests.google.book import Book, Cell, Sheet
from tests.google.faults import Fault

if TYPE_CHECKING:
    from tests.google.server import GoogleApp

ROWS_SHOWN, COLUMNS_SHOWN = 100, 26

FAULTS: dict[str, tuple[str, Fault]] = {
    "429": ("429: za dużo zapytań", Fault("/v4/", times=None, refuse="quota")),
    "429-retry": (
        "429 z Retry-After: 30",
        Fault("/v4/", times=None, status=429, headers={"retry-after": "30"}),
    ),
    "500": ("500: błąd Google", Fault("/v4/", times=None, status=500)),
    "503": ("503: usługa niedostępna", Fault("/v4/", times=None, status=503)),
    "403": ("403: arkusz nieudostępniony", Fault("/v4/", times=None, refuse="permission")),
    "404": ("404: arkusz usunięty", Fault("/v4/", times=None, refuse="not found")),
    "401": ("401: token wygasł", Fault("/v4/", times=None, refuse="unauthenticated")),
    "disabled": ("403: API wyłączone w projekcie", Fault("/v4/", times=None, refuse="disabled")),
    "html": ("502: strona HTML zamiast danych", Fault("/v4/", times=None, html=True)),
    "garbage": ("200: śmieci zamiast danych", Fault("/v4/", times=None, garbage=True)),
    "cut": ("200: urwany JSON", Fault("/v4/", times=None, cut=0.6)),
    "truncate": ("zerwane w połowie odpowiedzi", Fault("/v4/", times=None, truncate=0.5)),
    "close": ("zerwane bez odpowiedzi", Fault("/v4/|/token", times=None, close=True)),
    "delay": ("odpowiedź po 30 sekundach", Fault("/v4/", times=None, delay=30)),
    "drip": ("odpowiedź bajt po bajcie", Fault("/v4/", times=None, drip=0.2)),
    "token": (
        "token odrzucony: zły podpis",
        Fault(
            "/token",
            times=None,
            status=400,
            body={"error": "invalid_grant", "error_description": "Invalid JWT Signature."},
        ),
    ),
}
STYLE = """
body{font:14px/1.4 system-ui,sans-serif;margin:1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse}td,th{border:1px solid #c4c4c4;padding:0;min-width:4rem;max-width:20rem;
overflow:hidden;white-space:nowrap}th{background:#f1f3f4;font-weight:400;padding:2px 6px}
td a{display:block;padding:2px 6px;color:inherit;text-decoration:none;min-height:1.2em}
td a:hover,td a:focus,td.chosen a{outline:2px solid #0b57d0}td.number a{text-align:right}
nav a,nav b{margin-right:.8rem}form{margin:.5rem 0}input[type=text]{font:inherit;padding:.2rem .4rem}
button{font:inherit;padding:.2rem .7rem}.grid{overflow:auto;max-height:70vh;margin:.5rem 0}
fieldset{border:1px solid #c4c4c4;margin:1rem 0}.on{font-weight:700;color:#b3261e}.muted{color:#5f6368}
"""


def routes(app: GoogleApp) -> list[Route]:
    """The addresses of the page."""

    async def index(request: Request) -> Response:
        with app.world.lock:
            items = "".join(
                f'<li><a href="/edit/{escape(book.id)}">{escape(book.title)}</a> '
                f'<span class="muted">{escape(book.id)}</span>'
                for book in app.world.books.values()
            )
        return page("Arkusze tego serwera", f"<h1>Arkusze tego serwera</h1><ul>{items}</ul>")

    async def show(request: Request) -> Response:
        with app.world.lock:
            book = app.world.books.get(request.path_params["book"])
            if book is None:
                return page("Nie ma takiego arkusza", "<h1>Nie ma takiego arkusza</h1>", 404)
            return page(book.title, shown(app, book, dict(request.query_params)))

    async def change(request: Request) -> Response:
        form = {k: v[0] for k, v in parse_qs((await request.body()).decode(), keep_blank_values=True).items()}
        with app.world.lock:
            book = app.world.books.get(request.path_params["book"])
            if book is None:
                return page("Nie ma takiego arkusza", "<h1>Nie ma takiego arkusza</h1>", 404)
            back = changed(app, book, request.path_params["what"], form)
        return RedirectResponse(f"/edit/{book.id}?{urlencode(back, quote_via=quote)}", 303)

    return [
        Route("/", index, methods=["GET"]),
        Route("/edit", index, methods=["GET"]),
        Route("/edit/{book}", show, methods=["GET"]),
        Route("/edit/{book}/{what}", change, methods=["POST"]),
    ]


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """A whole page."""
    return HTMLResponse(
        f'<!doctype html><html lang="pl"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<style>{STYLE}</style><main>{body}</main></html>",
        status,
        headers={"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"},
    )


def shown(app: GoogleApp, book: Book, query: dict[str, str]) -> str:
    """The tabs, the cells of the chosen one, the field to change one, and the faults."""
    wanted = query.get("tab", "")
    sheet = next((s for s in book.sheets if str(s.id) == wanted), book.sheets[0])
    box = box_of(query.get("cell", "")) or Box(0, 0, 1, 1)
    start = int(query["from"]) if query.get("from", "").isdigit() else 0
    tabs = "".join(tab_link(book, s, s is sheet) for s in book.sheets)
    message = f'<p role="alert" class="on">{escape(query["message"])}</p>' if query.get("message") else ""
    return (
        f'<p><a href="/edit">← wszystkie arkusze</a></p><h1>{escape(book.title)}</h1>{message}'
        f'<nav aria-label="Zakładki">{tabs}</nav>'
        f"{cell_form(book, sheet, box)}"
        '<div class="grid" tabindex="0" role="region" aria-label="Komórki">'
        f"{grid(book, sheet, box, start)}</div>"
        f"{pager(book, sheet, start)}{tab_form(book, sheet)}{fault_form(app, book, sheet)}"
    )


def tab_link(book: Book, sheet: Sheet, chosen: bool) -> str:
    """One tab of the row of tabs."""
    name = escape(sheet.title) + (' <span class="muted">(ukryta)</span>' if sheet.hidden else "")
    return f"<b>{name}</b>" if chosen else f'<a href="/edit/{book.id}?tab={sheet.id}">{name}</a>'


def form_start(book: Book, sheet: Sheet, what: str) -> str:
    """The beginning of a form that changes something of a tab."""
    return (
        f'<form method="post" action="/edit/{book.id}/{what}">'
        f'<input type="hidden" name="tab" value="{sheet.id}">'
    )


def cell_form(book: Book, sheet: Sheet, box: Box) -> str:
    """The field with what is typed in the chosen cell."""
    address = f"{letters(box.left)}{box.top + 1}"
    text = entered_text(book, sheet, box)
    return (
        f"{form_start(book, sheet, 'cell')}"
        f'<label>Komórka <input type="text" name="cell" size="6" value="{address}"></label> '
        f'<label>Wpis <input type="text" name="value" size="50" value="{escape(text)}" autofocus></label> '
        '<button>Zapisz</button> <span class="muted">jak wpisany w arkuszu: '
        "1 234,50 zł · 5.02.2024 · =SUM(A1:A3)</span></form>"
    )


def entered_text(book: Book, sheet: Sheet, box: Box) -> str:
    """What a person would see in the field above the sheet."""
    cell = sheet.cell(box.top, box.left)
    if cell.formula:
        return cell.formula
    if isinstance(cell.value, str) and book.entered(Cell(), cell.value, "USER_ENTERED").value != cell.value:
        return "'" + cell.value  # otherwise the text of a PESEL would be saved as a number
    return book.shown(sheet, box.top, box.left)


def grid(book: Book, sheet: Sheet, box: Box, start: int) -> str:
    """The cells as a table; each is a link that chooses it."""
    used = max((column for cells in sheet.rows.values() for column in cells), default=0)
    columns = range(min(sheet.column_count, max(8, min(used + 2, COLUMNS_SHOWN))))
    rows = range(start, min(sheet.row_count, start + ROWS_SHOWN, max(sheet.last_row() + 6, start + 10)))
    head = "".join(f'<th scope="col">{letters(column)}</th>' for column in columns)
    lines = []
    for row in rows:
        cells = []
        for column in columns:
            value = book.value(sheet, row, column)
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            classes = ("number " if number else "") + ("chosen" if box.holds(row, column) else "")
            link = f"/edit/{book.id}?tab={sheet.id}&amp;cell={letters(column)}{row + 1}&amp;from={start}"
            text = escape(book.shown(sheet, row, column)) or "&nbsp;"
            cells.append(f'<td class="{classes}"><a href="{link}">{text}</a></td>')
        lines.append(f'<tr><th scope="row">{row + 1}</th>{"".join(cells)}</tr>')
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def pager(book: Book, sheet: Sheet, start: int) -> str:
    """Links to the rows before and after."""
    links = []
    for label, place in (
        ("← wcześniejsze wiersze", start - ROWS_SHOWN),
        ("dalsze wiersze →", start + ROWS_SHOWN),
    ):
        if 0 <= place < min(sheet.row_count, sheet.last_row() + ROWS_SHOWN):
            links.append(f'<a href="/edit/{book.id}?tab={sheet.id}&amp;from={place}">{label}</a>')
    return f"<p>{' · '.join(links)}</p>" if links else ""


def tab_form(book: Book, sheet: Sheet) -> str:
    """Renaming, hiding, deleting and adding tabs."""
    hide = "Pokaż zakładkę" if sheet.hidden else "Ukryj zakładkę"
    return (
        f"{form_start(book, sheet, 'tab')}"
        f'<label>Nazwa <input type="text" name="title" value="{escape(sheet.title)}"></label> '
        '<button name="do" value="rename">Zmień nazwę</button> '
        f'<button name="do" value="hide">{hide}</button> '
        '<button name="do" value="delete">Usuń zakładkę</button> '
        '<button name="do" value="clear">Opróżnij zakładkę</button> '
        '<button name="do" value="add">Dodaj zakładkę o tej nazwie</button></form>'
    )


def fault_form(app: GoogleApp, book: Book, sheet: Sheet) -> str:
    """A button a fault."""
    buttons = []
    for key, (label, _) in FAULTS.items():
        on = app.world.faults.named(key) is not None
        state = ' class="on" aria-pressed="true"' if on else ' aria-pressed="false"'
        buttons.append(
            f'<button name="fault" value="{key}"{state}>{escape(label)}{" – włączone" if on else ""}</button>'
        )
    reads = app.world.per_minute("Read")
    return (
        f"{form_start(book, sheet, 'faults')}<fieldset><legend>Awarie</legend>{' '.join(buttons)} "
        '<button name="fault" value="">Wyłącz wszystkie</button></fieldset></form>'
        f'<p class="muted">Odczytów w ostatniej minucie: {reads}. Wersja arkusza: {book.version}.</p>'
    )


def changed(app: GoogleApp, book: Book, what: str, form: dict[str, str]) -> dict[str, Any]:
    """Does what a form asks and gives the query of the page to go back to."""
    sheet = next((s for s in book.sheets if str(s.id) == form.get("tab")), book.sheets[0])
    back: dict[str, Any] = {"tab": sheet.id}
    if what == "cell":
        box = box_of(form.get("cell", "").strip())
        if box is None or not box.is_cell:
            return back | {"message": "Nie ma takiej komórki."}
        sheet.grow(box.top + 1, box.left + 1)
        old = sheet.cell(box.top, box.left)
        sheet.put(box.top, box.left, book.entered(old, form.get("value", ""), "USER_ENTERED"))
        book.touched()
        return back | {
            "cell": f"{letters(box.left)}{box.top + 2}",
            "from": box.top // ROWS_SHOWN * ROWS_SHOWN,
        }
    if what == "tab":
        return back | tab_changed(app, book, sheet, form.get("do", ""), form.get("title", "").strip())
    if what == "faults":
        key = form.get("fault", "")
        if not key:
            app.world.faults.clear()
        elif app.world.faults.named(key):
            app.world.faults.clear(key)
        elif key in FAULTS:
            from dataclasses import replace

            app.world.faults.add(replace(FAULTS[key][1], name=key))
    return back


def tab_changed(app: GoogleApp, book: Book, sheet: Sheet, do: str, title: str) -> dict[str, Any]:
    """Renames, hides, empties, deletes or adds a tab; gives what else goes into the query."""
    from tests.google import batch_sheets
    from tests.google.batch_request import Batch, Refusal

    work = Batch(app.world, book.owner, book)
    properties: dict[str, Any] = {"sheetId": sheet.id}
    try:
        match do:
            case "rename":
                batch_sheets.update_sheet_properties(
                    work, {"properties": properties | {"title": title}, "fields": "title"}
                )
            case "hide":
                wanted = properties | {"hidden": not sheet.hidden}
                batch_sheets.update_sheet_properties(work, {"properties": wanted, "fields": "hidden"})
            case "delete":
                batch_sheets.delete_sheet(work, properties)
            case "clear":
                sheet.rows.clear()
            case "add":
                batch_sheets.add_sheet(work, {"properties": {"title": title}})
    except Refusal:
        return {"message": "Tak się nie da: nazwa jest zajęta albo to ostatnia widoczna zakładka."}
    book.touched()
    return {}
