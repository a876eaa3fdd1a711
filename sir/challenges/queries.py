"""Questions about challenges."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, select

from sir.challenges.models import Challenge, TeamPlace
from sir.kernel.database import db
from sir.kernel.errors import Missing


def challenge_by_code(code: str) -> Challenge:
    """Find the challenge a link points to."""
    challenge = db.session.scalar(select(Challenge).where(Challenge.code == code))
    if challenge is None:
        raise Missing
    return challenge


def team_ties(person_id: int) -> Select[Any, Any, Any]:
    """Select (scope, role, challenge) of a person, to be joined with other ties."""
    return select(literal("challenge"), TeamPlace.role, TeamPlace.challenge_id).where(
        TeamPlace.person_id == person_id
    )
