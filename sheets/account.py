"""The service account that we read Google with: its key, what it may still ask for, its clock."""

import datetime as dt
import email.utils
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import service_account

from sheets import refusals
from sheets.quota import Quota

GOOGLE = "https://sheets.googleapis.com"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
WRITE_SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
"""What the account may do that only reads, and the other one, with which our own tabs are written."""
TIMEOUTS = (5.0, 20.0)
"""Seconds to wait for a connection, and for the next bytes of an answer."""

NEEDED = ("type", "private_key", "client_email", "token_uri")


@dataclass(frozen=True, slots=True)
class Account:
    """A service account; equal to another one with the same address and key.

    `url` is where Google is; tests have one of their own.
    """

    email: str
    key_id: str
    credentials: Credentials = field(compare=False, repr=False)
    url: str = GOOGLE
    quota: Quota = field(default_factory=Quota, compare=False, repr=False)

    @classmethod
    def of(cls, key: Mapping[str, Any], url: str = GOOGLE, scopes: tuple[str, ...] = SCOPES) -> "Account":
        """The account of a key in Google's layout; KeyRejected when it is none, without its content."""
        label = "Klucz konta Google"
        if missing := [name for name in NEEDED if not isinstance(key.get(name), str) or not key[name]]:
            raise refusals.no_key(label, f"W kluczu konta usługi brakuje pól: {', '.join(missing)}.")
        try:
            credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                dict(key), scopes=scopes
            )
        except (ValueError, TypeError, GoogleAuthError):
            raise refusals.no_key(
                label, "Klucz konta usługi jest uszkodzony: nie da się go odczytać."
            ) from None
        return cls(str(key["client_email"]), str(key.get("private_key_id", "")), credentials, url)

    def session(self) -> requests.Session:
        """A plain session that reaches this Google."""
        session = requests.Session()
        if self.url != GOOGLE:
            session.trust_env = False  # a proxy of the machine has no business on the loopback
        return session

    def log_in(self) -> None:
        """Get a token, as the first request would; SourceError when that fails."""
        try:
            with self.session() as session:
                self.credentials.refresh(TokenRequest(session))  # type: ignore[no-untyped-call]
        except refusals.FAILURES as error:
            raise refusals.failure(self.email, error) from None

    def clock_ahead(self) -> dt.timedelta:
        """By how much the clock of this machine is ahead of Google's; SourceError without an answer."""
        try:
            with self.session() as session:
                answer = session.get(f"{self.url}/", timeout=TIMEOUTS, allow_redirects=False)
        except refusals.FAILURES as error:
            raise refusals.failure(self.email, error) from None
        now = dt.datetime.now(dt.UTC)
        try:
            return now - email.utils.parsedate_to_datetime(answer.headers.get("Date", ""))
        except (ValueError, TypeError):
            raise refusals.garbled(self.email) from None


class TokenRequest(Request):
    """A request for a token that does not wait forever."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(*args, **{"timeout": TIMEOUTS} | kwargs)  # type: ignore[no-untyped-call]
