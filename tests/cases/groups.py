"""Who has a place in a group, who waits for one, who comes."""

from tests.cases.case import Case

GROUPS = """
    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc | Od         | Do
    G1        | F01            | 1            | 2022-01-01 | 2022-12-31
    """

SESSIONS = """
    Zajęcia
    Nr zajęć | Kod grupy | Data       | Status
    Z1       | G1        | 2022-03-01 | odbyte
    Z2       | G1        | 2022-03-08 | odbyte
    Z3       | G1        | 2022-03-15 | odbyte
    """

PERSONS = """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-01
    """

CASES = (
    Case(
        "enrolment-without-start",
        "Zapisy!E2",
        ("2022-02-01      |\n", "2022-02-01      | 2022-03-01\n"),
        (
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od
            U1            | G1        | próbny      | 2022-02-01      |
            U2            | G1        | zgłoszony   | 2022-02-02      |
            """,
        ),
    ),
    Case(
        "enrolment-with-start",
        "Zapisy!E2",
        ("anulowany", "zakwalifikowany"),
        (
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od
            U1            | G1        | anulowany   | 2022-02-01      | 2022-03-01
            """,
        ),
    ),
    Case(
        "enrolment-without-end",
        "Zapisy!C2",
        ("ukończony", "zakwalifikowany"),
        (
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od
            U1            | G1        | ukończony   | 2022-02-01      | 2022-03-01
            """,
        ),
    ),
    Case(
        "enrolment-twice",
        "Zapisy!B3",
        ("31.05.2022", "30.05.2022"),
        (
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
            U1            | G1        | ukończony       | 2022-02-01      | 2022-03-01 | 31.05.2022
            U1            | G1        | zakwalifikowany | 2022-05-01      | 2022-05-31 |
            """,
        ),
    ),
    Case(
        "group-over-limit",
        "Grupy!C2",
        ("2022-04-30", "2022-05-01"),
        (
            GROUPS,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
            U1            | G1        | ukończony       | 2022-02-01      | 2022-03-01 | 30.04.2022
            U2            | G1        | zakwalifikowany | 2022-02-01      | 2022-04-30 |
            """,
        ),
    ),
    Case(
        "waiting-while-free",
        "Grupy!A2",
        ("30.04.2022", "31.07.2022"),
        (
            GROUPS,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od         | Do
            U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01 | 30.04.2022
            U2            | G1        | lista rezerwowa | 2022-02-01      |            |
            """,
        ),
    ),
    Case(
        "attendance-before-entry",
        "Obecności!C2",
        ("08.03.2022", "01.03.2022"),
        (
            SESSIONS,
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 08.03.2022
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            """,
        ),
    ),
    Case(
        "attendance-without-enrolment",
        "Obecności!C3",
        ("07.03.2022", "08.03.2022"),
        (
            SESSIONS,
            PERSONS,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od         | Do
            U1            | G1        | ukończony   | 2022-02-01      | 2022-03-01 | 07.03.2022
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z2       | U1            | nieobecny
            """,
        ),
        as_of="2022-03-31",
    ),
    Case(
        "absent-three-times",
        "Zapisy!A2",
        ("nieobecny", "obecny"),
        (
            GROUPS,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z0       | G1        | 2022-02-22 | odbyte
            Z1       | G1        | 2022-03-01 | odbyte
            Z2       | G1        | 2022-03-08 | odbyte
            Z3       | G1        | 2022-03-15 | odbyte
            """,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
            U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-02-22
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z0       | U1            | ob.
            Z1       | U1            | nb
            Z2       | U1            | nb
            Z3       | U1            | nieobecny
            """,
        ),
        as_of="2022-03-20",
    ),
    Case(
        "absent-two-weeks",
        "Zapisy!A2",
        ("Z3       | U1            | nieobecny", "Z3       | U1            | spóźnienie"),
        (
            GROUPS,
            SESSIONS,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu     | Data zgłoszenia | Od
            U1            | G1        | zakwalifikowany | 2022-02-01      | 2022-03-01
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z2       | U1            | nieobecny
            Z3       | U1            | nieobecny
            """,
        ),
        as_of="2022-03-15",
    ),
    Case(
        "attendance-low",
        "Uczestnicy!A2",
        ("Z5       | U1            | nieobecny", "Z5       | U1            | obecny"),
        (
            """
            Projekt
            Parametr            | Wartość
            Wymagana frekwencja | 80%
            """,
            PERSONS,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-03-01 | odbyte
            Z2       | G1        | 2022-03-08 | odbyte
            Z3       | G1        | 2022-03-15 | odbyte
            Z4       | G1        | 2022-03-22 | odbyte
            Z5       | G1        | 2022-03-29 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z2       | U1            | nu
            Z3       | U1            | obecny
            Z4       | U1            | obecny
            Z5       | U1            | nieobecny
            """,
        ),
    ),
)
