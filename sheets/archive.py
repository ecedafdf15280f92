"""The last good snapshots on the disk, so that a restart does not lose them while a source is away.

A file a source, readable by the server's user only: it holds everything the spreadsheet does. Its
time is that of the last good reading. What is damaged, or of another version, counts as not there.
"""

import datetime as dt
import gzip
import json
import logging
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from sheets.files import replace_file, sweep
from sheets.source import Snapshot
from sheets.table import Table

VERSION = 2
_log = logging.getLogger(__name__)
_CELLS = frozenset({str, int, float, bool, type(None)})
_DAMAGED = (ValueError, TypeError, LookupError, AttributeError, EOFError, zlib.error, RecursionError)


class Archive:
    """Snapshots in a folder, by the key of their source; made when the first one is saved.

    A disk that cannot be written or read never stops anyone: it is logged, and that is all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sweep(self) -> None:
        """Remove what a program that was killed left half-written."""
        sweep(self._folder)

    def save(self, key: str, snapshot: Snapshot, read_at: dt.datetime) -> None:
        """Keep a snapshot instead of the one that is there."""
        content = {
            "version": VERSION,
            "key": key,
            "id": snapshot.id,
            "label": snapshot.label,
            "read_at": snapshot.read_at.isoformat(),
            "tabs": [
                {
                    "title": tab.title,
                    "link": tab.link,
                    "workbook": tab.workbook,
                    "columns": tab.columns,
                    "merged": tab.merged,
                }
                for tab in snapshot.tabs
            ],
        }
        data = gzip.compress(json.dumps(content).encode(), 1)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._path(key), data, 0o600)
        except OSError as error:
            _log.warning("The last good state of a spreadsheet could not be saved: %s", error.strerror)
        else:
            self.confirm(key, read_at)

    def confirm(self, key: str, read_at: dt.datetime) -> None:
        """Note that the spreadsheet was read again and is as it is kept here."""
        try:
            os.utime(self._path(key), (read_at.timestamp(), read_at.timestamp()))
        except OSError as error:
            _log.warning("The last good state of a spreadsheet could not be dated: %s", error.strerror)

    def load(self, key: str) -> tuple[Snapshot, dt.datetime] | None:
        """The snapshot and when it was last read well; None when there is none that is whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            read_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            return _snapshot(key, json.loads(gzip.decompress(data))), read_at
        except FileNotFoundError:
            return None
        except (OSError, *_DAMAGED) as error:
            _log.warning("A last good state on the disk is damaged and not used: %s", type(error).__name__)
            return None

    def keep(self, keys: Iterable[str]) -> None:
        """Delete the snapshots of all other sources: nobody is to find data here that is not in use."""
        kept = {self._path(key).name for key in keys}
        for path in self._folder.glob("*.json.gz"):
            if path.name not in kept:
                with suppress(OSError):
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{sha256(key.encode()).hexdigest()[:32]}.json.gz"


def _snapshot(key: str, content: Any) -> Snapshot:
    """The snapshot that a file holds; any of _DAMAGED when it is not one of ours."""
    if content["version"] != VERSION or content["key"] != key:
        raise ValueError
    tabs = []
    for tab in content["tabs"]:
        columns = tuple(tab["columns"])
        if len({len(column) for column in columns}) > 1:
            raise ValueError
        if not all(type(column) is list and _CELLS.issuperset(map(type, column)) for column in columns):
            raise ValueError
        title, link, workbook = (_text(tab[name]) for name in ("title", "link", "workbook"))
        merged = tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in tab["merged"])
        tabs.append(Table(title, columns, link=link, workbook=workbook, merged=merged))
    read_at = dt.datetime.fromisoformat(content["read_at"])
    if read_at.tzinfo is None:
        raise ValueError
    return Snapshot(tuple(tabs), _text(content["id"]), read_at, _text(content["label"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
