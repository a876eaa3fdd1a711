"""A price beside the criteria (F7): exact, complete, and never without the published rule."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sir.jury.rules.diagnostics import sensitivity
from sir.jury.rules.plan import Formula, Method, Price, check_plan
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, read_scores, written_plan, written_scores
from sir.jury.rules.simulation import agreed_scores, reversals, reweighed
from sir.kernel.errors import Invalid
from tests.jury.cases import plan, totals

ABSOLUTE = Price(Decimal(40), floor=Decimal(10_000), ceiling=Decimal(25_000))
RELATIVE = Price(Decimal(40), Formula.RELATIVE, no_new_ranking=True)


def made(price=ABSOLUTE, **rules):
    return plan({"K1": "60"}, price=price, maximum=100, scale=None, **rules)


def priced(quality, **prices):
    """Bids by name with their points on the one criterion, and their prices."""
    points = {bid: {"K1": Decimal(value)} for bid, value in quality.items()}
    named = {bid: Decimal(price) for bid, price in prices.items()}
    return replace(agreed_scores(made(), points), prices=named)


def test_price_points_are_added_exactly_and_shown_apart():
    found = rank(made(), priced({"A": 80, "B": 90}, A=12_000, B=20_000))

    assert [(p.proposal, p.exact, p.score, p.price) for p in found.places] == [
        ("A", Fraction(48) + Fraction(40 * 13, 15), Decimal("82.67"), Decimal("34.67")),
        ("B", Fraction(54) + Fraction(40 * 5, 15), Decimal("67.33"), Decimal("13.33")),
    ]


@pytest.mark.parametrize(("price", "points"), [
    (0, "40.00"), (10_000, "40.00"), ("10000.01", "40.00"), (17_500, "20.00"),
    (25_000, "0.00"), (99_999, "0.00"),
])  # fmt: skip
def test_the_floor_and_the_ceiling_hold(price, points):
    (place,) = rank(made(), priced({"A": 50}, A=price)).places

    assert place.price == Decimal(points)


def test_a_relative_price_can_reverse_the_others_and_an_absolute_one_cannot():
    bids = priced({"A": 90, "B": 60, "C": 0}, A=30_000, B=15_000, C=5_000)
    relative = made(RELATIVE)

    assert [p.proposal for p in rank(relative, bids).places] == ["A", "B", "C"]
    assert [(row.without, row.order) for row in reversals(relative, bids)] == [("C", ("B", "A"))]
    assert reversals(made(), bids) == ()


@given(st.lists(st.integers(1, 60_000), min_size=3, max_size=6), st.data())
def test_with_an_absolute_price_no_bid_that_drops_out_changes_the_order(prices, data):
    names = "ABCDEF"[: len(prices)]
    quality = {bid: data.draw(st.integers(0, 100)) for bid in names}
    bids = priced(quality, **dict(zip(names, prices, strict=True)))

    assert reversals(made(seed="x"), bids) == ()


@pytest.mark.parametrize("price", [
    Price(Decimal(41), floor=Decimal(1), ceiling=Decimal(2)),
    Price(Decimal(40), floor=Decimal(2), ceiling=Decimal(2)),
    Price(Decimal(40), floor=None, ceiling=Decimal(2)),
    Price(Decimal(40), Formula.RELATIVE),
])  # fmt: skip
def test_a_plan_with_such_a_price_is_refused(price):
    with pytest.raises(Invalid) as refusal:
        check_plan(made(price))
    assert refusal.value.code == "plan_invalid"


@pytest.mark.parametrize(("rule", "prices"), [
    (ABSOLUTE, {"A": 1}), (ABSOLUTE, {}), (ABSOLUTE, {"A": 1, "B": 1, "C": 1}),
    (ABSOLUTE, {"A": 1, "B": -1}), (RELATIVE, {"A": 1, "B": 0}),
])  # fmt: skip
def test_without_every_price_there_is_no_ranking(rule, prices):
    with pytest.raises(Invalid) as refusal:
        rank(made(rule), priced({"A": 80, "B": 90}, **prices))
    assert refusal.value.code == "price_missing"


def test_a_price_that_the_plan_does_not_weigh_is_refused():
    scores = replace(totals(80, 90), prices={"P1": Decimal(1), "P2": Decimal(2)})
    with pytest.raises(Invalid) as refusal:
        rank(plan({"K1": "100"}, maximum=100, scale=None), scores)
    assert refusal.value.code == "price_missing"


@pytest.mark.parametrize("price", [ABSOLUTE, RELATIVE])
def test_the_file_of_a_round_with_prices_reads_back(price):
    rule, bids = made(price), priced({"A": 80, "B": 90}, A="12000.50", B=20_000)
    document = {**written_plan(rule), **written_scores(bids)}

    again = rank(read_plan(document), read_scores(document))

    assert read_plan(document).price == price
    assert again == rank(rule, bids)


def test_a_file_without_a_price_stays_what_it_was():
    document = {**written_plan(plan()), **written_scores(totals(80))}

    assert not {"price", "prices"} & document.keys()


def test_the_turning_point_takes_the_price_along():
    rule = plan({"K1": "30", "K2": "30"}, price=ABSOLUTE, maximum=100, scale=None,
                method=Method.CONSENSUS)  # fmt: skip
    points = {
        "A": {"K1": Decimal(90), "K2": Decimal(40)},
        "B": {"K1": Decimal(20), "K2": Decimal(80)},
    }
    prices = {"A": Decimal(17_500), "B": Decimal(16_000)}
    scores = replace(agreed_scores(rule, points), prices=prices)
    found = sensitivity(rule, scores)
    tie = found.criteria["K1"].weight

    share = (100 - tie) / 70  # what is left of the weights of K2 and the price
    places = {p.proposal: p.exact for p in rank(rule, scores).places}
    assert places["A"] > places["B"]
    gap = tie * Fraction(70, 100) + share * (30 * Fraction(-40, 100) - 4)
    assert gap == 0


def test_other_weights_leave_the_price_its_own():
    rule = plan({"K1": "30", "K2": "30"}, price=ABSOLUTE, maximum=100, scale=None)

    weighed = reweighed(rule, {"K1": Decimal(1), "K2": Decimal(2)})

    assert [row.weight for row in weighed.criteria] == [20, 40]
    check_plan(weighed)


def test_a_sealed_price_gives_no_points_and_the_minimum_of_the_total_waits():
    rule = plan({"K1": "60"}, price=replace(ABSOLUTE, weight=40, is_sealed=True), maximum=100,
                scale=None, minimum_total=Decimal(70))  # fmt: skip

    outcome = rank(rule, totals(80, 90))

    assert [place.score for place in outcome.places] == [54, 48]
    assert all(place.passes and place.price is None for place in outcome.places)
    with pytest.raises(Invalid) as refusal:
        rank(rule, priced({"A": 80, "B": 90}, A=1, B=2))
    assert refusal.value.code == "price_missing"


def test_the_lowest_price_that_was_opened_goes_on_counting_when_its_bid_drops_out():
    rule = plan({"K1": "60"}, price=replace(RELATIVE, weight=40), maximum=100, scale=None)
    before = rank(rule, priced({"A": 80, "B": 90, "C": 10}, A=20_000, B=16_000, C=8_000))
    kept = replace(rule, price=replace(rule.price, lowest=Decimal(8_000)))

    after = rank(kept, priced({"A": 80, "B": 90}, A=20_000, B=16_000))

    points = {place.proposal: (place.exact, place.price) for place in before.places}
    assert {place.proposal: (place.exact, place.price) for place in after.places} == {
        name: points[name] for name in ("A", "B")
    }
    assert read_plan(written_plan(kept)) == kept


@pytest.mark.parametrize("price", [
    replace(ABSOLUTE, lowest=Decimal(5)), replace(RELATIVE, lowest=Decimal(0)),
])  # fmt: skip
def test_a_lowest_price_is_above_zero_and_for_a_relative_formula_only(price):
    with pytest.raises(Invalid):
        check_plan(plan({"K1": str(100 - price.weight)}, price=price, maximum=100, scale=None))
