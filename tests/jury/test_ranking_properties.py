"""The ranking against an oracle that is written otherwise, and against reorderings."""

import hashlib
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import groupby
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sir.jury.rules.plan import Method, Scores
from sir.jury.rules.ranking import rank
from tests.jury.cases import plan, scores
from tests.jury.rounds import rounds


def shown(outcome):
    return [(place.proposal, str(place.score), place.rank) for place in outcome.places]


def half_up(value, decimals):
    with localcontext(prec=200):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


class Oracle:
    """F1 to F6, slowly: fractions, pairs and counting."""

    def __init__(self, plan, scores):
        self.plan, self.names = plan, list(scores.sheets)
        consensus = plan.method is Method.CONSENSUS
        self.score = {
            (name, c.key): Fraction(scores.consensus[name][c.key])
            if consensus
            else sum(Fraction(scores.sheets[name][seat][c.key]) for seat in scores.seats)
            / len(scores.seats)
            for name in self.names
            for c in plan.criteria
        }
        self.exact = {
            name: sum(
                Fraction(c.weight) * self.score[name, c.key] / Fraction(c.maximum)
                for c in plan.criteria
            )
            for name in self.names
        }
        self.total = {name: half_up(self.exact[name], plan.decimals) for name in self.names}
        self.published = {at: half_up(value, plan.decimals) for at, value in self.score.items()}

    def passes(self, name):
        floor = self.plan.minimum_total
        return (floor is None or self.total[name] >= floor) and all(
            c.minimum is None or self.published[name, c.key] >= c.minimum
            for c in self.plan.criteria
        )

    def rank(self, name):
        return 1 + sum(
            self.total[other] > self.total[name] for other in self.names if self.passes(other)
        )

    def rule_between(self, one, other):
        """Say which rule parts two proposals, how late it comes, and who is first by it."""
        order = self.plan.tie_order
        if order is None:
            listed = {c.key: n for n, c in enumerate(self.plan.criteria)}
            order = sorted(listed, key=lambda k: (-self.plan.criteria[listed[k]].weight, listed[k]))
        rules = [("score", self.total[one], self.total[other])]
        rules += [(key, self.published[one, key], self.published[other, key]) for key in order]
        for late, (rule, mine, theirs) in enumerate(rules):
            if mine != theirs:
                return late, rule, mine > theirs
        if self.plan.seed is None:
            return len(rules), None, None
        hashes = [hashlib.sha256(f"seed|{name}".encode()).hexdigest() for name in (one, other)]
        return len(rules), "lot", hashes[0] < hashes[1]

    def before(self, name):
        """Count who certainly stands before."""
        rivals = [other for other in self.names if other != name and self.passes(other)]
        return sum(self.rule_between(other, name)[2] is True for other in rivals)

    def decided_by(self, name):
        rivals = [other for other in self.names if other != name and self.passes(other)]
        rules = [self.rule_between(name, other)[:2] for other in rivals]
        return max(rules, default=(0, "score"), key=lambda found: found[0])[1]

    def shortlist(self):
        limit = self.plan.shortlist
        if limit is None:
            return set()
        stands = self.before if self.plan.tie_order is not None else lambda n: self.rank(n) - 1
        return {name for name in self.names if self.passes(name) and stands(name) < limit}


@settings(max_examples=300, deadline=None)
@given(rounds())
def test_every_round_agrees_with_the_oracle(given_round):
    built, given_scores = given_round
    oracle = Oracle(built, given_scores)

    outcome = rank(built, given_scores)

    ranked = [place for place in outcome.places if place.passes]
    assert {p.proposal: p.exact for p in outcome.places} == oracle.exact
    assert {p.proposal: p.score for p in outcome.places} == oracle.total
    assert {p.proposal for p in ranked} == {n for n in oracle.names if oracle.passes(n)}
    assert [p.passes for p in outcome.places] == sorted(
        (p.passes for p in outcome.places), reverse=True
    )
    for place in ranked:
        assert place.rank == oracle.rank(place.proposal)
        assert place.decided_by == oracle.decided_by(place.proposal)
    before = [oracle.before(place.proposal) for place in ranked]
    assert before == sorted(before)
    assert set(outcome.shortlist) == oracle.shortlist()
    assert list(outcome.shortlist) == [
        p.proposal for p in ranked if p.proposal in outcome.shortlist
    ]
    assert set(outcome.leaders) == {
        place.proposal for place, ahead in zip(ranked, before, strict=True) if not ahead
    }


@settings(max_examples=100, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_jurors_and_proposals_changes_nothing(given_round, random):
    built, given_scores = given_round
    names, seats = list(given_scores.sheets), list(given_scores.seats)
    random.shuffle(names)
    random.shuffle(seats)
    shuffled = Scores(
        tuple(seats),
        {name: {seat: given_scores.sheets[name][seat] for seat in seats} for name in names},
        {name: given_scores.consensus[name] for name in names},
    )

    assert rank(built, shuffled) == rank(built, given_scores)


@settings(max_examples=100, deadline=None)
@given(rounds(method=Method.MEAN), st.integers(0, 20))
def test_a_juror_who_is_equally_mild_to_all_changes_no_place(given_round, mildness):
    """Conclusion 2: with a full panel an additive juror shifts every proposal alike."""
    built, given_scores = given_round
    free = replace(
        built,
        criteria=tuple(replace(c, maximum=c.maximum * 10, minimum=None) for c in built.criteria),
        scale=None,
        minimum_total=None,
        decimals=10,
    )
    mild = given_scores.seats[0]
    milder = {
        name: {
            seat: {k: value + (mildness if seat == mild else 0) for k, value in points.items()}
            for seat, points in sheets.items()
        }
        for name, sheets in given_scores.sheets.items()
    }

    before = rank(free, given_scores)
    after = rank(free, replace(given_scores, sheets=milder))

    exact = {place.proposal: place.exact for place in before.places}
    assert len({place.exact - exact[place.proposal] for place in after.places}) == 1
    assert [(p.proposal, p.rank) for p in after.places] == [
        (p.proposal, p.rank) for p in before.places
    ]


def test_normalising_a_juror_would_have_changed_the_winner():
    """Case C12: why no score is ever standardised per juror."""
    one = plan({"K1": "100"}, scale=None)
    rows = {"A": [[10], [5]], "B": [[6], [6]], "C": [[0], [5]]}
    outcome = rank(one, scores(**rows))
    means = [Fraction(sum(rows[name][j][0] for name in rows), 3) for j in (0, 1)]
    spreads = [sum((rows[name][j][0] - means[j]) ** 2 for name in rows) for j in (0, 1)]
    standard = {
        name: sum(float(rows[name][j][0] - means[j]) / float(spreads[j]) ** 0.5 for j in (0, 1))
        for name in rows
    }

    assert outcome.leaders == ("A",)
    assert max(standard, key=standard.get) == "B"


def test_ten_thousand_proposals_keep_their_order():
    random = Random(4711)  # noqa: S311 - not a secret
    given = {
        f"P{n:05}": [[random.choice([0, 2, 4, 6, 8, 10]) for _ in range(4)] for _ in range(3)]
        for n in range(10_000)
    }
    outcome = rank(plan(seed="seed", shortlist=100, tie_order=("K1",)), scores(**given))

    totals_down = [place.exact for place in outcome.places]
    assert totals_down == sorted(totals_down, reverse=True)
    assert len(outcome.shortlist) == 100
    ranks = [place.rank for place in outcome.places]
    expected = []
    for _, equals in groupby(outcome.places, lambda place: place.score):
        expected += [len(expected) + 1] * len(list(equals))
    assert ranks == expected
