"""Somebody who may be asked to sit on a jury, looked at before they are (jury: S2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base


class Answer(StrEnum):
    """All that whoever composes the jury hears of a look at ties."""

    SEAT = "seat"
    DO_NOT_SEAT = "do_not_seat"
    CANNOT_SAY = "cannot_say"  # not yet: nothing can be compared, or something must be asked


class Candidate(Base):
    """A candidate juror. The reason of the answer is for who guards integrity, and the auditor."""

    __tablename__ = "jury_candidate"
    __table_args__ = (
        UniqueConstraint("challenge_id", "email"),
        CheckConstraint(
            "answer IS NULL OR (reason != '' AND answered_at IS NOT NULL)", name="answer_reasoned"
        ),
        CheckConstraint("answer IS NULL OR asked_at IS NOT NULL", name="answered_when_asked"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    name: Mapped[str]
    email: Mapped[str]  # lower case
    organisation: Mapped[str] = mapped_column(default="")  # where they work, as it was noted
    function: Mapped[str] = mapped_column(default="")  # the one they are thought of for
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None]  # a look at ties was asked for
    answer: Mapped[Answer | None]
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped[Challenge] = relationship()

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.challenge.buyer_id

    @property
    def journal_stream(self) -> str:
        """A chain of its own: what was decided on ties is not for the team to read."""
        return f"integrity:{self.challenge.code}"
