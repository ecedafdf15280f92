"""The command line: `python -m lib check | connect | figures | template | demo | doctor | report`.

Output is in Polish, keys of JSON in English. Exit codes: 0 all is well, 1 there are findings of
error level (or the doctor has doubts), 2 something could not be read or written.
"""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from lib import connecting, credentials, demo, doctor, figures, projects, template, template_google
from lib.acceptances import Acceptances
from lib.findings import Severity
from lib.project_list import ProjectEntry
from lib.register import Register, read_tabs, register, severities
from sheets import google_blank
from sheets.google import spreadsheet_id, web_address
from sheets.source import Source, SourceError
from sheets.xlsx import Workbook

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.command(chosen))
    except SourceError as error:
        print(f"{error.label}: {error.what} {error.remedy}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has had enough
        return CLEAN
    except OSError:
        print(
            "Nie da się zapisać pliku: sprawdź, czy folder istnieje i czy wolno w nim pisać.", file=sys.stderr
        )
        return UNREADABLE


class Polish(argparse.ArgumentParser):
    """A parser of arguments that speaks Polish."""

    WORDS = (
        ("usage:", "użycie:"),
        ("options:", "opcje:"),
        ("positional arguments:", "argumenty:"),
        ("show this help message and exit", "pokaż tę pomoc"),
        ("the following arguments are required:", "brakuje:"),
        ("unrecognized arguments:", "nieznane argumenty:"),
        ("invalid choice:", "nieznane polecenie:"),
        ("(choose from", "(do wyboru:"),
        ("one of the arguments", "podaj jedno z:"),
        ("is required", ""),
        ("not allowed with argument", "nie może stać razem z"),
        ("expected one argument", "potrzebna jest wartość"),
    )

    def _print_message(self, message: str, file: Any = None) -> None:
        for english, polish in self.WORDS:
            message = message.replace(english, polish)
        super()._print_message(message, file)

    def error(self, message: str) -> NoReturn:
        """What is wrong with the arguments, and how to use them."""
        self.print_usage(sys.stderr)
        self.exit(UNREADABLE, f"Błąd: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    whole = Polish(prog="python -m lib", description="Ostoja z wiersza poleceń.")
    commands = whole.add_subparsers(required=True, metavar="POLECENIE")

    command = commands.add_parser("check", help="sprawdź projekt albo skoroszyty komórka po komórce")
    command.add_argument("workbooks", nargs="+", metavar="PROJEKT_LUB_SKOROSZYT")
    command.add_argument("--as-of", type=day, metavar="DZIEŃ", help="stan na dzień rrrr-mm-dd (dziś)")
    command.add_argument("--json", action="store_true", help="wynik jako JSON")
    command.set_defaults(command=check)

    command = commands.add_parser("connect", help="podłącz arkusz: pokaż, co zostanie odczytane, i zapisz")
    connecting.add_arguments(command)
    command.set_defaults(command=lambda chosen: connecting.connect(chosen, today()))

    command = commands.add_parser("figures", help="wypisz wszystkie liczby projektu")
    command.add_argument("project", metavar="PROJEKT_LUB_SKOROSZYT")
    command.add_argument("--as-of", type=day, metavar="DZIEŃ", help="stan na dzień rrrr-mm-dd (dziś)")
    command.add_argument("--json", action="store_true", help="wynik jako JSON")
    command.set_defaults(command=show_figures)

    command = commands.add_parser("template", help="utwórz wzór skoroszytu albo arkusza Google")
    target = command.add_mutually_exclusive_group(required=True)
    target.add_argument("path", nargs="?", type=Path, metavar="NAZWA.xlsx")
    target.add_argument("--google", metavar="ADRES", help="wypełnij pusty arkusz Google")
    command.set_defaults(command=write_template)

    command = commands.add_parser("demo", help="utwórz skoroszyty przykładowe, jeśli ich nie ma")
    command.add_argument("folder", nargs="?", type=Path, default=projects.folder(), metavar="FOLDER")
    command.set_defaults(command=write_demo)

    command = commands.add_parser("doctor", help="sprawdź krok po kroku połączenie z arkuszami")
    command.add_argument("project", nargs="?", metavar="PROJEKT")
    command.set_defaults(command=see_doctor)

    command = commands.add_parser("report", help="zapisz zakładki Ostoi w arkuszach, w których je włączono")
    command.add_argument("project", metavar="PROJEKT")
    command.set_defaults(command=tell)
    return whole


def day(typed: str) -> dt.date:
    """A day of the command line, as rrrr-mm-dd or dd.mm.rrrr."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(typed, form).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"„{typed}” nie jest dniem w postaci rrrr-mm-dd")


def today() -> dt.date:
    """The day it is in Poland."""
    return dt.datetime.now(ZoneInfo("Europe/Warsaw")).date()


def register_of(
    sources: Sequence[Source],
    as_of: dt.date | None,
    entry: ProjectEntry | None = None,
    accepted: Acceptances | None = None,
) -> Register:
    """The register of the project that these spreadsheets make up together, read as its entry says."""
    tabs = [tab for source in sources for tab in source.read().tabs]
    if accepted is not None and accepted.problem is not None:
        print(f"{accepted.problem.what} {accepted.problem.remedy}", file=sys.stderr)
    if entry is None:
        readings = read_tabs(tabs)
    else:
        numbers = projects.numbers(entry.id)
        readings = read_tabs([*tabs, *entry.answers], choices=entry.choices, numbers=numbers)
        if (problem := projects.numbers_problem()) is not None:
            print(f"{problem.what} {problem.remedy}", file=sys.stderr)
    return register(readings, as_of or today(), today=today(), acceptances=accepted)


def connected(name: str) -> ProjectEntry | None:
    """The connected project of that id, if there is one."""
    return next((entry for entry in projects.catalogue().projects if entry.id == name), None)


def check(chosen: argparse.Namespace) -> int:
    """Every finding of a connected project, or of workbooks read together as one project."""
    entry = connected(chosen.workbooks[0]) if len(chosen.workbooks) == 1 else None
    if entry is not None:
        accepted = projects.acceptances(entry.id)
        whole = register_of(projects.sources(entry.id), chosen.as_of, entry, accepted)
    else:
        whole = register_of([Workbook(Path(name)) for name in chosen.workbooks], chosen.as_of)
    counts = severities(whole.findings)
    if chosen.json:
        show(
            {
                "as_of": whole.as_of.isoformat(),
                "findings": [figures.finding_line(finding) for finding in whole.findings],
                "accepted": [figures.accepted_line(accepted) for accepted in whole.accepted],
                "not_counted": figures.not_counted(whole),
                "tabs": whole.tabs.to_dict("records"),
                "accounts": whole.accounts.to_dict("records"),
            }
        )
    else:
        for finding in whole.findings:
            rule = finding.rule
            print(f"{rule.severity.label:<12} {finding.address}: {finding.message} {rule.advice}")
        for meant in whole.accepted:
            why = meant.acceptance
            said = f"{meant.finding.message} Tak ma być: {why.reason} ({why.by}, {why.on:%d.%m.%Y})"
            print(f"{'PRZYJĘTE':<12} {meant.finding.address}: {said}")
        numbers = ", ".join(f"{severity.label.lower()}: {count}" for severity, count in counts.items())
        lost = sum(whole.rejected.values())
        numbers += f"; przyjęte: {len(whole.accepted)}" if whole.accepted else ""
        print(f"Stan na {whole.as_of:%d.%m.%Y}. Ustalenia - {numbers}. Niewliczone wiersze: {lost}.")
    if not whole.tabs["record"].any():
        return say_unknown(", ".join(Path(name).name for name in chosen.workbooks))
    return FAULTY if counts[Severity.URGENT] or counts[Severity.ERROR] else CLEAN


def say_unknown(name: str) -> int:
    """That there is nothing in a workbook that we know; the exit code."""
    print(
        f"{name}: nie ma tu żadnej znanej zakładki. "
        "Porównaj nazwy zakładek i nagłówki z wzorem: python -m lib template wzor.xlsx",
        file=sys.stderr,
    )
    return UNREADABLE


def show_figures(chosen: argparse.Namespace) -> int:
    """Every figure of a connected project, or of a workbook."""
    entry = connected(chosen.project)
    if entry is None and not Path(chosen.project).exists():
        known = ", ".join(e.id for e in projects.catalogue().projects) or "brak"
        print(
            f"„{chosen.project}” nie jest ani projektem ({known}), ani istniejącym skoroszytem.",
            file=sys.stderr,
        )
        return UNREADABLE
    sources = projects.sources(entry.id) if entry else [Workbook(Path(chosen.project))]
    accepted = projects.acceptances(entry.id) if entry else None
    whole = register_of(sources, chosen.as_of, entry, accepted)
    if not whole.tabs["record"].any():
        return say_unknown(chosen.project)
    result = figures.figures(whole)
    if chosen.json:
        show(result)
    else:
        for line in lines_of(result):
            print(line)
    return CLEAN


def lines_of(value: Any, name: str = "") -> list[str]:
    """A structure of figures as lines „capacity.persons.ever: 352”."""
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in lines_of(item, f"{name}.{key}".lstrip("."))]
    if isinstance(value, list):
        return [line for number, item in enumerate(value) for line in lines_of(item, f"{name}[{number}]")]
    return [f"{name}: {'nie podano' if value is None else value}"]


def show(result: Any) -> None:
    """A result as JSON on the standard output."""
    json.dump(result, sys.stdout, ensure_ascii=False, indent=2)
    print()


def write_template(chosen: argparse.Namespace) -> int:
    """A blank workbook or Google spreadsheet with every tab of a project; never over anything."""
    if chosen.google is not None:
        return fill_google(chosen.google)
    if chosen.path.suffix.lower() != ".xlsx":
        print(f"{chosen.path}: nazwa musi się kończyć na .xlsx.", file=sys.stderr)
        return UNREADABLE
    if chosen.path.exists():
        print(f"{chosen.path} już jest; podaj inną nazwę.", file=sys.stderr)
        return UNREADABLE
    template.write(chosen.path)
    print(f"Gotowe: {chosen.path}")
    return CLEAN


def fill_google(address: str) -> int:
    """The template in an empty Google spreadsheet that is shared with the account that may write."""
    id = spreadsheet_id(address)
    if id is None:
        print(
            f"„{address}” nie jest adresem arkusza Google. Utwórz na Dysku pusty arkusz, udostępnij go kontu "
            "usługi z rolą „Edytujący” i podaj jego adres.",
            file=sys.stderr,
        )
        return UNREADABLE
    account = credentials.writer(credentials.file(), credentials.google())
    title = google_blank.fill(id, account, template_google.requests)
    print(f"Gotowe: „{title}”, {web_address(id)}")
    return CLEAN


def write_demo(chosen: argparse.Namespace) -> int:
    """The demonstration workbooks, each only where there is none."""
    for path in demo.write(chosen.folder):
        print(f"Utworzono {path}")
    return CLEAN


def see_doctor(chosen: argparse.Namespace) -> int:
    """How everything that is to be connected is, step by step."""
    worst = doctor.Outcome.GOOD
    for step in doctor.steps(projects.Projects(projects.folder()), chosen.project, today()):
        print(f"{step.outcome.label:<6} {step.title}: {step.said}", flush=True)
        if step.remedy:
            print(f"       Co zrobić: {step.remedy}", flush=True)
        worst = max(worst, step.outcome)
    return int(worst)


def tell(chosen: argparse.Namespace) -> int:
    """Tell the staff of a project in their own spreadsheets, once, and say what was done."""
    connected = projects.Projects(projects.folder())
    recipients = [it for it in connected.recipients() if it.project == chosen.project]
    if not recipients:
        print(
            f"„{chosen.project}” nie jest projektem, w którym włączono zapisywanie zakładek Ostoi "
            "(pole „report_to” w projects.toml).",
            file=sys.stderr,
        )
        return UNREADABLE
    whole = register_of(connected.sources(chosen.project), None, connected.entry(chosen.project))
    worst = CLEAN
    for recipient in recipients:
        delivery = connected.deliveries.deliver(recipient, whole, today())
        print(f"{recipient.label}: {delivery.said} {delivery.remedy}".rstrip(), flush=True)
        worst = UNREADABLE if delivery.failed else worst
    return worst


if __name__ == "__main__":
    sys.exit(main())
