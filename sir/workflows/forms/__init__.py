"""What people fill in about a plan."""

from sir.workflows.forms.anchors import anchors_form, anchors_in, stored_anchors
from sir.workflows.forms.plan import (
    SETTINGS,
    criteria_rows,
    level_rows,
    plan_form,
    stored_plan,
    tie_order_in,
)
from sir.workflows.forms.recipes import RecipeForm, UseForm

__all__ = [
    "SETTINGS",
    "RecipeForm",
    "UseForm",
    "anchors_form",
    "anchors_in",
    "criteria_rows",
    "level_rows",
    "plan_form",
    "stored_anchors",
    "stored_plan",
    "tie_order_in",
]
