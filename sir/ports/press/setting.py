"""The press itself: Typst, fed with data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy as _
from sir.kernel.paper import Document, Section, as_data
from sir.ports.press.measure import Measure, read_marks
from sir.ports.press.typefaces import Compositor, typefaces

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates" / "print"
FONTS = ROOT / "static" / "dist" / "fonts" / "pdf"

LONGEST = 400_000
"""Characters in one document; a full page holds about 3,000."""

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_NOT_TEXT = {"type", "href", "lang", "svg", "alt"}


class PressError(Refused):
    """The document cannot be printed. The text says what the writer can do."""


@dataclass(frozen=True)
class _Forme:
    """A document made ready: the compiler with the data in it, and what did not fit the type."""

    compiler: typst.Compiler
    unprintable: tuple[str, ...]


class TypstPress:
    """Sets documents with Typst. Safe to share between threads; opens its fonts at first use."""

    def __init__(self, fonts: Path = FONTS) -> None:
        self._fonts = fonts

    def measure(self, document: Document) -> Measure:
        """Count pages on the laid-out paper, without writing a file."""
        forme = self._make_ready(document)
        named = [
            (block.key, block.title) for block in document.blocks if isinstance(block, Section)
        ]
        try:
            marks = json.loads(forme.compiler.query("<mark>", field="value"))
        except RuntimeError as error:  # a query knows no TypstError
            raise _unprintable() from error
        return read_marks(marks, named, forme.unprintable)

    def pdf(self, document: Document, at: datetime) -> bytes:
        """Print a tagged PDF; the same document at the same instant gives the same bytes."""
        forme = self._make_ready(document)
        try:
            paper = forme.compiler.compile(
                format="pdf", pdf_standards=_STANDARDS, timestamp=int(at.timestamp())
            )
        except typst.TypstError as error:
            raise _unprintable() from error
        assert isinstance(paper, bytes)
        return paper

    def svg(self, document: Document) -> list[bytes]:
        """Draw each page."""
        forme = self._make_ready(document)
        try:
            pages = forme.compiler.compile(format="svg")
        except typst.TypstError as error:
            raise _unprintable() from error
        assert pages is not None
        return [pages] if isinstance(pages, bytes) else pages

    def unprintable(self, text: str) -> tuple[str, ...]:
        """List the characters that would come out as an empty box."""
        if text.isascii():
            return ()
        compositor = Compositor(typefaces(self._fonts))
        compositor.set_text(text)
        return tuple(sorted(compositor.unprintable))

    def _make_ready(self, document: Document) -> _Forme:
        case = typefaces(self._fonts)
        compositor = Compositor(case)
        content = _compose(as_data(document), compositor)
        if compositor.length > LONGEST:
            raise PressError(_("This text is too long to print. Make it shorter."))
        compiler = typst.Compiler(
            TEMPLATES / f"{document.kind}.typ",
            root=TEMPLATES,
            font_paths=case.fonts,
            ignore_system_fonts=True,
            sys_inputs={
                "document": json.dumps(content, ensure_ascii=False),
                "families": json.dumps(case.families),
            },
        )
        return _Forme(compiler, tuple(sorted(compositor.unprintable)))


def _compose(value: Any, compositor: Compositor, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in _NOT_TEXT else compositor.set_text(value)
    if isinstance(value, Mapping):
        return {key: _compose(item, compositor, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_compose(item, compositor, name) for item in value]
    return value


def _unprintable() -> PressError:
    return PressError(_("This text cannot be printed as it is. Use plainer words and signs."))
