"""`python -m lib connect`: what would be read from spreadsheets, corrections, and saving, in a terminal."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lib import connect as connections
from lib import projects, words
from lib.connect import Headline, Preview, TableSeen, TabSeen
from lib.mapping import Choices
from lib.project import parameter_of
from lib.project_list import Answer, ProjectEntry, id_of, is_id
from lib.records import RECORDS
from sheets.google import Keyless, Spreadsheet
from sheets.table import Table
from sheets.xlsx import Workbook

CLEAR, ASKING, UNREADABLE = 0, 1, 2

LEAVE_ALONE = "pomiń"
"""How a person says that a tab is to be left alone."""


class Wrong(Exception):
    """An argument that means nothing here; the text says which and what would."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("spreadsheets", nargs="+", metavar="SKOROSZYT_LUB_ADRES")
    command.add_argument("--name", metavar="NAZWA", help="nazwa projektu")
    command.add_argument("--id", metavar="ID", help="id projektu (domyślnie z nazwy)")
    for option, form, help in (
        ("--fact", "PARAMETR=WARTOŚĆ|ŹRÓDŁO", "fakt, którego nie ma w arkuszu"),
        ("--tab", "TYTUŁ=RODZAJ|pomiń", "co jest w zakładce"),
        ("--column", "TYTUŁ:POLE=NAGŁÓWEK", "z której kolumny czytać pole (puste: z żadnej)"),
        ("--answer", "TYTUŁ:PYTANIE=WARTOŚĆ", "odpowiedź na pytanie o zakładkę"),
    ):
        command.add_argument(option, action="append", default=[], metavar=form, help=help)
    command.add_argument("--save", action="store_true", help="zapisz w projects.toml")


def connect(chosen: argparse.Namespace, today: dt.date) -> int:
    """Show what would be read, and save it when asked to; the exit code."""
    sources = [projects.source(typed) for typed in chosen.spreadsheets]
    tabs = [tab for source in sources for tab in source.read().tabs]
    try:
        facts = [_fact(typed) for typed in chosen.fact]
        if chosen.name:
            facts.insert(0, Answer("Nazwa", chosen.name, connections.SAID_AT_CONNECTING))
        seen = _corrected(tabs, facts, chosen, today)
        if chosen.id and not is_id(chosen.id):
            raise Wrong(f"„{chosen.id}” nie może być id: tylko małe litery, cyfry i myślniki.")
    except Wrong as problem:
        print(problem, file=sys.stderr)
        return UNREADABLE
    given = {fact.parameter for fact in facts}
    for line in lines(
        replace(seen, asked=tuple(asked for asked in seen.asked if asked.parameter not in given))
    ):
        print(line)
    if not seen.recognised:
        print("Nie ma tu żadnej zakładki, którą Ostoja umie czytać.", file=sys.stderr)
        return UNREADABLE
    if chosen.save:
        taken = {entry.id for entry in projects.catalogue().projects}
        name = chosen.name or seen.name or Path(sources[0].label).stem
        entry = ProjectEntry(
            chosen.id or id_of(name, taken),
            tuple(source.path for source in sources if isinstance(source, Workbook)),
            tuple(source.id for source in sources if isinstance(source, Spreadsheet | Keyless)),
            choices=connections.choices_to_save(seen),
            facts=tuple(facts),
        )
        projects.save_project(entry, seen=projects.seen())
        print(f"Zapisano projekt „{entry.id}”.")
    return CLEAR if seen.clear else ASKING


def _fact(typed: str) -> Answer:
    """„Parametr=Wartość|źródło”."""
    name, _, rest = typed.partition("=")
    value, _, source = rest.rpartition("|")
    parameter = parameter_of(name)
    if parameter is None or not value:
        raise Wrong(
            f'„{typed}”: podaj --fact "Parametr=Wartość|źródło", np. "Wartość projektu=1000,00|umowa".'
        )
    fact = Answer(parameter.name, value.strip(), source.strip())
    if problem := connections.problem_of(fact):
        raise Wrong(f"{parameter.name}: {problem}")
    return fact


def _corrected(
    tabs: Sequence[Table], facts: Sequence[Answer], chosen: argparse.Namespace, today: dt.date
) -> Preview:
    """The preview with all that the arguments say of tabs, columns and questions."""
    choices: Choices = {}
    seen = connections.preview(tabs, choices, facts, today)
    if not (chosen.tab or chosen.column or chosen.answer):
        return seen
    for typed in chosen.tab:
        title, _, kind = typed.rpartition("=")
        record = connections.record_named(kind)
        if record is None and kind != LEAVE_ALONE:
            known = ", ".join(record.tab for record in RECORDS)
            raise Wrong(f"„{kind}” nie jest rodzajem zakładki. Znam: {known}, {LEAVE_ALONE}.")
        for tab in _tabs(seen, title):
            choices = connections.with_kind(choices, tab, record.__name__ if record is not None else "")
    seen = connections.preview(tabs, choices, facts, today)
    for typed in chosen.column:
        where, _, header = typed.partition("=")
        title, _, name = where.rpartition(":")
        for tab in _tabs(seen, title):
            own = connections.field_named(name, [table.record for table in tab.tables])
            table = next((t for t in tab.tables if own in dict(t.fields)), None)
            if own is None or table is None:
                raise Wrong(f"W zakładce „{title}” nie ma pola „{name}”.")
            column = connections.header_named(table, header) if header or table.by_days else ""
            if column is None:
                raise Wrong(f"W zakładce „{title}” nie ma kolumny „{header}”.")
            choices = connections.with_column(choices, tab, table, own, column)
            seen = connections.preview(tabs, choices, facts, today)
    for typed in chosen.answer:
        where, _, value = typed.partition("=")
        title, _, about = where.rpartition(":")
        for tab in _tabs(seen, title):
            choices = connections.with_answer(choices, tab, about, value)
    return connections.preview(tabs, choices, facts, today)


def _tabs(seen: Preview, title: str) -> list[TabSeen]:
    found = [tab for tab in seen.tabs if tab.title == title]
    if not found:
        raise Wrong(f"Nie ma zakładki „{title}”. Są: {', '.join(tab.title for tab in seen.tabs)}.")
    return found


# --- what is printed ----------------------------------------------------------------------------


def lines(seen: Preview) -> Iterator[str]:
    """The preview, line by line."""
    for tab in seen.tabs:
        yield from _of_tab(tab)
    yield f"Liczby na {words.day(seen.as_of)}:"
    for headline in seen.headlines:
        yield f"    {headline.label}: {said(headline)}"
    if seen.asked:
        yield 'Czego nie ma w arkuszu (podaj przez --fact "Parametr=Wartość|źródło"):'
        yield from (f"    {asked.parameter}: {asked.why}" for asked in seen.asked)


def said(headline: Headline) -> str:
    """A figure in words: „62 z 352”, „82,5%”, „nie podano”."""
    forms: dict[str, Callable[[object], str]] = {"share": words.share, "grosze": words.money}
    form: Callable[[object], str] = forms.get(headline.kind, words.number)
    return form(headline.value) + (f" z {form(headline.of)}" if headline.of else "")


def _of_tab(tab: TabSeen) -> Iterator[str]:
    kinds = "pominięta" if tab.left_alone else tab.kinds or "nie czytam"
    yield f"{tab.title} ({tab.workbook}): {kinds}"
    for table in tab.tables:
        yield from _of_table(table)
    for question in tab.open:
        yield f"    PYTANIE [{question.about}]: {question.text}"
        yield from (f"        {value or '(puste)'}: {text}" for value, text in question.options)
    if tab.findings:
        counts = ", ".join(
            f"{severity.label}: {count}" for severity, count in tab.severities.items() if count
        )
        yield f"    uwagi: {counts}"


def _of_table(table: TableSeen) -> Iterator[str]:
    header = ", ".join(map(str, table.header_rows)) or "brak"
    counts = f"{words.rows(table.rows)} danych, liczonych {table.counted}, nieliczonych {table.rejected}"
    yield f"    {table.record.tab}: wiersz nagłówka {header}; {counts}"
    for column in table.columns:
        header = f"„{column.header}”" if column.header else "bez nagłówka"
        yield f"        {column.place:<5} {header} -> {column.title}: {column.word} ({column.reason})"
    if table.unused:
        unused = ", ".join(f"{letter} „{header}”" for letter, header in table.unused)
        yield f"        nieczytane kolumny: {unused}"
    for reason, rows in table.not_data.items():
        yield f"        nie są danymi ({reason}): wiersze {', '.join(map(str, rows))}"
