"""The projects that are connected: their spreadsheets kept fresh, their registers.

Which they are says `projects.toml` (see `project_list.py`); the key for those at Google is in the file
of secrets (see `credentials.py`). Both are looked at again whenever they change; while the list is
broken, the last good one stays in use, and while the key is, the local workbooks go on.
"""

import datetime as dt
import os
import threading
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from lib import credentials
from lib.acceptance_list import AcceptanceList
from lib.acceptances import Acceptance, Acceptances, Marking
from lib.acceptances import accept as accepted_by
from lib.deliveries import Deliveries, Delivery, Recipient
from lib.findings import Finding
from lib.jumps import Counts, counted, jumped
from lib.mapping import Choices, mapped, said_of
from lib.number_list import NumberList
from lib.numbers import Numbers
from lib.project_list import FILE as FILE
from lib.project_list import Changed, save, sign_of
from lib.project_list import ProjectEntry as ProjectEntry
from lib.project_list import read_file as read_file
from lib.reading import Memo
from lib.register import Readings, Register, read_tabs
from lib.register import register as register_of
from sheets.account import Account
from sheets.archive import Archive
from sheets.files import replace_file, sign
from sheets.google import Keyless, Spreadsheet, spreadsheet_id, web_address
from sheets.live import Live, State
from sheets.own_google import OwnTabs
from sheets.own_workbook import OwnWorkbook
from sheets.quota import LIMIT, pace
from sheets.source import Missing, Snapshot, Source, Unrecognised
from sheets.source import SourceError as SourceError
from sheets.table import Table
from sheets.xlsx import Workbook

ARCHIVE = "snapshots"
"""The folder, in the data folder, with the last good snapshots of what is at Google."""

WORKBOOKS = (".xlsx", ".xlsm")
"""How the names of workbooks end."""


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


@dataclass(frozen=True, slots=True)
class Connection:
    """A spreadsheet of one or more projects and how it stands, for those who look after it.

    `key` is what `refresh_now()` wants; `address` where people open it, empty for a local workbook;
    `rows` how many rows the last good state has, over all tabs; `age` the seconds since its reading;
    `every` the seconds between two looks. `requests` were made in the last minute by the Google
    `account`, for all its spreadsheets together, of the `quota` that it has; for a local workbook all
    three are blank. `told` says whether the staff are told of the findings in it, `delivery` how that
    went last time.
    """

    key: str
    label: str
    projects: tuple[str, ...]
    address: str
    state: State
    rows: int | None
    age: float | None
    every: float
    account: str = ""
    requests: int | None = None
    quota: int | None = None
    told: bool = False
    delivery: Delivery | None = None


class Projects:
    """The projects of one data folder, read in the background and kept in memory.

    `secrets` is the file with the key of the Google account, `google` the address of Google.
    """

    def __init__(self, folder: Path, secrets: Path | None = None, google: str | None = None) -> None:
        self._folder, self._file, self._secrets = folder, folder / FILE, secrets or credentials.file()
        self._google = google or credentials.google()
        self._archive = Archive(folder / ARCHIVE)
        self._accepted = AcceptanceList(folder)
        self._numbers = NumberList(folder)
        self._live = Live(archive=self._archive, accept=self._accept)
        self._lock = threading.Lock()
        self._signs: tuple[Hashable, Hashable] = ((), ())
        self._catalogue = Catalogue()
        self._account: Account | SourceError | None = None
        self._writer: Account | SourceError | None = None
        self._far: dict[str, tuple[Spreadsheet | Keyless, float]] = {}
        self._readings: dict[str, tuple[str, Readings]] = {}
        self._memos: defaultdict[str, Memo] = defaultdict(Memo)
        self._counts: dict[str, Counts] = {}
        self._reading = threading.Lock()
        self.deliveries = Deliveries(folder, self)

    def catalogue(self) -> Catalogue:
        """The projects, and what is wrong with their list."""
        with self._lock:
            signs = sign(self._file), sign(self._secrets)
            if signs != self._signs:
                listed, keyed = (new != old for new, old in zip(signs, self._signs, strict=True))
                self._signs = signs
                if listed:
                    self._read_list()
                if keyed:
                    self._read_key()
                self._watch()
            return self._catalogue

    def _read_list(self) -> None:
        try:
            self._catalogue = Catalogue(read_file(self._file))
        except SourceError as problem:
            self._catalogue = Catalogue(self._catalogue.projects, problem)
        else:
            self._archive.keep(
                _far_key(id) for entry in self._catalogue.projects for id in entry.spreadsheets
            )
            self._numbers.keep_only({entry.id for entry in self._catalogue.projects})

    def _read_key(self) -> None:
        try:
            account: Account | SourceError = credentials.account(self._secrets, self._google)
        except SourceError as problem:
            account = problem
        if account != self._account:  # an equal one goes on counting its requests
            self._account = account
        try:
            self._writer = credentials.writer(self._secrets, self._google)
        except SourceError as problem:
            self._writer = problem
        if isinstance(self._writer, Account) and self._writer == self._account:  # one key, one quota
            self._writer = replace(self._writer, quota=self._account.quota)

    def _watch(self) -> None:
        """Keep the spreadsheets of all projects fresh, each of them once."""
        entries = self._catalogue.projects
        near = {str(path): Workbook(path) for entry in entries for path in entry.workbooks}
        ids = {id for entry in entries for id in entry.spreadsheets}
        self._far = {
            _far_key(id): (
                self._spreadsheet(id),
                max(
                    min(entry.refresh_seconds for entry in entries if id in entry.spreadsheets),
                    pace(len(ids)),
                ),
            )
            for id in sorted(ids)
        }
        self._live.watch(near, self._far)

    def _accept(self, before: Snapshot | None, snapshot: Snapshot) -> None:
        """Refuse a snapshot that has lost a kind of tab, as the projects that use it read them."""
        entries = self._catalogue.projects
        of_it = [
            e for e in entries if e.spreadsheets or snapshot.label in {path.name for path in e.workbooks}
        ]
        known(before, snapshot, tuple(entry.choices for entry in of_it))

    def _spreadsheet(self, id: str) -> Spreadsheet | Keyless:
        assert self._account is not None
        return (
            Spreadsheet(id, self._account)
            if isinstance(self._account, Account)
            else Keyless(id, self._account)
        )

    def entry(self, id: str) -> ProjectEntry:
        """The project of that id; KeyError when there is none."""
        entry = next((entry for entry in self.catalogue().projects if entry.id == id), None)
        if entry is None:
            raise KeyError(id)
        return entry

    def account(self) -> Account:
        """The Google account that spreadsheets are read with; SourceError when there is no usable key."""
        self.catalogue()
        return _usable(self._account)

    def writer(self) -> Account:
        """The Google account that writes our own tabs; SourceError when there is no usable key of one."""
        self.catalogue()
        return _usable(self._writer)

    def recipients(self) -> tuple[Recipient, ...]:
        """The spreadsheets in which the staff are told of the findings."""
        entries = self.catalogue().projects
        return tuple(self._recipient(entry.id, it) for entry in entries for it in entry.report_to)

    def _recipient(self, project: str, it: Path | str) -> Recipient:
        if isinstance(it, Path):
            return Recipient(project, str(it), it.name, "", lambda: OwnWorkbook(it))
        key = _far_key(it)
        label = self._live.state(key).label
        return Recipient(project, key, label, web_address(it), lambda: OwnTabs(it, self.writer(), label))

    def version(self, project: str) -> Hashable:
        """A sign of change of a project; None while not all of its spreadsheets were read."""
        opened = self.opened(project)
        return None if any(it.snapshot is None for it in opened.failures) else opened.snapshot_id

    def sources(self, id: str) -> tuple[Source, ...]:
        """The spreadsheets of a project, to be read by oneself; KeyError when there is no such project."""
        entry = self.entry(id)
        return (*map(Workbook, entry.workbooks), *map(self._spreadsheet, entry.spreadsheets))

    def source(self, typed: str) -> Source:
        """The spreadsheet meant by an address or id at Google or by a path; Missing for none."""
        path = Path(typed).expanduser()
        id = spreadsheet_id(typed)
        if id is not None and not path.exists():
            self.catalogue()
            return self._spreadsheet(id)
        if path.suffix.lower() not in WORKBOOKS:
            raise Missing(
                typed,
                "To nie jest adres ani id arkusza Google, ani plik .xlsx.",
                "Skopiuj cały adres arkusza z paska przeglądarki albo wybierz plik.",
            )
        return Workbook(path.resolve())

    def workbooks(self) -> tuple[str, ...]:
        """The workbooks that lie in the data folder, by their paths from there."""
        found = (
            path.relative_to(self._folder)
            for path in self._folder.rglob("*")
            if path.suffix.lower() in WORKBOOKS and path.is_file()
        )
        return tuple(sorted(path.as_posix() for path in found if not any(p[0] in ".~" for p in path.parts)))

    def path_of(self, name: str) -> Path:
        """Where a workbook of that name lies, or would lie, in the data folder."""
        return (self._folder / Path(name).name).resolve()

    def keep_workbook(self, name: str, data: bytes, *, over: bool = False) -> None:
        """Put a workbook into the data folder; Changed when another lies there, unless it may go `over`."""
        path = self.path_of(name)
        if path.exists() and not over and path.read_bytes() != data:
            raise Changed(
                path.name,
                f"W folderze danych leży już inny plik {path.name}.",
                "Zmień nazwę swojego pliku albo zaznacz, że ma zastąpić tamten.",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)

    def save(self, entry: ProjectEntry, *, seen: str, change: bool = False) -> None:
        """Put a project on the list, as `project_list.save()` does; it is there at once."""
        save(self._file, entry, seen=seen, change=change)

    def seen(self) -> str:
        """A sign of the list of projects, to save with later."""
        return sign_of(self._file)

    def opened(self, id: str) -> Opened:
        """What is in memory of a project; KeyError when there is none of that id."""
        entry = self.entry(id)
        states = [self._live.state(key) for key in _keys(entry)]
        snapshots = [state.snapshot for state in states if state.snapshot is not None]
        ids = "".join(snapshot.id for snapshot in snapshots) + entry.sign
        tabs = [tab for snapshot in snapshots for tab in snapshot.tabs]
        return Opened(
            entry,
            sha256(ids.encode()).hexdigest()[:16] if snapshots else None,
            (*tabs, *entry.answers) if snapshots else (),
            tuple(state for state in states if state.failure is not None),
            min((state.read_at for state in states if state.read_at is not None), default=None),
        )

    def connections(self) -> tuple[Connection, ...]:
        """Every spreadsheet of every project and how it stands, in the order of their list."""
        by_key: dict[str, list[str]] = {}
        for entry in self.catalogue().projects:
            for key in _keys(entry):
                by_key.setdefault(key, []).append(entry.id)
        found = (self._connection(key, tuple(ids)) for key, ids in by_key.items())
        told = {recipient.key for recipient in self.recipients()}
        return tuple(
            replace(it, told=True, delivery=self.deliveries.last(it.key)) if it.key in told else it
            for it in found
        )

    def _connection(self, key: str, ids: tuple[str, ...]) -> Connection:
        state, age = self._live.state(key), self._live.age(key)
        rows = sum(len(tab) for tab in state.snapshot.tabs) if state.snapshot is not None else None
        if key not in self._far:
            return Connection(key, state.label, ids, "", state, rows, age, self._live.every)
        source, every = self._far[key]
        known = Connection(key, state.label, ids, web_address(source.id), state, rows, age, every)
        if isinstance(source, Keyless):
            return known
        account = source.account
        return replace(known, account=account.email, requests=account.quota.used, quota=LIMIT)

    def refresh_now(self, key: str) -> float:
        """Have a Google spreadsheet read at once; or the seconds until one may ask for that again.

        0 when it is being read; a local workbook always is.
        """
        self.catalogue()
        return self._live.refresh(key) if key in self._far else 0.0

    def readings(self, id: str) -> tuple[str, Readings] | None:
        """The snapshot's id and all its tabs read, or None while nothing was ever read."""
        opened = self.opened(id)
        if opened.snapshot_id is None:
            return None
        with self._reading:
            known = self._readings.get(id)
            if known is None or known[0] != opened.snapshot_id:
                choices: Choices = opened.entry.choices
                whole = all(state.snapshot is not None for state in opened.failures)
                if not whole:
                    # the tabs of a spreadsheet that was never read are not gone
                    choices = {
                        k: c for k, c in choices.items() if any(said_of(t, {k: c}) for t in opened.tabs)
                    }
                numbers = self._numbers.of(id)
                readings = read_tabs(opened.tabs, self._memos[id], choices, numbers)
                if whole and opened.read_at is not None:
                    self._numbers.keep(id, numbers.after(opened.read_at.date()))
                known = (opened.snapshot_id, self._compared(id, readings, opened.read_at))
                self._readings[id] = known
        return known

    def _compared(self, id: str, readings: Readings, read_at: dt.datetime | None) -> Readings:
        """The readings, with what jumped in them since the last reading of an earlier day (or the first)."""
        day = None if read_at is None else read_at.date()
        counts = self._counts[id] = counted(readings, day, self._counts.get(id))
        return replace(readings, findings=(*readings.findings, *jumped(readings, counts.before)))

    def register(self, id: str, as_of: dt.date, today: dt.date | None = None) -> Register | None:
        """The project as of a day, or None while nothing was ever read."""
        known = self.readings(id)
        if known is None:
            return None
        snapshot_id, readings = known
        accepted = self.acceptances(id)
        key = f"{id}-{snapshot_id}-{as_of}-{today}-{accepted.id}"
        return register_of(readings, as_of, today=today, key=key, acceptances=accepted)

    def numbers(self, id: str) -> Numbers:
        """The numbers of the people of a project, for a reading of which nothing is kept."""
        return self._numbers.of(id)

    def numbers_problem(self) -> SourceError | None:
        """Why the numbers of people cannot be kept now, if so."""
        return self._numbers.problem

    def acceptances(self, id: str) -> Acceptances:
        """The findings of a project that are accepted with a reason."""
        return self._accepted.of(id)

    def accept(
        self, id: str, register: Register, findings: Iterable[Finding], *, reason: str, by: str, on: dt.date
    ) -> None:
        """Accept findings of this register of a project; SourceError when that cannot be written down."""
        found, readings = tuple(findings), register.readings.by_record
        self._accepted.add(
            lambda key: accepted_by(found, Marking(readings, key), project=id, reason=reason, by=by, on=on)
        )

    def take_back(self, acceptance: Acceptance) -> None:
        """Make an accepted finding an open one again; SourceError when that cannot be written down."""
        self._accepted.remove(acceptance)

    def start(self) -> None:
        """Keep the spreadsheets fresh in the background."""
        self.catalogue()
        self._live.start()
        self.deliveries.start()

    def stop(self) -> None:
        """Stop looking at the spreadsheets; what was read stays."""
        self.deliveries.stop()
        self._live.stop()


def known(before: Snapshot | None, snapshot: Snapshot, said: Sequence[Choices] = ()) -> None:
    """Unrecognised when a spreadsheet holds no tab that we know, or has lost a kind of tab that it had.

    Its figures would silently become zeros; the last good state stays until the tab is back. `said` is
    what each project that uses it says of its tabs; a tab that a project no longer speaks of may go.
    """
    kinds = _kinds(snapshot, said)
    if not kinds:
        raise Unrecognised(
            snapshot.label,
            "Nie ma w nim żadnej znanej zakładki.",
            "Przywróć właściwy arkusz albo porównaj nazwy zakładek i nagłówki ze „Słownikiem”.",
        )
    lost = (
        ", ".join(f"„{name}”" for name in _kinds(before, said, spoken_of=True) if name not in kinds)
        if before
        else ""
    )
    if lost:
        raise Unrecognised(
            snapshot.label,
            f"Zniknęła z niego zakładka {lost} albo jej nagłówki.",
            "Przywróć ją; jeśli ma jej nie być, wstaw pustą zakładkę o tej nazwie z samymi nagłówkami "
            "albo zapisz podłączenie bez niej na stronie „Podłącz arkusz”.",
        )


def _kinds(snapshot: Snapshot, said: Sequence[Choices], spoken_of: bool = False) -> list[str]:
    """The Polish names of the kinds of tab that a spreadsheet holds, for any project.

    With `spoken_of`, a project that says anything of tabs has only those that it speaks of.
    """
    return [
        table.record.tab
        for choices in said or ({},)
        for tab, found in zip(snapshot.tabs, mapped(snapshot.tabs, choices).found, strict=True)
        if not (spoken_of and choices and said_of(tab, choices) is None)
        for table in found.tables
    ]


def _usable(account: Account | SourceError | None) -> Account:
    """The account, where there is one; else what is wrong is raised."""
    if isinstance(account, Account):
        return account
    assert account is not None  # the list, and with it the key, has been looked at
    raise account


def _far_key(id: str) -> str:
    return f"google:{id}"


def _keys(entry: ProjectEntry) -> tuple[str, ...]:
    """The spreadsheets of a project by the names under which they are kept fresh."""
    return (*map(str, entry.workbooks), *map(_far_key, entry.spreadsheets))


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


def sources(id: str) -> tuple[Source, ...]:
    """The spreadsheets of a project, to be read by oneself; KeyError when there is no such project."""
    return _of_folder().sources(id)


def source(typed: str) -> Source:
    """The spreadsheet meant by an address or id at Google or by a path; Missing for none."""
    return _of_folder().source(typed)


def workbooks() -> tuple[str, ...]:
    """The workbooks that lie in the data folder, by their paths from there."""
    return _of_folder().workbooks()


def save_project(entry: ProjectEntry, *, seen: str, change: bool = False) -> None:
    """Put a project on the list; SourceError or OSError when that cannot be."""
    _of_folder().save(entry, seen=seen, change=change)


def path_of(name: str) -> Path:
    """Where a workbook of that name lies, or would lie, in the data folder."""
    return _of_folder().path_of(name)


def keep_workbook(name: str, data: bytes, *, over: bool = False) -> None:
    """Put a workbook into the data folder; SourceError when another lies there that it may not go `over`."""
    _of_folder().keep_workbook(name, data, over=over)


def read_upload(name: str, data: bytes) -> Snapshot:
    """A workbook that came over the network, read as safely as any other; SourceError when it cannot be."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        return Workbook(path).read()


def seen() -> str:
    """A sign of the list of projects, to save with later."""
    return _of_folder().seen()


def connections() -> tuple[Connection, ...]:
    """Every spreadsheet of every project and how it stands, in the order of their list."""
    return _of_folder().connections()


def refresh_now(key: str) -> float:
    """Have a Google spreadsheet read at once; or the seconds until one may ask for that again."""
    return _of_folder().refresh_now(key)


def register(id: str, as_of: dt.date, today: dt.date | None = None) -> Register | None:
    """The project as of a day, or None while nothing was ever read."""
    return _of_folder().register(id, as_of, today)


def numbers(id: str) -> Numbers:
    """The numbers of the people of a project, for a reading of which nothing is kept."""
    return _of_folder().numbers(id)


def numbers_problem() -> SourceError | None:
    """Why the numbers of people cannot be kept now, if so."""
    return _of_folder().numbers_problem()


def acceptances(id: str) -> Acceptances:
    """The findings of a project that are accepted with a reason."""
    return _of_folder().acceptances(id)


def accept(
    id: str, register: Register, findings: Iterable[Finding], *, reason: str, by: str, on: dt.date
) -> None:
    """Accept findings of this register of a project; SourceError when that cannot be written down."""
    _of_folder().accept(id, register, findings, reason=reason, by=by, on=on)


def take_back(acceptance: Acceptance) -> None:
    """Make an accepted finding an open one again; SourceError when that cannot be written down."""
    _of_folder().take_back(acceptance)


def readings(id: str) -> tuple[str, Readings] | None:
    """The snapshot's id and all its tabs read, or None while nothing was ever read."""
    return _of_folder().readings(id)


def start() -> None:
    """Keep the spreadsheets of all projects fresh, and tell the staff who want it, in the background."""
    _of_folder().start()


def stop() -> None:
    """Stop looking at the spreadsheets; what was read stays."""
    _of_folder().stop()
