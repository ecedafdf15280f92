"""The two tabs that are Ostoja's own: the only ones it ever writes, and never data that it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sheets.source import Refused

FINDINGS, FIGURES = "Ostoja - kontrola", "Ostoja - podsumowanie"
"""The titles of the tab with the findings and of the one with the headline figures."""

MARK = "ostoja-own-tab"
"""The key of the metadata by which our tab is known whatever it is called; only programs can set it."""

Value: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A tab of ours as it is to be: its title, all its rows as plain values, its columns' widths in letters.

    Text is text and nothing else, also where it begins with =, + or -. The first row says whose tab
    it is, the second is the header.
    """

    title: str
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What writing came to: whether anything had to be written, and the tabs of others that somebody
    changed while it was being done (never we: they are told apart by what was asked for)."""

    changed: bool
    edited_meanwhile: tuple[str, ...] = ()


def mark_of(title: str, gid: int) -> str:
    """The value of the mark of our tab; it holds the number of the tab, so that a copy is not ours."""
    return f"{title}:{gid}"


def marked(metadata: Sequence[Any], gid: int) -> str:
    """The title that a tab with this metadata was made under by us; empty when it is not ours."""
    values = {it.get("metadataValue") for it in metadata if it.get("metadataKey") == MARK}
    return next((title for title in (FINDINGS, FIGURES) if mark_of(title, gid) in values), "")


def is_own(title: str) -> bool:
    """Whether a tab of this title is left out of reading: the titles of ours are ours alone."""
    return title in (FINDINGS, FIGURES)


def foreign(label: str, what: str) -> Refused:
    """Something stands under the name of ours that we did not make."""
    return Refused(
        label,
        f"{what} nie jest dziełem Ostoi, więc Ostoja niczego nie zapisała.",
        "Zmień jej nazwę albo usuń ją; Ostoja utworzy wtedy własną.",
    )
