"""The lot: what the published source gave, typed by two people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Person


class Lot(Base):
    """The value that parts proposals which no published rule parts (jury: F6).

    It counts from the moment a second person typed the same; from then on it never changes.
    """

    __tablename__ = "jury_lot"
    __table_args__ = (
        CheckConstraint(
            "(second_id IS NULL) = (second_at IS NULL)", name="second_person_and_moment"
        ),
        CheckConstraint("second_id IS NULL OR second_id != first_id", name="two_people"),
    )

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    value: Mapped[str]
    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_at: Mapped[datetime]
    second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = relationship()
    first: Mapped[Person] = relationship(foreign_keys=[first_id])
    second: Mapped[Person | None] = relationship(foreign_keys=[second_id])

    @property
    def code(self) -> str:
        """Name the lot by its challenge: there is one for each."""
        return self.challenge.code
