"""Our tabs for a local workbook: a workbook of their own beside it, for that of the staff is never written.

A file of that name that we did not make is left as it is: ours carries a mark in its properties.
"""

import datetime as dt
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from sheets.files import replace_file
from sheets.own_tab import MARK, OwnTab, Written, foreign
from sheets.source import Locked

PROPERTIES = "docProps/custom.xml"
PROPERTIES_BYTES = 1_000_000
CREATED = dt.datetime(2022, 1, 1)
"""The day of making that stands in the file: a true one would make equal workbooks differ."""


def beside(path: Path) -> Path:
    """Where our tabs for a workbook go: „lista.xlsx” has „lista - Ostoja.xlsx” beside it."""
    return path.with_name(f"{path.stem} - Ostoja.xlsx")


@dataclass(frozen=True, slots=True)
class OwnWorkbook:
    """The workbook beside the workbook `path`."""

    path: Path

    def write(self, tabs: tuple[OwnTab, ...]) -> Written:
        """Make these tabs its content, unless they are.

        Refused when a file is there that is not ours, Locked when it cannot be written.
        """
        place = beside(self.path)
        data = content(tabs)
        try:
            before = place.read_bytes() if place.exists() else None
            if before == data:
                return Written(changed=False)
            if before is not None and not _ours(before):
                raise foreign(place.name, "Plik o tej nazwie")
            replace_file(place, data)
        except OSError:
            what = "Pliku z ustaleniami Ostoi nie da się zapisać."
            raise Locked(
                place.name, what, "Zamknij go w innych programach i sprawdź prawo zapisu w folderze."
            ) from None
        return Written(changed=True)


def content(tabs: tuple[OwnTab, ...]) -> bytes:
    """A workbook of these tabs; equal tabs give equal bytes."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": "Ostoja", "created": CREATED})
        book.set_custom_property(MARK, "1")
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        for tab in tabs:
            sheet = book.add_worksheet(tab.title)
            for column, width in enumerate(tab.widths):
                sheet.set_column(column, column, width)
            for row, values in enumerate(tab.rows):
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        # the first row runs on over the cells beside it, the header is bold
                        sheet.write_string(row, column, value, (None, bold)[row] if row < 2 else plain)
                    elif value is not None:
                        sheet.write_number(row, column, value, plain)
            sheet.freeze_panes(2, 0)
    return made.getvalue()


def _ours(data: bytes) -> bool:
    """Whether a file has our mark in its properties."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if package.getinfo(PROPERTIES).file_size > PROPERTIES_BYTES:
                return False
            return f'"{MARK}"'.encode() in package.read(PROPERTIES)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return False
