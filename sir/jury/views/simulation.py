"""A plan tried out with invented bids, and how firm an outcome is once awarded (S1, F13, R19)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.jury.document import decided_by_name, numbered_name
from sir.jury.models import Ranking
from sir.jury.queries import bidder_names, ranking_by_code
from sir.jury.rules import plan as engine
from sir.jury.rules.diagnostics import sensitivity
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, read_scores
from sir.jury.rules.simulation import (
    BIDS,
    NAMES,
    agreed_scores,
    invented,
    invented_prices,
    reversals,
    reweighed,
    ties,
    tried,
)
from sir.jury.rules.snapshot import engine_plan
from sir.jury.views.door import bp
from sir.kernel.errors import Invalid
from sir.kernel.i18n import _
from sir.web.fields import UnclearNumberError, read_number
from sir.web.gate import requires
from sir.workflows.models import Plan
from sir.workflows.rules import plan_faults

DRAWS = 300
USUAL_BIDS = 4
SEED = 9  # digits of a number that starts a draw
CENTS = 2  # decimals of an amount
TOO_DEAR = 10**9  # euro
WEIGHT = re.compile(r"\d{1,3}(\.\d{1,20})?", re.ASCII)


@bp.get("/challenges/<code>/simulation")
@requires("simulation.read", challenge_by_code)
def simulation(challenge: Challenge) -> ResponseReturnValue:
    """Rank invented bids by the draft's plan; nothing is kept."""
    plan = challenge.plan
    faults = _faults(plan)
    if faults:
        return render_template("jury/simulation.html", challenge=challenge, faults=faults)
    official = tried(engine_plan(plan, None, is_sealed=False))
    bids, seed = _bids(), _seed()
    points = _typed(official, bids, seed)
    weighed = reweighed(official, _wishes(official))
    prices = _typed_prices(official, bids, seed)
    scores = agreed_scores(official, points, prices)
    return render_template(
        "jury/simulation.html",
        challenge=challenge,
        faults=[],
        bids=bids,
        most=BIDS,
        seed=seed,
        points=points,
        prices=prices,
        scale=official.scale,
        ties=ties(weighed, bids=bids, seats=plan.seat_count, seed=seed, draws=DRAWS),
        reversals=reversals(weighed, scores),
        **_shown(
            plan, official, weighed, scores, {bid: _("Bid %(name)s", name=bid) for bid in points}
        ),
    )


@bp.get("/rankings/<code>/sensitivity")
@requires("sensitivity.read", ranking_by_code)
def firmness(ranking: Ranking) -> ResponseReturnValue:
    """How far a weight may move before another proposal leads; only once awarded."""
    round_ = ranking.round
    document = json.loads(ranking.inputs)
    official, scores = read_plan(document), read_scores(document)
    weighed = reweighed(official, _wishes(official))
    names = {
        str(number): numbered_name(number, bidder)
        for number, bidder in bidder_names(round_.challenge).items()
    }
    return render_template(
        "jury/sensitivity.html",
        ranking=ranking,
        challenge=round_.challenge,
        **_shown(round_.challenge.plan, official, weighed, scores, names),
    )


def _shown(
    plan: Plan,
    official: engine.Plan,
    weighed: engine.Plan,
    scores: engine.Scores,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Give what both pages show: the order by these weights, and how firm the official one is."""
    before = {place.proposal: place.rank for place in rank(official, scores).places}
    labels = {row.key: row.name for row in plan.criteria}
    return {
        "plan": plan,
        "labels": labels,
        "official": {row.key: row.weight for row in official.criteria},
        "weighed": {row.key: row.weight for row in weighed.criteria},
        "is_official": weighed == official,
        "places": [
            {
                "name": names[place.proposal],
                "rank": place.rank,
                "before": before[place.proposal],
                "score": place.score,
                "points": [place.points[key] for key in labels],
                "price": place.price,
                "decided": decided_by_name(place.decided_by, plan) if place.passes else "",
            }
            for place in rank(weighed, scores).places
        ],
        "found": sensitivity(official, scores),
        "called": names,
    }


def _faults(plan: Plan) -> list[Any]:
    """Say what must be put right before a plan can rank anything at all."""
    try:
        if plan.levels and plan.criteria:
            engine.check_plan(tried(engine_plan(plan, None, is_sealed=False)))
            return []
    except Invalid:
        pass  # said below in the words of the form
    return [fault.sentence for fault in plan_faults(plan)]


def _bids() -> int:
    least, most = BIDS
    return min(max(request.args.get("bids", USUAL_BIDS, type=int), least), most)


def _seed() -> str:
    text = request.args.get("draw", request.args.get("seed", "1"))
    return text if text.isascii() and text.isdecimal() and len(text) <= SEED else "1"


def _typed(plan: engine.Plan, bids: int, seed: str) -> dict[str, dict[str, engine.Exact]]:
    """Read the grid; a cell that is no level keeps what was invented, and another draw all."""
    drawn = invented(plan, bids=bids, seed=seed)
    if "draw" in request.args:
        return drawn
    levels = {f"{level:f}": level for level in plan.scale or ()}
    return {
        bid: {
            key: levels.get(request.args.get(f"points_{bid}_{key}", ""), drawn[bid][key])
            for key in plan.keys
        }
        for bid in NAMES[:bids]
    }


def _typed_prices(plan: engine.Plan, bids: int, seed: str) -> dict[str, engine.Exact] | None:
    """Read what each bid asks; what is no price that gives points keeps what was invented."""
    drawn = invented_prices(plan, bids=bids, seed=seed)
    if drawn is None or "draw" in request.args:
        return drawn
    return {bid: _typed_price(bid) or price for bid, price in drawn.items()}


def _typed_price(bid: str) -> Decimal | None:
    try:
        price = read_number(request.args.get(f"price_{bid}", ""), CENTS)
    except UnclearNumberError:
        return None
    return price if 0 < price < TOO_DEAR else None


def _wishes(plan: engine.Plan) -> dict[str, Decimal]:
    """Read the sliders; what is no number keeps the official weight."""
    asked = {row.key: request.args.get(f"weight_{row.key}", "") for row in plan.criteria}
    return {
        row.key: Decimal(asked[row.key])
        if WEIGHT.fullmatch(asked[row.key])
        else Decimal(row.weight)
        for row in plan.criteria
    }
