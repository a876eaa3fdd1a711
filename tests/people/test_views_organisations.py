"""Startups, members, roles, invitations, and what the platform admin may see."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from sir.journal.models import Entry, Result
from sir.kernel.database import db
from sir.people.models import Invitation, Membership, Organisation, OrganisationKind, Role
from sir.people.queries import members_of, organisations_of, roles_in, startups_of
from tests.makers import (
    NOON,
    make_challenge,
    make_member,
    make_organisation,
    make_person,
    make_startup,
    save,
)
from tests.people.test_views_entry import letters, link_in

STARTUP = {"name": "Stil BV", "country": "NL", "number": "01234567", "city": "Delft"}


def make_admin(organisation, role=Role.ORG_ADMIN):
    return make_member(role, organisation)


def invite(visitor, organisation, email="n@example.org", role="owner"):
    path = f"/organisations/{organisation.code}/invite"
    return visitor.hand_in(path, email=email, role=role, lang="nl")


def test_a_founder_registers_a_startup_and_looks_after_it(visitor):
    founder = make_person()

    answer = visitor.as_(founder).hand_in("/organisations/new", **STARTUP)

    startup = db.session.scalar(select(Organisation))
    assert answer.location == f"/organisations/{startup.code}"
    assert (startup.kvk, startup.kind) == ("01234567", OrganisationKind.STARTUP)
    assert roles_in(startup, founder) == {Role.STARTUP_MEMBER, Role.STARTUP_ADMIN}
    assert startups_of(founder) == [startup]
    assert visitor.get(answer.location).status_code == 200


@pytest.mark.parametrize("part", ["propose", "ask"])
def test_whoever_wants_to_take_part_first_registers_a_startup_and_comes_back(visitor, part):
    path = f"/challenges/{make_challenge().code}/{part}"
    visitor.as_(make_person())

    page = visitor.get(path)
    refused = visitor.hand_in(path, _from="/organisations/new", text="Mag dat ook in Delft?")
    answer = visitor.hand_in(f"/organisations/new?next={path}", **STARTUP)

    assert f"/organisations/new?next={path}" in page.text.replace("%2F", "/")
    assert "<form" not in page.text.partition("<main")[2]
    assert "Meld eerst uw startup aan" in refused.text
    assert answer.location == path
    assert "Meld eerst" not in visitor.get(path).text


def test_who_works_for_a_government_is_not_asked_to_register_a_startup(visitor):
    challenge = make_challenge()
    official = make_member(Role.OWNER)

    assert visitor.as_(official).get(f"/challenges/{challenge.code}/propose").status_code == 403


@pytest.mark.parametrize("number", ["1234567", "123456789", "123456782a", "", "１２３４５６７８"])
def test_a_wrong_kvk_number_is_a_mistake_and_nothing_typed_is_lost(visitor, number):
    page = visitor.as_(make_person()).hand_in("/organisations/new", **STARTUP | {"number": number})

    assert page.status_code == 422
    assert 'value="Stil BV"' in page.text
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_foreign_startup_gives_its_country_and_its_own_number(visitor):
    visitor.as_(make_person()).hand_in(
        "/organisations/new", **STARTUP | {"country": "BE", "number": "0403.170.701"}
    )

    startup = db.session.scalar(select(Organisation))
    assert (startup.kvk, startup.country, startup.register_number) == (None, "BE", "0403.170.701")


def test_a_startup_is_registered_once(visitor):
    visitor.as_(make_person()).hand_in("/organisations/new", **STARTUP)

    answer = visitor.as_(make_person()).hand_in("/organisations/new", **STARTUP)

    assert answer.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_a_colleague_is_invited_accepts_and_has_the_role(visitor):
    body = make_organisation()
    visitor.as_(make_admin(body))
    assert invite(visitor, body).status_code == 302
    link = link_in(letters("people/invitation")[0])
    colleague = make_person(email="n@example.org")

    visitor.as_(colleague)
    assert "Vraagstukeigenaar" in visitor.get(link).text
    answer = visitor.hand_in(link + "/accept", _from=link)

    assert answer.location == f"/organisations/{body.code}"
    assert roles_in(body, colleague) == {Role.OWNER}
    assert visitor.hand_in(link + "/accept", _from="/account").status_code == 409
    acts = db.session.scalars(select(Entry.act).order_by(Entry.id)).all()
    assert acts == ["invitation.sent", "invitation.accepted"]


def test_an_invitation_is_bound_to_its_address(visitor):
    body = make_organisation()
    visitor.as_(make_admin(body))
    invite(visitor, body)
    link = link_in(letters()[0])
    thief = make_person(email="dief@example.org")

    visitor.as_(thief)
    page = visitor.get(link)
    answer = visitor.hand_in(link + "/accept", _from="/account")

    assert page.status_code == 200
    assert "/accept" not in page.text
    assert answer.status_code in {403, 404}
    assert roles_in(body, thief) == frozenset()
    assert db.session.scalar(select(Entry.actor).where(Entry.result == Result.DENIED)) == thief.code


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(days=14) - timedelta(seconds=1), 302), (timedelta(days=14), 409)],
)
def test_an_invitation_lasts_fourteen_days(visitor, clock, after, status):
    body = make_organisation()
    colleague = make_person(email="n@example.org")
    visitor.as_(make_admin(body))
    invite(visitor, body)
    link = link_in(letters()[0])

    clock.at += after
    visitor.as_(colleague)

    assert visitor.hand_in(link + "/accept", _from="/account").status_code == status


def test_a_withdrawn_invitation_is_worth_nothing(visitor):
    body = make_organisation()
    admin, colleague = make_admin(body), make_person(email="n@example.org")
    visitor.as_(admin)
    invite(visitor, body)
    home = f"/organisations/{body.code}"
    code = db.session.scalar(select(Invitation.code))
    visitor.hand_in(f"{home}/invitations/{code}/withdraw", _from=home)

    visitor.as_(colleague)

    answer = visitor.hand_in(link_in(letters()[0]) + "/accept", _from="/account")
    assert answer.status_code == 409


def test_an_invitation_cannot_be_guessed(visitor):
    assert visitor.as_(make_person()).get("/invitations/abc").status_code == 404
    assert visitor.as_(None).get("/invitations/abc").location.startswith("/sign-in")


def test_a_stranger_is_asked_to_sign_in_or_register_and_comes_back(visitor):
    body = make_organisation()
    visitor.as_(make_admin(body))
    invite(visitor, body)
    link = link_in(letters()[0])

    page = visitor.as_(None).get(link).text

    assert f"/sign-in?next={link}" in page.replace("%2F", "/")
    assert f"/register?next={link}" in page.replace("%2F", "/")


def test_one_open_invitation_an_address_and_role(visitor):
    body = make_organisation()
    visitor.as_(make_admin(body))

    assert [invite(visitor, body).status_code for _ in range(2)] == [302, 409]
    assert invite(visitor, body, role="officer").status_code == 302


@pytest.mark.parametrize("role", ["startup_member", "juror", "chair", "platform_admin", ""])
def test_a_role_that_does_not_fit_is_not_offered_and_not_taken(visitor, role):
    body = make_organisation()
    visitor.as_(make_admin(body))

    assert invite(visitor, body, role=role).status_code == 422
    assert letters() == []


def test_only_who_looks_after_the_members_may_change_them(visitor):
    body = make_organisation()
    owner, admin = make_member(Role.OWNER, body), make_admin(body)
    home = f"/organisations/{body.code}"
    visitor.as_(owner)

    assert visitor.get(home).status_code == 200
    assert visitor.get(f"{home}/invite").status_code == 403
    assert visitor.get(f"{home}/members/{admin.code}").status_code == 403
    assert visitor.as_(make_admin(make_organisation())).get(home).status_code == 404
    assert visitor.as_(None).get(home).location.startswith("/sign-in")


def test_roles_are_given_and_taken(visitor):
    body = make_organisation()
    admin, member = make_admin(body), make_member(Role.OWNER, body)
    page = f"/organisations/{body.code}/members/{member.code}"
    visitor.as_(admin)

    visitor.hand_in(page, role="approver")
    assert roles_in(body, member) == {Role.OWNER, Role.APPROVER}
    visitor.hand_in(page + "/take", _from=page, role="owner")

    assert roles_in(body, member) == {Role.APPROVER}
    acts = db.session.scalars(select(Entry.act).order_by(Entry.id)).all()
    assert acts == ["role.given", "role.taken"]


def test_an_auditor_gets_no_role_that_an_auditor_checks(visitor):
    body = make_organisation()
    member = make_member(Role.AUDITOR, body)
    visitor.as_(make_admin(body))
    page = f"/organisations/{body.code}/members/{member.code}"

    assert visitor.hand_in(page, role="officer").status_code == 422
    assert roles_in(body, member) == {Role.AUDITOR}


@pytest.mark.parametrize(
    ("make", "role"), [(make_organisation, Role.ORG_ADMIN), (make_startup, Role.STARTUP_ADMIN)]
)
def test_the_last_who_looks_after_the_members_stays(visitor, make, role):
    organisation = make()
    admin = make_admin(organisation, role)
    page = f"/organisations/{organisation.code}/members/{admin.code}"
    visitor.as_(admin)

    assert visitor.hand_in(page + "/take", _from=page, role=role.value).status_code == 409

    make_admin(organisation, role)
    assert visitor.hand_in(page + "/take", _from=page, role=role.value).status_code == 302


def test_somebody_from_elsewhere_is_no_member_to_give_a_role(visitor):
    body = make_organisation()
    stranger = make_person()
    visitor.as_(make_admin(body))
    page = f"/organisations/{body.code}/members/{stranger.code}"

    assert visitor.get(page).status_code == 404


def test_a_hostile_name_is_only_text_on_the_page_and_in_the_letter(visitor):
    body = make_organisation(name="<b>{{7*7}}</b> & zonen")
    visitor.as_(make_admin(body))
    invite(visitor, body)

    assert "<b>{{7*7}}" not in visitor.get(f"/organisations/{body.code}").text
    visitor.as_(make_person(is_platform_admin=True))
    assert "&lt;b&gt;{{7*7}}" in visitor.get("/outbox").text


def test_the_platform_admin_registers_a_public_body_and_its_first_administrator(visitor):
    visitor.as_(make_person(is_platform_admin=True))
    visitor.hand_in(
        "/house/organisations/new", kind="province", name="Provincie Drenthe",
        admin_email="eerste@example.org",
    )  # fmt: skip

    body = db.session.scalar(select(Organisation))
    invitation = db.session.scalar(select(Invitation))
    assert (body.kind, body.name) == (OrganisationKind.PROVINCE, "Provincie Drenthe")
    assert (invitation.email, invitation.role) == ("eerste@example.org", Role.ORG_ADMIN)
    assert letters()[0].to == "eerste@example.org"


def test_the_platform_admin_gets_no_role_by_it(visitor):
    body = make_organisation()
    visitor.as_(make_person(is_platform_admin=True))

    assert visitor.get(f"/organisations/{body.code}").status_code == 404


@pytest.mark.parametrize("path", ["/house/organisations", "/house/people", "/outbox"])
def test_the_house_is_for_the_platform_admin_only(visitor, path):
    assert visitor.as_(make_admin(make_organisation())).get(path).status_code == 404


def test_everybody_is_listed_once_over_the_pages(visitor):
    for n in range(60):
        save(
            Organisation(code=f"O{n:03}", kind=OrganisationKind.PROVINCE, name="Zelfde naam",
                         created_at=NOON)
        )  # fmt: skip
    visitor.as_(make_person(is_platform_admin=True))
    first = visitor.get("/house/organisations").text
    following = re.search(r'href="(/house/organisations\?after=\w+)"', first)[1]

    rows = first.count("Zelfde naam") + visitor.get(following).text.count("Zelfde naam")

    assert rows == 60


def test_the_platform_admin_ends_the_sessions_of_a_stolen_laptop(visitor, app):
    person = make_person()
    other = app.test_client()
    with other.session_transaction() as session:
        session.clear()
    other.as_(person)
    assert other.get("/account").status_code == 200
    visitor.as_(make_person(is_platform_admin=True))

    visitor.hand_in(f"/house/people/{person.code}/sign-out", _from="/house/people")

    assert other.get("/account").status_code == 302


def test_two_acceptances_at_once_give_one_role(visitor, app):
    body = make_organisation()
    colleague = make_person(email="n@example.org")
    visitor.as_(make_admin(body))
    invite(visitor, body)
    link = link_in(letters()[0])
    visitor.as_(colleague)
    token = visitor.token(link)

    statuses = [
        visitor.post(link + "/accept", data={"csrf_token": token}).status_code for _ in range(2)
    ]

    assert statuses == [302, 409]
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 2


def test_members_and_organisations_are_found_by_role(app):
    body = make_organisation()
    owner, officer = make_member(Role.OWNER, body), make_member(Role.OFFICER, body)

    assert members_of(body, Role.OWNER) == [owner]
    assert set(members_of(body)) == {owner, officer}
    assert organisations_of(owner) == [body]
    assert organisations_of(owner, Role.OFFICER) == []
