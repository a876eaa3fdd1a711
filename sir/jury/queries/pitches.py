"""Questions about pitches."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.jury.models import (
    Occasion,
    Pitch,
    PitchSlot,
    PitchStage,
    PitchState,
    Round,
    Seat,
    SecondSheet,
    Sheet,
    SlotAnswer,
)
from sir.jury.queries.seats import the_one
from sir.kernel.database import db
from sir.proposals.models import Proposal

_WHOLE = (
    joinedload(Pitch.slot),
    joinedload(Pitch.proposal).joinedload(Proposal.bidder),
    joinedload(Pitch.round).joinedload(Round.challenge).joinedload(Challenge.plan),
)


def pitch_by_code(code: str) -> Pitch:
    """Find a pitch, with its slot, its finalist and its round."""
    pitch: Pitch = the_one(select(Pitch).where(Pitch.code == code).options(*_WHOLE))
    return pitch


def slot_by_code(code: str) -> PitchSlot:
    """Find a slot."""
    slot: PitchSlot = the_one(
        select(PitchSlot)
        .where(PitchSlot.code == code)
        .options(joinedload(PitchSlot.round).joinedload(Round.challenge))
    )
    return slot


def pitch_on(proposal: Proposal) -> Pitch | None:
    """Find the newest pitch a proposal was invited to."""
    return db.session.scalar(
        select(Pitch)
        .where(Pitch.proposal_id == proposal.id)
        .order_by(Pitch.id.desc())
        .limit(1)
        .options(joinedload(Pitch.slot), joinedload(Pitch.proposal))
    )


def pitches_of(round_: Round) -> list[Pitch]:
    """List the pitches by the finalists' numbers."""
    return list(
        db.session.scalars(
            select(Pitch)
            .join(Pitch.proposal)
            .where(Pitch.round_id == round_.id)
            .order_by(Proposal.number)
            .options(joinedload(Pitch.slot), joinedload(Pitch.proposal).joinedload(Proposal.bidder))
        )
    )


def in_order_of_time(pitches: Sequence[Pitch]) -> list[Pitch]:
    """Put pitches in the order of their slots, those without one last."""
    without = [pitch for pitch in pitches if pitch.slot is None]
    timed = sorted((p.slot.starts_at, p.id, p) for p in pitches if p.slot is not None)
    return [pitch for *_key, pitch in timed] + without


def pitch_of(proposal: Proposal) -> Pitch | None:
    """Find the newest pitch of a proposal, if it is a finalist."""
    return db.session.scalar(
        select(Pitch).where(Pitch.proposal_id == proposal.id).order_by(Pitch.id.desc()).limit(1)
    )


def stage_of(round_: Round) -> PitchStage | None:
    """Find the pitch stage of a round, once the finalists are invited."""
    return db.session.scalar(select(PitchStage).where(PitchStage.round_id == round_.id))


def slots_of(round_: Round) -> list[PitchSlot]:
    """List the slots in order of time."""
    return list(
        db.session.scalars(
            select(PitchSlot).where(PitchSlot.round_id == round_.id).order_by(PitchSlot.starts_at)
        )
    )


def answers_of(round_: Round) -> list[SlotAnswer]:
    """List who said when they cannot come."""
    return list(
        db.session.scalars(
            select(SlotAnswer).where(SlotAnswer.round_id == round_.id).order_by(SlotAnswer.id)
        )
    )


def seat_answer(round_: Round, seat: Seat) -> SlotAnswer | None:
    """Find when a member of the jury cannot come."""
    return _answer(round_, SlotAnswer.seat_id == seat.id)


def finalist_answer(round_: Round, proposal: Proposal) -> SlotAnswer | None:
    """Find when a finalist cannot come."""
    return _answer(round_, SlotAnswer.proposal_id == proposal.id)


def _answer(round_: Round, who: ColumnElement[bool]) -> SlotAnswer | None:
    return db.session.scalar(select(SlotAnswer).where(SlotAnswer.round_id == round_.id, who))


def finalists_of(round_: Round) -> list[Proposal]:
    """List who was invited to pitch, also who did not in the end."""
    return [pitch.proposal for pitch in pitches_of(round_)]


def pitch_sheets(round_: Round, seat: Seat) -> list[tuple[Pitch, Sheet, SecondSheet | None]]:
    """List one juror's own sheets on the pitches that were held, with their own changes."""
    rows = db.session.execute(
        select(Pitch, Sheet, SecondSheet)
        .join(Sheet, (Sheet.round_id == Pitch.round_id) & (Sheet.proposal_id == Pitch.proposal_id))
        .outerjoin(
            SecondSheet,
            (SecondSheet.sheet_id == Sheet.id) & (SecondSheet.occasion == Occasion.PITCH),
        )
        .where(
            Pitch.round_id == round_.id, Pitch.state == PitchState.CLOSED, Sheet.seat_id == seat.id
        )
        .order_by(Pitch.id)
        .options(joinedload(Pitch.proposal).joinedload(Proposal.bidder))
    )
    return [(pitch, sheet, second) for pitch, sheet, second in rows.unique()]


def sheets_heard(round_: Round) -> list[Sheet]:
    """List every voting seat's sheets on the pitches that were held."""
    held = select(Pitch.proposal_id).where(
        Pitch.round_id == round_.id, Pitch.state == PitchState.CLOSED
    )
    return list(
        db.session.scalars(
            select(Sheet)
            .join(Sheet.seat)
            .where(
                Sheet.round_id == round_.id,
                Sheet.proposal_id.in_(held),
                Seat.vacated_at.is_(None),
            )
            .order_by(Sheet.seat_id, Sheet.proposal_id)
            .options(joinedload(Sheet.proposal), joinedload(Sheet.seat))
        )
    )
