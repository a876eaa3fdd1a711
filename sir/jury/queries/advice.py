"""Questions about what advisers wrote."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import Advice, AdviceState, Round, Seat, SeatKind
from sir.jury.queries.seats import IS_OPEN, IS_SEATED, the_one
from sir.kernel.database import db
from sir.proposals.models import Proposal


def advice_by_code(code: str) -> Advice:
    """Find one advice, with its adviser, its proposal and the plan it is written by."""
    advice: Advice = the_one(
        select(Advice)
        .where(Advice.code == code)
        .options(
            joinedload(Advice.seat),
            joinedload(Advice.proposal).joinedload(Proposal.bidder),
            joinedload(Advice.round)
            .joinedload(Round.challenge)
            .options(IN_BRIEF, joinedload(Challenge.buyer)),
        )
    )
    recall_plan(advice.round.challenge)
    return advice


def advice_of(round_: Round, seat: Seat) -> list[Advice]:
    """List an adviser's own advice in their own drawn order."""
    return list(
        db.session.scalars(
            select(Advice)
            .where(Advice.round_id == round_.id, Advice.seat_id == seat.id)
            .order_by(Advice.position)
            .options(joinedload(Advice.proposal).joinedload(Proposal.bidder))
        )
    )


def advice_given(round_: Round, proposal: Proposal | None = None) -> list[Advice]:
    """List what advisers handed in, on one proposal or on all: only what has words.

    Whoever calls this answers for the jury conferring already.
    """
    query = (
        select(Advice)
        .join(Advice.seat)
        .where(Advice.round_id == round_.id, Advice.state == AdviceState.SUBMITTED, IS_OPEN)
        .order_by(Advice.proposal_id, Advice.seat_id)
        .options(contains_eager(Advice.seat), joinedload(Advice.proposal))
    )
    if proposal is not None:
        query = query.where(Advice.proposal_id == proposal.id)
    return [advice for advice in db.session.scalars(query) if advice.has_words]


def advisers_of(challenge: Challenge) -> list[Seat]:
    """List who advises this jury now."""
    return list(
        db.session.scalars(
            select(Seat)
            .where(Seat.challenge_id == challenge.id, IS_SEATED, Seat.kind == SeatKind.ADVISER)
            .order_by(Seat.id)
            .options(joinedload(Seat.person))
        )
    )


def advisers_at_work(round_: Round) -> list[Seat]:
    """List the advisers who have proposals to write about and did not hand in yet."""
    return list(
        db.session.scalars(
            select(Seat)
            .where(
                IS_OPEN,
                Seat.id.in_(
                    select(Advice.seat_id).where(
                        Advice.round_id == round_.id, Advice.state == AdviceState.DRAFT
                    )
                ),
            )
            .order_by(Seat.id)
        )
    )
