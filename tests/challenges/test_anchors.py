"""What a level means for one criterion: written, printed, frozen, and falling back on the scale."""

import pytest

from sir.challenges.document import terms_document
from sir.challenges.services import CriterionRow, LevelRow, set_plan, write_anchors
from sir.jury.queries import sheets_of
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.workflows.rules import anchor_of, follow, own_anchors, plan_content, plan_faults, plan_hash
from tests.challenges.story import Story, press
from tests.jury.story import Story as JuryStory
from tests.makers import NOON

TEXT = "Meetbaar stiller in elke slaapkamer & tuin"


def rows(plan):
    return [CriterionRow(row.name, row.looks_for, row.weight, row.minimum) for row in plan.criteria]


def path(story):
    return f"/challenges/{story.challenge.code}/criteria/levels"


def version_in(page):
    return page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]


def write(story, anchors=None):
    write_anchors(story.challenge, anchors or {1: {"5": {"nl": TEXT}}}, by=story.owner, at=NOON)
    db.session.commit()


def test_a_text_for_one_level_is_typed_shown_again_and_printed(app, visitor):
    story = Story()
    before = plan_hash(story.challenge.plan)
    visitor.as_(story.owner)
    page = visitor.get(path(story)).text
    assert story.challenge.plan.levels[0].anchor in page, "the scale's text is the example"

    answer = visitor.hand_in(path(story), nl_1_5=TEXT, version=version_in(page))

    assert answer.status_code == 302
    plan = story.challenge.plan
    assert plan.criteria[0].anchors == {"5": {"nl": TEXT}}
    assert plan_hash(plan) != before
    assert "slaapkamer &amp; tuin" in visitor.get(path(story)).text
    document = terms_document(story.challenge, "nl")
    assert "anchors" in [section.key for section in press().measure(document).sections]
    assert "slaapkamer &amp; tuin" in visitor.get(f"/challenges/{story.challenge.code}").text


def test_a_text_that_is_too_long_is_kept_and_refused(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    page = visitor.get(path(story)).text

    answer = visitor.hand_in(path(story), nl_1_5="lang " * 30, version=version_in(page))

    assert answer.status_code == 422
    assert "lang lang" in answer.text
    assert story.challenge.plan.criteria[0].anchors == {}


def test_two_editors_of_the_texts_see_both_versions(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    page = visitor.get(path(story)).text
    write(story)

    answer = visitor.hand_in(path(story), nl_1_5="Iets anders", version=version_in(page))

    assert answer.status_code == 409
    assert "slaapkamer" in answer.text
    assert "Iets anders" in answer.text


def test_an_empty_text_falls_back_on_the_scale(app):
    story = Story()
    write(story)
    write(story, {1: {"5": {"nl": "  "}}})
    plan = story.challenge.plan

    assert plan.criteria[0].anchors == {}
    assert own_anchors(plan) == []
    level = plan.levels[0]
    assert anchor_of({}, level, "nl") == level.anchor
    assert anchor_of({"1": {"nl": "Eigen"}}, level, "nl") == "Eigen"
    assert anchor_of({"1": {"nl": "Eigen"}}, level, "en") == "Eigen"
    assert anchor_of({"1": {"nl": "Eigen", "en": "Own"}}, level, "en") == "Own"


def test_texts_go_with_their_criterion_when_rows_move_or_leave(app):
    story = Story()
    write(story)
    moved = rows(story.challenge.plan)
    moved[0], moved[1] = moved[1], moved[0]
    set_plan(story.challenge, by=story.owner, at=NOON, criteria=moved)
    assert [bool(row.anchors) for row in story.challenge.plan.criteria[:2]] == [False, True]

    set_plan(story.challenge, by=story.owner, at=NOON, criteria=moved[:1] + moved[2:])
    assert own_anchors(story.challenge.plan) == []


def test_another_name_keeps_the_texts():
    texts = {"5": {"nl": TEXT}}
    former = [("Effect", texts), ("Team", {})]

    assert follow(["Effect op straat", "Team"], former) == [texts, {}]
    assert follow(["Team", "Effect"], former) == [{}, texts]
    assert follow(["Team"], former) == [{}]
    assert follow(["Nieuw", "Effect", "Team"], former) == [{}, texts, {}]


def test_a_level_that_leaves_takes_its_texts_along(app):
    story = Story()
    write(story)
    plan = story.challenge.plan
    kept = [LevelRow(row.points, row.label, row.anchor) for row in plan.levels[:4]]

    set_plan(story.challenge, by=story.owner, at=NOON, levels=kept)

    assert plan_content(plan)["criteria"][0]["anchors"] == {}


def test_a_plan_in_english_asks_for_the_english_of_a_text(app, visitor):
    story = Story(has_english=True)
    write(story)
    fields = [fault.field for fault in plan_faults(story.challenge.plan, has_english=True)]
    assert "anchors-1" in fields

    write(story, {1: {"5": {"en": "Measurably quieter"}}})

    fields = [fault.field for fault in plan_faults(story.challenge.plan, has_english=True)]
    assert "anchors-1" not in fields
    assert story.challenge.plan.criteria[0].anchors["5"]["nl"] == TEXT


def test_after_the_review_began_nobody_writes_a_text(app):
    story = Story()
    story.approved()

    with pytest.raises(Refused):
        write(story)


def test_a_juror_reads_the_criterions_own_text_on_the_sheet(app, visitor):
    story = JuryStory(proposals=1).written().started()
    story.challenge.plan.criteria[0].anchors = {"4": {"nl": TEXT}}
    (sheet,) = sheets_of(story.round, story.jury[0])

    page = visitor.as_(story.jury[0].person).get(f"/sheets/{sheet.code}").text

    assert page.count("slaapkamer &amp; tuin") == 1
    assert story.challenge.plan.levels[3].anchor in page, "other criteria keep the scale's text"
