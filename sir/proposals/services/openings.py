"""Opening the vault: two officials, two sessions, two codes, ten minutes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE
from sir.challenges.models import Challenge
from sir.journal.queries import last_link
from sir.journal.services import record
from sir.kernel.canonical import sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import lazy
from sir.notices.services import unseal_letters, write_letter
from sir.people.models import Person
from sir.people.services.signing_in import verify_factor
from sir.ports.clock import Clock
from sir.ports.press import Press
from sir.ports.store import Store
from sir.ports.vault import Vault
from sir.proposals.document import Envelope, opening_record
from sir.proposals.lifecycle import LIFECYCLE, OPENING
from sir.proposals.models import Opening, PartKind, ProposalState, Submission, vault_stream
from sir.proposals.queries import (
    bidder_people,
    count_in_state,
    current_submissions,
    opened_bytes,
    opening_of,
    part_digest,
    read_submitted,
    sealed_proposals,
)
from sir.proposals.rules import (
    has_lapsed,
    may_open,
    parts_of,
    picture_of,
    receipt_hash,
    to_the_millisecond,
)
from sir.proposals.services.sealing import WrongCode, take_turn

NOT_CLOSED = lazy("The vault stays shut until the deadline has passed.")
WRONG_CODE = lazy("This code is not right, or it was used before. Wait for a new one.")


class Key(NamedTuple):
    """One official's key: a fresh code, in a session, at a moment."""

    code: str
    by: Person
    sign_in_id: int
    at: datetime


def start_opening(  # noqa: PLR0913 - two people's act needs this much
    challenge: Challenge, *, code: str, by: Person, sign_in_id: int, clock: Clock, vault: Vault
) -> Opening:
    """Turn the first key. The second official has ten minutes. Raises WrongCode."""
    take_turn(challenge)
    at = to_the_millisecond(clock.now())
    if not may_open(challenge, at):
        raise Refused(NOT_CLOSED)
    return turn_first_key(challenge, 0, Key(code, by, sign_in_id, at), vault)


def turn_first_key(challenge: Challenge, round_number: int, key: Key, vault: Vault) -> Opening:
    """Begin an opening, of the proposals or of a round's prices. Raises WrongCode.

    Whoever calls this holds the challenge's lock, and says whether it may be opened at all.
    """
    if (running := opening_of(challenge, round_number)) is not None:
        if not has_lapsed(running, key.at):
            raise Refused(lazy("A colleague has started the opening. Complete it as the second."))
        OPENING.move("lapse", running, key.at)
        db.session.flush()  # one opening runs at a time; the database checks
    _check_code(key, vault)
    opening = Opening(
        code=new_code(),
        challenge=challenge,
        round_number=round_number,
        first=key.by,
        first_at=key.at,
        first_sign_in_id=key.sign_in_id,
    )
    db.session.add(opening)
    act = "prices.started" if round_number else "opening.started"
    record(act, opening, by=key.by, at=key.at, stream=challenge.code)
    return opening


def turn_second_key(opening: Opening, key: Key, vault: Vault) -> None:
    """Complete an opening by somebody else, in another session, within ten minutes.

    Raises WrongCode, or Refused. Whoever calls this holds the challenge's lock, and records what
    came out.
    """
    db.session.refresh(opening)
    if has_lapsed(opening, key.at):
        raise Refused(lazy("More than ten minutes have passed. Start the opening anew."))
    if opening.first_id == key.by.id:
        raise Refused(lazy("You turned the first key. Another official turns the second."))
    if opening.first_sign_in_id == key.sign_in_id:
        raise Refused(lazy("The second key is turned in a session of its own."))
    _check_code(key, vault)
    OPENING.move("complete", opening, key.at)
    opening.second, opening.second_at = key.by, key.at
    opening.second_sign_in_id = key.sign_in_id


def complete_opening(  # noqa: PLR0913 - two people's act needs this much
    opening: Opening,
    *,
    code: str,
    by: Person,
    sign_in_id: int,
    clock: Clock,
    vault: Vault,
    press: Press,
    store: Store,
) -> Opening:
    """Turn the second key: draw the numbers, open everything, print the record, tell the bidders.

    Raises WrongCode, or Refused for the same person, the same session, or after ten minutes.
    """
    challenge = take_turn(opening.challenge)
    at = to_the_millisecond(clock.now())
    turn_second_key(opening, Key(code, by, sign_in_id, at), vault)
    anchor = last_link(vault_stream(challenge))
    envelopes = _open_envelopes(challenge, at, vault)
    opening.count = len(envelopes)
    CHALLENGE.move("open", challenge, at)
    unseal_letters(challenge.code)
    paper = opening_record(
        opening,
        envelopes,
        withdrawn=count_in_state(challenge, ProposalState.WITHDRAWN),
        opened_at=at,
        anchor=anchor,
        lang="nl",
    )
    opening.record_pdf = store.keep(press.pdf(paper, at))
    record(
        "opening.completed",
        opening,
        by=by,
        at=at,
        stream=challenge.code,
        count=opening.count,
        record=opening.record_pdf,
        anchor=anchor,
        hashes={envelope.code: envelope.sha256 for envelope in envelopes},
    )
    return opening


def _open_envelopes(challenge: Challenge, at: datetime, vault: Vault) -> list[Envelope]:
    proposals = list(sealed_proposals(challenge))
    secrets.SystemRandom().shuffle(proposals)
    current = current_submissions(challenge)
    envelopes = []
    for number, proposal in enumerate(proposals, 1):
        submission = current[proposal.id]
        LIFECYCLE.move("open", proposal, at)
        proposal.number = number
        envelopes.append(
            Envelope(
                number=number,
                code=proposal.code,
                bidder=proposal.bidder.name,
                receipt=submission.receipt,
                received_at=submission.received_at,
                sha256=submission.sha256,
                pages=submission.pages,
                is_intact=_is_intact(submission, vault),
            )
        )
        for person in bidder_people(proposal.bidder):
            write_letter(
                "proposals/opened",
                to=person,
                at=at,
                code=proposal.code,
                title=challenge.terms.title,
                opened_at=at.isoformat(),
            )
    return envelopes


def _is_intact(submission: Submission, vault: Vault) -> bool:
    """Say whether every part still opens and the whole has the hash of the receipt.

    The three A4 name the hash of the picture. A price stays shut: its own hash is in that of the
    receipt.
    """
    kinds = parts_of(submission.proposal.challenge.plan)
    try:
        whole = {
            kind.value: read_submitted(submission, kind, vault)
            for kind in kinds
            if kind is not PartKind.PRICE
        }
        if named := picture_of(whole[PartKind.IDEA.value]):
            picture = opened_bytes(submission, PartKind.PICTURE, vault)
            if sha256(picture) != named:
                return False
    except (Missing, Refused):  # a part that was taken away leaves a broken seal as well
        return False
    return receipt_hash(whole, part_digest(submission, PartKind.PRICE)) == submission.sha256


def _check_code(key: Key, vault: Vault) -> None:
    if not verify_factor(key.by, key.code, vault=vault, at=key.at):
        raise WrongCode(WRONG_CODE)
