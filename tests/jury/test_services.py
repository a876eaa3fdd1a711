"""What people do in the jury room, and what they may not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.jury.models import (
    Declaration,
    ItemState,
    Measure,
    RoundState,
    SeatKind,
    SheetRevision,
    SheetState,
    Tie,
)
from sir.jury.queries import (
    declarations_of,
    has_declared,
    items_of,
    progress,
    sheets_of,
    tally,
    ties_of,
)
from sir.jury.rules.sheets import Marks, marks_of
from sir.jury.services import (
    accept_seat,
    call_reserve,
    decide_tie,
    declare_ties,
    invite_juror,
    lock_quality,
    open_consensus,
    open_round,
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
from sir.people.models import Membership, Role
from sir.proposals.models import ProposalState
from tests.jury.story import REASON, Story
from tests.makers import NOON, make_founder, make_person, make_startup, make_team_member, save

LONG = "Wij werkten vorig jaar samen aan een ander onderzoek."


def letters_to(person):
    return [
        letter.template
        for letter in db.session.scalars(select(Letter).where(Letter.to == person.email))
    ]


# -- Seats ---------------------------------------------------------------------


def test_a_seat_is_offered_by_letter_and_taken_by_its_address(app):
    story = Story()
    juror, stranger = make_person(), make_person()
    seat = story.seat(person=juror, accepts=False)

    with pytest.raises(Refused, match="address"):
        accept_seat(seat, by=stranger, at=NOON)
    accept_seat(seat, by=juror, at=NOON)

    assert (seat.label, seat.person, seat.accepted_at) == ("J1", juror, NOON)
    assert letters_to(juror) == ["jury/invitation"]


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.OWNER, Role.OFFICER, Role.APPROVER])
def test_whoever_prepares_the_challenge_is_not_on_its_jury(app, role):
    story = Story()
    with pytest.raises(Refused):
        story.seat(person=make_team_member(role, story.challenge))


def test_a_role_given_after_the_invitation_stops_the_acceptance(app):
    story = Story()
    person = make_person()
    seat = story.seat(person=person, accepts=False)
    make_team_member(Role.SECRETARY, story.challenge)
    seat.email = story.secretary.email

    with pytest.raises(Refused):
        accept_seat(seat, by=story.secretary, at=NOON)


def test_nobody_has_two_open_seats_and_a_jury_has_one_chair(app):
    story = Story()
    chair = story.seat("voorzitter", SeatKind.CHAIR)
    with pytest.raises(Refused):
        story.seat(person=chair.person)
    with pytest.raises(Refused):
        story.seat("voorzitter", SeatKind.CHAIR)

    vacate_seat(chair, reason="Ziek.", by=story.secretary, at=NOON)

    assert story.seat("voorzitter", SeatKind.CHAIR, chair.person).label == "J2"


def test_a_function_that_was_not_announced_is_refused(app):
    with pytest.raises(Refused):
        Story().seat("goochelaar")


def test_a_member_of_a_bidder_cannot_take_a_seat(app):
    story = Story()
    founder = make_founder(story.proposals[0].bidder)
    with pytest.raises(Refused):
        story.seat(person=founder)


def test_the_same_company_number_is_the_same_company(app):
    story = Story()
    sister = make_startup(kvk=story.proposals[1].bidder.kvk)
    with pytest.raises(Refused):
        story.seat(person=make_founder(sister))


def test_scoring_fixes_the_jury(app):
    story = Story().started()
    with pytest.raises(Refused):
        story.seat()


# -- Ties ----------------------------------------------------------------------


def test_judging_begins_once_after_the_opening_and_ends_in_the_future(app):
    story = Story()
    soon = NOON + timedelta(days=1)
    with pytest.raises(Refused):
        open_round(story.challenge, by=story.secretary, at=NOON, due_at=NOON)
    sealed = Story(state=ChallengeState.PUBLISHED)
    with pytest.raises(Refused):
        open_round(sealed.challenge, by=sealed.secretary, at=NOON, due_at=soon)

    open_round(story.challenge, by=story.secretary, at=NOON, due_at=soon)

    with pytest.raises(Refused):
        open_round(story.challenge, by=story.secretary, at=NOON, due_at=soon)


def test_none_must_be_said_of_every_bidder(app):
    story = Story().opened()
    seat = story.jury[0]
    first, *_ = story.proposals
    with pytest.raises(Refused, match="Startup"):
        declare_ties(seat, ties={first.bidder_id: (Tie.NONE, "")}, by=seat.person, at=NOON)
    assert declarations_of(seat) == []


def test_a_tie_asks_for_its_detail(app):
    story = Story().opened()
    with pytest.raises(Refused):
        story.declares(story.jury[0], ties={story.proposals[0].bidder_id: (Tie.SOFT, "kort")})


def test_a_hard_tie_excludes_from_the_whole_challenge(app):
    story = Story().opened()
    seat = story.jury[1]
    story.declares(seat, ties={story.proposals[0].bidder_id: (Tie.HARD, LONG)})

    assert seat.vacated_at == NOON
    assert seat not in story.jury
    assert not has_declared(seat)
    assert "jury/vacated" in letters_to(seat.person)
    assert tally(story.round).seats_missing == 1


@pytest.mark.parametrize(("measure", "stays"), [(Measure.ADMIT, True), (Measure.EXCLUDE, False)])
def test_an_officer_decides_on_a_soft_tie_with_a_reason(app, measure, stays):
    story = Story().declared_with_tie()
    (declaration,) = ties_of(story.challenge)
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)
    with pytest.raises(Refused):
        decide_tie(declaration, measure=measure, reason="Nee.", by=story.officer, at=NOON)

    decide_tie(declaration, measure=measure, reason=LONG, by=story.officer, at=NOON)

    assert (declaration.seat.vacated_at is None) is stays
    assert (tally(story.round).seats_missing == 0) is stays
    with pytest.raises(Refused):
        decide_tie(declaration, measure=measure, reason=LONG, by=story.officer, at=NOON)


def test_a_member_of_a_bidder_is_excluded_when_judging_begins(app):
    story = Story().seated()
    seat = story.jury[2]
    save(
        Membership(
            person_id=seat.person_id,
            organisation_id=story.proposals[0].bidder_id,
            role=Role.STARTUP_MEMBER,
            since=NOON,
        )
    )

    story.opened()

    assert seat.vacated_at == NOON
    declared = db.session.scalars(select(Declaration)).all()
    assert [(row.seat, row.tie) for row in declared] == [(seat, Tie.HARD)]


# -- Starting ------------------------------------------------------------------


def test_nobody_reads_before_everybody_declared(app):
    story = Story().opened()
    for seat in story.jury[:2]:
        story.declares(seat)
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)
    story.declares(story.jury[2])

    start_individual(story.round, by=story.secretary, at=NOON)

    assert story.round.state is RoundState.INDIVIDUAL
    assert [len(sheets_of(story.round, seat)) for seat in story.jury] == [3, 3, 3]


def test_an_incomplete_jury_does_not_start(app):
    story = Story()
    story.seat("voorzitter", SeatKind.CHAIR)
    story.seat()
    story.declared()
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)


def test_a_jury_without_a_chair_does_not_start(app):
    story = Story()
    story.plan.composition = []
    for _ in range(3):
        story.seat("jurylid")
    story.declared()
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)


def test_inadmissible_proposals_get_no_sheet(app):
    story = Story()
    story.proposals[0].state = ProposalState.INADMISSIBLE
    story.proposals[0].inadmissible_reason = "Vier bladzijden."
    story.started()
    assert len(sheets_of(story.round, story.jury[0])) == 2


def test_every_juror_reads_in_a_drawn_order_of_their_own(app):
    story = Story(proposals=12).started()
    orders = [
        [sheet.proposal.number for sheet in sheets_of(story.round, seat)] for seat in story.jury
    ]
    again = [
        [sheet.proposal.number for sheet in sheets_of(story.round, seat)] for seat in story.jury
    ]
    assert orders == again
    assert len({tuple(order) for order in orders}) == 3
    assert all(sorted(order) == list(range(1, 13)) for order in orders)


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
    counts = [(row.total, row.submitted, row.begun) for row in progress(story.round)]
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
