"""Questions about who reads which proposal, when they are divided (jury: R1, F14)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import Assignment, Declaration, Round, Seat, Sheet, SheetState
from sir.jury.queries.progress import COUNTS, HANDED_IN
from sir.jury.queries.seats import HAS_TIE, IS_SEATED, VOTES, is_admitted, the_one
from sir.jury.rules.problem import Pair
from sir.kernel.database import db
from sir.proposals.models import Proposal


def assignment_by_code(code: str) -> Assignment:
    """Find a division of the proposals, with its round and plan."""
    found: Assignment = the_one(
        select(Assignment)
        .where(Assignment.code == code)
        .options(joinedload(Assignment.round).joinedload(Round.challenge).options(IN_BRIEF))
    )
    recall_plan(found.round.challenge)
    return found


def latest_assignment(round_: Round) -> Assignment | None:
    """Find the division that was made last, accepted or not."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.round_id == round_.id)
        .order_by(Assignment.number.desc())
        .limit(1)
    )


def accepted_assignment(round_: Round) -> Assignment | None:
    """Find the division that is in force: the one that was accepted last."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.accepted_at.is_not(None))
        .order_by(Assignment.number.desc())
        .limit(1)
    )


def tied_pairs(challenge: Challenge) -> frozenset[Pair]:
    """Give the proposals and seats with a declared tie, admitted or not: others can read those."""
    rows = db.session.execute(
        select(Proposal.number, Seat.label)
        .select_from(Declaration)
        .join(Declaration.seat)
        .join(Proposal, Proposal.bidder_id == Declaration.bidder_id)
        .where(Seat.challenge_id == challenge.id, HAS_TIE, is_admitted(challenge))
    )
    return frozenset((str(number), label) for number, label in rows)


def handed_out(round_: Round) -> dict[Pair, bool]:
    """Say of each proposal and voting seat that have a sheet whether its work was begun."""
    rows = db.session.execute(
        select(Proposal.number, Seat.label, Sheet.state, Sheet.saved_at)
        .join(Sheet.proposal)
        .join(Sheet.seat)
        .where(
            Sheet.round_id == round_.id,
            COUNTS,
            IS_SEATED,
            VOTES,
            is_admitted(round_.challenge),
        )
    )
    return {
        (str(number), label): saved_at is not None or state is not SheetState.DRAFT
        for number, label, state, saved_at in rows
    }


def unread(round_: Round, readers: int) -> list[int]:
    """List the numbers of proposals that have not exactly so many sheets handed in."""
    counted = (
        select(Sheet.proposal_id, func.count().label("sheets"))
        .join(Sheet.seat)
        .where(Sheet.round_id == round_.id, HANDED_IN, IS_SEATED, VOTES)
        .group_by(Sheet.proposal_id)
        .subquery()
    )
    return list(
        db.session.scalars(
            select(Proposal.number)
            .outerjoin(counted, counted.c.proposal_id == Proposal.id)
            .where(is_admitted(round_.challenge), func.coalesce(counted.c.sheets, 0) != readers)
            .order_by(Proposal.number)
        )
    )


def left_by(round_: Round, vacated: Seat, readers: int) -> list[Proposal]:
    """List what an emptied seat had to read and nobody reads in its place."""
    alive = (
        select(func.count())
        .select_from(Sheet)
        .join(Sheet.seat)
        .where(
            Sheet.round_id == round_.id,
            Sheet.proposal_id == Proposal.id,
            COUNTS,
            IS_SEATED,
            VOTES,
        )
        .correlate(Proposal)
        .scalar_subquery()
    )
    had = select(Sheet.proposal_id).where(Sheet.round_id == round_.id, Sheet.seat_id == vacated.id)
    return list(
        db.session.scalars(
            select(Proposal)
            .where(is_admitted(round_.challenge), Proposal.id.in_(had), alive < readers)
            .order_by(Proposal.number)
        )
    )
