import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from sir.kernel.sheets import LONGEST_CELL, to_csv, to_ods, to_xlsx

HEADER = ("Inschrijver", "Punten", "Ontvangen", "Dag", "Leeg")
NOON = datetime(2026, 12, 9, 11, 0, tzinfo=UTC)
ROW = ("Klare Taal B.V.", Decimal("7.50"), NOON, date(2026, 12, 24), None)
DANGEROUS = [
    "=1+1",
    "+31 70 123 45 67",
    "-1",
    "- een punt",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=HYPERLINK("https://a.nl";"x")',
    "\x00=1+1",
    "\ufeff=1+1",
    "＝1",
]
ODS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
XLSX = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_csv(content, delimiter=";"):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return ET.fromstring(package.read(name))  # noqa: S314 - we wrote it


def read_xlsx(content):
    """Rows of (type, text); a shared string is looked up."""
    shared = [
        "".join(item.itertext())
        for item in part(content, "xl/sharedStrings.xml").findall("s:si", XLSX)
    ]
    rows = []
    for row in part(content, "xl/worksheets/sheet1.xml").iterfind(".//s:row", XLSX):
        cells = []
        for cell in row.findall("s:c", XLSX):
            assert cell.find("s:f", XLSX) is None
            value = cell.findtext("s:v", namespaces=XLSX)
            kind = cell.get("t", "n")
            cells.append((kind, shared[int(value)] if kind == "s" else value))
        rows.append(cells)
    return rows


def read_ods(content):
    """Rows of (type, text as shown)."""
    key = f"{{{ODS['office']}}}value-type"
    return [
        [
            (cell.get(key), "\n".join(_shown(line) for line in cell.findall("text:p", ODS)))
            for cell in row.findall("table:table-cell", ODS)
        ]
        for row in part(content, "content.xml").iterfind(".//table:table-row", ODS)
    ]


def _shown(line):
    text = line.text or ""
    for child in line:
        name = child.tag.partition("}")[2]
        text += "\t" if name == "tab" else " " * int(child.get(f"{{{ODS['text']}}}c"))
        text += child.tail or ""
    return text


def test_csv_is_as_a_dutch_excel_expects_it():
    content = to_csv("Rangorde", HEADER, [ROW])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Inschrijver;Punten;Ontvangen;Dag;Leeg\r\n"
        "Klare Taal B.V.;7,50;2026-12-09 12:00;2026-12-24;\r\n"
    )


def test_csv_in_english_has_commas_and_points():
    assert read_csv(to_csv("Ranking", HEADER, [ROW], "en"), ",")[1][1] == "7.50"


def test_xlsx_keeps_numbers_and_dates():
    rows = read_xlsx(to_xlsx("Rangorde", HEADER, [ROW]))

    assert rows[0] == [("s", head) for head in HEADER]
    # days since 1899-12-30: noon is half a day
    assert rows[1] == [("s", "Klare Taal B.V."), ("n", "7.50"), ("n", "46365.5"), ("n", "46380")]


def test_ods_keeps_numbers_and_dates():
    rows = read_ods(to_ods("Rangorde", HEADER, [ROW]))

    assert rows[0] == [("string", head) for head in HEADER]
    assert rows[1] == [
        ("string", "Klare Taal B.V."),
        ("float", "7.50"),
        ("date", "2026-12-09T12:00:00"),
        ("date", "2026-12-24"),
        (None, ""),
    ]


def test_ods_begins_with_its_type():
    content = to_ods("Rangorde", HEADER, [])

    assert content[30:38] == b"mimetype"
    assert content[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        listed = re.findall(r'full-path="([^"]+)"', package.read("META-INF/manifest.xml").decode())
        assert ["/", *package.namelist()[1:-1]] == listed


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text):
    in_csv = read_csv(to_csv("t", (text,), [(text,)]))
    in_xlsx = read_xlsx(to_xlsx("t", (text,), [(text,)]))
    in_ods = read_ods(to_ods("t", (text,), [(text,)]))

    rest = text.lstrip("\x00\ufeff").replace("\r", "\n")
    assert in_csv == [[f"'{rest}"]] * 2
    assert in_xlsx == [[("s", f"'{rest}")]] * 2
    assert in_ods == [[("string", f"'{rest}")]] * 2


def test_a_negative_number_stays_a_number():
    assert read_csv(to_csv("t", ("a",), [(Decimal("-5.5"),)]))[1] == ["-5,5"]
    assert read_xlsx(to_xlsx("t", ("a",), [(Decimal("-5.5"),)]))[1] == [("n", "-5.5")]
    assert read_ods(to_ods("t", ("a",), [(-5,)]))[1] == [("float", "-5")]


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp;</b> \"quote\" 'quote'",
        "twee\nregels;en een puntkomma, komma",
        "drie   spaties en een\ttab",
        "中文 👩 שלום",
        "007",
        "https://voorbeeld.nl",
        "1E5",
        "TRUE",
        "",
    ],
)
def test_text_comes_back_as_it_was(text):
    assert read_csv(to_csv("t", ("a", "b"), [(text, "b")]))[1] == [text, "b"]
    assert read_ods(to_ods("t", ("a", "b"), [(text, "b")]))[1][0] == ("string", text)
    assert ("s", "b") in read_xlsx(to_xlsx("t", ("a", "b"), [(text, "b")]))[1]
    assert read_xlsx(to_xlsx("t", ("a", "b"), [(text or "-", "b")]))[1][0] == ("s", text or "'-")


def test_half_characters_and_control_characters_do_not_spoil_a_file():
    text = "a\ud83d\x0b\x1f\uffffb"

    assert read_csv(to_csv("t", ("a",), [(text,)]))[1] == ["a\ufffdb"]
    assert read_xlsx(to_xlsx("t", ("a",), [(text,)]))[1] == [("s", "a\ufffdb")]
    assert read_ods(to_ods("t", ("a",), [(text,)]))[1] == [("string", "a\ufffdb")]


def test_a_cell_too_long_for_excel_is_cut_and_says_so():
    text = "a" * (LONGEST_CELL + 1)

    assert read_xlsx(to_xlsx("t", ("a",), [(text,)]))[1] == [("s", "a" * (LONGEST_CELL - 1) + "…")]
    assert read_ods(to_ods("t", ("a",), [(text,)]))[1] == [("string", text)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rangorde", "Rangorde"),
        ("a/b: [c]*?", "a b c"),
        ("'geheim'", "geheim"),
        ("x" * 40, "x" * 31),
        ("", "Sheet"),
        ('<&">', '<&">'),
    ],
)
def test_a_sheet_has_a_name_that_every_program_allows(title, name):
    book = part(to_xlsx(title, HEADER, [ROW]), "xl/workbook.xml")
    table = part(to_ods(title, HEADER, [ROW]), "content.xml").find(".//table:table", ODS)

    assert book.find(".//s:sheet", XLSX).get("name") == name
    assert table.get(f"{{{ODS['table']}}}name") == name


@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_ods])
def test_the_same_table_is_the_same_file(write):
    assert write("t", HEADER, [ROW]) == write("t", HEADER, iter([ROW]))
