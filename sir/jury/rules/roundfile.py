"""A round as one JSON file: how it is read, and how its outcome is written (docs/recompute.md).

Reading raises Invalid(`plan_invalid`) for what has not the shape of a round.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sir.jury.rules.plan import (
    JURY_INCOMPLETE,
    PRICE_MISSING,
    SHEET_INCOMPLETE,
    Criterion,
    Exact,
    Formula,
    Method,
    Plan,
    Points,
    Price,
    Scores,
)
from sir.jury.rules.ranking import Outcome, Place
from sir.jury.rules.reading import (
    entries,
    items,
    maybe,
    name,
    names,
    number,
    only,
    refuse,
    text,
    whole,
)
from sir.kernel.errors import Invalid

CRITERION_KEYS = {"key", "weight", "maximum", "minimum"}
PRICE_KEYS = {"weight", "formula", "floor", "ceiling", "no_new_ranking", "lowest", "sealed"}


def read_plan(document: Mapping[str, Any]) -> Plan:
    """Read the plan of a round."""
    method = document.get("method")
    if method not in list(Method):
        refuse("method", 'is not "mean" or "consensus"')
    decimals = document.get("decimals", Plan.decimals)
    return Plan(
        criteria=tuple(_criterion(item) for item in items(document.get("criteria"), "criteria")),
        scale=maybe(document.get("scale"), "scale", _scale),
        method=Method(method),
        decimals=whole(decimals, "decimals"),
        minimum_total=maybe(document.get("minimum_total"), "minimum_total", number),
        tie_order=maybe(document.get("tie_order"), "tie_order", names),
        seed=maybe(document.get("seed"), "seed", name),
        shortlist=maybe(document.get("shortlist"), "shortlist", whole),
        readers=maybe(document.get("readers"), "readers", whole),
        price=maybe(document.get("price"), "price", _price),
    )


def read_scores(document: Mapping[str, Any]) -> Scores:
    """Read the seats and their sheets.

    A null is a cell not filled. Raises Invalid(`sheet_incomplete`) for points that are no plain
    decimal.
    """
    sheets = {
        name(proposal, "sheets"): {
            name(seat, "sheets"): _points(points, f"{proposal} by {seat}")
            for seat, points in entries(by_seat, f"the sheets of {proposal}").items()
        }
        for proposal, by_seat in entries(document.get("sheets"), "sheets").items()
    }
    return Scores(
        seats=names(document.get("seats"), "seats"),
        sheets=sheets,
        consensus=maybe(document.get("consensus"), "consensus", _consensus),
        finalists=maybe(document.get("finalists"), "finalists", names),
        prices=maybe(document.get("prices"), "prices", _prices),
    )


def read_totals(document: Mapping[str, Any]) -> dict[str, dict[str, Fraction]]:
    """Read totals per proposal and juror; a null is a hole.

    Raises Invalid(`jury_incomplete`) when there is not one total.
    """
    totals = {
        name(proposal, "totals"): {
            name(juror, "totals"): Fraction(number(total, f"{proposal} by {juror}"))
            for juror, total in entries(by_juror, f"the totals of {proposal}").items()
            if total is not None
        }
        for proposal, by_juror in entries(document.get("totals"), "totals").items()
    }
    if not any(totals.values()):
        raise Invalid(JURY_INCOMPLETE, "There is no total.")
    return totals


def written_plan(plan: Plan) -> dict[str, Any]:
    """Write a plan so that `read_plan` reads it back."""
    return {
        "criteria": [
            {
                "key": criterion.key,
                "weight": text(criterion.weight),
                "maximum": text(criterion.maximum),
                "minimum": _text_or_none(criterion.minimum),
            }
            for criterion in plan.criteria
        ],
        "scale": None if plan.scale is None else [text(level) for level in plan.scale],
        "method": plan.method.value,
        "decimals": plan.decimals,
        "minimum_total": _text_or_none(plan.minimum_total),
        "tie_order": None if plan.tie_order is None else list(plan.tie_order),
        "seed": plan.seed,
        "shortlist": plan.shortlist,
        # a full panel has no such number, and its file stays what it always was
        **({} if plan.readers is None else {"readers": plan.readers}),
        **({} if plan.price is None else {"price": _written_price(plan.price)}),
    }


def written_scores(scores: Scores) -> dict[str, Any]:
    """Write scores so that `read_scores` reads them back; `finalists` only if there are."""
    finals = {} if scores.finalists is None else {"finalists": list(scores.finalists)}
    return {
        **finals,
        "seats": list(scores.seats),
        "sheets": {
            proposal: {seat: _written_points(points) for seat, points in by_seat.items()}
            for proposal, by_seat in scores.sheets.items()
        },
        "consensus": None
        if scores.consensus is None
        else {proposal: _written_points(points) for proposal, points in scores.consensus.items()},
        **({} if scores.prices is None else {"prices": _written_points(scores.prices)}),
    }


def written_outcome(outcome: Outcome) -> dict[str, Any]:
    """Write a ranking as `flask sir rank` prints it."""
    return {
        "ranking": [_written_place(place) for place in outcome.places],
        "shortlist": list(outcome.shortlist),
    }


def _criterion(item: Any) -> Criterion:
    fields = entries(item, "a criterion")
    key = name(fields.get("key"), "the key of a criterion")
    only(fields, CRITERION_KEYS, f"criterion {key}")
    return Criterion(
        key=key,
        weight=number(fields.get("weight"), f"the weight of {key}"),
        maximum=number(fields.get("maximum"), f"the maximum of {key}"),
        minimum=maybe(fields.get("minimum"), f"the minimum of {key}", number),
    )


def _price(value: Any, where: str) -> Price:
    fields = entries(value, where)
    only(fields, PRICE_KEYS, "the price")
    formula = fields.get("formula", Formula.ABSOLUTE)
    if formula not in list(Formula):
        refuse("the formula of the price", 'is not "absolute" or "relative"')
    return Price(
        weight=number(fields.get("weight"), "the weight of the price"),
        formula=Formula(formula),
        floor=maybe(fields.get("floor"), "the floor of the price", number),
        ceiling=maybe(fields.get("ceiling"), "the ceiling of the price", number),
        no_new_ranking=_truth(fields, "no_new_ranking"),
        lowest=maybe(fields.get("lowest"), "the lowest price", number),
        is_sealed=_truth(fields, "sealed"),
    )


def _truth(fields: Mapping[str, Any], key: str) -> bool:
    value = fields.get(key, False)
    if not isinstance(value, bool):
        refuse(key, "is not true or false")
    return bool(value)


def _written_price(price: Price) -> dict[str, Any]:
    return {
        "weight": text(price.weight),
        "formula": price.formula.value,
        "floor": _text_or_none(price.floor),
        "ceiling": _text_or_none(price.ceiling),
        "no_new_ranking": price.no_new_ranking,
        **({} if price.lowest is None else {"lowest": text(price.lowest)}),
        **({"sealed": True} if price.is_sealed else {}),
    }


def _prices(value: Any, where: str) -> dict[str, Exact]:
    return {
        name(proposal, where): number(price, f"the price of {proposal}", PRICE_MISSING)
        for proposal, price in entries(value, where).items()
    }


def _scale(value: Any, where: str) -> tuple[Exact, ...]:
    return tuple(number(level, where) for level in items(value, where))


def _consensus(value: Any, where: str) -> dict[str, Points]:
    return {
        name(proposal, where): _points(points, f"{proposal} by consensus")
        for proposal, points in entries(value, where).items()
    }


def _points(value: Any, where: str) -> Points:
    return {
        key: number(points, f"{where} on {key}", SHEET_INCOMPLETE)
        for key, points in entries({} if value is None else value, where).items()
        if points is not None
    }


def _written_points(points: Points) -> dict[str, str]:
    return {key: text(value) for key, value in points.items()}


def _text_or_none(value: Exact | None) -> str | None:
    return None if value is None else text(value)


def _written_place(place: Place) -> dict[str, Any]:
    written: dict[str, Any] = {
        "proposal": place.proposal,
        "score": text(place.score),
        "exact": str(place.exact),
        "rank": place.rank,
        "decided_by": place.decided_by,
        "passes": place.passes,
    }
    if place.price is not None:
        written["price"] = text(place.price)
    if place.shortfalls:
        written["shortfalls"] = [
            {
                "criterion": shortfall.criterion,
                "score": text(shortfall.score),
                "minimum": text(shortfall.minimum),
            }
            for shortfall in place.shortfalls
        ]
    return written
