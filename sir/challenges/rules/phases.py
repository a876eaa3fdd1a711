"""What is true of a challenge at a moment."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sir.challenges.models import Challenge, ChallengeState

# Nothing happens any more.
OVER = frozenset({ChallengeState.AWARDED, ChallengeState.CANCELLED})


# The vault is open: those of a cancelled challenge may have been, or not.
UNSEALED = frozenset({ChallengeState.OPENED, ChallengeState.NOTIFIED, ChallengeState.AWARDED})


class Phase(StrEnum):
    """What the clock says of a published challenge. Never stored."""

    NOT_PUBLIC = "not_public"
    QUESTIONS = "questions"  # open for questions and proposals
    PROPOSALS = "proposals"  # open for proposals, questions are closed
    CLOSED = "closed"


def accepts_proposals(challenge: Challenge, at: datetime) -> bool:
    """Say whether proposals are welcome. The closing instant itself is too late."""
    return (
        challenge.state is ChallengeState.PUBLISHED
        and challenge.closes_at is not None
        and at < challenge.closes_at
    )


def accepts_questions(challenge: Challenge, at: datetime) -> bool:
    """Say whether questions are welcome: before their own deadline, while proposals are."""
    return accepts_proposals(challenge, at) and (
        challenge.questions_close_at is None or at < challenge.questions_close_at
    )


def seal_of(challenge: Challenge) -> str:
    """Give the code for which letters that tell who takes part are sealed; none once opened."""
    return challenge.code if challenge.state is ChallengeState.PUBLISHED else ""


def is_accounted_for(challenge: Challenge) -> bool:
    """Say whether a public procedure ended: then an auditor may read all that was unsealed."""
    return challenge.state in OVER and challenge.published_at is not None


def phase(challenge: Challenge, at: datetime) -> Phase:
    """Tell what the clock says."""
    if challenge.published_at is None:
        return Phase.NOT_PUBLIC
    if accepts_questions(challenge, at):
        return Phase.QUESTIONS
    if accepts_proposals(challenge, at):
        return Phase.PROPOSALS
    return Phase.CLOSED
