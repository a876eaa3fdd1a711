"""Challenges: a policy problem a public body asks startups to solve."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.kernel.database import Base
from sir.people.models import Organisation, Person, Role
from sir.terms.models import Terms
from sir.workflows.models import Plan


class ChallengeState(StrEnum):
    """What people decided. What the clock decides is a phase: see rules.py."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    PUBLISHED = "published"
    OPENED = "opened"
    NOTIFIED = "notified"
    AWARDED = "awarded"
    CANCELLED = "cancelled"


class Theme(StrEnum):
    """What a challenge is about, for finding it."""

    SERVICES = "dienstverlening"
    CLIMATE_WATER = "klimaat_water"
    ENERGY = "energie"
    HEALTH = "gezondheid"
    CITY = "stad"
    CIRCULAR = "circulair"
    MOBILITY = "mobiliteit"
    SAFETY = "veiligheid"
    DIGITAL = "digitaal"


class Call(Base):
    """A named group of challenges that are published and decided together, by one body or more."""

    __tablename__ = "challenge_call"

    code: Mapped[str] = mapped_column(unique=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    is_one_win: Mapped[bool]  # a startup wins at most one of its challenges
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]  # with the first of its challenges
    resolved_at: Mapped[datetime | None]  # when it was recorded last who wins what

    buyer: Mapped[Organisation] = relationship()
    challenges: Mapped[list[Challenge]] = relationship(
        viewonly=True, order_by="Challenge.closes_at, Challenge.id"
    )


class Challenge(Base):
    """One challenge, with its dates. Its text is in terms, its criteria in a plan."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'review', 'approved', 'cancelled') OR published_at IS NOT NULL",
            name="published_has_time",
        ),
        CheckConstraint(
            "state IN ('draft', 'review', 'cancelled') OR closes_at IS NOT NULL",
            name="approved_has_deadline",
        ),
        Index("ix_challenge_state_closes_at", "state", "closes_at"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    terms_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), unique=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_call.id"), index=True)
    theme: Mapped[Theme] = mapped_column(default=Theme.SERVICES)
    state: Mapped[ChallengeState] = mapped_column(default=ChallengeState.DRAFT)
    created_at: Mapped[datetime]

    questions_close_at: Mapped[datetime | None]
    answers_by: Mapped[date | None]  # last note of clarification
    closes_at: Mapped[datetime | None]  # proposals are welcome before this instant
    meeting_at: Mapped[datetime | None]
    pitch_on: Mapped[date | None]
    decision_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    demo_on: Mapped[date | None]
    follow_up_on: Mapped[date | None]  # the decision after the pilot

    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")

    buyer: Mapped[Organisation] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    terms: Mapped[Terms] = relationship(lazy="joined", innerjoin=True)
    plan: Mapped[Plan] = relationship()
    call: Mapped[Call | None] = relationship()
    partners: Mapped[list[Partner]] = relationship(viewonly=True)

    @property
    def challenge_id(self) -> int:
        """Its own number, so that rules can ask any thing on which challenge it is."""
        return self.id


class Partner(Base):
    """Another public body that owns the challenge too (interbestuurlijk)."""

    __tablename__ = "challenge_partner"
    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id"),)

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class TeamPlace(Base):
    """A person holds a role on one challenge: owner, officer, approver or secretary."""

    __tablename__ = "team_place"
    __table_args__ = (
        UniqueConstraint("challenge_id", "person_id", "role"),
        Index("ix_team_place_person_id", "person_id"),
    )

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role]
    since: Mapped[datetime]

    challenge: Mapped[Challenge] = relationship()
    person: Mapped[Person] = relationship()


class Edition(Base):
    """The text and plan as approved: frozen, hashed and printed."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    content: Mapped[str]  # canonical JSON of terms, dates and plan
    sha256: Mapped[str]
    plan_sha256: Mapped[str]
    pdf_nl: Mapped[str]  # the store's key
    pdf_en: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class ReviewNote(Base):
    """A remark that sent a challenge back to its author, or let it pass."""

    __tablename__ = "review_note"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str]

    by: Mapped[Person] = relationship()
