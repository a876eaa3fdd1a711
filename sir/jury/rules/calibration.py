"""What the jury learns from scoring the same example: how far apart they are, per criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sir.jury.rules.agenda import DISCUSS, spread
from sir.workflows.models import Criterion, Plan


@dataclass(frozen=True)
class Answer:
    """What one seat gave on one criterion."""

    seat: str
    label: str  # of the level
    points: Decimal
    reason: str


@dataclass(frozen=True)
class Spread:
    """One criterion: what everybody gave, and how far apart that is."""

    criterion: Criterion
    answers: Sequence[Answer]
    mean: Fraction
    levels: int  # between the lowest and the highest
    is_wide: bool


def spreads(
    plan: Plan, sheets: Mapping[str, tuple[Mapping[str, int], Mapping[str, str]]]
) -> list[Spread]:
    """Give the spread of each criterion over the sheets, by the name of the seat.

    A sheet is its levels and its reasons; a criterion without a level is left out.
    """
    levels = {level.position: level for level in plan.levels}
    found = []
    for criterion in plan.criteria:
        given = {
            seat: chosen[criterion.key]
            for seat, (chosen, _reasons) in sheets.items()
            if chosen.get(criterion.key) is not None
        }
        if not given:
            continue
        answers = [
            Answer(
                seat,
                levels[position].label,
                levels[position].points,
                sheets[seat][1].get(criterion.key, ""),
            )
            for seat, position in given.items()
        ]
        apart = spread(given.values())
        mean = sum((Fraction(row.points) for row in answers), Fraction(0)) / len(answers)
        found.append(Spread(criterion, answers, mean, apart, apart >= DISCUSS))
    return found
