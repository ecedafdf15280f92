"""The same thing twice: persons in one project, persons and documents in two, rows from day to day."""

from tests.cases.case import ANOTHER, Case, TwoDays, TwoProjects


def _rows(first: int, last: int) -> str:
    """A list of persons with these numbers."""
    return "Uczestnicy\nNr uczestnika | Płeć\n" + "\n".join(f"U{n} | K" for n in range(first, last + 1))


CASES = (
    Case(
        "same-person-likely",
        "Uczestnicy!B4",
        ("WOJCIK", "WILK"),
        (
            """
            Uczestnicy
            Nr uczestnika | Nazwisko | Imię | Płeć | Data urodzenia
            U1            | Wójcik   | Adam | M    | 1990-05-14
            U2            | Wójcik   | Jan  | M    | 1990-05-14
            U3            | WOJCIK   | Adam | M    | 14.05.1990
            """,
        ),
    ),
    Case(
        "similar-names",
        "Uczestnicy!B3",
        ("|                | M", "| 1960-05-14     | M"),
        (
            """
            Uczestnicy
            Nr uczestnika | Nazwisko | Imię | Data urodzenia | Płeć
            U1            | Wójcik   | Adam | 1990-05-14     | M
            U2            | Wójcik   | Adam |                | M
            """,
        ),
    ),
    TwoProjects(
        "person-in-two-projects",
        "Uczestnicy!A3",
        ("2022-04-30", "2022-02-28"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL       | Data rozpoczęcia udziału | Data zakończenia udziału
            U1            | K    | 90051400126 | 2022-01-10               | 2022-04-30
            """,
            ANOTHER,
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL       | Data rozpoczęcia udziału | Data zakończenia udziału
            1             | M    | 90051400218 | 2022-03-01               | 2022-05-31
            2             | K    | 90051400126 | 2022-03-01               | 2022-05-31
            """,
        ),
    ),
    TwoProjects(
        "document-in-two-projects",
        "Wydatki!A2",
        ("| 60,01", "| 60,00"),
        (
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data dokumentu | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
            FV 7/2022    | 1.1        | 2022-03-01     | 2022-03-08   | 100,00       | 40,00
            FV 8/2022    | 1.1        | 2022-03-02     | 2022-03-08   | 100,00       | 100,00
            """,
            ANOTHER,
            """
            Wydatki
            Nr dokumentu | Nr pozycji | Data dokumentu | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
            fv 7/2022    | 2          | 01.03.2022     | 2022-03-08   | 100,00       | 60,01
            """,
        ),
    ),
    TwoDays(
        "rows-jumped",
        "Uczestnicy",
        ("Nr | Płeć", "Nr | Płeć\nU41 | K"),
        (_rows(1, 60), ANOTHER, _rows(1, 40).replace("Nr uczestnika", "Nr")),
    ),
    Case(
        "person-listed-twice",
        "Uczestnicy!A6",
        ("Wilk Anna     | 70031400133", "Wilk Karol    | 68081900598"),
        (
            """
            Uczestnicy
            Nazwisko i imię | PESEL       | Data rozpoczęcia udziału
            Wilk Anna       | 70031400133 | 2022-03-01
            Nowak Zofia     | 71041500251 | 2022-03-01
            Lis Tadeusz     | 69120100344 | 2022-03-01
            Mazur Ewa       | 72011700457 | 2022-03-01
            Wilk Anna     | 70031400133 | 2022-03-01
            """,
        ),
    ),
)
