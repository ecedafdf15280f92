"""The last good snapshots on the disk: whole, private, and never in the way."""

import datetime as dt
import gzip
import json
import logging
import stat

import pytest

from sheets.archive import Archive
from sheets.source import Snapshot
from sheets.table import Table

READ = dt.datetime(2024, 5, 1, 12, 0, tzinfo=dt.UTC)
LATER = READ + dt.timedelta(hours=3)
TAB = Table(
    "Dane",
    (["a", None, 1], [0.1, True, "zażółć \ud800"]),
    link="https://x/#gid=0&range={range}",
    workbook="Lista",
)
SNAPSHOT = Snapshot((TAB, Table("Pusta", ())), "id-1", READ, "Lista")
TITLES = {"title": "x", "link": "", "workbook": ""}


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "snapshots")


def the_file(tmp_path):
    [path] = (tmp_path / "snapshots").glob("*")
    return path


def test_what_was_saved_is_loaded_to_the_last_cell_with_the_time_of_its_reading(archive, tmp_path):
    archive.save("google:a", SNAPSHOT, READ)
    assert Archive(tmp_path / "snapshots").load("google:a") == (SNAPSHOT, READ)
    archive.confirm("google:a", LATER)
    assert archive.load("google:a") == (SNAPSHOT, LATER)
    assert archive.load("google:b") is None


def test_only_the_servers_user_may_read_it(archive, tmp_path):
    for _ in range(2):
        archive.save("google:a", SNAPSHOT, READ)
    assert stat.S_IMODE((tmp_path / "snapshots").stat().st_mode) == 0o700
    assert stat.S_IMODE(the_file(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"not gzip",
        lambda data: data[:-8] + b"\0" * 8,
        lambda data: gzip.compress(b"{}"),
        lambda data: gzip.compress(b"[1, 2]"),
        lambda data: changed(data, version=1),
        lambda data: changed(data, key="google:b"),
        lambda data: changed(data, read_at="wczoraj"),
        lambda data: changed(
            data, tabs=[{"title": "x", "link": "", "workbook": "", "columns": [[1], [1, 2]]}]
        ),
        lambda data: changed(data, tabs=[TITLES | {"columns": [[{}]]}]),
        lambda data: changed(data, tabs=[TITLES | {"title": 1, "columns": []}]),
    ],
)
def test_a_damaged_file_counts_as_not_there_and_is_logged_without_its_content(
    archive, tmp_path, caplog, harm
):
    archive.save("google:a", SNAPSHOT, READ)
    path = the_file(tmp_path)
    path.write_bytes(harm(path.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert archive.load("google:a") is None
    assert "damaged" in caplog.text
    assert "zażółć" not in caplog.text


def changed(data: bytes, **fields: object) -> bytes:
    return gzip.compress(json.dumps(json.loads(gzip.decompress(data)) | fields).encode())


def test_snapshots_of_spreadsheets_no_longer_in_use_are_deleted(archive, tmp_path):
    for key in ("google:a", "google:b"):
        archive.save(key, SNAPSHOT, READ)
    archive.keep(["google:b", "google:c"])
    assert (archive.load("google:a"), archive.load("google:b")) == (None, (SNAPSHOT, READ))


def test_what_a_killed_program_left_is_swept_and_a_missing_folder_is_no_error(archive, tmp_path):
    archive.sweep()
    archive.keep([])
    archive.save("google:a", SNAPSHOT, READ)
    (tmp_path / "snapshots" / ".x.json.gz.abc.tmp").write_bytes(b"half")
    archive.sweep()
    assert the_file(tmp_path).suffix == ".gz"


def test_a_disk_that_cannot_be_written_is_logged_and_stops_nobody(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    archive = Archive(tmp_path / "file" / "snapshots")
    archive.save("google:a", SNAPSHOT, READ)
    assert "could not be saved" in caplog.text
    assert archive.load("google:a") is None
