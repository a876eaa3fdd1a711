"""The seats of a jury, and what those who sit in them declare."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Organisation, Person


class SeatKind(StrEnum):
    """What a seat may do. The values are those of people.Role."""

    CHAIR = "chair"
    JUROR = "juror"
    RESERVE = "reserve"
    ADVISER = "adviser"


VOTING = frozenset({SeatKind.CHAIR, SeatKind.JUROR})


class Seat(Base):
    """A place on the jury, with the function that was announced. A person sits in it."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("challenge_id", "label"),
        CheckConstraint("vacated_at IS NULL OR vacated_reason != ''", name="vacated_has_reason"),
        CheckConstraint("accepted_at IS NULL OR person_id IS NOT NULL", name="accepted_by_one"),
        Index("ix_seat_person_id", "person_id"),
        Index(
            "ux_seat_open_email",
            "challenge_id",
            "email",
            unique=True,
            sqlite_where=text("vacated_at IS NULL"),
            postgresql_where=text("vacated_at IS NULL"),
        ),
        Index(
            "ux_seat_one_chair",
            "challenge_id",
            unique=True,
            sqlite_where=text("vacated_at IS NULL AND kind = 'chair'"),
            postgresql_where=text("vacated_at IS NULL AND kind = 'chair'"),
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    label: Mapped[str]  # J1, J2, …
    kind: Mapped[SeatKind] = mapped_column(default=SeatKind.JUROR)
    function: Mapped[str]
    qualification: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)  # the invitation is bound to it
    invited_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]
    vacated_at: Mapped[datetime | None]
    vacated_reason: Mapped[str] = mapped_column(default="")
    declared: Mapped[int] = mapped_column(default=0)  # bidders this seat gave its word on
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))  # a reserve called in
    cleared_at: Mapped[datetime | None]  # nothing stands between its holder and the proposals
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    offered_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))  # to this reserve
    offered_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]  # this reserve turned down a seat that came free

    challenge: Mapped[Challenge] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.challenge.buyer_id


class Tie(StrEnum):
    """What a juror declares about one bidder (jury: R11)."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


class Measure(StrEnum):
    """What was decided about a declared tie."""

    ADMIT = "admit"
    EXCLUDE = "exclude"


class Declaration(Base):
    """A juror's word on one bidder, given before reading anything."""

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("seat_id", "bidder_id"),
        CheckConstraint("tie = 'none' OR detail != ''", name="tie_has_detail"),
        Index(
            "ix_declaration_tied",
            "seat_id",
            sqlite_where=text("tie != 'none'"),
            postgresql_where=text("tie != 'none'"),
        ),
        CheckConstraint("measured_by_id IS NULL OR measure_reason != ''", name="measure_reasoned"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    tie: Mapped[Tie]
    detail: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]
    measure: Mapped[Measure | None]
    measure_reason: Mapped[str] = mapped_column(default="")
    measured_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    measured_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship()
    bidder: Mapped[Organisation] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.seat.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.seat.buyer_id
