"""How people leave, and what goes on after it."""

from tests.cases.case import Case

LEFT = """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
    U1            | K    | 2022-03-01               | 08.03.2022
    """

CASES = (
    Case(
        "exit-in-future",
        "Uczestnicy!D2",
        ("2022-07-01", "2022-06-30"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
            U1            | K    | 2022-03-01               | 2022-07-01
            """,
        ),
    ),
    Case(
        "exit-missing",
        "Uczestnicy!D2",
        ("2022-06-01", "2022-06-02"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
            U1            | K    | 2022-03-01               |
            U2            | K    | 2022-03-01               |
            """,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
            U1            | G1        | ukończony       | 2022-02-01      | 2022-03-01 | 2022-06-01
            U2            | G1        | ukończony       | 2022-02-01      | 2022-03-01 | 2022-05-31
            U2            | G2        | zakwalifikowany | 2022-02-01      | 2022-05-31 |
            """,
        ),
    ),
    Case(
        "enrolment-after-exit",
        "Zapisy!F2",
        ("08.03.2022", "31.03.2022"),
        (
            LEFT,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od         | Do
            U1            | G1        | ukończony   | 2022-02-01      | 2022-03-01 | 2022-03-31
            """,
        ),
    ),
    Case(
        "attendance-after-exit",
        "Obecności!C3",
        ("08.03.2022", "15.03.2022"),
        (
            LEFT,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-03-01 | odbyte
            Z2       | G1        | 2022-03-15 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z2       | U1            | obecny
            """,
        ),
    ),
)
