"""The dashboard over Google spreadsheets, as a visitor sees it; Google is our own, on 127.0.0.1."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screenshots import ready
from tests.browser.server import Server, serving
from tests.browser.test_app import card, clean, titled
from tests.google import Fault, World
from tests.google import serving as google_serving
from tests.google.demonstration import EVERY, connected

BUDGET = {"projekt": "miasto-rodziny", "dzien": "2023-03-31"}
SOON = (EVERY + 20) * 1_000


@pytest.fixture
def world() -> World:
    """A Google of our own."""
    return World()


@pytest.fixture
def google(world: World) -> Iterator[str]:
    """Its address."""
    with google_serving(world) as url:
        yield url


@pytest.fixture
def environment(tmp_path: Path, world: World, google: str) -> dict[str, str]:
    """The demonstration's projects in it, and what the dashboard has to know."""
    return connected(tmp_path, world, google, world.service_account())[0]


def running(tmp_path: Path, environment: dict[str, str], name: str = "server.log"):
    """A dashboard over the spreadsheets."""
    others = {key: value for key, value in environment.items() if key != "OSTOJA_DATA"}
    return serving(Path(environment["OSTOJA_DATA"]), tmp_path / name, **others)


def opened(page: Page, server: Server, path: str, title: str, **query: str) -> None:
    """Open a page once the first reading is there."""
    page.goto(server.page(path, **query))
    titled(page, title)
    ready(page)


def read(page: Page) -> None:
    """Wait until the first reading is on the page."""
    expect(page.get_by_test_id("stMetricValue").first).to_be_visible(timeout=30_000)


def test_an_edit_a_fault_and_a_restart_without_google(tmp_path, world, google, environment, page):
    with running(tmp_path, environment) as server:
        opened(page, server, "budget", "Budżet", **BUDGET)
        read(page)
        before = card(page, "Wydano")
        book = next(book for book in world.books.values() if book.title == "miasto-rodziny")
        world.put(book, "Wydatki!F2", 12345.67, raw=True)
        expect(page.get_by_test_id("stMetricValue").filter(has_text=before)).to_have_count(0, timeout=SOON)
        after = card(page, "Wydano")
        assert after != before
        clean(page)

        world.faults.add(Fault(path="/v4/", status=503, times=None))
        banner = page.get_by_role("alert").filter(has_text="Pokazuję ostatnie dobre dane")
        expect(banner.first).to_be_visible(timeout=90_000)
        assert card(page, "Wydano") == after
        world.faults.clear()

        opened(page, server, "connections", "Stan połączeń")
        expect(page.get_by_text("Zapytania do Google w ostatniej minucie").first).to_be_visible()
        clean(page)
        link = page.get_by_role("link", name=re.compile("miasto-rodziny")).first
        assert f"/spreadsheets/d/{book.id}" in (link.get_attribute("href") or "")

    stopped = environment | {"OSTOJA_GOOGLE_URL": "http://127.0.0.1:9"}  # nobody listens there
    with running(tmp_path, stopped, "restarted.log") as server:
        opened(page, server, "budget", "Budżet", **BUDGET)
        read(page)
        assert card(page, "Wydano") == after
        expect(page.get_by_role("alert").filter(has_text="Pokazuję ostatnie dobre dane").first).to_be_visible(
            timeout=30_000
        )
        clean(page)


def test_findings_lead_to_their_cells_in_google_sheets(tmp_path, world, environment, page):
    with running(tmp_path, environment) as server:
        opened(page, server, "quality", "Jakość danych", projekt="miasto-rodziny", dzien="2025-12-31")
        link = page.get_by_role("link", name=re.compile(r"^Uczestnicy!D\d+$")).first
        expect(link).to_be_visible(timeout=30_000)
        address = link.get_attribute("href") or ""
        book = next(book for book in world.books.values() if book.title == "miasto-rodziny")
        assert re.fullmatch(
            rf"https://docs\.google\.com/spreadsheets/d/{book.id}/edit#gid=\d+&range=D\d+", address
        )
