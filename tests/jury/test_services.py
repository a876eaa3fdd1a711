"""What people do in the jury room, and what they may not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.jury.models import (
    Declaration,
    Measure,
    RoundState,
    SeatKind,
    Tie,
)
from sir.jury.queries import (
    declarations_of,
    sheets_of,
    tally,
    ties_of,
)
from sir.jury.services import (
    accept_seat,
    decide_tie,
    declare_ties,
    open_round,
    start_individual,
    vacate_seat,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from sir.people.models import Membership, Role
from sir.proposals.models import ProposalState
from tests.jury.story import Story
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

    with pytest.raises(Refused, match="adres"):
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
    assert seat.cleared_at is None
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
