"""What is true of a plan: its checks, its standard form, and the content its hash stands for."""

from sir.workflows.rules.anchors import anchor_of, follow, own_anchors
from sir.workflows.rules.content import digits, plan_content, plan_hash, refill
from sir.workflows.rules.faults import plan_faults, seats_advice
from sir.workflows.rules.limits import (
    ANCHOR_LIMIT,
    CRITERIA,
    DECIMALS,
    LABEL_LIMIT,
    LEVELS,
    LOOKS_FOR_LIMIT,
    NAME_LIMIT,
    QUALIFICATION_LIMIT,
    QUESTIONS,
    REASON,
)
from sir.workflows.rules.prices import price_advice, total_weight
from sir.workflows.rules.recipes import (
    BUILT_IN,
    RECIPE_DESCRIPTION_LIMIT,
    RECIPE_NAME_LIMIT,
    BuiltIn,
)
from sir.workflows.rules.standard import STANDARD_CRITERIA, STANDARD_LEVELS, standard_plan

__all__ = [
    "ANCHOR_LIMIT",
    "BUILT_IN",
    "CRITERIA",
    "DECIMALS",
    "LABEL_LIMIT",
    "LEVELS",
    "LOOKS_FOR_LIMIT",
    "NAME_LIMIT",
    "QUALIFICATION_LIMIT",
    "QUESTIONS",
    "REASON",
    "RECIPE_DESCRIPTION_LIMIT",
    "RECIPE_NAME_LIMIT",
    "STANDARD_CRITERIA",
    "STANDARD_LEVELS",
    "BuiltIn",
    "anchor_of",
    "digits",
    "follow",
    "own_anchors",
    "plan_content",
    "plan_faults",
    "plan_hash",
    "price_advice",
    "refill",
    "seats_advice",
    "standard_plan",
    "total_weight",
]
