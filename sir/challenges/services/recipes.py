"""Beginning a plan with a recipe."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Challenge
from sir.challenges.services.drafting import check_is_draft
from sir.journal.services import record
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.people.models import Person
from sir.workflows.models import Recipe
from sir.workflows.rules import BuiltIn, refill


def use_recipe(
    challenge: Challenge, recipe: Recipe | BuiltIn, *, version: int, by: Person, at: datetime
) -> None:
    """Replace a draft's whole plan by a recipe, unless somebody changed it meanwhile."""
    check_is_draft(challenge)
    if challenge.plan.version != version:
        raise Refused(
            lazy("Somebody changed the criteria meanwhile. Look at them, then choose again.")
        )
    refill(challenge.plan, recipe.content)
    challenge.plan.recipe = recipe.code
    record(
        "challenge.recipe_used",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        recipe=recipe.code,
    )
