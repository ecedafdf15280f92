"""What a header says: how like it is to the names of the fields of a record.

Staff shorten, inflect, break and mistype the words of a header, put units in brackets and spell
without diacritics. Likeness is from 0 (nothing in common) to 1 (the proper header).
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from lib.cells import key
from lib.records import RECORDS, Record, extra
from sheets.table import Value

ALIKE = 0.62
"""From this likeness on a header may mean a field; below it, it is taken to mean something else."""

SHORT: dict[str, str] = {
    "dt": "data", "dat": "data", "nr": "numer", "num": "numer", "no": "numer", "nazw": "nazwisko",
    "im": "imie", "ur": "urodzenia", "urodz": "urodzenia", "tel": "telefon", "kom": "komorka",
    "il": "liczba", "ilosc": "liczba", "licz": "liczba", "l": "liczba", "kw": "kwota", "os": "osob",
    "ucz": "uczestnika", "uczest": "uczestnika", "godz": "godzina", "g": "godzina", "rozp": "rozpoczecia",
    "zak": "zakonczenia", "zakon": "zakonczenia", "proj": "projektu", "wsp": "wsparcia", "gr": "grupa",
    "f": "forma", "kwalif": "kwalifikowalna", "kwalifik": "kwalifikowalna", "kwalifikowana": "kwalifikowalna",
    "dok": "dokumentu", "dokum": "dokumentu", "fra": "faktura", "fv": "faktura", "poz": "pozycja",
    "zad": "zadanie", "zapl": "zaplaty", "platn": "platnosci", "wyst": "wystawienia", "st": "status",
    "m": "miejsc", "max": "maksymalna", "maks": "maksymalna", "lim": "limit", "prow": "prowadzacy",
    "spec": "specjalista",
    "id": "identyfikator", "ew": "ewidencyjny", "ewid": "ewidencyjny", "obec": "obecnosc",
    "zgl": "zgloszenia", "przyst": "przystapienia",
    "wykszt": "wyksztalcenie", "bud": "budzetu", "plan": "planowana", "zaplan": "planowana",
    "dofin": "dofinansowanie", "wl": "wlasny", "ww": "wklad wlasny", "bp": "budzet panstwa",
    "kat": "kategoria", "up": "uczestnika projektu", "pow": "powod",
    "potw": "potwierdzenia", "kontakt": "kontaktowy",
}  # fmt: skip
"""Short forms that are no beginning of the word, or the beginning of several."""

FILLERS = frozenset(
    [
        "w",
        "we",
        "z",
        "ze",
        "i",
        "na",
        "o",
        "u",
        "dla",
        "oraz",
        "lub",
        "przez",
        "wg",
        "pl",
        "zl",
        "pln",
        "szt",
        "projektu",
        "projekcie",
        "osoby",
        "danej",
        "wpisz",
        "prosze",
        "uczestnika",
        "uczestniczki",
        "uczestnikow",
    ]
)
"""Words that add little to what a header says."""


NEUTRAL = FILLERS - frozenset(["uczestnika", "uczestniczki", "uczestnikow", "osoby"])
"""Words that change nothing about a header that is a single general word."""

GENERIC = frozenset(
    [
        "od",
        "do",
        "dn",
        "data",
        "dzien",
        "numer",
        "nazwa",
        "kod",
        "identyfikator",
        "status",
        "stan",
        "opis",
        "kwota",
        "rodzaj",
        "typ",
        "termin",
        "okres",
        "start",
        "koniec",
        "poczatek",
        "symbol",
        "liczba",
        "forma",
        "grupa",
        "plan",
        "wartosc",
        "suma",
        "razem",
        "ogolem",
        "kontakt",
        "adres",
        "podstawa",
        "wynik",
        "miejsce",
        "umowa",
        "udzial",
        "godzina",
        "czas",
        "uwagi",
        "oznaczenie",
    ]
)
"""Words that say nothing by themselves beside another word: „Od” is not „Umowa od”."""


class Together(BaseModel):
    """A column that people keep instead of some fields; see `headers.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    how: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]


class _Spoken(BaseModel):
    model_config = ConfigDict(extra="forbid")
    tabs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    together: tuple[Together, ...] = ()


def _read() -> dict[type[Record], _Spoken]:
    spoken = tomllib.loads(Path(__file__).with_name("headers.toml").read_text(encoding="utf-8"))
    return {record: _Spoken.model_validate(spoken.get(record.__name__, {})) for record in RECORDS}


SPOKEN = _read()
"""How staff call the tabs and columns of each kind of table, beyond what its record says itself."""


def header_key(header: Value) -> str:
    """The text by which headers are compared: without case, diacritics, punctuation and brackets."""
    text = key(header if header is not None else "")
    if "- " in text:
        text = _OVER_TWO_LINES.sub("", text)
    if "(" in text or "[" in text:
        text = _IN_BRACKETS.sub(" ", text)
    said = _NO_WORD.sub(" ", text).strip()
    return _ORDINAL.sub("lp", said) if "l p" in said else said


_OVER_TWO_LINES = re.compile(r"(?<=\w)- (?=[^\W\d_])")
"""What parts a word that goes on in the next line."""

_IN_BRACKETS, _NO_WORD = re.compile(r"\(.*?\)|\[.*?\]"), re.compile(r"[^a-z0-9/]+")
_ORDINAL = re.compile(r"\bl p\b")
"""What is left of „L.p.”."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A header that means something: what, how good a name for it (0 the proper header), its words."""

    meaning: str
    rank: int
    text: str
    words: tuple[str, ...]


OTHER = "-"
"""The meaning of a header that is no field of the record."""


@cache
def phrases(record: type[Record]) -> tuple[Phrase, ...]:
    """Every header that is known in a table of this kind.

    Meanings are the names of fields, "~" and how for what is kept together, OTHER for what is none.
    """
    spoken = SPOKEN[record]
    found: dict[str, Phrase] = {}

    def add(meaning: str, rank: int, header: str) -> None:
        text = header_key(header)
        if text not in found or rank < found[text].rank:
            found[text] = Phrase(meaning, rank, text, words(text))

    for name, field in record.model_fields.items():
        own = (field.title or "", *extra(field, "synonyms"))
        for rank, header in enumerate((*own, *spoken.fields.get(name, ()))):
            add(name, rank, header)
    for together in spoken.together:
        for rank, header in enumerate(together.headers, start=1):
            add(f"~{together.how}", rank, header)
    for header in spoken.others:
        add(OTHER, 99, header)
    return tuple(found.values())


@cache
def _by_text(record: type[Record]) -> dict[str, Phrase]:
    return {phrase.text: phrase for phrase in phrases(record)}


@cache
def _by_beginning(record: type[Record]) -> dict[str, tuple[int, ...]]:
    """The places of the phrases that have a word of a beginning."""
    found: dict[str, list[int]] = {}
    for at, phrase in enumerate(phrases(record)):
        for beginning in {word[:2] for word in phrase.words}:
            found.setdefault(beginning, []).append(at)
    return {beginning: tuple(places) for beginning, places in found.items()}


def _near(record: type[Record], typed: Sequence[str]) -> list[Phrase]:
    """The phrases that share the beginning of some word with a header: all others are unlike it."""
    known, all_ = _by_beginning(record), phrases(record)
    return [all_[at] for at in sorted({at for word in typed for at in known.get(word[:2], ())})]


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a header key, short forms in full, and those who take part called alike."""
    return tuple(
        "uczestnika" if _WHO_TAKES_PART.match(word) else word
        for part in re.split(r"[ /]+", text)
        if part
        for word in SHORT.get(part, part).split(" ")
    )


_WHO_TAKES_PART = re.compile("podopiecz|beneficj|klient|wychowank|czlonk|uczestnicz")
"""How words begin that offices say for one who takes part."""


@lru_cache(maxsize=20_000)
def restated(header: str) -> str:
    """What a header that asks or explains would be as a name; empty for one that does neither.

    „Od kiedy osoba chodzi na zajęcia” is „od”, „Nazwa grupy, do której osoba jest zapisana” is „nazwa grupy”.
    """
    text = header_key(header)
    said = text
    for pattern, name in _ASKED:
        said, changed = re.subn(pattern, name, said, count=1)
        if changed:
            break
    said = _EXPLAINED.sub("", said).strip()
    return said if said and said != text else ""


_ASKED = (
    (r"^(?:dzien|data|dnia) (?:w|od|do|z) ktor\w+ (?:osoba )?", "data "),
    (r"^od kiedy(?: \S+){4,}$", "od"),
    (r"^do kiedy(?: \S+){4,}$", "do"),
    (r"^kiedy (?:osob\w+ |zostal\w* |jest )?", "data "),
    (r"^(?:ile|ilu)(?: jest| mamy)? ", "liczba "),
    (r"^kto (?:prowadzi|poprowadzi|odpowiada)\w*\b.*", "prowadzacy"),
    (r"^gdzie(?: \S+){2,}$", "miejsce zajec"),
    (r"^(?:dlaczego|czemu|z jakiego powodu)\b.*", "powod"),
    (r"^(?:co (?:sie |z |dalej)|jak (?:sie )?(?:skoncz|zakoncz))\w*.*", "status"),
)
"""What headers ask, and what the answers to that are called."""

_EXPLAINED = re.compile(
    r"(?: (?:w|we|do|na|z|od|o|dla|przez|u|po|za))?"
    r" (?:ktor(?:y|a|e|ej|ego|ym|ych|ymi|zy)|gdzie|gdy|jesli|jezeli)\b.*"
)
"""How the clause begins that explains a header."""


def same_word(typed: str, known: str) -> float:
    """How surely one word of a header is another, in whatever form."""
    if typed == known:
        return 1.0
    shorter, longer = sorted((typed, known), key=len)
    common = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), len(shorter))
    forms = common >= (len(longer) - 1 if len(longer) <= 5 else max(4, len(longer) - 2)) and common >= 3
    long_forms = common >= 6 and common >= len(longer) - 5
    if forms or long_forms or (common == len(shorter) >= 3 and typed == shorter):
        return 0.92
    if len(shorter) >= 5 and fuzz.ratio(typed, known) >= 83:
        return 0.85
    return 0.0


def _weight(word: str) -> float:
    return 0.25 if word in FILLERS else 1.0


def _alike(typed: Sequence[str], known: Sequence[str]) -> float:
    """How like two headers are by their words: those of the known one must nearly all be there."""
    if not typed or not known:
        return 0.0
    weigh = _weight if not GENERIC.union(FILLERS).issuperset(known) else lambda word: 1.0
    there = sum(weigh(k) * max(same_word(t, k) for t in typed) for k in known) / sum(map(weigh, known))
    if there < 0.7:
        return 0.0
    if GENERIC.issuperset(known) and not GENERIC.union(NEUTRAL, known).issuperset(typed):
        return 0.0
    here = sum(_weight(t) * max(same_word(t, k) for k in known) for t in typed) / sum(map(_weight, typed))
    return 0.94 * (0.55 * there + 0.45 * here)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a header is to one meaning: its likeness (0 to 1) and the known header it is like."""

    meaning: str
    share: float
    like: str


@lru_cache(maxsize=20_000)
def likenesses(record: type[Record], header: str) -> tuple[Likeness, ...]:
    """What a header may mean in a table of this kind, the likeliest first; empty for an unknown one.

    `header` is as typed.
    """
    best: dict[str, Likeness] = {}
    for text in dict.fromkeys((header_key(header), header_key(re.sub(r"[()\[\]]", " ", header)))):
        if not text or len(text) > 80:
            continue
        exact = _by_text(record).get(text)
        typed = words(text)
        for phrase in _near(record, typed):
            if exact is phrase:
                share = 1.0 - phrase.rank % 99 * 0.001
            else:
                share = _alike(typed, phrase.words) - (0.03 if exact is not None else 0.0)
            if share >= ALIKE and share > best.get(phrase.meaning, _NOTHING).share:
                best[phrase.meaning] = Likeness(phrase.meaning, share, phrase.text)
    if named := restated(header):
        for one in likenesses(record, named):
            share = one.share * RESTATED
            if share >= ALIKE and share > best.get(one.meaning, _NOTHING).share:
                best[one.meaning] = Likeness(one.meaning, share, one.like)
    said = " ".join(words(header_key(header)))
    if _WHOLE_NAME.search(said):  # „Nazwisko i imię rodzica” is neither of the two
        best = {
            meaning: one
            for meaning, one in best.items()
            if meaning.strip("~") not in ("surname", "first_name")
        }
    for meaning, stems in SPOKEN[record].stems.items():
        stem = next((s for s in stems if _has_stem(said, s)), None)
        if stem is not None and best.get(meaning, _NOTHING).share < STEM:
            best[meaning] = Likeness(meaning, STEM, stem)
    return tuple(sorted(best.values(), key=lambda likeness: -likeness.share))


def likeliest(record: type[Record], header: str, least: float = 0.0) -> str:
    """The likeliest meaning of a header in a table of this kind; empty for none that is `least` alike."""
    return next((one.meaning for one in likenesses(record, header)[:1] if one.share >= least), "")


def column_meaning(
    record: type[Record], meaning: str, header: Iterable[str], first: int = 0, least: float = 0.0
) -> int | None:
    """The first column, from the `first` on, whose header most likely means that; None for none."""
    return next(
        (
            column
            for column, text in enumerate(header)
            if column >= first and likeliest(record, text, least) == meaning
        ),
        None,
    )


_WHOLE_NAME = re.compile(r"nazwisk.*\bimi|\bimi.*nazwisk")
"""What the header of a column of whole names says."""


def _has_stem(text: str, stem: str) -> bool:
    """Whether a word of a header begins with a stem; a stem that ends with a dot is a whole word."""
    if stem.endswith("."):
        return stem[:-1] in text.split()
    return any(word.startswith(stem) for word in text.split())


STEM = 0.64
"""How likely a header means a field of which it says a word: enough where the cells below agree."""


RESTATED = 0.94
"""How surely a header that asks or explains means what its name would."""

_NOTHING = Likeness("", 0.0, "")


@cache
def known_texts() -> frozenset[str]:
    """The keys of all headers of all records: what a header deep in a tab is found by."""
    return frozenset(
        phrase.text for record in RECORDS for phrase in phrases(record) if phrase.meaning != OTHER
    )


@cache
def _titles(record: type[Record]) -> frozenset[str]:
    """The keys of all the titles that name a kind of table."""
    return frozenset(map(header_key, (record.tab, *record.tab_synonyms, *SPOKEN[record].tabs)))


@lru_cache(maxsize=2_000)
def titled(record: type[Record], title: str) -> float:
    """How surely a title („Uczestnicy 2022”, „3. Lista uczestn.”) names a kind of table, from 0 to 1."""
    typed = re.sub(r"\b[0-9ivx]+\b", " ", header_key(title))
    typed = re.sub(r"\s+", " ", typed).strip()
    known = _titles(record)
    if typed in known:
        return 1.0
    return max((0.9 * _alike(words(typed), words(name)) for name in known), default=0.0)
