"""Questions about proposals. What a proposal says is only read where a key is brought."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select, union
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.kernel.canonical import sha256
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import lazy
from sir.people.models import Membership, Organisation, Person, Role
from sir.ports.vault import Tampered, Vault
from sir.proposals.models import (
    Draft,
    DraftPicture,
    Opening,
    OpeningState,
    Part,
    PartKind,
    Proposal,
    ProposalState,
    SealingKey,
    Submission,
)
from sir.proposals.rules import DRAFT_PICTURE, Content, binding, empty_content, price_of


class SealedPrice(NamedTuple):
    """What came out of the envelope of one price."""

    proposal: Proposal
    receipt: str
    sha256: str
    amount: Decimal | None  # euro without VAT; None: the seal was broken


OPEN = (ProposalState.OPENED, ProposalState.INADMISSIBLE)
BROKEN_SEAL = lazy(
    "The seal of this text is broken: what is stored is not what was sealed. Tell the platform "
    "admin; the journal keeps the hash of the original."
)


def proposal_by_code(code: str) -> Proposal:
    """Find the proposal a link points to, with its challenge and bidder, without its content."""
    proposal = db.session.scalar(
        select(Proposal)
        .where(Proposal.code == code)
        .options(joinedload(Proposal.challenge), joinedload(Proposal.bidder))
    )
    if proposal is None:
        raise Missing
    return proposal


def proposal_of(challenge: Challenge, bidder: Organisation) -> Proposal | None:
    """Find what a startup made of a challenge."""
    return db.session.scalar(
        select(Proposal).where(
            Proposal.challenge_id == challenge.id, Proposal.bidder_id == bidder.id
        )
    )


def startups_of(person: Person) -> Sequence[Organisation]:
    """List the startups a person may hand in for."""
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person.id, Membership.role == Role.STARTUP_MEMBER)
        .order_by(Organisation.name)
    ).all()


def proposals_of(person: Person) -> Sequence[Proposal]:
    """List the proposals of a person's startups, the first to close first."""
    return db.session.scalars(
        select(Proposal)
        .join(Membership, Membership.organisation_id == Proposal.bidder_id)
        .join(Challenge, Challenge.id == Proposal.challenge_id)
        .where(Membership.person_id == person.id, Membership.role == Role.STARTUP_MEMBER)
        .options(joinedload(Proposal.challenge), joinedload(Proposal.bidder))
        .order_by(Challenge.closes_at, Proposal.id)
    ).all()


def bidder_people(bidder: Organisation) -> Sequence[Person]:
    """List the people who speak for a bidder."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == bidder.id, Membership.role == Role.STARTUP_MEMBER)
        .order_by(Person.id)
    ).all()


def opened_proposals(challenge: Challenge) -> Sequence[Proposal]:
    """List what came out of the vault by drawn number, with bidders; no content is read."""
    return _opened(challenge, OPEN)


def admissible_proposals(challenge: Challenge) -> Sequence[Proposal]:
    """List the opened proposals that the jury judges, by drawn number."""
    return _opened(challenge, (ProposalState.OPENED,))


def _opened(challenge: Challenge, states: tuple[ProposalState, ...]) -> Sequence[Proposal]:
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.challenge_id == challenge.id, Proposal.state.in_(states))
        .options(joinedload(Proposal.bidder))
        .order_by(Proposal.number)
    ).all()


def count_in_state(challenge: Challenge, *states: ProposalState) -> int:
    """Count the envelopes without looking inside."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Proposal)
            .where(Proposal.challenge_id == challenge.id, Proposal.state.in_(states))
        )
        or 0
    )


def sealed_proposals(challenge: Challenge) -> Sequence[Proposal]:
    """List what lies in the vault, for whoever opens it."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.challenge_id == challenge.id, Proposal.state == ProposalState.SEALED)
        .options(joinedload(Proposal.bidder))
        .order_by(Proposal.id)
    ).all()


# -- Handing in ----------------------------------------------------------------


def _current() -> Any:
    return Submission.replaced_at.is_(None) & Submission.withdrawn_at.is_(None)


def current_submission(proposal: Proposal) -> Submission | None:
    """Find the handing-in that counts, without its content."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.proposal_id == proposal.id, _current())
        .options(joinedload(Submission.by))
    )


def current_submissions(challenge: Challenge) -> dict[int, Submission]:
    """Give the handing-in that counts for each proposal's number, in one question."""
    rows = db.session.scalars(
        select(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Proposal.challenge_id == challenge.id, _current())
    )
    return {row.proposal_id: row for row in rows}


def submissions_of(proposal: Proposal) -> Sequence[Submission]:
    """List every handing-in, the latest first."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.proposal_id == proposal.id)
        .options(joinedload(Submission.by))
        .order_by(Submission.number.desc())
    ).all()


def submission_by_key(key: str) -> Submission | None:
    """Find what an earlier press of the same button handed in."""
    return db.session.scalar(select(Submission).where(Submission.key == key))


# -- Openings ------------------------------------------------------------------


def opening_of(challenge: Challenge, round_number: int = 0) -> Opening | None:
    """Find the opening that was started or completed; a lapsed one is history.

    It is that of the proposals, or that of the prices of a round of judging.
    """
    return db.session.scalar(
        select(Opening)
        .where(
            Opening.challenge_id == challenge.id,
            Opening.round_number == round_number,
            Opening.state != OpeningState.LAPSED,
        )
        .options(joinedload(Opening.first), joinedload(Opening.second))
    )


def was_opened(challenge: Challenge) -> bool:
    """Say whether two officials opened the vault, whatever became of the challenge since."""
    found = opening_of(challenge)
    return found is not None and found.state is OpeningState.COMPLETED


def opening_sign_ins() -> Select[tuple[int]]:
    """Select the sessions in which a vault was opened: the opening record points at them."""
    keys = union(select(Opening.first_sign_in_id), select(Opening.second_sign_in_id)).subquery()
    return select(keys.c[0]).where(keys.c[0].is_not(None))


# -- With the key --------------------------------------------------------------


def sealing_key(challenge: Challenge) -> SealingKey | None:
    """Find the wrapped key of a challenge's vault."""
    return db.session.scalar(select(SealingKey).where(SealingKey.challenge_id == challenge.id))


def draft_of(proposal: Proposal) -> Draft | None:
    """Find what is being written, still sealed."""
    return db.session.scalar(
        select(Draft)
        .where(Draft.proposal_id == proposal.id)
        .execution_options(populate_existing=True)
    )


def read_draft(proposal: Proposal, draft: Draft | None, vault: Vault) -> Content:
    """Open a draft for its bidder; a proposal without one is empty."""
    if draft is None:
        return empty_content()
    bound = binding(proposal, "draft", draft.version, draft.sha256)
    content: Content = json.loads(_opened_with(proposal, draft.sealed, bound, draft.sha256, vault))
    return content


def draft_picture(proposal: Proposal) -> DraftPicture | None:
    """Find the picture beside a draft, still sealed."""
    return db.session.scalar(select(DraftPicture).where(DraftPicture.proposal_id == proposal.id))


def read_draft_picture(proposal: Proposal, digest: str, vault: Vault) -> bytes:
    """Open the picture that a draft names, for its bidder."""
    kept = draft_picture(proposal)
    if not digest or kept is None or kept.sha256 != digest:
        raise Missing
    bound = binding(proposal, DRAFT_PICTURE, 0, digest)
    return _opened_with(proposal, kept.sealed, bound, digest, vault)


def read_submitted(submission: Submission, kind: PartKind, vault: Vault) -> dict[str, str]:
    """Open one part of a handing-in. Whoever calls this answers for who may read it."""
    content: dict[str, str] = json.loads(opened_bytes(submission, kind, vault))
    return content


def opened_bytes(submission: Submission, kind: PartKind, vault: Vault) -> bytes:
    """Open one part of a handing-in as it was sealed: JSON, or the bytes of a picture."""
    part = db.session.scalar(
        select(Part).where(Part.submission_id == submission.id, Part.kind == kind)
    )
    if part is None:
        raise Missing
    proposal = submission.proposal
    bound = binding(proposal, kind, submission.number, part.sha256)
    return _opened_with(proposal, part.sealed, bound, part.sha256, vault)


def part_digest(submission: Submission, kind: PartKind) -> str | None:
    """Give the hash of one part of a handing-in, which stays shut."""
    return db.session.scalar(
        select(Part.sha256).where(Part.submission_id == submission.id, Part.kind == kind)
    )


# What counts of one part of a proposal, and the key it is opened with.
_PART = (
    select(Submission.number, Part.sealed, Part.sha256, SealingKey.wrapped)
    .join(Part, Part.submission_id == Submission.id)
    .join(Proposal, Proposal.id == Submission.proposal_id)
    .join(SealingKey, SealingKey.challenge_id == Proposal.challenge_id)
    .where(
        Submission.proposal_id == bindparam("proposal_id"),
        Part.kind == bindparam("kind", type_=Part.kind.type),
        _current(),
    )
)


def read_part(proposal: Proposal, kind: PartKind, vault: Vault) -> dict[str, str]:
    """Read one part of an opened proposal: field key -> text. Sealed, it does not exist.

    A price is sealed longer: it is read with the opening of the prices.
    """
    content: dict[str, str] = json.loads(_read_opened(proposal, kind, vault))
    return content


def read_picture(proposal: Proposal, vault: Vault) -> bytes:
    """Read the picture page of an opened proposal, a JPEG. Without one or sealed: Missing."""
    return _read_opened(proposal, PartKind.PICTURE, vault)


def _read_opened(proposal: Proposal, kind: PartKind, vault: Vault) -> bytes:
    is_open = proposal.state in OPEN and kind is not PartKind.PRICE
    found = (
        db.session.execute(_PART, {"proposal_id": proposal.id, "kind": kind}).first()
        if is_open
        else None
    )
    if found is None:
        raise Missing
    bound = binding(proposal, kind, found.number, found.sha256)
    return _unsealed(proposal, found.wrapped, found.sealed, bound, found.sha256, vault)


def price_parts(opening: Opening, vault: Vault) -> list[SealedPrice]:
    """Open the price of every proposal that takes part, for the two whose opening this is.

    A price whose seal is broken is None: that holds up nobody else.
    """
    if opening.round_number == 0 or opening.state is not OpeningState.COMPLETED:
        raise Missing
    rows = db.session.execute(
        select(Proposal, Submission, Part.sha256)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .outerjoin(Part, and_(Part.submission_id == Submission.id, Part.kind == PartKind.PRICE))
        .where(
            Proposal.challenge_id == opening.challenge_id,
            Proposal.state == ProposalState.OPENED,
            _current(),
        )
        .order_by(Proposal.number)
        .options(joinedload(Proposal.bidder))
    )
    return [
        SealedPrice(proposal, submission.receipt, digest or "", _price_in(submission, vault))
        for proposal, submission, digest in rows
    ]


def _price_in(submission: Submission, vault: Vault) -> Decimal | None:
    try:
        return price_of(read_submitted(submission, PartKind.PRICE, vault))
    except (Missing, Refused):
        return None


def company_parts(challenge: Challenge, vault: Vault) -> dict[int, dict[str, str]]:
    """Read what each opened bidder handed in about itself, by the bidder's number."""
    rows = db.session.execute(
        select(Part, Submission, Proposal)
        .join(Submission, Submission.id == Part.submission_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(
            Proposal.challenge_id == challenge.id,
            Proposal.state.in_(OPEN),
            Part.kind == PartKind.COMPANY,
            _current(),
        )
        .options(joinedload(Proposal.bidder))
    )
    found = {}
    for part, submission, proposal in rows:
        bound = binding(proposal, PartKind.COMPANY, submission.number, part.sha256)
        text = _opened_with(proposal, part.sealed, bound, part.sha256, vault)
        found[proposal.bidder_id] = json.loads(text)
    return found


def _opened_with(
    proposal: Proposal, sealed: bytes, bound: bytes, digest: str, vault: Vault
) -> bytes:
    key = sealing_key(proposal.challenge)
    if key is None:
        raise Missing
    return _unsealed(proposal, key.wrapped, sealed, bound, digest, vault)


def _unsealed(  # noqa: PLR0913, PLR0917 - what is sealed, and all it is bound to
    proposal: Proposal, wrapped: bytes, sealed: bytes, bound: bytes, digest: str, vault: Vault
) -> bytes:
    try:
        opened = vault.open(wrapped, proposal.challenge.code.encode(), sealed, bound)
    except Tampered as error:
        raise Refused(BROKEN_SEAL) from error
    if sha256(opened) != digest:
        raise Refused(BROKEN_SEAL)
    return opened
