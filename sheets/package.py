"""The file of a workbook: a zip of XML parts, unpacked in bounded steps.

A few kilobytes can stand for gigabytes, so the directory of the zip is weighed first, and no part
is ever unpacked to more than it says there, nor held whole.
"""

import io
import posixpath
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from sheets.source import Damaged, Refused

FILE_BYTES = 50_000_000
PARTS = 1_000
PART_BYTES = 768_000_000
INFLATE_RATIO = 100  # real workbooks: 7-8
SMALL = 1_000_000  # bytes that do no harm at any ratio

SAVE_AS_XLSX = "Otwórz go w Excelu lub LibreOffice i zapisz jako .xlsx."
SAVE_AGAIN = "Otwórz skoroszyt w Excelu lub LibreOffice i zapisz go ponownie jako .xlsx."

_PIECE = 262_144
_LONGEST_CELL = 16 * _PIECE
_XML_START = b"\xef\xbb\xbf \t\r\n"
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?[A-Za-z_]")
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NOT_A_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, LookupError, OSError, struct.error)


@dataclass(frozen=True)
class Package:
    """The parts of one workbook, from bytes already in memory.

    `deadline` is a moment of `time.monotonic()`: unpacking past it is refused, so that no
    workbook can hold its reader for long.
    """

    label: str
    data: bytes
    parts: tuple[zipfile.ZipInfo, ...]
    deadline: float

    @classmethod
    def of(cls, label: str, data: bytes, deadline: float) -> "Package":
        """The workbook in `data`; Damaged when it is none, Refused when its directory tells of danger."""
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise _old_container(label, data)
        if data.count(b"PK\1\2") > PARTS:
            raise Refused(label, f"Plik składa się z ponad {PARTS} części.", SAVE_AGAIN)
        try:
            parts = tuple(zipfile.ZipFile(io.BytesIO(data)).infolist())
        except _NOT_A_ZIP as error:
            raise _not_a_zip(label, data) from error
        package = cls(label, data, parts, deadline)
        package._weigh()
        return package

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of the tab that each part holds, by `name()` of the part."""
        targets = {
            link.get("Id"): _in_xl(link.get("Target", ""))
            for link in self._xml("xl/_rels/workbook.xml.rels").iterfind("{*}Relationship")
        }
        titles = {}
        for sheet in self._xml("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            titles[targets.get(link, "")] = sheet.get("name", "")
        return titles

    def pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """An XML part unpacked piece by piece, no tag and no cell torn; nothing when it is no XML.

        Tags lose the prefix of the root tag: „<x:c>” is given as „<c>”. Definitions of entities
        are Refused.
        """
        prefix, carried = None, b""
        for inflated in self._inflated(part):
            piece = carried + inflated
            if prefix is None:
                if not piece.lstrip(_XML_START).startswith(b"<"):
                    return
                root = _ROOT.search(piece)
                prefix = root[1] if root else None
            if prefix:
                piece = piece.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
            if b"<!" in piece and _DEFINITION.search(piece):
                what = "Plik zawiera definicje (DOCTYPE), których skoroszyt mieć nie może."
                raise Refused(self.label, what, SAVE_AGAIN)
            cut = max(piece.rfind(b"<c"), piece.rfind(b"<row"))
            cut = cut if cut >= 0 else piece.rfind(b"<")
            carried = piece[cut:] if cut >= 0 else b""
            if len(carried) > _LONGEST_CELL:
                raise Refused(self.label, "Plik zawiera komórkę bez końca.", SAVE_AGAIN)
            yield piece[: len(piece) - len(carried)]
        yield carried

    def _weigh(self) -> None:
        """Refuse, by the directory alone, what would unpack to too much or cannot be unpacked."""
        sizes = [(part.file_size, part.compress_size) for part in self.parts]
        total = (sum(size for size, _ in sizes), len(self.data))
        for size, packed in [*sizes, total]:
            if size > SMALL and size > INFLATE_RATIO * packed:
                raise self._bomb(size)
        if any(size > PART_BYTES for size, _ in sizes):
            raise self._bomb(PART_BYTES)
        if any(part.flag_bits & 1 for part in self.parts):
            raise _protected(self.label)
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in self.parts):
            raise self._torn()
        if "xl/workbook.xml" not in self._by_name:
            raise self._not_a_workbook()

    def _inflated(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part unpacked in bounded steps, and never to more than the directory says."""
        start = part.header_offset
        lengths = self.data[start + 26 : start + 30]
        if len(lengths) < 4:
            raise self._torn()
        start += 30 + sum(struct.unpack("<HH", lengths))  # past the name and the extra field
        packed = self.data[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            yield from (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
            return
        inflate, left = zlib.decompressobj(-zlib.MAX_WBITS), part.file_size
        while not inflate.eof:
            if time.monotonic() > self.deadline:
                raise too_slow(self.label)
            try:
                piece = inflate.decompress(packed, _PIECE)
            except zlib.error as error:
                raise self._torn() from error
            packed, left = inflate.unconsumed_tail, left - len(piece)
            if left < 0:
                raise self._bomb(part.file_size)
            if not (piece or packed or inflate.eof):
                raise self._torn()
            yield piece

    @cached_property
    def _by_name(self) -> dict[str, zipfile.ZipInfo]:
        return {name(part): part for part in self.parts}

    def _xml(self, path: str) -> ElementTree.Element:
        """A small part, whole, as a tree."""
        part = self._by_name.get(path)
        if part is None or part.file_size > 16 * SMALL:
            raise self._not_a_workbook()
        try:
            return ElementTree.fromstring(b"".join(self.pieces(part)))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self._torn() from error

    def _bomb(self, size: int) -> Refused:
        grown = f"z {len(self.data) // 1000} kB robi się ponad {size // 1_000_000} MB"
        return Refused(
            self.label,
            f"Plik rozpakowuje się do ogromnych rozmiarów: {grown}.",
            "Nie otwieraj go, jeśli nie wiesz, skąd jest; przenieś dane do nowego skoroszytu.",
        )

    def _torn(self) -> Damaged:
        return Damaged(self.label, "Wnętrze pliku jest uszkodzone.", SAVE_AGAIN)

    def _not_a_workbook(self) -> Damaged:
        return Damaged(self.label, "To nie jest skoroszyt w formacie .xlsx.", SAVE_AS_XLSX)


def name(part: zipfile.ZipInfo) -> str:
    """The path of a part as it is compared: small letters, forward slashes."""
    return part.filename.lower().replace("\\", "/")


def too_slow(label: str) -> Refused:
    """What to say of a workbook that takes too long."""
    return Refused(label, "Czytanie trwało zbyt długo i zostało przerwane.", "Podziel skoroszyt na mniejsze.")


def _in_xl(target: str) -> str:
    """The path of a part that the workbook points at, in whichever of the usual ways."""
    path = target.lower().replace("\\", "/").lstrip("/")
    return posixpath.normpath(path if path.startswith("xl/") else f"xl/{path}")


def _old_container(label: str, data: bytes) -> Damaged:
    """A file in the container of old Excel: a workbook under a password, or an .xls."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _protected(label)
    return Damaged(label, "To jest plik w starszym formacie, nie .xlsx.", SAVE_AS_XLSX)


def _protected(label: str) -> Damaged:
    remedy = "Usuń hasło w Excelu (Plik > Informacje > Chroń skoroszyt) i zapisz plik."
    return Damaged(label, "Skoroszyt jest zabezpieczony hasłem.", remedy)


def _not_a_zip(label: str, data: bytes) -> Damaged:
    if data.startswith(b"PK"):
        remedy = "Poczekaj na koniec zapisu; jeśli to nie pomoże, zapisz go ponownie."
        return Damaged(label, "Plik jest ucięty albo jeszcze się zapisuje.", remedy)
    return Damaged(label, "To nie jest skoroszyt, tylko plik innego rodzaju.", "Wskaż plik .xlsx.")
