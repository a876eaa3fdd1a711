"""Rankings, reports and signatures."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base


class Ranking(Base):
    """An immutable snapshot of an outcome; a new ranking is a new row with a reason."""

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    number: Mapped[int]
    plan_sha256: Mapped[str]
    inputs: Mapped[str]  # canonical JSON: the very file `flask sir rank` reads
    inputs_sha256: Mapped[str]
    result: Mapped[dict[str, Any]]
    app_version: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id

    @property
    def lot(self) -> str:
        """The value of the source that parted equals; empty when every place had another rule."""
        if all(place["decided_by"] != "lot" for place in self.result["ranking"]):
            return ""
        return str(json.loads(self.inputs)["seed"])


class Report(Base):
    """The jury's report on a ranking, to be signed by every seat over one hash."""

    __tablename__ = "jury_report"

    code: Mapped[str] = mapped_column(unique=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), unique=True)
    sha256: Mapped[str]  # of the PDF, which every seat signs over
    pdf: Mapped[str]  # the store's key
    sealed: Mapped[str | None]  # the store's key of the copy with a seal for each signature
    made_at: Mapped[datetime]

    ranking: Mapped[Ranking] = relationship()

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.ranking.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.ranking.round.buyer_id

    @property
    def round(self) -> Round:
        """The round it reports on."""
        return self.ranking.round


class Signature(Base):
    """A seat's signature on a report, or its reasoned refusal."""

    __tablename__ = "jury_signature"
    __table_args__ = (UniqueConstraint("report_id", "seat_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("jury_report.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    sha256: Mapped[str]
    signed_at: Mapped[datetime]
    refusal: Mapped[str] = mapped_column(default="")

    seat: Mapped[Seat] = relationship()
