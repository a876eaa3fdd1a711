"""A proposal that was left out is judged after all, as long as every juror can still score it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.desk.queries import tasks_of
from sir.jury.models import RoundState, Tie
from sir.jury.queries import bidders_of, owes_a_word, sheets_of, tally, unfinished_seats
from sir.jury.services import (
    declare_ties,
    judge_after_all,
    lock_quality,
    make_ranking,
    reassess,
    start_individual,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from sir.permissions import standing_of
from sir.proposals.models import ProposalState
from sir.proposals.services import exclude_proposal
from tests.jury.priced import Priced
from tests.jury.story import Story
from tests.makers import NOON, make_founder

WHY = "De handtekening ontbreekt, ook na ons verzoek om aanvulling."
BACK = "De handtekening stond er wel: op de tweede pagina, onder de verklaring."


def excludes(story, proposal):
    exclude_proposal(proposal, reason=WHY, by=story.secretary, at=NOON)
    db.session.flush()


def takes_back(story, proposal, reason=BACK):
    judge_after_all(proposal, reason=reason, by=story.officer, at=NOON)
    db.session.flush()


def answers(seat, story):
    ties = {bidder.id: (Tie.NONE, "") for bidder in bidders_of(story.challenge)}
    declare_ties(seat, ties=ties, by=seat.person, at=NOON)
    db.session.flush()


def test_both_reasons_stay_and_the_bidder_is_written_to(app):
    story = Story(proposals=2)
    proposal = story.proposals[1]
    founder = make_founder(proposal.bidder)
    excludes(story, proposal)

    takes_back(story, proposal)

    assert proposal.state is ProposalState.OPENED
    assert (proposal.inadmissible_reason, proposal.readmitted_reason) == (WHY, BACK)
    letters = db.session.scalars(select(Letter).where(Letter.person_id == founder.id)).all()
    assert [(row.template, row.words["reason"]) for row in letters] == [
        ("proposals/readmitted", BACK)
    ]


def test_every_seat_declares_on_the_bidder_that_came_back_and_is_cleared_anew(app):
    story = Story(proposals=3).seated()
    late = story.proposals[2]
    excludes(story, late)
    story.declared()
    assert tally(story.round).seats_uncleared == 0

    takes_back(story, late)

    counted = tally(story.round)
    assert (counted.proposals, counted.declarations_missing, counted.seats_uncleared) == (3, 3, 3)
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)
    for seat in story.jury:
        assert owes_a_word(seat)
        assert [task.what for task in tasks_of(standing_of(seat.person), NOON)] == [
            "Meld uw banden met de inschrijvers"
        ]
        answers(seat, story)
        assert not owes_a_word(seat)
    story.clears()
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    assert [len(sheets_of(story.round, seat)) for seat in story.jury] == [3, 3, 3]


def test_words_on_one_that_was_left_out_do_not_stand_for_one_that_came_back(app):
    """A seat that declared on as many bidders as there are may still owe a word on one."""
    story = Story(proposals=3).seated()
    excludes(story, story.proposals[2])
    story.declared()
    takes_back(story, story.proposals[2])
    excludes(story, story.proposals[0])

    assert all(seat.declared == tally(story.round).proposals for seat in story.jury)
    assert all(owes_a_word(seat) for seat in story.jury)
    assert unfinished_seats(story.round) == story.jury


def test_it_is_refused_with_a_sentence_once_somebody_may_score(app):
    story = Story(proposals=3).seated()
    late = story.proposals[2]
    excludes(story, late)
    story.declared()
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()

    with pytest.raises(Refused, match="begonnen met scoren"):
        takes_back(story, late)

    assert late.state is ProposalState.INADMISSIBLE


def test_a_new_round_judges_it_with_the_others(app):
    story = Story(proposals=3).seated()
    late = story.proposals[2]
    excludes(story, late)
    story.agreed()
    lock_quality(story.round, by=story.chair.person, at=NOON)
    make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    with pytest.raises(Refused):
        takes_back(story, late)
    story.round = reassess(
        story.round, reason=BACK, due_at=story.round.due_at, by=story.officer, at=NOON
    )
    db.session.flush()

    takes_back(story, late)

    for seat in story.jury:
        answers(seat, story)
    story.clears()
    start_individual(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    assert story.round.state is RoundState.INDIVIDUAL
    assert {len(sheets_of(story.round, seat)) for seat in story.jury} == {3}


def test_what_is_judged_is_not_taken_back_and_silence_is_no_reason(app):
    story = Story(proposals=2)
    with pytest.raises(Refused):
        takes_back(story, story.proposals[0])
    excludes(story, story.proposals[0])
    with pytest.raises(Refused):
        takes_back(story, story.proposals[0], reason="  ")


def test_only_the_officer_takes_it_back_on_the_page(app, visitor):
    story = Story(proposals=2).written()
    proposal = story.proposals[0]
    excludes(story, proposal)
    path = f"/proposals/{proposal.code}/readmit"
    assert visitor.as_(story.secretary).get(path).status_code == 403
    assert visitor.as_(make_founder(story.proposals[1].bidder)).get(path).status_code == 404

    visitor.as_(story.officer)
    assert "Toch laten beoordelen" in visitor.get(f"/proposals/{proposal.code}").text
    short = visitor.hand_in(path, reason="Te kort.")
    assert (short.status_code, "Te kort." in short.text) == (422, True)
    assert visitor.hand_in(path, reason=BACK).status_code == 302

    page = visitor.get(f"/proposals/{proposal.code}").text
    assert BACK in page
    assert WHY in page
    assert "wordt net als alle andere beoordeeld" in visitor.get(path).text


def test_after_the_prices_only_a_new_round_can_take_a_proposal_in(visitor, clock):
    story = Priced().locked(6, 5, 4).opens(clock)
    late = story.proposals[2]
    excludes(story, late)
    with pytest.raises(Refused, match="De prijzen zijn open"):
        takes_back(story, late)
    db.session.commit()

    page = visitor.as_(story.officer).get(f"/proposals/{late.code}/readmit").text
    again = visitor.get(f"/rounds/{story.round.code}/reassess").text
    reason = "Een voorstel dat afviel, moet toch worden beoordeeld."
    new = reassess(
        story.round, reason=reason, due_at=NOON + timedelta(days=14), by=story.officer, at=NOON
    )
    db.session.flush()
    takes_back(story, late)

    assert "De prijzen zijn open" in page
    assert f"/rounds/{story.round.code}/reassess" in page
    assert "Vervang daarom vóór het scoren elk lid dat de prijzen kon zien" in again
    assert late.state is ProposalState.OPENED
    assert (tally(new).proposals, new.prices_opened_at) == (3, None)
