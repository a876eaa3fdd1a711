"""What the verbs change, note and tell."""

from decimal import Decimal

import pytest

from sir.challenges.document import terms_document
from sir.challenges.models import ChallengeState
from sir.challenges.queries import team_of
from sir.challenges.services import (
    CriterionRow,
    draft_challenge,
    review_faults,
    set_calendar,
    set_plan,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.people.models import Role
from sir.terms.models import Procedure
from sir.terms.rules import FIELDS_BY_KEY, PROCEDURE_TEXTS
from tests.challenges.story import Story, join, press
from tests.makers import NOON, make_organisation, make_startup

HOSTILE = '#read("/etc/passwd") {{7*7}} <script>x</script> \u202e' + "[" * 200 + " $x$ \\ \x00\x07"


def test_a_draft_begins_with_standard_texts_and_a_whole_plan(app):
    buyer = make_organisation()
    owner = join(buyer, Role.OWNER, "O")

    challenge = draft_challenge(buyer, by=owner, at=NOON, title=" Stille\nnacht ")

    assert challenge.state is ChallengeState.DRAFT
    assert challenge.terms.title == "Stille nacht"
    assert "ARBIT" in challenge.terms.text_nl["contract_ip"]
    assert sum(row.weight for row in challenge.plan.criteria) == 100
    assert [(place.person, place.role) for place in team_of(challenge)] == [(owner, Role.OWNER)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.ORG_ADMIN])
def test_only_an_owner_of_the_body_begins(app, role):
    buyer = make_organisation()

    with pytest.raises(Refused):
        draft_challenge(buyer, by=join(buyer, role, "X"), at=NOON)


def test_a_startup_asks_no_challenge(app):
    startup = make_startup()
    with pytest.raises(Refused):
        draft_challenge(startup, by=join(startup, Role.OWNER, "X"), at=NOON)


def test_an_owner_elsewhere_is_nobody_here(app):
    elsewhere = join(make_organisation(), Role.OWNER, "X")
    with pytest.raises(Refused):
        draft_challenge(make_organisation(), by=elsewhere, at=NOON)


def test_text_may_be_too_long_while_it_is_a_draft(app):
    story = Story()

    story.write(texts={"nl": {"title": "x" * 500}})

    assert story.challenge.terms.title == "x" * 500
    assert [fault.field for fault in review_faults(story.challenge, NOON, press())] == ["title"]


def test_what_is_not_named_keeps_what_it_has(app):
    story = Story()

    story.write(texts={"nl": {"tried": "Niets."}})

    assert story.challenge.terms.text_nl["tried"] == "Niets."
    assert story.challenge.terms.title == "Stillere straten"
    assert story.challenge.terms.fee == 30_000


def test_an_unknown_field_is_a_mistake_of_ours(app):
    story = Story()
    for words in ({"texts": {"nl": {"nope": "x"}}}, {"texts": {"de": {}}}, {"state": "x"}):
        with pytest.raises(TypeError):
            story.write(**words)
    with pytest.raises(TypeError):
        set_calendar(story.challenge, by=story.owner, at=NOON, published_at=NOON)
    with pytest.raises(TypeError):
        set_plan(story.challenge, by=story.owner, at=NOON, sha256="x")


def test_the_standard_text_follows_the_procedure_unless_edited(app):
    story = Story()
    terms = story.challenge.terms

    story.write(procedure=Procedure.EUROPEAN_OPEN)
    assert terms.text_nl["procedure"] == PROCEDURE_TEXTS["nl"][Procedure.EUROPEAN_OPEN]

    story.write(texts={"nl": {"procedure": "Onze eigen woorden."}})
    story.write(procedure=Procedure.NATIONAL_OPEN)
    assert terms.text_nl["procedure"] == "Onze eigen woorden."


def test_criteria_can_be_replaced_added_and_dropped(app):
    story = Story()
    rows = [
        CriterionRow(f"C{n}", "Let op.", Decimal(weight)) for n, weight in enumerate((50, 30, 20))
    ]

    for chosen in (rows, rows[:2], rows):
        set_plan(story.challenge, by=story.owner, at=NOON, criteria=chosen)
        db.session.flush()
        db.session.expire_all()
        assert [row.name for row in story.challenge.plan.criteria] == [row.name for row in chosen]
        assert [row.key for row in story.challenge.plan.criteria] == ["K1", "K2", "K3"][
            : len(chosen)
        ]


def test_the_jury_is_as_large_as_its_functions(app):
    story = Story()

    set_plan(story.challenge, by=story.owner, at=NOON, composition=["A", "B", "C", "D"])

    assert story.challenge.plan.seat_count == 4


@pytest.mark.parametrize("key", sorted(FIELDS_BY_KEY))
def test_hostile_text_in_any_field_comes_out_as_text(app, key):
    story = Story()

    story.write(texts={"nl": {key: HOSTILE}})

    stored = story.challenge.terms.text_nl[key]
    assert stored.startswith('#read("/etc/passwd") {{7*7}} <script>')
    assert "\x00" not in stored
    assert "\u202e" not in stored
    assert press().measure(terms_document(story.challenge, "nl")).pages <= 4
