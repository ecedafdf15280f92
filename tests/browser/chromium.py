"""A headless Chromium as a Polish office has it: the machine's own, or playwright's."""

import shutil

from playwright.sync_api import Browser, BrowserContext, Error, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def launched(playwright: Playwright) -> Browser | None:
    """A browser, or None where there is none and none can be had."""
    own = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        return playwright.chromium.launch(executable_path=own, args=list(ARGUMENTS))
    except Error:
        return None


def context(browser: Browser, size: dict[str, int], scheme: str = "light") -> BrowserContext:
    """A new visitor with a Polish browser and a screen of this size."""
    return browser.new_context(
        viewport=size, locale="pl-PL", timezone_id="Europe/Warsaw", color_scheme=scheme, accept_downloads=True
    )
