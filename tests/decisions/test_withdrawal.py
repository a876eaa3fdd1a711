"""A decision that was announced is taken back, and a new one starts a new standstill."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sir.challenges.models import ChallengeState
from sir.decisions.models import DecisionState
from sir.decisions.queries import decision_of, withdrawn_decisions
from sir.decisions.services import (
    award_decision,
    confirm_withdrawal,
    prepare_decision,
    propose_withdrawal,
    refuse_withdrawal,
    suspend_award,
)
from sir.desk.queries import overview_of
from sir.desk.queries.team import team_tasks
from sir.journal.models import Entry
from sir.jury.models import ConsensusItem, RoundState
from sir.jury.services import reassess
from sir.kernel.calendar import standstill_end
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.permissions import standing_of
from tests.decisions.story import judged, make_ranking
from tests.decisions.test_services import ready, released
from tests.jury.story import Story
from tests.makers import NOON, make_round, save

WHY = "De klacht is gegrond: een criterium was anders uitgelegd dan aangekondigd."
LATER = NOON + timedelta(days=6)


def taken_back(story, decision, at=LATER):
    """The officer proposes it and the approver confirms."""
    propose_withdrawal(decision, WHY, by=story.officer, at=at)
    db.session.flush()
    confirm_withdrawal(decision, by=story.approver, at=at)
    db.session.flush()
    return decision


def letters_of(template):
    return db.session.scalars(
        select(Letter).where(Letter.template == template).order_by(Letter.id)
    ).all()


def withdrawn(story, app, at=LATER):
    return taken_back(story, released(story, app), at)


def again(story, at=LATER):
    """A second round of judging that turns the outcome around, ranked and signed."""
    jury_round = make_round(
        story.challenge, state=RoundState.DECIDED, locked_at=at, number=2, reason=WHY
    )
    for item in db.session.scalars(select(ConsensusItem)).all():
        save(
            ConsensusItem(
                code=f"{item.code}-2",
                round=jury_round,
                proposal_id=item.proposal_id,
                criterion_id=item.criterion_id,
                position=item.position,
                first_seat_id=item.first_seat_id,
                level_id=item.level_id,
                state=item.state,
                reason=f"Opnieuw bekeken: {item.reason}",
                agreed_at=at,
            )
        )
    numbers = [str(row.number) for row in story.proposals[:3]]
    points = (["2", "4", "2", "4"], ["4", "4", "4", "4"], ["10", "8", "10", "8"])
    scores = {
        name: {f"K{n}": given for n, given in enumerate(row, 1)}
        for name, row in zip(numbers, points, strict=True)
    }
    return make_ranking(jury_round, scores)


def test_every_bidder_hears_it_and_the_letters_stay_as_they_were_sent(app):
    story = judged()
    decision = released(story, app)
    sent = [letter.pdf for letter in decision.letters]

    taken_back(story, decision)

    assert (decision.state, story.challenge.state) == (
        DecisionState.WITHDRAWN,
        ChallengeState.OPENED,
    )
    letters = letters_of("decisions/withdrawn")
    assert {row.person_id for row in letters} == {row.id for row in story.founders}
    assert {row.words["reason"] for row in letters} == {WHY}
    assert [letter.pdf for letter in decision.letters] == sent
    assert all(app.extensions["sir.store"].fetch(key).startswith(b"%PDF") for key in sent)


def test_a_withdrawn_decision_is_never_awarded(app):
    story = judged()
    decision = withdrawn(story, app)

    with pytest.raises(Refused):
        award_decision(
            decision, by=story.approver, at=decision.standstill_ends_at + timedelta(days=99)
        )

    assert decision_of(story.challenge) is None
    assert [row.id for row in withdrawn_decisions(story.challenge)] == [decision.id]


def test_after_judging_again_a_new_decision_has_new_letters_and_its_own_standstill(app):
    story = judged()
    first = withdrawn(story, app)
    again(story)
    at = LATER + timedelta(days=20)
    second = released(story, app, at=at)

    assert second.id != first.id
    assert second.replaces_id == first.id
    assert second.standstill_ends_at == standstill_end(at) > first.standstill_ends_at
    assert {row.proposal_id for row in second.letters} == {row.proposal_id for row in first.letters}
    assert not {row.code for row in second.letters} & {row.code for row in first.letters}
    assert all(
        row["reason"].startswith("Opnieuw bekeken")
        for letter in second.letters
        for row in letter.content["criteria"]
    )
    assert first.letters[0].proposal_id != second.letters[0].proposal_id  # another one wins
    with pytest.raises(Refused):
        award_decision(second, by=story.approver, at=first.standstill_ends_at)
    award_decision(second, by=story.approver, at=second.standstill_ends_at)
    assert story.challenge.state is ChallengeState.AWARDED


def test_a_court_case_that_ends_in_a_withdrawal_is_closed_with_its_reason(app):
    story = judged()
    decision = released(story, app)
    suspend_award(decision, "Dagvaarding in kort geding.", by=story.officer, at=LATER)

    taken_back(story, decision)

    (suspension,) = decision.suspensions
    assert (suspension.ended_at, suspension.outcome) == (LATER, WHY)


def test_what_was_not_sent_or_was_awarded_is_not_withdrawn(app):
    story = judged()
    decision = ready(story)
    with pytest.raises(Refused):
        propose_withdrawal(decision, WHY, by=story.officer, at=NOON)
    db.session.rollback()

    story = judged()
    decision = released(story, app)
    with pytest.raises(Refused, match="20"):
        propose_withdrawal(decision, "Fout.", by=story.officer, at=NOON)
    award_decision(decision, by=story.approver, at=decision.standstill_ends_at)
    with pytest.raises(Refused):
        propose_withdrawal(
            decision, WHY, by=story.officer, at=decision.standstill_ends_at + timedelta(days=1)
        )


def test_one_person_alone_withdraws_nothing(app):
    story = judged()
    decision = released(story, app)
    propose_withdrawal(decision, WHY, by=story.officer, at=LATER)
    db.session.flush()

    with pytest.raises(Refused):
        confirm_withdrawal(decision, by=story.officer, at=LATER)
    with pytest.raises(Refused):
        propose_withdrawal(decision, WHY, by=story.officer, at=LATER)

    assert decision.state is DecisionState.NOTIFIED
    assert letters_of("decisions/withdrawn") == []


def test_without_a_proposal_there_is_nothing_to_confirm(app):
    story = judged()
    decision = released(story, app)

    with pytest.raises(Refused):
        confirm_withdrawal(decision, by=story.approver, at=LATER)
    assert decision.state is DecisionState.NOTIFIED


def test_the_database_itself_asks_for_two(app):
    story = judged()
    decision = released(story, app)
    (row,) = propose_withdrawal(decision, WHY, by=story.officer, at=LATER)
    row.confirmed_at, row.confirmed_by_id = LATER, story.officer.id

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_award_waits_for_an_answer_and_goes_on_when_the_decision_stands(app):
    story = judged()
    decision = released(story, app)
    propose_withdrawal(decision, WHY, by=story.officer, at=LATER)
    db.session.flush()
    over = decision.standstill_ends_at
    with pytest.raises(Refused):
        award_decision(decision, by=story.approver, at=over)
    with pytest.raises(Refused, match="20"):
        refuse_withdrawal(decision, "Nee.", by=story.approver, at=over)
    with pytest.raises(Refused):
        refuse_withdrawal(decision, WHY, by=story.officer, at=over)

    refuse_withdrawal(decision, "De klacht is ongegrond verklaard.", by=story.approver, at=over)
    db.session.flush()

    assert letters_of("decisions/withdrawn") == []
    award_decision(decision, by=story.approver, at=over)
    assert story.challenge.state is ChallengeState.AWARDED


def test_the_journal_tells_of_both_decisions(app):
    story = judged()
    decision = released(story, app)
    with transaction():
        taken_back(story, decision)
        prepare_decision(story.challenge, by=story.secretary, at=LATER)

    acts = db.session.scalars(
        select(Entry.act).where(Entry.stream == story.challenge.code).order_by(Entry.seq)
    ).all()
    kept = [act for act in acts if act.startswith(("decision.", "withdrawal."))]
    assert kept == [
        "decision.prepared",
        "decision.cleared",
        "decision.released",
        "withdrawal.proposed",
        "withdrawal.confirmed",
        "decision.withdrawn",
        "decision.prepared",
    ]


def test_desks_show_the_newest_letter_and_one_task_for_the_new_decision(app):
    story = judged()
    first = withdrawn(story, app)
    mine = standing_of(story.founders[0])
    ((_proposal, _stage, code),) = overview_of(mine, LATER).proposals.rows
    assert code == first.letters[0].code

    second = released(story, app, at=LATER)
    ((_proposal, _stage, code),) = overview_of(mine, LATER).proposals.rows
    assert code in {row.code for row in second.letters}
    tasks = list(team_tasks(standing_of(story.approver), LATER))
    assert [task.due for task in tasks] == [second.standstill_ends_at]


def test_the_jury_judges_again_once_the_decision_is_withdrawn(app):
    """The jury's own rounds: while the letters stand nobody judges again, afterwards they do."""
    story = Story(proposals=2).agreed()
    story.challenge.state = ChallengeState.NOTIFIED
    given = {"due_at": story.round.due_at, "by": story.officer, "at": NOON}
    with pytest.raises(Refused):
        reassess(story.round, reason=WHY, **given)

    story.challenge.state = ChallengeState.OPENED
    assert reassess(story.round, reason=WHY, **given).number == 2


def test_on_the_pages_one_proposes_and_another_confirms(app, visitor):
    story = judged()
    decision = released(story, app)
    path = f"/challenges/{story.challenge.code}/decision"
    assert visitor.as_(story.approver).get(f"{path}/withdraw").status_code == 403
    assert visitor.get(f"{path}/withdrawal").status_code == 404  # nothing is proposed
    visitor.as_(story.officer)
    assert f"{path}/withdraw" in visitor.get(path).text
    unsure = visitor.hand_in(f"{path}/withdraw", reason=WHY)
    assert (unsure.status_code, WHY in unsure.text) == (422, True)
    assert visitor.hand_in(f"{path}/withdraw", reason=WHY, is_sure="y").status_code == 302
    assert visitor.hand_in(f"{path}/withdraw", path, reason=WHY, is_sure="y").status_code == 409
    assert visitor.get(f"{path}/withdrawal").status_code == 403
    assert "Er is voorgesteld dit besluit in te trekken" in visitor.get(path).text

    visitor.as_(story.approver)
    assert [task.what for task in team_tasks(standing_of(story.approver), LATER)] == [
        "Beslis over de voorgestelde intrekking"
    ]
    assert WHY in visitor.get(f"{path}/withdrawal").text
    unexplained = visitor.hand_in(f"{path}/withdrawal", answer="refuse")
    assert unexplained.status_code == 422
    assert visitor.hand_in(f"{path}/withdrawal", answer="confirm").status_code == 302

    page = visitor.get(path).text
    assert f"Voorgesteld door {story.officer.name}, bevestigd door {story.approver.name}" in page
    assert "Het eerdere besluit is ingetrokken" in page
    assert WHY in page
    letter = visitor.as_(story.founders[0]).get(f"/letters/{decision.letters[0].code}").text
    assert "Dit besluit is ingetrokken op" in letter
    assert WHY in letter

    db.session.expire_all()
    released(story, app, at=LATER)
    newest = decision_of(story.challenge).letters[0].code
    letter = visitor.get(f"/letters/{newest}").text
    assert "komt in de plaats van ons besluit van 1 juni 2026" in letter
    assert "Ingetrokken besluiten" in visitor.as_(story.officer).get(path).text
