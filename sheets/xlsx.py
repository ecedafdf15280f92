"""A local workbook (.xlsx, .xlsm), read whole and safely.

    file ── bytes, once ─┬─ guard.marks()   sizes, entities, far-away cells; error cells
                         └─ xlsx_child.py   all other cells, in a fenced process

Both work at the same time on the same bytes. Whichever is stopped, the outcome is a SourceError.
"""

import datetime as dt
import hashlib
import math
import os
import pickle
import stat
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import python_calamine

from sheets import guard
from sheets.column import Column
from sheets.guard import NOT_CALCULATED as NOT_CALCULATED
from sheets.own_tab import is_own
from sheets.package import FILE_BYTES, SAVE_AGAIN, Package, too_slow
from sheets.source import Damaged, Locked, Missing, Refused, Snapshot, SourceError, Vacant
from sheets.table import Table

MEMORY = 3 * 2**30
SECONDS = 8.0

_CHILD = (
    sys.executable,
    *("-I", "-S"),  # quicker to start, and nothing but the library on its path
    str(Path(__file__).with_name("xlsx_child.py")),
    str(Path(python_calamine.__file__).parent.parent),
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook in a file; a Source."""

    path: Path

    @property
    def label(self) -> str:
        """The name of the file."""
        return self.path.name

    def sign(self) -> Hashable:
        """Times, size and number of the file; None when there is no such file to be seen."""
        try:
            seen = self.path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino

    def read(self) -> Snapshot:
        """All tabs, hidden ones too, with blank rows above and inside kept.

        Cells with an error hold its text („#REF!”), formulas never calculated NOT_CALCULATED.
        Takes ten seconds at most and raises nothing but SourceError, whatever the file is.
        """
        read_at = dt.datetime.now(dt.UTC)
        data = self._bytes()
        deadline = time.monotonic() + SECONDS
        package = Package.of(self.label, data, deadline)
        with _reader(self.label, data) as answers:
            marks = guard.marks(package)
            tabs = tuple(tab for tab in self._tabs(answers, marks, deadline) if not is_own(tab.title))
        columns = (column for tab in tabs for column in tab.columns)
        if not any(isinstance(column, Column) and column.values for column in columns):
            what = "Skoroszyt jest pusty: żadna zakładka nie ma komórek."
            raise Vacant(self.label, what, "Wpisz dane i zapisz.")
        return Snapshot(tabs, hashlib.sha256(data).hexdigest()[:32], read_at, self.label)

    def _bytes(self) -> bytes:
        """The content of the file, as it was at one moment."""
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise Damaged(self.label, "To nie jest plik.", "Wskaż plik .xlsx.")
            with self.path.open("rb") as file:
                before = os.fstat(file.fileno())
                if before.st_size > FILE_BYTES:
                    what = f"Plik jest większy niż {FILE_BYTES // 1_000_000} MB."
                    raise Refused(self.label, what, "Podziel skoroszyt albo usuń z niego obrazy.")
                data = file.read(FILE_BYTES + 1)
                after = os.fstat(file.fileno())
        except (FileNotFoundError, NotADirectoryError) as error:
            remedy = f"Przywróć go w folderze „{self.path.parent.name}”."
            raise Missing(self.label, "Nie ma takiego pliku.", remedy) from error
        except OSError as error:
            what = "Plik jest zablokowany albo nie ma do niego dostępu."
            raise Locked(self.label, what, "Zamknij go w innych programach i sprawdź uprawnienia.") from error
        if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
            raise Locked(self.label, "Plik właśnie się zapisuje.", "Poczekaj na koniec zapisu.")
        if not data:
            raise Damaged(self.label, "Plik jest pusty (0 bajtów).", "Przywróć jego poprzednią wersję.")
        return data

    def _tabs(self, answers: "_Answers", marks: dict[str, guard.Marks], deadline: float) -> Iterator[Table]:
        """The tabs as the child gives them, with the marks in their cells."""
        try:
            while answer := answers.load():
                if answer == "damaged":
                    raise Damaged(self.label, "Wnętrze skoroszytu jest uszkodzone.", SAVE_AGAIN)
                title, width, merged = answer
                columns = [Column(array("i", answers.load()), answers.load()) for _ in range(width)]
                _put(columns, marks.get(title, {}))
                yield Table(title, tuple(columns), workbook=self.label, merged=tuple(merged))
        except _BROKEN_OFF as error:
            if time.monotonic() >= deadline:
                raise too_slow(self.label) from error
            raise Refused(
                self.label,
                "Skoroszyt przerywa pracę programu, który go czyta.",
                "Przenieś dane do nowego skoroszytu; ten jest uszkodzony albo zbyt duży.",
            ) from error


_BROKEN_OFF = (
    pickle.UnpicklingError,
    EOFError,
    OSError,
    MemoryError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)
"""What taking in an answer may raise when the child ended in the middle of it."""


class _Answers(pickle.Unpickler):
    """What the child says; nothing but plain values and days can come out of it."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return getattr(dt, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


@contextmanager
def _reader(label: str, data: bytes) -> Iterator[_Answers]:
    """A child process at work on a workbook; it is gone when the block ends."""
    limits = (str(MEMORY), str(math.ceil(SECONDS)))
    try:
        child = subprocess.Popen(
            (*_CHILD, *limits), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise SourceError(
            label, "Komputer nie ma teraz pamięci, żeby go odczytać.", "Zamknij zbędne programy."
        ) from error
    alarm = threading.Timer(SECONDS, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        _feed(child.stdin, data)
        assert child.stdout is not None
        yield _Answers(child.stdout)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _feed(pipe: IO[bytes] | None, data: bytes) -> None:
    """Hand the bytes over; a child that is gone already is noticed when it does not answer."""
    assert pipe is not None
    with suppress(OSError), pipe:
        pipe.write(data)


def _put(columns: list[Column], marks: guard.Marks) -> None:
    """Set the marks in the columns, which grow where a mark lies beyond them."""
    if not marks:
        return
    height = max(len(columns[0]) if columns else 0, 1 + max(row for row, _ in marks))
    width = max(len(columns), 1 + max(column for _, column in marks))
    columns.extend(Column.of([]) for _ in range(width - len(columns)))
    for column in columns:
        column.codes.extend([-1] * (height - len(column)))
    for number, column in enumerate(columns):
        places: dict[str, int] = {}
        for (row, at), text in marks.items():
            if at == number:
                if text not in places:
                    places[text] = len(column.values)
                    column.values.append(text)
                column.codes[row] = places[text]
