"""Starts this Google alone: `python -m tests.google [workbook.xlsx …]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from tests.google.server import serving
from tests.google.world import World


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves the given workbooks until Ctrl+C; prints addresses and where the key is."""
    parser = argparse.ArgumentParser(prog="python -m tests.google", description=__doc__)
    parser.add_argument("workbooks", nargs="*", type=Path, help="skoroszyty xlsx, które mają być arkuszami")
    parser.add_argument("--port", type=int, default=0, help="port na 127.0.0.1 (domyślnie wolny)")
    parser.add_argument("--locale", default="pl_PL", help="ustawienia regionalne arkuszy: pl_PL albo en_US")
    parser.add_argument("--key", type=Path, help="gdzie zapisać klucz konta usługi")
    parser.add_argument("--editor", action="store_true", help="konto usługi może też pisać")
    given = parser.parse_args(arguments)
    world = World()
    account = world.service_account()
    role = "writers" if given.editor else "readers"
    books = [world.load(path, locale=given.locale, **{role: [account.email]}) for path in given.workbooks]
    if not books:
        books = [world.create("Pusty arkusz", locale=given.locale, **{role: [account.email]})]  # type: ignore[arg-type]
    key = given.key or Path(tempfile.mkdtemp(prefix="google-")) / "key.json"
    with serving(world, given.port) as url:
        account.write(key, url)
        lines = [f"Adres: {url}", f"Klucz: {key}", f"Konto: {account.email}"]
        lines += [f"{book.title}: {book.id}  {url}/edit/{book.id}" for book in books]
        say("\n".join([*lines, "Koniec: Ctrl+C"]))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("Zatrzymano.")


def say(text: str) -> None:
    """Writes a line for the person who started the server, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
