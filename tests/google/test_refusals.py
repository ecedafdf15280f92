"""Refusals in the words of Google: ranges, requests, sharing, tokens, scopes, APIs, quotas."""
# ruff: noqa: E501  (the messages stand whole, so that they can be searched for)

from __future__ import annotations

import base64
import json
import time

import gspread
import pytest
import requests
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError

from tests.google import World, client, oauth
from tests.google.world import private_key

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
RAW = {"valueInputOption": "RAW"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nieznana!A1", "Unable to parse range: Nieznana!A1"),
        ("Nieznana", "Unable to parse range: Nieznana"),
        ("Sheet1!A0", "Unable to parse range: Sheet1!A0"),
        ("Sheet1!", "Unable to parse range: Sheet1!"),
        ("Sheet1!A1001", "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("Sheet1!AA1:AB2", "Range (Sheet1!AA1:AB2) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_ranges_that_cannot_be_read(spreadsheet, refused, text, message):
    assert refused(spreadsheet.values_get, text) == {
        "code": 400,
        "message": message,
        "status": "INVALID_ARGUMENT",
    }


def test_writing_outside_the_sheet_or_the_range(spreadsheet, sheet, refused):
    error = refused(spreadsheet.values_update, "A1:B2000", RAW, {"values": [[1]]})
    assert error["message"] == "Range (Sheet1!A1:B2000) exceeds grid limits. Max rows: 1000, max columns: 26"
    error = refused(spreadsheet.values_update, "A1:B1", RAW, {"values": [[1], [2]]})
    assert error["message"] == "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"
    error = refused(spreadsheet.values_update, "A1:B1", RAW, {"values": [[1, 2, 3]]})
    assert (
        error["message"] == "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"
    )
    assert sheet.get() == [[]]


@pytest.mark.parametrize(
    ("params", "body", "message"),
    [
        ({}, {"values": [[1]]}, "'valueInputOption' is required but not specified"),
        (
            {"valueInputOption": "ODD"},
            {"values": [[1]]},
            "Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), \"ODD\"",
        ),
        (RAW, {"values": "x"}, "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"x\""),
        (RAW, {"values": ["x"]}, "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\""),
        (RAW, {"value": [[1]]}, "Invalid JSON payload received. Unknown name \"value\" at 'data': Cannot find field."),
        (RAW | {"odd": "1"}, {"values": [[1]]}, "Invalid JSON payload received. Unknown name \"odd\": Cannot bind query parameter. Field 'odd' could not be found in request message."),
    ],
)  # fmt: skip
def test_malformed_writes(spreadsheet, refused, params, body, message):
    error = refused(spreadsheet.values_update, "A1", params, body)
    assert (error["code"], error["status"], error["message"]) == (400, "INVALID_ARGUMENT", message)


def test_a_cell_cannot_hold_a_list(spreadsheet, refused):
    assert refused(spreadsheet.values_update, "A1", RAW, {"values": [[[1]]]})["message"].startswith(
        "Invalid values[0][0]: list_value"
    )


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"addSheet": {"properties": {"title": "Sheet1"}}}, 'A sheet with the name "Sheet1" already exists. Please enter another name.'),
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the sheets in a document."),
        ({"deleteSheet": {"sheetId": 5}}, "No sheet with id: 5"),
        ({"repeatCell": {"range": {"sheetId": 5}, "fields": "*"}}, "No grid with id: 5"),
        ({"repeatCell": {"range": {"sheetId": 0}}}, "At least one field must be listed in 'fields'. (Or use '*' to indicate all fields.)"),
        ({"repeatCell": {"range": {"sheetId": 0}, "fields": "odd"}}, "Invalid field: odd"),
        ({"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}}, "You can't hide all the sheets in a document."),
        ({"updateSheetProperties": {"properties": {"gridProperties": {"frozenRowCount": 1000}}, "fields": "gridProperties.frozenRowCount"}}, "You can't freeze all visible rows on the sheet."),
        ({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1000}}}, "You can't delete all the rows on the sheet."),
        ({"deleteProtectedRange": {"protectedRangeId": 5}}, "No protected range with ID: 5"),
        ({"mergeCells": {"range": {"startRowIndex": 2000}}}, "range.startRowIndex[2000] is after last row in grid[1000]"),
        ({"updateCells": {"range": {"endRowIndex": 1, "endColumnIndex": 1}, "rows": [{"values": [{}, {}]}], "fields": "note"}}, "Attempting to write column: 1, beyond the last requested column of: 0"),
    ],
)  # fmt: skip
def test_requests_of_a_batch_that_are_refused(spreadsheet, book, refused, request_, message):
    version = book.version
    first = {"updateSpreadsheetProperties": {"properties": {"title": "Inny"}, "fields": "title"}}
    error = refused(spreadsheet.batch_update, {"requests": [first, request_]})
    kind = next(iter(request_))
    assert error["message"] == f"Invalid requests[1].{kind}: {message}"
    assert error["status"] == "INVALID_ARGUMENT"
    assert book.title == "Test"
    assert (book.version, len(book.sheets)) == (version, 1)  # all or nothing


def test_a_batch_must_hold_something(spreadsheet, refused):
    assert (
        refused(spreadsheet.batch_update, {"requests": []})["message"] == "Must specify at least one request."
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"requests": [{"addSheet": {"properties": {"titel": "x"}}}]},
            "Invalid JSON payload received. Unknown name \"titel\" at 'requests[0].add_sheet.properties': Cannot find field.",
        ),
        (
            {"requests": [{"deleteSheet": {"sheetId": "abc"}}]},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"abc\"",
        ),
        (
            {"requests": [{"mergeCells": {"mergeType": "ODD"}}]},
            "Invalid value at 'requests[0].merge_cells.merge_type' "
            '(type.googleapis.com/google.apps.sheets.v4.MergeCellsRequest.MergeType), "ODD"',
        ),
    ],
)
def test_bodies_are_checked_against_the_schema(spreadsheet, refused, body, message):
    error = refused(spreadsheet.batch_update, body)
    assert error["message"] == message
    assert error["details"][0]["fieldViolations"][0]["description"] == message


def test_fields_that_are_not_there(spreadsheet, refused):
    error = refused(spreadsheet.values_get, "A1", {"fields": "valuess"})
    assert error["message"] == "Request contains an invalid argument."
    assert error["details"][0]["fieldViolations"][0]["field"] == "valuess"
    url = f"https://www.googleapis.com/drive/v3/files/{spreadsheet.id}"
    error = refused(spreadsheet.client.request, "get", url, params={"fields": "odd"})
    assert error["message"] == "Invalid field selection odd"
    assert error["errors"][0]["reason"] == "invalidParameter"


def test_what_is_not_shared_and_what_is_not_there(gc, world: World, account, refused):
    book = world.create("Cudzy")
    with pytest.raises(PermissionError):
        gc.open_by_key(book.id)
    error = refused(gc.http_client.spreadsheets_get, book.id)
    assert error == {
        "code": 403,
        "message": "The caller does not have permission",
        "status": "PERMISSION_DENIED",
    }
    world.share(book, account.email, "reader")
    sheet = gc.open_by_key(book.id).sheet1
    assert refused(sheet.update_acell, "A1", "x")["message"] == "The caller does not have permission"
    world.unshare(book, account.email)
    world.share(book, "anyone", "reader")
    assert gc.open_by_key(book.id).title == "Cudzy"
    error = refused(gc.http_client.spreadsheets_get, "1nieznany")
    assert error == {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    error = refused(gc.get_file_drive_metadata, "1nieznany")
    assert error == {
        "code": 404,
        "message": "File not found: 1nieznany.",
        "errors": [
            {
                "message": "File not found: 1nieznany.",
                "domain": "global",
                "reason": "notFound",
                "location": "fileId",
                "locationType": "parameter",
            }
        ],
    }
    book.mime_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert refused(gc.http_client.spreadsheets_get, book.id)["status"] == "FAILED_PRECONDITION"


def test_protected_cells(world, url, key, spreadsheet, sheet, refused):
    other = world.service_account("druga", key=key)
    spreadsheet.share(other.email, perm_type="user", role="writer")
    sheet.add_protected_range("A1:A2")
    theirs = client.connected(other, url).open_by_key(spreadsheet.id).sheet1
    assert "protected cell or object" in refused(theirs.update_acell, "A2", "x")["message"]
    theirs.update_acell("B2", "x")
    sheet.update_acell("A2", "y")


def test_a_token_ends_and_another_is_fetched(world, url, account, book):
    world.token_seconds = 1
    spreadsheet = client.connected(account, url).open_by_key(book.id)
    for text in list(world.tokens):
        del world.tokens[text]
    assert spreadsheet.fetch_sheet_metadata()["sheets"]  # google-auth signs in again after the 401
    answer = requests.get(
        f"{url}/v4/spreadsheets/{book.id}", headers={"Authorization": "Bearer odd"}, timeout=5
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    answer = requests.get(f"{url}/v4/spreadsheets/{book.id}", timeout=5)
    assert (answer.status_code, answer.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    answer = requests.get(f"{url}/drive/v3/files", timeout=5)
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_scopes_are_kept(world, url, account, book, refused):
    reader = client.connected(account, url, client.READ_ONLY)
    sheet = reader.open_by_key(book.id).sheet1
    error = refused(sheet.update_acell, "A1", "x")
    assert error == {
        "code": 403,
        "message": "Request had insufficient authentication scopes.",
        "status": "PERMISSION_DENIED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
                "metadata": {
                    "service": "sheets.googleapis.com",
                    "method": "google.apps.sheets.v4.SpreadsheetsService.UpdateValues",
                },
            }
        ],
    }
    error = refused(reader.list_spreadsheet_files)
    assert error["errors"][0]["reason"] == "insufficientPermissions"
    assert error["details"][0]["metadata"]["method"] == "google.apps.drive.v3.DriveFiles.List"


def test_an_api_that_is_switched_off(gc, account, book, refused):
    account.apis.discard("sheets")
    error = refused(gc.http_client.spreadsheets_get, book.id)
    assert error["message"].startswith(
        f"Google Sheets API has not been used in project {account.project_number} before or it is disabled."
    )
    assert error["details"][0]["reason"] == "SERVICE_DISABLED"


def test_quotas_by_user_and_by_project(world: World, url, key, clock, refused):
    from tests.google.quota import Quota

    world.quota = Quota(clock)
    accounts = [world.service_account(f"konto{i}", key=key) for i in range(6)]
    book = world.create("Wspólny", writers=[account.email for account in accounts])
    clients = [client.connected(account, url) for account in accounts]
    for gc in clients[:5]:
        for _ in range(60):
            gc.http_client.values_get(book.id, "A1")
    error = refused(clients[0].http_client.values_get, book.id, "A1")
    number = accounts[0].project_number
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{number}'."
    )
    assert error["details"][0]["metadata"]["quota_limit_value"] == "60"
    error = refused(clients[5].http_client.values_get, book.id, "A1")
    assert "limit 'Read requests per minute' of" in error["message"]
    clients[0].http_client.values_update(book.id, "A1", RAW, {"values": [[1]]})  # writes count apart
    clock.time += 60
    assert clients[5].http_client.values_get(book.id, "A1")["values"] == [["1"]]


# --- the token endpoint


def assertion(account, now=None, *, key=None, key_id=None, **claims):
    """A signed assertion; claims replace the usual ones, None leaves one out."""
    now = int(time.time() if now is None else now)
    usual = {
        "iss": account.email,
        "scope": SHEETS,
        "aud": "https://oauth2.googleapis.com/token",
        "iat": now,
        "exp": now + 3600,
    }
    payload = {name: value for name, value in (usual | claims).items() if value is not None}
    info = account.info("")
    if key is not None:
        account = type(account)(**{**account.__dict__, "key": key})
        info = account.info("")
    signer = crypt.RSASigner.from_service_account_info(info)
    return jwt.encode(signer, payload, key_id=key_id).decode()


def asked(url, text, grant=oauth.GRANT):
    return requests.post(f"{url}/token", data={"grant_type": grant, "assertion": text}, timeout=5)


def test_a_good_assertion_gets_a_token(url, account):
    answer = asked(url, assertion(account))
    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "expires_in", "token_type"}
    assert (answer.json()["expires_in"], answer.json()["token_type"]) == (3599, "Bearer")


@pytest.mark.parametrize(
    ("claims", "error", "description"),
    [
        ({"iss": "nikt@example.org"}, "invalid_grant", "Invalid grant: account not found"),
        ({"aud": "https://example.org"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"scope": None}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"scope": "https://www.googleapis.com/auth/odd"}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"now": 1_000_000}, "invalid_grant", oauth.TIMEFRAME),
        ({"now": 10_000_000_000}, "invalid_grant", oauth.TIMEFRAME),
        ({"exp": 10_000_000_000}, "invalid_grant", oauth.TIMEFRAME),
        ({"iat": None}, "invalid_grant", oauth.TIMEFRAME),
    ],
)  # fmt: skip
def test_assertions_that_are_refused(url, account, claims, error, description):
    answer = asked(url, assertion(account, **claims))
    assert answer.status_code == 400
    assert answer.json() == {"error": error, "error_description": description}


def test_the_signature_is_verified(url, account):
    strange = asked(url, assertion(account, key=private_key(1024)))
    assert strange.json() == {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    head, body, signature = assertion(account).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["scope"] = "https://www.googleapis.com/auth/drive"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    assert asked(url, f"{head}.{forged}.{signature}").json()["error_description"] == "Invalid JWT Signature."
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert asked(url, f"{none}.{body}.").json()["error_description"] == "Invalid JWT Signature."
    revoked = asked(url, assertion(account, key_id="0" * 40))
    assert revoked.json()["error_description"] == "Invalid JWT Signature."
    assert asked(url, "śmieci").json()["error"] == "invalid_grant"
    assert asked(url, "x", grant="password").json()["error"] == "unsupported_grant_type"


def test_the_clock_may_be_wrong_by_a_little(world: World, url, account, clock):
    world.clock = clock
    assert asked(url, assertion(account, now=clock.time + 240)).status_code == 200
    assert asked(url, assertion(account, now=clock.time + 400)).status_code == 400


def test_a_disabled_account_cannot_sign_in(url, account, book):
    account.disabled = True
    with pytest.raises(RefreshError, match="invalid_grant"):
        client.connected(account, url).open_by_key(book.id)


def test_an_unknown_address_is_a_page_not_json(url):
    answer = requests.get(f"{url}/v5/odd", timeout=5)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=UTF-8")


def test_unknown_methods_are_said_to_be_missing(gc, book, refused):
    error = refused(gc.http_client.batch_update, book.id, {"requests": [{"addChart": {}}]})
    assert error["status"] == "UNIMPLEMENTED"
    assert isinstance(gspread.exceptions.APIError, type)
