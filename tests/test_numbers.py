"""People without a number have one that tells nothing of them and stays theirs over edits."""

import datetime as dt
import hashlib
import json
import re

import pytest

from lib import figures as all_figures
from lib.acceptances import Acceptances, Marking, accept
from lib.numbers import FIXED_KEY, KEPT, Known, Numbers, Someone
from lib.records import Participant, Specialist
from lib.register import Readings, read_tabs, register
from tests.conftest import sheet
from tests.corpus import corpus

DAY = dt.date(2024, 3, 1)
PEOPLE = """
    Uczestnicy
    Nazwisko | Imię   | PESEL       | Data urodzenia | Płeć | Data rozpoczęcia udziału
    Nowak    | Anna   | 90051401233 | 14.05.1990     | K    | 01.03.2022
    Kowal    | Zofia  | 85020312340 | 03.02.1985     | K    | 01.03.2022
    Nowak    | Jan    |             | 01.01.1970     | M    | 01.03.2022
    Mazur    | Ewa    |             |                | K    | 01.03.2022
"""


def key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def numbered(drawing: str, known: dict[str, Known] | None = None) -> tuple[dict[str, str], dict[str, Known]]:
    """The numbers by first name, and what is known after the reading."""
    numbers = Numbers(known=known)
    rows = read_tabs(sheet(drawing), numbers=numbers).by_record[Participant].rows
    return dict(zip(rows["first_name"], rows["person"], strict=True)), numbers.after(DAY)


def edited(*changes: tuple[str, str], drawing: str = PEOPLE) -> tuple[dict[str, str], dict[str, str]]:
    """The numbers before the changes, which are made one after the other, each read, and after them."""
    first, known = numbered(drawing)
    last = first
    for old, new in changes:
        assert drawing.count(old) == 1
        drawing = drawing.replace(old, new)
        last, known = numbered(drawing, known)
    return first, last


def test_everybody_has_a_number_of_their_own():
    numbers, _ = numbered(PEOPLE)
    assert len(set(numbers.values())) == 4
    assert all(re.fullmatch("os-[0-9a-f]{10}", number) for number in numbers.values())


def test_the_numbers_stay_where_they_are_when_rows_are_sorted_and_inserted():
    title, header, *rows = [line.strip() for line in PEOPLE.strip().splitlines()]
    first, known = numbered(PEOPLE)
    new = "Adamska | Olga | | 02.02.2000 | K | 01.03.2022"
    last, _ = numbered("\n".join([title, header, new, *sorted(rows, reverse=True)]), known)
    assert {name: last[name] for name in first} == first
    assert last["Olga"] not in first.values()


@pytest.mark.parametrize(
    "change",
    [
        ("90051401233", "90051401240"),
        ("90051401233", ""),
        ("90051401233", "90051401234"),  # of which the last digit is wrong
        ("Nowak    | Anna", "Kowalska | Anna"),
        ("Nowak    | Anna", "Nowak-Król | Anna"),
        ("14.05.1990", "15.05.1990"),
        ("14.05.1990", ""),
        ("01.01.1970", "10.01.1970"),
        ("01.01.1970", ""),
        ("|             | 01.01.1970", "| 70010112341 | 01.01.1970"),
        ("|             |                |", "| 70010112341 |                |"),
        ("|             |                |", "|             | 01.01.1970     |"),
        ("Kowal    | Zofia", "KOWAL | Zofia"),
    ],
)
def test_a_number_stays_when_a_cell_about_the_person_is_corrected(change):
    first, last = edited(change)
    assert last == first


def test_a_number_stays_over_many_corrections_one_after_the_other():
    first, last = edited(
        ("90051401233", "90051401240"),
        ("Nowak    | Anna", "Kowalska | Anna"),
        ("14.05.1990", "15.05.1990"),
        ("90051401240", ""),
        ("15.05.1990", ""),
    )
    assert last == first


def test_two_namesakes_are_told_apart_and_never_swapped():
    namesakes = """
    Uczestnicy
    Nazwisko | Imię | PESEL       | Data urodzenia | Płeć | Data rozpoczęcia udziału
    Nowak    | Anna | 90051401233 | 14.05.1990     | K    | 01.03.2022
    Nowak    | Anna | 85020312340 | 03.02.1985     | K    | 02.03.2022
    """

    def by_entry(drawing, known=None):
        numbers = Numbers(known=known)
        rows = read_tabs(sheet(drawing), numbers=numbers).by_record[Participant].rows
        return dict(zip(rows["entered_on"].dt.day, rows["person"], strict=True)), numbers.after(DAY)

    first, known = by_entry(namesakes)
    title, header, one, other = [line.strip() for line in namesakes.strip().splitlines()]
    sorted_last, known = by_entry("\n".join([title, header, other, one]), known)
    assert sorted_last == first
    corrected, known = by_entry(namesakes.replace("14.05.1990", "15.05.1990"), known)
    assert corrected == first
    new_pesel, _ = by_entry(
        namesakes.replace("14.05.1990", "15.05.1990").replace("85020312340", "85020312357"), known
    )
    assert new_pesel == first


def test_people_whose_pesels_were_swapped_keep_their_numbers():
    swapped = PEOPLE.replace("90051401233", "…").replace("85020312340", "90051401233")
    first, known = numbered(PEOPLE)
    last, _ = numbered(swapped.replace("…", "85020312340"), known)
    assert last == first


def test_somebody_else_with_a_pesel_that_was_corrected_away_gets_a_new_number():
    first, known = numbered(PEOPLE)
    corrected = PEOPLE.replace("90051401233", "90051401240")
    _, known = numbered(corrected, known)
    other = corrected.rstrip() + "\n    Lis | Olga | 90051401233 | 14.05.1990 | K | 01.03.2022\n"
    last, _ = numbered(other, known)
    assert {name: last[name] for name in first} == first
    assert last["Olga"] not in first.values()


def test_somebody_else_of_the_same_name_does_not_inherit_a_number():
    first, last = edited(
        ("Nowak    | Anna   | 90051401233 | 14.05.1990", "Nowak    | Anna   | 85020399990 | 03.02.1985")
    )
    assert last["Anna"] not in first.values()


def test_a_person_who_comes_back_has_the_number_again_while_it_is_known():
    line = "    Nowak    | Jan    |             | 01.01.1970     | M    | 01.03.2022\n"
    first, known = numbered(PEOPLE.replace("01.01.1970", "02.01.1970"))
    _, known = numbered(PEOPLE, known)  # corrected, so the number is not what it would be if made now
    _, gone = numbered(PEOPLE.replace(line, ""), known)
    assert gone[first["Jan"]].gone_on == DAY
    again, back = numbered(PEOPLE, gone)
    assert again == first
    assert back[first["Jan"]].gone_on is None
    numbers = Numbers(known=gone)
    assert first["Jan"] in numbers.after(DAY + KEPT)
    assert first["Jan"] not in numbers.after(DAY + KEPT + dt.timedelta(days=1))


def test_two_people_never_share_a_number_even_where_digests_begin_alike():
    [taken] = Numbers().of([Someone(name="anna nowak")]).values()
    numbers = Numbers(known={taken: Known(name="somebody else")})
    [number] = numbers.of([Someone(name="anna nowak")]).values()
    assert number != taken


def test_rows_about_one_person_have_one_number():
    again = PEOPLE.rstrip() + "\n    NOWAK | ANNA | 900514 01233 | | K | 01.03.2023\n"
    rows = read_tabs(sheet(again)).by_record[Participant].rows
    assert rows["person"].tolist()[0] == rows["person"].tolist()[-1]
    assert rows["person"].nunique() == 4


def test_people_on_lists_alone_keep_their_numbers_too():
    """
    Obecności
    Nr zajęć | Nazwisko i imię | Obecność
    Z1       | Nowak Anna      | x
    Z1       | Mazur Ewa       | x
    """
    drawing = test_people_on_lists_alone_keep_their_numbers_too.__doc__ or ""
    numbers = Numbers()
    before = read_tabs(sheet(drawing), numbers=numbers).by_record[Participant].rows
    known = numbers.after(DAY)
    after = read_tabs(sheet(drawing + "\n\n" + PEOPLE), numbers=Numbers(known=known)).by_record[Participant]
    names = dict(zip(before["surname"], before["person"], strict=True))
    listed = dict(zip(after.rows["first_name"], after.rows["person"], strict=True))
    assert (names["Nowak Anna"], names["Mazur Ewa"]) == (listed["Anna"], listed["Ewa"])


# --- what a number tells ------------------------------------------------------------------------


def test_a_number_cannot_be_made_from_a_pesel_or_a_name_without_the_key():
    numbers, _ = numbered(PEOPLE)
    own = Numbers(lambda: key("own"))
    rows = read_tabs(sheet(PEOPLE), numbers=own).by_record[Participant].rows
    assert not set(rows["person"]) & set(numbers.values())
    for text in ("pesel 90051401233", "90051401233", "ewa mazur", "jan nowak 1970-01-01"):
        assert f"os-{hashlib.sha256(text.encode()).hexdigest()[:10]}" not in set(rows["person"])


def test_specialists_known_by_their_names_have_keyed_numbers_too():
    drawing = """
    Kadra
    Imię i nazwisko | Specjalność
    Ewa Mazur       | psycholog
    """
    one, other = (
        read_tabs(sheet(drawing), numbers=Numbers(lambda own=own: key(own))).by_record[Specialist].rows
        for own in ("one", "other")
    )
    assert one["specialist"].notna().all()
    assert one["specialist"].tolist() != other["specialist"].tolist()


def test_what_is_known_after_a_reading_holds_nothing_personal():
    known = repr(numbered(PEOPLE)[1]).lower()
    plain = ("nowak", "anna", "90051401233", "1990", "14.05", "mazur")
    assert not any(text in known for text in plain)
    digests = [hashlib.sha256(text.encode()).hexdigest()[:10] for text in (*plain, "pesel 90051401233")]
    assert not any(digest in known for digest in digests)


def test_without_a_data_folder_two_readings_say_the_same():
    assert numbered(PEOPLE) == numbered(PEOPLE)
    rows = read_tabs(sheet(PEOPLE)).by_record[Participant].rows
    own = read_tabs(sheet(PEOPLE), numbers=Numbers(lambda: FIXED_KEY)).by_record[Participant].rows
    assert rows["person"].tolist() == own["person"].tolist()


# --- figures ------------------------------------------------------------------------------------


def figures_of(readings: Readings, day: dt.date) -> str:
    """All figures and findings, each number that we made replaced by the order in which it comes."""
    order: dict[str, str] = {}
    whole = json.dumps(all_figures.figures(register(readings, day)), ensure_ascii=False)
    return re.sub(r"os-[0-9a-f]{10}", lambda found: order.setdefault(found[0], f"nr {len(order)}"), whole)


@pytest.mark.parametrize("workbook", corpus(), ids=lambda workbook: workbook.name)
def test_no_figure_depends_on_the_key_or_on_what_is_known(workbook):
    tabs = [tab.table for tab in workbook.tabs]
    numbers = Numbers()
    first = figures_of(read_tabs(tabs, numbers=numbers), workbook.as_of)
    scrambled = dict(zip(numbers.given, reversed(numbers.given.values()), strict=True))
    for other in (Numbers(lambda: key("another")), Numbers(known=scrambled)):
        assert figures_of(read_tabs(tabs, numbers=other), workbook.as_of) == first


def test_the_corpus_has_people_without_numbers():
    readings = [read_tabs([tab.table for tab in workbook.tabs]) for workbook in corpus()]
    rows = [number for one in readings for number in one.by_record[Participant].rows["person"].dropna()]
    assert any(number.startswith("os-") for number in rows)


def test_an_accepted_finding_stays_accepted_when_numbers_change():
    tabs = sheet(PEOPLE.replace("| K    | 01.03.2022\n    Kowal", "| ?    | 01.03.2022\n    Kowal"))
    readings = read_tabs(tabs)
    [finding] = [f for f in register(readings, DAY).findings if f.rule.code == "not-in-dictionary"]
    marking = Marking(readings.by_record, key("marks"))
    given = accept([finding], marking, project="p", reason="Tak", by="AB", on=DAY)
    other = read_tabs(tabs, numbers=Numbers(lambda: key("another")))
    accepted = register(other, DAY, acceptances=Acceptances(key("marks"), given)).accepted
    assert [one.finding.address for one in accepted] == [finding.address]
