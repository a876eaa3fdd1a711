"""From the award to a result: milestones for everybody, notes for two."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from sir.challenges.models import ChallengeState
from sir.decisions.models import Outcome
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.residency.models import Milestone, MilestoneState, Residency, ResidencyState
from sir.residency.rules import is_late
from sir.residency.services import (
    add_milestone,
    award_challenge,
    complete_residency,
    drop_milestone,
    finish_milestone,
    plan_residency,
    start_residency,
    stop_residency,
)
from tests.decisions.story import judged
from tests.decisions.test_services import released
from tests.makers import NOON, make_challenge, make_founder, make_startup, make_team_member, save

DUE = date(2026, 7, 1)


@pytest.fixture
def place(app):
    """A planned residency with its two parties."""
    challenge = make_challenge(state=ChallengeState.AWARDED)
    startup = make_startup(name="Helder BV")
    residency = save(Residency(code="R7", challenge=challenge, startup=startup, created_at=NOON))
    owner = make_team_member(Role.OWNER, challenge)
    return residency, owner, make_founder(startup)


def planned(residency, owner):
    plan_residency(
        residency,
        goal="Brieven op B1",
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 11, 1),
        by=owner,
        at=NOON,
    )
    milestone = add_milestone(residency, "Eerste versie", DUE, by=owner, at=NOON)
    db.session.flush()
    return milestone


def test_every_winner_gets_a_residency_with_the_award(app):
    story = judged(places=2)
    decision = released(story, app)
    with transaction():
        award_challenge(decision, by=story.approver, at=decision.standstill_ends_at)

    residencies = db.session.scalars(select(Residency).order_by(Residency.id)).all()
    assert [row.startup.name for row in residencies] == [
        letter.proposal.bidder.name
        for letter in decision.letters
        if letter.outcome is Outcome.SELECTED
    ]
    assert {row.state for row in residencies} == {ResidencyState.PLANNED}


def test_an_award_that_is_refused_opens_nothing(app):
    story = judged()
    decision = released(story, app)

    with pytest.raises(Refused), transaction():
        award_challenge(decision, by=story.approver, at=NOON)

    assert db.session.scalars(select(Residency)).all() == []


def test_it_starts_with_a_goal_days_and_a_milestone(place):
    residency, owner, founder = place
    with pytest.raises(Refused) as refusal:
        start_residency(residency, by=owner, at=NOON)
    assert len(refusal.value.sentences) == 2

    planned(residency, owner)
    start_residency(residency, by=owner, at=NOON)

    assert residency.state is ResidencyState.RUNNING
    assert [letter.to for letter in db.session.scalars(select(Letter))] == [founder.email]


@pytest.mark.parametrize("days", [0, -1])
def test_the_last_day_comes_after_the_first(place, days):
    residency, owner, _founder = place
    with pytest.raises(Refused):
        plan_residency(
            residency,
            goal="x",
            starts_on=DUE,
            ends_on=DUE + timedelta(days=days),
            by=owner,
            at=NOON,
        )


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("2026-07-01T21:59:59.999999+00:00", False),  # the last microsecond of its day
        ("2026-07-01T22:00:00+00:00", True),
    ],
)
def test_late_is_the_day_after(place, at, late):
    residency, owner, _founder = place
    milestone = planned(residency, owner)

    assert is_late(milestone, type(NOON).fromisoformat(at)) is late
    milestone.state = MilestoneState.DROPPED
    assert not is_late(milestone, type(NOON).fromisoformat(at))


def test_either_party_reports_a_milestone_and_the_other_hears_it(place):
    residency, owner, founder = place
    first = planned(residency, owner)
    second = add_milestone(residency, "Tweede", DUE, by=owner, at=NOON)
    start_residency(residency, by=owner, at=NOON)
    db.session.flush()

    finish_milestone(first, "Staat op de testomgeving.", by=founder, at=NOON)
    finish_milestone(second, "Gezien en goed bevonden.", by=owner, at=NOON)

    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.to for letter in letters] == [founder.email, owner.email, founder.email]
    assert all("note" not in letter.words for letter in letters)
    assert (first.done_at, first.done_by_id) == (NOON, founder.id)


def test_a_milestone_is_not_reached_before_the_start(place):
    residency, owner, _founder = place
    milestone = planned(residency, owner)

    with pytest.raises(Refused):
        finish_milestone(milestone, "Nu al.", by=owner, at=NOON)


def test_it_is_complete_when_nothing_is_open(place):
    residency, owner, _founder = place
    milestone = planned(residency, owner)
    start_residency(residency, by=owner, at=NOON)
    with pytest.raises(Refused):
        complete_residency(residency, "Het werkt.", by=owner, at=NOON)

    drop_milestone(milestone, "Niet meer nodig.", by=owner, at=NOON)
    complete_residency(residency, "Het werkt.", by=owner, at=NOON)

    assert (residency.state, residency.outcome) == (ResidencyState.COMPLETED, "Het werkt.")


def test_stopping_needs_a_reason(place):
    residency, owner, _founder = place
    with pytest.raises(Refused):
        stop_residency(residency, "  ", by=owner, at=NOON)


def secret(residency, owner):
    milestone = planned(residency, owner)
    start_residency(residency, by=owner, at=NOON)
    finish_milestone(milestone, "GEHEIME TOELICHTING", by=owner, at=NOON)
    db.session.commit()


@pytest.mark.parametrize("who", ["owner", "founder", "rival", "stranger"])
def test_notes_are_for_the_two_parties(place, visitor, who):
    residency, owner, founder = place
    secret(residency, owner)
    people = {"owner": owner, "founder": founder, "rival": make_founder(make_startup())}

    page = visitor.as_(people.get(who)).get("/results/R7").text

    assert "Eerste versie" in page
    assert ("GEHEIME TOELICHTING" in page) is (who in {"owner", "founder"})


def test_a_rival_reports_nothing(place, visitor):
    residency, owner, _founder = place
    planned(residency, owner)
    start_residency(residency, by=owner, at=NOON)
    code = residency.milestones[0].code
    rival = make_founder(make_startup())

    assert visitor.as_(rival).get(f"/milestones/{code}/done").status_code == 403


def test_the_founder_reports_on_the_page(place, visitor):
    residency, owner, founder = place
    planned(residency, owner)
    start_residency(residency, by=owner, at=NOON)
    code = residency.milestones[0].code

    answer = visitor.as_(founder).hand_in(f"/milestones/{code}/done", note="Het staat online.")

    assert answer.status_code == 302
    milestone = db.session.scalars(select(Milestone)).one()
    assert (milestone.state, milestone.note) == (MilestoneState.DONE, "Het staat online.")


def test_the_owner_plans_starts_and_ends_it_on_the_pages(place, visitor):
    _residency, owner, _founder = place
    visitor.as_(owner)
    days = {"starts_on-day": "8", "starts_on-month": "6", "starts_on-year": "2026"}
    days |= {"ends_on-day": "1", "ends_on-month": "11", "ends_on-year": "2026"}
    answers = [
        visitor.hand_in("/results/R7/plan", version="1", goal="Heldere brieven", **days),
        visitor.hand_in(
            "/results/R7/milestones",
            "/results/R7",
            title="Proef",
            **{"due_on-day": "1", "due_on-month": "7", "due_on-year": "2026"},
        ),
        visitor.hand_in("/results/R7/start", "/results/R7"),
        visitor.hand_in("/results/R7/stop", outcome="De proef liep anders dan gedacht."),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302]
    assert db.session.scalars(select(Residency.state)).one() is ResidencyState.STOPPED


def test_a_plan_that_changed_meanwhile_shows_both_versions(place, visitor):
    residency, owner, _founder = place
    planned(residency, owner)
    db.session.commit()
    days = {"starts_on-day": "8", "starts_on-month": "6", "starts_on-year": "2026"}
    days |= {"ends_on-day": "1", "ends_on-month": "11", "ends_on-year": "2026"}

    answer = visitor.as_(owner).hand_in("/results/R7/plan", version="1", goal="Mijn doel", **days)

    assert answer.status_code == 409
    assert "Mijn doel" in answer.text
    assert "Brieven op B1" in answer.text
    assert residency.goal == "Brieven op B1"


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_list_asks_as_many_questions_for_one_as_for_three(app, visitor, count):
    for n in range(count):
        challenge = make_challenge(state=ChallengeState.AWARDED)
        residency = save(
            Residency(code=f"R{n}", challenge=challenge, startup=make_startup(), created_at=NOON)
        )
        for title in "abc"[:count]:
            add_milestone(residency, title, DUE, by=make_founder(residency.startup), at=NOON)
    db.session.commit()
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    page = visitor.get("/results")

    assert page.status_code == 200
    assert page.text.count('class="sir-card sir-card--link"') == count
    assert len([words for words in asked if words.lstrip().startswith("SELECT")]) == 2
