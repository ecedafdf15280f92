"""Rows that point to other rows, and rows that stand twice."""

from tests.cases.case import Case

PERSONS = """
    Uczestnicy
    Nr uczestnika | Płeć
    U1            | K
    """

FORMS = """
    Formy wsparcia
    Kod formy | Forma wsparcia
    F01       | Grupa wsparcia
    """

GROUPS = """
    Grupy
    Kod grupy | Forma wsparcia
    G1        | F01
    """

CASES = (
    Case(
        "duplicate-key",
        "Uczestnicy!A3",
        ("u1", "U2"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć
            U1            | Kobieta
            u1            | Mężczyzna
            """,
        ),
    ),
    Case(
        "duplicate-document",
        "Wydatki!A3",
        ("fv 1", "FV 2"),
        (
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.1        | 12.03.2022   | 100
            fv 1         | 1.1        | 2022-03-12   | 100,00 zł
            """,
        ),
    ),
    Case(
        "person-without-number",
        "Uczestnicy!A3",
        ("              | Kos", "U2            | Kos"),
        (
            """
            Uczestnicy
            Nr uczestnika | Nazwisko | Imię  | Płeć | Data rozpoczęcia udziału
            U1            | Nowak    | Anna  | K    | 04.03.2022
                          | Kos      | Maria | K    | 11.03.2022
            """,
        ),
    ),
    Case(
        "name-misspelt",
        "Obecność gr. 1!A3",
        ("Kowalczk Jan", "Kowalczyk Jan"),
        (
            """
            Lista uczestników
            Imię i nazwisko | Płeć | Data urodzenia | Data rozpoczęcia udziału
            Anna Nowak      | K    | 01.02.1980     | 04.03.2022
            Jan Kowalczyk   | M    | 05.06.1981     | 04.03.2022
            """,
            """
            Obecność gr. 1
            Nazwisko i imię | 04.03.2022 | 11.03.2022
            Nowak Anna      | ob         | nb
            Kowalczk Jan    | ob         | ob
            """,
        ),
    ),
    Case(
        "person-ambiguous",
        "Obecność gr. 1!A2",
        ("Nowak Anna ", "Nowak Maria"),
        (
            """
            Lista uczestników
            Imię i nazwisko | Płeć | Data urodzenia | Data rozpoczęcia udziału
            Anna Nowak      | K    | 01.02.1980     | 04.03.2022
            Jan Kos         | M    | 05.06.1981     |
            Nowak Anna      | K    | 07.08.1990     |
            """,
            """
            Obecność gr. 1
            Imię i nazwisko | 04.03.2022 | 11.03.2022
            Anna Nowak      | ob         | nb
            """,
        ),
    ),
    Case(
        "parent-not-counted",
        "Obecności!A2",
        ("32.03.2022", "31.03.2022"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 32.03.2022 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z1       | U2            | obecny
            """,
        ),
    ),
    Case(
        "unknown-person",
        "Zapisy!A2",
        ("U9", "U1"),
        (
            PERSONS,
            """
            Zapisy
            Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia
            U9            | G1        | zgłoszony   | 2022-02-01
            """,
        ),
    ),
    Case(
        "unknown-form",
        "Grupy!B2",
        ("Grupa sparcia", "grupa wsparcia"),
        (
            FORMS,
            """
            Grupy
            Kod grupy | Forma wsparcia
            G1        | Grupa sparcia
            """,
        ),
    ),
    Case(
        "unknown-group",
        "Zajęcia!B2",
        ("G7", "G1"),
        (
            GROUPS,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G7        | 2022-03-01 | odbyte
            """,
        ),
    ),
    Case(
        "unknown-session",
        "Obecności!A2",
        ("Z2", "Z1"),
        (
            GROUPS,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-03-01 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z2       | U1            | obecny
            """,
        ),
    ),
    Case(
        "unknown-task",
        "Wydatki!B2",
        ("1.9", "1.1"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana
            Kadra   | 1.1        | 100,00
            """,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
            FV 1         | 1.9        | 2022-03-01   | 50,00
            """,
        ),
    ),
    Case(
        "unknown-place",
        "Gotowość!A2",
        ("Mediator", "Mediacje"),
        (
            """
            Miejsca
            Miejsce  | Rodzaj      | Liczba | Od         | Do
            Mediacje | specjalista | 1      | 2023-10-01 | 2025-12-31
            """,
            """
            Gotowość
            Miejsce  | Od         | Stan
            Mediator | 2023-10-01 | gotowe
            """,
        ),
    ),
    Case(
        "unknown-specialist",
        "Zajęcia!D2",
        ("K8", "K1"),
        (
            GROUPS,
            """
            Kadra
            Nr specjalisty | Funkcja
            K1             | psycholog
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Prowadzący | Status
            Z1       | G1        | 2022-03-01 | K8         | odbyte
            """,
        ),
    ),
    Case(
        "same-pesel",
        "Uczestnicy!C3",
        ("U2            | K    | 90051400126", "U2            | K    | 90051400225"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL
            U1            | K    | 90051400126
            U2            | K    | 90051400126
            """,
        ),
    ),
    Case(
        "attendance-twice",
        "Obecności!B3",
        ("Z1       | U1            | nieobecny", "Z1       | U2            | nieobecny"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-03-01 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            Z1       | U1            | nieobecny
            """,
        ),
    ),
    Case(
        "attendance-cancelled-session",
        "Obecności!A2",
        ("odwołane", "odbyte"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-03-01 | odwołane
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność
            Z1       | U1            | obecny
            """,
        ),
    ),
)
