"""What waits for whoever guards the integrity of a jury."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from sir.challenges.models import Challenge, ChallengeState
from sir.desk.queries.tasks import Task
from sir.jury.models import VOTING, Candidate, Round, Seat
from sir.jury.rules.conditions import UNDER_WAY
from sir.kernel.database import db
from sir.kernel.i18n import _
from sir.people.models import Membership, Role
from sir.people.rules import Standing


def integrity_tasks(me: Standing, _at: datetime) -> Iterator[Task]:
    """Yield the juries that cannot move on until this person lets every seat through.

    Whom it falls to is what `permissions.guardian` says: the integrity officer of the public
    body, or the procurement officer where nobody was appointed.
    """
    bodies = sorted(number for role, number in me.memberships if role is Role.INTEGRITY_OFFICER)
    mine = sorted(number for role, number in me.assignments if role is Role.OFFICER)
    if not bodies and not mine:
        return
    is_guarded = exists().where(
        Membership.organisation_id == Challenge.buyer_id,
        Membership.role == Role.INTEGRITY_OFFICER,
    )
    falls_to_me = or_(Challenge.buyer_id.in_(bodies), and_(Challenge.id.in_(mine), ~is_guarded))
    yield from _candidates(falls_to_me, bodies)
    later = aliased(Round)
    newest = (
        select(func.max(later.number)).where(later.challenge_id == Challenge.id).scalar_subquery()
    )
    jury = (
        select(
            Seat.challenge_id,
            func.count().label("seats"),
            func.count(Seat.cleared_at).label("cleared"),
        )
        .where(Seat.accepted_at.is_not(None), Seat.vacated_at.is_(None), Seat.kind.in_(VOTING))
        .group_by(Seat.challenge_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Challenge, Round.due_at, jury.c.seats, jury.c.cleared)
        .select_from(Challenge)
        .join(Round, and_(Round.challenge_id == Challenge.id, Round.number == newest))
        .join(jury, jury.c.challenge_id == Challenge.id)
        .where(
            falls_to_me,
            Challenge.state == ChallengeState.OPENED,
            or_(Round.state.in_(UNDER_WAY), Round.suspended_from.in_(UNDER_WAY)),
            jury.c.cleared < jury.c.seats,
        )
        .order_by(Challenge.id)
    ).all()
    for challenge, due_at, seats, cleared in rows:
        yield Task(
            _role(challenge, bodies),
            str(_("Clear every member of the jury of ties")),
            challenge,
            "jury.integrity",
            challenge.code,
            due_at,
            str(_("%(done)s of %(total)s", done=cleared, total=seats)),
        )


def _role(challenge: Challenge, bodies: list[int]) -> Role:
    return Role.INTEGRITY_OFFICER if challenge.buyer_id in bodies else Role.OFFICER


def _candidates(falls_to_me: ColumnElement[bool], bodies: list[int]) -> Iterator[Task]:
    """Yield the juries for which a secretary asks whether somebody can be seated."""
    rows = db.session.scalars(
        select(Challenge)
        .where(
            falls_to_me,
            Challenge.state.in_((ChallengeState.PUBLISHED, ChallengeState.OPENED)),
            exists().where(
                Candidate.challenge_id == Challenge.id,
                Candidate.asked_at.is_not(None),
                Candidate.answer.is_(None),
            ),
        )
        .order_by(Challenge.id)
    )
    for challenge in rows:
        what = _("Say whether a candidate can sit on the jury")
        yield Task(_role(challenge, bodies), what, challenge, "jury.integrity", challenge.code)
