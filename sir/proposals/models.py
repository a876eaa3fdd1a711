"""Proposals: what a startup offers, sealed until two officials open the vault together."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sir.challenges.models import Challenge
from sir.kernel.database import Base
from sir.people.models import Organisation, Person


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    INADMISSIBLE = "inadmissible"


class PartKind(StrEnum):
    """The separately sealed parts, so that who may read one cannot read another."""

    IDEA = "idea"  # the three A4
    COMPANY = "company"  # name, register, signatory, declaration
    COST = "cost"  # kept from the quality jury
    PRICE = "price"  # what becomes points: shut until the scores are fixed
    PICTURE = "picture"  # the bytes of the picture page; the three A4 name their hash


class SealingKey(Base):
    """The key of one challenge's vault, wrapped by the master key outside the database."""

    __tablename__ = "sealing_key"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Proposal(Base):
    """One startup's answer to one challenge. What it says is never in this table."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("challenge_id", "bidder_id"),
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted_has_time"),
        CheckConstraint(
            "state NOT IN ('opened', 'inadmissible') OR number IS NOT NULL",
            name="opened_has_number",
        ),
        CheckConstraint(
            "state != 'inadmissible' OR inadmissible_reason != ''", name="inadmissible_has_reason"
        ),
        CheckConstraint(
            "readmitted_at IS NULL OR readmitted_reason != ''", name="readmitted_has_reason"
        ),
        Index("ix_proposal_bidder_id", "bidder_id"),
        Index("ix_proposal_challenge_id_state", "challenge_id", "state"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int | None]  # given at the opening, in drawn order: "proposal 3"
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.DRAFT)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    inadmissible_reason: Mapped[str] = mapped_column(default="")  # kept when it is taken back
    readmitted_at: Mapped[datetime | None]
    readmitted_reason: Mapped[str] = mapped_column(default="")

    challenge: Mapped[Challenge] = relationship()
    bidder: Mapped[Organisation] = relationship()

    @property
    def buyer_id(self) -> int:
        """The public body that asked."""
        return self.challenge.buyer_id

    @property
    def journal_stream(self) -> str:
        """The vault's own chain: who tried what with an envelope is not for the team to read."""
        return vault_stream(self.challenge)

    @property
    def own_stream(self) -> str:
        """The chain of its drafts: bidders who write do not wait for each other."""
        return f"proposal:{self.code}"


def vault_stream(challenge: Challenge) -> str:
    """Name the chain of all that came in and went out before the opening."""
    return f"vault:{challenge.code}"


class Draft(Base):
    """What is being written, sealed as well: nobody but its bidder reads a draft."""

    __tablename__ = "draft"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    version: Mapped[int] = mapped_column()
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]  # of the canonical content
    pages: Mapped[Decimal]  # A4, as the press measured it
    saved_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way


class DraftPicture(Base):
    """The picture of a draft, sealed beside it: saving a word need not seal a megabyte anew."""

    __tablename__ = "draft_picture"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]  # of the JPEG, as the draft names it


class Submission(Base):
    """One handing-in. The one that was neither replaced nor withdrawn counts."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        Index(
            "ix_submission_current",
            "proposal_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]  # 1, 2, 3 … of this proposal
    key: Mapped[str] = mapped_column(unique=True)  # proposal and draft version: counts once
    receipt: Mapped[str] = mapped_column(unique=True)  # a code to read out
    received_at: Mapped[datetime]  # to the millisecond, taken under the challenge's lock
    sha256: Mapped[str]  # of the canonical content
    anchor: Mapped[str]  # the last link of the vault's chain when it came in
    pages: Mapped[Decimal]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    replaced_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship()
    by: Mapped[Person] = relationship()


class Part(Base):
    """The sealed bytes of one part of one submission."""

    __tablename__ = "submission_part"
    __table_args__ = (UniqueConstraint("submission_id", "kind"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    kind: Mapped[PartKind]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]  # of this part's canonical content


class OpeningState(StrEnum):
    """Where an opening stands."""

    STARTED = "started"
    COMPLETED = "completed"
    LAPSED = "lapsed"  # the second official came too late


class Opening(Base):
    """Two officials, two sessions, two factors, within ten minutes (2014/24/EU annex IV e)."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint(
            "state != 'completed' OR (second_id IS NOT NULL AND second_id != first_id)",
            name="completed_by_two",
        ),
        Index(
            "ix_opening_one",
            "challenge_id",
            "round_number",
            unique=True,
            sqlite_where=text("state != 'lapsed'"),
            postgresql_where=text("state != 'lapsed'"),
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    round_number: Mapped[int] = mapped_column(default=0)  # whose prices; 0: the proposals
    state: Mapped[OpeningState] = mapped_column(default=OpeningState.STARTED)
    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_at: Mapped[datetime]
    first_sign_in_id: Mapped[int] = mapped_column(ForeignKey("sign_in.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_at: Mapped[datetime | None]
    second_sign_in_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in.id"))
    count: Mapped[int | None]
    record_pdf: Mapped[str] = mapped_column(default="")  # the store's key of the opening record

    challenge: Mapped[Challenge] = relationship()
    first: Mapped[Person] = relationship(foreign_keys=[first_id])
    second: Mapped[Person | None] = relationship(foreign_keys=[second_id])

    @property
    def buyer_id(self) -> int:
        """The public body whose vault it is."""
        return self.challenge.buyer_id
