"""A Google for the tests of those who read it: one server, a new world for each test."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sheets.account import Account
from sheets.google import Spreadsheet
from sheets.quota import Quota
from tests.google import GoogleApp, ServiceAccount, World, serving
from tests.google.book import Book
from tests.google.world import private_key

PEOPLE = [["Nr uczestnika", "Płeć", "Wiek"], ["U1", "K", 31], ["U2", "M", 40.5]]


class Time:
    """A clock that moves only when someone sleeps, so that no test waits."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def moment(self) -> dt.datetime:
        """The time as a moment."""
        return dt.datetime.fromtimestamp(self.now, dt.UTC)


class Cloud:
    """A world with one account and one spreadsheet „Lista” that is shared with it.

    `account` is ours to read with; its pauses take no time.
    """

    key = None

    def __init__(self, app: GoogleApp) -> None:
        Cloud.key = Cloud.key or private_key()
        self.app, self.url = app, app.url
        self.world = app.world = World(seed=1)
        self.service: ServiceAccount = self.world.service_account("ostoja", key=Cloud.key)
        self.time = Time()
        whole = Account.of(self.service.info(self.url), self.url)
        self.account = replace(whole, quota=Quota(clock=self.time, sleep=self.time.sleep))
        self.book = self.shared("Lista", Uczestnicy=PEOPLE)

    def shared(self, title: str, **tabs: list[list[object]]) -> Book:
        """A new spreadsheet that the account may read."""
        book = self.world.create(title, sheets=list(tabs), readers=[self.service.email], locale="pl_PL")
        for name, rows in tabs.items():
            self.world.fill(book, name, rows, raw=True)
        return book

    def spreadsheet(self, book: Book | None = None) -> Spreadsheet:
        """The spreadsheet, to be read."""
        return Spreadsheet((book or self.book).id, self.account)

    def calls(self) -> list[str]:
        """What was asked of Sheets so far."""
        return [entry.call.removeprefix("spreadsheets.") for entry in self.world.log if entry.kind == "Read"]


@contextlib.contextmanager
def served() -> Iterator[GoogleApp]:
    """The server, for as long as the block runs."""
    app = GoogleApp(World())
    with serving(app):
        yield app
