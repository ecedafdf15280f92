"""Names of people as staff type them."""

import pytest

from lib.names import looks_like_name, person_key, split, surname_first, without_names


def test_the_order_the_case_and_the_diacritics_of_a_name_make_no_other_person():
    assert person_key("Nowak-Król Żaneta") == person_key("ŻANETA", "Nowak  Krol") == "krol nowak zaneta"
    assert person_key("p. Anna Nowak (mama Zosi)") == person_key("Nowak, Anna")
    assert person_key("mgr inż. Anna Nowak") == person_key("r. pr. Anna Nowak") == "anna nowak"
    assert person_key("P. Nowak") == "nowak p"
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
        ("RAN – Ranna", False),
        ("BĄK - NOWAK Anna", True),
    ],
)
def test_a_name_is_told_from_other_texts(cell, name):
    assert looks_like_name(cell) is name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bober Lena", "•••"),
        ("NOWAK-KRÓL ANNA", "•••"),
        ("Boz\u0307ena Kot", "•••"),
        ("Kot,\xa0Jan", "•••"),
        ("Bober Lena (mama)", "••• (mama)"),
        ("Miejsca „Bober Lena” nie ma w zakładce „Miejsca”. Może „Bober Anna”?", None),
        ("Anna M. Kot; Jan Lis", "•••; •••"),
        ("Klub Seniora", "Klub Seniora"),
        ("Szkoła Rodziców", "Szkoła Rodziców"),
        ("Grupa Anna", "•••"),
        ("Anna", "Anna"),
        ("Święto Narodowe Trzeciego Maja", "Święto Narodowe Trzeciego Maja"),
        ("ul. 3 Maja Opole", "ul. 3 Maja Opole"),
        ("od maja do czerwca", "od maja do czerwca"),
        ("Klub Senior\xa0Plus", "Klub Senior\xa0Plus"),
    ],
)
def test_a_name_in_a_text_is_hidden_and_names_of_groups_are_not(text, shown):
    assert without_names(text) == (shown or "Miejsca „•••” nie ma w zakładce „Miejsca”. Może „•••”?")
