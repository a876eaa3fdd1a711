"""What startups want first in a call, and the outcome that was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Call
from sir.kernel.database import Base
from sir.people.models import Organisation, Person


class Preference(Base):
    """In which order a startup wants to win its own entries in a call: sealed, like an offer."""

    __tablename__ = "call_preference"
    __table_args__ = (UniqueConstraint("call_id", "bidder_id"),)

    version: Mapped[int] = mapped_column()
    call_id: Mapped[int] = mapped_column(ForeignKey("challenge_call.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sealed: Mapped[str]  # codes of challenges; bound to call, startup and version
    saved_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    call: Mapped[Call] = relationship()
    bidder: Mapped[Organisation] = relationship()
    by: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way


class Resolution(Base):
    """The recorded outcome of a call. It never changes; a new one is a new row with a reason."""

    __tablename__ = "call_resolution"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("follows_rankings OR reason != ''", name="other_has_reason"),
        CheckConstraint("number = 1 OR reason != ''", name="later_has_reason"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("challenge_call.id"))
    number: Mapped[int]
    inputs: Mapped[str]  # canonical JSON: rankings, places, orders, and who had won already
    inputs_sha256: Mapped[str]
    wins: Mapped[dict[str, Any]]  # a startup's code -> the code of the challenge it wins
    follows_rankings: Mapped[bool]  # the first outcome; another one needs a reason
    reason: Mapped[str] = mapped_column(default="")
    app_version: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    call: Mapped[Call] = relationship()
    made_by: Mapped[Person] = relationship()
