"""The second factor: obligatory where it is, shown once, replaced by codes that work once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.journal.models import Entry, Result
from sir.kernel.database import db
from sir.people.models import RecoveryCode, Role, SignIn
from sir.people.queries import unused_recovery_codes
from sir.people.rules.factors import code_at
from sir.ports.vault import Tampered, open_text
from tests.makers import make_member, make_organisation
from tests.people.test_views_entry import HASH, PASSWORD, letters, link_in, make_known, sign_in


def make_official(role=Role.OWNER):
    return make_member(role, make_organisation(), password_hash=HASH, totp_confirmed_at=None)


def key_on(page):
    return re.search(r'<code class="sir-code[^"]*">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")


def set_up(visitor, clock, path="/account/factor", **more):
    """Set up a factor; give its key and the recovery codes."""
    page = visitor.get(path).text
    key = key_on(page)
    answer = visitor.hand_in(path, code=code_at(key, clock.at), **more)
    assert answer.status_code == 200, answer.text
    return key, re.findall(r"<li><code[^>]*>([^<]+)</code>", answer.text)


def denied():
    return db.session.scalars(select(Entry.act).where(Entry.result == Result.DENIED)).all()


def test_whoever_shows_a_factor_comes_back_to_the_same_page_in_the_same_language(visitor):
    visitor.as_(make_official(), has_factor=False)

    answer = visitor.get("/en/challenges/new?from=desk")

    assert answer.location == "/en/account/factor?next=/en/challenges/new?from=desk"


def test_an_official_cannot_work_before_setting_up_a_factor(visitor, clock):
    official = make_official()
    sign_in(visitor, official)

    for path in ("/account", "/desk", "/organisations/new", "/account/sessions"):
        assert visitor.get(path).location.startswith("/account/factor?next="), path
    key, codes = set_up(visitor, clock)

    assert len(key) == 32
    assert len(set(codes)) == 10
    assert visitor.get("/account").status_code == 200
    assert [row.template for row in letters()] == ["people/factor_set"]


def test_a_founder_needs_no_factor_but_shows_it_once_there_is_one(visitor, clock):
    founder = make_known()
    sign_in(visitor, founder)
    assert visitor.get("/account").status_code == 200
    key, _ = set_up(visitor, clock)

    again = visitor.application.test_client()
    sign_in(again, founder)

    assert again.get("/account").location.startswith("/account/factor")
    clock.at += timedelta(seconds=30)
    assert again.hand_in("/account/factor", code=code_at(key, clock.at)).location == "/desk"
    assert again.get("/account").status_code == 200


def test_a_code_works_once_even_in_another_session(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    key, _ = set_up(visitor, clock)
    clock.at += timedelta(seconds=30)
    code = code_at(key, clock.at)
    tabs = [app.test_client(), app.test_client()]
    for tab in tabs:
        sign_in(tab, official)

    answers = [tab.hand_in("/account/factor", code=code).status_code for tab in tabs]

    assert answers == [302, 422]
    assert denied() == ["factor.shown"]


def test_the_code_that_set_it_up_is_used_up(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    key, _ = set_up(visitor, clock)
    other = app.test_client()
    sign_in(other, official)

    assert other.hand_in("/account/factor", code=code_at(key, clock.at)).status_code == 422


def test_showing_the_factor_puts_the_session_under_a_new_secret(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    key, _ = set_up(visitor, clock)
    other = app.test_client()
    sign_in(other, official)
    old = other.get_cookie("sir").value
    clock.at += timedelta(seconds=30)

    other.hand_in("/account/factor", code=code_at(key, clock.at))
    other.set_cookie("sir", old)

    assert other.get("/account").location.startswith("/sign-in")


def test_a_recovery_code_stands_in_once(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    _, codes = set_up(visitor, clock)
    answers = []
    for _ in range(2):
        other = app.test_client()
        sign_in(other, official)
        answers.append(other.hand_in("/account/factor", code=codes[3].lower()).status_code)

    assert answers == [302, 422]
    assert len(unused_recovery_codes(official)) == 9
    assert letters()[-1].template == "people/factor_code_used"
    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert all(code.replace(" ", "") not in kept for code in codes)


def test_new_recovery_codes_end_the_old_ones_and_cost_the_password(visitor, clock):
    official = make_official()
    sign_in(visitor, official)
    _, old = set_up(visitor, clock)
    path = "/account/factor/codes"

    assert visitor.hand_in(path, current="fout maar lang").status_code == 422
    page = visitor.hand_in(path, current=PASSWORD).text

    new = re.findall(r"<li><code[^>]*>([^<]+)</code>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert len(unused_recovery_codes(official)) == 10


def test_a_wrong_first_code_sets_nothing_and_the_same_key_stays(visitor, clock):
    official = make_official()
    sign_in(visitor, official)
    key = key_on(visitor.get("/account/factor").text)

    answer = visitor.hand_in("/account/factor", code="000000")

    assert answer.status_code == 422
    assert key_on(answer.text) == key
    assert official.totp_secret is None
    assert denied() == ["factor.set"]


def test_the_key_is_kept_sealed_and_opens_for_nobody_else(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    key, _ = set_up(visitor, clock)
    vault = app.extensions["sir.vault"]

    assert key not in official.totp_secret
    assert open_text(vault, f"factor:{official.code}", official.totp_secret) == key
    with pytest.raises(Tampered):
        open_text(vault, "factor:SOMEBODY", official.totp_secret)


def test_the_qr_code_is_a_picture_of_our_own_and_only_while_setting_up(visitor, clock):
    sign_in(visitor, make_official())
    assert visitor.get("/account/factor/qr.svg").status_code == 404
    page = visitor.get("/account/factor").text

    answer = visitor.get("/account/factor/qr.svg")

    assert 'src="/account/factor/qr.svg"' in page
    assert "data:" not in page
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "style=" not in answer.text
    set_up(visitor, clock)
    assert visitor.get("/account/factor/qr.svg").status_code == 404


def test_moving_to_another_app_costs_the_password_and_ends_the_old_key(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    old, _ = set_up(visitor, clock)
    clock.at += timedelta(seconds=60)
    path = "/account/factor/new"
    key = key_on(visitor.get(path).text)
    wrong = visitor.hand_in(path, code=code_at(key, clock.at), current="fout maar lang")
    assert wrong.status_code == 422

    right = visitor.hand_in(path, code=code_at(key, clock.at), current=PASSWORD)

    assert right.status_code == 200
    clock.at += timedelta(seconds=60)
    other = app.test_client()
    sign_in(other, official)
    assert other.hand_in("/account/factor", code=code_at(old, clock.at)).status_code == 422
    assert other.hand_in("/account/factor", code=code_at(key, clock.at)).status_code == 302


def test_setting_up_long_after_signing_in_costs_the_password(visitor, clock):
    founder = make_known()
    sign_in(visitor, founder)
    clock.at += timedelta(minutes=16)
    key = key_on(visitor.get("/account/factor").text)

    assert visitor.hand_in("/account/factor", code=code_at(key, clock.at)).status_code == 422
    assert founder.totp_confirmed_at is None


def test_a_founder_may_do_without_again_and_an_official_may_not(visitor, clock, app):
    official, founder = make_official(), make_known()
    sign_in(visitor, official)
    set_up(visitor, clock)
    other = app.test_client()
    sign_in(other, founder)
    set_up(other, clock)

    assert visitor.get("/account/factor/remove").status_code == 409
    assert other.hand_in("/account/factor/remove", current=PASSWORD).location == "/account"
    assert founder.totp_secret is None
    assert unused_recovery_codes(founder) == []


def test_after_the_factor_you_are_where_you_were_going(visitor, clock, app):
    official = make_official()
    sign_in(visitor, official)
    key, _ = set_up(visitor, clock)
    other = app.test_client()
    sign_in(other, official)
    clock.at += timedelta(seconds=30)
    path = other.get("/account/sessions").location

    assert other.hand_in(path, code=code_at(key, clock.at)).location == "/account/sessions"


def test_changing_the_password_ends_the_other_sessions_only(visitor, app):
    person = make_known()
    sign_in(visitor, person)
    other = app.test_client()
    sign_in(other, person)
    new = "zes koeien op de dijk"

    wrong = visitor.hand_in("/account/password", current="fout", password=new, repeat=new)
    right = visitor.hand_in("/account/password", current=PASSWORD, password=new, repeat=new)

    assert (wrong.status_code, right.location) == (422, "/account")
    assert visitor.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_another_address_counts_once_it_is_confirmed(visitor):
    person = make_known(email="oud@example.org")
    sign_in(visitor, person)
    path = "/account/email"
    assert visitor.hand_in(path, email="nieuw@example.org", current="fout").status_code == 422

    visitor.hand_in(path, email="nieuw@example.org", current=PASSWORD)
    assert person.email == "oud@example.org"
    assert [(row.template, row.to) for row in letters()] == [
        ("people/email_changing", "oud@example.org"),
        ("people/email_change", "nieuw@example.org"),
    ]
    link = link_in(letters()[1])
    visitor.hand_in(link)

    assert person.email == "nieuw@example.org"
    assert visitor.get(link).status_code == 410


def test_a_taken_address_is_not_betrayed_and_not_taken(visitor):
    person, owner = make_known(email="ik@example.org"), make_known(email="jij@example.org")
    sign_in(visitor, person)

    answer = visitor.hand_in("/account/email", email="JIJ@example.org", current=PASSWORD)

    assert answer.location == "/account"
    assert [row.template for row in letters()] == ["people/email_changing", "people/known"]
    assert (person.email, owner.email) == ("ik@example.org", "jij@example.org")


def test_sessions_are_listed_and_ended_one_by_one_or_all_but_this(visitor, app):
    person = make_known()
    sign_in(visitor, person)
    others = [app.test_client() for _ in range(3)]
    for other in others:
        sign_in(other, person)
    page = visitor.get("/account/sessions").text
    codes = re.findall(r'name="session" value="(\w+)"', page)
    assert len(codes) == 3

    visitor.hand_in("/account/sessions/end", _from="/account/sessions", session=codes[0])
    alive = [other.get("/account").status_code == 200 for other in others]
    assert sum(alive) == 2

    visitor.hand_in("/account/sessions/end", _from="/account/sessions")
    assert [other.get("/account").status_code for other in others] == [302] * 3
    assert visitor.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(visitor, app):
    mine, theirs = make_known(), make_known()
    other = app.test_client()
    sign_in(other, theirs)
    code = db.session.scalar(select(SignIn.code))
    sign_in(visitor, mine)

    answer = visitor.hand_in("/account/sessions/end", _from="/account/sessions", session=code)

    assert answer.status_code == 404
    assert other.get("/account").status_code == 200
