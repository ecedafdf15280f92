"""Lists of attendance as people by days: who is marked how on which day, and in what group.

A list has days across its header (whole days, days without a year, or numbers of days under the name of
a month), people down its side and marks between them. It becomes attendance line by line, each with the
place of its mark.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

import numpy as np

from lib import findings as rules
from lib.blocks import BLANKS, OTHER, is_blank, plain_text, without_columns, without_rows
from lib.cells import key
from lib.contents import is_day
from lib.dictionaries import EnrolmentState, Presence, SessionStatus, is_word
from lib.findings import Finding
from lib.headers import header_key, likeliest
from lib.names import whole
from lib.reading import Evidence, Listed, Question, Recognised
from lib.recognition.above import Above, group_in, lines_above, said_above
from lib.recognition.choice import Choice
from lib.recognition.days import Days, dated, day_headers, parts_of
from lib.recognition.habits import MARKS, mark_of
from lib.recognition.marks import (
    CALLED_OFF,
    NO_RECORD,
    NOTHING,
    Legend,
    is_cancelled,
    is_marked,
    is_planned,
    legend_of,
    marks_between,
    meaning_of,
    says_absence,
)
from lib.recognition.meeting import Meeting
from lib.recognition.people import STATUS, Who, rows_of_people, who_of
from lib.recognition.said import waiting_lines
from lib.records import Attendance, Enrolment
from sheets.table import Table, Value, column_letters


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of attendance on a tab, what is to be asked of them, and the first row of the first.

    `left` is the column where the days of the first begin; `planned` tells whether some are told by a plan.
    """

    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    first: int | None = None
    left: int = 0
    planned: bool = False


def find_lists(table: Table, heads: Sequence[int], choice: Choice, legend: Callable[[], Legend]) -> Lists:
    """The lists of attendance of a tab; none when there is none. `legend` holds where the tab has none."""
    found: list[Recognised] = []
    asked: list[Question] = []
    headers = [parts_of(table, days) for days in day_headers(table, heads)]
    first, left = None, 0
    own_legend = cache(lambda: legend_of(table) or legend())
    several = sum(map(len, headers)) > 1
    for number, parts in enumerate(headers):
        end = headers[number + 1][0].top if number + 1 < len(headers) else len(table)
        for days in parts:
            own = without_columns(table, days.beside) if days.beside else table
            shaped = _list(own, days, end, own_legend, legend, choice, one_of_several=several)
            if shaped is None:
                continue
            own_lists, questions = shaped
            if first is None:
                first, left = days.first, days.left
            found.extend(own_lists)
            asked.extend(questions)
    planned = any(days.plan is not None for parts in headers for days in parts)
    return Lists(tuple(found), tuple(dict.fromkeys(asked)), first, left, planned)


def _list(
    table: Table,
    days: Days,
    end: int,
    legends: Callable[[], Legend],
    elsewhere: Callable[[], Legend],
    choice: Choice,
    *,
    one_of_several: bool,
) -> tuple[list[Recognised], list[Question]] | None:
    """The list under a header of days, one a group in a column; None when it is none of attendance."""
    start, left, answers = days.row + 1, min(days.columns), choice.answers
    chosen = choice.columns.get("Attendance.person", choice.columns.get("person", ""))
    who = who_of(table, days, start, end, left, chosen)
    if who is None:
        return None
    end = _next_header(table, who, days, start, end)
    legend = legends()
    rows, skip, groups = rows_of_people(table, who, days, start, end, legend)
    if days.group:
        own = table.columns[days.left :]
        away = {row for row in rows if all(column[row] is None for column in own)}
        rows = [row for row in rows if row not in away]
        skip |= dict.fromkeys(away, "osoba z innej grupy")
    marks = marks_between(table, days.columns, rows)
    unknown = [mark for mark in marks if mark and mark not in legend and (mark == "-" or mark not in MARKS)]
    if unknown:
        others = elsewhere()
        legend = {**legend, **{mark: others[mark] for mark in unknown if mark in others}}
    legend = {**_hours(table, days, marks), **legend}
    if not is_marked(marks, legend) and not _is_to_be_filled(days, marks, rows):
        return None
    questions = list(_questions(table, days, marks, legend, answers))
    if all(day is None for day in days.days):
        year = answers.get("year", "")
        if not re.fullmatch("(?:19|20)[0-9]{2}", year):
            return [], questions
        days = dated(table, days, int(year))
    meaning = meaning_of(marks, legend, answers)
    above = said_above(table, days.top, one_of_several=one_of_several)
    named = days.group or next(filter(None, map(group_in, who.headers)), "")
    if named:
        above = above._replace(group=named, said=True, called=(named, *above.called))
    in_column = _groups_beside(table, days, who, rows)
    apart = in_column or (groups if _called_off_apart(table, days, groups) else {})
    if len(set(apart.values())) < 2:
        return [_lines(table, days, who, rows, skip, groups | in_column, above, meaning)], questions
    lists = []
    for group in dict.fromkeys(apart.values()):
        mine = [row for row in rows if apart[row] == group]
        part = without_rows(without_rows(table, start, mine[0]), mine[-1] + 1, end)
        between = {row: why for row, why in skip.items() if mine[0] <= row <= mine[-1]}
        said = above._replace(group=group, said=True, called=(group,))
        lists.append(_lines(part, days, who, mine, between, {}, said, meaning))
    return lists, questions


def _called_off_apart(table: Table, days: Days, groups: Mapping[int, str]) -> bool:
    """Whether a session of one of the groups on a list was called off on a day when others met."""
    parts = {group: [row for row, own in groups.items() if own == group] for group in set(groups.values())}
    if len(parts) < 2:
        return False
    for column in days.columns:
        met = set()
        for rows in parts.values():
            said = [mark for row in rows if (mark := mark_of(table.columns[column][row]))]
            if said:
                met.add(any(CALLED_OFF.search(mark) for mark in said))
        if len(met) > 1:
            return True
    return False


def _groups_beside(table: Table, days: Days, who: Who, rows: Sequence[int]) -> dict[int, str]:
    """The group of each person, where a column before the days says it of all of them, part by part."""
    for column in range(min(days.columns)):
        said = (plain_text(table.columns[column][row]) for row in (days.row, days.first))
        if column not in who.columns and any(likeliest(Enrolment, text, 0.9) == "group" for text in said):
            groups = {row: text for row in rows if (text := plain_text(table.columns[column][row]))}
            parts = [group for group, _ in groupby(groups[row] for row in rows if row in groups)]
            if len(groups) == len(rows) and len(parts) == len(set(parts)):
                return groups
    return {}


def _hours(table: Table, days: Days, marks: Mapping[str, int]) -> Legend:
    """What numbers mean on a list that says how many hours each was there: none of them, an absence."""
    numbers = {mark: float(mark.replace(",", ".")) for mark in marks if _HOURS.fullmatch(mark)}
    header = (plain_text(v) for row in range(days.first, days.row + 1) for v in table.row(row))
    said = map(header_key, (*lines_above(table, days.first), *header))
    if max(numbers.values(), default=0.0) <= 1 or not any(_SAYS_HOURS.search(text) for text in said):
        return {}
    return {mark: Presence.PRESENT if hours else Presence.ABSENT for mark, hours in numbers.items()}


_HOURS = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?")
_SAYS_HOURS = re.compile(r"\bgodz")
"""A mark that may be how many hours somebody was there, and what a line above then says."""


def _is_to_be_filled(days: Days, marks: Mapping[str, int], rows: Sequence[int]) -> bool:
    """Whether people and whole days stand ready, and nobody is marked yet."""
    return set(marks) <= {""} and len(rows) >= 2 and len(days.columns) >= 2 and None not in days.days


def _next_header(table: Table, who: Who, days: Days, start: int, end: int) -> int:
    """Where the next list begins, whose days could not be seen; the header of another page is none."""
    own = [table.columns[column][days.row] for column in days.columns]
    header = plain_text(table.columns[who.columns[0]][start - 1])
    left = min(days.columns)
    merged = (bottom for top, column, bottom, _ in table.merged if top <= days.row < bottom and column < left)
    start = max([start, *(bottom + 1 for bottom in merged)])
    while start < end and plain_text(table.columns[who.columns[0]][start]) == header != "":
        start += 1  # a cell of the header that is merged downwards
    named = {
        column: {text for at in (days.row, days.first) if (text := plain_text(table.columns[column][at]))}
        for column in range(min(days.columns))
    }
    waiting = set(waiting_lines(table))
    for row in range(start, end):
        again = any(plain_text(table.columns[column][row]) in texts for column, texts in named.items())
        again |= row > start and _says_name(table.columns[who.columns[0]][row])
        if row > start and row in waiting:
            return row
        if again and [table.columns[column][row] for column in days.columns] != own:
            return row
    return end


def _says_name(value: Value) -> bool:
    """Whether a cell is the header of a column of names: „Nazwisko i imię”."""
    text = plain_text(value)
    if len(text) >= LONG or not _OF_NAMES.search(text):
        return False
    return likeliest(Attendance, text, 0.9) in ("~name", "~surname")


_OF_NAMES = re.compile(r"(?i)nazw|imi[eę]|uczest|osob|dziec|kto\b|klient|senior|kursant|podopiecz")
"""What the header of a column of names has in it."""


LONG = 40
"""What is longer is no header of a column of names."""


def _questions(
    table: Table, days: Days, marks: Mapping[str, int], legend: Legend, answers: Mapping[str, str]
) -> Iterator[Question]:
    used = set(marks) - {""}
    name = table.title
    if all(day is None for day in days.days):
        yield Question(
            name,
            table.workbook,
            "year",
            f"Z którego roku są dni w nagłówku zakładki „{name}”?",
            (),
            answers.get("year", ""),
        )
    said = {legend.get(mark, MARKS.get(mark)) for mark in used - {"-"}}
    if (
        "-" in used
        and "-" not in legend
        and "" not in marks
        and Presence.ABSENT not in said
        and Presence.EXCUSED in said
    ):
        yield Question(
            name,
            table.workbook,
            "dash",
            f"Co znaczy kreska na liście obecności „{name}”?",
            (("none", "nic - osoby wtedy nie było w grupie"), ("absent", "osoba była nieobecna")),
            answers.get("dash", "none"),
        )
    if "" in marks and "" not in legend and not says_absence(used, legend) and "-" not in used:
        yield Question(
            name,
            table.workbook,
            "empty",
            f"Co znaczy puste pole na liście obecności „{name}”?",
            (
                ("none", "nic - osoby wtedy nie było w grupie albo nie sprawdzono"),
                ("absent", "osoba była nieobecna"),
            ),
            answers.get("empty", "none"),
        )


def _again(days: Days) -> list[tuple[int, dt.date, int]]:
    """The columns whose day is known, each with how many sessions of that day stand before it."""
    before: dict[dt.date, int] = {}
    found = []
    for column, day in zip(days.columns, days.days, strict=True):
        if day is not None:
            found.append((column, day, before.get(day, 0)))
            before[day] = before.get(day, 0) + 1
    return found


def _marks(
    table: Table,
    meetings: Sequence[tuple[int, dt.date, int]],
    people: Mapping[int, str | None],
    groups: Mapping[int, str],
    meaning: Mapping[str, str],
) -> Iterator[tuple[int, int, Value, Value, Value, bool]]:
    """The marks of a list that mean something, row by row, for meetings that took place.

    Of each where it stands, who, at which session, what it means, and whether the cell is blank.
    """
    top, end = min(people), max(people) + 1
    columns = [list(table.columns[column][top:end]) for column, _, _ in meetings]
    words = {typed: meaning.get(mark_of(typed), typed) for typed in set().union(*columns)}
    sessions = {g: [Meeting.of(g, day, number) for _, day, number in meetings] for g in set(groups.values())}
    for row, person in people.items():
        for (column, _, _), cells, session in zip(meetings, columns, sessions[groups[row]], strict=True):
            typed = cells[row - top]
            word = words[typed]
            if word not in NOTHING and not _NO_MEETING.fullmatch(str(word)):
                yield row, column, person, session, word, typed is None


_NO_MEETING = re.compile(r"-{2,}")
"""What people draw under a day without a meeting."""


def _marked_though_off(
    table: Table,
    off: Sequence[tuple[int, dt.date]],
    people: Sequence[int],
    meaning: Mapping[str, str],
    held: Iterable[int],
) -> Iterator[Finding]:
    """Marks of people at sessions that the list says did not take place.

    But for a mark that stands under such sessions alone, and under none `held`: it crosses them out.
    """
    used = marks_between(table, held, people).keys()
    for column, day in off:
        crossed = marks_between(table, [column], people).keys() - {""}
        if len(crossed) == 1 and crossed.isdisjoint(used):
            continue
        for row in people:
            mark = mark_of(table.columns[column][row])
            if mark not in BLANKS and meaning.get(mark) not in NOTHING and not CALLED_OFF.search(mark):
                cell = table.cell(row, column)
                yield rules.ATTENDANCE_CANCELLED_SESSION.at(replace(cell, raw=""), day=day, not_counted=1)


def _impossible(table: Table, days: Days, rows: Sequence[int]) -> Iterator[Finding]:
    """Days in the header that no calendar has, with how many marks are lost under them."""
    for column, day in zip(days.columns, days.days, strict=True):
        if day is None:
            lost = sum(table.columns[column][row] is not None for row in rows)
            cell = table.cell(days.row, column)
            yield rules.IMPOSSIBLE_DAY.at(cell, not_counted=lost)


def _since(table: Table, days: Days, who: Who, rows: Sequence[int]) -> dict[str, int]:
    """The columns beside the marks that say from when to when each person is in the group.

    „Z dniem” beside „Wynik” is the day on which they left.
    """
    found: dict[str, int] = {}
    for column in range(len(table.columns)):
        if column in days.columns or column in who.columns:
            continue
        said = [plain_text(table.columns[column][row]) for row in (days.row, days.first)]
        if _ON_DAY.match(header_key(said[0])) and column and _says_who_left(table, days, column, rows):
            said = ["do"]
        meaning = next(
            (m for text in said if (m := likeliest(Enrolment, text)) in ("started_on", "ended_on")), ""
        )
        cells = [table.columns[column][row] for row in rows if not is_blank(table.columns[column][row])]
        if meaning and cells and sum(map(is_day, cells)) >= 0.7 * len(cells):
            found.setdefault(meaning, column)
    return found if "started_on" in found or min(found.values(), default=0) > max(days.columns) else {}


def _says_who_left(table: Table, days: Days, column: int, rows: Sequence[int]) -> bool:
    """Whether a column before one of days says the state of people, of each with a day that they left."""
    states, header = table.columns[column - 1], plain_text(table.columns[column - 1][days.row])
    dated = [states[row] for row in rows if not is_blank(table.columns[column][row])]
    left = (EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN)
    return likeliest(Enrolment, header, 0.9) == "state" and all(
        any(is_word(state, word) for word in left) for state in dated
    )


_ON_DAY = re.compile(r"(?:z )?(?:dn|dniem|dnia)\b|data$|kiedy$")
"""How the header begins of the day of what the column before it says."""


HELD, CANCELLED, PLANNED = SessionStatus.HELD, SessionStatus.CANCELLED, SessionStatus.PLANNED


def _all_say_off(cells: Iterable[Value], meaning: Mapping[str, str]) -> bool:
    """Whether all marks of a session mean, by the legend, that there was none."""
    marks = map(mark_of, set(cells))
    words = {meaning.get(mark, mark) for mark in marks} - {NO_RECORD}
    return words == {CANCELLED.value}


def _still_to_come(
    table: Table, columns: Sequence[int], rows: Sequence[int], meaning: Mapping[str, str]
) -> set[int]:
    """The last columns of a list in which nobody is marked yet but as one who has left.

    None on a list of all the days of a month, where days without a session stand between those with one.
    """
    ends = {mark for mark, word in meaning.items() if word == NO_RECORD} | {""}
    marked = [any(mark_of(table.columns[column][row]) not in ends for row in rows) for column in columns]
    last = max((at for at, any_mark in enumerate(marked) if any_mark), default=-1)
    return set(columns[last + 1 :]) if sum(marked) > last / 2 else set()


def _says_off(value: Value, label: str) -> bool:
    """Whether a cell beside „Odbyły się?” says that a session did not take place."""
    return is_word(value, SessionStatus.CANCELLED) or (
        _TOOK_PLACE.search(key(label)) is not None and isinstance(value, str) and key(value) in ("n", "nie")
    )


_TOOK_PLACE = re.compile("odby|realiz")
"""What the label has in it of a row that says of each session whether it took place."""


def _lines(
    table: Table,
    days: Days,
    who: Who,
    rows: Sequence[int],
    skip: Mapping[int, str],
    groups: Mapping[int, str],
    above: Above,
    meaning: Mapping[str, str],
) -> Recognised:
    """The list as attendance, one line a mark; the session of each is named by its group and day."""
    other = min((row for row, why in skip.items() if why == OTHER and row > rows[-1]), default=len(table))
    last = max((rows[-1], *(row for row in skip if row < other)))
    left = range(min(days.columns))
    labels = {row: " ".join(plain_text(table.columns[c][row]) for c in left).strip() for row in skip}
    told = {row: label for row, label in labels.items() if STATUS.match(label)}
    off = {
        c
        for c in days.columns
        if is_cancelled(table, c, days, last)
        or any(_says_off(table.columns[c][row], label) for row, label in told.items())
        or _all_say_off((table.columns[c][row] for row in rows), meaning)
    }
    meetings = _again(days)
    cells = list(zip(*table.columns, strict=True))
    people = {row: whole(who.of(cells[row])) or None for row in rows}
    group_of = {row: groups.get(row) or above.group for row in rows}
    later = _still_to_come(table, [column for column, _, _ in meetings if column not in off], rows, meaning)
    later |= {c for c in days.columns if is_planned(table, c, days, last)} - off
    held = [meeting for meeting in meetings if meeting[0] not in off | later]
    marks = list(_marks(table, held, people, group_of, meaning))
    at_row, at_column, persons, sessions, presences, blank = zip(*marks, strict=True) if marks else ((),) * 6
    below = table.below(days.row)
    start = days.row + 1
    at = np.array(at_column, dtype=np.int64)
    header = (
        tuple(
            plain_text(up) or low if up is not None else low
            for up, low in zip(table.row(days.first), below.header, strict=True)
        )
        if days.first != days.row
        else below.header
    )
    used = sorted(set(who.columns) | set(days.columns))
    letters = f"{column_letters(days.columns[0])}:{column_letters(days.columns[-1])}"
    return Recognised(
        Attendance,
        replace(below, header=header),
        {"person": who.columns[0], "session": at, "presence": at},
        cells={"person": persons, "session": sessions, "presence": presences},
        lines=np.array(at_row, dtype=np.int64) - start,
        rows_of={"session": np.full(len(marks), -1, dtype=np.int64)},
        skip={row - start: reason for row, reason in skip.items()},
        header_rows=tuple(range(days.first + 1, days.row + 2)),
        names=frozenset({"person"}) if who.by_name else frozenset(),
        evidence=(
            Evidence(
                "person",
                column_letters(who.columns[0]),
                who.said or who.headers[0],
                0.95,
                "ludzie w wierszach",
            ),
            Evidence(
                "presence", letters, "", 0.95, f"{len(days.columns)} dni w nagłówku, znaki obecności pod nimi"
            ),
        ),
        sure=0.95,
        span=(used[0], used[-1]),
        group=above.group,
        form=above.form,
        called=above.called,
        said=above.said,
        limit=above.limit,
        wide={"person": who.columns[-1]},
        findings=(
            *_impossible(table, days, rows),
            *_marked_though_off(
                table,
                [(c, day) for c, day, _ in meetings if c in off],
                rows,
                meaning,
                [c for c, _, _ in held],
            ),
        ),
        listed=Listed(
            tuple(row - start for row in rows),
            tuple(people.values()),
            tuple(group_of.values()),
            tuple(
                (column, day, number, CANCELLED if column in off else PLANNED if column in later else HELD)
                for column, day, number in meetings
            ),
            blank,
            _since(table, days, who, rows),
        ),
    )
