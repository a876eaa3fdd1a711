"""What the scores say about themselves: spread, influence, reliability, sensitivity (F8-F13).

Information for chair and secretary. It never changes a score (jury: R20).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt

from sir.jury.rules.leniency import Leniencies, Pattern, Totals, leniencies, patterns
from sir.jury.rules.plan import FULL, Criterion, Method, Plan, Scores, check_plan, check_scores
from sir.jury.rules.ranking import Outcome, Tally, count, mean, order

FEW_PROPOSALS = 10  # below this an ICC says little
DISCUSS_LEVELS = 2
MIN_FOR_VARIANCE = 2

OF_TOTALS = Plan((Criterion("total", FULL, FULL),), method=Method.MEAN)


@dataclass(frozen=True)
class Spread:
    """How far the jurors lie apart on one proposal (F8)."""

    mean: Fraction
    deviation: float | None  # the sample's, of the jurors' totals
    range: Fraction
    levels: Mapping[str, int] | None  # per criterion, in levels of the scale
    is_to_discuss: bool


@dataclass(frozen=True)
class Influence:
    """What one juror less would have meant (F12)."""

    ranks: Mapping[str, tuple[int, int] | None]  # the best and the worst rank per proposal
    pivotal: tuple[str, ...]  # without these somebody else leads


@dataclass(frozen=True)
class Reliability:
    """Intraclass correlations of one juror and of the jury, two-way random (F11)."""

    single: Fraction | None
    panel: Fraction | None
    note: str | None  # few_proposals | incomplete | undefined


@dataclass(frozen=True)
class Tipping:
    """The weight of one criterion at which first and second would tie (F13)."""

    weight: Fraction
    change: Fraction


@dataclass(frozen=True)
class Sensitivity:
    """How far each weight may move before the second overtakes the first (F13)."""

    first: str
    second: str
    criteria: Mapping[str, Tipping | None]
    most_critical: str | None


@dataclass(frozen=True)
class Diagnosis:
    """All of it."""

    spreads: Mapping[str, Spread]
    influence: Influence
    reliability: Reliability
    leniencies: Leniencies
    patterns: Mapping[str, Pattern]
    sensitivity: Sensitivity | None


def diagnose(plan: Plan, scores: Scores) -> Diagnosis:
    """Diagnose a panel, full or of assigned readers. Raises Invalid as `rank` does."""
    check_plan(plan)
    check_scores(plan, scores)
    totals = juror_totals(plan, scores)
    impact = influence(scores.seats, lambda seat: order(plan, mean(plan, scores, without=seat)))
    ranges = level_ranges(plan, scores)
    return Diagnosis(
        spreads=spreads(totals, impact, plan.shortlist, ranges),
        influence=impact,
        reliability=reliability(totals),
        leniencies=(found := leniencies(totals, half_level(plan))),
        patterns=patterns(totals, found.residuals),
        sensitivity=sensitivity(plan, scores),
    )


def diagnose_totals(totals: Totals) -> Diagnosis:
    """Diagnose totals per juror, with holes where a juror did not read a proposal."""
    jurors = sorted({juror for row in totals.values() for juror in row})
    impact = influence(jurors, lambda juror: order(OF_TOTALS, _mean_of(totals, juror)))
    return Diagnosis(
        spreads=spreads(totals, impact, None, {}),
        influence=impact,
        reliability=reliability(totals),
        leniencies=(found := leniencies(totals)),
        patterns=patterns(totals, found.residuals),
        sensitivity=None,
    )


def juror_totals(plan: Plan, scores: Scores) -> dict[str, dict[str, Fraction]]:
    """Give each juror's own total per proposal: Σ w·x / M (F8)."""
    shares = {c.key: Fraction(c.weight) / Fraction(c.maximum) for c in plan.criteria}
    return {
        proposal: {
            seat: sum((shares[key] * Fraction(sheets[seat][key]) for key in plan.keys), Fraction(0))
            for seat in scores.seats
            if seat in sheets
        }
        for proposal, sheets in scores.sheets.items()
    }


def level_ranges(plan: Plan, scores: Scores) -> dict[str, dict[str, int]]:
    """Count per proposal and criterion the levels between lowest and highest juror (F8)."""
    if plan.scale is None:
        return {}
    index = {level: n for n, level in enumerate(plan.scale)}
    return {
        proposal: {
            key: index[max(points[key] for points in sheets.values())]
            - index[min(points[key] for points in sheets.values())]
            for key in plan.keys
        }
        for proposal, sheets in scores.sheets.items()
    }


def half_level(plan: Plan) -> Fraction | None:
    """Give half a level on every criterion, in points of the total; levels taken as even."""
    if plan.scale is None:
        return None
    step = Fraction(plan.scale[-1] - plan.scale[0]) / (len(plan.scale) - 1)
    return sum(
        (Fraction(c.weight) * step / Fraction(c.maximum) / 2 for c in plan.criteria), Fraction(0)
    )


def spreads(
    totals: Totals,
    impact: Influence,
    shortlist: int | None,
    ranges: Mapping[str, Mapping[str, int]],
) -> dict[str, Spread]:
    """Measure the spread of each proposal that anybody scored (F8)."""
    lines = {1} if shortlist is None else {1, shortlist}
    found = {}
    for proposal, row in totals.items():
        if not row:
            continue
        levels = ranges.get(proposal)
        ranks = impact.ranks.get(proposal)
        crosses = ranks is not None and any(ranks[0] <= line < ranks[1] for line in lines)
        apart = max(levels.values()) if levels else 0
        middle = _mean(row.values())
        found[proposal] = Spread(
            mean=middle,
            deviation=_deviation(row.values(), middle),
            range=max(row.values()) - min(row.values()),
            levels=levels,
            is_to_discuss=crosses or apart >= DISCUSS_LEVELS,
        )
    return found


def influence(jurors: Sequence[str], outcome: Callable[[str | None], Outcome]) -> Influence:
    """Leave each juror out in turn (F12). `outcome` ranks by the mean without one, or with all."""
    everybody = outcome(None)
    without = {juror: outcome(juror) for juror in jurors} if len(jurors) > 1 else {}
    ranks: dict[str, list[int]] = {place.proposal: [] for place in everybody.places}
    for fewer in without.values():
        for place in fewer.places:
            if place.rank is not None:
                ranks[place.proposal].append(place.rank)
    return Influence(
        ranks={p: (min(seen), max(seen)) if seen else None for p, seen in ranks.items()},
        pivotal=tuple(
            juror
            for juror, fewer in without.items()
            if set(fewer.leaders) != set(everybody.leaders)
        ),
    )


def reliability(totals: Totals) -> Reliability:
    """Analyse the variance in two ways; only a complete panel has an answer (F11)."""
    rows = list(totals.values())
    jurors = sorted({juror for row in rows for juror in row})
    if any(row.keys() != set(jurors) for row in rows):
        return Reliability(None, None, "incomplete")
    size, panel = len(rows), len(jurors)
    if size < MIN_FOR_VARIANCE or panel < MIN_FOR_VARIANCE:
        return Reliability(None, None, "undefined")
    grand = _mean([total for row in rows for total in row.values()])
    by_row = [_mean(row.values()) - grand for row in rows]
    by_juror = [_mean([row[j] for row in rows]) - grand for j in jurors]
    every = sum(((row[j] - grand) ** 2 for row in rows for j in jurors), Fraction(0))
    of_rows = panel * sum((d * d for d in by_row), Fraction(0))
    of_jurors = size * sum((d * d for d in by_juror), Fraction(0))
    msr = of_rows / (size - 1)
    msc = of_jurors / (panel - 1)
    mse = (every - of_rows - of_jurors) / ((size - 1) * (panel - 1))
    single = msr + (panel - 1) * mse + panel * (msc - mse) / size
    together = msr + (msc - mse) / size
    if single == 0 or together == 0:
        return Reliability(None, None, "undefined")
    note = "few_proposals" if size < FEW_PROPOSALS else None
    return Reliability((msr - mse) / single, (msr - mse) / together, note)


def sensitivity(plan: Plan, scores: Scores) -> Sensitivity | None:
    """Find per criterion the weight at which the second ties with the first (F13).

    The other weights are rescaled in proportion. None when fewer than two are ranked.
    """
    counted = count(plan, scores)
    places = order(plan, counted, scores.finalists).places
    ranked = [place.proposal for place in places if place.passes]
    if len(ranked) < MIN_FOR_VARIANCE:
        return None
    first, second = ranked[:2]
    gaps = {
        c.key: Fraction(mine - theirs, counted.divisor) / Fraction(c.maximum)
        for c, mine, theirs in zip(
            plan.criteria, counted.points[first], counted.points[second], strict=True
        )
    }
    by_price = counted.price.get(first, Fraction(0)) - counted.price.get(second, Fraction(0))
    criteria = {c.key: _tipping(plan, gaps, by_price, c) for c in plan.criteria}
    changes = {key: abs(tipping.change) for key, tipping in criteria.items() if tipping}
    return Sensitivity(first, second, criteria, min(changes, key=changes.__getitem__, default=None))


def _tipping(
    plan: Plan, gaps: Mapping[str, Fraction], by_price: Fraction, of: Criterion
) -> Tipping | None:
    weight = Fraction(of.weight)
    if weight == FULL:
        return None  # no other weight is there to be rescaled
    others = (Fraction(c.weight) * gaps[c.key] for c in plan.criteria if c.key != of.key)
    rest = sum(others, by_price) / (FULL - weight)
    slope = gaps[of.key] - rest
    if slope == 0:
        return None
    tie = -FULL * rest / slope
    return Tipping(tie, tie - weight) if 0 <= tie <= FULL else None


def _mean_of(totals: Totals, without: str | None) -> Tally:
    means = {}
    for proposal, row in totals.items():
        kept = [total for juror, total in row.items() if juror != without]
        if kept:
            means[proposal] = _mean(kept)
    unit = lcm(*(value.denominator for value in means.values()))
    return Tally({p: (int(value * unit),) for p, value in means.items()}, unit)


def _mean(values: Collection[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _deviation(values: Collection[Fraction], middle: Fraction) -> float | None:
    if len(values) < MIN_FOR_VARIANCE:
        return None
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))
