"""The pages of a price, looked at as their users and their tools do."""

import pytest

from sir.kernel.database import db
from tests.challenges.story import Story as Draft
from tests.challenges.test_plan_pages import english
from tests.jury.priced import MINUTE, Priced, priced_plan
from tests.makers import NOON, make_challenge, make_sign_in
from tests.proposals.story import draft


def signed_in(live, look, person):
    """Sign somebody in, in this browser."""
    token = make_sign_in(person.id)
    db.session.commit()
    return live.let_in(look, token)


@pytest.mark.parametrize(("width", "scheme", "lang"), [(1280, "light", ""), (390, "dark", "/en")])
def test_every_page_with_a_price_is_right_for_everybody(live, open_page, width, scheme, lang):
    look = open_page(live, width=width, scheme=scheme)
    with live.app.app_context():
        plan_pages(live, look, lang)
        bidder_page(live, look, lang)
        jury_pages(live, look, lang)


def plan_pages(live, look, lang):
    story = Draft(has_english=True)
    plan = story.challenge.plan
    for row in plan.criteria:
        row.weight /= 2
    plan.price_weight, plan.price_floor, plan.price_ceiling = 50, 10_000, 30_000
    db.session.commit()
    assert english(story)["name_en_1"]
    signed_in(live, look, story.owner)
    code = story.challenge.code
    look.visit(f"{lang}/challenges/{code}/criteria").shot("criteria")
    look.page.fill("[name=weight_price]", "40")
    words = "Weights together: 90" if lang else "Wegingen samen: 90"
    look.page.get_by_text(words, exact=True).first.wait_for()
    look.visit(f"{lang}/challenges/{code}/simulation").shot("simulation")
    look.visit(f"{lang}/challenges/{code}").shot("challenge")


def bidder_page(live, look, lang):
    proposal, founder = draft(make_challenge(plan=priced_plan()))
    signed_in(live, look, founder)
    look.visit(f"{lang}/proposals/{proposal.code}/edit/price").shot("price")
    look.visit(f"{lang}/proposals/{proposal.code}/submit").shot("gap")


def jury_pages(live, look, lang):
    story = Priced(("12.345,67", "20.000", "30.000")).agreed()
    db.session.commit()
    code = story.round.code
    signed_in(live, look, story.keys.officer.person)
    look.visit(f"{lang}/rounds/{code}/prices").shot("sealed")
    story = Priced(("12.345,67", "20.000", "30.000")).locked(6, 5, 4)
    code = story.round.code
    signed_in(live, look, story.keys.officer.person)
    look.visit(f"{lang}/rounds/{code}/prices").shot("first-key")
    look.visit(f"{lang}/challenges/{story.challenge.code}/jury").shot("room")
    story.starts(live.clock)
    look.visit(f"{lang}/rounds/{code}/prices").shot("waiting")
    signed_in(live, look, story.keys.assessor.person)
    look.visit(f"{lang}/rounds/{code}/prices").shot("second-key")
    look.visit(f"{lang}/desk").shot("desk")
    story.completes(live.clock, at=NOON + MINUTE)
    look.visit(f"{lang}/rounds/{code}/prices").shot("open")
    path = f"{lang}/rankings/{story.ranks().code}"
    signed_in(live, look, story.keys.secretary.person)
    look.visit(path).shot("ranking")
