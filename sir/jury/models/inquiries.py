"""Written questions of the jury to those whose proposals it reads by number (art. 82(5)(6))."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.kernel.database import Base
from sir.proposals.models import Proposal


class Inquiry(Base):
    """One written question, to one proposal or to several, answered before one instant."""

    __tablename__ = "inquiry"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("due_at > asked_at", name="due_after_asked"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    number: Mapped[int]  # 1, 2, 3 … of this round
    text: Mapped[str]
    is_for_all: Mapped[bool]  # everybody got this same question
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime]  # answers come in before it, and are read from it on

    round: Mapped[Round] = relationship()
    replies: Mapped[list[Reply]] = relationship(
        order_by="Reply.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id


class Reply(Base):
    """What one bidder, known to the jury by number, answers."""

    __tablename__ = "inquiry_reply"
    __table_args__ = (
        UniqueConstraint("inquiry_id", "proposal_id"),
        CheckConstraint("answered_at IS NULL OR text != ''", name="answered_has_text"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    text: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    inquiry: Mapped[Inquiry] = relationship(overlaps="replies")
    proposal: Mapped[Proposal] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def round(self) -> Round:
        """The round in which it was asked."""
        return self.inquiry.round

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.inquiry.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.inquiry.buyer_id

    @property
    def bidder_id(self) -> int:
        """The startup that is asked."""
        return self.proposal.bidder_id
