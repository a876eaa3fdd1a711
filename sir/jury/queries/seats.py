"""Questions about who sits on a jury, and what they declared."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from sir.challenges.models import Challenge, TeamPlace
from sir.jury.models import VOTING, Declaration, Seat, SeatKind
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.people.models import Membership, Organisation, Person, Role
from sir.proposals.models import Proposal, ProposalState

IS_OPEN = Seat.vacated_at.is_(None)
IS_SEATED = and_(IS_OPEN, Seat.accepted_at.is_not(None))
VOTES = Seat.kind.in_(VOTING)
# Written out, so that the index on the few ties serves among the many words of "none".
HAS_TIE = text("declaration.tie != 'none'")
PANEL = 10  # seats on one page

# True while the holder of a seat has not declared on every bidder the jury judges.
OWES_A_WORD = (
    select(Proposal.id)
    .where(
        Proposal.challenge_id == Seat.challenge_id,
        Proposal.state == ProposalState.OPENED,
        ~select(Declaration.id)
        .where(Declaration.seat_id == Seat.id, Declaration.bidder_id == Proposal.bidder_id)
        .correlate(Seat, Proposal)
        .exists(),
    )
    .correlate(Seat)
    .exists()
)


def seat_ties(person_id: ColumnElement[int]) -> Select[Any, Any, Any]:
    """Select (scope, role, challenge) of a person, to join with other ties."""
    return select(literal("challenge"), Seat.kind, Seat.challenge_id).where(
        Seat.person_id == person_id, IS_SEATED
    )


def the_one(query: Select[Any], **parts: str) -> Any:
    """Give what a link points to, or say that there is no such thing."""
    found = db.session.scalar(query, parts)
    if found is None:
        raise Missing
    return found


def is_admitted(challenge: Challenge) -> ColumnElement[bool]:
    """Test, in SQL, whether a proposal is one the jury of this challenge judges."""
    return and_(Proposal.challenge_id == challenge.id, Proposal.state == ProposalState.OPENED)


def seat_by_code(code: str) -> Seat:
    """Find a seat, with its challenge."""
    seat: Seat = the_one(select(Seat).where(Seat.code == code).options(joinedload(Seat.challenge)))
    return seat


def seats_of(challenge: Challenge) -> list[Seat]:
    """List every seat of a jury, the vacated ones too, in the order they were made."""
    return list(
        db.session.scalars(
            select(Seat)
            .where(Seat.challenge_id == challenge.id)
            .order_by(Seat.id)
            .options(joinedload(Seat.person))
        )
    )


def seats_page(challenge: Challenge, after: str) -> tuple[list[Seat], bool]:
    """List the seats after the one with this code, vacated ones too, and whether there are more."""
    found = list(
        db.session.scalars(
            select(Seat)
            .where(Seat.challenge_id == challenge.id, Seat.id > place_of_seat(after))
            .order_by(Seat.id)
            .limit(PANEL + 1)
        )
    )
    return found[:PANEL], len(found) > PANEL


def seats_at_stake(challenge: Challenge) -> tuple[Counter[str], list[Seat]]:
    """Count by function those who sit and vote, and list the seats an alarm is about.

    Those are the emptied and the unaccepted ones, reserves, and who took a seat over: few,
    however large the jury.
    """
    seated = db.session.execute(
        select(Seat.function, func.count())
        .where(Seat.challenge_id == challenge.id, IS_SEATED, VOTES)
        .group_by(Seat.function)
    )
    seats = db.session.scalars(
        select(Seat)
        .where(
            Seat.challenge_id == challenge.id,
            or_(
                Seat.vacated_at.is_not(None),
                Seat.accepted_at.is_(None),
                Seat.kind == SeatKind.RESERVE,
                Seat.replaces_id.is_not(None),
            ),
        )
        .order_by(Seat.id)
    )
    return Counter(dict(seated.all())), list(seats)


def place_of_seat(code: str) -> Any:
    """Give, in SQL, where a page of seats begins; an unknown code is the beginning."""
    known = select(Seat.id).where(Seat.code == code).scalar_subquery()
    return func.coalesce(known, 0)


def page_before(first: Seat, *only: ColumnElement[bool], size: int | None = None) -> str:
    """Give the code after which the page before this seat begins; none is the beginning."""
    code = db.session.scalar(
        select(Seat.code)
        .where(Seat.challenge_id == first.challenge_id, Seat.id < first.id, *only)
        .order_by(Seat.id.desc())
        .offset(size or PANEL)
        .limit(1)
    )
    return code or ""


def voting_seats(challenge: Challenge) -> list[Seat]:
    """List the seats that score: accepted, not vacated, chair or juror."""
    return list(
        db.session.scalars(
            select(Seat)
            .where(Seat.challenge_id == challenge.id, IS_SEATED, VOTES)
            .order_by(Seat.id)
        )
    )


_SEAT_OF = select(Seat).where(
    Seat.challenge_id == bindparam("challenge_id"),
    Seat.person_id == bindparam("person_id"),
    IS_SEATED,
)


def seat_of(challenge_id: int, person: Person) -> Seat | None:
    """Find the seat somebody sits in, if any."""
    return db.session.scalar(_SEAT_OF, {"challenge_id": challenge_id, "person_id": person.id})


def seats_held(person: Person) -> list[Seat]:
    """List every seat somebody holds now, on any jury."""
    return list(db.session.scalars(select(Seat).where(Seat.person_id == person.id, IS_SEATED)))


def team_roles(challenge: Challenge, email: str) -> list[Role]:
    """List what the holder of an address is in the challenge's team, or guards in its body."""
    team = (
        select(TeamPlace.role)
        .join(Person, TeamPlace.person_id == Person.id)
        .where(TeamPlace.challenge_id == challenge.id, Person.email == email)
    )
    body = (
        select(Membership.role)
        .join(Person, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == challenge.buyer_id,
            Membership.role == Role.INTEGRITY_OFFICER,
            Person.email == email,
        )
    )
    return [*db.session.scalars(team), *db.session.scalars(body)]


def bidder_members(challenge: Challenge) -> list[tuple[Seat, Organisation]]:
    """List seats whose holder belongs to a bidder, by membership or by its company number."""
    own = aliased(Organisation)
    bidder = aliased(Organisation)
    rows = db.session.execute(
        select(Seat, bidder)
        .join(Membership, Membership.person_id == Seat.person_id)
        .join(own, own.id == Membership.organisation_id)
        .join(bidder, or_(bidder.id == own.id, bidder.kvk == own.kvk))
        .join(Proposal, Proposal.bidder_id == bidder.id)
        .where(Seat.challenge_id == challenge.id, IS_OPEN, is_admitted(challenge))
        .distinct()
    )
    return [(seat, organisation) for seat, organisation in rows]


def bidders_of(challenge: Challenge) -> list[Organisation]:
    """List who handed in, by name: no link to the numbers the jury reads."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Proposal, Proposal.bidder_id == Organisation.id)
            .where(is_admitted(challenge))
            .order_by(func.lower(Organisation.name), Organisation.id)
        )
    )


def proposals_of(challenge: Challenge) -> list[Proposal]:
    """List the admissible proposals by number."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(is_admitted(challenge))
            .order_by(Proposal.number)
            .options(joinedload(Proposal.bidder))
        )
    )


def bidder_names(challenge: Challenge) -> dict[int, str]:
    """Name the bidder behind each number that was drawn at the opening."""
    rows = db.session.execute(_BIDDER_NAMES, {"challenge_id": challenge.id})
    return {row.number: row.name for row in rows}


_BIDDER_NAMES = (
    select(Proposal.number, Organisation.name)
    .join(Proposal.bidder)
    .where(Proposal.challenge_id == bindparam("challenge_id"), Proposal.number.is_not(None))
    .order_by(Proposal.number)
)


def declaration_by_code(code: str) -> Declaration:
    """Find a declaration."""
    declaration: Declaration = the_one(
        select(Declaration)
        .where(Declaration.code == code)
        .options(joinedload(Declaration.seat).joinedload(Seat.challenge))
    )
    return declaration


def owes_a_word(seat: Seat) -> bool:
    """Say whether the holder of this seat still has to declare on a bidder."""
    return db.session.scalar(select(Seat.id).where(Seat.id == seat.id, OWES_A_WORD)) is not None


def declarations_of(seat: Seat) -> list[Declaration]:
    """List what a seat declared."""
    return list(
        db.session.scalars(
            select(Declaration)
            .where(Declaration.seat_id == seat.id)
            .options(joinedload(Declaration.bidder))
        )
    )


def ties_of(challenge: Challenge) -> list[Declaration]:
    """List the ties that were declared on a challenge: soft and hard, not "none"."""
    return list(
        db.session.scalars(
            select(Declaration)
            .join(Declaration.seat)
            .where(Seat.challenge_id == challenge.id, HAS_TIE)
            .order_by(Declaration.id)
            .options(contains_eager(Declaration.seat), joinedload(Declaration.bidder))
        )
    )


def declared_counts(challenge: Challenge) -> dict[int, int]:
    """Count the bidders each seat declared on."""
    rows = db.session.execute(
        select(Declaration.seat_id, func.count())
        .join(Declaration.seat)
        .join(Proposal, Proposal.bidder_id == Declaration.bidder_id)
        .where(Seat.challenge_id == challenge.id, is_admitted(challenge))
        .group_by(Declaration.seat_id)
    )
    return dict(rows.all())
