"""`projects.toml`: which spreadsheets make up a project, and nothing else; it holds no secrets.

    [[project]]
    id = "miasto-rodziny"                # small letters, digits and dashes: it stands in addresses of pages
    workbooks = ["miasto-rodziny.xlsx"]  # local workbooks, by path from this file
    spreadsheets = ["https://docs.google.com/spreadsheets/d/..."]  # Google spreadsheets, by address or id
    refresh_seconds = 60                 # how often the Google ones are read; 60 when left out
    report_to = ["miasto-rodziny.xlsx"]  # which of them Ostoja tells its findings in; none when left out

A project has workbooks, spreadsheets, or both.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sheets.google import spreadsheet_id
from sheets.source import Damaged, Missing

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
}


def _id(address: str) -> str:
    """The id in the address of a spreadsheet."""
    id = spreadsheet_id(address)
    if id is None:
        raise PydanticCustomError("no_address", "no_address")
    return id


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")]
    workbooks: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)] | None = None
    spreadsheets: Annotated[list[Annotated[str, AfterValidator(_id)]], Field(min_length=1)] | None = None
    refresh_seconds: Annotated[int, Field(ge=15, le=3600)] = REFRESH_SECONDS
    report_to: Annotated[list[str], Field(min_length=1)] | None = None

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
class ProjectEntry:
    """A project as `projects.toml` names it: full paths of its workbooks, ids of its Google spreadsheets.

    `report_to` are those of both in which the staff are told of the findings.
    """

    id: str
    workbooks: tuple[Path, ...] = ()
    spreadsheets: tuple[str, ...] = ()
    refresh_seconds: int = REFRESH_SECONDS
    report_to: tuple[Path | str, ...] = ()


def read_file(path: Path) -> tuple[ProjectEntry, ...]:
    """The projects of a `projects.toml`; SourceError with the place and the remedy when it is broken."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = _File.model_validate(content).project
    except FileNotFoundError:
        raise Missing(
            path.name,
            "Nie ma pliku z listą projektów.",
            f"Utwórz plik {path.name} w folderze danych albo uruchom „make run”.",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise Damaged(
            path.name,
            "Pliku z listą projektów nie da się odczytać.",
            "Zapisz go jako zwykły tekst UTF-8 i sprawdź uprawnienia.",
        ) from None
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
    )


def place(error: tomllib.TOMLDecodeError) -> str:
    """Where a TOML file is broken, in Polish: „wiersz 3, kolumna 5”."""
    where = str(error).rpartition("(at ")[2].rstrip(")")
    for english, polish in (("line", "wiersz"), ("column", "kolumna"), ("end of document", "koniec pliku")):
        where = where.replace(english, polish)
    return where


def _said(error: ValidationError) -> str:
    """The first thing that is wrong, with the number of its project."""
    first = error.errors(include_url=False, include_input=False)[0]
    number = next((f"Projekt nr {part + 1}: " for part in first["loc"] if isinstance(part, int)), "")
    field = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "")
    return number + PROBLEMS.get(first["type"], "pole „{field}” ma niedozwoloną wartość").format(field=field)
