"""One call of the API as a handler gets it: who calls, on what, with which parameters and body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.google.schema import Mask, Method
from tests.google.world import World

Json = dict[str, Any]


@dataclass
class Call:
    """A call that was let in. `path` and `params` are decoded; `mask` is None without `fields`."""

    world: World
    user: str
    method: Method
    path: dict[str, str]
    params: Json = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    mask: Mask | None = None
    content: bytes = b""

    @property
    def book_id(self) -> str:
        """The spreadsheet (or file) of the address."""
        return self.path.get("spreadsheetId") or self.path.get("fileId", "")


@dataclass
class Raw:
    """An answer that is not JSON: a file, or nothing at all (204)."""

    content: bytes
    media_type: str
    status: int = 200
