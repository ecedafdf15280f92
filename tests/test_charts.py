"""Charts are plain dictionaries that plotly accepts and that nobody needs to see in colour."""

import datetime as dt
import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.ui import charts

LIGHT, DARK = "#ffffff", "#12191e"

FIGURES = {
    "bars": charts.bars(["a", "b"], {"x": [1, None], "y": [2, 3]}, title="t", unit="osoby", stacked=True),
    "flat": charts.bars(["a", "b"], {"x": [1, 2]}, title="t", unit="osoby", horizontal=True),
    "lines": charts.lines(
        pd.Series(pd.to_datetime(["2022-01-01", "2022-02-01"])),
        {"Wydano": pd.Series([1.5, 2.5]), "Plan": pd.Series([1, None], dtype="Int64")},
        title="t",
        unit="zł",
        dashed=("Plan",),
    ),
    "heatmap": charts.heatmap(
        [dt.date(2022, 1, 1)], ["m"], [[3]], title="t", labels={3: "gotowe"}, texts=[["1/1"]]
    ),
    "progress": charts.progress({"a": 0.5, "b": None}, title="t", mark=0.4, mark_label="czas"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_accepts_every_figure_and_json_holds_it(name):
    go.Figure(FIGURES[name])
    json.dumps(FIGURES[name], allow_nan=False)


def test_series_differ_by_more_than_colour():
    bars, lines = FIGURES["bars"]["data"], FIGURES["lines"]["data"]
    assert len({trace["marker"]["pattern"]["shape"] for trace in bars}) == 2
    assert len({trace["line"]["dash"] for trace in lines}) == 2


def test_a_missing_value_is_a_gap():
    assert FIGURES["bars"]["data"][0]["y"] == [1, None]
    assert FIGURES["lines"]["data"][1]["y"] == [1, None]


def test_days_are_an_axis_of_dates():
    assert FIGURES["lines"]["data"][0]["x"] == ["2022-01-01", "2022-02-01"]
    assert FIGURES["lines"]["layout"]["xaxis"]["type"] == "date"
    assert FIGURES["bars"]["layout"]["xaxis"]["type"] == "category"


def test_a_name_from_the_spreadsheet_is_not_read_as_html():
    figure = charts.bars(["<b>a"], {"x": [1]}, title="t", unit="osoby")
    assert figure["data"][0]["x"] == ["&lt;b>a"]


def test_no_name_is_shortened_when_it_is_wrapped():
    name = "Pomoc opiekuna mieszkań chronionych pełnoletnich wychowanków rodzin zastępczych"
    figure = charts.bars([name], {"x": [1]}, title="t", unit="osoby", horizontal=True)
    assert figure["data"][0]["y"][0].replace("<br>", " ") == name


def test_a_heat_map_has_room_for_the_long_names_below_its_columns():
    def height(names):
        one = charts.heatmap(names, [], [], title="t", labels={}, texts=[])
        return one["layout"]["height"]

    name = "Pomoc opiekuna mieszkań chronionych"
    assert height([name, "F1"]) >= height(["F1", "F2"]) + 6 * len("Pomoc opiekuna mieszkań")


@pytest.mark.parametrize("colour", [*charts.COLOURS, *charts.LEVELS])
@pytest.mark.parametrize("background", [LIGHT, DARK])
def test_colours_are_seen_on_light_and_dark(colour, background):
    """Source: WCAG 2.2, criterion 1.4.11 (3:1 for graphics)."""
    assert _contrast(colour, background) >= 3


@pytest.mark.parametrize("colour", charts.LEVELS)
def test_the_white_text_in_a_heat_map_can_be_read(colour):
    """Source: WCAG 2.2, criterion 1.4.3 (4.5:1 for text)."""
    assert _contrast(colour, "#ffffff") >= 4.5


def test_months_and_numbers_are_polish():
    polish = charts.CONFIG["locales"]["pl"]["format"]
    assert polish["months"][0] == "styczeń"
    assert (polish["decimal"], polish["thousands"]) == (",", "\u00a0")


def _contrast(one, other):
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
