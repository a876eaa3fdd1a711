"""Whoever guards the integrity of a jury is told that the scoring waits for them."""

from sir.desk.queries import tasks_of
from sir.jury.models import Tie
from sir.jury.queries import bidders_of, waiting_for
from sir.jury.services import declare_ties, vacate_seat
from sir.kernel.database import db
from sir.people.models import Role
from sir.permissions import standing_of
from tests.jury.story import Story
from tests.makers import NOON, make_member, make_team_member

WHAT = "Geef elk jurylid vrij nadat u de banden heeft bekeken"


def tasks(person):
    db.session.flush()
    return [
        (task.role, task.progress, task.due)
        for task in tasks_of(standing_of(person), NOON)
        if task.what == WHAT
    ]


def declares(story, seat):
    ties = {bidder.id: (Tie.NONE, "") for bidder in bidders_of(story.challenge)}
    declare_ties(seat, ties=ties, by=seat.person, at=story.at)
    db.session.flush()


def test_the_officer_clears_where_nobody_guards_integrity(app):
    story = Story(proposals=2).opened()
    assert tasks(story.officer) == [(Role.OFFICER, "0 van 3", story.round.due_at)]

    for seat in story.jury:
        declares(story, seat)
    assert tasks(story.officer) == [(Role.OFFICER, "0 van 3", story.round.due_at)]

    story.clears()
    assert tasks(story.officer) == []


def test_the_integrity_officer_clears_where_there_is_one(app):
    story = Story(proposals=2).opened()
    guard = make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    elsewhere = make_member(Role.INTEGRITY_OFFICER)

    assert tasks(guard) == [(Role.INTEGRITY_OFFICER, "0 van 3", story.round.due_at)]
    assert tasks(story.officer) == []
    assert tasks(story.secretary) == []
    assert tasks(elsewhere) == []


def test_an_officer_of_another_challenge_is_asked_nothing(app):
    Story(proposals=2).opened()
    other = Story(proposals=2)

    assert tasks(other.officer) == []
    assert tasks(make_team_member(Role.OFFICER, other.challenge)) == []


def test_an_emptied_seat_waits_for_nobody(app):
    story = Story(proposals=2).opened()
    seat = story.jury[2]
    vacate_seat(seat, reason="Heeft een andere baan gevonden.", by=story.secretary, at=story.at)

    assert tasks(story.officer) == [(Role.OFFICER, "0 van 2", story.round.due_at)]


def test_each_member_is_named_under_their_own_next_step(app):
    story = Story(proposals=2).opened()
    first, second, third = story.jury
    declares(story, first)

    found = waiting_for(story.round)

    assert (found.register, found.declaration, found.clearance) == (
        [],
        [second.name, third.name],
        [first.name],
    )
    story.clears()
    assert waiting_for(story.round).clearance == []
    for seat in (second, third):
        declares(story, seat)
    story.clears()
    assert not waiting_for(story.round)


def test_the_jury_room_says_whose_act_the_scoring_waits_for(app, visitor):
    story = Story(proposals=2).opened()
    first, second, _third = story.jury
    declares(story, first)
    room = f"/challenges/{story.challenge.code}/jury"

    page = visitor.as_(story.secretary).get(room).text
    assert "Waar het scoren op wacht" in page
    assert f"Moet nog door de inkoper worden vrijgegeven: {first.name}." in page
    assert f"Moet nog banden met elke inschrijver verklaren: {second.name}" in page
    assert "Nog niet elk jurylid" not in page

    make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    page = visitor.get(room).text
    assert f"Moet nog door de integriteitsfunctionaris worden vrijgegeven: {first.name}." in page
    assert "Waar het scoren op wacht" not in visitor.as_(first.person).get(room).text
