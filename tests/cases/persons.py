"""Who people are, when they came, when they left."""

from tests.cases.case import Case

PROJECT = """
    Projekt
    Parametr            | Wartość
    Początek realizacji | 01.01.2022
    Koniec realizacji   | 30.09.2023
    """

SESSIONS = """
    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-08 | odbyte
    """

CASES = (
    Case(
        "pesel-sex",
        "Uczestnicy!C2",
        ("Kobieta", "Mężczyzna"),
        (
            """
            Uczestnicy
            Nr uczestnika | PESEL       | Płeć
            U1            | 90051400218 | Kobieta
            """,
        ),
    ),
    Case(
        "pesel-birth-date",
        "Uczestnicy!D2",
        ("14.05.1991", "14.05.1990"),
        (
            """
            Uczestnicy
            Nr uczestnika | PESEL       | Płeć      | Data urodzenia
            U1            | 90051400218 | Mężczyzna | 14.05.1991
            """,
        ),
    ),
    Case(
        "exit-before-entry",
        "Uczestnicy!D2",
        ("2022-01-31", "2022-05-31"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału | Data zakończenia udziału
            U1            | K    | 2022-03-01               | 2022-01-31
            """,
        ),
    ),
    Case(
        "entry-outside-project",
        "Uczestnicy!C2",
        ("2021-12-31", "2022-01-01"),
        (
            PROJECT,
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 2021-12-31
            U2            | M    | 2023-09-30
            """,
        ),
    ),
    Case(
        "entry-not-first-session",
        "Uczestnicy!C2",
        ("2022-02-15", "2022-03-08"),
        (
            SESSIONS,
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 2022-02-15
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | nieobecny
            Z2       | U1            | obecny
            """,
        ),
    ),
    Case(
        "entry-without-session",
        "Uczestnicy!C3",
        ("nieobecny", "obecny"),
        (
            SESSIONS,
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 2022-03-01
            U2            | K    | 2022-03-01
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | ob.
            Z1       | U2            | nieobecny
            """,
        ),
        as_of="2022-03-15",
    ),
    Case(
        "attendance-without-entry",
        "Obecności!C2",
        ("U1            |            ", "U1            | 2022-03-01 "),
        (
            SESSIONS,
            """
            Uczestnicy
            Nr uczestnika | Od         | Płeć
            U1            |            | K
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z2       | U1            | obecny
            """,
        ),
    ),
    Case(
        "path-with-open-enrolment",
        "Uczestnicy!C2",
        ("|            | G1", "| 2022-05-31 | G1"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Zakończenie zgodnie ze ścieżką
            U1            | K    | TAK
            """,
            """
            Zapisy
            Nr uczestnika | Stan zapisu     | Data zgłoszenia | Od         | Do         | Kod grupy
            U1            | zakwalifikowany | 2022-02-01      | 2022-03-01 |            | G1
            """,
        ),
    ),
)
