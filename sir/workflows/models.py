"""How a jury will judge: criteria, weights, scale and method, frozen at publication."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.kernel.database import Base


class Method(StrEnum):
    """How individual scores become one (jury: F1, F2)."""

    CONSENSUS = "consensus"
    MEAN = "mean"


class Anonymity(StrEnum):
    """Until when the jury reads without names (jury: R28)."""

    UNTIL_DECISION = "until_decision"
    UNTIL_QUALITY_LOCK = "until_quality_lock"
    OPEN = "open"


class Plan(Base):
    """The evaluation plan of one challenge."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("frozen_at IS NULL OR sha256 IS NOT NULL", name="frozen_has_hash"),
    )

    version: Mapped[int] = mapped_column()
    method: Mapped[Method] = mapped_column(default=Method.CONSENSUS)
    decimals: Mapped[int] = mapped_column(default=2)
    minimum_total: Mapped[Decimal | None]  # points out of 100, inclusive
    min_reason: Mapped[int] = mapped_column(default=80)  # characters per criterion
    anonymity: Mapped[Anonymity] = mapped_column(default=Anonymity.UNTIL_QUALITY_LOCK)
    seat_count: Mapped[int] = mapped_column(default=3)
    composition: Mapped[list[Any]] = mapped_column(default=list)  # functions, as announced
    lot_seed: Mapped[str] = mapped_column(default="")  # a public source, announced beforehand
    frozen_at: Mapped[datetime | None]
    sha256: Mapped[str | None]

    criteria: Mapped[list[Criterion]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan", lazy="selectin"
    )
    levels: Mapped[list[Level]] = relationship(
        order_by="Level.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way


class Criterion(Base):
    """One award criterion."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    key: Mapped[str]  # K1, K2, …
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    looks_for: Mapped[str] = mapped_column(default="")
    looks_for_en: Mapped[str] = mapped_column(default="")
    weight: Mapped[Decimal]  # percent; a plan's weights sum to exactly 100
    minimum: Mapped[Decimal | None]  # points on the scale, inclusive
    anchors: Mapped[dict[str, Any]] = mapped_column(default=dict)  # level position -> {"nl", "en"}


class Level(Base):
    """One step of the scale, with what it means in general."""

    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]  # 1 is the lowest
    points: Mapped[Decimal]  # strictly increasing with position
    label: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    anchor: Mapped[str] = mapped_column(default="")
    anchor_en: Mapped[str] = mapped_column(default="")
