"""`make run-google`: the demonstration in a Google of our own, and the dashboard connected to it.

Both listen on 127.0.0.1. Cells are edited on the small pages whose addresses are printed, and a
change shows on the dashboard after the next reading.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from lib import demo
from tests.browser.server import ROOT
from tests.google import World, serving

EVERY = 15
"""Seconds between two readings; the program's own choice is 60, here nobody wants to wait so long."""

PORT = 8501


def connected(folder: Path, world: World, url: str, account: object) -> tuple[dict[str, str], list[str]]:
    """A data folder with the demonstration's projects in the world; the environment for the dashboard.

    Also the lines that say where the cells can be edited.
    """
    books = folder / "skoroszyty"
    data = folder / "data"
    data.mkdir()
    lines, listing = [], []
    for path in (p for p in demo.write(books) if p.suffix == ".xlsx"):
        book = world.load(path, title=path.stem, readers=[account.email])
        listing.append(
            f'[[project]]\nid = "{path.stem}"\nspreadsheets = ["{book.id}"]\nrefresh_seconds = {EVERY}\n'
        )
        lines.append(f"{path.stem}: {url}/edit/{book.id}")
    (data / "projects.toml").write_text("\n".join(listing), encoding="utf-8")
    secrets = folder / "secrets.toml"
    fields = (f"{name} = {json.dumps(value)}" for name, value in account.info(url).items())
    secrets.write_text("[google.credentials]\n" + "\n".join(fields) + "\n", encoding="utf-8")
    secrets.chmod(0o600)
    names = {"OSTOJA_DATA": str(data), "OSTOJA_SECRETS": str(secrets), "OSTOJA_GOOGLE_URL": url}
    return names, lines


def main() -> int:
    """Serve both until the dashboard is stopped."""
    world = World()
    account = world.service_account()
    with tempfile.TemporaryDirectory(prefix="ostoja-google-") as temporary, serving(world) as url:
        names, lines = connected(Path(temporary), world, url, account)
        sys.stdout.write(
            "Komórki można zmieniać tutaj (i włączać awarie Google):\n  " + "\n  ".join(lines) + "\n"
        )
        sys.stdout.write(f"Zmianę widać na stronie po najwyżej {EVERY} sekundach i chwili. Koniec: Ctrl+C.\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
        dashboard = subprocess.Popen(command, cwd=ROOT, env=os.environ | names)
        try:
            return dashboard.wait()
        except KeyboardInterrupt:
            dashboard.terminate()
            return dashboard.wait()


if __name__ == "__main__":
    sys.exit(main())
