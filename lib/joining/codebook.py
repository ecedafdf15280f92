"""Codes in cells, read by what tabs of their own say they mean.

A book of codes says it column by column: „Zapisy | Stan | 2 | lista rezerwowa”, with or without the tab.
Lists of codes stand each under a title, „Stan zajęć: O odbyte, A odwołane”; which columns they are of is
seen in the cells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from lib.blocks import HEADER_ROWS, is_blank, is_ditto, plain_text
from lib.cells import key, plain
from lib.contents import DAY_INSIDE, OPEN_END, is_day
from lib.dictionaries import Presence
from lib.headers import header_key
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.marks import UNKNOWN, word_of
from lib.recognition.tables import DICTIONARY
from sheets.table import Table, Value

Book: TypeAlias = Mapping[tuple[str, str], Mapping[str, str]]
"""For each tab (empty for every one) and header, by their keys, what each code below that header means."""

_COLUMNS = (
    re.compile("zakladka|arkusz|tabela"),
    re.compile("zmienna|kolumna|pole"),
    re.compile("kod|kody|symbol"),
    re.compile("znaczenie|opis|co znaczy|wyjasnienie"),
)
"""How the columns of a book of codes are headed: the tab, the header there, the code and what it means."""


def book_of(tabs: Iterable[Table]) -> Book:
    """What the books of codes among these tabs say, in words that still differ; nothing without any."""
    book: dict[tuple[str, str], dict[str, str]] = {}
    for tab in tabs:
        for row in range(min(len(tab), HEADER_ROWS)):
            columns = _columns(tab, row)
            if columns is None:
                continue
            of_tab, header = "", ""
            for below in range(row + 1, len(tab)):
                cells = tab.row(below)
                said, named, code, meaning = (cells[at] if at is not None else None for at in columns)
                of_tab, header = (plain_text(said) or of_tab), (plain_text(named) or header)
                if not is_blank(code) and isinstance(meaning, str):
                    book.setdefault((key(of_tab), header_key(header)), {})[mark_of(code)] = plain(meaning)
            break
    return {about: _in_words(means) for about, means in book.items()}


def _in_words(means: Mapping[str, str]) -> Mapping[str, str]:
    """What codes mean: words of attendance where all of them are, else what is said, without its details."""
    words = {code: word_of(said) for code, said in means.items()}
    told = {code: word.value for code, word in words.items() if word not in (None, UNKNOWN)}
    if len(told) == len(means) and Presence.PRESENT.value in told.values() and len(set(told.values())) > 1:
        return told
    return _without_details({code: _ENDING.sub("", said) for code, said in means.items()})


_ENDING = re.compile(r"(?<=\w)(?:/\w{1,2}|\(\w{1,2}\))(?=\W|$)")
"""The other ending of a word: „obecna/y”, „ukończył(a)”."""


def _without_details(means: Mapping[str, str]) -> dict[str, str]:
    """What codes mean without what is added to it, where they still mean different things."""
    short = {code: re.split(r"\s*[,;(]|\s[–—-]\s", said)[0] for code, said in means.items()}
    return short if len(set(short.values())) == len(means) else dict(means)


def _is_book(tab: Table) -> bool:
    """Whether a tab is a book of codes."""
    return any(_columns(tab, row) is not None for row in range(min(len(tab), HEADER_ROWS)))


def _columns(tab: Table, row: int) -> tuple[int | None, ...] | None:
    """The columns of a book of codes that a row is the header of; None where it is no such header.

    The first, which says the tab, may be missing: then it is of the columns of that name on every tab.
    """
    said = [header_key(plain_text(value)) for value in tab.row(row)]
    found = [next((c for c, text in enumerate(said) if one.fullmatch(text)), None) for one in _COLUMNS]
    return tuple(found) if None not in found[1:] else None


def _decoded(tab: Table, book: Book) -> Table:
    """A tab with the meaning of each code for the code, in the columns that the book speaks of."""
    columns = list(tab.columns)
    for at, column in enumerate(columns):
        for row in range(min(len(tab), HEADER_ROWS)):
            header = header_key(plain_text(column[row]))
            means = header and (book.get((key(tab.title), header)) or book.get(("", header)))
            if means:
                below = [
                    None if value is None else means.get(mark_of(value), value) for value in column[row + 1 :]
                ]
                columns[at] = [*column[: row + 1], *below]
                break
    return replace(tab, columns=tuple(columns))


# --- lists of codes -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CodeList:
    """What some codes mean, by their keys, and the title that says what they are of."""

    title: str
    means: Mapping[str, str]


FEW = 3
"""From so many codes below one another on a column is one of codes."""

LONG = 8
"""A code has no more letters than so many."""


def spelled_out(tabs: Sequence[Table]) -> tuple[Table, ...]:
    """The tabs with the meaning of each code for the code, where a tab of dictionaries lists what codes mean.

    In the columns that a book of codes speaks of; else only in columns of nothing but codes of one list,
    of several lists that of the likest title, or none.
    """
    book = book_of(tabs)
    if book:
        tabs = [tab if _is_book(tab) else _decoded(tab, book) for tab in tabs]
    says = [DICTIONARY.fullmatch(header_key(tab.title)) is not None for tab in tabs]
    lists = [one for tab, of_words in zip(tabs, says, strict=True) if of_words for one in _lists_of(tab)]
    return tuple(
        tab if of_words else _with_days(_spelled(tab, [*lists, *_list_in_lines(tab)]))
        for tab, of_words in zip(tabs, says, strict=True)
    )


def _with_days(tab: Table) -> Table:
    """A tab with the day for each short form of one that a line at the top explains, in columns of days.

    „k.p. = z końcem projektu, 31.12.2024”.
    """
    if "=" not in tab.said:
        return tab
    days: dict[str, Value] = {}
    for row in range(min(len(tab), HEADER_ROWS)):
        for value in tab.row(row):
            for code, said in _SHORT_DAY.findall(value) if isinstance(value, str) else ():
                day = _IS_DAY.fullmatch(said.strip())
                if day is not None and not OPEN_END.fullmatch(code) and mark_of(code) not in MARKS:
                    days[key(code)] = day["day"]
    if not days:
        return tab
    columns = [
        [days.get(key(value), value) if isinstance(value, str) else value for value in column]
        if any(map(is_day, column)) and any(isinstance(v, str) and key(v) in days for v in column)
        else column
        for column in tab.columns
    ]
    return replace(tab, columns=tuple(columns))


_SHORT_DAY = re.compile(
    r"(?<![\w=.])(?P<code>[^\W\d_][\w.]{0,7})\s*=\s*(?P<said>[^=;\n|]*?)"
    r"(?=[,;\n|]\s*[^\W\d_][\w.]{0,7}\s*=|\.\s+[A-ZŁŚŻĆ]|[;\n|]|$)"
)
"""A short form in a line, and what it means."""

_IS_DAY = re.compile(
    r"(?i)(?:(?:z|do|na|od)\s+)?(?:koniec|ko[nń]c\w*|dnia?|dniem|start\w*|pocz[aą]t\w*|zako[nń]cz\w*|rozpocz\w*)"
    r"(?:\s+(?:projekt\w*|realizacji|edycji|trwa[łl]o[śs]ci|udzia[łl]u))*\s*[,:]?\s*"
    rf"(?:tj\.?|to jest|czyli)?\s*(?P<day>{DAY_INSIDE.pattern})\s*(?:r\.?)?"
)
"""What says a day and nothing else: „z końcem projektu, tj. 31.12.2024”."""


def _list_in_lines(tab: Table) -> Iterator[CodeList]:
    """What a line at the top of a tab says that codes on it are short for: „LL = Leśne Ludki, Sk = Skrzaty”.

    Marks of attendance are no codes: what they mean is read by the list.
    """
    for row in range(min(len(tab), HEADER_ROWS) if "=" in tab.said else 0):
        for value in tab.row(row):
            said = _EXPLAINED.findall(value) if isinstance(value, str) else []
            means = {key(code): plain(re.split(r"\s*\(", name)[0]) for code, name in said}
            if len(means) > 1 and all(word_of(name) in (None, UNKNOWN) for name in means.values()):
                yield CodeList("", means)


_EXPLAINED = re.compile(
    r"(?<![\w=])([^\W\d_][\w-]{0,6})\s*=\s*(?:grupa\s+|gr\.\s*)?([A-ZŁŚŻĆ][^=;,\n]{3,60}?)(?=\s*(?:[;,\n]|$|\s{2}))"
)
"""A code in a line, and the name that it is short for."""


def _lists_of(tab: Table) -> Iterator[CodeList]:
    """The lists of codes on a tab: a column of codes and one of meanings beside it, down to a blank row."""
    for row in range(len(tab)):
        if _columns(tab, row) is not None:
            return
        said = [header_key(plain_text(value)) for value in tab.row(row)]
        for column in range(len(said) - 1):
            if not (_COLUMNS[2].fullmatch(said[column]) and _NAMED.match(said[column + 1])):
                continue
            means: dict[str, str] = {}
            for below in range(row + 1, len(tab)):
                code, meaning = tab.columns[column][below], tab.columns[column + 1][below]
                if code is None or not isinstance(meaning, str) or len(plain(code)) > LONG:
                    break
                means[key(code)] = plain(meaning)
            title = re.sub(r"^[0-9]+[.)]\s*", "", plain_text(tab.columns[column][row - 1])) if row else ""
            if len(means) > 1:
                yield CodeList(title, _short(title, means))
    yield from _sections_of(tab)


def _sections_of(tab: Table) -> Iterator[CodeList]:
    """The lists of codes on a tab that stand below a title each, without headers, down to a blank row."""
    title, means = "", dict[str, str]()
    for row in range(len(tab) + 1):
        cells = [value for value in tab.row(row) if value is not None] if row < len(tab) else []
        if len(cells) == 2 and title and len(code := plain(cells[0])) <= LONG and isinstance(cells[1], str):
            means[key(code)] = _ENDING.sub("", plain(cells[1]))
            continue
        if len(means) > 1:
            yield CodeList(title, _short(title, means))
        title, means = (plain_text(cells[0]) if len(cells) == 1 else ""), {}


_NAMED = re.compile("znaczenie|opis|nazwa|co znaczy|wyjasnienie|pelna nazwa")
"""How the column of a list of codes is headed that says what they mean."""


def _short(title: str, means: Mapping[str, str]) -> dict[str, str]:
    """What codes mean, without what is added to it, where they still mean different things."""
    if "obecn" in header_key(title):
        words = {code: word_of(said) for code, said in means.items()}
        return {code: word.value for code, word in words.items() if word not in (None, UNKNOWN)}
    return _without_details(means)


def _spelled(tab: Table, lists: Sequence[CodeList]) -> Table:
    if not lists:
        return tab
    codes = set().union(*(one.means for one in lists))
    columns = [_spelled_column(tab, at, lists, codes) for at in range(len(tab.columns))]
    changed = any(new is not old for new, old in zip(columns, tab.columns, strict=True))
    return replace(tab, columns=tuple(columns)) if changed else tab


def _spelled_column(tab: Table, at: int, lists: Sequence[CodeList], codes: Set[str]) -> Sequence[Value]:
    """A column with the meanings of its codes, run by run of cells that are all codes of one list."""
    column = tab.columns[at]
    typed = [key(value) if isinstance(value, str) and len(value) <= LONG else "" for value in column]
    spelled: dict[int, Value] = {}
    row = 0
    while row < len(typed):
        first = row
        while row < len(typed) and (
            typed[row] in codes or (row > first and (is_blank(column[row]) or is_ditto(column[row])))
        ):
            row += 1
        run = [one for one in range(first, row) if typed[one] in codes]
        row = max(row, first + 1)
        head = next((above for above in range(first - 1, -1, -1) if column[above] is not None), None)
        if len(run) < FEW or head is None or is_day(column[head]):
            continue
        meant = _list_for(tab, at, head, {typed[one] for one in run}, lists)
        if meant is not None:
            spelled |= {one: meant.means[typed[one]] for one in run}
            if meant.title and _COLUMNS[2].fullmatch(header_key(column[head])):
                spelled[head] = meant.title
    return [spelled.get(one, value) for one, value in enumerate(column)] if spelled else column


def _list_for(tab: Table, at: int, head: int, used: Set[str], lists: Sequence[CodeList]) -> CodeList | None:
    """The list that codes below a header are of; None where none is, or several are and no title says."""
    said = [tab.columns[at][head], *([tab.columns[at][head - 1]] if head else []), tab.title]
    words = set().union(*(_stems(plain_text(value)) for value in said))
    alike = [(len(words & _stems(one.title)), one) for one in lists if used <= one.means.keys()]
    most = max((likeness for likeness, _ in alike), default=0)
    likest = [one for likeness, one in alike if likeness == most]
    return likest[0] if len(likest) == 1 else None


def _stems(text: str) -> set[str]:
    """The beginnings of the words of a header, by which its forms are alike."""
    return {word[:4] for word in re.findall(r"[a-z]{3,}", header_key(text))}
