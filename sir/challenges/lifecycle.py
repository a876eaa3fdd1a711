"""The life of a challenge. Later rooms make the later moves; the table is whole here."""

from datetime import datetime

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.rules import challenge_faults, publication_faults
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import Lifecycle, Move, condition

DRAFT = ChallengeState.DRAFT
REVIEW = ChallengeState.REVIEW
APPROVED = ChallengeState.APPROVED
PUBLISHED = ChallengeState.PUBLISHED
OPENED = ChallengeState.OPENED
NOTIFIED = ChallengeState.NOTIFIED
AWARDED = ChallengeState.AWARDED
CANCELLED = ChallengeState.CANCELLED


@condition(lazy("The challenge is not complete yet."))
def is_complete(challenge: Challenge, at: datetime) -> bool:
    """Text, money, procedure, criteria and calendar hold."""
    return not challenge_faults(challenge, at)


@condition(lazy("Text, criteria and weights must be frozen first."))
def is_frozen(challenge: Challenge, _at: datetime) -> bool:
    """The plan has its hash; nobody can change what a jury will judge by."""
    return challenge.plan.frozen_at is not None


@condition(lazy("The challenge cannot be published like this."))
def is_publishable(challenge: Challenge, at: datetime) -> bool:
    """The notice is on TenderNed or explained, and the dates still hold."""
    return not publication_faults(challenge, at)


@condition(lazy("The deadline has not passed yet."))
def deadline_has_passed(challenge: Challenge, at: datetime) -> bool:
    """Nobody opens before the closing instant (2014/24/EU annex IV b)."""
    return challenge.closes_at is not None and challenge.closes_at <= at


# fmt: off
LIFECYCLE = Lifecycle(
    #     act           from            to         only if
    Move("submit",     {DRAFT},        REVIEW,    (is_complete,)),
    Move("send_back",  {REVIEW},       DRAFT),
    Move("approve",    {REVIEW},       APPROVED,  (is_complete, is_frozen)),
    Move("publish",    {APPROVED},     PUBLISHED, (is_frozen, is_publishable)),
    Move("open",       {PUBLISHED},    OPENED,    (deadline_has_passed,)),
    Move("notify",     {OPENED},       NOTIFIED),
    Move("reopen",     {NOTIFIED},     OPENED),
    Move("award",      {NOTIFIED},     AWARDED),
    Move("cancel",     {DRAFT, REVIEW, APPROVED, PUBLISHED, OPENED, NOTIFIED}, CANCELLED),
)
# fmt: on
