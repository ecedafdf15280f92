"""The figures of both demonstration projects against a count in plain Python.

Nothing of the program is used to count: cells come from openpyxl, and every figure is a loop over rows.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lib import demo, figures
from lib.__main__ import register_of
from sheets.xlsx import Workbook

DAYS = {
    "miasto-rodziny": ("2022-06-30", "2023-03-31", "2024-08-15"),
    "gagarina-116": ("2022-05-31", "2022-12-31", "2023-06-30"),
}
MONTHS = ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
          "października", "listopada", "grudnia")  # fmt: skip

Row = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration workbooks."""
    path = tmp_path_factory.mktemp("demo")
    demo.write(path)
    return path


@pytest.fixture(scope="module")
def books(folder: Path) -> dict[str, dict[str, list[Row]]]:
    """Each workbook as lists of rows by tab."""
    return {project: tabs_of(folder / f"{project}.xlsx") for project in DAYS}


def tabs_of(path: Path) -> dict[str, list[Row]]:
    """Every tab as rows {header: value}, blank rows left out."""
    tabs = {}
    for sheet in openpyxl.load_workbook(path):
        header, *rows = list(sheet.iter_rows(values_only=True)) or [()]
        tabs[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows if any(row)]
    return tabs


def day(value: Any) -> dt.date | None:
    """A day, or None where the cell holds none."""
    if isinstance(value, dt.datetime):
        return value.date()
    text = str(value or "").replace("\u00a0", " ").removesuffix(" r.").strip()
    if match := re.fullmatch(r"(\d+)\.(\d+)\.(\d{4})", text):
        number = (int(match[3]), int(match[2]), int(match[1]))
    elif match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        number = (int(match[1]), int(match[2]), int(match[3]))
    elif (match := re.fullmatch(r"(\d+) (\S+) (\d{4})", text)) and match[2] in MONTHS:
        number = (int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    else:
        return None
    return dt.date(*number)


def amount(value: Any) -> int | None:
    """An amount in grosze, or None where the cell holds none."""
    if isinstance(value, (int, float)):
        return round(Decimal(str(value)) * 100)
    text = re.sub(r"[\s\u00a0]|zł", "", str(value or "")).replace(",", ".")
    return int(Decimal(text) * 100) if re.fullmatch(r"-?\d+(\.\d\d?)?", text) else None


def word(value: Any) -> str:
    """The text of a cell in small letters."""
    return str(value or "").strip().lower()


STATES = {"ukończony": True, "ukończona": True, "przerwany": True, "przerwana": True, "zakwalifikowany": True,
          "zakwalifikowana": True, "próbny": True, "próbna": True, "zgłoszony": False, "zgłoszona": False,
          "lista rezerwowa": False, "rezerwowa": False, "anulowany": False, "anulowana": False}  # fmt: skip


class Count:
    """A project counted by hand on one day."""

    def __init__(self, tabs: dict[str, list[Row]], on: dt.date) -> None:
        self.tabs, self.on = tabs, on
        self.same: dict[str, str] = {}
        first: dict[str, str] = {}
        self.people: dict[str, dict[str, Any]] = {}
        for row in tabs["Uczestnicy"]:
            number, pesel = row["Nr uczestnika"], str(row["PESEL"] or "").zfill(11)
            person = first.setdefault(pesel, number) if row["PESEL"] else number
            self.same[number] = person
            entered, exited = day(row["Data rozpoczęcia udziału"]), day(row["Data zakończenia udziału"])
            sex = "Kobieta" if word(row["Płeć"]).startswith("k") else "Mężczyzna"
            known = self.people.setdefault(person, {"sex": sex, "spells": []})
            known["spells"].append((entered, exited))

    def ever(self) -> list[str]:
        """The persons who entered by the day."""
        return [p for p, known in self.people.items() if any(e and e <= self.on for e, _ in known["spells"])]

    def active(self) -> list[str]:
        """Of them, those who had not left before the day."""
        here = []
        for person in self.ever():
            exits = [x for e, x in self.people[person]["spells"] if e]
            if None in exits or max(exits) >= self.on:
                here.append(person)
        return here

    def places(self) -> list[tuple[str, str, dt.date, dt.date]]:
        """(person, group, first, last) of every enrolment that takes a place."""
        spells = []
        for row in self.tabs["Zapisy"]:
            if STATES[word(row["Stan zapisu"])]:
                begins = day(row["Od"]) or day(row["Data zgłoszenia"])
                spells.append(
                    (self.same[row["Nr uczestnika"]], row["Kod grupy"], begins, day(row["Do"]) or dt.date.max)
                )
        return spells

    def waiting(self) -> Counter[str]:
        """How many wait for each group on the day."""
        waits: Counter[str] = Counter()
        for row in self.tabs["Zapisy"]:
            state, since = word(row["Stan zapisu"]), day(row["Na liście rezerwowej od"])
            if since is None and state in ("lista rezerwowa", "rezerwowa"):
                since = day(row["Data zgłoszenia"])
            ends = [dt.date.max]
            if STATES[state] and day(row["Od"]):
                ends.append(day(row["Od"]) - dt.timedelta(days=1))
            elif day(row["Do"]):
                ends.append(day(row["Do"]))
            if since and since <= self.on <= min(ends):
                waits[row["Kod grupy"]] += 1
        return waits

    def marks(self) -> Counter[str]:
        """Present and absent marks by the day, of sessions that were not cancelled, each person once."""
        sessions = {row["Nr zajęć"]: (day(row["Data"]), word(row["Status"])) for row in self.tabs["Zajęcia"]}
        seen, marks = set(), Counter()
        for row in self.tabs["Obecności"]:
            session, person, mark = (
                row["Nr zajęć"],
                self.same.get(row["Nr uczestnika"]),
                word(row["Obecność"]),
            )
            if person is None or session not in sessions or (session, person) in seen:
                continue
            if mark == "wycieczka":  # the planted word that is in no dictionary
                continue
            seen.add((session, person))
            held_on, status = sessions[session]
            if status.startswith("odwoł") or held_on > self.on:
                continue
            present = mark in ("obecny", "obecna", "ob", "ob.", "o", "x")
            marks["present" if present else "absent"] += 1
        return marks

    def spent(self) -> tuple[int, Counter[str], Counter[str]]:
        """The eligible amounts paid by the day: all, by task, by month."""
        tasks = {str(row["Nr pozycji"]): row["Zadanie"] for row in self.tabs["Budżet"]}
        total, by_task, by_month = 0, Counter(), Counter()
        for row in self.tabs["Wydatki"]:
            paid, grosze = day(row["Data zapłaty"]), amount(row["Kwota kwalifikowalna"])
            if paid and grosze is not None and paid <= self.on:
                total += grosze
                by_task[tasks[str(row["Nr pozycji"])]] += grosze
                by_month[f"{paid:%Y-%m}"] += grosze
        return total, by_task, by_month

    def place_day(self, place: Row, on: dt.date) -> tuple[int, int]:
        """How many of a place were ready and used on a day."""
        name, declared = place["Miejsce"], place["Liczba"]
        ready = []
        for row in self.tabs["Gotowość"]:
            if row["Miejsce"] == name and day(row["Od"]) <= on <= (day(row["Do"]) or dt.date.max):
                typed = row["Liczba gotowych"]
                state = word(row["Stan"])
                ready.append(typed if typed is not None else declared if state == "gotowe" else 0)
        used = 0
        for row in self.tabs["Zgłoszenia"]:
            begins = day(row["Od"]) or day(row["Data"])
            if row["Miejsce"] == name and word(row["Wynik"]).startswith("przyj"):
                used += begins <= on <= (day(row["Do"]) or dt.date.max)
        if place["Rodzaj"] == "specjalista":
            used = min(used, declared)
        return min([*ready, declared]) if ready else 0, used


CASES = [(project, on) for project, days in DAYS.items() for on in days]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} {case[1]}", scope="module")
def both(request: pytest.FixtureRequest, folder: Path, books) -> tuple[dict[str, Any], Count]:
    """The program's figures of a project on a day, and the count by hand."""
    project, on = request.param
    whole = register_of([Workbook(folder / f"{project}.xlsx")], dt.date.fromisoformat(on))
    return figures.figures(whole), Count(books[project], dt.date.fromisoformat(on))


def test_persons_and_participations_agree(both):
    found, count = both
    persons = found["capacity"]["persons"]
    ever = count.ever()
    assert (persons["ever"], persons["active"]) == (len(ever), len(count.active()))
    sexes = Counter(count.people[person]["sex"] for person in ever)
    assert persons["by_sex"] == {"Kobieta": sexes["Kobieta"], "Mężczyzna": sexes["Mężczyzna"]}
    form_of = {row["Kod grupy"]: row["Forma wsparcia"] for row in count.tabs["Grupy"]}
    taken = defaultdict(list)
    for person, group, begins, _ in count.places():
        if begins <= count.on:
            taken[form_of[group]].append(person)
    assert [(line["form"], line["persons"], line["participations"]) for line in persons["by_form"]] == [
        (row["Kod formy"], len(set(taken[row["Kod formy"]])), len(taken[row["Kod formy"]]))
        for row in count.tabs["Formy wsparcia"]
    ]


def test_groups_agree(both):
    found, count = both
    taken = Counter(group for _, group, begins, ends in count.places() if begins <= count.on <= ends)
    waiting = count.waiting()
    expected = []
    for row in count.tabs["Grupy"]:
        group, limit = row["Kod grupy"], row["Limit miejsc"]
        free = None if limit is None else max(limit - taken[group], 0)
        expected.append((group, row["Forma wsparcia"], limit, taken[group], waiting[group], free))
    assert expected == [
        tuple(line[key] for key in ("group", "form", "limit", "taken", "waiting", "free"))
        for line in found["capacity"]["groups"]
    ]


def test_sessions_and_attendance_agree(both):
    found, count = both
    sessions = Counter()
    for row in count.tabs["Zajęcia"]:
        status = word(row["Status"])
        kind = (
            "cancelled"
            if status.startswith("odwoł")
            else "planned"
            if status.startswith(("zapl", "pl"))
            else "held"
        )
        past = day(row["Data"]) <= count.on
        kind = "planned" if kind == "held" and not past else kind  # still to come on that day
        sessions[kind] += kind == "planned" or past
    assert {kind: found["capacity"]["sessions"][kind] for kind in ("planned", "held", "cancelled")} == {
        kind: sessions[kind] for kind in ("planned", "held", "cancelled")
    }
    marks, attendance = count.marks(), found["capacity"]["attendance"]
    assert (attendance["present"], attendance["absent"]) == (marks["present"], marks["absent"])
    assert attendance["rate"] == marks["present"] / (marks["present"] + marks["absent"])
    assert marks["present"] > 100


def test_money_agrees(both):
    found, count = both
    budget, (spent, by_task, by_month) = found["budget"], count.spent()
    facts = {row["Parametr"]: row["Wartość"] for row in count.tabs["Projekt"]}
    total = amount(facts["Wartość projektu"])
    assert (budget["total_gr"], budget["spent_gr"]) == (total, spent)
    assert {line["task"]: line["spent_gr"] for line in budget["tasks"]} == {
        row["Zadanie"]: by_task[row["Zadanie"]] for row in count.tabs["Budżet"]
    }
    assert {m["month"]: m["spent_gr"] for m in budget["months"] if m["spent_gr"]} == by_month
    down = {"rounding": ROUND_DOWN}
    if amount(facts["Wkład własny"]) is None:
        eu = spent * amount(facts["Dofinansowanie UE"]) // total
        assert budget["sources"]["EU"]["spent_gr"] == eu
        assert budget["sources"]["UNSPLIT"]["spent_gr"] == spent - eu
        assert budget["sources"]["OWN"]["spent_gr"] is None
    else:
        eu = int((Decimal(spent) * Decimal("0.85")).quantize(Decimal(1), **down))
        state = int((Decimal(spent) * Decimal("0.08")).quantize(Decimal(1), **down))
        assert [budget["sources"][s]["spent_gr"] for s in ("EU", "STATE", "OWN")] == [
            eu,
            state,
            spent - eu - state,
        ]
        assert [budget["sources"][s]["planned_gr"] for s in ("EU", "STATE", "OWN")] == [
            88649803,
            8343510,
            7300573,
        ]


def test_durability_agrees(both):
    found, count = both
    durability, places = found["durability"], count.tabs["Miejsca"]
    assert durability["declared"] == sum(place["Liczba"] for place in places)
    if not places:
        assert durability["months"] == []
        return
    months: dict[str, list[int]] = {}
    for place in places:
        by_month = defaultdict(list)
        on = day(place["Od"])
        while on <= day(place["Do"]):
            by_month[f"{on:%Y-%m}"].append(count.place_day(place, on))
            on += dt.timedelta(days=1)
        for month, days in by_month.items():
            line = months.setdefault(month, [0, 0, 0])
            line[0] += place["Liczba"]
            line[1] += min(ready for ready, _ in days)
            line[2] += max(used for _, used in days)
    assert {m["month"]: [m["declared"], m["ready"], m["used"]] for m in durability["months"]} == months
    if count.on >= day(places[0]["Od"]):
        assert [(p["place"], p["ready"], p["used"]) for p in durability["places"]] == [
            (place["Miejsce"], *count.place_day(place, count.on)) for place in places
        ]
