"""What is true of a call: which challenges count, until when, and what can still change."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Call, Challenge, ChallengeState

UNREAD = frozenset(
    {
        ChallengeState.DRAFT,
        ChallengeState.REVIEW,
        ChallengeState.APPROVED,
        ChallengeState.PUBLISHED,
    }
)


def counting(call: Call) -> list[Challenge]:
    """List the challenges of a call that are public and were not cancelled, first to close first.

    A challenge that is cancelled drops out; one that was never published has not come in.
    """
    return [
        challenge
        for challenge in call.challenges
        if challenge.published_at is not None and challenge.state is not ChallengeState.CANCELLED
    ]


def last_deadline(call: Call) -> datetime | None:
    """Give the latest deadline of the challenges that count; none while nothing is public."""
    return max((row.closes_at for row in counting(call) if row.closes_at), default=None)


def is_under_way(call: Call, at: datetime) -> bool:
    """Say whether a deadline of the call has passed: from then no challenge can come in."""
    return any(row.closes_at is not None and row.closes_at <= at for row in counting(call))


def is_settled(call: Call) -> bool:
    """Say whether name and rule stand: somebody approved a challenge that prints them."""
    return any(row.plan.frozen_at is not None for row in call.challenges)


def is_read(call: Call) -> bool:
    """Say whether every vault of the call is open: only then an order is read."""
    rows = counting(call)
    return bool(rows) and all(row.state not in UNREAD for row in rows)
