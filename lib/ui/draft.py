"""The draft of a connection while somebody works on it: kept in the reader's session, saved on their word."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st

from lib import connect, projects
from lib.connect import Preview
from lib.mapping import Choices, Key
from lib.project_list import Answer, ProjectEntry, id_of
from sheets.google import Keyless, Spreadsheet
from sheets.table import Table
from sheets.xlsx import Workbook

_STATE = "podlaczenie"


@dataclass
class Draft:
    """What a person is connecting.

    entry    the project as it would be saved; its `facts` may hold answers that are not right yet
    before   the project that is changed, as it was; None for a new one
    seen     the sign of the list of projects when the draft began
    tabs     what was read, by the label of the spreadsheet
    uploads  the content of workbooks that are not in the data folder yet, by name
    first    the tabs that were to be looked at when they were first seen, in order; they stay on top
    saved    the id under which it was saved; empty till then
    """

    entry: ProjectEntry = field(default_factory=lambda: ProjectEntry(""))
    before: ProjectEntry | None = None
    seen: str = ""
    tabs: dict[str, tuple[Table, ...]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    first: list[Key] = field(default_factory=list)
    saved: str = ""
    _shown: tuple[Any, Preview] | None = None

    @property
    def tables(self) -> list[Table]:
        """The tabs of all its spreadsheets."""
        return [tab for tabs in self.tabs.values() for tab in tabs]

    def preview(self, today: dt.date) -> Preview:
        """What would be read now; computed again only when something changed."""
        now = (tuple(self.tabs), repr(self.entry.choices), self.entry.facts, today)
        if self._shown is None or self._shown[0] != now:
            numbers = projects.numbers(self.entry.id)
            saved = self.before.choices if self.before is not None else None
            seen = connect.preview(self.tables, self.entry.choices, self.entry.facts, today, numbers, saved)
            self._shown = (now, seen)
            known = set(self.first)
            self.first += [tab.key for tab in seen.tabs if tab.to_look_at and tab.key not in known]
        return self._shown[1]

    def add(self, typed: str) -> None:
        """Read a spreadsheet at Google or in the data folder into it; SourceError when that cannot be."""
        source = projects.source(typed)
        if isinstance(source, Spreadsheet | Keyless):
            if source.id not in self.entry.spreadsheets:
                self._take(source.read().tabs, source.label)
                self.entry = replace(self.entry, spreadsheets=(*self.entry.spreadsheets, source.id))
        elif isinstance(source, Workbook) and source.path not in self.entry.workbooks:
            self._take(source.read().tabs, source.label)
            self.entry = replace(self.entry, workbooks=(*self.entry.workbooks, source.path))

    def add_upload(self, name: str, data: bytes) -> None:
        """Read a workbook that came over the network into it; SourceError when that cannot be."""
        self._take(projects.read_upload(name, data).tabs, name)
        path = projects.path_of(name)
        if path not in self.entry.workbooks:
            self.entry = replace(self.entry, workbooks=(*self.entry.workbooks, path))
        self.uploads[name] = data

    def _take(self, tabs: tuple[Table, ...], label: str) -> None:
        self.tabs = {**self.tabs, label: tabs}
        self._shown = None

    def choose(self, choices: Choices) -> None:
        """Take in what was said of tabs."""
        self.entry = replace(self.entry, choices=choices)

    def answer(self, fact: Answer) -> None:
        """Take in an answer about the project; an empty value takes it back."""
        kept = [old for old in self.entry.facts if old.parameter != fact.parameter]
        self.entry = replace(self.entry, facts=tuple([*kept, fact] if fact.value else kept))

    def answered(self, parameter: str) -> Answer:
        """The answer about a fact; blank where there is none."""
        return next((f for f in self.entry.facts if f.parameter == parameter), Answer(parameter, "", ""))

    @property
    def last_source(self) -> str:
        """Where the latest answer that has a source comes from; the name of a project needs none."""
        given = (fact.source for fact in reversed(self.entry.facts) if fact.parameter != "Nazwa")
        return next((source for source in given if source), "")

    def name(self, seen: Preview) -> str:
        """What the project is called: as answered, as its tabs say, or as its first spreadsheet."""
        first = Path(next(iter(self.tabs), "projekt")).stem
        return self.answered("Nazwa").value or seen.name or first

    def proposed_id(self, seen: Preview) -> str:
        """An id made from the name that no project has yet."""
        return id_of(self.name(seen), {entry.id for entry in projects.catalogue().projects})

    def save(self, seen: Preview, id: str, *, over: bool) -> None:
        """Put it on the list of projects, its uploaded workbooks into the data folder first.

        Raises SourceError or OSError. Once somebody else changed the list, it may be saved the next
        time, unless it is this very project that was changed.
        """
        for name, data in self.uploads.items():
            projects.keep_workbook(name, data, over=over)
        entry = replace(self.entry, id=id, choices=connect.choices_to_save(seen))
        try:
            projects.save_project(entry, seen=self.seen, change=self.before is not None)
        except projects.SourceError:
            listed = {entry.id: entry for entry in projects.catalogue().projects}
            if self.before is None or listed.get(self.before.id) == self.before:
                self.seen = projects.seen()
            raise
        self.saved = id


def current() -> Draft:
    """The draft of this reader; a new one where there is none."""
    if _STATE not in st.session_state:
        start(None)
    draft: Draft = st.session_state[_STATE]
    return draft


def start(entry: ProjectEntry | None) -> Draft:
    """A draft from the beginning: of a new project, or of one that is to be changed."""
    draft = Draft(entry or ProjectEntry(""), entry, projects.seen())
    st.session_state[_STATE] = draft
    return draft
