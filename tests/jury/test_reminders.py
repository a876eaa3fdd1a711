"""Declaring, scoring and signing each have their own clock, and only who is not done hears it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.jury.queries import rounds_to_remind, unfinished_seats
from sir.jury.rules.reminders import clock_of
from sir.jury.services import lock_quality, make_ranking, make_report, remind_jurors, sign_report
from sir.kernel.calendar import local_day
from sir.kernel.database import db
from sir.notices.models import Letter
from tests.jury.story import Story

DAY = timedelta(days=1)


def letters(occasion):
    return db.session.scalars(select(Letter).where(Letter.template == f"jury/{occasion}")).all()


def signing(app):
    story = Story(proposals=1).agreed()
    story.challenge.decision_on = local_day(story.at + 10 * DAY)
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}
    report = make_report(ranking, by=story.secretary, at=story.at, **ports)
    db.session.flush()
    sign_report(report, story.jury[0], by=story.jury[0].person, at=story.at)
    return story


@pytest.mark.parametrize("days", [8, 7, 6, 3, 2, 1, 0])
def test_each_clock_rings_on_its_own_days(app, days):
    story = Story(proposals=1).opened()
    declared = story.jury[0]
    story.declares(declared)
    declaring = clock_of(story.round)
    asked = remind_jurors(story.round, at=declaring.due_at - days * DAY)
    rings = days in {7, 3, 1, 0}

    assert declaring.due_at == story.round.due_at - 7 * DAY
    assert asked == (2 if rings else 0)
    assert {letter.person_id for letter in letters("remind_declaration")} == (
        {seat.person_id for seat in story.jury[1:]} if rings else set()
    )


def test_scoring_has_the_clock_of_the_scores(app):
    story = Story(proposals=1).started()
    story.submits(story.jury[0])

    assert clock_of(story.round) == ("remind_scores", story.round.due_at)
    assert remind_jurors(story.round, at=story.round.due_at - 3 * DAY) == 2
    assert remind_jurors(story.round, at=story.round.due_at - 4 * DAY) == 0
    assert unfinished_seats(story.round) == story.jury[1:]


def test_signing_has_the_clock_of_the_decision(app):
    story = signing(app)
    clock = clock_of(story.round)

    assert clock.occasion == "remind_signature"
    assert story.round in rounds_to_remind()
    assert local_day(clock.due_at) == story.challenge.decision_on
    assert remind_jurors(story.round, at=clock.due_at - DAY) == 2
    assert remind_jurors(story.round, at=clock.due_at - DAY) == 2  # asked again on the same day
    assert len(letters("remind_signature")) == 2


def test_a_reminder_holds_no_score_and_nothing_of_a_bidder(app):
    story = Story(proposals=1).started()
    remind_jurors(story.round, at=story.at, by=story.secretary)

    for letter in letters("remind_scores"):
        words = str(letter.words)
        assert set(letter.words) == {"name", "challenge", "due_at", "path"}
        assert "Startup A" not in words
        assert all(
            seat.name not in words for seat in story.jury if seat.person_id != letter.person_id
        )


def test_the_secretary_reads_the_letter_before_it_is_sent(visitor):
    story = Story(proposals=1).started()
    story.submits(story.jury[0])
    visitor.as_(story.secretary)
    path = f"/rounds/{story.round.code}/reminders"

    page = visitor.get(path).text
    before = len(letters("remind_scores"))
    visitor.hand_in(f"/rounds/{story.round.code}/remind", _from=path)

    assert story.jury[1].label + " " + story.jury[1].name in page
    assert story.jury[0].label + " " + story.jury[0].name not in page
    assert "Uw scores" in page
    assert (before, len(letters("remind_scores"))) == (0, 2)
    assert visitor.as_(story.jury[1].person).get(path).status_code in {403, 404}
