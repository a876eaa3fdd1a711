"""Questions about the lot of a challenge."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.jury.models import Lot
from sir.kernel.database import db


def lot_of(challenge: Challenge) -> Lot | None:
    """Give what was typed of the source, by one person or by both."""
    return db.session.scalar(
        select(Lot)
        .where(Lot.challenge_id == challenge.id)
        .options(joinedload(Lot.first), joinedload(Lot.second))
    )


def drawn_value(challenge: Challenge) -> str | None:
    """Give the value that two people typed alike; None as long as there is none."""
    return db.session.scalar(
        select(Lot.value).where(Lot.challenge_id == challenge.id, Lot.second_id.is_not(None))
    )
