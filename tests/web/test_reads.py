"""Whoever reads what is not their own leaves a line, and leaves it before the page is out."""

from datetime import timedelta

import pytest

from sir.challenges.models import ChallengeState
from sir.journal.queries import entries, faults
from sir.jury.queries import items_of, sheets_of
from sir.jury.services import lock_quality, make_ranking
from sir.kernel.database import db
from sir.people.models import Role
from sir.web.reads import stream_of_reads
from tests.jury.story import Story
from tests.makers import make_member


def lines(story):
    stream = stream_of_reads(story.challenge.code)
    return [(row.actor, row.act, row.thing) for row in reversed(entries(stream, limit=500))]


@pytest.fixture
def story(app):
    return Story(proposals=1).written().agreed()


def test_the_first_look_of_an_hour_is_a_line_and_the_next_belongs_to_it(visitor, story, clock):
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)
    visitor.as_(seat.person)

    for _look in range(3):
        assert visitor.get(f"/sheets/{sheet.code}").status_code == 200
    assert lines(story) == [(seat.person.code, "sheet.read", f"sheet:{sheet.code}")]

    clock.at += timedelta(hours=1)
    visitor.get(f"/sheets/{sheet.code}")
    assert len(lines(story)) == 2
    assert not list(faults())


def test_two_readers_are_two_lines_and_a_file_is_read_too(visitor, story):
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)
    db.session.commit()

    for person, path in (
        (story.secretary, f"/rankings/{ranking.code}.csv"),
        (story.chair.person, f"/rankings/{ranking.code}"),
    ):
        assert visitor.as_(person).get(path).status_code == 200

    name = f"ranking:{ranking.code}"
    assert lines(story) == [
        (story.secretary.code, "ranking.read", name),
        (story.chair.person.code, "ranking.read", name),
    ]


def test_who_is_refused_has_read_nothing(visitor, story):
    item = items_of(story.round)[0]

    assert visitor.as_(story.owner).get(f"/consensus/{item.code}").status_code in {403, 404}
    assert visitor.as_(None).get(f"/consensus/{item.code}").status_code == 302

    assert lines(story) == []


def test_a_bidder_reads_its_own_proposal_without_a_line(visitor, story):
    proposal = story.proposals[0]
    founder = make_member(Role.STARTUP_MEMBER, proposal.bidder)

    assert visitor.as_(founder).get(f"/proposals/{proposal.code}").status_code == 200

    assert lines(story) == []


def test_a_look_that_cannot_be_written_down_is_not_given(visitor, story, monkeypatch, app):
    def refuse(*_args, **_given):
        msg = "no room in the journal"
        raise RuntimeError(msg)

    monkeypatch.setattr("sir.web.reads.record", refuse)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)

    answer = visitor.as_(seat.person).get(f"/sheets/{sheet.code}")

    assert answer.status_code == 500
    assert "Oplossing" not in answer.text


def test_an_auditor_reads_the_jurys_work_once_it_is_awarded_and_every_look_is_a_line(
    visitor, story
):
    auditor = make_member(Role.AUDITOR, story.challenge.buyer)
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)
    story.signed(ranking)
    (sheet,) = sheets_of(story.round, story.jury[0])
    item = items_of(story.round)[0]
    pages = [
        f"/challenges/{story.challenge.code}/jury",
        f"/sheets/{sheet.code}",
        f"/rounds/{story.round.code}/consensus",
        f"/consensus/{item.code}",
        f"/rounds/{story.round.code}/diagnosis",
        f"/rankings/{ranking.code}",
        f"/rankings/{ranking.code}.json",
    ]
    visitor.as_(auditor)
    assert {visitor.get(path).status_code for path in pages} == {404}

    story.challenge.state = ChallengeState.AWARDED
    db.session.commit()

    assert {path: visitor.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)
    assert {(actor, act) for actor, act, _thing in lines(story)} == {
        (auditor.code, act)
        for act in ("sheet.read", "consensus.read", "diagnosis.read", "ranking.read")
    }
