"""The picture page of a proposal, as its bidder, an official and a juror see it."""

import pytest

from sir.jury.queries import sheets_of
from sir.kernel.database import db
from sir.kernel.pictures import redrawn
from sir.people.models import Role
from tests.journeys.test_prices import signed_in
from tests.jury.story import Story
from tests.makers import make_challenge, make_team_member
from tests.pictures import drawing, jpeg
from tests.proposals.story import draft, open_vault

ALT = "Een rode en een blauwe helft"
LOADED = "() => [...document.querySelectorAll('.sir-picture img')].every(i => i.naturalWidth > 0)"


@pytest.mark.parametrize(
    ("lang", "way"),
    [
        ("", {"width": 1280, "scheme": "light"}),
        ("/en", {"width": 390, "scheme": "dark"}),
        ("", {"width": 390, "scripts": False}),
    ],
    ids=["wide", "narrow", "without scripts"],
)
def test_a_picture_is_added_handed_in_and_seen(live, open_page, lang, way):
    look = open_page(live, **way)
    with live.app.app_context():
        challenge = make_challenge()
        challenge.terms.is_blind = True
        proposal, founder = draft(challenge)
        db.session.commit()
        writes(live, look, f"{lang}/proposals/{proposal.code}", founder)
        reads(live, look, lang, proposal)
        judges(live, look, lang)


def sends(look, content, *, name="schets.jpg", status=200):
    """Choose a file and press the button at the foot."""
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    look.page.locator("[name=upload]").set_input_files(file)
    continues(look, status=status)


def continues(look, *, status=200):
    with look.page.expect_navigation():
        look.page.locator(".sir-actionbar button[type=submit]").click()
    look.check(status=status)


def writes(live, look, mine, founder):
    signed_in(live, look, founder)
    page = look.page
    look.visit(f"{mine}/edit/picture").shot("picture-empty")
    page.fill("[name=picture_alt]", ALT)
    page.fill("[name=picture_caption]", "Zo ziet het eruit")
    sends(look, b"geen plaatje", status=422)
    assert page.input_value("[name=picture_alt]") == ALT
    look.shot("picture-wrong")
    sends(look, jpeg(drawing(1200, 800)), status=422)  # the tick of a blind jury is missing
    look.shot("picture-tick")
    page.check("[name=picture_unnamed]")
    continues(look)
    assert look.path.endswith("/edit/company")
    look.visit(f"{mine}/edit/picture").shot("picture-kept")
    assert page.locator(f'img[alt="{ALT}"]').count() == 1
    with page.expect_navigation():
        page.locator("button[form=remove]").click()
    look.check().shot("picture-removed")
    assert page.locator(".sir-picture").count() == 0
    page.fill("[name=picture_alt]", ALT)
    page.check("[name=picture_unnamed]")
    sends(look, jpeg(drawing(800, 1200), orientation=6))
    assert page.locator(".sir-picture").count() == 1
    look.visit(f"{mine}/submit").shot("picture-check")
    page.check("[name=has_declared]")
    with page.expect_navigation():
        page.locator("form.sir-form button[type=submit]").click()
    look.check()


def goes(live, look, person, path):
    """Sign in and look; a transaction of ours would lock the house."""
    signed_in(live, look, person)
    db.session.remove()
    look.visit(path)


def reads(live, look, lang, proposal):
    db.session.rollback()
    officer = make_team_member(Role.OFFICER, proposal.challenge)
    open_vault(proposal.challenge, live.clock)
    path = f"{lang}/proposals/{proposal.code}"
    goes(live, look, officer, path)
    look.page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    look.page.wait_for_function(LOADED)
    look.check().shot("picture-official")


def judges(live, look, lang):
    story = Story(proposals=2).written(picture=redrawn(jpeg(drawing(1200, 800)))).started()
    db.session.commit()
    juror = story.jury[1]
    sheet = next(s for s in sheets_of(story.round, juror) if s.proposal.number == 1)
    goes(live, look, juror.person, f"{lang}/sheets/{sheet.code}")
    look.page.wait_for_function(LOADED)
    look.shot("picture-juror")
