"""The pictures of README.md and docs/, made from the demonstration data: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from lib import demo
from tests.browser.chromium import PHONE, WIDE, context, launched
from tests.browser.server import ROOT, Server, serving

FOLDER = ROOT / "docs" / "obrazy"

# file, page, project, day, size, theme
PICTURES = (
    ("pulpit.png", "", "miasto-rodziny", "2025-12-31", WIDE, "light"),
    ("pojemnosc.png", "capacity", "miasto-rodziny", "2023-03-31", WIDE, "light"),
    ("budzet.png", "budget", "miasto-rodziny", "2023-03-31", WIDE, "light"),
    ("trwalosc.png", "durability", "miasto-rodziny", "2025-12-31", WIDE, "light"),
    ("jakosc.png", "quality", "miasto-rodziny", "2025-12-31", WIDE, "light"),
    ("slownik.png", "glossary", "miasto-rodziny", "2025-12-31", WIDE, "light"),
    ("gagarina.png", "capacity", "gagarina-116", "2023-06-30", WIDE, "light"),
    ("telefon.png", "", "miasto-rodziny", "2025-12-31", PHONE, "light"),
    ("ciemny.png", "budget", "miasto-rodziny", "2023-03-31", WIDE, "dark"),
)


def ready(page: Page) -> None:
    """Wait until the page has run to its end and its charts are drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_timeout(1_500)  # plotly draws after the script has ended and gives no sign of it


def take(server: Server, folder: Path, full: bool = False) -> None:
    """Every picture of PICTURES into the folder; `full` for whole pages instead of one screen."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        if browser is None:
            sys.exit("no Chromium: install Debian's chromium, or run: playwright install chromium")
        for file, name, project, day, size, theme in PICTURES:
            with context(browser, size, theme) as visitor:
                page = visitor.new_page()
                page.goto(server.page(name, projekt=project, dzien=day))
                ready(page)
                if full:
                    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                    page.set_viewport_size({"width": size["width"], "height": min(int(height) + 60, 9000)})
                    ready(page)
                page.screenshot(path=folder / file)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "data"
        demo.write(data)
        with serving(data, Path(temporary) / "server.log") as running:
            take(running, FOLDER)
