"""What headers and the lines above say of a table, beside the names of its columns."""

import re
from collections.abc import Mapping, Sequence

from lib.blocks import BLANKS, Span, rows_with
from lib.cells import key, plain
from lib.contents import DAY_INSIDE
from lib.headers import STEM, header_key, likeliest, words
from lib.recognition.above import YEAR, group_in, lines_above
from lib.records import Attendance, Enquiry, Enrolment, Group, SupportForm
from sheets.table import Table


def says_breaks(table: Table, header: int) -> bool:
    """Whether the line above says that places stand below with when they were not to be had."""
    return any(
        re.match("przerw|niedostepn|wylaczen|kiedy bylo mniej|braki", header_key(text))
        for text in lines_above(table, header)[:1]
    )


def says_outcome(texts: Mapping[int, tuple[str, ...]], taken: Mapping[str, int]) -> bool:
    """Whether a column that none of the fields is read from says what became of an enquiry."""
    left = (said for column, said in texts.items() if column not in taken.values())
    return any(
        likeliest(Enquiry, text, STEM) == "outcome" or likeliest(Enquiry, text, 0.9) == "channel"
        for said in left
        for text in said
    )


def says_groups(texts: Mapping[int, tuple[str, ...]], taken: Mapping[str, int]) -> bool:
    """Whether a column that none of the fields is read from names groups."""
    left = (said for column, said in texts.items() if column not in taken.values())
    return any(
        "grup" in header_key(text) and likeliest(Group, text, 0.95) == "group"
        for said in left
        for text in said
    )


def said_people(texts: Mapping[int, tuple[str, ...]]) -> list[int]:
    """The columns whose headers say that they name those who came."""
    return [
        column
        for column, said in texts.items()
        if any(
            likeliest(Attendance, text, 0.7) in ("~name", "person") or says_whole_name(text) for text in said
        )
    ]


def counts_seats(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a header asks how many places somebody takes, and not which one."""
    return any(re.match("ile|liczba|ilosc", header_key(text)) for text in texts.get(column, ()))


def is_asked(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether „Zapis” is when somebody asked for a place: beside „Wypis” it is the first day in a group."""
    said = {header_key(own[-1]) for own in texts.values()}
    return header_key(texts.get(column, ("",))[-1]) == "zapis" and "wypis" not in said


def is_of_forms(
    table: Table, start: int, end: int, column: int, texts: Mapping[int, tuple[str, ...]]
) -> bool:
    """Whether a column of codes, beside one of groups, is that of the forms several groups are of."""
    beside = [
        c for c, said in texts.items() if c != column and any(likeliest(Group, t) == "group" for t in said)
    ]
    if not beside:
        return False
    rows = max(sum(value is not None for value in table.columns[c][start:end]) for c in beside)
    cells = [value for value in table.columns[column][start:end] if value is not None]
    codes = [value for value in cells if plain(value) not in BLANKS]  # a dash is of a row without a group
    return len(cells) < 0.9 * rows or len(set(codes)) < len(codes)


def is_form_beside_group(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a header says a form of support, and another one a group or an edition."""
    form = re.search(r"form|rodzaj|zajec", header_key(texts[column][-1]))
    beside = (in_full(said[-1]) for at, said in texts.items() if at != column)
    return form is not None and any(
        re.match(r"(?:kod |nazwa |symbol )?(?:grup[ay]\b|edycj)", one) for one in beside
    )


def is_of_address_or_limit(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a column is the number of a house below „Adres”, or of seats, as „Maks. osób”."""
    *above, own = texts[column]
    if re.match("nr|numer", header_key(own)):
        above.append(texts.get(column - 1, ("",))[-1])
    return re.match("maks|max|limit", header_key(own)) is not None or any(
        re.search(r"\badres|\bulica\b|\bul\b|zamieszk|miejscow", header_key(text)) is not None
        for text in above
    )


FORM = re.compile(r"(?:pelna )?nazwa form[ay](?: wsparcia)?")
"""The header of the names of forms of support."""


VISIT = re.compile(r"pierwsz\w+ (?:wizyt|konsult|porad|spotk)")
"""What the header says of the first day of support that is given to each by themselves."""


WAITING = re.compile(
    r"(?:chetn[iea] (?:/ )?)?(?:lista |l |kto )?"
    r"(?:rez(?:erw|\b)|oczekuj|czeka|kolejk|(?<=chetn[iea] )nie ma miejsc)"
)
"""How the line begins above those who wait for a place in the group of a tab."""


WAITS = re.compile(r"rez|oczek|czeka|kolejk|ch[eę]tn")
"""What such a line has in it."""


def says_waiting(text: str) -> bool:
    """Whether a line says that people wait for a place below it: „SdR III - lista rezerwowa”."""
    return WAITING.match(header_key(text)) is not None or _WAITING_FOR.search(key(text)) is not None


_WAITING_FOR = re.compile(r"\S-(?:lista |l\. ?)(?:rez|oczek)")
"""What stands behind the name of the group that is waited for; key() takes the blanks about a dash away."""


def waiting_lines(table: Table) -> list[int]:
    """The rows with nothing but a line above those who wait for a place in the group, from the top."""
    rows = sorted(rows_with(table, WAITS, says_waiting))
    return [row for row in rows if sum(value is not None for value in table.row(row)) == 1]


def says_whole_name(header: str) -> bool:
    """Whether a header says that surname and first name stand below it."""
    said = key(header)
    return "nazwisk" in said and "imi" in said


def are_parts_of_name(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether the surname and the first name of somebody each have a column."""
    said = {header_key(own[-1]) for own in texts.values()}
    return "nazwisko" in said and not said.isdisjoint(("imie", "imiona", "pierwsze imie"))


def is_repeated(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether another column has the same name."""
    own = header_key(texts.get(column, ("",))[-1])
    return sum(header_key(said[-1]) == own for said in texts.values()) > 1


def is_beside_group(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a group stands one or two columns before: from when to when somebody was in it."""
    before = (texts.get(at, ("",))[-1] for at in (column - 1, column - 2))
    return any(likeliest(Enrolment, text) == "group" for text in before)


def is_of_year(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a column of amounts is that of a year, beside one of all the years together."""
    years = {at for at, said in texts.items() if any(map(YEAR.search, said))}
    return (
        column in years
        and len(years) > 1
        and any(_IN_ALL.match(header_key(said[-1])) for at, said in texts.items() if at not in years)
    )


_IN_ALL = re.compile("razem|ogolem|lacznie|suma|w sumie|calosc")
"""How the header begins of what all the years make together."""


def says_spent(said: Sequence[str]) -> bool:
    """Whether the header over a column of amounts says that they were spent, or are left: no plan."""
    return any(_SPENT.match(header_key(text)) for text in said)


def counts_units(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a header says how many hours, people or places there are, and no amount of money."""
    said = " ".join(map(key, texts.get(column, ())))
    return _UNITS.search(said) is not None and _MONEY.search(said) is None


_UNITS = re.compile(r"\b(?:godz|os[oó]b\b|uczestnik|miejsc\b|szt\b|sztuk|dni\b|inwentarz)")
_MONEY = re.compile(r"\b(?:kwot|z[lł]\b|koszt|wart|cen|budzet|wydat|pln)")


def says_matter(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header asks what somebody came with, or for which time: „Sprawa”, „Które spotkanie”."""
    return any(_MATTER.match(header_key(said[-1])) for said in texts.values())


_MATTER = re.compile(
    r"(?:spraw|problem|przebieg|czego dotycz|ustaleni|z czym|ktor[aey] (?:spotk|wizyt|porad|konsult))"
)


def says_stay(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header says that somebody is somewhere for some time: „Stażysta”, „Termin pobytu”."""
    return any(STAY.search(header_key(text)) for said in texts.values() for text in said)


STAY = re.compile(r"\b(?:staz|praktyk|wypozycz|najm|najem|pobyt)")
"""What is said of support that somebody has from one day to another, in no group."""


NOT_PROMISED = re.compile(r"gotow|wykorzyst|zajet|uzyci|wolne")
"""What the header says of places that are counted otherwise than as promised."""


def is_outdated(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a column of amounts is of an older plan, beside one that says that it holds now."""
    now = {at for at, said in texts.items() if any(_NOW.search(key(text)) for text in said)}
    if not now or column in now:
        return False
    return any(_THEN.search(key(text)) for text in texts.get(column, ()))


_NOW = re.compile(r"obowiazuj|(?<!nie)(?<!nie )aktualn|\bpo (?:aneks|zmian)")


_THEN = re.compile(
    r"\bstar[yea]\b|pierwotn|\bz? ?wniosk|\b(?:wg|z) umow|nieaktualn|\bprzed (?:aneks|zmian)|poprzedni"
)
"""What the header of a plan says that holds, and of one that does no more."""


_SPENT = re.compile("wykonan|wydan|wydatkowan|zaplacon|rozliczon|pozost")
"""How the header of an amount begins that was spent, or that is left."""


def of_amount(name: str, share: float, texts: Mapping[int, tuple[str, ...]], column: int) -> float:
    """How much a header speaks for an amount: „Kwota” beside „w tym kwalif.” is the whole of the document."""
    if header_key(texts.get(column, ("",))[0]) not in ("kwota", "wartosc", "kwota zl", "kwota (zl)"):
        return share
    part = any(
        "kwal" in header_key(said) or "do projektu" in header_key(said)
        for at, (said, *_) in texts.items()
        if at != column
    )
    if part:
        return 0.95 if name == "gross_gr" else 0.3
    return 0.0 if name == "gross_gr" else share


def is_promised(table: Table, header: int, texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header or a line right above it says that places stand below which are to be kept."""
    above = lines_above(table, header)[:2]
    return any(_PROMISED.search(header_key(text)) for text in above) or any(
        re.search("zadeklar|obiecan", header_key(said[-1])) is not None for said in texts.values()
    )


_PROMISED = re.compile(
    "miejsc.*(?:utrzym|trwalo|deklar|zobowiaz|po zakoncz|po projek)|(?:utrzym|zadeklar|zobowiaz).*miejsc"
)
"""What a line says of the places that a project has to keep."""


def says_seats(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header says that places, or numbers of them, stand below it."""
    return any("miejsc" in header_key(said[-1]) for said in texts.values())


OUTSIDE = re.compile(
    r"\bformularzy zgloszeniow|\bnie wesz|\bnie (?:sa )?uczestni|\bnie ?zakwalif|\bnie ?przyjec|\bodrzucen"
)
"""What is said above people who asked to take part and do not."""


def are_users(above: str) -> bool:
    """Whether the title or a line above says that people stand below who use the places of a project."""
    uses = re.search(r"\bkorzysta|\bzajmuj|zajet|\boblozen", above) is not None
    return uses and ("miejsc" in above or "trwalosc" in above)


def says_users(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header asks who uses a place: „Kto korzysta”."""
    return any(
        re.fullmatch(r"kto (?:korzysta|zajmuje)|korzystajac[ya]", header_key(t[-1])) for t in texts.values()
    )


def says_places(above: str) -> bool:
    """Whether lines speak of the places of a project, as „w miejscu zamieszkania” does not."""
    return re.search(r"\bmiejsc(?!\w* (?:zamieszk|prac|pobyt|zajec|spotkan))", above) is not None


def says_delivery(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header asks how a form of support is given: „Tryb”."""
    return any(likeliest(SupportForm, said[-1], 0.9) == "delivery" for said in texts.values())


COUNTED = re.compile("odbyt|odwolan|obecn|nieob|frekw|wplyn|dat[ay]\\b")
"""How headers begin of a table that counts sessions and marks, or says when money came."""


def says_work(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header says that people work below it: what they do, or on what agreement."""
    return any(_WORK.search(header_key(text)) for said in texts.values() for text in said)


_WORK = re.compile(
    "umow|zatrudn|etat|funkc|stanow|zawod|specjal|rola|prowadz|wykonaw|kwalifik|wychowawc|terapeut|trener|godz|wymiar"
)
"""What headers say of people who work for a project."""


MONTH = re.compile(r"(?:0?[1-9]|1[0-2]|[ivx]+)[./ -](?:20)?[0-9]{2}")
"""The header of a month: „09.24”."""


SUMMARY = re.compile("zestawien|podsumow|statyst|sprawozd|wskaznik")
"""What the title of a tab says that sums up others."""


def dated_above(table: Table, header: int, span: Span) -> bool:
    """Whether a line of one cell right above a header says a day, as that of the session whose list it is."""
    for row in range(header - 1, max(-1, header - 3), -1):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str) and DAY_INSIDE.search(plain(cells[0])):
            return True
    return False


def in_full(header: str) -> str:
    """A header with its short forms in full."""
    return " ".join(words(header_key(header)))


def uses_places(texts: Mapping[int, tuple[str, ...]], column: int | None) -> bool:
    """Whether a column says since when somebody uses a place: „Korzysta od”, „Zajęte od”."""
    return column is not None and any(
        re.search("korzysta|zajmuj|zajet", header_key(text)) for text in texts.get(column, ())
    )


FAR = 400
"""So many rows below a header samples are taken from."""


def has_groups(table: Table, start: int, end: int) -> bool:
    """Whether lines among the rows name the groups that people are listed under."""
    for row in range(start, min(end, start + FAR)):
        there = [value for value in table.row(row) if value is not None]
        if len(there) == 1 and isinstance(there[0], str) and group_in(there[0]):
            return True
    return False
