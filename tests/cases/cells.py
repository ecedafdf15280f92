"""Tabs, headers, cells and facts of the project that cannot be read."""

from tests.cases.case import STUMBLE, Case, Stumbling

PEOPLE = """
    Uczestnicy
    Nr uczestnika | Nazwisko i imię | Płeć    | Data rozpoczęcia udziału
    U1            | Nowak Zofia     | Kobieta | 04.01.2021
    U2            | Sowa Hanna      | Kobieta | 04.01.2021
    U3            | Wilk Tadeusz    | M       | 04.01.2021
    U4            | Gawlik Wanda    | Kobieta | 04.01.2021
    U5            | Jaros Alicja    | Kobieta | 04.01.2021
    """

CASES = (
    Case(
        "missing-column",
        "Uczestnicy!1:1",
        ("Uwagi do osoby", "Płeć"),
        (
            """
            Uczestnicy
            Nr uczestnika | Grupa docelowa | Uwagi do osoby
            U1            | rodzina        | Kobieta
            """,
        ),
    ),
    Case(
        "header-not-found",
        "Uczestnicy",
        ("kto | kiedy", "Nr uczestnika | Płeć"),
        (
            """
            Uczestnicy
            kto | kiedy
            U1  | K
            """,
        ),
    ),
    Case(
        "tab-unclear",
        "Spis",
        ("Spis", "Budżet"),
        (
            """
            Spis
            Nazwa    | Oznaczenie | Kwota
            Trenerzy | 1.1        | 100,00
            """,
        ),
    ),
    Case(
        "tab-with-people",
        "Krąg",
        ("Nowak Zofia  |", "|"),
        (
            PEOPLE,
            """
            Krąg
            Sowa Hanna   | ławka
            Wilk Tadeusz | krzesło
            Gawlik Wanda | ławka
            Jaros Alicja | ławka
            Nowak Zofia  | krzesło
            """,
        ),
    ),
    Stumbling(
        "tab-failed",
        "Krąg",
        (f"{STUMBLE} |", "|"),
        (
            PEOPLE,
            f"""
            Krąg
            {STUMBLE} | ławka
            """,
        ),
    ),
    Case(
        "rows-with-people",
        "Miejsca!6:6",
        ("Nowak Zofia  |", "|"),
        (
            PEOPLE,
            """
            Miejsca
            Miejsce          | Rodzaj              | Liczba
            Sala warsztatowa | miejsce szkoleniowe | 5
            |||
            |||
            Kto gdzie siedzi
            Sowa Hanna   | ławka   | przy oknie
            Wilk Tadeusz | krzesło | przy drzwiach
            Gawlik Wanda | ławka   | przy oknie
            Jaros Alicja | ławka   | przy oknie
            Nowak Zofia  | krzesło | przy drzwiach
            """,
        ),
    ),
    Case(
        "duplicate-header",
        "Uczestnicy!D1",
        ("Grupa docelowa | Grupa docelowa", "Grupa docelowa | Notatka"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć    | Grupa docelowa | Grupa docelowa
            U1            | Kobieta | rodzina        | dziecko
            """,
        ),
    ),
    Case(
        "required-value",
        "Uczestnicy!B3",
        ("|      | dziecko", "| M    | dziecko"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Grupa docelowa
            U1            | K    | rodzina
            U2            |      | dziecko
            """,
        ),
    ),
    Case(
        "cell-error",
        "Uczestnicy!C2",
        ("#REF!", "rodzina"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Grupa docelowa
            U1            | K    | #REF!
            """,
        ),
    ),
    Case(
        "not-a-day",
        "Uczestnicy!C2",
        ("w maju", "12.05.2022"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | w maju
            """,
        ),
    ),
    Case(
        "impossible-day",
        "Uczestnicy!C2",
        ("31.02.2022", "28.02.2022"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 31.02.2022
            """,
        ),
    ),
    Case(
        "ambiguous-day",
        "Uczestnicy!C3",
        ("04/05/22", "14/05/22"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Data rozpoczęcia udziału
            U1            | K    | 3 marca 2022
            U2            | K    | 04/05/22
            """,
        ),
    ),
    Case(
        "not-a-time",
        "Zajęcia!D2",
        ("po południu", "16.30"),
        (
            """
            Zajęcia
            Nr zajęć | Kod grupy | Data       | Godzina od  | Status
            Z1       | G1        | 2022-03-01 | po południu | odbyte
            """,
        ),
    ),
    Case(
        "not-money",
        "Budżet!C2",
        ("dużo", "1 042,50 zł"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana
            Kadra   | 1.1        | dużo
            """,
        ),
    ),
    Case(
        "fraction-of-grosz",
        "Budżet!C2",
        ("10,555", "10,55"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana
            Kadra   | 1.1        | 10,555
            """,
        ),
    ),
    Case(
        "ambiguous-number",
        "Budżet!C2",
        ("1.042", "1.042,00"),
        (
            """
            Budżet
            Zadanie | Nr pozycji | Kwota planowana
            Kadra   | 1.1        | 1.042
            """,
        ),
    ),
    Case(
        "not-a-number",
        "Grupy!C2",
        ("ok. 10", "10"),
        (
            """
            Grupy
            Kod grupy | Forma wsparcia | Limit miejsc
            G1        | F01            | ok. 10
            """,
        ),
    ),
    Case(
        "not-yes-no",
        "Uczestnicy!C2",
        ("chyba", "nie"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Zakończenie zgodnie ze ścieżką
            U1            | K    | chyba
            """,
        ),
    ),
    Case(
        "not-a-code",
        "Grupy!C2",
        ("☑", "K1"),
        (
            """
            Grupy
            Kod grupy | Forma wsparcia | Prowadzący
            G1        | F01            | ☑
            """,
        ),
    ),
    Case(
        "not-a-phone",
        "Uczestnicy!C2",
        ("u sąsiadki", "32 475 11 22"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | Telefon
            U1            | K    | u sąsiadki
            """,
        ),
    ),
    Case(
        "not-in-dictionary",
        "Uczestnicy!B2",
        ("Kobeita", "kobieta"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć
            U1            | Kobeita
            """,
        ),
    ),
    Case(
        "pesel-format",
        "Uczestnicy!C2",
        ("9005140021", "90051400218"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL
            U1            | M    | 9005140021
            """,
        ),
    ),
    Case(
        "pesel-checksum",
        "Uczestnicy!C2",
        ("90051400219", "90051400218"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL
            U1            | M    | 90051400219
            """,
        ),
    ),
    Case(
        "pesel-date",
        "Uczestnicy!C2",
        ("12345678903", "90051400218"),
        (
            """
            Uczestnicy
            Nr uczestnika | Płeć | PESEL
            U1            | M    | 12345678903
            """,
        ),
    ),
    Case(
        "fact-unknown",
        "Projekt!A2",
        ("Wartosc projketu", "Wartość projektu"),
        (
            """
            Projekt
            Parametr         | Wartość
            Wartosc projketu | 1 000,00 zł
            """,
        ),
    ),
    Case(
        "fact-unreadable",
        "Projekt!B2",
        ("około miliona", "1 000 000,00 zł"),
        (
            """
            Projekt
            Parametr         | Wartość
            Wartość projektu | około miliona
            """,
        ),
    ),
)
