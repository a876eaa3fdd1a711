"""A call in the browser: a startup orders its entries, the programme manager records who wins."""

import pytest

from sir.calls.queries import latest_resolution, own_order
from sir.challenges.models import Call
from sir.kernel.database import db
from sir.people.models import Organisation
from tests.calls.story import CallStory, entered, vault
from tests.makers import make_sign_in

RANKINGS = {
    "Brieven die iedereen begrijpt": ["Helder BV", "Praatplaat", "Taalwerk"],
    "Warme wijken koel houden": ["Praatplaat", "Helder BV", "Schoonspoor"],
    "Schoon water in de sloot": ["Schoonspoor", "Taalwerk", "Helder BV"],
}


def come_in(live, look, person):
    """Sign somebody in, in this browser."""
    with live.app.app_context():
        token = make_sign_in(person)
        db.session.commit()
        db.session.remove()
    return live.let_in(look, token)


WAYS = [
    {"width": 1280, "scripts": True, "prefix": ""},
    {"width": 390, "scripts": False, "prefix": "", "scheme": "dark"},
    {"width": 768, "scripts": True, "prefix": "/en", "scheme": "dark"},
]


@pytest.mark.parametrize("way", WAYS, ids=["wide", "phone", "english"])
def test_a_startup_puts_its_proposals_in_order(live, open_page, way):
    prefix, way = way["prefix"], {key: value for key, value in way.items() if key != "prefix"}
    with live.app.app_context():
        call, startup, founder, proposals = entered(*list(RANKINGS)[:2])
        code, call_id, startup_id = proposals[0].code, call.id, startup.id
        second = f"place_{proposals[1].challenge.code}"
        first, person = f"place_{proposals[0].challenge.code}", founder.id
        wanted = [proposals[1].challenge.code, proposals[0].challenge.code]
        call_code = call.code
        db.session.commit()
        db.session.remove()
    look = come_in(live, open_page(live, **way), person)
    look.visit(f"{prefix}/calls/").shot("calls")
    look.visit(f"{prefix}/calls/{call_code}").shot("call")
    look.visit(f"{prefix}/proposals/{code}").shot("call-proposal")
    look.locator(f"a[href$='/proposals/{code}/order']").click()
    look.check().shot("order")
    look.locator(f"[name={first}]").select_option("2")
    look.locator(f"[name={second}]").select_option("2")
    look.locator("form button[type=submit]:visible").last.click()
    look.check(status=422).shot("order-twice")
    look.locator(f"[name={second}]").select_option("1")
    look.locator("form button[type=submit]:visible").last.click()
    look.check()

    with live.app.app_context():
        call, startup = db.session.get(Call, call_id), db.session.get(Organisation, startup_id)
        assert own_order(call, startup, vault()) == wanted
        db.session.remove()


@pytest.mark.parametrize("way", WAYS, ids=["wide", "phone", "english"])
def test_the_programme_manager_records_who_wins_what(live, open_page, way):
    prefix, way = way["prefix"], {key: value for key, value in way.items() if key != "prefix"}
    with live.app.app_context():
        story = CallStory(RANKINGS)
        letters, cool, water = RANKINGS
        story.wants("Helder BV", cool, letters, water)
        story.wants("Praatplaat", letters, cool)
        story.wants("Schoonspoor", cool, water)
        code, manager = story.call.code, story.manager.id
        db.session.commit()
        call_id = story.call.id
        db.session.remove()
    look = come_in(live, open_page(live, **way), manager)
    look.visit(f"{prefix}/desk").shot("desk-manager")
    look.locator(f"a[href$='/calls/{code}/outcome']").first.click()
    look.check().shot("outcome")
    look.locator("form button[type=submit]:visible").last.click()
    look.check(status=422).shot("outcome-unticked")
    look.locator("[name=is_final]").check()
    look.locator("form button[type=submit]:visible").last.click()
    look.check().shot("outcome-recorded")

    with live.app.app_context():
        kept = latest_resolution(db.session.get(Call, call_id))
        assert kept is not None
        assert kept.follows_rankings
        db.session.remove()
