"""The words that a column may hold, each with the other spellings people use for it."""

import re
from collections.abc import Sequence
from typing import Any, Final

from pydantic_core import PydanticCustomError

from lib.cells import Word, key
from sheets.table import Value


def is_word(value: Value, word: Word) -> bool:
    """Whether a cell holds a word, in any of its spellings."""
    try:
        return type(word).parse(value) is word
    except PydanticCustomError:
        return False


class Delivery(Word):
    """How a form of support is given."""

    INDIVIDUAL = (
        "indywidualna",
        "indyw.",
        "indywidualne",
        "indywidualny",
        "indywidualnie",
        "ind.",
        "konsultacje",
        "poradnictwo",
    )
    GROUP = "grupowa", "grupowe", "grupowy", "grupowo", "grupa"
    STAY = "pobyt", "mieszkanie", "mieszkanie chronione"
    TRIP = "wyjazd", "wyjazdowa", "wyjazdowe", "wycieczka"
    TRAINING = "szkolenie", "szkoleniowa", "kurs", "warsztat", "warsztaty"
    DAY_SUPPORT = "placówka wsparcia dziennego", "PWD", "świetlica", "wsparcie dzienne"


class EnrolmentState(Word):
    """Where an enrolment stands; some states take a place in the group."""

    APPLIED = "zgłoszony", "zgłoszona", "zgłoszenie"
    WAITLISTED = (
        "lista rezerwowa",
        "rezerwowa",
        "rezerwa",
        "oczekuje",
        "oczekujący",
        "oczekująca",
        "LR",
        "lista oczekujących",
        "rezerwowy",
        "lista rez.",
        "rez.",
        "czeka",
        "oczek.",
        "lista",
    )
    TRIAL = "próbny", "próbna", "okres próbny"
    ADMITTED = (
        "zakwalifikowany",
        "zakwalifikowana",
        "przyjęty",
        "przyjęta",
        "zapisany",
        "zapisana",
        "aktywny",
        "aktywna",
        "uczestniczy",
        "w trakcie",
        "bierze udział",
        "uczęszcza",
        "w grupie",
        "przydzielony",
        "przydzielona",
        "uczestnik",
        "uczestniczka",
        "jest",
        "trwa",
        "w toku",
    )
    COMPLETED = (
        "ukończony",
        "ukończona",
        "ukończone",
        "ukończył",
        "ukończyła",
        "zakończony",
        "zakończona",
        "zakończone",
        "zakończył",
        "zakończyła",
        "zakończenie",
        "absolwent",
        "koniec",
    )
    WITHDRAWN = (
        "przerwany",
        "przerwana",
        "przerwane",
        "przerwał",
        "przerwała",
        "rezygnacja",
        "zrezygnował",
        "zrezygnowała",
        "skreślony",
        "skreślona",
        "wypisany",
        "wypisana",
        "odszedł",
        "odeszła",
        "przerwał",
        "przerwała",
    )
    CANCELLED = "anulowany", "anulowana", "odrzucony", "odrzucona", "odmowa"

    @classmethod
    def parse(cls, value: Any) -> Word:
        """The state that a cell means: „rezerwa - zrezygnowała” is of somebody who waits no more."""
        if re.search("(?:rezerw|oczek).*(?:rezygn|skresl|wypis)|skresl.* z (?:rez|list)", key(value)):
            return cls.CANCELLED
        return super().parse(value)

    @classmethod
    def inside(cls) -> "Sequence[tuple[str, EnrolmentState]]":
        """„zrezygnowała - praca”, „przeniesiona do gr. II”, „chodzi dalej”."""
        return (
            (r"wygas|zamkniet|anulow|nie ?przyj|nie ?zakw|nie spel|nie uczestnicz", cls.CANCELLED),
            (r"rezerw|oczek|czeka|kolejk", cls.WAITLISTED),
            (r"ukoncz|zakoncz|ugod", cls.COMPLETED),
            (
                r"rezygn|przerw|skresl|wypis|odesz|odszed|przen|przesz|podjel?[ao]|wyprowadz|wyjech|zmar|zgon",
                cls.WITHDRAWN,
            ),
            (r"uczestni|uczeszcz|chodzi|aktywn|przyjet|zakwalif|zapisan|wroci", cls.ADMITTED),
        )

    @property
    def takes_place(self) -> bool:
        """Whether the person has, or had, a place in the group."""
        return self in {
            EnrolmentState.TRIAL,
            EnrolmentState.ADMITTED,
            EnrolmentState.COMPLETED,
            EnrolmentState.WITHDRAWN,
        }


TAKING: Final = tuple(state for state in EnrolmentState if state.takes_place)
"""The states of those who have, or had, a place in the group."""


NEVER_IN: Final = (EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED)
"""The states of those who asked for a place and never had one."""


class SessionStatus(Word):
    """Whether a session took place."""

    PLANNED = (
        "zaplanowane",
        "zaplanowana",
        "planowane",
        "plan",
        "zaplanowany",
        "w planie",
        "przyszłe",
        "będzie",
    )
    HELD = (
        "odbyte",
        "odbyta",
        "odbyły się",
        "odbyło się",
        "odbyła się",
        "odbył się",
        "odb.",
        "odb",
        "zrealizowane",
        "zrealizowana",
        "zrealizowano",
        "tak",
        "było",
        "były",
        "T",
        "+",
        "✓",
    )
    CANCELLED = (
        "odwołane",
        "odwołana",
        "nie odbyło się",
        "nie odbyły się",
        "nie odbyła się",
        "nie odbył się",
        "anulowane",
        "odwołany",
        "odw.",
        "odwołano",
        "nie",
        "N",
    )


class Presence(Word):
    """Whether an enrolled person came to a session."""

    PRESENT = (
        "obecny",
        "obecna",
        "ob",
        "ob.",
        "o",
        "x",
        "1",
        "+",
        "tak",
        "t",
        "obecność",
        "spóźnienie",
        "spóźniony",
        "był",
        "była",
        "było",
        "byli",
        "przyszedł",
        "przyszła",
    )
    EXCUSED = (
        "nieobecny usprawiedliwiony",
        "nieobecność usprawiedliwiona",
        "nieob. uspr.",
        "nb. uspr.",
        "nb uspr.",
        "nieob. usprawiedliwiona",
        "usprawiedliwiona",
        "usprawiedliwiony",
        "nu",
        "u",
        "uspr",
        "uspr.",
        "usp",
        "usp.",
        "us",
        "us.",
        "usprawiedl.",
        "ch",
        "zwolnienie",
        "zw.",
    )
    ABSENT = (
        "nieobecny",
        "nieobecna",
        "nieobecność nieusprawiedliwiona",
        "nieobecny nieusprawiedliwiony",
        "nieob. nieuspr.",
        "nieob. nieusprawiedliwiona",
        "nieusprawiedliwiona",
        "nieobecność",
        "nieob",
        "nieob.",
        "nie był",
        "nie była",
        "nie było",
        "nie przyszedł",
        "nie przyszła",
        "nst",
        "nie stawił się",
        "nie stawiła się",
        "nb",
        "nb.",
        "nn",
        "n",
        "0",
        "nie",
    )


class CostKind(Word):
    """Direct costs of tasks, or indirect costs settled at a flat rate."""

    DIRECT = "bezpośrednie", "bezpośredni", "koszty bezpośrednie"
    INDIRECT = "pośrednie", "pośredni", "koszty pośrednie", "ryczałt"


class PlaceUnit(Word):
    """What one place is: a seat for a person, or a specialist who gives the service."""

    SEAT = (
        "miejsce szkoleniowe",
        "miejsce",
        "miejsca",
        "miejsca szkoleniowe",
        "osoba",
        "os.",
        "miejsce dla osoby",
        "miejsca dla osób",
        "osoby",
    )
    PROVIDER = (
        "specjalista",
        "prowadzący",
        "usługodawca",
        "miejsce świadczenia usług",
        "osoba prowadząca",
        "osoby prowadzące",
        "specjaliści",
        "kadra",
    )

    @classmethod
    def inside(cls) -> "Sequence[tuple[str, PlaceUnit]]":
        """„miejsca w grupie (osoby naraz)”, „1 etat specjalisty”."""
        return (
            (r"specjalist|prowadz|swiadcz|etat|stanowisk", cls.PROVIDER),
            (r"miejsc|osob|naraz", cls.SEAT),
        )


class ReadinessState(Word):
    """Whether a place could serve someone who came."""

    READY = "gotowe", "gotowy", "gotowa", "GOTOWE", "dostępne", "tak"
    PARTLY = "częściowo", "częściowo gotowe", "częściowe", "gotowe częściowo"
    SUSPENDED = "wstrzymane", "zawieszone", "wstrzymana"
    NOT_READY = "niegotowe", "nie gotowe", "niedostępne", "brak", "nie"


class Outcome(Word):
    """What became of an enquiry in the durability period."""

    ADMITTED = "przyjęty", "przyjęta", "przyjęcie", "przyjęto", "przyjęci", "przyj.", "przyjęty/a"
    WAITLISTED = "lista", "lista oczekujących", "lista rezerwowa", "oczekuje", "oczek.", "czeka"
    REFERRED = "skierowany", "skierowana", "skierowano gdzie indziej", "skierowanie", "skierowany/a", "skier."
    RESIGNED = "rezygnacja", "zrezygnował", "zrezygnowała", "rezygnacja osoby", "rezygn.", "rez."
    REFUSED = "odmowa", "odmówiono", "odrzucony", "odrzucona"

    @classmethod
    def inside(cls) -> "Sequence[tuple[str, Outcome]]":
        """„przyjęto na kurs”, „podanie w toku”."""
        return (
            (r"nie przyj|odmow|odmaw|odrzu", cls.REFUSED),
            (r"rezygn|zrezyg", cls.RESIGNED),
            (r"przyj[e]|przydziel", cls.ADMITTED),
            (r"\bskier|przekaz|informacj|poinformow|\binfo\b|\bpyta|podano|udziel|wyslan", cls.REFERRED),
            (
                r"\blist|oczek|czeka|rezerw|w toku|zastan|oddzwon|namysl|umowi|zapisan|wpisan|zapros|rozmow"
                r"|spotkan",
                cls.WAITLISTED,
            ),
        )


class Channel(Word):
    """How an enquiry reached the centre."""

    PHONE = "telefon", "telefonicznie", "tel.", "tel"
    IN_PERSON = "osobiście", "osob.", "os.", "wizyta", "na miejscu"
    EMAIL = "e-mail", "email", "mail", "poczta elektroniczna"
    OTHER = (
        "inny",
        "inne",
        "inna",
        "list",
        "pismo",
        "formularz",
        "skierowanie",
        "skierowanie OPS",
        "skierowanie MOPS",
        "skierowanie PCPR",
        "skierowanie sądu",
        "kurator",
        "szkoła",
        "asystent",
        "asyst.",
    )

    @classmethod
    def inside(cls) -> "Sequence[tuple[str, Channel]]":
        """„OPS - skierowanie”, „rozmowa tel.”."""
        return (
            (r"\btel", cls.PHONE),
            (r"mail", cls.EMAIL),
            (r"\bosob", cls.IN_PERSON),
            (
                r"skier|\b[mg]?ops\b|pcpr|kurator|\bsad|szkol|pedagog|poradni|pismo|list\b|przychod|szpital|lekarz"
                r"|\bprac|soltys|parafi|sasiad|rodzin|znajom|ulotk|formularz|polec",
                cls.OTHER,
            ),
        )
