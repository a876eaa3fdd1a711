"""How a jury will judge: criteria, weights, scale and method, frozen at publication."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.kernel.database import Base
from sir.people.models import Organisation


class Method(StrEnum):
    """How individual scores become one (jury: F1, F2)."""

    CONSENSUS = "consensus"
    MEAN = "mean"


class Anonymity(StrEnum):
    """Until when the jury reads without names (jury: R28)."""

    UNTIL_DECISION = "until_decision"
    UNTIL_QUALITY_LOCK = "until_quality_lock"
    OPEN = "open"


class PitchKind(StrEnum):
    """What a pitch may change (jury: R25)."""

    NONE = "none"
    CLARIFY = "clarify"  # the levels stay as they were on paper
    RESCORE = "rescore"  # a juror may change the paper level, with a reason


class PriceFormula(StrEnum):
    """How a price becomes points (jury: F7)."""

    ABSOLUTE = "absolute"  # between a published floor and ceiling
    RELATIVE = "relative"  # against the lowest price; needs the clause of no new ranking


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
    tie_order: Mapped[list[Any]] = mapped_column(default=list)  # criterion keys; empty: by weight
    anonymity_reason: Mapped[str] = mapped_column(default="")  # why the jury reads with names
    qualification: Mapped[str] = mapped_column(default="")  # asked of a third (2014/24/EU art. 81)
    competence: Mapped[bool] = mapped_column(default=False)  # each seat states it per criterion
    readers: Mapped[int | None]  # jurors per proposal in a first round; None: the full panel (R1)
    load_least: Mapped[int | None]  # proposals per juror, when readers are assigned
    load_most: Mapped[int | None]
    pitch: Mapped[PitchKind] = mapped_column(default=PitchKind.NONE)
    pitch_questions: Mapped[list[Any]] = mapped_column(default=list)  # the same for everybody
    price_weight: Mapped[Decimal | None]  # percent, with the criteria's exactly 100; None: no price
    price_formula: Mapped[PriceFormula] = mapped_column(default=PriceFormula.ABSOLUTE)
    price_floor: Mapped[Decimal | None]  # euro without VAT: at or below it all points
    price_ceiling: Mapped[Decimal | None]  # euro without VAT: at or above it none
    no_new_ranking: Mapped[bool] = mapped_column(default=False)  # the clause a relative price needs
    calibration: Mapped[bool] = mapped_column(default=False)  # an invented proposal comes first
    report_diagnostics: Mapped[bool] = mapped_column(default=False)  # printed in the jury's report
    report_advice: Mapped[bool] = mapped_column(default=False)  # advisers' words are its annex
    screen_names: Mapped[bool] = mapped_column(default=True)  # jurors' names on the projector
    recipe: Mapped[str] = mapped_column(default="", index=True)  # it began with
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


class Recipe(Base):
    """A plan that a public body shares, for others to begin with. Built-in ones live in code."""

    __tablename__ = "recipe"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    content: Mapped[dict[str, Any]]  # as `plan_content` gives it
    shared_at: Mapped[datetime]
    shared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    body: Mapped[Organisation] = relationship()
