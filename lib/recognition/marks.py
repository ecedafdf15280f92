"""Marks of attendance: what they mean, by the legend on the tab or by habit."""

import re
from collections.abc import Iterable, Mapping, Sequence

from lib.blocks import BLANKS
from lib.cells import key
from lib.dictionaries import Presence
from lib.recognition.days import Days
from sheets.table import Table, Value

MARKS: Mapping[str, Presence] = {
    **{key(text): word for word in Presence for text in (word.value, *word.spellings)},
    **dict.fromkeys(
        ("/", "v", "•", "●", "■", "ü", "√", "obec", "obec.", "s", "sp", "sp.", "spoz", "ob.s"),
        Presence.PRESENT,
    ),
    **dict.fromkeys(
        ("us", "us.", "usp", "usp.", "ch", "zw", "zw.", "l4", "chory", "chora", "zwolnienie"),
        Presence.EXCUSED,
    ),
    **dict.fromkeys(("nob", "nb", "nieob", "brak", "abs", "nn."), Presence.ABSENT),
}
"""What marks mean where no legend says otherwise."""


NO_RECORD = ""
"""The mark of somebody who was not expected that day."""


CANCELLED = re.compile(r"\s*(?:odw|nie odby|święto|dzień wolny|ferie|wolne)", re.IGNORECASE)
"""What stands in a column of a session that did not take place."""


_LEGEND = re.compile(
    r"(?P<mark>„?[^\s,;:=–—]{1,4}”?|puste(?: pole| kratka| miejsce)?|brak (?:znaku|wpisu)|[-–—])"
    r"\s*(?:[-–—=:]|to)\s*"
    r"(?P<word>(?:nie\s*)?(?:obecn|uspraw|spóźn|spozn|dotyczy|był|byl|zapis|chor|odwo|uczestn|nieobecn"
    r"|nieuspraw)[^,;\n|]*)",
    re.IGNORECASE,
)

_PLAIN_LEGEND = re.compile(
    r"(?:^|(?<=\s))(?P<mark>[+/*✓xvVX]|[^\W\d_])\s+"
    r"(?P<word>(?:nie)?(?:obecn|uspraw|nieuspraw)[^,;\n|]*?)(?=\s{2,}|[,;\n|]|$)",
    re.IGNORECASE,
)
"""A legend without signs between a mark and its meaning: „+ obecny   / nieobecny”."""


def legend_of(table: Table) -> dict[str, Presence | None]:
    """What a legend on the tab says of the marks; None for a mark that says nothing of a person."""
    found: dict[str, Presence | None] = {}
    for column, cells in enumerate(table.columns):
        for row, value in enumerate(cells):
            if not isinstance(value, str) or len(value) > 300:
                continue
            if re.match(r"(?i)\s*puste\b.*(?:nie (?:by[lł]|nale[zż])|wtedy nie|poza) ?.*grup", value):
                found.setdefault("", None)
            for match in (*_LEGEND.finditer(value), *_PLAIN_LEGEND.finditer(value)):
                mark = key(match["mark"].strip("„”\"'"))
                found.setdefault("" if mark.startswith(("puste", "brak")) else mark, _word(match["word"]))
            if len(value) <= 4 and column + 1 < len(table.columns) and row < len(table):
                beside = table.columns[column + 1][row]
                if isinstance(beside, str) and re.match(r"(?i)\s*[-–=]?\s*(?:nie)?(?:obecn|uspraw)", beside):
                    found.setdefault(key(value).rstrip("-= "), _word(beside))
    return found


def _word(said: str) -> Presence | None:
    text = key(said)
    if "dotyczy" in text or "odwo" in text or "zapis" in text or ("uczestn" in text and "nie" in text):
        return None
    if ("uspraw" in text and "nieuspraw" not in text) or "chor" in text or "zwol" in text:
        return Presence.EXCUSED
    if "nieob" in text or "nieuspraw" in text or text.startswith("nie "):
        return Presence.ABSENT
    return Presence.PRESENT


def meaning_of(
    table: Table,
    days: Days,
    rows: Sequence[int],
    legend: Mapping[str, Presence | None],
    answers: Mapping[str, str],
) -> dict[str, str]:
    """What each mark means, as a word of the dictionary; blank for no record, as typed when unknown."""
    meaning = {mark: word.value for mark, word in MARKS.items()}
    meaning |= {mark: word.value if word is not None else NO_RECORD for mark, word in legend.items()}
    words = {"absent": Presence.ABSENT.value, "none": NO_RECORD}
    used = set(marks_between(table, days, rows))
    if "-" not in legend:
        alone = not says_absence(used - {"-"}, legend)
        meaning["-"] = words.get(answers.get("dash", ""), Presence.ABSENT.value if alone else NO_RECORD)
    if "" not in legend:
        meaning[""] = words.get(answers.get("empty", ""), NO_RECORD)
    return meaning


def says_absence(used: Iterable[str], legend: Mapping[str, Presence | None]) -> bool:
    """Whether some of the marks say that somebody was not there."""
    return any(legend.get(mark, MARKS.get(mark)) in (Presence.ABSENT, Presence.EXCUSED) for mark in used)


def marks_between(table: Table, days: Days, rows: Sequence[int]) -> list[str]:
    """The marks between the people in `rows` and the days, without blanks."""
    found = []
    for column in days.columns:
        cells = table.columns[column]
        found += [mark_of(value) for value in (cells[row] for row in rows) if value is not None]
    return found


def mark_of(value: Value) -> str:
    """A cell as a mark: its text without case and diacritics, a ticked box as 1; empty for a blank cell."""
    return "" if value is None else str(int(value)) if isinstance(value, bool) else key(value)


def is_marked(table: Table, days: Days, rows: Sequence[int], legend: Mapping[str, Presence | None]) -> bool:
    """Whether what stands between the people and the days are marks."""
    marks = [mark for mark in marks_between(table, days, rows) if mark not in BLANKS]
    known = sum(is_mark(mark, legend) for mark in marks)
    return bool(marks) and known >= 0.7 * len(marks)


def is_mark(value: Value, legend: Mapping[str, Presence | None]) -> bool:
    """Whether a cell holds a mark of attendance, or says that there was no session."""
    mark = mark_of(value)
    return mark in legend or mark in MARKS or mark in BLANKS or CANCELLED.match(mark) is not None


def is_cancelled(table: Table, column: int, days: Days, rows: Sequence[int]) -> bool:
    """Whether the column says that its session did not take place."""
    said = [table.columns[column][r] for r in range(days.first, rows[-1] + 1)]
    return any(isinstance(value, str) and CANCELLED.match(value) for value in said)
