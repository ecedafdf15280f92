"""The doctor: is everything connected, step by step, and what to do where it is not.

list of projects -> key -> clock -> token -> each spreadsheet -> its tabs and rows -> our own tabs
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from lib.deliveries import WARSAW
from lib.project_list import ProjectEntry
from lib.projects import Projects
from lib.register import read_tabs, register
from sheets.account import Account
from sheets.source import Snapshot, Source, SourceError
from sheets.table import Table

CLOCK_TOLERANCE = dt.timedelta(minutes=4)
"""Google refuses a key that is shown by a clock five minutes wrong."""


class Outcome(IntEnum):
    """How a step went; the worst one is the exit code of the command."""

    GOOD = 0
    DOUBTFUL = 1
    FAILED = 2

    @property
    def label(self) -> str:
        """The word for it on the screen."""
        return ("OK", "UWAGA", "BŁĄD")[self]


@dataclass(frozen=True, slots=True)
class Step:
    """What was looked at, how it is, and what to do about it, if anything."""

    title: str
    outcome: Outcome
    said: str
    remedy: str = ""

    @classmethod
    def failed(cls, title: str, error: SourceError) -> "Step":
        """A step that ended in an error."""
        return cls(title, Outcome.FAILED, error.what, error.remedy)


def steps(projects: Projects, only: str | None, today: dt.date) -> Iterator[Step]:
    """Every step for one project, or for all of them; a step that fails ends those that build on it."""
    catalogue = projects.catalogue()
    if catalogue.problem is not None:
        yield Step.failed("Lista projektów", catalogue.problem)
        return
    chosen = [entry for entry in catalogue.projects if only in (None, entry.id)]
    known = ", ".join(entry.id for entry in catalogue.projects)
    if not chosen:
        yield Step(
            "Lista projektów", Outcome.FAILED, f"Nie ma projektu „{only}”.", f"Podaj jeden z: {known}."
        )
        return
    yield Step("Lista projektów", Outcome.GOOD, f"{known}.")
    reached = True
    if any(entry.spreadsheets for entry in chosen):
        for step in _account(projects):
            yield step
            reached = step.outcome is not Outcome.FAILED
    for entry in chosen:
        yield from _project(projects, entry, reached, today)
    yield from _told(projects, [entry.id for entry in chosen])


def _told(projects: Projects, chosen: Sequence[str]) -> Iterator[Step]:
    """The key for writing, where it is needed, and how the last telling of each spreadsheet went."""
    told = [recipient for recipient in projects.recipients() if recipient.project in chosen]
    if any(recipient.address for recipient in told):
        try:
            writer = projects.writer()
            writer.log_in()
        except SourceError as error:
            yield Step.failed("Klucz do zapisu", error)
        else:
            said = f"Konto, któremu udostępnia się arkusze do edycji: {writer.email}"
            yield Step("Klucz do zapisu", Outcome.GOOD, said)
    for recipient in told:
        title = f"{recipient.project}, zakładki Ostoi w „{recipient.label}”"
        last = projects.deliveries.last(recipient.key)
        if last is None:
            command = f"Zapisze je serwer albo polecenie: python -m lib report {recipient.project}"
            yield Step(title, Outcome.DOUBTFUL, "Jeszcze nie były zapisane.", command)
        else:
            outcome = Outcome.FAILED if last.failed else Outcome.GOOD
            at = last.at.astimezone(WARSAW)
            yield Step(title, outcome, f"{at:%d.%m.%Y %H:%M}: {last.said}", last.remedy)


def _account(projects: Projects) -> Iterator[Step]:
    """The key, the clock and the token; ends with the first that fails."""
    try:
        account = projects.account()
    except SourceError as error:
        yield Step.failed("Klucz konta Google", error)
        return
    yield Step("Klucz konta Google", Outcome.GOOD, f"Konto, któremu udostępnia się arkusze: {account.email}")
    yield _clock(account)
    try:
        account.log_in()
    except SourceError as error:
        yield Step.failed("Logowanie do Google", error)
    else:
        yield Step("Logowanie do Google", Outcome.GOOD, "Google wydał przepustkę do odczytu arkuszy.")


def _clock(account: Account) -> Step:
    try:
        ahead = account.clock_ahead()
    except SourceError as error:
        return Step.failed("Zegar", error)
    seconds = round(abs(ahead).total_seconds())
    if abs(ahead) < CLOCK_TOLERANCE:
        return Step("Zegar", Outcome.GOOD, f"Różnica wobec Google: {seconds} s.")
    way = "śpieszy się" if ahead > dt.timedelta() else "spóźnia się"
    what = f"Zegar tego komputera {way} o {seconds} s i Google odrzuci logowanie."
    return Step("Zegar", Outcome.FAILED, what, "Administrator: włącz synchronizację czasu (NTP).")


def _project(projects: Projects, entry: ProjectEntry, reached: bool, today: dt.date) -> Iterator[Step]:
    """The spreadsheets of a project and what was recognised in them; `reached` tells whether Google was."""
    tabs: list[Table] = []
    for source in projects.sources(entry.id)[: None if reached else len(entry.workbooks)]:
        title = f"{entry.id}, arkusz „{source.label}”"
        try:
            snapshot = source.read()
        except SourceError as error:
            yield Step.failed(title, error)
        else:
            yield _whole(entry, source, snapshot)
            tabs.extend(snapshot.tabs)
    if tabs:
        yield from _tabs(entry, tabs, today)


def _whole(entry: ProjectEntry, source: Source, snapshot: Snapshot) -> Step:
    rows = sum(len(tab) for tab in snapshot.tabs)
    said = f"Odczytany w całości: zakładek {len(snapshot.tabs)}, wierszy {rows}."
    return Step(f"{entry.id}, arkusz „{source.label}”", Outcome.GOOD, said)


def _tabs(entry: ProjectEntry, tabs: Sequence[Table], today: dt.date) -> Iterator[Step]:
    """A step for every tab that was recognised, and one for all the others."""
    whole = read_tabs([*tabs, *entry.answers], choices=entry.choices)
    table = register(whole, today).tabs
    for tab in table[table["record"] != ""].itertuples():
        title = f"{entry.id}, zakładka „{tab.tab}” ({tab.workbook})"
        rows = f"wierszy liczonych {tab.counted}, nieliczonych {tab.not_counted}"
        said = f"Rozpoznana jako „{tab.record}”: {rows}."
        if tab.not_counted:
            remedy = "Popraw wiersze, które wymienia strona „Jakość danych”."
            yield Step(title, Outcome.DOUBTFUL, said, remedy)
        else:
            yield Step(title, Outcome.GOOD, said)
    others = table[table["record"] == ""]["tab"].tolist()
    if len(others) == len(table):
        yield Step(
            entry.id,
            Outcome.DOUBTFUL,
            "Żadna zakładka nie została rozpoznana.",
            "Porównaj nazwy zakładek i nagłówki z wzorem: python -m lib template wzor.xlsx",
        )
    elif others:
        names = ", ".join(f"„{name}”" for name in others)
        yield Step(entry.id, Outcome.GOOD, f"Zakładki, których Ostoja nie czyta: {names}.")
