"""The solver: chooses among yes-or-no options, the best choice that meets every condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Unsolved(RuntimeError):
    """The solver gave up without a proof. Its outcome may not be used."""


@dataclass(frozen=True)
class Condition:
    """The sum of weight times option (one if chosen, else zero) lies between two bounds."""

    options: Sequence[int]
    low: int | None
    high: int | None
    weights: Sequence[int] | None = None  # None: every option weighs one


@dataclass(frozen=True)
class Choice:
    """Options 0, 1, … with their gains, the conditions on them, and those chosen beforehand.

    `groups` asks for fairness: among all choices with the highest total gain, take one in which
    the poorest group (the sum of `values` over its chosen options) is as rich as can be.
    """

    gains: Sequence[int]
    conditions: Sequence[Condition]
    chosen: frozenset[int] = frozenset()
    groups: Sequence[Sequence[int]] = ()
    values: Sequence[int] = ()


class Solver(Protocol):
    """Makes choices."""

    def choose(self, choice: Choice) -> frozenset[int] | None:
        """Give the options of a best choice, or None when no choice meets the conditions.

        The same question has the same answer. Raises Unsolved without a proof of either.
        """


class HighsSolver:
    """HiGHS, through scipy."""

    def choose(self, choice: Choice) -> frozenset[int] | None:
        """Solve exactly; the outcome is rounded and checked in whole numbers."""
        from sir.ports.highs import choose  # noqa: PLC0415 - scipy is slow to import and most processes never solve

        return choose(choice)
