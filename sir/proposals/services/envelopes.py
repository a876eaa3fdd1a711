"""Handing in, withdrawing, and leaving out of the judging."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sir.challenges.rules import accepts_proposals
from sir.journal.queries import last_link
from sir.journal.services import record
from sir.kernel.canonical import canonical, sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.clock import Clock
from sir.ports.vault import Vault
from sir.proposals.lifecycle import LIFECYCLE
from sir.proposals.models import Draft, Part, PartKind, Proposal, Submission
from sir.proposals.queries import (
    bidder_people,
    current_submission,
    draft_of,
    read_draft,
    read_draft_picture,
    submission_by_key,
)
from sir.proposals.rules import (
    Content,
    binding,
    parts_of,
    picture_of,
    receipt_hash,
    shortcomings,
    submission_key,
    to_the_millisecond,
)
from sir.proposals.services.sealing import (
    ChangedMeanwhile,
    Incomplete,
    Late,
    seal,
    seal_draft,
    take_turn,
)


def submit_proposal(  # noqa: PLR0913 - what, which version, who, when, and with which key
    proposal: Proposal,
    *,
    version: int,
    has_declared: bool,
    by: Person,
    clock: Clock,
    vault: Vault,
) -> Submission:
    """Seal this version of the draft and hand it in. The letter is the bidder's receipt.

    The version is the idempotency key: pressing twice, replaying the request and two tabs give
    the same submission. Raises Late after the deadline, ChangedMeanwhile when another version is
    stored, and Incomplete with every shortcoming.
    """
    challenge = take_turn(proposal.challenge)
    at = to_the_millisecond(clock.now())
    db.session.refresh(proposal)
    if earlier := submission_by_key(submission_key(proposal, version)):
        if earlier.withdrawn_at is not None:
            raise Refused(lazy("This version was handed in and withdrawn. Hand in anew."))
        return earlier
    if not accepts_proposals(challenge, at):
        raise Late(at, challenge.closes_at)
    draft = draft_of(proposal)
    if draft is None or draft.version != version:
        raise ChangedMeanwhile(lazy("A colleague saved a newer version. Check it first."))
    content = read_draft(proposal, draft, vault)
    if found := shortcomings(content, challenge, draft.pages):
        raise Incomplete(found)
    if not has_declared:
        raise Refused(lazy("Tick the declaration before you hand in."))
    LIFECYCLE.move("submit", proposal, at)
    proposal.submitted_at = at
    submission = _put_in_vault(proposal, draft, content, by=by, at=at, vault=vault)
    record(
        "proposal.submitted",
        proposal,
        by=by,
        at=at,
        stream=proposal.journal_stream,
        receipt=submission.receipt,
        sha256=submission.sha256,
        number=submission.number,
    )
    for person in bidder_people(proposal.bidder):
        write_letter(
            "proposals/receipt",
            to=person,
            at=at,
            key=f"receipt-{submission.receipt}-{person.code}",
            sealed_for=challenge.code,
            code=proposal.code,
            receipt=submission.receipt,
            title=challenge.terms.title,
            received_at=at.isoformat(),
            closes_at=challenge.closes_at.isoformat() if challenge.closes_at else "",
            sha256=submission.sha256,
            anchor=submission.anchor,
        )
    return submission


def _put_in_vault(  # noqa: PLR0913 - it needs all there is
    proposal: Proposal,
    draft: Draft,
    content: Content,
    *,
    by: Person,
    at: datetime,
    vault: Vault,
) -> Submission:
    former = current_submission(proposal)
    if former is not None:
        former.replaced_at = at
        db.session.flush()  # one counts at a time; the database checks
    numbers = select(Submission.number).where(Submission.proposal_id == proposal.id)
    written = {
        kind: canonical(content.get(kind.value, {})) for kind in parts_of(proposal.challenge.plan)
    }
    price = written.get(PartKind.PRICE)
    submission = Submission(
        proposal=proposal,
        number=max(db.session.scalars(numbers), default=0) + 1,
        key=submission_key(proposal, draft.version),
        receipt=new_code(12),
        received_at=at,
        sha256=receipt_hash(content, sha256(price) if price is not None else None),
        anchor=last_link(proposal.journal_stream),
        pages=draft.pages,
        by=by,
    )
    db.session.add(submission)
    db.session.flush()  # its parts need its number
    if named := picture_of(content[PartKind.IDEA]):
        written[PartKind.PICTURE] = read_draft_picture(proposal, named, vault)
    for kind, bare in written.items():
        digest = sha256(bare)
        bound = binding(proposal, kind, submission.number, digest)
        sealed = seal(proposal, bare, bound, vault)
        db.session.add(Part(submission_id=submission.id, kind=kind, sealed=sealed, sha256=digest))
    return submission


def withdraw_proposal(
    proposal: Proposal, *, receipt: str, by: Person, clock: Clock, vault: Vault
) -> None:
    """Take back what the receipt names. The draft stays, as a new version: nothing is revived.

    Raises Late after the deadline, and Refused when the receipt is not of what counts now.
    """
    challenge = take_turn(proposal.challenge)
    at = to_the_millisecond(clock.now())
    db.session.refresh(proposal)
    submission = current_submission(proposal)
    if submission is None or submission.receipt != receipt:
        raise Refused(lazy("This version was replaced or withdrawn already."))
    if not accepts_proposals(challenge, at):
        raise Late(at, challenge.closes_at)
    LIFECYCLE.move("withdraw", proposal, at)
    submission.withdrawn_at = at
    if draft := draft_of(proposal):
        content = read_draft(proposal, draft, vault)
        seal_draft(draft, proposal, content, draft.version + 1, vault)
    record(
        "proposal.withdrawn",
        proposal,
        by=by,
        at=at,
        stream=proposal.journal_stream,
        receipt=receipt,
    )
    for person in bidder_people(proposal.bidder):
        write_letter(
            "proposals/withdrawn",
            to=person,
            at=at,
            sealed_for=challenge.code,
            code=proposal.code,
            receipt=receipt,
            title=challenge.terms.title,
            withdrawn_at=at.isoformat(),
            closes_at=challenge.closes_at.isoformat() if challenge.closes_at else "",
        )


def exclude_proposal(proposal: Proposal, *, reason: str, by: Person, at: datetime) -> None:
    """Leave a proposal out of the judging, with the reason the bidder will read."""
    if not reason.strip():
        raise Refused(lazy("Give the reason; the bidder has a right to read it."))
    proposal.inadmissible_reason = reason.strip()
    proposal.readmitted_at, proposal.readmitted_reason = None, ""
    LIFECYCLE.move("exclude", proposal, at)
    record("proposal.excluded", proposal, by=by, at=at, stream=proposal.challenge.code)


def readmit_proposal(proposal: Proposal, *, reason: str, by: Person, at: datetime) -> None:
    """Take a proposal that was left out into the judging again, and write to its bidder.

    Whether the jury can still judge it is asked by `jury.services.judge_after_all`.
    """
    if not reason.strip():
        raise Refused(lazy("Give the reason; the bidder has a right to read it."))
    LIFECYCLE.move("readmit", proposal, at)
    proposal.readmitted_at, proposal.readmitted_reason = at, reason.strip()
    for person in bidder_people(proposal.bidder):
        write_letter(
            "proposals/readmitted",
            to=person,
            at=at,
            code=proposal.code,
            title=proposal.challenge.terms.title,
            reason=proposal.readmitted_reason,
        )
    record("proposal.readmitted", proposal, by=by, at=at, stream=proposal.challenge.code)
