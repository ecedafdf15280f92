"""What a person said of a tab, and what was found on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lib.findings import Finding
from lib.headers import header_key
from lib.reading import Question, Recognised
from sheets.table import column_letters


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said of a tab when the spreadsheet was connected.

    kind      the class name of a record, "" for a tab that is to be left alone, None for no word on it
    columns   for fields the header, as it was then, of the column that they are read from, empty for none;
              „Expense.line” where several kinds of table on the tab have such a field; of a list of people
              by days only „person” counts, and a column that its header does not tell is „kolumna C”
    answers   to other questions, by what they are about
    """

    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def names_of_columns(headers: Mapping[int, str]) -> dict[int, str]:
    """What each column is called: by its header, or „kolumna C” where it has none or others have the same."""
    keys = [header_key(header) for header in headers.values()]
    return {
        column: header
        if header_key(header) and keys.count(header_key(header)) == 1
        else f"kolumna {column_letters(column)}"
        for column, header in headers.items()
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What a tab holds: its tables in reading order, what is to be asked, and what is wrong with it."""

    tables: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
