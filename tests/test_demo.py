"""The example projects: their facts, the people invented for them, and the mistakes planted."""

import datetime as dt
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import holidays
import pytest
from pydantic import TypeAdapter, ValidationError

from lib import demo
from lib.cells import Day, Pesel, Sex, pesel_birth_date, pesel_sex
from lib.demo import facts, people, stays, timetable
from lib.demo.facts import Tables
from lib.dictionaries import Delivery, PlaceUnit, Presence, SessionStatus
from lib.findings import BY_CODE
from lib.projects import read_file
from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Session,
    SupportForm,
)
from lib.register import Readings, read_tabs, register
from sheets.xlsx import Workbook

FIRST, SECOND = demo.PROJECTS
TODAY = dt.date(2026, 5, 1)
LAST_DAY = {FIRST: dt.date(2025, 12, 31), SECOND: dt.date(2023, 6, 30)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the examples."""
    path = tmp_path_factory.mktemp("data")
    demo.write(path)
    return path


@pytest.fixture(scope="module")
def readings(folder: Path) -> dict[str, Readings]:
    """The example workbooks, read."""
    return {name: read_tabs(Workbook(folder / f"{name}.xlsx").read().tabs) for name in demo.PROJECTS}


@cache
def clean(project: str) -> Tables:
    """The rows of an example without mistakes; not to be changed."""
    return demo.clean(project)


def given(project: str, parameter: str) -> list[str]:
    """What the facts of an example say."""
    return [fact["value"] for fact in facts.recipe(project)["facts"] if fact["parameter"] == parameter]


# --- files --------------------------------------------------------------------------------------


def test_the_folder_gets_two_workbooks_and_the_list_of_projects_that_names_them(folder):
    assert {path.name for path in folder.iterdir()} == {f"{FIRST}.xlsx", f"{SECOND}.xlsx", "projects.toml"}
    entries = read_file(folder / "projects.toml")
    assert [(entry.id, entry.workbooks) for entry in entries] == [
        (name, ((folder / f"{name}.xlsx").resolve(),)) for name in demo.PROJECTS
    ]


def test_what_is_there_is_never_overwritten(tmp_path):
    (tmp_path / f"{FIRST}.xlsx").write_text("moje dane")
    assert demo.write(tmp_path) == [tmp_path / f"{SECOND}.xlsx", tmp_path / "projects.toml"]
    assert (tmp_path / f"{FIRST}.xlsx").read_text() == "moje dane"
    assert demo.write(tmp_path) == []


def test_nothing_is_added_to_somebodys_own_projects(tmp_path):
    (tmp_path / "projects.toml").write_text("# moja lista")
    assert demo.write(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["projects.toml"]
    assert (tmp_path / "projects.toml").read_text() == "# moja lista"


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    demo.write(tmp_path)
    for name in demo.PROJECTS:
        assert (tmp_path / f"{name}.xlsx").read_bytes() == (folder / f"{name}.xlsx").read_bytes()


# --- facts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_every_fact_has_a_source(project):
    recipe = facts.recipe(project)
    assert all(fact["value"] and fact["source"] for fact in recipe["facts"])
    assert all(form["source"] for form in clean(project)[SupportForm])
    assert all(place["source"] for place in clean(project)[Place])


def test_the_first_project_has_13_forms_and_18_places_of_two_kinds_with_a_stated_mapping():
    forms, places = clean(FIRST)[SupportForm], clean(FIRST)[Place]
    assert len({form["name"] for form in forms}) == len({form["code"] for form in forms}) == 13
    assert [place["declared"] for place in places] == [10] + [1] * 8
    assert [place["unit"] == PlaceUnit.SEAT for place in places] == [True] + [False] * 8
    mapping = [place["forms"] for place in places]
    assert mapping == ["F03", "F08", "F07", None, "F13", None, None, "F09", "F10"]
    assert {code for code in mapping if code} <= {form["code"] for form in forms}
    assert all(place["why"] for place in facts.recipe(FIRST)["places"])


def test_the_facts_of_the_first_project_are_read_as_the_page_says_them(readings):
    project = register(readings[FIRST], LAST_DAY[FIRST], today=TODAY).project
    assert project.call_number == "RPSL.09.02.05-IŻ.01-24-350/19"
    assert (project.total_gr, project.eu_gr, project.state_gr, project.own_gr) == (
        104293886,
        88649803,
        8343510,
        7300573,
    )
    assert [str(s) for s in (project.eu_share, project.state_share, project.own_share)] == [
        "0.85",
        "0.08",
        "0.07",
    ]
    assert (project.period.first, project.period.last) == (dt.date(2022, 1, 1), dt.date(2023, 9, 30))
    durability = project.durability_period
    assert (durability.first, durability.last) == (dt.date(2023, 10, 1), dt.date(2025, 12, 31))
    assert (project.target_persons, project.places_commitment) == (350, 18)
    assert len(project.target_groups) == 4
    assert project.phones == ("32 43 49 601", "32 43 49 656")
    assert project.example


def test_the_second_project_says_what_its_page_does_not_give(readings):
    project = register(readings[SECOND], LAST_DAY[SECOND], today=TODAY).project
    assert (project.total_gr, project.eu_gr) == (52375606, 44519265)
    unknown = (project.state_gr, project.own_gr, project.target_persons, project.places_commitment)
    assert unknown == (None, None, None, None)
    assert project.partner == "Stowarzyszenie Pomocy Wzajemnej „Być Razem”"
    assert "116" in project.address
    assert project.planned_period.startswith("IV kwartał 2021")
    assert (project.period.first, project.period.last) == (dt.date(2021, 10, 1), dt.date(2023, 6, 30))
    assert len(project.activities) == 8
    assert clean(SECOND)[Place] == clean(SECOND)[Readiness] == clean(SECOND)[Enquiry] == []


# --- people -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "persons", "sessions", "marks"),
    [
        (FIRST, {352}, range(590, 660), range(7_600, 8_600)),
        (SECOND, {92}, range(420, 480), range(6_500, 9_500)),
    ],
)
def test_the_example_has_the_size_of_a_real_project(project, persons, sessions, marks):
    tables = clean(project)
    assert sum(row["entered_on"] is not None for row in tables[Participant]) in persons
    assert len(tables[Session]) in sessions
    assert len(tables[Attendance]) in marks


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_every_pesel_is_valid_and_says_the_sex_and_the_birth(project):
    rows = clean(project)[Participant]
    assert len({row["pesel"] for row in rows}) == len(rows)
    for row in rows:
        pesel = TypeAdapter(Pesel).validate_python(row["pesel"])
        assert (pesel_sex(pesel), pesel_birth_date(pesel)) == (row["sex"], row["birth_date"])


def test_a_pesel_of_the_2000s_has_20_more_in_its_month():
    born = dt.date(2009, 7, 4)
    assert people.pesel(born, Sex.MALE, Random(1)).startswith("092704")
    assert int(people.pesel(born, Sex.FEMALE, Random(1))[9]) % 2 == 0


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_ages_on_entry_are_those_of_the_kind_of_people(project):
    recipe, tables = facts.recipe(project), clean(project)
    kinds = {group["group"]: group["people"] for group in recipe["groups"]}
    ages = {kind["id"]: kind["ages"] for kind in recipe["people"]}
    kind_of = {row["person"]: kinds[row["group"]] for row in tables[Enrolment]}
    for row in tables[Participant]:
        if row["entered_on"]:
            born, on = row["birth_date"], row["entered_on"]
            age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
            youngest, oldest = ages[kind_of[row["person"]]]
            assert youngest <= age <= oldest


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_a_person_enters_on_the_day_of_the_first_support(project):
    tables = clean(project)
    days = {row["session"]: row["day"] for row in tables[Session]}
    flats = {row["code"] for row in tables[SupportForm] if row["delivery"] == Delivery.STAY}
    homes = {row["group"] for row in tables[Group] if row["form"] in flats}
    first: dict[str, dt.date] = {}
    supports = [
        (row["person"], days[row["session"]])
        for row in tables[Attendance]
        if row["presence"] == Presence.PRESENT
    ] + [(row["person"], row["started_on"]) for row in tables[Enrolment] if row["group"] in homes]
    for person, day in supports:
        if day is not None:
            first[person] = min(day, first.get(person, day))
    assert {row["person"]: row["entered_on"] for row in tables[Participant] if row["entered_on"]} == first


# --- groups and sessions ------------------------------------------------------------------------


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_sessions_are_on_working_days_within_the_project(project):
    free = holidays.country_holidays("PL")
    first, last = facts.day(facts.recipe(project), "Początek realizacji"), LAST_DAY[project]
    for row in clean(project)[Session]:
        assert first <= row["day"] <= min(last, dt.date(2023, 9, 30))
        assert row["day"].weekday() < 5
        assert row["day"] not in free


def test_groups_of_schools_rest_in_school_holidays():
    recipe = facts.recipe(FIRST)
    schools = {group["group"] for group in recipe["groups"] if group.get("school")}
    assert len(schools) == 9
    met = {row["day"] for row in clean(FIRST)[Session] if row["group"] in schools}
    assert not any(first <= day <= last for day in met for first, last in recipe["habits"]["school_holidays"])


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_cancelled_sessions_have_no_attendance_and_held_ones_have(project):
    tables = clean(project)
    marked = {row["session"] for row in tables[Attendance]}
    for row in tables[Session]:
        assert (row["session"] in marked) == (row["status"] == SessionStatus.HELD)


def test_a_recipe_that_needs_somebody_in_two_places_is_refused():
    recipe = facts.recipe(FIRST)
    recipe["groups"].append({**recipe["groups"][0], "group": "G99"})
    with pytest.raises(ValueError, match="K01"):
        timetable.meetings(recipe, Random(1))


def test_some_wait_and_get_in_some_wait_in_vain_and_some_give_up():
    rows = clean(FIRST)[Enrolment]
    waited = [row for row in rows if row["waitlisted_on"]]
    assert any(row["started_on"] for row in waited)
    assert any(not row["started_on"] for row in waited)
    assert all(row["started_on"] > row["waitlisted_on"] for row in waited if row["started_on"])
    assert {row["state"].value for row in rows} == {"ukończony", "przerwany", "anulowany"}


def test_children_of_the_day_support_centre_come_and_leave_within_the_session():
    tables = clean(SECOND)
    centre = {row["session"]: row for row in tables[Session] if row["group"] == "SW"}
    clocked = [row for row in tables[Attendance] if row["arrived_at"]]
    assert len({row["person"] for row in clocked}) > 35
    for row in clocked:
        session = centre[row["session"]]
        assert session["starts_at"] <= row["arrived_at"] < row["left_at"] <= session["ends_at"]
    assert {len(row["leaders"].split(";")) for row in centre.values()} == {2, 3}


# --- money --------------------------------------------------------------------------------------


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_the_lines_add_up_to_the_value_of_the_project_to_the_grosz(project, readings):
    lines = sum(round(row["planned_gr"] * 100) for row in clean(project)[BudgetLine])
    assert lines == register(readings[project], LAST_DAY[project], today=TODAY).project.total_gr


def test_the_lines_of_own_contribution_are_the_own_contribution():
    own = sum(round(line["planned"] * 100) for line in facts.recipe(FIRST)["budget"] if line.get("own"))
    assert own == 7300573


@pytest.mark.parametrize(("project", "documents"), [(FIRST, 399), (SECOND, 165)])
def test_the_documents_of_each_line_add_up_to_its_share_that_was_spent(project, documents):
    rows = clean(project)[Expense]
    assert len({row["document"] for row in rows}) == len(rows) == documents
    spent = Counter[str]()
    for row in rows:
        spent[row["line"]] += round(row["eligible_gr"] * 100)
        assert row["issued_on"] <= row["paid_on"]
        assert row["eligible_gr"] <= row["gross_gr"]
    for line in facts.recipe(project)["budget"]:
        assert spent[line["line"]] == round(line["planned"] * 100 * line["spent"])
    total = sum(round(line["planned"] * 100) for line in facts.recipe(project)["budget"])
    assert 0.96 < sum(spent.values()) / total < 0.98


# --- durability ---------------------------------------------------------------------------------


def test_every_place_has_one_row_of_readiness_for_every_day_confirmed_in_time():
    rows = clean(FIRST)[Readiness]
    for place in clean(FIRST)[Place]:
        mine = sorted((r for r in rows if r["place"] == place["place"]), key=lambda r: r["starts_on"])
        assert (mine[0]["starts_on"], mine[-1]["ends_on"]) == (dt.date(2023, 10, 1), dt.date(2025, 12, 31))
        for before, after in pairwise(mine):
            assert before["ends_on"] + dt.timedelta(days=1) == after["starts_on"]
        assert all((row["ends_on"] - row["confirmed_on"]).days < 90 for row in mine)


def test_candidates_use_the_seats_in_editions_of_5_to_9():
    seats = clean(FIRST)[Place][0]["place"]
    used = [row for row in clean(FIRST)[Enquiry] if row["place"] == seats and row["starts_on"]]
    editions = Counter(row["starts_on"] for row in used)
    assert sorted(editions.values()) == [5, 6, 8, 9]
    assert 55 <= len(clean(FIRST)[Enquiry]) <= 70


# --- mistakes -----------------------------------------------------------------------------------


def test_the_planted_mistakes_are_of_many_rules_that_exist():
    for project in demo.PROJECTS:
        codes = [mistake.code for mistake in demo.workbook(project)[1]]
        assert len(set(codes)) == len(codes)
        assert set(codes) <= set(BY_CODE)
    assert [len(demo.workbook(project)[1]) for project in demo.PROJECTS] == [16, 8]


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_on_the_last_day_exactly_the_planted_mistakes_are_found(project, readings):
    found = register(readings[project], LAST_DAY[project], today=TODAY).findings
    planted = demo.workbook(project)[1]
    assert sorted((f.rule.code, f.address) for f in found) == sorted((p.code, p.address) for p in planted)


@pytest.mark.parametrize("project", demo.PROJECTS)
@pytest.mark.parametrize("as_of", ["2022-03-31", "2022-06-30", "2022-11-15", "2023-03-31", "2024-07-15"])
def test_on_any_other_day_nothing_but_planted_mistakes_is_found(project, as_of, readings):
    found = register(readings[project], dt.date.fromisoformat(as_of), today=TODAY).findings
    planted = {(p.code, p.address) for p in demo.workbook(project)[1]}
    assert {(f.rule.code, f.address) for f in found} <= planted


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_a_spelling_of_ones_own_changes_no_value(project, readings):
    seen = register(readings[project], LAST_DAY[project], today=TODAY)
    rows = clean(project)
    typed = {row["person"]: row for row in demo.workbook(project)[0][Participant]}
    own = [
        (person["entered_on"], typed[person["person"]]["entered_on"])
        for person in rows[Participant]
        if isinstance(typed[person["person"]]["entered_on"], str)
    ]
    assert own
    assert all(TypeAdapter(Day).validate_python(hand) == day for day, hand in own)
    present = sum(row["presence"] == Presence.PRESENT for row in rows[Attendance])
    # a planted mistake costs at most one presence
    lost = int((seen.attendance["presence"] == Presence.PRESENT).sum()) - present
    assert lost == -1


# --- recipes ------------------------------------------------------------------------------------


def test_a_kind_of_people_that_no_group_can_take_is_refused():
    recipe = facts.recipe(FIRST)
    next(kind for kind in recipe["people"] if kind["id"] == "kandydaci")["persons"] = 500
    meetings = timetable.meetings(recipe, Random(1))
    with pytest.raises(ValueError, match="kandydaci"):
        people.people(recipe, stays.stays(recipe, meetings, Random(1)), Random(1))


@pytest.mark.parametrize("project", demo.PROJECTS)
def test_the_file_of_a_recipe_can_be_read_by_who_only_knows_toml(project):
    path = Path(facts.__file__).with_name(f"{project}.toml")
    assert path.read_text("utf-8").startswith("# Projekt „")
    assert tomllib.loads(path.read_text("utf-8")) == facts.recipe(project)


def test_a_planted_checksum_is_really_broken():
    tables, planted = demo.workbook(FIRST)
    address = next(p.address for p in planted if p.code == "pesel-checksum")
    row = tables[Participant][int(address.split("!D")[1]) - 2]
    with pytest.raises(ValidationError, match="pesel-checksum"):
        TypeAdapter(Pesel).validate_python(row["pesel"])
