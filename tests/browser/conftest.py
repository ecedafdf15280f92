"""A browser and a server for the tests of this folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from lib import demo
from tests.browser.chromium import PHONE, WIDE, context, launched
from tests.browser.server import Server, serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped, or fail where OSTOJA_BROWSER=required."""
    with sync_playwright() as playwright:
        found = launched(playwright)
        if found is None:
            message = "no Chromium: install Debian's chromium, or run: playwright install chromium"
            if os.environ.get("OSTOJA_BROWSER") == "required":
                pytest.fail(message)
            pytest.skip(message)
        yield found
        found.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration workbooks, never changed."""
    folder = tmp_path_factory.mktemp("demonstration")
    demo.write(folder)
    return folder


@pytest.fixture(scope="session")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the demonstration workbooks, for the tests that change nothing."""
    with serving(demonstration, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


@pytest.fixture
def own_server(demonstration: Path, tmp_path: Path) -> Iterator[Server]:
    """A fresh server over a copy of the demonstration workbooks, for the tests that change them."""
    data = tmp_path / "data"
    shutil.copytree(demonstration, data)
    with serving(data, tmp_path / "server.log") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desktop."""
    with context(browser, WIDE) as visitor:
        yield visitor.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    with context(browser, PHONE) as visitor:
        yield visitor.new_page()
