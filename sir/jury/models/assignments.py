"""Who reads which proposal, when a large first round is divided over the jury (jury: R1, F14)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.kernel.database import Base


class Assignment(Base):
    """A complete division of the proposals, never a part of one; in force once it is accepted."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("number = 1 OR reason != ''", name="later_has_reason"),
        CheckConstraint("accepted_at IS NULL OR accepted_by_id IS NOT NULL", name="accepted_by"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    number: Mapped[int]
    wishes: Mapped[dict[str, Any]]  # what the secretary asked for, to begin the next one with
    inputs: Mapped[str]  # canonical JSON: the very file `flask sir assign` reads
    inputs_sha256: Mapped[str]
    result: Mapped[dict[str, Any]]  # what `flask sir assign` prints
    reason: Mapped[str] = mapped_column(default="")  # why the proposals are divided again
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id
