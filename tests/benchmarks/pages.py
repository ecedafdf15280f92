"""How fast a page is shown again when nothing has changed: a rerun, on the demonstration data."""

import cProfile
import io
import logging
import os
import pstats
import tempfile
import threading
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lib import demo
from tests.benchmarks.measured import timed

PAGES = Path(__file__).resolve().parents[2] / "pages"
FRAME = PAGES / "frame.py"
AIM_MS = 60


def report(runs: int) -> None:
    """Print how long a warm rerun of each page takes and, where it is long, what dominates it."""
    with tempfile.TemporaryDirectory() as folder:
        demo.write(Path(folder))
        os.environ["OSTOJA_DATA"] = folder
        # it warns of what every AppTest does: asking for what is kept outside of a page
        logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True
        print(f"\nA warm rerun of each page in AppTest (aim: {AIM_MS} ms); {runs} runs")
        print(f"{'':35}{'milliseconds min / median / max':>33}")
        longest = 0.0, "", ""
        for project in demo.PROJECTS:
            for page in sorted(path.name for path in PAGES.glob("*.py") if path != FRAME):
                seconds, _ = timed(warm(page, project).run, runs)
                print(f"{project:17} {page:17}{seconds.spread(1000, 0):>33}", flush=True)
                longest = max(longest, (seconds.median, page, project))
        median, page, project = longest
        if median * 1000 > AIM_MS:
            print(f"\nWhere the time goes in {page} of {project}:")
            print(profile(warm(page, project)))


def warm(page: str, project: str) -> AppTest:
    """A page as the second reader of the day meets it: everything that is kept has been computed."""
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.query_params["projekt"] = project
    app.run()
    app.switch_page(page)
    for _ in range(2):
        app.run()
    if app.exception:
        raise RuntimeError(f"{page} of {project}: {app.exception[0].message}")
    return app


def profile(app: AppTest) -> str:
    """The dearest functions of one rerun: ours with all they call, then any by their own time."""
    profiler = cProfile.Profile()
    threading.setprofile(lambda *event: profiler.enable())  # the page runs in a thread of its own
    try:
        app.run()
    finally:
        threading.setprofile(None)  # type: ignore[arg-type]
    text = io.StringIO()
    stats = pstats.Stats(profiler, stream=text)
    stats.sort_stats("cumulative").print_stats(r"/(lib|pages)/[^/]*(/[^/]*)?\.py:.*\((?!<)", 14)
    stats.sort_stats("tottime").print_stats(10)
    lines = text.getvalue().replace(str(PAGES.parent) + "/", "").splitlines()
    return "\n".join(line for line in lines if line.strip() and "List reduced" not in line)
