"""The consensus board: its clock, its screen, and second sheets by the method of the mean."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.jury.models import Occasion, SecondRevision, SecondSheet
from sir.jury.queries import apart_alone, items_of, latest_begun, reasons_of, sheets_of
from sir.jury.rules.agenda import speaking_order
from sir.jury.rules.sheets import Marks
from sir.jury.services import begin_item, file_second, lock_quality, make_ranking
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.workflows.models import Method
from tests.jury.story import REASON, Story
from tests.makers import NOON

SHORT = "Toch iets beter."


def moved(story, **positions):
    keys = [row.key for row in story.plan.criteria]
    return Marks(dict.fromkeys(keys, 4) | positions, {})


def by_mean(proposals=1):
    story = Story(proposals=proposals)
    story.plan.method = Method.MEAN
    return story.conferring()


def test_the_drawn_seat_speaks_first_and_the_chair_last():
    seats = [(1, True), (2, False), (3, False)]

    spoken = sorted(seats, key=lambda seat: speaking_order(seat[0], 3, is_chair=seat[1]))

    assert [number for number, _ in spoken] == [3, 2, 1]


def test_the_clock_of_an_item_is_the_servers_and_its_screen_follows(app, visitor, clock):
    story = Story(proposals=1).conferring()
    first, second, *_ = items_of(story.round)
    visitor.as_(story.secretary)
    screen = f"/rounds/{story.round.code}/screen"
    assert "De jury is nog niet aan het eerste punt begonnen" in visitor.get(screen).text
    tag = visitor.get(f"{screen}/seen").headers["ETag"]
    path = f"/consensus/{first.code}"

    assert visitor.hand_in(f"{path}/begin", _from=path).status_code == 302

    assert first.begun_at == clock.at
    assert "Begonnen om 12.00" in visitor.get(path).text
    assert first.criterion.name in visitor.get(screen).text
    asked = visitor.get(f"{screen}/seen", headers={"If-None-Match": tag})
    assert asked.status_code == 200
    again = visitor.get(f"{screen}/seen", headers={"If-None-Match": asked.headers["ETag"]})
    assert again.status_code == 304
    clock.at += timedelta(minutes=3)
    visitor.hand_in(path, version=str(first.version), level="4", reason=REASON)
    assert second.begun_at == clock.at  # writing down begins the next
    assert latest_begun(story.round, second.stage) is second


def test_no_level_is_chosen_before_the_jury_chooses_one(app, visitor):
    story = Story(proposals=1).conferring()
    (item, *_) = items_of(story.round)

    page = visitor.as_(story.secretary).get(f"/consensus/{item.code}").text

    assert "midden" in page
    assert " checked" not in page.split("<dialog", maxsplit=1)[0]


@pytest.mark.parametrize("shows_names", [True, False])
def test_the_screen_names_jurors_only_if_the_plan_says_so(app, visitor, shows_names):
    story = Story(proposals=1)
    story.plan.screen_names = shows_names
    story.conferring()
    (item, *_) = items_of(story.round)
    begin_item(item, by=story.secretary, at=NOON)

    page = visitor.as_(story.secretary).get(f"/rounds/{story.round.code}/screen").text

    assert "J2" in page
    assert (story.jury[1].name in page) is shows_names


def test_the_screen_is_for_the_jury_once_it_confers(app, visitor):
    story = Story(proposals=1).submitted()
    path = f"/rounds/{story.round.code}/screen"
    for person in (story.secretary, story.chair.person, story.jury[1].person, story.owner):
        assert visitor.as_(person).get(path).status_code == 404
        assert visitor.get(f"{path}/seen").status_code == 404
    story.confers()
    assert visitor.as_(story.owner).get(path).status_code == 404
    assert visitor.as_(story.jury[1].person).get(path).status_code == 200


def test_an_item_begins_only_while_the_jury_confers(app):
    story = Story(proposals=1).agreed()
    lock_quality(story.round, by=story.chair.person, at=NOON)
    (item, *_) = items_of(story.round)
    with pytest.raises(Refused):
        begin_item(item, by=story.secretary, at=NOON)


def test_a_second_sheet_counts_and_the_first_one_stays(app):
    story = by_mean()
    seat = story.jury[1]
    (sheet,) = sheets_of(story.round, seat)

    file_second(sheet, version=0, marks=moved(story, K1=5), by=seat.person, at=NOON)
    db.session.flush()

    assert {cell.level.position for cell in sheet.cells} == {4}
    first, *others = reasons_of(story.proposals[0], story.round)
    assert str(first.points) == "6.67"  # 6, 8 and 6
    assert {str(row.points) for row in others} == {"6.00"}
    for item in items_of(story.round):
        story.agrees(item, 4)
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    assert ranking.result["points"]["1"]["K1"] == "6.67"
    assert '"J2":{"K1":"8"' in ranking.inputs


def test_more_than_one_level_needs_a_reason_and_one_does_not(app):
    story = by_mean()
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)
    with pytest.raises(Refused, match="meer dan één niveau"):
        file_second(sheet, version=0, marks=moved(story, K1=2), by=seat.person, at=NOON)
    assert db.session.scalars(select(SecondSheet)).all() == []
    marks = Marks(moved(story, K1=2).levels, {"K1": REASON})

    second = file_second(sheet, version=0, marks=marks, by=seat.person, at=NOON)

    assert second.occasion is Occasion.DISCUSSION
    assert second.submitted_at == NOON


def test_an_old_version_of_a_second_sheet_writes_nothing(app):
    story = by_mean()
    seat = story.jury[1]
    (sheet,) = sheets_of(story.round, seat)
    file_second(sheet, version=0, marks=moved(story, K1=5), by=seat.person, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        file_second(sheet, version=0, marks=moved(story, K1=3), by=seat.person, at=NOON)
    file_second(sheet, version=1, marks=moved(story, K1=3), by=seat.person, at=NOON)
    kept = db.session.scalars(select(SecondRevision).order_by(SecondRevision.number)).all()
    assert [row.content["levels"]["K1"] for row in kept] == [5, 3]


def test_by_consensus_there_is_no_second_sheet(app, visitor):
    story = Story(proposals=1).conferring()
    seat = story.jury[1]
    (sheet,) = sheets_of(story.round, seat)
    with pytest.raises(Refused):
        file_second(sheet, version=0, marks=moved(story, K1=5), by=seat.person, at=NOON)


def test_a_second_sheet_is_filed_on_its_page_and_nothing_typed_is_lost(app, visitor):
    story = by_mean()
    seat = story.jury[1]
    (sheet,) = sheets_of(story.round, seat)
    path = f"/sheets/{sheet.code}/second"
    typed = {f"level_{row.key}": "4" for row in story.plan.criteria}
    visitor.as_(seat.person)
    assert path in visitor.get(f"/rounds/{story.round.code}/consensus").text

    refused = visitor.hand_in(path, version="0", **typed | {"level_K1": "2", "reason_K1": SHORT})
    assert refused.status_code == 422
    assert SHORT in refused.text
    filed = visitor.hand_in(path, version="0", **typed | {"level_K1": "5"})
    assert filed.status_code == 302
    late = visitor.hand_in(path, version="0", **typed | {"level_K1": "3", "reason_K1": SHORT})
    assert late.status_code == 409
    assert SHORT in late.text
    (item,) = [row for row in items_of(story.round) if row.criterion.key == "K1"]
    assert "Na het overleg: 5" in visitor.get(f"/consensus/{item.code}").text
    assert visitor.as_(story.jury[2].person).get(path).status_code in {403, 404}


def test_the_agenda_tells_how_far_the_jurors_lay_apart_alone(app, visitor):
    story = Story(proposals=1).submitted({"K1": 2, "K2": 4, "K3": 4, "K4": 4})
    before = apart_alone(story.round)
    story.confers()
    (proposal,) = story.proposals
    ids = {row.key: row.id for row in story.plan.criteria}

    assert before == {(proposal.id, ids[key]): 2 if key == "K1" else 0 for key in ids}
    first, *_ = items_of(story.round)
    assert first.criterion.key == "K1"
    page = visitor.as_(story.jury[1].person).get(f"/rounds/{story.round.code}/consensus").text
    assert page.count("2 · bespreken") == 1
