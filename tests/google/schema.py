"""Google's own description of its API (the discovery documents) as routes, checks and field masks.

The documents come with the package google-api-python-client. From them come the paths, the
scopes of every method, the parameters with their allowed values, and the shape of every request
and answer: an answer with an unknown field or a wrong type is a fault of this server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tests.google.errors import ApiError, bad_field, invalid

Json = dict[str, Any]
Mask = dict[str, "Mask"]  # an empty mask takes everything below

GLOBAL_ENUMS = {
    "majorDimension": "Dimension",
    "dimension": "Dimension",
    "valueRenderOption": "ValueRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "valueInputOption": "ValueInputOption",
    "insertDataOption": "AppendValuesRequest.InsertDataOption",
    "sortOrder": "SortOrder",
    "pasteType": "PasteType",
    "pasteOrientation": "PasteOrientation",
    "sheetType": "SheetType",
}
MASK_WORD = re.compile(r"[A-Za-z_*][A-Za-z0-9_]*|[(),./]")


@dataclass(frozen=True)
class Method:
    """One method of an API: `id` as in the document, without the name of the service."""

    service: str
    id: str
    http: str
    pattern: re.Pattern[str]
    parameters: Json
    request: str
    response: str
    scopes: tuple[str, ...]


@cache
def document(name: str) -> Json:
    """A discovery document: "sheets.v4", "drive.v3", "drive.v2"."""
    folder = resources.files("googleapiclient") / "discovery_cache" / "documents"
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@cache
def methods() -> tuple[Method, ...]:
    """All methods of Sheets v4 and Drive v3; the more exact paths first."""
    found = [
        *_methods("sheets", document("sheets.v4"), "/"),
        *_methods("drive", document("drive.v3"), "/drive/v3/"),
    ]
    return tuple(sorted(found, key=lambda m: -len(re.sub(r"\(.*?\)", "", m.pattern.pattern))))


def _methods(service: str, doc: Json, prefix: str) -> Iterator[Method]:
    def walk(tree: Json) -> Iterator[Json]:
        for branch in tree.values():
            yield from branch.get("methods", {}).values()
            yield from walk(branch.get("resources", {}))

    for entry in walk(doc["resources"]):
        path = prefix + entry.get("flatPath", entry["path"])
        pattern = "".join(
            f"(?P<{part[1:-1]}>{'.+' if part == '{range}' else '[^/:]+'})"
            if part.startswith("{")
            else re.escape(part)
            for part in re.split(r"(\{\w+\})", path)
        )
        yield Method(
            service,
            entry["id"].partition(".")[2],
            entry["httpMethod"],
            re.compile(pattern),
            entry.get("parameters", {}),
            entry.get("request", {}).get("$ref", ""),
            entry.get("response", {}).get("$ref", ""),
            tuple(entry.get("scopes", ())),
        )


def find(http: str, raw_path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that a request calls, with the parts of its path still encoded."""
    for method in methods():
        if method.http == http and (match := method.pattern.fullmatch(raw_path)):
            return method, match.groupdict()
    return None


def schemas(service: str) -> Json:
    """The types of a service ("sheets", "drive", or "drive.v2" for uploads)."""
    name = {"sheets": "sheets.v4", "drive": "drive.v3"}.get(service, service)
    schemas: Json = document(name)["schemas"]
    return schemas


# --- parameters of the address


def parameters(method: Method, given: dict[str, list[str]]) -> Json:
    """The parameters of an address by name, read as their types; refuses what Sheets would refuse."""
    known = (
        method.parameters | document("sheets.v4" if method.service == "sheets" else "drive.v3")["parameters"]
    )
    values: Json = {}
    for name, texts in given.items():
        entry = known.get(name) or known.get(camel(name))
        if entry is None:
            if method.service == "sheets":
                raise bad_field(
                    "",
                    f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                    f"Field '{name}' could not be found in request message.",
                )
            continue
        name = name if name in known else camel(name)
        read = [_parameter(method, name, entry, text) for text in texts]
        values[name] = read if entry.get("repeated") else read[-1]
    return values


def _parameter(method: Method, name: str, entry: Json, text: str) -> Any:
    if "enum" in entry and text not in entry["enum"]:
        if name == "alt":
            return text
        kind = "type.googleapis.com/google.apps.sheets.v4." + GLOBAL_ENUMS.get(
            name, name[0].upper() + name[1:]
        )
        raise bad_field(snake(name), f"Invalid value at '{snake(name)}' ({kind}), \"{text}\"")
    if entry["type"] == "boolean":
        if text.lower() in ("true", "1", "false", "0"):
            return text.lower() in ("true", "1")
        raise bad_field(snake(name), f"Invalid value at '{snake(name)}' (TYPE_BOOL), \"{text}\"")
    if entry["type"] == "integer":
        if not re.fullmatch(r"-?[0-9]+", text):
            raise bad_field(snake(name), f"Invalid value at '{snake(name)}' (TYPE_INT32), \"{text}\"")
        return int(text)
    return text


def snake(name: str) -> str:
    """valueInputOption → value_input_option."""
    return re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)


def camel(name: str) -> str:
    """value_input_option → valueInputOption."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


# --- bodies of requests


def request_body(method: Method, text: bytes) -> Json:
    """The body of a request as its type; nulls are left out, numbers in text are numbers.

    Drive lets unknown fields pass; Sheets refuses them, and names each.
    """
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError as error:
        place = getattr(error, "pos", 0)
        shown = text.decode("utf-8", "replace")[place : place + 40]
        raise bad_field("", f"Invalid JSON payload received. Unexpected token.\n{shown}\n^") from error
    if not method.request:
        return body if isinstance(body, dict) else {}
    prefix = (
        "data" if method.request == "ValueRange" else "spreadsheet" if method.request == "Spreadsheet" else ""
    )
    reader = Reader(method.service, strict=method.service == "sheets")
    read = reader.read({"$ref": method.request}, body, prefix)
    if reader.violations:
        message = "\n".join(text for _, text in reader.violations)
        details = [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    ({"field": field} if field else {}) | {"description": text}
                    for field, text in reader.violations
                ],
            }
        ]
        raise ApiError(400, message, details=details)
    return read if isinstance(read, dict) else {}


class Reader:
    """Reads a body by its schema as Google's JSON reader does, and collects what it refuses."""

    def __init__(self, service: str, strict: bool) -> None:
        self.types, self.strict = schemas(service), strict
        self.violations: list[tuple[str, str]] = []

    def refuse(self, path: str, text: str) -> None:
        """Notes a violation."""
        self.violations.append((path, text))

    def wrong(self, path: str, kind: str, value: Any) -> None:
        """Notes a value of the wrong type."""
        shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, (dict, list)) else ""
        self.refuse(path, f"Invalid value at '{path}' ({kind})" + (f", {shown}" if shown else ""))

    def repeated(self, path: str) -> None:
        """Notes a list where one value belongs."""
        where, _, name = path.rpartition(".")
        self.refuse(
            path,
            f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': "
            "Proto field is not repeating, cannot start list.",
        )

    def read(self, schema: Json, value: Any, path: str, owner: str = "", name: str = "") -> Any:
        """The value as its type; what cannot be read is noted and None."""
        if "$ref" in schema:
            return self.object(schema["$ref"], value, path)
        kind = schema.get("type")
        if kind == "any":
            return value
        if kind == "array":
            return self.array(schema["items"], value, path, owner, name)
        if kind == "object":
            if not isinstance(value, dict):
                self.wrong(path, "Map", value)
                return None
            inner = schema.get("additionalProperties", {"type": "any"})
            return {key: self.read(inner, item, f"{path}[{key}]", owner, name) for key, item in value.items()}
        if isinstance(value, list):
            self.repeated(path)
            return None
        if isinstance(value, dict):
            label = proto_type(schema, owner, name)
            self.refuse(path, f"Invalid value at '{path}' ({label}), Starting an object on a scalar field")
            return None
        return self.scalar(schema, value, path, owner, name)

    def object(self, type_name: str, value: Any, path: str) -> Any:
        """A message by its fields."""
        if not isinstance(value, dict):
            if isinstance(value, list):
                self.repeated(path)
            else:
                self.wrong(path, f"type.googleapis.com/google.apps.sheets.v4.{type_name}", value)
            return None
        fields = self.types[type_name].get("properties", {})
        read: Json = {}
        for key, item in value.items():
            known = key if key in fields else camel(key)
            if known not in fields:
                if self.strict:
                    where = f" at '{path}'" if path else ""
                    self.refuse(
                        path,
                        f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.',
                    )
                continue
            if item is None:
                continue
            below = f"{path}.{snake(known)}" if path else snake(known)
            read[known] = self.read(fields[known], item, below, type_name, known)
        return read

    def array(self, items: Json, value: Any, path: str, owner: str, name: str) -> Any:
        """A repeated field; a single scalar counts as a list of one."""
        is_list_value = items.get("type") == "array"
        if not isinstance(value, list):
            if is_list_value or isinstance(value, dict):
                self.wrong(path, "type.googleapis.com/google.protobuf.ListValue", value)
                return None
            value = [value]
        if is_list_value:
            for i, row in enumerate(value):
                if not isinstance(row, list):
                    self.wrong(f"{path}[{i}]", "type.googleapis.com/google.protobuf.ListValue", row)
            return value
        return [
            self.read(items, item, f"{path}[{i}]", owner, name)
            for i, item in enumerate(value)
            if item is not None
        ]

    def scalar(self, schema: Json, value: Any, path: str, owner: str, name: str) -> Any:
        """Text, a number, true or false, or one of the allowed words."""
        kind, label = schema["type"], proto_type(schema, owner, name)
        if "enum" in schema:
            if isinstance(value, int) and 0 <= value < len(schema["enum"]):
                return schema["enum"][value]
            if value in schema["enum"] or not self.strict:
                return value
        elif kind == "string" and schema.get("format") == "int64":
            if re.fullmatch(r"-?[0-9]+", str(value)):
                return str(value)
        elif kind == "string":
            if isinstance(value, str):
                return value
            if name == "userEnteredValue" or not self.strict:  # numbers there are what gspread's manual shows
                return json.dumps(value) if isinstance(value, bool) else f"{value:g}"
        elif kind == "boolean":
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in ("true", "false"):
                return value.lower() == "true"
        elif kind == "integer":
            if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value):
                value = int(value)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31:
                return value
        elif kind == "number":
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and re.fullmatch(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?", value):
                return float(value)
        self.wrong(path, label, value)
        return None


def proto_type(schema: Json, owner: str, name: str) -> str:
    """The type as Google's messages name it: TYPE_INT32, or the full name of an enumeration."""
    if "enum" in schema:
        word = GLOBAL_ENUMS.get(name, f"{owner}.{name[:1].upper()}{name[1:]}")
        return f"type.googleapis.com/google.apps.sheets.v4.{word}"
    kind = {"int32": "INT32", "int64": "INT64", "float": "FLOAT", "double": "DOUBLE"}.get(
        schema.get("format", "")
    )
    plain = {"boolean": "BOOL", "integer": "INT32", "number": "DOUBLE"}.get(schema["type"], "STRING")
    return f"TYPE_{kind or plain}"


# --- answers


def violations(service: str, type_name: str, value: Any) -> list[str]:
    """What in an answer is not as the schema has it: unknown fields, wrong types, unknown words."""
    return list(_violations(schemas(service), {"$ref": type_name}, value, type_name))


def _violations(types: Json, schema: Json, value: Any, path: str) -> Iterator[str]:
    if "$ref" in schema:
        if not isinstance(value, dict):
            yield f"{path}: {type(value).__name__} instead of {schema['$ref']}"
            return
        fields = types[schema["$ref"]].get("properties", {})
        for key, item in value.items():
            if key in fields:
                yield from _violations(types, fields[key], item, f"{path}.{key}")
            else:
                yield f"{path}.{key}: unknown field of {schema['$ref']}"
        return
    kind = schema.get("type")
    if kind == "array":
        if not isinstance(value, list):
            yield f"{path}: {type(value).__name__} instead of a list"
            return
        if schema["items"].get("type") == "any":
            yield from (
                f"{path}: {item!r} in a cell" for item in value if not isinstance(item, (str, int, float))
            )
            return
        for i, item in enumerate(value):
            yield from _violations(types, schema["items"], item, f"{path}[{i}]")
    elif kind == "object":
        inner = schema.get("additionalProperties", {"type": "any"})
        for key, item in value.items() if isinstance(value, dict) else [("", value)]:
            yield from _violations(types, inner, item, f"{path}.{key}")
    elif not _fits(schema, value):
        yield f"{path}: {value!r} is not {schema.get('format') or kind}"


def _fits(schema: Json, value: Any) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    match schema.get("type"):
        case "any":
            return True
        case "string" if schema.get("format") == "int64":
            return isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) is not None
        case "string" if schema.get("format") == "date-time":
            return isinstance(value, str) and re.fullmatch(r"[0-9-]{10}T[0-9:.]{8,12}Z", value) is not None
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, (int, float)) and not isinstance(value, bool)


# --- field masks


def mask(text: str) -> Mask:
    """„a.b,c(d,e/f)” as a tree. Errors: ValueError when it cannot be read."""
    words = MASK_WORD.findall(text)
    if "".join(words) != re.sub(r"\s", "", text) or not words:
        raise ValueError(text)
    tree, rest = _mask_list(words)
    if rest:
        raise ValueError(text)
    return tree


def _mask_list(words: list[str]) -> tuple[Mask, list[str]]:
    tree: Mask = {}
    while True:
        place, name = tree, ""
        while words and (words[0].isidentifier() or words[0] == "*"):
            name, words = camel(words[0]) if "_" in words[0] else words[0], words[1:]
            below = place.get(name)
            whole = below is not None and not below
            following = words[0] if words else ""
            branch = place.setdefault(name, {})
            if following in (".", "/"):
                words = words[1:]
                place = {} if whole else branch  # what is taken whole already stays whole
                continue
            if following == "(":
                inner, words = _mask_list(words[1:])
                if not words or words[0] != ")":
                    raise ValueError(words)
                words = words[1:]
                if not whole:
                    branch.update(inner)
            else:
                branch.clear()
            break
        else:
            raise ValueError(words)
        if words and words[0] == ",":
            words = words[1:]
            continue
        return tree, words


def unknown_path(tree: Mask, service: str, type_name: str) -> str:
    """The first path of a mask that the type does not have, empty when it has all."""
    return _unknown(tree, schemas(service), {"$ref": type_name})


def _unknown(tree: Mask, types: Json, schema: Json) -> str:
    while schema.get("type") == "array":
        schema = schema["items"]
    if "$ref" not in schema:
        inside = schema.get("type") in ("object", "any")
        return "" if inside or not tree else next(iter(tree))
    fields = types[schema["$ref"]].get("properties", {})
    for name, below in tree.items():
        if name == "*":
            continue
        if name not in fields:
            return name
        if below and (path := _unknown(below, types, fields[name])):
            return f"{name}.{path}"
    return ""


def answer_mask(text: str, service: str, type_name: str) -> Mask:
    """The mask of the `fields` parameter of an answer; refuses a path that the answer has not."""
    try:
        tree = mask(text)
        path = unknown_path(tree, service, type_name)
    except ValueError:
        path = text
    if path and service == "sheets":
        why = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
        raise bad_field(path, why, "Request contains an invalid argument.")
    if path:
        message = f"Invalid field selection {path}"
        raise ApiError(400, message, reason="invalidParameter", location="fields")
    return tree


def update_mask(text: str | None, service: str, type_name: str) -> Mask:
    """The mask of the `fields` of an update request, as a tree. Errors: ValueError with Google's words."""
    if not text:
        raise ValueError(
            "At least one field must be listed in 'fields'. (Or use '*' to indicate all fields.)"
        )
    try:
        tree = mask(text)
    except ValueError as error:
        raise ValueError(f"Invalid field: {text}") from error
    if path := unknown_path(tree, service, type_name):
        raise ValueError(f"Invalid field: {path}")
    return tree


def selected(value: Any, tree: Mask) -> Any:
    """The parts of an answer that a mask takes; the items of a list stay, if need be as {}."""
    if not tree:
        return value
    if isinstance(value, list):
        return [selected(item, tree) for item in value]
    if not isinstance(value, dict):
        return value
    star = tree.get("*")
    out = {}
    for key, item in value.items():
        if key in tree:
            out[key] = selected(item, tree[key])
        elif star is not None:
            out[key] = selected(item, star)
    return out


def takes(tree: Mask | None, *path: str) -> Mask | None:
    """What a mask takes below a path: None when it takes nothing, {} when it takes all."""
    for name in path:
        if tree is None or not tree:
            return tree
        tree = tree.get(name, tree.get("*"))
    return tree


def updated(old: Json, new: Json, tree: Mask) -> Json:
    """A message after the masked fields were taken from `new`; a field missing there is cleared."""
    out = dict(old)
    names = set(old) | set(new) if "*" in tree else tree
    for name in names:
        below = tree.get(name, tree.get("*", {}))
        if below:
            inner = updated(old.get(name, {}), new.get(name, {}), below)
            if inner:
                out[name] = inner
            else:
                out.pop(name, None)
        elif name in new:
            out[name] = new[name]
        else:
            out.pop(name, None)
    return out


def required(value: Any, message: str) -> Any:
    """The value, or 400 with this message when it is missing."""
    if value in (None, ""):
        raise invalid(message)
    return value
