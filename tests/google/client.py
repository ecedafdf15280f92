"""gspread pointed at this server: its HTTP client with the host of every address changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gspread
from google.auth import crypt
from google.auth.credentials import Credentials
from google.oauth2 import service_account
from gspread.http_client import HTTPClient
from requests import Response, Session

from tests.google.world import ServiceAccount

HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")
FULL = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
READ_ONLY = ("https://www.googleapis.com/auth/spreadsheets.readonly",)


def redirected(url: str, class_: type[HTTPClient] = HTTPClient) -> type[HTTPClient]:
    """A kind of `class_` (gspread's own, or one's own with retries) that calls the server at `url`.

    Give an address nobody answers, a name that does not exist, or https where http is spoken, to
    see a refused connection, a failing DNS or TLS.
    """

    class Redirected(class_):  # type: ignore[misc,valid-type]
        def __init__(self, auth: Credentials, session: Session | None = None) -> None:
            super().__init__(auth, session)
            self.session.trust_env = False  # a proxy of the machine has no business on the loopback
            quiet(auth)

        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
            for host in HOSTS:
                if endpoint.startswith(host):
                    endpoint = url + endpoint.removeprefix(host)
            return super().request(method, endpoint, *args, **kwargs)

    return Redirected


def quiet(auth: Any) -> None:
    """Keeps google-auth from asking the real Google where this account may be used.

    From 2.4x on it does so in a thread of its own, with the token, at every sign-in.
    """
    auth._is_regional_access_boundary_lookup_required = lambda: False


def credentials(
    account: ServiceAccount, url: str, scopes: Sequence[str] = FULL
) -> service_account.Credentials:
    """Credentials of google-auth that sign with the key of a service account of this server.

    The same as from the account's key file, without the 50 ms that reading the key takes.
    """
    signer = crypt.RSASigner(account.key, account.key_id)
    return service_account.Credentials(signer, account.email, f"{url}/token", scopes=list(scopes))


def connected(
    account: ServiceAccount, url: str, scopes: Sequence[str] = FULL, class_: type[HTTPClient] = HTTPClient
) -> gspread.Client:
    """A gspread client that is signed in (at the first request) as this service account."""
    return gspread.Client(credentials(account, url, scopes), http_client=redirected(url, class_))
