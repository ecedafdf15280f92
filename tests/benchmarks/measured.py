"""What a piece of work costs: the seconds of several runs, and memory (as Linux tells it)."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seconds:
    """The times of the runs, as they came."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time in the middle."""
        return statistics.median(self.runs)

    def spread(self, unit: int = 1, digits: int = 3) -> str:
        """The shortest time, the one in the middle and the longest; `unit` 1000 for milliseconds."""
        times = (min(self.runs), self.median, max(self.runs))
        return " / ".join(f"{time * unit:7.{digits}f}" for time in times)


def timed(work: Callable[[], T], runs: int) -> tuple[Seconds, T]:
    """How long `work` takes, so many times in a row, and what the last run gave."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return Seconds(tuple(times)), result


def memory_mb() -> float:
    """The memory of this process now; its peak is counted anew from here."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status_mb("VmRSS")


def peak_mb() -> float:
    """The most memory that this process has had since `memory_mb()`."""
    return _status_mb("VmHWM")


def _status_mb(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
