"""Lines of a budget by the columns beside their amount: what their cases in the catalogue leave open."""

from tests.test_checks_money import found


def test_a_unit_price_that_is_rounded_is_right(register):
    """
    Budżet
    Nr pozycji | Nazwa     | J.m.  | Liczba | Stawka jedn. | Kwota planowana
    1          | Psycholog | godz. | 3      | 33,33        | 100,00
    2          | Prawnik   | godz. | 2,5    | 100,00       | 250,00
    3          | Mediator  | godz. | 10     | 7,00         | 70,06
    """
    assert found(register) == [("line-not-product", "Budżet!F4")]


def test_columns_that_make_the_amount_in_few_lines_mean_something_else(register):
    """
    Budżet
    Nr pozycji | Nazwa     | Ilość | Liczba m-cy | Cena jedn. | Kwota planowana | UE    | WW
    1          | Psycholog | 2     | 12          | 100,00     | 2400,00         | 10,00 | 1,00
    2          | Prawnik   | 3     | 10          | 10,00      | 300,00          | 20,00 | 2,00
    3          | Mediator  | 1     | 1           | 50,00      | 50,00           | 45,00 | 5,00
    """
    assert found(register) == []


def test_a_line_without_a_quantity_or_with_one_in_words_is_left_alone(register):
    """
    Budżet
    Nr pozycji | Nazwa     | Ilość   | Cena jedn. | Kwota planowana
    1          | Psycholog | 2       | 100,00     | 200,00
    2          | Prawnik   | 3       | 10,00      | 30,00
    3          | Mediator  | ryczałt | 50,00      | 40,00
    4          | Tłumacz   |         | 50,00      | 40,00
    """
    assert found(register) == []


def test_where_all_the_sources_are_off_the_amount_is_what_is_wrong(register):
    """
    Budżet
    Nr pozycji | Nazwa     | Razem  | Dofinansowanie UE | Wkład własny
    1          | Psycholog | 100,00 | 85,00             | 15,00
    2          | Prawnik   | 200,00 | 170,00            | 30,00
    3          | Mediator  | 350,00 | 255,00            | 45,00
    """
    assert found(register) == [("line-sources-not-sum", "Budżet!C4")]


def test_a_source_left_blank_is_nothing_and_a_line_without_sources_is_not_split_yet(register):
    """
    Budżet
    Nr pozycji | Nazwa     | Razem  | UE     | BP    | WW
    1          | Psycholog | 100,00 | 85,00  | 8,00  | 7,00
    2          | Prawnik   | 200,00 | 170,00 | 16,00 | 14,00
    3          | Sala      | 40,00  |        |       | 40,00
    4          | Mediator  | 350,00 |        |       |
    5          | Tłumacz   | 100,00 | 85,00  | 8,00  | siedem
    """
    assert found(register) == []
