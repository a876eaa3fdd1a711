"""A lost second factor: nobody resets their own, nobody does it alone, and it is never silent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.journal.models import Entry
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Membership, Role, SignIn
from sir.people.queries import open_factor_reset
from sir.people.rules.sessions import FACTOR_RESET_WITHIN
from sir.people.services.lost_factor import ask_factor_reset, confirm_factor_reset
from sir.people.services.signing_in import open_sign_in
from tests.makers import NOON, make_member, make_organisation, make_person, save

WHY = "Zij stond vanochtend aan mijn bureau, zonder telefoon."


def colleagues():
    """A public body with two admins and somebody whose phone is gone."""
    body = make_organisation()
    first, second = (make_member(Role.ORG_ADMIN, body) for _ in range(2))
    person = make_member(Role.OFFICER, body, totp_confirmed_at=NOON, password_hash="oud")
    return body, first, second, person


def page_of(body, person):
    return f"/organisations/{body.code}/members/{person.code}/factor"


def letters():
    return sorted((row.template, row.to) for row in db.session.scalars(select(Letter)))


def test_two_admins_reset_it_and_the_person_hears_of_every_step(visitor, app):
    body, first, second, person = colleagues()
    open_sign_in(person, agent="", at=NOON)
    path = page_of(body, person)

    asked = visitor.as_(first).hand_in(path, reason=WHY)
    assert asked.status_code == 302
    assert letters() == [
        ("people/factor_reset_asked", person.email),
        ("people/factor_reset_confirm", second.email),
    ]
    alone = visitor.hand_in(path, act="confirm")
    assert alone.status_code == 409
    assert person.totp_confirmed_at is not None

    assert WHY in visitor.as_(second).get(path).text
    assert visitor.hand_in(path, act="confirm").status_code == 302

    assert (person.totp_confirmed_at, person.password_hash) == (None, None)
    living = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    assert db.session.scalars(living).all() == []
    told = [template for template, to in letters() if to == person.email]
    assert told == [
        "people/factor_removed",
        "people/factor_reset_asked",
        "people/factor_reset_done",
        "people/reset",
    ]
    acts = db.session.scalars(select(Entry.act).where(Entry.thing == f"person:{person.code}"))
    assert {"factor.reset_asked", "factor.reset"} <= set(acts)


def test_somebody_stops_a_request_and_nothing_changes(visitor):
    body, first, second, person = colleagues()
    visitor.as_(first).hand_in(page_of(body, person), reason=WHY)

    visitor.as_(second).hand_in(page_of(body, person), act="stop")

    assert person.totp_confirmed_at is not None
    assert open_factor_reset(person, NOON) is None
    assert ("people/factor_reset_stopped", person.email) in letters()
    assert visitor.hand_in(page_of(body, person), _from=page_of(body, person),
                           act="confirm").status_code == 409  # fmt: skip


def test_a_platform_admin_confirms_where_an_organisation_has_one_admin(visitor):
    body = make_organisation()
    first = make_member(Role.ORG_ADMIN, body)
    person = make_member(Role.OFFICER, body, totp_confirmed_at=NOON)
    house = make_person(is_platform_admin=True)
    visitor.as_(first).hand_in(page_of(body, person), reason=WHY)
    letter = db.session.scalars(select(Letter).where(Letter.to == house.email)).one()

    answer = visitor.as_(house).hand_in(letter.words["path"], act="confirm")

    assert answer.status_code == 302
    assert person.totp_confirmed_at is None


def test_nobody_resets_their_own_nor_that_of_a_stranger(visitor):
    body, first, _second, _person = colleagues()
    first.totp_confirmed_at = NOON
    elsewhere = make_member(Role.OFFICER, make_organisation(), totp_confirmed_at=NOON)
    own = page_of(body, first)
    visitor.as_(first)

    assert "kunt uw eigen tweede factor niet" in visitor.get(own).text
    token = visitor.token(f"/organisations/{body.code}/invite")
    assert visitor.post(own, data={"csrf_token": token, "reason": WHY}).status_code == 409
    assert visitor.get(page_of(body, elsewhere)).status_code == 404
    assert visitor.as_(elsewhere).get(page_of(body, first)).status_code == 404


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("Te kort.", 422), (WHY, 302)])
def test_a_reason_is_needed_and_kept(visitor, reason, status):
    body, first, _second, person = colleagues()

    answer = visitor.as_(first).hand_in(page_of(body, person), reason=reason)

    assert answer.status_code == status
    assert reason in answer.text or status == 302


def test_a_request_lapses_at_its_instant(app):
    _body, first, second, person = colleagues()
    with transaction():
        ask_factor_reset(person, WHY, others=(), by=first, at=NOON)
    vault = app.extensions["sir.vault"]
    late = NOON + FACTOR_RESET_WITHIN
    assert open_factor_reset(person, late - timedelta(microseconds=1)) is not None

    with pytest.raises(Refused):
        confirm_factor_reset(person, vault=vault, by=second, at=late)


def test_the_person_cannot_confirm_it_for_themselves(app):
    body, first, _second, person = colleagues()
    save(Membership(person_id=person.id, organisation_id=body.id, role=Role.ORG_ADMIN, since=NOON))
    ask_factor_reset(person, WHY, others=(), by=first, at=NOON)

    with pytest.raises(Refused):
        confirm_factor_reset(person, vault=app.extensions["sir.vault"], by=person, at=NOON)
