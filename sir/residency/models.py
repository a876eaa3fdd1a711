"""Residencies: the four to six months after the award."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Organisation


class ResidencyState(StrEnum):
    """Where a residency stands."""

    PLANNED = "planned"
    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"


class Residency(Base):
    """A winning startup at work with a public body."""

    __tablename__ = "residency"
    __table_args__ = (
        UniqueConstraint("challenge_id", "startup_id"),
        CheckConstraint(
            "state NOT IN ('running', 'completed') OR (starts_on IS NOT NULL AND goal != '')",
            name="running_has_plan",
        ),
        CheckConstraint(
            "state NOT IN ('completed', 'stopped') OR (outcome != '' AND ended_at IS NOT NULL)",
            name="ended_has_outcome",
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    startup_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ResidencyState] = mapped_column(default=ResidencyState.PLANNED)
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    goal: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")

    challenge: Mapped[Challenge] = relationship()
    startup: Mapped[Organisation] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="residency", order_by="Milestone.due_on, Milestone.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def buyer_id(self) -> int:
        """The public body that receives."""
        return self.challenge.buyer_id

    @property
    def bidder_id(self) -> int:
        """The startup, by the name the permission rules use."""
        return self.startup_id


class MilestoneState(StrEnum):
    """Where a milestone stands. Late is what the clock says, so it is not a state."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Milestone(Base):
    """Something agreed to be ready by a date. Title and state are public, notes are not."""

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint("state != 'done' OR done_at IS NOT NULL", name="done_has_time"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    residency_id: Mapped[int] = mapped_column(ForeignKey("residency.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[MilestoneState] = mapped_column(default=MilestoneState.OPEN)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")  # for the two parties

    residency: Mapped[Residency] = relationship(back_populates="milestones")

    @property
    def buyer_id(self) -> int:
        """The public body that receives."""
        return self.residency.buyer_id

    @property
    def bidder_id(self) -> int:
        """The startup at work."""
        return self.residency.startup_id

    @property
    def challenge(self) -> Challenge:
        """The challenge this is about."""
        return self.residency.challenge

    @property
    def challenge_id(self) -> int:
        """The number of that challenge."""
        return self.residency.challenge_id
