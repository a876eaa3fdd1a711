"""The page of the post: words in a demo, only the journey in production, for one reader."""

import re

from sir.kernel.database import db
from sir.notices.rules import MOST_TRIES
from sir.notices.services import note_posted, write_letter
from tests.makers import NOON, make_person
from tests.notices.test_post import letter


def make_admin():
    return make_person(is_platform_admin=True)


def write(count=1, **given):
    for _ in range(count):
        write_letter("people/known", to=make_person(email=f"{_}@x.nl"), at=NOON, **given)


def test_a_letter_is_readable_before_and_after_it_is_posted(visitor):
    write(key="een")
    visitor.as_(make_admin())
    assert "U hebt al een account" in visitor.get("/outbox").text
    assert "/password/forgotten" in visitor.get("/outbox/letter?key=een").text

    note_posted(letter(), subject="Zoals gestuurd", body="Dit stond erin.", at=NOON)

    assert "Zoals gestuurd" in visitor.get("/outbox").text
    assert "Dit stond erin." in visitor.get("/outbox/letter?key=een").text


def test_in_production_only_the_journey_is_shown(visitor, app):
    write(key="een")
    note_posted(letter(), subject="Geheim onderwerp", body="Geheim", at=NOON)
    visitor.as_(make_admin())
    object.__setattr__(app.extensions["sir.settings"], "mode", "production")

    page = visitor.get("/outbox").text

    assert "people/known" in page
    assert "Geheim" not in page
    assert visitor.get("/outbox/letter?key=een").status_code == 404


def test_every_letter_is_listed_once_over_the_pages(visitor):
    write(60)
    visitor.as_(make_admin())
    path, seen = "/outbox", []
    while path:
        page = visitor.get(path).text
        seen += re.findall(r"\b\d+@x\.nl\b", page)
        found = re.search(r'href="(/outbox\?before=[^"]+)"', page)
        path = found and found[1].replace("&amp;", "&")

    assert len(seen) == len(set(seen)) == 60


def test_a_letter_given_up_shows_its_fault_and_can_be_tried_again(visitor):
    write()
    row = letter()
    row.tries, row.fault = MOST_TRIES, "<b>550 no such mailbox</b>"
    visitor.as_(make_admin())
    page = visitor.get("/outbox?stuck=1").text
    assert "&lt;b&gt;550 no such mailbox" in page

    visitor.hand_in("/outbox/again", _from="/outbox", key=row.key)

    db.session.expire_all()
    assert letter().tries == 0


def test_nobody_else_reads_the_post(visitor):
    write(key="een")
    visitor.as_(make_person())

    for path in ("/outbox", "/outbox/letter?key=een"):
        assert visitor.get(path).status_code == 404
