"""The resolver against a slow oracle that tries every assignment there is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sir.calls.rules.market import (
    Contest,
    Market,
    Outcome,
    contests_ask,
    is_allowed,
    leads_twice,
    reasons,
    resolve,
    startups_ask,
)
from sir.kernel.errors import Invalid

NAMES = "UVWXYZ"


def contest(code, order, places=1):
    return Contest(code, places, tuple((name,) for name in order))


@st.composite
def markets(draw, most_names=5, most_contests=4):
    names = NAMES[: draw(st.integers(1, most_names))]
    codes = "ABCD"[: draw(st.integers(1, most_contests))]
    contests = tuple(
        contest(
            code,
            draw(st.permutations(names))[: draw(st.integers(0, len(names)))],
            draw(st.integers(1, 2)),
        )
        for code in codes
    )
    wishes = {name: tuple(draw(st.permutations(codes))) for name in names}
    won = draw(st.sampled_from([{}, {names[0]: "Z"}]))
    return Market(contests, wishes, won)


def oracle(market):
    """Every outcome without a second win, a place too many or a grievance, by trying them all."""
    names = sorted({name for row in market.contests for name in row.order} - market.won.keys())
    options = [None, *(row.code for row in market.contests)]
    found = []
    for choice in product(options, repeat=len(names)):
        wins = dict(zip(names, choice, strict=True))
        if keeps_the_rule(market, wins):
            found.append({name: code for name, code in wins.items() if code})
    return found


def keeps_the_rule(market, wins):
    taken = {
        row.code: [n for n, code in wins.items() if code == row.code] for row in market.contests
    }
    for row in market.contests:
        if len(taken[row.code]) > row.places or set(taken[row.code]) - set(row.order):
            return False
    for row in market.contests:
        for name in row.order:
            if name in market.won or wins[name] == row.code:
                continue
            wishes = market.wishes[name]
            if wins[name] and wishes.index(wins[name]) < wishes.index(row.code):
                continue
            if len(taken[row.code]) < row.places:
                return False
            if any(row.order.index(name) < row.order.index(other) for other in taken[row.code]):
                return False
    return True


@settings(max_examples=300, deadline=None)
@given(markets())
def test_the_allowed_outcomes_are_exactly_those_of_the_oracle(market):
    resolved = resolve(market)

    found = [dict(outcome.wins) for outcome in resolved.outcomes]
    assert sorted(map(sorted, (wins.items() for wins in found))) == sorted(
        map(sorted, (wins.items() for wins in oracle(market)))
    )
    assert resolved.is_complete


@settings(max_examples=300, deadline=None)
@given(markets())
def test_of_the_two_ends_one_is_the_best_for_every_startup_and_the_other_has_the_highest_ranks(
    market,
):
    best, worst = startups_ask(market).wins, contests_ask(market).wins

    for wins in oracle(market):
        assert wins.keys() == best.keys() == worst.keys()
        for name, code in wins.items():
            place = market.wishes[name].index
            assert place(best[name]) <= place(code) <= place(worst[name])


@settings(max_examples=200, deadline=None)
@given(markets(), st.data())
def test_where_startups_ask_another_order_than_the_true_one_wins_nothing_better(market, data):
    name = data.draw(st.sampled_from(sorted(market.wishes)))
    told = tuple(data.draw(st.permutations(market.wishes[name])))
    lying = Market(market.contests, {**market.wishes, name: told}, market.won)

    honest, clever = (startups_ask(row).wins.get(name) for row in (market, lying))

    place = [*market.wishes[name], None].index
    assert place(honest) <= place(clever)


@settings(max_examples=200, deadline=None)
@given(markets())
def test_the_order_in_which_startups_and_challenges_are_listed_changes_nothing(market):
    turned = Market(market.contests[::-1], dict(reversed(market.wishes.items())), dict(market.won))

    for ask in (startups_ask, contests_ask):
        assert dict(ask(market).wins) == dict(ask(turned).wins)


@settings(max_examples=200, deadline=None)
@given(markets())
def test_every_winner_has_a_reason_and_everybody_ahead_of_it_wins_elsewhere(market):
    best = contests_ask(market)
    told = list(reasons(market, best))

    assert {row.startup: row.contest for row in told} == dict(best.wins)
    for row in told:
        order = market.contest(row.contest).order
        ahead = order[: order.index(row.startup)]
        beside = {n for n in best.winners(market.contest(row.contest)) if n in ahead}
        assert {name for name, _where in row.ahead} | beside == set(ahead)
        wishes = market.wishes[row.startup].index
        assert all(wishes(code) > wishes(row.contest) for code in row.also)


def test_who_leads_twice_wins_what_it_wants_most_and_the_next_in_rank_wins_the_other():
    market = Market(
        (contest("A", "XY"), contest("B", "XYZ")),
        {"X": ("A", "B"), "Y": ("B", "A"), "Z": ("B",)},
    )

    resolved = resolve(market)

    assert resolved.first.wins == {"X": "A", "Y": "B"}
    assert resolved.others == ()
    assert leads_twice(market) == {"X": ("A", "B")}
    assert [
        (row.contest, row.startup, row.ahead, row.also) for row in reasons(market, resolved.first)
    ] == [
        ("A", "X", (), ("B",)),
        ("B", "Y", (("X", "A"),), ()),
    ]


def test_a_chain_of_three_moves_on_one_by_one():
    market = Market(
        (contest("A", "XYZ"), contest("B", "XYZ"), contest("C", "YXZ")),
        {"X": ("B", "A", "C"), "Y": ("B", "C", "A"), "Z": ("C", "A", "B")},
    )

    assert startups_ask(market).wins == {"X": "B", "Y": "C", "Z": "A"}


def test_where_startups_and_juries_want_the_opposite_there_are_two_outcomes():
    market = Market((contest("A", "YX"), contest("B", "XY")), {"X": ("A", "B"), "Y": ("B", "A")})

    resolved = resolve(market)

    assert resolved.first.wins == {"X": "B", "Y": "A"}
    assert [dict(other.wins) for other in resolved.others] == [{"X": "A", "Y": "B"}]


def test_who_leads_in_one_challenge_is_not_passed_over_because_another_would_rather_have_it():
    market = Market((contest("A", "XY"), contest("B", "YX")), {"X": ("B", "A"), "Y": ("A", "B")})

    assert leads_twice(market) == {}
    assert resolve(market).first.wins == {"X": "A", "Y": "B"}


def test_equals_are_asked_together_and_part_only_when_one_of_them_wins_elsewhere():
    first, last = Contest("A", 1, (("X", "Y"),)), contest("B", "YX")

    parted = resolve(Market((first, last), {"X": ("A", "B"), "Y": ("B", "A")}))
    assert parted.first.wins == {"X": "A", "Y": "B"}
    with pytest.raises(Invalid):
        resolve(Market((first, last), {"X": ("A", "B"), "Y": ("A", "B")}))


def test_a_challenge_with_two_places_takes_the_two_best_that_want_it():
    market = Market(
        (contest("A", "XYZ", places=2), contest("B", "X")),
        {"X": ("B", "A"), "Y": ("A",), "Z": ("A",)},
    )

    assert startups_ask(market).wins == {"X": "B", "Y": "A", "Z": "A"}


def test_whoever_has_won_already_wins_nothing_more():
    market = Market((contest("A", "XY"),), {"X": ("A",), "Y": ("A",)}, {"X": "B"})

    outcome = startups_ask(market)

    assert outcome.wins == {"Y": "A"}
    assert [row.ahead for row in reasons(market, outcome)] == [(("X", "B"),)]


def test_two_that_no_rule_parts_and_that_compete_for_a_place_are_not_chosen_between():
    market = Market((Contest("A", 1, (("X", "Y"),)),), {"X": ("A",), "Y": ("A",)})

    with pytest.raises(Invalid) as caught:
        resolve(market)
    assert (caught.value.code, caught.value.detail) == ("tied", "A")


def test_equals_are_no_matter_where_both_win_or_neither():
    first = Contest("A", 2, (("X", "Y"), ("Z",)))
    last = Contest("B", 1, (("Z",), ("X", "Y")))
    wishes = {"X": ("A", "B"), "Y": ("A", "B"), "Z": ("B", "A")}

    assert resolve(Market((first, last), wishes)).first.wins == {"X": "A", "Y": "A", "Z": "B"}


def test_a_startup_that_did_not_order_all_its_entries_is_named():
    with pytest.raises(Invalid) as caught:
        resolve(Market((contest("A", "X"), contest("B", "X")), {"X": ("A",)}))
    assert (caught.value.code, caught.value.detail) == ("wishes_incomplete", "X")


def test_an_outcome_in_which_somebody_below_the_minimum_wins_is_not_allowed():
    market = Market((contest("A", "X"),), {"X": ("A",), "Y": ("A",)})

    assert not is_allowed(market, Outcome({"Y": "A"}))
    assert not is_allowed(market, Outcome({}))
    assert is_allowed(market, Outcome({"X": "A"}))


def test_too_many_combinations_give_the_two_ends_only():
    names = [f"S{n:02d}" for n in range(30)]
    pairs = [(names[n], names[n + 1], f"A{n}", f"B{n}") for n in range(0, 30, 2)]
    contests, wishes = [], {}
    for first, second, a, b in pairs:
        contests += [contest(a, [second, first]), contest(b, [first, second])]
        wishes |= {first: (a, b), second: (b, a)}

    resolved = resolve(Market(tuple(contests), wishes))

    assert not resolved.is_complete
    assert all(wishes[name][1] == code for name, code in resolved.first.wins.items())
    assert [all(wishes[n][0] == c for n, c in row.wins.items()) for row in resolved.others] == [
        True
    ]


@st.composite
def tied_markets(draw):
    """The same, with some that no rule parts."""
    market = draw(markets(most_names=4, most_contests=3))
    contests = []
    for row in market.contests:
        groups, order = [], list(row.order)
        while order:
            size = draw(st.integers(1, 2))
            groups.append(tuple(order[:size]))
            order = order[size:]
        contests.append(Contest(row.code, row.places, tuple(groups)))
    return Market(tuple(contests), market.wishes, market.won)


@settings(max_examples=300, deadline=None)
@given(tied_markets())
def test_with_equals_it_refuses_or_gives_only_outcomes_that_wrong_nobody(market):
    try:
        resolved = resolve(market)
    except Invalid as refusal:
        assert refusal.code == "tied"  # noqa: PT017 - either answer is right
        return

    for outcome in resolved.outcomes:
        assert is_allowed(market, outcome)
    assert len({tuple(sorted(row.wins.items())) for row in resolved.outcomes}) == len(
        resolved.outcomes
    )
