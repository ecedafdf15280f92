"""Tables in Polish formats, with their downloads, and the window with the rows behind a number.

A table that was drawn once is not drawn again while its content stays the same: Streamlit replays
what the cached function showed. That takes 0.5 ms instead of 5-20.
"""

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st

from lib import exports, words
from lib.records import Record
from lib.ui import view

SHOWN_ROWS = 1000
"""As many rows of a table are sent to the reader; the file has them all."""

STYLED_ROWS = 200
"""Up to here values stay numbers that a click on a header sorts; a Styler is too slow for more."""

PRINTED_ROWS, PHONE = 30, 350
"""Up to so many rows and pixels a table is real text; a larger one is a canvas that scrolls."""

FILES = {"CSV": "text/csv", "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""The kinds of file that every table downloads as."""

WHOLE_TABLE = "cała tabela"

Behind: TypeAlias = tuple[type[Record], Any]
Say: TypeAlias = Callable[[Any], str]


@dataclass(frozen=True)
class _Shown:
    """What is to be drawn: rows and columns, headers by column, kinds of columns, and a name."""

    frame: pd.DataFrame
    labels: Mapping[str, str]
    money: Sequence[str]
    shares: Sequence[str]
    months: Sequence[str]
    alt: str


def table(
    frame: pd.DataFrame,
    *,
    download: str,
    alt: str,
    labels: Mapping[str, str] | None = None,
    behind: Behind | None = None,
    money: Sequence[str] = (),
    shares: Sequence[str] = (),
    months: Sequence[str] = (),
) -> None:
    """A table in Polish formats, as sorted, with its downloads; at most 1,000 rows are shown.

    download  the beginning of the names of the files; no two tables of a page have the same
    labels    Polish headers by column; with labels, only the columns named there are shown
    behind    a kind of table, and the column with the row (or rows) of it that each row comes from
    money     columns in grosze; shares: columns 0-1; months: days that stand for their month
    """
    names = dict(labels) if labels is not None else {name: name for name in frame.columns if name != "row"}
    if frame.empty:
        st.caption("Brak wierszy.")
        return
    whole = frame[list(names)]
    _draw(_Shown(whole.head(SHOWN_ROWS), names, tuple(money), tuple(shares), tuple(months), alt))
    if len(frame) > SHOWN_ROWS:
        st.caption(f"Pokazano {words.rows(SHOWN_ROWS)} z {words.number(len(frame))}; wszystkie są w pliku.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        downloads(whole, download, names, money, shares)
        if behind is not None and st.button(
            "Skąd te liczby?",
            key=f"behind-{download}",
            type="tertiary",
            icon=":material/table_rows:",
            help=f"Wiersze arkusza za tabelą: {alt}",
        ):
            record, column = behind
            rows = [value if isinstance(value, Iterable) else (value,) for value in frame[column]]
            name = next(iter(names))
            parts = zip(
                whole[name].map(_sayings(_Shown(whole, names, money, shares, months, alt))[name]),
                rows,
                strict=True,
            )
            rows_behind(alt, [(record, [row for some in rows for row in some])], dict(parts))


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={_Shown: pickle.dumps})
def _draw(shown: _Shown) -> None:
    said, labels, rows = _sayings(shown), shown.labels, len(shown.frame)
    if rows <= PRINTED_ROWS and _fits_a_phone(shown, said):
        # numbers keep their type, which aligns them to the right; texts are not read as markdown
        texts = {words.plain(labels[name]): _plainly(say) for name, say in said.items()}
        named = shown.frame.set_axis(list(texts), axis="columns")
        st.table(named.style.format(texts), hide_index=True, alt=shown.alt)
        return
    named = shown.frame.rename(columns=labels)
    if rows <= STYLED_ROWS:
        content = named.style.format({labels[name]: say for name, say in said.items()})
    else:
        content = pd.DataFrame({labels[name]: [*map(say, shown.frame[name])] for name, say in said.items()})
    link = {"Odsyłacz": st.column_config.LinkColumn(display_text="otwórz")}
    st.dataframe(content, hide_index=True, alt=shown.alt, placeholder="–", column_config=link)
    # a number cut by the edge of a narrow window looks like a smaller number
    st.caption("W wąskim oknie przesuń tabelę w bok, żeby zobaczyć całe liczby.")


def _fits_a_phone(shown: _Shown, said: Mapping[str, Say]) -> bool:
    """Whether the longest words of all columns fit side by side on a phone.

    A printed table that is wider scrolls in a box that the keyboard cannot reach; a canvas can be.
    """
    width = 0
    for name, say in said.items():
        texts = [shown.labels[name], *map(say, shown.frame[name])]
        width += 8 * max(len(word) for text in texts for word in (text.split(" "))) + 18
    return width <= PHONE


def _sayings(shown: _Shown) -> dict[str, Say]:
    """How the cells of each column are said."""
    return {name: _saying(shown, name) for name in shown.frame.columns}


def _saying(shown: _Shown, name: str) -> Say:
    kind = shown.frame[name].dtype
    if name in shown.money:
        return words.money
    if name in shown.shares:
        return _dashed(words.share)
    if name in shown.months:
        return _dashed(words.month)
    if pd.api.types.is_datetime64_any_dtype(kind):
        return _dashed(words.day)
    if pd.api.types.is_bool_dtype(kind):
        return _dashed(words.yes_no)
    if pd.api.types.is_float_dtype(kind):
        return _dashed(partial(words.number, decimals=1))
    return _dashed(words.number if pd.api.types.is_integer_dtype(kind) else str)


def _dashed(say: Say) -> Say:
    return lambda value: "–" if pd.isna(value) else say(value)


def _plainly(say: Say) -> Say:
    return lambda value: words.plain(say(value))


# --- files --------------------------------------------------------------------------------------


def downloads(
    frame: pd.DataFrame,
    download: str,
    labels: Mapping[str, str],
    money: Sequence[str] = (),
    shares: Sequence[str] = (),
) -> None:
    """Buttons for the whole table as CSV and XLSX; the files are made when a button is pressed."""
    name = f"{download}-{'-'.join(st.query_params.get(part, '') for part in (view.PROJECT, view.DAY))}"
    with st.container(horizontal=True, gap="small", width="content"):
        for kind, mime in FILES.items():
            st.download_button(
                f"Pobierz {kind}",
                partial(_file, kind, frame, dict(labels), tuple(money), tuple(shares), download),
                file_name=f"{name}.{kind.lower()}",
                mime=mime,
                key=f"{kind}-{download}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )


def _file(
    kind: str,
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    money: Sequence[str],
    shares: Sequence[str],
    title: str,
) -> bytes:
    table = exports.in_zloty(frame, money).rename(columns=labels)
    if kind == "CSV":
        return exports.csv(table)
    return exports.xlsx(table, title, [labels[name] for name in money], [labels[name] for name in shares])


# --- the rows behind a number -------------------------------------------------------------------


@st.dialog("Skąd ta liczba?", width="large")
def rows_behind(
    label: str,
    sources: Sequence[Behind],
    parts: Mapping[str, Iterable[int]] | None = None,
    project: str | None = None,
) -> None:
    """A window with the rows of the spreadsheet behind a number, with their tab and row number.

    `parts` are the rows behind each line of a table, by its name: the reader may pick one.
    `project` is that of the address of the page, unless another is given.
    """
    chosen, as_of = view.chosen()
    register = view.register_of(project or chosen, as_of)
    if register is None:
        return
    st.markdown(f"**{words.plain(label)}**")
    if parts and len(parts) > 1:
        part = st.selectbox("Pozycja", [WHOLE_TABLE, *parts], key="pozycja", placeholder=WHOLE_TABLE)
        if part in parts:
            sources = [(record, parts[part]) for record, _ in sources]
    for record, rows in sources:
        frame = register.rows_behind(record, rows)
        st.markdown(f"Zakładka „{record.tab}”: {words.rows(len(frame))}.")
        table(frame, download=f"wiersze-{record.__name__.lower()}", alt=f"Wiersze zakładki {record.tab}")
