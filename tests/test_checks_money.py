"""Checks of money: what their cases in the catalogue leave open."""

import pytest


def found(register):
    """Code and address of each finding."""
    return [(f.rule.code, f.address) for f in register.findings]


def test_a_source_that_is_not_given_may_be_any_amount(register):
    """
    Projekt
    Parametr          | Wartość
    Wartość projektu  | 523 756,06 zł
    Dofinansowanie UE | 445 192,65 zł
    Wkład własny      | nie podano
    """
    assert found(register) == []


def test_sources_alone_larger_than_the_project_are_found_though_one_is_not_given(register):
    """
    Projekt
    Parametr          | Wartość
    Dofinansowanie UE | 445 192,65 zł
    Budżet państwa    | 78 563,42 zł
    Wartość projektu  | 523 756,06 zł
    """
    assert found(register) == [("sources-not-total", "Projekt!B4")]
    assert "różnica 0,01\u00a0zł" in register.findings[0].message


@pytest.mark.as_of("2022-12-31")
def test_the_project_is_compared_as_the_annex_in_force_has_it(register):
    """
    Projekt
    Parametr         | Wartość | Obowiązuje od
    Wartość projektu | 100,00  | 2022-01-01
    Wartość projektu | 150,00  | 2022-06-01
    Wartość projektu | 900,00  | 2023-01-01

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00
    Wyjazdy | 2.1        | 50,00
    """
    assert found(register) == []


def test_without_a_budget_or_a_value_there_is_nothing_to_compare(register):
    """
    Projekt
    Parametr         | Wartość
    Wartość projektu | 100,00
    """
    assert found(register) == []


def test_a_correction_takes_back_no_more_than_its_document(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
    KOR 1        | 1.1        | 2022-03-01   | -50,00       | -20,00
    KOR 2        | 1.1        | 2022-03-01   | -50,00       | -50,01
    """
    assert found(register) == [("eligible-over-gross", "Wydatki!E3")]


@pytest.mark.as_of("2022-06-30")
def test_periods_of_every_table_end_after_they_begin(register):
    """
    Projekt
    Parametr           | Wartość
    Początek trwałości | 2023-10-01
    Koniec trwałości   | 2022-12-31

    Kadra
    Nr specjalisty | Umowa od   | Umowa do
    K1             | 2022-03-02 | 2022-03-01

    Grupy
    Kod grupy | Forma wsparcia | Od         | Do
    G1        | F01            | 2022-03-02 | 2022-03-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od         | Do
    U1            | G1        | przerwany   | 2022-02-01      | 2022-03-02 | 2022-03-01

    Budżet
    Zadanie | Nr pozycji | Kwota planowana | Od         | Do
    Kadra   | 1.1        | 100,00          | 2022-03-02 | 2022-03-01

    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Mediacje | specjalista | 1      | 2022-03-02 | 2022-03-01

    Gotowość
    Miejsce  | Od         | Do         | Stan
    Mediacje | 2022-03-02 | 2022-03-01 | gotowe

    Zgłoszenia
    Nr zgłoszenia | Data       | Miejsce  | Wynik    | Od         | Do
    1             | 2022-03-01 | Mediacje | przyjęty | 2022-03-02 | 2022-03-01
    """
    assert found(register) == [
        ("period-reversed", address)
        for address in (
            "Budżet!E2",
            "Gotowość!C2",
            "Grupy!D2",
            "Kadra!C2",
            "Miejsca!E2",
            "Projekt!B3",
            "Zapisy!F2",
            "Zgłoszenia!F2",
        )
    ]


def sources(register):
    """The addresses of documents whose parts are found wrong."""
    return [address for code, address in found(register) if code == "source-parts-not-sum"]


def test_a_source_without_a_column_may_be_the_rest_of_a_document(register):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | w tym UE
    FV 1         | 1.1        | 2022-03-01   | 100,00               | 85,00
    FV 2         | 1.1        | 2022-03-02   | 200,00               | 170,00
    FV 3         | 1.1        | 2022-03-03   | 80,00                | 85,00
    """
    assert sources(register) == ["Wydatki!E4"]


def test_two_sources_that_make_the_whole_of_most_documents_must_make_it_of_all(register):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | UE     | WW
    FV 1         | 1.1        | 2022-03-01   | 100,00               | 85,00  | 15,00
    FV 2         | 1.1        | 2022-03-02   | 200,00               | 170,00 | 30,00
    FV 3         | 1.1        |              | 300,00               | 255,00 | 44,00
    """
    assert sources(register) == ["Wydatki!F4"]


def test_a_document_with_a_part_that_cannot_be_read_is_not_said_to_have_wrong_parts(register):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | UE    | BP   | WW
    FV 1         | 1.1        | 2022-03-01   | 100,00               | 85,00 | 8,00 | siedem
    FV 2         | 1.1        | 2022-03-02   | 100,00               | 85,00 | 8,00 |
    """
    assert sources(register) == ["Wydatki!D3"]
