"""The jury: seats, declarations, score sheets, consensus, rankings and signatures."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Organisation, Person
from sir.proposals.models import Proposal
from sir.workflows.models import Criterion, Level


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
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))  # a reserve called in

    challenge: Mapped[Challenge] = relationship()
    person: Mapped[Person | None] = relationship()

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


class RoundState(StrEnum):
    """Where the judging of one challenge stands (jury: 3.3)."""

    CONFLICT_CHECK = "conflict_check"
    INDIVIDUAL = "individual"
    CONSENSUS = "consensus"
    QUALITY_LOCKED = "quality_locked"
    RANKED = "ranked"
    SIGNING = "signing"
    DECIDED = "decided"


class Round(Base):
    """One judging of one challenge's proposals."""

    __tablename__ = "jury_round"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[RoundState] = mapped_column(default=RoundState.CONFLICT_CHECK)
    order_key: Mapped[bytes] = mapped_column(LargeBinary)  # draws each juror's reading order
    due_at: Mapped[datetime | None]  # individual scores are due
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]  # reading and scoring began
    conferred_at: Mapped[datetime | None]  # the jury came together
    locked_at: Mapped[datetime | None]  # quality was settled
    decided_at: Mapped[datetime | None]  # every seat signed, or refused with a reason
    reason: Mapped[str] = mapped_column(default="")  # why a later round judges everything again

    challenge: Mapped[Challenge] = relationship()

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.challenge.buyer_id


class SheetState(StrEnum):
    """Where one juror's sheet on one proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    VOID = "void"  # the juror was excluded: kept, never counted


class Sheet(Base):
    """One juror's scores of one proposal."""

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "seat_id", "proposal_id"),
        CheckConstraint(
            "state NOT IN ('submitted', 'locked') OR submitted_at IS NOT NULL",
            name="submitted_has_time",
        ),
        Index("ix_sheet_round_id_proposal_id", "round_id", "proposal_id"),
        # a juror's list and its counts, without reading the sheets themselves
        Index("ix_sheet_desk", "round_id", "seat_id", "position", "ready"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]  # this juror's own drawn reading order
    state: Mapped[SheetState] = mapped_column(default=SheetState.DRAFT)
    ready: Mapped[int] = mapped_column(default=0)  # criteria with a level and a reason
    note: Mapped[str] = mapped_column(default="")  # private
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    seat: Mapped[Seat] = relationship()
    proposal: Mapped[Proposal] = relationship()
    cells: Mapped[list[Cell]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.round.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.round.buyer_id


class Cell(Base):
    """A level and a reason for one criterion on one sheet."""

    __tablename__ = "sheet_cell"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    reason: Mapped[str] = mapped_column(default="")

    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()


class SheetRevision(Base):
    """An earlier saving of a sheet. Nothing a juror wrote is lost."""

    __tablename__ = "sheet_revision"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class ItemState(StrEnum):
    """Where the jury's agreement on one criterion of one proposal stands."""

    OPEN = "open"
    AGREED = "agreed"
    AGREED_WITH_MINORITY = "agreed_with_minority"


class ConsensusItem(Base):
    """What the jury agreed on one criterion of one proposal, with one reason."""

    __tablename__ = "consensus_item"
    __table_args__ = (
        UniqueConstraint("round_id", "proposal_id", "criterion_id"),
        CheckConstraint(
            "state = 'open' OR (reason != '' AND agreed_at IS NOT NULL)", name="agreed_has_reason"
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("jury_round.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int]  # in the agenda: the widest disagreement first
    first_seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))  # drawn: speaks first
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))  # none: the mean decides
    reason: Mapped[str] = mapped_column(default="")
    extra_reason: Mapped[str] = mapped_column(default="")  # when outside the individual levels
    minority: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship()
    proposal: Mapped[Proposal] = relationship()
    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()
    first_seat: Mapped[Seat] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way

    @property
    def challenge_id(self) -> int:
        """The challenge this is about."""
        return self.proposal.challenge_id

    @property
    def buyer_id(self) -> int:
        """The public body whose jury it is."""
        return self.proposal.buyer_id


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


class Report(Base):
    """The jury's report on a ranking, to be signed by every seat over one hash."""

    __tablename__ = "jury_report"

    code: Mapped[str] = mapped_column(unique=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), unique=True)
    sha256: Mapped[str]  # of the PDF, which every seat signs over
    pdf: Mapped[str]  # the store's key
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
