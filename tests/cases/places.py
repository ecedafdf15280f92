"""The durability period: what was promised, what was ready, what was refused."""

from tests.cases.case import Case

PLACES = """
    Miejsca
    Miejsce  | Rodzaj      | Liczba | Od         | Do
    Mediacje | specjalista | 1      | 2023-10-01 | 2025-12-31
    """

CASES = (
    Case(
        "places-not-commitment",
        "Miejsca",
        ("| 9", "| 10"),
        (
            """
            Projekt
            Parametr                  | Wartość
            Liczba miejsc w trwałości | 18
            """,
            """
            Miejsca
            Miejsce   | Rodzaj              | Liczba
            Kandydaci | miejsce szkoleniowe | 9
            Mediacje  | specjalista         | 8
            """,
        ),
    ),
    Case(
        "readiness-gap",
        "Gotowość!B3",
        ("2024-01-02", "2024-01-01"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Do         | Stan   | Data potwierdzenia
            Mediacje | 2023-10-01 | 2023-12-31 | gotowe | 2023-10-01
            Mediacje | 2024-01-02 |            | gotowe | 2024-03-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "readiness-overlap",
        "Gotowość!B3",
        ("31.12.2023", "30.12.2023"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Do         | Stan   | Data potwierdzenia
            Mediacje | 2023-10-01 | 31.12.2023 | gotowe | 2023-10-01
            Mediacje | 2023-12-31 |            | gotowe | 2024-03-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "readiness-without-quantity",
        "Gotowość!D2",
        ("częściowo", "gotowe   "),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Stan      | Liczba gotowych | Data potwierdzenia
            Mediacje | 2023-10-01 | częściowo |                 | 2024-03-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "places-below-commitment",
        "Miejsca!C2",
        ("2024-02-29", "2024-03-31"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Do         | Stan   | Data potwierdzenia
            Mediacje | 2023-10-01 | 2024-02-29 | gotowe | 2024-02-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "ready-over-declared",
        "Gotowość!D2",
        ("| gotowe | 2", "| gotowe | 1"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Stan   | Liczba gotowych | Data potwierdzenia
            Mediacje | 2023-10-01 | gotowe | 2               | 2024-03-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "reduction-without-reason",
        "Gotowość!E2",
        ("wstrzymane", "gotowe"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Data potwierdzenia | Stan       | Powód
            Mediacje | 2023-10-01 | 2024-03-01         | wstrzymane |
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "evidence-old",
        "Gotowość!D2",
        ("2023-12-31", "2024-01-01"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Stan   | Data potwierdzenia
            Mediacje | 2023-10-01 | gotowe | 2023-12-31
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "refused-while-ready",
        "Zgłoszenia!D2",
        ("odmowa", "skierowany"),
        (
            PLACES,
            """
            Gotowość
            Miejsce  | Od         | Stan   | Data potwierdzenia
            Mediacje | 2023-10-01 | gotowe | 2024-03-01
            """,
            """
            Zgłoszenia
            Nr zgłoszenia | Data       | Miejsce  | Wynik
            1             | 2024-02-10 | Mediacje | odmowa
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "refusals-many",
        "Zgłoszenia",
        ("25%", "50%"),
        (
            """
            Projekt
            Parametr            | Wartość
            Dopuszczalne odmowy | 25%
            """,
            """
            Zgłoszenia
            Nr zgłoszenia | Data       | Miejsce  | Wynik
            1             | 2024-02-10 | Mediacje | odmowa
            2             | 2024-02-11 | Mediacje | przyjęty
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "used-over-ready",
        "Gotowość!F5",
        ("| 3", "| 2"),
        (
            """
            Miejsca
            Miejsce  | Liczba miejsc | Od         | Do
            Mediacje | 2             | 2023-10-01 | 2025-12-31
            """,
            """
            Gotowość
            Miejsce  | Od         | Do         | Stan   | Gotowe miejsca | Wykorzystane | Data potwierdzenia
            Mediacje | 2023-10-01 | 2023-10-31 | gotowe | 2              | 1            | 2024-03-01
            Mediacje | 2023-11-01 | 2023-11-30 | gotowe | 2              | 2            | 2024-03-01
            Mediacje | 2023-12-01 | 2023-12-31 | gotowe | 2              | 0            | 2024-03-01
            Mediacje | 2024-01-01 | 2024-01-31 | gotowe | 2              | 3            | 2024-03-01
            Mediacje | 2024-02-01 |            | gotowe | 2              | 1            | 2024-03-01
            """,
        ),
        as_of="2024-03-31",
    ),
    Case(
        "counts-not-sum",
        "Miejsca!E4",
        ("| 2    | 2   | 1", "| 2    | 2   | 2"),
        (
            """
            Miejsca
            Miejsce  | Liczba miejsc | stan na 1.X | stan na 1.XI | wolne
            Mediacje | 2             | 1    | 1   | 0
            Psycholog | 2            | 1    | 1   | 2
            Razem    | 4             | 2    | 2   | 1
            """,
        ),
    ),
)
