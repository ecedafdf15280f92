"""Since when something is wrong: the day on which each finding was first seen, kept over restarts.

The file holds keyed hashes of where a finding is, never what stands there: the rule, the workbook,
the tab, the row, the column. So the day is that of a cell; a row put in above begins it anew.
"""

import datetime as dt
import hashlib
import json
import logging
import secrets
from collections.abc import Iterable
from pathlib import Path

from lib.findings import Finding
from sheets.files import replace_file

FILE = "since.json"
VERSION = 1
_log = logging.getLogger(__name__)


class Since:
    """The first days of the findings of all projects that are told about, in a file of a folder.

    A file that is damaged, or cannot be written, stops nobody: what it would say begins anew.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def days(self, project: str, findings: Iterable[Finding], today: dt.date) -> dict[Finding, dt.date]:
        """The first day of each of these findings, `today` where it was never seen before.

        They are all that the project has: what is not among them has ended and is forgotten.
        """
        key, projects = self._read()
        before = projects.get(project, {})
        marks = {finding: _mark(key, finding) for finding in findings}
        first = {mark: before.get(mark, today.isoformat()) for mark in marks.values()}
        if first != before or project not in projects:
            self._save(key, projects | {project: first})
        return {finding: dt.date.fromisoformat(first[mark]) for finding, mark in marks.items()}

    def _read(self) -> tuple[bytes, dict[str, dict[str, str]]]:
        """The key of the hashes and the first days by project; a new key where there is no good file."""
        try:
            content = json.loads(self._path.read_bytes())
            if content["version"] != VERSION:
                raise ValueError
            for days in content["projects"].values():
                for day in days.values():
                    dt.date.fromisoformat(day)
            return bytes.fromhex(content["key"]), content["projects"]
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
            _log.warning("The first days of the findings are lost: %s", type(error).__name__)
        return secrets.token_bytes(32), {}

    def _save(self, key: bytes, projects: dict[str, dict[str, str]]) -> None:
        content = {"version": VERSION, "key": key.hex(), "projects": projects}
        try:
            replace_file(self._path, json.dumps(content).encode(), 0o600)
        except OSError as error:
            _log.warning("The first days of the findings could not be saved: %s", error.strerror)


def _mark(key: bytes, finding: Finding) -> str:
    cell = finding.cell
    place = [finding.rule.code, cell.workbook, cell.tab, cell.row, cell.header or cell.column]
    return hashlib.blake2b(json.dumps(place).encode(), key=key, digest_size=16).hexdigest()
