"""What the verbs share: the lock, the seal, and the ways in which they refuse."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from sir.challenges.models import Challenge
from sir.journal.models import Result
from sir.journal.services import record
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.people.models import Person
from sir.ports.vault import Vault
from sir.proposals.models import Draft, DraftPicture, Proposal
from sir.proposals.queries import draft_picture, sealing_key
from sir.proposals.rules import DRAFT_PICTURE, Content, binding


class Late(Refused):
    """The deadline had passed when the request was handled."""

    def __init__(self, received_at: datetime, closes_at: datetime | None) -> None:
        super().__init__(lazy("Your proposal came in after the deadline. It was not handed in."))
        self.received_at = received_at
        self.closes_at = closes_at


class ChangedMeanwhile(Refused):
    """Somebody else of the same bidder saved a newer draft."""


class Incomplete(Refused):
    """The proposal is not ready to be handed in; the shortcomings say why and where."""

    def __init__(self, found: list[Any]) -> None:
        super().__init__(*(shortcoming.sentence for shortcoming in found))
        self.shortcomings = found


class WrongCode(Refused):
    """The one-time code was refused."""


def take_turn(challenge: Challenge) -> Challenge:
    """Wait for the challenge's lock: handing in and opening never happen at the same time."""
    return db.session.scalars(
        select(Challenge)
        .where(Challenge.id == challenge.id)
        .with_for_update(of=Challenge)
        .execution_options(populate_existing=True)
    ).one()


def seal_draft(
    draft: Draft, proposal: Proposal, content: Content, version: int, vault: Vault
) -> None:
    """Put the content into the draft as this version, sealed for this place only."""
    written = canonical(content)
    digest = sha256(written)
    sealed = seal(proposal, written, binding(proposal, "draft", version, digest), vault)
    draft.sealed, draft.sha256 = sealed, digest


def keep_draft_picture(proposal: Proposal, picture: bytes, vault: Vault) -> None:
    """Seal the picture of a draft in the place of the former; empty takes it away."""
    kept = draft_picture(proposal)
    if not picture:
        if kept is not None:
            db.session.delete(kept)
        return
    digest = sha256(picture)
    sealed = seal(proposal, picture, binding(proposal, DRAFT_PICTURE, 0, digest), vault)
    if kept is None:
        kept = DraftPicture(proposal_id=proposal.id)
        db.session.add(kept)
    kept.sealed, kept.sha256 = sealed, digest


def seal(proposal: Proposal, written: bytes, bound: bytes, vault: Vault) -> bytes:
    """Seal with the key of the challenge's vault."""
    key = sealing_key(proposal.challenge)
    assert key is not None, "A proposal is started with a key for its vault."
    return vault.seal(key.wrapped, proposal.challenge.code.encode(), written, bound)


def note_denied(
    act: str, thing: Proposal | Challenge, *, by: Person, at: datetime, **details: Any
) -> None:
    """Write down an attempt that was refused (2014/24/EU annex IV g). It waits its turn too."""
    challenge = take_turn(thing.challenge if isinstance(thing, Proposal) else thing)
    stream = thing.journal_stream if isinstance(thing, Proposal) else challenge.code
    record(act, thing, by=by, at=at, stream=stream, result=Result.DENIED, **details)
