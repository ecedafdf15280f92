"""How fast the cells of a sheet are checked, ours and each peer in a process of its own."""

import gc
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

from tests.benchmarks.attendance import MISTAKES, sheet
from tests.benchmarks.measured import Seconds, memory_mb, peak_mb, timed
from tests.benchmarks.validators import VALIDATORS


@dataclass(frozen=True, slots=True)
class Task:
    """One validator, one sheet, so many runs; with `distinct`, no two remarks in the sheet are equal."""

    validator: str
    rows: int
    width: int
    distinct: bool
    runs: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the validator did.

    seconds    each run of the validation, its input ready
    input      seconds it took to make that input from the lists of cells that a spreadsheet gives
    ready_mb   memory of the process before the first run: libraries and input
    peak_mb    the most it had during the runs
    found      how many of the planted mistakes it found, each at its cell
    invented   at how many other cells it found a mistake
    """

    seconds: tuple[float, ...]
    input: float
    ready_mb: float
    peak_mb: float
    found: int
    invented: int


class Contestant:
    """A task in a process of its own, which does one run whenever it is asked to."""

    def __init__(self, task: Task) -> None:
        self.task = task
        command = (sys.executable, "-W", "ignore", "-m", "tests.benchmarks.validation")
        self._process = subprocess.Popen(
            (*command, json.dumps(asdict(task))), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def run(self) -> None:
        """Do one run, and wait for its end."""
        self._ask("run")

    def outcome(self) -> Outcome:
        """What came of the runs; the process ends."""
        outcome = Outcome(**json.loads(self._ask("outcome")))
        self._process.wait()
        return outcome

    def _ask(self, question: str) -> str:
        print(question, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> str:
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.task} ended with exit code {self._process.wait()}.")
        return line


def contest(task: Task) -> None:
    """Do the task in this process, a run for every line of input."""
    contender = VALIDATORS[task.validator]
    contender(sheet(100, task.width, 20, distinct=task.distinct))()  # imports, and all that is made once
    given = sheet(task.rows, task.width, distinct=task.distinct)
    mistakes = given.mistakes
    start = time.perf_counter()
    work = contender(given)
    made = time.perf_counter() - start
    del given
    gc.collect()
    ready = memory_mb()
    seconds: list[float] = []
    print("ready", flush=True)
    while sys.stdin.readline() == "run\n":
        once, cells = timed(work, 1)
        seconds += once.runs
        print("done", flush=True)
    found = len(cells & mistakes)
    print(json.dumps(asdict(Outcome(tuple(seconds), made, ready, peak_mb(), found, len(cells - mistakes)))))


SIZES: tuple[tuple[int, int, bool, str], ...] = (
    (40_000, 12, False, "attendance"),
    (40_000, 12, True, "attendance, every remark different from the others"),
    (1_000_000, 6, False, "attendance"),
)

ONCE = ("frictionless",)
"""What is run once, or with --quick not at all, on the largest sheet."""


def report(runs: int, *, quick: bool) -> None:
    """Print what every validator does with a sheet of every size."""
    for rows, width, distinct, what in SIZES:
        print(f"\n{rows:,} x {width} {what}; {MISTAKES} mistakes planted; {runs} runs")
        print(
            f"{'':17}{'seconds min / median / max':>28}{'x ours':>8}"
            f"{'+ input':>9}{'x ours':>8}{'MB before':>11}{'peak':>7}  mistakes found at their cells"
        )
        slow = rows > 100_000
        contestants = [
            Contestant(Task(validator, rows, width, distinct, 1 if slow and validator in ONCE else runs))
            for validator in VALIDATORS
            if not (quick and slow and validator in ONCE)
        ]
        # in turns, so that whatever else the machine does burdens all alike
        for number in range(runs):
            for contestant in contestants:
                if number < contestant.task.runs:
                    contestant.run()
        outcomes = {contestant.task.validator: contestant.outcome() for contestant in contestants}
        for validator, done in outcomes.items():
            print(_line(validator, done, outcomes["ours"]), flush=True)


def _line(validator: str, done: Outcome, ours: Outcome) -> str:
    seconds, median = Seconds(done.seconds), Seconds(ours.seconds).median
    with_input = seconds.median + done.input
    invented = f", and {done.invented} others" if done.invented else ""
    once = " (run once)" if len(done.seconds) == 1 else ""
    return (
        f"{validator:17}{seconds.spread():>28}{seconds.median / median:8.2f}"
        f"{with_input:9.3f}{with_input / (median + ours.input):8.2f}"
        f"{done.ready_mb:11.0f}{done.peak_mb:7.0f}  {done.found} of {MISTAKES}{invented}{once}"
    )


if __name__ == "__main__":
    contest(Task(**json.loads(sys.argv[1])))
