"""One invented proposal that the whole jury scores before the real ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base


class Calibration(Base):
    """The example of one round. Scores on it never count."""

    __tablename__ = "calibration"
    __table_args__ = (
        CheckConstraint(
            "closed_by_id IS NULL OR (closed_at IS NOT NULL AND reason != '')",
            name="closed_early_has_reason",
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"), unique=True)
    example: Mapped[dict[str, Any]]  # language -> the three A4, as a bidder fills them in
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # from here everybody sees everything
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")  # why it was closed before all were done

    round: Mapped[Round] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id


class CalibrationSheet(Base):
    """One juror's levels and reasons on the example, given alone."""

    __tablename__ = "calibration_sheet"
    __table_args__ = (UniqueConstraint("calibration_id", "seat_id"),)

    version: Mapped[int] = mapped_column()
    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibration.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    levels: Mapped[dict[str, Any]]  # criterion key -> position on the scale
    reasons: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way
