"""A jury that misses a seat lies still, and goes on where it was once the seat is filled."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sir.journal.models import Entry
from sir.jury.lifecycle import HALTS, ROUND
from sir.jury.models import Round, RoundState, RoundSuspension, SeatKind, Tie
from sir.jury.queries import items_of, sheets_of, suspension_of, suspensions_of
from sir.jury.rules.conditions import Tally
from sir.jury.rules.sheets import Marks
from sir.jury.rules.suspensions import due_after
from sir.jury.services import (
    Suspended,
    accept_seat,
    agree_item,
    begin_item,
    call_reserve,
    decline_offer,
    invite_juror,
    lock_quality,
    make_ranking,
    open_consensus,
    reassess,
    report_tie,
    resume_round,
    save_sheet,
    start_individual,
    submit_sheets,
    suspend_round,
    take_back_sheets,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.permissions import may, standing_of
from tests.jury.story import REASON, Story
from tests.jury.test_offers import leaves, letters, story_of
from tests.makers import NOON, make_person
from tests.ports.pdftext import text_of

WHY = "Er is een vraag over een band van een inschrijver."
DAY = timedelta(days=1)


def journal():
    with transaction():
        pass
    return list(db.session.scalars(select(Entry.act).order_by(Entry.id)))


def suspends(story, *, at=NOON):
    suspend_round(story.round, reason=WHY, by=story.secretary, at=at)
    db.session.flush()


def resumes(story, *, at=NOON):
    resume_round(story.round, reason=WHY, by=story.chair.person, at=at)
    db.session.flush()


# -- The table ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(RoundState))
def test_a_round_stops_anywhere_before_it_is_decided_and_goes_on_only_where_it_was(state):
    full = {"chairs": 1, "seats_missing": 0}
    round_ = Round(state=state)
    assert (not ROUND.refusals("suspend", round_, NOON)) is (state in HALTS)

    lies_still = Round(state=RoundState.SUSPENDED, suspended_from=state)
    ways = {
        move.end
        for move in ROUND
        if not ROUND.refusals(move.act, lies_still, NOON, given=Tally(**full, suspended_from=state))
    }
    assert ways == ({state} if state in HALTS else set())


@pytest.mark.parametrize("state", sorted(HALTS))
def test_once_somebody_scored_it_goes_on_with_every_announced_seat_only(state):
    lies_still = Round(state=RoundState.SUSPENDED, suspended_from=state)
    short = Tally(chairs=1, seats_missing=1, suspended_from=state)

    refusals = ROUND.refusals(f"resume_{state}", lies_still, NOON, given=short)

    assert bool(refusals) is (state is not RoundState.CONFLICT_CHECK)


# -- The time to score -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "due", "since", "until", "expected"),
    [
        (RoundState.INDIVIDUAL, 14 * DAY, 1 * DAY, 3 * DAY, 16 * DAY),
        (RoundState.INDIVIDUAL, 14 * DAY, 1 * DAY, 3 * DAY + timedelta(seconds=1), 17 * DAY),
        (RoundState.CONFLICT_CHECK, 14 * DAY, 1 * DAY, 1 * DAY, 14 * DAY),
        (RoundState.CONSENSUS, 14 * DAY, 1 * DAY, 3 * DAY, 14 * DAY),
        (RoundState.INDIVIDUAL, 14 * DAY, 14 * DAY, 20 * DAY, 14 * DAY),  # it was over already
    ],
)
def test_the_time_to_score_does_not_run_while_the_judging_lies_still(
    state, due, since, until, expected
):
    round_ = Round(state=RoundState.SUSPENDED, suspended_from=state, due_at=NOON + due)

    assert due_after(round_, NOON + since, NOON + until) == NOON + expected


def test_the_deadline_keeps_its_hour_over_the_change_of_the_clock():
    due = datetime(2026, 10, 23, 10, tzinfo=UTC)  # noon in Amsterdam, in summer
    round_ = Round(state=RoundState.INDIVIDUAL, due_at=due)

    moved = due_after(round_, due - 5 * DAY, due - 2 * DAY)

    assert moved == datetime(2026, 10, 26, 11, tzinfo=UTC)  # noon, in winter


# -- A seat that nobody can fill ---------------------------------------------------------


def test_leaving_without_a_reserve_suspends_the_round_in_the_same_act(app):
    story = story_of(reserves=0)
    story.seat_left = leaves(story)

    suspension = suspension_of(story.round)
    assert (story.round.state, story.round.reached) == (
        RoundState.SUSPENDED,
        RoundState.INDIVIDUAL,
    )
    assert (suspension.seat_id, suspension.by_id) == (story.seat_left.id, story.secretary.id)
    assert "round.suspended" in journal()
    assert letters("vacancy") == [story.chair.email]
    assert letters("suspended") == [story.jury[1].email]


def test_a_tie_that_shows_late_suspends_when_there_is_no_reserve(app):
    story = story_of(reserves=0)
    report_tie(
        story.jury[1],
        story.proposals[0].bidder,
        tie=Tie.HARD,
        detail="Mijn broer is er directeur.",
        by=story.jury[1].person,
        at=NOON,
    )

    assert story.round.state is RoundState.SUSPENDED


def test_with_a_reserve_to_ask_it_goes_on_until_the_last_one_says_no(app):
    story = story_of(reserves=2)
    leaves(story)
    first, second = story.reserves
    assert story.round.state is RoundState.INDIVIDUAL
    decline_offer(first, by=first.person, at=NOON)
    assert story.round.state is RoundState.INDIVIDUAL

    decline_offer(second, by=second.person, at=NOON)

    assert story.round.state is RoundState.SUSPENDED


def test_before_anybody_scores_somebody_is_simply_invited(app):
    story = story_of(reserves=0, upto="opened")
    leaves(story)

    assert story.round.state is RoundState.CONFLICT_CHECK


def test_a_seat_more_than_was_announced_may_come_empty(app):
    story = story_of(reserves=0, upto="opened")
    extra = story.seat()
    story.declares(extra)
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()

    leaves(story, extra)

    assert story.round.state is RoundState.INDIVIDUAL


def test_it_goes_on_in_the_act_that_fills_the_seat_and_the_deadline_moves_along(app):
    story = story_of(reserves=1)
    reserve = story.reserves[0]
    due = story.round.due_at
    left = leaves(story)
    decline_offer(reserve, by=reserve.person, at=NOON)
    later = NOON + 2 * DAY + timedelta(hours=1)

    call_reserve(left, reserve, by=story.secretary, at=later)
    db.session.flush()

    assert story.round.state is RoundState.INDIVIDUAL
    assert story.round.due_at == due + 3 * DAY
    assert len(sheets_of(story.round, reserve)) == 2
    assert [row.outcome for row in suspensions_of(story.round)] == [
        "Elke aangekondigde plaats is weer bezet."
    ]
    assert "round.resumed" in journal()
    assert reserve.email in letters("resumed")


def test_it_waits_until_every_empty_seat_is_filled(app):
    story = story_of(reserves=2)
    one = leaves(story)
    other = leaves(story, story.jury[1])
    for reserve in story.reserves:
        decline_offer(reserve, by=reserve.person, at=NOON)
    assert story.round.state is RoundState.SUSPENDED

    call_reserve(one, story.reserves[0], by=story.secretary, at=NOON)
    assert story.round.state is RoundState.SUSPENDED
    call_reserve(other, story.reserves[1], by=story.secretary, at=NOON)

    assert story.round.state is RoundState.INDIVIDUAL
    assert all(len(sheets_of(story.round, seat)) == 2 for seat in story.jury)


def test_a_reserve_for_the_empty_function_can_be_found_while_it_lies_still(app):
    story = story_of(reserves=0)
    left = leaves(story)
    person = make_person()
    given = {
        "name": person.name,
        "email": person.email,
        "by": story.secretary,
        "at": NOON,
    }
    with pytest.raises(Refused, match="jurylid"):
        invite_juror(story.challenge, kind=SeatKind.JUROR, function="jurylid", **given)
    with pytest.raises(Refused, match="jurylid"):
        invite_juror(story.challenge, kind=SeatKind.RESERVE, function="voorzitter", **given)

    reserve = invite_juror(story.challenge, kind=SeatKind.RESERVE, function="jurylid", **given)
    accept_seat(reserve, by=person, at=NOON)
    story.registers(person)
    story.declares(reserve)
    call_reserve(left, reserve, by=story.secretary, at=NOON)
    db.session.flush()

    assert story.round.state is RoundState.INDIVIDUAL
    assert len(sheets_of(story.round, reserve)) == 2


def test_once_the_jury_confers_only_a_new_round_helps(app):
    story = story_of(reserves=1)
    for seat in story.jury:
        story.submits(seat)
    story.confers()
    left = leaves(story)
    assert (story.round.state, story.round.reached) == (
        RoundState.SUSPENDED,
        RoundState.CONSENSUS,
    )
    with pytest.raises(Refused, match="compleet"):
        resumes(story)
    with pytest.raises(Refused):
        call_reserve(left, story.reserves[0], by=story.secretary, at=NOON)

    again = reassess(story.round, reason=WHY, due_at=NOON + 20 * DAY, by=story.secretary, at=NOON)

    assert again.state is RoundState.CONFLICT_CHECK


def test_a_jury_that_finds_no_reserve_can_judge_everything_again(app):
    story = story_of(reserves=0)
    given = {"reason": WHY, "due_at": NOON + 20 * DAY, "by": story.secretary, "at": NOON}
    with pytest.raises(Refused):
        reassess(story.round, **given)
    leaves(story)

    assert reassess(story.round, **given).number == 2


# -- A person's decision -----------------------------------------------------------------


def test_a_person_suspends_with_a_reason_and_lets_it_go_on_with_one(app):
    story = story_of(reserves=0)
    with pytest.raises(Refused):
        suspend_round(story.round, reason="Kort.", by=story.secretary, at=NOON)
    suspends(story)
    with pytest.raises(Suspended, match="band van een inschrijver"):
        suspends(story)
    with pytest.raises(Refused):
        resume_round(story.round, reason="Kort.", by=story.secretary, at=NOON)

    resumes(story, at=NOON + DAY)

    assert story.round.state is RoundState.INDIVIDUAL
    assert letters("suspended") == sorted(seat.email for seat in story.jury)
    assert letters("resumed") == sorted(
        [*(seat.email for seat in story.jury[1:]), story.secretary.email]
    )
    kept = suspensions_of(story.round)
    assert [(row.reason, row.outcome, row.ended_at) for row in kept] == [(WHY, WHY, NOON + DAY)]
    with pytest.raises(Refused):
        resumes(story)


def test_what_a_person_suspended_is_not_let_go_by_filling_a_seat(app):
    story = story_of(reserves=1)
    suspends(story)
    left = leaves(story)
    with pytest.raises(Refused, match="compleet"):
        resumes(story)
    call_reserve(left, story.reserves[0], by=story.secretary, at=NOON)
    db.session.flush()
    assert story.round.state is RoundState.SUSPENDED

    resumes(story)

    assert story.round.state is RoundState.INDIVIDUAL


# -- What nobody can do meanwhile --------------------------------------------------------


def fills(story):
    sheet = sheets_of(story.round, story.jury[0])[0]
    keys = [row.key for row in story.plan.criteria]
    marks = Marks(dict.fromkeys(keys, 5), dict.fromkeys(keys, REASON), "")
    save_sheet(sheet, version=sheet.version, marks=marks, by=sheet.seat.person, at=NOON)


def agrees(story):
    item = items_of(story.round)[0]
    agree_item(
        item,
        version=item.version,
        level=story.plan.levels[3],
        reason=REASON,
        by=story.chair.person,
        at=NOON,
    )


ALONE = {
    "save": fills,
    "submit": lambda s: submit_sheets(s.round, s.jury[1], by=s.jury[1].person, at=NOON),
    "take back": lambda s: take_back_sheets(
        s.round, s.jury[1], reason=WHY, by=s.jury[1].person, at=NOON
    ),
    "confer": lambda s: open_consensus(s.round, by=s.chair.person, at=NOON),
    "rank": lambda s: make_ranking(s.round, by=s.secretary, at=NOON),
}
TOGETHER = {
    "begin": lambda s: begin_item(items_of(s.round)[0], by=s.chair.person, at=NOON),
    "agree": agrees,
    "lock": lambda s: lock_quality(s.round, by=s.chair.person, at=NOON),
    "rank": lambda s: make_ranking(s.round, by=s.secretary, at=NOON),
}


@pytest.mark.parametrize("act", list(ALONE))
def test_nobody_scores_confers_or_ranks_while_it_lies_still(app, act):
    story = Story(proposals=1).submitted()
    suspends(story)

    with pytest.raises(Suspended, match="secretaris of de voorzitter"):
        ALONE[act](story)


@pytest.mark.parametrize("act", list(TOGETHER))
def test_nobody_agrees_locks_or_ranks_while_it_lies_still(app, act):
    story = Story(proposals=1).agreed()
    suspends(story)

    with pytest.raises(Suspended, match="secretaris of de voorzitter"):
        TOGETHER[act](story)


def test_a_round_that_lies_still_shows_nobody_more_than_it_did(app):
    story = Story(proposals=1).submitted()
    sheet = sheets_of(story.round, story.jury[1])[0]
    juror = standing_of(story.jury[2].person)
    suspends(story)
    assert not may(juror, "sheet.read", sheet)
    assert not may(juror, "consensus.read", story.round)
    resumes(story)
    story.confers()

    suspends(story)

    assert may(juror, "sheet.read", sheet)
    assert may(juror, "consensus.read", story.round)


# -- The pages ---------------------------------------------------------------------------


def test_everybody_sees_that_it_lies_still_and_what_it_waits_for(visitor):
    story = story_of(reserves=0)
    leaves(story)
    room = f"/challenges/{story.challenge.code}/jury"
    sheet = sheets_of(story.round, story.jury[1])[0].code
    words = "plaats J2 (jurylid) is leeg en er is geen reserve"

    secretary = visitor.as_(story.secretary).get(room)
    desk = visitor.get("/desk").text
    chair = visitor.as_(story.chair.person).get(room)
    juror = visitor.as_(story.jury[1].person).get(room)
    own = visitor.get(f"/sheets/{sheet}")

    for page in (secretary, chair, juror):
        assert page.status_code == 200
        assert words in page.text
        assert "De tijd om te scoren loopt intussen niet door" in page.text
    assert "De beoordeling is geschorst: kijk waar zij op wacht" in desk
    assert "De beoordeling is geschorst" in own.text
    assert "Nodig een reserve uit" in secretary.text
    assert "Beoordeling hervatten" not in secretary.text  # a seat is empty


def test_what_a_juror_typed_meanwhile_stays_on_the_page(visitor):
    story = Story(proposals=1).written().started()
    sheet = sheets_of(story.round, story.jury[1])[0]
    path, juror = f"/sheets/{sheet.code}", story.jury[1].person
    visitor.as_(juror)
    token = visitor.token(path)
    suspends(story)
    db.session.commit()
    key = story.plan.criteria[0].key

    answer = visitor.post(
        path,
        data={
            "csrf_token": token,
            "version": sheet.version,
            f"level_{key}": "4",
            f"reason_{key}": "Dit typte ik net, en het staat er nog.",
        },
    )

    assert answer.status_code == 409
    assert "Dit typte ik net, en het staat er nog." in answer.text
    assert "De beoordeling is geschorst" in answer.text


def test_the_secretary_and_the_chair_suspend_and_resume_on_their_pages(visitor):
    story = Story(proposals=1).submitted()
    path = f"/rounds/{story.round.code}"
    assert visitor.as_(story.jury[1].person).get(f"{path}/suspend").status_code == 404
    assert visitor.as_(story.owner).get(f"{path}/suspend").status_code == 404
    visitor.as_(story.secretary)
    assert visitor.hand_in(f"{path}/suspend", reason="te kort").status_code == 422
    assert visitor.hand_in(f"{path}/suspend", reason=WHY).status_code == 302
    room = visitor.get(f"/challenges/{story.challenge.code}/jury").text
    assert WHY in room
    assert story.secretary.name in room
    token = visitor.token(f"{path}/resume")
    again = visitor.post(f"{path}/suspend", data={"csrf_token": token, "reason": WHY})
    assert again.status_code == 409
    assert WHY in again.text
    ranked = visitor.post(f"{path}/rank", data={"csrf_token": token, "reason": ""})
    assert ranked.status_code == 409
    assert "De beoordeling is geschorst" in ranked.text

    visitor.as_(story.chair.person)
    assert visitor.hand_in(f"{path}/resume", reason=WHY).status_code == 302

    db.session.expire_all()
    assert story.round.state is RoundState.INDIVIDUAL
    assert db.session.scalars(select(RoundSuspension.ended_by_id)).all() == [story.chair.person_id]


def test_the_report_tells_when_the_judging_lay_still_and_why(app):
    story = Story().started()
    suspends(story)
    resumes(story, at=NOON + DAY)
    for seat in story.jury:
        story.submits(seat)
    story.confers()
    for item in items_of(story.round):
        story.agrees(item, 4)
    lock_quality(story.round, by=story.chair.person, at=NOON)
    report = story.signed(make_ranking(story.round, by=story.secretary, at=NOON))

    pages = text_of(app.extensions["sir.store"].fetch(report.pdf))  # without spaces

    assert "Wanneerdebeoordelingwasgeschorst" in pages
    assert "bandvaneen" in pages
