"""A public body that owns a challenge too: its people read along, and act with a role only."""

import pytest

from sir.challenges.models import ChallengeState
from sir.challenges.services import add_partner, remove_partner, staff_challenge, unstaff_challenge
from sir.desk.queries import overview_of
from sir.kernel.errors import Refused
from sir.people.models import Role
from sir.permissions import standing_of
from tests.challenges.story import Story
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_organisation,
    make_startup,
    make_team_member,
)
from tests.proposals.story import draft, open_vault, submit

READERS = [Role.OWNER, Role.OFFICER, Role.PROGRAMME_MANAGER]
OTHERS = [Role.APPROVER, Role.AUDITOR, Role.SECRETARY, Role.INTEGRITY_OFFICER, Role.ORG_ADMIN]


def joined(story):
    body = make_organisation(name="Gemeente Partner")
    add_partner(story.challenge, body, by=story.owner, at=NOON)
    return body


@pytest.mark.parametrize("role", READERS)
def test_before_publication_a_partner_reads_the_draft_and_finds_it_on_the_desk(app, visitor, role):
    story = Story()
    person = make_member(role, joined(story))
    code, title = story.challenge.code, story.challenge.terms.title
    visitor.as_(person)

    assert title in visitor.get(f"/challenges/{code}").text
    page = visitor.get(f"/challenges/{code}/manage")
    assert (page.status_code, title in page.text) == (200, True)
    assert visitor.get(f"/challenges/{code}/concept.pdf").data.startswith(b"%PDF")
    assert title in visitor.get("/desk").text
    assert [row.id for row, _stage in overview_of(standing_of(person), NOON).followed.rows] == [
        story.challenge.id
    ]


@pytest.mark.parametrize("role", READERS)
def test_a_partner_reads_and_does_not_act(app, visitor, role):
    story = Story()
    code = story.challenge.code
    visitor.as_(make_member(role, joined(story)))
    page = visitor.get(f"/challenges/{code}/manage").text

    for path in ("edit/1", "criteria", "calendar", "team", "review", "publish", "cancel", "call"):
        assert visitor.get(f"/challenges/{code}/{path}").status_code in {403, 404}, path
        assert f"/challenges/{code}/{path}" not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("role", OTHERS)
def test_other_people_of_a_partner_do_not_see_the_draft(app, visitor, role):
    story = Story()
    person = make_member(role, joined(story))

    visitor.as_(person)

    assert visitor.get(f"/challenges/{story.challenge.code}").status_code == 404
    assert visitor.get(f"/challenges/{story.challenge.code}/manage").status_code == 404
    assert not overview_of(standing_of(person), NOON).followed.rows


def test_who_is_no_partner_and_who_no_longer_is_see_nothing(app, visitor):
    story = Story()
    body = joined(story)
    person = make_member(Role.OFFICER, body)
    strangers = [make_member(role, make_organisation()) for role in READERS]
    path = f"/challenges/{story.challenge.code}"
    for stranger in [*strangers, make_founder(make_startup())]:
        assert visitor.as_(stranger).get(path).status_code == 404
    assert visitor.as_(person).get(path).status_code == 200

    remove_partner(story.challenge, body, by=story.owner, at=NOON)

    assert visitor.as_(person).get(path).status_code == 404
    assert not overview_of(standing_of(person), NOON).followed.rows


def test_what_is_sealed_stays_sealed_for_a_partner(app, visitor, clock):
    challenge = make_challenge(state=ChallengeState.DRAFT, published_at=None)
    owner = make_team_member(Role.OWNER, challenge)
    body = make_organisation(name="Gemeente Partner")
    add_partner(challenge, body, by=owner, at=NOON)
    challenge.published_at, challenge.state = NOON, ChallengeState.PUBLISHED
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    people = [make_member(role, body) for role in READERS]

    for _step in ("sealed", "opened"):
        for person in people:
            visitor.as_(person)
            assert visitor.get(f"/challenges/{challenge.code}/manage").status_code == 200
            for path in ("opening", "journal", "journal/vault", "jury", "decision"):
                answer = visitor.get(f"/challenges/{challenge.code}/{path}")
                assert answer.status_code in {403, 404}, path
                assert proposal.bidder.name not in answer.text
            assert visitor.get(f"/proposals/{proposal.code}").status_code == 404
        if challenge.state is ChallengeState.PUBLISHED:
            open_vault(challenge, clock)


def test_with_a_role_on_the_challenge_somebody_of_a_partner_acts(app, visitor):
    story = Story()
    body = joined(story)
    person = make_member(Role.OFFICER, body, name="Wim van de Partner")
    code = story.challenge.code
    page = visitor.as_(story.owner).get(f"/challenges/{code}/team").text
    assert "(Gemeente Partner)" in page.split("Wim van de Partner")[1][:60]

    visitor.hand_in(f"/challenges/{code}/team", who=f"officer:{person.code}")

    assert visitor.as_(person).get(f"/challenges/{code}/criteria").status_code == 200
    with pytest.raises(Refused):
        remove_partner(story.challenge, body, by=story.owner, at=NOON)
    unstaff_challenge(story.challenge, person, Role.OFFICER, by=story.owner, at=NOON)
    remove_partner(story.challenge, body, by=story.owner, at=NOON)


def test_a_partner_lends_no_approver(app):
    story = Story()
    person = make_member(Role.APPROVER, joined(story))

    with pytest.raises(Refused):
        staff_challenge(story.challenge, person, Role.APPROVER, by=story.owner, at=NOON)
