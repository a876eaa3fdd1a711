"""When a proposal moves, and what its seal and its receipt stand for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.rules import accepts_proposals
from sir.kernel.canonical import canonical, sha256
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import condition
from sir.proposals.models import Opening, OpeningState, PartKind, Proposal
from sir.proposals.rules.fields import Content

OPENING_WINDOW = timedelta(minutes=10)  # for the second official
MILLISECOND = 1000  # microseconds
SALT = 16  # bytes
DRAFT_PICTURE = "draft picture"  # what the picture of a draft is bound to, whatever its version


@condition(lazy("The deadline has passed, or this challenge takes no proposals."))
def before_deadline(proposal: Proposal, at: datetime) -> bool:
    """Proposals move while the challenge accepts them, and not an instant longer."""
    return accepts_proposals(proposal.challenge, at)


@condition(lazy("The vault stays shut until the deadline has passed."))
def after_deadline(thing: Proposal | Opening, at: datetime) -> bool:
    """A vault opens once it is certain that nothing more can come in.

    Prices are opened long after: whether they may be is for the jury's own life to say.
    """
    return may_open(thing.challenge, at) or (isinstance(thing, Opening) and thing.round_number > 0)


def may_open(challenge: Challenge, at: datetime) -> bool:
    """Say whether the deadline has passed and the vault was not opened yet."""
    return (
        challenge.state is ChallengeState.PUBLISHED
        and challenge.closes_at is not None
        and at >= challenge.closes_at
    )


def has_lapsed(opening: Opening, at: datetime) -> bool:
    """Say whether the second official is too late."""
    return opening.state is OpeningState.STARTED and at - opening.first_at > OPENING_WINDOW


def to_the_millisecond(at: datetime) -> datetime:
    """Cut an instant to the millisecond a receipt shows; never round it up over a deadline."""
    return at.replace(microsecond=at.microsecond // MILLISECOND * MILLISECOND)


def binding(proposal: Proposal, what: str, version: int, digest: str) -> bytes:
    """Name the one place where a sealed text may be opened: elsewhere it stays shut."""
    place = [proposal.challenge.code, proposal.bidder.code, proposal.code, what, version, digest]
    return canonical(place)


def submission_key(proposal: Proposal, version: int) -> str:
    """Name one handing-in: the same version of a draft counts once, however often it is sent."""
    return f"{proposal.code}.{version}"


def salted(content: Content) -> Content:
    """Put a fresh random number beside the price, so that nobody guesses it from a hash."""
    price = content.get(PartKind.PRICE, {})
    if not price.get("price"):
        return content
    return {**content, PartKind.PRICE.value: {**price, "salt": secrets.token_hex(SALT)}}


def receipt_hash(parts: Mapping[str, Any], price_sha256: str | None) -> str:
    """Give the hash a receipt shows: of every part, where a price stands by a hash of its own.

    So whoever opens the rest can check it, and the price stays what it is: sealed.
    """
    whole = {kind: part for kind, part in parts.items() if kind != PartKind.PRICE}
    if price_sha256 is not None:
        whole[PartKind.PRICE.value] = price_sha256
    return sha256(canonical(whole))
