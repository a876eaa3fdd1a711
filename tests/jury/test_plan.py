"""What a plan and its scores must be before anything is ranked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sir.jury.rules.plan import Criterion, Plan, Scores
from sir.jury.rules.ranking import rank
from sir.kernel.errors import Invalid
from tests.jury.cases import P1, SCALE, plan, scores


def shown(outcome):
    return [(place.proposal, str(place.score), place.rank) for place in outcome.places]


def with_weights(*weights):
    return plan({f"K{n}": weight for n, weight in enumerate(weights, 1)})


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (with_weights("40", "25", "20", "14.99"), "sum to 99.99"),
        (with_weights("40", "25", "20", "15.0000001"), "sum to"),
        (with_weights("120", "-20"), "below zero"),
        (plan(scale=SCALE[:2]), "fewer than 3"),
        (plan(scale=(Decimal(0), Decimal(5), Decimal(5))), "strictly increase"),
        (plan(scale=(Decimal(-2), Decimal(5), Decimal(8))), "below zero"),
        (plan(maximum=9), "above the maximum of K1"),
        (plan(maximum=0, scale=None), "not above zero"),
        (plan(minima={"K2": Decimal(11)}), "minimum of K2"),
        (plan(minimum_total=Decimal(101)), "minimum in total"),
        (plan(tie_order=("K1", "K9")), "no criterion: K9"),
        (plan(tie_order=("K1", "K1")), "twice: K1"),
        (plan(shortlist=0), "at least one"),
        (plan(decimals=-1), "decimals"),
        (plan(decimals=11), "decimals"),
        (plan(seed=""), "seed"),
        (Plan(()), "no criterion"),
        (Plan((Criterion("lot", 100, 10),)), "cannot be called 'lot'"),
        (Plan((Criterion("K1", 50, 10), Criterion("K1", 50, 10))), "twice: K1"),
    ],
)
def test_a_plan_that_could_not_be_published_ranks_nothing(broken, words):
    with pytest.raises(Invalid, match=words) as refusal:
        rank(broken, scores(P1=P1))

    assert refusal.value.code == "plan_invalid"


@pytest.mark.parametrize("level", ["7", "-2", "12", "8.0000001"])
def test_points_off_the_scale_are_no_level(level):
    with pytest.raises(Invalid, match="not a level") as refusal:
        rank(plan(), scores(P1=[[8, 8, 8, level]]))

    assert refusal.value.code == "sheet_incomplete"


@pytest.mark.parametrize("points", ["-0.01", "10.01"])
def test_points_without_a_scale_stay_between_nought_and_the_maximum(points):
    with pytest.raises(Invalid, match="between 0 and the maximum") as refusal:
        rank(plan(scale=None), scores(P1=[[8, 8, 8, points]]))

    assert refusal.value.code == "sheet_incomplete"


def test_a_criterion_the_plan_does_not_have_is_refused():
    with pytest.raises(Invalid, match="K5 is not a criterion") as refusal:
        rank(plan(), scores(P1=[[8, 8, 8, 8, 8]]))

    assert refusal.value.code == "sheet_incomplete"


@pytest.mark.parametrize(
    "given",
    [
        Scores((), {}),
        Scores(("J1",), {}),
        scores(P1=[[8, 8, 8]]),
        replace(scores(P1=P1), seats=("J1", "J2")),
    ],
)
def test_the_jury_that_was_announced_is_the_jury_that_scored(given):
    with pytest.raises(Invalid) as refusal:
        rank(plan(), given)

    assert refusal.value.code == "jury_incomplete"


def test_a_seat_announced_twice_does_not_count_twice():
    with pytest.raises(Invalid, match="twice: J1") as refusal:
        rank(plan(), replace(scores(P1=P1), seats=("J1", "J1", "J2", "J3")))

    assert refusal.value.code == "plan_invalid"
