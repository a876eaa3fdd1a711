"""What people do with challenges. Every verb says who and when."""

from sir.challenges.services.calls import change_call, choose_call, draft_call
from sir.challenges.services.drafting import (
    CriterionRow,
    LevelRow,
    draft_challenge,
    set_calendar,
    set_plan,
    write_anchors,
    write_terms,
)
from sir.challenges.services.publishing import (
    approve_challenge,
    measured_pages,
    publish_challenge,
    review_faults,
    send_back,
    submit_for_review,
)
from sir.challenges.services.recipes import use_recipe
from sir.challenges.services.team import (
    add_partner,
    remove_partner,
    staff_challenge,
    unstaff_challenge,
)

__all__ = [
    "CriterionRow",
    "LevelRow",
    "add_partner",
    "approve_challenge",
    "change_call",
    "choose_call",
    "draft_call",
    "draft_challenge",
    "measured_pages",
    "publish_challenge",
    "remove_partner",
    "review_faults",
    "send_back",
    "set_calendar",
    "set_plan",
    "staff_challenge",
    "submit_for_review",
    "unstaff_challenge",
    "use_recipe",
    "write_anchors",
    "write_terms",
]
