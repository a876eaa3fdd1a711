"""A price beside the criteria: what a plan must say of it before anybody may publish it."""

from decimal import Decimal

import pytest

from sir.workflows.models import Plan, PriceFormula
from sir.workflows.rules import plan_content, plan_faults, plan_hash, price_advice, refill
from sir.workflows.rules.standard import standard_plan


def priced(weight="30", formula=PriceFormula.ABSOLUTE, **changes):
    """The standard plan with a price: its criteria are 70 together."""
    plan = standard_plan()
    plan.price_weight, plan.price_formula = Decimal(weight), formula
    if formula is PriceFormula.ABSOLUTE:
        plan.price_floor, plan.price_ceiling = Decimal(10_000), Decimal(30_000)
    else:
        plan.no_new_ranking = True
    weights = (10, 15, 20, 15, 10)
    for row, share in zip(plan.criteria, weights, strict=True):
        row.weight = Decimal(share)
    for name, value in changes.items():
        setattr(plan, name, value)
    return plan


def fields(plan):
    return [fault.field for fault in plan_faults(plan)]


@pytest.mark.parametrize("formula", list(PriceFormula))
def test_a_plan_may_weigh_a_price_by_either_formula(formula):
    assert fields(priced("30", formula)) == []


@pytest.mark.parametrize(
    ("weight", "is_right"), [("29.99", False), ("30", True), ("30.00", True), ("30.01", False)]
)
def test_criteria_and_price_together_are_exactly_one_hundred(weight, is_right):
    plan = priced("30")
    plan.price_weight = Decimal(weight)

    assert (fields(plan) == []) is is_right
    if not is_right:
        assert "with the price" in str(plan_faults(plan)[0].sentence)


@pytest.mark.parametrize("weight", ["0", "-5", "100", "12.345"])
def test_the_weight_of_a_price_lies_between_nothing_and_all_with_two_decimals(weight):
    assert "weight_price" in fields(priced("30", price_weight=Decimal(weight)))


@pytest.mark.parametrize(
    ("floor", "ceiling", "is_right"),
    [
        ("0", "0.01", True),
        ("10000", "30000", True),
        ("30000", "30000", False),
        ("30000.01", "30000", False),
        ("-1", "30000", False),
        (None, "30000", False),
        ("10000", None, False),
    ],
)
def test_the_floor_lies_below_the_ceiling(floor, ceiling, is_right):
    bounds = {
        "price_floor": floor and Decimal(floor),
        "price_ceiling": ceiling and Decimal(ceiling),
    }

    assert fields(priced(**bounds)) == ([] if is_right else ["price_floor"])


def test_a_relative_price_needs_the_clause_and_no_amounts_and_comes_with_a_warning():
    relative = priced(formula=PriceFormula.RELATIVE)

    assert fields(relative) == []
    assert "turn the order" in str(price_advice(relative))
    relative.no_new_ranking = False
    relative.price_floor = Decimal(5)
    assert fields(relative) == ["no_new_ranking", "price_floor"]
    assert price_advice(priced()) is None


def test_without_a_weight_no_rule_for_the_price_may_stand():
    plan = standard_plan()
    assert price_advice(plan) is None
    plan.price_ceiling = Decimal(30_000)

    assert fields(plan) == ["weight_price"]


def test_a_recipe_keeps_the_price_and_every_part_of_it_is_in_the_hash():
    plan = priced()
    copy = Plan()
    refill(copy, plan_content(plan))

    assert plan_hash(copy) == plan_hash(plan)
    for name, value in (
        ("price_weight", Decimal(31)),
        ("price_formula", PriceFormula.RELATIVE),
        ("price_floor", Decimal(1)),
        ("price_ceiling", Decimal(99_999)),
        ("no_new_ranking", True),
    ):
        assert plan_hash(priced(**{name: value})) != plan_hash(plan)
