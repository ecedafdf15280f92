"""projects.toml: which spreadsheets make up a project."""

import datetime as dt
import json
import threading
import time
from pathlib import Path

import pytest
import xlsxwriter

from lib.project_list import FILE, Changed, read_file
from lib.projects import Projects, known
from lib.recognition import Choice
from lib.records import Participant
from sheets.quota import pace
from sheets.source import Awaited, Damaged, KeyRejected, Missing, Snapshot, SourceError, Unrecognised
from sheets.table import Table
from tests.cloud import Cloud, served

ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0"


def workbook(path: Path, *rows: tuple[str, str]) -> None:
    """A workbook with a list of participants."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Uczestnicy")
    for number, row in enumerate([("Nr uczestnika", "Płeć"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()


def listing(folder: Path, text: str) -> Path:
    """A projects.toml."""
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[project]\n", "błąd zapisu (wiersz 1"),
        ('[[project]]\nid = "a"\nworkbooks = ["a.xlsx"', "błąd zapisu"),
        ('[[project]]\nid = "a"\n', "Projekt nr 1: brakuje pola „workbooks”"),
        ('[[project]]\nid = "a"\nworkbooks = []\n', "Projekt nr 1: pole „workbooks” jest puste"),
        ('[[project]]\nid = "a"\nworkbooks = "a.xlsx"\n', "pole „workbooks” musi być listą"),
        ('[[project]]\nid = "a"\nworkbooks = [7]\n', "pole „workbooks” musi być tekstem"),
        ('[[project]]\nid = "A B"\nworkbooks = ["a"]\n', "pole „id” może mieć tylko małe litery"),
        ('[[project]]\nid = "a"\nworkbook = ["a"]\n', "„workbook"),
        ("", "brakuje pola „project”"),
        ('[[project]]\nid = "a"\nspreadsheets = []\n', "pole „spreadsheets” jest puste"),
        (
            '[[project]]\nid = "a"\nspreadsheets = ["lista.xlsx"]\n',
            "Projekt nr 1: w polu „spreadsheets” stoi",
        ),
        (f'[[project]]\nid = "a"\nspreadsheets = ["{ID}", "{ADDRESS}"]\n', "ten sam arkusz stoi dwa razy"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nrefresh_seconds = 5\n', "liczbą od 15 do 3600"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nrefresh_seconds = "60"\n', "liczbą całkowitą"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\n' * 2, "„a” stoi dwa razy"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nreport_to = "a"\n', "„report_to” musi być listą"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nreport_to = []\n', "pole „report_to” jest puste"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nreport_to = ["b"]\n', "w polu „report_to” stoi coś"),
        ('[[project]]\nid = "a"\nworkbooks = ["a"]\nreport_to = ["a", "a"]\n', "stoi dwa razy"),
        (
            "".join(
                f'[[project]]\nid = "{id}"\nspreadsheets = ["{ID}"]\nreport_to = ["{ADDRESS}"]\n'
                for id in "ab"
            ),
            "w polu „report_to” dwóch projektów",
        ),
    ],
)
def test_a_broken_list_of_projects_is_said_in_polish_with_its_place(tmp_path, text, said):
    with pytest.raises(Damaged) as raised:
        read_file(listing(tmp_path, text))
    assert said in raised.value.what
    assert raised.value.label == FILE
    assert raised.value.remedy


def test_a_list_that_is_not_there_or_not_text_is_said_too(tmp_path):
    with pytest.raises(Missing):
        read_file(tmp_path / FILE)
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Damaged):
        read_file(tmp_path / FILE)


def test_a_project_may_have_several_workbooks_by_path_from_the_list(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    workbook(tmp_path / "b.xlsx", ("U2", "M"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\n')
    register = Projects(tmp_path).register("p", dt.date(2024, 1, 1))
    assert register is not None
    assert register.participants["person"].tolist() == ["U1", "U2"]
    cell = register.cell(Participant, 1, "person")
    assert (cell.workbook, cell.address) == ("b.xlsx", "Uczestnicy!A2")


def test_the_last_good_list_stays_while_the_new_one_is_broken(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    assert [entry.id for entry in projects.catalogue().projects] == ["p"]
    listing(tmp_path, "[[project]\nid=")
    broken = projects.catalogue()
    assert [entry.id for entry in broken.projects] == ["p"]
    assert isinstance(broken.problem, SourceError)
    listing(tmp_path, '[[project]]\nid = "q"\nworkbooks = ["a.xlsx"]\n')
    assert ([entry.id for entry in projects.catalogue().projects], projects.catalogue().problem) == (
        ["q"],
        None,
    )


def test_a_workbook_that_cannot_be_read_leaves_the_others_and_says_so(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    (tmp_path / "b.xlsx").write_bytes(b"not a workbook")
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx", "b.xlsx"]\n')
    opened = Projects(tmp_path).opened("p")
    assert [state.label for state in opened.failures] == ["b.xlsx"]
    assert [tab.title for tab in opened.tabs] == ["Uczestnicy"]


def test_a_project_of_which_nothing_was_ever_read_has_no_register(tmp_path):
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    assert projects.register("p", dt.date(2024, 1, 1)) is None
    assert [type(state.failure) for state in projects.opened("p").failures] == [Missing]
    with pytest.raises(KeyError):
        projects.opened("q")


def test_readings_are_made_once_for_a_snapshot_and_serve_every_day(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    first, second = (projects.register("p", dt.date(2024, 1, day)) for day in (1, 2))
    assert first is not None
    assert second is not None
    assert first.readings is second.readings
    assert first.key != second.key


def test_a_tab_that_lost_half_of_its_rows_since_the_first_reading_is_said(tmp_path):
    workbook(tmp_path / "a.xlsx", *((f"U{n}", "K") for n in range(60)))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    found = [projects.register("p", dt.date(2024, 1, 1)).findings]
    workbook(tmp_path / "a.xlsx", *((f"U{n}", "K") for n in range(30)))
    projects._live.look()
    found.append(projects.register("p", dt.date(2024, 1, 1)).findings)
    assert [[(f.rule.code, f.address) for f in each] for each in found] == [
        [],
        [("rows-jumped", "Uczestnicy")],
    ]


# --- at Google ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server):
    return Cloud(server)


def secrets(folder: Path, cloud: Cloud) -> Path:
    """The file with the key of the account."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in cloud.service.info(cloud.url).items()]
    path = folder / "secrets.toml"
    path.write_text("[google.credentials]\n" + "\n".join(lines), encoding="utf-8")
    return path


def wait(done) -> None:
    until = time.monotonic() + 10
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_address_and_the_id_of_a_spreadsheet_name_the_same_one(tmp_path):
    listing(tmp_path, f'[[project]]\nid = "p"\nspreadsheets = ["{ADDRESS}"]\nrefresh_seconds = 30\n')
    [entry] = read_file(tmp_path / FILE)
    assert (entry.workbooks, entry.spreadsheets, entry.refresh_seconds) == ((), (ID,), 30)
    assert entry.report_to == ()


def test_the_staff_are_told_in_workbooks_and_in_spreadsheets_of_the_project(tmp_path):
    listing(
        tmp_path,
        f'[[project]]\nid = "p"\nspreadsheets = ["{ID}"]\nworkbooks = ["a.xlsx", "b.xlsx"]\n'
        f'report_to = ["b.xlsx", "{ADDRESS}"]\n',
    )
    [entry] = read_file(tmp_path / FILE)
    assert entry.report_to == ((tmp_path / "b.xlsx").resolve(), ID)


def test_a_project_may_lie_in_a_workbook_and_at_google(tmp_path, cloud):
    workbook(tmp_path / "a.xlsx", ("U9", "K"))
    listing(tmp_path, f'[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\nspreadsheets = ["{cloud.book.id}"]\n')
    projects = Projects(tmp_path, secrets(tmp_path, cloud), cloud.url)
    opened = projects.opened("p")
    assert [type(state.failure) for state in opened.failures] == [Awaited]
    assert [tab.workbook for tab in opened.tabs] == ["a.xlsx"]
    projects.start()
    wait(lambda: not projects.opened("p").failures)
    register = projects.register("p", dt.date(2024, 1, 1))
    assert register.participants["person"].tolist() == ["U9", "U1", "U2"]
    assert register.cell(Participant, 1, "person").url.endswith("&range=A2")
    near, far = projects.connections()
    assert (near.label, near.rows, near.quota) == ("a.xlsx", 2, None)
    assert (far.label, far.rows, far.projects, far.quota) == ("Lista", 3, ("p",), 60)
    assert (far.requests, far.account, far.every) == (2, cloud.service.email, 60)
    assert far.state.seconds >= 0
    assert 0 <= far.age < 60
    assert cloud.book.id in far.address
    cloud.world.put(cloud.book, "Uczestnicy!A4", "U3")
    assert projects.refresh_now(near.key) == projects.refresh_now(far.key) == 0
    wait(lambda: len(projects.register("p", dt.date(2024, 1, 1)).participants) == 4)
    assert projects.refresh_now(far.key) > 0
    projects.stop()


def test_however_many_look_the_requests_stay_the_same(tmp_path, cloud):
    listing(tmp_path, f'[[project]]\nid = "p"\nspreadsheets = ["{cloud.book.id}"]\n')
    projects = Projects(tmp_path, secrets(tmp_path, cloud), cloud.url)
    projects.start()
    wait(lambda: not projects.opened("p").failures)
    viewers = [threading.Thread(target=projects.register, args=("p", dt.date(2024, 1, 1))) for _ in range(50)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    projects.stop()
    assert cloud.calls() == ["get", "values.batchGet"]


def test_the_last_good_state_is_there_after_a_restart_with_google_gone(tmp_path, cloud):
    listing(tmp_path, f'[[project]]\nid = "p"\nspreadsheets = ["{cloud.book.id}"]\n')
    key = secrets(tmp_path, cloud)
    first = Projects(tmp_path, key, cloud.url)
    first.start()
    wait(lambda: not first.opened("p").failures)
    first.stop()
    again = Projects(tmp_path, key, "http://127.0.0.1:9")
    opened = again.opened("p")
    assert opened.read_at is not None
    assert [(state.label, type(state.failure)) for state in opened.failures] == [("Lista", Awaited)]
    assert len(again.register("p", dt.date(2024, 1, 1)).participants) == 2
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    again.catalogue()
    assert list((tmp_path / "snapshots").glob("*")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Nie ma pliku"),
        ("[google]\nx = ?", "błąd zapisu (wiersz 2"),
        ("[other]\nx = 1", "[google.credentials]"),
        ("google = 1", "[google.credentials]"),
        ('[google.credentials]\ntype = "service_account"', "private_key, client_email, token_uri"),
        (
            '[google.credentials]\ntype="service_account"\nprivate_key="tajne"\nclient_email="a"\ntoken_uri="b"',
            "uszkodzony",
        ),
    ],
)
def test_a_key_missing_or_broken_stops_the_spreadsheets_at_google_only(tmp_path, cloud, content, said):
    workbook(tmp_path / "a.xlsx", ("U9", "K"))
    listing(tmp_path, f'[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\nspreadsheets = ["{cloud.book.id}"]\n')
    path = tmp_path / "secrets.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    projects = Projects(tmp_path, path, cloud.url)
    projects.start()
    wait(lambda: isinstance(projects.opened("p").failures[0].failure, KeyRejected))
    [state] = projects.opened("p").failures
    assert said in state.failure.what
    assert "tajne" not in str(state.failure)
    assert len(projects.register("p", dt.date(2024, 1, 1)).participants) == 1
    secrets(tmp_path, cloud)
    wait(lambda: not projects.opened("p").failures)  # the key is looked at again when it changes
    assert len(projects.register("p", dt.date(2024, 1, 1)).participants) == 3
    projects.stop()


def test_many_spreadsheets_are_read_more_seldom_so_that_all_fit_in_the_quota(tmp_path, cloud):
    ids = ", ".join(f'"{number:044}"' for number in range(90))
    listing(tmp_path, f'[[project]]\nid = "p"\nspreadsheets = [{ids}]\nrefresh_seconds = 15\n')
    projects = Projects(tmp_path, secrets(tmp_path, cloud), cloud.url)
    assert {connection.every for connection in projects.connections()} == {pace(90)}
    assert 90 * 60 / pace(90) < 60


def test_a_workbook_without_any_known_tab_does_not_take_the_place_of_the_last_good_one(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    before = projects.opened("p").snapshot_id
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("Notatki").write_row(0, 0, ["Ala", "ma kota"])
    book.close()
    projects._live.look()
    opened = projects.opened("p")
    assert opened.snapshot_id == before
    assert [type(state.failure) for state in opened.failures] == [Unrecognised]


def test_a_workbook_that_lost_a_tab_does_not_turn_its_figures_into_zeros(tmp_path):
    def write(*titles: str) -> None:
        book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
        for title, header in (
            ("Uczestnicy", ["Nr uczestnika", "Płeć"]),
            ("Wydatki", ["Nr dokumentu", "Nr pozycji", "Data zapłaty", "Kwota kwalifikowalna"]),
        ):
            if title in titles:
                book.add_worksheet(title).write_row(0, 0, header)
        book.close()

    write("Uczestnicy", "Wydatki")
    listing(tmp_path, '[[project]]\nid = "p"\nworkbooks = ["a.xlsx"]\n')
    projects = Projects(tmp_path)
    before = projects.opened("p").snapshot_id
    write("Uczestnicy")
    projects._live.look()
    opened = projects.opened("p")
    assert opened.snapshot_id == before
    assert ["„Wydatki”" in state.failure.what for state in opened.failures] == [True]
    write("Uczestnicy", "Wydatki")
    projects._live.look()
    assert projects.opened("p").failures == ()


CONNECTED = """[[project]]
id = "p"
workbooks = ["a.xlsx"]
[[project.tab]]
title = "Uczestnicy"
kind = "Participant"
columns = {person = "Nr uczestnika", sex = "Płeć"}
"""
FACT = """[[project.fact]]
parameter = "Docelowa liczba osób"
value = "80"
source = "umowa, par. 3"
"""


def test_a_fact_of_the_list_counts_and_its_change_is_seen_at_once(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, CONNECTED + FACT)
    projects = Projects(tmp_path)
    register = projects.register("p", dt.date(2024, 1, 1))
    assert register is not None
    assert register.project.target_persons == 80
    assert [(fact.parameter, fact.source) for fact in register.project.facts] == [
        ("Docelowa liczba osób", "umowa, par. 3")
    ]
    listing(tmp_path, CONNECTED + FACT.replace("80", "90"))
    changed = projects.register("p", dt.date(2024, 1, 1))
    assert changed is not None
    assert changed.project.target_persons == 90
    assert changed.key != register.key


def test_what_was_said_of_a_tab_is_used_and_its_change_is_seen_at_once(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    listing(tmp_path, CONNECTED)
    projects = Projects(tmp_path)
    before = projects.readings("p")
    listing(tmp_path, CONNECTED.replace('kind = "Participant"', 'kind = ""').replace("columns", "# columns"))
    after = projects.readings("p")
    assert before is not None
    assert after is not None
    assert ([t.record for t in before[1].tables], after[1].tables) == ([Participant], ())
    assert before[0] != after[0]


def test_a_tab_of_a_spreadsheet_that_was_never_read_is_not_gone(tmp_path):
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    (tmp_path / "b.xlsx").write_bytes(b"not a workbook")
    other = '[[project.tab]]\ntitle = "Grupy"\nkind = "Group"\n'
    listing(tmp_path, CONNECTED.replace('["a.xlsx"]', '["a.xlsx", "b.xlsx"]') + other)
    read = Projects(tmp_path).readings("p")
    assert read is not None
    assert read[1].findings == ()
    listing(tmp_path, CONNECTED + other)
    read = Projects(tmp_path).readings("p")
    assert read is not None
    assert [(f.rule.code, f.address) for f in read[1].findings] == [("tab-lost", "Grupy")]


def snapshot(**titles: str) -> Snapshot:
    """A spreadsheet of these tabs, each with its header."""
    tabs = tuple(
        Table.from_rows(title, [header.split("|"), ["1"] * (header.count("|") + 1)], workbook="a.xlsx")
        for title, header in titles.items()
    )
    return Snapshot(tabs, "1", dt.datetime.now(dt.UTC), "a.xlsx")


def test_a_kind_of_tab_may_go_once_its_project_no_longer_speaks_of_it():
    both = snapshot(Osoby="Nr uczestnika|Płeć", Spis="Kod|Opis")
    one = snapshot(Osoby="Nr uczestnika|Płeć")
    said = {"Osoby": Choice("Participant"), "Spis": Choice("Group", {"group": "Kod", "name": "Opis"})}
    with pytest.raises(Unrecognised) as raised:
        known(both, one, (said,))
    assert "„Grupy”" in raised.value.what
    known(both, one, ({"Osoby": said["Osoby"]},))


def test_a_workbook_of_the_data_folder_is_never_replaced_without_a_word(tmp_path):
    projects = Projects(tmp_path)
    projects.keep_workbook("../nowy.xlsx", b"1")
    projects.keep_workbook("nowy.xlsx", b"1")
    with pytest.raises(Changed):
        projects.keep_workbook("nowy.xlsx", b"2")
    assert (tmp_path / "nowy.xlsx").read_bytes() == b"1"
    projects.keep_workbook("nowy.xlsx", b"2", over=True)
    assert (tmp_path / "nowy.xlsx").read_bytes() == b"2"


def test_a_spreadsheet_is_meant_by_its_address_its_id_or_its_path(tmp_path):
    projects = Projects(tmp_path, secrets=tmp_path / "secrets.toml")
    workbook(tmp_path / "a.xlsx", ("U1", "K"))
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    assert projects.workbooks() == ("a.xlsx",)
    assert projects.source(ADDRESS) == projects.source(ID)
    assert projects.source(str(tmp_path / "a.xlsx")).label == "a.xlsx"
    with pytest.raises(Missing):
        projects.source("a")
