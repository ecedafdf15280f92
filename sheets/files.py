"""Files of ours, written so that nobody ever meets half of one."""

import os
import sys
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Make `data` the content of the file: all of it or, if anything fails, none of it.

    The old content stays until the new one is safely on the disk, and so do its permissions; a
    file that is new gets `mode`. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _keep_name(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While the block runs, no other process or thread is in such a block for the same file.

    For those who read a file, change it and write it again. A small file beside it, never removed,
    holds the place. Raises OSError.
    """
    handle = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sign(path: Path) -> Hashable:
    """Time, size and number of a file, which change with its content; None when it cannot be seen."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def sweep(folder: Path) -> None:
    """Remove what replace_file() left in a folder when the program was killed in the middle of it."""
    for temporary in folder.glob(".*.tmp"):
        with suppress(OSError):
            temporary.unlink()


def _keep_name(folder: Path) -> None:
    """Write the folder itself to the disk, where the system can do that (Windows cannot)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
