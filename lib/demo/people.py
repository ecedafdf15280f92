"""Invented people: who they are, and which stays in groups are theirs."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from lib.cells import PESEL_CENTURIES, PESEL_WEIGHTS, Sex
from lib.demo.facts import Recipe, Row, recipe
from lib.demo.stays import Stay
from lib.dictionaries import Delivery, EnrolmentState

ADULT = 18
"""From what age nobody signs for a person."""


@dataclass(slots=True)
class Person:
    """Somebody with the stays in groups that are theirs."""

    kind: Mapping[str, Any]
    stays: list[Stay]

    @property
    def supported(self) -> bool:
        """Whether the person has come to anything, and is not only waiting."""
        return any(stay.marks for stay in self.stays)


class Names:
    """First names and surnames to invent people from."""

    def __init__(self, rng: Random) -> None:
        self._lists, self._rng = recipe("names"), rng

    def first_name(self, sex: Sex) -> str:
        """A first name of a woman or a man."""
        return str(self._rng.choice(self._lists["women" if sex is Sex.FEMALE else "men"]))

    def surname(self, sex: Sex) -> str:
        """A surname in the form for a woman or a man."""
        surname = str(self._rng.choice(self._lists["surnames"]))
        return surname[:-1] + "a" if sex is Sex.FEMALE and surname.endswith(("ski", "cki")) else surname


def people(recipe: Recipe, stays: list[Stay], rng: Random) -> list[Person]:
    """So many people of each kind as the recipe says, with every stay given to one of them.

    New people come evenly over time; the other stays are of people who have been before. Those
    who only waited are more, beyond the recipe's number.
    """
    found: list[Person] = []
    for kind in recipe["people"]:
        mine = [stay for stay in stays if stay.people == kind["id"]]
        found += _supported(kind, [stay for stay in mine if stay.marks], rng)
        found += [Person(kind, [stay]) for stay in mine if not stay.marks]
    return found


def _supported(kind: Mapping[str, Any], stays: list[Stay], rng: Random) -> list[Person]:
    known: list[Person] = []
    new = kind["persons"]
    for done, stay in enumerate(sorted(stays, key=lambda stay: stay.marks[0].meeting.day)):
        others = [p for p in known if all(mine.group != stay.group for mine in p.stays)]
        # new people are spread evenly over the stays that are left, so all of them have come by the end
        if not others or rng.random() < new / (len(stays) - done):
            new -= 1
            known.append(Person(kind, [stay]))
        else:
            # some come to many things, most to one or two
            others[int(len(others) * rng.random() ** 2)].stays.append(stay)
    if new:
        raise ValueError(f"{kind['id']}: {kind['persons']} people do not fit {len(stays)} stays in groups")
    return known


def rows(recipe: Recipe, persons: list[Person], rng: Random) -> list[Row]:
    """The rows of the tab „Uczestnicy”, in the order of asking; gives every stay its person's number."""
    staying_in = {form["code"] for form in recipe["forms"] if form["delivery"] == Delivery.STAY}
    flats = {group["group"] for group in recipe["groups"] if group["form"] in staying_in}
    names, pesels = Names(rng), set[str]()
    found: list[Row] = []
    for number, person in enumerate(sorted(persons, key=lambda p: p.stays[0].asked_on), start=1):
        code = f"U{number:03}"
        for stay in person.stays:
            stay.person = code
        entered = entered_on(person, flats)
        sex = Sex.FEMALE if rng.random() < person.kind["women"] else Sex.MALE
        birth = _born(person.kind["ages"], entered or person.stays[0].asked_on, rng)
        number_given = pesel(birth, sex, rng)
        while number_given in pesels:
            number_given = pesel(birth, sex, rng)
        pesels.add(number_given)
        states = {stay.state for stay in person.stays}
        age = age_on(birth, entered or person.stays[0].asked_on)
        found.append(
            {
                "person": code,
                "surname": names.surname(sex),
                "first_name": names.first_name(sex),
                "pesel": number_given,
                "sex": sex,
                "birth_date": birth,
                "target_group": person.kind["target_group"],
                "education": rng.choice(person.kind["education"]),
                "labour_status": rng.choice(person.kind["labour_status"]),
                "age": age,
                "degurba": "1",
                "guardian": ("matka", "ojciec")[number % 2] if age < ADULT else None,
                "guardian_consent": "TAK" if age < ADULT else None,
                "phone": f"32 00 00 {rng.randrange(1000):03}",
                "entered_on": entered,
                "exited_on": max(stay.ended_on or dt.date.min for stay in person.stays) if entered else None,
                "completed_path": ("TAK" if states == {EnrolmentState.COMPLETED} else "NIE")
                if entered
                else None,
            }
        )
        found[-1]["labour_detail"] = "ucząca się" if "ucząca" in found[-1]["labour_status"] else "inne"
    return found


def age_on(birth: dt.date, on: dt.date) -> int:
    """The years that somebody has completed on a day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def entered_on(person: Person, flats: set[str]) -> dt.date | None:
    """The day of the first support: a meeting, or moving into a flat; None for who only waited."""
    meetings = [stay.marks[0].meeting.day for stay in person.stays if stay.marks]
    moves = [stay.started_on for stay in person.stays if stay.group in flats and stay.started_on]
    return min(meetings + moves, default=None)


def _born(ages: tuple[int, int], on: dt.date, rng: Random) -> dt.date:
    """A day of birth that gives one of the ages, in completed years, on the day."""
    year = on.year - rng.randint(*ages)
    day = on.replace(year=year, day=min(on.day, calendar.monthrange(year, on.month)[1]))
    return day - dt.timedelta(days=rng.randrange(360))


def pesel(birth: dt.date, sex: Sex, rng: Random) -> str:
    """A PESEL of somebody born on the day; one of many, chosen at random."""
    century = next(number for number, year in PESEL_CENTURIES.items() if year == birth.year // 100 * 100)
    serial = f"{rng.randrange(1000):03}{rng.choice('13579' if sex is Sex.MALE else '02468')}"
    digits = f"{birth.year % 100:02}{birth.month + 20 * century:02}{birth.day:02}{serial}"
    check = -sum(weight * int(digit) for weight, digit in zip(PESEL_WEIGHTS, digits, strict=True)) % 10
    return f"{digits}{check}"


def staff_rows(recipe: Recipe, rng: Random) -> list[Row]:
    """The rows of the tab „Kadra”: the recipe's posts, with invented names."""
    names = Names(rng)
    found: list[Row] = []
    for post in recipe["specialists"]:
        sex = Sex.FEMALE if rng.random() < 0.7 else Sex.MALE
        found.append({**post, "name": f"{names.first_name(sex)} {names.surname(sex)}"})
    return found
