"""The prices of a round, from the moment two people opened them."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.kernel.database import Base
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
