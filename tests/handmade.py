"""Workbooks put together by hand, for what no honest program would write."""

import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
    '<sheets><sheet name="Dane" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def sheet(rows: str) -> str:
    """The part of a tab with these rows of XML."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def cells(*addresses: str) -> str:
    """A row of XML with the number 7 in it for each address."""
    rows = ((address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), address) for address in addresses)
    return "".join(f'<row r="{row}"><c r="{address}"><v>7</v></c></row>' for row, address in rows)


def workbook(path: Path, rows: str = "", **parts: str | None) -> Path:
    """Write a workbook with one tab „Dane”; `parts` (by path) replace or, as None, leave out its parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**PARTS, SHEET: sheet(rows), **parts}.items():
            if content is not None:
                file.writestr(name, content)
    return path
