"""Slips in cells that no figure is read from: a cell of its own kind among others of that kind."""

from tests.cases.case import Case

PEOPLE = """
    Uczestnicy
    Nr uczestnika | Płeć | Data rozpoczęcia udziału
    U1            | K    | 2022-03-01
    """

APPLICANTS = """
    Kandydaci
    Lp. | PESEL       | wiek | Oświadczenie z dnia | Rozmowa | Dyżur
    1   | 70031400133 | 52   | 28.02.2022          | 16:15   | 8:00-16:00
    2   | 71041500251 | 51   | 1.03.2022           | 9:30    | 12:00-14:00
    3   | 69120100344 | 53   | 2.03.2022           | 10:00   | 22:00-6:00
    4   | 72011700457 | 50   | 3.03.2022           | 10:30   | 7:00-15:00
    5   | 68081900574 | 54   | 4.03.2022           | 11:00   | 8:00-16:00
    """


def _applicants(good: str, bad: str) -> tuple[str, ...]:
    """A list of people who are not in the project, which no table is read from, with one slip in it."""
    assert APPLICANTS.count(good) == 1
    return PEOPLE, APPLICANTS.replace(good, bad)


def _case(code: str, cell: str, good: str, bad: str) -> Case:
    return Case(code, f"Kandydaci!{cell}", (bad, good), _applicants(good, bad))


CASES = (
    _case("unread-day", "D3", "1.03.2022 ", "30.02.2022"),
    _case("unread-pesel", "B4", "69120100344", "69120100345"),
    _case("age-not-born", "C5", "| 50 ", "| 5  "),
    _case("unread-hour", "E2", "16:15", "16:75"),
    _case("hours-reversed", "F3", "12:00-14:00", "14:00-12:00"),
)
