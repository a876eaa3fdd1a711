"""What must be true of a price that counts beside the criteria (jury: F7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sir.kernel.i18n import lazy
from sir.workflows.models import Plan, PriceFormula
from sir.workflows.rules.limits import CENT, HUNDRED


def total_weight(plan: Plan) -> Decimal:
    """Add up what the criteria and the price count for, in percent."""
    return sum((row.weight for row in plan.criteria), plan.price_weight or Decimal(0))


def price_faults(plan: Plan) -> Iterator[tuple[str, Any]]:
    """Give (field, sentence) for everything that keeps a price from becoming points."""
    weight = plan.price_weight
    if weight is None:
        if (plan.price_floor, plan.price_ceiling) != (None, None) or plan.no_new_ranking:
            yield "weight_price", lazy("Say what the price counts for, or leave its rules empty.")
        return
    if not 0 < weight < HUNDRED or weight != weight.quantize(CENT):
        yield (
            "weight_price",
            lazy("The weight of the price lies above 0 and below 100, with at most two decimals."),
        )
    if plan.price_formula is PriceFormula.RELATIVE:
        yield from _relative_faults(plan)
    else:
        yield from _absolute_faults(plan)


def _absolute_faults(plan: Plan) -> Iterator[tuple[str, Any]]:
    floor, ceiling = plan.price_floor, plan.price_ceiling
    if floor is None or ceiling is None:
        yield (
            "price_floor",
            lazy("Say at which price a proposal gets all points, and at which price none."),
        )
    elif not 0 <= floor < ceiling:
        yield (
            "price_floor",
            lazy("The price that gets all points must be lower than the price that gets none."),
        )


def _relative_faults(plan: Plan) -> Iterator[tuple[str, Any]]:
    if not plan.no_new_ranking:
        sentence = lazy(
            "Prices that are compared with the lowest need the clause that nobody is ranked anew"
            " when a proposal drops out."
        )
        yield "no_new_ranking", sentence
    if (plan.price_floor, plan.price_ceiling) != (None, None):
        yield (
            "price_floor",
            lazy("Leave both amounts empty: compared with the lowest price they mean nothing."),
        )


def price_advice(plan: Plan) -> Any | None:
    """Warn of a formula in which one bid can turn the order of two others; None when it cannot."""
    if plan.price_weight is None or plan.price_formula is PriceFormula.ABSOLUTE:
        return None
    return lazy(
        "Prices are compared with the lowest one. Then one proposal can turn the order of two"
        " others. Between two fixed amounts it cannot."
    )
