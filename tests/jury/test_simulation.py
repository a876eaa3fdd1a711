"""A plan tried out with invented bids: the same engine, exact, and the same again each time."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sir.jury.rules.diagnostics import sensitivity
from sir.jury.rules.plan import Method
from sir.jury.rules.ranking import rank
from sir.jury.rules.simulation import agreed_scores, invented, reversals, reweighed, ties, tried
from tests.jury.cases import SCALE, plan


def test_the_same_seed_invents_the_same_bids_and_another_seed_others():
    first = invented(plan(), bids=4, seed="1")

    assert first == invented(plan(), bids=4, seed="1")
    assert first != invented(plan(), bids=4, seed="2")
    assert list(first) == ["A", "B", "C", "D"]
    assert all(point in SCALE for row in first.values() for point in row.values())


@pytest.mark.parametrize("method", list(Method))
def test_a_jury_of_one_mind_is_ranked_by_the_engine(method):
    made = plan(method=method)
    points = invented(made, bids=3, seed="1")

    places = rank(made, agreed_scores(made, points)).places

    for place in places:
        total = sum(Fraction(c.weight) * Fraction(points[place.proposal][c.key]) / 10
                    for c in made.criteria)  # fmt: skip
        assert place.exact == total


def test_two_levels_and_one_weight_tie_often_and_the_lot_decides_only_what_the_list_cannot():
    coarse = plan({"K1": "50", "K2": "50"}, scale=(0, 5, 10), method=Method.CONSENSUS, seed="x")

    counted = ties(coarse, bids=4, seats=3, seed="1", draws=200)

    assert counted == ties(coarse, bids=4, seats=3, seed="1", draws=200)
    assert counted.by_list > 0
    assert counted.by_lot > 0
    assert counted.tied == counted.by_list + counted.by_lot <= counted.draws == 200


def test_ties_are_counted_as_a_slow_count_does():
    made = plan({"K1": "50", "K2": "50"}, scale=(0, 5, 10), method=Method.CONSENSUS)
    expected = 0
    for number in range(50):
        totals = sorted(
            5 * sum(row.values()) for row in invented(made, bids=3, seed=f"s|{number}").values()
        )
        expected += totals[-1] == totals[-2]

    assert ties(made, bids=3, seats=3, seed="s", draws=50).tied == expected


def test_when_the_mean_counts_jurors_lie_at_most_a_level_from_the_bid_and_ties_are_rarer():
    coarse = plan({"K1": "50", "K2": "50"}, scale=(0, 5, 10))

    alone = ties(replace(coarse, method=Method.CONSENSUS), bids=4, seats=5, seed="1", draws=200)
    mean = ties(coarse, bids=4, seats=5, seed="1", draws=200)

    assert 0 < mean.tied < alone.tied


def test_a_bid_that_drops_out_changes_nothing_when_points_hang_on_no_other():
    made = plan()
    scores = agreed_scores(made, invented(made, bids=6, seed="1"))

    assert reversals(made, scores) == ()


def test_a_simulation_has_a_full_panel_and_no_second_stage():
    made = tried(plan(readers=2, shortlist=1))

    assert (made.readers, made.shortlist) == (None, None)


@given(st.lists(st.decimals(0, 100, places=2), min_size=4, max_size=4))
def test_other_weights_sum_to_exactly_one_hundred_in_hundredths(wishes):
    made = reweighed(plan(), {f"K{n}": wish for n, wish in enumerate(wishes, 1)})

    weights = [row.weight for row in made.criteria]
    assert sum(weights) == 100
    assert all(weight == weight.quantize(Decimal("0.01")) for weight in weights)
    total = sum(wishes)
    for weight, wish in zip(weights, wishes, strict=True):
        if total:
            assert abs(Fraction(weight) - 100 * Fraction(wish) / Fraction(total)) < Fraction(1, 100)


def test_the_official_weights_stay_what_they_are():
    official = {row.key: row.weight for row in plan().criteria}

    assert reweighed(plan(), official) == plan()
    assert reweighed(plan(), dict.fromkeys(official, Decimal(0))) == plan()


def test_at_the_tipping_weight_first_and_second_tie():
    made = plan({"K1": "60", "K2": "40"}, method=Method.MEAN)
    points = {"A": {"K1": Decimal(10), "K2": Decimal(2)}, "B": {"K1": Decimal(4), "K2": Decimal(8)}}
    scores = agreed_scores(made, points)
    found = sensitivity(made, scores)

    assert (found.first, found.second, found.criteria["K1"].weight) == ("A", "B", 50)
    at_tie = reweighed(made, {"K1": Decimal(50), "K2": Decimal(50)})
    assert [place.rank for place in rank(at_tie, scores).places] == [1, 1]
