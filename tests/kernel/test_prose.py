import time

import html5lib
import pytest
from markupsafe import Markup

from sir.kernel.prose import DEEPEST, LONGEST_LINK, prose_html, prose_plain, prose_tree, tidy

REL = 'rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("een", "<p>een</p>"),
        ("een\n\ntwee", "<p>een</p><p>twee</p>"),
        ("een\ntwee", "<p>een<br>twee</p>"),
        ("een\r\ntwee\rdrie", "<p>een<br>twee<br>drie</p>"),
        ("**vet** en *schuin*", "<p><strong>vet</strong> en <em>schuin</em></p>"),
        ("***beide***", "<p><strong><em>beide</em></strong></p>"),
        ("- een\n- twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("1. een\n2. twee", "<ol><li>een</li><li>twee</li></ol>"),
        ("3. drie\n4. vier", '<ol start="3"><li>drie</li><li>vier</li></ol>'),
        ("- een\n  - twee", "<ul><li>een<ul><li>twee</li></ul></li></ul>"),
        ("- een\n\n  meer", "<ul><li>een<p>meer</p></li></ul>"),
        ("# Kop\ntekst", "<p><strong>Kop</strong></p><p>tekst</p>"),
        (
            "[hier](https://voorbeeld.nl/?a=1&b=2)",
            f'<p><a href="https://voorbeeld.nl/?a=1&amp;b=2" {REL}>hier</a></p>',
        ),
        ("[a*b](https://a.nl/a*b*c)", f'<p><a href="https://a.nl/a*b*c" {REL}>a*b</a></p>'),
        (
            "[**vet** dun](http://a.nl)",
            f'<p><a href="http://a.nl" {REL}><strong>vet</strong> dun</a></p>',
        ),
        ("[post](mailto:a@b.nl)", f'<p><a href="mailto:a@b.nl" {REL}>post</a></p>'),
        ("<https://a.nl/>", f'<p><a href="https://a.nl/" {REL}>https://a.nl/</a></p>'),
    ],
)
def test_a_text_reads_as_people_mean_it(text, html):
    assert prose_html(text) == html
    assert isinstance(prose_html(text), Markup)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>vet</b>",
        "![plaatje](javascript:x)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,x)",
        "[x](//voorbeeld.nl)",
        "[x](/admin)",
        "[x](http://)",
        "[x](https://a.nl@b.nl/)",
        "[x](mailto:)",
        f"[x](https://a.nl/{'y' * LONGEST_LINK})",
        "`code`",
        "> aanhaling",
        "&amp; &#60;",
        "C:\\map\\*.txt en \\\\server",
        "-----",
        "| a | b |",
        "[ref]: https://a.nl",
        "2 * 3 * 4",
        "{{7*7}} ${7*7} #{7*7} {% x %}",
        "a_b_c __init",
        "3*4*5 en a*b*c",
    ],
)
def test_anything_else_stays_the_text_it_was(text):
    assert prose_plain(text) == text
    assert html5lib.parse(prose_html(text), namespaceHTMLElements=False).find(".//*[@href]") is None
    assert "".join(html5lib.parse(prose_html(text), namespaceHTMLElements=False).itertext()) == text


def words(tree):
    for block in tree:
        if block["type"] == "items":
            for item in block["items"]:
                yield from words(item)
        else:
            for part in block["links"]:
                yield from (run["text"] for run in part["runs"])


LONG = {
    "lists": "\n".join("  " * depth + f"- x{depth}" for depth in range(45)),
    "lists on a line": "- " * 300 + "x",
    "numbers on a line": "1. " * 300 + "x",
    "lists on growing lines": "\n".join("  " * depth + "- " * 8 + "x" for depth in range(0, 36, 8)),
    "brackets": "[" * 10_000,
    "closed brackets": "[" * 5_000 + "](" * 2_500,
    "links in links": "[a](" * 3_000,
    "bold in italic": "*a **b " * 3_000,
    "stars": "a*" * 5_000,
    "angles": "<" * 10_000,
    "quotes": ">" * 3_000 + "x",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_maze_is_read_in_time_and_keeps_its_words(text):
    start = time.perf_counter()
    tree = prose_tree(text)
    spent = time.perf_counter() - start

    kept = "".join(words(tree))
    assert spent < 2
    for letter in "abx":
        assert kept.count(letter) == text.count(letter)
    assert depth(tree) <= DEEPEST


def depth(tree):
    inner = [depth(item) for block in tree if block["type"] == "items" for item in block["items"]]
    return max(inner) + 1 if inner else 0


def test_screen_and_paper_and_letter_say_the_same():
    text = "# Kop\n\nEen **vet** woord, <https://a.nl/>.\n\n1. een\n   - diep\n2. twee"

    html = html5lib.parse(prose_html(text), namespaceHTMLElements=False)

    assert "".join(html.itertext()) == "".join(words(prose_tree(text)))
    assert prose_plain(text) == "Kop\n\nEen vet woord, https://a.nl/.\n\n1. een\n   - diep\n2. twee"


def test_the_address_of_a_link_stands_in_a_plain_letter():
    assert prose_plain("[hier](https://a.nl/x), <https://b.nl> en [mij](mailto:a@b.nl)") == (
        "hier (https://a.nl/x), https://b.nl en mij (a@b.nl)"
    )


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("e\u0301", "é"),
        ("\u202eomgekeerd\u2066", "omgekeerd"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("half \ud83d", "half \ufffd"),
        ("tab\tblijft", "tab\tblijft"),
        ("\ufeffbegin", "begin"),
        ("eigen \ue000", "eigen "),
        ("geen\uffff \ufdd0teken\U0010fffe", "geen teken"),
    ],
)
def test_tidy_keeps_what_a_person_can_see(text, clean):
    assert tidy(text) == clean
    assert tidy(clean) == clean
