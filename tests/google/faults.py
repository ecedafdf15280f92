"""Faults by script: what goes wrong, for which requests, from which one on and how many times."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.google import errors

Json = dict[str, Any]
HTML = (
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error {status}</title>"
    "<p><b>{status}.</b> <ins>That’s an error.</ins><p>The server encountered a temporary error and could "
    "not complete your request.<p>Please try again in 30 seconds. <ins>That’s all we know.</ins>"
)


@dataclass
class Fault:
    """One rule. The first rule that fits a request and is not spent decides.

    Which requests: `path` (a pattern searched in the decoded path), `method`, `account`; `after`
    lets so many fitting requests through first; `times` is how often it strikes (None: until removed).

    What happens: `delay` seconds first; then `close` (the connection is dropped without an answer),
    or an answer with `status`, `body` (a dict is sent as JSON, text as it is), `headers`, or one of
    Google's own refusals by name in `refuse`. When none of these is given the true answer is sent.
    `truncate` sends only this share (0-1) of the bytes and drops the connection, with the length
    of the whole announced; `cut` sends the share as if it were all. `drip` sends a byte every so
    many seconds. `html` sends Google's error page, `garbage` random bytes under a JSON type.
    """

    path: str = ""
    method: str = ""
    account: str = ""
    after: int = 0
    times: int | None = 1
    delay: float = 0.0
    status: int = 0
    body: Json | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    refuse: str = ""
    close: bool = False
    truncate: float | None = None
    cut: float | None = None
    drip: float = 0.0
    html: bool = False
    garbage: bool = False
    name: str = ""
    seen: int = 0
    struck: int = 0

    def fits(self, method: str, path: str, account: str) -> bool:
        """Whether a request is of the kind this rule is about."""
        return (
            (not self.method or self.method.upper() == method)
            and (not self.account or self.account == account)
            and re.search(self.path, path) is not None
        )

    def answer(self) -> tuple[int, dict[str, str], bytes] | None:
        """(status, headers, body) instead of the true answer; None when the true one is sent."""
        import json

        if self.html:
            status = self.status or 502
            return status, {"content-type": "text/html; charset=UTF-8"}, HTML.format(status=status).encode()
        if self.garbage:
            return (
                self.status or 200,
                {"content-type": "application/json; charset=UTF-8"},
                bytes(range(128, 256)) * 4,
            )
        kind = {"content-type": "application/json; charset=UTF-8"} | self.headers
        if self.refuse:
            refusal = REFUSALS[self.refuse]()
            return refusal.code, kind | refusal.headers, json.dumps(refusal.body("sheets"), indent=2).encode()
        if isinstance(self.body, str):
            return self.status or 200, kind, self.body.encode()
        if self.body is not None:
            return self.status or 200, kind, json.dumps(self.body, indent=2).encode()
        if self.status:
            refusal = errors.ApiError(self.status, MESSAGES.get(self.status, "Error"))
            return self.status, kind, json.dumps(refusal.body("sheets"), indent=2).encode()
        return None


MESSAGES = {
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
REFUSALS = {
    "permission": errors.forbidden,
    "not found": errors.not_found,
    "unauthenticated": errors.bad_token,
    "scope": lambda: errors.narrow_scope(
        "sheets", "google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet", []
    ),
    "disabled": lambda: errors.service_disabled("sheets", "123456789012"),
    "quota": lambda: errors.quota_exceeded("Read", "user", 60, "123456789012"),
    "project quota": lambda: errors.quota_exceeded("Read", "project", 300, "123456789012"),
}


class Faults:
    """The rules in force, in order; safe to change while requests are running."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.lock = threading.Lock()

    def add(self, *rules: Fault) -> None:
        """Puts rules after those that are there."""
        with self.lock:
            self.rules.extend(rules)

    def clear(self, name: str | None = None) -> None:
        """Removes all rules, or those of this name."""
        with self.lock:
            self.rules = [rule for rule in self.rules if name is not None and rule.name != name]

    def named(self, name: str) -> Fault | None:
        """The rule of this name, if it is in force."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def strike(self, method: str, path: str, account: str) -> Fault | None:
        """The rule that strikes this request; it is counted."""
        with self.lock:
            for rule in self.rules:
                if not rule.fits(method, path, account) or (
                    rule.times is not None and rule.struck >= rule.times
                ):
                    continue
                rule.seen += 1
                if rule.seen > rule.after:
                    rule.struck += 1
                    return rule
        return None
