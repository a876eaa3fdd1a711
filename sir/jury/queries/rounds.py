"""Questions about a round of judging: where it stands, and who still works."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Row, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import (
    Calibration,
    ConsensusItem,
    Declaration,
    ItemState,
    Occasion,
    Pitch,
    PitchState,
    Ranking,
    Report,
    Round,
    RoundState,
    Seat,
    SeatKind,
    SecondSheet,
    Sheet,
    Signature,
)
from sir.jury.queries.progress import HANDED_IN, total_of
from sir.jury.queries.seats import IS_SEATED, VOTES, is_admitted, the_one
from sir.jury.rules.conditions import Tally, experts_missing, seats_missing
from sir.jury.rules.pitches import pitches_are_promised
from sir.kernel.database import db
from sir.proposals.models import Proposal, ProposalState
from sir.proposals.rules import asks_price
from sir.workflows.models import PitchKind

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


def tally(round_: Round) -> Tally:
    """Count what a round's moves depend on, from what each juror's own counts say.

    As many rows for a large jury as for a small one.
    """
    challenge, plan = round_.challenge, round_.challenge.plan
    seated = select(Seat.id).where(Seat.challenge_id == challenge.id, IS_SEATED, VOTES)
    kinds = db.session.execute(
        select(
            Seat.function,
            Seat.kind,
            func.count(),
            func.sum(Seat.declared),
            func.count(Seat.cleared_at),
            func.sum(case((Seat.qualification != "", 1), else_=0)),
        )
        .where(Seat.challenge_id == challenge.id, IS_SEATED, VOTES)
        .group_by(Seat.function, Seat.kind)
    ).all()
    seats = sum(count for _function, _kind, count, *_rest in kinds)
    set_aside = select(Proposal.id).where(
        Proposal.challenge_id == challenge.id, Proposal.state == ProposalState.INADMISSIBLE
    )
    items = (
        select(func.count())
        .select_from(ConsensusItem)
        .join(ConsensusItem.proposal)
        .where(ConsensusItem.round_id == round_.id, is_admitted(challenge))
    )
    signed = (
        select(func.count())
        .select_from(Signature)
        .join(Report, Signature.report_id == Report.id)
        .join(Report.ranking)
        .where(Ranking.round_id == round_.id, Signature.seat_id.in_(seated))
    )
    proposals, excluded, agreed_on, still_open, answers, calibrations = _counts(
        select(func.count()).where(is_admitted(challenge)),
        select(func.count()).select_from(set_aside.subquery()),
        items,
        items.where(ConsensusItem.state == ItemState.OPEN),
        signed,
        select(func.count()).where(
            Calibration.round_id == round_.id, Calibration.closed_at.is_(None)
        ),
    )
    declared = sum(row[3] for row in kinds)
    handed_in = total_of(round_).submitted
    if excluded:  # after the opening, so the jurors' counts still hold these proposals
        words, sheets = _counts(
            select(func.count())
            .select_from(Declaration)
            .join(Proposal, Proposal.bidder_id == Declaration.bidder_id)
            .where(Declaration.seat_id.in_(seated), Proposal.id.in_(set_aside)),
            select(func.count()).where(
                Sheet.round_id == round_.id,
                Sheet.proposal_id.in_(set_aside),
                Sheet.seat_id.in_(seated),
                HANDED_IN,
            ),
        )
        declared -= words
        handed_in -= sheets
    functions = Counter({function: 0 for function, *_rest in kinds})
    for function, _kind, count, *_rest in kinds:
        functions[function] += count
    pitches_open, pitch_scores_missing = _pitches(round_, seats)
    return Tally(
        proposals=proposals,
        chairs=sum(count for _f, kind, count, *_rest in kinds if kind is SeatKind.CHAIR),
        seats_missing=seats_missing(plan.composition, plan.seat_count, functions.elements()),
        declarations_missing=seats * proposals - declared,
        seats_uncleared=seats - sum(row[4] for row in kinds),
        experts_missing=experts_missing(plan.qualification, seats, sum(row[5] for row in kinds)),
        calibration_missing=calibrations,
        sheets_missing=(seats if plan.readers is None else plan.readers) * proposals - handed_in,
        items=agreed_on,
        items_open=still_open,
        pitches_due=pitches_are_promised(plan) and round_.pitched_at is None,
        pitches_open=pitches_open,
        pitch_scores_missing=pitch_scores_missing,
        prices_sealed=asks_price(plan) and round_.prices_opened_at is None,
        pitches_ahead=pitches_are_promised(plan)
        and round_.pitched_at is None
        and round_.reached is not RoundState.RECONSIDERING,
        answers_missing=seats - answers,
        suspended_from=round_.suspended_from,
    )


def _pitches(round_: Round, seats: int) -> tuple[int, int]:
    """Count the pitches that are open, and the scores after held ones that are not handed in."""
    if round_.reached is not RoundState.PITCHING:
        return 0, 0
    still_open, held = db.session.execute(
        select(
            func.sum(case((Pitch.state == PitchState.INVITED, 1), else_=0)),
            func.sum(case((Pitch.state == PitchState.CLOSED, 1), else_=0)),
        ).where(Pitch.round_id == round_.id)
    ).one()
    if round_.challenge.plan.pitch is not PitchKind.RESCORE:
        return still_open or 0, 0
    heard = and_(Pitch.round_id == Sheet.round_id, Pitch.proposal_id == Sheet.proposal_id)
    (handed_in,) = _counts(
        select(func.count())
        .select_from(SecondSheet)
        .join(SecondSheet.sheet)
        .join(Sheet.seat)
        .join(Pitch, heard)
        .where(
            Sheet.round_id == round_.id,
            IS_SEATED,
            SecondSheet.occasion == Occasion.PITCH,
            SecondSheet.submitted_at.is_not(None),
            Pitch.state == PitchState.CLOSED,
        )
    )
    return still_open or 0, seats * (held or 0) - handed_in


def _counts(*queries: Select[int]) -> Row[*tuple[int, ...]]:
    """Ask for several numbers in one question."""
    return db.session.execute(select(*(query.scalar_subquery() for query in queries))).one()
