"""A decision in a call of which a startup wins one challenge: from the outcome to the letters."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.calls.queries import latest_resolution
from sir.challenges.models import ChallengeState
from sir.decisions.document import letter_document
from sir.decisions.models import DecisionState, Outcome
from sir.decisions.queries import decision_of
from sir.decisions.rules import gaps
from sir.decisions.services import (
    award_decision,
    cancel_challenge,
    confirm_withdrawal,
    propose_withdrawal,
    refuse_withdrawal,
    release_blockers,
    release_decision,
    write_closing,
)
from sir.kernel.calendar import standstill_end
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import in_language
from sir.notices.models import Letter
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


# -- Together ----------------------------------------------------------------------


def test_no_letter_of_the_call_goes_before_all_of_them_can(app):
    story = resolved()
    first, last = story.stories.values()

    decision = released(first, app)

    assert decision.state is DecisionState.DRAFT
    assert decision.cleared_by_id == first.approver.id
    assert db.session.scalars(select(Letter)).all() == []
    released(last, app, at=NOON + timedelta(days=1))
    assert {row.challenge.state for row in story.stories.values()} == {ChallengeState.NOTIFIED}
    sent = [decision_of(row.challenge) for row in story.stories.values()]
    assert {row.notified_at for row in sent} == {NOON + timedelta(days=1)}
    assert len({row.standstill_ends_at for row in sent}) == 1
    assert [row.notified_by_id for row in sent] == [first.approver.id, last.approver.id]
    assert {row.written_at for row in db.session.scalars(select(Letter))} == {
        NOON + timedelta(days=1)
    }


def test_an_approver_agrees_on_the_page_and_reads_what_it_waits_for(app, visitor):
    story = resolved()
    first, last = story.stories.values()
    for one in (first, last):
        ready(one)
    path = f"/challenges/{first.challenge.code}/decision"
    visitor.as_(first.approver)
    assert last.challenge.terms.title in visitor.get(f"{path}/release").text

    assert visitor.hand_in(f"{path}/release", is_final="y").status_code == 302

    page = visitor.get(path).text
    assert "De brieven wachten op de rest van de oproep" in page
    assert last.challenge.terms.title in page
    visitor.as_(last.approver)
    visitor.hand_in(f"/challenges/{last.challenge.code}/decision/release", is_final="y")
    db.session.expire_all()
    assert {row.challenge.state for row in (first, last)} == {ChallengeState.NOTIFIED}


def test_a_letter_that_changes_takes_the_word_back(app):
    story = resolved()
    first, last = story.stories.values()
    decision = released(first, app)

    write_closing(decision.letters[0], "Wij lichten dit graag toe.", by=first.secretary, at=NOON)
    db.session.flush()
    released(last, app)

    assert last.challenge.state is ChallengeState.OPENED
    released(first, app)
    assert last.challenge.state is ChallengeState.NOTIFIED


def test_a_challenge_that_is_cancelled_holds_up_no_letters(app):
    story = resolved({"Wijken": ["Helder BV"], "Wateren": ["Helder BV", "Praatplaat"]})
    left, sent = story.stories["Wijken"], story.stories["Wateren"]
    released(sent, app)
    assert sent.challenge.state is ChallengeState.OPENED

    cancel_challenge(left.challenge, WHY, by=left.approver, at=NOON)
    db.session.flush()
    recorded(story, reason=WHY)
    released(sent, app)

    assert sent.challenge.state is ChallengeState.NOTIFIED


def test_in_a_call_without_the_rule_each_challenge_is_announced_by_itself(app):
    story = CallStory(MORE, is_one_win=False)

    released(story.stories["Wijken"], app)

    states = {title: one.challenge.state for title, one in story.stories.items()}
    assert states == {"Wijken": ChallengeState.NOTIFIED, "Wateren": ChallengeState.OPENED}


# -- Taken back --------------------------------------------------------------------

LATER = NOON + timedelta(days=6)


def announced(app, *args, **given):
    story = resolved(*args, **given)
    for one in story.stories.values():
        released(one, app)
    return story


def propose(one):
    rows = propose_withdrawal(decision_of(one.challenge), WHY, by=one.officer, at=LATER)
    db.session.flush()
    return rows


def confirm(one):
    confirm_withdrawal(decision_of(one.challenge), by=one.approver, at=LATER)
    db.session.flush()


def test_a_decision_nobody_leans_on_is_withdrawn_alone_and_the_outcome_stands(app):
    story = announced(app)  # Helder wins Wateren, and was passed over in Wijken
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]

    assert len(propose(wijken)) == 1
    confirm(wijken)

    assert wijken.challenge.state is ChallengeState.OPENED
    assert wateren.challenge.state is ChallengeState.NOTIFIED
    assert latest_resolution(story.call).number == 1
    assert letters(story, "Wijken")["Praatplaat"].outcome is Outcome.SELECTED


def test_what_leans_on_it_is_withdrawn_in_the_same_moment_by_its_own_approver(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]

    assert len(propose(wateren)) == 2
    confirm(wateren)
    assert {row.challenge.state for row in (wijken, wateren)} == {ChallengeState.NOTIFIED}
    with pytest.raises(Refused):
        confirm(wateren)  # once is enough; it waits for the other
    over = decision_of(wijken.challenge).standstill_ends_at
    with pytest.raises(Refused):
        award_decision(decision_of(wijken.challenge), by=wijken.approver, at=over)
    confirm(wijken)

    assert {row.challenge.state for row in (wijken, wateren)} == {ChallengeState.OPENED}
    told = db.session.scalars(select(Letter).where(Letter.template == "decisions/withdrawn")).all()
    assert {(row.words["title"], row.words["leads"]) for row in told} == {
        ("Wateren", ""),
        ("Wijken", "Wateren"),
    }
    assert len(told) == len(wijken.founders) + len(wateren.founders)
    assert {row.written_at for row in told} == {LATER}


def test_when_one_approver_lets_it_stand_all_of_it_stands(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    propose(wateren)
    confirm(wateren)

    refuse_withdrawal(decision_of(wijken.challenge), WHY, by=wijken.approver, at=LATER)
    db.session.flush()

    for one in (wijken, wateren):
        decision = decision_of(one.challenge)
        assert decision.state is DecisionState.NOTIFIED
        award_decision(decision, by=one.approver, at=decision.standstill_ends_at)


def test_a_ranking_made_anew_asks_for_a_second_outcome_and_the_first_stays(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    first = latest_resolution(story.call)
    kept = (first.inputs, first.inputs_sha256, dict(first.wins))
    propose(wateren)
    confirm(wateren)
    confirm(wijken)
    reversed_ranking(story, "Wateren")  # Taalwerk above Helder

    with pytest.raises(Refused):
        prepared(wateren)
    second = recorded(story, reason=WHY, at=LATER)

    assert (first.number, second.number) == (1, 2)
    assert (first.inputs, first.inputs_sha256, dict(first.wins)) == kept
    assert story.told(second.wins) == {"Wateren": ["Taalwerk"], "Wijken": ["Helder BV"]}
    assert letters(story, "Wateren")["Taalwerk"].outcome is Outcome.SELECTED
    assert letters(story, "Wijken")["Helder BV"].outcome is Outcome.SELECTED
    at = LATER + timedelta(days=20)
    for one in (wijken, wateren):
        released(one, app, at=at)
    decisions = [decision_of(one.challenge) for one in (wijken, wateren)]
    assert {row.standstill_ends_at for row in decisions} == {standstill_end(at)}
    assert all(row.replaces_id for row in decisions)


def test_who_wins_a_challenge_whose_letters_stand_keeps_it_in_the_second_outcome(app):
    story = announced(app)
    wijken = story.stories["Wijken"]
    propose(wijken)
    confirm(wijken)
    reversed_ranking(story, "Wijken")

    second = recorded(story, reason=WHY, at=LATER)

    assert story.told(second.wins) == {"Wateren": ["Helder BV"], "Wijken": ["Taalwerk"]}
    assert letters(story, "Wijken")["Helder BV"].content["call"]["is_kept"]


def test_when_that_one_is_withdrawn_too_the_outcome_is_recorded_a_third_time(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    propose(wijken)
    confirm(wijken)
    reversed_ranking(story, "Wijken")
    recorded(story, reason=WHY, at=LATER)
    propose(wateren)
    confirm(wateren)

    with pytest.raises(Refused, match="opnieuw"):
        prepared(wateren)
    third = recorded(story, reason=WHY, at=LATER)

    assert third.number == 3
    assert letters(story, "Wateren")["Helder BV"].outcome is Outcome.SELECTED


def test_no_letter_of_the_call_goes_while_a_withdrawal_waits_for_an_answer(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    propose(wijken)
    confirm(wijken)
    decision = ready(wijken)
    propose(wateren)

    assert len(release_blockers(decision, LATER)) == 1
    refuse_withdrawal(decision_of(wateren.challenge), WHY, by=wateren.approver, at=LATER)
    db.session.flush()
    assert release_blockers(decision, LATER) == []


def test_an_award_stands_when_what_it_leans_on_is_withdrawn(app):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    award = decision_of(wijken.challenge)
    award_decision(award, by=wijken.approver, at=award.standstill_ends_at)
    db.session.flush()

    assert len(propose(wateren)) == 1
    confirm(wateren)

    assert wijken.challenge.state is ChallengeState.AWARDED
    assert wateren.challenge.state is ChallengeState.OPENED


def test_a_chain_of_decisions_that_lean_on_each_other_goes_together(app):
    story = CallStory(
        {
            "Wateren": ["Helder BV"],
            "Wijken": ["Helder BV", "Praatplaat"],
            "Wegen": ["Praatplaat", "Taalwerk"],
        }
    )
    story.wants("Helder BV", "Wateren", "Wijken")
    story.wants("Praatplaat", "Wijken", "Wegen")
    recorded(story)
    for one in story.stories.values():
        released(one, app)

    parts = propose(story.stories["Wateren"])

    assert [row.decision.challenge.terms.title for row in parts] == ["Wateren", "Wijken", "Wegen"]
    assert {row.lead_id for row in parts[1:]} == {parts[0].id}


def test_the_page_says_which_decisions_go_along(app, visitor):
    story = announced(app)
    wijken, wateren = story.stories["Wijken"], story.stories["Wateren"]
    path = f"/challenges/{wateren.challenge.code}/decision"
    page = visitor.as_(wateren.officer).get(f"{path}/withdraw").text
    assert "Er wordt meer dan één besluit ingetrokken" in page
    visitor.hand_in(f"{path}/withdraw", reason=WHY, is_sure="y")
    db.session.expire_all()

    visitor.as_(wijken.approver)
    path = f"/challenges/{wijken.challenge.code}/decision/withdrawal"
    page = visitor.get(path).text

    assert "Wateren" in page
    assert WHY in page
    assert visitor.hand_in(path, answer="confirm").status_code == 302
    assert "Het wacht op de andere mandaathouders" in visitor.get(path).text
