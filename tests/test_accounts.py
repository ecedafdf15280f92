"""Accounts of rows: what became of every row of a tab."""

from lib import accounts


def states(register):
    return [list(states) for states in accounts.rows(register)]


def test_every_row_is_counted_or_rejected_or_no_data_with_a_reason(register):
    """
    Uczestnicy
    Wykaz osób | | |
    Nr uczestnika | Płeć | PESEL | Uwagi własne
    1 | 2 | 3 | 4
    U1 | K | 44051401358 |
    | M | |
     | | | telefon po 16
     | | |
    Razem | 2 | |
    """
    assert states(register) == [
        ["nad tabelą", "nagłówek", "numeracja kolumn", "wliczony", "nie wliczony", "dopisek", "pusty", "suma"]
    ]
    [account] = register.accounts.to_dict("records")
    assert (account["rows"], account["counted"], account["rejected"], account["not_data"]) == (8, 1, 1, 6)
    assert (account["records"], account["header_rows"]) == ("Uczestnicy", "2")


def test_a_person_on_a_list_without_any_mark_is_named_as_such(register):
    """
    Lista obecności GW 1
    Nazwisko i imię | 04.03.2024 | 05.03.2024
    Przykładowa Anna | x | x
    Wzorcowy Jan | |
    """
    assert states(register) == [["nagłówek", "wliczony", "bez znaku obecności"]]


def test_a_tab_that_is_none_of_ours_is_no_data(register):
    """
    Notatki
    cokolwiek | innego
     |
    """
    assert states(register) == [["zakładka nierozpoznana", "pusty"]]
