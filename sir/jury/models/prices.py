"""The prices of a round, from the moment two people opened them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Tie
from sir.kernel.database import Base
from sir.people.models import Organisation
from sir.proposals.models import Proposal


class OpenedPrice(Base):
    """What one envelope said. An excluded proposal keeps its row: it was opened."""

    __tablename__ = "opened_price"
    __table_args__ = (UniqueConstraint("round_id", "proposal_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    receipt: Mapped[str]
    sha256: Mapped[str]  # of the sealed part, which stands in that of the receipt
    amount: Mapped[Decimal | None]  # euro without VAT; None: the seal was broken

    round: Mapped[Round] = relationship()
    proposal: Mapped[Proposal] = relationship()


class PriceDeclaration(Base):
    """A price assessor's word on one bidder, given before any price opens (2014/24/EU art. 24)."""

    __tablename__ = "price_declaration"
    __table_args__ = (
        UniqueConstraint("challenge_id", "person_id", "bidder_id"),
        CheckConstraint("tie = 'none' OR detail != ''", name="tie_has_detail"),
    )

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    tie: Mapped[Tie]
    detail: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]

    bidder: Mapped[Organisation] = relationship()
