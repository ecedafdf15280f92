"""The projects that are connected: `projects.toml`, their spreadsheets kept fresh, their registers.

`projects.toml` says which spreadsheets make up a project and nothing else; it holds no secrets.

    [[project]]
    id = "miasto-rodziny"               # small letters, digits and dashes: it stands in addresses of pages
    workbooks = ["miasto-rodziny.xlsx"] # one or more, by path from this file

The file is looked at again whenever it changes; while it is broken, the last good one stays in use.
"""

import datetime as dt
import os
import threading
import tomllib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lib.register import Readings, Register, read_tabs
from lib.register import register as register_of
from sheets.live import Live, State
from sheets.source import Damaged, Missing, Source, SourceError
from sheets.table import Table
from sheets.xlsx import Workbook

FILE = "projects.toml"

PROBLEMS: Mapping[str, str] = {
    "missing": "brakuje pola „{field}”",
    "extra_forbidden": "nie ma takiego pola: „{field}”",
    "string_pattern_mismatch": "pole „{field}” może mieć tylko małe litery, cyfry i myślniki",
    "too_short": "pole „{field}” jest puste",
    "string_type": "pole „{field}” musi być tekstem w cudzysłowie",
    "list_type": "pole „{field}” musi być listą w nawiasach kwadratowych",
    "tuple_type": "pole „{field}” musi być listą w nawiasach kwadratowych",
}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    workbooks: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    project: Annotated[list[_Entry], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project as `projects.toml` names it, with the full paths of its workbooks."""

    id: str
    workbooks: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The projects of the last good `projects.toml`, and what is wrong with the file now, if anything."""

    projects: tuple[ProjectEntry, ...] = ()
    problem: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What is in memory of a project: the tabs of the last good state of each of its spreadsheets.

    `snapshot_id` is None, and `tabs` empty, while nothing was ever read. `failures` are the
    spreadsheets that cannot be read now. `read_at` is in UTC: when the oldest of them was read.
    """

    entry: ProjectEntry
    snapshot_id: str | None
    tabs: tuple[Table, ...]
    failures: tuple[State, ...]
    read_at: dt.datetime | None


def read_file(path: Path) -> tuple[ProjectEntry, ...]:
    """The projects of a `projects.toml`; SourceError with the place and the remedy when it is broken."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = _File.model_validate(content).project
    except FileNotFoundError:
        raise Missing(
            path.name,
            "Nie ma pliku z listą projektów.",
            f"Utwórz plik {path.name} w folderze danych albo uruchom „make run”.",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise Damaged(
            path.name,
            "Pliku z listą projektów nie da się odczytać.",
            "Zapisz go jako zwykły tekst UTF-8 i sprawdź uprawnienia.",
        ) from None
    except tomllib.TOMLDecodeError as error:
        where = (
            str(error)
            .rpartition("(at ")[2]
            .rstrip(")")
            .replace("line", "wiersz")
            .replace("column", "kolumna")
        )
        where = where.replace("end of document", "koniec pliku")
        raise Damaged(
            path.name, f"Lista projektów ma błąd zapisu ({where}).", "Popraw to miejsce i zapisz plik."
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        *place, name = first["loc"]
        number = next((f"Projekt nr {part + 1}: " for part in place if isinstance(part, int)), "")
        field = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), str(name))
        what = PROBLEMS.get(first["type"], "pole „{field}” ma niedozwoloną wartość").format(field=field)
        raise Damaged(
            path.name, f"Lista projektów: {number}{what}.", "Popraw plik według wzoru z dokumentacji."
        ) from None
    ids = [entry.id for entry in entries]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        raise Damaged(
            path.name, f"Lista projektów: „{twice}” stoi dwa razy.", "Nadaj każdemu projektowi własne id."
        )
    return tuple(
        ProjectEntry(entry.id, tuple((path.parent / name).resolve() for name in entry.workbooks))
        for entry in entries
    )


class Projects:
    """The projects of one data folder, read in the background and kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._live = Live()
        self._lock = threading.Lock()
        self._sign: Hashable = ()
        self._catalogue = Catalogue()
        self._readings: dict[str, tuple[str, Readings]] = {}

    def catalogue(self) -> Catalogue:
        """The projects, and what is wrong with their list."""
        with self._lock:
            try:
                stat = self._file.stat()
                sign: Hashable = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            except OSError:
                sign = None
            if sign != self._sign:
                self._sign = sign
                try:
                    self._catalogue = Catalogue(read_file(self._file))
                except SourceError as problem:
                    self._catalogue = Catalogue(self._catalogue.projects, problem)
                paths = {path for entry in self._catalogue.projects for path in entry.workbooks}
                self._live.watch({str(path): _source(path) for path in sorted(paths)})
            return self._catalogue

    def opened(self, id: str) -> Opened:
        """What is in memory of a project; KeyError when there is none of that id."""
        entry = next((entry for entry in self.catalogue().projects if entry.id == id), None)
        if entry is None:
            raise KeyError(id)
        states = [self._live.state(str(path)) for path in entry.workbooks]
        snapshots = [state.snapshot for state in states if state.snapshot is not None]
        ids = "".join(snapshot.id for snapshot in snapshots)
        return Opened(
            entry,
            sha256(ids.encode()).hexdigest()[:16] if snapshots else None,
            tuple(tab for snapshot in snapshots for tab in snapshot.tabs),
            tuple(state for state in states if state.failure is not None),
            min((snapshot.read_at for snapshot in snapshots), default=None),
        )

    def readings(self, id: str) -> tuple[str, Readings] | None:
        """The snapshot's id and all its tabs read, or None while nothing was ever read."""
        opened = self.opened(id)
        if opened.snapshot_id is None:
            return None
        known = self._readings.get(id)
        if known is None or known[0] != opened.snapshot_id:
            known = self._readings[id] = (opened.snapshot_id, read_tabs(opened.tabs))
        return known

    def register(self, id: str, as_of: dt.date, today: dt.date | None = None) -> Register | None:
        """The project as of a day, or None while nothing was ever read."""
        known = self.readings(id)
        if known is None:
            return None
        snapshot_id, readings = known
        return register_of(readings, as_of, today=today, key=f"{id}-{snapshot_id}-{as_of}-{today}")

    def start(self) -> None:
        """Keep the spreadsheets fresh in the background."""
        self.catalogue()
        self._live.start()

    def stop(self) -> None:
        """Stop looking at the spreadsheets; what was read stays."""
        self._live.stop()


def _source(path: Path) -> Source:
    return Workbook(path)


def folder() -> Path:
    """The data folder: the environment variable OSTOJA_DATA, or `data/` beside app.py."""
    return Path(os.environ.get("OSTOJA_DATA") or Path(__file__).resolve().parent.parent / "data").resolve()


@cache
def _projects(folder: Path) -> Projects:
    return Projects(folder)


def _of_folder() -> Projects:
    return _projects(folder())


def catalogue() -> Catalogue:
    """The connected projects, and what is wrong with their list."""
    return _of_folder().catalogue()


def opened(id: str) -> Opened:
    """What is in memory of a project; KeyError when there is none of that id."""
    return _of_folder().opened(id)


def register(id: str, as_of: dt.date, today: dt.date | None = None) -> Register | None:
    """The project as of a day, or None while nothing was ever read."""
    return _of_folder().register(id, as_of, today)


def readings(id: str) -> tuple[str, Readings] | None:
    """The snapshot's id and all its tabs read, or None while nothing was ever read."""
    return _of_folder().readings(id)


def start() -> None:
    """Keep the spreadsheets of all projects fresh in the background."""
    _of_folder().start()


def stop() -> None:
    """Stop looking at the spreadsheets; what was read stays."""
    _of_folder().stop()
