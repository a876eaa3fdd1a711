"""Score sheets in a spreadsheet: what goes out, and what may come back."""

import io
import re
import zipfile

import pytest

from sir.jury.queries import sheets_of
from sir.jury.rules.office import FIRST_ROW, LEVEL, REASON
from sir.jury.rules.sheets import marks_of
from sir.kernel.filled import LARGEST, address, read_filled
from sir.kernel.sheets import to_ods, to_xlsx
from sir.workflows.rules import plan_hash
from tests.jury.story import REASON as LONG
from tests.jury.story import Story

WRITERS = {"xlsx": to_xlsx, "ods": to_ods}
HOSTILE = "=HYPERLINK(\"http://kwaad.example\")<script>alert('x')</script>"


class Office:
    """A juror who scores in a spreadsheet."""

    def __init__(self, visitor):
        self.story = Story(proposals=2).written().started()
        self.seat = self.story.jury[1]
        self.visitor = visitor.as_(self.seat.person)
        self.path = f"/rounds/{self.story.round.code}/office"

    def sheets(self):
        return sheets_of(self.story.round, self.seat)

    def taken(self, kind="xlsx"):
        """The file as it goes out, as rows that can be written again."""
        filled = read_filled(self.visitor.get(f"{self.path}.{kind}").data)
        width = max(column for _row, column in filled.cells)
        return [
            [filled.at(row, column) for column in range(1, width + 1)]
            for row in range(1, filled.last_row + 1)
        ]

    def brings(self, rows, kind="xlsx"):
        """Send rows back as a file of this kind."""
        above, header, rest = rows[: FIRST_ROW - 2], rows[FIRST_ROW - 2], rows[FIRST_ROW - 1 :]
        return self.sends(WRITERS[kind]("Scorebladen", header, rest, above=above), kind)

    def sends(self, content, kind="xlsx"):
        data = {
            "csrf_token": self.visitor.token(self.path),
            "filled": (io.BytesIO(content), f"f.{kind}"),
        }
        answer = self.visitor.post(self.path, data=data, content_type="multipart/form-data")
        answer.request.environ["wsgi.input"].close()  # a large one lies in a file of the client's
        return answer


@pytest.fixture
def office(app, visitor):
    return Office(visitor)


def filled_in(rows, level="4", reason=LONG):
    return [*rows[: FIRST_ROW - 1], *([*row[:5], level, reason] for row in rows[FIRST_ROW - 1 :])]


def with_cell(rows, row, column, text):
    changed = [list(line) + [""] * (7 - len(line)) for line in rows]
    changed[row - 1][column - 1] = text
    return changed


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_goes_out_says_what_it_is_and_comes_back(office, kind):
    story = office.story
    story.fills(office.sheets()[0], 3, f"Regel een.\n  Regel twee. {HOSTILE} {LONG}".strip())
    rows = office.taken(kind)

    assert [rows[1][1], rows[2][1]] == [plan_hash(story.plan), story.round.code]
    assert rows[FIRST_ROW - 1][:2] == [office.sheets()[0].code, str(office.sheets()[0].version)]
    assert rows[FIRST_ROW - 1][LEVEL - 1] == "3"
    before = marks_of(office.sheets()[0])
    assert office.brings(rows, kind).status_code == 302
    assert marks_of(office.sheets()[0]) == before

    answer = office.brings(filled_in(rows, "5", f"{HOSTILE} {LONG}"), kind)

    assert answer.status_code == 302
    for sheet in office.sheets():
        assert set(marks_of(sheet).levels.values()) == {5}
        assert marks_of(sheet).reasons["K1"] == f"{HOSTILE} {LONG}".strip()


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_all_but_two_columns_are_locked(office, kind):
    with zipfile.ZipFile(io.BytesIO(office.visitor.get(f"{office.path}.{kind}").data)) as file:
        name = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
        text = file.read(name).decode()
    criteria = len(office.story.plan.criteria)

    if kind == "ods":
        assert 'table:protected="true"' in text
        assert text.count('table:style-name="free"') == 2 * 2 * criteria
    else:
        assert "<sheetProtection" in text
        assert len(re.findall(r'<c r="[FG]\d+" s="\d+"/>', text)) == 2 * 2 * criteria


def test_the_same_file_twice_does_no_harm(office):
    rows = office.taken()
    content = to_xlsx(
        "Scorebladen",
        rows[FIRST_ROW - 2],
        filled_in(rows)[FIRST_ROW - 1 :],
        above=rows[: FIRST_ROW - 2],
    )
    versions = []
    for _ in range(2):
        assert office.sends(content).status_code == 302
        versions.append([sheet.version for sheet in office.sheets()])

    assert versions[0] == versions[1]


def test_a_stale_file_shows_both_versions_and_changes_nothing(office):
    rows = filled_in(office.taken(), "5")
    first, second = office.sheets()
    office.story.fills(second, 2)

    answer = office.brings(rows)

    name = office.story.plan.criteria[0].name
    assert answer.status_code == 409
    assert f"{name}: niveau" in answer.text
    assert marks_of(office.sheets()[0]).levels.get("K1") is None
    assert marks_of(office.sheets()[1]).levels["K1"] == 2
    assert first.version == 1


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ((2, 2), "0" * 64, "B2: dit bestand hoort bij een ander beoordelingsplan"),
        ((3, 2), "R-ANDERS", "B3: dit bestand hoort bij een andere ronde"),
        ((4, 2), "iets", "B4: dit is geen scoreblad"),
        ((FIRST_ROW, 1), "ONBEKEND", f"A{FIRST_ROW}: dit is niet een van uw scorebladen"),
        ((FIRST_ROW, 2), "acht", f"B{FIRST_ROW}: de versie is geen getal"),
        ((FIRST_ROW, 4), "K99", f"D{FIRST_ROW}: dit criterium staat niet in het plan"),
        ((FIRST_ROW, LEVEL), "7", f"F{FIRST_ROW}: “7” is geen niveau"),
        ((FIRST_ROW, LEVEL), "goed", f"F{FIRST_ROW}: “goed” is geen niveau"),
        ((FIRST_ROW, LEVEL), "3.5", f"F{FIRST_ROW}: “3.5” is geen niveau"),
        ((FIRST_ROW, REASON), "x" * 4001, f"G{FIRST_ROW}: een motivering heeft hoogstens 4000"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_is_wrong_is_said_of_its_cell(office, kind, place, text, said):
    rows = filled_in(office.taken(kind))

    answer = office.brings(with_cell(rows, *place, text), kind)

    assert answer.status_code == 422
    assert said in answer.text
    assert marks_of(office.sheets()[0]).levels.get("K1") is None


def test_another_jurors_file_is_refused(office):
    rows = filled_in(office.taken())
    office.visitor.as_(office.story.jury[2].person)

    answer = office.brings(rows)

    assert answer.status_code == 422
    assert f"A{FIRST_ROW}: dit is niet een van uw scorebladen" in answer.text


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_is_refused_with_its_cell(office, kind):
    content = office.visitor.get(f"{office.path}.{kind}").data
    name = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
    place = address(FIRST_ROW, LEVEL)
    old, new = {
        "xlsx": (rf'<c r="{place}" s="\d+"/>', f'<c r="{place}"><f>1+2</f><v>3</v></c>'),
        "ods": (
            r'<table:table-cell table:style-name="free"/>',
            '<table:table-cell table:formula="of:=1+2" office:value="3"/>',
        ),
    }[kind]

    answer = office.sends(
        changed(content, name, lambda text: re.sub(old, new, text, count=1)), kind
    )

    assert answer.status_code == 422
    assert f"In {place} staat een formule" in answer.text


def changed(content, name, change):
    """Change one part of a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text.decode()) if part == name else text)
    return made.getvalue()


def packed(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Kies"),
        (b"geen rekenblad", "geen rekenblad dat we kunnen lezen"),
        (packed(iets_xml="<a/>"), "geen rekenblad dat we kunnen lezen"),
        (packed(content_xml="<a>"), "geen rekenblad dat we kunnen lezen"),
        (packed(content_xml=b"\xff\xfe<\x00a\x00"), "geen rekenblad dat we kunnen lezen"),
        (packed(content_xml=" " * (LARGEST + 1)), "veel groter dan een scoreblad"),
        (packed(**{f"p{n}": "" for n in range(300)}), "veel groter dan een scoreblad"),
        (b"x" * (1024 * 1024 + 1), "veel groter dan een scoreblad"),
        (
            packed(content_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "bevat eigen definities",
        ),
    ],
    ids=["empty", "text", "zip", "broken", "utf16", "bomb", "parts", "large", "entities"],
)
def test_what_is_no_score_sheet_is_refused_early(office, content, said):
    answer = office.sends(content)

    assert answer.status_code == 422
    assert said in answer.text or content == b""


def test_a_package_that_lies_about_its_size_is_refused(office):
    content = bytearray(packed(content_xml="a" * 100_000))
    size = (100_000).to_bytes(4, "little")
    content = bytes(content).replace(size, (10).to_bytes(4, "little"))

    assert office.sends(content).status_code == 422


def test_repeated_cells_of_a_hostile_file_cost_nothing(office):
    table = (
        '<d xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:table>'
        '<t:table-row t:number-rows-repeated="99999999"><t:table-cell'
        ' t:number-columns-repeated="99999999"><x:p>x</x:p></t:table-cell></t:table-row>'
        "</t:table></d>"
    )

    assert office.sends(packed(content_xml=table)).status_code == 422


def test_the_paper_sheet_is_a_pdf_for_its_own_juror_only(office):
    sheet = office.sheets()[0]
    answer = office.visitor.get(f"/sheets/{sheet.code}/paper.pdf")

    assert answer.data.startswith(b"%PDF")
    office.visitor.as_(office.story.jury[0].person)
    assert office.visitor.get(f"/sheets/{sheet.code}/paper.pdf").status_code == 404
    office.visitor.as_(office.story.secretary)
    assert office.visitor.get(f"{office.path}.xlsx").status_code == 404
