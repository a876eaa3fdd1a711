"""One judging of the proposals of one challenge."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.jury.models.seats import Seat
from sir.kernel.database import Base
from sir.people.models import Person


class RoundState(StrEnum):
    """Where the judging of one challenge stands (jury: 3.3)."""

    CONFLICT_CHECK = "conflict_check"
    INDIVIDUAL = "individual"
    CONSENSUS = "consensus"
    QUALITY_LOCKED = "quality_locked"
    PRICE_OPENED = "price_opened"  # only where the plan weighs a price
    RANKED = "ranked"
    PITCHING = "pitching"  # the finalists pitch; each juror scores that alone
    RECONSIDERING = "reconsidering"  # the jury agrees again on the finalists
    SIGNING = "signing"
    DECIDED = "decided"
    SUSPENDED = "suspended"  # it lies still, and goes on from where it was


class Round(Base):
    """One judging of one challenge's proposals."""

    __tablename__ = "jury_round"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint(
            "(state = 'suspended') = (suspended_from IS NOT NULL)", name="suspended_from_somewhere"
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[RoundState] = mapped_column(default=RoundState.CONFLICT_CHECK)
    suspended_from: Mapped[RoundState | None]  # while it lies still
    order_key: Mapped[bytes] = mapped_column(LargeBinary)  # draws each juror's reading order
    due_at: Mapped[datetime | None]  # individual scores are due
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]  # reading and scoring began
    conferred_at: Mapped[datetime | None]  # the jury came together
    locked_at: Mapped[datetime | None]  # quality was settled
    prices_opened_at: Mapped[datetime | None]  # by two people together
    pitched_at: Mapped[datetime | None]  # the stage of the pitches is over
    decided_at: Mapped[datetime | None]  # every seat signed, or refused with a reason
    reason: Mapped[str] = mapped_column(default="")  # why a later round judges everything again

    challenge: Mapped[Challenge] = relationship()

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.challenge.buyer_id

    @property
    def reached(self) -> RoundState:
        """Where the judging is, or was when it was suspended: what may be seen depends on it."""
        return self.suspended_from or self.state


class RoundSuspension(Base):
    """A time in which a round lay still: since when, why, and how it ended (jury: 3.3, R9).

    A seat that came empty without a reserve suspends by itself; a person does so with a reason.
    """

    __tablename__ = "jury_suspension"
    __table_args__ = (
        CheckConstraint("seat_id IS NOT NULL OR reason != ''", name="has_cause"),
        CheckConstraint("ended_at IS NULL OR outcome != ''", name="ended_has_outcome"),
        Index(
            "ux_jury_suspension_one_at_a_time",
            "round_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))  # nobody can fill it
    reason: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # nobody: the platform
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")

    round: Mapped[Round] = relationship()
    seat: Mapped[Seat | None] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
