"""What people mark attendance with, by habit."""

from collections.abc import Mapping

from lib.cells import key
from lib.dictionaries import Presence
from sheets.table import Value

MARKS: Mapping[str, Presence] = {
    **{key(text): word for word in Presence for text in (word.value, *word.spellings)},
    **dict.fromkeys(
        (
            "/",
            "v",
            "✔",
            "✓",
            "☑",
            "✅",
            "•",
            "●",
            "■",
            "ü",
            "√",
            "obec",
            "obec.",
            "s",
            "sp",
            "sp.",
            "spoz",
            "ob.s",
        ),
        Presence.PRESENT,
    ),
    **dict.fromkeys(
        ("us", "us.", "usp", "usp.", "ch", "zw", "zw.", "l4", "chory", "chora", "zwolnienie"),
        Presence.EXCUSED,
    ),
    **dict.fromkeys(("✖", "✗", "✘", "❌", "nob", "nb", "nieob", "brak", "abs", "nn."), Presence.ABSENT),
}
"""What marks mean where no legend says otherwise."""


def mark_of(value: Value) -> str:
    """A cell as a mark: its text without case and diacritics, a ticked box as 1; empty for a blank cell."""
    return "" if value is None else str(int(value)) if isinstance(value, bool) else key(value)
