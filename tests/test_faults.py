"""Whatever Google, the network or the sheet does: the last good state stays, and recovers by itself."""

import datetime as dt
import io
import json
import random
import socket
import time
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import urllib3
from google.auth.credentials import Credentials
from requests.adapters import HTTPAdapter

from lib.register import read_tabs, register
from sheets.account import GOOGLE, Account
from sheets.archive import Archive
from sheets.google import Spreadsheet
from sheets.polled import Polled
from sheets.quota import CEILING, LIMIT, Quota
from sheets.retry import ATTEMPTS
from sheets.source import (
    ApiDisabled,
    Awaited,
    Garbled,
    KeyRejected,
    Missing,
    Throttled,
    Unreachable,
    Unshared,
)
from tests.cloud import Cloud, Time, served
from tests.google import Fault

DAY = dt.date(2024, 6, 1)


@pytest.fixture(scope="module")
def server():
    with served() as app:
        yield app


@pytest.fixture
def cloud(server, caplog):
    caplog.set_level("CRITICAL", "uvicorn.error")  # it is told to drop connections
    return Cloud(server)


def polled(cloud: Cloud, **more: object) -> Polled:
    """The spreadsheet „Lista”, read once."""
    known = Polled("google:a", cloud.spreadsheet(), 60.0, cloud.time.moment, **more)
    known.refresh()
    assert known.state.failure is None
    return known


def persons(known: Polled) -> int:
    """How many people the last good state has."""
    return len(register(read_tabs(known.state.snapshot.tabs), DAY).participants)


# --- Google and the network ---------------------------------------------------------------------

ALWAYS = None


@pytest.mark.parametrize(
    ("fault", "kind", "requests_made"),
    [
        (Fault(refuse="quota"), Throttled, 1),
        (Fault(status=429, headers={"Retry-After": "120"}), Throttled, 1),
        (Fault(html=True, status=429), Throttled, 1),
        (Fault(status=500, times=ALWAYS), Unreachable, ATTEMPTS),
        (Fault(html=True, status=502, times=ALWAYS), Unreachable, ATTEMPTS),
        (Fault(status=503, times=ALWAYS), Unreachable, ATTEMPTS),
        (Fault(status=503, headers={"Retry-After": "90"}), Unreachable, 1),
        (Fault(html=True, status=200, times=ALWAYS), Garbled, ATTEMPTS),
        (Fault(html=True, status=403, times=ALWAYS), Garbled, ATTEMPTS),
        (
            Fault(status=302, headers={"Location": "https://login.example.org"}, times=ALWAYS),
            Garbled,
            ATTEMPTS,
        ),
        (Fault(body={"error": "invalid"}, status=400, times=ALWAYS), Garbled, ATTEMPTS),
        (Fault(cut=0.6), Garbled, 1),
        (Fault(body="{}"), Garbled, 1),
        (Fault(garbage=True), Garbled, 1),
        (Fault(truncate=0.5, times=ALWAYS), Garbled, ATTEMPTS),
        (Fault(close=True, times=ALWAYS), Unreachable, ATTEMPTS),
        (Fault(refuse="permission"), Unshared, 1),
        (Fault(refuse="not found"), Missing, 1),
        (Fault(refuse="disabled"), ApiDisabled, 1),
        (Fault(refuse="scope"), KeyRejected, 1),
        (Fault(refuse="unauthenticated", times=ALWAYS), KeyRejected, 2),
    ],
    ids=lambda value: f"{value.refuse or value.status or value}" if isinstance(value, Fault) else None,
)
def test_a_fault_of_google_keeps_the_last_good_state_and_passes(cloud, fault, kind, requests_made):
    known = polled(cloud)
    good = known.state.snapshot
    cloud.world.put(cloud.book, "Uczestnicy!A4", "U3")
    cloud.world.faults.add(replace(fault, path="batchGet"))
    before = len(cloud.calls())
    known.refresh()
    assert (type(known.state.failure), known.state.snapshot) == (kind, good)
    assert len(cloud.calls()) - before <= requests_made
    assert known.state.failure.what
    assert known.state.failure.remedy
    cloud.world.faults.clear()
    cloud.time.sleep(known.due())
    known.refresh()
    assert (known.state.failure, known.state.failing_since, persons(known)) == (None, None, 3)


def test_short_troubles_are_not_even_noticed(cloud):
    known = polled(cloud)
    for fault in (Fault(status=503, times=2), Fault(close=True), Fault(html=True, times=3)):
        cloud.world.faults.add(fault)
        known.refresh()
        assert known.state.failure is None
    assert known.state.read_at == known.state.checked_at


def test_after_too_many_requests_none_is_made_until_the_rest_is_over(cloud):
    known = polled(cloud)
    cloud.world.faults.add(Fault(status=429, headers={"Retry-After": "600"}))
    known.refresh()
    made = len(cloud.calls())
    assert 600 <= known.due() <= 601
    assert known.ask() >= 599
    other = cloud.spreadsheet(cloud.shared("Inna", Dane=[["a"]]))
    with pytest.raises(Throttled):
        other.read()
    assert len(cloud.calls()) == made
    cloud.time.sleep(600)
    known.refresh()
    assert known.state.failure is None


def test_rests_grow_while_google_goes_on_refusing_and_begin_short_again(cloud):
    quota = cloud.account.quota
    rests = []
    for _ in range(8):
        rests.append(quota.refused())
        assert quota.refused() <= rests[-1] * 1.25  # one that was on its way too
        cloud.time.sleep(quota.rest)
    assert rests == sorted(rests[:6]) + rests[6:]
    assert 600 <= rests[-1] <= 750
    quota.answered()
    assert quota.refused() < 20


def test_requests_beyond_our_ceiling_wait_for_their_turn(cloud):
    cloud.world.quota.per_user = CEILING
    cloud.world.quota.clock = cloud.time
    spreadsheet = cloud.spreadsheet()
    started = cloud.time.now
    for _ in range(2 * CEILING):
        spreadsheet.read()
    assert 60 <= cloud.time.now - started <= 121
    assert {entry.status for entry in cloud.world.log} == {200}


def test_the_key_revoked_the_account_disabled_and_the_clock_wrong_are_told_apart(cloud):
    known = polled(cloud)
    said = set()
    harms = {"revoked": ("key_id", "other"), "disabled": ("disabled", True)}
    for name, value in harms.values():
        sound = getattr(cloud.service, name)
        setattr(cloud.service, name, value)
        cloud.world.tokens.clear()
        known.refresh()
        assert isinstance(known.state.failure, KeyRejected)
        said.add(known.state.failure.what)
        setattr(cloud.service, name, sound)
    cloud.world.clock = lambda: time.time() + 3 * 3600
    known.refresh()
    assert isinstance(known.state.failure, KeyRejected)
    assert "zegar" in known.state.failure.what
    said.add(known.state.failure.what)
    assert len(said) == 3
    cloud.world.clock = time.time
    known.refresh()
    assert known.state.failure is None


def test_a_token_that_ran_out_is_renewed_unnoticed(cloud):
    known = polled(cloud)
    cloud.world.tokens.clear()
    known.refresh()
    assert known.state.failure is None
    assert cloud.account.quota.used == 4


def test_a_login_that_does_not_answer_passes(cloud, monkeypatch):
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda seconds: None)
    known = polled(cloud)
    for fault in (Fault(status=503, times=ALWAYS), Fault(close=True, times=ALWAYS)):
        cloud.world.tokens.clear()
        cloud.world.faults.add(replace(fault, path="^/token"))
        known.refresh()
        assert isinstance(known.state.failure, Unreachable)
        cloud.world.faults.clear()
        known.refresh()
        assert known.state.failure is None


def test_an_answer_that_does_not_come_or_never_ends_is_given_up(cloud, monkeypatch):
    known = polled(cloud)
    known.source._client.set_timeout((5, 0.1))
    cloud.world.faults.add(Fault(delay=0.3, times=ALWAYS))
    known.refresh()
    assert isinstance(known.state.failure, Unreachable)
    assert "na czas" in known.state.failure.what
    cloud.world.faults.clear()
    monkeypatch.setattr("sheets.retry.ANSWER_SECONDS", 0.1)
    cloud.world.faults.add(Fault(drip=0.01, times=ALWAYS))
    known.refresh()
    assert "na czas" in known.state.failure.what
    cloud.world.faults.clear()


def nobody() -> str:
    """An address where nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (lambda url: nobody(), "Nie ma połączenia"),
        (lambda url: "http://nie-ma.invalid", "DNS"),
        (lambda url: url.replace("http:", "https:"), "certyfikat"),
    ],
)
def test_no_network_no_name_and_no_certificate_are_told_apart(cloud, url, said):
    account = Account("a@b", "1", cloud.account.credentials, url(cloud.url), cloud.account.quota)
    cloud.account.log_in()
    with pytest.raises(Unreachable) as raised:
        Spreadsheet("x" * 44, account).read()
    assert said in raised.value.what


def test_an_unshared_spreadsheet_says_with_whom_to_share_it(cloud):
    known = polled(cloud)
    cloud.world.unshare(cloud.book, cloud.service.email)
    known.refresh()
    assert isinstance(known.state.failure, Unshared)
    assert cloud.service.email in known.state.failure.remedy
    cloud.world.share(cloud.book, cloud.service.email)
    known.refresh()
    assert known.state.failure is None


def test_a_file_of_excel_on_the_drive_is_not_a_spreadsheet_of_google(cloud):
    cloud.book.mime_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    known = Polled("google:a", cloud.spreadsheet(), 60.0, cloud.time.moment)
    known.refresh()
    assert "Excela" in known.state.failure.what


def test_no_text_of_a_failure_holds_what_google_said_or_the_key(cloud, caplog):
    known = polled(cloud)
    secret = "Anna Nowak 44051401359"
    for status in (400, 401, 403, 404, 429, 500):
        body = {"error": {"code": status, "message": secret, "status": "X", "details": [{"reason": secret}]}}
        cloud.world.faults.add(Fault("spreadsheets", status=status, body=body, times=ALWAYS))
        known.refresh()
        assert "Nowak" not in str(known.state.failure)
        cloud.world.faults.clear()
        cloud.time.sleep(1000)
    assert "Nowak" not in caplog.text


# --- a restart ----------------------------------------------------------------------------------


def test_the_last_good_state_survives_a_restart_while_google_is_away(cloud, tmp_path):
    known = polled(cloud, archive=Archive(tmp_path))
    cloud.time.sleep(3600)
    known.refresh()
    read_at, snapshot = known.state.read_at, known.state.snapshot
    cloud.world.faults.add(Fault(close=True, times=ALWAYS))
    cloud.time.sleep(7200)
    again = Polled("google:a", cloud.spreadsheet(), 60.0, cloud.time.moment, Archive(tmp_path))
    assert (again.state.snapshot, again.state.read_at, again.state.label) == (snapshot, read_at, "Lista")
    assert isinstance(again.state.failure, Awaited)
    again.refresh()
    assert isinstance(again.state.failure, Unreachable)
    assert (again.state.snapshot, again.state.read_at, again.state.label) == (snapshot, read_at, "Lista")
    cloud.world.faults.clear()
    kept = again.state.snapshot
    again.refresh()
    assert again.state.failure is None
    assert again.state.snapshot is kept


# --- people at work -----------------------------------------------------------------------------


def test_columns_inserted_and_reordered_do_not_change_the_figures(cloud):
    known = polled(cloud)
    rows = [["Uwagi", "Płeć", "Nr uczestnika"], ["", "K", "U1"], ["x", "M", "U2"]]
    cloud.world.fill(cloud.book, "Uczestnicy", rows, raw=True)
    known.refresh()
    assert persons(known) == 2


def test_a_header_that_stands_twice_is_a_finding(cloud):
    known = polled(cloud)
    cloud.world.put(cloud.book, "Uczestnicy!C1", "Płeć")
    known.refresh()
    found = read_tabs(known.state.snapshot.tabs).findings
    assert ("duplicate-header", "Uczestnicy!C1") in [(f.rule.code, f.address) for f in found]


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "Loading..."])
def test_a_cell_that_shows_an_error_is_a_finding_with_a_link_and_never_a_blank(cloud, shown):
    known = polled(cloud)
    cloud.world.put(cloud.book, "Uczestnicy!A3", shown, raw=True)
    known.refresh()
    [found] = [f for f in read_tabs(known.state.snapshot.tabs).findings if f.rule.code == "cell-error"]
    assert found.address == "Uczestnicy!A3"
    assert found.cell.url.endswith("&range=A3")
    assert persons(known) == 1


def test_merged_cells_hold_their_value_in_the_first_of_them_only(cloud):
    known = polled(cloud)
    cloud.world.put(cloud.book, "Uczestnicy!B3", "")
    known.refresh()
    assert known.state.snapshot.tabs[0].columns[1] == ["Płeć", "K", None]
    assert persons(known) == 2


def test_a_row_half_typed_is_not_counted_until_it_is_whole(cloud):
    known = polled(cloud)
    cloud.world.put(cloud.book, "Uczestnicy!B4", "K")
    known.refresh()
    found = read_tabs(known.state.snapshot.tabs).findings
    assert ("required-value", "Uczestnicy!A4") in [(f.rule.code, f.address) for f in found]
    assert persons(known) == 2
    cloud.world.put(cloud.book, "Uczestnicy!A4", "U3")
    known.refresh()
    assert persons(known) == 3


def test_what_two_people_type_at_once_is_read_together(cloud):
    known = polled(cloud)
    cloud.world.put(cloud.book, "Uczestnicy!A4", "U3")
    cloud.world.put(cloud.book, "Uczestnicy!A5", "U4")
    known.refresh()
    assert persons(known) == 4


def test_a_spreadsheet_that_a_form_took_over_says_which_header_is_missing(cloud):
    known = polled(cloud)
    rows = [["Sygnatura czasowa", "Imię", ""], ["1.06.2024", "Anna", ""], ["", "", ""]]
    cloud.world.fill(cloud.book, "Uczestnicy", rows, raw=True)
    known.refresh()
    found = read_tabs(known.state.snapshot.tabs).findings
    assert [(f.rule.code, f.address) for f in found] == [("header-not-found", "Uczestnicy")]


def test_an_emptied_tab_says_so_too(cloud):
    book = cloud.shared("Dwie", Uczestnicy=[["Nr uczestnika", "Płeć"]], Notatki=[["a"]])
    cloud.world.put(book, "Uczestnicy!A1", "")
    cloud.world.put(book, "Uczestnicy!B1", "")
    found = read_tabs(cloud.spreadsheet(book).read().tabs).findings
    assert [(f.rule.code, f.address) for f in found] == [("header-not-found", "Uczestnicy")]


# --- any faults, in any order -------------------------------------------------------------------


@dataclass
class Tab:
    """A tab of the model: its number, its title and its rows."""

    gid: int
    title: str
    rows: list[list[object]]


@dataclass
class Model:
    """A Google in memory with one spreadsheet, which answers or fails as chance has it.

    `sick` is how likely an answer is a fault. It counts requests as Google does.
    """

    chance: random.Random
    time: Time
    sick: float = 0.0
    tabs: list[Tab] = field(default_factory=list)
    made: list[float] = field(default_factory=list)
    most: int = 0

    def __post_init__(self) -> None:
        self.tabs = [
            Tab(0, "Uczestnicy", [["Nr uczestnika", "Płeć"], ["U1", "K"]]),
            Tab(7, "Inne", [["a", 1]]),
        ]

    def edited(self) -> None:
        """Somebody changes something."""
        tab = self.chance.choice(self.tabs)
        match self.chance.randrange(8):
            case 0 | 1 | 2:
                self.tabs[0].rows.append([f"U{len(self.tabs[0].rows)}", self.chance.choice("KM")])
            case 3:
                self.chance.choice(tab.rows).append(self.chance.random())
            case 4 if len(self.tabs[0].rows) > 2:
                self.tabs[0].rows.pop()
            case 5 if tab is not self.tabs[0]:
                tab.title = f"Tab {self.chance.randrange(1000)}"
            case 6 if len(self.tabs) < 5:
                gid = self.chance.randrange(10, 10**6)
                self.tabs.append(Tab(gid, f"Nowa {gid}", [[gid]]))
            case 7 if tab is not self.tabs[0]:
                self.tabs.remove(tab)

    def columns(self, tab: Tab) -> list[list[object]]:
        """The cells of a tab as a snapshot has them."""
        width = max(map(len, tab.rows))
        return [[row[i] if i < len(row) else None for row in tab.rows] for i in range(width)]

    def send(self, adapter: HTTPAdapter, request: requests.PreparedRequest) -> requests.Response:
        """The answer to a request, or a fault."""
        now = self.time.now
        self.made = [*(moment for moment in self.made if moment > now - 60), now]
        self.most = max(self.most, len(self.made))
        self.time.sleep(self.chance.uniform(0.05, 2.0))
        status, headers, body = 200, {"Content-Type": "application/json; charset=UTF-8"}, self.body(request)
        if body is None:
            status, body = 400, b'{"error": {"code": 400, "message": "Unable to parse range: X"}}'
        if self.chance.random() < self.sick:
            match self.chance.choice(FAULTS):
                case Exception() as error:
                    raise error
                case int() as status:
                    reason = {"code": status, "message": "x", "status": "X"}
                    body = json.dumps({"error": reason}).encode()
                    if status in (429, 503) and self.chance.random() < 0.5:
                        headers["Retry-After"] = str(self.chance.choice((1, 20, 200)))
                case "html":
                    status, headers = self.chance.choice((200, 403, 404, 502)), {"Content-Type": "text/html"}
                    body = b"<html>"
                case "cut":
                    body = body[: self.chance.randrange(len(body))]
                case "short":
                    headers["Content-Length"] = str(len(body))
                    body = body[: self.chance.randrange(len(body))]
                case "other tabs" if b"valueRanges" in body:
                    ranges = json.loads(body)["valueRanges"]
                    body = json.dumps(
                        {"valueRanges": self.chance.choice((ranges[:-1], ranges[::-1]))}
                    ).encode()
                    if len(ranges) == 1:
                        body = b'{"valueRanges": []}'
                case "other":
                    body = self.chance.choice((b"{}", b"[]", b'{"valueRanges": []}', b"null"))
        raw = urllib3.HTTPResponse(io.BytesIO(body), headers, status, preload_content=False)
        return adapter.build_response(request, raw)

    def body(self, request: requests.PreparedRequest) -> bytes | None:
        """The true answer, None for tabs that are not there."""
        if "batchGet" not in request.url:
            sheets = [{"properties": {"sheetId": tab.gid, "title": tab.title}} for tab in self.tabs]
            return json.dumps({"properties": {"title": "Lista"}, "sheets": sheets}).encode()
        asked = parse_qs(urlsplit(request.url).query)["ranges"]
        titles = [title.strip("'") for title in asked]
        by_title = {tab.title: tab for tab in self.tabs}
        if not by_title.keys() >= set(titles):
            return None
        found = []
        for title in titles:
            columns = [
                ["" if value is None else value for value in column]
                for column in self.columns(by_title[title])
            ]
            for column in columns:
                while column and column[-1] == "":  # blank ends are left out
                    column.pop()
            found.append({"range": f"'{title}'!A1:Z9", "values": columns})
        return json.dumps({"valueRanges": found}).encode()


FAULTS = (
    *(400, 401, 403, 404, 429, 429, 500, 502, 503),
    *("html", "cut", "short", "other", "other tabs"),
    requests.ConnectTimeout(),
    requests.ReadTimeout(),
    requests.ConnectionError(urllib3.exceptions.NameResolutionError("x", None, socket.gaierror())),
    requests.exceptions.SSLError(),
)


class Free(Credentials):
    """Credentials that need no login."""

    def before_request(self, *_: object) -> None:
        """Every request may pass."""

    def refresh(self, request: object) -> None:
        """There is always another token."""


@pytest.mark.parametrize("block", range(10))
def test_through_any_faults_no_figure_is_wrong_nothing_is_lost_and_all_recovers(block, monkeypatch, tmp_path):
    """A thousand random sequences of faults, edits, restarts and pauses, in ten blocks."""
    jitter = random.getstate()
    try:
        for number in range(block * 100, block * 100 + 100):
            random.seed(number)
            through_faults(random.Random(number), monkeypatch, tmp_path / str(number))
    finally:
        random.setstate(jitter)


def through_faults(chance: random.Random, monkeypatch: pytest.MonkeyPatch, folder) -> None:
    """One sequence; at its end Google is well again."""
    clock = Time()
    model = Model(chance, clock, sick=chance.choice((0.2, 0.5, 0.9)))
    monkeypatch.setattr(HTTPAdapter, "send", lambda adapter, request, **_: model.send(adapter, request))
    account = Account("a@b", "1", Free(), GOOGLE, Quota(clock=clock, sleep=clock.sleep))
    archive = Archive(folder) if chance.random() < 0.2 else None
    known = Polled("google:a", Spreadsheet("x" * 44, account), 60.0, clock.moment, archive)
    for _ in range(chance.randrange(3, 9)):
        if chance.random() < 0.7:
            model.edited()
        if archive is not None and chance.random() < 0.3:
            left = known.state
            known = Polled("google:a", Spreadsheet("x" * 44, account), 60.0, clock.moment, archive)
            assert known.state.snapshot == left.snapshot
        refreshed(known, model, clock)
    model.sick = 0.0
    for _ in range(3):
        if known.state.failure is not None:
            refreshed(known, model, clock)
    assert known.state.failure is None
    known.source.forget()
    refreshed(known, model, clock)
    assert [tab.title for tab in known.state.snapshot.tabs] == [tab.title for tab in model.tabs]
    assert model.most <= LIMIT


def refreshed(known: Polled, model: Model, clock: Time) -> None:
    """Read when it is time; what is shown is then the whole truth of now, or what it was."""
    before = known.state
    clock.sleep(known.due())
    known.refresh()
    after = known.state
    assert before.snapshot is None or after.snapshot is not None
    assert 0 < known.due() <= 751
    if after.failure is not None:
        assert after.snapshot is before.snapshot
        return
    by_title = {tab.title: tab for tab in model.tabs}
    for table in after.snapshot.tabs:
        assert [list(column) for column in table.columns] == model.columns(by_title[table.title])
    people = read_tabs(after.snapshot.tabs[:1]) if model.chance.random() < 0.05 else None
    if people is not None:
        assert len(register(people, DAY).participants) == len(model.tabs[0].rows) - 1
