"""The yearly register: what ties somebody on a jury to organisations and people."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.kernel.database import Base
from sir.people.models import Person


class InterestKind(StrEnum):
    """How somebody is tied to an organisation (jury: R10)."""

    EMPLOYER = "employer"
    OWNER = "owner"
    SIDE = "side"  # a side position, paid or not
    FAMILY = "family"  # of a partner or close relative
    OTHER = "other"


class Register(Base):
    """One person's interests in one calendar year. "None" is stated actively."""

    __tablename__ = "register"
    __table_args__ = (
        UniqueConstraint("person_id", "year"),
        CheckConstraint("signed_at IS NULL OR sha256 IS NOT NULL", name="signed_has_hash"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    year: Mapped[int]
    has_none: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None]  # every change asks for a new signature
    sha256: Mapped[str | None]  # of what was signed

    person: Mapped[Person] = relationship()
    interests: Mapped[list[Interest]] = relationship(
        back_populates="register", order_by="Interest.id", lazy="selectin"
    )


class Interest(Base):
    """One tie in a register. What was signed once is kept, also after it was struck out."""

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint("organisation != '' OR people != ''", name="interest_names_somebody"),
        CheckConstraint("kvk IS NULL OR length(kvk) = 8", name="kvk_has_eight_digits"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"), index=True)
    kind: Mapped[InterestKind]
    organisation: Mapped[str] = mapped_column(default="")
    kvk: Mapped[str | None]
    domain: Mapped[str] = mapped_column(default="")  # of its e-mail addresses, lower case
    people: Mapped[str] = mapped_column(default="")  # names, one a line
    since: Mapped[date | None]
    until: Mapped[date | None]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    register: Mapped[Register] = relationship(back_populates="interests")

    @property
    def person_id(self) -> int:
        """Whose interest it is."""
        return self.register.person_id
