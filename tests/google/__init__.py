"""A small Google: enough of OAuth, Sheets v4 and Drive v3 to develop and test against, on one's own machine.

    from tests.google import World, client, serving

    world = World()
    key = world.service_account("dashboard")
    book = world.create("Uczestnicy", locale="pl_PL", readers=[key.email])
    with serving(world) as url:
        spreadsheet = client.connected(key, url).open_by_key(book.id)

One noun a file: a1 (ranges), locales, formats (how a value is shown), looks (formats and colours),
entry (how typed text is understood), formula, book (a spreadsheet and its sheets), world (all
spreadsheets and accounts), call (one call of the API), grid (spreadsheets.get), values, batch_*
(spreadsheets.batchUpdate), drive, oauth, errors, schema (the discovery documents), quota, faults,
server, client, workbook (xlsx in and out), edit_page.

What is known of Google comes from its documents (the guides, the discovery documents) and from
gspread. Assumed, because neither says: a range that ends beyond the sheet is cut when it is read and
refused when it is written; a range of one cell, and a whole sheet, grow when more is written; titles
outside ASCII are answered in apostrophes; a sliding minute for quotas; the Polish words for errors;
the words of some refusals of batchUpdate; which number format a typed amount or day takes on.
"""

from tests.google.faults import Fault
from tests.google.server import GoogleApp, serving
from tests.google.world import ServiceAccount, World

__all__ = ["Fault", "GoogleApp", "ServiceAccount", "World", "serving"]
