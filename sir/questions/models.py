"""Questions that startups ask before the deadline, and the answers everyone reads."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Organisation, Person


class QuestionState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Question(Base):
    """One question. Who asked is for the officer's eyes only, and never leaves this table."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(
            "state != 'published' OR (answer != '' AND published_at IS NOT NULL)",
            name="published_has_answer",
        ),
        UniqueConstraint("challenge_id", "number"),
        Index("ix_question_asked_by_id", "asked_by_id"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bidder_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    text: Mapped[str]  # as asked
    public_text: Mapped[str] = mapped_column(default="")  # as published, without names
    answer: Mapped[str] = mapped_column(default="")
    number: Mapped[int | None]  # 1, 2, 3 … in order of publication
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.ASKED)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    challenge: Mapped[Challenge] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    bidder: Mapped[Organisation | None] = relationship()

    @property
    def buyer_id(self) -> int:
        """The public body that answers."""
        return self.challenge.buyer_id
