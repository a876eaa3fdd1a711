"""What is true of a second sheet: what it changes, and when it owes a reason (jury: R8, R25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sir.jury.models import Occasion, SecondSheet, Sheet
from sir.jury.rules.sheets import Marks, length
from sir.workflows.models import Criterion, Level, Plan

FREE_STEP = 1  # levels that a discussion may move a juror without a word

Standing = Mapping[tuple[int, int], Level]  # by the numbers of a sheet and a criterion


def standing_levels(seconds: Iterable[SecondSheet]) -> dict[tuple[int, int], Level]:
    """Give the level that counts instead of the first sheet's, where a second one has it.

    What a pitch changed comes after what a discussion changed.
    """
    ordered = sorted(seconds, key=lambda second: second.occasion is Occasion.PITCH)
    return {
        (second.sheet_id, cell.criterion_id): cell.level
        for second in ordered
        for cell in second.cells
        if cell.level is not None
    }


def levels_before(sheet: Sheet, earlier: Iterable[SecondSheet]) -> dict[str, int]:
    """Give the level positions by criterion key that a second sheet starts from."""
    moved = standing_levels(earlier)
    return {
        cell.criterion.key: moved.get((sheet.id, cell.criterion_id), cell.level).position
        for cell in sheet.cells
        if cell.level is not None
    }


def second_marks(second: SecondSheet | None, before: Mapping[str, int]) -> Marks:
    """Read a second sheet; what it does not say is as it was before."""
    cells = {cell.criterion.key: cell for cell in second.cells} if second else {}
    levels: dict[str, int | None] = dict(before)
    levels |= {key: cell.level.position for key, cell in cells.items() if cell.level}
    return Marks(levels, {key: cell.reason for key, cell in cells.items()})


def unexplained(
    plan: Plan, occasion: Occasion, before: Mapping[str, int], marks: Marks
) -> list[Criterion]:
    """List the criteria whose change owes a longer reason.

    After a discussion that is a change of more than one level (R8); after a pitch it is any
    change.
    """
    free = FREE_STEP if occasion is Occasion.DISCUSSION else 0
    return [
        row
        for row in plan.criteria
        if abs((marks.levels.get(row.key) or before[row.key]) - before[row.key]) > free
        and length(marks.reasons.get(row.key, "")) < plan.min_reason
    ]
