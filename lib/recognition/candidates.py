"""A kind of table that a header may be of: the best assignment of its fields to the columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from lib.blocks import BLANKS, Span, is_card_line, rows_with
from lib.cells import key, plain
from lib.contents import DAY_INSIDE, FEW, are_hours, day_of, fit, is_day
from lib.headers import SPOKEN, STEM, header_key, likeliest, words
from lib.names import has_first_name
from lib.reading import Evidence
from lib.recognition.above import YEAR, group_in, lines_above
from lib.recognition.choice import Choice
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.marks import says_of_visit, says_what_became
from lib.recognition.signs import BY_CONTENT, SIGNS, WHO
from lib.recognition.worth import (
    ENOUGH,
    TITLED,
    evidence_for,
    how_titled,
    meanings,
    put_chosen,
    sample_of,
    weight_of,
    worth_of,
)
from lib.records import (
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
    kind_of,
)
from sheets.table import Table, Value


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind of table that a header and the cells below it may be."""

    record: type[Record]
    header: tuple[int, ...]
    span: Span
    end: int
    columns: Mapping[str, int]
    evidence: tuple[Evidence, ...]
    score: float
    complete: bool
    titled: float


def best_candidate(
    table: Table,
    record: type[Record],
    header: tuple[int, ...],
    texts: Mapping[int, tuple[str, ...]],
    end: int,
    span: Span,
    samples: dict[tuple[int, int], list[Value]],
    choice: Choice | None,
) -> Candidate | None:
    """The record's best assignment of fields to the columns below a header; None for no two columns."""
    fields = [*record.model_fields, *(f"~{together.how}" for together in SPOKEN[record].together)]
    columns = list(span.columns())
    worth, said, others = _worths(table, record, header, texts, end, fields, columns, samples)
    if choice is not None:
        put_chosen(worth, record, fields, columns, texts, choice)
    rows, places = linear_sum_assignment(worth, maximize=True)
    taken = {
        fields[r]: columns[c]
        for r, c in zip(rows.tolist(), places.tolist(), strict=True)
        if worth[r, c] >= ENOUGH
    }
    if len(taken) < 2:
        return None
    if record is Attendance and {"session", "~day"} <= taken.keys():
        numbers = _sample(table, header, end, taken["session"], samples)
        if all(
            plain(value).removesuffix(".0").rstrip(".").isdigit() for value in numbers if value is not None
        ):
            del taken["session"]  # which only counts the meetings
    if record is Attendance and "presence" in taken and {"session", "~day"} & taken.keys():
        marks = _sample(table, header, end, taken["presence"], samples)
        if any(map(says_what_became, marks)) and all(map(says_of_visit, marks)):
            del taken["presence"]  # „odbyła się”, as of each visit
    taken = _without_doubles(record, taken)
    if choice is None:
        for first, last in _PERIODS:
            if {first, last} <= taken.keys() and _are_crossed(table, header, end, taken[first], taken[last]):
                taken[first], taken[last] = taken[last], taken[first]
    if record is Readiness and "specialist" in taken and "place" not in taken:
        taken["place"] = taken.pop("specialist")  # who gives a service is the place of it
        said["place", taken["place"]] = said["specialist", taken["place"]]
        worth[fields.index("place")] = worth[fields.index("specialist")]
    lines = lines_above(table, header[0], slice(span.first, span.last + 1))
    above = " ".join(map(header_key, lines))
    said_above = [*lines[:1], table.title] if len(lines) <= FEW_LINES else lines[:1]
    users = _are_users(" ".join(map(key, lines)))  # also what stands in brackets
    by_group = _has_groups(table, header[-1] + 1, end)
    uses = (users and "pesel" not in taken) or (_uses_places(texts, taken.get("entered_on")) and not by_group)
    if record in (Place, SupportForm) and any(map(_says_whole_name, (said[-1] for said in texts.values()))):
        return None  # people, and what they used
    if (record is Enrolment and users and _says_seats(texts)) or (record is Specialist and users):
        return None
    if record is Participant and uses:
        return None  # people who use places, which are counted apart
    if (
        record is Enrolment
        and "group" in taken
        and _are_marks(_sample(table, header, end, taken["group"], samples))
    ):
        return None  # a cross for each form of support that a person takes part in
    if (
        record is Participant
        and "entered_on" not in taken
        and any(WAITING.match(header_key(text)) for text in (table.title, *lines[:1]))
    ):
        return None  # who waits for a place
    if record is Place and (
        _says_breaks(table, header[0])
        or (_are_users(header_key(lines[0])) and _said_people(texts))
        or _uses_places(texts, taken.get("starts_on"))
    ):
        return None
    if record in (Place, Specialist, SupportForm) and _says_groups(texts, taken):
        return None
    if record in (Attendance, Enrolment, Participant) and _OUTSIDE.search(above):
        return None
    if record is Place and _says_outcome(texts, taken):
        return None
    if record is Session and "group" not in taken and "~group" not in taken and _are_parts_of_name(texts):
        return None  # visits of people
    counted = sum(_COUNTED.match(header_key(said[-1])) is not None for said in texts.values())
    months = sum(_MONTH.fullmatch(header_key(said[-1])) is not None for said in texts.values())
    if record is BudgetLine and (counted or (months >= 3 and _says_groups(texts, {}))):
        return None  # how many sessions and marks each group had
    title = how_titled(table, record, header[0], span)
    score = sum(
        weight_of(record, name) * min(worth[fields.index(name), columns.index(column)], 1.0) ** 1.5
        for name, column in taken.items()
    )
    score += 4.0 * title if title >= TITLED else 0.0
    if len(header) == 2:
        score *= 1.04  # a row of headings above the names of the columns belongs to the header
    unexplained = len(texts) - others - len(taken)
    score -= 0.2 * max(unexplained, 0)
    complete = (
        (
            record is Enquiry
            and "starts_on" in taken
            and (users or (_uses_places(texts, taken["starts_on"]) and not by_group))
        )
        or (
            record is Attendance
            and "presence" in taken
            and bool(taken.keys() & set(WHO))
            and _dated_above(table, header[0], span)
        )
        or (
            record is Place
            and {"place", "declared"} <= taken.keys()
            and _is_promised(table, header[0], texts)
        )
        or (
            record is Enrolment
            and "started_on" in taken
            and bool(taken.keys() & set(WHO))
            and any(_VISIT.search(header_key(text)) for text in texts[taken["started_on"]])
        )
        or (
            record is Enrolment
            and "requested_on" in taken
            and bool(taken.keys() & set(WHO))
            and any(WAITING.match(header_key(text)) for text in said_above)
        )
        or any(all(any(one in taken for one in group) for group in way) for way in SIGNS[record])
    )
    if not complete and title < TITLED and (choice is None or choice.kind is None):
        return None
    if (
        record is Enquiry
        and not complete
        and "outcome" not in taken
        and header_key(table.title) != header_key(record.tab)
    ):
        return None  # a notebook of telephone calls in words of its own
    if (
        record is Specialist
        and title < TITLED
        and not _says_work({column: said for column, said in texts.items() if column != taken.get("name")})
    ):
        return None  # people with days, or whom to call
    if SUMMARY.search(header_key(table.title)) and (
        (record is SupportForm and "code" not in taken) or (record is BudgetLine and "line" not in taken)
    ):
        return None  # how many people there were in each form, how much was spent
    called = taken.get("name", taken.get("group"))
    if record in (Group, BudgetLine) and _are_parts_of_name(texts):
        return None  # people
    if record is BudgetLine and any(
        _are_people(_sample(table, header, end, column, samples)) for column in _said_people(texts)
    ):
        return None  # how much of a form of support each had
    if record is Group and called is not None and _FORM.fullmatch(header_key(texts[called][-1])):
        return None  # a list of the forms of support
    if (
        record in (Group, BudgetLine)
        and called is not None
        and _are_people(_sample(table, header, end, called, samples))
    ):
        return None
    if (
        record is Session
        and not {"leaders", "group"} & taken.keys()
        and any(
            column not in taken.values()
            and likeliest(Session, texts[column][-1]) != "leaders"
            and _are_people(_sample(table, header, end, column, samples))
            and _comes_again(table, header, end, column)
            for column in texts
        )
    ):
        return None  # the same people come again: visits of each
    if record is Session and any(
        _are_people(_sample(table, header, end, column, samples))
        or (
            likeliest(Attendance, texts[column][-1]) == "person"
            and _comes_again(table, header, end, column)
            and not _only_counts(_sample(table, header, end, column, samples))
        )
        for column in _said_people(texts)
    ):
        return None  # a register of visits or a list of attendance
    evidence = tuple(
        evidence_for(table, record, name, column, texts, said.get((name, column), (0.0, None)))
        for name, column in taken.items()
    )
    return Candidate(record, header, span, end, taken, evidence, score, complete, title)


FEW_LINES = 4
"""Where no more lines stand above a table its tab is of nothing else, and its title says what it is."""

_PERIODS = (
    ("entered_on", "exited_on"),
    ("started_on", "ended_on"),
    ("starts_on", "ends_on"),
    ("contract_from", "contract_to"),
)
"""Fields of which the first is a day before the last."""


def _are_crossed(table: Table, header: Sequence[int], end: int, first: int, last: int) -> bool:
    """Whether the days of a column taken for the first ones are after those taken for the last."""
    rows = slice(header[-1] + 1, min(end, header[-1] + 1 + _LOOKED_AT))
    days = (
        (day_of(one), day_of(two))
        for one, two in zip(table.columns[first][rows], table.columns[last][rows], strict=True)
    )
    both = [one > two for one, two in days if one is not None and two is not None]
    return len(both) >= FEW and sum(both) > 0.8 * len(both)


_LOOKED_AT = 200
"""Rows in which days are compared."""


def _sample(
    table: Table, header: Sequence[int], end: int, column: int, samples: dict[tuple[int, int], list[Value]]
) -> list[Value]:
    """Some cells of a column below a header, each column looked at once for all kinds of tables."""
    values = samples.get((header[-1], column))
    if values is None:
        start = header[-1] + 1
        if (header[-1], CARDS) not in samples:
            below = range(start, min(end, start + FAR))
            samples[header[-1], CARDS] = [row for row in below if is_card_line(table.row(row))]
        cells = table.columns[column]
        cards = [row for row in samples[header[-1], CARDS] if isinstance(row, int)]
        said = {
            cells[row] for row in (header[-1], *cards)
        }  # also above the next part, and none of the column
        values = [value for value in sample_of(table, start, end, column) if value not in said]
        samples[header[-1], column] = values
    return values


CARDS = -1
"""Where the rows below a header are kept that say something of the part below them."""

FAR = 400
"""So many rows below a header samples are taken from."""


def _are_people(values: Sequence[Value]) -> bool:
    """Whether cells are names of people, one or several in a cell."""
    people = _first_of_each(values)
    named = sum(isinstance(v, str) and (has_first_name(v) or _INITIAL.search(v) is not None) for v in people)
    return named >= 0.3 * len(people) and (fit(Attendance, "~name", people) or 0.0) >= 0.7


_INITIAL = re.compile(r"\b[^\W\d_]\.?\s*$|^\s*[^\W\d_]\.\s*[^\W\d_]{2,}")
"""A name of which the first name is only an initial: „Kowalska A.”, „A. Kowalska”."""


def _first_of_each(values: Sequence[Value]) -> list[Value]:
    """The first of several people in each cell."""
    return [value.split(",")[0] if isinstance(value, str) else value for value in values]


def _are_marks(values: Sequence[Value]) -> bool:
    """Whether the cells are marks, as „x”, and name nothing."""
    said = [value for value in values if isinstance(value, str)]  # a number counts those above it
    return bool(said) and all(mark_of(value) in MARKS for value in said)


def _says_breaks(table: Table, header: int) -> bool:
    """Whether the line above says that places stand below with when they were not to be had."""
    return any(
        re.match("przerw|niedostepn|wylaczen|kiedy bylo mniej|braki", header_key(text))
        for text in lines_above(table, header)[:1]
    )


def _says_outcome(texts: Mapping[int, tuple[str, ...]], taken: Mapping[str, int]) -> bool:
    """Whether a column that none of the fields is read from says what became of an enquiry."""
    left = (said for column, said in texts.items() if column not in taken.values())
    return any(
        likeliest(Enquiry, text, STEM) == "outcome" or likeliest(Enquiry, text, 0.9) == "channel"
        for said in left
        for text in said
    )


def _says_groups(texts: Mapping[int, tuple[str, ...]], taken: Mapping[str, int]) -> bool:
    """Whether a column that none of the fields is read from names groups."""
    left = (said for column, said in texts.items() if column not in taken.values())
    return any(
        "grup" in header_key(text) and likeliest(Group, text, 0.95) == "group"
        for said in left
        for text in said
    )


def _said_people(texts: Mapping[int, tuple[str, ...]]) -> list[int]:
    """The columns whose headers say that they name those who came."""
    return [
        column
        for column, said in texts.items()
        if any(
            likeliest(Attendance, text, 0.7) in ("~name", "person") or _says_whole_name(text) for text in said
        )
    ]


def _worths(
    table: Table,
    record: type[Record],
    header: tuple[int, ...],
    texts: Mapping[int, tuple[str, ...]],
    end: int,
    fields: Sequence[str],
    columns: Sequence[int],
    samples: dict[tuple[int, int], list[Value]],
) -> tuple[np.ndarray, dict[tuple[str, int], tuple[float, float | None]], int]:
    """How good each column is for each field, what header and cells say of it, and how many are no field."""
    worth = np.zeros((len(fields), len(columns)))
    said: dict[tuple[str, int], tuple[float, float | None]] = {}
    others = 0
    apart = _are_parts_of_name(texts)
    for at, column in enumerate(columns):
        shares, other = meanings(record, texts.get(column, ()))
        others += other > 0
        unknown = not shares and not other
        for number, name in enumerate(fields):
            share = shares.get(name, 0.0)
            by_content = BY_CONTENT.get(name) if unknown and name in BY_CONTENT else None
            if name == "~name" and apart:
                by_content = None
            if not share and by_content is None:
                continue
            if name in _PARTS_OF_NAME and any(map(_says_whole_name, texts.get(column, ()))):
                continue
            values = _sample(table, header, end, column, samples)
            if values and _is_day(record, name) and are_hours(values):
                continue
            if name in ("group", "~group") and (
                2 * sum(map(is_day, values)) > len(values)
                or header_key(texts.get(column, ("",))[-1]) in ("od", "do")
            ):
                continue  # since when somebody is in it
            content = fit(record, name, values)
            if (record, name) == (Attendance, "~name") and share:
                content = max(content or 0.0, fit(record, name, _first_of_each(values)) or 0.0)
            if (record, name) in _DAYS_OF_MEETINGS and content == 0.0 and len(values) >= FEW:
                continue  # „wtorki, 9:00” is when a group meets, and no session
            if (record, name) == (Place, "declared") and any(
                _NOT_PROMISED.search(key(t)) for t in texts.get(column, ())
            ):
                continue
            if (record, name) == (Enrolment, "started_on") and _is_asked(texts, column):
                continue
            if record is Expense and name in ("gross_gr", "eligible_gr"):
                share = _of_amount(name, share, texts, column)
            if (record, name) == (BudgetLine, "planned_gr") and (
                says_spent(texts.get(column, ())) or is_of_year(texts, column) or is_outdated(texts, column)
            ):
                continue
            if share:
                worth[number, at] = worth_of(name, share, content, len(values))
                if (
                    record is Participant
                    and name in ("entered_on", "exited_on")
                    and _is_repeated(texts, column)
                ):
                    worth[number, at] *= 0.0 if _is_beside_group(texts, column) else 0.5
                if name in ("group", "~group") and _is_form_beside_group(texts, column):
                    worth[number, at] *= 0.5
                if name == "~name" and not any(
                    "nazwisk" in _in_full(t) or _says_whole_name(t) for t in texts.get(column, ())
                ):
                    # „Dziecko” beside „Nazwisko i imię” is somebody else, and surely so beside both apart
                    worth[number, at] *= 0.0 if apart else 0.92
                if record in (Attendance, Enrolment) and name == "person" and _only_counts(values):
                    worth[number, at] = 0.0  # „Lp.”, whatever it is called
                if (
                    (record, name) == (Session, "session")
                    and _only_counts(values)
                    and _comes_again(table, header, end, column)
                ):
                    worth[number, at] = 0.0  # which meeting of a group it is, or which that was held
                if (record, name) == (Group, "group") and _is_of_forms(
                    table, header[-1] + 1, end, column, texts
                ):
                    worth[number, at] = 0.0
                if name in ("person", "~name") and is_of_address_or_limit(texts, column):
                    worth[number, at] = 0.0
                if (record, name) == (Participant, "person") and _repeats(table, header[-1] + 1, end, column):
                    worth[number, at] *= 0.5  # the number of a family, not of a person
                if (record, name) == (BudgetLine, "name") and (
                    share < SURE and _repeats(table, header[-1] + 1, end, column)
                ):
                    worth[number, at] *= 0.3  # the category of a cost
            elif content is not None and by_content is not None and content >= by_content[0]:
                worth[number, at] = by_content[1] * content
            said[name, column] = (share, content)
    return worth, said, others


def _is_asked(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether „Zapis” is when somebody asked for a place: beside „Wypis” it is the first day in a group."""
    said = {header_key(own[-1]) for own in texts.values()}
    return header_key(texts.get(column, ("",))[-1]) == "zapis" and "wypis" not in said


SURE = 0.95
"""From this share on a header is the name of a field, and not only alike."""


def _is_of_forms(
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


def _is_form_beside_group(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a header says a form of support, and another one a group or an edition."""
    form = re.search(r"form|rodzaj|zajec", header_key(texts[column][-1]))
    beside = (_in_full(said[-1]) for at, said in texts.items() if at != column)
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


_FORM = re.compile(r"(?:pelna )?nazwa form[ay](?: wsparcia)?")
"""The header of the names of forms of support."""

_VISIT = re.compile(r"pierwsz\w+ (?:wizyt|konsult|porad|spotk)")
"""What the header says of the first day of support that is given to each by themselves."""

WAITING = re.compile(
    r"(?:lista |l |chetn[iea] |kto )?(?:rez(?:erw|\b)|oczekuj|czeka|kolejk|(?<=chetn[iea] )nie ma miejsc)"
)
"""How the line begins above those who wait for a place in the group of a tab."""

WAITS = re.compile(r"(?i)rez|oczek|czeka|kolejk|ch[eę]tn")
"""What such a line has in it."""


def waiting_lines(table: Table) -> list[int]:
    """The rows with nothing but a line above those who wait for a place in the group, from the top."""
    found = []
    for row in sorted(rows_with(table.columns, WAITS, WAITS.search)):
        there = [value for value in table.row(row) if value is not None]
        if len(there) == 1 and isinstance(there[0], str) and WAITING.match(header_key(there[0])):
            found.append(row)
    return found


_DAYS_OF_MEETINGS = ((Session, "day"), (Attendance, "~day"))


def _says_whole_name(header: str) -> bool:
    """Whether a header says that surname and first name stand below it."""
    said = key(header)
    return "nazwisk" in said and "imi" in said


def _are_parts_of_name(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether the surname and the first name of somebody each have a column."""
    said = {header_key(own[-1]) for own in texts.values()}
    return "nazwisko" in said and not said.isdisjoint(("imie", "imiona", "pierwsze imie"))


_PARTS_OF_NAME = ("~surname", "~first_name", "surname", "first_name")


def _is_repeated(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether another column has the same name."""
    own = header_key(texts.get(column, ("",))[-1])
    return sum(header_key(said[-1]) == own for said in texts.values()) > 1


def _is_beside_group(texts: Mapping[int, tuple[str, ...]], column: int) -> bool:
    """Whether a group stands one or two columns before: from when to when somebody was in it."""
    before = (texts.get(at, ("",))[-1] for at in (column - 1, column - 2))
    return any(likeliest(Enrolment, text) == "group" for text in before)


def _comes_again(table: Table, header: Sequence[int], end: int, column: int) -> bool:
    """Whether numbers of a column come again, or are left out in a row full of other cells."""
    rows = range(header[-1] + 1, end)
    cells = [value for row in rows if (value := table.columns[column][row]) is not None]
    left_out = (row for row in rows if table.columns[column][row] is None)
    full = any(sum(value is not None for value in table.row(row)) >= FULL for row in left_out)
    return full or len(set(cells)) < len(cells)


FULL = 3
"""A row of so many cells is one of data."""


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


_NOT_PROMISED = re.compile(r"gotow|wykorzyst|zajet|uzyci|wolne")
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


def _of_amount(name: str, share: float, texts: Mapping[int, tuple[str, ...]], column: int) -> float:
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


def _repeats(table: Table, start: int, end: int, column: int) -> bool:
    """Whether many of the cells of a column repeat one another."""
    cells = [value for value in table.columns[column][start:end] if value is not None]
    return len(cells) >= FEW and len(set(cells)) < 0.7 * len(cells)


def _is_promised(table: Table, header: int, texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header or a line right above it says that places stand below which are to be kept."""
    above = lines_above(table, header)[:2]
    return any(_PROMISED.search(header_key(text)) for text in above) or any(
        re.search("zadeklar|obiecan", header_key(said[-1])) is not None for said in texts.values()
    )


_PROMISED = re.compile(
    "miejsc.*(?:utrzym|trwalo|deklar|zobowiaz|po zakoncz|po projek)|(?:utrzym|zadeklar|zobowiaz).*miejsc"
)
"""What a line says of the places that a project has to keep."""


def _says_seats(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header says that places, or numbers of them, stand below it."""
    return any("miejsc" in header_key(said[-1]) for said in texts.values())


_OUTSIDE = re.compile(
    r"\bformularzy zgloszeniow|\bnie wesz|\bnie (?:sa )?uczestni|\bnie ?zakwalif|\bnie ?przyjec|\bodrzucen"
)
"""What is said above people who asked to take part and do not."""


def _are_users(above: str) -> bool:
    """Whether the title or a line above says that people stand below who use the places of a project."""
    uses = re.search(r"\bkorzysta|\bzajmuj|zajet|\boblozen", above) is not None
    return uses and ("miejsc" in above or "trwalosc" in above)


_COUNTED = re.compile("odbyt|odwolan|obecn|nieob|frekw|wplyn|dat[ay]\\b")
"""How headers begin of a table that counts sessions and marks, or says when money came."""


def _says_work(texts: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a header says that people work below it: what they do, or on what agreement."""
    return any(_WORK.search(header_key(text)) for said in texts.values() for text in said)


_WORK = re.compile(
    "umow|zatrudn|etat|funkc|stanow|zawod|specjal|rola|prowadz|wykonaw|kwalifik|wychowawc|terapeut|trener|godz|wymiar"
)
"""What headers say of people who work for a project."""

_MONTH = re.compile(r"(?:0?[1-9]|1[0-2]|[ivx]+)[./ -](?:20)?[0-9]{2}")
"""The header of a month: „09.24”."""

SUMMARY = re.compile("zestawien|podsumow|statyst|sprawozd|wskaznik")
"""What the title of a tab says that sums up others."""


def _dated_above(table: Table, header: int, span: Span) -> bool:
    """Whether a line of one cell right above a header says a day, as that of the session whose list it is."""
    for row in range(header - 1, max(-1, header - 3), -1):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str) and DAY_INSIDE.search(plain(cells[0])):
            return True
    return False


def _in_full(header: str) -> str:
    """A header with its short forms in full."""
    return " ".join(words(header_key(header)))


def _uses_places(texts: Mapping[int, tuple[str, ...]], column: int | None) -> bool:
    """Whether a column says since when somebody uses a place: „Korzysta od”, „Zajęte od”."""
    return column is not None and any(
        re.search("korzysta|zajmuj|zajet", header_key(text)) for text in texts.get(column, ())
    )


def _has_groups(table: Table, start: int, end: int) -> bool:
    """Whether lines among the rows name the groups that people are listed under."""
    for row in range(start, min(end, start + FAR)):
        there = [value for value in table.row(row) if value is not None]
        if len(there) == 1 and isinstance(there[0], str) and group_in(there[0]):
            return True
    return False


def _only_counts(values: Sequence[Value]) -> bool:
    """Whether the different values are 1, 2, 3, and so on, but for lines that name parts."""
    typed = (str(int(v)) if isinstance(v, float) else str(v).rstrip(". ") for v in values)
    numbers = [int(text) for text in typed if text.isdigit()]
    rising = sum(after == before + 1 for before, after in pairwise(numbers))
    return (
        len(numbers) >= max(FEW, 0.6 * len(values)) and numbers[0] == 1 and rising >= 0.8 * (len(numbers) - 1)
    )


def _is_day(record: type[Record], name: str) -> bool:
    """Whether a field is a day."""
    return not name.startswith("~") and kind_of(record.model_fields[name]).name in ("Day", "BirthDay")


def _without_doubles(record: type[Record], taken: dict[str, int]) -> dict[str, int]:
    """The columns without those kept together of which the parts are there too."""
    kept = dict(taken)
    if record is Attendance and "~day" in kept and "presence" not in kept:
        kept.pop("session", None)  # a register of visits is by days, however many there were
    for together in SPOKEN[record].together:
        name = f"~{together.how}"
        if name not in kept:
            continue
        if (
            (together.how == "name" and "surname" in kept and "first_name" in kept)
            or (together.how in ("period", "times") and all(one in kept for one in together.fields))
            or (together.how in ("surname", "first_name") and ("~name" in kept or "person" in kept))
            or (together.how in ("day", "group") and "session" in kept)
        ):
            del kept[name]
    return kept
