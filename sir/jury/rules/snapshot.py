"""A round as the engine reads it: the plan and the points, from what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from sir.jury.models import ConsensusItem, OpenedPrice, Seat, Sheet
from sir.jury.rules import plan as engine
from sir.jury.rules.ranking import Outcome
from sir.jury.rules.reading import text
from sir.jury.rules.roundfile import written_outcome, written_plan, written_scores
from sir.jury.rules.second import Standing
from sir.proposals.models import Proposal
from sir.workflows.models import Plan, PriceFormula


def name_of(proposal: Proposal) -> str:
    """Name a proposal as the lot does: by its number, drawn at the opening."""
    return str(proposal.number)


def engine_plan(
    plan: Plan,
    shortlist: int | None,
    *,
    is_sealed: bool = True,
    lowest: Decimal | None = None,
    lot: str | None = None,
) -> engine.Plan:
    """Give the published plan as the engine wants it.

    Ties are broken by the published list, or else by descending weight (F6); without a list all
    who stand equal at the cut of a shortlist are invited (F5). A price that counts gives no points
    while it is sealed; `lowest` is the lowest that was opened. `lot` is what the published
    source gave: without it the lot parts nobody.
    """
    maximum = max(level.points for level in plan.levels)
    return engine.Plan(
        criteria=tuple(
            engine.Criterion(row.key, row.weight, maximum, row.minimum) for row in plan.criteria
        ),
        scale=tuple(level.points for level in plan.levels),
        method=engine.Method(plan.method),
        decimals=plan.decimals,
        minimum_total=plan.minimum_total,
        tie_order=tuple(plan.tie_order) or None,
        seed=lot,
        shortlist=shortlist,
        readers=plan.readers,
        price=_engine_price(plan, is_sealed=is_sealed, lowest=lowest),
    )


def _engine_price(plan: Plan, *, is_sealed: bool, lowest: Decimal | None) -> engine.Price | None:
    if plan.price_weight is None:
        return None
    is_relative = plan.price_formula is PriceFormula.RELATIVE
    return engine.Price(
        plan.price_weight,
        engine.Formula(plan.price_formula),
        plan.price_floor,
        plan.price_ceiling,
        no_new_ranking=plan.no_new_ranking,
        lowest=lowest if is_relative else None,
        is_sealed=is_sealed,
    )


def engine_scores(
    plan: Plan,
    seats: Iterable[Seat],
    sheets: Iterable[Sheet],
    items: Iterable[ConsensusItem],
    standing: Standing | None = None,
) -> engine.Scores:
    """Give the points of every sheet that counts, and what the jury agreed.

    `standing` holds what second sheets put in the place of first ones.
    """
    moved = standing or {}
    given: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(dict)
    for sheet in sheets:
        given[name_of(sheet.proposal)][sheet.seat.label] = {
            cell.criterion.key: moved.get((sheet.id, cell.criterion_id), cell.level).points
            for cell in sheet.cells
            if cell.level
        }
    agreed: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for item in items:
        if item.level is not None:
            agreed[name_of(item.proposal)][item.criterion.key] = item.level.points
    is_agreed = engine.Method(plan.method) is engine.Method.CONSENSUS
    return engine.Scores(
        seats=tuple(seat.label for seat in seats),
        sheets=dict(given),
        consensus=dict(agreed) if is_agreed else None,
    )


def engine_prices(
    prices: Iterable[OpenedPrice], scored: Collection[str]
) -> dict[str, engine.Exact]:
    """Give what was asked, in euro without VAT, by every proposal that was scored."""
    return {
        name_of(row.proposal): row.amount
        for row in prices
        if row.amount is not None and name_of(row.proposal) in scored
    }


def round_file(plan: engine.Plan, scores: engine.Scores, about: dict[str, str]) -> dict[str, Any]:
    """Give the very file that `flask sir rank` reads, with a word for people about its origin."""
    return {**written_plan(plan), **written_scores(scores), "about": about}


def kept_outcome(outcome: Outcome) -> dict[str, Any]:
    """Give what `flask sir rank` prints, and the published points per criterion beside it."""
    return {
        **written_outcome(outcome),
        "points": {
            place.proposal: {key: text(value) for key, value in place.points.items()}
            for place in outcome.places
        },
    }
