"""Questions about candidate jurors: what anybody may know of them, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge, ChallengeState
from sir.jury.models import Answer, Candidate, Seat
from sir.jury.queries.matches import identities
from sir.jury.queries.registers import register_of
from sir.jury.queries.seats import IS_SEATED, the_one
from sir.jury.rules.matching import Bidders, Identity, Shared
from sir.kernel.database import db
from sir.people.models import Membership, Organisation, OrganisationKind, Person
from sir.terms.models import Terms


@dataclass(frozen=True)
class Known:
    """What whoever composes a jury may see of a candidate: nothing that is not public to them."""

    has_account: bool
    bodies: tuple[str, ...]  # public bodies they belong to on the platform
    juries: tuple[tuple[str, str], ...]  # (challenge, function) they judge or judged
    has_register: bool  # signed for this year; never what is in it


def candidate_by_code(code: str) -> Candidate:
    """Find a candidate, with the challenge."""
    found: Candidate = the_one(
        select(Candidate).where(Candidate.code == code).options(joinedload(Candidate.challenge))
    )
    return found


def candidates_of(challenge: Challenge) -> list[Candidate]:
    """List the candidates for a jury in the order they were noted."""
    return list(
        db.session.scalars(
            select(Candidate)
            .where(Candidate.challenge_id == challenge.id)
            .order_by(Candidate.id)
            .options(joinedload(Candidate.challenge))
        )
    )


def is_advised_against(challenge: Challenge, email: str) -> bool:
    """Say whether whoever guards integrity answered not to seat somebody."""
    query = select(func.count()).where(
        Candidate.challenge_id == challenge.id,
        Candidate.email == email,
        Candidate.answer == Answer.DO_NOT_SEAT,
    )
    return bool(db.session.scalar(query))


def _account(candidate: Candidate) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == candidate.email))


def known_of(candidate: Candidate, at: datetime) -> Known:
    """Tell what a secretary may know of a candidate.

    Juries of other public bodies count once their outcome is public; a startup somebody belongs
    to is for whoever guards integrity.
    """
    person = _account(candidate)
    if person is None:
        return Known(has_account=False, bodies=(), juries=(), has_register=False)
    bodies = db.session.scalars(
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person.id, Organisation.kind != OrganisationKind.STARTUP)
        .distinct()
        .order_by(Organisation.name)
    ).all()
    juries = db.session.execute(
        select(Terms.title, Seat.function)
        .join(Challenge, Challenge.id == Seat.challenge_id)
        .join(Terms, Terms.id == Challenge.terms_id)
        .where(
            Seat.person_id == person.id,
            IS_SEATED,
            or_(
                Challenge.buyer_id == candidate.buyer_id,
                Challenge.state == ChallengeState.AWARDED,
            ),
        )
        .order_by(Seat.id)
    ).all()
    register = register_of(person, at)
    return Known(
        has_account=True,
        bodies=tuple(bodies),
        juries=tuple((title, function) for title, function in juries),
        has_register=register is not None and register.signed_at is not None,
    )


def shared_by(candidate: Candidate, bidders: Mapping[int, Identity]) -> dict[int, list[Shared]]:
    """Give, by startup, what a candidate shares with it. For one pair of eyes (R10)."""
    person = _account(candidate)
    own = (
        identities([(candidate.id, person, candidate.name, candidate.challenge_id)])[candidate.id]
        if person
        else Identity(people=frozenset([candidate.name]), domains=frozenset([candidate.email]))
    )
    if candidate.organisation:
        own = replace(own, names=own.names | {candidate.organisation})
    return Bidders(bidders).shared_with(own)
