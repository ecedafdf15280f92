"""`accepted.json`: the findings that people have accepted, of all projects of a data folder.

Beside it stands `accepted.key`, the key of their marks: without it an acceptance cannot find its cell.
Both are for the server's user only. Everybody who writes reads first what is there, alone; a file
that is broken is said to be and is never written over.
"""

import secrets
import threading
from collections.abc import Callable, Hashable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lib.acceptances import Acceptance, Acceptances
from sheets.files import alone, replace_file, sign
from sheets.source import Damaged, SourceError

FILE, KEY_FILE = "accepted.json", "accepted.key"
KEY_BYTES = 32

_FILE: TypeAdapter[tuple[Acceptance, ...]] = TypeAdapter(tuple[Acceptance, ...])


class AcceptanceList:
    """The acceptances of a data folder; read again whenever the file changes."""

    def __init__(self, folder: Path) -> None:
        self._file, self._key_file = folder / FILE, folder / KEY_FILE
        self._lock = threading.Lock()
        self._signs: Hashable = None
        self._known = Acceptances()

    def all(self) -> Acceptances:
        """Those of all projects; with the problem and none of them while they cannot be read."""
        with self._lock:
            signs = sign(self._file), sign(self._key_file)
            if signs != self._signs:
                try:
                    self._known = self._read()
                except SourceError as problem:
                    self._known = Acceptances(problem=problem)
                self._signs = signs
            return self._known

    def of(self, project: str) -> Acceptances:
        """Those of one project."""
        known = self.all()
        given = tuple(acceptance for acceptance in known.given if acceptance.project == project)
        return Acceptances(known.key, given, known.problem)

    def add(self, made: Callable[[bytes], tuple[Acceptance, ...]]) -> None:
        """Keep the acceptances that `made` makes with the key; SourceError when they cannot be kept."""

        def more(known: Acceptances) -> tuple[Acceptance, ...]:
            new = made(known.key)
            marks = {(acceptance.mark, acceptance.place) for acceptance in new}
            return (*(a for a in known.given if (a.mark, a.place) not in marks), *new)

        self._write(more)

    def remove(self, acceptance: Acceptance) -> None:
        """Take an acceptance back; SourceError when that cannot be written down."""
        self._write(lambda known: tuple(other for other in known.given if other != acceptance))

    def _write(self, change: Callable[[Acceptances], tuple[Acceptance, ...]]) -> None:
        try:
            with alone(self._file):
                known = self._read()
                if not known.key:
                    known = Acceptances(secrets.token_bytes(KEY_BYTES))
                    replace_file(self._key_file, known.key.hex().encode(), 0o600)
                replace_file(self._file, _FILE.dump_json(change(known), indent=2), 0o600)
        except OSError:
            raise Damaged(
                FILE,
                "Przyjęcia uwagi nie da się zapisać.",
                "Administrator: sprawdź, czy w folderze danych wolno pisać i czy jest na dysku miejsce.",
            ) from None

    def _read(self) -> Acceptances:
        """What the files hold; SourceError when it is not whole."""
        try:
            given = _FILE.validate_json(self._file.read_bytes()) if self._file.exists() else ()
        except (OSError, ValidationError):
            raise Damaged(
                FILE,
                "Pliku z przyjętymi uwagami nie da się odczytać, więc wszystkie uwagi są otwarte.",
                f"Administrator: przywróć plik {FILE} w folderze danych z kopii albo popraw jego zapis.",
            ) from None
        try:
            key = bytes.fromhex(self._key_file.read_text("ascii")) if self._key_file.exists() else b""
        except (OSError, ValueError):
            key = b""
        if len(key) != KEY_BYTES and (given or self._key_file.exists()):
            raise Damaged(
                KEY_FILE,
                "Klucza przyjętych uwag nie ma albo jest uszkodzony, więc wszystkie uwagi są otwarte.",
                f"Administrator: przywróć plik {KEY_FILE} w folderze danych z kopii; gdy kopii nie ma, "
                f"usuń {FILE} i {KEY_FILE} i przyjmij uwagi na nowo.",
            )
        return Acceptances(key, given)
