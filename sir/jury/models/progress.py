"""How far each juror is, counted along with the work itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.jury.models.rounds import Round
from sir.jury.models.seats import Seat
from sir.kernel.database import Base


class Workload(Base):
    """One seat's sheets in one round, counted in the same transaction as each change of a sheet.

    A row belongs to one juror, so that jurors who save at the same moment do not wait for each
    other. Void sheets are in no count.
    """

    __tablename__ = "workload"
    __table_args__ = (UniqueConstraint("round_id", "seat_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    assigned: Mapped[int] = mapped_column(default=0)
    begun: Mapped[int] = mapped_column(default=0)  # saved at least once
    ready: Mapped[int] = mapped_column(default=0)  # every criterion has its level and its reason
    submitted: Mapped[int] = mapped_column(default=0)
    active_on: Mapped[date | None]  # the last day, in Amsterdam, that the juror worked

    round: Mapped[Round] = relationship()
    seat: Mapped[Seat] = relationship()


class Workday(Base):
    """How many sheets a juror had ready when a day ended on which that number changed."""

    __tablename__ = "workday"
    __table_args__ = (UniqueConstraint("workload_id", "day"),)

    workload_id: Mapped[int] = mapped_column(ForeignKey("workload.id"))
    day: Mapped[date]
    ready: Mapped[int]

    workload: Mapped[Workload] = relationship()
