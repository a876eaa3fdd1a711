"""How much paper a document takes, from the marks that the template leaves on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_STEPS = 10_000
"""Places on a page are counted in ten-thousandths of its height, so that sums are exact."""


@dataclass(frozen=True)
class SectionMeasure:
    """What part of a page a section takes (1 is a whole page) and on which page it begins."""

    key: str
    title: str
    page: int
    share: Decimal


@dataclass(frozen=True)
class Measure:
    """The size of a document on paper. All parts of pages are exact to four decimals.

    fill: pages before the last one, plus the part of the last that is used: 2.3 of 3.
    page_fills: the used part of each page; below 1 where a page was left early.
    rest: what the title and anything outside the sections takes.
    white: lost at the foot of pages because something had to begin on a new one.
    unprintable: the characters no typeface has; they are printed as an empty box.

    It always holds that fill equals the shares of all sections, the rest and the white together.
    """

    pages: int
    fill: Decimal
    page_fills: tuple[Decimal, ...]
    sections: tuple[SectionMeasure, ...]
    rest: Decimal
    white: Decimal
    unprintable: tuple[str, ...] = ()

    def fits(self, limit: int) -> bool:
        """Say whether the document takes no more than this many pages."""
        return self.pages <= limit


@dataclass
class _Tally:
    """Walks from mark to mark and gives each stretch of paper to its owner."""

    place: int = 0
    left_early: bool = False
    owner: int | None = None
    shares: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    rest: int = 0
    white_of: dict[int, int] = field(default_factory=dict)

    def step(self, mark: Mapping[str, Any]) -> None:
        page = int(mark["page"])
        height = round(min(max(float(mark["y"]), 0.0), 1.0) * _STEPS)
        place = max(self.place, (page - 1) * _STEPS + height)
        kind = mark["kind"]
        if kind == "start":
            self.owner = len(self.shares)
            self.shares.append(0)
            self.starts.append(page)
        self._give(place, is_early=self.left_early or kind == "start")
        self.left_early = kind == "break"
        if kind == "end":
            self.owner = None

    def _give(self, place: int, *, is_early: bool) -> None:
        page, used = divmod(self.place, _STEPS)
        white = 0
        if is_early and used and place >= (page + 1) * _STEPS:
            white = _STEPS - used
            self.white_of[page] = white
        stretch = place - self.place - white
        if self.owner is None:
            self.rest += stretch
        else:
            self.shares[self.owner] += stretch
        self.place = place


def read_marks(
    marks: Iterable[Mapping[str, Any]], named: Iterable[tuple[str, str]], unprintable: Iterable[str]
) -> Measure:
    """Add up the marks on a document whose sections have these keys and titles, in this order.

    A mark has a kind, a page, and y: 0 at the top of the type area and 1 at its foot. The kinds
    are start and end of a section, break before a forced new page, rest after anything outside
    a section, and last. Each also knows the number of pages.
    """
    tally = _Tally()
    pages = 1
    for mark in marks:
        tally.step(mark)
        pages = int(mark["pages"])
    sections = (
        SectionMeasure(key, title, page, _part(share))
        for (key, title), page, share in zip(named, tally.starts, tally.shares, strict=True)
    )
    fills = [_STEPS - tally.white_of.get(page, 0) for page in range(pages - 1)]
    fills.append(tally.place - (pages - 1) * _STEPS)
    return Measure(
        pages=pages,
        fill=_part(tally.place),
        page_fills=tuple(map(_part, fills)),
        sections=tuple(sections),
        rest=_part(tally.rest),
        white=_part(sum(tally.white_of.values())),
        unprintable=tuple(unprintable),
    )


def _part(steps: int) -> Decimal:
    return Decimal(steps) / _STEPS
