"""Coming in: registration, sign-in, reset and sign-out, as a browser meets them."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from sir.app import create_app
from sir.config import Settings
from sir.journal.models import Entry, Result
from sir.kernel.database import db
from sir.notices.models import Letter
from sir.people.models import Person, SignIn, Token
from sir.people.queries import person_by_email
from sir.people.rules.passwords import hash_password, is_password
from sir.web.letters import rendered
from tests.makers import make_person

PASSWORD = "vier paarden in de polder"
HASH = hash_password(PASSWORD)


def make_known(**given):
    return make_person(**{"password_hash": HASH, "totp_confirmed_at": None} | given)


def letters(template=None):
    rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    return [row for row in rows if template in {None, row.template}]


def link_in(letter):
    found = re.search(r"https?://[^/\s]+(\S+)", rendered(letter)[1])
    return found.group(1)


def sign_in(visitor, person, password=PASSWORD, path="/sign-in", **more):
    return visitor.hand_in(path, email=person.email, password=password, **more)


def register(visitor, email="nieuw@example.org", **more):
    return visitor.hand_in("/register", name="Nova Nieuw", email=email, lang="nl", **more)


def cookie_of(visitor):
    return visitor.get_cookie("sir").value


def test_a_newcomer_registers_confirms_and_is_in(visitor):
    answer = register(visitor)
    assert (answer.status_code, answer.location) == (302, "/register/mailbox")
    newcomer = person_by_email("nieuw@example.org")
    assert (newcomer.confirmed_at, newcomer.password_hash) == (None, None)

    link = link_in(letters("people/confirm")[0])
    answer = visitor.hand_in(link, name="Nova Nieuw", password=PASSWORD, repeat=PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/desk")
    assert newcomer.confirmed_at is not None
    assert newcomer.password_hash.startswith("$argon2id$")
    assert visitor.get("/account").status_code == 200
    acts = db.session.scalars(select(Entry.act).order_by(Entry.id)).all()
    assert acts == ["person.registered", "person.confirmed", "person.signed_in"]


def test_looking_at_a_mailed_link_does_not_use_it_up(visitor):
    register(visitor)
    link = link_in(letters("people/confirm")[0])

    assert [visitor.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert db.session.scalar(select(Token.used_at)) is None


@pytest.mark.parametrize(("after", "status"), [(timedelta(hours=24) - timedelta(seconds=1), 200),
                                               (timedelta(hours=24), 410)])  # fmt: skip
def test_a_confirmation_link_works_for_a_day(visitor, clock, after, status):
    register(visitor)
    link = link_in(letters("people/confirm")[0])

    clock.at += after

    assert visitor.get(link).status_code == status


def test_a_mailed_link_works_once_and_a_newer_one_replaces_it(visitor):
    register(visitor)
    register(visitor)
    first, second = (link_in(letter) for letter in letters("people/confirm"))
    assert visitor.get(first).status_code == 410
    data = {"name": "Nova", "password": PASSWORD, "repeat": PASSWORD}
    token = visitor.token(second)

    answers = [
        visitor.post(second, data={"csrf_token": token, **data}).status_code for _ in range(2)
    ]

    assert answers == [302, 410]


def test_only_the_hash_of_a_link_is_kept_and_the_outbox_holds_it_sealed(visitor):
    register(visitor)
    secret = link_in(letters()[0]).partition("/register/")[2]
    kept = db.session.scalar(select(Token.token_hash))

    assert secret
    assert secret not in kept
    assert secret not in str(letters()[0].words)


def test_registering_a_known_address_looks_the_same_and_warns_its_owner(visitor):
    make_known(email="bekend@example.org")

    unknown, known = register(visitor, "nieuw@example.org"), register(visitor, "Bekend@Example.org")

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.data == unknown.data
    assert [letter.template for letter in letters()] == ["people/confirm", "people/known"]
    assert person_by_email("bekend@example.org").name != "Nova Nieuw"


def test_asking_for_a_new_password_looks_the_same_for_everybody(visitor):
    make_known(email="bekend@example.org")

    answers = [
        visitor.hand_in("/password/forgotten", email=email)
        for email in ("bekend@example.org", "onbekend@example.org")
    ]

    assert answers[0].data == answers[1].data
    assert {answer.location for answer in answers} == {"/register/mailbox"}
    assert [(row.template, row.to) for row in letters()] == [("people/reset", "bekend@example.org")]


def test_an_unknown_address_a_wrong_password_and_an_unconfirmed_account_sound_alike(visitor):
    make_known(email="bekend@example.org")
    make_person(email="vers@example.org", confirmed_at=None)
    bodies = []
    for email in ("bekend@example.org", "vers@example.org", "onbekend@example.org"):
        answer = visitor.hand_in("/sign-in", email=email, password="fout maar lang genoeg")
        assert answer.status_code == 422
        text = re.sub(r'value="[^"]*"', "", answer.text)
        bodies.append(text.replace(email, ""))

    assert bodies[0] == bodies[1] == bodies[2]
    denied = db.session.scalars(select(Entry).where(Entry.result == Result.DENIED)).all()
    assert [entry.act for entry in denied] == ["person.signed_in"] * 3
    assert all("@" not in entry.thing + entry.details for entry in denied)


def test_an_unknown_address_costs_as_much_work(monkeypatch):
    """Not the clock of a shared machine, but the hashes that are reckoned."""
    tried = []
    verify = PasswordHasher.verify

    def counted(self, kept, password):
        tried.append(kept[:30])
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)

    assert [is_password(HASH, "fout"), is_password(None, "fout")] == [False, False]
    assert tried == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_the_right_password_opens_a_session_under_a_new_secret(visitor):
    person = make_known()
    visitor.get("/sign-in")
    before = cookie_of(visitor)

    answer = sign_in(visitor, person)

    assert (answer.status_code, answer.location) == (302, "/desk")
    with visitor.session_transaction() as session:
        token = session["_user_id"]
    assert len(token) >= 43
    assert before != cookie_of(visitor)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1
    assert token not in db.session.scalar(select(SignIn.token_hash))


def test_a_session_planted_before_signing_in_is_worth_nothing(visitor):
    person = make_known()
    with visitor.session_transaction() as session:
        session["_user_id"] = "planted"
        session["note"] = "planted"

    sign_in(visitor, person)

    with visitor.session_transaction() as session:
        assert session["_user_id"] != "planted"
        assert "note" not in session


def test_an_address_is_known_however_it_is_capitalised(visitor):
    person = make_known(email="jan@example.org")

    assert visitor.hand_in("/sign-in", email=" JAN@Example.ORG ", password=PASSWORD).location
    assert db.session.scalar(select(SignIn.person_id)) == person.id


def test_a_password_kept_in_an_older_way_is_renewed_at_sign_in(visitor):
    weak = "$argon2id$v=19$m=64,t=1,p=1$"
    person = make_known(
        password_hash=PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    )
    assert person.password_hash.startswith(weak)

    assert sign_in(visitor, person).status_code == 302
    assert person.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(visitor.application.test_client(), person).status_code == 302


@pytest.mark.parametrize(
    ("target", "end"),
    [
        ("/account/sessions", "/account/sessions"),
        ("/en/account?x=1", "/en/account?x=1"),
        ("https://evil.example", "/desk"),
        ("//evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/%09/evil.example", "/%09/evil.example"),
    ],
)
def test_after_signing_in_you_are_where_you_were_going_but_never_elsewhere(visitor, target, end):
    person = make_known()

    answer = sign_in(visitor, person, path=f"/sign-in?next={quote(target, safe='')}")

    assert answer.location == end


def test_signing_out_makes_an_old_cookie_worthless_at_once(visitor):
    person = make_known()
    sign_in(visitor, person)
    old = cookie_of(visitor)
    token = visitor.token("/account")

    visitor.post("/sign-out", data={"csrf_token": token})
    visitor.set_cookie("sir", old)

    assert visitor.get("/account").location.startswith("/sign-in")
    assert db.session.scalar(select(SignIn.ended_at)) is not None


def test_signing_out_needs_our_own_form(visitor):
    person = make_known()
    sign_in(visitor, person)

    visitor.post("/sign-out", data={})

    assert visitor.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("gaps", "is_in"),
    [
        ([timedelta(hours=2) - timedelta(seconds=1)], True),
        ([timedelta(hours=2)], False),
        ([timedelta(minutes=100)] * 3, True),
        ([timedelta(minutes=100)] * 7 + [timedelta(minutes=19)], True),
        ([timedelta(minutes=100)] * 7 + [timedelta(minutes=20)], False),
    ],
)
def test_a_session_ends_after_two_idle_hours_and_after_twelve_in_all(visitor, clock, gaps, is_in):
    person = make_known()
    sign_in(visitor, person)

    for gap in gaps:
        clock.at += gap
        status = visitor.get("/account").status_code

    assert (status == 200) is is_in


def test_a_page_that_only_looks_notes_that_it_was_seen_once_in_a_while(visitor, clock):
    sign_in(visitor, make_known())
    seen = []
    for minutes in (0, 4, 1, 4):
        clock.at += timedelta(minutes=minutes)
        visitor.get("/account")
        seen.append(db.session.scalar(select(SignIn.seen_at)))

    assert [seen[0] == at for at in seen] == [True, True, False, False]
    assert seen[2] == seen[3]


def test_a_reset_ends_every_session_and_leaves_the_second_factor(visitor, app):
    person = make_known(totp_confirmed_at=None)
    other = app.test_client()
    sign_in(other, person)
    visitor.hand_in("/password/forgotten", email=person.email)
    link = link_in(letters("people/reset")[0])
    new = "zes koeien op de dijk"

    answer = visitor.hand_in(link, password=new, repeat=new)

    assert answer.location == "/sign-in"
    assert other.get("/account").status_code == 302
    assert visitor.get("/account").status_code == 302
    assert sign_in(visitor, person).status_code == 422
    assert sign_in(visitor, person, new).status_code == 302
    assert visitor.get(link).status_code == 410


def test_a_reset_link_works_for_an_hour(visitor, clock):
    person = make_known()
    visitor.hand_in("/password/forgotten", email=person.email)
    link = link_in(letters("people/reset")[0])

    clock.at += timedelta(minutes=60)

    assert visitor.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "repeat"),
    [("te kort", "te kort"), (PASSWORD, PASSWORD + "!"), ("welkom2026!!", "welkom2026!!")],
)
def test_a_bad_new_password_is_refused_and_the_link_still_works(visitor, password, repeat):
    register(visitor)
    link = link_in(letters()[0])

    assert visitor.hand_in(link, name="N", password=password, repeat=repeat).status_code == 422
    assert visitor.get(link).status_code == 200


@pytest.mark.parametrize(
    "email",
    ["", "geen adres", "a@b", "a@example.org\r\nBcc: x@example.org", "x" * 250 + "@example.org",
     "<script>@example.org", "a@example.org,b@example.org"],
)  # fmt: skip
def test_a_strange_address_is_a_mistake_on_the_form(visitor, email):
    assert register(visitor, email).status_code == 422
    assert letters() == []


def test_a_hostile_name_is_only_text(visitor):
    name = "<script>alert(1)</script>{{7*7}}\r\nBcc: x"
    visitor.hand_in("/register", name=name, email="h@example.org", lang="nl")
    link = link_in(letters()[0])

    page = visitor.get(link).text

    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert person_by_email("h@example.org").name == "<script>alert(1)</script>{{7*7}} Bcc: x"


def test_password_fields_take_pasting_and_password_managers(visitor):
    register(visitor)
    pages = [visitor.get("/sign-in").text, visitor.get(link_in(letters()[0])).text]

    assert 'autocomplete="username"' in pages[0]
    assert 'autocomplete="current-password"' in pages[0]
    assert pages[1].count('autocomplete="new-password"') == 2
    assert all('type="password"' in page and "onpaste" not in page for page in pages)


def test_somebody_who_is_invited_registers_and_comes_back_to_the_invitation(visitor):
    visitor.hand_in("/register?next=/invitations/abc", name="N", email="n@example.org", lang="en")
    link = link_in(letters()[0])
    assert link.startswith("/en/register/")

    answer = visitor.hand_in(link, name="N", password=PASSWORD, repeat=PASSWORD)

    assert answer.location == "/invitations/abc"


def test_two_tabs_confirming_one_link_make_one_account(visitor):
    register(visitor)
    link = link_in(letters()[0])
    tabs = [visitor.token(link), visitor.token(link)]
    data = {"name": "N", "password": PASSWORD, "repeat": PASSWORD}

    statuses = [visitor.post(link, data={"csrf_token": tab, **data}).status_code for tab in tabs]

    assert statuses == [302, 410]
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_in_a_demo_you_can_be_anybody_at_once(visitor):
    person = make_known(is_platform_admin=True, name="Ada Admin")
    assert "Ada Admin" in visitor.get("/sign-in").text

    answer = visitor.hand_in("/sign-in/demo", _from="/sign-in", person=person.code)

    assert answer.location == "/desk"
    assert visitor.get("/house/people").status_code == 200


def test_in_production_nobody_is_listed_and_nobody_comes_in_without_a_password(app, clock):
    code = make_known(is_platform_admin=True, name="Ada Admin").code
    db.session.commit()
    old = app.extensions["sir.settings"]
    house: Flask = create_app(
        Settings(
            mode="production",
            database_url=old.database_url,
            secret_key="a secret of the tests of production",
            master_key="A" * 43 + "=",
            public_url="https://sir.example",
            store_url=old.store_url,
        ),
        clock=clock,
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    visitor = house.test_client()
    page = visitor.get("/sign-in", base_url="https://sir.example").text
    answer = visitor.post("/sign-in/demo", data={"person": code}, base_url="https://sir.example")
    with house.app_context():
        count = db.session.scalar(select(func.count()).select_from(SignIn))
        db.session.remove()
        db.engine.dispose()

    assert "Ada Admin" not in page
    assert answer.status_code == 404
    assert count == 0
