"""The server: `streamlit run app.py`.

The screens live in `pages/`, and so does the script that every request goes through,
`pages/frame.py`: with no `pages/` beside the main script, no screen can be reached around it.
"""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import projects

_log = logging.getLogger("ostoja")

HEADERS = {
    # Streamlit compiles charts and styles in the page ('unsafe-eval', 'unsafe-inline'); nothing may
    # be fetched from, sent to or framed by another site
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds HEADERS to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def spreadsheets_kept_fresh(_: st.App) -> AsyncIterator[None]:
    """Look at the spreadsheets in the background for as long as the server runs; say where the pages are."""
    await asyncio.to_thread(projects.start)
    address, port = st.get_option("server.address"), st.get_option("server.port")
    print(f"Ostoja działa: http://{address}:{port} (koniec: Ctrl+C)", flush=True)
    yield
    await asyncio.to_thread(projects.stop)


def say_that_it_failed(error: Exception) -> bool:
    """A sentence for the reader; for the log the kind and the place of the error, but never its text.

    The text of an error may hold the content of a cell.
    """
    _log.error(
        "A page failed with %s:\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
    )
    st.error(
        "**Tej strony nie udało się pokazać.** To błąd programu, nie arkusza. Odśwież stronę; jeśli to "
        "nie pomoże, przekaż opiekunowi programu, co było wybrane i o której godzinie.",
        icon=":material/report:",
    )
    return True


# Streamlit itself would log the error with its text
logging.getLogger("streamlit.error_util").disabled = True

app = st.App(
    "pages/frame.py",
    lifespan=spreadsheets_kept_fresh,
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=say_that_it_failed,
)
