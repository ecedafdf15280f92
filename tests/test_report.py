"""What the staff are told in their own spreadsheet: its findings, and the project's headline figures."""

import datetime as dt
import json
import os

from lib import demo
from lib import register as registers
from lib.register import read_tabs
from lib.report import FIGURE_HEADER, FINDING_HEADER, NOTHING_WRONG, count_of, figures_tab, findings_tab
from lib.since import FILE, Since
from sheets.own_tab import FIGURES, FINDINGS
from sheets.table import Table
from sheets.xlsx import Workbook

DAY = dt.date(2026, 1, 31)


def test_a_finding_is_told_with_its_cell_its_advice_its_day_and_its_rule(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K
    U2            | ?
    """
    tab = findings_tab(register, dict.fromkeys(register.findings, dt.date(2026, 1, 5)), "")
    notice, header, *lines, last = tab.rows
    assert tab.title == FINDINGS
    assert (len(notice), header) == (1, FINDING_HEADER)
    assert [(line[0], line[1], *line[4:]) for line in lines] == [
        ("BŁĄD", "Uczestnicy!B3", "05.01.2026", None, "not-in-dictionary")
    ]
    assert all(lines[0][2:4])
    assert last[0].endswith(" 0.")
    assert count_of(tab) == 1


def test_where_nothing_is_wrong_that_is_told(register):
    """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K
    """
    tab = findings_tab(register, {}, "")
    assert tab.rows[2] == (NOTHING_WRONG,)
    assert count_of(tab) == 0


def two(*, links: bool):
    """The register of two spreadsheets of one title, each with a wrong cell, and one with a right one."""
    header = ["Nr uczestnika", "Płeć"]
    tabs = [
        Table.from_rows("Uczestnicy", [header, [f"U{n}", "?"]], workbook="Lista", link=link)
        for n, link in enumerate(
            ("https://a/edit#gid=0&range={range}", "https://b/edit#gid=0&range={range}")
            if links
            else ("", "")
        )
    ]
    return registers.register(read_tabs(tabs), DAY)


def test_each_spreadsheet_is_told_its_own_findings_and_how_many_are_elsewhere():
    register = two(links=True)
    assert len(register.findings) == 2
    for address in ("https://a/edit", "https://b/edit"):
        tab = findings_tab(register, {}, "Lista", address)
        assert [row[5] for row in tab.rows[2:-1]] == [f"{address}#gid=0&range=B2"]
        assert tab.rows[-1][0].endswith(" 1.")
    assert count_of(findings_tab(register, {}, "Lista")) == 2
    assert count_of(findings_tab(two(links=False), {}, "Budżet")) == 0


def test_the_headline_figures_are_those_of_the_screens(tmp_path):
    demo.write(tmp_path)
    tabs = Workbook(tmp_path / "miasto-rodziny.xlsx").read().tabs
    register = registers.register(read_tabs(tabs), dt.date(2023, 9, 30))
    tab = figures_tab(register)
    assert (tab.title, tab.rows[1]) == (FIGURES, FIGURE_HEADER)
    told = {name: (value, unit) for name, value, unit, _ in tab.rows[2:]}
    assert {day for *_, day in tab.rows[2:]} == {"30.09.2023"}
    assert told["Osoby objęte wsparciem"] == (352, "osoby")
    assert told["Osoby objęte wsparciem: cel"] == (350, "osoby")
    assert told["Miejsca obiecane w okresie trwałości"] == (18, "miejsca")
    assert told["Miejsca gotowe"] == ("nie podano", "miejsca")
    assert told["Wydano"][0] == round(sum(told[f"Wydano: {s}"][0] for s in EU_STATE_OWN), 2)
    assert told["Ustalenia BŁĄD"][0] == sum(f.rule.severity.label == "BŁĄD" for f in register.findings)
    assert told["Wiersze niewliczone"] == (3, "wiersze")
    assert {type(value) for row in tab.rows for value in row} <= {str, int, float}


EU_STATE_OWN = ("UE", "budżet państwa", "wkład własny")


def test_no_name_and_no_pesel_is_told(register):
    """
    Uczestnicy
    Nr uczestnika | Imię    | Nazwisko     | PESEL       | Płeć
    U1            | Bożydar | Brzęczyński  | 44051401458 | M
    U2            | Bożydar | Brzęczyński  | 44051401458 | ?
    """
    assert {finding.rule.code for finding in register.findings} == {"same-pesel", "not-in-dictionary"}
    told = repr((findings_tab(register, {}, ""), figures_tab(register)))
    for secret in ("44051401458", "Bożydar", "Brzęczyński"):
        assert secret not in told


def test_the_first_day_of_a_finding_outlives_a_restart_and_ends_with_the_finding(tmp_path):
    first, second, third = (DAY + dt.timedelta(days=n) for n in range(3))
    found = two(links=False).findings
    assert set(Since(tmp_path).days("p", found, first).values()) == {first}
    assert set(Since(tmp_path).days("p", found, second).values()) == {first}
    assert Since(tmp_path).days("q", found, second)[found[0]] == second
    assert Since(tmp_path).days("p", (), second) == {}
    assert Since(tmp_path).days("p", found, third)[found[0]] == third


def test_the_file_of_first_days_says_nothing_of_the_cells_and_is_for_the_server_only(tmp_path):
    Since(tmp_path).days("p", two(links=False).findings, DAY)
    content = (tmp_path / FILE).read_text()
    for word in ("Uczestnicy", "Lista", "Płeć", "not-in-dictionary"):
        assert json.dumps(word)[1:-1] not in content
    assert os.stat(tmp_path / FILE).st_mode & 0o077 == 0
    other = tmp_path / "inny"
    other.mkdir()
    Since(other).days("p", two(links=False).findings, DAY)
    marks, others = (set(json.loads((f / FILE).read_text())["projects"]["p"]) for f in (tmp_path, other))
    assert marks
    assert not marks & others


def test_a_damaged_file_of_first_days_begins_anew(tmp_path):
    found = two(links=False).findings
    for damage in ("", "[]", '{"version": 1}', '{"version": 1, "key": "00", "projects": {"p": {"a": 3}}}'):
        (tmp_path / FILE).write_text(damage)
        assert set(Since(tmp_path).days("p", found, DAY).values()) == {DAY}
