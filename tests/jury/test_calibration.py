"""The whole jury scores one invented proposal first, alone, and sees the spread afterwards."""

from decimal import Decimal
from fractions import Fraction

import pytest

from sir.jury.models import RoundState
from sir.jury.queries import calibration_of, submitted_calibrations
from sir.jury.rules.calibration import spreads
from sir.jury.rules.example import EXAMPLE
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    close_calibration,
    save_calibration,
    start_individual,
    vacate_seat,
    write_example,
)
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.proposals.models import PartKind
from sir.proposals.rules import FIELDS, faults_of
from tests.jury.story import REASON, Story
from tests.makers import NOON, make_plan

LONG = "Twee leden zijn ziek en de planning laat geen uitstel toe."


def calibrated():
    story = Story(plan=make_plan(calibration=True)).declared()
    return story, calibration_of(story.round)


def scores(story, calibration, seat, position=4, *, version=0, hands_in=True):
    keys = [criterion.key for criterion in story.plan.criteria]
    save_calibration(
        calibration,
        seat,
        version=version,
        marks=Marks(dict.fromkeys(keys, position), dict.fromkeys(keys, f"{seat.label} {REASON}")),
        hands_in=hands_in,
        by=seat.person,
        at=NOON,
    )
    db.session.flush()


def test_a_plan_without_calibration_has_none(app):
    story = Story().declared()
    assert calibration_of(story.round) is None
    start_individual(story.round, by=story.secretary, at=NOON)


def test_nobody_reads_before_everybody_scored_the_example(app):
    story, calibration = calibrated()
    with pytest.raises(Refused, match="kalibratie"):
        start_individual(story.round, by=story.secretary, at=NOON)
    for seat in story.jury:
        assert calibration.closed_at is None
        scores(story, calibration, seat)
    assert calibration.closed_at == NOON
    start_individual(story.round, by=story.secretary, at=NOON)
    assert story.round.state is RoundState.INDIVIDUAL
    with pytest.raises(Refused):
        scores(story, calibration, story.jury[0], version=1)


def test_the_secretary_closes_it_early_with_a_reason(app):
    story, calibration = calibrated()
    with pytest.raises(Refused):
        close_calibration(calibration, reason="Kort.", by=story.secretary, at=NOON)
    close_calibration(calibration, reason=LONG, by=story.secretary, at=NOON)
    db.session.flush()
    start_individual(story.round, by=story.secretary, at=NOON)
    with pytest.raises(Refused):
        close_calibration(calibration, reason=LONG, by=story.secretary, at=NOON)


def test_a_draft_is_kept_and_what_is_incomplete_is_not_handed_in(app):
    story, calibration = calibrated()
    seat = story.jury[0]
    draft = Marks({"K1": 3}, {"K1": "Kort."})
    given = {"by": seat.person, "at": NOON}
    with pytest.raises(Refused):
        save_calibration(calibration, seat, version=0, marks=draft, hands_in=True, **given)
    save_calibration(calibration, seat, version=0, marks=draft, hands_in=False, **given)
    db.session.flush()
    assert submitted_calibrations(calibration) == []
    with pytest.raises(ChangedMeanwhile):
        save_calibration(calibration, seat, version=0, marks=draft, hands_in=False, **given)
    scores(story, calibration, seat, version=1)
    with pytest.raises(Refused):
        scores(story, calibration, seat, version=2)


def test_only_its_own_juror_scores_for_a_seat(app):
    story, calibration = calibrated()
    one, two, _three = story.jury
    with pytest.raises(Refused):
        save_calibration(
            calibration, one, version=0, marks=Marks({}, {}), hands_in=False, by=two.person, at=NOON
        )


def test_who_left_the_jury_is_not_waited_for(app):
    story, calibration = calibrated()
    one, two, three = story.jury
    scores(story, calibration, two)
    vacate_seat(two, reason="Ziek.", by=story.secretary, at=NOON)
    db.session.flush()
    scores(story, calibration, one)
    assert calibration.closed_at is None
    scores(story, calibration, three)
    assert calibration.closed_at == NOON
    assert [sheet.seat for sheet in submitted_calibrations(calibration)] == [one, three]


def test_another_example_can_be_written_until_somebody_scores(app):
    story, calibration = calibrated()
    texts = {"title": "Een ander voorbeeld"}
    write_example(calibration, lang="nl", texts=texts, by=story.secretary, at=NOON)
    assert calibration.example["nl"]["title"] == "Een ander voorbeeld"
    assert calibration.example["nl"]["risks"] == EXAMPLE["nl"]["risks"]
    scores(story, calibration, story.jury[0], hands_in=False)
    with pytest.raises(Refused):
        write_example(calibration, lang="nl", texts=texts, by=story.secretary, at=NOON)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_standard_example_is_a_proposal_as_a_bidder_fills_it_in(lang):
    idea = {"idea": EXAMPLE[lang], "company": {}, "cost": {}}
    fields = tuple(field for field in FIELDS if field.part is PartKind.IDEA)
    assert faults_of(idea, fields) == []
    assert [f.key for f in fields if f.is_required and not EXAMPLE[lang].get(f.key)] == []
    assert ("verzonnen" if lang == "nl" else "invented") in EXAMPLE[lang]["title"]


def test_the_spread_is_counted_per_criterion(app):
    plan = make_plan()
    keys = [criterion.key for criterion in plan.criteria]
    sheets = {
        "J1": ({**dict.fromkeys(keys, 4), "K2": 1}, {"K1": "Goed."}),
        "J2": (dict.fromkeys(keys, 5), {}),
    }
    first, second, *_rest = spreads(plan, sheets)
    assert (first.mean, first.levels, first.is_wide) == (Fraction(7), 1, False)
    assert [answer.points for answer in first.answers] == [Decimal(6), Decimal(8)]
    assert first.answers[0].reason == "Goed."
    assert (second.levels, second.is_wide) == (4, True)
    assert spreads(plan, {}) == []


def test_the_pages_show_nothing_of_others_until_the_close(app, visitor):
    story, calibration = calibrated()
    path = f"/calibrations/{calibration.code}"
    one, two, three = story.jury
    scores(story, calibration, one)
    for person in (two.person, story.secretary):
        page = visitor.as_(person).get(path)
        assert page.status_code == 200
        assert "J1 Het voorstel" not in page.text
        assert "Luisterbank" in page.text
    assert visitor.as_(story.owner).get(path).status_code == 404
    visitor.as_(two.person)
    filled = {f"level_{row.key}": "2" for row in story.plan.criteria}
    answer = visitor.hand_in(path, version="0", submit="1", **filled)
    assert answer.status_code == 422
    reasons = {f"reason_{row.key}": REASON for row in story.plan.criteria}
    answer = visitor.hand_in(path, version="0", submit="1", **filled, **reasons)
    assert answer.status_code == 302, answer.text
    scores(story, calibration, three, 6)
    for person in (one.person, two.person, story.secretary):
        page = visitor.as_(person).get(path).text
        assert "J1 Het voorstel" in page
        assert "Grote spreiding" in page
        assert "sir-dots" in page
    assert visitor.as_(story.secretary).get(f"{path}/close").status_code == 200


def test_two_tabs_lose_nothing(app, visitor):
    story, calibration = calibrated()
    seat, path = story.jury[0], f"/calibrations/{calibration.code}"
    visitor.as_(seat.person)
    assert visitor.hand_in(path, version="0", reason_K1="Eerst").status_code == 302
    answer = visitor.hand_in(path, version="0", reason_K1="Later")
    assert answer.status_code == 409
    assert "Eerst" in answer.text
    assert "Later" in answer.text


def test_the_secretary_writes_and_closes_on_pages(app, visitor):
    story, calibration = calibrated()
    path = f"/calibrations/{calibration.code}"
    visitor.as_(story.secretary)
    texts = {key: f"Tekst {key}" for key in EXAMPLE["nl"]}
    assert visitor.hand_in(f"{path}/example/nl", **texts | {"title": ""}).status_code == 422
    assert visitor.hand_in(f"{path}/example/nl", **texts).status_code == 302
    assert visitor.get(f"{path}/example/fr").status_code == 404
    assert "Tekst solution" in visitor.get(path).text
    assert visitor.hand_in(f"{path}/close", reason="Kort").status_code == 422
    assert visitor.hand_in(f"{path}/close", reason=LONG).status_code == 302
    assert LONG in visitor.get(path).text
