import dataclasses
import io
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sir.kernel.paper import (
    Definitions,
    Document,
    Heading,
    Lines,
    Note,
    Prose,
    Section,
    Signatures,
    Table,
)
from sir.ports.press import TypstPress
from tests.ports.pdftext import text_of

AT = datetime(2026, 12, 9, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def press():
    return TypstPress()


def paper(*blocks, **fields):
    return Document("pages", "nl", "Brieven die iedereen begrijpt", blocks, **fields)


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
    "an accent on nothing": "\n\u05b9",
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
