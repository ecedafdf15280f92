"""Places and their readiness from rows in which both stand."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import Prefix

from lib import findings as rules
from lib.blocks import APART
from lib.cells import key, plain
from lib.contents import DAY_INSIDE, amount_of, count_of, day_of, pesel_of
from lib.dictionaries import Outcome, PlaceUnit, ReadinessState, is_word
from lib.headers import header_key
from lib.joining.parts import key_of, labels_of, lines_of, one_a_line, only, rows_of, without_rows
from lib.reading import SUM, Recognised, columns_within, rows_of_data
from lib.recognition.missing import without_missing
from lib.recognition.said import SUMMARY
from lib.records import Enquiry
from sheets.table import Value

READY, NOT_READY = ReadinessState.READY, ReadinessState.NOT_READY


def with_reasons(table: Recognised) -> Recognised:
    """Readiness with the reason that stands beside its state: „wstrzymane - zwolnienie lekarskie”."""
    if "reason" in table.fields or "state" not in table.fields:
        return table
    said = [
        re.split(r"\s[-–—]\s|[(,;]", plain(v), maxsplit=1)[1:] if v is not None else []
        for v in table.values("state")
    ]
    if not any(said):
        return table
    reasons = [part[0].strip(" )") if part else None for part in said]
    return replace(
        table,
        columns={**table.columns, "reason": table.columns["state"]},
        cells={**table.cells, "reason": reasons},
    )


def spelled_as_places(table: Recognised, places: Sequence[Recognised]) -> Recognised:
    """A table that names places, with each named as the list of places does.

    It may say the code beside the name, or the name in other words: „Gimnastyka” for „Miejsce na gimnastyce”.
    """
    if "place" not in table.fields:
        return table
    names = {plain(v): key_of(v) for one in places for (v,) in rows_of(one, "place") if v is not None}
    codes = {code: name for one in places for code, name in _codes(one)}
    meant: dict[Value, Value] = {}
    for value in set(table.values("place")):
        if isinstance(value, str) and key_of(value) not in names.values():
            akin = [name for name in names if _is_said(value, name)]
            meant[value] = codes.get(key_of(value)) or (akin[0] if len(akin) == 1 else value)
    spelled = [meant.get(value, value) for value in table.values("place")]
    return replace(table, cells={**table.cells, "place": spelled}) if meant else table


def _codes(table: Recognised) -> Iterator[tuple[str, str]]:
    """The codes of places in a column of their own, each with the name of the place."""
    used = table.columns_read
    for at, header in enumerate(table.table.header):
        if at not in used and _CODE.match(header_key(plain(header))):
            for line, name in enumerate(table.values("place")):
                code = table.table.columns[at][table.row(line)]
                if isinstance(code, str) and name is not None and line not in table.skip:
                    yield key_of(code), plain(name)


_CODE = re.compile(r"kod\b|symbol|skrot|oznacz")
"""How the header of such a column begins."""


def _is_said(text: str, name: str) -> bool:
    """Whether all words of a text are in the name of a place, in whatever case: „Klub” in „w Klubie”."""
    words, whole = ([w for w in re.findall("[a-z0-9]+", key(t)) if w not in _ANY] for t in (text, name))
    return bool(words) and all(any(_is_same(word, other) for other in whole) for word in words)


_ANY = frozenset({"miejsce", "miejsca", "miejsc", "dla", "do", "i", "na", "po", "przy", "u", "w", "we", "z"})
"""Words that say nothing of which place it is."""


def _is_same(word: str, other: str) -> bool:
    """Whether two words differ only in how they end."""
    same = Prefix.similarity(word, other)
    return word == other or same >= max(4, min(len(word), len(other)) - 2)


def without_breaks(tables: Sequence[Recognised]) -> list[Recognised]:
    """Readiness without a table of when places were not ready beside one of what was ready each month.

    The reasons that it gives are those of the months.
    """
    breaks = [table for table in tables if _lists_breaks(table)]
    if not breaks or len(breaks) == len(tables):
        return list(tables)
    why = [
        (key_of(place), day_of(start), day_of(end), reason)
        for table in breaks
        for place, start, end, reason in rows_of(table, "place", "starts_on", "ends_on", "reason")
    ]
    return [
        without_rows(table) if any(table is one for one in breaks) else _explained(table, why)
        for table in tables
    ]


def without_sums(tables: Sequence[Recognised]) -> list[Recognised]:
    """Readiness without what a summary by looks or months says again of days that a table is kept of."""
    kept: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for table in tables:
        if "starts_on" not in table.made:
            for place, start, end in rows_of(table, "place", "starts_on", "ends_on"):
                if (first := day_of(start)) is not None:
                    kept.setdefault(key_of(place), []).append((first, day_of(end) or dt.date.max))
    return [
        _without_sums(table, kept) if table.lines is not None and _is_summary(table) else table
        for table in tables
    ]


def _is_summary(table: Recognised) -> bool:
    """Whether readiness by looks or months stands on a tab that sums up others."""
    return "starts_on" in table.made and SUMMARY.search(header_key(table.table.title)) is not None


def _without_sums(table: Recognised, kept: Mapping[str, Sequence[tuple[dt.date, dt.date]]]) -> Recognised:
    """A summary of readiness without the lines of days that are `kept` in another table, place by place."""
    again = [
        any(first <= day <= last for first, last in kept.get(key_of(place), ()))
        for place, day in zip(table.values("place"), map(_first_day, table.values("starts_on")), strict=True)
    ]
    left = {table.row(line) for line, one in enumerate(again) if not one}
    gone = {table.row(line) for line, one in enumerate(again) if one} - left
    table = only(table, [not one for one in again])
    return replace(table, skip={**dict.fromkeys(gone, SUM), **table.skip})


def _first_day(value: Value) -> dt.date:
    """The day of a cell; the last one there is for none."""
    return day_of(value) or dt.date.max


def _lists_breaks(table: Recognised) -> bool:
    """Whether the line above readiness says that it lists when places were not ready."""
    said = [line for line in table.parts.get(-1, "").split(APART) if line.strip()]
    return bool(said) and re.match("przerw|niedostepn|wylaczen|ograniczen", header_key(said[-1])) is not None


def _explained(
    table: Recognised, why: Sequence[tuple[str, dt.date | None, dt.date | None, Value]]
) -> Recognised:
    """Readiness by months, with the reason that another table gives for the days of a month."""
    lines = list(zip(*(table.values(n) for n in ("place", "starts_on", "ends_on", "reason")), strict=True))
    reasons = []
    for place, start, end, reason in lines:
        days = day_of(start), day_of(end)
        told = (
            said
            for name, first, last, said in why
            if name == key_of(place)
            and (first is None or days[1] is None or first <= days[1])
            and (last is None or days[0] is None or days[0] <= last)
        )
        reasons.append(next(told, None) if reason is None else reason)
    if not any(reasons):
        return table
    columns = {**table.columns, "reason": table.columns.get("reason", table.columns["starts_on"])}
    return replace(table, columns=columns, cells={**table.cells, "reason": reasons})


def with_states(table: Recognised) -> Recognised:
    """Readiness with the state that follows from how many places were ready, where no column says it."""
    if "state" in table.fields or "ready" not in table.fields:
        return table
    counts = [amount_of(value) for value in table.values("ready")]
    states = [None if n is None else (READY if n else NOT_READY).value for n in counts]
    return replace(
        table,
        columns={**table.columns, "state": table.columns["ready"]},
        cells={**table.cells, "state": states},
        made=table.made | {"state"},
    )


def until_next_look(table: Recognised) -> Recognised:
    """Readiness on the days of some looks, where no column says until when: each until the next look."""
    if "ends_on" in table.fields or not {"place", "starts_on"} <= table.columns.keys():
        return table
    places, starts = table.values("place"), table.values("starts_on")
    looks: dict[str, dict[int, dt.date]] = {}
    for row in lines_of(table):
        if places[row] is not None and (day := day_of(starts[row])) is not None:
            looks.setdefault(key_of(places[row]), {})[row] = day
    ends: list[Value] = [None] * len(table)
    for days in looks.values():
        for row, day in days.items():
            later = [other for other in days.values() if other > day]
            ends[row] = min(later) - dt.timedelta(days=1) if later else None
    if not any(end is not None for end in ends):
        return table
    columns = {**table.columns, "ends_on": table.columns["starts_on"]}
    return replace(
        table, columns=columns, cells={**table.cells, "ends_on": ends}, made=table.made | {"ends_on"}
    )


def with_use(tables: Sequence[Recognised]) -> list[Recognised]:
    """Readiness with how many places were used, where a table of its own says that from when to when.

    A row is parted where the number that is used changes while it lasts.
    """
    of_use = [t for t in tables if t.lines is None and "used" in t.fields and "ready" not in t.fields]
    ready = [table for table in tables if not any(table is one for one in of_use)]
    if not of_use or not any("ready" in table.fields and table.lines is None for table in ready):
        return list(tables)
    uses: dict[str, list[tuple[dt.date, dt.date, Value]]] = {}
    for table in of_use:
        fields = ("place", "starts_on", "ends_on", "used")
        for place, start, end, used in rows_of(table, *fields):
            first = day_of(start)
            if place is not None and first is not None and used is not None:
                uses.setdefault(key_of(place), []).append((first, day_of(end) or dt.date.max, used))
    apart = [one if "used" in one.fields or one.lines is not None else _with_use(one, uses) for one in ready]
    told = (without_missing(without_missing(one, "ready"), "state") for one in of_use)
    return [*apart, *map(without_rows, told)]


def _with_use(table: Recognised, uses: Mapping[str, Sequence[tuple[dt.date, dt.date, Value]]]) -> Recognised:
    """Readiness with a line for each part of a row in which the same number is used."""
    places, starts, ends = (table.values(name) for name in ("place", "starts_on", "ends_on"))
    lines: list[tuple[int, Value, Value, Value]] = []
    for row in rows_of_data(table)[0].tolist():
        own = uses.get(key_of(places[row]), ())
        first, last = day_of(starts[row]), day_of(ends[row]) or dt.date.max
        if first is None:
            lines.append((row, starts[row], ends[row], None))
            continue
        after = {end + _ONE_DAY for _, end, _ in own if end < dt.date.max}
        cuts = sorted(
            {first} | {day for day in {start for start, _, _ in own} | after if first < day <= last}
        )
        for at, day in enumerate(cuts):
            end = cuts[at + 1] - _ONE_DAY if at + 1 < len(cuts) else ends[row]
            used = next((used for start, until, used in own if start <= day <= until), None)
            lines.append((row, starts[row] if at == 0 else day, end, used))
    rows = [row for row, *_ in lines]
    cells: dict[str, Sequence[Value]] = {n: [table.values(n)[row] for row in rows] for n in table.fields}
    cells |= {
        "starts_on": [start for _, start, _, _ in lines],
        "ends_on": [end for _, _, end, _ in lines],
        "used": [used for *_, used in lines],
    }
    columns = {**table.columns, "used": table.columns["ready"]}
    columns.setdefault("ends_on", table.columns["starts_on"])
    made = table.made | {"used"}
    return replace(table, columns=columns, cells=cells, lines=np.array(rows, dtype=np.int64), made=made)


_ONE_DAY = dt.timedelta(days=1)


def users_of_places(tables: Sequence[Recognised], places: Sequence[Recognised]) -> list[Recognised]:
    """Registers of who uses which place as enquiries of people who were admitted, on the day they came.

    The place is said by a column, or by the line above the rows. Where such a register is kept, what became
    of enquiries in another one without days takes no place.
    """
    known = {key_of(v): plain(v) for table in places for v in table.values("place") if v is not None}
    users = ["outcome" not in table.fields and "starts_on" in table.fields for table in tables]
    if not any(users):
        return list(tables)
    return [
        _of_users(table, known) if own else table if "starts_on" in table.fields else _without_use(table)
        for own, table in zip(users, tables, strict=True)
    ]


def _of_users(table: Recognised, known: Mapping[str, str]) -> Recognised:
    days = table.values("starts_on")
    cells: dict[str, Sequence[Value]] = {
        "outcome": [None if day is None else Outcome.ADMITTED.value for day in days],
        "asked_on": list(days),
        "enquiry": [
            None if day is None else f"{table.table.title} {table.table.first_row + row}"
            for row, day in enumerate(days)
        ],
    }
    columns = {**table.columns, "asked_on": table.columns["starts_on"], "outcome": table.columns["starts_on"]}
    if "place" not in table.fields:
        labels = [key(label) for label in labels_of(table)]
        cells["place"] = [
            next((name for k, name in known.items() if label and k in label), None)
            if day is not None
            else None
            for label, day in zip(labels, days, strict=True)
        ]
        columns["place"] = table.columns["starts_on"]
    missing = tuple(finding for finding in table.findings if finding.rule is not rules.MISSING_COLUMN)
    return _each_seat(
        replace(
            table,
            columns=columns,
            cells={**table.cells, **cells},
            made=table.made | set(cells),
            findings=missing,
        )
    )


def _each_seat(table: Recognised) -> Recognised:
    """Users of places with a line for each of the places that a row says are taken: „Ile miejsc: 2”.

    A number that is the same for all the users of a place is how big it is.
    """
    column = next(
        (c for c, text in enumerate(table.table.header) if _TAKES.fullmatch(header_key(text))), None
    )
    if column is None or column in table.columns_read or table.lines is not None:
        return table
    rows = rows_of_data(table)[0].tolist()
    counts = {row: count_of(table.table.columns[column][row]) or 1 for row in rows}
    places = table.values("place")
    of_place: dict[str, list[int]] = {}
    for row in rows:
        of_place.setdefault(key_of(places[row]), []).append(counts[row])
    if any(len(own) > 1 and len(set(own)) == 1 and own[0] > 1 for own in of_place.values()):
        return table
    numbers = table.values("enquiry")
    several = {
        row: [_of_seat(numbers[row], seat) for seat in range(1, count + 1)]
        for row, count in counts.items()
        if count > 1
    }
    return one_a_line(table, "enquiry", several)


def _of_seat(number: Value, seat: int) -> Value:
    """The number of an enquiry for one of the places it takes, from 1."""
    return number if seat == 1 or number is None else f"{number}.{seat}"


_TAKES = re.compile(r"ile (?:zajetych )?miejsc(?: zajmuje)?|liczba zajetych miejsc|ile zajmuje(?: miejsc)?")
"""The header of how many places somebody takes."""


def admitted_since(table: Recognised) -> Recognised:
    """Enquiries of which those with a day of use were admitted, whatever else is said of them."""
    if not {"outcome", "starts_on"} <= set(table.fields):
        return table
    settled = {
        said
        for said in set(table.values("outcome"))
        if any(is_word(said, word) for word in (Outcome.RESIGNED, Outcome.REFUSED, Outcome.ADMITTED))
    }
    outcomes = [
        Outcome.ADMITTED.value if said not in settled and day_of(start) is not None else said
        for said, start in zip(table.values("outcome"), table.values("starts_on"), strict=True)
    ]
    return replace(table, cells={**table.cells, "outcome": outcomes})


def with_days_asked(table: Recognised) -> Recognised:
    """Enquiries with the day that stands in one cell with how they came: „5.09.2024, tel.”."""
    if "asked_on" in table.fields or "channel" not in table.columns:
        return table
    rows = rows_of_data(table)[0].tolist()
    typed = table.values("channel")
    found = {
        row: match
        for row in rows
        if isinstance(v := typed[row], str) and (match := DAY_INSIDE.match(plain(v)))
    }
    if not found or len(found) < 0.7 * len(rows):
        return table
    days: list[Value] = [found[row][0] if row in found else None for row in range(len(typed))]
    how = [
        plain(v)[found[row].end() :].strip(" ,;") or None if row in found else v
        for row, v in enumerate(typed)
    ]
    return replace(
        table,
        columns={**table.columns, "asked_on": table.columns["channel"]},
        cells={**table.cells, "asked_on": days, "channel": how},
        made=table.made | {"asked_on"},
        findings=tuple(one for one in table.findings if one.rule is not rules.MISSING_COLUMN),
    )


def residents(
    enquiries: Sequence[Recognised], enrolments: Sequence[Recognised], places: Sequence[Recognised]
) -> list[Recognised]:
    """Enquiries, and those who live where a place is: people enrolled by the name of the place itself.

    So it is of places of which no register says who uses them; then what became of enquiries takes none.
    """
    used = {
        key_of(place)
        for table in enquiries
        for place, start in rows_of(table, "place", "starts_on")
        if start is not None
    }
    named = (v for table in places for (v,) in rows_of(table, "place") if v is not None)
    known = {key_of(name): plain(name) for name in named if key_of(name) not in used}
    coded = {code: name for one in places for code, name in _codes(one) if key_of(name) in known}
    living: list[Recognised] = []
    taken: set[str] = set()
    for table in enrolments:
        if table.derived or table.lines is not None or "started_on" not in table.columns:
            continue
        names = [known.get(key_of(group)) for group in table.values("group")]
        names = names if any(names) else _places_beside(table, known | coded)
        if any(names):
            taken |= {key_of(name) for name in names if name}
            living.append(_living(table, names))
    return [*(_without_use(table, taken) for table in enquiries), *living] if living else list(enquiries)


def _places_beside(table: Recognised, known: Mapping[str, str]) -> list[str | None]:
    """For each row of enrolments the place in a column that nothing is read from; blank without one."""
    rows = rows_of_data(table)[0].tolist()
    for at in columns_within(table.table, table.span):
        cells = table.table.columns[at]
        typed = [cells[row] for row in rows if cells[row] is not None]
        if at not in table.columns_read and typed and all(key_of(value) in known for value in typed):
            return [known.get(key_of(value)) for value in cells]
    return [None] * len(table)


def _living(table: Recognised, names: Sequence[str | None]) -> Recognised:
    """The rows of enrolments that name a place as people who were admitted to it."""
    rows = [row for row in rows_of_data(table)[0].tolist() if names[row]]
    start = table.columns["started_on"]
    fields = {"starts_on": "started_on", "ends_on": "ended_on", "asked_on": "started_on"}
    values = {own: table.values(name) for own, name in fields.items()}
    cells: dict[str, Sequence[Value]] = {own: [typed[row] for row in rows] for own, typed in values.items()}
    cells["place"] = [names[row] for row in rows]
    cells["outcome"] = [Outcome.ADMITTED.value] * len(rows)
    cells["enquiry"] = [f"{table.table.title} {table.table.first_row + row}" for row in rows]
    return Recognised(
        Enquiry,
        table.table,
        {**dict.fromkeys(cells, start), "ends_on": table.columns.get("ended_on", start)},
        cells=cells,
        lines=np.array(rows, dtype=np.int64),
        header_rows=table.header_rows,
        span=table.span,
        derived=True,
        made=frozenset(cells),
    )


def _without_use(table: Recognised, taken: Set[str] | None = None) -> Recognised:
    """Enquiries of which those about the places `taken` by others, or about any, never took one."""
    if "asked_on" not in table.fields:
        return table
    lines = zip(*(table.values(n) for n in ("place", "asked_on", "ends_on")), strict=True)
    ends = [
        day - dt.timedelta(days=1)
        if (taken is None or key_of(place) in taken) and (day := day_of(asked)) is not None
        else end
        for place, asked, end in lines
    ]
    return replace(table, cells={**table.cells, "ends_on": ends}, made=table.made | {"ends_on"})


def each_once(table: Recognised) -> Recognised:
    """Places from rows in which readiness stands too: each place once, for its first row."""
    if not table.twin and not any(c == table.columns.get("place") for _, c in _merged_down(table)):
        return table
    seen: set[str] = set()
    rows = {}
    for row, place in enumerate(table.values("place")):
        if place is not None and key_of(place) in seen and row not in table.skip:
            rows[row] = "dalszy wiersz miejsca"
        seen.add(key_of(place))
    return replace(table, skip={**table.skip, **rows})


WHO_GIVES = re.compile(
    r"(?i)(?:specjalist|prowadz|mediator|psycholog|terapeut|trener|pedagog|asysten|opiekun|prawnik|doradc|konsult|świadcz|logoped|fizjoter|animator|instruktor|lektor|diete)\w*"
)
"""What names somebody who gives a service, and not a seat."""


def without_repeats(tables: Sequence[Recognised]) -> list[Recognised]:
    """Lists of places without the places that readiness beside them names again."""
    said = [{key_of(place) for (place,) in rows_of(table, "place")} for table in tables]
    listed = set().union(*(own for own, table in zip(said, tables, strict=True) if not table.twin))
    return [
        without_rows(table) if table.twin and own and own <= listed else table
        for own, table in zip(said, tables, strict=True)
    ]


def without_applications(table: Recognised) -> Recognised:
    """Enquiries without what asks to take part in the project: people by their PESEL, and no place."""
    if {"place", "seat", "starts_on"} & set(table.fields) or table.lines is not None:
        return table
    rows = rows_of_data(table)[0].tolist()
    columns = table.table.columns[table.span[0] : table.span[1] + 1]
    if not any(2 * sum(bool(pesel_of(column[row])) for row in rows) > len(rows) for column in columns):
        return table
    missing = tuple(finding for finding in table.findings if finding.rule is not rules.MISSING_COLUMN)
    skip = {**table.skip, **dict.fromkeys(rows, "zgłoszenie do projektu, a nie na miejsce")}
    return replace(table, skip=skip, findings=missing)


def with_units(table: Recognised) -> Recognised:
    """Places with what one of them is, where no column says it: a specialist, or else a seat."""
    if "place" not in table.fields:
        return table
    if "unit" in table.fields:
        said = [_unit(value) for value in table.values("unit")]
        return replace(table, cells={**table.cells, "unit": said})
    labels = labels_of(table)
    units: list[Value] = []
    for line, place in enumerate(table.values("place")):
        gives = place is not None and _is_provider(table, line, labels[table.row(line)])
        unit = PlaceUnit.PROVIDER if gives else PlaceUnit.SEAT
        units.append(None if place is None else unit.value)
    return replace(table, cells={**table.cells, "unit": units}, made=table.made | {"unit"})


def _unit(value: Value) -> Value:
    """What one place is, as a word of the dictionary where the cell says it in others: „asystenci”."""
    if value is None or any(is_word(value, unit) for unit in PlaceUnit):
        return value
    if _gives(plain(value)):
        return PlaceUnit.PROVIDER.value
    told = len(plain(value).split()) > 1  # „jedna sztuka sprzętu”, and no word of a dictionary typed wrong
    return PlaceUnit.SEAT.value if told or _SEATS.match(plain(value)) else value


_SEATS = re.compile(r"(?i)(?:miejsc|stanowisk|łóż|os[oó]b|grup|klub|pok[oó]j|sal[ai]\b|mieszka)")
"""How what one place is begins that people sit or sleep on."""


def _is_provider(table: Recognised, line: int, label: str) -> bool:
    """Whether the name of a place, a cell of its own in its row, or the label above says who gives it."""
    if label and _gives(re.split(r"[(–—-]", label)[0]):
        return True
    beside = (v for v in table.table.row(table.row(line)) if isinstance(v, str))
    named = table.values("place")[line]
    said = re.split("[–—-]", re.sub(r"(?i)\bdla\b[^–—-]*", "", plain(named)))
    parts = [part.strip() for part in said]
    gives = any(_gives(part) or (WHO_GIVES.search(part) and not _SEATS.match(part)) for part in parts)
    return gives or any(_gives(plain(v)) and len(v.split()) <= 3 for v in beside)


def _gives(text: str) -> bool:
    """Whether what one place is is somebody who gives a service: „asystent”, „osoba prowadząca”."""
    return "specjalis" in key(text) or any(
        one.match(re.sub(r"(?i)^(?:osob[ay]|os\.)\s+", "", text)) is not None for one in (WHO_GIVES, _LEADS)
    )


_LEADS = re.compile(r"(?i)prow\b")
"""The short form of who leads: „os. prow.”."""


def _merged_down(table: Recognised) -> Iterator[tuple[int, int]]:
    """The cells merged downwards: row and column of each."""
    return ((row, column) for row, column, last, _ in table.table.merged if last > row)
