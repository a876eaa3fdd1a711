"""Reading back a spreadsheet that somebody filled in: XLSX or ODS, as text by cell address.

Nothing in it is believed or worked out: a formula is only noted, a file that unpacks to more than
it should is refused before it does, and XML that defines anything of its own is not read at all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.prose import tidy
from sir.kernel.sheets import as_typed

LARGEST = 8 * 1024 * 1024  # bytes of all parts together, unpacked
MOST_PARTS = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 40

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Place = tuple[int, int]
"""A row and a column, both counted from 1."""


@dataclass
class Filled:
    """The first sheet of a file: what stands where, and which cells hold a formula."""

    cells: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)

    def at(self, row: int, column: int) -> str:
        """Give the text of a cell, as it was typed; empty when there is none."""
        return self.cells.get((row, column), "")

    @property
    def last_row(self) -> int:
        """The number of the last row with anything in it; 0 for an empty sheet."""
        return max((row for row, _column in self.cells.keys() | self.formulas), default=0)


def address(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: E12."""
    return f"{chr(ord('A') + column - 1)}{row}"


def read_filled(content: bytes) -> Filled:
    """Read the first sheet; raises Refused with a sentence for whoever sent the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read(package)
    except (zipfile.BadZipFile, ET.ParseError, KeyError, UnicodeDecodeError, ValueError) as error:
        sentence = _("This is not a spreadsheet we can read. Send an XLSX or ODS file.")
        raise Refused(sentence) from error
    except RuntimeError as error:  # zipfile's answer to another packing and to a password
        raise Refused(_("Send the file without a password.")) from error


def _read(package: zipfile.ZipFile) -> Filled:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise Refused(_("This file is much larger than a score sheet. Nothing was read."))
    if "content.xml" in package.namelist():
        return _read_ods(_parsed(package, "content.xml"))
    shared: list[str] = []
    if "xl/sharedStrings.xml" in package.namelist():
        shared = [_joined(row) for row in _parsed(package, "xl/sharedStrings.xml")]
    return _read_xlsx(_parsed(package, "xl/worksheets/sheet1.xml"), shared)


def _parsed(package: zipfile.ZipFile, name: str) -> ET.Element:
    with package.open(name) as part:
        content = part.read(LARGEST + 1)
    if len(content) > LARGEST:  # it said it was smaller
        raise Refused(_("This file is much larger than a score sheet. Nothing was read."))
    text = content.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(_("This file defines things of its own. Nothing was read."))
    return ET.fromstring(text)  # noqa: S314 - it defines no entities, see above


def _joined(row: ET.Element) -> str:
    # what is said of how to pronounce a text is not the text
    return "".join(
        run.text or ""
        for child in row
        if child.tag in {f"{_MAIN}t", f"{_MAIN}r"}
        for run in ([child] if child.tag == f"{_MAIN}t" else child.findall(f"{_MAIN}t"))
    )


def _read_xlsx(sheet: ET.Element, shared: list[str]) -> Filled:
    filled = Filled()
    for cell in sheet.iter(f"{_MAIN}c"):
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        if found is None:
            raise ValueError(cell.get("r"))
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        place = (int(found[2]), column)
        if cell.find(f"{_MAIN}f") is not None:
            _keep(filled.formulas, place)
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
        inline = cell.find(f"{_MAIN}is")
        if kind == "s" and value:
            text = shared[int(value)]
        elif inline is not None:
            text = _joined(inline)
        else:
            text = value if kind == "str" else _number(value)
        _put(filled, place, text)
    return filled


def _read_ods(document: ET.Element) -> Filled:
    filled = Filled()
    table = next(document.iter(f"{_TABLE}table"))
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        again = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = list(_ods_cells(line))
        if any(text or has_formula for _c, text, has_formula in cells):
            for extra in range(1, again + 1):
                for column, text, has_formula in cells:
                    if has_formula:
                        _keep(filled.formulas, (row + extra, column))
                    _put(filled, (row + extra, column), text)
        row += again
    return filled


def _ods_cells(line: ET.Element) -> Iterator[tuple[int, str, bool]]:
    column = 0
    for cell in line:
        again = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        has_formula = cell.get(f"{_TABLE}formula") is not None
        if cell.get(f"{_OFFICE}value-type") == "float":
            text = _number(cell.get(f"{_OFFICE}value", ""))
        else:
            text = "\n".join(_paragraph(row) for row in cell.findall(f"{_TEXT}p"))
        if text or has_formula:
            for extra in range(1, again + 1):
                yield column + extra, text, has_formula
                if column + extra > MOST_COLUMNS:
                    raise ValueError(column)
        column += again


def _paragraph(row: ET.Element) -> str:
    said = [row.text or ""]
    for child in row:
        if child.tag == f"{_TEXT}s":
            said.append(" " * min(100, int(child.get(f"{_TEXT}c", "1"))))
        elif child.tag == f"{_TEXT}tab":
            said.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            said.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            said.append(_paragraph(child))
        said.append(child.tail or "")
    return "".join(said)


def _number(text: str) -> str:
    """Write 4.0 as 4, and leave what is no number as it is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > len("1000000"):
        return text
    return f"{number.normalize():f}"


def _put(filled: Filled, place: Place, text: str) -> None:
    if text:
        _keep_room(place)
        filled.cells[place] = as_typed(tidy(text).strip())


def _keep(places: set[Place], place: Place) -> None:
    _keep_room(place)
    places.add(place)


def _keep_room(place: Place) -> None:
    if place[0] > MOST_ROWS or place[1] > MOST_COLUMNS:
        raise ValueError(place)
