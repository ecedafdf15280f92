"""The telling of findings in the staff's own spreadsheets: when it is done, and how it went last time.

Done in the background once a reading, or the day, has changed; never more often than once a minute
for a spreadsheet, and only where the content is not what was written last. It never stops reading.
"""

import datetime as dt
import json
import logging
import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from lib.register import Register
from lib.report import count_of, report
from lib.since import Since
from sheets.files import replace_file
from sheets.live import utc_now
from sheets.own_tab import OwnTab, Written
from sheets.source import SourceError
from sheets.state import failure_of

FILE = "deliveries.json"
PAUSE = dt.timedelta(minutes=1)
EVERY = 2.0
"""Seconds between two looks whether there is anything to tell."""

WARSAW = ZoneInfo("Europe/Warsaw")
_log = logging.getLogger(__name__)


class Target(Protocol):
    """Where our tabs go."""

    def write(self, tabs: tuple[OwnTab, ...]) -> Written:
        """Make the tabs there these; SourceError when that cannot be done."""
        ...


@dataclass(frozen=True, slots=True)
class Recipient:
    """A spreadsheet in which the staff of a project are told.

    `key` names it for Ostoja, `label` is the name that its tables carry, `address` where it is
    opened, empty for a local workbook. `target` may raise a SourceError: there may be no key.
    """

    project: str
    key: str
    label: str
    address: str
    target: Callable[[], Target]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the last telling went: when (in UTC), and what was done, or the problem and what to do."""

    at: dt.datetime
    said: str
    remedy: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is something to mend."""
        return bool(self.remedy)


class Projects(Protocol):
    """What there is to be told, and where."""

    def recipients(self) -> Iterable[Recipient]:
        """The spreadsheets for which it is switched on."""
        ...

    def version(self, project: str) -> Hashable:
        """A sign of change of a project; None while not all of its spreadsheets were read."""
        ...

    def register(self, id: str, as_of: dt.date, today: dt.date | None = None) -> Register | None:
        """The project as of a day, or None while nothing was ever read."""
        ...

    def refresh_now(self, key: str) -> float:
        """Have a spreadsheet read at once."""
        ...


class Deliveries:
    """The last delivery to every recipient, kept in the data folder, and the thread that makes them."""

    def __init__(self, folder: Path, projects: Projects, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._path, self._projects, self._clock = folder / FILE, projects, clock
        self._since = Since(folder)
        self._last: dict[str, Delivery] = {}
        self._tried: dict[str, tuple[dt.datetime, Hashable]] = {}
        self._content: dict[str, str] = {}
        self._failures: dict[str, SourceError] = {}
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def last(self, key: str) -> Delivery | None:
        """The last delivery to a spreadsheet, by whichever process; None when there was none yet."""
        made = [it for it in (self._last.get(key), _read(self._path).get(key)) if it is not None]
        return max(made, key=lambda delivery: delivery.at, default=None)

    def look(self) -> None:
        """Tell whoever has not been told yet, and may be told now."""
        now = self._clock()
        today = now.astimezone(WARSAW).date()
        for recipient in self._projects.recipients():
            key, version = recipient.key, self._projects.version(recipient.project)
            tried_at, tried = self._tried.get(key, (None, None))
            if version is None or (tried == (version, today) and key not in self._failures):
                continue
            if tried_at is not None and now - tried_at < PAUSE:
                continue
            self._tried[key] = (now, (version, today))
            register = self._projects.register(recipient.project, today, today)
            if register is not None:
                self.deliver(recipient, register, today)

    def deliver(self, recipient: Recipient, register: Register, today: dt.date) -> Delivery:
        """Write to a spreadsheet what is not there yet, and note how that went; raises nothing."""
        key = recipient.key
        try:
            since = self._since.days(recipient.project, register.findings, today)
            tabs = report(register, since, recipient.label, recipient.address)
            content = sha256(repr(tabs).encode()).hexdigest()
            if key in self._last and self._content.get(key) == content:
                return self._last[key]
            written = recipient.target().write(tabs)
            if written.edited_meanwhile:
                self._projects.refresh_now(key)
        except Exception as error:  # noqa: BLE001 - what fails here must not stop the others
            failure = failure_of(error, recipient.label, self._failures.get(key))
            self._failures[key] = failure
            self._content.pop(key, None)
            return self._keep(key, Delivery(self._clock(), failure.what, failure.remedy))
        self._failures.pop(key, None)
        self._content[key] = content
        return self._keep(key, Delivery(self._clock(), said(tabs, written)))

    def _keep(self, key: str, delivery: Delivery) -> Delivery:
        """The delivery, noted for this process and for others; those to nobody of today are forgotten."""
        self._last[key] = delivery
        listed = {recipient.key for recipient in self._projects.recipients()}
        known = _read(self._path) | {key: delivery}
        content = {
            it: [how.at.isoformat(), how.said, how.remedy] for it, how in known.items() if it in listed
        }
        try:
            replace_file(self._path, json.dumps(content).encode(), 0o600)
        except OSError as error:
            _log.warning("How a delivery went could not be saved: %s", error.strerror)
        return delivery

    def start(self) -> None:
        """Look now and then every so often, until stopped."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._run, name="deliveries", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; a delivery under way is waited for only shortly."""
        if self._thread is not None:
            self._stopped.set()
            self._thread.join(1.0)
            self._thread = None

    def _run(self) -> None:
        while not self._stopped.wait(EVERY):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the next look may go well
                _log.error("%s while looking for what there is to tell", type(error).__name__)


def said(tabs: tuple[OwnTab, OwnTab], written: Written) -> str:
    """What a delivery did, in Polish."""
    if not written.changed:
        return "Zakładki Ostoi są aktualne; niczego nie trzeba było zapisywać."
    done = f"Zapisano: ustalenia {count_of(tabs[0])}, liczby {len(tabs[1].rows) - 2}."
    if not written.edited_meanwhile:
        return f"{done} Pozostałe zakładki są nienaruszone (sprawdzono przed zapisem i po nim)."
    names = ", ".join(f"„{title}”" for title in written.edited_meanwhile)
    return (
        f"{done} W czasie zapisu ktoś zmienił: {names}; Ostoja tego nie dotknęła i czyta arkusz jeszcze raz."
    )


def _read(path: Path) -> dict[str, Delivery]:
    """The deliveries in a file; none when it is not there or not whole."""
    try:
        content = json.loads(path.read_bytes())
        return {
            str(key): Delivery(dt.datetime.fromisoformat(at), str(said), str(remedy))
            for key, (at, said, remedy) in content.items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}
