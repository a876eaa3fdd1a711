"""The life of a proposal, and of the opening of a vault."""

from sir.kernel.lifecycle import Lifecycle, Move
from sir.proposals.models import OpeningState, ProposalState
from sir.proposals.rules import after_deadline, before_deadline

DRAFT = ProposalState.DRAFT
SEALED = ProposalState.SEALED
WITHDRAWN = ProposalState.WITHDRAWN
OPENED = ProposalState.OPENED
INADMISSIBLE = ProposalState.INADMISSIBLE

STARTED = OpeningState.STARTED

# fmt: off
LIFECYCLE = Lifecycle(
    #     act         from                        to            only if
    Move("submit",   {DRAFT, SEALED, WITHDRAWN},  SEALED,       (before_deadline,)),
    Move("withdraw", {SEALED},                    WITHDRAWN,    (before_deadline,)),
    Move("open",     {SEALED},                    OPENED,       (after_deadline,)),
    Move("exclude",  {OPENED},                    INADMISSIBLE),
    Move("readmit",  {INADMISSIBLE},              OPENED),
)

OPENING = Lifecycle(
    #     act         from        to                       only if
    Move("complete", {STARTED},  OpeningState.COMPLETED,  (after_deadline,)),
    Move("lapse",    {STARTED},  OpeningState.LAPSED),
)
# fmt: on
