"""The ranking of worked examples: totals, ties, minimums, cuts, rounding and prices."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from sir.jury.rules.plan import Method
from sir.jury.rules.ranking import lot, price_points, publish, rank, relative_price_points
from sir.kernel.errors import Invalid
from tests.jury.cases import P1, P2, P3, A, B, plan, plan_of_totals, scores, totals


def shown(outcome):
    return [(place.proposal, str(place.score), place.rank) for place in outcome.places]


def test_three_proposals_by_the_mean():
    outcome = rank(plan(), scores(P1=P1, P2=P2, P3=P3))

    assert shown(outcome) == [("P2", "77.33", 1), ("P1", "70.33", 2), ("P3", "66.33", 3)]
    assert [place.exact for place in outcome.places] == [
        Fraction(232, 3),
        Fraction(211, 3),
        Fraction(199, 3),
    ]
    assert {place.decided_by for place in outcome.places} == {"score"}
    assert outcome.leaders == ("P2",)


@pytest.mark.parametrize("tie_order", [None, ("K1", "K2", "K3", "K4")])
def test_an_exact_tie_is_broken_by_the_heaviest_criterion(tie_order):
    outcome = rank(plan(tie_order=tie_order), scores(A=A, B=B))

    assert shown(outcome) == [("B", "63.00", 1), ("A", "63.00", 1)]
    assert [place.exact for place in outcome.places] == [63, 63]
    assert [place.decided_by for place in outcome.places] == ["K1", "K1"]
    assert outcome.leaders == ("B",)


def test_a_published_tie_list_goes_before_the_weights():
    outcome = rank(plan(tie_order=("K3", "K1")), scores(A=A, B=B))

    assert [(place.proposal, place.decided_by) for place in outcome.places] == [
        ("A", "K3"),
        ("B", "K3"),
    ]


def test_criteria_of_equal_weight_break_ties_as_listed():
    equal = plan({"K1": "25", "K2": "25", "K3": "25", "K4": "25"})
    outcome = rank(equal, scores(A=[[4, 8, 6, 6]], B=[[6, 6, 6, 6]], C=[[6, 8, 4, 6]]))

    assert [(p.proposal, p.decided_by) for p in outcome.places] == [
        ("C", "K2"),
        ("B", "K2"),
        ("A", "K1"),
    ]


def test_four_seats_announced_and_three_submitted_is_no_ranking():
    given = scores(P1=[[10] * 4] * 3, P2=[[0] * 4] * 3)
    announced = replace(given, seats=("J1", "J2", "J3", "J4"))

    with pytest.raises(Invalid, match="P1 by J4, P2 by J4") as refusal:
        rank(plan(), announced)

    assert refusal.value.code == "jury_incomplete"


def test_all_who_stand_equal_at_the_cut_are_invited():
    given = totals("81.00", "77.50", "74.25", "74.25", "60.00")
    outcome = rank(plan_of_totals(shortlist=3), given)

    assert [place.rank for place in outcome.places] == [1, 2, 3, 3, 5]
    assert outcome.shortlist == ("P1", "P2", "P3", "P4")


def test_the_published_tie_list_decides_at_the_cut():
    given = totals("81.00", "77.50", "74.25", "74.25", "60.00")
    outcome = rank(plan_of_totals(shortlist=3, tie_order=("K1",), seed="beacon 4711"), given)
    drawn = min("P3", "P4", key=lambda p: hashlib.sha256(f"beacon 4711|{p}".encode()).hexdigest())

    assert outcome.shortlist == ("P1", "P2", drawn)
    assert [place.rank for place in outcome.places] == [1, 2, 3, 3, 5]
    assert [place.decided_by for place in outcome.places] == [
        "score",
        "score",
        "lot",
        "lot",
        "score",
    ]


def test_without_a_seed_nobody_is_put_first_arbitrarily():
    given = totals("74.25", "74.25", "60")
    outcome = rank(plan_of_totals(shortlist=1, tie_order=("K1",)), given)

    assert outcome.leaders == outcome.shortlist == ("P1", "P2")
    assert [place.decided_by for place in outcome.places] == [None, None, "score"]


def test_the_lot_is_a_hash_anybody_can_compute():
    # echo -n 'beacon 4711|P3' | sha256sum
    assert lot("beacon 4711", "P3") == hashlib.sha256(b"beacon 4711|P3").hexdigest()


@pytest.mark.parametrize(
    ("exact", "decimals", "published"),
    [
        ("2.675", 2, "2.68"),  # round() gives 2.67
        ("2.665", 2, "2.67"),  # half-even gives 2.66
        ("0.125", 2, "0.13"),
        ("2.5", 0, "3"),  # round() gives 2
        ("74.995", 2, "75.00"),
        ("74.99499999999999999999999", 2, "74.99"),
        ("0", 2, "0.00"),
        ("100", 2, "100.00"),
        ("66.66666666666", 3, "66.667"),
    ],
)
def test_publication_rounds_half_up(exact, decimals, published):
    assert str(publish(Decimal(exact), decimals)) == published


def test_a_third_is_rounded_from_the_exact_value():
    assert str(publish(Fraction(200, 3), 2)) == "66.67"
    assert str(publish(Fraction(1, 200), 2)) == "0.01"


def test_a_sum_that_floats_would_split_is_a_tie():
    assert 0.1 + 0.2 != 0.3
    small = plan({"K1": "50", "K2": "50"}, maximum=1, scale=None, decimals=10)
    outcome = rank(small, scores(P1=[["0.1", "0.2"]], P2=[["0.3", "0"]]))

    assert [place.rank for place in outcome.places] == [1, 1]
    assert outcome.places[0].exact == outcome.places[1].exact == 15


def test_values_that_differ_below_the_published_decimals_are_equal():
    given = totals("70.004", "70.0049", "69.996")
    outcome = rank(plan_of_totals(), given)

    assert [(str(p.score), p.rank) for p in outcome.places] == [("70.00", 1)] * 3


def test_a_minimum_is_inclusive_on_the_published_value():
    strict = plan({"K1": "100"}, minima={"K1": Decimal("5.67")}, scale=None)
    outcome = rank(strict, scores(P1=[[5], [6], [6]], P2=[[5], [5], [7]], P3=[[10], [10], [10]]))
    low = rank(strict, scores(P1=[["5.66"]])).places[0]

    assert [(p.proposal, p.passes) for p in outcome.places] == [
        ("P3", True),
        ("P1", True),
        ("P2", True),
    ]
    assert not low.passes
    assert (low.rank, low.decided_by) == (None, "score")
    assert [(s.criterion, s.score, s.minimum) for s in low.shortfalls] == [
        ("K1", Decimal("5.66"), Decimal("5.67"))
    ]


def test_whoever_fails_leaves_the_order_and_the_shortlist():
    outcome = rank(
        plan_of_totals(minimum_total=Decimal(70), shortlist=3), totals("69.994", "69.995", "90")
    )

    assert shown(outcome) == [("P3", "90.00", 1), ("P2", "70.00", 2), ("P1", "69.99", None)]
    assert outcome.shortlist == ("P3", "P2")
    assert outcome.places[2].shortfalls[0].criterion is None


def test_a_high_total_does_not_save_a_low_criterion():
    strict = plan(minima={"K4": Decimal(6)})
    outcome = rank(strict, scores(P1=[[10, 10, 10, 4]], P2=[[6, 6, 6, 6]]))

    assert shown(outcome) == [("P2", "60.00", 1), ("P1", "91.00", None)]


def test_consensus_counts_what_was_agreed_and_not_what_was_given():
    given = scores(P1=P1, P2=P2, consensus={"P1": [10, 10, 10, 10], "P2": [0, 2, 4, 6]})
    outcome = rank(plan(method=Method.CONSENSUS), given)

    assert shown(outcome) == [("P1", "100.00", 1), ("P2", "22.00", 2)]


@pytest.mark.parametrize(
    "agreed", [None, {"P1": [8, 8, 8, 8]}, {"P1": [8, 8, 8], "P2": [8, 8, 8, 8]}]
)
def test_consensus_needs_every_item_agreed(agreed):
    with pytest.raises(Invalid, match="Not agreed") as refusal:
        rank(plan(method=Method.CONSENSUS), scores(P1=P1, P2=P2, consensus=agreed))

    assert refusal.value.code == "jury_incomplete"


def test_consensus_still_needs_every_seat():
    given = scores(P1=P1, consensus={"P1": [8, 8, 8, 8]})

    with pytest.raises(Invalid) as refusal:
        rank(plan(method=Method.CONSENSUS), replace(given, seats=("J1", "J2", "J3", "J4")))

    assert refusal.value.code == "jury_incomplete"


def test_an_excluded_juror_leaves_the_whole_lot():
    """Three remedies for one tied juror give three winners: only the last one is lawful."""
    one = plan({"K1": "100"}, scale=None)
    given = {"A": [[6], [7], [0]], "B": [[5], [5], [5]], "C": [[4], [4], [10]]}
    everything = rank(one, scores(**given))
    reserve = rank(one, scores(**{name: rows[:2] for name, rows in given.items()}))

    assert everything.leaders == ("C",)
    assert reserve.leaders == ("A",)


@pytest.mark.parametrize(
    ("price", "points"), [(50000, 0), (60000, 0), (30000, 30), (20000, 30), (37500, "18.75")]
)
def test_a_price_earns_points_between_floor_and_ceiling(price, points):
    earned = price_points(price, ceiling=50000, floor=30000, weight=30)

    assert earned == Fraction(Decimal(points))


def test_absolute_price_points_hang_on_no_other_bid_and_relative_ones_do():
    assert relative_price_points(40000, lowest=20000, weight=30) == 15
    assert relative_price_points(40000, lowest=30000, weight=30) == Fraction(45, 2)


def test_prices_that_make_no_sense_are_refused():
    with pytest.raises(Invalid):
        price_points(1, ceiling=30000, floor=30000, weight=30)
    with pytest.raises(Invalid):
        relative_price_points(10, lowest=20, weight=30)


# -- After a second stage --------------------------------------------------------


def test_finalists_stand_first_and_nobody_behind_them_moves():
    given = scores(P1=P1, P2=P2, P3=P3)
    before = rank(plan(shortlist=2), given)
    assert [place.proposal for place in before.places] == ["P2", "P1", "P3"]

    after = rank(plan(shortlist=2), replace(given, finalists=("P3", "P1")))

    assert [(place.proposal, place.rank) for place in after.places] == [
        ("P1", 1),
        ("P3", 2),
        ("P2", 3),
    ]
    assert [place.is_finalist for place in after.places] == [True, True, False]
    assert after.shortlist == ("P1", "P3")
    assert after.leaders == ("P1",)


@pytest.mark.parametrize("finalists", [(), ("P1", "P1"), ("P9",)])
def test_finalists_that_cannot_be_are_refused(finalists):
    with pytest.raises(Invalid):
        rank(plan(), replace(scores(P1=P1, P2=P2), finalists=finalists))
