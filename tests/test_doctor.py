"""python -m lib doctor: what is connected, what is not, and what to do."""

import datetime as dt

import pytest

from lib import __main__ as command_line
from lib.doctor import Outcome, steps
from lib.projects import Projects
from sheets.account import Account
from tests.cloud import Cloud, served
from tests.test_projects import listing, secrets, workbook

DAY = dt.date(2024, 6, 1)


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server):
    return Cloud(server)


@pytest.fixture
def seen(tmp_path, cloud):
    """What the doctor says of a project with a workbook and a spreadsheet: title, outcome, said, remedy."""
    workbook(tmp_path / "a.xlsx", ("U9", "K"))
    listing(tmp_path, f'[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\nspreadsheets = ["{cloud.book.id}"]\n')
    secrets(tmp_path, cloud)

    def see(only=None):
        projects = Projects(tmp_path, tmp_path / "secrets.toml", cloud.url)
        return list(steps(projects, only, DAY))

    return see


def test_when_all_is_well_every_step_is_good_and_the_address_to_share_with_is_said(seen, cloud):
    found = seen()
    assert {step.outcome for step in found} == {Outcome.GOOD}
    assert [step.title.partition(",")[0] for step in found] == [
        *("Lista projektów", "Klucz konta Google", "Zegar", "Logowanie do Google"),
        *("p", "p", "p", "p"),
    ]
    assert cloud.service.email in found[1].said
    assert "wierszy liczonych 2, nieliczonych 0" in found[-1].said


def failed(found):
    return [(step.title, step.remedy) for step in found if step.outcome is Outcome.FAILED]


def test_a_key_that_is_not_there_ends_the_steps_at_google_and_not_those_at_home(seen, tmp_path):
    (tmp_path / "secrets.toml").unlink()
    found = seen()
    assert [title for title, _ in failed(found)] == ["Klucz konta Google"]
    assert any("zakładka „Uczestnicy” (a.xlsx)" in step.title for step in found)


def test_an_unshared_spreadsheet_is_said_with_the_address_to_share_it_with(seen, cloud):
    cloud.world.unshare(cloud.book, cloud.service.email)
    [(title, remedy)] = failed(seen())
    assert "arkusz" in title
    assert cloud.service.email in remedy


def test_a_login_that_is_refused_is_a_step_of_its_own(seen, cloud):
    cloud.service.disabled = True
    assert [title for title, _ in failed(seen())] == ["Logowanie do Google"]


@pytest.mark.parametrize(
    ("minutes", "outcome", "way"),
    [(0, 0, "0 s"), (3, 0, "180 s"), (5, 2, "śpieszy się o 300 s"), (-60, 2, "spóźnia się o 3600 s")],
)
def test_a_clock_that_is_minutes_wrong_is_said_with_its_way(seen, monkeypatch, minutes, outcome, way):
    monkeypatch.setattr(Account, "clock_ahead", lambda account: dt.timedelta(minutes=minutes))
    [step] = [step for step in seen() if step.title == "Zegar"]
    assert step.outcome == outcome
    assert way in step.said


def test_rows_that_are_not_counted_and_tabs_that_are_not_known_are_doubts(seen, cloud):
    cloud.world.put(cloud.book, "Uczestnicy!B4", "K")
    doubts = [step for step in seen() if step.outcome is Outcome.DOUBTFUL]
    assert ["wierszy liczonych 2, nieliczonych 1" in step.said for step in doubts] == [True]


def test_a_project_that_is_not_there_is_said_with_those_that_are(seen):
    [step] = seen("q")
    assert step.outcome is Outcome.FAILED
    assert "p" in step.remedy


def test_the_command_prints_every_step_and_ends_with_the_worst(seen, cloud, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OSTOJA_DATA", str(tmp_path))
    monkeypatch.setenv("OSTOJA_SECRETS", str(tmp_path / "secrets.toml"))
    monkeypatch.setenv("OSTOJA_GOOGLE_URL", cloud.url)
    assert command_line.main(["doctor"]) == 0
    assert command_line.main(["figures", "p", "--as-of", "2024-06-01"]) == 0
    cloud.world.put(cloud.book, "Uczestnicy!B4", "K")
    assert command_line.main(["doctor", "p"]) == 1
    cloud.world.unshare(cloud.book, cloud.service.email)
    assert command_line.main(["doctor"]) == 2
    printed = capsys.readouterr().out
    assert "Co zrobić: Właściciel arkusza: „Udostępnij”" in printed
    assert "PRIVATE" not in printed
