"""What officials decide. Every verb says who and when."""

from sir.decisions.services.afterwards import (
    award_decision,
    cancel_challenge,
    resume_award,
    suspend_award,
)
from sir.decisions.services.preparing import (
    check_letter,
    prepare_decision,
    write_advantages,
    write_closing,
)
from sir.decisions.services.releasing import release_blockers, release_decision, waits_for
from sir.decisions.services.withdrawing import (
    confirm_withdrawal,
    propose_withdrawal,
    refuse_withdrawal,
    withdrawn_along,
)

__all__ = [
    "award_decision",
    "cancel_challenge",
    "check_letter",
    "confirm_withdrawal",
    "prepare_decision",
    "propose_withdrawal",
    "refuse_withdrawal",
    "release_blockers",
    "release_decision",
    "resume_award",
    "suspend_award",
    "waits_for",
    "withdrawn_along",
    "write_advantages",
    "write_closing",
]
