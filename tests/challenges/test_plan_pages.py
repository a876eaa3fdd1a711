"""The pages of criteria and calendar."""

import re
from decimal import Decimal

import pytest

from sir.challenges.models import ChallengeState
from tests.challenges.story import Story


def at(story, part=""):
    return f"/challenges/{story.challenge.code}/{part}".rstrip("/")


def criteria_form(story, **changes):
    form = {"method": "consensus", "anonymity": "until_quality_lock", "min_reason": "80"}
    form |= {"decimals": "2", "pitch": "none"}
    form |= {"composition": "Voorzitter\nKenner\nKenner", "lot_seed": "Een bron"}
    for row in story.challenge.plan.criteria:
        form |= {
            f"name_{row.position}": row.name,
            f"looks_for_{row.position}": row.looks_for,
            f"weight_{row.position}": str(row.weight),
        }
    for row in story.challenge.plan.levels:
        form |= {
            f"points_{row.position}": str(row.points),
            f"label_{row.position}": row.label,
            f"anchor_{row.position}": row.anchor,
        }
    return form | changes


def saved_criteria(visitor, story, **changes):
    path = at(story, "criteria")
    page = visitor.get(path).text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    return visitor.hand_in(path, **criteria_form(story, **changes), version=version)


def test_criteria_are_saved_with_a_comma(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = saved_criteria(visitor, story, weight_1="17,5", weight_2="37,5")

    assert answer.status_code == 302
    assert story.challenge.plan.criteria[0].weight == Decimal("17.5")


def test_every_choice_of_the_plan_is_kept_and_shown_again(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = saved_criteria(
        visitor,
        story,
        method="mean",
        competence="y",
        calibration="y",
        decimals="1",
        report_diagnostics="y",
        qualification="Gecertificeerd in toegankelijkheid",
        readers="2",
        load_least="4",
        load_most="6",
        pitch="rescore",
        pitch_questions="Wat leerde u van uw eerste gebruiker?\n\nWat kost het na afloop?",
        **{f"tie_{number}": str(6 - number) for number in range(1, 6)},
    )

    plan = story.challenge.plan
    assert answer.status_code == 302
    assert (plan.readers, plan.load_least, plan.load_most) == (2, 4, 6)
    assert (plan.competence, plan.calibration, plan.report_diagnostics) == (True, True, True)
    assert not plan.screen_names
    assert plan.decimals == 1
    assert plan.tie_order == ["K5", "K4", "K3", "K2", "K1"]
    assert plan.pitch_questions == [
        "Wat leerde u van uw eerste gebruiker?",
        "Wat kost het na afloop?",
    ]
    page = visitor.get(at(story, "criteria")).text
    assert "Wat kost het na afloop?" in page
    assert re.search(r'name="tie_1"[^>]*value="5"|value="5"[^>]*name="tie_1"', page)


def test_two_criteria_with_one_place_in_the_tie_list_are_told_and_nothing_is_lost(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = saved_criteria(visitor, story, tie_1="1", tie_2="1", lot_seed="Een nieuwe bron")

    assert answer.status_code == 422
    assert "Een ander criterium heeft deze plaats al." in answer.text
    assert "Een nieuwe bron" in answer.text
    assert story.challenge.plan.tie_order == []


def test_weights_that_do_not_add_up_are_kept_and_told_before_a_review(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    saved_criteria(visitor, story, weight_1="30,01")
    answer = visitor.hand_in(at(story, "submit"), _from=at(story, "manage"))

    assert story.challenge.plan.criteria[0].weight == Decimal("30.01")
    assert answer.status_code == 409
    assert "De wegingen zijn samen 100,01. Dat moet precies 100 zijn." in answer.text
    assert story.challenge.state is ChallengeState.DRAFT


def moments(**changes):
    form = {}
    for key, (day, month, year) in {
        "questions_close_at": ("15", "6", "2026"),
        "answers_by": ("22", "6", "2026"),
        "closes_at": ("7", "7", "2026"),
    }.items():
        form |= {f"{key}-day": day, f"{key}-month": month, f"{key}-year": year}
    form |= {"questions_close_at-time": "12.00", "closes_at-time": "12.00"}
    return form | changes


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (("28", "3", "02.30"), 422),  # does not exist
        (("28", "3", "03.00"), 302),  # exists; that it is a Sunday is told before a review
        (("31", "10", "02.30"), 422),  # comes twice
        (("30", "2", "12.00"), 422),
        (("1", "4", ""), 422),
    ],
)
def test_a_deadline_is_one_instant(app, visitor, typed, status):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "calendar")
    page = visitor.get(path).text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    names = ("closes_at-day", "closes_at-month", "closes_at-time")
    deadline = dict(zip(names, typed, strict=True)) | {"closes_at-year": "2027"}

    answer = visitor.hand_in(path, **moments(**deadline), version=version)

    assert answer.status_code == status


def test_a_proposed_hour_alone_is_no_date(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "calendar")
    page = visitor.get(path).text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]

    answer = visitor.hand_in(path, **{"meeting_at-time": "12.00"}, version=version)

    assert answer.status_code == 302
    assert story.challenge.meeting_at is None
