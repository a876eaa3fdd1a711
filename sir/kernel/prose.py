"""Limited Markdown: one reading of a text, for the screen, the paper and the plain letter.

Paragraphs, bullet and numbered lists, bold, italic and links to http, https and mailto. Everything
else a person types is text and stays text: no HTML, no images, no code, no headings (a line that
begins with # becomes a bold paragraph). Screen and paper are made of the same tree, so they cannot
say different things, and no word is ever lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Any
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

DEEPEST = 8
"""Lists inside lists beyond this depth continue at this depth."""

LONGEST_LINK = 2000
"""Characters; a longer address stays text."""

MOST_SIGNS = 20
"""Characters that are named; more would not help to find them."""

_OBJECT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Co"}
_KEPT = {"\n", "\t", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}"}
_NO_CHARACTERS = {
    # what Unicode 23.7 keeps out of text, and what chooses between two looks of one character
    *map(chr, range(0xFDD0, 0xFDF0)),
    *map(chr, range(0xFFFE, 0x110000, 0x10000)),
    *map(chr, range(0xFFFF, 0x110000, 0x10000)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s]*)?|mailto:[^\s@]+@[a-z0-9.-]+", re.IGNORECASE
)
_LIST_MARKS = re.compile(r"(?:\s|(?:[-*+]|[0-9]{1,9}[.)])(?=\s))*")
_DEEPEST_COLUMN = 80
_MOST_LINKS = 500
_STAR_IN_A_WORD = re.compile(r"(?<=\w)\*(?=\w)")
_STAR = "\ue000"
"""Stands for a star that is no mark while a text is read; tidy has removed it from the text."""
_UNKNOWN = [
    "image",
    "html_block",
    "html_inline",
    "code",
    "fence",
    "backticks",
    "blockquote",
    "hr",
    "lheading",
    "reference",
    "entity",
    "escape",
]


def _reader(*unknown: str) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    reader.disable([*_UNKNOWN, *unknown])
    reader.validateLink = _is_address  # type: ignore[method-assign]
    return reader


def _is_address(url: str) -> bool:
    # A refused address stays in the text as it was typed.
    return len(url) <= LONGEST_LINK and _ADDRESS.fullmatch(url) is not None


_with_links = _reader()
_without_links = _reader("link")  # each unclosed [ costs the link rule a walk through the text


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; a line break is a run of one newline."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Runs of text that belong together."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Items:
    """A list; each item is a list of blocks. A bullet list starts at no number."""

    items: tuple[tuple[Paragraph | Items, ...], ...]
    start: int | None = None


Tree = tuple[Paragraph | Items, ...]


def tidy(text: str) -> str:
    """Keep what a person can see: one kind of newline, composed letters, no control characters.

    Characters that steer the direction of text go as well: they make a sentence read as another.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\N{LINE SEPARATOR}", "\n").replace("\N{PARAGRAPH SEPARATOR}", "\n\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(unicodedata.normalize("NFC", text)))


def _visible(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            yield _OBJECT
        elif character in _KEPT or not (category in _INVISIBLE or character in _NO_CHARACTERS):
            yield character


def prose(text: str) -> Tree:
    """Read a text."""
    text = tidy(text)
    if _is_maze(text):
        return _plain_paragraphs(text)
    text = _STAR_IN_A_WORD.sub(_STAR, text)  # 7*7 is a sum
    reader = _with_links if "](" in text and text.count("[") < _MOST_LINKS else _without_links
    return tuple(_blocks(SyntaxTreeNode(reader.parse(text)).children, 1))


def prose_tree(text: str) -> list[dict[str, Any]]:
    """The text as plain data, for the press."""
    return [_as_data(block) for block in prose(text)]


@lru_cache(maxsize=512)
def prose_html(text: str) -> Markup:
    """The text as safe HTML, for a page. The same text is read once: reading takes the longest."""
    html = "".join(_as_html(block) for block in prose(text))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - built from escaped text, then cleaned


def prose_plain(text: str) -> str:
    """The text without marks, for a letter, a search index or a count of characters."""
    return "\n\n".join(_as_plain(block) for block in prose(text))


def _is_maze(text: str) -> bool:
    # The parser drops what lies deeper than its limit, two levels for each list. Nobody writes
    # forty lists inside each other: such a text is read as plain lines, so that nothing is lost.
    for line in text.splitlines():
        marks = _LIST_MARKS.match(line)
        if marks and len(marks[0].expandtabs(4)) > _DEEPEST_COLUMN:
            return True
    return False


def _plain_paragraphs(text: str) -> Tree:
    return tuple(
        Paragraph(tuple(_lines(part.strip("\n")))) for part in text.split("\n\n") if part.strip()
    )


def _lines(text: str) -> Iterator[Run]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Run("\n")
        if line:
            yield Run(line)


def _blocks(nodes: list[SyntaxTreeNode], depth: int) -> Iterator[Paragraph | Items]:
    for node in nodes:
        if node.type == "paragraph":
            yield Paragraph(tuple(_runs(node.children[0].children, Run(""))))
        elif node.type == "heading":
            yield Paragraph(tuple(_runs(node.children[0].children, Run("", is_strong=True))))
        elif depth > DEEPEST:
            for item in node.children:
                yield from _blocks(item.children, depth)
        else:
            start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            items = (tuple(_blocks(item.children, depth + 1)) for item in node.children)
            yield Items(tuple(items), start)


def _runs(nodes: list[SyntaxTreeNode], style: Run) -> Iterator[Run]:
    for node in nodes:
        if node.type == "strong":
            yield from _runs(node.children, replace(style, is_strong=True))
        elif node.type == "em":
            yield from _runs(node.children, replace(style, is_emphasised=True))
        elif node.type == "link":
            href = str(node.attrs["href"]).replace(quote(_STAR), "*")
            yield from _runs(node.children, replace(style, href=href))
        elif node.type in ("softbreak", "hardbreak"):
            # Who presses Enter in a text box wants a new line.
            yield replace(style, text="\n")
        elif node.content:
            yield replace(style, text=node.content.replace(_STAR, "*"))


def _as_data(block: Paragraph | Items) -> dict[str, Any]:
    if isinstance(block, Items):
        items = [[_as_data(child) for child in item] for item in block.items]
        return {"type": "items", "start": block.start, "items": items}
    links = [
        {"href": href, "runs": [_run_as_data(run) for run in runs]}
        for href, runs in groupby(block.runs, key=attrgetter("href"))
    ]
    return {"type": "paragraph", "links": links}


def _run_as_data(run: Run) -> dict[str, Any]:
    return {"text": run.text, "strong": run.is_strong, "emph": run.is_emphasised}


def _as_html(block: Paragraph | Items) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_runs_as_html(block.runs)}</p>"
    items = "".join(f"<li>{_item_as_html(item)}</li>" for item in block.items)
    if block.start is None:
        return f"<ul>{items}</ul>"
    return f'<ol start="{block.start}">{items}</ol>' if block.start != 1 else f"<ol>{items}</ol>"


def _item_as_html(item: Tree) -> str:
    if item and isinstance(item[0], Paragraph):
        return _runs_as_html(item[0].runs) + "".join(map(_as_html, item[1:]))
    return "".join(map(_as_html, item))


def _runs_as_html(runs: tuple[Run, ...]) -> str:
    html = ""
    for href, linked in groupby(runs, key=attrgetter("href")):
        text = "".join(map(_run_as_html, linked))
        html += f'<a href="{escape(href)}">{text}</a>' if href else text
    return html


def _run_as_html(run: Run) -> str:
    html = "<br>" if run.text == "\n" else str(escape(run.text))
    if run.is_emphasised:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.is_strong else html


def _link_as_plain(href: str, runs: Iterator[Run]) -> str:
    text = "".join(run.text for run in runs)
    address = href.removeprefix("mailto:")
    return f"{text} ({address})" if address not in ("", text) else text


def _as_plain(block: Paragraph | Items) -> str:
    if isinstance(block, Paragraph):
        return "".join(_link_as_plain(*link) for link in groupby(block.runs, attrgetter("href")))
    lines = []
    for number, item in enumerate(block.items, block.start or 1):
        mark = "-" if block.start is None else f"{number}."
        text = "\n".join(_as_plain(child) for child in item)
        lines.append(f"{mark} " + text.replace("\n", "\n" + " " * (len(mark) + 1)))
    return "\n".join(lines)


def named_signs(signs: Iterable[str]) -> str:
    """Name characters so that they can be found, also those that show nothing: “中” (U+4E2D)."""
    return ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in islice(signs, MOST_SIGNS))
