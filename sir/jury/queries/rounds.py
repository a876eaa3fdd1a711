"""Questions about a round of judging: where it stands, and who still works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import (
    ConsensusItem,
    Declaration,
    ItemState,
    Ranking,
    Report,
    Round,
    RoundState,
    Seat,
    SeatKind,
    Sheet,
    SheetState,
    Signature,
    Tie,
)
from sir.jury.queries.seats import declared_counts, is_admitted, the_one, voting_seats
from sir.jury.rules.conditions import Tally, seats_missing
from sir.kernel.database import db
from sir.proposals.models import Proposal

HANDED_IN = Sheet.state.in_({SheetState.SUBMITTED, SheetState.LOCKED})


_BY_CODE = (
    select(Round)
    .where(Round.code == bindparam("code"))
    .options(joinedload(Round.challenge).options(IN_BRIEF))
)
_LATEST = (
    select(Round)
    .where(Round.challenge_id == bindparam("challenge_id"))
    .order_by(Round.number.desc())
    .limit(1)
)


def round_by_code(code: str) -> Round:
    """Find a round, with its challenge and plan."""
    found: Round = the_one(_BY_CODE, code=code)
    recall_plan(found.challenge)
    return found


def current_round(challenge: Challenge) -> Round | None:
    """Find the latest round of a challenge, if judging has begun."""
    found = db.session.scalar(_LATEST, {"challenge_id": challenge.id})
    if found is not None:
        set_committed_value(found, "challenge", challenge)
        recall_plan(challenge)
    return found


def rounds_to_remind() -> list[Round]:
    """List the rounds in which jurors still declare or score."""
    return list(
        db.session.scalars(
            select(Round)
            .where(
                Round.state.in_({RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}),
                Round.due_at.is_not(None),
            )
            .order_by(Round.id)
            .options(joinedload(Round.challenge).joinedload(Challenge.plan))
        )
    )


def tally(round_: Round) -> Tally:
    """Count what a round's moves depend on, in six small questions."""
    challenge, plan = round_.challenge, round_.challenge.plan
    seats = voting_seats(challenge)
    numbers = [seat.id for seat in seats]
    proposals = _count(select(func.count()).where(is_admitted(challenge)))
    declared = db.session.execute(
        select(
            func.count(),
            func.sum(case((and_(Declaration.tie == Tie.SOFT, Declaration.measure.is_(None)), 1))),
        )
        .select_from(Declaration)
        .join(Proposal, Proposal.bidder_id == Declaration.bidder_id)
        .where(Declaration.seat_id.in_(numbers), is_admitted(challenge))
    ).one()
    handed_in = _count(
        select(func.count())
        .select_from(Sheet)
        .join(Sheet.proposal)
        .where(
            Sheet.round_id == round_.id,
            Sheet.seat_id.in_(numbers),
            HANDED_IN,
            is_admitted(challenge),
        )
    )
    items = db.session.execute(
        select(func.count(), func.sum(case((ConsensusItem.state == ItemState.OPEN, 1))))
        .select_from(ConsensusItem)
        .join(ConsensusItem.proposal)
        .where(ConsensusItem.round_id == round_.id, is_admitted(challenge))
    ).one()
    answers = _count(
        select(func.count())
        .select_from(Signature)
        .join(Report, Signature.report_id == Report.id)
        .join(Report.ranking)
        .where(Ranking.round_id == round_.id, Signature.seat_id.in_(numbers))
    )
    return Tally(
        proposals=proposals,
        chairs=sum(seat.kind is SeatKind.CHAIR for seat in seats),
        seats_missing=seats_missing(
            plan.composition, plan.seat_count, [seat.function for seat in seats]
        ),
        declarations_missing=len(seats) * proposals - declared[0],
        ties_undecided=declared[1] or 0,
        sheets_missing=len(seats) * proposals - handed_in,
        items=items[0],
        items_open=items[1] or 0,
        answers_missing=len(seats) - answers,
    )


def _count(query: Select[Any]) -> int:
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Progress:
    """How far one juror is: counts only."""

    seat: Seat
    total: int
    submitted: int
    begun: int
    declared: int


def progress(round_: Round) -> list[Progress]:
    """Count each voting seat's sheets without looking at one (jury: R4)."""
    counts = {
        row.seat_id: row
        for row in db.session.execute(
            select(
                Sheet.seat_id,
                func.count().label("total"),
                func.sum(case((HANDED_IN, 1), else_=0)).label("submitted"),
                func.sum(case((Sheet.saved_at.is_not(None), 1), else_=0)).label("begun"),
            )
            .where(Sheet.round_id == round_.id, Sheet.state != SheetState.VOID)
            .group_by(Sheet.seat_id)
        )
    }
    declared = declared_counts(round_.challenge)
    return [
        Progress(
            seat,
            counts[seat.id].total if seat.id in counts else 0,
            counts[seat.id].submitted if seat.id in counts else 0,
            counts[seat.id].begun if seat.id in counts else 0,
            declared.get(seat.id, 0),
        )
        for seat in voting_seats(round_.challenge)
    ]
