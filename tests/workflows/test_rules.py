"""A plan is right, or says every reason why a jury could not judge by it."""

from decimal import Decimal

import pytest

from sir.workflows.models import Anonymity, Method, PitchKind
from sir.workflows.rules import digits, plan_content, plan_faults, plan_hash, standard_plan


def plan(**changes):
    made = standard_plan()
    made.anonymity = Anonymity.UNTIL_QUALITY_LOCK
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def fields(made, **words):
    return [fault.field for fault in plan_faults(made, **words)]


def test_the_standard_plan_has_no_fault_in_either_language():
    assert plan_faults(plan()) == []
    assert plan_faults(plan(), has_english=True) == []


@pytest.mark.parametrize(
    ("last", "is_right"), [("9.99", False), ("10", True), ("10.00", True), ("10.01", False)]
)
def test_weights_add_up_to_exactly_one_hundred(last, is_right):
    made = plan()
    made.criteria[-1].weight = Decimal(last)

    assert (fields(made) == []) is is_right


@pytest.mark.parametrize("weight", ["0", "-10", "10.001"])
def test_a_weight_is_above_zero_with_two_decimals(weight):
    made = plan()
    made.criteria[-1].weight = Decimal(weight)

    assert "criteria-5" in fields(made)


@pytest.mark.parametrize(("count", "is_right"), [(2, False), (3, True), (4, True), (5, True)])
def test_there_are_three_to_five_criteria(count, is_right):
    made = plan()
    del made.criteria[count:]
    made.criteria[0].weight = 100 - sum(row.weight for row in made.criteria[1:])

    assert (fields(made) == []) is is_right


@pytest.mark.parametrize(("length", "is_right"), [(40, True), (41, False)])
def test_a_name_has_at_most_forty_characters(length, is_right):
    made = plan()
    made.criteria[0].name = "x" * length

    assert (fields(made) == []) is is_right


@pytest.mark.parametrize(("length", "is_right"), [(0, False), (180, True), (181, False)])
def test_what_we_look_for_has_at_most_180_characters(length, is_right):
    made = plan()
    made.criteria[0].looks_for = "x" * length

    assert (fields(made) == []) is is_right


def test_two_criteria_may_not_have_one_name():
    made = plan()
    made.criteria[1].name = made.criteria[0].name.upper()

    assert fields(made) == ["criteria"]


def test_points_rise_strictly():
    made = plan()
    made.levels[2].points = made.levels[1].points

    assert fields(made) == ["levels"]


@pytest.mark.parametrize(
    ("minimum", "is_right"), [("0", False), ("0.01", True), ("10", True), ("10.01", False)]
)
def test_a_minimum_lies_on_the_scale(minimum, is_right):
    made = plan()
    made.criteria[0].minimum = Decimal(minimum)

    assert (fields(made) == []) is is_right


@pytest.mark.parametrize(
    ("name", "value", "is_right"),
    [
        ("minimum_total", Decimal(100), True),
        ("minimum_total", Decimal("100.01"), False),
        ("minimum_total", Decimal(0), False),
        ("min_reason", 79, False),
        ("min_reason", 80, True),
        ("min_reason", 1001, False),
        ("decimals", 5, False),
        ("lot_seed", " ", False),
    ],
)
def test_settings_stay_within_their_bounds(name, value, is_right):
    assert (fields(plan(**{name: value})) == []) is is_right


@pytest.mark.parametrize(("count", "is_right"), [(2, False), (3, True), (9, True), (10, False)])
def test_a_jury_has_three_to_nine_seats(count, is_right):
    made = plan(seat_count=count, composition=["Deskundige"] * count)

    assert (fields(made) == []) is is_right


def test_every_seat_has_a_function():
    assert fields(plan(seat_count=4)) == ["composition"]


def test_english_is_asked_only_when_there_is_english():
    made = plan()
    made.criteria[1].looks_for_en = ""

    assert fields(made) == []
    assert fields(made, has_english=True) == ["criteria-2"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("40", "40"), ("40.00", "40"), ("12.50", "12.5"), ("100", "100"), ("0.10", "0.1"), ("0", "0")],
)
def test_a_decimal_is_written_in_one_way(value, text):
    assert digits(Decimal(value)) == text


def test_the_hash_knows_every_part_and_not_how_a_number_was_typed():
    before = plan_hash(plan())
    same, other = plan(), plan()
    same.criteria[0].weight = Decimal("30.00")
    other.levels[0].anchor = "Iets anders."

    assert plan_hash(same) == before
    assert plan_hash(other) != before
    assert plan_hash(plan(method=Method.MEAN)) != before


def test_the_content_holds_no_number_that_could_be_a_float():
    content = plan_content(plan())

    assert [row["weight"] for row in content["criteria"]] == ["30", "25", "20", "15", "10"]
    assert [row["points"] for row in content["levels"]] == ["0", "2", "4", "6", "8", "10"]


def divided(**changes):
    given = {"method": Method.MEAN, "competence": True, "readers": 2}
    return plan(**given | {"load_least": 0, "load_most": 9} | changes)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"readers": 1}, ["readers"]),
        ({"readers": 3}, ["readers"]),  # of three: that is everybody
        ({"method": Method.CONSENSUS}, ["method"]),
        ({"load_least": None}, ["load_least"]),
        ({"load_least": 10}, ["load_least"]),
        ({"load_least": 9}, []),
        ({"readers": None}, ["readers"]),
        ({"readers": None, "load_least": None, "load_most": None}, []),
    ],
)
def test_proposals_are_divided_only_when_the_mean_counts_and_with_loads(changes, found):
    assert fields(divided(**changes)) == found


@pytest.mark.parametrize(
    ("order", "is_right"),
    [
        ([], True),
        (["K5", "K4", "K3", "K2", "K1"], True),
        (["K1", "K2"], False),
        (["K1", "K2", "K3", "K4", "K6"], False),
        (["K1", "K1", "K2", "K3", "K4", "K5"], False),
    ],
)
def test_a_tie_list_names_every_criterion_once_or_none(order, is_right):
    assert (fields(plan(tie_order=order)) == []) is is_right


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"pitch_questions": ["Hoe?"]}, []),
        ({}, ["pitch_questions"]),
        ({"pitch_questions": ["x" * 200] * 5}, []),
        ({"pitch_questions": ["x" * 201]}, ["pitch_questions"]),
        ({"pitch_questions": ["Hoe?"] * 6}, ["pitch_questions"]),
        ({"pitch_questions": ["Hoe?"], "anonymity": Anonymity.UNTIL_DECISION}, ["pitch"]),
    ],
)
def test_a_pitch_has_the_same_questions_for_everybody_and_a_face(changes, found):
    assert fields(plan(pitch=PitchKind.RESCORE, **changes)) == found


def test_an_average_asks_each_member_whether_they_can_judge_each_criterion():
    assert fields(plan(method=Method.MEAN)) == ["competence"]
    assert fields(plan(method=Method.MEAN, competence=True)) == []


@pytest.mark.parametrize(("reason", "is_right"), [("", False), ("  ", False), ("Bekend.", True)])
def test_reading_with_names_has_a_reason(reason, is_right):
    made = plan(anonymity=Anonymity.OPEN, anonymity_reason=reason)

    assert (fields(made) == []) is is_right


def test_every_choice_of_a_plan_changes_its_hash():
    before = plan_hash(plan())

    for name, value in (
        ("tie_order", ["K1"]),
        ("readers", 2),
        ("calibration", True),
        ("competence", True),
        ("screen_names", False),
        ("qualification", "x"),
        ("pitch", PitchKind.CLARIFY),
        ("pitch_questions", ["x"]),
        ("price_weight", Decimal(10)),
    ):
        assert plan_hash(plan(**{name: value})) != before, name
