"""The life of a decision."""

from sir.decisions.models import DecisionState
from sir.decisions.rules import (
    is_checked,
    is_confirmed_by_another,
    is_motivated,
    is_not_proposed_for_withdrawal,
    jury_has_decided,
    standstill_is_over,
)
from sir.kernel.lifecycle import Lifecycle, Move

DRAFT = DecisionState.DRAFT
NOTIFIED = DecisionState.NOTIFIED
SUSPENDED = DecisionState.SUSPENDED
AWARDED = DecisionState.AWARDED
WITHDRAWN = DecisionState.WITHDRAWN

# fmt: off
LIFECYCLE = Lifecycle(
    #     act        from         to         only if
    Move("release",  {DRAFT},     NOTIFIED,  (jury_has_decided, is_motivated, is_checked)),
    Move("suspend",  {NOTIFIED},  SUSPENDED),
    Move("resume",   {SUSPENDED}, NOTIFIED),
    Move("award",    {NOTIFIED},  AWARDED,   (standstill_is_over, is_not_proposed_for_withdrawal)),
    Move("withdraw", {NOTIFIED, SUSPENDED}, WITHDRAWN, (is_confirmed_by_another,)),
)
# fmt: on
