"""Names of people as staff type them: which part is the surname, and who is the same person by name.

Nothing here is ever shown, logged or kept: names are only compared, or hidden.
"""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from lib.cells import key, plain

_FIRST_NAMES = """
Ada Adam Adela Adrian Adrianna Agata Agnieszka Albert Aleksander Aleksandra Alex Alfred Alicja Alina
Alojzy Aloys Amelia Anastazja Andrii Andrzej Aneta Angelika Aniela Anita Anna Antoni Antonina
Apolonia Arkadiusz Artur Barbara Bartosz Bartłomiej Beata Bernadeta Blanka Bogdan Bogumiła Bogusław
Bogusława Borys Bożena Brajan Bronisław Bronisława Bruno Błażej Cecylia Celina Cezary Czesław
Czesława Dagmara Damian Daniel Daniela Danuta Daria Dariusz Dawid Diana Dominik Dominika Dorota
Edward Edyta Elena Eliza Elżbieta Emil Emilia Eryk Eugeniusz Ewa Ewelina Fabian Feliks Filip
Franciszek Franciszka Fryderyk Gabriel Gabriela Genowefa Grażyna Grzegorz Gustaw Halina Hanna Helena
Henryk Henryka Hubert Iga Ignacy Igor Ilona Irena Ireneusz Iryna Iwo Iwona Izabela Izabella Jacek
Jadwiga Jagoda Jakub Jan Janina Janusz Jarosław Jerzy Joachim Joanna Jolanta Judyta Julia Julian
Julita Justyna Józef Józefa Kacper Kaja Kajetan Kalina Kamil Kamila Karol Karolina Katarzyna
Kazimiera Kazimierz Kinga Klara Klaudia Konrad Kornelia Krystian Krystyna Krzysztof Ksawery Laura
Lech Lena Leokadia Leon Leszek Lidia Liliana Lilianna Lucyna Ludwik Maciej Magda Magdalena Maja
Maksymilian Malwina Marcel Marcelina Marcin Marek Maria Marian Marianna Mariola Mariusz Marlena
Marta Martyna Maryla Marzena Mateusz Matylda Małgorzata Melania Michalina Michał Mieczysław Mikołaj
Milena Mirosław Mirosława Miłosz Monika Nadia Natalia Natan Nikodem Nikola Nina Norbert Oksana Olaf
Oleksandr Olena Olga Oliwia Oliwier Oskar Otylia Patrycja Patryk Paulina Paweł Piotr Pola Przemysław
Radosław Rafał Regina Renata Robert Roksana Roman Rozalia Ryszard Róża Sandra Sara Sebastian Sonia
Stanisław Stanisława Stefan Stefania Sylwester Sylwia Szczepan Szymon Sławomir Tadeusz Tamara Teresa
Tetiana Tomasz Tymon Tymoteusz Urszula Wacław Waldemar Walenty Wanda Wawrzyniec Weronika Wiesław
Wiesława Wiktor Wiktoria Wincenty Wioletta Witold Wojciech Władysław Władysława Włodzimierz Zbigniew
Zdzisław Zenon Zofia Zuzanna Zygmunt Łucja Łukasz
"""

FIRST_NAMES = frozenset(map(key, _FIRST_NAMES.split()))
"""First names that are common in Poland: with them one sees which part of a name is the surname."""

MASK = "•••"
"""What stands for a name, or another personal text, that is not to be seen."""

_UPPER = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())
_WORD = rf"[{_UPPER}](?:\.|[^\W\d_]*)"
_CAPITALISED = re.compile(rf"(?<![0-9][ .])(?<!\w){_WORD}(?:[\s,–-]+{_WORD})+(?!\w)")
"""Two words or more, each with a capital letter; not „3 Maja”."""

_TITLES = re.compile(
    r"\b(?:pani|pan|(?-i:p|P(?=\.? +\S+ +\S))|dr|mgr|inż|inz|ks|lic|adw|r\. ?pr)\b\.?+\s*+(?=\S)",
    re.IGNORECASE,
)
"""What stands before a name; „P. Kowalska” is Paulina, „p. Kowalska” a lady."""

_IN_TITLES = frozenset(("pani", "pan", "p", "dr", "mgr", "inz", "ks", "lic", "adw", "r"))
"""The words that titles have, as people are compared; most names have none of them."""

_LETTERS, _ASIDE = re.compile(r"[a-z]+"), re.compile(r"\(.*?\)")
_CODE = re.compile(r"\s*[A-ZŁŚŻĆ]{2,4}\s+[–—-]\s+[A-ZŁŚŻĆ][^\WA-ZŁŚŻĆ\d_]")
"""How the line of a group begins with its code: „RAN – Ranna”."""

_NOT_NAME = re.compile(r"[0-9@/\\_=+*#?!:;<>{}\[\]]")


def person_key(*parts: object) -> str:
    """The text by which people are compared: the words of a name without case and diacritics, sorted.

    „Nowak-Król Anna” and „Anna NOWAK KRÓL” have the same. Empty for a cell that holds no name.
    """
    typed = " ".join([str(part) for part in parts if part is not None])
    words = _LETTERS.findall(key(typed))
    if "(" in typed or not _IN_TITLES.isdisjoint(words):
        bare = _ASIDE.sub(" ", _TITLES.sub("", plain(typed)))
        words = _LETTERS.findall(key(bare))
    return " ".join(sorted(words))


SHORTEST = 4
"""From how many letters a name may differ by one from another and be the same name mistyped."""


def mistyped(one: str, other: str) -> bool:
    """Whether two words of names differ by one letter, or by two that changed places."""
    return min(len(one), len(other)) >= SHORTEST and DamerauLevenshtein.distance(one, other) == 1


def former_key(*parts: object) -> str:
    """The key of the name that a person had before, as in „Wrona (d. Sikora) Magdalena”; empty for none."""
    typed = plain(" ".join([str(part) for part in parts if part is not None]))
    match = _FORMERLY.search(typed) if "(" in typed else None
    if match is None:
        return ""
    others = _ASIDE.sub(" ", typed).split()
    first = [word for word in others if key(word) in FIRST_NAMES] or others[-1:]
    return person_key(match[1], *first)


_FORMERLY = re.compile(
    r"(?i)\((?:d\.|dawn\w*\.?|z d\.|z domu|poprz\w*\.?|wcze[sś]niej|pan\.|przed\w*\.?)\s*([^()]{2,40})\)"
)
"""What stands behind a surname that somebody has changed."""


class People:
    """People of a project by all that staff call them: their names, numbers, surnames with an initial.

    A surname alone is somebody only where it is one person's, among other names in a cell.
    """

    def __init__(self, known: Iterable[tuple[object, object, object]]) -> None:
        """`known` are the number, the surname and the first name of each, None where not known."""
        self._names: set[str] = set()
        self._numbers: dict[str, str] = {}
        initials: dict[str, set[str]] = {}
        surnames: dict[str, set[str]] = {}
        for number, surname, first_name in known:
            who = person_key(surname, first_name)
            if not who:
                continue
            self._names.add(who)
            if number is not None and _OWN_NUMBER.search(plain(number)):
                self._numbers[key(number)] = who
            if surname is not None and first_name is not None:
                of_family = person_key(surname)
                initials.setdefault(person_key(of_family, plain(first_name)[:1]), set()).add(who)
                surnames.setdefault(of_family, set()).add(who)
        self._initials = {short: who.pop() for short, who in initials.items() if len(who) == 1}
        self._surnames = {short: who.pop() for short, who in surnames.items() if len(who) == 1}

    def named_in(self, cells: Iterable[object]) -> set[str]:
        """Those whom cells name, by their names as they are compared."""
        found: set[str] = set()
        for cell in set(cells):
            if isinstance(cell, str) and len(cell) <= _LONG:
                found |= self._in(cell)
        return found

    def _in(self, cell: str) -> set[str]:
        parts = [part for part in _BETWEEN.split(cell) if part.strip()]
        named = set()
        for part in parts:
            said = person_key(part)
            who = said if said in self._names else self._initials.get(said)
            if who is None and len(parts) > 1:
                who = self._surnames.get(said)
            named.add(
                who or next((self._numbers[key(w)] for w in part.split() if key(w) in self._numbers), "")
            )
        return named - {""}


_LONG = 600
"""A longer text is a story, and no list of people."""

_BETWEEN = re.compile(r"[,;\n]|\s+(?:i|oraz)\s+")
"""What stands between people in a cell."""

_OWN_NUMBER = re.compile(r"[^\W\d_].*[0-9]")
"""What the number of a person has that is no ordinal."""


MANY_PEOPLE = 5
"""So many people of the project where nothing is read are a list that is lost."""


def whole(parts: Iterable[object]) -> str:
    """The name of a person from the cells that say its parts; empty for none."""
    return " ".join(plain(part) for part in parts if part is not None)


_BEHIND = re.compile(r"\s*\([^()]{2,25}\)\s*$")
"""What tells people of one name apart, behind it: „(Borki)”, „(1951)”."""


def looks_like_name(value: object) -> bool:
    """Whether a cell may hold the surname and the first name of one person."""
    if not isinstance(value, str) or len(value) > 60:
        return False
    typed = _BEHIND.sub("", _TITLES.sub("", value))
    if _NOT_NAME.search(typed) or _CODE.match(typed):
        return False
    words = plain(typed).replace(",", " ").replace("-", " ").split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and word.replace(".", "").isalpha() for word in words
    )


def without_names(text: str) -> str:
    """A text of a sheet with the names of people in it hidden; „Klub Seniora” holds none.

    A name is two words or more with capital letters, one of them a first name that is common in Poland.
    """
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    hidden = _CAPITALISED.sub(lambda words: MASK if has_first_name(words[0]) else words[0], composed)
    return text if hidden == composed else hidden


def has_first_name(text: str) -> bool:
    """Whether one of the words of a text is a first name that is common in Poland."""
    words = set(re.findall(r"[a-z]+", key(text)))
    if "trzeciego" in words:  # a holiday, and streets
        words.discard("maja")
    return not FIRST_NAMES.isdisjoint(words)


def surname_first(names: Iterable[object]) -> bool | None:
    """Whether a column of whole names writes the surname first; None where the names do not tell."""
    first = last = 0
    for name in names:
        words = [key(word) for word in plain(name).replace(",", " ").split()] if isinstance(name, str) else []
        if len(words) >= 2 and (words[0] in FIRST_NAMES) != (words[-1] in FIRST_NAMES):
            last += words[0] in FIRST_NAMES
            first += words[-1] in FIRST_NAMES
    return None if first == last else first > last


def split(name: object, *, surname_first: bool = True) -> tuple[str | None, str | None]:
    """The surname and the first name in a cell that holds both, None for what is not there.

    A comma always ends the surname („Nowak, Anna Maria”).
    """
    typed = plain(name) if isinstance(name, str) else ""
    if "," in typed:
        surname, _, first = typed.partition(",")
        return surname.strip() or None, first.strip() or None
    words = typed.split()
    if not words:
        return None, None
    if len(words) == 1:
        return words[0], None
    if not surname_first:
        return words[-1], " ".join(words[:-1])
    at = next((i for i, word in enumerate(words) if i and key(word) in FIRST_NAMES), 1)
    return " ".join(words[:at]), " ".join(words[at:])
