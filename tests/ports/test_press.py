import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sir.kernel.errors import Refused
from sir.kernel.paper import (
    Definitions,
    Document,
    Heading,
    Lines,
    Note,
    PageBreak,
    Prose,
    Section,
    Signatures,
    Table,
)
from sir.ports.press import LONGEST, PressError, TypstPress
from tests.ports.pdftext import text_of

AT = datetime(2026, 12, 9, 11, 0, tzinfo=UTC)
SENTENCE = "Veel inwoners bellen omdat ze een brief van de overheid niet begrijpen. "


@pytest.fixture(scope="module")
def press():
    return TypstPress()


def paper(*blocks, kind="pages", **fields):
    return Document(kind, "nl", "Brieven die iedereen begrijpt", blocks, **fields)


def lines(count):
    """Forced lines of one word each: a size that no change in a typeface can move."""
    return Prose("\n".join(["regel"] * count))


THREE_A4 = paper(
    Section("question", "De vraag", (Prose("Hoe maken wij brieven **duidelijk**?"),)),
    Section("situation", "Wat is er aan de hand", (Prose(SENTENCE * 12),)),
    Section("goals", "Wanneer zijn wij tevreden", (Lines(("30% minder telefoontjes", "Rust")),)),
    PageBreak(),
    Section("offer", "Wat u krijgt", (Definitions((("Vergoeding", "€ 12.500,00"),)),)),
    Section(
        "calendar",
        "Kalender",
        (Table(("Wat", "Wanneer"), (("Indienen", "vóór 9 december 2026, 12.00 uur"),)),),
    ),
    PageBreak(),
    Section(
        "criteria",
        "Waarop wij kiezen",
        (
            Table(("Criterium", "Weging"), (("Begrip", "60"), ("Team", "40")), ("left", "right")),
            Note("De gunning is *voorlopig*.", "Let op"),
        ),
    ),
    reference="SIR-2026-007",
    author="Ministerie van BZK",
    facts=(("Wie vraagt", "Ministerie van BZK"),),
)
LETTER = paper(
    Prose("Geachte mevrouw De Vries,\n\n" + SENTENCE * 3),
    Table(("Criterium", "U"), (("Begrip", "7,5"),)),
    Signatures((("A. Jansen", "directeur"), ("B. Pieters", "inkoper"))),
    kind="letter",
    sender=("Ministerie van BZK", "Postbus 20011"),
    addressee=("Klare Taal B.V.", "Postbus 1"),
    facts=(("Datum", "9 december 2026"),),
)
REPORT = paper(
    Heading("Ontvangen voorstellen", 3),
    Table(
        ("Nr", "Inschrijver", "Hash"),
        tuple((str(number), "Klare Taal B.V.", "0123abcd" * 8) for number in range(1, 61)),
        widths=(1, 4, 6),
    ),
    Signatures((("A. Jansen", "inkoper"),)),
    kind="report",
    mark="Concept",
)


@pytest.mark.parametrize(
    ("document", "pages"), [(THREE_A4, 3), (LETTER, 1), (REPORT, 3)], ids=["a4", "letter", "report"]
)
def test_these_papers_have_had_these_pages_since_the_first_release(press, document, pages):
    measure = press.measure(document)

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        assert measure.pages == len(pdf.pages) == len(press.svg(document)) == pages


def test_one_line_too_many_is_a_fourth_page(press):
    def three_pages(count):
        return paper(lines(5), PageBreak(), lines(5), PageBreak(), lines(count))

    most = max(count for count in range(45, 60) if press.measure(three_pages(count)).pages == 3)
    full = press.measure(three_pages(most))
    over = press.measure(three_pages(most + 1))

    assert (full.pages, over.pages) == (3, 4)
    assert full.fits(3)
    assert not over.fits(3)
    assert Decimal("2.97") < full.fill <= 3 < over.fill < Decimal("3.1")


@pytest.mark.parametrize("document", [THREE_A4, LETTER, REPORT], ids=["a4", "letter", "report"])
def test_the_parts_of_a_paper_add_up_to_what_it_fills(press, document):
    measure = press.measure(document)

    shares = sum((section.share for section in measure.sections), Decimal(0))
    assert shares + measure.rest + measure.white == measure.fill
    assert len(measure.page_fills) == measure.pages
    assert sum(measure.page_fills) + measure.white == measure.fill


def test_a_section_is_measured_by_its_key(press):
    measure = press.measure(THREE_A4)

    assert [(part.key, part.page) for part in measure.sections] == [
        ("question", 1),
        ("situation", 1),
        ("goals", 1),
        ("offer", 2),
        ("calendar", 2),
        ("criteria", 3),
    ]
    assert measure.sections[0].title == "De vraag"
    assert measure.sections[1].share > measure.sections[0].share > 0


def test_a_section_grows_with_its_text_and_the_others_do_not(press):
    def shares(count):
        document = paper(
            Section("a", "Een", (lines(3),)),
            Section("b", "Twee", (lines(count),)),
            Section("c", "Drie", (lines(3),)),
        )
        return [section.share for section in press.measure(document).sections]

    short, long = shares(1), shares(11)

    assert long[0] == short[0]
    # ten lines of 13.65 points in a type area of 257 millimetres
    assert abs(long[1] - short[1] - Decimal("0.1874")) <= Decimal("0.0002")
    assert abs(long[2] - short[2]) <= Decimal("0.0002")


def test_a_section_over_two_pages_counts_both(press):
    measure = press.measure(
        paper(Section("a", "Een", (lines(80),)), Section("b", "Twee", (lines(2),)))
    )

    assert measure.pages == 2
    assert measure.sections[0].share > 1
    assert measure.sections[1].page == 2
    assert measure.white == 0
    assert measure.page_fills[0] == 1


def test_what_a_forced_page_leaves_empty_is_white(press):
    measure = press.measure(
        paper(Section("a", "Een", (lines(10),)), PageBreak(), Section("b", "Twee", (lines(2),)))
    )

    assert measure.white == 1 - measure.page_fills[0]
    assert Decimal("0.5") < measure.white < Decimal("0.8")


def test_an_untitled_section_only_measures(press):
    measure = press.measure(paper(Section("a", "Niet gedrukt", (lines(4),), level=0)))

    pdf = press.pdf(paper(Section("a", "Niet gedrukt", (lines(4),), level=0)), AT)
    assert "Nietgedrukt" not in text_of(pdf)
    assert measure.sections[0].share > 0


HOSTILE = [
    '#read("/etc/passwd")',
    '#panic("x")',
    "#{1+1}",
    "$x^2$",
    "@ref",
    "<lab>",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "<!--",
    "= kop",
    "\\u{41} \\ \\n C:\\temp",
    "\"quote\" 'quote'",
    "]]] ))) }}}",
    "`code` ~tilde~ ^dak^",
    "[klik](javascript:alert(1))",
    "[klik](data:text/html,x)",
    "&amp; &lt;",
    "//comment /* x */",
    "--- -- ...",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_code_is_printed_as_text(press, text):
    document = dataclasses.replace(
        paper(
            Section("s", text, (Prose(text), Lines((text,)), Definitions(((text, text),)))),
            Table((text,), ((text,),)),
            Signatures(((text, text),)),
            reference=text,
            facts=((text, text),),
        ),
        title=text,
    )

    printed = text_of(press.pdf(document, AT))

    # head, foot, title, two facts, heading, prose, line, two definitions, two cells, name and role
    assert printed.count("".join(text.split())) == 14


def test_only_good_links_are_links(press):
    document = paper(
        Prose("[a](https://voorbeeld.nl/) [b](mailto:a@voorbeeld.nl) [c](javascript:alert(1))")
    )

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        links = [str(note.A.URI) for note in pdf.pages[0].Annots]
    assert links == ["https://voorbeeld.nl/", "mailto:a@voorbeeld.nl"]


TRAPS = {
    "brackets": "[" * 10_000,
    "closed brackets": "[" * 5_000 + "](" * 5_000,
    "stars": "*" * 10_000,
    "a long word": "a" * 40_000,
    "lists in lists": "\n".join("  " * depth + "- diep" for depth in range(30)),
    "lists in lists on one line": "- " * 500 + "diep",
    "bold in italic in bold": "*a **b " * 2_000,
    "control characters": "a\x00b\x01c\x1b[31m\x7f\x85\ufeff\u202eabc\u2066",
    "half characters": "a\ud800b\udfff",
    "private and unassigned": "\ue000\U0010ffff\ufdd0\U000e0001\u0378",
    "accents": "e" + "\u0301" * 500 + "\u0488 \u0301",
    "separators": "a\u2028b\u2029c\x0bd\x0c",
    "empty": "",
    "nothing to see": "\u200b\u00ad",
    "a lone accent": "\u0301",
    "an accent on an emoji": "\U0001f469\u0301",
    "an accent on a space": "\u05d0 \u05b4\u0301\u05b4",
    "a tab in a fallback typeface": "\u03b1\t\u2713\t",
    "small letters whose capitals nobody has": "\u10d0\u10d1",
    "only a choice of looks": "\ufe0f",
    "spaces": " \n \n\t\n ",
    "headings": "# a\n###### b\n### c",
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_no_text_breaks_the_press(press, text):
    document = dataclasses.replace(
        paper(
            Heading(text[:500], 6),
            Section(text[:20], text[:500], (Prose(text), Note(text, text[:50])), level=4),
            Lines((text,)),
            Table((text[:500], "b"), ((text, text),)),
            reference=text[:500],
            mark=text[:50],
            facts=((text[:50], text[:50]),),
        ),
        title=text[:500],
    )

    measure = press.measure(document)

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        assert len(pdf.pages) == measure.pages


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(max_size=60), st.text(max_size=600), st.sampled_from(["pages", "report", "letter"]))
def test_no_chance_text_breaks_the_press(press, short, long, kind):
    document = Document(
        kind,
        "en",
        short,
        (
            Section("s", short, (Prose(long), Lines((long, short)))),
            Table((short, "b"), ((long, short),), widths=(1, 2)),
            Signatures(((short, long[:50]),)),
        ),
        mark=short,
        sender=(short,),
        addressee=(short,),
    )

    measure = press.measure(document)

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        assert len(pdf.pages) == measure.pages
    assert measure.sections[0].share + measure.rest + measure.white == measure.fill


def test_what_no_typeface_has_becomes_a_box_and_is_named(press):
    document = paper(Prose("Naam: 中文 en שלום, مرحبا, Ελλάδα, 👩 en ✓"))

    printed = text_of(press.pdf(document, AT))

    assert press.measure(document).unprintable == ("中", "文")
    assert "Naam:□□en" in printed
    assert "Ελλάδα,👩en✓" in printed


def test_a_long_word_stays_within_the_paper(press):
    assert press.measure(paper(Prose("a" * 12_000))).pages > 1


def test_a_document_of_nothing_is_one_page(press):
    document = Document("report", "en", "", (Lines(()), Definitions(()), Table(("a",), ())))

    assert press.measure(document).pages == 1
    assert press.pdf(document, AT).startswith(b"%PDF-1.7")


def test_too_much_text_is_refused_with_a_reason(press):
    document = paper(Prose("woord " * (LONGEST // 5)))

    for act in (press.measure, press.svg, lambda paper: press.pdf(paper, AT)):
        with pytest.raises(PressError, match="too long"):
            act(document)
    assert issubclass(PressError, Refused)


def test_a_ragged_table_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="2 columns"):
        Table(("a", "b"), (("1", "2"), ("3",)))


@pytest.mark.parametrize("document", [THREE_A4, LETTER, REPORT], ids=["a4", "letter", "report"])
def test_a_paper_is_made_for_everyone(press, document):
    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert root.Lang == "nl-NL"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.StructTreeRoot.K is not None
        assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == document.title


@pytest.mark.parametrize("document", [THREE_A4, LETTER, REPORT], ids=["a4", "letter", "report"])
def test_all_typefaces_are_in_the_paper(press, document):
    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert "PublicSans" in str(font.BaseFont)


def test_headings_never_skip_a_level(press):
    document = paper(
        Heading("a", 4), Heading("b", 6), Section("c", "c", (Heading("d", 5),), 1), Heading("e", 2)
    )

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        roles = [
            str(tag.S)
            for tag in pdf.objects
            if isinstance(tag, pikepdf.Dictionary)
            and tag.get("/Type") == "/StructElem"
            and str(tag.S).startswith("/H")
        ]
    assert sorted(roles) == ["/H1", "/H1", "/H2", "/H2", "/H2"]


def test_the_same_paper_at_the_same_instant_is_the_same_file(press):
    again = TypstPress()

    assert press.pdf(THREE_A4, AT) == again.pdf(THREE_A4, AT)
    assert press.pdf(THREE_A4, AT) != press.pdf(THREE_A4, AT + timedelta(seconds=1))


def test_two_threads_print_what_one_prints(press):
    documents = [paper(lines(count), reference=str(count)) for count in range(1, 17)]

    alone = [press.pdf(document, AT) for document in documents]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda document: press.pdf(document, AT), documents))
        measures = list(threads.map(press.measure, documents))

    assert together == alone
    assert [measure.pages for measure in measures] == [1] * 16


def test_a_preview_may_stand_on_a_strict_page(press):
    for page in press.svg(THREE_A4):
        assert page.startswith(b"<svg")
        for forbidden in (b"<script", b"<style", b"style=", b"onload", b"<foreignObject"):
            assert forbidden not in page


def test_an_empty_type_case_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="make setup"):
        TypstPress(tmp_path).measure(paper(Prose("a")))
