"""Recipes are whole plans without a fault, and what is shared comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sir.workflows.models import Anonymity, Method, PitchKind, Plan
from sir.workflows.rules import BUILT_IN, plan_content, plan_faults, refill, standard_plan


@pytest.mark.parametrize("recipe", BUILT_IN.values(), ids=lambda recipe: recipe.code)
def test_every_recipe_of_the_platform_can_be_published_as_it_is_in_both_languages(recipe):
    assert plan_faults(recipe.make(), has_english=True) == []


@given(
    before=st.sampled_from(list(BUILT_IN)),
    after=st.sampled_from(list(BUILT_IN)),
    method=st.sampled_from(Method),
    anonymity=st.sampled_from(Anonymity),
    pitch=st.sampled_from(PitchKind),
    minimum=st.none() | st.decimals(0, 100, places=2),
    order=st.permutations(["K1", "K2", "K3"]),
    is_screened=st.booleans(),
)
def test_a_plan_filled_again_says_exactly_what_the_other_said(before, after, **changes):
    given_plan = BUILT_IN[after].make()
    given_plan.method, given_plan.anonymity = changes["method"], changes["anonymity"]
    given_plan.pitch, given_plan.minimum_total = changes["pitch"], changes["minimum"]
    given_plan.tie_order, given_plan.screen_names = changes["order"], changes["is_screened"]
    content = plan_content(given_plan)
    plan = BUILT_IN[before].make()

    refill(plan, content)

    assert plan_content(plan) == content


def test_an_empty_plan_is_filled_as_well():
    plan = Plan()

    refill(plan, plan_content(standard_plan()))

    assert plan_content(plan) == plan_content(standard_plan())
