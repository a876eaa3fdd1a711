"""Questions about juries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, select

from sir.jury.models import Seat


def seat_ties(person_id: int) -> Select[Any, Any, Any]:
    """Select (scope, role, challenge) of a person's seats, to be joined with other ties."""
    return select(literal("challenge"), Seat.kind, Seat.challenge_id).where(
        Seat.person_id == person_id, Seat.accepted_at.is_not(None), Seat.vacated_at.is_(None)
    )
