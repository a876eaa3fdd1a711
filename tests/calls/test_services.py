"""Ordering one's own entries, and recording who wins what."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.calls.models import Preference, Resolution
from sir.calls.queries import (
    entries_of,
    gather,
    in_order,
    latest_resolution,
    own_order,
    verdict_on,
)
from sir.calls.services import OrderedMeanwhile, order_entries, outcomes_of, record_outcome
from sir.challenges.models import ChallengeState
from sir.journal.models import Entry
from sir.jury.models import RoundState
from sir.jury.queries.outcome import latest_ranking
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.ports.vault import Tampered
from sir.proposals.models import ProposalState
from tests.calls.story import CallStory, entered, vault
from tests.decisions.story import judged, make_ranking
from tests.makers import NOON

WHY = "Het rekenblad van de jury is hersteld na een telfout."
TWICE = {"Wijken": ["Helder BV", "Praatplaat"], "Wateren": ["Helder BV", "Taalwerk"]}


def ordered(call, startup, founder, order, *, version=0, at=NOON):
    return order_entries(call, startup, order, version=version, by=founder, at=at, vault=vault())


def recorded(story, choice=0, reason="", at=NOON):
    seen = gather(story.call, vault()).sha256
    resolution = record_outcome(
        story.call, choice, seen=seen, reason=reason, by=story.manager, at=at, vault=vault()
    )
    db.session.flush()
    return resolution


def codes(proposals):
    return [row.challenge.code for row in proposals]


# -- Ordering ----------------------------------------------------------------------


def test_an_order_is_kept_sealed_and_read_back_by_its_startup(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren", "Wegen")
    told = codes(proposals)[::-1]

    preference = ordered(call, startup, founder, told)

    assert own_order(call, startup, vault()) == told
    assert not all(code in preference.sealed for code in told)  # one may be there by chance
    assert codes(in_order(entries_of(call, startup), told)) == told


def test_the_journal_holds_that_it_was_ordered_and_nothing_that_tells_how(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")

    with transaction():
        ordered(call, startup, founder, codes(proposals))

    rows = db.session.scalars(select(Entry).where(Entry.act == "entries.ordered")).all()
    assert [(row.details, row.actor) for row in rows] == [('{"version":1}', founder.code)]
    assert rows[0].stream not in codes(proposals)


def test_the_same_order_is_sealed_differently_each_time(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    first = ordered(call, startup, founder, codes(proposals)).sealed

    again = ordered(call, startup, founder, codes(proposals), version=1).sealed

    assert first != again


def test_an_older_seal_put_back_under_a_newer_version_does_not_open(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    old = ordered(call, startup, founder, codes(proposals)).sealed
    preference = ordered(call, startup, founder, codes(proposals)[::-1], version=1)

    preference.sealed = old
    preference.version = 2
    db.session.flush()

    with pytest.raises(Tampered):
        own_order(call, startup, vault())


def test_the_last_deadline_of_the_call_counts_and_its_instant_is_too_late(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    first, last = (row.challenge for row in proposals)
    first.closes_at, last.closes_at = NOON - timedelta(days=3), NOON
    told = codes(proposals)

    ordered(call, startup, founder, told, at=NOON - timedelta(seconds=1))
    with pytest.raises(Refused, match=r"last deadline|laatste sluiting"):
        ordered(call, startup, founder, told, version=1, at=NOON)


def test_a_cancelled_challenge_with_the_last_deadline_keeps_nothing_open(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    first, last = (row.challenge for row in proposals)
    first.closes_at, last.closes_at = NOON, NOON + timedelta(days=3)
    last.state = ChallengeState.CANCELLED

    with pytest.raises(Refused):
        ordered(call, startup, founder, codes(proposals), at=NOON)


@pytest.mark.parametrize("change", ["less", "twice", "strange"])
def test_an_order_of_other_entries_is_refused(app, change):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    told = {
        "less": codes(proposals)[:1],
        "twice": [codes(proposals)[0]] * 2,
        "strange": [codes(proposals)[0], "NIETS"],
    }[change]

    with pytest.raises(Refused):
        ordered(call, startup, founder, told)
    assert db.session.scalars(select(Preference)).all() == []


def test_a_colleague_who_saved_in_between_is_not_overwritten(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    ordered(call, startup, founder, codes(proposals))

    with pytest.raises(OrderedMeanwhile):
        ordered(call, startup, founder, codes(proposals)[::-1], version=0)
    assert own_order(call, startup, vault()) == codes(proposals)


def test_in_a_call_without_the_rule_there_is_nothing_to_order(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren", is_one_win=False)

    with pytest.raises(Refused):
        ordered(call, startup, founder, codes(proposals))


def test_without_an_order_entries_stand_as_they_came_in_and_drafts_last(app):
    call, startup, _founder, (first, second, third) = entered("Wijken", "Wateren", "Wegen")
    third.submitted_at, third.state = NOON - timedelta(hours=2), ProposalState.SEALED
    second.submitted_at, second.state = NOON - timedelta(hours=1), ProposalState.SEALED

    assert entries_of(call, startup) == [third, second, first]


def test_a_withdrawn_proposal_is_no_entry_and_a_new_one_follows_the_order(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren", "Wegen")
    first, second, third = proposals
    told = codes([third, first, second])
    ordered(call, startup, founder, told)
    first.state, first.submitted_at = ProposalState.WITHDRAWN, NOON

    assert in_order(entries_of(call, startup), told) == [third, second]


# -- The outcome -------------------------------------------------------------------


def test_who_leads_twice_wins_what_it_put_first_and_the_next_wins_the_other(app):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")

    resolution = recorded(story)

    assert story.told(resolution.wins) == {"Wateren": ["Helder BV"], "Wijken": ["Praatplaat"]}
    assert (resolution.number, resolution.follows_rankings, resolution.reason) == (1, True, "")
    assert story.call.resolved_at == NOON


def test_without_an_order_the_proposal_that_came_in_first_counts(app):
    story = CallStory(TWICE)
    late = story.stories["Wijken"].proposals[0]
    late.submitted_at = NOON - timedelta(days=1)  # the others came in ten days before

    assert story.told(recorded(story).wins) == {
        "Wateren": ["Helder BV"],
        "Wijken": ["Praatplaat"],
    }


def test_the_outcome_is_in_the_journal_of_every_challenge_of_the_call(app):
    story = CallStory(TWICE)
    with transaction():
        resolution = recorded(story)
    rows = db.session.scalars(select(Entry).where(Entry.act == "outcome.recorded")).all()

    streams = {story.call.code, *(row.challenge.code for row in story.stories.values())}
    assert {row.stream for row in rows} == streams
    assert all(resolution.inputs_sha256 in row.details for row in rows)


def test_nothing_is_read_before_every_jury_has_signed(app):
    story = CallStory(TWICE)
    latest_ranking(story.challenge("Wateren")).round.state = RoundState.SIGNING
    db.session.flush()

    with pytest.raises(Refused, match=r"signed|ondertekend"):
        gather(story.call, vault())


def test_nothing_is_read_while_a_vault_of_the_call_is_closed(app):
    story = CallStory(TWICE)
    story.challenge("Wateren").state = ChallengeState.PUBLISHED
    db.session.flush()

    with pytest.raises(Refused):
        gather(story.call, vault())


def test_a_challenge_that_was_cancelled_before_drops_out(app):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    story.challenge("Wateren").state = ChallengeState.CANCELLED
    db.session.flush()

    assert story.told(recorded(story).wins) == {"Wijken": ["Helder BV"]}


def test_who_was_set_aside_does_not_win_and_takes_nobodys_place(app):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    aside = story.stories["Wateren"].proposals[0]
    aside.state, aside.inadmissible_reason = ProposalState.INADMISSIBLE, "Geen verklaring."
    db.session.flush()

    assert story.told(recorded(story).wins) == {"Wateren": ["Taalwerk"], "Wijken": ["Helder BV"]}


CROSSED = {"Wijken": ["Praatplaat", "Helder BV"], "Wateren": ["Helder BV", "Praatplaat"]}


def crossed():
    """Both startups want the challenge where the other stands first."""
    story = CallStory(CROSSED)
    story.wants("Helder BV", "Wijken", "Wateren")
    story.wants("Praatplaat", "Wateren", "Wijken")
    return story


def test_another_allowed_outcome_is_recorded_with_a_reason_only(app):
    story = crossed()

    with pytest.raises(Refused):
        recorded(story, 1, "te kort")
    resolution = recorded(story, 1, WHY)

    assert not resolution.follows_rankings
    assert story.told(resolution.wins) == {"Wateren": ["Praatplaat"], "Wijken": ["Helder BV"]}
    assert len(outcomes_of(gather(story.call, vault())).outcomes) == 2


@pytest.mark.parametrize("choice", [-1, 2, 99])
def test_an_outcome_that_the_rule_does_not_allow_cannot_be_recorded(app, choice):
    with pytest.raises(Refused):
        recorded(crossed(), choice, WHY)
    assert db.session.scalars(select(Resolution)).all() == []


def test_a_recorded_outcome_is_not_recorded_again_while_nothing_changed(app):
    story = CallStory(TWICE)
    recorded(story)

    with pytest.raises(Refused, match=r"already|al vastgelegd"):
        recorded(story, reason=WHY)


def test_what_was_on_the_screen_must_still_be_true(app):
    story = CallStory(TWICE)

    with pytest.raises(Refused, match=r"changed|veranderd"):
        record_outcome(story.call, 0, seen="0" * 64, by=story.manager, at=NOON, vault=vault())


def reversed_ranking(story, title):
    """Rank again, the other way round."""
    former = latest_ranking(story.challenge(title))
    points = {
        str(proposal.number): dict.fromkeys(["K1", "K2", "K3", "K4"], str(2 * n))
        for n, proposal in enumerate(story.stories[title].proposals, 1)
    }
    return make_ranking(former.round, points, ranking_number=2)


def test_a_new_ranking_moves_nobody_until_the_outcome_is_recorded_again_with_a_reason(app):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    first = recorded(story)
    ranking = reversed_ranking(story, "Wateren")

    assert latest_resolution(story.call) is first
    with pytest.raises(Refused, match=r"made anew|opnieuw gemaakt"):
        verdict_on(story.challenge("Wateren"), ranking)
    with pytest.raises(Refused):
        recorded(story)
    second = recorded(story, reason=WHY)

    assert second.number == 2
    assert story.told(first.wins) == {"Wateren": ["Helder BV"], "Wijken": ["Praatplaat"]}
    assert story.told(second.wins) == {"Wateren": ["Taalwerk"], "Wijken": ["Helder BV"]}


def test_who_has_a_winning_letter_keeps_it_when_another_outcome_is_recorded(app):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    recorded(story)
    story.challenge("Wateren").state = ChallengeState.NOTIFIED
    db.session.flush()
    with pytest.raises(Refused, match=r"already|al vastgelegd"):
        recorded(story, reason=WHY)
    reversed_ranking(story, "Wijken")

    second = recorded(story, reason=WHY)

    assert story.told(second.wins) == {"Wateren": ["Helder BV"], "Wijken": ["Praatplaat"]}


def test_a_challenge_without_a_call_or_in_one_without_the_rule_decides_by_itself(app):
    alone = judged().challenge
    loose = CallStory(TWICE, is_one_win=False)

    assert verdict_on(alone, latest_ranking(alone)) is None
    inside = loose.challenge("Wijken")
    assert verdict_on(inside, latest_ranking(inside)) is None
    with pytest.raises(Refused):
        gather(loose.call, vault())
