"""Late ties, rounds that judge again, the diagnosis, and two editors at once."""

import pytest
from sqlalchemy import select

from sir.jury.models import Measure, RoundState, SeatKind, SheetRevision, SheetState, Tie
from sir.jury.queries import current_round, items_of, sheets_of, tally, ties_of
from sir.jury.queries.patches import marks_at
from sir.jury.rules.sheets import marks_of
from sir.jury.services import (
    call_reserve,
    decide_tie,
    lock_quality,
    make_ranking,
    open_consensus,
    reassess,
    report_tie,
    start_individual,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from tests.jury.story import Story
from tests.makers import NOON
from tests.proposals.test_race import Tab, at_once

LONG = "Ik herken het product: mijn zus werkt bij deze organisatie."


def reports(story, seat, tie=Tie.HARD):
    bidder = story.proposals[0].bidder
    report_tie(seat, bidder, tie=tie, detail=LONG, by=seat.person, at=NOON)
    db.session.flush()


def test_a_close_tie_that_shows_late_hides_everything_and_voids_the_sheets(app, visitor):
    story = Story().written().started()
    seat = story.jury[1]
    story.fills(sheets_of(story.round, seat)[0])
    path = f"/sheets/{sheets_of(story.round, seat)[0].code}"
    visitor.as_(seat.person)
    answer = visitor.hand_in(
        f"/seats/{seat.code}/report",
        bidder=str(story.proposals[0].bidder_id),
        tie="hard",
        detail=LONG,
    )
    assert answer.status_code == 302
    assert {sheet.state for sheet in sheets_of(story.round, seat)} == {SheetState.VOID}
    assert visitor.get(path).status_code == 404
    assert tally(story.round).seats_missing == 1


def test_a_loose_tie_that_shows_late_stops_the_jury_until_it_is_decided(app):
    story = Story().submitted()
    reports(story, story.jury[1], Tie.SOFT)
    with pytest.raises(Refused):
        open_consensus(story.round, by=story.chair.person, at=NOON)
    (declaration,) = ties_of(story.challenge)
    decide_tie(declaration, measure=Measure.ADMIT, reason=LONG, by=story.officer, at=NOON)
    db.session.flush()
    open_consensus(story.round, by=story.chair.person, at=NOON)
    assert story.round.state is RoundState.CONSENSUS


def test_a_late_tie_while_the_jury_confers_asks_for_a_new_round(app):
    story = Story().seated()
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    story.declared()
    story.declares(reserve)
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    for seat in story.jury:
        story.submits(seat, 3)
    story.confers()
    for item in items_of(story.round):
        story.agrees(item, 3)
    old, leaving = story.round, story.jury[1]
    reports(story, leaving)
    with pytest.raises(Refused):
        lock_quality(old, by=story.chair.person, at=NOON)
    with pytest.raises(Refused):
        call_reserve(leaving, reserve, by=story.secretary, at=NOON)

    due = {"due_at": old.due_at, "by": story.officer, "at": NOON}
    with pytest.raises(Refused):
        reassess(old, reason="Kort.", **due)
    story.round = reassess(old, reason=LONG, **due)
    db.session.flush()
    call_reserve(leaving, reserve, by=story.secretary, at=NOON)
    db.session.flush()
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()

    assert current_round(story.challenge) is story.round
    assert (story.round.number, old.state, old.reached) == (
        2,
        RoundState.SUSPENDED,
        RoundState.CONSENSUS,
    )
    kept = sheets_of(story.round, story.chair)
    assert {(sheet.state, marks_of(sheet).levels["K1"]) for sheet in kept} == {
        (SheetState.DRAFT, 3)
    }
    # what was carried over is what two tabs of the new sheet began with
    assert {marks_at(sheet, sheet.version).levels.get("K1") for sheet in kept} == {3}
    fresh = sheets_of(story.round, reserve)
    assert {marks_of(sheet).levels.get("K1") for sheet in fresh} == {None}
    assert {marks_at(sheet, sheet.version).levels.get("K1") for sheet in fresh} == {None}
    for seat in story.jury:
        story.submits(seat, 4)
    story.confers()
    for item in items_of(story.round):
        story.agrees(item, 4)
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    assert {place["score"] for place in ranking.result["ranking"]} == {"60.00"}


def test_nothing_is_judged_again_while_the_jury_scores_alone(app):
    story = Story().started()
    with pytest.raises(Refused):
        reassess(story.round, reason=LONG, due_at=story.round.due_at, by=story.officer, at=NOON)


@pytest.mark.parametrize("who", ["chair", "secretary", "juror", "officer", "owner"])
def test_the_diagnosis_is_for_chair_and_secretary_once_the_jury_confers(app, visitor, who):
    story = Story().submitted(3, 4, 5)
    person = {
        "chair": story.chair.person,
        "juror": story.jury[1].person,
        "secretary": story.secretary,
        "officer": story.officer,
        "owner": story.owner,
    }[who]
    path = f"/rounds/{story.round.code}/diagnosis"
    assert visitor.as_(person).get(path).status_code == 404
    story.confers()
    answer = visitor.get(path)
    assert answer.status_code == (200 if who in {"chair", "secretary"} else 404)
    if answer.status_code == 200:
        assert "Voorstel 1" in answer.text
        assert "Startup AA" not in answer.text


def test_two_tabs_at_once_keep_one_and_show_the_other(app):
    story = Story(proposals=1).written().started()
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)
    code, number = sheet.code, sheet.id
    tab = Tab(app, seat.person, f"/sheets/{code}")
    db.session.remove()

    answers = at_once(
        [
            lambda n=n: tab.send(version="1", level_K1=str(n), reason_K1=f"Tab {n}.")
            for n in range(1, 6)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409, 409]
    kept = db.session.scalars(select(SheetRevision).where(SheetRevision.sheet_id == number)).all()
    assert len(kept) == 1
    stored = kept[0].content["reasons"]["K1"]
    for answer in answers:
        assert answer.status_code == 302 or stored in answer.text
