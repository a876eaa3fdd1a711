"""A decision in a call of which a startup wins one challenge: from the outcome to the letters."""

import pytest

from sir.calls.queries import latest_resolution
from sir.challenges.models import ChallengeState
from sir.decisions.document import letter_document
from sir.decisions.models import Outcome
from sir.decisions.queries import decision_of
from sir.decisions.rules import gaps
from sir.decisions.services import release_blockers, release_decision
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import in_language
from sir.proposals.models import ProposalState
from tests.calls.story import CallStory
from tests.calls.test_services import CROSSED, TWICE, WHY, recorded, reversed_ranking
from tests.decisions.test_services import prepared, ready, released
from tests.makers import NOON

MORE = {
    "Wijken": ["Helder BV", "Praatplaat", "Taalwerk"],
    "Wateren": ["Helder BV", "Taalwerk"],
}


def resolved(rankings=None, wants=("Wateren", "Wijken"), **given):
    story = CallStory(rankings or MORE, **given)
    story.wants("Helder BV", *wants)
    recorded(story)
    return story


def letters(story, title):
    """Each startup's letter on a challenge, once the decision was prepared."""
    decision = prepared(story.stories[title])
    return {letter.proposal.bidder.name: letter for letter in decision.letters}


def words(letter, lang="nl"):
    letter.lang = lang
    return str(letter_document(letter, at=NOON))


def test_no_winner_is_named_before_the_outcome_of_the_call_is_recorded(app, visitor):
    story = CallStory(MORE)
    one = story.stories["Wijken"]

    with pytest.raises(Refused, match="Oproep 2027"):
        prepared(one)
    visitor.as_(one.secretary)
    path = f"/challenges/{one.challenge.code}/decision"
    answer = visitor.hand_in(f"{path}/prepare", path)

    assert answer.status_code == 409
    assert "Oproep 2027" in answer.text
    assert decision_of(one.challenge) is None


def test_the_winners_are_those_of_the_recorded_outcome(app):
    story = resolved()

    wijken, wateren = letters(story, "Wijken"), letters(story, "Wateren")

    assert {name: row.outcome for name, row in wijken.items()} == {
        "Helder BV": Outcome.REJECTED,
        "Praatplaat": Outcome.SELECTED,
        "Taalwerk": Outcome.REJECTED,
    }
    assert {name: row.outcome for name, row in wateren.items()} == {
        "Helder BV": Outcome.SELECTED,
        "Taalwerk": Outcome.REJECTED,
    }
    assert [row.rank for row in wijken.values()] == [1, 2, 3]


def test_each_letter_says_truly_what_the_rule_did(app):
    wijken = letters(resolved(), "Wijken")

    higher, winner, lower = (words(wijken[n]) for n in ("Helder BV", "Praatplaat", "Taalwerk"))

    assert "U stond ook voor deze uitdaging hoog genoeg" in higher
    assert "('Wat u in deze oproep wint', 'Wateren')" in higher
    assert "beter is" not in higher
    assert "1 voorstel dat hoger stond, wint een andere uitdaging" in winner
    assert "2 van 3" in winner
    assert "1 voorstel dat hoog genoeg stond, wint een andere uitdaging" in lower
    assert "Wat u in deze oproep wint" not in lower


def test_the_letters_speak_english_to_who_handed_in_in_english(app):
    wijken = letters(resolved(), "Wijken")

    with in_language("en"):
        told = words(wijken["Helder BV"], "en")

    assert "You stood high enough for this challenge too." in told


def test_where_the_rule_changed_nothing_the_letter_says_so(app):
    wateren = letters(resolved(), "Wateren")

    assert "veranderde dat niets" in words(wateren["Taalwerk"])


def test_a_challenge_without_a_call_says_nothing_of_one(app):
    story = CallStory(MORE, is_one_win=False)
    wijken = letters(story, "Wijken")

    assert wijken["Helder BV"].outcome is Outcome.SELECTED
    assert all(row.content["call"] is None for row in wijken.values())
    assert not any("oproep" in words(row) for row in wijken.values())


def test_when_only_a_startup_that_wins_elsewhere_lost_no_advantages_are_owed(app):
    story = resolved(TWICE)
    decision = prepared(story.stories["Wijken"])

    assert [gap.what for gap in gaps(decision.letters)] == []
    assert any(gap for gap in gaps(prepared(story.stories["Wateren"]).letters))


def test_the_letters_go_out_and_the_outcome_stands(app):
    story = resolved()

    for one in story.stories.values():
        released(one, app)

    assert {one.challenge.state for one in story.stories.values()} == {ChallengeState.NOTIFIED}
    assert latest_resolution(story.call).number == 1


def test_letters_that_name_other_winners_than_a_newer_outcome_do_not_go(app):
    story = resolved()
    one = story.stories["Wijken"]
    decision = ready(one)
    assert release_blockers(decision, NOON) == []
    reversed_ranking(story, "Wateren")
    recorded(story, reason=WHY)

    blockers = [str(sentence) for sentence in release_blockers(decision, NOON)]

    assert len(blockers) == 1
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}
    with pytest.raises(Refused):
        release_decision(decision, by=one.approver, at=NOON, **ports)
    assert one.challenge.state is ChallengeState.OPENED


def test_a_winner_that_was_set_aside_since_is_not_replaced_by_itself(app):
    story = resolved()
    one = story.stories["Wijken"]
    winner = next(row for row in one.proposals if row.bidder.name == "Praatplaat")
    winner.state, winner.inadmissible_reason = ProposalState.INADMISSIBLE, "Geen verklaring."
    db.session.flush()

    with pytest.raises(Refused):
        prepared(one)
    recorded(story, reason=WHY)

    assert letters(story, "Wijken")["Taalwerk"].outcome is Outcome.SELECTED


def test_where_nobody_is_left_to_win_the_challenge_can_only_be_cancelled(app):
    story = resolved({"Wijken": ["Helder BV"], "Wateren": ["Helder BV"]})

    with pytest.raises(Refused):
        prepared(story.stories["Wijken"])
    assert letters(story, "Wateren")["Helder BV"].outcome is Outcome.SELECTED


def test_another_allowed_outcome_names_its_own_winners(app):
    story = CallStory(CROSSED)
    story.wants("Helder BV", "Wijken", "Wateren")
    story.wants("Praatplaat", "Wateren", "Wijken")
    recorded(story, 1, WHY)

    assert letters(story, "Wijken")["Helder BV"].outcome is Outcome.SELECTED
    assert letters(story, "Wateren")["Praatplaat"].outcome is Outcome.SELECTED


def test_with_two_places_the_next_in_rank_fills_the_one_that_comes_free(app):
    story = resolved(places={"Wijken": 2})

    wijken = letters(story, "Wijken")

    chosen = [name for name, row in wijken.items() if row.outcome is Outcome.SELECTED]
    assert chosen == ["Praatplaat", "Taalwerk"]
