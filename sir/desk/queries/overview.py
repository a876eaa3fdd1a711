"""What somebody follows without having to act: their challenges, proposals and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from sir.challenges.models import Challenge, ChallengeState, Partner
from sir.challenges.queries import IN_BRIEF, PAGE_SIZE
from sir.challenges.rules import OVER, Phase, phase
from sir.decisions.models import Decision, DecisionLetter, DecisionState
from sir.desk.queries.startup import own_startups
from sir.kernel.database import db
from sir.kernel.i18n import lazy
from sir.kernel.prose import tidy
from sir.notices.queries import count_given_up, count_waiting
from sir.people.models import Organisation, Role
from sir.people.rules import PARTNER_ROLES, Standing
from sir.proposals.models import Proposal, ProposalState

STAGES: dict[str, Any] = {
    ChallengeState.DRAFT: lazy("Draft"),
    ChallengeState.REVIEW: lazy("In review"),
    ChallengeState.APPROVED: lazy("Approved, not yet published"),
    ChallengeState.OPENED: lazy("With the jury"),
    ChallengeState.NOTIFIED: lazy("Standstill"),
    ChallengeState.AWARDED: lazy("Awarded"),
    ChallengeState.CANCELLED: lazy("Cancelled"),
    Phase.QUESTIONS: lazy("Open for questions and proposals"),
    Phase.PROPOSALS: lazy("Open for proposals"),
    Phase.CLOSED: lazy("Closed, to be opened"),
}

PROPOSAL_STAGES: dict[ProposalState, Any] = {
    ProposalState.DRAFT: lazy("Draft"),
    ProposalState.SEALED: lazy("Handed in and sealed"),
    ProposalState.WITHDRAWN: lazy("Withdrawn"),
    ProposalState.OPENED: lazy("Opened: with the jury"),
    ProposalState.INADMISSIBLE: lazy("Opened: set aside"),
}


def stage(challenge: Challenge, at: datetime) -> Any:
    """Say in words where a challenge stands."""
    is_open = challenge.state is ChallengeState.PUBLISHED
    return STAGES[phase(challenge, at) if is_open else challenge.state]


T = TypeVar("T")


@dataclass(frozen=True)
class Pile(Generic[T]):
    """A page of things, the newest first; `following` is the code after which the next begins."""

    rows: Sequence[T] = ()
    following: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class Wanted:
    """After which code each pile goes on; without one it begins at the newest."""

    followed: str = ""
    audited: str = ""
    proposals: str = ""


@dataclass(frozen=True)
class Overview:
    """What there is to follow; an empty pile is not shown."""

    followed: Pile[tuple[Challenge, Any]]  # of one's bodies and teams, with stage
    audited: Pile[Challenge]  # public, and awarded or cancelled: for the auditor
    proposals: Pile[tuple[Proposal, Any, str]]  # with stage and the code of a letter
    managed: Sequence[Organisation]  # organisations one administers
    post: tuple[int, int] | None  # letters that wait, and that were given up


def overview_of(me: Standing, at: datetime, wanted: Wanted | None = None) -> Overview:
    """Read what this person follows: at most one question for each kind."""
    wanted = wanted or Wanted()
    return Overview(
        followed=_followed(me, at, wanted.followed),
        audited=_audited(me, wanted.audited),
        proposals=_proposals(me, wanted.proposals),
        managed=_managed(me),
        post=_post(me, at),
    )


def _page(query: Select[*tuple[Any, ...]], thing: type[Challenge | Proposal], after: str) -> Any:
    """Ask for one page and one row more. A code that is not in the pile begins at the newest."""
    if after:
        one = query.with_only_columns(thing.id).where(thing.code == tidy(after))
        last = db.session.scalar(one)
        query = query.where(thing.id < last) if last else query
    return db.session.execute(query.order_by(thing.id.desc()).limit(PAGE_SIZE + 1)).all()


def _pile(found: Sequence[Any], rows: Sequence[T], after: str) -> Pile[T]:
    is_last = len(found) <= PAGE_SIZE
    return Pile(rows[:PAGE_SIZE], "" if is_last else found[PAGE_SIZE - 1][0].code, not after)


def _bodies(me: Standing, role: Role) -> list[int]:
    return sorted(number for held, number in me.memberships if held is role)


def _followed(me: Standing, at: datetime, after: str) -> Pile[tuple[Challenge, Any]]:
    bodies = _bodies(me, Role.PROGRAMME_MANAGER)
    partly = sorted({number for role in PARTNER_ROLES for number in _bodies(me, role)})
    mine = [number for _role, number in me.assignments]
    if not partly and not mine:
        return Pile()
    shared = select(Partner.challenge_id).where(Partner.organisation_id.in_(partly))
    is_followed = or_(
        Challenge.buyer_id.in_(bodies), Challenge.id.in_(mine), Challenge.id.in_(shared)
    )
    query = (
        select(Challenge)
        .where(is_followed)
        .options(IN_BRIEF, joinedload(Challenge.buyer), selectinload(Challenge.partners))
    )
    found = _page(query, Challenge, after)
    return _pile(found, [(row, stage(row, at)) for (row,) in found], after)


def _audited(me: Standing, after: str) -> Pile[Challenge]:
    bodies = _bodies(me, Role.AUDITOR)
    if not bodies:
        return Pile()
    query = (
        select(Challenge)
        .where(
            Challenge.buyer_id.in_(bodies),
            Challenge.state.in_(OVER),
            Challenge.published_at.is_not(None),
        )
        .options(IN_BRIEF, joinedload(Challenge.buyer))
    )
    found = _page(query, Challenge, after)
    return _pile(found, [row for (row,) in found], after)


def _proposals(me: Standing, after: str) -> Pile[tuple[Proposal, Any, str]]:
    startups = own_startups(me)
    if not startups:
        return Pile()
    query = (
        select(Proposal, DecisionLetter.code)
        .outerjoin(
            DecisionLetter,
            DecisionLetter.id
            == select(func.max(DecisionLetter.id))  # a new letter takes a withdrawn one's place
            .join(Decision, DecisionLetter.decision_id == Decision.id)
            .where(DecisionLetter.proposal_id == Proposal.id, Decision.state != DecisionState.DRAFT)
            .correlate(Proposal)
            .scalar_subquery(),
        )
        .where(Proposal.bidder_id.in_(startups))
        .options(joinedload(Proposal.challenge).options(IN_BRIEF), joinedload(Proposal.bidder))
    )
    found = _page(query, Proposal, after)
    rows = [(row, PROPOSAL_STAGES[row.state], letter or "") for row, letter in found]
    return _pile(found, rows, after)


def _managed(me: Standing) -> list[Organisation]:
    numbers = _bodies(me, Role.ORG_ADMIN)
    if not numbers:
        return []
    return list(
        db.session.scalars(
            select(Organisation).where(Organisation.id.in_(numbers)).order_by(Organisation.name)
        )
    )


def _post(me: Standing, at: datetime) -> tuple[int, int] | None:
    if me.person is None or not me.person.is_platform_admin:
        return None
    return count_waiting(at), count_given_up()
