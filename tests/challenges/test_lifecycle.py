"""A challenge moves when the table says so, and never otherwise."""

from datetime import timedelta

import pytest

from sir.challenges.lifecycle import LIFECYCLE
from sir.challenges.models import ChallengeState
from sir.kernel.errors import Refused
from tests.challenges.story import DATES, Story
from tests.makers import NOON, make_challenge

S = ChallengeState
CLOSES = DATES["closes_at"]


@pytest.mark.parametrize(
    ("act", "starts"),
    [
        ("submit", {S.DRAFT}),
        ("send_back", {S.REVIEW}),
        ("approve", {S.REVIEW}),
        ("publish", {S.APPROVED}),
        ("open", {S.PUBLISHED}),
        ("notify", {S.OPENED}),
        ("award", {S.NOTIFIED}),
        ("cancel", {S.DRAFT, S.REVIEW, S.APPROVED, S.PUBLISHED, S.OPENED, S.NOTIFIED}),
    ],
)
def test_no_move_skips_a_state(act, starts):
    assert LIFECYCLE.moves[act].start == starts


@pytest.mark.parametrize("state", [S.AWARDED, S.CANCELLED])
def test_nothing_moves_after_the_end(app, state):
    challenge = make_challenge(state=state)

    assert LIFECYCLE.offers(challenge, CLOSES + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("at", "is_possible"),
    [
        (CLOSES - timedelta(microseconds=1), False),
        (CLOSES, True),
        (CLOSES + timedelta(days=1), True),
    ],
)
def test_nobody_opens_before_the_closing_instant(app, at, is_possible):
    challenge = make_challenge(closes_at=CLOSES)

    assert (LIFECYCLE.refusals("open", challenge, at) == []) is is_possible


def test_a_draft_that_is_not_complete_stays_a_draft(app):
    challenge = Story().challenge
    challenge.decision_on = None

    with pytest.raises(Refused, match="niet compleet"):
        LIFECYCLE.move("submit", challenge, NOON)
    assert challenge.state is S.DRAFT


def test_nothing_is_approved_before_it_is_frozen(app):
    challenge = Story().submitted().challenge

    with pytest.raises(Refused, match="moeten tekst, criteria en weging vaststaan"):
        LIFECYCLE.move("approve", challenge, NOON)
