"""Beginning a proposal and keeping what is written, sealed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sir.challenges.models import Challenge
from sir.challenges.rules import accepts_proposals
from sir.journal.services import record
from sir.kernel.canonical import canonical, sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.people.models import Organisation, Person
from sir.ports.vault import Vault
from sir.proposals.lifecycle import LIFECYCLE
from sir.proposals.models import Draft, Proposal, SealingKey, vault_stream
from sir.proposals.queries import draft_of, proposal_of, sealing_key
from sir.proposals.rules import Content, salted
from sir.proposals.services.sealing import (
    ChangedMeanwhile,
    keep_draft_picture,
    seal_draft,
    take_turn,
)


def start_proposal(
    challenge: Challenge, bidder: Organisation, *, by: Person, at: datetime, vault: Vault
) -> Proposal:
    """Begin a proposal, once for each bidder: who asks again gets the same one."""
    take_turn(challenge)
    if known := proposal_of(challenge, bidder):
        return known
    if not accepts_proposals(challenge, at):
        raise Refused(lazy("The deadline has passed, or this challenge takes no proposals."))
    if sealing_key(challenge) is None:
        wrapped = vault.new_key(challenge.code.encode())
        db.session.add(SealingKey(challenge_id=challenge.id, wrapped=wrapped, created_at=at))
        # the vault's chain begins here: an empty one would tell the first bidder that it is first
        record("vault.prepared", challenge, by=None, at=at, stream=vault_stream(challenge))
    proposal = Proposal(code=new_code(), challenge=challenge, bidder=bidder, created_at=at)
    db.session.add(proposal)
    db.session.flush()  # its number names its journal
    record("proposal.started", proposal, by=by, at=at, stream=proposal.own_stream)
    return proposal


def save_draft(  # noqa: PLR0913 - what, which version, who, when, and with which key
    proposal: Proposal,
    content: Content,
    *,
    version: int,
    pages: Decimal,
    by: Person,
    at: datetime,
    vault: Vault,
    picture: bytes | None = None,
) -> Draft:
    """Keep what was written, sealed. `version` is the one the writer saw: 0 for an empty draft.

    A `picture` that the content names is sealed beside it; empty takes it away, None leaves it.
    After the deadline a draft is still kept: nothing typed is lost. Raises ChangedMeanwhile when
    a newer version is stored.
    """
    if proposal.state not in LIFECYCLE.moves["submit"].start:
        raise Refused(lazy("This proposal was opened; it can no longer be changed."))
    if picture and not accepts_proposals(proposal.challenge, at):
        raise Refused(lazy("The deadline has passed. A picture can no longer be added."))
    draft = draft_of(proposal)
    if (draft.version if draft else 0) != version:
        raise ChangedMeanwhile(lazy("A colleague saved a newer version in the meantime."))
    digest = sha256(canonical(content))
    if draft is not None and draft.sha256 == digest and draft.pages == pages:
        return draft
    content = salted(content)
    if draft is None:
        draft = Draft(proposal_id=proposal.id)
    seal_draft(draft, proposal, content, version + 1, vault)
    draft.pages, draft.saved_at = pages, at
    db.session.add(draft)
    if picture is not None:
        keep_draft_picture(proposal, picture, vault)
    record(
        "proposal.saved",
        proposal,
        by=by,
        at=at,
        stream=proposal.own_stream,
        version=version + 1,
        sha256=draft.sha256,
    )
    db.session.flush()  # the version must be right before it is told
    return draft
