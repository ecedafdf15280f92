"""What the agreement says of a project, as of a day: facts of the tab „Projekt”, read and typed."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from lib import findings as rules
from lib.cells import Count, Day, MoneyGr, YesNo, key, plain
from lib.contents import period
from lib.findings import Finding
from lib.reading import Reading, nearest

NOT_GIVEN = frozenset({"nie podano", "brak danych", "nieznane", "nieznana", "nieznany", "?"})
"""How a person writes that the source does not say."""


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days, the first and the last both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def contains(self, day: dt.date) -> bool:
        """Whether the day is one of it."""
        return self.first <= day <= self.last

    def share_at(self, day: dt.date) -> float:
        """The share (0-1) of its days that have passed at the end of `day`."""
        return min(max((day - self.first).days + 1, 0), self.days) / self.days


@dataclass(frozen=True, slots=True)
class Parameter:
    """A fact that a project may state: its name, its field, how it is read, and whether many may hold."""

    name: str
    field: str
    kind: str = "tekst"
    many: bool = False
    synonyms: tuple[str, ...] = ()


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "Nazwa",
        "name",
        synonyms=("Tytuł", "Tytuł projektu", "Nazwa projektu", "Projekt", "Pełna nazwa projektu"),
    ),
    Parameter("Nazwa skrócona", "short_name", synonyms=("Skrót",)),
    Parameter(
        "Numer naboru", "call_number", synonyms=("Nabór", "Nr naboru", "Numer konkursu", "Nr konkursu")
    ),
    Parameter("Program", "programme", synonyms=("Działanie", "Program i działanie")),
    Parameter("Cel", "goal", synonyms=("Cel projektu",)),
    Parameter("Adres", "address", synonyms=("Miejsce realizacji",)),
    Parameter("Beneficjent", "beneficiary", synonyms=("Wnioskodawca",)),
    Parameter("Realizator", "implementer", synonyms=("Realizator projektu", "Jednostka realizująca")),
    Parameter("Partner", "partner"),
    Parameter(
        "Wartość projektu",
        "total_gr",
        "kwotę",
        synonyms=(
            "Całość projektu",
            "Łączna wartość projektu",
            "Kwota projektu",
            "Wartość całego projektu",
            "Wartość",
            "Wartość projektu ogółem",
            "Wartość ogółem",
            "Całkowita wartość projektu",
            "Budżet projektu",
            "Koszt całkowity",
            "Wydatki kwalifikowalne ogółem",
        ),
    ),
    Parameter(
        "Dofinansowanie UE",
        "eu_gr",
        "kwotę",
        synonyms=(
            "UE",
            "Wkład UE",
            "Dofinansowanie z UE",
            "Kwota dofinansowania UE",
            "Środki UE",
            "EFS",
            "w tym UE",
            "w tym dofinansowanie UE",
            "Dofinansowanie EFS",
        ),
    ),
    Parameter(
        "Budżet państwa",
        "state_gr",
        "kwotę",
        synonyms=(
            "w tym budżet państwa",
            "Dofinansowanie BP",
            "BP",
            "Środki budżetu państwa",
            "Dofinansowanie z budżetu państwa",
            "w tym BP",
            "Dotacja budżetu państwa",
        ),
    ),
    Parameter(
        "Wkład własny",
        "own_gr",
        "kwotę",
        synonyms=(
            "WW",
            "Wkład własny gminy",
            "w tym wkład własny",
            "Środki własne",
            "Wkład własny beneficjenta",
        ),
    ),
    Parameter("Udział UE", "eu_share", "procent"),
    Parameter("Udział budżetu państwa", "state_share", "procent", synonyms=("Udział BP",)),
    Parameter("Udział wkładu własnego", "own_share", "procent", synonyms=("Udział WW",)),
    Parameter(
        "Początek realizacji",
        "starts_on",
        "datę",
        synonyms=(
            "Realizujemy od",
            "Okres realizacji od",
            "Początek",
            "Realizacja od",
            "Data rozpoczęcia",
            "Data rozpoczęcia realizacji",
            "Rozpoczęcie realizacji",
            "Data rozpoczęcia projektu",
            "Początek projektu",
        ),
    ),
    Parameter(
        "Koniec realizacji",
        "ends_on",
        "datę",
        synonyms=(
            "Realizujemy do",
            "Okres realizacji do",
            "Koniec",
            "Realizacja do",
            "Data zakończenia",
            "Data zakończenia realizacji",
            "Zakończenie realizacji",
            "Data zakończenia projektu",
            "Koniec projektu",
        ),
    ),
    Parameter("Okres planowany", "planned_period"),
    Parameter("Początek trwałości", "durability_starts_on", "datę", synonyms=("Trwałość od",)),
    Parameter("Koniec trwałości", "durability_ends_on", "datę", synonyms=("Trwałość do",)),
    Parameter(
        "Docelowa liczba osób",
        "target_persons",
        "liczbę",
        synonyms=(
            "Ile osób mamy objąć",
            "Ile osób",
            "Liczba osób w projekcie",
            "Wskaźnik osób",
            "Cel osób",
            "Liczba osób",
            "Cel: osoby",
            "Liczba uczestników",
            "Planowana liczba uczestników",
            "Planowana liczba osób",
            "Liczba osób objętych wsparciem",
            "Liczba osób do objęcia wsparciem",
            "Wskaźnik: liczba osób",
            "Wskaźnik liczby osób",
            "Cel liczba osób",
            "Zakładana liczba uczestników",
            "Zakładana liczba osób",
        ),
    ),
    Parameter(
        "Liczba miejsc w trwałości",
        "places_commitment",
        "liczbę",
        synonyms=(
            "Liczba miejsc",
            "Miejsca w trwałości",
            "Liczba miejsc świadczenia usług",
            "Zadeklarowana liczba miejsc",
        ),
    ),
    Parameter("Wymagana frekwencja", "required_attendance", "procent", synonyms=("Minimalna frekwencja",)),
    Parameter("Dopuszczalne odmowy", "refusals_allowed", "procent", synonyms=("Dopuszczalny udział odmów",)),
    Parameter("Grupa docelowa", "target_groups", many=True),
    Parameter("Rodzaj zajęć", "activities", many=True),
    Parameter("Telefon", "phones", many=True),
    Parameter("Dane przykładowe", "example", "TAK albo NIE"),
)
"""Every fact that Ostoja knows what to do with; others are shown as they are typed."""


def _share(value: Any) -> Decimal:
    """A percentage as a share of 1, from „85%”, „85 %” or „0,85”."""
    typed = str(value).strip()
    number = Decimal(typed.rstrip("% ").replace(",", "."))
    share = number / 100 if typed.endswith("%") or number > 1 else number
    if not 0 <= share <= 1:
        raise ValueError
    return share


_COUNT: TypeAdapter[int] = TypeAdapter(Count)
_UNIT = re.compile(r"\s*(?:osób|osoby|os\.?|miejsc[ae]?|uczestników|dzieci|rodzin)\s*$", re.IGNORECASE)

READERS: Mapping[str, Callable[[Any], Any]] = {
    "tekst": str,
    "kwotę": TypeAdapter(MoneyGr).validate_python,
    "procent": _share,
    "datę": TypeAdapter(Day).validate_python,
    "liczbę": lambda value: _COUNT.validate_python(_UNIT.sub("", str(value))),
    "TAK albo NIE": TypeAdapter(YesNo).validate_python,
}


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A fact as it stands in the tab: for the screen, with its source and its row."""

    parameter: str
    text: str
    source: str
    valid_from: dt.date | None
    row: int


@dataclass(frozen=True, slots=True)
class Project:
    """What is known of a project on a day; None and empty where the source does not say."""

    name: str | None = None
    short_name: str | None = None
    call_number: str | None = None
    programme: str | None = None
    goal: str | None = None
    address: str | None = None
    beneficiary: str | None = None
    implementer: str | None = None
    partner: str | None = None
    total_gr: int | None = None
    eu_gr: int | None = None
    state_gr: int | None = None
    own_gr: int | None = None
    eu_share: Decimal | None = None
    state_share: Decimal | None = None
    own_share: Decimal | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    planned_period: str | None = None
    durability_starts_on: dt.date | None = None
    durability_ends_on: dt.date | None = None
    target_persons: int | None = None
    places_commitment: int | None = None
    required_attendance: Decimal | None = None
    refusals_allowed: Decimal | None = None
    target_groups: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    example: bool = False
    facts: tuple[GivenFact, ...] = ()

    @property
    def period(self) -> Period | None:
        """The period of implementation, when both its ends are known and in order."""
        return _period(self.starts_on, self.ends_on)

    @property
    def durability_period(self) -> Period | None:
        """The period of durability, when both its ends are known and in order."""
        return _period(self.durability_starts_on, self.durability_ends_on)

    def rows_of(self, *fields: str) -> list[int]:
        """The rows of the tab that give these fields; empty where none does."""
        names = {parameter.name for parameter in PARAMETERS if parameter.field in fields}
        return [fact.row for fact in self.facts if fact.parameter in names]

    def row_of(self, field: str) -> int | None:
        """The row of the tab that gives a field, or None where no row does."""
        return next(iter(self.rows_of(field)), None)


def _period(first: dt.date | None, last: dt.date | None) -> Period | None:
    return Period(first, last) if first and last and first <= last else None


PERIODS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("okres realizacji", "okres realizacji projektu", "termin realizacji", "realizacja projektu"),
        ("Początek realizacji", "Koniec realizacji"),
    ),
    **dict.fromkeys(
        (
            "okres trwalosci",
            "okres trwalosci projektu",
            "okres trwalosci miejsc",
            "trwalosc",
            "trwalosc projektu",
            "trwalosc miejsc",
            "utrzymanie miejsc",
            "okres utrzymania miejsc",
        ),
        ("Początek trwałości", "Koniec trwałości"),
    ),
}
"""Facts that people write as one period, by their keys, with the facts of its first and last day."""

_BY_KEY = {key(name): parameter for parameter in PARAMETERS for name in (parameter.name, *parameter.synonyms)}


def is_parameter(label: Any) -> bool:
    """Whether a text names a fact, a colon, an ordinal and a unit in brackets set aside."""
    if not isinstance(label, str) or len(label) > 80:
        return False
    named = parameter_key(label)
    return named in _BY_KEY or named in PERIODS


def parameter_of(label: Any) -> Parameter | None:
    """The fact that a text names; None where it names none."""
    return _BY_KEY.get(parameter_key(label))


def parameter_key(label: Any) -> str:
    """The text by which the names of facts are compared."""
    bare = re.sub(r"\(.*?\)|^\s*(?:[0-9]+|[a-z])[.)]\s+|[:*]+\s*$", " ", plain(label).lstrip("-•– "))
    return key(bare)


def _periods_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Facts in which a period stands as one, as the facts of its first and its last day."""
    periods = rows["parameter"].map(parameter_key).isin(PERIODS.keys())
    if not periods.any():
        return rows
    apart = []
    for row in rows[periods].to_dict("records"):
        days = period(str(row["value"])) or period(re.split(r"[;(]", str(row["value"]))[0])
        first, last = PERIODS[parameter_key(row["parameter"])]
        if days is None:  # said to be unreadable, at its cell
            apart.append(row | {"parameter": first})
        else:
            apart.append(row | {"parameter": first, "value": days[0]})
            if days[1]:
                apart.append(row | {"parameter": last, "value": days[1]})
    return pd.concat([rows[~periods], pd.DataFrame(apart)]).sort_values("row", kind="stable")


_NOTED = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
"""What stands in brackets behind a value: „553 704,87 zł (po aneksie)”."""


def read_project(reading: Reading, as_of: dt.date) -> tuple[Project, list[Finding]]:
    """The project as its tab says it on `as_of`, and what is wrong with the tab.

    A parameter that stands several times changed by annex: of the rows valid on the day the one
    valid from the latest day counts, of equal ones the last. Parameters of which many may hold
    keep all their rows. What cannot be read is a finding, and is not known.
    """
    found: list[Finding] = []
    values: dict[str, Any] = {}
    facts: list[GivenFact] = []
    rows: Any = reading.rows[reading.counted]  # Any: mypy cannot see the columns of itertuples()
    since = rows["valid_from"].fillna(pd.Timestamp(1, 1, 1).as_unit("s"))
    valid = rows.assign(since=since)[since <= pd.Timestamp(as_of)].sort_values("since", kind="stable")
    latest: dict[str, Any] = {}
    rows, valid = _periods_apart(rows), _periods_apart(valid)
    for row in rows.itertuples():
        if parameter_key(row.parameter) not in _BY_KEY:
            cell = reading.cell(int(row.row), "parameter")
            hint = nearest(cell.raw, (parameter.name for parameter in PARAMETERS))
            found.append(rules.FACT_UNKNOWN.at(cell, hint=hint))
    for row in valid.itertuples():
        parameter = _BY_KEY.get(parameter_key(row.parameter))
        name = parameter.name if parameter else row.parameter
        latest[f"{name} {row.row}" if parameter and parameter.many else str(name)] = row
    for row in sorted(latest.values(), key=lambda row: row.row):
        parameter = _BY_KEY.get(parameter_key(row.parameter))
        text = "nie podano" if pd.isna(row.value) or key(row.value) in NOT_GIVEN else str(row.value)
        facts.append(
            GivenFact(
                parameter.name if parameter else str(row.parameter),
                text,
                "" if pd.isna(row.source) else str(row.source),
                None if pd.isna(row.valid_from) else row.valid_from.date(),
                int(row.row),
            )
        )
        if parameter is None or text == "nie podano":
            continue
        try:
            value = READERS[parameter.kind](_NOTED.sub("", text) if parameter.kind != "tekst" else text)
        except (ValidationError, ValueError, ArithmeticError):
            found.append(
                rules.FACT_UNREADABLE.at(
                    reading.cell(int(row.row), "value"), parameter=parameter.name, kind=parameter.kind
                )
            )
            continue
        values[parameter.field] = (*values.get(parameter.field, ()), value) if parameter.many else value
    return Project(**values, facts=tuple(facts)), found
