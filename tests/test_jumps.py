"""How the number of rows changes from day to day."""

import datetime as dt

from lib import jumps
from lib.records import Participant
from lib.register import Readings, read_tabs
from tests.conftest import sheet

MONDAY, TUESDAY = dt.date(2022, 3, 7), dt.date(2022, 3, 8)


def persons(count: int) -> Readings:
    """A list of so many persons."""
    rows = "\n".join(f"U{n} | K" for n in range(count))
    return read_tabs(sheet(f"Uczestnicy\nNr uczestnika | Płeć\n{rows}"))


def test_a_reading_is_compared_with_the_last_one_of_an_earlier_day():
    first = jumps.counted(persons(40), MONDAY, None)
    assert first.before[Participant] == 40
    second = jumps.counted(persons(50), MONDAY, first)
    assert second.before[Participant] == 40
    third = jumps.counted(persons(90), TUESDAY, second)
    assert third.before[Participant] == 50
    assert jumps.counted(persons(91), TUESDAY, third).before[Participant] == 50


def test_a_jump_is_a_large_share_and_a_large_number():
    def found(before: int, now: int) -> list[str]:
        counts = jumps.counted(persons(before), MONDAY, None)
        return [finding.address for finding in jumps.jumped(persons(now), counts.before)]

    assert found(100, 70) == found(100, 130) == ["Uczestnicy"]
    assert found(100, 71) == found(10, 29) == found(100, 100) == found(0, 100) == []
