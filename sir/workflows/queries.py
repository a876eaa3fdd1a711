"""Questions about plans, of which a frozen one is read once, and about recipes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import joinedload, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from sir.kernel.database import Base, db
from sir.kernel.errors import Missing
from sir.kernel.memory import Memory
from sir.workflows.models import Plan, Recipe
from sir.workflows.rules import BUILT_IN, BuiltIn

Row = TypeVar("Row", bound=Base)

_known: Memory[Plan] = Memory(64)


def plan_to_look_at(number: int) -> Plan:
    """Give a plan for a page that writes nothing.

    What is frozen never changes, so it is remembered with its parts; they belong to no session.
    """
    key = db.engine.url, number
    known = _known.get(key)
    if known is None:
        plan = db.session.get_one(Plan, number)
        if plan.frozen_at is None:
            return plan
        known = _known.keep(key, _loose_plan(plan))
    return known


def plan_to_write_by(number: int) -> Plan | None:
    """Give a plan that was looked at before, in the present session; None when it was not.

    A page that writes may relate new rows to its parts: the session gets parts of its own.
    """
    known = _known.get((db.engine.url, number))
    return None if known is None else db.session.merge(known, load=False)


def _loose_plan(plan: Plan) -> Plan:
    copy = _loose(plan)
    set_committed_value(copy, "criteria", [_loose(row) for row in plan.criteria])
    set_committed_value(copy, "levels", [_loose(row) for row in plan.levels])
    return copy


def _loose(row: Row) -> Row:
    kind = type(row)
    names = [column.key for column in inspect(kind).column_attrs]
    copy = kind(**{name: getattr(row, name) for name in names})
    make_transient_to_detached(copy)
    return copy


def recipe_by_code(code: str) -> Recipe | BuiltIn:
    """Find a recipe: one that comes with the platform, or one that a public body shared."""
    if code in BUILT_IN:
        return BUILT_IN[code]
    found = db.session.scalar(
        select(Recipe).where(Recipe.code == code).options(joinedload(Recipe.body))
    )
    if found is None:
        raise Missing
    return found


def shared_recipes(*, before: int | None, limit: int) -> list[Recipe]:
    """List what public bodies share, the newest first: those before a number."""
    query = select(Recipe).order_by(Recipe.id.desc()).limit(limit).options(joinedload(Recipe.body))
    return list(db.session.scalars(query if before is None else query.where(Recipe.id < before)))


def recipe_uses(codes: Collection[str]) -> dict[str, int]:
    """Count the published plans that began with each recipe. Drafts tell nobody what is coming."""
    rows = db.session.execute(
        select(Plan.recipe, func.count())
        .where(Plan.recipe.in_(codes), Plan.frozen_at.is_not(None))
        .group_by(Plan.recipe)
    )
    return {code: count for code, count in rows}  # noqa: C416 - rows are no pairs to mypy
