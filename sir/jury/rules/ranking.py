"""The ranking: from scores to an order, exact, by the rules that were published (jury: F1-F7).

Everything is a whole number over a common denominator until the one half-up rounding at the
end. Ranks, minimums and ties are decided on the rounded, published values and on nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm

from sir.jury.rules.plan import (
    BY_LOT,
    BY_SCORE,
    PLAN_INVALID,
    Exact,
    Formula,
    Method,
    Plan,
    Points,
    Scores,
    check_plan,
    check_scores,
)
from sir.kernel.errors import Invalid


@dataclass(frozen=True)
class Shortfall:
    """A published score below a published minimum; without a criterion it is the total."""

    criterion: str | None
    score: Decimal
    minimum: Exact


@dataclass(frozen=True)
class Place:
    """Where one proposal stands. A proposal below a minimum has no rank."""

    proposal: str
    exact: Fraction
    score: Decimal
    points: Mapping[str, Decimal]  # the published score per criterion
    rank: int | None
    decided_by: str | None  # None: equal to another still, for there was no seed to draw with
    shortfalls: tuple[Shortfall, ...] = ()
    is_finalist: bool = True  # also when there was no second stage
    price: Decimal | None = None  # the points of the price, as published; None: it does not count

    @property
    def passes(self) -> bool:
        """Say whether every minimum is reached (F4)."""
        return not self.shortfalls


@dataclass(frozen=True)
class Outcome:
    """Every proposal in order, those below a minimum last; who leads; who is invited.

    `leaders` is one proposal, unless no rule could part the first from its equals.
    """

    places: tuple[Place, ...]
    leaders: tuple[str, ...]
    shortlist: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """A proposal's score on the n-th criterion is points[proposal][n] / divisor, exactly.

    `price` holds the points its price adds to the total, when the plan weighs one.
    """

    points: Mapping[str, tuple[int, ...]]
    divisor: int
    price: Mapping[str, Fraction] = field(default_factory=dict)


def rank(plan: Plan, scores: Scores) -> Outcome:
    """Rank the proposals by the plan's own method (F1-F6).

    Raises Invalid: `plan_invalid`, `jury_incomplete` or `sheet_incomplete`, as said by
    `check_plan` and `check_scores`.
    """
    check_plan(plan)
    check_scores(plan, scores)
    return order(plan, count(plan, scores), scores.finalists)


def count(plan: Plan, scores: Scores) -> Tally:
    """Count by the plan's own method; the scores are complete."""
    if plan.method is Method.CONSENSUS:
        return replace(agreed(plan, scores.consensus or {}), price=priced(plan, scores))
    return mean(plan, scores)


def mean(plan: Plan, scores: Scores, *, without: str | None = None) -> Tally:
    """Add up what the seats gave (F1), leaving one of them out if asked (F12).

    The scores are complete: in a full panel every proposal has a sheet of every seat. With
    assigned readers each is divided by its own readers, and is gone when its last one is left out.
    """
    read = {
        proposal: [sheet for seat, sheet in by_seat.items() if seat != without]
        for proposal, by_seat in scores.sheets.items()
    }
    unit = _denominator(sheet for sheets in read.values() for sheet in sheets)
    shared = lcm(*{len(sheets) for sheets in read.values() if sheets})
    points = {
        proposal: tuple(
            sum(_whole(sheet[key], unit) for sheet in sheets) * (shared // len(sheets))
            for key in plan.keys
        )
        for proposal, sheets in read.items()
        if sheets
    }
    return Tally(points, unit * shared, priced(plan, scores))


def priced(plan: Plan, scores: Scores) -> dict[str, Fraction]:
    """Give each price its points by the published formula (F7); nothing without a price."""
    rule, prices = plan.price, scores.prices
    if rule is None or not prices:
        return {}
    if rule.formula is Formula.RELATIVE:
        lowest = min([*prices.values(), *([] if rule.lowest is None else [rule.lowest])])
        return {
            name: relative_price_points(price, lowest=lowest, weight=rule.weight)
            for name, price in prices.items()
        }
    floor, ceiling = rule.floor or 0, rule.ceiling or 0
    return {
        name: price_points(price, ceiling=ceiling, floor=floor, weight=rule.weight)
        for name, price in prices.items()
    }


def agreed(plan: Plan, consensus: Mapping[str, Points]) -> Tally:
    """Take what the jury agreed (F2)."""
    unit = _denominator(consensus.values())
    points = {
        proposal: tuple(_whole(levels[key], unit) for key in plan.keys)
        for proposal, levels in consensus.items()
    }
    return Tally(points, unit)


def publish(value: Exact | Fraction, decimals: int) -> Decimal:
    """Round half-up, once (F3)."""
    numerator, denominator = value.as_integer_ratio()
    return _decimal(_rounded(numerator, denominator, decimals), decimals)


def lot(seed: str, proposal: str) -> str:
    """Draw: SHA-256 of seed, a bar and the proposal; the lowest comes first (F6)."""
    return hashlib.sha256(f"{seed}|{proposal}".encode()).hexdigest()


def order(plan: Plan, counted: Tally, finalists: Collection[str] | None = None) -> Outcome:
    """Put proposals in order: minimums, published totals, the tie list, the lot (F3-F6).

    With `finalists`, they come first, in the order of their points after the pitch; who did not
    pitch stands behind all of them, in the order that was (jury: R18). They are the shortlist.
    """
    measured = _measure(plan, counted)
    if finalists is None:
        places, invited, leaders = _line_up(plan, measured, 0)
        return Outcome(places, leaders, invited)
    finals = [m for m in measured if m.proposal in finalists]
    others = [m for m in measured if m.proposal not in finalists]
    first, _invited, leaders = _line_up(plan, finals, 0)
    rest = _line_up(plan, others, len(finals))[0]
    return Outcome(
        (*first, *(replace(place, is_finalist=False) for place in rest)),
        leaders,
        tuple(place.proposal for place in first),
    )


def _line_up(
    plan: Plan, measured: Iterable[_Measured], before_all: int
) -> tuple[tuple[Place, ...], tuple[str, ...], tuple[str, ...]]:
    """Give the places behind so many others, who is invited, and who leads."""
    measured = list(measured)
    ranked = sorted((m for m in measured if not m.shortfalls), key=_Measured.place)
    failed = sorted((m for m in measured if m.shortfalls), key=_Measured.place)
    groups = [list(equals) for _, equals in groupby(ranked, lambda m: m.key)]
    decided = _deciders(plan, [group[0].key for group in groups])
    places: list[Place] = []
    invited: list[str] = []
    position = 0  # how many stand before this group
    above = 0  # how many have a higher published total
    for number, group in enumerate(groups):
        if number and group[0].key[0] != groups[number - 1][0].key[0]:
            above = position
        rule = decided[number] if len(group) == 1 else None
        places += [m.placed(before_all + above + 1, rule) for m in group]
        before = above if plan.tie_order is None else position
        if plan.shortlist is not None and before < plan.shortlist:
            invited += [m.proposal for m in group]
        position += len(group)
    places += [m.placed(None, BY_SCORE) for m in failed]
    leaders = tuple(m.proposal for m in groups[0]) if groups else ()
    return tuple(places), tuple(invited), leaders


def price_points(price: Exact, *, ceiling: Exact, floor: Exact, weight: Exact) -> Fraction:
    """Give a price its points by the absolute formula: all at the floor, none at the ceiling (F7).

    A price's points hang on no other bid, so that no bid can reverse the order of two others.
    Raises Invalid(`plan_invalid`) unless the ceiling lies above the floor.
    """
    if ceiling <= floor:
        raise Invalid(PLAN_INVALID, "The price ceiling does not lie above the floor.")
    span = Fraction(ceiling) - Fraction(floor)
    share = (Fraction(ceiling) - Fraction(price)) / span
    return Fraction(weight) * min(max(share, Fraction(0)), Fraction(1))


def relative_price_points(price: Exact, *, lowest: Exact, weight: Exact) -> Fraction:
    """Give a price its points relative to the lowest (F7).

    Only for a plan that published a clause against ranking anew: when the lowest bid drops out,
    this formula can reverse the order of the others. Raises Invalid(`plan_invalid`) for a price
    that is not above zero, or lower than the lowest.
    """
    if not 0 < lowest <= price:
        raise Invalid(PLAN_INVALID, "A relative price is above zero and not below the lowest.")
    return Fraction(weight) * Fraction(lowest) / Fraction(price)


@dataclass(frozen=True)
class _Measured:
    """A proposal with its published values as whole numbers of the last decimal."""

    proposal: str
    exact: Fraction
    score: Decimal
    points: Mapping[str, Decimal]
    key: tuple[int | str, ...]  # sorts: the total and the tie list, highest first; then the lot
    shortfalls: tuple[Shortfall, ...]
    price: Decimal | None

    def place(self) -> tuple[tuple[int | str, ...], str]:
        """Say what to sort by; equals that no rule parts stand by name."""
        return self.key, self.proposal

    def placed(self, rank: int | None, decided_by: str | None) -> Place:
        """Give this proposal its place."""
        return Place(
            self.proposal,
            self.exact,
            self.score,
            self.points,
            rank,
            decided_by,
            self.shortfalls,
            price=self.price,
        )


def _measure(plan: Plan, counted: Tally) -> list[_Measured]:
    shares = [Fraction(c.weight) / Fraction(c.maximum) for c in plan.criteria]
    unit = lcm(*(share.denominator for share in shares))
    factors = [share.numerator * (unit // share.denominator) for share in shares]
    positions = [plan.keys.index(key) for key in plan.tie_keys]
    measured = []
    for proposal, points in counted.points.items():
        exact = Fraction(
            sum(factor * number for factor, number in zip(factors, points, strict=True)),
            unit * counted.divisor,
        )
        price = counted.price.get(proposal)
        if price is not None:
            exact += price
        total = _rounded(exact.numerator, exact.denominator, plan.decimals)
        rounded = [_rounded(number, counted.divisor, plan.decimals) for number in points]
        key: tuple[int | str, ...] = (-total, *(-rounded[position] for position in positions))
        if plan.seed is not None:
            key = (*key, lot(plan.seed, proposal))
        published = [_decimal(number, plan.decimals) for number in rounded]
        score = _decimal(total, plan.decimals)
        measured.append(
            _Measured(
                proposal,
                exact,
                score,
                dict(zip(plan.keys, published, strict=True)),
                key,
                tuple(_shortfalls(plan, published, score)),
                None if price is None else publish(price, plan.decimals),
            )
        )
    return measured


def _shortfalls(plan: Plan, published: list[Decimal], score: Decimal) -> Iterable[Shortfall]:
    for criterion, value in zip(plan.criteria, published, strict=True):
        if criterion.minimum is not None and value < criterion.minimum:
            yield Shortfall(criterion.key, value, criterion.minimum)
    is_whole = plan.price is None or not plan.price.is_sealed
    if plan.minimum_total is not None and is_whole and score < plan.minimum_total:
        yield Shortfall(None, score, plan.minimum_total)


def _deciders(plan: Plan, keys: list[tuple[int | str, ...]]) -> list[str]:
    """Name per place the last rule needed to part it from every other.

    Keys are sorted, so the hardest to part from stands next to it.
    """
    rules = (BY_SCORE, *plan.tie_keys, BY_LOT)
    parted = [0] * len(keys)
    for after in range(1, len(keys)):
        before = after - 1
        here = next(
            n for n, (a, b) in enumerate(zip(keys[before], keys[after], strict=True)) if a != b
        )
        parted[before] = max(parted[before], here)
        parted[after] = max(parted[after], here)
    return [rules[number] for number in parted]


def _denominator(sheets: Iterable[Points]) -> int:
    return lcm(*{value.as_integer_ratio()[1] for sheet in sheets for value in sheet.values()})


def _whole(value: Exact, unit: int) -> int:
    numerator, denominator = value.as_integer_ratio()
    return numerator * (unit // denominator)


def _rounded(numerator: int, denominator: int, decimals: int) -> int:
    """⌊x · 10^d + ½⌋, in whole numbers."""
    unit: int = 10**decimals
    return (2 * numerator * unit + denominator) // (2 * denominator)


def _decimal(units: int, decimals: int) -> Decimal:
    return Decimal(f"{units}E-{decimals}")
