"""What is true of a plan: its checks, its standard form, and the content its hash stands for."""

from sir.workflows.rules.content import digits, plan_content, plan_hash
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
from sir.workflows.rules.standard import STANDARD_CRITERIA, STANDARD_LEVELS, standard_plan

__all__ = [
    "ANCHOR_LIMIT",
    "CRITERIA",
    "DECIMALS",
    "LABEL_LIMIT",
    "LEVELS",
    "LOOKS_FOR_LIMIT",
    "NAME_LIMIT",
    "QUALIFICATION_LIMIT",
    "QUESTIONS",
    "REASON",
    "STANDARD_CRITERIA",
    "STANDARD_LEVELS",
    "digits",
    "plan_content",
    "plan_faults",
    "plan_hash",
    "seats_advice",
    "standard_plan",
]
