"""Questions about empty seats: which reserve comes next, and what is offered to whom."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from sir.jury.models import Round, Seat, SeatKind
from sir.jury.queries.seats import IS_SEATED, seats_at_stake
from sir.jury.rules.vacancies import vacancies
from sir.kernel.database import db


def next_reserve(vacated: Seat) -> Seat | None:
    """Find the reserve of the same function who is asked next.

    Whoever was cleared of ties comes first, then whoever was invited first. Who turned an offer
    down, or thinks about another one, is passed over.
    """
    other = aliased(Seat)
    thinks = select(other.id).where(other.offered_id == Seat.id, other.id != vacated.id).exists()
    return db.session.scalar(
        select(Seat)
        .where(
            Seat.challenge_id == vacated.challenge_id,
            Seat.kind == SeatKind.RESERVE,
            Seat.function == vacated.function,
            IS_SEATED,
            Seat.declined_at.is_(None),
            ~thinks,
        )
        .order_by(Seat.cleared_at.is_(None), Seat.id)
        .limit(1)
        .options(joinedload(Seat.challenge))
    )


def offer_to(reserve: Seat) -> Seat | None:
    """Find the empty seat that is offered to a reserve, if any."""
    return db.session.scalar(
        select(Seat)
        .where(Seat.offered_id == reserve.id, Seat.vacated_at.is_not(None))
        .options(joinedload(Seat.challenge))
    )


def is_short(vacated: Seat, round_: Round | None) -> bool:
    """Say whether this seat is still one that nobody filled."""
    seated, seats = seats_at_stake(vacated.challenge)
    plan = vacated.challenge.plan
    state = round_.reached if round_ else None
    empty = vacancies(plan.composition, plan.seat_count, seated, seats, state)
    return any(row.function in {vacated.function, ""} for row in empty)
