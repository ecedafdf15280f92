"""Marks of attendance: what they mean, by the legend on the tab or by habit."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import StrEnum
from itertools import pairwise
from typing import Literal, TypeAlias

from lib.blocks import BLANKS, plain_text, rows_of, rows_with
from lib.cells import key
from lib.dictionaries import Presence, SessionStatus
from lib.recognition.days import Days
from lib.recognition.habits import MARKS, mark_of
from sheets.table import Table, Value

NO_RECORD = ""
"""The mark of somebody who was not expected that day."""

NOTHING = frozenset({NO_RECORD, SessionStatus.CANCELLED.value, None})
"""What a mark means that says nothing of a person."""


CANCELLED = re.compile(
    r"\s*(?:zaj[ęe]cia\s+)?(?:odw|nie (?:si[ęe] )?odby|święto|dzień wolny|ferie|wolne)", re.IGNORECASE
)
"""What stands in a column of a session that did not take place."""


def says_what_became(value: Value) -> bool:
    """Whether a cell says in words that a meeting took place, or that it did not."""
    return isinstance(value, str) and _BECAME.match(value) is not None


def says_status(value: Value) -> bool:
    """Whether a cell says that a meeting took place, that it did not, or that it is to come."""
    return says_what_became(value) or (
        isinstance(value, str) and (CANCELLED.match(value) or TO_BE_HELD.search(value)) is not None
    )


def says_of_visit(value: Value) -> bool:
    """Whether a cell says what became of a visit: „odbyte”, „umówione”, „nie przyszła”."""
    return says_status(value) or (isinstance(value, str) and _CAME.match(key(value)) is not None)


_CAME = re.compile("nie przysz|umow|przeloz|nieobec|nie zglos|nie stawi|rezygn")
"""How what became of a visit begins, beside whether it took place."""

_BECAME = re.compile(r"\s*(?:nie\s+)?(?:odby[łlt]|odb\.?\s*$|zrealiz|odwo[łl]a)", re.IGNORECASE)
"""How such words begin."""

CALLED_OFF = re.compile(r"\bodw(?:\b|o[łl])|nie odby[łl]", re.IGNORECASE)
"""What a row says of a session that did not take place."""


TO_BE_HELD = re.compile(r"\b(?:za)?planowan|\bzaplan\.|(?:^|[0-9.]\s)[\s(–-]*plan\.?\)?\s*$", re.IGNORECASE)
"""What a row says of a session that is to come."""


def called_off(table: Table, columns: Iterable[int] | None = None) -> set[int]:
    """The rows in which a text says that a session did not take place."""
    return rows_with(table, _OFF, CALLED_OFF.search, columns)


def to_come(table: Table, columns: Iterable[int] | None = None) -> set[int]:
    """The rows in which a text says that a session is to come."""
    return rows_with(table, _PLAN, TO_BE_HELD.search, columns)


_OFF, _PLAN = re.compile("odw|nie odby"), re.compile("plan")
"""What such texts have in them."""


_LEGEND = re.compile(
    r"(?<![\w/])(?P<mark>„?[^\s,;:=–—(]{1,4}”?|puste(?: pole| kratka| miejsce)?|brak (?:znaku|wpisu)|[-–—])"
    r"(?:\s+w (?:całej )?(?:kolumnie|kratce|rubryce))?\s*(?:[-–—=:]|to)\s*"
    r"(?P<word>(?:nie\s*|(?:zaj\w+|spotk\w+) (?:się )?(?:nie )?)?"
    r"(?:odby[łl]|obecn|ob\.|nb\.|zap\.|uspr|spóźn|spozn|dotyczy|był|byl|zapis|chor|odwo|uczestn|nieobecn"
    r"|nieuspr|jest w|jest(?=\s*(?:[,;|\n]|\s{2}|$))|(?<=nie )ma\b|chodzi|należ|w grup|poza |w tym dniu "
    r"|wtedy nie )[^,;\n|]*?(?:, ale\b[^,;\n|]*?)?)"
    r"(?=\s{2,}|\s/\s|[,;\n|]|\s+\S{1,4}\s*[-–—=]\s|$)",
    re.IGNORECASE,
)

_PLAIN_LEGEND = re.compile(
    r"(?:^|(?<=\s))(?P<mark>[+/*✓xvVX]|(?<![^\s,;]\s)[–-]|[^\W\d_])\s+"
    r"(?P<word>(?:nie\s*|zaj\w+ |spotk\w+ )?"
    r"(?:obecn|uspraw|nieuspraw|by[łl]|dotyczy|zapis|poza |odwo)[^,;\n|]*?)"
    r"(?=\s{2,}|[,;\n|]|$)",
    re.IGNORECASE,
)
"""A legend without signs between a mark and its meaning: „+ obecny   / nieobecny”."""


_WORDS = re.compile(
    r"obecn|uspraw|spóźn|spozn|dotyczy|był|byl|zapis|chor|chodz|odwo|odby[łl]|uczestn|grup|nale[żz]|wtedy nie"
    r"|poza|\bjest\b"
    r"|\b[on]b\.|\bzap\."
)
"""What a legend says somewhere."""

_EMPTY = re.compile(r"\s*puste\b.*(?:nie (?:by[lł]|nale[zż])|wtedy nie|poza) ?.*grup", re.IGNORECASE)
"""A legend of empty cells in words of its own."""

_BESIDE = re.compile(
    r"\s*[-–=]?\s*(?:(?:nie)?(?:obecn|uspraw)|sp[oó][zź]ni|(?:zajęcia |spotkanie )?odwo"
    r"|osoba .{0,20}nie by[łl]|nie nale[żz]|nieob\b)",
    re.IGNORECASE,
)
"""How a cell to the right of a mark begins that says what the mark means."""


class Unknown(StrEnum):
    """What a mark means that a legend explains in words nobody knows here: no longer what it is by habit.

    Its value is in no dictionary, so every such mark is a finding.
    """

    UNKNOWN = "?"


UNKNOWN = Unknown.UNKNOWN

Meaning: TypeAlias = Presence | Literal[SessionStatus.CANCELLED] | Unknown | None
"""What a mark means: whether somebody was there, that there was no session, or nothing of a person."""

Legend: TypeAlias = Mapping[str, Meaning]
"""What marks mean."""


def legend_of(table: Table) -> dict[str, Meaning]:
    """What a legend on the tab says of the marks."""
    if _WORDS.search(table.said) is None:
        return {}
    texts = table.texts
    telling = [text for text in texts if _WORDS.search(text.lower())]
    said_by = {text: _said(text) for text in telling if 5 <= len(text) <= 300}
    legends: dict[Value, Legend] = {text: said for text, said in said_by.items() if said}
    meanings: dict[Value, Meaning] = {text: word_of(text) for text in telling if _BESIDE.match(text)}
    marks: set[Value] = {text for text in texts if len(text) <= 4} if meanings else set()
    if meanings:
        marks |= {value for cells in table.columns for value in set(cells) if _is_code(value)}
    found = _named_beside(table, frozenset(telling))
    nothing = [None] * len(table)
    for cells, beside in zip(table.columns, (*table.columns[1:], nothing), strict=True):
        said = {row: legends[cells[row]] for row in rows_of(cells, legends)}
        for row in rows_of(cells, marks):
            if beside[row] not in meanings:
                continue
            off = meanings[beside[row]] is SessionStatus.CANCELLED
            full = sum(column[row] is not None for column in table.columns)
            if full <= (3 if off else 5) and not (off and isinstance(cells[row], str)):  # more are a list
                said[row] = {key(cells[row]).rstrip("-= ") or "-": meanings[beside[row]]}
        for row in sorted(said):
            found = {**said[row], **found}
    return found


def _named_beside(table: Table, telling: Set[Value]) -> dict[str, Meaning]:
    """What texts say of marks that the cell before names: „+ / – | był / nie było”, „puste pole”."""
    found: dict[str, Meaning] = {}
    for marks, words in pairwise(table.columns) if telling else ():
        naming = {v for v in set(marks) if isinstance(v, str) and ("/" in v or _BLANK.match(plain_text(v)))}
        for row in rows_of(marks, naming):
            if words[row] not in telling:
                continue
            named, said = plain_text(marks[row]), plain_text(words[row])
            if _BLANK.match(named):
                found.setdefault("", word_of(said))
            one = [key(mark) for mark in named.split("/")]
            meant = [word_of(word) for word in re.sub(r"^[^:/]*:", "", said).split("/")]
            if len(one) == len(meant) > 1 and max(map(len, one)) <= 4 and UNKNOWN not in meant:
                found |= dict(zip(one, meant, strict=True))
    return found


_BLANK = re.compile(r"(?i)puste (?:pole|miejsce|kratk[ai]|okienko)\b.{0,20}$")
"""What names a cell without a mark."""


def _is_code(value: Value) -> bool:
    """Whether a cell holds a number that may be a mark."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 100


def legend_of_all(tables: Iterable[Table]) -> dict[str, Meaning]:
    """What the legends on all tabs say of marks, for lists on tabs without one; nothing where they differ."""
    said: dict[str, set[Meaning]] = {}
    for table in tables:
        for mark, word in legend_of(table).items():
            said.setdefault(mark, set()).add(word)
    return {mark: words.pop() for mark, words in said.items() if len(words) == 1}


def _said(legend: str) -> dict[str, Meaning]:
    """What one cell says of marks."""
    found: dict[str, Meaning] = {"": None} if _EMPTY.match(legend) else {}
    legend = _CALLED.sub(r"\g<mark>", legend)
    legend = re.sub('["„”]', "", legend)
    for either in _EITHER.finditer(legend):
        if word_of(either["word"]) is SessionStatus.CANCELLED:  # two marks for presence are for both of it
            found |= dict.fromkeys((key(either["one"]), key(either["other"])), SessionStatus.CANCELLED)
    if len(_DOT.findall(legend)) >= 2:  # a dot between marks, and no mark
        legend = _DOT.sub("\n", legend)
    for match in (*_LEGEND.finditer(legend), *_PLAIN_LEGEND.finditer(legend)):
        mark = key(match["mark"].strip("„”\"'"))
        if mark in _PREPOSITIONS and match["word"].lower().startswith("zapis"):
            continue  # „z zapisami od X 2024”
        found.setdefault("" if mark.startswith(("puste", "brak")) else mark, word_of(match["word"]))
    if len(found) > 1:
        for part in re.split(r"[,;|\n]|\s{2,}|\s/\s", legend):
            said = _EXPLAINED.fullmatch(part)
            if said is not None:
                found.setdefault(key(said["mark"]), word_of(said["word"]))
    return found


_EXPLAINED = re.compile(
    r"\s*(?P<mark>[^\s,;:=–—(]{1,4})\s*(?:[=:–—]|\s-)\s*(?P<word>[^\W\d_][^:=]*)", re.IGNORECASE
)
"""A part of a legend that explains a mark, in whatever words."""


_PREPOSITIONS = frozenset("aiouwz")
"""Words of one letter."""

_CALLED = re.compile(r"(?P<mark>[–+/*-])\s*\((?:kreska|minus|plus|krzyżyk|ukośnik|gwiazdka)\)", re.IGNORECASE)
"""A mark and what it is called: „– (kreska)”."""

_EITHER = re.compile(
    r"(?<!\S)(?P<one>[^\s/=:,;]{1,4})/(?P<other>[^\s/=:,;]{1,4})\s?=\s?(?P<word>[^=/,;|\n()]{4,40}?)"
    r"(?=\s*(?:\s{2}|[,;|\n()]|$))"
)
"""Two marks that may be of one meaning: „L4/odw. = zajęć nie było”; „+/- = obecność” are two meanings."""


_DOT = re.compile(r"(?<=[^\W\d_])\s+[•·]\s+")
"""What stands between the marks of a legend: „x jest • u usprawiedliwiona • n nie było”."""


def word_of(said: str) -> Meaning:
    """What a mark means whose meaning is said in words; another sentence behind them is none of them."""
    text = key(re.split(r"(?:(?<=[^\W\d_]{2})|(?<=\)))\.\s+(?=[A-ZŁŚŻ])", said)[0])
    if text in MARKS:  # „nb.”, a mark itself
        return MARKS[text]
    if re.match(r"(?:\w+ )?(?:odwo|(?:sie )?nie odby)|(?:spotk|zaj)\w+ nie bylo\b", text):
        return SessionStatus.CANCELLED
    if (
        "dotyczy" in text
        or text.startswith("poza ")
        or "zapis" in text
        or re.search(r"\bzap\b", text)
        or ("nie" in text and any(word in text for word in _NOT_YET))
    ):
        return None
    if ("uspr" in text and "nieuspr" not in text) or "chor" in text or "zwol" in text:
        return Presence.EXCUSED
    if "nieob" in text or "nieuspr" in text or text.startswith("nie ") or re.search(r"\bnie by[lł]", text):
        return Presence.ABSENT
    return Presence.PRESENT if _THERE.search(text) else UNKNOWN


_NOT_YET = ("uczestn", "grup", "chodzi", "nalez", "na liscie", "wtedy", "jeszcze", "juz")
"""What is said with „nie” of somebody who did not belong to a group then."""

_THERE = re.compile(
    r"obecn|\bna (?:spotk|zaj)|\bob\b|\bbyl|\bjest|spozn|uczestn|chodzi|przysz|nalez|w grup|wlasn"
)
"""What words say that somebody was there."""


def meaning_of(used: Iterable[str], legend: Legend, answers: Mapping[str, str]) -> dict[str, str]:
    """What each mark means, as a word of the dictionary; blank for no record, as typed when unknown.

    `used` are the marks on the list, "" for blanks: a dash means an absence only where no other mark does,
    or where blanks are there for who was not expected.
    """
    meaning = {mark: word.value for mark, word in MARKS.items()}
    meaning |= {mark: word.value if word is not None else NO_RECORD for mark, word in legend.items()}
    words = {"absent": Presence.ABSENT.value, "none": NO_RECORD}
    if "-" not in legend:
        said = {legend.get(mark, MARKS.get(mark)) for mark in set(used) - {"-"}}
        alone = not said & {Presence.ABSENT, Presence.EXCUSED} or ("" in used and Presence.ABSENT not in said)
        meaning["-"] = words.get(answers.get("dash", ""), Presence.ABSENT.value if alone else NO_RECORD)
    if "" not in legend:
        meaning[""] = words.get(answers.get("empty", ""), NO_RECORD)
    return meaning


def says_absence(used: Iterable[str], legend: Legend) -> bool:
    """Whether some of the marks say that somebody was not there."""
    return any(legend.get(mark, MARKS.get(mark)) in (Presence.ABSENT, Presence.EXCUSED) for mark in used)


def marks_between(table: Table, columns: Iterable[int], rows: Sequence[int]) -> Counter[str]:
    """The marks between rows and columns, each with how often it is there; "" for blanks."""
    typed: Counter[Value] = Counter()
    for column in columns:
        cells = list(table.columns[column])
        typed.update([cells[row] for row in rows])
    found: Counter[str] = Counter()
    for value, times in typed.items():
        found[mark_of(value)] += times
    return found


def is_marked(marks: Mapping[str, int], legend: Legend) -> bool:
    """Whether what stands between the people and the days, each with how often, are marks."""
    said = {mark: times for mark, times in marks.items() if mark not in BLANKS}
    known = sum(times for mark, times in said.items() if is_mark(mark, legend))
    return bool(said) and known >= 0.7 * sum(said.values())


def is_mark(value: Value, legend: Legend) -> bool:
    """Whether a cell holds a mark of attendance, or says that there was no session."""
    mark = mark_of(value)
    return mark in legend or mark in MARKS or mark in BLANKS or CANCELLED.match(mark) is not None


def is_cancelled(table: Table, column: int, days: Days, last: int) -> bool:
    """Whether the column says down to the `last` row that its session did not take place."""
    cells = table.columns[column]
    header = [value for value in cells[days.first : days.row + 1] if isinstance(value, str)]
    said = {value for value in cells[max(days.first - 1, 0) : last + 1] if isinstance(value, str)}
    return any(map(CALLED_OFF.search, header)) or any(
        CANCELLED.match(line) for value in said for line in value.splitlines()
    )


def is_planned(table: Table, column: int, days: Days, last: int) -> bool:
    """Whether the column says down to the `last` row that its session is to come."""
    cells = table.columns[column][max(days.first - 1, 0) : last + 1]
    return any(isinstance(value, str) and TO_BE_HELD.search(value) for value in set(cells))
