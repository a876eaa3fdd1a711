"""A startup's entries in a call, and the order it gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.calls.models import Preference
from sir.challenges.models import Call
from sir.challenges.rules import counting
from sir.kernel.database import db
from sir.people.models import Organisation
from sir.ports.vault import Vault, open_text
from sir.proposals.models import Proposal, ProposalState


def entries_of(call: Call, bidder: Organisation) -> list[Proposal]:
    """List what a startup has in the challenges that count, as they came in; drafts come last."""
    rows = db.session.scalars(
        select(Proposal)
        .where(
            Proposal.challenge_id.in_([row.id for row in counting(call)]),
            Proposal.bidder_id == bidder.id,
            Proposal.state != ProposalState.WITHDRAWN,
        )
        .options(joinedload(Proposal.challenge))
    )
    return sorted(rows, key=as_they_came)


def as_they_came(proposal: Proposal) -> tuple[bool, datetime, int]:
    """Sort by the moment of handing in; what was not handed in comes last."""
    came = proposal.submitted_at
    return came is None, came or proposal.created_at, proposal.id


def preference_of(call: Call, bidder: Organisation) -> Preference | None:
    """Find the order a startup gave, still sealed."""
    return db.session.scalar(
        select(Preference)
        .where(Preference.call_id == call.id, Preference.bidder_id == bidder.id)
        .options(joinedload(Preference.by))
        .execution_options(populate_existing=True)
    )


def place_of(call: Call, bidder: Organisation, version: int) -> str:
    """Name what a sealed order is bound to: call, startup and version."""
    return f"order:{call.code}:{bidder.code}:{version}"


def own_order(call: Call, bidder: Organisation, vault: Vault) -> list[str]:
    """Read the order for the startup that gave it: codes of challenges, the dearest first."""
    preference = preference_of(call, bidder)
    if preference is None:
        return []
    text = open_text(vault, place_of(call, bidder, preference.version), preference.sealed)
    return [str(code) for code in json.loads(text)]


def in_order(entries: Iterable[Proposal], order: Sequence[str]) -> list[Proposal]:
    """Put entries in the startup's own order; what it did not order follows as it came in."""
    told = {code: n for n, code in enumerate(order)}
    return sorted(entries, key=lambda row: told.get(row.challenge.code, len(told)))
