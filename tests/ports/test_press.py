import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pikepdf
import pytest

from sir.kernel.errors import Refused
from sir.kernel.i18n import in_language
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


def test_only_good_links_are_links(press):
    document = paper(
        Prose("[a](https://voorbeeld.nl/) [b](mailto:a@voorbeeld.nl) [c](javascript:alert(1))")
    )

    with pikepdf.open(io.BytesIO(press.pdf(document, AT))) as pdf:
        links = [str(note.A.URI) for note in pdf.pages[0].Annots]
    assert links == ["https://voorbeeld.nl/", "mailto:a@voorbeeld.nl"]


def test_a_long_word_stays_within_the_paper(press):
    assert press.measure(paper(Prose("a" * 12_000))).pages > 1


def test_a_document_of_nothing_is_one_page(press):
    document = Document("report", "en", "", (Lines(()), Definitions(()), Table(("a",), ())))

    assert press.measure(document).pages == 1
    assert press.pdf(document, AT).startswith(b"%PDF-1.7")


def test_too_much_text_is_refused_in_words_for_the_writer(app, press):
    document = paper(Prose("woord " * (LONGEST // 5)))

    for act in (press.measure, press.svg, lambda paper: press.pdf(paper, AT)):
        with pytest.raises(PressError) as refusal:
            act(document)
        with app.test_request_context(), in_language("nl"):
            assert str(refusal.value) == (
                "Deze tekst is te lang om af te drukken. Maak de tekst korter."
            )
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
