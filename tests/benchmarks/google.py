"""Google spreadsheets: requests however many people look, seconds from an edit to the screen, a refresh.

The server stands on this machine, so its answers take no time on the way; what is measured is ours.
"""

import datetime as dt
import logging
import os
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from lib import projects
from lib.register import read_tabs, register
from tests.benchmarks.measured import timed
from tests.benchmarks.pages import warm
from tests.google import World, serving
from tests.google.demonstration import EVERY, connected

VIEWERS = (1, 10, 50)
MINUTE = 60
EDITS = 5
PROJECT = "miasto-rodziny"


def report(runs: int) -> None:
    """Print all three."""
    with tempfile.TemporaryDirectory() as folder, serving(world := World()) as url:
        names, _ = connected(Path(folder), world, url, world.service_account())
        os.environ |= names
        # it warns of what every AppTest does: asking for what is kept outside of a page
        logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True
        projects.start()
        try:
            while projects.readings(PROJECT) is None:
                time.sleep(0.1)
            edits(world)
            viewers(world)
            refreshes(runs)
        finally:
            projects.stop()


def viewers(world: World) -> None:
    """Print how many requests reach Google in a minute while so many people look at the pages."""
    print(f"\nRequests to Google in a minute, two spreadsheets read every {EVERY} s")
    for count in VIEWERS:
        apps = [warm("capacity.py", PROJECT) for _ in range(count)]
        stop, reruns = threading.Event(), [0]

        def look(mine: list, stop: threading.Event = stop, reruns: list[int] = reruns) -> None:
            while not stop.is_set():
                for app in mine:
                    app.run()
                    reruns[0] += 1

        before = len(world.log)
        threads = [threading.Thread(target=look, args=(apps[i::2],)) for i in range(min(2, count))]
        for thread in threads:
            thread.start()
        time.sleep(MINUTE)
        stop.set()
        for thread in threads:
            thread.join()
        print(
            f"{count:3} viewers, {reruns[0]:5} reruns of a page: {len(world.log) - before} requests",
            flush=True,
        )


def edits(world: World) -> None:
    """Print how long after an edit the new figure is in memory, where every page finds it."""
    book = next(book for book in world.books.values() if book.title == PROJECT)
    seconds = []
    for number in range(EDITS):
        before = projects.opened(PROJECT).snapshot_id
        began = time.perf_counter()
        world.put(book, "Wydatki!F2", 1000 + number, raw=True)
        while projects.opened(PROJECT).snapshot_id == before:
            time.sleep(0.02)
        projects.register(PROJECT, dt.date(2023, 3, 31))
        seconds.append(time.perf_counter() - began)
    spread = ", ".join(f"{second:.1f}" for second in seconds)
    print(
        f"\nFrom an edit to the figure, read every {EVERY} s: median {median(seconds):.1f} s ({spread})",
        flush=True,
    )


def refreshes(runs: int) -> None:
    """Print what a refresh costs beside validating the same tabs from memory."""
    source = projects.sources(PROJECT)[0]
    day = dt.date(2023, 9, 30)
    tabs = source.read().tabs
    validation, _ = timed(lambda: register(read_tabs(tabs), day), runs)
    whole, _ = timed(lambda: register(read_tabs(source.read().tabs), day), runs)
    unchanged, _ = timed(source.read, runs)
    print(f"\nA refresh of {PROJECT}, all tabs; {runs} runs   milliseconds min / median / max")
    for name, seconds in (
        ("validation and register, from memory", validation),
        ("answer of Google to register", whole),
        ("answer of Google, unchanged", unchanged),
    ):
        print(f"{name:40}{seconds.spread(1000, 0):>33}   {seconds.median / validation.median:.2f}")


if __name__ == "__main__":
    report(5)
