"""Sharing a plan with other governments."""

from __future__ import annotations

from datetime import datetime

from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.people.models import Organisation, Person
from sir.workflows.models import Plan, Recipe
from sir.workflows.rules import plan_content


def share_recipe(  # noqa: PLR0913 - what a recipe says of itself
    plan: Plan, *, name: str, description: str, body: Organisation, by: Person, at: datetime
) -> Recipe:
    """Keep a copy of a plan as it is now, for everybody who works for a public body."""
    recipe = Recipe(
        code=new_code(),
        name=name,
        description=description,
        body=body,
        content=plan_content(plan),
        shared_at=at,
        shared_by_id=by.id,
    )
    db.session.add(recipe)
    record("recipe.shared", recipe, by=by, at=at, body=body.code)
    return recipe
