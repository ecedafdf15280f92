"""`numbers.json`: whom the numbers that we made were given to, of all projects of a data folder.

Beside it stands `numbers.key`, the key of the numbers, made when somebody first needs one: without it they
all change, once. Both are for the server's user only, and neither holds a name or a PESEL, only keyed
digests. Reading never waits for them: while they cannot be used, numbers are still made, but one may change
when a cell about the person is corrected. A file that is broken is said to be and is never written over.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from pathlib import Path
from typing import TypeAlias

from pydantic import TypeAdapter, ValidationError

from lib.numbers import Known, Numbers
from sheets.files import alone, replace_file, sign
from sheets.source import Damaged, SourceError

FILE, KEY_FILE = "numbers.json", "numbers.key"
KEY_BYTES = 32

_Table: TypeAlias = dict[str, dict[str, Known]]
"""By project and number what people were known by."""

_FILE: TypeAdapter[_Table] = TypeAdapter(_Table)
_log = logging.getLogger(__name__)


class NumberList:
    """The numbers of a data folder; read again whenever the files change."""

    def __init__(self, folder: Path) -> None:
        self._file, self._key_file = folder / FILE, folder / KEY_FILE
        self._lock = threading.RLock()
        self._signs: Hashable = None
        self._key = b""
        self._own_key = secrets.token_bytes(KEY_BYTES)
        self._known: _Table = {}
        self._broken: SourceError | None = None
        self._unsaved: SourceError | None = None

    @property
    def problem(self) -> SourceError | None:
        """Why the files cannot be used now, if so."""
        with self._lock:
            self._look()
            return self._broken or self._unsaved

    def of(self, project: str) -> Numbers:
        """The numbers for a reading of a project."""
        with self._lock:
            self._look()
            return Numbers(self._any_key, self._known.get(project))

    def keep(self, project: str, after: Mapping[str, Known]) -> None:
        """Write down what is to be known of a project after a reading."""
        self._change(lambda known: known | {project: dict(after)})

    def keep_only(self, projects: Collection[str]) -> None:
        """Forget all other projects: nothing is to be kept here that is not in use."""
        self._change(lambda known: {id: own for id, own in known.items() if id in projects})

    def _change(self, change: Callable[[_Table], _Table]) -> None:
        with self._lock:
            self._look()
            after = _without_empty(change(self._known))
            if self._broken is not None or (after == self._known and self._unsaved is None):
                return
            self._known = after
            try:
                with alone(self._file):
                    self._known = _without_empty(change(self._read()))
                    replace_file(self._file, _FILE.dump_json(self._known), 0o600)
                self._unsaved = None
                self._signs = self._sign()
            except OSError:
                self._unsaved = _said(
                    FILE,
                    "Numerów nadanych osobom bez numeru nie da się zapisać. Liczby są dobre, ale numery "
                    "osób, których dane poprawiono, mogą się zmienić po ponownym uruchomieniu.",
                    _MAY_WRITE,
                )
            except SourceError as problem:
                self._broken = problem

    def _any_key(self) -> bytes:
        """The key, made now where there is none; while it cannot be kept, one of this process."""
        with self._lock:
            if self._key or self._broken is not None:
                return self._key or self._own_key
            try:
                with alone(self._file):
                    self._key = self._read_key()  # another server may just have made it
                    if not self._key:
                        if self._known:
                            _log.warning("The key of the numbers is gone: a new one is made.")
                        replace_file(self._key_file, self._own_key.hex().encode(), 0o600)
                        self._key = self._own_key
                self._signs = self._sign()
            except OSError:
                self._unsaved = _said(
                    KEY_FILE,
                    "Klucza numerów osób nie da się zapisać. Liczby są dobre, ale numery osób bez numeru "
                    "zmienią się po ponownym uruchomieniu.",
                    _MAY_WRITE,
                )
            except SourceError as problem:
                self._broken = problem
            return self._key or self._own_key

    def _sign(self) -> Hashable:
        return sign(self._file), sign(self._key_file)

    def _look(self) -> None:
        """Read the files again if they changed."""
        signs = self._sign()
        if signs == self._signs:
            return
        self._signs, self._key, self._known = signs, b"", {}
        self._broken = self._unsaved = None
        try:
            self._key = self._read_key()
            self._known = self._read()
        except SourceError as problem:
            self._broken = problem

    def _read_key(self) -> bytes:
        """The key, empty where there is none; SourceError when it is damaged."""
        try:
            key = bytes.fromhex(self._key_file.read_text("ascii"))
        except FileNotFoundError:
            return b""
        except (OSError, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise _said(
                KEY_FILE,
                "Klucza numerów osób nie da się odczytać. Liczby są dobre, ale osoby bez numeru mają inne "
                "numery niż dotąd.",
                f"Administrator: przywróć plik {KEY_FILE} w folderze danych z kopii; gdy kopii nie ma, "
                "usuń go: numery zmienią się raz.",
            )
        return key

    def _read(self) -> _Table:
        """What the file holds; SourceError when it is damaged."""
        try:
            return _FILE.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError):
            raise _said(
                FILE,
                "Pliku z numerami nadanymi osobom bez numeru nie da się odczytać. Liczby są dobre, ale "
                "numery osób, których dane poprawiono, mogą być inne niż dotąd.",
                f"Administrator: przywróć plik {FILE} w folderze danych z kopii albo go usuń.",
            ) from None


_MAY_WRITE = "Administrator: sprawdź, czy w folderze danych wolno pisać i czy jest na dysku miejsce."


def _said(file: str, what: str, remedy: str) -> SourceError:
    """The problem, noted in the log too."""
    _log.warning("The numbers of people cannot be kept: %s", file)
    return Damaged(file, what, remedy)


def _without_empty(known: _Table) -> _Table:
    return {project: own for project, own in known.items() if own}
