"""Drive v3, as far as spreadsheets need it: files, permissions, comments, export, and about."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from html import escape
from typing import Any
from zipfile import ZipFile

from tests.google.book import Book, Sheet
from tests.google.call import Call, Raw
from tests.google.errors import ApiError
from tests.google.grid import spreadsheet
from tests.google.world import RANKS

Json = dict[str, Any]
SHEETS = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = ("application/x-vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet")
ROLES = {"owner", "organizer", "fileOrganizer", "writer", "commenter", "reader"}
KEPT = ("description", "starred", "appProperties", "properties", "folderColorRgb", "writersCanShare")
SHORT_FILE = ("kind", "id", "name", "mimeType")
QUERY = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<mark><=|>=|!=|[=<>()])|(?P<word>[\w.]+))"
)


def stamp(moment: dt.datetime) -> str:
    """A moment as Drive writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def file_resource(call: Call, book: Book) -> Json:
    """File, with every field this server keeps."""
    role = call.world.role(book, call.user)
    may_write = RANKS.get(role, 0) >= 3
    owner = {
        "kind": "drive#user",
        "displayName": book.owner.split("@")[0],
        "me": book.owner == call.user,
        "permissionId": next((p["id"] for p in book.permissions.values() if p["role"] == "owner"), ""),
        "emailAddress": book.owner,
    }
    out: Json = {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": book.mime_type,
        "starred": False,
        "trashed": book.trashed,
        "explicitlyTrashed": book.trashed,
        "parents": book.parents,
        "spaces": ["drive"],
        "version": str(book.version),
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{book.id}/edit?usp=drivesdk",
        "hasThumbnail": False,
        "createdTime": stamp(book.created),
        "modifiedTime": stamp(book.modified),
        "owners": [owner],
        "ownedByMe": book.owner == call.user,
        "shared": len(book.permissions) > 1,
        "size": "1024",
        "capabilities": {"canEdit": may_write, "canCopy": True, "canDownload": True, "canShare": may_write},
    }
    out |= book.drive
    if not book.parents:
        del out["parents"]
    if may_write:
        out["permissions"] = list(book.permissions.values())
        out["permissionIds"] = list(book.permissions)
    return out


def short(call: Call, whole: Json, names: tuple[str, ...]) -> Json:
    """What Drive gives without `fields`: the few usual ones."""
    return whole if call.mask is not None else {name: whole[name] for name in names if name in whole}


def get_file(call: Call) -> Json:
    """files.get."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    return short(call, file_resource(call, book), SHORT_FILE)


def list_files(call: Call) -> Json:
    """files.list: newest changes first, unless orderBy says otherwise."""
    matches = query(call.params.get("q", ""))
    files = [
        file_resource(call, book) | {"_book": book}
        for book in call.world.books.values()
        if any(p.get("emailAddress") == call.user for p in book.permissions.values())
    ]
    found = [file for file in files if matches(file)]
    found.sort(key=lambda file: file["modifiedTime"], reverse=True)
    for order in reversed([part for part in call.params.get("orderBy", "").split(",") if part]):
        name, _, way = order.strip().partition(" ")
        if name not in ("name", "name_natural", "createdTime", "modifiedTime", "folder", "recency"):
            raise bad_parameter("orderBy", f"Sort parameter '{name}' is not supported.")
        key = {"name_natural": "name", "recency": "modifiedTime", "folder": "mimeType"}.get(name, name)
        found.sort(key=lambda file, key=key: str(file[key]).casefold(), reverse=way == "desc")
    size = call.params.get("pageSize", 100)
    if not 1 <= size <= 1000:
        raise bad_parameter("pageSize", f"Invalid value '{size}'. Values must be within the range: [1, 1000]")
    token = call.params.get("pageToken", "")
    if token and not re.fullmatch(r"~!!~[0-9]+", token):
        raise bad_parameter("pageToken", "Invalid Value")
    start = int(token.removeprefix("~!!~") or 0)
    page = found[start : start + size]
    out: Json = {"kind": "drive#fileList"}
    if start + size < len(found):
        out["nextPageToken"] = f"~!!~{start + size}"
    out["incompleteSearch"] = False
    for file in page:
        file.pop("_book")
    out["files"] = [short(call, file, SHORT_FILE) for file in page]
    return out


def bad_parameter(name: str, message: str) -> ApiError:
    """400 of Drive for a parameter."""
    return ApiError(400, message, reason="invalid", location=name)


def create_file(call: Call) -> Json:
    """files.create: a blank spreadsheet (or a folder)."""
    book = call.world.create(call.body.get("name", "Untitled"), owner=call.user)
    book.mime_type = call.body.get("mimeType", "application/octet-stream")
    book.parents = call.body.get("parents", [])
    book.drive = {key: call.body[key] for key in KEPT if key in call.body}
    return short(call, file_resource(call, book), SHORT_FILE)


def copy_file(call: Call) -> Json:
    """files.copy."""
    source = call.world.opened(call.book_id, call.user, drive=True)
    book = call.world.create(call.body.get("name") or f"Copy of {source.title}", owner=call.user)
    draft = source.draft()
    book.locale, book.time_zone, book.properties = source.locale, source.time_zone, draft.properties
    book.sheets, book.names = draft.sheets, draft.names
    book.parents, book.mime_type = call.body.get("parents", list(source.parents)), source.mime_type
    if call.params.get("copyComments"):
        book.comments = list(source.comments)
    return short(call, file_resource(call, book), SHORT_FILE)


def update_file(call: Call) -> Json:
    """files.update: name, trash, folders and what else is kept."""
    book = call.world.opened(call.book_id, call.user, to_write=True, drive=True)
    book.title = call.body.get("name", book.title)
    book.trashed = call.body.get("trashed", book.trashed)
    book.drive |= {key: call.body[key] for key in KEPT if key in call.body}
    gone = call.params.get("removeParents", "").split(",")
    added = [folder for folder in call.params.get("addParents", "").split(",") if folder]
    book.parents = [folder for folder in book.parents if folder not in gone] + added
    book.touched()
    return short(call, file_resource(call, book), SHORT_FILE)


def delete_file(call: Call) -> Raw:
    """files.delete: for the owner only, at once and for good."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    if call.world.role(book, call.user) != "owner":
        raise ApiError(
            403,
            "The user does not have sufficient permissions for this file.",
            reason="insufficientFilePermissions",
        )
    del call.world.books[book.id]
    return Raw(b"", "", 204)


# --- content


def export_file(call: Call) -> Raw:
    """files.export: CSV and TSV of the first sheet, xlsx of all, and the barest PDF and HTML."""
    from tests.google.workbook import saved

    book = call.world.opened(call.book_id, call.user, drive=True)
    kind = call.params.get("mimeType", "")
    if not kind:
        raise ApiError(400, "Required parameter: mimeType", reason="required", location="mimeType")
    if kind in ("text/csv", "text/tab-separated-values"):
        return Raw(table_text(book, book.sheets[0], "\t" if "tab" in kind else ","), kind)
    if kind == XLSX:
        return Raw(saved(book), kind)
    if kind == "application/pdf":
        return Raw(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n", kind)
    if kind in ODS:
        return Raw(open_document(book), kind)
    if kind == "application/zip":
        return Raw(zipped_html(book), kind)
    message = "The requested conversion is not supported."
    raise ApiError(400, message, reason="badRequest", location="convertTo")


def table_text(book: Book, sheet: Sheet, mark: str) -> bytes:
    """The shown values of a sheet, separated; lines end as in files of Google (CR LF)."""
    rows: list[list[str]] = []
    for row, column, cell in sheet.cells_in(sheet.whole()):
        if not cell.is_blank:
            rows.extend([] for _ in range(row - len(rows) + 1))
            rows[row].extend("" for _ in range(column - len(rows[row]) + 1))
            rows[row][column] = book.shown(sheet, row, column)
    width = max((len(line) for line in rows), default=0)
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([line + [""] * (width - len(line)) for line in rows])
    return out.getvalue().removesuffix("\r\n").encode()


def zipped_html(book: Book) -> bytes:
    """Each sheet as a page."""
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for sheet in book.sheets:
            lines = table_text(book, sheet, "\t").decode().split("\r\n")
            cells = "".join(
                "<tr>" + "".join(f"<td>{escape(t)}</td>" for t in line.split("\t")) + "</tr>"
                for line in lines
            )
            package.writestr(f"{sheet.title.replace('/', '_')}.html", f"<table>{cells}</table>")
    return out.getvalue()


def open_document(book: Book) -> bytes:
    """The shown values of all sheets as an OpenDocument spreadsheet."""
    tables = []
    for sheet in book.sheets:
        lines = csv.reader(io.StringIO(table_text(book, sheet, ",").decode()))
        rows = "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{escape(t)}</text:p></table:table-cell>" for t in line)
            + "</table:table-row>"
            for line in lines
        )
        tables.append(f'<table:table table:name="{escape(sheet.title)}">{rows}</table:table>')
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{''.join(tables)}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def import_csv(call: Call) -> Json:
    """Upload of CSV over a spreadsheet (Drive v2): one new sheet, named like the file, takes all places."""
    book = call.world.opened(call.book_id, call.user, to_write=True, drive=True)
    rows = list(csv.reader(io.StringIO(call.content.decode("utf-8-sig"))))
    sheet = Sheet(call.world.new_sheet_id(book), book.title)
    sheet.grow(len(rows), max((len(row) for row in rows), default=0))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.put(r, c, book.entered(sheet.cell(r, c), text, "USER_ENTERED"))
    book.sheets = [sheet]
    book.touched()
    return {
        "kind": "drive#file",
        "id": book.id,
        "title": book.title,
        "mimeType": book.mime_type,
        "createdDate": stamp(book.created),
        "modifiedDate": stamp(book.modified),
        "alternateLink": spreadsheet(book, [], False, None)["spreadsheetUrl"],
    }


# --- permissions


def permission_short(call: Call, permission: Json) -> Json:
    """A permission without `fields`."""
    return short(call, permission, ("kind", "id", "type", "role", "allowFileDiscovery"))


def list_permissions(call: Call) -> Json:
    """permissions.list; a reader may not see them."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    if RANKS.get(call.world.role(book, call.user), 0) < 3:
        raise ApiError(
            403,
            "The user does not have sufficient permissions for this file.",
            reason="insufficientFilePermissions",
        )
    found = [permission_short(call, permission) for permission in book.permissions.values()]
    return {"kind": "drive#permissionList", "permissions": found}


def create_permission(call: Call) -> Json:
    """permissions.create."""
    book = call.world.opened(call.book_id, call.user, to_write=True, drive=True)
    kind, role = call.body.get("type"), call.body.get("role")
    if not kind:
        raise ApiError(
            400, "The permission type field is required.", reason="required", location="permission.type"
        )
    if not role:
        raise ApiError(
            400, "The permission role field is required.", reason="required", location="permission.role"
        )
    if role not in ROLES or kind not in ("user", "group", "domain", "anyone"):
        raise ApiError(400, "The specified role or type is invalid or not supported.", reason="invalid")
    present = next(
        (p for p in book.permissions.values() if p.get("emailAddress") == call.body.get("emailAddress")), {}
    )
    if role == "owner" == present.get("role"):  # gspread's copy gives the owner what the owner has
        return permission_short(call, present)
    if role == "owner" and not call.params.get("transferOwnership"):
        raise ApiError(
            403,
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            reason="forbidden",
            location="transferOwnership",
        )
    if kind == "anyone":
        return permission_short(call, call.world.share(book, "anyone", role))
    if kind == "domain":
        number = f"{call.world.random.randrange(10**19, 10**20)}k"
        domain = call.body.get("domain", "")
        permission = {"kind": "drive#permission", "id": number, "type": kind, "role": role, "domain": domain}
        permission |= {"displayName": domain, "allowFileDiscovery": False}
        book.permissions[number] = permission
        return permission_short(call, permission)
    address = call.body.get("emailAddress") or ""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        message = "The specified emailAddress is invalid or not applicable for the given permission type."
        raise ApiError(400, message, reason="invalid", location="permission.emailAddress")
    permission = call.world.share(book, address, role)
    permission["type"] = kind
    return permission_short(call, permission)


def found_permission(call: Call, book: Book) -> Json:
    """The permission of the address."""
    permission = book.permissions.get(call.path["permissionId"])
    if permission is None:
        message = f"Permission not found: {call.path['permissionId']}."
        raise ApiError(404, message, reason="notFound", location="permissionId")
    return permission


def get_permission(call: Call) -> Json:
    """permissions.get."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    return permission_short(call, found_permission(call, book))


def update_permission(call: Call) -> Json:
    """permissions.update: another role, an offer of ownership, or its acceptance."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    permission = found_permission(call, book)
    mine = permission.get("emailAddress") == call.user and permission.get("pendingOwner")
    if RANKS.get(call.world.role(book, call.user), 0) < 3 and not mine:
        raise ApiError(
            403,
            "The user does not have sufficient permissions for this file.",
            reason="insufficientFilePermissions",
        )
    role = call.body.get("role", permission["role"])
    if role == "owner":
        if not call.params.get("transferOwnership"):
            raise ApiError(
                403,
                "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
                reason="forbidden",
                location="transferOwnership",
            )
        for other in book.permissions.values():
            if other["role"] == "owner":
                other["role"] = "writer"
        book.owner = permission.get("emailAddress", book.owner)
        permission["pendingOwner"] = False
    elif permission["role"] == "owner":
        message = "Insufficient permissions to change the role of the owner."
        raise ApiError(403, message, reason="insufficientFilePermissions")
    permission["role"] = role
    if "pendingOwner" in call.body:
        permission["pendingOwner"] = call.body["pendingOwner"]
    return permission_short(call, permission)


def delete_permission(call: Call) -> Raw:
    """permissions.delete; the owner's stays."""
    book = call.world.opened(call.book_id, call.user, to_write=True, drive=True)
    permission = found_permission(call, book)
    if permission["role"] == "owner":
        message = "Insufficient permissions to delete the owner's permission."
        raise ApiError(403, message, reason="insufficientFilePermissions")
    del book.permissions[permission["id"]]
    return Raw(b"", "", 204)


# --- comments and about


def needs_fields(call: Call) -> None:
    """Comments and about must be told which fields are wanted."""
    if call.mask is None:
        message = "The 'fields' parameter is required for this method."
        raise ApiError(400, message, reason="required", location="fields")


def list_comments(call: Call) -> Json:
    """comments.list."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    needs_fields(call)
    return {"kind": "drive#commentList", "comments": book.comments}


def create_comment(call: Call) -> Json:
    """comments.create."""
    book = call.world.opened(call.book_id, call.user, drive=True)
    needs_fields(call)
    comment = {
        "id": f"AAAA{call.world.random.randrange(10**9)}",
        "kind": "drive#comment",
        "createdTime": stamp(call.world.now()),
        "modifiedTime": stamp(call.world.now()),
        **{key: call.body[key] for key in ("content", "anchor", "quotedFileContent") if key in call.body},
        "htmlContent": call.body.get("content", ""),
        "author": {"kind": "drive#user", "displayName": call.user, "me": True},
        "deleted": False,
        "replies": [],
    }
    book.comments.append(comment)
    return comment


def about(call: Call) -> Json:
    """about.get."""
    needs_fields(call)
    user = {"kind": "drive#user", "displayName": call.user, "me": True, "emailAddress": call.user}
    return {
        "kind": "drive#about",
        "user": user | {"permissionId": "0"},
        "storageQuota": {"usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0", "limit": "16106127360"},
        "canCreateDrives": False,
        "maxUploadSize": "5242880000000",
    }


# --- the language of `q`


def query(text: str) -> Any:
    """A test of a file for „mimeType = '…' and name contains '…' and not trashed = true”."""
    if not text.strip():
        return lambda file: True
    tokens, place = [], 0
    while text[place:].strip():
        match = QUERY.match(text, place)
        if not match:
            raise bad_parameter("q", "Invalid Value")
        tokens.append(match)
        place = match.end()
    test, rest = either(tokens)
    if rest:
        raise bad_parameter("q", "Invalid Value")
    return test


def either(tokens: list[re.Match[str]]) -> tuple[Any, list[re.Match[str]]]:
    """a or b, a and b: Drive reads them from left to right."""
    left, tokens = single(tokens)
    while tokens and tokens[0]["word"] in ("and", "or"):
        word, (right, tokens) = tokens[0]["word"], single(tokens[1:])
        left = both(left, right) if word == "and" else any_of(left, right)
    return left, tokens


def both(left: Any, right: Any) -> Any:
    """a and b."""
    return lambda file: left(file) and right(file)


def any_of(left: Any, right: Any) -> Any:
    """a or b."""
    return lambda file: left(file) or right(file)


def single(tokens: list[re.Match[str]]) -> tuple[Any, list[re.Match[str]]]:
    """not a, (a), name = 'x', 'x' in parents, parents in 'x'."""
    if tokens and tokens[0]["word"] == "not":
        test, tokens = single(tokens[1:])
        return (lambda file: not test(file)), tokens
    if tokens and tokens[0]["mark"] == "(":
        test, tokens = either(tokens[1:])
        if not tokens or tokens[0]["mark"] != ")":
            raise bad_parameter("q", "Invalid Value")
        return test, tokens[1:]
    if len(tokens) < 3:
        raise bad_parameter("q", "Invalid Value")
    left, sign, right = (plain(token) for token in tokens[:3])
    if sign == "in":
        name, value = (right, left) if tokens[0]["text"] else (left, right)
        return (lambda file: value in members(file, name)), tokens[3:]
    if left not in ("name", "mimeType", "trashed", "starred", "modifiedTime", "createdTime", "fullText"):
        raise bad_parameter("q", "Invalid Value")

    def test(file: Json) -> bool:
        value = file.get(left, file["name"])
        if isinstance(value, bool):
            return (value == (right == "true")) == (sign == "=")
        match sign:
            case "=":
                return str(value).casefold() == right.casefold()
            case "!=":
                return str(value).casefold() != right.casefold()
            case "contains":
                return any(word.startswith(right.casefold()) for word in tails(str(value).casefold()))
            case "<" | "<=" | ">" | ">=":
                first, second = str(value)[:19], right[:19]
                return {
                    "<": first < second,
                    "<=": first <= second,
                    ">": first > second,
                    ">=": first >= second,
                }[sign]
            case _:
                raise bad_parameter("q", "Invalid Value")

    return test, tokens[3:]


def tails(text: str) -> list[str]:
    """The text from each of its words on: „contains” looks for the beginnings of words."""
    return [text[match.start() :] for match in re.finditer(r"\b\w", text)] or [text]


def members(file: Json, name: str) -> list[str]:
    """The folders of a file, or the addresses that may read, write or own it."""
    if name == "parents":
        return file.get("parents", []) + (["root"] if file["ownedByMe"] and not file.get("parents") else [])
    roles = {"owners": ("owner",), "writers": ("owner", "writer"), "readers": tuple(ROLES)}.get(name)
    if roles is None:
        raise bad_parameter("q", "Invalid Value")
    return [p.get("emailAddress", "") for p in file["_book"].permissions.values() if p["role"] in roles]


def plain(token: re.Match[str]) -> str:
    """The text of a token without its quotation marks."""
    if token["text"]:
        return re.sub(r"\\(.)", r"\1", token["text"][1:-1])
    return token["mark"] or token["word"]
