"""The pages of criteria and calendar."""

import re
from decimal import Decimal

import pytest

from sir.challenges.models import ChallengeState
from sir.kernel.errors import Refused
from sir.workflows.rules import plan_faults
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
        report_advice="y",
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
    assert plan.report_advice is True
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


PRICED = {
    **{f"weight_{number}": share for number, share in enumerate(("10", "15", "20", "15", "10"), 1)},
    "weight_price": "30",
    "price_floor": "10.000",
    "price_ceiling": "30.000,00",
}


def test_a_price_is_kept_shown_again_and_taken_along_in_the_sum(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = saved_criteria(visitor, story, **PRICED)
    plan = story.challenge.plan
    page = visitor.get(at(story, "criteria")).text

    assert answer.status_code == 302
    assert (plan.price_weight, plan.price_formula.value) == (Decimal(30), "absolute")
    assert (plan.price_floor, plan.price_ceiling) == (Decimal(10_000), Decimal(30_000))
    assert "Wegingen samen: 100" in page
    assert 'value="10.000"' in page
    assert plan_faults(plan) == []


def test_a_relative_price_is_warned_of_and_without_its_clause_no_review_begins(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    relative = {"price_floor": "", "price_ceiling": "", "price_formula": "relative"}

    saved_criteria(visitor, story, **PRICED | relative)

    assert "de volgorde van twee andere omdraaien" in visitor.get(at(story, "criteria")).text
    assert [fault.field for fault in plan_faults(story.challenge.plan)] == ["no_new_ranking"]
    with pytest.raises(Refused, match="rangschikt als een voorstel afvalt"):
        story.submitted()
    saved_criteria(visitor, story, **PRICED | relative, no_new_ranking="y")
    story.with_assessor().submitted()
    assert story.challenge.state is ChallengeState.REVIEW


def test_a_price_that_is_no_amount_is_refused_beside_its_field_and_kept_as_typed(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = saved_criteria(visitor, story, **PRICED | {"price_floor": "tienduizend"})

    assert answer.status_code == 422
    assert 'value="tienduizend"' in answer.text
    assert story.challenge.plan.price_weight is None


def test_the_public_page_and_its_data_show_the_price_of_a_plan_that_weighs_one(app, visitor):
    story = Story(has_english=True)
    visitor.as_(story.owner)
    saved_criteria(visitor, story, **PRICED, **english(story))
    story.with_assessor().published()

    page = visitor.as_(None).get(at(story)).text
    data = visitor.get(at(story, "uitvraag.json")).get_json()

    assert "Wat u vraagt, exclusief btw." in page
    assert "De prijs telt voor 30%." in page
    assert "The price counts for 30%." in visitor.get("/en" + at(story)).text
    assert data["awardCriteria"] == "ratedCriteria"
    assert data["price"] == {
        "weight": "30",
        "formula": "absolute",
        "floor": "10000",
        "ceiling": "30000",
        "noNewRanking": False,
        "currency": "EUR",
    }


def english(story):
    plan = story.challenge.plan
    return {
        **{f"name_en_{row.position}": row.name_en for row in plan.criteria},
        **{f"looks_for_en_{row.position}": row.looks_for_en for row in plan.criteria},
        **{f"label_en_{row.position}": row.label_en for row in plan.levels},
        **{f"anchor_en_{row.position}": row.anchor_en for row in plan.levels},
    }
