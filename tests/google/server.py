"""The HTTP side: who calls what, may they, and the answer as bytes.

`GoogleApp` is an ASGI application (Starlette's routes inside, the faults around them);
`serving` runs it in a thread on the loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tests.google import (
    batch,
    batch_attached,
    batch_sheets,
    drive,
    edit_page,
    errors,
    grid,
    oauth,
    schema,
    values,
)
from tests.google.call import Call, Raw
from tests.google.errors import ApiError
from tests.google.faults import Fault
from tests.google.world import Logged, World

Json = dict[str, Any]
Handler = Callable[[Call], Json | Raw]

HANDLERS: dict[str, Handler] = {
    "spreadsheets.create": grid.create,
    "spreadsheets.get": grid.get,
    "spreadsheets.getByDataFilter": grid.get_by_data_filter,
    "spreadsheets.batchUpdate": batch.run,
    "spreadsheets.sheets.copyTo": batch_sheets.copy_to,
    "spreadsheets.developerMetadata.get": batch_attached.get_metadata,
    "spreadsheets.developerMetadata.search": batch_attached.search_metadata,
    "spreadsheets.values.get": values.get,
    "spreadsheets.values.batchGet": values.batch_get,
    "spreadsheets.values.batchGetByDataFilter": values.batch_get_by_data_filter,
    "spreadsheets.values.update": values.update,
    "spreadsheets.values.batchUpdate": values.batch_update,
    "spreadsheets.values.batchUpdateByDataFilter": values.batch_update_by_data_filter,
    "spreadsheets.values.append": values.append,
    "spreadsheets.values.clear": values.clear,
    "spreadsheets.values.batchClear": values.batch_clear,
    "spreadsheets.values.batchClearByDataFilter": values.batch_clear_by_data_filter,
    "files.create": drive.create_file,
    "files.get": drive.get_file,
    "files.list": drive.list_files,
    "files.update": drive.update_file,
    "files.delete": drive.delete_file,
    "files.copy": drive.copy_file,
    "files.export": drive.export_file,
    "permissions.list": drive.list_permissions,
    "permissions.get": drive.get_permission,
    "permissions.create": drive.create_permission,
    "permissions.update": drive.update_permission,
    "permissions.delete": drive.delete_permission,
    "comments.list": drive.list_comments,
    "comments.create": drive.create_comment,
    "about.get": drive.about,
}
RPC = {
    "spreadsheets.create": "CreateSpreadsheet",
    "spreadsheets.get": "GetSpreadsheet",
    "spreadsheets.getByDataFilter": "GetSpreadsheetByDataFilter",
    "spreadsheets.batchUpdate": "BatchUpdateSpreadsheet",
    "spreadsheets.sheets.copyTo": "CopySheetToAnotherSpreadsheet",
}
UPLOAD = re.compile(r"/upload/drive/v2/files/(?P<fileId>[^/:]+)")
JSON_TYPE = "application/json; charset=UTF-8"
GOOGLE_HEADERS = {
    "vary": "Origin, X-Origin, Referer",
    "server": "ESF",
    "cache-control": "private",
    "x-xss-protection": "0",
    "x-frame-options": "SAMEORIGIN",
    "x-content-type-options": "nosniff",
}
NOT_FOUND = (
    "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>Error 404 (Not Found)!!1</title>\n"
    "  <p><b>404.</b> <ins>That’s an error.</ins>\n  <p>The requested URL <code>{path}</code> was not "
    "found on this server.  <ins>That’s all we know.</ins>\n"
)


def rpc_name(method: schema.Method) -> str:
    """The full name of a method, as refusals give it."""
    if method.service == "sheets":
        name = RPC.get(method.id)
        if name is None:
            verb = method.id.rpartition(".")[2]
            name = f"{verb[0].upper()}{verb[1:]}Values".replace("ByDataFilterValues", "ValuesByDataFilter")
        return f"google.apps.sheets.v4.SpreadsheetsService.{name}"
    noun, _, verb = method.id.partition(".")
    return f"google.apps.drive.v3.Drive{noun.title()}.{verb.title()}"


class GoogleApp:
    """All of this Google as one ASGI application, over the `world` it has at the moment."""

    def __init__(self, world: World, url: str = "") -> None:
        self.world, self.url = world, url
        self.inner = Starlette(
            routes=[
                Route("/token", self.token, methods=["POST"]),
                Route("/o/oauth2/token", self.token, methods=["POST"]),
                *edit_page.routes(self),
                Route("/{path:path}", self.api, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: the fault that strikes it, if any, and its answer."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        path = unquote(scope["raw_path"].decode()) if scope.get("raw_path") else scope["path"]
        fault = None
        if not path.startswith("/edit"):
            fault = self.world.faults.strike(scope["method"], path, self.account(scope))
        if fault is None:
            await self.inner(scope, receive, send)
            return
        await self.faulty(fault, scope, receive, send)

    def account(self, scope: Scope) -> str:
        """Whose token a request carries, empty when it carries none that is known."""
        token = self.bearer(scope)
        known = self.world.tokens.get(token)
        return known.account if known else ""

    @staticmethod
    def bearer(scope: Scope) -> str:
        """The token of a request: in its header, or in the address."""
        for name, value in scope["headers"]:
            if name == b"authorization" and value.lower().startswith(b"bearer "):
                return str(value[7:].decode("latin-1")).strip()
        given = parse_qs(scope.get("query_string", b"").decode())
        return (given.get("access_token") or [""])[0]

    async def faulty(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """An answer as a fault has it: late, missing, other, cut off or slow."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.close:
            self.note(scope, 0, 0, fault)
            drop(receive)
            return
        made = fault.answer()
        if made is None:
            status, headers, body = await captured(self.inner, scope, receive)
        else:
            status, headers, body = (
                made[0],
                [(k.lower().encode(), v.encode()) for k, v in made[1].items()],
                made[2],
            )
            self.note(scope, status, len(body), fault)
        if fault.cut is not None:
            body = body[: int(len(body) * fault.cut)]
        headers = [(k, v) for k, v in headers if k != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if fault.truncate is not None:
            part = body[: int(len(body) * fault.truncate)]
            await send({"type": "http.response.body", "body": part, "more_body": True})
            await asyncio.sleep(0.02)
            drop(receive)
            return
        if fault.drip:
            for i in range(len(body)):
                await send({"type": "http.response.body", "body": body[i : i + 1], "more_body": True})
                await asyncio.sleep(fault.drip)
            body = b""
        await send({"type": "http.response.body", "body": body})

    def note(self, scope: Scope, status: int, size: int, fault: Fault) -> None:
        """Writes a request that a fault answered into the log."""
        path = unquote((scope.get("raw_path") or scope["path"].encode()).decode())
        found = schema.find(scope["method"], (scope.get("raw_path") or scope["path"].encode()).decode())
        kind = kind_of(found[0]) if found else "Token" if path.endswith("/token") else "Other"
        entry = Logged(
            at=self.world.clock(),
            method=scope["method"],
            path=path,
            query=scope.get("query_string", b"").decode(),
            account=self.account(scope),
            kind=kind,
            call=found[0].id if found else "",
            status=status,
            size=size,
            fault=fault.name or "fault",
        )
        self.world.log.append(entry)

    # --- the endpoints

    async def token(self, request: Request) -> Response:
        """The token endpoint."""
        form = {name: texts[0] for name, texts in parse_qs((await request.body()).decode("latin-1")).items()}
        with self.world.lock:
            url = self.url or f"{request.url.scheme}://{request.url.netloc}"
            status, body = oauth.token(self.world, form, url)
        content = json.dumps(body, indent=2).encode()
        self.log(request, "", "Token", "token", status, len(content))
        return Response(content, status, headers=GOOGLE_HEADERS, media_type="application/json; charset=utf-8")

    async def api(self, request: Request) -> Response:
        """Sheets and Drive."""
        content = await request.body()
        return await run_in_threadpool(self.answered, request, content)

    def answered(self, request: Request, content: bytes) -> Response:
        """The answer of a method, or its refusal, as bytes."""
        raw_path = request.scope["raw_path"].decode()
        upload = UPLOAD.fullmatch(raw_path) if request.method == "PUT" else None
        found = schema.find(request.method, raw_path)
        if upload:
            found = schema.find("PATCH", f"/drive/v3/files/{upload['fileId']}")
        if found is None:
            text = NOT_FOUND.format(path=raw_path.replace("<", "&lt;"))
            self.log(request, "", "Other", "", 404, len(text))
            return Response(text, 404, media_type="text/html; charset=UTF-8")
        method, encoded = found
        given = parse_qs(request.url.query, keep_blank_values=True)
        headers = dict(GOOGLE_HEADERS)
        user = ""
        try:
            with self.world.lock:
                user = self.admitted(request, method)
                answer = self.performed(request, method, encoded, given, content, user, upload is not None)
            status = 200
        except ApiError as error:
            answer, status = error.body(method.service), error.code
            headers |= error.headers
        kind = kind_of(method)
        if isinstance(answer, Raw):
            self.log(request, user, kind, method.id, answer.status, len(answer.content))
            return Response(
                answer.content, answer.status, headers=headers, media_type=answer.media_type or None
            )
        compact = given.get("prettyPrint", ["true"])[0].lower() in ("false", "0")
        body = as_json(answer, compact)
        self.log(request, user, kind, method.id, status, len(body))
        if "gzip" in request.headers.get("accept-encoding", "") and len(body) > 100:
            body = gzip.compress(body, 1, mtime=0)
            headers["content-encoding"] = "gzip"
        return Response(body, status, headers=headers, media_type=JSON_TYPE)

    def admitted(self, request: Request, method: schema.Method) -> str:
        """The account that may make this call; checks token, API, scope and quota, in this order."""
        text = self.bearer(request.scope)
        if not text:
            raise errors.no_credentials(method.service, request.method)
        token = self.world.tokens.get(text)
        if token is None or token.expires <= self.world.clock():
            raise errors.bad_token()
        account = self.world.accounts.get(token.account)
        project = account.project_number if account else "0"
        if account and (account.disabled or method.service not in account.apis):
            raise errors.bad_token() if account.disabled else errors.service_disabled(method.service, project)
        if not token.scopes & set(method.scopes):
            raise errors.narrow_scope(method.service, rpc_name(method), list(method.scopes))
        if method.service == "sheets":
            self.world.quota.spend(kind_of(method), token.account, project)
        return token.account

    def performed(
        self,
        request: Request,
        method: schema.Method,
        encoded: dict[str, str],
        given: dict[str, list[str]],
        content: bytes,
        user: str,
        upload: bool,
    ) -> Json | Raw:
        """The answer of a method, checked against the schema and cut to `fields`."""
        call = Call(self.world, user, method, {name: unquote(text) for name, text in encoded.items()})
        call.content = content
        if upload:
            answer: Json | Raw = drive.import_csv(call)
            self.check("drive.v2", "File", answer, request)
            return answer
        handler = HANDLERS.get(method.id)
        if handler is None:
            raise ApiError(501, f"{method.id} is not part of this test server.")
        call.params = schema.parameters(method, given)
        call.body = schema.request_body(method, content)
        if call.params.get("fields") and method.response:
            call.mask = schema.answer_mask(call.params["fields"], method.service, method.response)
        answer = handler(call)
        if isinstance(answer, Raw):
            return answer
        self.check(method.service, method.response, answer, request)
        return schema.selected(answer, call.mask) if call.mask is not None else answer

    def check(self, service: str, type_name: str, answer: Any, request: Request) -> None:
        """Notes in the world what of an answer the official schema does not allow."""
        for violation in schema.violations(service, type_name, answer)[:20]:
            self.world.violations.append(f"{request.method} {request.url.path}: {violation}")

    def log(self, request: Request, user: str, kind: str, call: str, status: int, size: int) -> None:
        """Writes a request into the log."""
        path = unquote(request.scope["raw_path"].decode())
        entry = Logged(
            self.world.clock(), request.method, path, request.url.query, user, kind, call, status, size
        )
        self.world.log.append(entry)


def kind_of(method: schema.Method) -> str:
    """What a call counts as: "Read" or "Write" for Sheets, "Drive" for Drive."""
    if method.service == "drive":
        return "Drive"
    reads = method.http == "GET" or (method.id.startswith("spreadsheets.get") or method.id.endswith("search"))
    return "Read" if reads or method.id == "spreadsheets.values.batchGetByDataFilter" else "Write"


def as_json(answer: Json, compact: bool) -> bytes:
    """JSON as Google writes it: indented by two, or without any space; < and > are escaped."""
    if compact:
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    else:
        text = json.dumps(answer, ensure_ascii=False, indent=2)
    return (text.replace("<", "\\u003c").replace(">", "\\u003e") + "\n").encode("utf-8", "surrogatepass")


async def captured(app: Any, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """(status, headers, body) of the true answer."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    start = messages[0]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return start["status"], list(start["headers"]), body


def drop(receive: Receive) -> None:
    """Drops the connection of a request without another word."""
    transport = receive.__self__.transport  # type: ignore[attr-defined]  # uvicorn's own; ASGI has no word for it
    transport.close()


@contextlib.contextmanager
def serving(world: World | GoogleApp, port: int = 0, host: str = "127.0.0.1") -> Iterator[str]:
    """Serves a world in a thread while the block runs, and gives its address („http://127.0.0.1:8712”)."""
    app = world if isinstance(world, GoogleApp) else GoogleApp(world)
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, ws="none", lifespan="off", http="h11",
        timeout_graceful_shutdown=1, backlog=256,
    )  # fmt: skip
    server = uvicorn.Server(config)
    # with the protocol named asyncio sends at once; otherwise each answer waits 40 ms for an ACK
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    app.url = f"http://{host}:{listener.getsockname()[1]}"
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield app.url
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
