"""Who may hold which roles on a challenge, and its partners."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from sir.challenges.queries import team_of
from sir.challenges.services import (
    add_partner,
    remove_partner,
    review_faults,
    staff_challenge,
    unstaff_challenge,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from sir.people.models import Membership, OrganisationKind, Role
from sir.web.letters import rendered
from tests.challenges.story import Story, join, press
from tests.makers import NOON, make_organisation, make_person, save


def letters():
    return sorted(
        (letter.template, letter.to) for letter in db.session.scalars(select(Letter)).all()
    )


def give(person, body, role):
    save(Membership(person_id=person.id, organisation_id=body.id, role=role, since=NOON))


@pytest.mark.parametrize("role", [Role.OWNER, Role.OFFICER])
def test_whoever_writes_does_not_approve(app, role):
    story = Story()
    person = story.owner if role is Role.OWNER else story.officer
    give(person, story.buyer, Role.APPROVER)

    with pytest.raises(Refused, match="Kies een collega"):
        staff_challenge(story.challenge, person, Role.APPROVER, by=story.owner, at=NOON)


def test_whoever_approves_does_not_write(app):
    story = Story()
    save(
        Membership(
            person_id=story.approver.id,
            organisation_id=story.buyer.id,
            role=Role.OFFICER,
            since=NOON,
        )
    )

    with pytest.raises(Refused, match="Kies een collega"):
        staff_challenge(story.challenge, story.approver, Role.OFFICER, by=story.owner, at=NOON)


def test_only_a_colleague_with_that_role_joins(app):
    story = Story()
    stranger = join(make_organisation(), Role.OFFICER, "X")

    with pytest.raises(Refused):
        staff_challenge(story.challenge, stranger, Role.OFFICER, by=story.owner, at=NOON)
    with pytest.raises(Refused):
        staff_challenge(story.challenge, make_person(), Role.JUROR, by=story.owner, at=NOON)


def test_a_role_is_given_once_and_told_once(app):
    story = Story()
    before = letters()

    staff_challenge(story.challenge, story.officer, Role.OFFICER, by=story.owner, at=NOON)

    assert letters() == before
    assert before.count(("challenges/staffed", story.officer.email)) == 1


def test_the_last_officer_stays(app):
    story = Story()

    with pytest.raises(Refused):
        unstaff_challenge(story.challenge, story.officer, Role.OFFICER, by=story.owner, at=NOON)
    unstaff_challenge(story.challenge, story.secretary, Role.SECRETARY, by=story.owner, at=NOON)

    assert Role.SECRETARY not in {place.role for place in team_of(story.challenge)}


def test_a_ministry_as_partner_lowers_the_threshold(app):
    story = Story()
    ministry = make_organisation(kind=OrganisationKind.MINISTRY)
    assert review_faults(story.challenge, NOON, press()) == []

    add_partner(story.challenge, ministry, by=story.owner, at=NOON)
    lower = review_faults(story.challenge, NOON, press())
    remove_partner(story.challenge, ministry, by=story.owner, at=NOON)

    assert [fault.field for fault in lower] == ["procedure_kind"]
    assert review_faults(story.challenge, NOON, press()) == []


def test_a_price_that_counts_asks_for_somebody_who_opens_it(app):
    story = Story()
    before = [fault.field for fault in review_faults(story.challenge, NOON, press())]
    story.challenge.plan.price_weight = Decimal(20)

    faults = {fault.field for fault in review_faults(story.challenge, NOON, press())}
    story.with_assessor()
    after = {fault.field for fault in review_faults(story.challenge, NOON, press())}

    assert "price_assessor" not in before
    assert faults - after == {"price_assessor"}


def test_the_letter_to_a_price_assessor_points_at_a_page_they_may_read(app, visitor):
    story = Story().with_assessor()
    letter = db.session.scalar(
        select(Letter).where(
            Letter.template == "challenges/staffed", Letter.to == story.assessor.email
        )
    )

    _subject, words = rendered(letter)

    assert "Prijsbeoordelaar" in words
    assert "/manage" not in words
    assert visitor.as_(story.assessor).get(f"/challenges/{story.challenge.code}").status_code == 200
