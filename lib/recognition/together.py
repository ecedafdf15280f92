"""Columns that people keep together, taken apart into the fields that they give."""

from collections.abc import Iterable, Sequence

from lib.cells import key, plain
from lib.contents import period, times
from lib.names import split, surname_first, whole
from lib.recognition.candidates import Candidate
from lib.recognition.meeting import Meeting
from lib.records import Participant, Record
from sheets.table import Table, Value


def take_apart(
    record: type[Record],
    below: Table,
    how: str,
    fields: tuple[str, ...],
    best: Candidate,
    columns: dict[str, int],
    cells: dict[str, Sequence[Value]],
    named: set[str],
) -> None:
    """Take one column that is kept together apart into the fields that it gives."""
    column = best.columns[f"~{how}"]
    typed = below.columns[column]
    match how:
        case "name" if record is Participant:
            first = _surname_first(best, column, below, typed)
            pairs = [split(value, surname_first=first) for value in typed]
            for field_name, at in (("surname", 0), ("first_name", 1)):
                if field_name not in columns:
                    columns[field_name] = column
                    cells[field_name] = [pair[at] for pair in pairs]
        case "name" if "person" not in columns:
            columns["person"] = column
            named.add("person")
        case "surname" if "person" not in columns:
            columns["person"] = column
            second = best.columns.get("~first_name")
            firsts = below.columns[second] if second is not None else [None] * len(typed)
            cells["person"] = [whole(pair) or None for pair in zip(typed, firsts, strict=True)]
            named.add("person")
        case "period" | "times":
            pairs_ = [_two(how, value) for value in typed]
            for at, field_name in enumerate(fields):
                if field_name not in columns:
                    columns[field_name] = column
                    cells[field_name] = [pair[at] for pair in pairs_]
        case "day" if "session" not in columns:
            columns["session"] = column
            group = best.columns.get("~group")
            groups = below.columns[group] if group is not None else [None] * len(typed)
            cells["session"] = [Meeting.of(g, d) for g, d in zip(groups, typed, strict=True)]
        case _:
            pass


def _surname_first(best: Candidate, column: int, below: Table, typed: Iterable[Value]) -> bool:
    told = surname_first(typed)
    if told is not None:
        return told
    said = key(below.header[column])
    return not (said.find("imie") >= 0 and said.find("imie") < said.find("nazwisk"))


def _two(how: str, value: Value) -> tuple[Value, Value]:
    """The two ends in one cell; the cell itself where they are not to be seen, to be a finding there."""
    if value is None:
        return None, None
    both = (times if how == "times" else period)(plain(value))
    return (value, None) if both is None else (both[0], both[1] or None)
