"""Numbers of people whom the spreadsheet gives none: they tell nothing of them, and stay theirs.

A number is a keyed digest of what a person is known by: of the PESEL, else of the name and the day of
birth, else of the name. Without the key nobody can find out whether somebody is in a project by making
their number, nor try all PESELs until one gives a number that was seen.

It was given when the person was first seen and stays when a cell about them is corrected. For that it is
known what each number was given for, in keyed digests too. Who is one person is never decided here, so
no figure depends on a key or on what is known.
"""

import datetime as dt
import hmac
from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

FIXED_KEY = b"Ostoja: a number made without a data folder"
"""The key where there is no data folder, as for a workbook checked by itself: known to all.

So two readings of one workbook say the same, wherever they are made. Whoever gets such output can check
in it who is there, so it is to be kept like the workbook.
"""

KEPT = dt.timedelta(days=400)
"""How long it is known who had a number, after the person is on no list any more."""

LENGTH = 10
"""How many digits a number has; a digest that another number begins with too is made anew."""


class Someone(NamedTuple):
    """What tells a person, empty where not known; `born` is the name with the day of birth."""

    pesel: str = ""
    born: str = ""
    name: str = ""

    @property
    def known_by(self) -> str:
        """What rows about one person have in common; empty for nobody."""
        if self.pesel:
            return f"pesel {self.pesel}"
        return self.born or self.name


class Known(NamedTuple):
    """The same as keyed digests, and since when the person is on no list."""

    pesel: str = ""
    born: str = ""
    name: str = ""
    gone_on: dt.date | None = None


WHOLE = ("pesel", "born", "name")
TELLING = (WHOLE, ("pesel", "name"), ("born",), ("pesel",))
"""What a person is told by, the surest first; the name alone comes after all of them."""


class Numbers:
    """The numbers of one reading of a project.

    `key` is asked for only when somebody needs a number. `known` says, by their numbers, what people
    were known by after the last reading, and `given` what those of this one are.
    """

    def __init__(
        self, key: Callable[[], bytes] = lambda: FIXED_KEY, known: Mapping[str, Known] | None = None
    ) -> None:
        self._key, self.known = key, known or {}
        self.given: dict[str, Known] = {}

    def of(self, people: Iterable[Someone]) -> dict[str, str]:
        """The numbers of all the people of the project, by what they are known by; no two have the same."""
        first: dict[str, Someone] = {}
        for one in people:
            first.setdefault(one.known_by, one)
        digests = {who: self._known(one) for who, one in first.items()}
        numbers = recognised(digests, self.known)
        taken = {*self.known, *numbers.values()}
        for who in digests:
            if who not in numbers:
                numbers[who] = self._new(digests[who], taken)
                taken.add(numbers[who])
        self.given = {numbers[who]: known for who, known in digests.items()}
        return numbers

    def of_name(self, name: str) -> str:
        """The number of somebody who is no participant, and known by the name alone."""
        return _number(self._digest(f"other {name}"))

    def after(self, day: dt.date) -> dict[str, Known]:
        """What is to be known after this reading, made on that day."""
        others = {number: one for number, one in self.known.items() if number not in self.given}
        gone = {number: one._replace(gone_on=one.gone_on or day) for number, one in others.items()}
        kept = {number: one for number, one in gone.items() if one.gone_on and day - one.gone_on <= KEPT}
        return self.given | kept

    def _known(self, one: Someone) -> Known:
        return Known(
            self._digest(f"pesel {one.pesel}") if one.pesel else "",
            self._digest(f"born {one.born}") if one.born else "",
            self._digest(f"name {one.name}") if one.name else "",
        )

    def _new(self, one: Known, taken: Container[str]) -> str:
        """A number that nobody has."""
        digest = one.pesel or one.born or one.name
        while (number := _number(digest)) in taken:
            digest = self._digest(f"again {digest}")
        return number

    @cached_property
    def _keyed(self) -> hmac.HMAC:
        return hmac.new(self._key(), digestmod="sha256")

    def _digest(self, text: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()[:32]


def _number(digest: str) -> str:
    return f"os-{digest[:LENGTH]}"


def recognised(people: Mapping[str, Known], known: Mapping[str, Known]) -> dict[str, str]:
    """Whose numbers are known: for each of these people the number that they had; others are left out.

    Told are only those whom nobody else can be. By the name alone those who were on a list at the last
    reading, unless both the PESEL and the day of birth say that it is somebody else.
    """
    found: dict[str, str] = {}
    free = dict(known)

    def tell(who: str, number: str) -> None:
        found[who] = number
        del free[number]

    for telling in TELLING:
        for gone in (False, True):
            pool = {number: one for number, one in free.items() if (one.gone_on is not None) == gone}
            left = {who: one for who, one in people.items() if who not in found} if pool else {}
            had = _single({number: _mark(one, telling) for number, one in pool.items()})
            for mark, who in _single({who: _mark(one, telling) for who, one in left.items()}).items():
                if mark in had:
                    tell(who, had[mark])
    here = _single({number: one.name for number, one in known.items() if one.gone_on is None})
    for name, who in _single({who: one.name for who, one in people.items()}).items():
        number = here.get(name, "")
        if number in free and who not in found and not all((*people[who][:2], *known[number][:2])):
            tell(who, number)
    return found


def _mark(one: Known, telling: tuple[str, ...]) -> Hashable:
    """What a person is told by; None where a part of it is not known."""
    parts = tuple(getattr(one, part) for part in telling)
    return parts if telling is WHOLE or all(parts) else None


T = TypeVar("T", bound=Hashable)


def _single(marks: Mapping[str, T]) -> dict[T, str]:
    """For each mark the one who has it, without blanks and those that several have."""
    owners: dict[T, str] = {}
    several = set()
    for owner, mark in marks.items():
        if mark and owners.setdefault(mark, owner) != owner:
            several.add(mark)
    return {mark: owner for mark, owner in owners.items() if mark not in several}
