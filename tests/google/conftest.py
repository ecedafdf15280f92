"""One server for all the tests of this folder; each test gets a world of its own in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import gspread
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.google import GoogleApp, ServiceAccount, World, client, serving
from tests.google.book import Book
from tests.google.world import private_key

NOON = 1_717_243_200.0  # 1 June 2024, 12:00 UTC


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> float:
        return self.time


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    """Making a key takes a while, so that the accounts of the tests share one."""
    return private_key()


@pytest.fixture(scope="session")
def app() -> Iterator[GoogleApp]:
    app = GoogleApp(World())
    with serving(app):
        yield app


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(app: GoogleApp, clock: Clock) -> Iterator[World]:
    """A new world; at the end every answer it gave must have been as the official schema has it."""
    app.world = World(seed=1)
    app.world.quota.per_user = app.world.quota.per_project = 1_000_000
    yield app.world
    assert app.world.violations == []


@pytest.fixture
def url(app: GoogleApp) -> str:
    return app.url


@pytest.fixture
def account(world: World, key: rsa.RSAPrivateKey) -> ServiceAccount:
    return world.service_account("ostoja", key=key)


@pytest.fixture
def gc(account: ServiceAccount, world: World, url: str) -> gspread.Client:
    """A gspread client that is already signed in."""
    return signed_in(world, account, url)


@pytest.fixture
def book(world: World, account: ServiceAccount) -> Book:
    """An American spreadsheet of the account."""
    return world.create("Test", owner=account.email)


@pytest.fixture
def polish(world: World, account: ServiceAccount) -> Book:
    """A Polish spreadsheet of the account."""
    return world.create("Próba", locale="pl_PL", owner=account.email)


@pytest.fixture
def spreadsheet(gc: gspread.Client, book: Book) -> gspread.Spreadsheet:
    return gc.open_by_key(book.id)


@pytest.fixture
def sheet(spreadsheet: gspread.Spreadsheet) -> gspread.Worksheet:
    return spreadsheet.sheet1


@pytest.fixture
def refused() -> Callable[..., dict]:
    """Calls something that must be refused, and gives the error as Google wrote it."""

    def call(function: Callable[..., object], *args: object, **kwargs: object) -> dict:
        with pytest.raises(gspread.exceptions.APIError) as caught:
            function(*args, **kwargs)
        return caught.value.response.json()["error"]

    return call


def signed_in(world: World, account: ServiceAccount, url: str, scopes=client.FULL) -> gspread.Client:
    """A gspread client whose token is fetched at its first request."""
    return client.connected(account, url, scopes)
