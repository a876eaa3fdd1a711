"""What the jury agrees together."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base
from sir.proposals.models import Proposal
from sir.workflows.models import Criterion, Level


class ItemState(StrEnum):
    """Where the jury's agreement on one criterion of one proposal stands."""

    OPEN = "open"
    AGREED = "agreed"
    AGREED_WITH_MINORITY = "agreed_with_minority"


class Stage(StrEnum):
    """On what the jury agreed: what it read, or what it heard from a finalist."""

    PAPER = "paper"
    PITCH = "pitch"


class ConsensusItem(Base):
    """What the jury agreed on one criterion of one proposal, with one reason.

    After the pitches a finalist's items are agreed again, in rows of their own: what was agreed
    on paper stays as it was.
    """

    __tablename__ = "consensus_item"
    __table_args__ = (
        UniqueConstraint("round_id", "proposal_id", "criterion_id", "stage"),
        CheckConstraint(
            "state = 'open' OR (reason != '' AND agreed_at IS NOT NULL)", name="agreed_has_reason"
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    stage: Mapped[Stage] = mapped_column(default=Stage.PAPER)
    position: Mapped[int]  # in the agenda: the widest disagreement first
    first_seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))  # drawn: speaks first
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))  # none: the mean decides
    reason: Mapped[str] = mapped_column(default="")
    extra_reason: Mapped[str] = mapped_column(default="")  # when outside the individual levels
    minority: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship()
    proposal: Mapped[Proposal] = relationship()
    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()
    first_seat: Mapped[Seat] = relationship()
    discussion: Mapped[Discussion | None] = relationship()

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
    def begun_at(self) -> datetime | None:
        """When the jury began to discuss it, which everybody's timer counts from."""
        return self.discussion.begun_at if self.discussion else None


class Discussion(Base):
    """When an item was begun: beside the item, whose version only what is agreed may raise."""

    __tablename__ = "discussion"

    item_id: Mapped[int] = mapped_column(ForeignKey("consensus_item.id"), unique=True)
    begun_at: Mapped[datetime]
