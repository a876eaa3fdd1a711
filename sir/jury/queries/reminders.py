"""Questions about who still has to do something."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.jury.models import Ranking, Report, Round, RoundState, Seat, Signature
from sir.jury.queries.progress import jury_progress
from sir.jury.queries.seats import IS_SEATED, OWES_A_WORD, VOTES, voting_seats
from sir.kernel.database import db


def rounds_to_remind() -> list[Round]:
    """List the rounds in which jurors declare, score or sign."""
    return list(
        db.session.scalars(
            select(Round)
            .where(
                Round.state.in_(
                    {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL, RoundState.SIGNING}
                )
            )
            .order_by(Round.id)
            .options(joinedload(Round.challenge).joinedload(Challenge.plan))
        )
    )


def unfinished_seats(round_: Round) -> list[Seat]:
    """List the voting seats that are not done with what is due in this state of the round."""
    if round_.state is RoundState.CONFLICT_CHECK:
        return list(
            db.session.scalars(
                select(Seat)
                .where(Seat.challenge_id == round_.challenge_id, IS_SEATED, VOTES, OWES_A_WORD)
                .order_by(Seat.id)
            )
        )
    if round_.state is RoundState.INDIVIDUAL:
        rows = jury_progress(round_)
        return [row.seat for row in rows if row.counted.submitted < row.counted.assigned]
    if round_.state is RoundState.SIGNING:
        answered = set(
            db.session.scalars(
                select(Signature.seat_id)
                .join(Report, Signature.report_id == Report.id)
                .join(Report.ranking)
                .where(Ranking.round_id == round_.id)
            )
        )
        return [seat for seat in voting_seats(round_.challenge) if seat.id not in answered]
    return []
