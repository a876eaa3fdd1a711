"""A seat that falls empty is offered to the reserve at once, and never twice to the same one."""

import pytest
from sqlalchemy import select

from sir.jury.models import RoundState, SeatKind, SheetState, Tie
from sir.jury.queries import offer_to, seats_at_stake, sheets_of, tally
from sir.jury.rules.vacancies import Remedy, vacancies
from sir.jury.services import (
    accept_offer,
    call_reserve,
    decline_offer,
    decline_seat,
    invite_juror,
    open_consensus,
    report_tie,
    start_individual,
    vacate_seat,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from tests.jury.story import Story
from tests.makers import make_person

LEFT = "Van baan veranderd."


def story_of(reserves=2, *, function="jurylid", upto="started"):
    """A jury of three with reserves, all declared and cleared, in a phase."""
    story = Story(proposals=2).written().seated()
    story.reserves = [story.seat(function, SeatKind.RESERVE) for _ in range(reserves)]
    if upto == "seated":
        return story
    story.opened()
    for seat in [*story.jury, *story.reserves]:
        story.declares(seat)
    if upto == "started":
        start_individual(story.round, by=story.secretary, at=story.at)
        db.session.flush()
    return story


def leaves(story, seat=None):
    seat = seat or story.jury[1]
    vacate_seat(seat, reason=LEFT, by=story.secretary, at=story.at)
    db.session.flush()
    return seat


def letters(kind):
    rows = db.session.scalars(select(Letter).where(Letter.template == f"jury/{kind}"))
    return sorted(row.to for row in rows)


def accepts(story, reserve):
    accept_offer(reserve, by=reserve.person, at=story.at)
    db.session.flush()


def declines(story, reserve):
    decline_offer(reserve, by=reserve.person, at=story.at)
    db.session.flush()


@pytest.mark.parametrize("upto", ["seated", "opened", "started"])
def test_an_empty_seat_is_offered_to_the_first_reserve_in_the_same_act(app, upto):
    story = story_of(upto=upto)
    gone = leaves(story)

    assert (gone.offered_id, gone.offered_at) == (story.reserves[0].id, story.at)
    assert offer_to(story.reserves[0]) is gone
    assert letters("offered") == [story.reserves[0].email]
    assert letters("vacancy") == []


def test_an_exclusion_offers_the_seat_as_well(app):
    story = story_of()
    seat = story.jury[2]
    report_tie(
        seat,
        story.proposals[0].bidder,
        tie=Tie.HARD,
        detail="Mijn partner is er sinds kort in dienst.",
        by=seat.person,
        at=story.at,
    )
    db.session.flush()
    assert offer_to(story.reserves[0]) is seat


def test_who_takes_the_seat_scores_everything_anew_and_finds_nothing_of_before(app):
    story = story_of()
    story.submits(story.jury[1])
    gone = leaves(story)
    reserve = story.reserves[0]

    accepts(story, reserve)

    assert (reserve.kind, reserve.replaces_id, gone.offered_id) == (SeatKind.JUROR, gone.id, None)
    fresh = sheets_of(story.round, reserve)
    assert [(sheet.state, sheet.cells, sheet.saved_at) for sheet in fresh] == [
        (SheetState.DRAFT, [], None)
    ] * 2
    assert {sheet.state for sheet in sheets_of(story.round, gone)} == {SheetState.VOID}
    assert tally(story.round).seats_missing == 0
    with pytest.raises(Refused):
        accept_offer(reserve, by=reserve.person, at=story.at)


def test_who_is_not_cleared_yet_reads_from_the_moment_they_are(app):
    story = Story(proposals=2).written().seated()
    late = story.seat("jurylid", SeatKind.RESERVE)
    story.opened()
    for seat in story.jury:
        story.declares(seat)
    start_individual(story.round, by=story.secretary, at=story.at)
    leaves(story)
    accepts(story, late)
    assert sheets_of(story.round, late) == []

    story.declares(late)

    assert len(sheets_of(story.round, late)) == 2
    story.clears()
    assert len(sheets_of(story.round, late)) == 2


def test_a_cleared_reserve_is_asked_before_one_who_has_yet_to_declare(app):
    story = Story(proposals=1).written().seated()
    first, second = (story.seat("jurylid", SeatKind.RESERVE) for _ in range(2))
    story.opened()
    for seat in [*story.jury, second]:
        story.declares(seat)
    gone = leaves(story)
    assert (first.cleared_at, gone.offered_id) == (None, second.id)


def test_turned_down_it_goes_to_the_next_and_then_the_alarm_sounds(app):
    story = story_of()
    gone = leaves(story)
    first, second = story.reserves
    declines(story, first)
    assert (gone.offered_id, first.declined_at) == (second.id, story.at)
    assert letters("vacancy") == []

    declines(story, second)

    assert gone.offered_id is None
    assert letters("vacancy") == sorted([story.secretary.email, story.chair.email])
    seated, seats = seats_at_stake(story.challenge)
    (alarm,) = vacancies(story.plan.composition, 3, seated, seats, RoundState.INDIVIDUAL)
    assert alarm.remedy is Remedy.CALL
    with pytest.raises(Refused):
        open_consensus(story.round, by=story.chair.person, at=story.at)
    call_reserve(gone, first, by=story.secretary, at=story.at)
    assert first.kind is SeatKind.JUROR


@pytest.mark.parametrize(("reserves", "function"), [(0, "jurylid"), (1, "voorzitter")])
def test_without_a_reserve_of_the_function_the_others_are_told(app, reserves, function):
    story = story_of(reserves, function=function)
    leaves(story)
    # the secretary did it, so only the chair has to be told
    assert letters("vacancy") == [story.chair.email]


def test_an_empty_seat_during_consensus_is_an_alarm_and_no_offer(app):
    story = story_of()
    for seat in story.jury:
        story.submits(seat)
    story.confers()
    gone = leaves(story)
    assert gone.offered_id is None
    assert letters("vacancy") == [story.chair.email]


def test_two_empty_seats_go_to_two_reserves(app):
    story = story_of()
    one, two = (leaves(story, seat) for seat in story.jury[1:])
    assert [one.offered_id, two.offered_id] == [seat.id for seat in story.reserves]


def test_a_reserve_who_leaves_passes_the_offer_on(app):
    story = story_of()
    gone = leaves(story)
    leaves(story, story.reserves[0])
    assert gone.offered_id == story.reserves[1].id
    with pytest.raises(Refused):
        accept_offer(story.reserves[0], by=story.reserves[0].person, at=story.at)


def test_a_declined_invitation_is_offered_to_the_reserve_and_a_withdrawn_one_is_not(app):
    story = Story()
    story.seat("voorzitter", SeatKind.CHAIR)
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    mistaken, person = story.seat(accepts=False), make_person()
    asked = story.seat(person=person, accepts=False)
    vacate_seat(mistaken, reason="Verkeerd adres.", by=story.secretary, at=story.at)
    db.session.flush()
    assert offer_to(reserve) is None
    with pytest.raises(Refused):
        decline_seat(asked, by=story.secretary, at=story.at)

    decline_seat(asked, by=person, at=story.at)
    db.session.flush()

    assert offer_to(reserve) is asked
    with pytest.raises(Refused):
        decline_seat(asked, by=person, at=story.at)


def test_a_seat_that_is_not_needed_any_more_is_offered_to_nobody(app):
    story = story_of(upto="opened")
    gone = leaves(story)
    story.declares(story.seat("jurylid"))
    with pytest.raises(Refused):
        accepts(story, story.reserves[0])
    declines(story, story.reserves[0])
    assert gone.offered_id is None
    assert letters("offered") == [story.reserves[0].email]


def test_only_the_reserve_it_was_offered_to_answers(app):
    story = story_of()
    leaves(story)
    first, second = story.reserves
    for reserve in (first, second):
        with pytest.raises(Refused):
            accept_offer(reserve, by=second.person, at=story.at)
        with pytest.raises(Refused):
            decline_offer(reserve, by=second.person, at=story.at)


# -- The pages -------------------------------------------------------------------


def test_the_reserve_finds_the_offer_on_the_desk_and_takes_it(app, visitor):
    story = story_of()
    leaves(story)
    reserve = story.reserves[0]
    visitor.as_(reserve.person)
    assert "vrijgekomen plaats" in visitor.get("/desk").text
    assert "aangeboden" in visitor.get(f"/challenges/{story.challenge.code}/jury").text
    path = f"/seats/{reserve.code}"
    assert "Deze plaats aannemen" in visitor.get(path).text

    answer = visitor.hand_in(f"{path}/offer", _from=path, act="accept")

    assert answer.status_code == 302
    assert "/sheets/" in visitor.get(f"/challenges/{story.challenge.code}/jury").text
    assert "vrijgekomen plaats" not in visitor.get("/desk").text
    again = visitor.hand_in(f"{path}/offer", _from="/account/interests", act="accept")
    assert again.status_code == 409


def test_the_secretary_sees_who_was_asked_and_a_reserve_no_offer_to_another(app, visitor):
    story = story_of()
    leaves(story)
    room = f"/challenges/{story.challenge.code}/jury"
    page = visitor.as_(story.secretary).get(room).text
    assert "heeft nog niet geantwoord" in page
    assert story.reserves[0].name in page
    visitor.as_(story.reserves[1].person)
    assert "aangeboden" not in visitor.get(room).text
    path = f"/seats/{story.reserves[0].code}/offer"
    answer = visitor.hand_in(path, _from="/account/interests", act="accept")
    assert answer.status_code == 404


def test_an_invitation_can_be_declined_on_its_page(app, visitor):
    story = Story()
    person = make_person()
    seat = invite_juror(
        story.challenge,
        name=person.name,
        email=person.email,
        kind=SeatKind.JUROR,
        function="jurylid",
        by=story.secretary,
        at=story.at,
    )
    visitor.as_(person)
    path = f"/seats/{seat.code}"

    assert visitor.hand_in(f"{path}/decline", _from=path).status_code == 302

    assert "afgeslagen" in visitor.get(path).text
    assert visitor.hand_in(f"{path}/decline", _from="/account/interests").status_code == 409
