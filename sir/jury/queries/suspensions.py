"""Questions about the times in which a round lay still."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.jury.models import Round, RoundState, RoundSuspension
from sir.kernel.database import db


def suspension_of(round_: Round) -> RoundSuspension | None:
    """Find why a round lies still now, if it does."""
    if round_.state is not RoundState.SUSPENDED:
        return None
    return db.session.scalar(
        select(RoundSuspension)
        .where(RoundSuspension.round_id == round_.id, RoundSuspension.ended_at.is_(None))
        .options(joinedload(RoundSuspension.seat), joinedload(RoundSuspension.by))
    )


def suspensions_of(round_: Round) -> list[RoundSuspension]:
    """List every time this round lay still, the first one first."""
    return list(
        db.session.scalars(
            select(RoundSuspension)
            .where(RoundSuspension.round_id == round_.id)
            .order_by(RoundSuspension.id)
            .options(joinedload(RoundSuspension.seat), joinedload(RoundSuspension.by))
        )
    )
