"""What is true of a challenge at a moment."""

from sir.challenges.rules.calls import (
    counting,
    is_read,
    is_settled,
    is_under_way,
    last_deadline,
)
from sir.challenges.rules.completeness import (
    MAX_PAGES,
    challenge_faults,
    freeze_faults,
    is_central,
    page_faults,
    print_faults,
    publication_faults,
    team_faults,
)
from sir.challenges.rules.dates import (
    DATES,
    DateRow,
    calendar_advice,
    calendar_faults,
    date_values,
    planned,
    standstill_until,
)
from sir.challenges.rules.phases import (
    OVER,
    UNSEALED,
    Phase,
    accepts_proposals,
    accepts_questions,
    is_accounted_for,
    phase,
    seal_of,
)

__all__ = [
    "DATES",
    "MAX_PAGES",
    "OVER",
    "UNSEALED",
    "DateRow",
    "Phase",
    "accepts_proposals",
    "accepts_questions",
    "calendar_advice",
    "calendar_faults",
    "challenge_faults",
    "counting",
    "date_values",
    "freeze_faults",
    "is_accounted_for",
    "is_central",
    "is_read",
    "is_settled",
    "is_under_way",
    "last_deadline",
    "page_faults",
    "phase",
    "planned",
    "print_faults",
    "publication_faults",
    "seal_of",
    "standstill_until",
    "team_faults",
]
