"""The library of recipes, and a draft that begins with one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.document import jury_sentences, method_sentences
from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.challenges.services import use_recipe
from sir.challenges.views.base import bp
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires
from sir.web.locale import page_language
from sir.workflows.forms import RecipeForm, UseForm
from sir.workflows.models import Plan, Recipe
from sir.workflows.queries import recipe_by_code, recipe_uses, shared_recipes
from sir.workflows.rules import BUILT_IN, BuiltIn, refill
from sir.workflows.services import share_recipe

PAGE = 25

library = Blueprint("recipes", __name__, url_prefix="/recipes")


@library.get("")
@requires("recipe.read")
def index() -> ResponseReturnValue:
    """Every recipe: those of the platform first, then what public bodies share."""
    return render_template("challenges/recipes.html", **_shelf())


def _shelf() -> dict[str, Any]:
    before = request.args.get("before", type=int)
    shared = shared_recipes(before=before, limit=PAGE + 1)
    built_in = [] if before is not None else list(BUILT_IN.values())
    kept = shared[:PAGE]
    codes = [row.code for row in built_in] + [row.code for row in kept]
    return {
        "built_in": built_in,
        "shared": kept,
        "uses": recipe_uses(codes),
        "older": kept[-1].id if len(shared) > PAGE else None,
        "is_first": before is None,
    }


@library.get("/<code>")
@requires("recipe.read", recipe_by_code)
def show(recipe: Recipe | BuiltIn) -> ResponseReturnValue:
    """One recipe, whole."""
    return render_template("challenges/recipe.html", recipe=recipe, **_plan_words(recipe))


def _plan_words(recipe: Recipe | BuiltIn) -> dict[str, Any]:
    plan = Plan()
    refill(plan, recipe.content)
    return {
        "plan": plan,
        "sentences": [*method_sentences(plan, page_language()), *jury_sentences(plan)],
        "text_lang": page_language(),
    }


@bp.get("/<code>/recipes")
@requires("challenge.edit", challenge_by_code)
def choose_recipe(challenge: Challenge) -> ResponseReturnValue:
    """Choose what a draft's plan begins with."""
    return render_template("challenges/recipes.html", challenge=challenge, **_shelf())


@bp.route("/<code>/recipes/<name>", methods=["GET", "POST"])
@requires("challenge.edit", lambda code, name: challenge_by_code(code))  # noqa: ARG005 - the view reads it
def begin_with(challenge: Challenge) -> ResponseReturnValue:
    """Say what a recipe replaces, and replace it."""
    recipe = recipe_by_code((request.view_args or {})["name"])
    form = UseForm.from_request(version=challenge.plan.version)
    if form.is_accepted():
        with transaction():
            use_recipe(challenge, recipe, version=form.version.data or 0, by=me(), at=now())
        flash(_("The criteria and the jury now come from “%(name)s”.", name=recipe.name))
        return redirect(url_for("challenges.criteria", code=challenge.code))
    page = render_template(
        "challenges/recipe.html",
        challenge=challenge,
        recipe=recipe,
        form=form,
        **_plan_words(recipe),
    )
    return page, form.status


@bp.route("/<code>/share", methods=["GET", "POST"])
@requires("challenge.edit", challenge_by_code)
def share(challenge: Challenge) -> ResponseReturnValue:
    """Share a challenge's plan as a recipe."""
    form = RecipeForm.from_request()
    if form.is_accepted():
        with transaction():
            recipe = share_recipe(
                challenge.plan,
                name=form.title.data or "",
                description=form.description.data or "",
                body=challenge.buyer,
                by=me(),
                at=now(),
            )
        flash(_("Every government can now use this recipe."))
        return redirect(url_for("recipes.show", code=recipe.code))
    page = render_template("challenges/share.html", challenge=challenge, form=form)
    return page, form.status
