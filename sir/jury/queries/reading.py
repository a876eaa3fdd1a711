"""Questions about what a member of the jury may not read of the others (jury: 3.5)."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from sir.jury.models import Assignment, Declaration, Round, Seat, Tie
from sir.jury.queries.seats import seat_of
from sir.kernel.database import db
from sir.people.models import Person
from sir.proposals.models import Proposal


def kept_from(round_: Round, person: Person) -> frozenset[int]:
    """Give the numbers of the proposals that a member of the jury never gets to read.

    Those are the ones whose bidder they have a loose tie with that nobody decided on. When the
    proposals are divided, also every one they declared a tie about, and every one the secretary
    kept them from with a reason: others read those, so there is no need. An excluded juror has
    no seat any more and reads nothing at all.
    """
    seat = seat_of(round_.challenge_id, person)
    if seat is None:
        return frozenset()
    is_divided = round_.challenge.plan.readers is not None
    awaits = and_(Declaration.tie == Tie.SOFT, Declaration.measure.is_(None))
    tied = select(Declaration.bidder_id).where(
        Declaration.seat_id == seat.id,
        Declaration.tie != Tie.NONE if is_divided else awaits,
    )
    numbers = _barred(round_, seat) if is_divided else []
    return frozenset(
        db.session.scalars(
            select(Proposal.id).where(
                Proposal.challenge_id == round_.challenge_id,
                or_(Proposal.bidder_id.in_(tied), Proposal.number.in_(numbers)),
            )
        )
    )


def _barred(round_: Round, seat: Seat) -> list[int]:
    """List the numbers that the division in force keeps a seat from."""
    wishes = db.session.scalar(
        select(Assignment.wishes)
        .where(Assignment.round_id == round_.id, Assignment.accepted_at.is_not(None))
        .order_by(Assignment.number.desc())
        .limit(1)
    )
    rows = (wishes or {}).get("barred", {})
    return [int(number) for number, labels in rows.items() if seat.label in labels]
