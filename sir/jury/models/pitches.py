"""The second stage: who was invited, when each pitches, and what was said (jury: R25, S10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base
from sir.proposals.models import Proposal


class PitchState(StrEnum):
    """Where a finalist's pitch stands."""

    INVITED = "invited"
    CLOSED = "closed"  # held, and its minutes are complete
    CANCELLED = "cancelled"  # the finalist does not pitch, with the reason


class PitchStage(Base):
    """The pitches of one round: the draw and its publication."""

    __tablename__ = "pitch_stage"

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"), unique=True)
    seed: Mapped[str]  # fixed before anybody says when they can come
    invited_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]  # the slots changed last: who answered before answers again
    drawn_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()


class PitchSlot(Base):
    """A time and a place for one pitch."""

    __tablename__ = "pitch_slot"
    __table_args__ = (UniqueConstraint("round_id", "starts_at"),)

    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]  # of the pitch and the questions together
    room: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")  # of an online meeting

    round: Mapped[Round] = relationship()

    @property
    def ends_at(self) -> datetime:
        """When the slot is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id


class SlotAnswer(Base):
    """In which slots a member of the jury, or a finalist, cannot come."""

    __tablename__ = "pitch_answer"
    __table_args__ = (
        UniqueConstraint("round_id", "seat_id"),
        UniqueConstraint("round_id", "proposal_id"),
        CheckConstraint("(seat_id IS NULL) != (proposal_id IS NULL)", name="of_one"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    blocked: Mapped[list[Any]] = mapped_column(default=list)  # codes of slots
    answered_at: Mapped[datetime]


class Pitch(Base):
    """One finalist's pitch: its slot, its clock, its questions and its minutes."""

    __tablename__ = "pitch"
    __table_args__ = (
        UniqueConstraint("round_id", "proposal_id"),
        CheckConstraint("state != 'closed' OR minutes != ''", name="closed_has_minutes"),
        CheckConstraint("state != 'cancelled' OR reason != ''", name="cancelled_has_reason"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    state: Mapped[PitchState] = mapped_column(default=PitchState.INVITED)
    invited_at: Mapped[datetime]
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("pitch_slot.id"), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar file (RFC 5545, 3.8.7.4)
    started_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    minutes: Mapped[str] = mapped_column(default="")  # what was said (2014/24/EU art. 82(6))
    closed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")  # why it was cancelled, or moved last
    confirmed_at: Mapped[datetime | None]  # the finalist read the minutes
    remarks: Mapped[str] = mapped_column(default="")  # and what they add

    round: Mapped[Round] = relationship()
    proposal: Mapped[Proposal] = relationship()
    slot: Mapped[PitchSlot | None] = relationship()
    questions: Mapped[list[PitchQuestion]] = relationship(
        order_by="PitchQuestion.position", cascade="all, delete-orphan", lazy="selectin"
    )
    present: Mapped[list[PitchPresence]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.proposal.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.proposal.buyer_id

    @property
    def bidder_id(self) -> int:
        """The startup that pitches."""
        return self.proposal.bidder_id


class PitchQuestion(Base):
    """A question to a finalist and its answer (2014/24/EU art. 82(5))."""

    __tablename__ = "pitch_question"
    __table_args__ = (UniqueConstraint("pitch_id", "position"),)

    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitch.id"))
    position: Mapped[int]
    is_extra: Mapped[bool] = mapped_column(default=False)  # else it is one that everybody gets
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None]


class PitchPresence(Base):
    """A seat that heard a pitch."""

    __tablename__ = "pitch_presence"
    __table_args__ = (UniqueConstraint("pitch_id", "seat_id"),)

    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitch.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    noted_at: Mapped[datetime]

    seat: Mapped[Seat] = relationship()
