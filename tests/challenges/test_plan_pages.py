"""The pages of criteria and calendar."""

from decimal import Decimal

import pytest

from sir.challenges.models import ChallengeState
from tests.challenges.story import Story


def at(story, part=""):
    return f"/challenges/{story.challenge.code}/{part}".rstrip("/")


def criteria_form(story, **changes):
    form = {"method": "consensus", "anonymity": "until_quality_lock", "min_reason": "80"}
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
