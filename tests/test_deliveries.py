"""The staff are told in their own spreadsheets once something changed, and reading never suffers from it."""

import datetime as dt
import hashlib
import json

import pytest

from lib import __main__ as command_line
from lib.deliveries import FILE, PAUSE, Deliveries
from lib.doctor import Outcome, steps
from lib.projects import Projects
from lib.report import NOTHING_WRONG
from sheets.google import web_address
from sheets.own_google import OwnTabs
from sheets.own_tab import FIGURES, FINDINGS
from sheets.own_workbook import OwnWorkbook, beside
from tests.cloud import Cloud, served
from tests.test_own_google import cells, writes
from tests.test_own_workbook import content_of
from tests.test_projects import listing, wait, workbook

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def near(tmp_path):
    """A project with a workbook in which a cell is wrong, and which is told of it."""
    workbook(tmp_path / "a.xlsx", ("U1", "?"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\nreport_to = ["a.xlsx"]\n')
    return Projects(tmp_path)


def told(place):
    """The findings in the workbook beside: cell and since when."""
    return [(row[1], row[4]) for row in content_of(place)[FINDINGS][2:-1]]


def test_it_is_off_unless_switched_on(tmp_path, clock):
    workbook(tmp_path / "a.xlsx", ("U1", "?"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    Deliveries(tmp_path, projects, clock).look()
    assert not beside(tmp_path / "a.xlsx").exists()
    assert [(it.told, it.delivery) for it in projects.connections()] == [(False, None)]


def test_a_workbook_is_told_beside_it_and_is_not_touched(near, tmp_path, clock):
    path = tmp_path / "a.xlsx"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    Deliveries(tmp_path, near, clock).look()
    assert told(beside(path)) == [("Uczestnicy!B2", "22.11.2026")]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    [connection] = near.connections()
    assert connection.told
    assert (connection.delivery.at, connection.delivery.failed) == (NOON, False)
    assert "ustalenia 1" in connection.delivery.said


def test_nothing_is_written_until_something_changed_and_a_minute_has_passed(
    near, tmp_path, clock, monkeypatch
):
    made = []
    write = OwnWorkbook.write
    monkeypatch.setattr(OwnWorkbook, "write", lambda self, tabs: made.append(clock.now) or write(self, tabs))
    deliveries = Deliveries(tmp_path, near, clock)
    for _ in range(3):
        deliveries.look()
        clock.now += 2 * PAUSE
    assert made == [NOON]
    workbook(tmp_path / "a.xlsx", ("U1", "?"), ("U2", "!"))
    near._live.look()
    deliveries.look()
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    near._live.look()
    clock.now += PAUSE / 2
    deliveries.look()
    assert len(made) == 2
    clock.now += PAUSE
    deliveries.look()
    assert len(made) == 3
    lines = content_of(beside(tmp_path / "a.xlsx"))[FINDINGS]
    assert [line[0] for line in lines[2:-1]] == [NOTHING_WRONG]


def test_a_new_day_is_told_and_the_first_day_of_a_finding_stays(near, tmp_path, clock):
    Deliveries(tmp_path, near, clock).look()
    clock.now = NOON + dt.timedelta(days=1)
    Deliveries(tmp_path, near, clock).look()
    content = content_of(beside(tmp_path / "a.xlsx"))
    assert {row[3] for row in content[FIGURES][2:]} == {"23.11.2026"}
    assert told(beside(tmp_path / "a.xlsx")) == [("Uczestnicy!B2", "22.11.2026")]


def test_it_waits_until_every_spreadsheet_of_the_project_was_read(tmp_path, clock):
    workbook(tmp_path / "a.xlsx", ("U1", "?"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\nreport_to = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    deliveries = Deliveries(tmp_path, projects, clock)
    deliveries.look()
    assert not beside(tmp_path / "a.xlsx").exists()
    workbook(tmp_path / "b.xlsx", ("U2", "K"))
    projects._live.look()
    deliveries.look()
    assert told(beside(tmp_path / "a.xlsx")) == [("Uczestnicy!B2", "22.11.2026")]


def test_what_cannot_be_told_is_said_tried_again_and_reading_goes_on(
    near, tmp_path, clock, capsys, monkeypatch
):
    place = beside(tmp_path / "a.xlsx")
    place.write_bytes(b"notatki")
    deliveries = Deliveries(tmp_path, near, clock)
    deliveries.look()
    [connection] = near.connections()
    assert connection.delivery.failed
    assert connection.state.failure is None
    assert near.register("p", NOON.date()) is not None
    [*_, step] = steps(near, None, NOON.date())
    assert (step.outcome, step.said.endswith("niczego nie zapisała.")) == (Outcome.FAILED, True)
    place.unlink()
    deliveries.look()
    assert not place.exists()
    clock.now += PAUSE
    deliveries.look()
    assert place.exists()
    assert [it.delivery.failed for it in near.connections()] == [False]
    [*_, step] = steps(near, None, NOON.date())
    assert step.outcome is Outcome.GOOD


def test_an_error_of_the_program_is_said_without_what_it_holds(near, tmp_path, clock, caplog, monkeypatch):
    def broken(*_):
        raise ValueError("44051401458")

    monkeypatch.setattr(OwnWorkbook, "write", broken)
    deliveries = Deliveries(tmp_path, near, clock)
    for _ in range(2):
        deliveries.look()
        clock.now += PAUSE
    [connection] = near.connections()
    assert "ValueError" in connection.delivery.said
    assert len(caplog.records) == 1
    assert "44051401458" not in caplog.text + (tmp_path / FILE).read_text()


# --- at Google ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server):
    cloud = Cloud(server)
    yield cloud
    assert cloud.world.violations == []


@pytest.fixture
def scribe(cloud):
    """The account that writes; the spreadsheet is shared with it as one who may edit."""
    scribe = cloud.world.service_account("ostoja-pisze", key=Cloud.key)
    cloud.world.share(cloud.book, scribe.email, "writer")
    return scribe


@pytest.fixture
def far(tmp_path, cloud, scribe):
    """A project at Google in which a cell is wrong, and which is told of it with an account of its own."""
    cloud.world.put(cloud.book, "Uczestnicy!B3", "?")
    listing(
        tmp_path,
        f'[[project]]\nid = "p"\nspreadsheets = ["{cloud.book.id}"]\nreport_to = ["{cloud.book.id}"]\n',
    )
    keys(tmp_path, cloud, credentials=cloud.service, write_credentials=scribe)
    return Projects(tmp_path, tmp_path / "secrets.toml", cloud.url)


def keys(folder, cloud, **accounts):
    """The file of secrets with the keys of these accounts."""
    lines = []
    for name, account in accounts.items():
        lines.append(f"[google.{name}]")
        lines += [f"{field} = {json.dumps(value)}" for field, value in account.info(cloud.url).items()]
    (folder / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")


def test_a_spreadsheet_is_told_in_the_background_once_and_its_tabs_stay(far, tmp_path, cloud, scribe):
    before = cells(cloud.book, "Uczestnicy")
    far.start()
    wait(lambda: far.connections()[0].delivery is not None)
    far.deliveries.stop()
    [connection] = far.connections()
    assert not connection.delivery.failed, connection.delivery
    lines = cells(cloud.book, FINDINGS)
    url = f"{web_address(cloud.book.id)}#gid=0&range=B3"
    assert (lines[2, 1][1], lines[2, 5][1]) == ("Uczestnicy!B3", url)
    assert cells(cloud.book, "Uczestnicy") == before
    assert {entry.account for entry in cloud.world.log if entry.kind == "Write"} == {scribe.email}
    assert far.version("p") == far.opened("p").snapshot_id
    snapshot = far.opened("p").snapshot_id
    assert far.refresh_now(connection.key) == 0
    wait(lambda: len([call for call in cloud.calls() if call == "values.batchGet"]) >= 4)
    far.stop()
    assert far.opened("p").snapshot_id == snapshot
    assert len(writes(cloud)) == 1


def test_without_a_key_for_writing_the_problem_is_said_and_reading_goes_on(far, tmp_path, cloud, monkeypatch):
    keys(tmp_path, cloud, credentials=cloud.service)
    monkeypatch.setattr("lib.deliveries.EVERY", 0.01)
    far.start()
    wait(lambda: far.connections()[0].delivery is not None)
    far.stop()
    [connection] = far.connections()
    assert "[google.write_credentials]" in connection.delivery.said
    assert connection.state.failure is None
    assert len(far.register("p", NOON.date()).participants) == 2
    assert writes(cloud) == []


def test_an_account_that_may_not_edit_is_said_with_whom_to_share(far, cloud, scribe, monkeypatch):
    cloud.world.share(cloud.book, scribe.email, "reader")
    monkeypatch.setattr("lib.deliveries.EVERY", 0.01)
    far.start()
    wait(lambda: far.connections()[0].delivery is not None)
    far.stop()
    [connection] = far.connections()
    assert scribe.email in connection.delivery.remedy
    assert connection.state.failure is None


def test_an_edit_made_meanwhile_has_the_spreadsheet_read_again(far, cloud, monkeypatch):
    change = OwnTabs._change

    def and_somebody_types(self, client, requests):
        change(self, client, requests)
        cloud.world.put(cloud.book, "Uczestnicy!A4", "U3")

    monkeypatch.setattr(OwnTabs, "_change", and_somebody_types)
    monkeypatch.setattr("lib.deliveries.EVERY", 0.01)
    far.start()
    wait(lambda: far.connections()[0].delivery is not None)
    assert "„Uczestnicy”" in far.connections()[0].delivery.said
    wait(lambda: len(far.register("p", NOON.date()).participants) == 3)
    far.stop()


def test_one_key_for_both_has_one_quota(tmp_path, cloud):
    listing(tmp_path, f'[[project]]\nid = "p"\nspreadsheets = ["{cloud.book.id}"]\n')
    keys(tmp_path, cloud, credentials=cloud.service, write_credentials=cloud.service)
    projects = Projects(tmp_path, tmp_path / "secrets.toml", cloud.url)
    assert projects.writer().quota is projects.account().quota
    assert projects.account().credentials.scopes != projects.writer().credentials.scopes


def test_the_command_tells_once_and_says_what_it_did(far, cloud, tmp_path, scribe, monkeypatch, capsys):
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    monkeypatch.setenv("OSTOJA_SECRETS", str(tmp_path / "secrets.toml"))
    monkeypatch.setenv("OSTOJA_GOOGLE_URL", cloud.url)
    assert command_line.main(["report", "p"]) == 0
    assert command_line.main(["report", "p"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "ustalenia 2" in first
    assert "są aktualne" in second
    assert len(writes(cloud)) == 1
    command_line.main(["doctor"])
    printed = capsys.readouterr().out
    assert scribe.email in printed
    assert "są aktualne" in printed
    cloud.world.unshare(cloud.book, scribe.email)
    assert command_line.main(["report", "p"]) == 2
    assert command_line.main(["report", "q"]) == 2
    assert "report_to" in capsys.readouterr().err
    assert command_line.main(["doctor"]) == 2
