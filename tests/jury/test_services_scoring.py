"""How a jury scores alone and agrees together."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.jury.models import (
    ItemState,
    RoundState,
    SeatKind,
    SheetRevision,
    SheetState,
)
from sir.jury.queries import (
    items_of,
    jury_progress,
    sheets_of,
    tally,
)
from sir.jury.rules.sheets import Marks, marks_of
from sir.jury.services import (
    call_reserve,
    invite_juror,
    lock_quality,
    open_consensus,
    remind_jurors,
    save_sheet,
    start_individual,
    submit_sheets,
    take_back_sheets,
    vacate_seat,
)
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from tests.jury.story import REASON, Story
from tests.makers import NOON

LONG = "Ik las het voorstel verkeerd en wil dat rechtzetten."


# -- Sheets --------------------------------------------------------------------


def test_saving_keeps_every_version_and_never_submits(app):
    story = Story().started()
    sheet = sheets_of(story.round, story.jury[0])[0]
    story.fills(sheet, 3)
    story.fills(sheet, 4)

    assert sheet.state is SheetState.DRAFT
    kept = db.session.scalars(select(SheetRevision).order_by(SheetRevision.number)).all()
    assert [row.content["levels"]["K1"] for row in kept] == [3, 4]
    assert [row.number for row in kept] == [2, 3]
    assert sheet.version == 3


def test_saving_the_same_again_changes_nothing(app):
    story = Story().started()
    sheet = sheets_of(story.round, story.jury[0])[0]
    story.fills(sheet, 3)
    marks = marks_of(sheet)

    assert not save_sheet(sheet, version=1, marks=marks, by=sheet.seat.person, at=NOON)
    assert sheet.version == 2


def test_an_old_version_is_refused_and_writes_nothing(app):
    story = Story().started()
    sheet = sheets_of(story.round, story.jury[0])[0]
    story.fills(sheet, 3)
    with pytest.raises(ChangedMeanwhile):
        save_sheet(
            sheet,
            version=1,
            marks=Marks({"K1": 5}, {"K1": "Anders."}),
            by=sheet.seat.person,
            at=NOON,
        )
    assert marks_of(sheet).levels["K1"] == 3


def test_a_level_off_the_scale_is_refused(app):
    story = Story().started()
    sheet = sheets_of(story.round, story.jury[0])[0]
    with pytest.raises(Refused):
        story.fills(sheet, 7)


def test_one_incomplete_sheet_stops_them_all(app):
    story = Story().started()
    seat = story.jury[0]
    sheets = sheets_of(story.round, seat)
    for sheet in sheets[:2]:
        story.fills(sheet)
    story.fills(sheets[2], reason="x" * (story.plan.min_reason - 1))
    with pytest.raises(Refused, match=str(sheets[2].proposal.number)):
        submit_sheets(story.round, seat, by=seat.person, at=NOON)

    story.fills(sheets[2], reason="x" * story.plan.min_reason)
    submit_sheets(story.round, seat, by=seat.person, at=NOON)

    assert {sheet.state for sheet in sheets} == {SheetState.SUBMITTED}


def test_a_row_of_spaces_is_not_a_reason(app):
    story = Story().started()
    seat = story.jury[0]
    for sheet in sheets_of(story.round, seat):
        story.fills(sheet, reason="x" + " " * 200 + "y")
    with pytest.raises(Refused):
        submit_sheets(story.round, seat, by=seat.person, at=NOON)


def test_submitted_sheets_are_taken_back_with_a_reason_while_alone(app):
    story = Story().started()
    seat = story.jury[0]
    story.submits(seat)
    sheet = sheets_of(story.round, seat)[0]
    with pytest.raises(Refused):
        story.fills(sheet, 2)
    with pytest.raises(Refused):
        take_back_sheets(story.round, seat, reason="Oeps", by=seat.person, at=NOON)

    take_back_sheets(story.round, seat, reason=LONG, by=seat.person, at=NOON)
    db.session.flush()

    assert sheet.state is SheetState.DRAFT
    last = db.session.scalars(
        select(SheetRevision).where(SheetRevision.sheet_id == sheet.id)
    ).all()[-1]
    assert last.content == {"taken_back": LONG}


def test_nothing_is_taken_back_once_the_jury_confers(app):
    story = Story().conferring()
    seat = story.jury[0]
    with pytest.raises(Refused):
        take_back_sheets(story.round, seat, reason=LONG, by=seat.person, at=NOON)


def test_progress_counts_and_nothing_more(app):
    story = Story().started()
    story.submits(story.jury[0])
    story.fills(sheets_of(story.round, story.jury[1])[0])
    counts = [
        (row.counted.assigned, row.counted.submitted, row.counted.begun)
        for row in jury_progress(story.round)
    ]
    assert counts == [(3, 3, 3), (3, 0, 1), (3, 0, 0)]


@pytest.mark.parametrize(
    ("days", "written"), [(8, 0), (7, 2), (6, 0), (3, 2), (2, 0), (1, 2), (0, 2), (-1, 0)]
)
def test_reminders_go_to_the_unfinished_only(app, days, written):
    story = Story().started()
    story.submits(story.jury[0])
    at = story.round.due_at - timedelta(days=days)

    for _ in range(2):
        remind_jurors(story.round, at=at)
        db.session.flush()

    found = db.session.scalars(select(Letter).where(Letter.template == "jury/remind_scores")).all()
    assert len(found) == written
    assert story.jury[0].email not in {letter.to for letter in found}


# -- Reserves ------------------------------------------------------------------


def test_the_reserve_of_the_same_function_scores_everything(app):
    story = Story().seated()
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    story.declared()
    story.declares(reserve)
    start_individual(story.round, by=story.secretary, at=NOON)
    leaving = story.jury[1]
    story.submits(leaving)
    vacate_seat(leaving, reason="Langdurig ziek.", by=story.secretary, at=NOON)
    db.session.flush()
    assert {sheet.state for sheet in sheets_of(story.round, leaving)} == {SheetState.VOID}
    assert tally(story.round).seats_missing == 1

    call_reserve(leaving, reserve, by=story.secretary, at=NOON)
    db.session.flush()

    assert [seat.label for seat in story.jury] == ["J1", "J3", "R1"]
    assert len(sheets_of(story.round, reserve)) == 3
    assert tally(story.round).sheets_missing == 9


def test_a_reserve_of_another_function_stays_a_reserve(app):
    story = Story().seated()
    reserve = story.seat("voorzitter", SeatKind.RESERVE)
    vacate_seat(story.jury[1], reason="Ziek.", by=story.secretary, at=NOON)
    left = next(seat for seat in [*story.jury, reserve] if seat.kind is SeatKind.RESERVE)
    with pytest.raises(Refused):
        call_reserve(story.jury[1], left, by=story.secretary, at=NOON)


# -- Conferring ----------------------------------------------------------------


def test_the_jury_confers_when_everybody_submitted_everything(app):
    story = Story().started()
    for seat in story.jury[:2]:
        story.submits(seat)
    with pytest.raises(Refused):
        open_consensus(story.round, by=story.chair.person, at=NOON)
    story.submits(story.jury[2])

    open_consensus(story.round, by=story.chair.person, at=NOON)
    db.session.flush()

    assert len(items_of(story.round)) == 12
    assert {s.state for s in sheets_of(story.round, story.chair)} == {SheetState.LOCKED}


def test_an_empty_seat_stops_the_jury_from_conferring(app):
    story = Story().submitted()
    vacate_seat(story.jury[2], reason="Ziek.", by=story.secretary, at=NOON)
    db.session.flush()
    with pytest.raises(Refused):
        open_consensus(story.round, by=story.chair.person, at=NOON)


def test_the_widest_disagreement_comes_first_and_the_chair_never_speaks_first(app):
    high = {"K1": 6, "K2": 4, "K3": 4, "K4": 5}
    story = Story().conferring(4, high, 4)
    items = items_of(story.round)
    assert [item.criterion.key for item in items[:3]] == ["K1", "K1", "K1"]
    assert [item.criterion.key for item in items[3:6]] == ["K4", "K4", "K4"]
    assert story.chair not in {item.first_seat for item in items}


@pytest.mark.parametrize(
    ("given", "agreed", "asks_more"),
    [
        ((3, 4, 5), 3, False),
        ((3, 4, 5), 2, True),  # below the lowest
        ((3, 4, 5), 6, True),
        ((2, 5, 5), 3, True),  # inside, but two from the median
        ((2, 5, 5), 4, False),
    ],
)
def test_a_level_far_from_the_jurors_asks_for_more(app, given, agreed, asks_more):
    story = Story(proposals=1).conferring(*given)
    item = items_of(story.round)[0]
    if asks_more:
        with pytest.raises(Refused):
            story.agrees(item, agreed)
        story.agrees(item, agreed, extra_reason=REASON)
    else:
        story.agrees(item, agreed)
    assert item.state is ItemState.AGREED


def test_a_minority_view_is_written_down(app):
    story = Story(proposals=1).conferring()
    item = items_of(story.round)[0]
    story.agrees(item, 4, minority="Eén lid vindt de planning te krap.")
    assert item.state is ItemState.AGREED_WITH_MINORITY


def test_an_agreement_of_an_old_version_is_refused(app):
    story = Story(proposals=1).conferring()
    item = items_of(story.round)[0]
    story.agrees(item, 4)
    with pytest.raises(ChangedMeanwhile):
        story.agrees(item, 5, version=1)


def test_quality_is_settled_when_everything_is_agreed(app):
    story = Story(proposals=2).conferring()
    *most, last = items_of(story.round)
    for item in most:
        story.agrees(item, 4)
    with pytest.raises(Refused):
        lock_quality(story.round, by=story.chair.person, at=NOON)
    story.agrees(last, 4)

    lock_quality(story.round, by=story.chair.person, at=NOON)

    assert (story.round.state, story.round.locked_at) == (RoundState.QUALITY_LOCKED, NOON)
    with pytest.raises(Refused):
        story.agrees(last, 5)


def test_an_invitation_names_nobody_twice(app):
    story = Story()
    seat = story.seat(accepts=False)
    with pytest.raises(Refused):
        invite_juror(
            story.challenge,
            name="Ander",
            email=seat.email.upper(),
            kind=SeatKind.JUROR,
            function="jurylid",
            by=story.secretary,
            at=NOON,
        )
