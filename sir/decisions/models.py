"""Decisions: who wins, a motivated letter for every bidder, the standstill, the award."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
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
    WITHDRAWN = "withdrawn"  # before the award; a new decision may take its place


class Decision(Base):
    """An award decision on one challenge (Aw 2.127-2.130). One stands; others were withdrawn."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "state = 'draft' OR (notified_at IS NOT NULL AND standstill_ends_at IS NOT NULL)",
            name="notified_has_standstill",
        ),
        CheckConstraint("state != 'awarded' OR awarded_at IS NOT NULL", name="awarded_has_time"),
        CheckConstraint(
            "notified_by_id IS NULL OR notified_by_id != prepared_by_id", name="released_by_another"
        ),
        CheckConstraint(
            "cleared_by_id IS NULL OR cleared_by_id != prepared_by_id", name="cleared_by_another"
        ),
        CheckConstraint(
            "state != 'withdrawn' OR (withdrawn_at IS NOT NULL AND withdrawn_reason != '')",
            name="withdrawn_has_reason",
        ),
        Index("ix_decision_challenge_id", "challenge_id"),
        Index(
            "ux_decision_one_stands",
            "challenge_id",
            unique=True,
            sqlite_where=text("state != 'withdrawn'"),
            postgresql_where=text("state != 'withdrawn'"),
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]  # an approver's word; a call is sent with the last of them
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    notified_at: Mapped[datetime | None]
    notified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    standstill_ends_at: Mapped[datetime | None]  # award is possible from this instant
    awarded_at: Mapped[datetime | None]
    awarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")  # every bidder reads it
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    challenge: Mapped[Challenge] = relationship()
    ranking: Mapped[Ranking] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])
    replaces: Mapped[Decision | None] = relationship(remote_side="Decision.id")
    letters: Mapped[list[DecisionLetter]] = relationship(
        back_populates="decision", order_by="DecisionLetter.position", cascade="all, delete-orphan"
    )
    suspensions: Mapped[list[Suspension]] = relationship(
        back_populates="decision", order_by="Suspension.since"
    )
    withdrawals: Mapped[list[Withdrawal]] = relationship(
        back_populates="decision", order_by="Withdrawal.id"
    )

    @property
    def buyer_id(self) -> int:
        """The public body that decides."""
        return self.challenge.buyer_id


class Suspension(Base):
    """A summons or complaint that stops the clock from mattering: no award while it lasts."""

    __tablename__ = "decision_suspension"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR outcome != ''", name="ended_has_outcome"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    since: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")

    decision: Mapped[Decision] = relationship(back_populates="suspensions")


class Withdrawal(Base):
    """A proposal to take a decision back: it takes one to propose and another to confirm.

    In a call of which a startup wins one challenge it goes for each decision that leans on the
    first, and takes effect for all of them or for none: `lead` is the proposal for that first.
    """

    __tablename__ = "decision_withdrawal"
    __table_args__ = (
        CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id != proposed_by_id",
            name="confirmed_by_another",
        ),
        CheckConstraint(
            "closed_at IS NULL OR confirmed_at IS NOT NULL OR refusal != ''",
            name="closed_has_answer",
        ),
        Index("ix_decision_withdrawal_decision_id", "decision_id"),
        Index(
            "ux_decision_withdrawal_one_open",
            "decision_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("decision_withdrawal.id"), index=True)
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]  # withdrawn, or refused
    refusal: Mapped[str] = mapped_column(default="")  # why the decision stands
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    decision: Mapped[Decision] = relationship(back_populates="withdrawals")
    lead: Mapped[Withdrawal | None] = relationship(remote_side="Withdrawal.id")
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    refused_by: Mapped[Person | None] = relationship(foreign_keys=[refused_by_id])


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
    version: Mapped[int] = mapped_column()
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]  # by rank; the unranked and the inadmissible last
    outcome: Mapped[Outcome]
    rank: Mapped[int | None]
    lang: Mapped[str] = mapped_column(default="nl")
    content: Mapped[dict[str, Any]]  # scores and reasons per criterion, as they will be printed
    advantages: Mapped[str] = mapped_column(default="")  # of a winner, told to those who lost
    closing: Mapped[str] = mapped_column(default="")  # a personal closing paragraph
    checked_at: Mapped[datetime | None]  # looked through for business secrets
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    pdf: Mapped[str] = mapped_column(default="")  # the store's key, once released

    decision: Mapped[Decision] = relationship(back_populates="letters")
    proposal: Mapped[Proposal] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def bidder_id(self) -> int:
        """The startup it is addressed to."""
        return self.proposal.bidder_id

    @property
    def challenge(self) -> Challenge:
        """The challenge this is about."""
        return self.proposal.challenge

    @property
    def challenge_id(self) -> int:
        """The number of that challenge."""
        return self.proposal.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body that writes."""
        return self.proposal.buyer_id
