"""A server of our own on 127.0.0.1 with demonstration data of its own, for the tests and the pictures."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Server:
    """A running server: its address, the folder of its workbooks, and what it printed."""

    url: str
    data: Path
    log: Path

    def page(self, path: str = "", **query: str) -> str:
        """The address of a page with its query."""
        return f"{self.url}/{path}" + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


@contextmanager
def serving(data: Path, log: Path, **environment: str) -> Iterator[Server]:
    """A server over the workbooks of `data`; ends with the block, and fails if it is not healthy in 30 s."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment | {"OSTOJA_DATA": str(data)},
            stdout=output,
            stderr=output,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(log.read_text(errors="replace")) from None
                time.sleep(0.1)
        yield Server(url, data, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
