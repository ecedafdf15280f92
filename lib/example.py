"""The example row of a blank template: one invented row a tab, which is never data.

Its first cell begins with „PRZYKŁAD”; by that `reading.py` knows it.
"""

import datetime as dt
from collections.abc import Mapping

from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Fact,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
)
from sheets.table import Value

WORD = "PRZYKŁAD"

ROWS: Mapping[type[Record], Mapping[str, Value]] = {
    Fact: {
        "parameter": "Wartość projektu",
        "value": "1 042 500,00",
        "valid_from": dt.date(2024, 1, 1),
        "source": "Umowa o dofinansowanie, par. 2",
    },
    SupportForm: {
        "code": "F1",
        "name": "Mediacje rodzinne",
        "delivery": "indywidualna",
        "planned_persons": 40,
        "source": "Wniosek, zadanie 1",
    },
    Specialist: {
        "specialist": "S1",
        "name": "Jan Niebyły",
        "role": "mediator",
        "contract_from": dt.date(2024, 1, 1),
        "contract_to": dt.date(2025, 12, 31),
        "weekly_hours": 7.5,
    },
    Group: {
        "group": "G1",
        "name": "Mediacje, edycja pierwsza",
        "form": "F1",
        "limit": 12,
        "starts_on": dt.date(2024, 2, 1),
        "ends_on": dt.date(2024, 6, 30),
        "leader": "S1",
        "venue": "ul. Wymyślona 1",
    },
    Participant: {
        "person": "U001",
        "surname": "Wymyślony",
        "first_name": "Adam",
        "pesel": "44051401359",
        "sex": "Mężczyzna",
        "birth_date": dt.date(1944, 5, 14),
        "target_group": "rodziny w kryzysie",
        "education": "średnie",
        "labour_status": "bierny zawodowo",
        "labour_detail": "emeryt",
        "age": 79,
        "degurba": "2",
        "guardian": "nie dotyczy",
        "guardian_consent": "nie dotyczy",
        "phone": "600 000 000",
        "entered_on": dt.date(2024, 2, 5),
        "exited_on": dt.date(2024, 6, 28),
        "completed_path": "TAK",
    },
    Enrolment: {
        "person": "U001",
        "group": "G1",
        "state": "ukończony",
        "requested_on": dt.date(2024, 1, 15),
        "waitlisted_on": dt.date(2024, 1, 15),
        "started_on": dt.date(2024, 2, 5),
        "ended_on": dt.date(2024, 6, 28),
        "reason": "zakończony program",
    },
    Session: {
        "session": "Z001",
        "group": "G1",
        "day": dt.date(2024, 2, 5),
        "starts_at": dt.time(16, 30),
        "ends_at": dt.time(18, 0),
        "leaders": "S1",
        "status": "odbyte",
        "topic": "spotkanie pierwsze",
    },
    Attendance: {
        "session": "Z001",
        "person": "U001",
        "presence": "obecny",
        "arrived_at": dt.time(16, 30),
        "left_at": dt.time(18, 0),
    },
    BudgetLine: {
        "task": "1",
        "line": "1.1",
        "name": "Wynagrodzenie mediatora",
        "cost_kind": "bezpośrednie",
        "planned_gr": 48000.0,
        "starts_on": dt.date(2024, 1, 1),
        "ends_on": dt.date(2025, 12, 31),
    },
    Expense: {
        "document": "FV 1/2024",
        "line": "1.1",
        "issued_on": dt.date(2024, 2, 28),
        "paid_on": dt.date(2024, 3, 5),
        "gross_gr": 2000.0,
        "eligible_gr": 2000.0,
        "eu_gr": 1700.0,
        "state_gr": 160.0,
        "own_gr": 140.0,
        "description": "mediacje w lutym",
    },
    Place: {
        "place": "Sala mediacji",
        "unit": "miejsce szkoleniowe",
        "declared": 12,
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2027, 12, 31),
        "forms": "F1",
        "next_check_on": dt.date(2026, 6, 30),
        "source": "Umowa, par. 9",
    },
    Readiness: {
        "place": "Sala mediacji",
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 3, 31),
        "state": "częściowo",
        "ready": 10,
        "used": 8,
        "reason": "remont",
        "specialist": "S1",
        "evidence": "protokół z przeglądu",
        "confirmed_on": dt.date(2026, 3, 31),
    },
    Enquiry: {
        "enquiry": "N001",
        "asked_on": dt.date(2026, 2, 3),
        "channel": "telefon",
        "place": "Sala mediacji",
        "seat": "3",
        "outcome": "przyjęty",
        "starts_on": dt.date(2026, 2, 10),
        "ends_on": dt.date(2026, 2, 28),
        "reason": "termin na luty",
    },
}
"""For each kind of table what its example row says, in the words and formats that the tab asks for."""


def row(record: type[Record]) -> dict[str, Value]:
    """The example row of a kind of table, its first cell marked: „PRZYKŁAD U001”."""
    first, *_ = record.model_fields
    return {**ROWS[record], first: f"{WORD} {ROWS[record][first]}"}
