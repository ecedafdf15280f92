"""What Ostoja tells the staff in a spreadsheet of theirs: its findings, and the project's headline figures.

Only the content; `deliveries.py` has it written. It holds what the screens show to everybody, so
neither names nor PESEL numbers.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from lib.figures import figures
from lib.findings import Finding, Severity
from lib.register import Register, severities
from lib.words import NOT_GIVEN, SOURCES
from sheets.own_tab import FIGURES, FINDINGS, OwnTab, Value

NOTICE = (
    "Tę zakładkę prowadzi Ostoja i zapisuje ją zawsze od nowa. Prosimy niczego tu nie wpisywać: "
    "przy następnym zapisie zniknie."
)
FINDING_HEADER = ("Pilność", "Komórka", "Co jest nie tak", "Co zrobić", "Od kiedy", "Odsyłacz", "Kod reguły")
FIGURE_HEADER = ("Co", "Ile", "Jednostka", "Stan na dzień")
NOTHING_WRONG = "Nic do poprawienia"


def report(
    register: Register, since: Mapping[Finding, dt.date], workbook: str, address: str = ""
) -> tuple[OwnTab, OwnTab]:
    """Both tabs for one spreadsheet of the project.

    `workbook` is the name that its tables carry, `address` where it is opened, which tells apart
    two of one name; `since` gives the day on which a finding was first seen. What concerns no
    spreadsheet in particular, such as a tab that is nowhere, is told in each of them.
    """
    return findings_tab(register, since, workbook, address), figures_tab(register)


def findings_tab(
    register: Register, since: Mapping[Finding, dt.date], workbook: str, address: str = ""
) -> OwnTab:
    """The findings of a spreadsheet, in the order of the register, and how many are elsewhere."""
    own = [finding for finding in register.findings if _is_in(finding, workbook, address)]
    lines: list[tuple[Value, ...]] = [
        (
            finding.rule.severity.label,
            finding.address,
            finding.message,
            finding.rule.advice,
            _day(since.get(finding)),
            finding.cell.url or None,
            finding.rule.code,
        )
        for finding in own
    ]
    elsewhere = len(register.findings) - len(own)
    last = f"Ustalenia w innych arkuszach tego projektu: {elsewhere}."
    rows = ((NOTICE,), FINDING_HEADER, *(lines or [(NOTHING_WRONG,)]), (last,))
    return OwnTab(FINDINGS, rows, (14, 20, 60, 60, 12, 30, 26))


def figures_tab(register: Register) -> OwnTab:
    """The headline figures of the whole project, each with its unit and its day."""
    day = _day(register.as_of)
    rows = tuple((name, value, unit, day) for name, value, unit in _headlines(register))
    return OwnTab(FIGURES, ((NOTICE,), FIGURE_HEADER, *rows), (52, 16, 12, 14))


def _headlines(register: Register) -> Iterator[tuple[str, Value, str]]:
    """Name, value and unit of every headline figure."""
    all_figures = figures(register)
    capacity, money, places = (all_figures[name] for name in ("capacity", "budget", "durability"))
    persons, sessions, rate = capacity["persons"], capacity["sessions"], capacity["attendance"]["rate"]
    yield "Osoby objęte wsparciem", persons["ever"], "osoby"
    yield "Osoby objęte wsparciem: cel", _given(persons["target"]), "osoby"
    yield "Osoby aktywne", persons["active"], "osoby"
    for group in capacity["groups"]:
        free = group["free"]
        yield f"Wolne miejsca w grupie {group['group']}", "bez limitu" if free is None else free, "miejsca"
    yield "Zajęcia odbyte", sessions["held"], "zajęcia"
    yield "Zajęcia odwołane", sessions["cancelled"], "zajęcia"
    yield "Zajęcia zaplanowane", sessions["planned"], "zajęcia"
    yield "Frekwencja", NOT_GIVEN if rate is None else round(rate * 100, 1), "%"
    yield "Wydano", _zloty(money["spent_gr"]), "zł"
    yield "Zostało", _zloty(money["left_gr"]), "zł"
    for code, source in money["sources"].items():
        yield f"Wydano: {SOURCES[code]}", _zloty(source["spent_gr"]), "zł"
        yield f"Zostało: {SOURCES[code]}", _zloty(source["left_gr"]), "zł"
    yield "Miejsca obiecane w okresie trwałości", places["declared"], "miejsca"
    yield "Miejsca gotowe", _given(places["ready"]), "miejsca"
    for severity, count in severities(register.findings).items():
        yield f"Ustalenia {severity.label}", count, "ustalenia"
    yield "Wiersze niewliczone", sum(register.rejected.values()), "wiersze"


def _is_in(finding: Finding, workbook: str, address: str) -> bool:
    """Whether a finding is to be told in this spreadsheet."""
    cell = finding.cell
    if address and cell.url:
        return cell.url.startswith(address)
    return cell.workbook in ("", workbook)


def _given(value: Any) -> Value:
    return NOT_GIVEN if value is None else value


def _zloty(grosze: int | None) -> Value:
    return NOT_GIVEN if grosze is None else grosze / 100


def _day(day: dt.date | None) -> str | None:
    return None if day is None else f"{day:%d.%m.%Y}"


def count_of(tab: OwnTab) -> int:
    """How many findings a tab of findings tells."""
    return sum(row[0] in {severity.label for severity in Severity} for row in tab.rows[2:])
