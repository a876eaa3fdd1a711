"""Trying a plan out, and how firm an outcome is: who sees it when, and that nothing is kept."""

from decimal import Decimal

import pytest

from sir.challenges.models import ChallengeState
from sir.jury.models import Ranking
from sir.jury.queries import voting_seats
from sir.kernel.database import db
from sir.people.models import Role
from sir.workflows.models import PriceFormula
from tests.challenges.story import Story as Draft
from tests.jury.story import Story
from tests.jury.test_outcome import ranked
from tests.makers import make_challenge, make_member, make_team_member


def at(challenge, **query):
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/challenges/{challenge.code}/simulation?{words}"


def test_a_draft_is_tried_out_with_bids_that_are_the_same_each_time(app, visitor):
    draft = Draft()
    visitor.as_(draft.owner)

    first = visitor.get(at(draft.challenge))
    again = visitor.get(at(draft.challenge))
    other = visitor.get(at(draft.challenge, draw=7))

    assert first.status_code == 200
    assert "Proefvoorstel D" in first.text
    assert "Proefvoorstel E" not in first.text
    assert grid(first.text) == grid(again.text) != grid(other.text)
    assert "Welk voorstel ook afvalt" in first.text
    assert "van de 300 trekkingen" in first.text


def grid(page):
    """What is chosen in the grid, in order."""
    return [row.partition('value="')[2].partition('"')[0]
            for row in page.split("<option ") if "selected" in row.partition(">")[0]]  # fmt: skip


def rows(page):
    """The bids in the order of the ranking."""
    table = page.partition('id="order"')[2].partition("</table>")[0]
    return [part.partition("<")[0].strip() for part in table.split('scope="row">')[1:]]


def typed(draft, **bids):
    return {
        f"points_{bid}_{row.key}": level
        for bid, levels in bids.items()
        for row, level in zip(draft.challenge.plan.criteria, levels, strict=True)
    }


def test_typed_points_are_ranked_by_the_engine_and_other_weights_turn_the_order(app, visitor):
    draft = Draft()
    visitor.as_(draft.owner)
    bids = {"bids": 2} | typed(draft, A=(10, 0, 0, 0, 0), B=(0, 0, 0, 0, 10))

    official = visitor.get(at(draft.challenge, **bids)).text
    turned = visitor.get(at(draft.challenge, **bids, weight_K1=0, weight_K5=50)).text

    assert rows(official) == ["Proefvoorstel A", "Proefvoorstel B"]
    assert rows(turned) == ["Proefvoorstel B", "Proefvoorstel A"]
    assert "omhoog van 2" in turned
    assert "omhoog van" not in official
    assert "officieel 30 %" in turned


@pytest.mark.parametrize("query", [
    {"bids": "x", "seed": "-1", "weight_K1": "NaN", "points_A_K1": "11"},
    {"bids": "999999999999", "seed": "9" * 5000},
    {"weight_K1": "1e9", "weight_K2": "٣"},
    {"draw": "' OR 1=1"},
    {f"weight_K{n}": "0" for n in range(1, 6)},
])  # fmt: skip
def test_an_odd_address_changes_nothing_official(app, visitor, query):
    draft = Draft()
    visitor.as_(draft.owner)

    answer = visitor.get(at(draft.challenge, **query))

    assert answer.status_code == 200
    assert "Proefvoorstel B" in answer.text


def test_a_plan_that_cannot_rank_says_what_to_put_right(app, visitor):
    draft = Draft()
    draft.challenge.plan.criteria[0].weight += 1
    visitor.as_(draft.owner)

    answer = visitor.get(at(draft.challenge))

    assert answer.status_code == 200
    assert "De wegingen zijn samen 101." in answer.text
    assert "Proefvoorstel" not in answer.text


def test_nothing_is_kept(app, visitor):
    draft = Draft()
    version = draft.challenge.plan.version
    visitor.as_(draft.owner).get(at(draft.challenge, weight_K1=90))

    assert draft.challenge.plan.version == version
    assert db.session.query(Ranking).count() == 0


@pytest.mark.parametrize("state", [
    ChallengeState.PUBLISHED, ChallengeState.OPENED, ChallengeState.NOTIFIED,
    ChallengeState.AWARDED,
])  # fmt: skip
def test_once_published_nobody_tries_it_out_any_more(app, visitor, state):
    challenge = make_challenge(state=state)
    for role in (Role.OWNER, Role.OFFICER, Role.SECRETARY, Role.APPROVER, Role.CHAIR):
        visitor.as_(make_team_member(role, challenge))
        assert visitor.get(at(challenge)).status_code == 404
    visitor.as_(make_member(Role.AUDITOR, challenge.buyer))
    assert visitor.get(at(challenge)).status_code == 404


def test_how_firm_an_outcome_is_stays_hidden_until_the_award(app, visitor):
    story = Story().agreed()
    ranking = ranked(story)
    path = f"/rankings/{ranking.code}/sensitivity"
    auditor = make_member(Role.AUDITOR, story.challenge.buyer)
    people = [story.chair.person, story.secretary, auditor]

    for person in people:
        visitor.as_(person)
        assert visitor.get(path).status_code in {403, 404}
        if person is not auditor:
            assert "sensitivity" not in visitor.get(f"/rankings/{ranking.code}").text

    db.session.execute(db.update(type(story.challenge)).values(state=ChallengeState.AWARDED))
    for person in people:
        answer = visitor.as_(person).get(path)
        assert answer.status_code == 200
        assert "Hoe stevig is deze uitslag?" in answer.text
    seats = voting_seats(story.challenge)
    juror = next(seat.person for seat in seats if seat.person not in people)
    assert visitor.as_(juror).get(path).status_code in {403, 404}


def priced(draft, formula="absolute"):
    """Let the price count for half, with one criterion left to balance it."""
    plan = draft.challenge.plan
    for row in plan.criteria:
        row.weight /= 2
    plan.price_weight, plan.price_formula = Decimal(50), PriceFormula(formula)
    if formula == "absolute":
        plan.price_floor, plan.price_ceiling = Decimal(10_000), Decimal(30_000)
    else:
        plan.no_new_ranking = True
    return draft


def test_a_price_is_invented_typed_and_ranked_along(app, visitor):
    draft = priced(Draft())
    visitor.as_(draft.owner)
    bids = {"bids": 2} | typed(draft, A=(10, 10, 10, 10, 10), B=(8, 8, 8, 8, 8))

    drawn = visitor.get(at(draft.challenge)).text
    dear = visitor.get(at(draft.challenge, **bids, price_A="30.000,00", price_B="10000")).text
    cheap = visitor.get(at(draft.challenge, **bids, price_A="10.000", price_B="30.000")).text

    assert 'name="price_D" value="' in drawn
    assert rows(dear) == ["Proefvoorstel B", "Proefvoorstel A"]
    assert rows(cheap) == ["Proefvoorstel A", "Proefvoorstel B"]
    assert "50,00" in cheap
    assert "Welk voorstel ook afvalt" in dear


def test_a_relative_price_shows_how_a_bid_that_drops_out_turns_the_order(app, visitor):
    draft = priced(Draft(), "relative")
    visitor.as_(draft.owner)
    bids = {"bids": 3} | typed(
        draft, A=(8, 8, 8, 8, 8), B=(6, 6, 6, 6, 6), C=(0, 0, 0, 0, 0)
    )  # fmt: skip

    page = visitor.get(
        at(draft.challenge, **bids, price_A="20000", price_B="15000", price_C="5000")
    ).text

    assert rows(page) == ["Proefvoorstel A", "Proefvoorstel C", "Proefvoorstel B"]
    assert "Zonder “Proefvoorstel C” wordt de volgorde" in page


@pytest.mark.parametrize("price", ["0", "-5", "duur", "1e9", "9" * 30])
def test_a_price_that_gives_no_points_keeps_what_was_invented(app, visitor, price):
    draft = priced(Draft(), "relative")
    visitor.as_(draft.owner)

    assert prices(visitor.get(at(draft.challenge, price_A=price)).text) == prices(
        visitor.get(at(draft.challenge)).text
    )


def prices(page):
    return [part.partition('"')[0] for part in page.split('name="price_A" value="')[1:]]
