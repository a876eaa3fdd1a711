"""One judging of the proposals of one challenge."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base


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


class Round(Base):
    """One judging of one challenge's proposals."""

    __tablename__ = "jury_round"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[RoundState] = mapped_column(default=RoundState.CONFLICT_CHECK)
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
