"""Questions about the written questions of a jury."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from sir.challenges.models import Challenge
from sir.jury.models import Inquiry, Reply, Round
from sir.jury.queries.seats import the_one
from sir.kernel.database import db
from sir.proposals.models import Proposal


def reply_by_code(code: str) -> Reply:
    """Find what one bidder answers, with the question and the challenge."""
    reply: Reply = the_one(
        select(Reply)
        .where(Reply.code == code)
        .options(
            joinedload(Reply.inquiry)
            .joinedload(Inquiry.round)
            .joinedload(Round.challenge)
            .joinedload(Challenge.plan),
            joinedload(Reply.proposal).joinedload(Proposal.bidder),
        )
    )
    return reply


def inquiries_of(round_: Round) -> list[Inquiry]:
    """List every written question of a round, with its answers."""
    return list(
        db.session.scalars(
            select(Inquiry)
            .where(Inquiry.round_id == round_.id)
            .order_by(Inquiry.number)
            .options(
                selectinload(Inquiry.replies).joinedload(Reply.proposal).joinedload(Proposal.bidder)
            )
        )
    )


def replies_on(round_: Round, proposal: Proposal) -> list[Reply]:
    """List what was asked of one proposal, with what it answered."""
    return list(
        db.session.scalars(
            select(Reply)
            .join(Reply.inquiry)
            .where(Inquiry.round_id == round_.id, Reply.proposal_id == proposal.id)
            .order_by(Inquiry.number)
            .options(contains_eager(Reply.inquiry))
        )
    )


def is_waiting(round_: Round, at: datetime) -> bool:
    """Say whether answers to a written question can still come in."""
    query = select(Inquiry.id).where(Inquiry.round_id == round_.id, Inquiry.due_at > at)
    return db.session.scalar(query.limit(1)) is not None
