"""Questions about challenges."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from sir.challenges.models import (
    Call,
    Challenge,
    ChallengeState,
    Edition,
    Partner,
    ReviewNote,
    TeamPlace,
    Theme,
)
from sir.kernel.database import db, reading
from sir.kernel.errors import Missing
from sir.kernel.prose import tidy
from sir.people.models import Membership, Organisation, OrganisationKind, Person, Role
from sir.terms.models import Terms
from sir.workflows.queries import plan_to_look_at, plan_to_write_by

PAGE_SIZE = 20
SEARCH_LIMIT = 100  # characters that are looked at


_ONE = select(Challenge).where(Challenge.code == bindparam("code"))
_BY_CODE = _ONE.options(joinedload(Challenge.buyer))


def challenge_by_code(code: str) -> Challenge:
    """Find the challenge a link points to."""
    challenge = db.session.scalar(_BY_CODE, {"code": code})
    if challenge is None:
        raise Missing
    return challenge


# A challenge by its name and dates: its long texts are not read.
IN_BRIEF = joinedload(Challenge.terms).load_only(Terms.title, Terms.title_en)
_BRIEF_BY_CODE = _ONE.options(IN_BRIEF)


def challenge_in_brief(code: str) -> Challenge:
    """Find the challenge a link points to, for a page that shows no more of it than its name."""
    challenge = db.session.scalar(_BRIEF_BY_CODE, {"code": code})
    if challenge is None:
        raise Missing
    return challenge


def recall_plan(challenge: Challenge) -> None:
    """Give a challenge its plan, from memory if it can be."""
    number = challenge.plan_id
    plan = plan_to_look_at(number) if reading.get() else plan_to_write_by(number)
    if plan is not None:
        set_committed_value(challenge, "plan", plan)


def team_ties(person_id: ColumnElement[int]) -> Select[Any, Any, Any]:
    """Select (scope, role, challenge) of a person, to join with other ties."""
    return select(literal("challenge"), TeamPlace.role, TeamPlace.challenge_id).where(
        TeamPlace.person_id == person_id
    )


def team_of(challenge: Challenge) -> list[TeamPlace]:
    """List who holds which role on a challenge, with their names."""
    return list(
        db.session.scalars(
            select(TeamPlace)
            .where(TeamPlace.challenge_id == challenge.id)
            .options(joinedload(TeamPlace.person))
            .order_by(TeamPlace.role, TeamPlace.id)
        )
    )


def team_members(challenge: Challenge, role: Role) -> list[Person]:
    """List the people with one role on a challenge."""
    return [place.person for place in team_of(challenge) if place.role is role]


def candidates(organisations: Collection[int], roles: Collection[Role]) -> list[Membership]:
    """List who in these public bodies could hold one of these roles on a challenge."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(Membership.person)
            .where(Membership.organisation_id.in_(organisations), Membership.role.in_(roles))
            .options(contains_eager(Membership.person), joinedload(Membership.organisation))
            .order_by(Person.name, Person.id)
        )
    )


def has_membership(person: Person, organisation: Organisation, role: Role) -> bool:
    """Say whether a person holds a role in an organisation."""
    found = select(Membership.id).where(
        Membership.person_id == person.id,
        Membership.organisation_id == organisation.id,
        Membership.role == role,
    )
    return db.session.scalar(found) is not None


def bodies_owned_by(person: Person) -> list[Organisation]:
    """List the public bodies in whose name a person may begin a challenge."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Membership, Membership.organisation_id == Organisation.id)
            .where(Membership.person_id == person.id, Membership.role == Role.OWNER)
            .order_by(Organisation.name)
        )
    )


def public_bodies() -> list[Organisation]:
    """List every public body by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.kind != OrganisationKind.STARTUP)
            .order_by(Organisation.name)
        )
    )


def organisation_by_code(code: str) -> Organisation | None:
    """Find an organisation by its public code."""
    return db.session.scalar(select(Organisation).where(Organisation.code == code))


def person_by_code(code: str) -> Person | None:
    """Find a person by their public code."""
    return db.session.scalar(select(Person).where(Person.code == code))


def partners_of(challenge: Challenge) -> list[Partner]:
    """List the public bodies that own a challenge too."""
    return list(
        db.session.scalars(
            select(Partner).where(Partner.challenge_id == challenge.id).order_by(Partner.id)
        )
    )


def latest_edition(challenge: Challenge) -> Edition | None:
    """Find what was frozen last; None before the first approval."""
    return db.session.scalar(
        select(Edition)
        .where(Edition.challenge_id == challenge.id)
        .order_by(Edition.number.desc())
        .limit(1)
    )


def review_notes(challenge: Challenge) -> list[ReviewNote]:
    """List the remarks of reviewers, the newest first."""
    return list(
        db.session.scalars(
            select(ReviewNote)
            .where(ReviewNote.challenge_id == challenge.id)
            .options(joinedload(ReviewNote.by))
            .order_by(ReviewNote.id.desc())
        )
    )


# -- The public list ---------------------------------------------------------------


class Show(StrEnum):
    """Which part of the public challenges a visitor looks at."""

    OPEN = "open"
    JUDGING = "judging"  # closed, not decided in public yet
    DONE = "done"  # awarded or cancelled
    ALL = "all"


class Order(StrEnum):
    """What comes first in the public list."""

    DEADLINE = "deadline"  # what is open by its deadline, all else with the latest deadline first
    NEWEST = "newest"  # published last
    FEE = "fee"  # the highest fee


@dataclass(frozen=True)
class Wish:
    """What a visitor of the public list asked for."""

    show: Show = Show.OPEN
    text: str = ""
    themes: tuple[Theme, ...] = ()
    buyer: str = ""  # an organisation's code
    call: str = ""  # a call's code
    order: Order = Order.DEADLINE
    after: str = ""  # the code of the last challenge of the page before


@dataclass(frozen=True)
class Found:
    """A page of the public list, and the counts beside its filters."""

    challenges: list[Challenge]
    has_more: bool
    by_show: dict[Show, int] = field(default_factory=dict)
    by_theme: dict[Theme, int] = field(default_factory=dict)


_DONE = (ChallengeState.AWARDED, ChallengeState.CANCELLED)


def shown(show: Show, at: datetime) -> ColumnElement[bool]:
    """Say in SQL what `rules.phase` and the state say in Python."""
    is_public = Challenge.published_at.is_not(None)
    is_open = and_(Challenge.state == ChallengeState.PUBLISHED, Challenge.closes_at > at)
    if show is Show.OPEN:
        return and_(is_public, is_open)
    if show is Show.DONE:
        return and_(is_public, Challenge.state.in_(_DONE))
    if show is Show.JUDGING:
        is_closed = or_(Challenge.state != ChallengeState.PUBLISHED, Challenge.closes_at <= at)
        return and_(is_public, is_closed, Challenge.state.not_in(_DONE))
    return is_public


def published_challenges(wish: Wish, at: datetime) -> Found:
    """Find a page of public challenges: three questions to the database, however many rows."""
    rows = select(Challenge).where(shown(wish.show, at), *_filters(wish))
    is_rising = wish.order is Order.DEADLINE and wish.show is Show.OPEN
    first = _comes_first(wish.order)
    if wish.after:
        last = (
            select(first.label("first"), Challenge.id)
            .where(Challenge.code == tidy(wish.after))
            .subquery()
        )
        rows = rows.join(
            last,
            or_(
                first > last.c.first if is_rising else first < last.c.first,
                and_(
                    first == last.c.first,
                    Challenge.id > last.c.id if is_rising else Challenge.id < last.c.id,
                ),
            ),
        )
    order = [key.asc() if is_rising else key.desc() for key in (first, Challenge.id)]
    page = list(
        db.session.scalars(
            rows.options(joinedload(Challenge.buyer)).order_by(*order).limit(PAGE_SIZE + 1)
        )
    )
    return Found(page[:PAGE_SIZE], len(page) > PAGE_SIZE, _by_show(wish, at), _by_theme(wish, at))


def published_buyers() -> list[Organisation]:
    """List the public bodies that have published a challenge, by name."""
    published = select(Challenge.buyer_id).where(Challenge.published_at.is_not(None))
    return list(
        db.session.scalars(
            select(Organisation).where(Organisation.id.in_(published)).order_by(Organisation.name)
        )
    )


def _comes_first(order: Order) -> ColumnElement[Any]:
    if order is Order.NEWEST:
        return Challenge.published_at.expression
    if order is Order.FEE:
        fee = func.coalesce(cast(Terms.fee, Numeric(12, 2)), 0)
        return select(fee).where(Terms.id == Challenge.terms_id).scalar_subquery()
    return Challenge.closes_at.expression


def _filters(wish: Wish, *, with_theme: bool = True) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if with_theme and wish.themes:
        tests.append(Challenge.theme.in_(wish.themes))
    if wish.buyer:
        buyer = select(Organisation.id).where(Organisation.code == tidy(wish.buyer))
        tests.append(Challenge.buyer_id.in_(buyer))
    if wish.call:
        call = select(Call.id).where(Call.code == tidy(wish.call))
        tests.append(Challenge.call_id.in_(call))
    for word in tidy(wish.text)[:SEARCH_LIMIT].lower().split():
        terms = select(Terms.id).where(Terms.search_text.contains(word, autoescape=True))
        tests.append(Challenge.terms_id.in_(terms))
    return tests


def _by_show(wish: Wish, at: datetime) -> dict[Show, int]:
    shows = (Show.OPEN, Show.JUDGING, Show.DONE, Show.ALL)
    counts = [func.count().filter(shown(show, at)) for show in shows]
    row = db.session.execute(select(*counts).select_from(Challenge).where(*_filters(wish))).one()
    return dict(zip(shows, row, strict=True))


def _by_theme(wish: Wish, at: datetime) -> dict[Theme, int]:
    rows = db.session.execute(
        select(Challenge.theme, func.count())
        .where(shown(wish.show, at), *_filters(wish, with_theme=False))
        .group_by(Challenge.theme)
    )
    return {row[0]: row[1] for row in rows}
