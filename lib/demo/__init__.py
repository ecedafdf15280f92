"""Two example projects: real facts of their pages, and everything else invented."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

from lib import template
from lib.demo import facts, handwriting, mistakes, money, people, places, stays, timetable
from lib.demo.facts import Row, Tables
from lib.demo.mistakes import MISTAKES, Planted
from lib.records import Attendance, Enquiry, Enrolment, Expense, Participant, Readiness, Session, Specialist
from sheets.files import replace_file

PROJECTS: tuple[str, ...] = tuple(MISTAKES)
"""The names of the example projects; a file of facts and a workbook are called so."""

PROJECTS_FILE = """\
# Lista projektów: każdy ma swój [[project]] z krótkim id i nazwami skoroszytów z tego folderu.
# Nowy projekt: dopisz tu taki sam fragment; pusty skoroszyt zrobi „python -m lib template NAZWA.xlsx”.
"""


def write(folder: Path) -> list[Path]:
    """Write the example workbooks and `projects.toml` into a folder; the files that were written.

    What is there already is never touched, and nothing is added to a folder that has a `projects.toml`:
    somebody's own projects are there. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    listing = folder / "projects.toml"
    if listing.exists():
        return []
    written = []
    for project in PROJECTS:
        path = folder / f"{project}.xlsx"
        if not path.exists():
            tables, _ = workbook(project)
            template.write(path, tables, notes=[facts.recipe(project)["example_note"]])
            written.append(path)
    entries = [f'\n[[project]]\nid = "{name}"\nworkbooks = ["{name}.xlsx"]\n' for name in PROJECTS]
    replace_file(listing, (PROJECTS_FILE + "".join(entries)).encode())
    return [*written, listing]


def workbook(project: str) -> tuple[Tables, list[Planted]]:
    """The rows of an example workbook as people typed them, and the mistakes among them.

    The same every time: all chance comes from the recipe's seed.
    """
    tables = clean(project)
    seed = facts.recipe(project)["seed"]
    handwriting.handwritten(tables, f"{seed} handwriting")
    return tables, mistakes.planted(project, tables)


def clean(project: str) -> Tables:
    """The rows of an example workbook without a mistake and in one spelling."""
    recipe = facts.recipe(project)
    # each part has a chance of its own, so that a change of one leaves the others as they were
    chance: Mapping[str, Random] = {
        part: Random(f"{recipe['seed']} {part}")
        for part in ("staff", "meetings", "stays", "people", "names", "money", "readiness", "enquiries")
    }
    meetings = timetable.meetings(recipe, chance["meetings"])
    lived = stays.stays(recipe, meetings, chance["stays"])
    persons = people.people(recipe, lived, chance["people"])
    participants = people.rows(recipe, persons, chance["names"])  # numbers the people, so before the stays
    marks: list[tuple[str, Row]] = [mark for stay in lived for mark in stay.mark_rows()]
    return {
        **facts.tables(recipe),
        Specialist: people.staff_rows(recipe, chance["staff"]),
        Participant: participants,
        Enrolment: [stay.row() for stay in lived],
        Session: [meeting.row() for meeting in meetings],
        Attendance: [row for _, row in sorted(marks, key=lambda mark: (mark[0], mark[1]["person"]))],
        Expense: money.rows(recipe, chance["money"]),
        Readiness: places.readiness_rows(recipe, chance["readiness"]),
        Enquiry: places.enquiry_rows(recipe, chance["enquiries"]),
    }
