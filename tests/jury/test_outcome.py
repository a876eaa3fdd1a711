"""Rankings that nobody can change, reports, signatures, and the reasons for the letters."""

import json
from decimal import Decimal

import pytest

from sir.jury.models import RoundState
from sir.jury.queries import items_of, latest_ranking, reasons_of, report_of
from sir.jury.rules.ranking import rank
from sir.jury.rules.reading import parse
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.services import (
    agree_item,
    lock_quality,
    make_ranking,
    make_report,
    sign_report,
    vacate_seat,
)
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.workflows.models import Anonymity, Method
from tests.jury.story import REASON, Story
from tests.makers import NOON
from tests.ports.pdftext import text_of

LATER = "De telling stond nog op de oude weging, daarom opnieuw."


@pytest.fixture
def ports(app):
    return {"press": app.extensions["sir.press"], "store": app.extensions["sir.store"]}


def ranked(story):
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    return ranking


def test_the_ranking_is_what_its_own_file_gives(app):
    story = Story().conferring(3, 4, 5)
    for item in items_of(story.round):
        story.agrees(item, 3 + (item.proposal.number == 2))
    ranking = ranked(story)

    document = parse(ranking.inputs.encode())
    again = written_outcome(rank(read_plan(document), read_scores(document)))

    assert ranking.inputs_sha256 == sha256(ranking.inputs.encode())
    assert canonical(json.loads(ranking.inputs)) == ranking.inputs.encode()
    assert {"ranking": ranking.result["ranking"], "shortlist": []} == again
    assert [place["proposal"] for place in again["ranking"]] == ["2", "1", "3"]
    assert latest_ranking(story.challenge) is ranking
    assert story.round.state is RoundState.RANKED


def test_the_mean_counts_exactly_and_needs_one_reason(app):
    story = Story(proposals=1)
    story.plan.method = Method.MEAN
    story.conferring(4, 4, 5)
    for item in items_of(story.round):
        agree_item(
            item, version=item.version, level=None, reason=REASON, by=story.chair.person, at=NOON
        )
    ranking = ranked(story)

    (place,) = ranking.result["ranking"]
    assert (place["exact"], place["score"]) == ("200/3", "66.67")
    (first, *_rest) = reasons_of(story.proposals[0], story.round)
    assert (first.level, first.points, first.maximum) == (None, Decimal("6.67"), Decimal(10))
    assert first.reason == REASON.strip() or first.reason == REASON


def test_reasons_come_per_criterion_in_the_plans_order(app):
    story = Story(proposals=1).agreed()
    reasons = reasons_of(story.proposals[0], story.round)
    assert [row.criterion.key for row in reasons] == ["K1", "K2", "K3", "K4"]
    assert {(row.level.position, row.points, row.reason) for row in reasons} == {
        (4, Decimal("6.00"), REASON)
    }


def test_an_empty_seat_blocks_the_ranking_whatever_the_numbers(app):
    story = Story().conferring()
    leaving = story.jury[1]
    for item in items_of(story.round):
        story.agrees(item, 4)
    vacate_seat(leaving, reason="Ziek.", by=story.secretary, at=NOON)
    db.session.flush()
    with pytest.raises(Refused):
        lock_quality(story.round, by=story.chair.person, at=NOON)


def test_no_seat_is_emptied_once_quality_is_settled(app):
    story = Story().agreed()
    ranked(story)
    with pytest.raises(Refused):
        vacate_seat(story.jury[1], reason="Ziek.", by=story.secretary, at=NOON)


def test_a_second_ranking_stands_beside_the_first_with_its_reason(app):
    story = Story().agreed()
    first = ranked(story)
    with pytest.raises(Refused):
        make_ranking(story.round, by=story.secretary, at=NOON)

    second = make_ranking(story.round, by=story.secretary, at=NOON, reason=LATER)
    db.session.flush()

    assert (first.number, second.number, second.reason) == (1, 2, LATER)
    assert latest_ranking(story.challenge) is second
    assert first.inputs_sha256 == second.inputs_sha256


def test_the_report_is_about_the_newest_ranking(app, ports):
    story = Story().agreed()
    first = ranked(story)
    make_ranking(story.round, by=story.secretary, at=NOON, reason=LATER)
    db.session.flush()
    with pytest.raises(Refused):
        make_report(first, by=story.secretary, at=NOON, **ports)


def test_every_seat_signs_over_one_hash_and_the_last_decides(app, ports):
    story = Story().agreed()
    report = make_report(ranked(story), by=story.secretary, at=NOON, **ports)
    db.session.flush()
    pdf = ports["store"].fetch(report.pdf)
    assert pdf.startswith(b"%PDF")
    assert sha256(pdf) == report.sha256

    first, second, third = story.jury
    sign_report(report, first, by=first.person, at=NOON)
    with pytest.raises(Refused):
        sign_report(report, first, by=first.person, at=NOON)
    with pytest.raises(Refused):
        sign_report(report, second, by=first.person, at=NOON)
    with pytest.raises(Refused):
        sign_report(report, second, by=second.person, at=NOON, refusal="Nee.")
    sign_report(report, second, by=second.person, at=NOON, refusal="Ik vind plaats twee onjuist.")
    assert story.round.state is RoundState.SIGNING
    signature = sign_report(report, third, by=third.person, at=NOON)

    assert signature.sha256 == report.sha256
    assert (story.round.state, story.round.decided_at) == (RoundState.DECIDED, NOON)
    assert report_of(report.ranking) is report


@pytest.mark.parametrize(
    ("anonymity", "is_named"),
    [
        (Anonymity.UNTIL_DECISION, False),
        (Anonymity.UNTIL_QUALITY_LOCK, True),
        (Anonymity.OPEN, True),
    ],
)
def test_the_report_names_bidders_only_when_the_plan_lets_it(app, ports, anonymity, is_named):
    story = Story()
    story.plan.anonymity = anonymity
    story.agreed()
    ranking = ranked(story)
    report = make_report(ranking, by=story.secretary, at=NOON, **ports)

    pages = text_of(ports["store"].fetch(report.pdf))
    assert ("StartupAA" in pages) is is_named
    assert "eenproefvanelfweken" in pages


@pytest.mark.parametrize("is_promised", [True, False])
def test_the_report_says_how_far_jurors_lay_apart_only_when_the_plan_promised_it(app, is_promised):
    story = Story(proposals=1).agreed(2, 4, 5)
    story.plan.report_diagnostics = is_promised
    lock_quality(story.round, by=story.chair.person, at=NOON)
    report = story.signed(make_ranking(story.round, by=story.secretary, at=NOON))

    pages = text_of(app.extensions["sir.store"].fetch(report.pdf))

    assert ("Hoeverdejuryledenuitelkaarlagen" in pages) is is_promised
    assert ("20,0080,0060,00" in pages) is is_promised
