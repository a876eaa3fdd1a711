"""What an adviser writes about a proposal: read once the jury confers, and never a score."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base
from sir.proposals.models import Proposal


class AdviceState(StrEnum):
    """Where one adviser's advice on one proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VOID = "void"  # the adviser was excluded: kept, never shown to the jury


class Advice(Base):
    """One adviser's words on one proposal. There is no level in it (jury: 3.2)."""

    __tablename__ = "advice"
    __table_args__ = (
        UniqueConstraint("round_id", "seat_id", "proposal_id"),
        CheckConstraint(
            "state != 'submitted' OR submitted_at IS NOT NULL", name="submitted_has_time"
        ),
        Index("ix_advice_round_id_proposal_id", "round_id", "proposal_id"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]  # this adviser's own drawn reading order
    state: Mapped[AdviceState] = mapped_column(default=AdviceState.DRAFT)
    text: Mapped[str] = mapped_column(default="")  # on the proposal as a whole
    remarks: Mapped[dict[str, Any]] = mapped_column(default=dict)  # criterion key -> a paragraph
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    seat: Mapped[Seat] = relationship()
    proposal: Mapped[Proposal] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id

    @property
    def has_words(self) -> bool:
        """Say whether anything was written."""
        return bool(self.text or any(self.remarks.values()))


class AdviceRevision(Base):
    """An earlier saving of an advice. Nothing an adviser wrote is lost."""

    __tablename__ = "advice_revision"
    __table_args__ = (UniqueConstraint("advice_id", "number"),)

    advice_id: Mapped[int] = mapped_column(ForeignKey("advice.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
