"""From consensus on the jury reads each other's sheets, but never what somebody is kept from."""

import pytest

from sir.jury.models import Measure, SheetState, Tie
from sir.jury.queries import items_of, kept_from, sheets_of, sheets_on
from sir.jury.rules.sheets import Marks
from sir.jury.services import decide_tie, report_tie, save_sheet, submit_sheets, vacate_seat
from sir.kernel.database import db
from tests.jury.story import REASON, Story
from tests.jury.test_assigned import Divided

WHY = "Dit jurylid schreef in 2024 een rapport voor de inschrijver."
LATE = "Wij zaten tot vorig jaar in hetzelfde bestuur."


def divided(**given):
    """A divided round in consensus, in which J2 must not read proposal 3."""
    story = Divided(proposals=6).written()
    wishes = {"barred": {"3": frozenset({"J2"})}, "barred_reason": WHY}
    story.divided(**wishes | given)
    return story.scored().confers()


def on(story, number):
    """A sheet and an item on a proposal, by its number."""
    proposal = next(row for row in story.proposals if row.number == number)
    sheet = sheets_on(story.round, proposal)[0]
    item = next(row for row in items_of(story.round) if row.proposal_id == proposal.id)
    return f"/sheets/{sheet.code}", f"/sheets/{sheet.code}/proposal.pdf", f"/consensus/{item.code}"


def statuses(visitor, person, paths):
    visitor.as_(person)
    return [visitor.get(path).status_code for path in paths]


def test_a_division_gives_nobody_what_they_must_not_read(app):
    story = divided()
    _chair, second, *_others = story.jury
    assert 3 not in story.numbers(second)
    kept = kept_from(story.round, second.person)
    assert [row.number for row in story.proposals if row.id in kept] == [3]
    assert kept_from(story.round, story.chair.person) == frozenset()


def test_in_consensus_the_jury_also_reads_what_was_divided_to_others(app, visitor):
    story = divided()
    chair, second, third, *_others = story.jury
    for seat in (chair, third):
        assert statuses(visitor, seat.person, on(story, 3)) == [200] * 3
    assert statuses(visitor, second.person, on(story, 4)) == [200] * 3


def test_who_is_kept_from_a_proposal_never_reads_it_nor_what_others_wrote_on_it(app, visitor):
    story = divided()
    second = story.jury[1]
    paths = on(story, 3)

    assert statuses(visitor, second.person, paths) == [404] * 3

    agenda = visitor.get(f"/rounds/{story.round.code}/consensus").text
    assert paths[2] not in agenda
    assert "niet voor u" in agenda
    shown = [row for row in agenda.split("<tr")[2:] if "niet voor u" in row]
    assert shown
    assert all('data-label="Niveaus uit elkaar"><span>–<' in row for row in shown)
    items = [item for item in items_of(story.round) if item.proposal.number != 3]
    for item in items:
        assert (
            f"/consensus/{paths[2].rpartition('/')[2]}"
            not in visitor.get(f"/consensus/{item.code}").text
        )


def test_a_chair_who_is_kept_from_a_proposal_leaves_its_agreement_to_the_secretary(app, visitor):
    story = divided(barred={"3": frozenset({"J1"})})
    path = on(story, 3)[2]
    visitor.as_(story.chair.person)
    sent = {"version": "1", "level": "", "reason": REASON}
    assert visitor.hand_in(path, _from="/account/interests", **sent).status_code == 404
    visitor.as_(story.secretary)
    assert visitor.hand_in(path, **sent).status_code == 302


def test_a_tie_keeps_a_juror_from_a_divided_proposal_also_when_it_was_admitted(app, visitor):
    story = Divided(proposals=4).written()
    story.seated()
    story.seat()
    story.opened()
    bidder = story.proposals[1].bidder_id
    for seat in story.jury:
        tie = {"ties": {bidder: (Tie.SOFT, LATE)}} if seat.label == "J3" else {}
        story.declares(seat, **tie)
    admits(story, story.ties()[0])
    story.accepts(story.proposes()).scored().confers()
    third = story.jury[2]
    assert statuses(visitor, third.person, on(story, 2)) == [404] * 3
    assert statuses(visitor, third.person, on(story, 1)) == [200] * 3


def admits(story, tie):
    decide_tie(tie, measure=Measure.ADMIT, reason=LATE, by=story.officer, at=story.at)
    db.session.flush()
    story.clears()


def test_a_tie_that_shows_in_consensus_hides_the_proposal_until_it_is_decided(app, visitor):
    story = Story(proposals=2).written().conferring()
    second = story.jury[1]
    bidder = story.proposals[0].bidder
    paths = on(story, 1)
    assert statuses(visitor, second.person, paths) == [200] * 3

    report_tie(second, bidder, tie=Tie.SOFT, detail=LATE, by=second.person, at=story.at)

    assert statuses(visitor, second.person, paths) == [404] * 3
    assert statuses(visitor, second.person, on(story, 2)) == [200] * 3
    admits(story, story.ties()[0])
    assert statuses(visitor, second.person, paths) == [200] * 3


@pytest.mark.parametrize("reads", ["chair", "secretary"])
def test_a_sheet_that_was_set_aside_is_read_by_nobody_on_the_jury(app, visitor, reads):
    story = Story(proposals=1).written().conferring()
    gone = story.jury[1]
    (sheet,) = sheets_of(story.round, gone)
    person = story.chair.person if reads == "chair" else story.secretary
    path = f"/sheets/{sheet.code}"
    assert statuses(visitor, person, [path]) == [200]

    vacate_seat(gone, reason="Een band met een inschrijver.", by=story.secretary, at=story.at)
    db.session.flush()

    assert sheet.state is SheetState.VOID
    assert statuses(visitor, person, [path]) == [404]
    assert statuses(visitor, gone.person, [path]) == [404]


def test_a_juror_still_reads_their_own_note_after_handing_in_and_nobody_else_does(app, visitor):
    story = Story(proposals=1).written().started()
    first, second, _third = story.jury
    for seat in story.jury:
        (sheet,) = sheets_of(story.round, seat)
        keys = [row.key for row in story.plan.criteria]
        marks = Marks(dict.fromkeys(keys, 4), dict.fromkeys(keys, REASON), f"Notitie {seat.label}")
        save_sheet(sheet, version=sheet.version, marks=marks, by=seat.person, at=story.at)
        submit_sheets(story.round, seat, by=seat.person, at=story.at)
    db.session.flush()
    path = f"/sheets/{sheets_of(story.round, first)[0].code}"
    assert "Notitie J1" in visitor.as_(first.person).get(path).text

    story.confers()

    assert "Notitie J1" in visitor.as_(first.person).get(path).text
    page = visitor.as_(second.person).get(path)
    assert (page.status_code, "Notitie J1" in page.text) == (200, False)


def test_the_page_of_a_division_asks_why_somebody_must_not_read(app, visitor):
    story = Divided().ready()
    visitor.as_(story.secretary)
    path = f"/rounds/{story.round.code}/assign"
    loads = {f"least_{seat.label}": "1" for seat in story.jury}
    loads |= {f"most_{seat.label}": "6" for seat in story.jury}
    assert visitor.hand_in(path, barred="3: J2", **loads).status_code == 422
    assert visitor.hand_in(path, barred="3: J9", barred_reason=WHY, **loads).status_code == 422

    assert visitor.hand_in(path, barred="3: J2", barred_reason=WHY, **loads).status_code == 302

    page = visitor.get(path).text
    assert "3: J2" in page
    assert WHY in page
