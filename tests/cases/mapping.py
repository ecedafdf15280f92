"""What changed in a spreadsheet since it was connected."""

from lib.recognition import Choice
from tests.cases.case import Case

SAID = {"Lista": Choice("Participant", {"person": "Nr ew.", "sex": "Płeć", "phone": "Komórka"})}

CASES = (
    Case(
        "header-changed",
        "Lista!A1",
        ("Nr uczestnika", "Nr ew."),
        (
            """
            Lista
            Nr uczestnika | Płeć | Komórka
            U1            | K    | 601602603
            """,
        ),
        choices=SAID,
    ),
    Case(
        "column-lost",
        "Lista!1:1",
        ("Uwagi wewn.", "Komórka"),
        (
            """
            Lista
            Nr ew. | Płeć | Uwagi wewn.
            U1     | K    |
            """,
        ),
        choices=SAID,
    ),
    Case(
        "tab-renamed",
        "Lista osób",
        ("Lista osób", "Lista"),
        (
            """
            Lista osób
            Nr ew. | Płeć | Komórka
            U1     | K    | 601602603
            """,
        ),
        choices=SAID,
    ),
    Case(
        "tab-lost",
        "Lista",
        ("Notatki\nTemat | Treść | Kto\n", "Lista\nNr ew. | Płeć | Komórka\n"),
        (
            """
            Grupy
            Kod grupy | Nazwa grupy
            G1        | Pierwsza
            """,
            "Notatki\nTemat | Treść | Kto\nU1 | K | 601602603",
        ),
        choices={**SAID, "Grupy": Choice("Group", {"group": "Kod grupy"})},
    ),
    Case(
        "new-tab",
        "Grupy",
        ("Grupy\nKod grupy | Nazwa grupy\n", "Notatki\nTemat | Treść\n"),
        (
            """
            Lista
            Nr ew. | Płeć | Komórka
            U1     | K    | 601602603
            """,
            "Grupy\nKod grupy | Nazwa grupy\nG1 | Pierwsza",
        ),
        choices=SAID,
    ),
)
