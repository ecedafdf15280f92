"""The typical mistakes that are planted in the example workbooks, so that there is something to find.

Nothing else in the examples is wrong: a test holds the findings to exactly these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lib.demo import slips
from lib.demo.facts import Tables
from sheets.table import column_letters


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: the code of the rule it breaks, what happened, and the function that makes it."""

    code: str
    what: str
    make: Callable[[Tables], slips.Cell]


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake that was made: the rule it breaks, the cell where it is found, and what happened."""

    code: str
    address: str
    what: str


def planted(project: str, tables: Tables) -> list[Planted]:
    """Make the mistakes of a project in its tables, in order, and say where they are."""
    found = []
    for mistake in MISTAKES[project]:
        record, row, field = mistake.make(tables)
        column = list(record.model_fields).index(field)
        # row 1 of a tab is its header
        address = f"{record.tab}!{column_letters(column)}{row + 2}"
        found.append(Planted(mistake.code, address, mistake.what))
    return found


MISTAKES: Mapping[str, tuple[Mistake, ...]] = {
    "miasto-rodziny": (
        Mistake("pesel-checksum", "dwie ostatnie cyfry PESEL przestawione", slips.pesel_checksum),
        Mistake("pesel-sex", "płeć wpisana odwrotnie", slips.pesel_sex),
        Mistake("same-pesel", "osoba, która zgłosiła się znowu, dostała drugi numer", slips.same_pesel),
        Mistake("group-over-limit", "limit grupy mniejszy niż liczba przyjętych", slips.group_over_limit),
        Mistake("session-still-planned", "minione zajęcia niezamknięte", slips.still_planned),
        Mistake(
            "specialist-double-booked", "ten sam prowadzący na dwóch zajęciach naraz", slips.double_booked
        ),
        Mistake(
            "attendance-cancelled-session", "obecność na odwołanych zajęciach", slips.on_cancelled_session
        ),
        Mistake("unknown-person", "litera O zamiast zera w numerze uczestnika", slips.mistyped_person),
        Mistake(
            "ambiguous-day", "data z ukośnikami, dzień i miesiąc nie do rozróżnienia", slips.american_day
        ),
        Mistake("not-money", "litera o zamiast zera w kwocie", slips.letter_in_amount),
        Mistake("expense-outside-period", "faktura zapłacona po końcu projektu", slips.paid_too_late),
        Mistake("source-parts-not-sum", "wkład własny mniejszy niż kwota noty", slips.parts_not_sum),
        Mistake("places-below-commitment", "przerwa w szkoleniu kandydatów, z powodem", slips.places_short),
        Mistake("evidence-old", "gotowość dawno niepotwierdzona", slips.not_confirmed),
        Mistake("readiness-overlap", "poprzedni wpis gotowości niezamknięty", slips.row_not_closed),
        Mistake("refused-while-ready", "odmowa, choć specjalista był wolny", slips.refused_although_ready),
    ),
    "gagarina-116": (
        Mistake("impossible-day", "urodziny 31 listopada", slips.impossible_birth),
        Mistake(
            "entry-not-first-session",
            "data deklaracji zamiast pierwszych zajęć",
            slips.entry_before_first_session,
        ),
        Mistake("exit-before-entry", "zły rok w dacie wyjścia", slips.exit_before_entry),
        Mistake("session-end-before-start", "9:00 zamiast 19:00", slips.end_before_start),
        Mistake("children-per-educator", "wpisany tylko jeden wychowawca na dyżurze", slips.one_educator),
        Mistake("attendance-twice", "obecność wpisana drugi raz", slips.marked_twice),
        Mistake("not-in-dictionary", "„wycieczka” zamiast „obecny”", slips.word_of_ones_own),
        Mistake("not-a-time", "godzina bez zera na końcu: 14.3", slips.time_without_its_zero),
    ),
}
