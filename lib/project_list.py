"""`projects.toml`: which spreadsheets make up a project and how they are read; it holds no secrets.

    [[project]]
    id = "miasto-rodziny"                # small letters, digits and dashes: it stands in addresses of pages
    workbooks = ["miasto-rodziny.xlsx"]  # local workbooks, by path from this file
    spreadsheets = ["https://docs.google.com/spreadsheets/d/..."]  # Google spreadsheets, by address or id
    refresh_seconds = 60                 # how often the Google ones are read; 60 when left out
    report_to = ["miasto-rodziny.xlsx"]  # which of them Ostoja tells its findings in; none when left out

    [[project.tab]]                      # what was said of a tab when it was connected; see mapping.py
    title = "Lista"
    workbook = "miasto-rodziny.xlsx"     # only where two spreadsheets have a tab of that title
    kind = "Participant"                 # a kind of table, "" for a tab to be left alone
    columns = {person = "Nr ew.", "~name" = "Nazwisko i imię"}  # "" for no column
    answers = {empty = "absent"}

    [[project.fact]]                     # a fact that no tab holds
    parameter = "Docelowa liczba osób"
    value = "352"
    valid_from = 2022-03-01              # may be left out
    source = "umowa o dofinansowanie, par. 3"

A project has workbooks, spreadsheets, or both.
"""

import datetime as dt
import re
import threading
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import tomlkit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from lib.cells import key
from lib.mapping import ANSWERS, TOGETHER, Choices, Key
from lib.project import READERS, parameter_of
from lib.recognition import Choice
from lib.records import record_of
from sheets.files import replace_file
from sheets.google import spreadsheet_id
from sheets.source import Damaged, Missing, SourceError
from sheets.table import Table

FILE = "projects.toml"
REFRESH_SECONDS = 60

PROBLEMS: Mapping[str, str] = {
    "missing": "brakuje pola „{field}”",
    "extra_forbidden": "nie ma takiego pola: „{field}”",
    "string_pattern_mismatch": "pole „{field}” może mieć tylko małe litery, cyfry i myślniki",
    "too_short": "pole „{field}” jest puste",
    "string_type": "pole „{field}” musi być tekstem w cudzysłowie",
    "list_type": "pole „{field}” musi być listą w nawiasach kwadratowych",
    "tuple_type": "pole „{field}” musi być listą w nawiasach kwadratowych",
    "int_type": "pole „{field}” musi być liczbą całkowitą",
    "greater_than_equal": "pole „{field}” musi być liczbą od 15 do 3600",
    "less_than_equal": "pole „{field}” musi być liczbą od 15 do 3600",
    "no_spreadsheets": "brakuje pola „workbooks” albo „spreadsheets”",
    "no_address": "w polu „{field}” stoi coś, co nie jest adresem arkusza Google",
    "twice": "ten sam arkusz stoi dwa razy",
    "not_own": "w polu „report_to” stoi coś, czego nie ma w polach „workbooks” ani „spreadsheets”",
    "dict_type": "pole „{field}” musi być tabelą w nawiasach klamrowych",
    "string_too_short": "pole „{field}” jest puste",
    "date_type": "pole „{field}” musi być datą rrrr-mm-dd bez cudzysłowu",
    "no_kind": "w polu „{field}” nie stoi żaden rodzaj tabeli",
    "no_such_column": "w polu „columns” stoi pole, którego ta tabela nie ma",
    "no_fact": "w polu „parameter” nie stoi żaden znany fakt o projekcie",
    "unreadable_fact": "wartości faktu nie da się odczytać",
    "tab_twice": "ta sama zakładka stoi dwa razy",
}


def _id(address: str) -> str:
    """The id in the address of a spreadsheet."""
    id = spreadsheet_id(address)
    if id is None:
        raise PydanticCustomError("no_address", "no_address")
    return id


def _kind(name: str) -> str:
    """The name of a kind of table, or nothing."""
    if name and record_of(name) is None:
        raise PydanticCustomError("no_kind", "no_kind")
    return name


class _Tab(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: Annotated[str, Field(min_length=1)]
    workbook: str = ""
    kind: Annotated[str, AfterValidator(_kind)] | None = None
    columns: dict[str, str] = {}
    answers: dict[str, str] = {}

    @model_validator(mode="after")
    def _fields_that_are(self) -> "_Tab":
        if any(not is_field(name, self.kind) for name in self.columns):
            raise PydanticCustomError("no_such_column", "no_such_column")
        return self

    @property
    def key(self) -> Key:
        """What the tab is known by."""
        return (self.workbook, self.title) if self.workbook else self.title


def is_field(name: str, kind: str | None) -> bool:
    """Whether a table of that kind, or of the kind that stands before a dot, has such a field."""
    own, dot, rest = name.partition(".")
    record = record_of(own if dot else kind or "")
    column = rest if dot else name
    return column.removeprefix("~") in TOGETHER or (record is not None and column in record.model_fields)


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    parameter: str
    value: Annotated[str, Field(min_length=1)]
    valid_from: dt.date | None = None
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _known_and_readable(self) -> "_Fact":
        if parameter_of(self.parameter) is None:
            raise PydanticCustomError("no_fact", "no_fact")
        if not is_readable(self.parameter, self.value):
            raise PydanticCustomError("unreadable_fact", "unreadable_fact")
        return self


def is_readable(parameter: str, value: str) -> bool:
    """Whether a value can be read as that fact."""
    known = parameter_of(parameter)
    try:
        READERS[known.kind if known is not None else "tekst"](value)
    except (ValidationError, ValueError, ArithmeticError):
        return False
    return True


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    workbooks: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)] | None = None
    spreadsheets: Annotated[list[Annotated[str, AfterValidator(_id)]], Field(min_length=1)] | None = None
    refresh_seconds: Annotated[int, Field(ge=15, le=3600)] = REFRESH_SECONDS
    report_to: Annotated[list[str], Field(min_length=1)] | None = None
    tab: list[_Tab] = []
    fact: list[_Fact] = []

    @model_validator(mode="after")
    def _some_and_none_twice(self) -> "_Entry":
        named = [*(self.workbooks or ()), *(self.spreadsheets or ())]
        if not named:
            raise PydanticCustomError("no_spreadsheets", "no_spreadsheets")
        if len(named) != len(set(named)):
            raise PydanticCustomError("twice", "twice")
        told = self.told
        if not set(told) <= set(named):
            raise PydanticCustomError("not_own", "not_own")
        if len(told) != len(set(told)):
            raise PydanticCustomError("twice", "twice")
        if len(self.tab) != len({tab.key for tab in self.tab}):
            raise PydanticCustomError("tab_twice", "tab_twice")
        return self

    @property
    def told(self) -> list[str]:
        """What stands in `report_to`: workbooks as written, Google spreadsheets by id."""
        near = self.workbooks or ()
        return [it if it in near else spreadsheet_id(it) or it for it in self.report_to or ()]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    project: Annotated[list[_Entry], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact that no tab holds, as a person gave it: its name, its value as typed, where it comes from."""

    parameter: str
    value: str
    source: str
    valid_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project as `projects.toml` names it: full paths of its workbooks, ids of its Google spreadsheets.

    `report_to` are those of both in which the staff are told of the findings.
    `choices` are what was said of its tabs, `facts` what no tab says of it.
    """

    id: str
    workbooks: tuple[Path, ...] = ()
    spreadsheets: tuple[str, ...] = ()
    refresh_seconds: int = REFRESH_SECONDS
    report_to: tuple[Path | str, ...] = ()
    choices: Choices = field(default_factory=dict)
    facts: tuple[Answer, ...] = ()

    @property
    def answers(self) -> tuple[Table, ...]:
        """The facts as a tab of their own; nothing where there are none."""
        return answers_tab(self.facts)

    @property
    def sign(self) -> str:
        """A sign of the choices and the facts, empty where there are none, that changes when they do."""
        return f"{dict(self.choices)}{self.facts}" if self.choices or self.facts else ""


def answers_tab(facts: tuple[Answer, ...]) -> tuple[Table, ...]:
    """Facts as a tab of their own; nothing where there are none."""
    if not facts:
        return ()
    header = ("Parametr", "Wartość", "Obowiązuje od", "Źródło")
    rows = [(fact.parameter, fact.value, fact.valid_from, fact.source) for fact in facts]
    return (Table.from_rows(ANSWERS, [header, *rows], workbook=FILE),)


def read_file(path: Path) -> tuple[ProjectEntry, ...]:
    """The projects of a `projects.toml`; SourceError with the place and the remedy when it is broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Missing(
            path.name,
            "Nie ma pliku z listą projektów.",
            "Podłącz pierwszy arkusz na stronie „Podłącz arkusz” albo uruchom „make run”.",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise Damaged(
            path.name,
            "Pliku z listą projektów nie da się odczytać.",
            "Zapisz go jako zwykły tekst UTF-8 i sprawdź uprawnienia.",
        ) from None
    return _entries(path, text)


def _entries(path: Path, text: str) -> tuple[ProjectEntry, ...]:
    """The projects of the text of a `projects.toml`."""
    try:
        entries = _File.model_validate(tomllib.loads(text)).project
    except tomllib.TOMLDecodeError as error:
        raise Damaged(
            path.name, f"Lista projektów ma błąd zapisu ({place(error)}).", "Popraw to miejsce i zapisz plik."
        ) from None
    except ValidationError as error:
        what = _said(error)
        raise Damaged(
            path.name, f"Lista projektów: {what}.", "Popraw plik według wzoru z dokumentacji."
        ) from None
    ids = [entry.id for entry in entries]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        raise Damaged(
            path.name, f"Lista projektów: „{twice}” stoi dwa razy.", "Nadaj każdemu projektowi własne id."
        )
    projects = tuple(_project(entry, path.parent) for entry in entries)
    told = [it for project in projects for it in project.report_to]
    if len(told) != len(set(told)):
        raise Damaged(
            path.name,
            "Lista projektów: ten sam arkusz stoi w polu „report_to” dwóch projektów.",
            "Zostaw go w jednym z nich.",
        )
    return projects


def _project(entry: _Entry, folder: Path) -> ProjectEntry:
    """The project with the paths of its workbooks, which stand in the list as seen from `folder`."""
    near = {name: (folder / name).resolve() for name in entry.workbooks or ()}
    return ProjectEntry(
        entry.id,
        tuple(near.values()),
        tuple(entry.spreadsheets or ()),
        entry.refresh_seconds,
        tuple(near.get(it, it) for it in entry.told),
        {tab.key: Choice(tab.kind, tab.columns, tab.answers) for tab in entry.tab},
        tuple(Answer(fact.parameter, fact.value, fact.source, fact.valid_from) for fact in entry.fact),
    )


def place(error: tomllib.TOMLDecodeError) -> str:
    """Where a TOML file is broken, in Polish: „wiersz 3, kolumna 5”."""
    where = str(error).rpartition("(at ")[2].rstrip(")")
    for english, polish in (("line", "wiersz"), ("column", "kolumna"), ("end of document", "koniec pliku")):
        where = where.replace(english, polish)
    return where


_NUMBERED: Mapping[str, str] = {"project": "Projekt", "tab": "zakładka", "fact": "fakt"}


def _said(error: ValidationError) -> str:
    """The first thing that is wrong, with the number of its project and of its tab or fact."""
    first = error.errors(include_url=False, include_input=False)[0]
    number, parts = "", first["loc"]
    for of, part in zip(("", *parts), parts, strict=False):
        if isinstance(part, int) and of in _NUMBERED:
            number += f"{_NUMBERED[str(of)]} nr {part + 1}: "
    field = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "")
    return number + PROBLEMS.get(first["type"], "pole „{field}” ma niedozwoloną wartość").format(field=field)


# --- writing ------------------------------------------------------------------------------------


class Changed(SourceError):
    """Somebody else changed the list of projects meanwhile; nothing was written."""


_HEAD = "Projekty i ich arkusze. Wzór i objaśnienia: docs/podlaczenie.md"
_writing = threading.Lock()


def id_of(name: str, taken: Container[str]) -> str:
    """An id made from the name of a project, other than those taken: „Ciepły Dom 2” gives „cieply-dom-2”."""
    plain = re.sub(r"[^a-z0-9]+", "-", key(name))[:40].strip("-") or "projekt"
    return next(id for id in (plain, *(f"{plain}-{n}" for n in range(2, 10_000))) if id not in taken)


def is_id(typed: str) -> bool:
    """Whether a text may be the id of a project."""
    return re.fullmatch(r"[a-z0-9][a-z0-9-]*", typed) is not None


def sign_of(path: Path) -> str:
    """A sign of the content of the list; empty while there is no list."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def save(path: Path, entry: ProjectEntry, *, seen: str, change: bool = False) -> None:
    """Add a project to the list, or, to `change` it, write it over the one of its id; all else stays.

    `seen` is the `sign_of()` the list when the person began. Raises SourceError: Changed when the list
    is another one by now or has, or has not, a project of that id; OSError when it cannot be written.
    """
    with _writing:
        if sign_of(path) != seen:
            raise Changed(
                path.name,
                "Ktoś w międzyczasie zmienił listę projektów; niczego nie zapisano.",
                "Sprawdź, co się zmieniło, i zapisz jeszcze raz.",
            )
        known = {old.id for old in read_file(path)} if seen else set()
        if change and entry.id not in known:
            raise Changed(path.name, f"Projektu „{entry.id}” nie ma już na liście.", "Zapisz go jako nowy.")
        if not change and entry.id in known:
            raise Changed(
                path.name, f"Projekt „{entry.id}” już jest.", "Podaj inne id albo zmień tamten projekt."
            )
        text = _written(path, entry)
        _entries(path, text)  # what could not be read again is never put in place
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode("utf-8"))


def _written(path: Path, entry: ProjectEntry) -> str:
    """The text of the list with the project in it."""
    if path.exists():
        whole = tomlkit.parse(path.read_text(encoding="utf-8"))
    else:
        whole = tomlkit.document()
        whole.add(tomlkit.comment(_HEAD))
        whole.add(tomlkit.nl())
        whole.add("project", tomlkit.aot())
    projects: Any = whole["project"]  # Any: tomlkit's containers are dictionaries only at run time
    own = next((project for project in projects if project["id"] == entry.id), None)
    if own is None:
        own = tomlkit.table()
        own.add("id", entry.id)
        projects.append(own)
    workbooks = [_name(path, book) for book in entry.workbooks]
    before = [(path.parent / name).resolve() for name in own.get("workbooks", ())]
    _put(own, "workbooks", workbooks, same=before == list(entry.workbooks))
    ids = [spreadsheet_id(address) for address in own.get("spreadsheets", ())]
    _put(own, "spreadsheets", list(entry.spreadsheets), same=ids == list(entry.spreadsheets))
    own.pop("tab", None)
    own.pop("fact", None)
    tabs, facts = tomlkit.aot(), tomlkit.aot()
    for one, choice in entry.choices.items():
        tabs.append(_table(_of_tab(one, choice)))
    for fact in entry.facts:
        said = {"parameter": fact.parameter, "value": fact.value}
        since = {"valid_from": fact.valid_from} if fact.valid_from else {}
        facts.append(_table(said | since | {"source": fact.source}))
    if entry.choices:
        own.add("tab", tabs)
    if entry.facts:
        own.add("fact", facts)
    return tomlkit.dumps(whole)


def _put(table: Any, name: str, values: list[str], *, same: bool) -> None:
    """Set a list of texts, unless it is the same already; an empty one is left out."""
    if same:
        return
    if values:
        table[name] = values
    else:
        table.pop(name, None)


def _of_tab(one: Key, choice: Choice) -> dict[str, Any]:
    workbook, title = one if isinstance(one, tuple) else ("", one)
    said: dict[str, Any] = {"title": title}
    if workbook:
        said["workbook"] = workbook
    if choice.kind is not None:
        said["kind"] = choice.kind
    for name, words in (("columns", choice.columns), ("answers", choice.answers)):
        if words:
            inline = tomlkit.inline_table()
            inline.update(words)
            said[name] = inline
    return said


def _table(values: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for name, value in values.items():
        table.add(name, value)
    return table


def _name(path: Path, book: Path) -> str:
    """A workbook as the list names it: by its path from there, or its whole path."""
    folder = path.parent.resolve()
    return book.relative_to(folder).as_posix() if book.is_relative_to(folder) else str(book)
