"""The page of the post: words in a demo, only the journey in production, for one reader."""

import re

import pytest

from sir.commands.post import post_due
from sir.kernel.database import db
from sir.notices.rules import MOST_TRIES
from sir.notices.services import note_posted, write_letter
from sir.ports.post import FolderPost, SmtpPost
from tests.makers import NOON, make_challenge, make_person
from tests.notices.test_post import letter
from tests.proposals.story import draft, open_vault, submit, withdraw


def make_admin():
    return make_person(is_platform_admin=True)


def write(count=1, **given):
    for _ in range(count):
        write_letter("people/known", to=make_person(email=f"{_}@x.nl"), at=NOON, **given)


def test_a_letter_is_readable_before_and_after_it_is_posted(visitor):
    write(key="een")
    visitor.as_(make_admin())
    assert "U heeft al een account" in visitor.get("/outbox").text
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


ADMIN_PAGES = ("/outbox", "/outbox?stuck=1", "/house/people", "/house/organisations", "/desk")


def _seen(visitor):
    """All that a platform admin sees; the form's guard holds the second it was made."""
    guard = r'(name="csrf_token" value=)"[^"]*"'
    pages = {path: visitor.get(path) for path in ADMIN_PAGES}
    assert [page.status_code for page in pages.values()] == [200] * len(pages)
    return {
        path: (re.sub(guard, r"\1", page.text), sorted(map(str, page.headers)))
        for path, page in pages.items()
    }


def _answers(path, visitor, key):
    return visitor.get(f"{path}?key={key}").status_code


@pytest.mark.parametrize("act", ["hands in", "withdraws", "fails to be told"])
def test_before_the_opening_nothing_tells_the_admin_who_takes_part(visitor, act):
    """Two worlds that differ in one hidden submission answer alike, byte for byte."""
    proposal, founder = draft()
    visitor.as_(make_admin())
    _seen(visitor)  # the first page of a session brings its cookie
    before = _seen(visitor)

    receipt = submit(proposal, founder).receipt
    if act == "withdraws":
        withdraw(proposal, founder, receipt)
    if act == "fails to be told":
        letter().tries, letter().fault = MOST_TRIES, "550 no such mailbox"

    assert _seen(visitor) == before


def test_a_sealed_letter_cannot_be_found_by_its_number_nor_tried_again(visitor):
    submit(*draft())
    row = letter()
    row.tries, key = MOST_TRIES, row.key
    visitor.as_(make_admin())

    assert _answers("/outbox/letter", visitor, key) == 404
    assert visitor.hand_in("/outbox/again", _from="/outbox", key=key).status_code == 404
    db.session.expire_all()
    assert letter().tries == MOST_TRIES


def test_after_the_opening_the_receipts_are_in_the_outbox(visitor, clock):
    challenge = make_challenge()
    _, founder = proposal_and_founder = draft(challenge)
    submit(*proposal_and_founder)
    visitor.as_(make_admin())
    assert founder.email not in visitor.get("/outbox").text

    open_vault(challenge, clock)

    assert founder.email in visitor.as_(make_admin()).get("/outbox").text


def test_the_command_that_posts_does_not_count_what_is_sealed(app, tmp_path, caplog):
    submit(*draft())
    write()
    office = FolderPost(str(tmp_path / "box"))

    assert post_due(office) == 1
    assert len(list((tmp_path / "box").iterdir())) == 2


def test_the_log_does_not_name_a_sealed_letter_that_did_not_leave(app, caplog):
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt

    assert post_due(SmtpPost("smtp://127.0.0.1:9")) == 0

    assert "under seal" in caplog.text
    assert receipt not in caplog.text
    assert founder.email not in caplog.text
