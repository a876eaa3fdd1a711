"""An announced seat that is empty is an alarm: since when, and what can still be done."""

from collections import Counter
from datetime import date, timedelta

import pytest

from sir.jury.models import RoundState, SeatKind
from sir.jury.queries import seats_at_stake
from sir.jury.rules.vacancies import Remedy, Why, endangered_on, vacancies
from sir.jury.services import call_reserve, vacate_seat
from tests.jury.story import Story
from tests.makers import FROZEN, NOON, make_plan

ANNOUNCED = ["voorzitter", "jurylid", "jurylid"]


def alarms(story, state=None):
    seated, seats = seats_at_stake(story.challenge)
    found = vacancies(ANNOUNCED, 3, seated, seats, state)
    return [
        (row.function, row.why, row.seat and row.seat.label, len(row.reserves), row.remedy)
        for row in found
    ]


def story_of(**given):
    return Story(proposals=1, plan=make_plan(composition=ANNOUNCED, **FROZEN), **given)


def test_a_complete_jury_is_no_alarm(app):
    assert alarms(story_of().seated()) == []


def test_nobody_invited_not_answered_and_left_are_told_apart(app):
    story = story_of()
    story.seat("voorzitter", SeatKind.CHAIR)
    left = story.seat()
    vacate_seat(left, reason="verhuisd", by=story.secretary, at=story.at)
    story.seat(accepts=False)

    assert alarms(story) == [
        ("jurylid", Why.LEFT, "J2", 0, Remedy.INVITE),
        ("jurylid", Why.UNANSWERED, "J3", 0, Remedy.WAIT),
    ]
    assert alarms(story_of())[0] == ("voorzitter", Why.UNINVITED, None, 0, Remedy.INVITE)


@pytest.mark.parametrize(
    ("state", "has_reserve", "remedy"),
    [
        (RoundState.CONFLICT_CHECK, True, Remedy.OFFERED),
        (RoundState.CONFLICT_CHECK, False, Remedy.INVITE),
        (RoundState.INDIVIDUAL, True, Remedy.OFFERED),
        (RoundState.INDIVIDUAL, False, Remedy.RESUME),
        (RoundState.CONSENSUS, True, Remedy.AGAIN),
    ],
)
def test_what_can_be_done_depends_on_where_the_round_stands(app, state, has_reserve, remedy):
    story = story_of().seated()
    if has_reserve:
        story.seat("jurylid", SeatKind.RESERVE)
        story.seat("voorzitter", SeatKind.RESERVE)  # of another function: no help here
    vacate_seat(story.jury[1], reason="verhuisd", by=story.secretary, at=story.at)

    assert [row[-1] for row in alarms(story, state)] == [remedy]


def test_the_alarm_stops_when_the_reserve_is_called(app):
    story = story_of().seated()
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    gone = story.jury[1]
    vacate_seat(gone, reason="verhuisd", by=story.secretary, at=story.at)
    assert len(alarms(story)) == 1

    call_reserve(gone, reserve, by=story.secretary, at=story.at)

    assert alarms(story) == []


def test_a_number_without_functions_counts_too():
    found = vacancies([], 3, Counter({"jurylid": 1}), [], None)

    assert [(row.function, row.remedy) for row in found] == [("", Remedy.INVITE)] * 2


def test_a_week_before_the_scores_are_due_it_endangers_the_calendar():
    assert endangered_on(NOON, None) == NOON.date() - timedelta(days=7)
    assert endangered_on(None, NOON) == NOON.date()
    assert endangered_on(None, None) is None
    assert isinstance(endangered_on(NOON, NOON), date)


def test_the_secretary_sees_the_alarm_and_a_juror_does_not(visitor):
    story = story_of().started()
    vacate_seat(story.jury[1], reason="verhuisd", by=story.secretary, at=story.at)
    room = f"/challenges/{story.challenge.code}/jury"
    words = "1 aangekondigde plaats is leeg"

    secretary = visitor.as_(story.secretary).get(room).text
    desk = visitor.get("/desk").text
    juror = visitor.as_(story.jury[1].person).get(room).text

    assert words in secretary
    assert "Er is geen reserve met deze functie" in secretary
    assert "Alarm: een plaats in de jury is leeg" in desk
    assert words not in juror
