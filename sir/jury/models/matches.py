"""What the platform finds between somebody on the jury and a bidder, for one pair of eyes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.seats import Seat
from sir.kernel.database import Base
from sir.people.models import Organisation


class Verdict(StrEnum):
    """What was decided about a match."""

    NO_TIE = "no_tie"
    ADMIT = "admit"  # a loose tie; the juror stays
    EXCLUDE = "exclude"


class Match(Base):
    """A seat and a bidder that share something. Only who guards integrity sees it (R10)."""

    __tablename__ = "jury_match"
    __table_args__ = (
        UniqueConstraint("seat_id", "bidder_id"),
        CheckConstraint(
            "verdict IS NULL OR (reason != '' AND decided_at IS NOT NULL)", name="verdict_reasoned"
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    grounds: Mapped[list[Any]]  # {"kind", "mine", "theirs"}, as they were found
    found_at: Mapped[datetime]
    verdict: Mapped[Verdict | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship()
    bidder: Mapped[Organisation] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.seat.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.seat.buyer_id

    @property
    def journal_stream(self) -> str:
        """A chain of its own: who reads the challenge's journal must not count matches."""
        return f"integrity:{self.seat.challenge.code}"
