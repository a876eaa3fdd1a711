"""Questions about matches, and about which seats are clear of ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from sir.challenges.models import Challenge, TeamPlace
from sir.jury.models import VOTING, Declaration, Match, Register, Round, Seat
from sir.jury.queries.registers import interests_of, signed_years
from sir.jury.queries.seats import (
    HAS_TIE,
    IS_SEATED,
    bidders_of,
    declared_counts,
    is_admitted,
    the_one,
)
from sir.jury.rules.conflicts import awaits_decision
from sir.jury.rules.matching import Identity
from sir.kernel.calendar import local_day
from sir.kernel.database import db
from sir.people.models import Membership, Organisation, Person
from sir.proposals.models import Proposal
from sir.terms.models import Terms

Awards = Collection[tuple[int, int]]
"""Earlier awards, as pairs of a startup's and a challenge's number."""


def match_by_code(code: str) -> Match:
    """Find a match, with its seat and its challenge."""
    match: Match = the_one(
        select(Match)
        .where(Match.code == code)
        .options(
            joinedload(Match.seat).joinedload(Seat.challenge),
            joinedload(Match.bidder),
        )
    )
    return match


def matches_of(challenge: Challenge) -> list[Match]:
    """List the matches on a challenge in the order they were found."""
    return list(
        db.session.scalars(
            select(Match)
            .join(Match.seat)
            .where(Seat.challenge_id == challenge.id)
            .order_by(Match.id)
            .options(contains_eager(Match.seat), joinedload(Match.bidder))
        )
    )


def seated(challenge: Challenge) -> list[Seat]:
    """List everybody who holds a seat now: reserves and advisers too."""
    return list(
        db.session.scalars(
            select(Seat)
            .where(Seat.challenge_id == challenge.id, IS_SEATED)
            .order_by(Seat.id)
            .options(joinedload(Seat.person))
        )
    )


# -- Which seats are clear -------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """What still stands between one seat and the proposals."""

    seat: Seat
    register: Register | None  # the latest that was signed
    has_register: bool  # signed for the year the round began in, or later
    declared: int
    total: int
    undecided: int  # loose ties and matches

    @property
    def is_ready(self) -> bool:
        """Say whether this seat can be cleared."""
        return self.has_register and self.declared >= self.total and self.undecided == 0


def checks_of(round_: Round) -> list[Check]:
    """Say of every seat what is still open, in six questions."""
    challenge = round_.challenge
    seats = seated(challenge)
    registers = signed_years([seat.person_id for seat in seats if seat.person_id])
    counts = declared_counts(challenge)
    total = db.session.scalar(select(func.count()).where(is_admitted(challenge))) or 0
    open_: dict[int, int] = defaultdict(int)
    for declaration in db.session.scalars(
        select(Declaration).join(Declaration.seat).where(Seat.challenge_id == challenge.id, HAS_TIE)
    ):
        open_[declaration.seat_id] += awaits_decision(declaration)
    for number in db.session.scalars(
        select(Match.seat_id)
        .join(Match.seat)
        .where(Seat.challenge_id == challenge.id, Match.verdict.is_(None))
    ):
        open_[number] += 1
    year = local_day(round_.opened_at).year
    return [
        Check(
            seat,
            register := registers.get(seat.person_id or 0),
            register is not None and register.year >= year,
            counts.get(seat.id, 0),
            total,
            open_[seat.id],
        )
        for seat in seats
    ]


@dataclass(frozen=True)
class Waiting:
    """Whose act the start of the scoring waits for, by name; no word on any tie."""

    register: list[str]  # to sign their register of interests
    declaration: list[str]  # to declare on every bidder
    clearance: list[str]  # to be let through

    def __bool__(self) -> bool:
        """Say whether there is anything to wait for."""
        return bool(self.register or self.declaration or self.clearance)


def waiting_for(round_: Round) -> Waiting:
    """Name, per act, the voting members who were not let through: each under their next step."""
    found = Waiting([], [], [])
    for check in checks_of(round_):
        seat = check.seat
        if seat.kind not in VOTING or seat.cleared_at is not None:
            continue
        if not check.has_register:
            found.register.append(seat.name)
        elif check.declared < check.total:
            found.declaration.append(seat.name)
        else:
            found.clearance.append(seat.name)
    return found


def check_of(round_: Round, seat: Seat) -> Check | None:
    """Say of one seat what is still open; nothing when nobody sits in it."""
    return next((check for check in checks_of(round_) if check.seat.id == seat.id), None)


def sits_or_bids(challenge: Challenge, person: Person) -> bool:
    """Say whether somebody holds a seat on this jury, or belongs to one of the bidders."""
    is_seated = select(Seat.id).where(
        Seat.challenge_id == challenge.id, Seat.person_id == person.id
    )
    bids = (
        select(Membership.id)
        .join(Proposal, Proposal.bidder_id == Membership.organisation_id)
        .where(Proposal.challenge_id == challenge.id, Membership.person_id == person.id)
    )
    return bool(db.session.scalar(is_seated.limit(1)) or db.session.scalar(bids.limit(1)))


# -- By what they can be known -----------------------------------------------------


def juror_identities(seats: Collection[Seat]) -> dict[int, Identity]:
    """Give, by seat, everything its holder can be known by; in four questions."""
    return identities(
        [(seat.id, seat.person, seat.name, seat.challenge_id) for seat in seats if seat.person]
    )


def identities(holders: Collection[tuple[int, Person, str, int]]) -> dict[int, Identity]:
    """Give everything people can be known by, by the first number of each.

    Each is (number, person, name they go by, challenge they are looked at for).
    """
    people = [person.id for _number, person, _name, _challenge in holders]
    interests = defaultdict(list)
    for interest in interests_of(people):
        interests[interest.register.person_id].append(interest)
    memberships = defaultdict(list)
    for row in db.session.execute(
        select(Membership.person_id, Organisation)
        .join(Membership.organisation)
        .where(Membership.person_id.in_(people))
    ):
        memberships[row.person_id].append(row.Organisation)
    past = _past(people)
    return {
        holder: Identity(
            kvk=frozenset(filter(None, [row.kvk for row in [*mine, *bodies]])),
            domains=frozenset([person.email, *(row.domain for row in mine)]),
            names=frozenset(
                [row.organisation for row in mine if row.organisation]
                + [row.name for row in bodies]
            ),
            people=frozenset(
                [name, person.name, *(one for row in mine for one in row.people.splitlines())]
            ),
            organisations=frozenset((row.id, row.name) for row in bodies),
            challenges=frozenset(pair for pair in past[person.id] if pair[0] != challenge_id),
        )
        for holder, person, name, challenge_id in holders
        for mine, bodies in [(interests[person.id], memberships[person.id])]
    }


def _past(people: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Give, by person, the challenges they prepared or judged."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for table in (TeamPlace, Seat):
        rows = db.session.execute(
            select(table.person_id, Challenge.id, Terms.title)
            .join(Challenge, Challenge.id == table.challenge_id)
            .join(Terms, Terms.id == Challenge.terms_id)
            .where(table.person_id.in_(people))
        )
        for person, challenge, title in rows:
            if person is not None:
                found[person].append((challenge, title))
    return found


def bidder_identities(
    challenge: Challenge, companies: Mapping[int, Mapping[str, str]], awards: Awards
) -> dict[int, Identity]:
    """Give, by bidder, everything it can be known by; in three questions.

    `companies` holds what each handed in about itself.
    """
    bidders = bidders_of(challenge)
    numbers = [bidder.id for bidder in bidders]
    own = aliased(Membership)
    people: dict[int, dict[str, str]] = defaultdict(dict)
    bodies: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for bidder_id, name, email, organisation, body in db.session.execute(
        select(own.organisation_id, Person.name, Person.email, Organisation.id, Organisation.name)
        .join(Person, own.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(own.organisation_id.in_(numbers))
    ):
        people[bidder_id][email] = name
        bodies[bidder_id].add((organisation, body))
    titles = dict(
        db.session.execute(
            select(Challenge.id, Terms.title)
            .join(Terms, Terms.id == Challenge.terms_id)
            .where(Challenge.id.in_({number for _startup, number in awards}))
        ).all()
    )
    past = defaultdict(set)
    for startup, number in awards:
        past[startup].add((number, titles.get(number, "")))
    found = {}
    for bidder in bidders:
        company = companies.get(bidder.id, {})
        signatory = company.get("signatory", "").partition(",")[0]
        found[bidder.id] = Identity(
            kvk=frozenset(filter(None, [bidder.kvk, company.get("kvk")])),
            domains=frozenset(
                [bidder.website, bidder.email, company.get("email", ""), *people[bidder.id]]
            ),
            names=frozenset(
                filter(None, [bidder.name, bidder.short_name, company.get("name", "")])
            ),
            people=frozenset(
                filter(None, [company.get("contact", ""), signatory, *people[bidder.id].values()])
            ),
            organisations=frozenset(bodies[bidder.id]),
            challenges=frozenset(past[bidder.id]),
        )
    return found
