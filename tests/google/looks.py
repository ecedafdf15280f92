"""How cells look when nobody has changed it, and how Google writes colours."""

from __future__ import annotations

import struct
from typing import Any

Json = dict[str, Any]

WHITE = {"red": 1, "green": 1, "blue": 1}
PAIRS = (
    ("backgroundColor", "backgroundColorStyle"),
    ("foregroundColor", "foregroundColorStyle"),
    ("tabColor", "tabColorStyle"),
    ("color", "colorStyle"),
)


def text_format(family: str) -> Json:
    """Text as in a new sheet."""
    return {
        "foregroundColor": {},
        "fontFamily": family,
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    }


def default_format() -> Json:
    """`properties.defaultFormat` of a new spreadsheet."""
    return {
        "backgroundColor": WHITE,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": text_format("arial,sans,sans-serif"),
        "backgroundColorStyle": {"rgbColor": WHITE},
    }


def theme() -> Json:
    """`properties.spreadsheetTheme` of a new spreadsheet."""
    colours = [
        ("TEXT", {}),
        ("BACKGROUND", WHITE),
        ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
        ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
        ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
        ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
        ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
        ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
        ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
    ]
    return {
        "primaryFontFamily": "Arial",
        "themeColors": [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in colours],
    }


def effective_format(own: Json, value: object) -> Json:
    """The look of a cell after its own format was laid over the default one."""
    aligned = "CENTER" if isinstance(value, bool) else "RIGHT" if isinstance(value, (int, float)) else "LEFT"
    base: Json = {
        "backgroundColor": WHITE,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "horizontalAlignment": aligned,
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": text_format("Arial"),
        "hyperlinkDisplayType": "PLAIN_TEXT",
        "backgroundColorStyle": {"rgbColor": WHITE},
    }
    merged = {**base, **own}
    merged["textFormat"] = {**base["textFormat"], **own.get("textFormat", {})}
    if "numberFormat" in own:
        merged = {"numberFormat": merged.pop("numberFormat"), **merged}
    return merged


def float32(value: float) -> float | int:
    """The shortest number that is the same in 32 bits, as Google writes it."""
    exact = struct.unpack("f", struct.pack("f", value))[0]
    for digits in range(1, 10):
        short = float(f"{exact:.{digits}g}")
        if struct.unpack("f", struct.pack("f", short))[0] == exact:
            return int(short) if short.is_integer() else short
    return float(exact)


def colour(value: Json) -> Json:
    """A colour of 8 bits a channel; a channel at 0 is left out."""
    steps = {name: int(min(max(value.get(name, 0), 0), 1) * 255 + 0.5) for name in ("red", "green", "blue")}
    return {name: float32(step / 255) for name, step in steps.items() if step}


def coloured(value: Any) -> Any:
    """A format with every colour written both ways: as a colour and as a colour style."""
    if isinstance(value, list):
        return [coloured(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: coloured(item) for key, item in value.items()}
    for plain, style in PAIRS:
        if style in value and "rgbColor" in value[style]:
            out[plain] = colour(value[style]["rgbColor"])
            out[style] = {"rgbColor": out[plain]}
        elif plain in value and style not in value and isinstance(value[plain], dict):
            out[plain] = colour(value[plain])
            out[style] = {"rgbColor": out[plain]}
    return out
