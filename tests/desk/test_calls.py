"""What a call puts on somebody's desk."""

from datetime import timedelta

import pytest

from sir.calls.services import order_entries
from sir.challenges.models import ChallengeState
from sir.desk.queries.calls import call_tasks
from sir.jury.models import RoundState
from sir.jury.queries.outcome import latest_ranking
from sir.kernel.database import db
from sir.people.models import Role
from sir.permissions import standing_of
from sir.proposals.models import ProposalState
from tests.calls.story import CallStory, entered, vault
from tests.calls.test_services import TWICE, recorded
from tests.makers import NOON, make_member, make_team_member


def tasks(person, at=NOON):
    return [
        (row.role, row.endpoint, row.code, row.due) for row in call_tasks(standing_of(person), at)
    ]


def test_a_startup_with_more_entries_is_asked_for_their_order_until_the_last_deadline(app):
    _call, _startup, founder, proposals = entered("Wijken", "Wateren")
    last = NOON + timedelta(days=3)
    proposals[1].challenge.closes_at = last
    db.session.flush()

    assert tasks(founder) == [(Role.STARTUP_MEMBER, "calls.order", proposals[0].code, last)]
    assert tasks(founder, last - timedelta(seconds=1)) != []
    assert tasks(founder, last) == []


def test_a_startup_that_gave_an_order_is_not_asked_again(app):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    codes = [row.challenge.code for row in proposals]
    order_entries(call, startup, codes, version=0, by=founder, at=NOON, vault=vault())

    assert tasks(founder) == []


@pytest.mark.parametrize("why", ["one entry", "withdrawn", "no rule", "cancelled"])
def test_who_has_nothing_to_put_in_order_is_not_asked(app, why):
    titles = ["Wijken"] if why == "one entry" else ["Wijken", "Wateren"]
    _call, _startup, founder, proposals = entered(*titles, is_one_win=why != "no rule")
    if why == "withdrawn":
        proposals[0].state, proposals[0].submitted_at = ProposalState.WITHDRAWN, NOON
    if why == "cancelled":
        proposals[0].challenge.state = ChallengeState.CANCELLED
    db.session.flush()

    assert tasks(founder) == []


def test_the_outcome_waits_for_the_manager_and_the_officers_once_every_jury_has_signed(app):
    story = CallStory(TWICE)
    officer = story.stories["Wijken"].officer
    for who in (story.manager, officer):
        assert [row[1:] for row in tasks(who)] == [("calls.outcome", story.call.code, None)]
    assert tasks(story.manager)[0][0] is Role.PROGRAMME_MANAGER
    assert tasks(officer)[0][0] is Role.OFFICER

    latest_ranking(story.challenge("Wateren")).round.state = RoundState.SIGNING
    db.session.flush()

    assert tasks(story.manager) == []
    assert tasks(officer) == []


def test_a_recorded_outcome_waits_for_nobody(app):
    story = CallStory(TWICE)
    recorded(story)

    assert tasks(story.manager) == []


def test_a_cancelled_challenge_keeps_the_outcome_of_the_others_waiting_no_longer(app):
    story = CallStory(TWICE)
    latest_ranking(story.challenge("Wateren")).round.state = RoundState.SIGNING
    story.challenge("Wateren").state = ChallengeState.CANCELLED
    db.session.flush()

    assert [row[1] for row in tasks(story.manager)] == ["calls.outcome"]


def test_others_of_the_body_and_managers_elsewhere_are_not_asked(app):
    story = CallStory(TWICE)

    assert tasks(make_member(Role.PROGRAMME_MANAGER)) == []
    assert tasks(make_team_member(Role.OWNER, story.challenge("Wijken"))) == []


def test_the_desk_shows_both(app, visitor):
    _call, _startup, founder, proposals = entered("Wijken", "Wateren")
    story = CallStory(TWICE)
    visitor.as_(founder)
    assert f"/proposals/{proposals[0].code}/order" in visitor.get("/desk").text
    visitor.as_(story.manager)
    page = visitor.get("/desk").text
    assert f"/calls/{story.call.code}/outcome" in page
    assert "Als programmamanager" in page
