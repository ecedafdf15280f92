"""When sessions are, who leads them, how many children an educator has."""

from tests.cases.case import Case

PROJECT = """
    Projekt
    Parametr            | Wartość
    Początek realizacji | 02.01.2022
    Koniec realizacji   | 30.09.2023
    """


def _day_support(educators: str) -> tuple[str, ...]:
    """A day-support centre with 16 children at once, from 15:00 to 16:00."""
    marks = "\n".join(f"Z1 | U{n} | obecny | {'15:00' if n < 16 else '15:30'} | 16:00" for n in range(1, 17))
    return (
        """
        Formy wsparcia
        Kod formy | Forma wsparcia | Sposób realizacji
        F01       | Świetlica      | placówka wsparcia dziennego
        """,
        """
        Grupy
        Kod grupy | Forma wsparcia
        G1        | F01
        """,
        f"""
        Zajęcia
        Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący  | Status
        Z1       | G1        | 2022-03-01 | 14:00      | 18:00      | {educators} | odbyte
        """,
        f"Obecności\nNr zajęć | Nr uczestnika | Obecność | Przyjście | Wyjście\n{marks}",
    )


ON_LIST = """
    Uczestnicy
    Nr uczestnika | Nazwisko i imię | Płeć    | Data rozpoczęcia udziału
    U1            | Nowak Zofia     | Kobieta | 07.02.2022
    U2            | Wilk Tadeusz    | M       | 07.02.2022
    """

CASES = (
    Case(
        "total-not-marks",
        "Klub!H3",
        ("| 4 |", "| 3 |"),
        (
            ON_LIST,
            """
            Klub
            Lp. | Nazwisko i imię | 07.02.2022 | 14.02.2022 | 21.02.2022 | 28.02.2022 | 07.03.2022 | razem
            1   | Nowak Zofia     | x          | x          | n          | x          | x          | 4
            2   | Wilk Tadeusz    | x          | n          | x          | x          | u          | 4 |
                | obecnych        | 2          | 1          | 1          | 2          | 1
            """,
        ),
        as_of="2022-03-08",
    ),
    Case(
        "marks-not-totals",
        "Klub!H3",
        ("x – obecny, n – nieobecny", "x – nieobecny, n – obecny"),
        (
            ON_LIST,
            """
            Klub
            x – obecny, n – nieobecny |
            Lp. | Nazwisko i imię | 07.02.2022 | 14.02.2022 | 21.02.2022 | 28.02.2022 | 07.03.2022 | razem
            1   | Nowak Zofia     | n          | n          | x          | n          | n          | 4
            2   | Wilk Tadeusz    | n          | n          | x          | n          | n          | 4
                | obecnych        | 2          | 2          | 0          | 2          | 2
            """,
        ),
        as_of="2022-03-08",
    ),
    Case(
        "attendance-without-day",
        "Obecności!A2",
        ("| Inne       |", "| Data       |"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć    | Data rozpoczęcia udziału
            U1            | Kobieta | 07.02.2022
            """,
            """
            Obecności
            Nr zajęć | Inne       | Grupa | Nr uczestnika | Obecność
            Z1       | 07.02.2022 | Klub  | U1            | obecny
            """,
        ),
        as_of="2022-02-10",
    ),
    Case(
        "session-end-before-start",
        "Zajęcia!E2",
        ("15:30", "17:30"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Status
            Z1       | G1        | 2022-03-01 | 16:00      | 15:30      | odbyte
            """,
        ),
    ),
    Case(
        "session-outside-project",
        "Zajęcia!C2",
        ("2021-12-31", "2022-01-02"),
        (
            PROJECT,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2021-12-31 | odbyte
            Z2       | G1        | 2021-11-30 | odwołane
            """,
        ),
    ),
    Case(
        "session-still-planned",
        "Zajęcia!D2",
        ("2022-06-29", "2022-06-30"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-06-29 | zaplanowane
            """,
        ),
    ),
    Case(
        "session-held-in-future",
        "Zajęcia!C2",
        ("2022-07-01", "2022-06-30"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-07-01 | odbyte
            Z2       | G1        | 2022-07-02 | zaplanowane
            """,
        ),
    ),
    Case(
        "specialist-double-booked",
        "Zajęcia!F3",
        ("16:59", "17:00"),
        (
            """
            Kadra
            Nr specjalisty | Funkcja
            K1             | psycholog
            K2             | pedagog
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
            Z1       | G1        | 2022-03-01 | 16:00      | 17:00      | K1         | odbyte
            Z2       | G2        | 2022-03-01 | 16:59      | 18:00      | K2; K1     | odbyte
            """,
        ),
    ),
    Case(
        "specialist-without-contract",
        "Zajęcia!D2",
        ("28.02.2022", "01.03.2022"),
        (
            """
            Kadra
            Nr specjalisty | Umowa od   | Umowa do
            K1             | 2022-01-01 | 28.02.2022
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Prowadzący | Status
            Z1       | G1        | 2022-03-01 | K1         | odbyte
            """,
        ),
    ),
    Case(
        "session-on-holiday",
        "Zajęcia!C2",
        ("2022-06-16", "2022-06-17"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-06-16 | odbyte
            Z2       | G1        | 2022-05-03 | odwołane
            """,
        ),
    ),
    Case(
        "individual-overlap",
        "Zajęcia!F3",
        ("16:45", "17:00"),
        (
            """
            Formy wsparcia
            Kod formy | Forma wsparcia | Sposób realizacji
            F01       | Terapia        | indywidualna
            """,
            """
            Kadra
            Nr specjalisty | Funkcja
            K1             | psycholog
            """,
            """
            Grupy
            Kod grupy | Forma wsparcia
            G1        | F01
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Prowadzący | Status
            Z1       | G1        | 2022-03-01 | 16:00      | 17:00      | K1         | odbyte
            Z2       | G1        | 2022-03-01 | 16:45      | 17:45      | K1         | odbyte
            """,
        ),
    ),
    Case(
        "venue-double-booked",
        "Zajęcia!D3",
        ("OPS, Sala 2", "OPS, Sala 1"),
        (
            """
            Grupy
            Kod grupy | Forma wsparcia | Miejsce zajęć
            G1        | F01            | OPS, sala 2
            G2        | F01            | OPS, Sala 2
            G3        | F01            | Szkoła nr 2
            G4        | F01            | Szkoła nr 2
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Godzina od | Godzina do | Status
            Z1       | G1        | 2022-03-01 | 16:00      | 17:00      | odbyte
            Z2       | G2        | 2022-03-01 | 16:30      | 18:00      | odbyte
            Z3       | G1        | 2022-03-08 | 16:00      | 17:00      | odbyte
            Z4       | G2        | 2022-03-08 | 16:30      | 18:00      | odbyte
            Z5       | G3        | 2022-03-08 | 16:00      | 17:00      | odbyte
            Z6       | G4        | 2022-03-08 | 16:30      | 18:00      | odbyte
            """,
        ),
    ),
    Case("children-per-educator", "Zajęcia!F2", ("K1 ", "K1; K2 "), _day_support("K1")),
    Case(
        "weekday-not-day",
        "Zajęcia!D4",
        ("sob.", "pt."),
        (
            """
            Grupy
            Kod grupy
            G1
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | dz.  | Status
            Z1       | G1        | 2022-03-02 | śr.  | odbyte
            Z2       | G1        | 2022-03-03 | czw. | odbyte
            Z3       | G1        | 2022-03-04 | sob. | odbyte
            Z4       | G1        | 2022-03-07 | pon. | odbyte
            """,
        ),
    ),
    Case(
        "left-before-arrival",
        "Obecności!E3",
        ("17:00     | 16:00", "16:00     | 17:00"),
        (
            ON_LIST,
            """
            Grupy
            Kod grupy
            G1
            """,
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Status
            Z1       | G1        | 2022-02-07 | odbyte
            """,
            """
            Obecności
            Nr zajęć | Nr uczestnika | Obecność | Przyjście | Wyjście
            Z1       | U1            | obecny   | 15:00     | 16:00
            Z1       | U2            | obecny   | 17:00     | 16:00
            """,
        ),
    ),
)
