"""All there is at this Google: accounts, spreadsheets, who may see what, quotas, faults, the log."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.google.book import Book, Sheet
from tests.google.errors import ApiError, file_forbidden, file_not_found, forbidden, not_found
from tests.google.faults import Faults
from tests.google.quota import MINUTE, Quota

Json = dict[str, Any]
RANKS = {"reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 3, "organizer": 3, "owner": 4}
ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
OWNER = "biuro@example.org"


def private_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A new RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass
class ServiceAccount:
    """A service account of a project, and its one key (thrown away with the world)."""

    email: str
    project: str
    project_number: str
    client_id: str
    key_id: str
    key: rsa.RSAPrivateKey
    disabled: bool = False
    apis: set[str] = field(default_factory=lambda: {"sheets", "drive"})

    def info(self, url: str) -> dict[str, str]:
        """The key file in Google's layout; `url` is where this Google is served."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        quoted_email = self.email.replace("@", "%40")
        return {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": self.key_id,
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": self.client_id,
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{url}/token",
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{quoted_email}",
            "universe_domain": "googleapis.com",
        }

    def write(self, path: Path, url: str) -> Path:
        """Writes the key file, readable by its owner only."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self.info(url), file, indent=2)
        return path


@dataclass(frozen=True, slots=True)
class Token:
    """An access token: whose it is, for which scopes, until when (seconds of the world's clock)."""

    account: str
    scopes: frozenset[str]
    expires: float


@dataclass(frozen=True, slots=True)
class Logged:
    """One request as it was answered. `kind` is "Read", "Write", "Drive", "Token" or "Other"."""

    at: float
    method: str
    path: str
    query: str
    account: str
    kind: str
    call: str
    status: int
    size: int = 0
    fault: str = ""


class World:
    """Spreadsheets, accounts and permissions in memory; every request works under `lock`.

    `clock` gives seconds since 1970; a test may pass its own and move it. `seed` makes ids
    repeat from run to run. `quota`, `faults` and `log` are there to look at and to change.
    """

    def __init__(self, clock: Callable[[], float] = time.time, seed: int | None = None) -> None:
        self.clock = clock
        self.random = random.Random(seed) if seed is not None else random.Random(secrets.randbits(64))
        self.lock = threading.RLock()
        self.books: dict[str, Book] = {}
        self.accounts: dict[str, ServiceAccount] = {}
        self.tokens: dict[str, Token] = {}
        self.token_seconds = 3599
        self.quota = Quota(clock)
        self.faults = Faults()
        self.log: list[Logged] = []
        self.violations: list[str] = []

    def service_account(
        self, name: str = "ostoja", project: str = "ostoja-test", key: rsa.RSAPrivateKey | None = None
    ) -> ServiceAccount:
        """A new service account with a key of its own (or the given one, which saves time)."""
        number = next((a.project_number for a in self.accounts.values() if a.project == project), None)
        account = ServiceAccount(
            email=f"{name}@{project}.iam.gserviceaccount.com",
            project=project,
            project_number=number or str(self.random.randrange(10**11, 10**12)),
            client_id=str(self.random.randrange(10**20, 10**21)),
            key_id=f"{self.random.getrandbits(160):040x}",
            key=key or private_key(),
        )
        self.accounts[account.email] = account
        return account

    def token(self, account: ServiceAccount | str, scopes: set[str] | frozenset[str]) -> str:
        """A new access token."""
        email = account if isinstance(account, str) else account.email
        text = "ya29.c." + secrets.token_urlsafe(180) + "." * 20
        self.tokens[text] = Token(email, frozenset(scopes), self.clock() + self.token_seconds)
        return text

    def now(self) -> dt.datetime:
        """The moment on the world's clock."""
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC)

    def new_id(self) -> str:
        """An id as spreadsheets have: 44 characters, beginning with 1."""
        return "1" + "".join(self.random.choices(ID_LETTERS, k=43))

    def new_sheet_id(self, book: Book) -> int:
        """An id as sheets have that is free in this book."""
        while book.sheet(number := self.random.randrange(1, 2**31)) is not None:
            pass
        return number

    def create(
        self,
        title: str = "Untitled spreadsheet",
        *,
        locale: str = "en_US",
        owner: str = OWNER,
        readers: list[str] | tuple[str, ...] = (),
        writers: list[str] | tuple[str, ...] = (),
        time_zone: str = "Etc/GMT",
        sheets: list[str] | None = None,
        id: str = "",
    ) -> Book:
        """A new spreadsheet with one blank sheet (or those named), shared with these addresses."""
        with self.lock:
            book = Book(
                id=id or self.new_id(),
                title=title,
                owner=owner,
                created=self.now(),
                modified=self.now(),
                locale=locale,
                time_zone=time_zone,
                clock=self.clock,
            )
            for number, name in enumerate(sheets or [f"{book.customs.sheet}1"]):
                book.sheets.append(Sheet(0 if not number else self.new_sheet_id(book), name))
            self.books[book.id] = book
            self.share(book, owner, "owner")
            for addresses, role in ((readers, "reader"), (writers, "writer")):
                for address in addresses:
                    self.share(book, address, role)
            return book

    def load(self, path: Path | str, title: str = "", locale: str = "pl_PL", **more: Any) -> Book:
        """A local workbook (xlsx) as a spreadsheet, with its formulas, formats, notes and hidden parts."""
        from tests.google.workbook import fill

        path = Path(path)
        book = self.create(title or path.stem, locale=locale, **more)
        with self.lock:
            fill(self, book, path)
        return book

    def share(self, book: Book, address: str, role: str = "reader") -> Json:
        """Gives an address ("anyone" for everybody with the link) a role; returns the permission."""
        for permission in book.permissions.values():
            if permission.get("emailAddress") == address:
                permission["role"] = role
                return permission
        if address == "anyone":
            permission = {"id": "anyoneWithLink", "type": "anyone", "role": role, "allowFileDiscovery": False}
        else:
            permission = {
                "id": str(self.random.randrange(10**19, 10**20)),
                "type": "user",
                "emailAddress": address,
                "displayName": address.split("@")[0],
                "role": role,
                "deleted": False,
                "pendingOwner": False,
            }
        permission = {"kind": "drive#permission"} | permission
        book.permissions[permission["id"]] = permission
        return permission

    def unshare(self, book: Book, address: str) -> None:
        """Takes away every role of an address."""
        book.permissions = {
            key: p
            for key, p in book.permissions.items()
            if p.get("emailAddress") != address and not (address == "anyone" and p["type"] == "anyone")
        }

    def role(self, book: Book, user: str) -> str:
        """The best role of a user on a book, empty when it is not shared with them."""
        best = ""
        domain = user.partition("@")[2]
        for permission in book.permissions.values():
            mine = (
                permission["type"] == "anyone"
                or permission.get("emailAddress") == user
                or (permission["type"] == "domain" and permission.get("domain") == domain)
            )
            if mine and RANKS[permission["role"]] > RANKS.get(best, 0):
                best = permission["role"]
        return best

    def opened(self, book_id: str, user: str, *, to_write: bool = False, drive: bool = False) -> Book:
        """The book, if this user may read (or write) it; otherwise the refusal of Sheets or of Drive."""
        book = self.books.get(book_id)
        role = self.role(book, user) if book else ""
        if book is None or (drive and not role):
            raise file_not_found(book_id) if drive else not_found()
        if RANKS.get(role, 0) < (3 if to_write else 1):
            raise file_forbidden() if drive else forbidden()
        if not drive and book.mime_type != "application/vnd.google-apps.spreadsheet":
            raise ApiError(
                400, "This operation is not supported for this document", status="FAILED_PRECONDITION"
            )
        return book

    def put(self, book: Book | str, address: str, value: Any, *, raw: bool = False) -> None:
        """Somebody types a value into a cell: `put(book, "Uczestnicy!B5", "5.02.2024")`."""
        with self.lock:
            book = self.books[book] if isinstance(book, str) else book
            sheet, box = book.resolve(address)
            cell = sheet.cell(box.top, box.left)
            sheet.grow(box.top + 1, box.left + 1)
            sheet.put(box.top, box.left, book.entered(cell, value, "RAW" if raw else "USER_ENTERED"))
            book.touched()

    def fill(self, book: Book | str, title: str, rows: list[list[Any]], *, raw: bool = False) -> Sheet:
        """Writes rows from A1 on to the sheet of this title, which is made when it is missing."""
        with self.lock:
            book = self.books[book] if isinstance(book, str) else book
            sheet = book.titled(title)
            if sheet is None:
                sheet = Sheet(self.new_sheet_id(book), title)
                book.sheets.append(sheet)
            sheet.grow(len(rows), max((len(row) for row in rows), default=0))
            option = "RAW" if raw else "USER_ENTERED"
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    sheet.put(r, c, book.entered(sheet.cell(r, c), value, option))
            book.touched()
            return sheet

    def per_minute(self, kind: str = "", *, since: float | None = None) -> int:
        """Requests of a kind in the last minute, or since a moment; refused ones included."""
        start = self.clock() - MINUTE if since is None else since
        return sum(entry.at > start and kind in ("", entry.kind) for entry in list(self.log))

    def counters(self) -> dict[int, Counter[str]]:
        """Requests by minute (whole minutes since 1970) and kind."""
        minutes: dict[int, Counter[str]] = {}
        for entry in list(self.log):
            minutes.setdefault(int(entry.at // MINUTE), Counter())[entry.kind] += 1
        return minutes
