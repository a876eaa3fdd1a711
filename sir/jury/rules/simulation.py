"""A plan tried out: invented bids, equal totals, a bid that drops out, other weights (S1, F13).

Only with invented bids before publication, and on the real outcome after the award (jury: R19).
Nothing here is kept and nothing here decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from sir.jury.rules.plan import BY_LOT, FULL, Exact, Formula, Method, Plan, Points, Scores
from sir.jury.rules.ranking import rank

CENTS = 10_000  # hundredths of a percent in all weights together
BIDS = (2, 8)
NAMES = "ABCDEFGH"
STEPS = 3  # one below, the same, one above
CENT = Decimal("0.01")
PRICE_STEPS = 20  # between the cheapest and the dearest of invented bids
CHEAP, DEAR = Decimal(10_000), Decimal(30_000)  # euro, where no floor and ceiling say it


@dataclass(frozen=True)
class Ties:
    """How often the first place was equal in published totals, and what parted it then."""

    draws: int
    by_list: int  # a criterion of the tie list
    by_lot: int  # or nothing at all, when no source of a lot was named

    @property
    def tied(self) -> int:
        """How many draws ended equal on top."""
        return self.by_list + self.by_lot


@dataclass(frozen=True)
class Reversal:
    """The order of the others with one bid gone, where it is unlike the order with it."""

    without: str
    order: tuple[str, ...]


def tried(plan: Plan) -> Plan:
    """Give a plan as a simulation ranks by it: a full panel, nobody invited to a second stage."""
    return replace(plan, readers=None, shortlist=None)


def invented(plan: Plan, *, bids: int, seed: str) -> dict[str, dict[str, Exact]]:
    """Invent the points of some bids; the same seed gives the same points.

    Each level of the scale is as likely as any other. The plan has a scale.
    """
    scale = plan.scale or ()
    return {
        bid: {key: scale[_draw(len(scale), seed, bid, key)] for key in plan.keys}
        for bid in NAMES[:bids]
    }


def invented_prices(plan: Plan, *, bids: int, seed: str) -> dict[str, Exact] | None:
    """Invent what some bids ask, in steps from floor to ceiling; None where no price counts."""
    if plan.price is None:
        return None
    low, high = CHEAP, DEAR
    if plan.price.formula is Formula.ABSOLUTE:
        low, high = Decimal(plan.price.floor or 0), Decimal(plan.price.ceiling or 0)
    steps = {bid: _draw(PRICE_STEPS + 1, seed, bid, "price") for bid in NAMES[:bids]}
    return {
        bid: (low + (high - low) * step / PRICE_STEPS).quantize(CENT) for bid, step in steps.items()
    }


def agreed_scores(
    plan: Plan, points: Mapping[str, Points], prices: Mapping[str, Exact] | None = None
) -> Scores:
    """Give scores of a jury that is of one mind: these points, whatever the method."""
    return Scores(
        prices=prices,
        seats=("J1",),
        sheets={bid: {"J1": given} for bid, given in points.items()},
        consensus=points if plan.method is Method.CONSENSUS else None,
    )


def ties(plan: Plan, *, bids: int, seats: int, seed: str, draws: int) -> Ties:
    """Count how often invented bids end equal on top.

    Each draw invents other bids. When the mean counts, every seat gives the level of the bid, the
    one above or the one below, each as likely, within the scale.
    """
    by_list = by_lot = 0
    for number in range(draws):
        scores = _panel(plan, bids, seats, f"{seed}|{number}")
        first, second, *_rest = rank(plan, scores).places
        if not second.passes or first.score != second.score:
            continue
        if first.decided_by in {BY_LOT, None} or second.decided_by in {BY_LOT, None}:
            by_lot += 1
        else:
            by_list += 1
    return Ties(draws, by_list, by_lot)


def reversals(plan: Plan, scores: Scores) -> tuple[Reversal, ...]:
    """Leave out each bid that does not lead, and tell where the order of the others changes.

    With points that hang on no other bid there is none, whatever the scores.
    """
    order = _order(plan, scores)
    found = []
    for gone in order[1:]:
        after = _order(plan, _without(scores, gone))
        if after != tuple(bid for bid in order if bid != gone):
            found.append(Reversal(gone, after))
    return tuple(found)


def reweighed(plan: Plan, wishes: Mapping[str, Decimal]) -> Plan:
    """Give the plan with other weights, in proportion to the wishes, exactly 100 with the price.

    What is left over after rounding goes to the largest remainders, first listed first. Wishes
    that are all zero change nothing.
    """
    wished = [Fraction(wishes.get(row.key, Decimal(0))) for row in plan.criteria]
    total = sum(wished, Fraction(0))
    if total == 0:
        return plan
    room = CENTS if plan.price is None else CENTS - int(plan.price.weight * CENTS / FULL)
    shares = [row * room / total for row in wished]
    whole = [int(row) for row in shares]
    by_rest = sorted(range(len(shares)), key=lambda n: (whole[n] - shares[n], n))
    for number in by_rest[: room - sum(whole)]:
        whole[number] += 1
    return replace(
        plan,
        criteria=tuple(
            replace(row, weight=Decimal(cents) * FULL / CENTS)
            for row, cents in zip(plan.criteria, whole, strict=True)
        ),
    )


def _panel(plan: Plan, bids: int, seats: int, seed: str) -> Scores:
    points = invented(plan, bids=bids, seed=seed)
    prices = invented_prices(plan, bids=bids, seed=seed)
    if plan.method is Method.CONSENSUS:
        return agreed_scores(plan, points, prices)
    scale = plan.scale or ()
    labels = tuple(f"J{number}" for number in range(1, seats + 1))

    def near(level: Exact, *words: str) -> Exact:
        moved = scale.index(level) + _draw(STEPS, seed, *words) - 1
        return scale[min(max(moved, 0), len(scale) - 1)]

    sheets = {
        bid: {
            seat: {key: near(level, bid, key, seat) for key, level in given.items()}
            for seat in labels
        }
        for bid, given in points.items()
    }
    return Scores(labels, sheets, prices=prices)


def _draw(sides: int, *words: str) -> int:
    return int.from_bytes(sha256("|".join(words).encode()).digest()) % sides


def _order(plan: Plan, scores: Scores) -> tuple[str, ...]:
    return tuple(place.proposal for place in rank(plan, scores).places)


def _without(scores: Scores, gone: str) -> Scores:
    kept: Sequence[str] = [bid for bid in scores.sheets if bid != gone]
    return replace(
        scores,
        sheets={bid: scores.sheets[bid] for bid in kept},
        consensus=None
        if scores.consensus is None
        else {bid: scores.consensus[bid] for bid in kept},
        prices=None if scores.prices is None else {bid: scores.prices[bid] for bid in kept},
    )
