"""Questions about residencies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from sir.challenges.models import Challenge, TeamPlace
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.people.models import Membership, Person, Role
from sir.residency.models import Milestone, Residency


def _whole() -> Select[Any]:
    return select(Residency).options(
        joinedload(Residency.challenge).joinedload(Challenge.buyer),
        joinedload(Residency.startup),
        selectinload(Residency.milestones),
    )


def residency_by_code(code: str) -> Residency:
    """Find the residency a link points to, with its milestones."""
    residency: Residency | None = db.session.scalars(
        _whole().where(Residency.code == code)
    ).one_or_none()
    if residency is None:
        raise Missing
    return residency


def milestone_by_code(code: str) -> Milestone:
    """Find the milestone a form is about, with its residency."""
    milestone = db.session.scalar(
        select(Milestone)
        .where(Milestone.code == code)
        .options(joinedload(Milestone.residency).joinedload(Residency.challenge))
    )
    if milestone is None:
        raise Missing
    return milestone


def all_residencies() -> list[Residency]:
    """List every residency for everybody, the newest award first, in two questions."""
    return list(
        db.session.scalars(_whole().order_by(Residency.created_at.desc(), Residency.id.desc()))
    )


def awards_to(startups: Iterable[int]) -> list[tuple[int, int]]:
    """List what these startups won before, as pairs of a startup's and a challenge's number."""
    rows = db.session.execute(
        select(Residency.startup_id, Residency.challenge_id)
        .where(Residency.startup_id.in_(list(startups)))
        .order_by(Residency.id)
    )
    return [(startup, challenge) for startup, challenge in rows]


def residencies_on(challenges: Iterable[int]) -> list[Residency]:
    """List the residencies that came of these challenges."""
    return list(
        db.session.scalars(
            _whole().where(Residency.challenge_id.in_(list(challenges))).order_by(Residency.id)
        )
    )


def residencies_of(startups: Iterable[int]) -> list[Residency]:
    """List the residencies of these startups."""
    return list(
        db.session.scalars(
            _whole().where(Residency.startup_id.in_(list(startups))).order_by(Residency.id)
        )
    )


def parties_of(residency: Residency) -> list[Person]:
    """List who works on it on both sides: the challenge's owners and officers, the startup."""
    startup = select(Membership.person_id).where(
        Membership.organisation_id == residency.startup_id, Membership.role == Role.STARTUP_MEMBER
    )
    team = select(TeamPlace.person_id).where(
        TeamPlace.challenge_id == residency.challenge_id,
        TeamPlace.role.in_({Role.OWNER, Role.OFFICER}),
    )
    return list(
        db.session.scalars(
            select(Person).where(Person.id.in_(startup.union(team))).order_by(Person.id)
        )
    )
