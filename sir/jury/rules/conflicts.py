"""Who may not sit on a jury, and what a declared tie leads to (jury: R11)."""

from __future__ import annotations

from sir.jury.models import Declaration, Tie
from sir.people.models import Role

# Nobody prepares, guards or decides a procedure and scores in it too (jury: 3.2).
NOT_ON_THE_JURY = frozenset(
    {
        *(Role.OWNER, Role.OFFICER, Role.APPROVER, Role.SECRETARY),
        *(Role.PRICE_ASSESSOR, Role.INTEGRITY_OFFICER),
    }
)
DETAIL_LENGTH = 20  # characters that explain a tie, or a measure


def awaits_decision(declaration: Declaration) -> bool:
    """Say whether an officer must still decide on this tie."""
    return declaration.tie is Tie.SOFT and declaration.measure is None
