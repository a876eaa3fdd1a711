"""What is printed, as plain data: the parts a document can be made of.

Rooms build these in their document.py; the press sets them in type. Every string is text as a
person typed it, never markup; only Prose and Note read limited Markdown (sir.kernel.prose).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sir.kernel.pictures import CONTENT_TYPE, size_of
from sir.kernel.prose import prose_tree, tidy

Align = Literal["left", "center", "right"]
Kind = Literal["pages", "report", "letter"]
"""pages: the tight three A4; report: minutes, receipts, rankings; letter: sender and addressee."""


@dataclass(frozen=True)
class Heading:
    """A heading below the title of the document; level 1 is the highest."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Prose:
    """Running text in limited Markdown."""

    text: str


@dataclass(frozen=True)
class Lines:
    """A list of short lines; numbered when is_numbered."""

    lines: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one row of headings.

    Widths are parts of the line; 0 is as narrow as the text, and so is every column without widths.
    A line break in a cell is a new line.

    Raises ValueError when a row, aligns or widths does not fit the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[Align, ...] = ()
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.head)
        parts = [row for row in (*self.rows, self.aligns, self.widths) if row]
        if not columns or any(len(part) != columns for part in parts) or () in self.rows:
            message = f"Each row, aligns and widths must have {columns} columns"
            raise ValueError(message)


@dataclass(frozen=True)
class Definitions:
    """Pairs of a term and what it is."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """A remark that stands out, in limited Markdown, with an optional title."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class Signatures:
    """A place to sign for each person: pairs of a name and a role. They stay on one page."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Picture:
    """A JPEG as wide or as high as a page allows, with a caption.

    The alternative text is for who cannot see it; without one no accessible PDF can be printed.
    """

    jpeg: bytes
    alt: str
    caption: str = ""


Part = Heading | Prose | Lines | Table | Definitions | Note | Signatures | PageBreak | Picture


@dataclass(frozen=True)
class Section:
    """A heading with what belongs to it. The press says of each key which part of a page it takes.

    With level 0 the title is not printed: then the section only measures.
    """

    key: str
    title: str
    parts: tuple[Part, ...]
    level: int = 1


Block = Part | Section


@dataclass(frozen=True)
class Document:
    """A paper to print.

    The facts (date, reference, deadline …) are printed under the title, or in the head of a letter.
    A mark such as "Concept" stands in the head of every page. The sender and the addressee are the
    lines of an address. The author and the summary are for the properties of the file.
    """

    kind: Kind
    lang: Literal["nl", "en"]
    title: str
    blocks: tuple[Block, ...]
    reference: str = ""
    author: str = ""
    summary: str = ""
    subtitle: str = ""
    mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sender: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()


@dataclass
class _Levels:
    """Heading levels without gaps, as PDF/UA wants them; 0 for a heading that says nothing."""

    last: int = 0

    def next(self, wanted: int, title: str) -> int:
        if not wanted or not tidy(title).strip():
            return 0
        self.last = max(1, min(wanted, self.last + 1))
        return self.last


def as_data(document: Document) -> dict[str, Any]:
    """The document as plain data for the template of its kind."""
    return {
        "lang": document.lang,
        # a PDF/UA must have a title, also while the writer has none
        "title": tidy(document.title).strip() or tidy(document.reference).strip() or "-",
        "reference": document.reference,
        "author": document.author,
        "summary": document.summary,
        "subtitle": document.subtitle,
        "mark": document.mark,
        "facts": [list(fact) for fact in document.facts],
        "sender": list(document.sender),
        "addressee": list(document.addressee),
        "blocks": list(_all_as_data(document.blocks)),
    }


def _all_as_data(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    levels = _Levels()
    for block in blocks:
        yield _as_data(block, levels)


def _as_data(block: Block, levels: _Levels) -> dict[str, Any]:  # noqa: C901, PLR0911 - one for each part
    match block:
        case Section():
            level = levels.next(block.level, block.title)
            parts = [_as_data(part, levels) for part in block.parts]
            return {
                "type": "section",
                "title": block.title,
                "level": level,
                "parts": parts,
            }
        case Heading():
            level = levels.next(block.level, block.text)
            return {"type": "heading", "text": block.text, "level": level}
        case Prose():
            return {"type": "prose", "tree": prose_tree(block.text)}
        case Note():
            return {"type": "note", "title": block.title, "tree": prose_tree(block.text)}
        case Lines():
            return {"type": "lines", "lines": list(block.lines), "numbered": block.is_numbered}
        case Table():
            return {
                "type": "table",
                "head": list(block.head),
                "rows": [list(row) for row in block.rows],
                "aligns": list(block.aligns) or ["left"] * len(block.head),
                "widths": list(block.widths),
            }
        case Definitions():
            return {"type": "definitions", "pairs": [list(pair) for pair in block.pairs]}
        case Signatures():
            return {"type": "signatures", "people": [list(person) for person in block.people]}
        case PageBreak():
            return {"type": "page_break"}
        case Picture():
            return _picture_as_data(block)


def _picture_as_data(picture: Picture) -> dict[str, Any]:
    """Wrap the bytes in an SVG: the press takes text only, and reads this without a detour."""
    width, height = size_of(picture.jpeg)
    held = base64.b64encode(picture.jpeg).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{CONTENT_TYPE};base64,{held}"/></svg>'
    )
    return {
        "type": "picture",
        "svg": svg,
        "width": width,
        "height": height,
        "alt": tidy(picture.alt),
        "caption": picture.caption,
    }
