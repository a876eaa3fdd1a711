"""The library of recipes: read by governments, used in a draft, shared by its owner."""

import pytest

from sir.challenges.models import ChallengeState
from sir.journal.queries import entries
from sir.people.models import Role
from sir.workflows.rules import BUILT_IN, plan_content, plan_hash
from sir.workflows.services import share_recipe
from tests.challenges.story import Story
from tests.makers import NOON, make_founder, make_member, make_startup, save


def at(story, part):
    return f"/challenges/{story.challenge.code}/{part}"


def shared(story, name="Ons recept"):
    recipe = share_recipe(
        story.challenge.plan,
        name=name,
        description="Voor vragen over <b>straten</b>.",
        body=story.challenge.buyer,
        by=story.owner,
        at=NOON,
    )
    return save(recipe)


def test_whoever_works_for_a_government_reads_every_recipe_and_nobody_else_does(app, visitor):
    story = Story()
    recipe = shared(story)
    elsewhere = make_member(Role.PROGRAMME_MANAGER)

    page = visitor.as_(elsewhere).get("/recipes")
    assert page.status_code == 200
    assert "Ontwerpprijsvraag" in page.text
    assert "Ons recept" in page.text
    assert "&lt;b&gt;straten&lt;/b&gt;" in page.text
    for code in (recipe.code, *BUILT_IN):
        assert visitor.get(f"/recipes/{code}").status_code == 200

    visitor.as_(make_founder(make_startup()))
    assert visitor.get("/recipes").status_code == 404
    assert visitor.get(f"/recipes/{recipe.code}").status_code == 404
    assert visitor.as_(None).get("/recipes").status_code == 302


def test_a_draft_begins_with_a_recipe_after_saying_what_it_replaces(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "recipes/twee-rondes")

    assert "Dit vervangt het hele plan van uw concept" in visitor.get(path).text
    version = str(story.challenge.plan.version)
    answer = visitor.hand_in(path, version=version)

    plan = story.challenge.plan
    assert answer.status_code == 302
    assert plan_content(plan) == plan_content(BUILT_IN["twee-rondes"].make())
    assert plan.recipe == "twee-rondes"
    assert entries(story.challenge.code)[0].act == "challenge.recipe_used"


def test_a_plan_that_somebody_changed_meanwhile_is_not_replaced(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    before = plan_hash(story.challenge.plan)
    old = str(story.challenge.plan.version - 1)

    answer = visitor.hand_in(at(story, "recipes/klein"), version=old)

    assert answer.status_code == 409
    assert "Iemand heeft de criteria intussen gewijzigd." in answer.text
    assert plan_hash(story.challenge.plan) == before


@pytest.mark.parametrize("code", ["klein", "NIETSDAN"])
def test_what_is_published_keeps_its_plan_and_an_unknown_recipe_is_not_there(app, visitor, code):
    story = Story()
    story.challenge.state, story.challenge.published_at = ChallengeState.PUBLISHED, NOON
    visitor.as_(story.owner)
    before = plan_hash(story.challenge.plan)
    version = str(story.challenge.plan.version)

    path = at(story, f"recipes/{code}")
    answer = visitor.hand_in(path, _from=at(story, "share"), version=version)

    assert answer.status_code == (409 if code == "klein" else 404)
    assert plan_hash(story.challenge.plan) == before


def test_an_owner_shares_a_plan_and_another_government_uses_it(app, visitor):
    story, other = Story(), Story()
    visitor.as_(story.owner)
    path = at(story, "share")

    assert visitor.hand_in(path, title="Stille straten").status_code == 422
    answer = visitor.hand_in(path, title="Stille straten", description="Voor geluid.")
    code = answer.location.rpartition("/")[2]

    visitor.as_(other.owner)
    version = str(other.challenge.plan.version)
    assert visitor.hand_in(at(other, f"recipes/{code}"), version=version).status_code == 302
    assert other.challenge.plan.recipe == code
    assert plan_content(other.challenge.plan) == plan_content(story.challenge.plan)


def test_only_the_writers_of_a_draft_may_change_or_share_its_plan(app, visitor):
    story = Story()
    visitor.as_(make_member(Role.OWNER))

    for part in ("recipes", "recipes/klein", "share"):
        assert visitor.get(at(story, part)).status_code == 404


def test_a_long_library_is_read_page_by_page(app, visitor):
    story = Story()
    for number in range(27):
        shared(story, name=f"Recept nummer {number:02}")
    visitor.as_(story.owner)

    first = visitor.get("/recipes").text
    assert first.count("Recept nummer") == 25
    address = first.partition("?before=")[2].partition('"')[0]
    second = visitor.get(f"/recipes?before={address}").text
    assert second.count("Recept nummer") == 2
    assert "Ontwerpprijsvraag" not in second
