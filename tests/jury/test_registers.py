"""The yearly register of interests: kept by oneself, signed, and read by nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from sir.jury.models import InterestKind, Register
from sir.jury.queries import register_of
from sir.jury.services import add_interest, declare_ties, sign_register, strike_interest
from sir.jury.services.registers import standing_interests
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.people.models import Role
from tests.jury.story import Story
from tests.makers import NOON, make_member, make_person

NEXT_YEAR = NOON.replace(year=2027, month=1, day=4)


def lists(person, at=NOON, **given):
    interest = add_interest(
        **{"kind": InterestKind.SIDE, "organisation": "Zak & Zo B.V.", "by": person, "at": at}
        | given
    )
    db.session.flush()
    return interest


def test_who_has_none_says_so(app):
    person = make_person()
    with pytest.raises(Refused):
        sign_register(has_none=False, by=person, at=NOON)
    register = sign_register(has_none=True, by=person, at=NOON)
    assert (register.year, register.has_none, register.signed_at) == (2026, True, NOON)
    assert len(register.sha256) == 64


def test_who_has_ties_cannot_say_there_are_none(app):
    person = make_person()
    lists(person)
    with pytest.raises(Refused):
        sign_register(has_none=True, by=person, at=NOON)
    assert sign_register(has_none=False, by=person, at=NOON).signed_at == NOON


def test_every_change_asks_for_a_new_signature_over_another_text(app):
    person = make_person()
    first = lists(person)
    before = sign_register(has_none=False, by=person, at=NOON).sha256
    lists(person, kvk="08123410")
    register = register_of(person, NOON)
    assert register.signed_at is None
    assert sign_register(has_none=False, by=person, at=NOON).sha256 != before
    strike_interest(first, by=person, at=NOON)
    assert register.signed_at is None
    assert [row.kvk for row in standing_interests(register)] == ["08123410"]
    assert len(register.interests) == 2  # what was signed once is kept


@pytest.mark.parametrize(
    "given",
    [
        {"organisation": "", "people": ""},
        {"kvk": "123"},
        {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
    ],
)
def test_an_interest_that_cannot_be_is_refused(app, given):
    with pytest.raises(Refused):
        lists(make_person(), **given)


def test_only_its_owner_strikes_an_interest_out_and_once(app):
    person = make_person()
    interest = lists(person)
    with pytest.raises(Refused):
        strike_interest(interest, by=make_person(), at=NOON)
    strike_interest(interest, by=person, at=NOON)
    with pytest.raises(Refused):
        strike_interest(interest, by=person, at=NOON)


def test_a_register_is_valid_for_its_calendar_year_and_taken_over_into_the_next(app):
    person = make_person()
    interest = lists(person)
    sign_register(has_none=False, by=person, at=NOON)
    assert register_of(person, NEXT_YEAR) is None

    lists(person, NEXT_YEAR, organisation="Veldblik")

    register = register_of(person, NEXT_YEAR)
    assert [row.organisation for row in standing_interests(register)] == [
        "Zak & Zo B.V.",
        "Veldblik",
    ]
    with pytest.raises(Refused):
        strike_interest(interest, by=person, at=NEXT_YEAR)


def test_the_year_turns_at_midnight_in_amsterdam(app):
    person = make_person()
    eve = NOON.replace(month=12, day=31, hour=22, minute=59)
    assert sign_register(has_none=True, by=person, at=eve).year == 2026
    assert sign_register(has_none=True, by=person, at=eve + timedelta(minutes=1)).year == 2027


def test_nobody_declares_without_this_years_signature(app):
    story = Story().opened()
    seat = story.jury[0]
    register_of(seat.person, NOON).signed_at = None
    ties = {proposal.bidder_id: ("none", "") for proposal in story.proposals}
    with pytest.raises(Refused, match="belangenregister"):
        declare_ties(seat, ties=ties, by=seat.person, at=NOON)


def test_the_pages_of_a_register(app, visitor):
    person, other = make_person(), make_person()
    visitor.as_(person)
    assert "Nog niet ondertekend voor 2026" in visitor.get("/account/interests").text
    unanswered = visitor.hand_in("/account/interests", is_true="y")
    assert unanswered.status_code == 422
    wrong = visitor.hand_in("/account/interests/new", kind="side", kvk="12", organisation="=cmd")
    assert wrong.status_code == 422
    assert "=cmd" in wrong.text
    empty = visitor.hand_in("/account/interests/new", kind="side")
    assert empty.status_code == 422
    answer = visitor.hand_in(
        "/account/interests/new",
        **{
            "kind": "owner",
            "organisation": "<b>Zonneland</b>",
            "kvk": "0812 3410",
            "domain": "Zon.NL",
            "since-day": "1",
            "since-month": "2",
            "since-year": "2020",
            "another": "1",
        },
    )
    assert answer.location.endswith("/account/interests/new")
    page = visitor.get("/account/interests").text
    assert "&lt;b&gt;Zonneland&lt;/b&gt;" in page
    assert "08123410; zon.nl" in page
    assert visitor.hand_in("/account/interests", is_true="y").status_code == 302
    assert "Ondertekend op" in visitor.get("/account/interests").text
    interest = db.session.scalars(select(Register)).one().interests[0]
    visitor.as_(other)
    assert "Zonneland" not in visitor.get("/account/interests").text
    path = f"/interests/{interest.code}/strike"
    assert visitor.hand_in(path, _from="/account/interests").status_code == 404
    visitor.as_(person)
    assert visitor.hand_in(path, _from="/account/interests").status_code == 302
    assert "&lt;b&gt;Zonneland" not in visitor.get("/account/interests").text


def test_a_stranger_has_no_register(visitor):
    assert visitor.get("/account/interests").status_code == 302


def test_whoever_guards_integrity_cannot_sit_on_the_jury(app):
    story = Story()
    guard = make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    with pytest.raises(Refused):
        story.seat(person=guard)
