"""How the jury confers: what it discusses first, who speaks first, and when more is asked."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from sir.jury.rules.sheets import drawn

DISCUSS = 2  # levels between the lowest and the highest that ask for a discussion (F8)


def spread(positions: Iterable[int]) -> int:
    """Give the range in levels: the highest position less the lowest (F8)."""
    positions = list(positions)
    return max(positions) - min(positions)


def median(positions: Iterable[int]) -> Fraction:
    """Give the middle position; between two levels when the jury is even."""
    return Fraction(statistics.median([Fraction(position) for position in positions]))


def marked(positions: Iterable[int]) -> set[int]:
    """Give the level to mark as the median, or the two around it."""
    middle = median(positions)
    return {middle.__floor__(), middle.__ceil__()}


def needs_extra_reason(chosen: int, positions: Sequence[int]) -> bool:
    """Say whether the agreed level asks for more: off the individual range, or far from it.

    Off the range is below the lowest or above the highest; far is more than one level from
    the median (jury: 3.3).
    """
    outside = not min(positions) <= chosen <= max(positions)
    return outside or abs(chosen - median(positions)) > 1


def agenda(
    order_key: bytes, levels: Mapping[tuple[str, str], Sequence[int]]
) -> list[tuple[str, str]]:
    """Order (proposal, criterion) by disagreement; equals are drawn."""
    return sorted(
        levels, key=lambda item: (-spread(levels[item]), drawn(order_key, "agenda", *item))
    )


def speaking_order(seat: int, first: int, *, is_chair: bool) -> tuple[bool, bool, int]:
    """Say what to sort seats by: the drawn one speaks first, the chair last (R7)."""
    return is_chair, seat != first, seat


def first_speaker(order_key: bytes, item: tuple[str, str], seats: Iterable[str]) -> str:
    """Draw who speaks first; the chair is not among `seats`, since a chair speaks last (R7)."""
    return min(seats, key=lambda seat: drawn(order_key, "speaks", *item, seat))
