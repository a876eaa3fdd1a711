"""The life of a challenge. Later rooms make the later moves; the table is whole here."""

from sir.challenges.models import ChallengeState
from sir.kernel.lifecycle import Lifecycle, Move

DRAFT = ChallengeState.DRAFT
REVIEW = ChallengeState.REVIEW
APPROVED = ChallengeState.APPROVED
PUBLISHED = ChallengeState.PUBLISHED
OPENED = ChallengeState.OPENED
NOTIFIED = ChallengeState.NOTIFIED
AWARDED = ChallengeState.AWARDED
CANCELLED = ChallengeState.CANCELLED

# fmt: off
LIFECYCLE = Lifecycle(
    #     act           from                               to
    Move("submit",     {DRAFT},                            REVIEW),
    Move("send_back",  {REVIEW},                           DRAFT),
    Move("approve",    {REVIEW},                           APPROVED),
    Move("publish",    {APPROVED},                         PUBLISHED),
    Move("open",       {PUBLISHED},                        OPENED),
    Move("notify",     {OPENED},                           NOTIFIED),
    Move("award",      {NOTIFIED},                         AWARDED),
    Move("cancel",     {DRAFT, REVIEW, APPROVED, PUBLISHED, OPENED, NOTIFIED}, CANCELLED),
)
# fmt: on
