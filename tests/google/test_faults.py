"""Faults by script, as gspread meets them; and the log that counts what was asked."""

from __future__ import annotations

import gzip
import json
import time

import gspread
import pytest
import requests

from tests.google import Fault, World, client


@pytest.fixture
def read(spreadsheet):
    """Reads A1 of the first sheet."""
    spreadsheet.client.set_timeout((2, 0.3))
    return lambda: spreadsheet.values_get("A1")


def test_a_fault_waits_strikes_and_is_spent(world: World, read):
    world.faults.add(Fault("values/", after=1, times=2, status=503))
    read()
    for _ in range(2):
        with pytest.raises(gspread.exceptions.APIError) as caught:
            read()
        assert caught.value.response.json()["error"] == {
            "code": 503,
            "message": "The service is currently unavailable.",
            "status": "UNAVAILABLE",
        }
    read()


def test_refusals_with_headers(world: World, read):
    world.faults.add(
        Fault("values/", status=429, headers={"retry-after": "30"}), Fault("values/", refuse="quota")
    )
    with pytest.raises(gspread.exceptions.APIError) as caught:
        read()
    assert caught.value.response.headers["retry-after"] == "30"
    with pytest.raises(gspread.exceptions.APIError, match="Quota exceeded for quota metric 'Read requests'"):
        read()


def test_a_page_and_garbage_instead_of_json(world: World, read):
    world.faults.add(Fault("values/", html=True), Fault("values/", garbage=True), Fault("values/", body="[]"))
    with pytest.raises(gspread.exceptions.APIError) as caught:
        read()
    assert (caught.value.code, caught.value.response.status_code) == (-1, 502)
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        read()
    assert read() == []


def test_answers_that_are_cut(world: World, read):
    world.faults.add(Fault("values/", cut=0.5), Fault("values/", truncate=0.5), Fault("values/", close=True))
    with pytest.raises(requests.JSONDecodeError):
        read()
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        read()
    with pytest.raises(requests.ConnectionError):
        read()
    assert read()["range"] == "Sheet1!A1"


def test_answers_that_are_late_or_slow(world: World, spreadsheet, read):
    world.faults.add(Fault("values/", delay=0.5), Fault("values/", drip=0.001))
    with pytest.raises(requests.Timeout):
        read()
    spreadsheet.client.set_timeout(5)
    assert read()["range"] == "Sheet1!A1"


def test_a_fault_may_be_about_one_account_or_method(world: World, url, key, account, book, read):
    other = world.service_account("druga", key=key)
    world.share(book, other.email, "writer")
    theirs = client.connected(other, url).open_by_key(book.id)
    world.faults.add(Fault(account=other.email, times=None, refuse="permission", name="druga"))
    read()
    with pytest.raises(gspread.exceptions.APIError, match="caller does not have permission"):
        theirs.values_get("A1")
    world.faults.clear("druga")
    world.faults.add(Fault(method="PUT", status=500))
    theirs.values_get("A1")
    with pytest.raises(gspread.exceptions.APIError, match="Internal error encountered"):
        theirs.values_update("A1", {"valueInputOption": "RAW"}, {"values": [[1]]})


def test_the_token_endpoint_can_fail_too(world: World, url, account, book):
    from google.auth.exceptions import RefreshError

    refusal = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    world.faults.add(Fault("/token", status=400, body=refusal))
    with pytest.raises(RefreshError, match="Invalid JWT Signature"):
        client.connected(account, url).open_by_key(book.id)


def test_addresses_nobody_answers(account, book):
    for address in ("http://127.0.0.1:9", "http://nie-ma-takiej-nazwy.invalid"):
        gc = client.connected(account, address)
        gc.set_timeout(1)
        gc.http_client.auth.token = "x"
        gc.http_client.auth.expiry = None
        with pytest.raises(requests.ConnectionError):
            gc.open_by_key(book.id)


def test_requests_are_logged_and_counted(world: World, spreadsheet, sheet):
    start = len(world.log)
    sheet.get("A1")
    sheet.update([[1]], "A1")
    spreadsheet.get_lastUpdateTime()
    assert [(e.kind, e.call, e.status) for e in world.log[start:]] == [
        ("Read", "spreadsheets.values.get", 200),
        ("Write", "spreadsheets.values.update", 200),
        ("Drive", "files.get", 200),
    ]
    assert world.per_minute("Write") == 1
    assert world.per_minute("Token") == 1
    assert world.log[start].account == spreadsheet.client.auth.service_account_email
    assert sum(minute["Read"] for minute in world.counters().values()) == world.per_minute("Read")


def test_answers_are_indented_compact_or_packed(world: World, account, url, book):
    world.put(book, "A1", "<ą>")
    token = world.token(account, set(client.FULL))
    address = f"{url}/v4/spreadsheets/{book.id}/values/A1:B50"
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    whole = requests.get(address, headers=headers, timeout=5)
    assert whole.headers["content-type"] == "application/json; charset=UTF-8"
    assert whole.text.startswith('{\n  "range": "Sheet1!A1:B50",\n')
    assert "\\u003cą\\u003e" in whole.text
    compact = requests.get(address, headers=headers, params={"prettyPrint": "false"}, timeout=5)
    assert compact.text.startswith('{"range":"Sheet1!A1:B50",')
    world.fill(book, "Sheet1", [["x" * 100]] * 40)
    answer = requests.get(address, headers=headers | {"Accept-Encoding": "gzip"}, timeout=5, stream=True)
    assert answer.headers["content-encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.raw.read()))["values"]) == 40


def test_a_large_sheet_is_answered_in_time(world: World, spreadsheet, book):
    rows = [[f"u{r}", r, r + 0.5, True, None, "x"] for r in range(20_000)]
    world.fill(book, "Sheet1", rows, raw=True)
    params = {"valueRenderOption": "UNFORMATTED_VALUE", "majorDimension": "COLUMNS"}
    start = time.monotonic()
    answer = spreadsheet.values_batch_get(["Sheet1"], params)
    assert time.monotonic() - start < 30
    columns = answer["valueRanges"][0]["values"]
    assert [len(column) for column in columns] == [20_000, 20_000, 20_000, 20_000, 0, 20_000]
    assert answer["valueRanges"][0]["range"] == "Sheet1!A1:Z20000"
