"""What a juror changes afterwards on a sheet that stays as it is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.sheets import Sheet
from sir.kernel.database import Base
from sir.workflows.models import Criterion, Level


class Occasion(StrEnum):
    """What made a juror look again."""

    DISCUSSION = "discussion"  # by the method of the mean (jury: R8)
    PITCH = "pitch"  # of a finalist (jury: R25)


class SecondSheet(Base):
    """A juror's second sheet on one proposal. The first stays; of two the second counts."""

    __tablename__ = "second_sheet"
    __table_args__ = (UniqueConstraint("sheet_id", "occasion"),)

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    occasion: Mapped[Occasion]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]  # until then it is its juror's own

    sheet: Mapped[Sheet] = relationship()
    cells: Mapped[list[SecondCell]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.sheet.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.sheet.buyer_id


class SecondCell(Base):
    """A level, and the reason for leaving the one before."""

    __tablename__ = "second_cell"
    __table_args__ = (UniqueConstraint("second_sheet_id", "criterion_id"),)

    second_sheet_id: Mapped[int] = mapped_column(ForeignKey("second_sheet.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))  # none: not yet chosen
    reason: Mapped[str] = mapped_column(default="")

    criterion: Mapped[Criterion] = relationship(lazy="joined")
    level: Mapped[Level | None] = relationship(lazy="joined")


class SecondRevision(Base):
    """An earlier saving of a second sheet. Nothing a juror wrote is lost."""

    __tablename__ = "second_revision"
    __table_args__ = (UniqueConstraint("second_sheet_id", "number"),)

    second_sheet_id: Mapped[int] = mapped_column(ForeignKey("second_sheet.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
