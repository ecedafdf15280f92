"""The reader behind the fence: a workbook on standard input, its tabs on standard output.

Run by `xlsx.py` as a process of its own, because a workbook can make the reader take all memory,
abort or never end. Arguments: the folder of python_calamine, and how many bytes of memory and
seconds of work it may take.

Writes pickles: the title, the number of columns and the merged cells of a tab, then each column on
its own, so that the other side takes one in while the next is made ready; None at the end. A workbook
that cannot be read ends with its reason instead. Imports as little as it can: starting up is most of
its work.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from threading import Lock, Thread
from typing import Any

try:
    from _pickle import Pickler  # `pickle` itself takes longer to import than a small workbook to read
except ImportError:
    from pickle import Pickler

try:
    import resource
except ImportError:  # Windows knows no such limits; the time limit still holds
    resource = None  # type: ignore[assignment]


def fence(memory: int, seconds: int) -> None:
    """Limit this process, as far as the system can do it."""
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # a stricter limit holds already, or the system has none of the kind
            continue


def ahead(names: Sequence[str], made: Callable[[str], Any]) -> Iterator[tuple[str, Any]]:
    """Each name and what is `made` of it; the next one is made while one is in use."""
    free, ready = Lock(), Lock()
    done: list[tuple[Any, BaseException | None]] = []
    ready.acquire()

    def work() -> None:
        for name in names:
            free.acquire()
            try:
                done.append((made(name), None))
            except BaseException as error:  # noqa: BLE001  # raised where it is asked for
                done.append((None, error))
            ready.release()

    Thread(target=work, daemon=True).start()
    for name in names:
        ready.acquire()
        one, error = done.pop()
        free.release()
        if error is not None:
            raise error
        yield name, one


def main(library: str, memory: str, seconds: str) -> None:
    """Read one workbook from standard input and write it out."""
    fence(int(memory), int(seconds))
    gc.disable()  # the process is short and makes no cycles
    sys.path.insert(0, library)
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    from sheets.column import Column

    give = Pickler(sys.stdout.buffer, protocol=5).dump
    try:
        workbook = CalamineWorkbook.from_filelike(sys.stdin.buffer)
        names = [s.name for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        for name, grid in ahead(names, workbook.get_sheet_by_name):
            rows = grid.to_python(skip_empty_area=False)
            merged = [(*first, *last) for first, last in grid.merged_cell_ranges or ()]
            give((name, len(rows[0]) if rows else 0, merged))
            for values in zip(*rows, strict=True):
                column = Column.of(values)
                give(column.codes.tobytes())
                give(column.values)
        give(None)
    except (CalamineError, OSError, ValueError):
        give("damaged")
    sys.stdout.buffer.flush()
    os._exit(0)  # leaves the cells to the system, which is quicker than giving them back one by one


if __name__ == "__main__":
    main(*sys.argv[1:])
