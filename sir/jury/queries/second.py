"""Questions about second sheets."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from sir.jury.models import Occasion, Round, RoundState, SecondSheet, Sheet
from sir.jury.queries.seats import IS_OPEN
from sir.jury.rules.second import Standing, standing_levels
from sir.kernel.database import db

# While the jury scores the pitches, each juror's changes are their own.
_ALONE = frozenset({RoundState.PITCHING})
_OF_SHEET = (
    select(SecondSheet)
    .where(SecondSheet.sheet_id == bindparam("sheet_id"))
    .order_by(SecondSheet.id)
)


def seconds_of(sheet: Sheet) -> dict[Occasion, SecondSheet]:
    """Find one juror's own second sheets on a proposal, handed in or not."""
    return {row.occasion: row for row in db.session.scalars(_OF_SHEET, {"sheet_id": sheet.id})}


def counted_seconds(round_: Round) -> list[SecondSheet]:
    """List the second sheets that count and that the jury may see: handed in, and not alone."""
    occasions = {Occasion.DISCUSSION} if round_.reached in _ALONE else set(Occasion)
    return list(
        db.session.scalars(
            select(SecondSheet)
            .join(SecondSheet.sheet)
            .join(Sheet.seat)
            .where(
                Sheet.round_id == round_.id,
                SecondSheet.submitted_at.is_not(None),
                SecondSheet.occasion.in_(occasions),
                IS_OPEN,
            )
            .order_by(SecondSheet.id)
        )
    )


def standing_of_round(round_: Round) -> Standing:
    """Give the levels that count instead of those on the first sheets."""
    return standing_levels(counted_seconds(round_))
