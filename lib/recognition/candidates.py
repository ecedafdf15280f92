"""A kind of table that a header may be of: the best assignment of its fields to the columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from lib.blocks import TOTALS, Span, card_lines, is_blank
from lib.cells import key, plain
from lib.contents import FEW, are_hours, day_of, fit, is_day
from lib.headers import SPOKEN, header_key, likeliest
from lib.names import has_first_name, looks_like_name
from lib.reading import Evidence
from lib.recognition.above import lines_above
from lib.recognition.choice import Choice
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.marks import says_of_visit, says_what_became
from lib.recognition.said import (
    COUNTED,
    FAR,
    FORM,
    MONTH,
    NOT_PROMISED,
    OUTSIDE,
    STAY,
    SUMMARY,
    VISIT,
    are_parts_of_name,
    are_users,
    counts_seats,
    counts_units,
    dated_above,
    has_groups,
    in_full,
    is_asked,
    is_beside_group,
    is_form_beside_group,
    is_of_address_or_limit,
    is_of_forms,
    is_of_year,
    is_outdated,
    is_promised,
    is_repeated,
    of_amount,
    said_people,
    says_breaks,
    says_delivery,
    says_groups,
    says_matter,
    says_outcome,
    says_places,
    says_seats,
    says_spent,
    says_stay,
    says_users,
    says_waiting,
    says_whole_name,
    says_work,
    uses_places,
)
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
    forms_end = _end_of_forms(table, header, end, texts, taken) if record is SupportForm else 0
    end = forms_end or end
    if len(taken) < 2 and not forms_end:
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
    if choice is None and record is Enrolment and "group" in taken:
        near = (table.title, *lines_above(table, header[0], slice(span.first, span.last + 1))[:2])
        if header_key(texts[taken["group"]][-1]) == "na co" and not any(map(_says_wishes, near)):
            del taken["group"]  # for what, where nobody waits for anything
    if record is Group and choice is None and _codes_forms(table, header, end, taken):
        taken["group"] = taken.pop("name")  # „KURS” beside „Opiekun” and „Magazynier”
        worth[fields.index("group")] = worth[fields.index("name")]
    chosen = choice is not None and any(name.endswith("person") for name in choice.columns)
    if record is Participant and not chosen and _numbers_families(table, header, end, taken):
        del taken["person"]
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
    said_of_places = " ".join(map(key, lines))  # also what stands in brackets
    users = are_users(said_of_places) or (says_users(texts) and says_places(said_of_places))
    by_group = cache(lambda: has_groups(table, header[-1] + 1, end))
    uses = (users and "pesel" not in taken) or (
        uses_places(texts, taken.get("entered_on")) and not by_group()
    )
    if record in (Place, SupportForm) and any(map(says_whole_name, (said[-1] for said in texts.values()))):
        return None  # people, and what they used
    if (record is Enrolment and users and says_seats(texts)) or (record is Specialist and users):
        return None
    if record is Participant and uses:
        return None  # people who use places, which are counted apart
    if record is Enquiry and not users and _is_code_of_case(texts, taken.get("place")):
        del taken["place"]
    if (
        record is Enrolment
        and "group" in taken
        and _are_marks(_sample(table, header, end, taken["group"], samples))
    ):
        return None  # a cross for each form of support that a person takes part in
    if (
        record is Participant
        and "entered_on" not in taken
        and any(map(says_waiting, (table.title, *lines[:1])))
    ):
        return None  # who waits for a place
    if record is Attendance and "presence" not in taken and any(map(says_waiting, (table.title, *lines[:1]))):
        return None  # when who asked for a place
    if record is Place and (
        says_breaks(table, header[0])
        or (are_users(header_key(lines[0])) and said_people(texts))
        or uses_places(texts, taken.get("starts_on"))
        or says_users(texts)
    ):
        return None
    if record in (Place, Specialist, SupportForm) and says_groups(texts, taken):
        return None
    if record is Place and "place" in taken and "grup" in header_key(texts[taken["place"]][-1]):
        return None
    if record in (Attendance, Enrolment, Participant) and OUTSIDE.search(above):
        return None
    if record is Place and says_outcome(texts, taken):
        return None
    if record is Session and "group" not in taken and "~group" not in taken and are_parts_of_name(texts):
        return None  # visits of people
    counted = sum(COUNTED.match(header_key(said[-1])) is not None for said in texts.values())
    months = sum(MONTH.fullmatch(header_key(said[-1])) is not None for said in texts.values())
    if record is BudgetLine and any(_OF_THINGS.search(header_key(said[-1])) for said in texts.values()):
        return None  # what things there are, and what they are worth
    if record is BudgetLine and (counted or (months >= 3 and says_groups(texts, {}))):
        return None  # how many sessions and marks each group had
    stays = _are_stays(texts, lines)
    if (record is Attendance and stays) or (
        record is Participant and stays and taken.keys().isdisjoint(("pesel", "birth_date", "sex"))
    ):
        return None  # who was where from when to when
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
        forms_end > 0
        or (
            record is Enquiry
            and "starts_on" in taken
            and (users or (uses_places(texts, taken["starts_on"]) and not by_group()))
        )
        or (
            record is Attendance
            and "presence" in taken
            and bool(taken.keys() & set(WHO))
            and dated_above(table, header[0], span)
        )
        or (record is Attendance and {"~name", "~day"} <= taken.keys() and says_matter(texts))
        or (
            record is Place and {"place", "declared"} <= taken.keys() and is_promised(table, header[0], texts)
        )
        or (
            record is Enrolment
            and "started_on" in taken
            and bool(taken.keys() & set(WHO))
            and (stays or any(VISIT.search(header_key(text)) for text in texts[taken["started_on"]]))
        )
        or (
            record is Enrolment
            and not {"requested_on", "waitlisted_on"}.isdisjoint(taken)
            and bool(taken.keys() & set(WHO))
            and any(map(says_waiting, said_above))
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
        and (
            not says_work({column: said for column, said in texts.items() if column != taken.get("name")})
            or any(likeliest(Participant, said[-1], 0.9) == "pesel" for said in texts.values())
        )
    ):
        return None  # people with days, or whom to call
    if SUMMARY.search(header_key(table.title)) and (
        (record is SupportForm and "code" not in taken) or (record is BudgetLine and "line" not in taken)
    ):
        return None  # how many people there were in each form, how much was spent
    if (
        record is Expense
        and not {"paid_on", "issued_on"} & taken.keys()
        and any(likeliest(BudgetLine, text[-1], 0.7) == "planned_gr" for text in texts.values())
    ):
        return None  # a plan with how much of each line was spent
    called = taken.get("name", taken.get("group"))
    if record in (Group, BudgetLine) and are_parts_of_name(texts):
        return None  # people
    if record is BudgetLine and any(
        _are_people(_sample(table, header, end, column, samples)) for column in said_people(texts)
    ):
        return None  # how much of a form of support each had
    if record is Group and called is not None and FORM.fullmatch(header_key(texts[called][-1])):
        return None  # a list of the forms of support
    if (
        record is Group
        and (
            set(taken) == {"group", "form"}
            or (set(taken) == {"group", "form", "venue"} and says_delivery(texts))
        )
        and _CODE.fullmatch(header_key(texts[taken["group"]][-1]))
        and not _comes_again(table, header, end, taken["form"])
    ):
        return None  # the forms of support, each with its code
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
            likeliest(Attendance, texts[column][-1], 0.9) == "~name"
            and _look_like_names(_sample(table, header, end, column, samples))
        )
        or (
            likeliest(Attendance, texts[column][-1]) == "person"
            and _comes_again(table, header, end, column)
            and not _only_counts(_sample(table, header, end, column, samples))
        )
        for column in said_people(texts)
    ):
        return None  # a register of visits or a list of attendance
    evidence = tuple(
        evidence_for(table, record, name, column, texts, said.get((name, column), (0.0, None)))
        for name, column in taken.items()
    )
    return Candidate(record, header, span, end, taken, evidence, score, complete, title)


def _are_stays(texts: Mapping[int, tuple[str, ...]], lines: Sequence[str]) -> bool:
    """Whether a table says from when to when somebody was somewhere, or had a thing lent."""
    first = _first_words(texts)
    if any(word.startswith(("wydan", "wypozycz")) for word in first) and any(
        word.startswith("zwr") for word in first
    ):
        return True
    days = {"od", "do"} <= first or {"poczatek", "koniec"} <= first
    return days and (says_stay(texts) or any(STAY.search(header_key(line)) for line in lines[:2]))


def _end_of_forms(
    table: Table,
    header: Sequence[int],
    end: int,
    texts: Mapping[int, tuple[str, ...]],
    taken: Mapping[str, int],
) -> int:
    """Where a table ends that says of each form of support nothing but words, as where its lists are kept.

    0 for any other table.
    """
    first = min(texts)
    if set(taken) != {"name"} or taken["name"] != first or not _FORMS.fullmatch(header_key(texts[first][0])):
        return 0
    names = table.columns[first]
    last = next((row for row in range(header[-1] + 1, end) if is_blank(names[row])), end)
    rows = [[table.columns[column][row] for column in texts] for row in range(header[-1] + 1, last)]
    named = {key(cells[0] or "") for cells in rows}
    words = all(isinstance(v, str) and not is_day(v) for cells in rows for v in cells if v is not None)
    said = any(any(cells[1:]) for cells in rows)
    return last if FEW <= len(rows) == len(named) and words and said else 0


_FORMS = re.compile(r"(?:nazwa )?form[ay] wsparcia(?: w projekcie)?")
"""The header of nothing but forms of support."""


_OF_THINGS = re.compile(r"\binw|\bseryjn|\bsprzet")
"""What a header has in it of a list of things: „Nr inw.”."""


def _first_words(texts: Mapping[int, tuple[str, ...]]) -> set[str]:
    """The words with which the names of the columns begin, or end: „od”, „Od dnia”, „Termin stażu od”."""
    said = [header_key(own[0]).split() for own in texts.values()]
    return {word for one in said for word in (*one[:1], *one[-1:])}


def _is_code_of_case(texts: Mapping[int, tuple[str, ...]], column: int | None) -> bool:
    """Whether „Symbol” is of the case, and not of the place somebody uses."""
    return column is not None and header_key(texts[column][-1]) == "symbol"


def _says_wishes(line: str) -> bool:
    """Whether a line says that people below it want to take part: „LISTA CHĘTNYCH”."""
    return says_waiting(line) or "chetn" in header_key(line)


def _codes_forms(table: Table, header: Sequence[int], end: int, taken: Mapping[str, int]) -> bool:
    """Whether the codes on a list of groups are those of the forms: the same for groups of other names."""
    if not {"group", "name", "form"} <= taken.keys():
        return False
    names = ("group", "name", "form")
    codes, called, forms = (table.columns[taken[name]][header[-1] + 1 : end] for name in names)
    rows = [row for row in zip(codes, called, forms, strict=True) if not any(map(is_blank, row))]
    of_one = {(code, form) for code, _, form in rows}
    return len(of_one) == len({code for code, _ in of_one}) < len({(code, name) for code, name, _ in rows})


def _numbers_families(table: Table, header: Sequence[int], end: int, taken: Mapping[str, int]) -> bool:
    """Whether the numbers on a list of people are of families: one merged beside several names."""
    number, name = taken.get("person"), taken.get("~name", taken.get("surname", taken.get("~surname")))
    if number is None or name is None:
        return False
    rows = [r for r in range(header[-1] + 1, min(end, len(table))) if looks_like_name(table.columns[name][r])]
    return any(
        first == last == number
        and len({plain(table.columns[name][r] or "") for r in rows if top <= r <= bottom}) > 1
        for top, first, bottom, last in table.merged
    )


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
            samples[header[-1], CARDS] = [
                row for row in card_lines(table) if start <= row < min(end, start + FAR)
            ]
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


def _are_people(values: Sequence[Value]) -> bool:
    """Whether cells are names of people, one or several in a cell."""
    people = [v for v in _first_of_each(values) if not (isinstance(v, str) and TOTALS.match(v))]
    named = sum(isinstance(v, str) and (has_first_name(v) or _INITIAL.search(v) is not None) for v in people)
    return named >= 0.3 * len(people) and (fit(Attendance, "~name", people) or 0.0) >= 0.7


def _look_like_names(values: Sequence[Value]) -> bool:
    """Whether nearly all cells may be names of people, also of those from abroad."""
    return len(values) >= FEW and sum(map(looks_like_name, values)) >= 0.9 * len(values)


def _are_whole_names(values: Sequence[Value]) -> bool:
    """Whether most cells are the surname and the first name of a person."""
    named = sum(looks_like_name(value) and has_first_name(str(value)) for value in values)
    return len(values) > 0 and named >= 0.6 * len(values)


_INITIAL = re.compile(r"\b[^\W\d_]\.?\s*$|^\s*[^\W\d_]\.\s*[^\W\d_]{2,}")
"""A name of which the first name is only an initial: „Kowalska A.”, „A. Kowalska”."""


def _first_of_each(values: Sequence[Value]) -> list[Value]:
    """The first of several people in each cell."""
    return [value.split(",")[0] if isinstance(value, str) else value for value in values]


def _are_marks(values: Sequence[Value]) -> bool:
    """Whether the cells are marks, as „x”, and name nothing."""
    said = [value for value in values if isinstance(value, str)]  # a number counts those above it
    return bool(said) and all(mark_of(value) in MARKS for value in said)


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
    apart = are_parts_of_name(texts)
    for at, column in enumerate(columns):
        shares, other = meanings(record, texts.get(column, ()))
        others += other > 0
        unknown = not shares and not other
        for number, name in enumerate(fields):
            share = shares.get(name, 0.0)
            by_content = BY_CONTENT.get(name) if unknown and name in BY_CONTENT else None
            if name == "~name" and apart:
                by_content = None
            if name == "~name" and not share and says_whole_name(texts.get(column, ("",))[-1]):
                share = 0.75  # „Opiekun (nazwisko, imię)”
            if not share and by_content is None:
                continue
            if name in _PARTS_OF_NAME and any(map(says_whole_name, texts.get(column, ()))):
                continue
            values = _sample(table, header, end, column, samples)
            if values and _is_day(record, name) and are_hours(values):
                continue
            if name in ("group", "~group") and (
                2 * sum(map(is_day, values)) > len(values)
                or header_key(texts.get(column, ("",))[-1]) in ("od", "do")
            ):
                continue  # since when somebody is in it
            if (record, name) == (Enrolment, "group") and _are_whole_names(values):
                continue  # „mieszkaniec”, who lives in the „mieszkanie”
            content = fit(record, name, values)
            if (record, name) == (Attendance, "~name") and share:
                content = max(content or 0.0, fit(record, name, _first_of_each(values)) or 0.0)
            if (record, name) in _DAYS_OF_MEETINGS and content == 0.0 and len(values) >= FEW:
                continue  # „wtorki, 9:00” is when a group meets, and no session
            if (record, name) == (Place, "declared") and any(
                NOT_PROMISED.search(key(t)) for t in texts.get(column, ())
            ):
                continue
            if (record, name) == (Enrolment, "started_on") and is_asked(texts, column):
                continue
            if (record, name) in _OF_PROMISE and any(
                NOT_PROMISED.match(key(t)) for t in texts.get(column, ())
            ):
                continue  # since when a place is ready
            if (record, name) == (Enquiry, "seat") and counts_seats(texts, column):
                continue
            if record is Expense and name in ("gross_gr", "eligible_gr"):
                share = of_amount(name, share, texts, column)
            if (record, name) == (BudgetLine, "planned_gr") and (
                says_spent(texts.get(column, ()))
                or is_of_year(texts, column)
                or is_outdated(texts, column)
                or counts_units(texts, column)
            ):
                continue
            if share:
                worth[number, at] = worth_of(name, share, content, len(values))
                if (
                    record is Participant
                    and name in ("entered_on", "exited_on")
                    and is_repeated(texts, column)
                ):
                    worth[number, at] *= 0.0 if is_beside_group(texts, column) else 0.5
                if name in ("group", "~group") and is_form_beside_group(texts, column):
                    worth[number, at] *= 0.5
                if name == "~name" and not any(
                    "nazwisk" in in_full(t) or says_whole_name(t) for t in texts.get(column, ())
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
                if (record, name) == (Group, "group") and is_of_forms(
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


SURE = 0.95
"""From this share on a header is the name of a field, and not only alike."""


_OF_PROMISE = ((Place, "starts_on"), (Place, "ends_on"))


_DAYS_OF_MEETINGS = ((Session, "day"), (Attendance, "~day"))


_PARTS_OF_NAME = ("~surname", "~first_name", "surname", "first_name")


def _comes_again(table: Table, header: Sequence[int], end: int, column: int) -> bool:
    """Whether numbers of a column come again, or are left out in a row full of other cells."""
    rows = range(header[-1] + 1, end)
    cells = [value for row in rows if (value := table.columns[column][row]) is not None]
    left_out = (row for row in rows if table.columns[column][row] is None)
    full = any(sum(value is not None for value in table.row(row)) >= FULL for row in left_out)
    return full or len(set(cells)) < len(cells)


FULL = 3
"""A row of so many cells is one of data."""


_CODE = re.compile(r"(?:skr[oó]t|kod|symbol|oznaczenie)y?")
"""The header of codes that does not say of what."""


def _repeats(table: Table, start: int, end: int, column: int) -> bool:
    """Whether many of the cells of a column repeat one another."""
    cells = [value for value in table.columns[column][start:end] if value is not None]
    return len(cells) >= FEW and len(set(cells)) < 0.7 * len(cells)


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
