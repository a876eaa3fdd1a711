"""What each juror writes alone."""

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
from sir.workflows.models import Criterion, Level


class SheetState(StrEnum):
    """Where one juror's sheet on one proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    VOID = "void"  # the juror was excluded: kept, never counted


class Sheet(Base):
    """One juror's scores of one proposal."""

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "seat_id", "proposal_id"),
        CheckConstraint(
            "state NOT IN ('submitted', 'locked') OR submitted_at IS NOT NULL",
            name="submitted_has_time",
        ),
        Index("ix_sheet_round_id_proposal_id", "round_id", "proposal_id"),
        # a juror's list and its counts, without reading the sheets themselves
        Index("ix_sheet_desk", "round_id", "seat_id", "position", "ready"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]  # this juror's own drawn reading order
    state: Mapped[SheetState] = mapped_column(default=SheetState.DRAFT)
    ready: Mapped[int] = mapped_column(default=0)  # criteria with a level and a reason
    note: Mapped[str] = mapped_column(default="")  # private
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    seat: Mapped[Seat] = relationship()
    proposal: Mapped[Proposal] = relationship()
    cells: Mapped[list[Cell]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id


class Cell(Base):
    """A level and a reason for one criterion on one sheet."""

    __tablename__ = "sheet_cell"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    reason: Mapped[str] = mapped_column(default="")

    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()


class SheetRevision(Base):
    """An earlier saving of a sheet. Nothing a juror wrote is lost."""

    __tablename__ = "sheet_revision"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class SheetPatch(Base):
    """A change that was taken in under its own key, so that sending it again does no harm."""

    __tablename__ = "sheet_patch"
    __table_args__ = (UniqueConstraint("sheet_id", "key"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    key: Mapped[str]  # the sender's own
    sha256: Mapped[str]  # of what was sent under it
    version: Mapped[int]  # the sheet's, once it was taken in
    at: Mapped[datetime]
