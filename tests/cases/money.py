"""The budget, and what was spent."""

from tests.cases.case import Case

PROJECT = """
    Projekt
    Parametr            | Wartość
    Początek realizacji | 01.01.2022
    Koniec realizacji   | 30.09.2023
    """

LINES = """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00
    """

CASES = (
    Case(
        "sources-not-total",
        "Projekt!B2",
        ("73 005,72 zł", "73 005,73 zł"),
        (
            """
            Projekt
            Parametr          | Wartość
            Wartość projektu  | 1 042 938,86 zł
            Dofinansowanie UE | 886 498,03 zł
            Budżet państwa    | 83 435,10 zł
            Wkład własny      | 73 005,72 zł
            """,
        ),
    ),
    Case(
        "period-reversed",
        "Projekt!B3",
        ("30.09.2021", "30.09.2023"),
        (
            """
            Projekt
            Parametr            | Wartość
            Początek realizacji | 01.01.2022
            Koniec realizacji   | 30.09.2021
            """,
        ),
    ),
    Case(
        "lines-not-total",
        "Budżet",
        ("300,01", "300,00"),
        (
            """
            Projekt
            Parametr         | Wartość
            Wartość projektu | 500,00
            """,
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana
            Kadra   | 1.1        | 200,00
            Wyjazdy | 2.1        | 300,01
            """,
        ),
    ),
    Case(
        "line-not-product",
        "Budżet!F4",
        ("6 700,00", "6 500,00"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Nazwa     | Ilość | Cena jedn. | Kwota planowana
            Kadra   | 1.1        | Psycholog | 100   | 120,00     | 12 000,00
            Kadra   | 1.2        | Prawnik   | 7,5   | 200 zł     | 1 500,00
            Kadra   | 1.3        | Mediator  | 50    | 130,00     | 6 700,00
            Kadra   | 1.4        | Materiały | 3     | 33,33      | 100,00
            """,
        ),
    ),
    Case(
        "line-sources-not-sum",
        "Budżet!D4",
        ("170,50", "170,00"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana | UE     | BP    | WW
            Kadra   | 1.1        | 100,00          | 85,00  | 8,00  | 7,00
            Kadra   | 1.2        | 50,00           | 42,50  | 4,00  | 3,50
            Kadra   | 1.3        | 200,00          | 170,50 | 16,00 | 14,00
            """,
        ),
    ),
    Case(
        "expense-outside-period",
        "Wydatki!C2",
        ("2023-10-01", "2023-09-30"),
        (
            PROJECT,
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.1        | 2023-10-01   | 50,00
            FV 2         | 1.1        | 2023-10-02   | 0,00
            """,
        ),
    ),
    Case(
        "expense-not-paid",
        "Wydatki!C2",
        ("czeka na przelew", "12.03.2022"),
        (
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty     | Kwota kwalifikowalna
            FV 1         | 1.1        | czeka na przelew | 100,00
            """,
        ),
    ),
    Case(
        "source-parts-not-sum",
        "Wydatki!D2",
        ("84,99", "85,00"),
        (
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | UE    | BP   | WW
            FV 1         | 1.1        | 2022-03-01   | 100,00               | 84,99 | 8,00 | 7,00
            FV 2         | 1.1        | 2022-07-01   | 50,00                |       |      |
            """,
        ),
    ),
    Case(
        "eligible-over-gross",
        "Wydatki!E2",
        ("50,01", "50,00"),
        (
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
            FV 1         | 1.1        | 2022-03-01   | 50,00 zł     | 50,01
            FV 2         | 1.1        | 2022-03-01   |              | 20,00
            """,
        ),
    ),
    Case(
        "line-overspent",
        "Budżet!C2",
        ("60,01", "60,00"),
        (
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.1        | 2022-03-01   | 40,00
            FV 2         | 1.1        | 2022-06-30   | 60,01
            FV 3         | 1.1        | 2022-07-01   | 10,00
            """,
        ),
    ),
    Case(
        "sum-not-rows",
        "Wydatki!D4",
        ("141,00", "140,00"),
        (
            LINES.replace("100,00", "900,00"),
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.1        | 2022-03-01   | 40,00
            FV 2         | 1.1        | 2022-03-30   | 100,00
            Razem marzec |            |              | 141,00
            FV 3         | 1.1        | 2022-04-01   | 10,00
            OGÓŁEM       |            |              | 150,00
            """,
        ),
    ),
    Case(
        "gross-not-net-and-vat",
        "Wydatki!F4",
        ("10,00 | 2,30 | 12,31", "10,00 | 2,30 | 12,30"),
        (
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Netto | VAT  | Kwota brutto | Kwota kwalifikowalna
            FV 1         | 1.1        | 2022-03-01   | 5,00  | 1,15 | 6,15         | 6,15
            FV 2         | 1.1        | 2022-03-02   | 20,00 | 4,60 | 24,60        | 24,60
            FV 3         | 1.1        | 2022-03-03   | 10,00 | 2,30 | 12,31 | 12,30
            """,
        ),
    ),
    Case(
        "paid-before-issued",
        "Wydatki!D7",
        ("| 2022-02-06", "| 2022-03-06"),
        (
            LINES,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data dokumentu | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.1        | 2022-03-01     | 2022-03-01   | 1,00
            FV 2         | 1.1        | 2022-03-02     | 2022-03-02   | 1,00
            FV 3         | 1.1        | 2022-03-03     | 2022-03-04   | 1,00
            FV 4         | 1.1        | 2022-03-04     | 2022-03-09   | 1,00
            FV 5         | 1.1        | 2022-03-05     | 2022-03-19   | 1,00
            FV 6         | 1.1        | 2022-03-06     | 2022-02-06   | 1,00
            """,
        ),
    ),
)
