"""Tables to take away: CSV for any program, XLSX for Excel, ODS as the open standard asks.

Each takes a title, the heads of the columns and the rows, and gives the bytes of the file. The
same content gives the same bytes. Numbers stay numbers and instants become the time in Amsterdam.
What people typed stays text: a cell that a program could take for a formula gets an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from sir.kernel.calendar import AMSTERDAM
from sir.kernel.prose import tidy

Cell = str | int | Decimal | date | datetime | None
"""A date has no hour; a datetime is aware."""

Rows = Iterable[Sequence[Cell]]

LONGEST_CELL = 32_767
"""Characters that Excel allows in a cell; what is longer is cut off with an ellipsis there."""

_DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # Excel reads wide signs too
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_SPACES = re.compile("  +")


def to_csv(title: str, header: Sequence[str], rows: Rows, lang: str = "nl") -> bytes:
    """Write CSV as a program in that country expects it: Dutch has ; and decimal commas.

    The byte order mark makes Excel read UTF-8. CSV has no place for the title.
    """
    del title
    is_dutch = lang == "nl"
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if is_dutch else ",", lineterminator="\r\n")
    writer.writerow([_text(head) for head in header])
    for row in rows:
        writer.writerow([_as_csv(cell, is_dutch=is_dutch) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def to_xlsx(
    title: str,
    header: Sequence[str],
    rows: Rows,
    *,
    above: Rows = (),
    free: Collection[int] = (),
) -> bytes:
    """Write one sheet for Excel, with the heads kept in sight.

    Lines `above` the heads say what it is. When some columns are `free` to fill in, all else is
    locked: against mistakes, not against malice.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - 15 MB that few visitors need

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": tidy(title), "created": _EPOCH})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d-m-yyyy", "valign": "top"})
        moment = book.add_format({"num_format": "d-m-yyyy hh:mm", "valign": "top"})
        number = book.add_format({"valign": "top"})
        opened = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "border": 1})
        sheet = book.add_worksheet(_sheet_name(title))
        lines = [*above]
        for line, row in enumerate(lines):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, _shortened(_text(str(cell))))
        for column, head in enumerate(header):
            sheet.write_string(len(lines), column, _shortened(_text(head)), bold)
        looks = _Looks(wrapped, day, moment, number, opened)
        for line, row in enumerate(rows, len(lines) + 1):
            for column, cell in enumerate(row):
                looks.write(sheet, line, column, cell, is_free=column in free)
        sheet.freeze_panes(len(lines) + 1, 0)
        sheet.autofit(max_width=400)
        if free:
            sheet.protect("", {"format_columns": True, "format_rows": True})
    return file.getvalue()


class _Looks(NamedTuple):
    """How each kind of cell looks in Excel."""

    text: Any
    day: Any
    moment: Any
    number: Any
    free: Any

    def write(self, sheet: Any, line: int, column: int, cell: Cell, *, is_free: bool) -> None:
        """Write one cell as what it is."""
        match cell:
            case None | "":
                if is_free:
                    sheet.write_blank(line, column, None, self.free)
            case str():
                look = self.free if is_free else self.text
                sheet.write_string(line, column, _shortened(_text(cell)), look)
            case datetime():
                sheet.write_datetime(line, column, _local(cell), self.moment)
            case date():
                sheet.write_datetime(line, column, cell, self.day)
            case _:
                sheet.write_number(line, column, cell, self.free if is_free else self.number)


def to_ods(
    title: str,
    header: Sequence[str],
    rows: Rows,
    *,
    above: Rows = (),
    free: Collection[int] = (),
) -> bytes:
    """Write one sheet as an OpenDocument spreadsheet, with the same lines and locks as XLSX."""
    lines = [*above, [_text(head) for head in header]]
    filled = "".join(map(_row_as_ods, lines)) + "".join(_row_as_ods(row, free) for row in rows)
    columns = f'<table:table-column table:number-columns-repeated="{max(1, len(header))}"/>'
    content = (
        f"{_XML}<office:document-content {_NAMESPACES}>{_STYLES if free else ''}"
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="{escape(_sheet_name(title))}"{_LOCK if free else ""}>'
        f"{columns}{filled}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        # the standard wants the type first and readable without unpacking
        _add(package, "mimetype", _ODS, zipfile.ZIP_STORED)
        _add(package, "content.xml", content)
        _add(package, "META-INF/manifest.xml", _MANIFEST)
    return file.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = 'office:version="1.3" ' + " ".join(
    f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_LOCK = ' table:protected="true"'
_FREE = ' table:style-name="free"'
_STYLES = (
    '<office:automatic-styles><style:style style:name="free" style:family="table-cell">'
    '<style:table-cell-properties style:cell-protect="none"/></style:style>'
    "</office:automatic-styles>"
)
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _text(text: str) -> str:
    text = tidy(text)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def as_typed(text: str) -> str:
    """Take off the apostrophe that was set before a text; the opposite of writing it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _local(at: datetime) -> datetime:
    return at.astimezone(AMSTERDAM).replace(tzinfo=None, second=0, microsecond=0)


def _digits(number: int | Decimal) -> str:
    return f"{Decimal(number):f}"


def _as_csv(cell: Cell, *, is_dutch: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _text(cell)
        case datetime():
            return _local(cell).isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case _:
            return _digits(cell).replace(".", ",") if is_dutch else _digits(cell)


def _row_as_ods(row: Sequence[Cell], free: Collection[int] = ()) -> str:
    cells = [
        _as_ods(cell).replace("<table:table-cell", f"<table:table-cell{_FREE}", 1)
        if column in free
        else _as_ods(cell)
        for column, cell in enumerate(row)
    ]
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _as_ods(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in _lines(cell))
            return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
        case datetime():
            return _typed("date", "date-value", _local(cell).isoformat())
        case date():
            return _typed("date", "date-value", cell.isoformat())
        case _:
            return _typed("float", "value", _digits(cell))


def _typed(kind: str, name: str, value: str) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def _lines(text: str) -> list[str]:
    return _text(text).split("\n")


def _spaced(line: str) -> str:
    # XML takes spaces together; OpenDocument counts them
    marked = _SPACES.sub(lambda spaces: f' <text:s text:c="{len(spaces[0]) - 1}"/>', escape(line))
    return str(Markup(marked)).replace("\t", "<text:tab/>")  # noqa: S704 - escaped above


def _sheet_name(title: str) -> str:
    name = re.sub(r"[\[\]:*?/\\\s]+", " ", tidy(title)).strip(" '")[:31].strip(" '")
    return name or "Sheet"


def _add(
    package: zipfile.ZipFile, name: str, content: str, how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
    entry.compress_type = how
    package.writestr(entry, content)
