"""What people do with proposals. Every verb says who and when.

Handing in, withdrawing and opening take the challenge's lock first and read the clock after it,
so that no instant allows both. They belong in a transaction that goes `in_turn`.
"""

from sir.proposals.services.drafts import save_draft, start_proposal
from sir.proposals.services.envelopes import (
    exclude_proposal,
    readmit_proposal,
    submit_proposal,
    withdraw_proposal,
)
from sir.proposals.services.openings import (
    Key,
    complete_opening,
    start_opening,
    turn_first_key,
    turn_second_key,
)
from sir.proposals.services.sealing import (
    ChangedMeanwhile,
    Incomplete,
    Late,
    WrongCode,
    note_denied,
    take_turn,
)

__all__ = [
    "ChangedMeanwhile",
    "Incomplete",
    "Key",
    "Late",
    "WrongCode",
    "complete_opening",
    "exclude_proposal",
    "note_denied",
    "readmit_proposal",
    "save_draft",
    "start_opening",
    "start_proposal",
    "submit_proposal",
    "take_turn",
    "turn_first_key",
    "turn_second_key",
    "withdraw_proposal",
]
