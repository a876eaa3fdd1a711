"""Rounds of any shape, for properties that hold for all of them."""

from decimal import Decimal

from hypothesis import strategies as st

from sir.jury.rules.plan import Criterion, Method, Plan, Scores


def shown(outcome):
    return [(place.proposal, str(place.score), place.rank) for place in outcome.places]


@st.composite
def rounds(draw, method=None):
    """Any plan that may be published, and scores that go with it."""
    keys = [f"K{n}" for n in range(1, draw(st.integers(1, 4)) + 1)]
    cuts = sorted(
        draw(st.lists(st.integers(0, 400), min_size=len(keys) - 1, max_size=len(keys) - 1))
    )
    weights = [Decimal(b - a) / 4 for a, b in zip([0, *cuts], [*cuts, 400], strict=True)]
    maximum = draw(st.sampled_from([Decimal(10), Decimal("7.5"), Decimal(3)]))
    steps = draw(st.sampled_from([2, 3, 4]))
    scale = tuple(maximum * step / steps for step in range(steps + 1)) if steps != 3 else None
    points = st.sampled_from(scale) if scale else st.integers(0, 20).map(lambda n: maximum * n / 20)
    minimum = st.none() | points
    criteria = tuple(
        Criterion(key, weight, maximum, draw(minimum))
        for key, weight in zip(keys, weights, strict=True)
    )
    names = [f"P{n}" for n in range(1, draw(st.integers(1, 6)) + 1)]
    seats = tuple(f"J{n}" for n in range(1, draw(st.integers(1, 4)) + 1))
    sheet = st.fixed_dictionaries(dict.fromkeys(keys, points))
    built = Plan(
        criteria,
        scale,
        method or draw(st.sampled_from(Method)),
        decimals=draw(st.integers(0, 3)),
        minimum_total=draw(st.none() | st.integers(0, 100).map(Decimal)),
        tie_order=draw(st.none() | st.permutations(keys).map(tuple) | st.just(())),
        seed=draw(st.none() | st.just("seed")),
        shortlist=draw(st.none() | st.integers(1, 4)),
    )
    sheets = {name: {seat: draw(sheet) for seat in seats} for name in names}
    return built, Scores(seats, sheets, {name: draw(sheet) for name in names})
