"""Names of people as staff type them."""

import pytest

from lib.names import looks_like_name, person_key, split, surname_first


def test_the_order_the_case_and_the_diacritics_of_a_name_make_no_other_person():
    assert person_key("Nowak-Król Żaneta") == person_key("ŻANETA", "Nowak  Krol") == "krol nowak zaneta"
    assert person_key("p. Anna Nowak (mama Zosi)") == person_key("Nowak, Anna")
    assert person_key(None, "") == ""


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["Nowak Anna", "Król Jan"], True),
        (["Anna Nowak", "Jan Król"], False),
        (["Kos Wit", "X Y"], None),
        ([], None),
    ],
)
def test_first_names_tell_which_part_is_the_surname(names, first):
    assert surname_first(names) is first


def test_a_whole_name_is_split_into_surname_and_first_name():
    assert split("Nowak Anna") == ("Nowak", "Anna")
    assert split("Nowak Król Anna Maria") == ("Nowak Król", "Anna Maria")
    assert split("Jan Maria Kowalski", surname_first=False) == ("Kowalski", "Jan Maria")
    assert split("Nowak, Anna") == ("Nowak", "Anna")
    assert (split("Nowak"), split(None)) == (("Nowak", None), (None, None))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Anna Nowak", True),
        ("p. Nowak-Król Anna", True),
        ("U001", False),
        ("Grupa 1", False),
        ("razem osób", False),
    ],
)
def test_a_name_is_told_from_other_texts(cell, name):
    assert looks_like_name(cell) is name
