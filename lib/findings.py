"""Everything that can be wrong in a workbook: the catalogue of rules, and a finding at a cell.

Codes are permanent: tests, links and accepted exceptions name them. Messages are in Polish, say
what stands where and never hold a name, a PESEL or another personal value.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import IntEnum
from string import Formatter
from typing import Any

from lib.names import without_names
from sheets.table import Cell


class Severity(IntEnum):
    """How urgent a finding is: a broken obligation or lost data, an error, something to look at."""

    URGENT = 3
    ERROR = 2
    WARNING = 1

    @property
    def label(self) -> str:
        """The Polish word for the screen."""
        return {3: "PILNE", 2: "BŁĄD", 1: "OSTRZEŻENIE"}[self.value]


class _Polish(Formatter):
    """Dates as dd.mm.rrrr, everything else as `str.format` does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, dt.date) and not format_spec:
            format_spec = "%d.%m.%Y"
        return str(format(value, format_spec))


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be wrong: its permanent code, its urgency, and what to say and advise."""

    code: str
    severity: Severity
    title: str
    message: str
    advice: str

    def at(self, cell: Cell, *, not_counted: int = 0, **values: Any) -> "Finding":
        """The finding that this rule is broken at `cell`; `values` fill in the message.

        `not_counted` is the number of rows that are left out of the figures because of it.
        `{raw}`, `{column}` and `{tab}` of the message are filled in from the cell. A name of a person,
        which may stand in any column by mistake, is hidden in the message and in the text of the cell.
        """
        known = {"raw": cell.raw, "column": cell.header, "tab": cell.tab}
        message = without_names(_Polish().vformat(self.message, (), known | values))
        if (raw := without_names(cell.raw)) != cell.raw:
            cell = replace(cell, raw=raw)
        return Finding(self, cell, message, not_counted)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at one cell."""

    rule: Rule
    cell: Cell
    message: str
    not_counted: int = 0

    @property
    def address(self) -> str:
        """„Uczestnicy!D7”."""
        return self.cell.address


URGENT, ERROR, WARNING = Severity.URGENT, Severity.ERROR, Severity.WARNING

# --- tabs and headers ---------------------------------------------------------------------------

MISSING_COLUMN = Rule(
    "missing-column",
    URGENT,
    title="Brak kolumny",
    message="W zakładce „{tab}” nie ma kolumny „{missing}”.",
    advice="Dopisz nagłówek kolumny albo przywróć jego poprzednią nazwę.",
)
HEADER_NOT_FOUND = Rule(
    "header-not-found",
    URGENT,
    title="Nie ma wiersza nagłówków",
    message="W zakładce „{tab}” nie znaleziono wiersza nagłówków (np. {wanted}); niczego z niej nie liczymy.",
    advice="Przywróć wiersz z nazwami kolumn nad danymi.",
)
TAB_UNCLEAR = Rule(
    "tab-unclear",
    URGENT,
    title="Nie wiadomo, co jest w zakładce",
    message="Zakładka „{tab}” może być tabelą „{first}” albo „{second}”; niczego z niej nie liczymy.",
    advice="Wskaż właściwą na stronie „Podłącz arkusz” albo nazwij zakładkę tak jak we wzorze.",
)
TAB_WITH_PEOPLE = Rule(
    "tab-with-people",
    WARNING,
    title="Osoby w zakładce, której nie czytamy",
    message="W zakładce „{tab}” stoi osób z listy uczestników: {people}, a nie ma tam żadnej znanej tabeli; "
    "niczego z niej nie liczymy.",
    advice="Wskaż na stronie „Podłącz arkusz”, co w niej jest, albo odpowiedz „nic z tego”.",
)
TAB_FAILED = Rule(
    "tab-failed",
    URGENT,
    title="Zakładka, której program nie umie odczytać",
    message="Ostoja nie umie odczytać zakładki „{tab}”: to błąd programu. Niczego z niej nie liczymy; inne "
    "zakładki są czytane.",
    advice="Zgłoś to administratorowi. Do czasu poprawki może pomóc prostszy układ zakładki.",
)
ROWS_WITH_PEOPLE = Rule(
    "rows-with-people",
    WARNING,
    title="Osoby poza tabelą, których nie czytamy",
    message="W zakładce „{tab}” w wierszach {rows} stoi osób z listy uczestników: {people}, a żadna tabela "
    "ich nie obejmuje; niczego stamtąd nie liczymy.",
    advice="Daj liście własny nagłówek albo własną zakładkę; gdy to notatka, zaznacz „tak ma być”.",
)
DUPLICATE_HEADER = Rule(
    "duplicate-header",
    URGENT,
    title="Dwie kolumny o tej samej nazwie",
    message="Nagłówek „{raw}” stoi dwa razy; czytana jest pierwsza kolumna.",
    advice="Zmień nazwę drugiej kolumny albo usuń ją.",
)
ROWS_JUMPED = Rule(
    "rows-jumped",
    WARNING,
    title="Nagle inna liczba wierszy",
    message="W zakładce „{tab}” jest wierszy: {now}, a wcześniej było {before}.",
    advice="Sprawdź, czy nikt nie usunął, nie ukrył ani nie wkleił dwa razy części tabeli; "
    "gdy zmiana jest zamierzona, uwaga zniknie po pierwszej zmianie arkusza w kolejnym dniu.",
)
# --- the mapping that was saved when the spreadsheet was connected --------------------------------

HEADER_CHANGED = Rule(
    "header-changed",
    WARNING,
    title="Zmieniony nagłówek kolumny",
    message="Kolumna „{was}”, z której czytano „{meant}”, nazywa się teraz „{now}”; czytam tę kolumnę.",
    advice="Sprawdź, czy to ta sama kolumna, i potwierdź na stronie „Podłącz arkusz”.",
)
COLUMN_LOST = Rule(
    "column-lost",
    URGENT,
    title="Zniknęła podłączona kolumna",
    message="W zakładce „{tab}” nie ma już kolumny „{was}”, z której czytano „{meant}”; {loss}.",
    advice="Przywróć nagłówek tej kolumny albo wskaż inną na stronie „Podłącz arkusz”.",
)
TAB_RENAMED = Rule(
    "tab-renamed",
    WARNING,
    title="Zmieniona nazwa zakładki",
    message="Zakładka „{was}” nazywa się teraz „{tab}”; czytam ją jak dotąd.",
    advice="Sprawdź, czy to ta sama zakładka, i potwierdź na stronie „Podłącz arkusz”.",
)
TAB_LOST = Rule(
    "tab-lost",
    URGENT,
    title="Zniknęła podłączona zakładka",
    message="Nie ma już zakładki „{tab}” ({meant}); niczego z niej nie liczymy.",
    advice="Przywróć ją albo zapisz podłączenie bez niej na stronie „Podłącz arkusz”.",
)
NEW_TAB = Rule(
    "new-tab",
    WARNING,
    title="Nowa zakładka",
    message="Zakładki „{tab}” nie było przy podłączaniu; czytam ją jako „{meant}”.",
    advice="Potwierdź na stronie „Podłącz arkusz”, że tak ma być, albo każ ją pominąć.",
)
# --- cells --------------------------------------------------------------------------------------

REQUIRED_VALUE = Rule(
    "required-value",
    ERROR,
    title="Brak wymaganej wartości",
    message="Kolumna „{column}” jest pusta, a musi być wypełniona.",
    advice="Wpisz brakującą wartość.",
)
CELL_ERROR = Rule(
    "cell-error",
    ERROR,
    title="Błąd arkusza zamiast wartości",
    message="W kolumnie „{column}” stoi błąd arkusza: {raw}.",
    advice="Popraw formułę albo wpisz wartość.",
)
NOT_A_DAY = Rule(
    "not-a-day",
    ERROR,
    title="To nie jest data",
    message="„{raw}” w kolumnie „{column}” nie jest datą.",
    advice="Wpisz datę w postaci dd.mm.rrrr, np. 12.03.2022.",
)
IMPOSSIBLE_DAY = Rule(
    "impossible-day",
    ERROR,
    title="Nie ma takiego dnia",
    message="Dnia „{raw}” (kolumna „{column}”) nie ma w kalendarzu.",
    advice="Popraw dzień lub miesiąc.",
)
UNREAD_DAY = Rule(
    "unread-day",
    WARNING,
    title="Nie ma takiego dnia w kolumnie, której nie czytamy",
    message="Dnia, który wpisano w tej komórce, nie ma w kalendarzu; żadna liczba od niego nie zależy.",
    advice="Popraw dzień lub miesiąc.",
)
AMBIGUOUS_DAY = Rule(
    "ambiguous-day",
    ERROR,
    title="Datę można czytać na dwa sposoby",
    message="Nie wiadomo, który dzień oznacza „{raw}” w kolumnie „{column}”.",
    advice="Wpisz datę w postaci dd.mm.rrrr, z czterocyfrowym rokiem.",
)
NOT_A_TIME = Rule(
    "not-a-time",
    ERROR,
    title="To nie jest godzina",
    message="„{raw}” w kolumnie „{column}” nie jest godziną.",
    advice="Wpisz godzinę w postaci gg:mm, np. 16:30.",
)
NOT_MONEY = Rule(
    "not-money",
    ERROR,
    title="To nie jest kwota",
    message="„{raw}” w kolumnie „{column}” nie jest kwotą.",
    advice="Wpisz kwotę w złotych, np. 1 042,50.",
)
FRACTION_OF_GROSZ = Rule(
    "fraction-of-grosz",
    ERROR,
    title="Kwota z ułamkiem grosza",
    message="Kwota „{raw}” w kolumnie „{column}” ma więcej niż dwa miejsca po przecinku.",
    advice="Zaokrąglij kwotę do groszy, w formule: =ZAOKR(…; 2).",
)
AMBIGUOUS_NUMBER = Rule(
    "ambiguous-number",
    ERROR,
    title="Liczbę można czytać na dwa sposoby",
    message="Nie wiadomo, czy „{raw}” w kolumnie „{column}” to tysiące, czy ułamek.",
    advice="Wpisz liczbę bez rozdzielania tysięcy, a po przecinku najwyżej dwie cyfry.",
)
NOT_A_NUMBER = Rule(
    "not-a-number",
    ERROR,
    title="To nie jest liczba",
    message="„{raw}” w kolumnie „{column}” nie jest liczbą, jakiej ta kolumna wymaga.",
    advice="Wpisz samą liczbę, nieujemną; liczbę osób i miejsc bez ułamków.",
)
NOT_YES_NO = Rule(
    "not-yes-no",
    ERROR,
    title="To nie jest TAK ani NIE",
    message="„{raw}” w kolumnie „{column}” nie znaczy ani TAK, ani NIE.",
    advice="Wpisz TAK albo NIE.",
)
NOT_A_CODE = Rule(
    "not-a-code",
    ERROR,
    title="To nie jest numer ani kod",
    message="„{raw}” w kolumnie „{column}” nie może być numerem.",
    advice="Wpisz numer lub kod, np. U001.",
)
NOT_A_PHONE = Rule(
    "not-a-phone",
    WARNING,
    title="To nie jest numer telefonu",
    message="„{raw}” w kolumnie „{column}” nie jest numerem telefonu.",
    advice="Wpisz co najmniej siedem cyfr.",
)
NOT_IN_DICTIONARY = Rule(
    "not-in-dictionary",
    ERROR,
    title="Wartość spoza listy",
    message="„{raw}” w kolumnie „{column}” nie jest żadną z wartości: {allowed}.{hint}",
    advice="Wybierz wartość z listy.",
)
PARENT_NOT_COUNTED = Rule(
    "parent-not-counted",
    ERROR,
    title="Wiersz wskazuje na wiersz, który nie jest liczony",
    message="„{raw}” wskazuje na {parent}, który nie jest liczony; stąd nie liczymy też wierszy: {rows}.",
    advice="Popraw wskazany wiersz; te zostaną policzone same.",
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    URGENT,
    title="Ten sam numer dwa razy",
    message="„{raw}” stoi już w {first}; liczony jest tylko pierwszy wiersz.",
    advice="Nadaj drugiemu wierszowi własny numer albo usuń powtórzenie.",
)
DUPLICATE_DOCUMENT = Rule(
    "duplicate-document",
    URGENT,
    title="Ten sam dokument dwa razy",
    message="Dokument „{raw}” na tę samą pozycję, dzień i kwotę stoi już w {first}; liczony jest pierwszy.",
    advice="Usuń powtórzenie; gdy to inny dokument, popraw jego numer.",
)
# --- references ---------------------------------------------------------------------------------

UNKNOWN_PERSON = Rule(
    "unknown-person",
    URGENT,
    title="Nieznana osoba",
    message="Osoby „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Popraw numer albo dopisz osobę do listy uczestników.",
)
PERSON_AMBIGUOUS = Rule(
    "person-ambiguous",
    URGENT,
    title="Nie wiadomo, o którą osobę chodzi",
    message="Imię i nazwisko z tej komórki ma w liście uczestników więcej niż jedna osoba.",
    advice="Wpisz numer osoby zamiast nazwiska albo dopisz do nazwisk coś, co je różni, w obu miejscach.",
)
NAME_MISSPELT = Rule(
    "name-misspelt",
    WARNING,
    title="Nazwisko z literówką",
    message="Takiej osoby nie ma w zakładce „{parent}”; liczę tę, która różni się od niej jedną literą.",
    advice="Popraw imię albo nazwisko w tej komórce; gdy to inna osoba, dopisz ją do listy uczestników.",
)
PERSON_WITHOUT_NUMBER = Rule(
    "person-without-number",
    WARNING,
    title="Osoba bez numeru",
    message="Osoba nie ma numeru, a inne na tej liście go mają. Liczymy ją pod numerem nadanym przez Ostoję.",
    advice="Wpisz numer tej osoby.",
)
UNKNOWN_FORM = Rule(
    "unknown-form",
    ERROR,
    title="Nieznana forma wsparcia",
    message="Formy „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Wpisz kod formy z listy albo dopisz ją do listy.",
)
UNKNOWN_GROUP = Rule(
    "unknown-group",
    ERROR,
    title="Nieznana grupa",
    message="Grupy „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Wpisz kod grupy z listy albo dopisz ją do listy.",
)
UNKNOWN_SESSION = Rule(
    "unknown-session",
    ERROR,
    title="Nieznane zajęcia",
    message="Zajęć „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Popraw numer zajęć albo dopisz je do harmonogramu.",
)
ATTENDANCE_WITHOUT_DAY = Rule(
    "attendance-without-day",
    URGENT,
    title="Obecności bez dnia",
    message="Obecności w zakładce „{tab}” wskazują zajęcia, których dnia nie ma nigdzie; "
    "niewliczonych wierszy: {rows}.",
    advice="Dopisz zakładkę z zajęciami (numer, grupa, data) albo kolumnę z datą obok numeru zajęć.",
)
UNKNOWN_TASK = Rule(
    "unknown-task",
    ERROR,
    title="Nieznana pozycja budżetu",
    message="Pozycji „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Wpisz numer pozycji z budżetu.",
)
UNKNOWN_PLACE = Rule(
    "unknown-place",
    ERROR,
    title="Nieznane miejsce",
    message="Miejsca „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Wpisz nazwę miejsca dokładnie jak w zobowiązaniu.",
)
UNKNOWN_SPECIALIST = Rule(
    "unknown-specialist",
    ERROR,
    title="Nieznany specjalista",
    message="Osoby „{raw}” nie ma w zakładce „{parent}”.{hint}",
    advice="Wpisz numer z zakładki „Kadra” albo dopisz tam osobę.",
)
# --- the project --------------------------------------------------------------------------------

FACT_UNKNOWN = Rule(
    "fact-unknown",
    WARNING,
    title="Nieznany parametr projektu",
    message="Parametru „{raw}” nie ma na liście, więc nic z niego nie wynika.{hint}",
    advice="Popraw nazwę według listy w „Słowniku”.",
)
FACT_UNREADABLE = Rule(
    "fact-unreadable",
    URGENT,
    title="Nieczytelny parametr projektu",
    message="Wartości „{raw}” parametru „{parameter}” nie da się odczytać jako {kind}.",
    advice="Popraw wartość; gdy jej nie znasz, wpisz „nie podano”.",
)
SOURCES_NOT_TOTAL = Rule(
    "sources-not-total",
    URGENT,
    title="Źródła nie sumują się do wartości projektu",
    message="Źródła dają razem {sources}, a wartość projektu to {total}: różnica {difference}.",
    advice="Sprawdź kwoty w umowie: UE, budżet państwa i wkład własny muszą dać całość co do grosza.",
)
PERIOD_REVERSED = Rule(
    "period-reversed",
    ERROR,
    title="Koniec przed początkiem",
    message="Koniec okresu {ends} jest przed jego początkiem {starts}.",
    advice="Popraw jedną z dat.",
)
# --- persons ------------------------------------------------------------------------------------

PESEL_FORMAT = Rule(
    "pesel-format",
    ERROR,
    title="PESEL nie ma 11 cyfr",
    message="PESEL w tej komórce nie ma 11 cyfr.",
    advice="Wpisz 11 cyfr; kolumnę ustaw jako tekst, żeby nie zginęło zero z przodu.",
)
PESEL_CHECKSUM = Rule(
    "pesel-checksum",
    URGENT,
    title="Błędna cyfra kontrolna PESEL",
    message="Cyfra kontrolna PESEL się nie zgadza.",
    advice="Porównaj PESEL z dokumentem: zwykle przestawiono dwie cyfry.",
)
PESEL_DATE = Rule(
    "pesel-date",
    ERROR,
    title="PESEL z niemożliwą datą urodzenia",
    message="Pierwsze sześć cyfr PESEL nie jest datą urodzenia.",
    advice="Porównaj PESEL z dokumentem.",
)
PESEL_SEX = Rule(
    "pesel-sex",
    ERROR,
    title="Płeć niezgodna z PESEL",
    message="Wpisano „{raw}”, a PESEL wskazuje: {expected}.",
    advice="Sprawdź płeć i PESEL w dokumencie.",
)
PESEL_BIRTH_DATE = Rule(
    "pesel-birth-date",
    ERROR,
    title="Data urodzenia niezgodna z PESEL",
    message="Data urodzenia nie zgadza się z PESEL.",
    advice="Sprawdź datę urodzenia i PESEL w dokumencie.",
)
UNREAD_PESEL = Rule(
    "unread-pesel",
    WARNING,
    title="Błędny PESEL w kolumnie, której nie czytamy",
    message="Numer w tej komórce nie jest poprawnym numerem PESEL, choć inne w tej kolumnie są; żadna liczba "
    "od niego nie zależy.",
    advice="Porównaj PESEL z dokumentem: zwykle przestawiono dwie cyfry.",
)
PERSON_LISTED_TWICE = Rule(
    "person-listed-twice",
    WARNING,
    title="Osoba wpisana na listę dwa razy",
    message="Ta sama osoba stoi już w {where}; liczymy ją raz.",
    advice="Zostaw jeden wiersz; przy powrocie zmień tylko datę zakończenia udziału.",
)
SAME_PESEL = Rule(
    "same-pesel",
    URGENT,
    title="Jeden PESEL u dwóch osób",
    message="Ten sam PESEL ma „{first}” w {where}; to jedna osoba i tak jest liczona.",
    advice="Zostaw osobie jeden numer uczestnika; przy powrocie zmień tylko datę zakończenia udziału.",
)
SAME_PERSON_LIKELY = Rule(
    "same-person-likely",
    ERROR,
    title="Prawdopodobnie ta sama osoba dwa razy",
    message="To prawdopodobnie ta sama osoba co „{first}” w {where}: {evidence}.",
    advice="Porównaj dokumenty obu wierszy; gdy to jedna osoba, zostaw jej jeden numer, a drugi zamień "
    "na niego we wszystkich zakładkach. Gdy to dwie osoby, wpisz obu PESEL.",
)
SIMILAR_NAMES = Rule(
    "similar-names",
    WARNING,
    title="Podobne osoby",
    message="To może być ta sama osoba co „{first}” w {where}: {evidence}.",
    advice="Sprawdź w dokumentach, czy to jedna osoba; gdy nie, uzupełnij obu datę urodzenia albo PESEL.",
)
PERSON_IN_TWO_PROJECTS = Rule(
    "person-in-two-projects",
    WARNING,
    title="Osoba w dwóch projektach naraz",
    message="Od {starts} do {ends} ta sama osoba ({strength}) bierze udział w projekcie „{project}”, "
    "{where}: {evidence}.",
    advice="Sprawdź, czy osoba nie dostaje tego samego wsparcia z obu projektów.",
)
AGE_AT_ENTRY = Rule(
    "age-at-entry",
    ERROR,
    title="Wiek niezgodny z datą urodzenia",
    message="Wpisany wiek nie jest liczbą lat ukończonych w dniu przystąpienia {entered}.",
    advice="Wpisz lata ukończone w dniu rozpoczęcia udziału albo popraw datę urodzenia.",
)
AGE_NOT_BORN = Rule(
    "age-not-born",
    WARNING,
    title="Wiek nie pasuje do daty urodzenia",
    message="Wpisany wiek różni się o kilka lat od tego, co mówi PESEL albo data urodzenia w tym wierszu.",
    advice="Sprawdź wiek i datę urodzenia w dokumencie.",
)
LABOUR_DETAIL_MISMATCH = Rule(
    "labour-detail-mismatch",
    ERROR,
    title="„W tym” nie pasuje do statusu na rynku pracy",
    message="Wartość „w tym” jest z listy innego statusu na rynku pracy niż wpisany w {where}.",
    advice="Popraw status albo „w tym”: w monitorowaniu każdy status ma własną listę.",
)
MINOR_WITHOUT_GUARDIAN = Rule(
    "minor-without-guardian",
    WARNING,
    title="Osoba niepełnoletnia bez zgody lub opiekuna",
    message="Osoba „{who}” nie miała 18 lat w dniu {day}, a kolumna „{column}” jest pusta albo mówi NIE.",
    advice="Uzupełnij opiekuna i jego zgodę: za osobę niepełnoletnią podpisuje przedstawiciel ustawowy.",
)
COLUMN_INCOMPLETE = Rule(
    "column-incomplete",
    WARNING,
    title="Niepełna kolumna",
    message="Kolumna „{column}” jest pusta u {blank} z {people} osób w projekcie; pierwsza: {first}.",
    advice="Uzupełnij brakujące wartości; odmowę odpowiedzi wpisz słowem „odmowa”.",
)
EXIT_BEFORE_ENTRY = Rule(
    "exit-before-entry",
    ERROR,
    title="Wyjście przed wejściem",
    message="Udział kończy się {exited}, a zaczyna {entered}.",
    advice="Popraw jedną z dat.",
)
ENTRY_OUTSIDE_PROJECT = Rule(
    "entry-outside-project",
    URGENT,
    title="Wejście poza okresem projektu",
    message="Data {entered} jest poza okresem realizacji {starts} - {ends}.",
    advice="Popraw datę; osoby z okresu trwałości wpisuje się w „Zgłoszeniach”.",
)
ENTRY_NOT_FIRST_SESSION = Rule(
    "entry-not-first-session",
    ERROR,
    title="Wejście inne niż pierwsze zajęcia",
    message="Udział zaczyna się {entered}, a pierwsza obecność jest {first}.",
    advice="Udział zaczyna się w dniu pierwszej formy wsparcia, nie w dniu deklaracji.",
)
ENTRY_WITHOUT_SESSION = Rule(
    "entry-without-session",
    ERROR,
    title="Wejście bez żadnych zajęć",
    message="Osoba weszła {entered}, a nie ma żadnej obecności.",
    advice="Dopisz obecność albo usuń datę rozpoczęcia udziału.",
)
ATTENDANCE_WITHOUT_ENTRY = Rule(
    "attendance-without-entry",
    URGENT,
    title="Obecność osoby bez daty wejścia",
    message="Osoba „{person}” nie ma daty rozpoczęcia udziału; liczę ją od jej pierwszych zajęć, {first}.",
    advice="Wpisz datę rozpoczęcia udziału: dzień pierwszych zajęć.",
)
PATH_WITH_OPEN_ENROLMENT = Rule(
    "path-with-open-enrolment",
    ERROR,
    title="Ścieżka ukończona, a forma trwa",
    message="Ścieżka jest ukończona, a zapis do grupy „{group}” ma stan „{state}”.",
    advice="Zamknij zapis albo zmień zakończenie na NIE.",
)
EXIT_IN_FUTURE = Rule(
    "exit-in-future",
    WARNING,
    title="Wyjście w przyszłości",
    message="Datą zakończenia udziału jest {exited}, a ten dzień dopiero nadejdzie.",
    advice="Wpisz datę, gdy udział naprawdę się zakończy; planowaną trzymaj w innej kolumnie.",
)
EXIT_MISSING = Rule(
    "exit-missing",
    WARNING,
    title="Udział dawno się skończył, a nie ma daty wyjścia",
    message="Brak daty zakończenia udziału ({who}), a wsparcie skończyło się {last}.",
    advice="Wpisz datę zakończenia udziału: dzień ostatniego wsparcia.",
)
ENROLMENT_AFTER_EXIT = Rule(
    "enrolment-after-exit",
    ERROR,
    title="Zapis po wyjściu z projektu",
    message="Osoba „{person}” wyszła z projektu {exited}, a zapis do grupy „{group}” {what}.",
    advice="Zamknij zapis najpóźniej w dniu wyjścia albo popraw datę zakończenia udziału.",
)
# --- groups and sessions ------------------------------------------------------------------------

ENROLMENT_WITHOUT_START = Rule(
    "enrolment-without-start",
    WARNING,
    title="Zapis zajmuje miejsce bez daty „od”",
    message="Stan „{state}” zajmuje miejsce, a nie ma daty „od”; liczony jest od zgłoszenia {requested}.",
    advice="Wpisz pierwszy dzień w grupie.",
)
ENROLMENT_WITH_START = Rule(
    "enrolment-with-start",
    ERROR,
    title="Zapis bez miejsca ma datę „od”",
    message="Stan „{state}” nie zajmuje miejsca, a wpisano początek {started}.",
    advice="Zmień stan zapisu albo usuń datę „od”.",
)
ENROLMENT_WITHOUT_END = Rule(
    "enrolment-without-end",
    ERROR,
    title="Zakończony zapis bez daty „do”",
    message="Stan „{state}” kończy zapis, a nie ma daty „do”; zapis wciąż zajmuje miejsce.",
    advice="Wpisz ostatni dzień w grupie.",
)
ENROLMENT_TWICE = Rule(
    "enrolment-twice",
    ERROR,
    title="Dwa zapisy do jednej grupy naraz",
    message="Osoba „{person}” ma już w tym czasie zapis do grupy „{group}” w {first}.",
    advice="Zostaw jeden zapis; powrót do grupy zaczyna się po końcu poprzedniego.",
)
GROUP_OVER_LIMIT = Rule(
    "group-over-limit",
    ERROR,
    title="Grupa ponad limit",
    message="W grupie „{group}” od {day} zajętych miejsc jest {taken} przy limicie {limit}.",
    advice="Przenieś zapis na listę rezerwową, zamknij zakończone zapisy albo zmień limit.",
)
WAITING_WHILE_FREE = Rule(
    "waiting-while-free",
    WARNING,
    title="Ktoś czeka, choć są wolne miejsca",
    message="W grupie „{group}” czeka osób: {waiting}, a wolnych miejsc jest {free}.",
    advice="Zaproś pierwszą osobę z listy albo zamknij jej zapis.",
)
SESSION_END_BEFORE_START = Rule(
    "session-end-before-start",
    ERROR,
    title="Zajęcia kończą się przed początkiem",
    message="Koniec {ends} nie jest po początku {starts}.",
    advice="Popraw jedną z godzin.",
)
LEFT_BEFORE_ARRIVAL = Rule(
    "left-before-arrival",
    ERROR,
    title="Wyjście przed przyjściem",
    message="Godzina wyjścia {left} nie jest po godzinie przyjścia {arrived}.",
    advice="Popraw jedną z godzin.",
)
UNREAD_HOUR = Rule(
    "unread-hour",
    WARNING,
    title="Nie ma takiej godziny w kolumnie, której nie czytamy",
    message="Takiej godziny nie ma na żadnym zegarze; żadna liczba od tej komórki nie zależy.",
    advice="Popraw godzinę lub minuty.",
)
HOURS_REVERSED = Rule(
    "hours-reversed",
    WARNING,
    title="Godziny od późniejszej do wcześniejszej",
    message="Godziny w tej komórce kończą się, zanim się zaczną; żadna liczba od nich nie zależy.",
    advice="Popraw jedną z godzin.",
)
WEEKDAY_NOT_DAY = Rule(
    "weekday-not-day",
    WARNING,
    title="Dzień tygodnia niezgodny z datą",
    message="Wpisano {said}, a {day} to {weekday}.",
    advice="Sprawdź datę i dzień tygodnia; liczy się data.",
)
SESSION_OUTSIDE_PROJECT = Rule(
    "session-outside-project",
    ERROR,
    title="Zajęcia poza okresem projektu",
    message="Zajęcia {day} są poza okresem realizacji {starts} - {ends}.",
    advice="Popraw datę zajęć.",
)
SESSION_STILL_PLANNED = Rule(
    "session-still-planned",
    WARNING,
    title="Minione zajęcia wciąż zaplanowane",
    message="Zajęcia z {day} mają wciąż status „zaplanowane”.",
    advice="Wpisz „odbyte” i obecności albo „odwołane”.",
)
SESSION_HELD_IN_FUTURE = Rule(
    "session-held-in-future",
    ERROR,
    title="Przyszłe zajęcia już odbyte",
    message="Zajęcia {day} mają status „odbyte”, a ten dzień dopiero nadejdzie.",
    advice="Popraw datę albo status.",
)
SPECIALIST_DOUBLE_BOOKED = Rule(
    "specialist-double-booked",
    ERROR,
    title="Specjalista w dwóch miejscach naraz",
    message="Ta sama osoba{who} prowadzi {day} o {starts} także zajęcia z {other}.",
    advice="Zmień godzinę albo prowadzącego.",
)
SPECIALIST_WITHOUT_CONTRACT = Rule(
    "specialist-without-contract",
    ERROR,
    title="Zajęcia poza umową specjalisty",
    message="„{specialist}” prowadzi zajęcia {day}, a umowa trwa {starts} - {ends}.",
    advice="Popraw prowadzącego albo daty umowy w zakładce „Kadra”.",
)
CHILDREN_PER_EDUCATOR = Rule(
    "children-per-educator",
    ERROR,
    title="Ponad 15 dzieci na wychowawcę",
    message="{day} o {time} dzieci było {children}, wychowawców {educators}: najwyżej {limit} na osobę.",
    advice="Dopisz drugiego wychowawcę albo popraw godziny obecności.",
)
SESSION_ON_HOLIDAY = Rule(
    "session-on-holiday",
    WARNING,
    title="Zajęcia w święto",
    message="{day} to dzień ustawowo wolny od pracy: {holiday}.",
    advice="Sprawdź datę; gdy zajęć nie będzie, wpisz „odwołane”.",
)
INDIVIDUAL_OVERLAP = Rule(
    "individual-overlap",
    ERROR,
    title="Dwa spotkania indywidualne naraz",
    message="Ta sama osoba{who} ma {day} o {starts} jeszcze jedno spotkanie indywidualne: {other}.",
    advice="Popraw godziny albo prowadzącego jednego ze spotkań.",
)
VENUE_DOUBLE_BOOKED = Rule(
    "venue-double-booked",
    WARNING,
    title="Dwie grupy w jednej sali naraz",
    message="Grupy „{group}” i „{other_group}” są {day} o {starts} w jednej sali; drugie zajęcia: {other}.",
    advice="Przenieś jedne z zajęć albo popraw salę grupy.",
)
ATTENDANCE_TWICE = Rule(
    "attendance-twice",
    ERROR,
    title="Obecność wpisana dwa razy",
    message="Osoba „{person}” ma już obecność na tych zajęciach w {first}; liczony jest pierwszy wiersz.",
    advice="Usuń powtórzony wiersz.",
)
ATTENDANCE_CANCELLED_SESSION = Rule(
    "attendance-cancelled-session",
    ERROR,
    title="Obecność na odwołanych zajęciach",
    message="Zajęcia z {day} odwołano, a wpisano obecność; nie jest liczona.",
    advice="Usuń obecność albo popraw status zajęć.",
)
ATTENDANCE_BEFORE_ENTRY = Rule(
    "attendance-before-entry",
    ERROR,
    title="Obecność przed wejściem do projektu",
    message="Osoba „{person}” była na zajęciach {day}, a weszła do projektu {entered}.",
    advice="Popraw datę rozpoczęcia udziału albo obecność.",
)
ATTENDANCE_AFTER_EXIT = Rule(
    "attendance-after-exit",
    ERROR,
    title="Obecność po wyjściu z projektu",
    message="Osoba „{person}” była na zajęciach {day}, a wyszła z projektu {exited}.",
    advice="Popraw datę zakończenia udziału albo obecność.",
)
ATTENDANCE_WITHOUT_ENROLMENT = Rule(
    "attendance-without-enrolment",
    ERROR,
    title="Obecność bez zapisu do grupy",
    message="Osoba „{person}” była {day} na zajęciach grupy „{group}”, a nie jest do niej wtedy zapisana.",
    advice="Dopisz zapis do grupy albo popraw jego daty.",
)
ABSENT_THREE_TIMES = Rule(
    "absent-three-times",
    WARNING,
    title="Trzy nieobecności z rzędu",
    message="Osoba „{person}” nie przyszła na {count} ostatnie zajęcia grupy „{group}” z rzędu.",
    advice="Zadzwoń do osoby; gdy nie wróci, zamknij zapis i zaproś następną z listy.",
)
ABSENT_TWO_WEEKS = Rule(
    "absent-two-weeks",
    WARNING,
    title="Od dwóch tygodni nieobecna",
    message="Osoba „{person}” nie była na zajęciach grupy „{group}” od {since}, choć grupa się spotykała.",
    advice="Zadzwoń do osoby; gdy nie wróci, zamknij zapis i zaproś następną z listy.",
)
ATTENDANCE_LOW = Rule(
    "attendance-low",
    WARNING,
    title="Frekwencja poniżej wymaganej",
    message="Osoba „{person}” była na {present} z {marks} zajęć grupy „{group}” ({rate:.0%}); "
    "wymagane {required:.0%}.",
    advice="Porozmawiaj z osobą o powodach; frekwencji wymaga umowa (zakładka „Projekt”).",
)
# --- money --------------------------------------------------------------------------------------

LINES_NOT_TOTAL = Rule(
    "lines-not-total",
    URGENT,
    title="Budżet nie sumuje się do wartości projektu",
    message="Pozycje budżetu dają razem {lines}, a wartość projektu to {total}: różnica {difference}.",
    advice="Popraw kwoty pozycji albo wartość projektu.",
)
LINE_NOT_PRODUCT = Rule(
    "line-not-product",
    WARNING,
    title="Ilość razy cena to nie kwota pozycji",
    message="{quantity} × {price} daje {product}, a wpisano {planned}.",
    advice="Popraw ilość, cenę albo kwotę pozycji.",
)
LINE_SOURCES_NOT_SUM = Rule(
    "line-sources-not-sum",
    WARNING,
    title="Źródła nie dają kwoty pozycji",
    message="Kolumny źródeł ({columns}) dają w tej pozycji {parts}, a jej kwota to {planned}.",
    advice="Popraw kwotę pozycji albo jej część ze źródła, którą wskazuje komórka.",
)
EXPENSE_OUTSIDE_PERIOD = Rule(
    "expense-outside-period",
    ERROR,
    title="Wydatek poza okresem kwalifikowalności",
    message="Zapłacono {day}, poza okresem {starts} - {ends}.",
    advice="Popraw datę zapłaty albo wyłącz wydatek z kwoty kwalifikowalnej.",
)
EXPENSE_NOT_PAID = Rule(
    "expense-not-paid",
    WARNING,
    title="Dokument bez daty zapłaty",
    message="Dokument nie ma daty zapłaty; nie jest jeszcze wliczony do wydatków.",
    advice="Gdy dokument zapłacono, wpisz dzień zapłaty.",
)
SOURCE_PARTS_NOT_SUM = Rule(
    "source-parts-not-sum",
    ERROR,
    title="Części źródeł nie dają kwoty dokumentu",
    message="UE, budżet państwa i wkład własny dają {parts}, a kwota kwalifikowalna to {eligible}.",
    advice="Popraw części: mają dać kwotę kwalifikowalną co do grosza.",
)
ELIGIBLE_OVER_GROSS = Rule(
    "eligible-over-gross",
    ERROR,
    title="Kwota kwalifikowalna większa niż dokument",
    message="Kwota kwalifikowalna {eligible} jest większa niż kwota dokumentu {gross}.",
    advice="Popraw jedną z kwot.",
)
GROSS_NOT_NET_AND_VAT = Rule(
    "gross-not-net-and-vat",
    WARNING,
    title="Netto i VAT nie dają brutto",
    message="Netto i VAT to razem {sum}, a brutto {gross}: różnica {difference}.",
    advice="Popraw kwotę, która nie zgadza się z dokumentem.",
)
PAID_BEFORE_ISSUED = Rule(
    "paid-before-issued",
    WARNING,
    title="Zapłata przed datą dokumentu",
    message="Zapłacono {paid}, a dokument jest z {issued}.",
    advice="Popraw jedną z dat; gdy to przedpłata, zaznacz „tak ma być”.",
)
LINE_OVERSPENT = Rule(
    "line-overspent",
    ERROR,
    title="Wydatki ponad pozycję budżetu",
    message="Na pozycję „{line}” wydano {spent} z {planned}: za dużo o {over}.",
    advice="Sprawdź dokumenty tej pozycji albo zgłoś przesunięcie w budżecie.",
)
SUM_NOT_ROWS = Rule(
    "sum-not-rows",
    WARNING,
    title="Suma niezgodna z wierszami",
    message="Wpisano sumę {stated}, a wiersze od {first} do {last} dają {rows}: różnica {difference}.",
    advice="Popraw sumę (zakres formuły) albo kwotę w wierszu; liczby bierzemy z wierszy, nie z sum.",
)
COUNTS_NOT_SUM = Rule(
    "counts-not-sum",
    WARNING,
    title="Liczba w wierszu sum nie jest sumą",
    message="Wpisano {stated}, a {what} dają {rows}; inne liczby tego wiersza się zgadzają.",
    advice="Wstaw w wierszu sum formułę albo popraw liczbę.",
)
TOTAL_NOT_MARKS = Rule(
    "total-not-marks",
    WARNING,
    title="Suma obecności niezgodna ze znakami",
    message="Wpisano {stated}, a znaki obecności dają {marks}.",
    advice="Popraw sumę albo znaki; liczby bierzemy ze znaków.",
)
MARKS_NOT_TOTALS = Rule(
    "marks-not-totals",
    ERROR,
    title="Znaki obecności czytane inaczej, niż je policzono",
    message="Sumy wpisane na liście „{tab}” zgadzają się ze znakami tylko w {good} z {totals} miejsc: znaki "
    "mogą znaczyć co innego, niż przyjmujemy.",
    advice="Dopisz na liście legendę znaków (np. „x – obecny, n – nieobecny”); jej frekwencja może być zła.",
)
DOCUMENT_IN_TWO_PROJECTS = Rule(
    "document-in-two-projects",
    ERROR,
    title="Ten sam dokument w dwóch projektach",
    message="Dokument „{raw}” z tą samą datą i kwotą jest też w projekcie „{project}”, {where}; "
    "razem rozliczono {eligible} z {gross}.",
    advice="Wydatek można rozliczyć raz: zostaw dokument w jednym projekcie albo podziel kwotę między oba.",
)
# --- durability ---------------------------------------------------------------------------------

PLACES_NOT_COMMITMENT = Rule(
    "places-not-commitment",
    URGENT,
    title="Miejsca nie sumują się do zobowiązania",
    message="Miejsca w zakładce dają razem {declared}, a zobowiązanie to {commitment}.",
    advice="Porównaj listę miejsc z umową: liczby obiecanej się nie zmienia.",
)
READINESS_GAP = Rule(
    "readiness-gap",
    ERROR,
    title="Luka w gotowości miejsca",
    message="{place}: od {starts} do {ends} nie wpisano, czy miejsce było gotowe.",
    advice="Dopisz wiersz na ten okres albo popraw daty sąsiednich.",
)
READINESS_OVERLAP = Rule(
    "readiness-overlap",
    ERROR,
    title="Dwa wpisy gotowości na ten sam dzień",
    message="{place}: od {starts} obowiązuje też wpis z {other}; liczona jest mniejsza gotowość.",
    advice="Zamknij poprzedni wpis dzień przed nowym.",
)
READINESS_WITHOUT_QUANTITY = Rule(
    "readiness-without-quantity",
    ERROR,
    title="Nie wiadomo, ile miejsc było gotowych",
    message="{place}: „częściowo” bez liczby gotowych miejsc; liczone jest 0.",
    advice="Wpisz, ile miejsc było gotowych.",
)
PLACES_BELOW_COMMITMENT = Rule(
    "places-below-commitment",
    URGENT,
    title="Za mało gotowych miejsc",
    message="{place}: od {month:%m.%Y} brakuje miejsc: {missing} z {declared}.",
    advice="Wpisz w zakładce „Gotowość”, od kiedy miejsce znów jest dostępne, "
    "albo zgłoś zmianę instytucji finansującej.",
)
READY_OVER_DECLARED = Rule(
    "ready-over-declared",
    WARNING,
    title="Więcej gotowych miejsc, niż obiecano",
    message="{place}: wpisano {ready} gotowych, a zadeklarowano {declared}; liczone są tylko zadeklarowane.",
    advice="Popraw liczbę gotowych albo liczbę zadeklarowaną.",
)
USED_OVER_READY = Rule(
    "used-over-ready",
    WARNING,
    title="Zajętych miejsc więcej niż gotowych",
    message="Miejsce „{place}”: zajętych {used}, gotowych {ready}.",
    advice="Sprawdź obie liczby; zajęte może być tylko miejsce, które jest gotowe.",
)
REDUCTION_WITHOUT_REASON = Rule(
    "reduction-without-reason",
    ERROR,
    title="Mniej gotowych miejsc bez powodu",
    message="{place}: od {starts} gotowych jest {ready} z {declared}, a nie podano powodu.",
    advice="Wpisz powód w kolumnie „Powód”.",
)
EVIDENCE_OLD = Rule(
    "evidence-old",
    WARNING,
    title="Gotowość dawno niepotwierdzona",
    message="{place}: ostatnie potwierdzenie {confirmed}, {days} dni temu (najwyżej 90).",
    advice="Sprawdź miejsce i wpisz nową datę potwierdzenia.",
)
REFUSED_WHILE_READY = Rule(
    "refused-while-ready",
    ERROR,
    title="Odmowa, choć miejsce było gotowe",
    message="{place}: {day} odmówiono osobie, a gotowych i wolnych miejsc było {free}.",
    advice="Sprawdź, czy osoba nadal chce skorzystać; gdy wynik wpisano pomyłkowo, popraw go.",
)
REFUSALS_MANY = Rule(
    "refusals-many",
    WARNING,
    title="Za dużo odmów",
    message="Odmów jest {refused} na {asked} zgłoszeń ({share:.0%}); dopuszczalne {allowed:.0%}.",
    advice="Przejrzyj powody odmów; gdy brakuje miejsc, zgłoś to osobie odpowiedzialnej za trwałość.",
)

RULES: tuple[Rule, ...] = (
    MISSING_COLUMN,
    HEADER_NOT_FOUND,
    TAB_UNCLEAR,
    TAB_WITH_PEOPLE,
    TAB_FAILED,
    ROWS_WITH_PEOPLE,
    DUPLICATE_HEADER,
    ROWS_JUMPED,
    HEADER_CHANGED,
    COLUMN_LOST,
    TAB_RENAMED,
    TAB_LOST,
    NEW_TAB,
    REQUIRED_VALUE,
    CELL_ERROR,
    NOT_A_DAY,
    IMPOSSIBLE_DAY,
    UNREAD_DAY,
    AMBIGUOUS_DAY,
    NOT_A_TIME,
    NOT_MONEY,
    FRACTION_OF_GROSZ,
    AMBIGUOUS_NUMBER,
    NOT_A_NUMBER,
    NOT_YES_NO,
    NOT_A_CODE,
    NOT_A_PHONE,
    NOT_IN_DICTIONARY,
    PARENT_NOT_COUNTED,
    DUPLICATE_KEY,
    DUPLICATE_DOCUMENT,
    UNKNOWN_PERSON,
    PERSON_AMBIGUOUS,
    NAME_MISSPELT,
    PERSON_WITHOUT_NUMBER,
    UNKNOWN_FORM,
    UNKNOWN_GROUP,
    UNKNOWN_SESSION,
    ATTENDANCE_WITHOUT_DAY,
    UNKNOWN_TASK,
    UNKNOWN_PLACE,
    UNKNOWN_SPECIALIST,
    FACT_UNKNOWN,
    FACT_UNREADABLE,
    SOURCES_NOT_TOTAL,
    PERIOD_REVERSED,
    PESEL_FORMAT,
    PESEL_CHECKSUM,
    PESEL_DATE,
    PESEL_SEX,
    PESEL_BIRTH_DATE,
    UNREAD_PESEL,
    PERSON_LISTED_TWICE,
    SAME_PESEL,
    SAME_PERSON_LIKELY,
    SIMILAR_NAMES,
    PERSON_IN_TWO_PROJECTS,
    AGE_AT_ENTRY,
    AGE_NOT_BORN,
    LABOUR_DETAIL_MISMATCH,
    MINOR_WITHOUT_GUARDIAN,
    COLUMN_INCOMPLETE,
    EXIT_BEFORE_ENTRY,
    ENTRY_OUTSIDE_PROJECT,
    ENTRY_NOT_FIRST_SESSION,
    ENTRY_WITHOUT_SESSION,
    ATTENDANCE_WITHOUT_ENTRY,
    PATH_WITH_OPEN_ENROLMENT,
    EXIT_IN_FUTURE,
    EXIT_MISSING,
    ENROLMENT_AFTER_EXIT,
    ENROLMENT_WITHOUT_START,
    ENROLMENT_WITH_START,
    ENROLMENT_WITHOUT_END,
    ENROLMENT_TWICE,
    GROUP_OVER_LIMIT,
    WAITING_WHILE_FREE,
    SESSION_END_BEFORE_START,
    LEFT_BEFORE_ARRIVAL,
    UNREAD_HOUR,
    HOURS_REVERSED,
    WEEKDAY_NOT_DAY,
    SESSION_OUTSIDE_PROJECT,
    SESSION_STILL_PLANNED,
    SESSION_HELD_IN_FUTURE,
    SPECIALIST_DOUBLE_BOOKED,
    SPECIALIST_WITHOUT_CONTRACT,
    CHILDREN_PER_EDUCATOR,
    SESSION_ON_HOLIDAY,
    INDIVIDUAL_OVERLAP,
    VENUE_DOUBLE_BOOKED,
    ATTENDANCE_TWICE,
    ATTENDANCE_CANCELLED_SESSION,
    ATTENDANCE_BEFORE_ENTRY,
    ATTENDANCE_AFTER_EXIT,
    ATTENDANCE_WITHOUT_ENROLMENT,
    ABSENT_THREE_TIMES,
    ABSENT_TWO_WEEKS,
    ATTENDANCE_LOW,
    LINES_NOT_TOTAL,
    LINE_NOT_PRODUCT,
    LINE_SOURCES_NOT_SUM,
    EXPENSE_OUTSIDE_PERIOD,
    EXPENSE_NOT_PAID,
    SOURCE_PARTS_NOT_SUM,
    ELIGIBLE_OVER_GROSS,
    GROSS_NOT_NET_AND_VAT,
    PAID_BEFORE_ISSUED,
    LINE_OVERSPENT,
    SUM_NOT_ROWS,
    COUNTS_NOT_SUM,
    TOTAL_NOT_MARKS,
    MARKS_NOT_TOTALS,
    DOCUMENT_IN_TWO_PROJECTS,
    PLACES_NOT_COMMITMENT,
    READINESS_GAP,
    READINESS_OVERLAP,
    READINESS_WITHOUT_QUANTITY,
    PLACES_BELOW_COMMITMENT,
    READY_OVER_DECLARED,
    USED_OVER_READY,
    REDUCTION_WITHOUT_REASON,
    EVIDENCE_OLD,
    REFUSED_WHILE_READY,
    REFUSALS_MANY,
)
"""Every rule, in the order of this file."""

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
