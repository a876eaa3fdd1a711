"""The published plan and the scores given under it, with the guards of jury 3.3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from sir.kernel.errors import Invalid

Exact = int | Decimal
Points = Mapping[str, Exact]  # criterion -> points
Sheets = Mapping[str, Mapping[str, Points]]  # proposal -> seat -> points

FULL = 100  # what the weights sum to, and the highest total
MIN_LEVELS = 3
MAX_DECIMALS = 10
NAMED = 5  # a detail names so many culprits and counts the rest

# The codes of a refusal (jury 3.3).
PLAN_INVALID = "plan_invalid"
JURY_INCOMPLETE = "jury_incomplete"
SHEET_INCOMPLETE = "sheet_incomplete"
PRICE_MISSING = "price_missing"

# What `decided_by` may say besides a criterion's key.
BY_SCORE = "score"
BY_LOT = "lot"


class Method(StrEnum):
    """How a jury's scores become one: their mean (F1), or what they agreed together (F2)."""

    MEAN = "mean"
    CONSENSUS = "consensus"


class Formula(StrEnum):
    """How a price becomes points (F7): between floor and ceiling, or against the lowest."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


@dataclass(frozen=True)
class Price:
    """What the price counts for, in percent, beside the criteria (F7).

    An absolute formula has a floor and a ceiling, in euro without VAT. A relative one is only for
    a plan that published that nobody is ranked anew when a bid drops out: `lowest` is then the
    lowest price that was opened, whatever became of its bid. While the prices are sealed they
    give no points, and a minimum for the total waits for them.
    """

    weight: Exact
    formula: Formula = Formula.ABSOLUTE
    floor: Exact | None = None
    ceiling: Exact | None = None
    no_new_ranking: bool = False
    lowest: Exact | None = None  # None: the lowest of the bids that are ranked
    is_sealed: bool = False


@dataclass(frozen=True)
class Criterion:
    """An award criterion: its weight in percent, its highest points, and the fewest that pass."""

    key: str
    weight: Exact
    maximum: Exact
    minimum: Exact | None = None


@dataclass(frozen=True)
class Plan:
    """The part of the published plan that decides the order.

    `scale` holds the points of the levels, rising; None admits any points up to the maximum.
    `tie_order` names criteria; None means that no tie list was published: equals are then shown
    by descending weight, and all who stand equal at the cut of a shortlist are invited.
    `readers` is how many seats score each proposal when they are assigned; None is the full
    panel, where every seat scores every proposal (jury: R1).
    """

    criteria: tuple[Criterion, ...]
    scale: tuple[Exact, ...] | None = None
    method: Method = Method.CONSENSUS
    decimals: int = 2
    minimum_total: Exact | None = None
    tie_order: tuple[str, ...] | None = None
    seed: str | None = None
    shortlist: int | None = None
    readers: int | None = None
    price: Price | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The criteria's keys, as listed."""
        return tuple(criterion.key for criterion in self.criteria)

    @property
    def tie_keys(self) -> tuple[str, ...]:
        """The order in which criteria break a tie: the published one, or by weight (F6)."""
        if self.tie_order is not None:
            return self.tie_order
        # A stable sort: criteria of equal weight stay as listed.
        heaviest = sorted(self.criteria, key=lambda criterion: criterion.weight, reverse=True)
        return tuple(criterion.key for criterion in heaviest)


@dataclass(frozen=True)
class Scores:
    """What each announced seat gave, and what the jury agreed.

    After a second stage the finalists' points are those after the pitch; everybody else keeps
    their points and their place, behind the finalists.
    """

    seats: tuple[str, ...]
    sheets: Sheets
    consensus: Mapping[str, Points] | None = None
    finalists: tuple[str, ...] | None = None  # who pitched; None: there was no second stage
    prices: Mapping[str, Exact] | None = None  # euro without VAT, when the plan weighs a price

    @property
    def proposals(self) -> tuple[str, ...]:
        """Every proposal that was scored, as listed."""
        return tuple(self.sheets)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that could not have been published. Raises Invalid(`plan_invalid`)."""
    faults = [
        *_criteria_faults(plan),
        *_scale_faults(plan),
        *_rule_faults(plan),
        *_price_faults(plan.price),
    ]
    if faults:
        raise Invalid(PLAN_INVALID, " ".join(faults))


def check_scores(plan: Plan, scores: Scores) -> None:
    """Refuse scores that are not all there, or not of the published scale.

    Raises Invalid: `jury_incomplete` unless exactly the announced seats scored every proposal on
    every criterion, or with assigned readers exactly so many of them (and, by consensus, every
    item is agreed); `sheet_incomplete` for points that
    are not a level, or for a criterion that the plan does not have; `price_missing` unless every
    proposal has a price, and none without a plan that weighs it.
    """
    if not scores.seats:
        raise Invalid(JURY_INCOMPLETE, "No seat was announced.")
    if twice := repeated(scores.seats):
        raise Invalid(PLAN_INVALID, f"A seat is announced twice: {listed(twice)}.")
    if not scores.sheets:
        raise Invalid(JURY_INCOMPLETE, "No proposal was scored.")
    _check_finalists(scores)
    _check_jury(plan, scores)
    _check_prices(plan, scores)
    sheets = {
        f"{proposal} by {seat}": points
        for proposal, by_seat in scores.sheets.items()
        for seat, points in by_seat.items()
    }
    if plan.method is Method.CONSENSUS:
        agreed = scores.consensus or {}
        _check_agreement(plan, scores, agreed)
        sheets |= {f"{proposal} by consensus": points for proposal, points in agreed.items()}
    _check_points(plan, sheets)


def repeated(names: Iterable[str]) -> list[str]:
    """Find the names that occur more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def listed(names: Iterable[str]) -> str:
    """Name a few and count the rest."""
    every = list(names)
    rest = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + rest


def _criteria_faults(plan: Plan) -> Iterable[str]:
    if not plan.criteria:
        yield "There is no criterion."
    if twice := repeated(plan.keys):
        yield f"A criterion is listed twice: {listed(twice)}."
    if reserved := [key for key in plan.keys if key in {"", BY_SCORE, BY_LOT}]:
        yield f"A criterion cannot be called {listed(repr(key) for key in reserved)}."
    if any(criterion.weight < 0 for criterion in plan.criteria):
        yield "A weight is below zero."
    begin = Fraction(plan.price.weight) if plan.price else Fraction(0)
    total = sum((Fraction(criterion.weight) for criterion in plan.criteria), begin)
    if plan.criteria and total != FULL:
        shown = Decimal(total.numerator) / total.denominator
        yield f"The weights sum to {shown:f}, not to exactly 100.00."
    for criterion in plan.criteria:
        if criterion.maximum <= 0:
            yield f"The maximum of {criterion.key} is not above zero."
        elif criterion.minimum is not None and not 0 <= criterion.minimum <= criterion.maximum:
            yield f"The minimum of {criterion.key} is not between 0 and its maximum."


def _scale_faults(plan: Plan) -> Iterable[str]:
    if plan.scale is None:
        return
    if len(plan.scale) < MIN_LEVELS:
        yield f"The scale has fewer than {MIN_LEVELS} levels."
    if any(lower >= higher for lower, higher in pairwise(plan.scale)):
        yield "The points of the levels do not strictly increase."
    if any(level < 0 for level in plan.scale):
        yield "A level has points below zero."
    for criterion in plan.criteria:
        if any(level > criterion.maximum for level in plan.scale):
            yield f"The scale goes above the maximum of {criterion.key}."


def _rule_faults(plan: Plan) -> Iterable[str]:
    if not 0 <= plan.decimals <= MAX_DECIMALS:
        yield f"Published values have 0 to {MAX_DECIMALS} decimals."
    if plan.minimum_total is not None and not 0 <= plan.minimum_total <= FULL:
        yield "The minimum in total is not between 0 and 100."
    if plan.shortlist is not None and plan.shortlist < 1:
        yield "A shortlist invites at least one."
    if strangers := [key for key in plan.tie_order or () if key not in plan.keys]:
        yield f"The tie list names what is no criterion: {listed(strangers)}."
    if twice := repeated(plan.tie_order or ()):
        yield f"The tie list names a criterion twice: {listed(twice)}."
    if plan.seed == "":
        yield "The seed of the lot is empty."
    if plan.readers is not None and plan.readers < 1:
        yield "A proposal needs at least one reader."
    if plan.readers is not None and not _has_pass_rule(plan):
        yield "Assigned readers need a published shortlist or minimum: who goes on is the question."


def _price_faults(price: Price | None) -> Iterable[str]:
    if price is None:
        return
    if not 0 < price.weight < FULL:
        yield "The weight of the price is not between 0 and 100."
    if price.formula is Formula.RELATIVE and not price.no_new_ranking:
        yield "A relative price needs the clause that nobody is ranked anew."
    if price.lowest is not None and (price.formula is not Formula.RELATIVE or price.lowest <= 0):
        yield "A lowest price is above zero, and only for a relative price."
    if price.formula is Formula.ABSOLUTE and (
        price.floor is None or price.ceiling is None or not 0 <= price.floor < price.ceiling
    ):
        yield "An absolute price needs a floor, and a ceiling above it."


def _has_pass_rule(plan: Plan) -> bool:
    minimums = [plan.minimum_total, *(criterion.minimum for criterion in plan.criteria)]
    return plan.shortlist is not None or any(minimum is not None for minimum in minimums)


def _check_finalists(scores: Scores) -> None:
    finalists = scores.finalists
    if finalists is None:
        return
    if not finalists:
        raise Invalid(PLAN_INVALID, "A second stage has a finalist.")
    if twice := repeated(finalists):
        raise Invalid(PLAN_INVALID, f"A finalist is listed twice: {listed(twice)}.")
    if strangers := [name for name in finalists if name not in scores.sheets]:
        raise Invalid(JURY_INCOMPLETE, f"Finalists that nobody scored: {listed(strangers)}.")


def _check_jury(plan: Plan, scores: Scores) -> None:
    announced = set(scores.seats)
    keys = plan.keys
    strangers = {seat: None for sheets in scores.sheets.values() for seat in sheets}
    if unannounced := [seat for seat in strangers if seat not in announced]:
        raise Invalid(JURY_INCOMPLETE, f"Scored without a seat: {listed(unannounced)}.")
    if plan.readers is not None and (
        uneven := [p for p, by_seat in scores.sheets.items() if len(by_seat) != plan.readers]
    ):
        raise Invalid(
            JURY_INCOMPLETE, f"Not scored by exactly {plan.readers} seats: {listed(uneven)}."
        )
    missing = []
    for proposal, sheets in scores.sheets.items():
        for seat in scores.seats if plan.readers is None else sheets:
            sheet = sheets.get(seat)
            if not sheet:
                missing.append(f"{proposal} by {seat}")
            else:
                missing += [f"{proposal} by {seat} on {key}" for key in keys if key not in sheet]
    if missing:
        raise Invalid(JURY_INCOMPLETE, f"Not scored: {listed(missing)}.")


def _check_prices(plan: Plan, scores: Scores) -> None:
    prices = scores.prices or {}
    is_weighed = plan.price is not None and not plan.price.is_sealed
    if strangers := [name for name in prices if not is_weighed or name not in scores.sheets]:
        raise Invalid(PRICE_MISSING, f"A price that counts for nothing: {listed(strangers)}.")
    if plan.price is None or plan.price.is_sealed:
        return
    if missing := [name for name in scores.sheets if name not in prices]:
        raise Invalid(PRICE_MISSING, f"No price: {listed(missing)}.")
    is_relative = plan.price.formula is Formula.RELATIVE
    if low := [name for name, price in prices.items() if price < 0 or (is_relative and not price)]:
        raise Invalid(PRICE_MISSING, f"Not a price that gives points: {listed(low)}.")


def _check_agreement(plan: Plan, scores: Scores, agreed: Mapping[str, Points]) -> None:
    if unread := [proposal for proposal in agreed if proposal not in scores.sheets]:
        raise Invalid(JURY_INCOMPLETE, f"Agreed but not scored by the seats: {listed(unread)}.")
    missing = [
        f"{proposal} on {key}"
        for proposal in scores.proposals
        for key in plan.keys
        if key not in agreed.get(proposal, {})
    ]
    if missing:
        raise Invalid(JURY_INCOMPLETE, f"Not agreed: {listed(missing)}.")


def _check_points(plan: Plan, sheets: Mapping[str, Points]) -> None:
    maxima = {criterion.key: criterion.maximum for criterion in plan.criteria}
    levels = None if plan.scale is None else frozenset(plan.scale)
    for where, points in sheets.items():
        for key, value in points.items():
            if key not in maxima:
                raise Invalid(SHEET_INCOMPLETE, f"{where}: {key} is not a criterion.")
            if levels is not None and value not in levels:
                raise Invalid(
                    SHEET_INCOMPLETE,
                    f"{where} on {key}: {_plain(value)} is not a level of the scale.",
                )
            if not 0 <= value <= maxima[key]:
                raise Invalid(
                    SHEET_INCOMPLETE,
                    f"{where} on {key}: {_plain(value)} is not between 0 and the maximum.",
                )


def _plain(value: Exact) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
