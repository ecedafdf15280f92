"""The kinds of table that a project keeps: one class each, in the order in which they are filled in.

A class is the one definition of its kind: the tab's name and the headers to recognise, the type
of every column, what may be blank, what is personal, and the text that explains the column in the
blank template and in the data dictionary.
"""

from functools import cache
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, Field, TypeAdapter
from pydantic.fields import FieldInfo

from lib.cells import (
    BirthDay,
    Code,
    Count,
    Day,
    Hours,
    Kind,
    Minute,
    MoneyGr,
    Pesel,
    Phone,
    Sex,
    Text,
    Word,
    YesNo,
)
from lib.dictionaries import (
    Channel,
    CostKind,
    Delivery,
    EnrolmentState,
    Outcome,
    PlaceUnit,
    Presence,
    ReadinessState,
    SessionStatus,
)


def column(
    header: str,
    *synonyms: str,
    about: str,
    blank: bool = True,
    essential: bool = False,
    personal: bool = False,
    refers: str = "",
    unit: str = "",
) -> Any:
    """A column of a record.

    header     the Polish header, as the template writes it
    synonyms   other headers people use for it
    about      what to type there, in Polish; the comment of the template and the data dictionary
    blank      whether the cell may be blank; a blank that may not be is a finding
    essential  without a good value the row cannot be counted (a good blank is good where it may be)
    personal   never shown, logged or exported; its raw text is masked in findings
    refers     "Record.field" whose values this column repeats
    unit       what a number counts, for the data dictionary
    """
    extra: dict[str, Any] = {
        "synonyms": synonyms,
        "blank": blank,
        "essential": essential,
        "personal": personal,
        "refers": refers,
        "unit": unit,
    }
    default: Any = None if blank else ...
    return Field(default, title=header, description=about, json_schema_extra=extra)


class Record(BaseModel):
    """A row of some kind of table. Instances are never made: the fields are read column by column."""

    tab: ClassVar[str]
    tab_synonyms: ClassVar[tuple[str, ...]] = ()
    about: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ()
    also_known_by: ClassVar[tuple[str, ...]] = ()
    """Fields, beside the key, by which other tables may refer to a row: the name beside the code."""


def extra(field: FieldInfo, name: str) -> Any:
    """What `column()` was told of a field: "blank", "essential", "personal", "refers", ..."""
    assert isinstance(field.json_schema_extra, dict)
    return field.json_schema_extra[name]


def words_of(field: FieldInfo) -> type[Word] | None:
    """The dictionary of a field, or None where any value will do."""
    for option in (field.annotation, *get_args(field.annotation)):
        if isinstance(option, type) and issubclass(option, Word):
            return option
    return None


def kind_of(field: FieldInfo) -> Kind:
    """The type of a field's cells."""
    if words_of(field) is not None:
        return Kind("Word", "wartość z listy")
    options = (*field.metadata, *(item for option in get_args(field.annotation) for item in get_args(option)))
    return next(item for item in options if isinstance(item, Kind))


@cache
def adapter_of(record: type["Record"], name: str) -> TypeAdapter[Any]:
    """What validates the cells of a field."""
    return TypeAdapter(record.model_fields[name].rebuild_annotation())


class Fact(Record):
    """What the agreement says of the project; facts change by annex, so each has a day it is valid from."""

    tab = "Projekt"
    tab_synonyms = ("Parametry projektu", "Dane projektu", "O projekcie", "Karta projektu")
    about = "Fakty o projekcie z umowy i aneksów. Parametr może stać kilka razy: liczy się ostatnia wartość."

    parameter: Text = column(
        "Parametr",
        "Cecha",
        "Pozycja opisu",
        "Nazwa parametru",
        blank=False,
        essential=True,
        about="Nazwa faktu z listy, np. „Wartość projektu”.",
    )
    value: Text | None = column(
        "Wartość",
        "Treść",
        "Wartość parametru",
        about="Wartość faktu. Gdy źródło jej nie podaje, wpisz „nie podano”.",
    )
    valid_from: Day | None = column(
        "Obowiązuje od",
        "Od kiedy",
        "Ważne od",
        "Od",
        about="Dzień, od którego wartość obowiązuje (aneks). Puste: od początku.",
        essential=True,
    )
    source: Text | None = column(
        "Źródło", "Podstawa", "Dokument", about="Skąd to wiadomo: umowa, aneks, strona projektu."
    )


class SupportForm(Record):
    """A form of support that the project gives."""

    tab = "Formy wsparcia"
    tab_synonyms = ("Formy", "Rodzaje wsparcia", "Zakres wsparcia", "Zadania i formy")
    about = "Formy wsparcia z wniosku, każda pod swoim kodem."
    key = ("code",)
    also_known_by = ("name",)

    code: Code = column(
        "Kod formy",
        "Kod",
        "Nr formy",
        "Symbol",
        blank=False,
        essential=True,
        about="Krótki kod, którym inne zakładki wskazują formę, np. F01.",
    )
    name: Text = column(
        "Forma wsparcia",
        "Nazwa formy",
        "Nazwa formy wsparcia",
        "Nazwa",
        blank=False,
        about="Pełna nazwa formy, jak we wniosku.",
    )
    delivery: Delivery | None = column(
        "Sposób realizacji", "Rodzaj", "Rodzaj wsparcia", "Typ", about="Jak forma jest prowadzona."
    )
    planned_persons: Count | None = column(
        "Planowana liczba osób",
        "Plan osób",
        "Liczba osób",
        "Osoby plan",
        about="Ile osób ma skorzystać z formy. Puste, gdy nie podano.",
        unit="osoby",
    )
    source: Text | None = column("Źródło", "Podstawa", about="Skąd to wiadomo.")


class Specialist(Record):
    """Someone who leads sessions or is on duty."""

    tab = "Kadra"
    tab_synonyms = ("Specjaliści", "Pracownicy", "Personel", "Prowadzący")
    about = "Osoby prowadzące zajęcia i dyżury."
    key = ("specialist",)

    specialist: Code = column(
        "Nr specjalisty",
        "Nr pracownika",
        "ID specjalisty",
        "Kod specjalisty",
        "Kod",
        "Nr",
        blank=False,
        essential=True,
        about="Numer, którym inne zakładki wskazują osobę, np. K01.",
    )
    name: Text | None = column(
        "Imię i nazwisko",
        "Nazwisko i imię",
        "Specjalista",
        "Pracownik",
        personal=True,
        about="Imię i nazwisko.",
    )
    role: Text | None = column(
        "Funkcja", "Stanowisko", "Specjalność", "Rola", about="Np. psycholog, mediator."
    )
    contract_from: Day | None = column("Umowa od", "Zatrudnienie od", "Od", about="Pierwszy dzień umowy.")
    contract_to: Day | None = column(
        "Umowa do", "Zatrudnienie do", "Do", about="Ostatni dzień umowy. Puste: bezterminowo."
    )
    weekly_hours: Hours | None = column(
        "Godziny tygodniowo", "Wymiar godzin", "Godz./tydz.", about="Ile godzin tygodniowo.", unit="godziny"
    )


class Group(Record):
    """A group (an edition, a run) of a form of support."""

    tab = "Grupy"
    tab_synonyms = ("Grupy wsparcia", "Edycje", "Lista grup")
    about = "Grupy i edycje form wsparcia, każda z limitem miejsc."
    key = ("group",)
    also_known_by = ("name",)

    group: Code = column(
        "Kod grupy",
        "Grupa",
        "Nr grupy",
        "Symbol grupy",
        "Kod",
        blank=False,
        essential=True,
        about="Krótki kod grupy, np. G03.",
    )
    name: Text | None = column("Nazwa grupy", "Nazwa", "Opis", about="Nazwa, pod którą grupę znają ludzie.")
    form: Code = column(
        "Forma wsparcia",
        "Kod formy",
        "Forma",
        blank=False,
        refers="SupportForm.code",
        about="Kod albo pełna nazwa formy z zakładki „Formy wsparcia”.",
    )
    limit: Count | None = column(
        "Limit miejsc",
        "Limit",
        "Liczba miejsc",
        "Miejsca",
        "Maks. osób",
        about="Ile osób może naraz być w grupie. Puste: bez limitu.",
        unit="osoby",
    )
    starts_on: Day | None = column(
        "Od", "Data rozpoczęcia", "Początek", "Start", about="Pierwszy dzień grupy."
    )
    ends_on: Day | None = column("Do", "Data zakończenia", "Koniec", about="Ostatni dzień grupy.")
    leader: Code | None = column(
        "Prowadzący",
        "Nr specjalisty",
        "Specjalista",
        refers="Specialist.specialist",
        about="Numer osoby z zakładki „Kadra”.",
    )
    venue: Text | None = column("Miejsce zajęć", "Sala", "Lokal", "Adres", about="Gdzie grupa się spotyka.")


class Participant(Record):
    """A person who takes part in the project, or applies to."""

    tab = "Uczestnicy"
    tab_synonyms = ("Lista uczestników", "Uczestnicy projektu", "Baza uczestników", "Osoby", "Beneficjenci")
    about = "Osoby w projekcie. Kto jeszcze nie zaczął, nie ma daty rozpoczęcia."
    key = ("person",)

    person: Code = column(
        "Nr uczestnika",
        "ID uczestnika",
        "ID",
        "Numer uczestnika",
        "Nr ewidencyjny",
        "Nr",
        "Lp. uczestnika",
        blank=False,
        essential=True,
        about="Numer, którym inne zakładki wskazują osobę, np. U001. Nie zmieniaj go.",
    )
    surname: Text | None = column("Nazwisko", personal=True, about="Nazwisko.")
    first_name: Text | None = column("Imię", "Imiona", personal=True, about="Imię.")
    pesel: Pesel | None = column(
        "PESEL",
        "Nr PESEL",
        "Numer PESEL",
        personal=True,
        about="11 cyfr. Puste tylko, gdy osoba nie ma numeru PESEL.",
    )
    sex: Sex = column("Płeć", "K/M", blank=False, about="Kobieta albo Mężczyzna.")
    birth_date: BirthDay | None = column(
        "Data urodzenia", "Ur.", "Urodzony", "Urodzona", personal=True, about="Dzień urodzenia."
    )
    target_group: Text | None = column(
        "Grupa docelowa",
        "Kategoria uczestnika",
        "Kategoria",
        "Status uczestnika",
        about="Do której grupy docelowej projektu osoba należy.",
    )
    education: Text | None = column(
        "Wykształcenie", personal=True, about="Najwyższe ukończone wykształcenie w dniu przystąpienia."
    )
    labour_status: Text | None = column(
        "Status na rynku pracy",
        "Status na rynku pracy w chwili przystąpienia",
        personal=True,
        about="Status w dniu przystąpienia.",
    )
    labour_detail: Text | None = column(
        "Status na rynku pracy - w tym",
        "W tym",
        "W tym status",
        "Szczegóły statusu na rynku pracy",
        personal=True,
        about="Uściślenie statusu z listy monitorowania, np. „długotrwale bezrobotna”, „ucząca się”, „inne”.",
    )
    age: Count | None = column(
        "Wiek w chwili przystąpienia",
        "Wiek w dniu przystąpienia",
        "Wiek",
        personal=True,
        about="Lata ukończone w dniu rozpoczęcia udziału.",
        unit="lata",
    )
    degurba: Text | None = column(
        "Obszar wg DEGURBA",
        "DEGURBA",
        "Stopień urbanizacji",
        "Obszar według stopnia urbanizacji",
        about="Stopień urbanizacji gminy zamieszkania: 1, 2 albo 3.",
    )
    guardian: Text | None = column(
        "Opiekun prawny",
        "Rodzic/opiekun",
        "Rodzic lub opiekun prawny",
        "Imię i nazwisko opiekuna",
        "Przedstawiciel ustawowy",
        personal=True,
        about="Kto podpisuje za osobę niepełnoletnią. Puste u pełnoletnich.",
    )
    guardian_consent: Text | None = column(
        "Zgoda opiekuna",
        "Zgoda rodzica",
        "Zgoda opiekuna prawnego",
        "Zgoda rodzica/opiekuna",
        about="TAK albo data podpisania zgody za osobę niepełnoletnią. Puste u pełnoletnich.",
    )
    phone: Phone | None = column(
        "Telefon",
        "Tel.",
        "Nr telefonu",
        "Telefon kontaktowy",
        personal=True,
        about="Telefon osoby albo opiekuna.",
    )
    entered_on: Day | None = column(
        "Data rozpoczęcia udziału",
        "Data rozpoczęcia udziału w projekcie",
        "Data przystąpienia",
        "Wejście",
        "Data wejścia",
        "Data rozpoczęcia",
        "Początek udziału",
        "Od",
        essential=True,
        about="Dzień pierwszej formy wsparcia (nie deklaracji). Puste: osoba jeszcze nie zaczęła.",
    )
    exited_on: Day | None = column(
        "Data zakończenia udziału",
        "Data zakończenia udziału w projekcie",
        "Wyjście",
        "Data wyjścia",
        "Data zakończenia",
        "Koniec udziału",
        "Do",
        essential=True,
        about="Ostatni dzień udziału. Puste: udział trwa.",
    )
    completed_path: YesNo | None = column(
        "Zakończenie zgodnie ze ścieżką",
        "Zakończenie zgodnie z zaplanowaną ścieżką",
        "Ścieżka ukończona",
        about="TAK, gdy osoba ukończyła wszystkie zaplanowane formy. Puste do dnia wyjścia.",
    )


class Enrolment(Record):
    """A person's place, or wish for a place, in a group."""

    tab = "Zapisy"
    tab_synonyms = ("Zapisy do grup", "Zapisy na formy", "Udziały", "Rekrutacja")
    about = "Kto chce być albo jest w której grupie. Jeden wiersz to jeden zapis."

    person: Code = column(
        "Nr uczestnika",
        "ID uczestnika",
        "Uczestnik",
        "ID",
        "Osoba",
        blank=False,
        essential=True,
        refers="Participant.person",
        about="Numer z zakładki „Uczestnicy”.",
    )
    group: Code = column(
        "Kod grupy",
        "Grupa",
        "Nr grupy",
        blank=False,
        essential=True,
        refers="Group.group",
        about="Kod albo nazwa z zakładki „Grupy”.",
    )
    state: EnrolmentState = column(
        "Stan zapisu",
        "Stan",
        "Status",
        "Status zapisu",
        blank=False,
        essential=True,
        about="Gdzie zapis stoi dziś.",
    )
    requested_on: Day = column(
        "Data zgłoszenia",
        "Zgłoszono",
        "Data zapisu",
        blank=False,
        essential=True,
        about="Dzień zgłoszenia do grupy.",
    )
    waitlisted_on: Day | None = column(
        "Na liście rezerwowej od",
        "Lista rezerwowa od",
        "Rezerwa od",
        essential=True,
        about="Od którego dnia osoba czeka na miejsce. Puste przy liście rezerwowej: od dnia zgłoszenia.",
    )
    started_on: Day | None = column(
        "Od",
        "W grupie od",
        "Data rozpoczęcia",
        "Początek",
        essential=True,
        about="Pierwszy dzień zajmowania miejsca w grupie.",
    )
    ended_on: Day | None = column(
        "Do",
        "W grupie do",
        "Data zakończenia",
        "Koniec",
        essential=True,
        about="Ostatni dzień zajmowania miejsca albo czekania. Puste: trwa.",
    )
    reason: Text | None = column(
        "Powód", "Przyczyna", "Uwagi", personal=True, about="Dlaczego zapis przerwano lub anulowano."
    )


class Session(Record):
    """One meeting of a group, or one day of a day-support centre."""

    tab = "Zajęcia"
    tab_synonyms = ("Spotkania", "Sesje", "Harmonogram", "Dziennik zajęć", "Harmonogram zajęć")
    about = "Spotkania grup: zaplanowane, odbyte i odwołane."
    key = ("session",)

    session: Code = column(
        "Nr zajęć",
        "ID zajęć",
        "Nr spotkania",
        "Kod zajęć",
        "ID",
        "Nr",
        blank=False,
        essential=True,
        about="Numer, którym „Obecności” wskazują spotkanie, np. Z0001.",
    )
    group: Code = column(
        "Kod grupy",
        "Grupa",
        "Nr grupy",
        blank=False,
        refers="Group.group",
        about="Kod albo nazwa z zakładki „Grupy”.",
    )
    day: Day = column("Data", "Data zajęć", "Dzień", blank=False, essential=True, about="Dzień spotkania.")
    starts_at: Minute | None = column(
        "Godzina od",
        "Od",
        "Początek",
        "Godz. od",
        "Godzina rozpoczęcia",
        about="Początek, np. 16:30.",
        unit="minuty od północy",
    )
    ends_at: Minute | None = column(
        "Godzina do",
        "Do",
        "Koniec",
        "Godz. do",
        "Godzina zakończenia",
        about="Koniec, np. 18:00.",
        unit="minuty od północy",
    )
    leaders: Text | None = column(
        "Prowadzący",
        "Nr specjalisty",
        "Specjalista",
        "Wychowawcy",
        "Wychowawcy na dyżurze",
        "Kadra",
        refers="Specialist.specialist",
        about="Numery osób z zakładki „Kadra”; kilka osób rozdziel średnikiem.",
    )
    status: SessionStatus = column(
        "Status", "Stan", "Status zajęć", blank=False, essential=True, about="Czy spotkanie się odbyło."
    )
    topic: Text | None = column("Temat", "Temat zajęć", "Rodzaj zajęć", about="O czym było spotkanie.")


class Attendance(Record):
    """Whether one person came to one session."""

    tab = "Obecności"
    tab_synonyms = ("Obecność", "Lista obecności", "Listy obecności", "Frekwencja")
    about = "Obecności na zajęciach. Jeden wiersz to jedna osoba na jednym spotkaniu."
    key = ("session", "person")

    session: Code = column(
        "Nr zajęć",
        "ID zajęć",
        "Zajęcia",
        "Nr spotkania",
        "Kod zajęć",
        blank=False,
        essential=True,
        refers="Session.session",
        about="Numer z zakładki „Zajęcia”.",
    )
    person: Code = column(
        "Nr uczestnika",
        "ID uczestnika",
        "Uczestnik",
        "Osoba",
        blank=False,
        essential=True,
        refers="Participant.person",
        about="Numer z zakładki „Uczestnicy”.",
    )
    presence: Presence = column(
        "Obecność",
        "Stan",
        "Status",
        "Obecny",
        blank=False,
        essential=True,
        about="obecny, nieobecny albo nieobecny usprawiedliwiony.",
    )
    arrived_at: Minute | None = column(
        "Przyjście",
        "Godzina przyjścia",
        "Od",
        about="Kiedy przyszedł; puste: na początku zajęć.",
        unit="minuty od północy",
    )
    left_at: Minute | None = column(
        "Wyjście",
        "Godzina wyjścia",
        "Do",
        about="Kiedy wyszedł; puste: na końcu zajęć.",
        unit="minuty od północy",
    )


class BudgetLine(Record):
    """A line of the budget, with its task."""

    tab = "Budżet"
    tab_synonyms = ("Budżet projektu", "Plan budżetu", "Harmonogram rzeczowo-finansowy", "Preliminarz")
    about = "Pozycje budżetu z wniosku, po zadaniach."
    key = ("line",)
    also_known_by = ("name",)

    task: Text = column(
        "Zadanie", "Nazwa zadania", "Nr zadania", blank=False, about="Zadanie, do którego pozycja należy."
    )
    line: Code = column(
        "Nr pozycji",
        "Pozycja",
        "Kod pozycji",
        "Nr",
        "Lp.",
        blank=False,
        essential=True,
        about="Numer pozycji, którym „Wydatki” ją wskazują, np. 1.2.",
    )
    name: Text | None = column("Nazwa pozycji", "Nazwa", "Opis", "Nazwa kosztu", about="Za co się płaci.")
    cost_kind: CostKind | None = column(
        "Rodzaj kosztów", "Rodzaj", "Koszty", about="bezpośrednie albo pośrednie."
    )
    planned_gr: MoneyGr = column(
        "Kwota planowana",
        "Kwota",
        "Plan",
        "Wartość",
        "Kwota ogółem",
        "Ogółem",
        blank=False,
        essential=True,
        about="Kwota pozycji w złotych.",
        unit="grosze",
    )
    starts_on: Day | None = column("Od", "Początek", "Wydatki od", about="Od kiedy pozycja jest wydawana.")
    ends_on: Day | None = column("Do", "Koniec", "Wydatki do", about="Do kiedy pozycja jest wydawana.")


class Expense(Record):
    """A document paid from the project, or a contribution in kind."""

    tab = "Wydatki"
    tab_synonyms = ("Koszty", "Dokumenty", "Rejestr wydatków", "Faktury", "Zestawienie wydatków")
    about = "Dokumenty zapłacone w projekcie i wkład własny."
    key = ("document", "line", "paid_on", "eligible_gr")

    document: Text = column(
        "Nr dokumentu",
        "Dokument",
        "Nr faktury",
        "Numer dokumentu",
        blank=False,
        about="Numer faktury, rachunku, listy płac albo noty.",
    )
    line: Code = column(
        "Nr pozycji",
        "Pozycja budżetu",
        "Pozycja",
        "Kod pozycji",
        blank=False,
        essential=True,
        refers="BudgetLine.line",
        about="Numer pozycji z zakładki „Budżet”.",
    )
    issued_on: Day | None = column("Data dokumentu", "Data wystawienia", about="Dzień wystawienia dokumentu.")
    paid_on: Day = column(
        "Data zapłaty",
        "Zapłacono",
        "Data płatności",
        "Data",
        blank=False,
        essential=True,
        about="Dzień zapłaty.",
    )
    gross_gr: MoneyGr | None = column(
        "Kwota brutto",
        "Brutto",
        "Kwota dokumentu",
        "Kwota ogółem",
        "Kwota",
        about="Kwota dokumentu w złotych.",
        unit="grosze",
    )
    eligible_gr: MoneyGr = column(
        "Kwota kwalifikowalna",
        "Kwota kwalifikowana",
        "Wydatki kwalifikowalne",
        "Kwalifikowalne",
        "Kwota",
        blank=False,
        essential=True,
        about="Część kwoty kwalifikowalna w projekcie.",
        unit="grosze",
    )
    eu_gr: MoneyGr | None = column(
        "Dofinansowanie UE", "UE", "EFS", "w tym UE", about="Część z dofinansowania UE.", unit="grosze"
    )
    state_gr: MoneyGr | None = column(
        "Budżet państwa", "BP", "w tym BP", about="Część z budżetu państwa.", unit="grosze"
    )
    own_gr: MoneyGr | None = column(
        "Wkład własny", "WW", "w tym wkład własny", about="Część z wkładu własnego.", unit="grosze"
    )
    description: Text | None = column("Opis", "Za co", "Przedmiot", "Treść", about="Za co zapłacono.")


class Place(Record):
    """A place promised for the durability period: seats, or a specialist who gives a service."""

    tab = "Miejsca"
    tab_synonyms = ("Miejsca w trwałości", "Trwałość", "Miejsca trwałości", "Miejsca świadczenia usług")
    about = "Miejsca obiecane na okres trwałości. Liczby obiecanej nie zmienia się."
    key = ("place",)

    place: Text = column(
        "Miejsce",
        "Nazwa miejsca",
        "Usługa",
        "Nazwa usługi",
        blank=False,
        essential=True,
        about="Nazwa miejsca, jak w zobowiązaniu.",
    )
    unit: PlaceUnit = column(
        "Rodzaj",
        "Rodzaj miejsca",
        "Jednostka",
        "Typ",
        blank=False,
        essential=True,
        about="miejsce szkoleniowe (siedzi na nim osoba) albo specjalista (prowadzi usługę).",
    )
    declared: Count = column(
        "Liczba",
        "Liczba miejsc",
        "Zadeklarowane",
        "Obiecane",
        blank=False,
        essential=True,
        about="Ile miejsc obiecano.",
        unit="miejsca",
    )
    starts_on: Day | None = column(
        "Od",
        "Początek",
        "Od dnia",
        essential=True,
        about="Od kiedy miejsce jest obiecane. Puste: od początku trwałości.",
    )
    ends_on: Day | None = column(
        "Do",
        "Koniec",
        "Do dnia",
        essential=True,
        about="Do kiedy miejsce jest obiecane. Puste: do końca trwałości.",
    )
    forms: Text | None = column(
        "Formy wsparcia",
        "Odpowiada formom",
        "Kody form",
        refers="SupportForm.code",
        about="Kody form, które miejsce przedłuża; kilka rozdziel średnikiem. Puste: tylko w trwałości.",
    )
    next_check_on: Day | None = column(
        "Następny przegląd",
        "Termin przeglądu",
        "Następna kontrola",
        about="Kiedy sprawdzić miejsce ponownie.",
    )
    source: Text | None = column("Źródło", "Podstawa", about="Skąd to wiadomo.")


class Readiness(Record):
    """From when to when a place was ready, and what proves it."""

    tab = "Gotowość"
    tab_synonyms = ("Gotowość miejsc", "Dostępność", "Dostępność miejsc", "Rejestr gotowości")
    about = "Od kiedy do kiedy miejsce było gotowe. Zmiana: zamknij wiersz dzień wcześniej i dodaj nowy."

    place: Text = column(
        "Miejsce",
        "Nazwa miejsca",
        "Usługa",
        blank=False,
        essential=True,
        refers="Place.place",
        about="Nazwa z zakładki „Miejsca”.",
    )
    starts_on: Day = column("Od", "Od dnia", "Początek", blank=False, essential=True, about="Pierwszy dzień.")
    ends_on: Day | None = column(
        "Do", "Do dnia", "Koniec", essential=True, about="Ostatni dzień. Puste: trwa."
    )
    state: ReadinessState = column(
        "Stan", "Status", "Gotowość", blank=False, essential=True, about="Czy miejsce mogło przyjąć osobę."
    )
    ready: Count | None = column(
        "Liczba gotowych",
        "Gotowych",
        "Liczba",
        "Dostępne",
        essential=True,
        about="Ile miejsc było gotowych. Puste: wszystkie, gdy gotowe; żadne, gdy wstrzymane lub niegotowe.",
        unit="miejsca",
    )
    used: Count | None = column(
        "Liczba zajętych",
        "Zajęte",
        "Zajętych",
        "Wykorzystane",
        about="Ile miejsc było zajętych. Puste: tyle, ile osób przyjęto według zgłoszeń.",
        unit="miejsca",
    )
    reason: Text | None = column(
        "Powód", "Przyczyna", "Uwagi", about="Dlaczego gotowych jest mniej niż obiecano."
    )
    specialist: Code | None = column(
        "Nr specjalisty",
        "Specjalista",
        "Prowadzący",
        refers="Specialist.specialist",
        about="Numer osoby z zakładki „Kadra”, która to miejsce prowadzi.",
    )
    evidence: Text | None = column(
        "Dowód", "Dowód gotowości", "Dokument", about="Umowa, harmonogram, ogłoszenie."
    )
    confirmed_on: Day | None = column(
        "Data potwierdzenia", "Potwierdzono", "Sprawdzono", about="Kiedy ostatnio sprawdzono gotowość."
    )


class Enquiry(Record):
    """Someone asked for a place in the durability period."""

    tab = "Zgłoszenia"
    tab_synonyms = ("Zapytania", "Rejestr zgłoszeń", "Zgłoszenia w trwałości", "Telefony")
    about = "Kto pytał o miejsce w okresie trwałości i co z tego wyszło."
    key = ("enquiry",)

    enquiry: Code = column(
        "Nr zgłoszenia", "ID zgłoszenia", "Nr", "Lp.", blank=False, essential=True, about="Numer zgłoszenia."
    )
    asked_on: Day = column("Data", "Data zgłoszenia", blank=False, essential=True, about="Dzień zgłoszenia.")
    channel: Channel | None = column(
        "Sposób", "Kanał", "Droga", "Forma kontaktu", about="Jak osoba się zgłosiła."
    )
    place: Text = column(
        "Miejsce",
        "Usługa",
        "Nazwa miejsca",
        blank=False,
        essential=True,
        refers="Place.place",
        about="Nazwa z zakładki „Miejsca”.",
    )
    seat: Code | None = column(
        "Nr miejsca",
        "Numer miejsca",
        about="Które z miejsc zajmuje osoba. Kto dzieli je z kimś w innych godzinach, zajmuje to samo jedno.",
    )
    outcome: Outcome = column(
        "Wynik",
        "Rozstrzygnięcie",
        "Co dalej",
        "Rezultat",
        blank=False,
        essential=True,
        about="Co wyszło ze zgłoszenia.",
    )
    starts_on: Day | None = column(
        "Od",
        "Korzysta od",
        essential=True,
        about="Pierwszy dzień korzystania. Puste przy przyjętym: dzień zgłoszenia.",
    )
    ends_on: Day | None = column(
        "Do", "Korzysta do", essential=True, about="Ostatni dzień korzystania. Puste: trwa."
    )
    reason: Text | None = column(
        "Powód", "Przyczyna", "Uwagi", personal=True, about="Powód odmowy lub rezygnacji."
    )


RECORDS: tuple[type[Record], ...] = (
    Fact,
    SupportForm,
    Specialist,
    Group,
    Participant,
    Enrolment,
    Session,
    Attendance,
    BudgetLine,
    Expense,
    Place,
    Readiness,
    Enquiry,
)
"""Every kind of table, in the order in which a project fills them in."""


def parent_of(field: FieldInfo) -> type[Record] | None:
    """The kind of table whose rows a field names; None for a field that names none."""
    return record_of(str(extra(field, "refers")).partition(".")[0])


def record_of(name: str) -> type[Record] | None:
    """The kind of table of that class name; None for none."""
    return next((record for record in RECORDS if record.__name__ == name), None)
