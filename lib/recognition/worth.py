"""How good a column is for a field: what its header says, weighed by what the cells below it say."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from lib.blocks import BLANKS, Span, is_ditto
from lib.cells import plain
from lib.contents import FEW, SAMPLE
from lib.headers import OTHER, STEM, header_key, likenesses, titled
from lib.reading import Evidence
from lib.recognition.choice import Choice
from lib.recognition.signs import BY_CONTENT
from lib.records import Record, extra
from sheets.column import Column
from sheets.table import Table, Value, column_letters

ENOUGH = 0.42
"""From this worth on a column is taken for a field."""


TITLED = 0.75
"""From this likeness on a title names a kind of table."""


def meanings(record: type[Record], texts: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """For each field how much a header speaks for it, and how much for no field at all."""
    shares: dict[str, float] = {}
    other = 0.0
    named = len(texts) > 1 and any(one.share >= 0.9 for one in likenesses(record, texts[1]))
    for at, text in enumerate(texts):
        alone = at > 0
        if alone and other >= 0.8:
            break
        for likeness in likenesses(record, text):
            if named and not alone and likeness.share <= STEM:
                continue  # the heading above says little of a column whose own name is known
            share = likeness.share * (0.96 if alone else 1.0)
            if likeness.meaning == OTHER:
                other = max(other, share)
            else:
                shares[likeness.meaning] = max(shares.get(likeness.meaning, 0.0), share)
    return {name: share for name, share in shares.items() if share > other}, other


def worth_of(name: str, share: float, content: float | None, known: int) -> float:
    """How good a column is for a field: what its header says, weighed by what its cells say."""
    if content is None:
        return share * 0.9
    if share >= 0.95 and name not in (
        "~name",
        "~period",
        "~times",
    ):  # a proper header is believed; its cells tell it from another one of the same name
        return share * (0.6 + 0.4 * content)
    if content < 0.3 and known >= FEW:
        return 0.0
    return share * (0.35 + 0.65 * content)


def weight_of(record: type[Record], name: str) -> float:
    """How much a field speaks for the kind of table: most what every row of it must have."""
    if name.startswith("~"):
        return 2.5 if name == "~name" else 1.5
    own = record.model_fields[name]
    if not extra(own, "essential"):
        return 1.0
    return 1.5 if extra(own, "blank") else 3.0


def put_chosen(
    worth: np.ndarray,
    record: type[Record],
    fields: Sequence[str],
    columns: Sequence[int],
    texts: Mapping[int, tuple[str, ...]],
    choice: Choice,
) -> None:
    """Give the columns that a person chose to their fields, by the headers that they had then."""
    by_text = {header_key(texts[c][0]): at for at, c in enumerate(columns) if c in texts}
    for said, header in choice.columns.items():
        name = said.removeprefix(f"{record.__name__}.")
        if name not in fields:
            continue
        if header == "":
            worth[fields.index(name), :] = 0.0
        elif (at := by_text.get(header_key(header))) is not None:
            worth[:, at] = 0.0
            worth[fields.index(name), :] = 0.0
            worth[fields.index(name), at] = 10.0


def sample_of(table: Table, start: int, end: int, column: int) -> list[Value]:
    """Some different values of a column, in order, without blanks."""
    cells = table.columns[column]
    values: Iterable[Value]
    if isinstance(cells, Column):
        codes = np.asarray(cells.codes[start:end])
        seen, first = np.unique(codes, return_index=True)
        order = seen[np.argsort(first)]
        values = (cells.values[code] for code in order[: SAMPLE + 20].tolist() if code >= 0)
    else:
        different = dict.fromkeys(
            (v.__class__, v) for v in cells[start : min(end, start + 400)] if v is not None
        )
        values = (value for _, value in different)
    found = []
    for value in values:
        if isinstance(value, str) and (plain(value) in BLANKS or is_ditto(value)):
            continue
        found.append(value)
        if len(found) == SAMPLE:
            break
    return found


def how_titled(table: Table, record: type[Record], header: int, span: Span) -> float:
    """How surely the title of the tab, or a line above the header, names the kind of table."""
    best = titled(record, table.title)
    for row in range(max(0, header - 6), header):
        cells = [value for value in table.row(row)[span.first : span.last + 1] if value is not None]
        if len(cells) == 1 and isinstance(cells[0], str) and len(cells[0]) < 70:
            best = max(best, 0.95 * titled(record, cells[0]))
    return best


def evidence_for(
    table: Table,
    record: type[Record],
    name: str,
    column: int,
    texts: Mapping[int, tuple[str, ...]],
    said: tuple[float, float | None],
) -> Evidence:
    share, content = said
    header = texts.get(column, ("",))[0]
    words = []
    if share >= 0.95:
        words.append("nagłówek znany")
    elif share:
        words.append(f"nagłówek podobny w {share:.0%}")
    else:
        words.append("po samej treści")
    if content is None:
        words.append("kolumna pusta")
    else:
        words.append(f"pasuje {content:.0%} różnych wartości")
    sure = (share if share else BY_CONTENT.get(name, (0, 0.5))[1]) * (
        1.0 if content is None else 0.5 + 0.5 * content
    )
    return Evidence(name, column_letters(column), header, min(sure, 1.0), ", ".join(words))
