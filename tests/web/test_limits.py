"""Throttling: shared by workers, gentle on owners, over when its time is over."""

from datetime import timedelta

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import func, select, text

from sir.app import create_app
from sir.kernel.database import db
from sir.people.models import SignIn
from sir.web.limits import SqlStorage, forget_expired
from tests.conftest import Visitor, settings
from tests.people.test_views_entry import PASSWORD, letters, make_known, sign_in


def try_wrong(visitor, person, network="192.0.2.1"):
    return visitor.post(
        "/sign-in",
        data={
            "csrf_token": visitor.token("/sign-in"),
            "email": person.email,
            "password": "fout maar lang genoeg",
        },
        environ_base={"REMOTE_ADDR": network},
    )


def try_right(visitor, person, network):
    return visitor.post(
        "/sign-in",
        data={
            "csrf_token": visitor.token("/sign-in"),
            "email": person.email,
            "password": PASSWORD,
        },
        environ_base={"REMOTE_ADDR": network},
    )


def test_the_eleventh_wrong_password_waits_and_says_how_long(visitor, clock):
    person = make_known()
    statuses = [try_wrong(visitor, person).status_code for _ in range(10)]

    answer = try_wrong(visitor, person)

    assert statuses == [422] * 10
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    clock.at += timedelta(minutes=14)
    assert try_wrong(visitor, person).headers["Retry-After"] == "60"


def test_the_owner_comes_in_from_elsewhere_and_here_after_a_while(visitor, clock):
    person = make_known()
    for _ in range(20):
        try_wrong(visitor, person)

    assert try_right(visitor, person, "192.0.2.1").status_code == 429
    assert try_right(visitor, person, "198.51.100.7").status_code == 302
    clock.at += timedelta(minutes=15)
    assert try_right(visitor.application.test_client(), person, "192.0.2.1").status_code == 302


def test_an_unknown_address_is_throttled_just_the_same(visitor):
    class Nobody:
        email = "niemand@example.org"

    assert [try_wrong(visitor, Nobody).status_code for _ in range(11)] == [422] * 10 + [429]


def test_two_workers_count_together(app, clock, tmp_path, database_url):
    person = make_known()
    email = person.email
    db.session.commit()
    other = create_app(settings(database_url, tmp_path), clock=clock, TESTING=True)
    visitors = [Visitor(house) for house in (app, other)]
    statuses = [
        visitors[n % 2].hand_in("/sign-in", email=email, password="fout maar lang").status_code
        for n in range(12)
    ]
    with other.app_context():
        db.engine.dispose()

    assert statuses == [422] * 10 + [429] * 2


def test_one_network_does_not_try_many_accounts(visitor):
    statuses = set()
    for n in range(101):
        person = type("P", (), {"email": f"p{n}@example.org"})
        statuses.add(visitor.post(
            "/sign-in", data={"email": person.email}, environ_base={"REMOTE_ADDR": "2001:db8::1"}
        ).status_code)  # fmt: skip
    neighbour = visitor.post(
        "/sign-in", data={"email": "z@x.nl"}, environ_base={"REMOTE_ADDR": "2001:db8::2"}
    )
    elsewhere = visitor.post(
        "/sign-in", data={"email": "z@x.nl"}, environ_base={"REMOTE_ADDR": "2001:db8:1::1"}
    )

    assert statuses == {422, 429}
    assert (neighbour.status_code, elsewhere.status_code) == (429, 422)


def test_a_forged_forwarding_header_is_no_other_network(visitor):
    person = make_known()
    for n in range(10):
        visitor.post("/sign-in", data={"email": person.email},
                     headers={"X-Forwarded-For": f"203.0.113.{n}"})  # fmt: skip

    answer = visitor.post(
        "/sign-in", data={"email": person.email}, headers={"X-Forwarded-For": "203.0.113.99"}
    )

    assert answer.status_code == 429


@pytest.mark.parametrize("path", ["/register", "/password/forgotten"])
def test_nobody_fills_the_mailbox_of_somebody_else(visitor, path):
    person = make_known()
    answers = [
        visitor.hand_in(path, email=person.email, name="N", lang="nl").status_code for _ in range(5)
    ]

    assert answers == [302] * 3 + [429] * 2
    assert len(letters()) == 3


def test_codes_of_the_second_factor_are_not_guessed(visitor, app):
    person = make_known(totp_secret="x.y")
    sign_in(visitor, person)

    statuses = [visitor.hand_in("/account/factor", code="123456").status_code for _ in range(6)]

    assert statuses[-1] == 429
    assert db.session.scalar(select(SignIn.factor_at)) is None


def test_looking_at_the_form_is_never_counted(visitor):
    assert {visitor.get("/sign-in").status_code for _ in range(30)} == {200}
    assert db.session.scalar(text("SELECT count(*) FROM rate_limit")) == 0


def test_counts_name_nobody_and_are_forgotten(visitor, clock):
    person = make_known()
    try_wrong(visitor, person)
    keys = db.session.scalars(text("SELECT key FROM rate_limit")).all()
    assert len(keys) == 3
    assert not any("@" in key or "192.0.2" in key for key in keys)

    clock.at += timedelta(hours=1)
    db.session.rollback()
    forget_expired()

    assert db.session.scalar(select(func.count()).select_from(text("rate_limit"))) == 0


def test_the_storage_counts_as_the_library_expects(app, clock):
    storage = SqlStorage(clock)
    limiter, rate = FixedWindowRateLimiter(storage), parse("2 per minute")

    assert [limiter.hit(rate, "a") for _ in range(3)] == [True, True, False]
    assert limiter.hit(rate, "b")
    assert limiter.get_window_stats(rate, "a").remaining == 0
    storage.clear(rate.key_for("a"))
    assert limiter.test(rate, "a")
    storage.reset()
    assert storage.get(rate.key_for("b")) == 0
