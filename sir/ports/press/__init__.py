"""Print this document, and say how many pages it takes.

The press sets plain data (sir.kernel.paper) in type with Typst. Decisions, dated November 2026:
the three-page limit is a rule on the pages of the real paper, so the same compiler counts and
prints; what people type is data and never reaches the compiler as markup; a paper with the same
content and the same instant has the same bytes, so that its hash can be kept and checked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sir.kernel.paper import Document
from sir.ports.press.measure import Measure, SectionMeasure
from sir.ports.press.setting import LONGEST, PressError, TypstPress

__all__ = ["LONGEST", "Measure", "Press", "PressError", "SectionMeasure", "TypstPress"]


class Press(Protocol):
    """Prints documents. Every method raises PressError when the document cannot be printed."""

    def measure(self, document: Document) -> Measure:
        """Say how many pages the document takes, and how full they are."""

    def pdf(self, document: Document, at: datetime) -> bytes:
        """Print the document: PDF/UA-1 and PDF/A-2a, dated at that instant."""

    def svg(self, document: Document) -> list[bytes]:
        """Show the pages as pictures, one SVG for each."""

    def unprintable(self, text: str) -> tuple[str, ...]:
        """List the characters of a text that no typeface has: they come out as an empty box."""
