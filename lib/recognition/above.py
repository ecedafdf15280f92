"""What the lines above a table and the title of its tab say: the group, the form, the month."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lib.cells import MONTHS, key, plain
from lib.names import FIRST_NAMES, has_first_name, looks_like_name
from sheets.table import Table, Value

_SHORT_YEAR = re.compile(r"(?i)\b(?:" + "|".join(n for n in MONTHS if len(n) > 2) + r")\.? '?([0-9]{2})\b")


def years_in(text: str) -> list[int]:
    """The years that a text names, also as „wrzesień 22” or „IX 22”."""
    short = _SHORT.fullmatch(text.strip())
    return (
        [int(y) for y in YEAR.findall(text)]
        or [2000 + int(y) for y in _SHORT_YEAR.findall(text)]
        or ([2000 + int(short["year"])] if short else [])
    )


YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")


_GROUP = re.compile(
    r"(?:nazwa\s+|symbol\s+)?(?:grup[ayęy]|grupk[aię]|gr)\b\.?\s*[:\-–]?\s*(?P<name>.+)", re.IGNORECASE
)


_FORM = re.compile(
    r"(?:forma(?: wsparcia)?|rodzaj (?:zajęć|wsparcia)|nazwa (?:formy|zajęć))\s*[:\-–]\s*(?P<name>.+)",
    re.IGNORECASE,
)


_ASIDE = re.compile(
    r"(?i)\s{3,}|\s*[;,|]\s+|(?<!:)\s+(?=(?:grupa|prowadz|prow\.|miejsce|sala|termin|godz|wych\.|rok|miesiąc|m-c)\b)"
)
"""What parts one thing from another in a line above a list."""


_LIST_WORDS = re.compile(
    r"(?i)\b(?:lista|listy|list[aey]|dziennik|ewidencja|kart[ay]|rejestr|spotka(?:[nń]|nia)|spotk\.?|indywidualn\w+|ind|porad|poradnictwo(?!\s+\w+(?:ne|we|kie|cze)\b)|wizyt|ob\.|obecn\.?|obecno[sś][cć]i?|obec\.?|frekwencja|zajęć|zajec|uczestników"
    r"|na|za|miesiąc|m-c|projektu?)(?!\w)\.?"
)


_MONTH_NAMES = {n: number for n, number in MONTHS.items() if len(n) > 2 and not set(n) <= set("ivx")}


def lines_above(table: Table, row: int, columns: slice = slice(None)) -> list[str]:
    """What is said above a row in lines of few cells, the nearest first, and the title of the tab last.

    Of lines right above, only what stands in the `columns` is of a table beside another one.
    """
    said: list[str] = []
    for above in range(row - 1, -1, -1):
        own = table.row(above)[columns] if row - above < 3 else table.row(above)
        cells = [plain(value) for value in own if value is not None]
        if len(cells) <= 3 or row - above < 3:
            said += cells
    return [*said, plain(table.title)]


def month_of(text: str) -> int | None:
    """The month that a text names: „styczeń 2022”, „za m-c marzec”, „05.2022”, „2022-05”, „V 2022”."""
    before = ""
    for word in re.findall(r"[^\W\d_]+", text):
        if word.lower() in _MONTH_NAMES and key(before) not in FIRST_NAMES:  # „Ilona Wrzesień” is somebody
            return _MONTH_NAMES[word.lower()]
        before = word
    if match := re.search(r"(?<![0-9.])(0?[1-9]|1[0-2])[./-](?:19|20)[0-9]{2}(?![0-9])", text):
        return int(match[1])
    if match := re.search(r"(?<![0-9])(?:19|20)[0-9]{2}[./-](0[1-9]|1[0-2])(?![0-9.-])", text):
        return int(match[1])
    if match := re.search(r"\b([IVX]{1,4})\b[ .]*(?:19|20)[0-9]{2}", text):
        return MONTHS.get(match[1].lower())
    if match := _SHORT.fullmatch(text.strip()):
        return MONTHS.get(match[1].lower())
    return None


_SHORT = re.compile(r"([IVX]{1,4})[ .]*'?(?P<year>[0-9]{2})(?: ?r\.)?")
"""A month in Roman numbers with the last two figures of its year, and nothing else: „IV 25”."""


def first_year(years: Sequence[int], month: int) -> int:
    """The year of a month, the first of a list: of „2022/2023” the second from January to July."""
    return max(years) if max(years) == min(years) + 1 and month < 8 else min(years)


_SIZE = re.compile(r"(?i)(?:do|maks\.?|max\.?|liczy|ok\.?|min\.?)\s+[0-9]")
"""What a line says behind „grupa” of how big it is, and not how it is called: „Grupa do 8 osób”."""


def group_in(text: str) -> str:
    """The name of the group in a line such as „Grupa: GW1” or „GRUPA MŁODSZA”; empty for none."""
    labelled = _LABELLED.search(text)
    return _named(_GROUP, text[labelled.start("label") :] if labelled else text)


_LABELLED = re.compile(
    r"(?i)(?:^|[\s;,|])(?P<label>(?:(?:nazwa|symbol)\s+grupy|grupa|(?<![^\W\d_]\s)grupy)\s*:\s*\S)"
)
"""What says that a name of a group follows, wherever in a line; „Czas trwania grupy:” does not."""


def form_in(text: str) -> str:
    """The form of support in a line such as „Forma wsparcia: Mediacje”; empty for none.

    So does „Zajęcia socjoterapeutyczne - grupa „Iskierki””.
    """
    before = _FORM_BEFORE.match(text)
    return _named(_FORM, text) or (
        plain(before[1]).strip(' .:„”"-–') if before and not _LIST_WORDS.match(before[1]) else ""
    )


_FORM_BEFORE = re.compile(
    r"(?i)\s*([^\W\d_][^0-9(,;:]{5,60}?(?:\s*\([A-ZŁŚŻ]{2,6}\))?)\s*[-–—,]\s*(?:grupa|gr\.)\s+(?-i:[„\"”A-ZŁŚŻ0-9])"
)
"""The form of support before the name of a group."""


def _named(pattern: re.Pattern[str], text: str) -> str:
    for part in _ASIDE.split(text):
        if match := pattern.match(plain(part)):
            quoted = re.match(r"[„”\"'«](.+?)[”“\"'»]", match["name"])
            name = (
                quoted[1]
                if quoted
                else _plain_name(match["name"], labelled=":" in part[: match.start("name")])
            )
            name = name.strip(' .:„”"-–')
            if _SIZE.match(name):
                continue
            label = part[: match.start("name")]
            of_support = pattern is _GROUP and re.match(r"(?i)wsparcia\b", name) and ":" not in label
            before = text.partition(part)[0].strip(" -–—:") if pattern is _GROUP else ""
            if re.fullmatch(r"[0-9]{1,2}|[IVX]+|[A-H]", name) and before and not _LIST_WORDS.match(before):
                return f"{before} - {plain(part)}" if len(plain(part)) < 12 else name
            return f"Grupa {name}" if of_support else name
    return ""


def _plain_name(text: str, *, labelled: bool) -> str:
    """A name without what follows it; behind „Grupa:” with what a dash adds to it: „Gimnastyka - cykl I”."""
    if not labelled:
        return re.split(r"\s-\s|\s\(", text)[0]
    name, _, rest = _DETAILS.sub("", text).partition(" - ")
    return f"{name} - {rest}" if _WHICH.match(rest) else name


_WHICH = re.compile(
    r"(?i)(?:cykl|edycja|ed\.|grupa|gr\.|tura|turnus|nabór|część|[ivx]+$|[0-9]+$|[a-h]$|młodsz|starsz|średni)"
)
"""How begins what tells a group from others of its form."""


class Above(NamedTuple):
    """What the lines above a table say: its group, its form, whether a word there says that it is a group.

    `called` are all the names that may be meant, the likeliest first; `limit` how many may be in the group.
    """

    group: str
    form: str
    said: bool
    called: tuple[str, ...]
    limit: int | None


def said_above(table: Table, row: int, *, one_of_several: bool = False) -> Above:
    """The group and the form that the lines above a list say, the nearest first; else the title of its tab.

    The line right above is believed before the title where several lists stand on the tab.
    """
    group = form = listed = ""
    for above in range(row - 1, max(-1, row - _FAR), -1):
        cells = [str(value) for value in table.row(above) if isinstance(value, str)]
        if group and form:
            break
        if len(cells) > 4 or len([v for v in table.row(above) if v is not None]) > len(cells) + 1:
            continue  # a row of another table
        for at, text in enumerate(cells):
            if at == 0 or not _FORM_LABEL.fullmatch(plain(cells[at - 1])):  # „Forma: | Grupa wsparcia”
                group = group or group_in(text)
            form = form or form_in(text)
            label = re.fullmatch(
                r"(?i)(?:(nazwa grupy|grupa|gr\.?)|(?:forma(?: wsparcia)?|zajęcia))\s*:?", plain(text)
            )
            if label and at + 1 < len(cells):
                group, form = (group or cells[at + 1], form) if label[1] else (group, form or cells[at + 1])
            of_list = None if says_project(text) else _LIST_OF.search(plain(text))
            is_list = _LIST_WORDS.match(plain(text)) or of_list
            if not group and is_list and not _PROJECT.match(text) and not _WAITING.search(text):
                listed = listed or group_of_title(plain(text)[: of_list.start()] if of_list else text)
            if group and not form and (match := _FORM_OF_LIST.match(plain(text))):
                form = match[1].strip(' .„”"')
            if one_of_several and not form and (match := _FORM_OF_TAB.match(plain(text))):
                form = match[1].strip(' .„”"')
            if above == 0 and group and not form and not says_project(text):
                match = None if is_list else _FORM_OF_TITLE.match(plain(text))
                form = match[1].strip(' .„”"') if match else ""
    title = re.sub(_LIST_WORDS, "", plain(table.title)).strip(" -–_:.")
    own = group_of_title(table.title)
    said = group or group_in(title)
    right_above = banner_above(table, row)
    first = right_above if one_of_several else ""
    names = (
        first,
        said,
        right_above,
        _line_right_above(table, row),
        f"{own} {right_above}" if right_above and key(right_above) != key(own) else "",
        form,
        listed,
        own,
        title,
        f"{form} {right_above}" if form and right_above and key(right_above) != key(form) else "",
        plain(table.title),
        *_further_above(table, row),
    )
    chosen = first or said or (listed if form and listed else form or listed) or own or right_above
    chosen = chosen or plain(table.title)
    if chosen == own:  # „Trener” for „Trener pracy”
        chosen = next((name for name in names[2:4] if key(name).startswith(f"{key(own)} ")), own)
    called = tuple(dict.fromkeys(name for name in names if name and not _LEGEND.search(name)))
    if _LEGEND.search(chosen):
        chosen = next(iter(called), "")
    return Above(chosen, form, bool(said or first), called, _limit_above(table, row))


def _further_above(table: Table, row: int) -> Iterator[str]:
    """The names in lines above the nearest one, as of the group whose first meeting stands right above."""
    whole = []
    for above in range(row - 1, max(-1, row - 2 * BANNER_ROWS), -1):
        cells = [value for value in table.row(above) if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str):
            if name := banner(cells[0]):
                yield name
            whole.append(plain(cells[0]))
    yield from (text for text in whole if len(text) <= LONG and not says_project(text))


_LEGEND = re.compile(
    r"(?i)(?=.*\b(?:ob\.|obec))(?=.*(?:\bnb\b|nieob|uspr)).*(?:=|\s[-–—]\s)|(?:ob|nb|nieob)\w*\.?\s*/\s*(?:nb|nieob|us)"
)
"""What a line says of what marks mean: „ob. / nieob. / nieob. uspr. = wychowanek na spotkaniu”."""

LONG = 120
"""What is longer is no name of a group."""

_FAR = 300
"""So many rows above a list, as of the last month of a year, the line may stand that names its group."""

_FORM_LABEL = re.compile(r"(?i)(?:forma|forma wsparcia|zajęcia)\s*:?")
"""What says that the next cell names the form of support."""

_LIST_OF = re.compile(
    r"(?i)\s[-–—]\s+(?:(?:lista|listy) obecno"
    r"|(?:dziennik|rejestr|ewidencja|zeszyt|wykaz)\s+(?:wizyt|porad|konsultacj|spotka[nń]|rozm[oó]w))"
)
"""How the title of a list goes on that begins with whose it is."""

_PROJECT = re.compile(r"(?i)\s*(?:projekt|tytuł projektu)\b")
"""How the line begins that names the project."""

_AGREEMENT = re.compile(
    r"(?i)\bumow[ay] (?:nr|o dofinans)|\bnr umowy\b"
    r"|fundusze europejskie|uni[aęi]\w* europejsk|rzeczpospolita polska"
    r"|^\s*[„\"][^”\"]+[”\"]\s*[–—-]\s*(?:program|projekt)\b"
)
"""What a line has in it that says whose money the project is."""


_OFFICE = re.compile(
    r"(?i)\s*(?:(?:stowarzyszenie|fundacja|parafia|caritas|urząd|gmina|powiat|partner|realizator)\b"
    r"|(?:miejsk|gminn|powiatow|miejsko-gminn)\w+ (?:ośrod|centr|urz)"
    r"|ośrod\w+ pomocy|centrum (?:usług|pomocy)|(?:[mg]|mg)?ops\b|pcpr\b|mopr\b)"
)
"""How a line begins that says whose sheets these are."""


def says_project(text: str) -> bool:
    """Whether a line names the project, its agreement or the office, and so none of its groups."""
    return any((_PROJECT.match(text), _AGREEMENT.search(text), _OFFICE.match(text)))


_FORM_OF_LIST = re.compile(
    r"(?i)(?:lista|listy|dziennik)\s+(?:obecności|zajęć)\s*[-–—:]\s*([^\W\d_][^0-9(,;]{3,60})$"
)
"""The title of a list that names the form of support, where the group is named below it."""


_FORM_OF_TAB = re.compile(r"(?i)([^\W\d_][^0-9(,;:]{5,60}?)\s+[-–—]\s+obecno")
"""The title of a tab that names the form of support of the groups below it: „KRĘGI KOBIET - obecności”."""

_FORM_OF_TITLE = re.compile(r"([A-ZĄĆĘŁŃÓŚŹŻ]{2,}(?: [A-ZĄĆĘŁŃÓŚŹŻ]{2,}){1,5})\s+[-–—]\s+\S")
"""The title of a tab in capitals that names the form of support of the groups below it, before a dash."""

_LIMIT = re.compile(
    r"(?i)(?:\b(?:limit|lim\.?|max\.?|maks\.?|maksymalnie)\s*(?:miejsc|osób|os\.)?\s*[:–-]?|\bmiejsc(?:\s+w\s+grupie)?\s*[:–-]?)"
    r"\s*([0-9]{1,3})(?![0-9.,:])"
)


def limit_in(text: str) -> int | None:
    """How many people may be in a group, as a line says: „max 12 osób”, „miejsc: 8”; None for none."""
    match = _LIMIT.search(text) or _SEATS.search(text)
    return int(match[1]) if match else None


_SEATS = re.compile(r"(?i)[,;(–-]\s*([0-9]{1,2})\s+miejsc\b")
"""How many may be in a group, said at the end: „Krąg I - poniedziałki, 12 miejsc”."""


def _limit_above(table: Table, row: int) -> int | None:
    """The limit in the nearest lines of few cells above a list."""
    for above in range(row - 1, max(-1, row - 6), -1):
        cells = [str(value) for value in table.row(above) if isinstance(value, str)]
        beside = _limit_beside([value for value in table.row(above) if value is not None])
        if beside is not None:
            return beside
        if len(cells) > 3:
            return None
        limit = next((n for text in cells if (n := limit_in(text)) is not None), None)
        if limit is not None:
            return limit
    return None


def _limit_beside(cells: Sequence[Value]) -> int | None:
    """The number in the cell behind one that says „Limit miejsc w grupie:”; None for none."""
    for label, value in pairwise(cells):
        if (
            isinstance(label, str)
            and _LIMIT_LABEL.match(plain(label))
            and re.fullmatch(r"[0-9]{1,3}", plain(value))
        ):
            return int(plain(value))
    return None


_LIMIT_LABEL = re.compile(
    r"(?i)(?:limit|lim\.|max\.?|maks\.?|liczba|ilość|miejsc)\s*(?:miejsc|osób|os\.)?[^0-9]{0,20}:?$"
)
"""What says that a limit stands in the next cell."""


BANNER_ROWS = 4
"""So many rows above a header the line that names the table may stand."""


def banner_above(table: Table, row: int) -> str:
    """The name in the nearest line of one or two cells above a header, without when and where; or empty."""
    for above in range(row - 1, max(-1, row - 1 - BANNER_ROWS), -1):
        cells = [value for value in table.row(above) if value is not None]
        if len(cells) > 2:
            return ""
        if len(cells) == 2 and isinstance(cells[1], str) and _GROUP_LABEL.fullmatch(plain(cells[0])):
            return plain(cells[1])
        if cells and isinstance(cells[0], str) and (name := banner(cells[0])):
            return name
    return ""


_GROUP_LABEL = re.compile(r"(?i)(?:nazwa grupy|grupa|gr\.?)\s*:?")
"""What says that the next cell names a group."""


def _line_right_above(table: Table, row: int) -> str:
    """What the nearest line of one cell above a header says, up to what it adds behind a gap or a bracket."""
    for above in range(row - 1, max(-1, row - 1 - BANNER_ROWS), -1):
        cells = [value for value in table.row(above) if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str) and not _NO_BANNER.match(cells[0]):
            said = plain(re.split(r"\s{3,}|\(|,|;", cells[0])[0])
            return "" if _is_person(said) else said
    return ""


GROUP_CODE = re.compile(r"(?<![\w-])[A-ZŁŚŻĆ]{2,8}(?:[-/ ]?[0-9]{1,2}|-[IVX]{1,4})?(?![\w-])")
"""The code of a group: „WKS-1”, „GW”."""


def banner(text: str) -> str:
    """The name of a group in a line such as „Socjoterapia młodsza (pn. 14.30), prow. A. Kurek - max 7”."""
    if quoted := _QUOTED.match(text):
        return quoted[1]
    if len(text) > 160 or _NO_BANNER.match(text) or _CALLED_OFF.search(text) or says_project(text):
        return ""
    name = _DETAILS.sub("", re.sub(r"\s{3,}.*", "", text.strip(), flags=re.DOTALL))
    name = group_of_title(plain(name))
    if "=" in name or (name[:1].islower() and not _WHICH.match(name)) or _is_person(name):
        return ""
    inside = group_in(name)
    return name if inside.startswith("Grupa wsparcia") else inside or name


def waited_for(text: str) -> str:
    """The group that a line says people wait for: „lista rezerwowa - edycja II”; empty for none."""
    match = _WAITING.match(text)
    rest = text[match.end() :].partition("(")[0].strip(" -–—:.,()") if match else ""
    return rest if len(rest.split()) <= 6 and not rest.endswith(("czeka", "czekają")) else ""


_WAITING = re.compile(
    r"(?i)\s*(?:(?:lista |l\. ?|chętni\W+)?(?:rezerw\w*|rez\.|oczekuj\w*)(?:\s+(?:do|na|dla)\b)?"
    r"|kolejka\s+(?:do|na|dla)\b)"
)
"""How a line begins above those who wait for a place."""


def _is_person(text: str) -> bool:
    """Whether a text is the name of somebody: who leads the group, and not the group."""
    return (looks_like_name(text) and has_first_name(text)) or _WITH_INITIAL.match(text) is not None


_WITH_INITIAL = re.compile(r"(?:(?:mgr|dr|lic\.|inż\.)\s+)?[A-ZŁŚŻĆ]\.\s?[A-ZŁŚŻĆ][a-ząćęłńóśźż]{2,}\b")
"""A surname behind an initial."""


_DETAILS = re.compile(
    r"(?i)\s*(?:\||\((?!\s*(?:młodsz|starsz|średni|edycja|gr))|;|(?:(?:,|\s[–-])\s*)?\b(?:limit|lim\.|max\b|maks\b|prow\b|prowadz)"
    r"|(?:,|\s[–-])\s*(?:poniedz|wtor|środ|czwart|piąt|sobot|niedz|(?:pn|pon|wt|śr|czw|pt|sob|nd)\b"
    r"|sala|godz|p\.\s|pani?\b|co \d|jesień|wiosna|zima|lato|[ivx]+\.?\s+(?:półr|sem|kwart)|[0-9])).*",
    re.DOTALL,
)
"""What follows the name of a group in a line above its list: when, where, who, how many."""

_QUOTED = re.compile(r"\s*[„\"]([^”\"]{3,40})[”\"](?:\s{2,}|\s*$|\s+[0-9(])")
"""A line that begins with the name of a group in quotes: „„Turnus I”  30.06 - 04.07”."""

_NO_BANNER = re.compile(
    r"(?i)\s*(?:projekt\b|umowa|nr\b|ul\.|legenda|uwag|stan na|skład\b|członk|suma|obecno\w+ na\b|"
    r"razem(?=[\s:]*(?:$|[0-9(]|osób|obecn|zapis|zad))|"
    r"(?:lista |l\. ?|chętni\W+)?(?:rezerw|rez\.|oczekuj|czekaj)|chętn\w+\W+(?:nie ma|brak)\b|"
    r"sporządz|wychowawc|prowadz|podpis|"
    r"(?:w toku|w trakcie|zako[nń]czone|bie[żz][ąa]ce|aktualne|archiwalne)\s*$|"
    r"(?:[ivx]+|[0-9])\.?\s+(?:półrocze|semestr|kwartał)|miejsc|limit|lim\b|liczba|form[ay]\b|poniedział|wtor|środ[ay]|czwart|piąt|sobot|niedziel|pn\b|wt\b|śr\b|czw\b|pt\b|puste|[*+/„\"–-]|"
    r"(?!(?-i:[A-ZŁŚŻĆ]{2,4}[0-9]?\s+[–-]\s+(?=[A-ZŁŚŻĆ]))(?!ob|nie|usp|zwol|chor|sp[óo]|odw|zaj))\S{1,4}\s+[–=-]\s)"
)
"""How a line begins that names no table: of the project, of marks, of days, signatures."""


_CALLED_OFF = re.compile(r"(?i)\b(?:odwo[łl]an|odrabia|odrobion|nie odby)")
"""What a note on a meeting has in it, which names no group: „31.10 odwołane”."""


def group_of_title(title: str) -> str:
    """What is left of the title of a list without the words that say that it is a list, when, and by whom."""
    rest = re.sub(
        r"(?i)^\s*(?:dział|dz\.|ark\.|arkusz|zał\.|załącznik|tabela)\s*[0-9]+[a-z]?[.:]?\s+",
        "",
        plain(title).replace("_", " "),
    )
    rest = re.sub(_LIST_WORDS, " ", rest)
    rest = re.sub(r"(?i)\b(?:" + "|".join(_MONTH_NAMES) + r")\b(?:\s+'?[0-9]{2}\b)?", " ", rest)
    rest = re.sub(r"(?i)\brok(?:u)?\b(?=\s*(?:$|(?:19|20)[0-9]{2}\b))", " ", rest)
    rest = re.sub(r"\b(?:19|20)[0-9]{2}\b(?:\s*/\s*[0-9]{2,4})?|\b[0-9]{1,2}[./-](?=\s|$)", " ", rest)
    rest = re.sub(r"(?i)\br\.?(?=\s*$)", " ", rest)
    rest = re.sub(r"^\s*[IVX]+(?:\s+'?[0-9]{2})?\s*$", " ", rest)
    rest = re.sub(r"\s+", " ", rest).strip(" -–_:.,/")
    if rest != plain(title) and _SUM.fullmatch(rest):
        return ""  # „obecności razem”
    return re.sub(r"\s+[–-]\s+([^–-]+)$", lambda m: "" if _is_person(m[1]) else m[0], rest)


_SUM = re.compile(r"(?i)razem|suma|og[oó][łl]em|[łl][aą]cznie")
"""What is left of the label of a sum without the words of what it sums up."""
