"""What waits in calls: an order to give, and an outcome to record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from sir.calls.models import Preference
from sir.challenges.models import Call, Challenge, ChallengeState, TeamPlace
from sir.desk.queries.startup import own_startups
from sir.desk.queries.tasks import Task
from sir.jury.models import Round, RoundState
from sir.kernel.database import db
from sir.kernel.i18n import _
from sir.people.models import Role
from sir.people.rules import Standing
from sir.proposals.models import Proposal, ProposalState

Live = aliased(Challenge)  # a challenge of the call that counts
IS_LIVE = and_(
    Live.call_id == Call.id,
    Live.published_at.is_not(None),
    Live.state != ChallengeState.CANCELLED,
)


def call_tasks(me: Standing, at: datetime) -> Iterator[Task]:
    """Yield entries to put in order, and calls of which every jury has signed."""
    if startups := own_startups(me):
        yield from _orders(startups, at)
    if me.person is not None and (
        me.is_anywhere(Role.PROGRAMME_MANAGER) or me.is_anywhere(Role.OFFICER)
    ):
        yield from _outcomes(me)


def _orders(startups: list[int], at: datetime) -> Iterator[Task]:
    closes_at = select(func.max(Live.closes_at)).where(IS_LIVE).scalar_subquery()
    entries = (
        select(
            Challenge.call_id,
            Proposal.bidder_id,
            func.min(Proposal.id).label("first"),
        )
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .where(
            Proposal.bidder_id.in_(startups),
            Proposal.state != ProposalState.WITHDRAWN,
            Challenge.call_id.is_not(None),
            Challenge.state != ChallengeState.CANCELLED,
        )
        .group_by(Challenge.call_id, Proposal.bidder_id)
        .having(func.count() > 1)
        .subquery()
    )
    ordered = select(Preference.id).where(
        Preference.call_id == entries.c.call_id, Preference.bidder_id == entries.c.bidder_id
    )
    rows = db.session.execute(
        select(Proposal, Challenge, closes_at)
        .join(entries, entries.c.first == Proposal.id)
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .join(Call, Challenge.call_id == Call.id)
        .where(Call.is_one_win, closes_at > at, ~ordered.exists())
    )
    for proposal, challenge, until in rows:
        what = _("Say which challenge of the call you want to win most")
        yield Task(Role.STARTUP_MEMBER, what, challenge, "calls.order", proposal.code, until)


def _outcomes(me: Standing) -> Iterator[Task]:
    bodies = sorted(number for role, number in me.memberships if role is Role.PROGRAMME_MANAGER)
    mine = select(Challenge.call_id).join(TeamPlace, TeamPlace.challenge_id == Challenge.id)
    assert me.person is not None, "Somebody is signed in."
    officers = mine.where(TeamPlace.person_id == me.person.id, TeamPlace.role == Role.OFFICER)
    rows = db.session.execute(
        select(Call, Challenge)
        .join(Challenge, Challenge.id == _first())
        .where(
            Call.is_one_win,
            Call.resolved_at.is_(None),
            or_(Call.buyer_id.in_(bodies), Call.id.in_(officers)),
            ~select(Live.id).where(IS_LIVE, ~_is_done()).exists(),
        )
        .order_by(Call.id)
    )
    for call, challenge in rows:
        role = Role.PROGRAMME_MANAGER if call.buyer_id in bodies else Role.OFFICER
        what = _("Every jury has signed: record who wins what in “%(call)s”", call=call.name)
        yield Task(role, what, challenge, "calls.outcome", call.code)


def _first() -> ColumnElement[int]:
    return select(func.min(Live.id)).where(IS_LIVE).scalar_subquery()


def _is_done() -> ColumnElement[bool]:
    """Say whether the newest round of a live challenge was signed by every seat."""
    later = aliased(Round)
    newest = select(func.max(later.number)).where(later.challenge_id == Live.id)
    return (
        select(Round.id)
        .where(
            Round.challenge_id == Live.id,
            Round.number == newest.scalar_subquery(),
            Round.state == RoundState.DECIDED,
        )
        .exists()
    )
