"""Decisions: who wins, a motivated letter for every bidder, the standstill, the award."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.jury.models import Ranking
from sir.kernel.database import Base
from sir.people.models import Person
from sir.proposals.models import Proposal


class DecisionState(StrEnum):
    """Where a decision stands."""

    DRAFT = "draft"
    NOTIFIED = "notified"
    SUSPENDED = "suspended"
    AWARDED = "awarded"


class Decision(Base):
    """The award decision of one challenge (Aw 2.127-2.130)."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "state = 'draft' OR (notified_at IS NOT NULL AND standstill_ends_at IS NOT NULL)",
            name="notified_has_standstill",
        ),
        CheckConstraint("state != 'awarded' OR awarded_at IS NOT NULL", name="awarded_has_time"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    advantages: Mapped[str] = mapped_column(default="")  # what made the winner win, without secrets
    notified_at: Mapped[datetime | None]
    notified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    standstill_ends_at: Mapped[datetime | None]  # award is possible from this instant
    suspended_at: Mapped[datetime | None]
    suspension_reason: Mapped[str] = mapped_column(default="")
    awarded_at: Mapped[datetime | None]
    awarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped[Challenge] = relationship()
    ranking: Mapped[Ranking] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])

    @property
    def buyer_id(self) -> int:
        """The public body that decides."""
        return self.challenge.buyer_id


class Outcome(StrEnum):
    """What a letter says."""

    SELECTED = "selected"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"


class DecisionLetter(Base):
    """One bidder's letter: its own scores and reasons, and the winner's relative advantages."""

    __tablename__ = "decision_letter"
    __table_args__ = (UniqueConstraint("decision_id", "proposal_id"),)

    code: Mapped[str] = mapped_column(unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    outcome: Mapped[Outcome]
    rank: Mapped[int | None]
    content: Mapped[dict[str, Any]]  # scores and reasons per criterion, as they will be printed
    closing: Mapped[str] = mapped_column(default="")  # a personal closing paragraph
    checked_at: Mapped[datetime | None]  # looked through for business secrets
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    pdf: Mapped[str] = mapped_column(default="")  # the store's key, once released

    decision: Mapped[Decision] = relationship()
    proposal: Mapped[Proposal] = relationship()

    @property
    def bidder_id(self) -> int:
        """The startup it is addressed to."""
        return self.proposal.bidder_id

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.proposal.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body that writes."""
        return self.proposal.buyer_id
