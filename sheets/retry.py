"""Requests to Google that end: with a whole answer, or with a SourceError, and in a known time."""

import time
from collections.abc import Callable
from typing import Any

import requests
from google.auth.transport.requests import AuthorizedSession
from gspread.http_client import HTTPClient
from requests.adapters import HTTPAdapter
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from sheets import refusals
from sheets.account import GOOGLE, TIMEOUTS, Account, TokenRequest
from sheets.quota import Quota
from sheets.source import Garbled, Passing, Throttled, Unreachable

ATTEMPTS = 4
DEADLINE = 45.0
"""No attempt begins so many seconds after the first one did."""

ANSWER_SECONDS = 30.0
ANSWER_BYTES = 64_000_000
"""What one answer may take; a spreadsheet of 40,000 rows and 12 columns is about 4 MB unpacked."""

_JITTER = wait_random_exponential(multiplier=1.0, max=8.0)


class Client(HTTPClient):
    """gspread's way to Google, with limits: time-outs, few retries, rests, and whole answers only.

    Only reading is tried again: a change that was asked for twice might be made twice. Raises
    nothing but SourceError, under the label that `label()` gives.
    """

    def __init__(self, account: Account, label: Callable[[], str]) -> None:
        session = AuthorizedSession(  # type: ignore[no-untyped-call]
            account.credentials, refresh_status_codes=(), auth_request=TokenRequest(account.session())
        )
        session.trust_env = account.url == GOOGLE
        session.headers["User-Agent"] = "ostoja (gzip)"  # Google compresses for those who say it here too
        session.mount(f"{account.url}/", Counted(account.quota))
        super().__init__(None, session)  # type: ignore[arg-type]  # a session needs no credentials beside it
        self.set_timeout(TIMEOUTS)
        self._account, self._label = account, label
        self._again = Retrying(
            retry=retry_if_exception_type((Unreachable, Garbled)),
            wait=_pause,
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(DEADLINE),
            sleep=account.quota.sleep,
            reraise=True,
        )

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        """The answer to a request, whole and good."""
        endpoint = endpoint.replace(GOOGLE, self._account.url, 1)
        once = self._again.wraps(self._once) if method.lower() == "get" else self._once
        return once(method, endpoint, *args, **kwargs)

    def _once(self, method: str, endpoint: str, params: Any = None, **kwargs: Any) -> requests.Response:
        quota, label = self._account.quota, self._label()
        if (rest := quota.rest) > 0:
            raise refusals.throttled(label, rest)
        try:
            response = self._sent(method, endpoint, params=params, **kwargs)
            if response.status_code == 401:  # the token ran out before its time; the next one may not
                self._account.credentials.token = None
                response = self._sent(method, endpoint, params=params, **kwargs)
        except refusals.FAILURES as error:
            raise refusals.failure(label, error) from None
        if response.status_code == 200:
            quota.answered()
            if refusals.ANSWERS_JSON not in response.headers.get("Content-Type", ""):
                raise refusals.garbled(label)
            return response
        refusal = refusals.refusal(label, self._account.email, response)
        if isinstance(refusal, Throttled):
            refusal.wait = quota.refused(refusal.wait)
        raise refusal

    def _sent(self, method: str, endpoint: str, **kwargs: Any) -> requests.Response:
        """The answer to one request, with all its bytes."""
        with self.session.request(
            method, endpoint, timeout=self.timeout, stream=True, allow_redirects=False, **kwargs
        ) as response:
            response._content = self._body(response)  # what is read as it comes, requests does not keep
        return response

    def _body(self, response: requests.Response) -> bytes:
        """The bytes of an answer, as long as it is neither endless nor too slow."""
        parts: list[bytes] = []
        size, ends = 0, time.monotonic() + ANSWER_SECONDS
        while part := response.raw.read1(2**18, decode_content=True):
            size += len(part)
            if size > ANSWER_BYTES:
                raise refusals.too_large(self._label(), ANSWER_BYTES // 1_000_000)
            if time.monotonic() > ends:
                raise requests.ReadTimeout
            parts.append(part)
        return b"".join(parts)


class Counted(HTTPAdapter):
    """Counts every request that leaves, when it leaves."""

    def __init__(self, quota: Quota) -> None:
        self._quota = quota
        super().__init__()

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        self._quota.take()
        return super().send(*args, **kwargs)


def _pause(state: RetryCallState) -> float:
    """Seconds before the next attempt: any up to a limit that grows, but at least what was asked for."""
    error = state.outcome.exception() if state.outcome is not None else None
    return max(_JITTER(state), error.wait if isinstance(error, Passing) else 0.0)
