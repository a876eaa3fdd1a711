"""What somebody sends just after their session ended is kept for them, and for nobody else."""

from datetime import timedelta

from sqlalchemy import select

from sir.kernel.database import db
from sir.people.models import KeptForm, Role, SignIn
from tests.makers import make_member, make_organisation, make_startup

TYPED = "Wat ik een uur lang schreef.\nEn nog een regel & <b>teken</b>."


def expire(visitor, person):
    visitor.as_(person)
    for sign_in in db.session.scalars(select(SignIn)):
        sign_in.ended_at = sign_in.started_at
    db.session.commit()


def resume(visitor, person, location):
    """Sign in again, as the redirect asks, and open where it leads."""
    path = location.partition("next=")[2]
    visitor.as_(person)
    return visitor.get(path)


def test_a_form_sent_after_the_session_ended_comes_back_with_every_letter(visitor):
    person = make_member(Role.STARTUP_MEMBER, make_startup())
    expire(visitor, person)

    answer = visitor.post("/organisations/new", data={"name": TYPED, "kvk": "01234567"})
    page = resume(visitor, person, answer.location)

    assert answer.status_code == 303
    assert page.status_code == 200
    assert "En nog een regel &amp; &lt;b&gt;teken&lt;/b&gt;." in page.text
    assert 'action="/organisations/new"' in page.text


def test_nobody_else_gets_it_and_the_database_holds_no_word_of_it(visitor):
    person = make_member(Role.STARTUP_MEMBER, make_startup())
    rival = make_member(Role.STARTUP_MEMBER, make_startup())
    expire(visitor, person)

    answer = visitor.post("/organisations/new", data={"name": TYPED})

    assert resume(visitor, rival, answer.location).status_code == 404
    assert b"schreef" not in db.session.scalars(select(KeptForm.sealed)).one()


def test_it_is_gone_after_a_day(visitor, clock):
    person = make_member(Role.STARTUP_MEMBER, make_startup())
    expire(visitor, person)
    answer = visitor.post("/organisations/new", data={"name": TYPED})

    clock.at += timedelta(hours=24)

    assert resume(visitor, person, answer.location).status_code == 404


def test_a_stranger_we_never_knew_is_only_asked_to_sign_in(visitor):
    make_organisation()

    answer = visitor.post("/organisations/new", data={"name": TYPED})

    assert "/again/" not in answer.location
    assert db.session.scalars(select(KeptForm)).all() == []


def test_a_form_that_saves_itself_is_told_that_the_session_ended(visitor):
    person = make_member(Role.STARTUP_MEMBER, make_startup())
    expire(visitor, person)

    answer = visitor.post("/organisations/new", data={"name": TYPED}, headers={"X-Autosave": "1"})

    assert (answer.status_code, answer.json) == (401, {"sign_in": True})
