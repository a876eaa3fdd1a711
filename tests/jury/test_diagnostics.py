"""What the scores say about themselves, against numpy and against counting by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sir.jury.rules.diagnostics import (
    diagnose,
    diagnose_totals,
    half_level,
    juror_totals,
    reliability,
    sensitivity,
)
from sir.jury.rules.leniency import NOT_CONNECTED, TOO_FEW_SCORES, leniencies, patterns
from sir.jury.rules.plan import Method
from sir.jury.rules.ranking import rank
from sir.kernel.errors import Invalid
from tests.jury.cases import P1, P2, P3, plan, scores
from tests.jury.rounds import rounds

SHROUT_FLEISS = {  # Shrout and Fleiss (1979), table 2: six targets, four judges
    "T1": (9, 2, 5, 8),
    "T2": (6, 1, 3, 2),
    "T3": (8, 4, 6, 8),
    "T4": (7, 1, 2, 6),
    "T5": (10, 5, 6, 9),
    "T6": (6, 2, 4, 7),
}


def panel(rows):
    return {
        name: {f"J{n}": Fraction(value) for n, value in enumerate(row, 1) if value is not None}
        for name, row in rows.items()
    }


def test_the_spread_is_that_of_the_jurors_totals():
    found = diagnose(plan(), scores(P1=P1, P2=P2, P3=P3))

    spread = found.spreads["P1"]
    assert juror_totals(plan(), scores(P1=P1))["P1"] == {"J1": 71, "J2": 73, "J3": 67}
    assert (spread.mean, spread.range) == (Fraction(211, 3), 6)
    assert spread.deviation == pytest.approx(np.std([71, 73, 67], ddof=1))
    assert spread.levels == {"K1": 1, "K2": 1, "K3": 1, "K4": 1}
    assert not spread.is_to_discuss


def test_two_levels_apart_is_something_to_discuss():
    given_scores = scores(P1=[[8, 8, 8, 8], [8, 8, 4, 8]], P2=[[0, 0, 0, 0], [0, 2, 0, 0]])
    found = diagnose(plan(), given_scores).spreads

    assert found["P1"].is_to_discuss
    assert found["P1"].levels["K3"] == 2
    assert not found["P2"].is_to_discuss


def test_a_rank_that_may_cross_the_line_is_something_to_discuss():
    one = plan({"K1": "100"}, scale=None)
    given_scores = scores(P1=[[9], [7]], P2=[[8], [7]], P3=[[2], [3]], P4=[[3], [2]])

    assert [s.is_to_discuss for s in diagnose(one, given_scores).spreads.values()] == [
        False,  # first with either juror
        True,  # first too, without the first juror
        False,
        False,
    ]
    cut = diagnose(replace(one, shortlist=3), given_scores).spreads
    assert [s.is_to_discuss for s in cut.values()] == [False, True, True, True]


def test_one_juror_has_no_spread_and_no_influence():
    found = diagnose(plan(), scores(P1=[[8, 8, 8, 8]], P2=[[6, 6, 6, 6]]))

    assert found.spreads["P1"].deviation is None
    assert found.influence.ranks == {"P1": None, "P2": None}
    assert found.leniencies.refusal == TOO_FEW_SCORES


def test_reliability_is_that_of_the_textbook():
    found = reliability(panel(SHROUT_FLEISS))

    assert float(found.single) == pytest.approx(0.29, abs=0.005)
    assert float(found.panel) == pytest.approx(0.62, abs=0.005)
    assert found.note == "few_proposals"


def test_ten_proposals_are_not_few_and_holes_are_no_panel():
    ten = {f"P{n}": (n, n + 1) for n in range(10)}

    assert reliability(panel(ten)).note is None
    assert reliability(panel({**ten, "P3": (3, None)})).note == "incomplete"
    assert reliability(panel({"P1": (5, 5), "P2": (5, 5)})).note == "undefined"


def test_a_complete_panel_gives_each_juror_the_deviation_of_the_mean():
    totals = panel(SHROUT_FLEISS)
    found = leniencies(totals).jurors

    every = np.array(list(SHROUT_FLEISS.values()))
    expected = every.mean(axis=0) - every.mean()
    assert [found[f"J{n}"].level for n in (1, 2, 3, 4)] == pytest.approx(list(expected))


def test_half_a_level_is_too_little_to_be_called_mild():
    exact = panel({"P1": (50, 54), "P2": (60, 64), "P3": (70, 74), "P4": (40, 45)})

    assert all(found.is_flagged for found in leniencies(exact).jurors.values())
    assert not any(found.is_flagged for found in leniencies(exact, Fraction(10)).jurors.values())
    assert half_level(plan()) == 10


def test_jurors_who_never_meet_are_not_compared():
    found = leniencies(panel({"P1": (70, 80, None, None), "P2": (None, None, 50, 60)}))

    assert found.refusal == NOT_CONNECTED
    assert found.jurors == {}
    assert [(part.proposals, part.jurors) for part in found.parts] == [
        (("P1",), ("J1", "J2")),
        (("P2",), ("J3", "J4")),
    ]


def test_a_chain_without_a_spare_score_gives_no_number():
    assert leniencies(panel({"P1": (70, 80, None), "P2": (None, 50, 60)})).refusal == (
        TOO_FEW_SCORES
    )


def test_a_juror_who_gives_all_the_same_does_not_discriminate():
    found = patterns(panel({f"P{n}": (n, 50, n + 1) for n in range(6)}), {})

    assert [juror for juror, pattern in found.items() if pattern.has_no_discrimination] == ["J2"]
    assert found["J2"].agreement is None
    assert found["J1"].agreement == pytest.approx(1)


@pytest.mark.parametrize(("proposals", "is_flagged"), [(5, False), (6, True)])
def test_a_juror_against_the_grain_is_flagged_from_six_proposals(proposals, is_flagged):
    found = patterns(panel({f"P{n}": (n, n * 2, 100 - n) for n in range(proposals)}), {})

    assert found["J3"].agreement == pytest.approx(-1)
    assert found["J3"].is_flagged is is_flagged
    assert not found["J1"].is_flagged


def test_the_juror_without_whom_another_leads_is_pivotal():
    one = plan({"K1": "100"}, scale=None)
    found = diagnose(one, scores(A=[[6], [7], [0]], B=[[5], [5], [5]], C=[[4], [4], [10]]))

    assert found.influence.pivotal == ("J3",)
    assert found.influence.ranks == {"C": (1, 3), "B": (2, 2), "A": (1, 3)}


def test_sensitivity_finds_the_weight_at_which_two_would_tie():
    half = plan({"K1": "60", "K2": "40"}, scale=None)
    found = sensitivity(half, scores(A=[[8, 4]], B=[[6, 6]]))

    assert (found.first, found.second) == ("A", "B")
    assert found.criteria["K1"].weight == 50
    assert found.criteria["K1"].change == -10
    assert found.criteria["K2"].change == 10
    assert found.most_critical == "K1"


def test_whoever_is_better_on_everything_is_never_overtaken():
    found = sensitivity(plan(), scores(A=[[8, 8, 8, 8]], B=[[6, 6, 6, 6]]))

    assert set(found.criteria.values()) == {None}
    assert found.most_critical is None


def test_a_lonely_proposal_has_no_rival():
    assert sensitivity(plan(), scores(A=[[8, 8, 8, 8]])) is None
    assert sensitivity(plan({"K1": "100"}), scores(A=[[8]], B=[[6]])).criteria == {"K1": None}


def test_an_incomplete_jury_is_not_diagnosed():
    with pytest.raises(Invalid) as refusal:
        diagnose(plan(), replace(scores(P1=P1), seats=("J1", "J2", "J3", "J4")))

    assert refusal.value.code == "jury_incomplete"


@settings(max_examples=80, deadline=None)
@given(rounds(method=Method.MEAN))
def test_influence_is_what_ranking_without_the_juror_says(given_round):
    built, given_scores = given_round
    assume(len(given_scores.seats) > 1)
    found = diagnose(built, given_scores).influence
    everybody = rank(built, given_scores)

    without = {
        seat: rank(
            built,
            replace(
                given_scores,
                seats=tuple(other for other in given_scores.seats if other != seat),
                sheets={
                    name: {other: points for other, points in sheets.items() if other != seat}
                    for name, sheets in given_scores.sheets.items()
                },
            ),
        )
        for seat in given_scores.seats
    }
    assert set(found.pivotal) == {
        seat for seat, fewer in without.items() if set(fewer.leaders) != set(everybody.leaders)
    }
    for name, ranks in found.ranks.items():
        seen = [
            place.rank
            for fewer in without.values()
            for place in fewer.places
            if place.proposal == name and place.rank is not None
        ]
        assert ranks == ((min(seen), max(seen)) if seen else None)


holes = st.none() | st.integers(0, 100)
grids = st.integers(2, 5).flatmap(
    lambda jurors: st.lists(st.tuples(*[holes] * jurors), min_size=2, max_size=6)
)


@settings(max_examples=200, deadline=None)
@given(grids)
def test_levels_and_errors_are_those_of_least_squares_in_full(grid):
    """All unknowns at once, by numpy, with the constraint as one more equation."""
    totals = panel({f"P{n}": row for n, row in enumerate(grid)})
    found = leniencies(totals)
    assume(found.refusal is None)

    proposals = [name for name, row in totals.items() if row]
    jurors = sorted({juror for row in totals.values() for juror in row})
    cells = [(p, j) for p in proposals for j in totals[p]]
    design = np.zeros((len(cells), len(proposals) + len(jurors)))
    for line, (p, j) in enumerate(cells):
        design[line, proposals.index(p)] = 1
        design[line, len(proposals) + jurors.index(j)] = 1
    given_totals = np.array([float(totals[p][j]) for p, j in cells])
    solution = np.linalg.lstsq(design, given_totals, rcond=None)[0]
    levels = solution[len(proposals) :]
    residuals = given_totals - design @ solution
    freedom = len(cells) - (len(proposals) + len(jurors) - 1)
    square = residuals @ residuals / freedom
    inverse = np.linalg.pinv(design.T @ design)
    for n, juror in enumerate(jurors):
        contrast = np.zeros(design.shape[1])
        contrast[len(proposals) :] = -1 / len(jurors)
        contrast[len(proposals) + n] += 1
        error = np.sqrt(max(square * contrast @ inverse @ contrast, 0))
        assert found.jurors[juror].level == pytest.approx(levels[n] - levels.mean(), abs=1e-6)
        assert found.jurors[juror].error == pytest.approx(error, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda jurors: st.lists(st.tuples(*[st.integers(0, 100)] * jurors), min_size=2, max_size=6)
    )
)
def test_reliability_is_that_of_an_analysis_of_variance(grid):
    found = reliability(panel({f"P{n}": row for n, row in enumerate(grid)}))
    every = np.array(grid, float)
    size, jurors = every.shape
    rows, columns = every.mean(axis=1), every.mean(axis=0)
    msr = jurors * rows.var(ddof=1)
    msc = size * columns.var(ddof=1)
    rest = every - rows[:, None] - columns[None] + every.mean()
    mse = (rest**2).sum() / ((size - 1) * (jurors - 1))
    single = msr + (jurors - 1) * mse + jurors * (msc - mse) / size
    together = msr + (msc - mse) / size
    if abs(single) < 1e-6 or abs(together) < 1e-6:
        assume(False)

    assert float(found.single) == pytest.approx((msr - mse) / single, rel=1e-6, abs=1e-6)
    assert float(found.panel) == pytest.approx((msr - mse) / together, rel=1e-6, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(rounds(method=Method.MEAN))
def test_at_the_tipping_weight_first_and_second_have_the_same_total(given_round):
    built, given_scores = given_round
    found = sensitivity(built, given_scores)
    assume(found is not None)

    means = {
        (name, key): sum(Fraction(given_scores.sheets[name][s][key]) for s in given_scores.seats)
        / len(given_scores.seats)
        for name in (found.first, found.second)
        for key in built.keys
    }
    for key, tipping in found.criteria.items():
        if tipping is None:
            continue
        old = {c.key: Fraction(c.weight) for c in built.criteria}
        stretch = (100 - tipping.weight) / (100 - old[key])
        new = {k: tipping.weight if k == key else w * stretch for k, w in old.items()}
        totals = [
            sum(new[c.key] * means[name, c.key] / Fraction(c.maximum) for c in built.criteria)
            for name in (found.first, found.second)
        ]
        assert sum(new.values()) == 100
        assert totals[0] == totals[1]
        assert abs(found.criteria[found.most_critical].change) <= abs(tipping.change)


def test_totals_with_holes_are_diagnosed_by_what_is_there():
    found = diagnose_totals(panel({"P1": (80, 70), "P2": (60, None), "P3": (None, 75)}))

    assert found.spreads["P2"].deviation is None
    assert found.spreads["P1"].range == 10
    assert found.influence.ranks == {"P1": (1, 2), "P3": (1, 1), "P2": (2, 2)}
    assert found.reliability.note == "incomplete"
    assert found.sensitivity is None
    assert found.spreads["P1"].mean == Decimal(75)
