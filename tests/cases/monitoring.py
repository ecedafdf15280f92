"""What is recorded of people for the monitoring of the programme."""

from tests.cases.case import Case

CASES = (
    Case(
        "age-at-entry",
        "Uczestnicy!D2",
        ("| 32 ", "| 31 "),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL       | Wiek | Data rozpoczęcia udziału
            U1            | K    | 90051400126 | 32   | 2022-05-13
            """,
        ),
    ),
    Case(
        "labour-detail-mismatch",
        "Uczestnicy!D2",
        ("ucząca się", "długotrwale bezrobotna"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Status na rynku pracy                     | W tym
            U1            | K    | bezrobotna zarejestrowana w ewidencji UP  | ucząca się
            U2            | K    | Bierna zawodowo                           | nieuczestnicząca w kształceniu
            U3            | K    | pracująca                                 | inne
            """,
        ),
    ),
    Case(
        "minor-without-guardian",
        "Uczestnicy!E2",
        ("| nie", "| TAK"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data urodzenia | Data rozpoczęcia udziału | Zgoda rodzica
            U1            | K    | 02.03.2004     | 2022-03-01               | nie
            U2            | K    | 01.03.2004     | 2022-03-01               |
            """,
        ),
    ),
    Case(
        "column-incomplete",
        "Uczestnicy!D1",
        ("2022-03-02               |\n", "2022-03-02               | 2\n"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału | DEGURBA
            U1            | K    | 2022-03-01               | 1
            U2            | K    | 2022-03-02               |
            U3            | K    |                          |
            """,
        ),
    ),
)
