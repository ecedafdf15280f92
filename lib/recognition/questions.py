"""What is to be asked of a tab where its headers do not settle it."""

from collections.abc import Iterable, Mapping

from lib.contents import fit
from lib.headers import ALIKE, header_key
from lib.reading import Question
from lib.recognition.candidates import Candidate
from lib.recognition.header import header_texts
from lib.recognition.missing import made_up
from lib.recognition.said import is_of_address_or_limit, is_of_year, is_outdated, says_spent
from lib.recognition.worth import meanings, sample_of
from lib.records import Participant, Record, extra, kind_of
from sheets.table import Table, column_letters


def which_kind(table: Table, *kinds: type[Record]) -> Question:
    """Which of some kinds of table a tab holds, or none of them, where that is not clear."""
    return Question(
        table.title,
        table.workbook,
        "kind",
        f"Co jest w zakładce „{table.title}”?",
        (*((record.__name__, record.tab) for record in kinds), ("", "nic z tego")),
        "",
    )


def doubts(table: Table, best: Candidate) -> Iterable[Question]:
    """Other columns that could be a field as well as the one taken, where the header does not settle it."""
    taken = set(best.columns.values())
    texts = header_texts(table, best.header, best.span)
    yield from _unsaid(table, best, texts)
    for evidence in best.evidence:
        name = evidence.field
        if name.startswith("~") or evidence.sure >= 0.97:
            continue
        rivals = []
        for column in best.span.columns():
            if column in taken or column not in texts:
                continue
            if name == "person" and is_of_address_or_limit(texts, column):
                continue
            if name == "planned_gr" and (
                says_spent(texts[column]) or is_of_year(texts, column) or is_outdated(texts, column)
            ):
                continue
            shares, _ = meanings(best.record, texts[column])
            values = sample_of(table, best.header[-1] + 1, best.end, column)
            content = fit(best.record, name, values)
            if shares.get(name, 0.0) >= max(ALIKE, evidence.sure - 0.08) and (content or 0.0) >= 0.6:
                rivals.append(column)
        if rivals and header_key(evidence.header) not in {header_key(texts[c][0]) for c in rivals}:
            title = best.record.model_fields[name].title or name
            yield Question(
                table.title,
                table.workbook,
                name,
                f"Która kolumna zakładki „{table.title}” to „{title}”?",
                tuple(
                    (texts[c][0], f"{texts[c][0]} (kolumna {column_letters(c)})")
                    for c in (best.columns[name], *rivals)
                ),
                evidence.header,
            )


def _unsaid(table: Table, best: Candidate, texts: Mapping[int, tuple[str, ...]]) -> Iterable[Question]:
    """Whether a column that no header explains is a field that figures need and no header names."""
    taken = set(best.columns.values())
    unread = [
        column for column, said in texts.items() if column not in taken and not meanings(best.record, said)[1]
    ]
    for name in _needed(best):
        columns = [
            column
            for column in unread
            if (name != "planned_gr" or not (says_spent(texts[column]) or is_outdated(texts, column)))
            and (fit(best.record, name, sample_of(table, best.header[-1] + 1, best.end, column)) or 0.0)
            >= 0.8
        ]
        if name == "eligible_gr" and not columns and "gross_gr" in best.columns:
            columns = [best.columns["gross_gr"]]  # where all of a document is of the project
        if columns:
            title = best.record.model_fields[name].title or name
            options = [(texts[c][0], f"{texts[c][0]} (kolumna {column_letters(c)})") for c in columns]
            yield Question(
                table.title,
                table.workbook,
                name,
                f"Czy kolumna zakładki „{table.title}” to „{title}”?",
                (*options, ("", "żadna")),
                "",
            )


def _needed(best: Candidate) -> Iterable[str]:
    """The days, amounts and counts that figures need and no column of a table is taken for."""
    for name, own in best.record.model_fields.items():
        if name in best.columns or name in made_up(best.record, best.columns) or not extra(own, "essential"):
            continue
        if (best.record, name) == (Participant, "entered_on"):
            if "~period" not in best.columns:
                yield name
        elif not extra(own, "blank") and kind_of(own).name in ("Day", "MoneyGr", "Count"):
            yield name
