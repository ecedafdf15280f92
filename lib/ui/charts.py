"""Charts as plain dictionaries that plotly draws, in one visual language.

Every function returns a figure and shows nothing. A series is never told by colour alone: bars
have patterns, lines have dashes and markers, cells of a heat map have texts. Missing values
(None, NaN, pd.NA) are gaps. Text, axes and background follow the reader's light or dark theme.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any, TypeAlias

import pandas as pd

from lib import words

Figure: TypeAlias = dict[str, Any]

COLOURS = ("#0a76b3", "#c95f0c", "#0f8f6b", "#a8619a", "#8a7a1f", "#6b7888")
"""The colours of series, in order; each has a contrast of 3:1 on the light and on the dark background."""

LEVELS = ("#66727f", "#c2402f", "#9a6400", "#0b7a5b", "#0a6da8")
"""The colours of a heat map's levels from 0 up: nothing, bad, partly, good, more than asked."""

PATTERNS = ("", "/", ".", "x", "\\", "-")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")

_SHORT_MONTHS = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")

CONFIG: dict[str, Any] = {
    "locale": "pl",
    "locales": {
        "pl": {
            "dictionary": {
                "Autoscale": "Dopasuj",
                "Box Select": "Zaznacz prostokąt",
                "Compare data on hover": "Porównuj wartości",
                "Double-click to zoom back out": "Kliknij dwa razy, by oddalić",
                "Double-click on legend to isolate one trace": "Kliknij dwa razy, by zostawić jedną serię",
                "Download plot": "Pobierz wykres",
                "Download plot as a png": "Pobierz wykres (PNG)",
                "Download plot as a PNG": "Pobierz wykres (PNG)",
                "Lasso Select": "Zaznacz dowolnie",
                "Pan": "Przesuń",
                "Reset": "Przywróć",
                "Reset axes": "Przywróć osie",
                "Show closest data on hover": "Pokaż najbliższą wartość",
                "Snapshot succeeded": "Wykres zapisany",
                "Taking snapshot - this may take a few seconds": "Zapisuję wykres, to potrwa kilka sekund",
                "Toggle Spike Lines": "Linie pomocnicze",
                "Zoom": "Powiększ",
                "Zoom in": "Powiększ",
                "Zoom out": "Pomniejsz",
            },
            "format": {
                "days": [words.WEEKDAYS[-1], *words.WEEKDAYS[:-1]],
                "shortDays": ["nd", "pn", "wt", "śr", "cz", "pt", "sb"],
                "months": list(words.MONTHS),
                "shortMonths": list(_SHORT_MONTHS),
                "date": "%d.%m.%Y",
                "decimal": ",",
                "thousands": "\u00a0",
                "grouping": [3],
                "currency": ["", "\u00a0zł"],
            },
        }
    },
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
}
"""How plotly shows every chart: in Polish, without buttons that send anything away."""


def bars(
    x: Iterable[Any],
    series: Mapping[str, Iterable[Any]],
    *,
    title: str,
    unit: str,
    stacked: bool = False,
    horizontal: bool = False,
) -> Figure:
    """Bars over categories or days, one colour and pattern a series; `horizontal` for long names.

    `unit` names the values („osoby”, „zł”); amounts are given in złote.
    """
    labels = _wrapped(_values(x)) if horizontal else _values(x)
    traces = []
    for i, (name, values) in enumerate(series.items()):
        numbers = _values(values)
        traces.append(
            {
                "type": "bar",
                "name": name,
                "x": numbers if horizontal else labels,
                "y": labels if horizontal else numbers,
                "orientation": "h" if horizontal else "v",
                "marker": {
                    "color": COLOURS[i % len(COLOURS)],
                    "line": {"width": 0},
                    "pattern": {"shape": PATTERNS[i % len(PATTERNS)], "solidity": 0.25},
                },
                "hovertemplate": _hover(name, unit, "x" if horizontal else "y", "y" if horizontal else "x"),
            }
        )
    figure = _figure(traces, title, unit, _is_days(labels), horizontal)
    figure["layout"]["barmode"] = "stack" if stacked else "group"
    if horizontal:
        a_bar = 26 if stacked else 20 * len(series)
        figure["layout"]["height"] = 130 + len(labels) * max(a_bar, _name_height(labels))
        # plotly draws the first category at the bottom; a list is read from the top
        figure["layout"]["yaxis"] |= {"autorange": "reversed", "automargin": True}
    return figure


def lines(
    x: Iterable[Any],
    series: Mapping[str, Iterable[Any]],
    *,
    title: str,
    unit: str,
    dashed: Sequence[str] = (),
    steps: bool = False,
) -> Figure:
    """Lines over days or categories; the series named in `dashed` (plans, forecasts) are thin and dashed.

    `steps` for what stays the same until it changes, such as the people in a group.
    """
    labels = _values(x)
    sparse = len(labels) <= 40
    traces = []
    for i, (name, values) in enumerate(series.items()):
        dash = "dash" if name in dashed else ("solid" if dashed else DASHES[i % len(DASHES)])
        traces.append(
            {
                "type": "scatter",
                "name": name,
                "x": labels,
                "y": _values(values),
                "mode": "lines+markers" if sparse and name not in dashed else "lines",
                "line": {
                    "color": COLOURS[i % len(COLOURS)],
                    "width": 2 if name in dashed else 2.5,
                    "dash": dash,
                    "shape": "hv" if steps else "linear",
                },
                "marker": {"symbol": SYMBOLS[i % len(SYMBOLS)], "size": 6},
                "hovertemplate": _hover(name, unit, "y", "x"),
            }
        )
    figure = _figure(traces, title, unit, _is_days(labels))
    figure["layout"]["hovermode"] = "x unified"
    return figure


def heatmap(
    x: Iterable[Any],
    y: Iterable[Any],
    values: Iterable[Iterable[Any]],
    *,
    title: str,
    labels: Mapping[int, str],
    texts: Iterable[Iterable[str]],
) -> Figure:
    """A picture of `y` in rows over `x` in columns: a level for each cell, and the text written in it.

    `values` holds levels 0-4, the indexes of LEVELS (None = an empty cell); `labels` says what
    each level that occurs means, for the legend and the tooltip.
    """
    rows, columns, levels = _wrapped(_values(y)), _values(x), [_values(row) for row in values]
    written = [list(row) for row in texts]
    size = len(LEVELS)
    scale = [[edge / size, colour] for i, colour in enumerate(LEVELS) for edge in (i, i + 1)]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": columns,
            "y": rows,
            "z": levels,
            "text": written,
            "texttemplate": "%{text}",
            "textfont": {"color": "#ffffff"},
            "customdata": [[labels.get(level, "") for level in row] for row in levels],
            "hovertemplate": "%{y}<br>%{x}<br>%{customdata}: %{text}<extra></extra>",
            "zmin": -0.5,
            "zmax": size - 0.5,
            "colorscale": scale,
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]
    traces += [
        {
            "type": "scatter",
            "name": meaning,
            "x": [None],
            "y": [None],
            "mode": "markers",
            "marker": {"symbol": "square", "size": 12, "color": LEVELS[level]},
        }
        for level, meaning in labels.items()
    ]
    figure = _figure(traces, title, "", _is_days(columns))
    figure["layout"]["showlegend"] = True
    figure["layout"]["height"] = 150 + _name_length(columns) + len(rows) * max(34, _name_height(rows))
    figure["layout"]["yaxis"] |= {"autorange": "reversed", "automargin": True, "showgrid": False}
    figure["layout"]["xaxis"] |= {"showgrid": False}
    return figure


def progress(
    shares: Mapping[str, Any], *, title: str, mark: float | None = None, mark_label: str = ""
) -> Figure:
    """Horizontal bars of shares 0-1, one a name, and a line at `mark` (such as the share of time)."""
    names, values = _wrapped(_values(shares)), _values(shares.values())
    said = [None if value is None else value * 100 for value in values]
    figure = _figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": said,
                "y": names,
                "text": ["" if value is None else f"{value:.1f}%".replace(".", ",") for value in said],
                "textposition": "auto",
                "insidetextanchor": "start",
                "marker": {"color": COLOURS[0]},
                "hovertemplate": "%{y}: %{x:,.1f}%<extra></extra>",
                "showlegend": False,
            }
        ],
        title,
        "%",
        days=False,
        horizontal=True,
    )
    figure["layout"]["height"] = 130 + len(names) * max(34, _name_height(names))
    figure["layout"]["yaxis"] |= {"autorange": "reversed", "automargin": True}
    figure["layout"]["xaxis"]["range"] = [0, max([100, *(value for value in said if value is not None)])]
    if mark is not None:
        figure["layout"]["shapes"] = [
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": mark * 100,
                "x1": mark * 100,
                "y0": 0,
                "y1": 1,
                "line": {"color": COLOURS[1], "width": 2, "dash": "dash"},
            }
        ]
        figure["layout"]["annotations"] = [
            {
                "x": mark * 100,
                "y": 1,
                "xref": "x",
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "text": mark_label,
            }
        ]
    return figure


# --- what all charts share ----------------------------------------------------------------------


def _figure(
    traces: list[dict[str, Any]], title: str, unit: str, days: bool, horizontal: bool = False
) -> Figure:
    value_axis: dict[str, Any] = {
        "title": {"text": unit},
        "tickformat": ",",
        "rangemode": "tozero",
        "zeroline": False,
    }
    name_axis: dict[str, Any] = {"automargin": True, "showgrid": False}
    if days:
        name_axis |= {"type": "date", "tickformat": "%b %Y", "hoverformat": "%d.%m.%Y"}
    else:
        name_axis |= {"type": "category"}
    return {
        "data": traces,
        "layout": {
            "title": {"text": title, "font": {"size": 16}, "x": 0, "xref": "container", "xanchor": "left"},
            "height": 360,
            "margin": {"l": 8, "r": 8, "t": 56, "b": 8},
            "legend": {"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
            "showlegend": len(traces) > 1,
            "bargap": 0.25,
            "separators": ",\u00a0",
            "xaxis": value_axis if horizontal else name_axis,
            "yaxis": name_axis if horizontal else value_axis,
        },
    }


def _hover(name: str, unit: str, value: str, label: str) -> str:
    number = ",.2f" if unit == "zł" else ",.10~g"
    return f"%{{{label}}}<br>{name}: %{{{value}:{number}}} {unit}<extra></extra>"


def _values(values: Iterable[Any]) -> list[Any]:
    """Plain Python values that JSON knows: days as ISO text, missing ones as None."""
    return [_value(value) for value in values]


def _value(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
        return _value(value) if isinstance(value, dt.date) else _value_of_number(value)
    if isinstance(value, str):
        return value.replace("&", "&amp;").replace("<", "&lt;")  # plotly reads a little HTML
    return _value_of_number(value)


def _value_of_number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _wrapped(names: list[Any], width: int = 30) -> list[Any]:
    """Long names over several lines, so that they leave room for the chart on a phone."""
    return ["<br>".join(wrap(name, width)) if isinstance(name, str) else name for name in names]


def _name_height(names: list[Any]) -> int:
    """The pixels that the longest of the names takes from top to bottom, with some air."""
    return 14 * max((str(name).count("<br>") + 1 for name in names), default=1) + 8


def _name_length(names: list[Any]) -> int:
    """The pixels that the longest of the names takes when it is turned upright, as on a phone."""
    return 7 * max((len(str(name)) for name in names), default=0)


def _is_days(labels: list[Any]) -> bool:
    return bool(labels) and all(
        isinstance(label, str) and len(label) == 10 and label[4] == label[7] == "-" for label in labels
    )
