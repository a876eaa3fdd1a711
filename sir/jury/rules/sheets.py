"""What is true of one juror's sheets: their order, what is missing, what they add up to."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sir.jury.models import Sheet
from sir.workflows.models import Criterion, Plan

REASON_LIMIT = 4000  # characters of one reason
NOTE_LIMIT = 8000  # characters of a private note


@dataclass(frozen=True)
class Marks:
    """What a juror fills in: a level position and a reason by criterion key, and a note."""

    levels: Mapping[str, int | None]
    reasons: Mapping[str, str]
    note: str = ""


def drawn(key: bytes, *names: str) -> bytes:
    """Draw a number for a name that nobody can foresee without the round's key."""
    return hmac.new(key, "\x1f".join(names).encode(), hashlib.sha256).digest()


def reading_order(order_key: bytes, seat: str, proposals: Iterable[str]) -> list[str]:
    """Give one juror's own order of proposals: drawn, and the same whenever it is asked (R5)."""
    return sorted(proposals, key=lambda proposal: drawn(order_key, seat, proposal))


def length(reason: str) -> int:
    """Count the characters of a reason; a row of spaces counts as one."""
    return len(" ".join(reason.split()))


def marks_of(sheet: Sheet) -> Marks:
    """Read what is stored on a sheet."""
    cells = {cell.criterion.key: cell for cell in sheet.cells}
    return Marks(
        levels={key: cell.level.position if cell.level else None for key, cell in cells.items()},
        reasons={key: cell.reason for key, cell in cells.items()},
        note=sheet.note,
    )


def is_ready(plan: Plan, criterion: Criterion, marks: Marks) -> bool:
    """Say whether a criterion has its level and a reason that is long enough."""
    return (
        marks.levels.get(criterion.key) is not None
        and length(marks.reasons.get(criterion.key, "")) >= plan.min_reason
    )


def missing(plan: Plan, marks: Marks) -> list[Criterion]:
    """List the criteria that still need a level or a longer reason."""
    return [row for row in plan.criteria if not is_ready(plan, row, marks)]


def weighted_total(plan: Plan, marks: Marks) -> Fraction | None:
    """Add up a juror's own levels: exact, out of 100; none while a level is missing."""
    points = {level.position: Fraction(level.points) for level in plan.levels}
    maximum = max(points.values())
    total = Fraction(0)
    for criterion in plan.criteria:
        position = marks.levels.get(criterion.key)
        if position is None:
            return None
        total += Fraction(criterion.weight) * points[position] / maximum
    return total


def position_in(text: str | None) -> int | None:
    """Read a level; what is not a level of any scale becomes one that is refused later."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else -1


def shown_position(value: int | None) -> str:
    """Write a level for a form."""
    return "" if value is None else str(value)
