"""From a question and a first sentence to an open vault, looked at on a desk and on a phone."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.people.rules.factors import code_at
from sir.questions.services import ask_question, prepare_answer, publish_answer
from tests.makers import NOON, make_challenge, make_founder, make_sign_in, make_startup
from tests.proposals.story import Official, draft


class Told(NamedTuple):
    """What the story needs to know, without a hand on the database."""

    challenge: str
    proposal: str
    closes_at: datetime
    tokens: dict
    secrets: dict


@pytest.fixture
def told(live):
    """A challenge with a question answered and one waiting, a draft, and one in the vault."""
    with live.app.app_context():
        challenge = make_challenge(questions_close_at=NOON + timedelta(minutes=30))
        bidder = make_startup(name="Klinkerwerk B.V.")
        founder = make_founder(bidder)
        officer = Official(Role.OFFICER, challenge)
        answered, _waiting = (
            ask_question(challenge, text=text, by=founder, at=NOON)
            for text in ("Mag de klinker grijs zijn?", "Mag Klinkerwerk ook asfalt leggen?")
        )
        texts = {"public_text": "Mag de klinker grijs zijn?", "answer": "Ja, dat mag."}
        with transaction():
            prepare_answer(answered, **texts, version=1, by=officer.person, at=NOON)
            publish_answer(answered, by=officer.person, at=NOON)
        proposal, founder = draft(challenge, bidder, founder)
        second = Official(Role.SECRETARY, challenge)
        told = Told(
            challenge.code,
            proposal.code,
            challenge.closes_at,
            {
                name: make_sign_in(who.id)
                for name, who in (
                    ("founder", founder),
                    ("officer", officer.person),
                    ("second", second.person),
                )
            },
            {"officer": officer.secret, "second": second.secret},
        )
        db.session.commit()
        db.session.remove()  # a transaction of ours would lock the house
    return live, told


@pytest.mark.parametrize(("width", "lang"), [(1280, ""), (390, "/en")])
def test_a_bidder_writes_hands_in_and_reads_the_receipt(told, open_page, width, lang):
    live, story = told
    page = live.let_in(open_page(live, width=width), story.tokens["founder"])
    mine = f"{lang}/proposals/{story.proposal}"

    page.visit(f"{lang}/challenges/{story.challenge}/ask").shot("vragen")
    page.visit(f"{lang}/challenges/{story.challenge}/propose").shot("voorstel-begin")
    for step in ("idea", "plan", "team", "picture", "company", "cost"):
        page.visit(f"{mine}/edit/{step}").shot(f"voorstel-{step}")
    page.visit(f"{mine}/submit").shot("voorstel-controle")
    page.locator("[name=has_declared]").check()
    page.locator("form.sir-form button[type=submit]").click()
    page.wait_for_url(f"**/proposals/{story.proposal}")
    page.check().shot("voorstel-ontvangst")
    page.visit(f"{mine}/withdraw").shot("voorstel-intrekken")


@pytest.mark.parametrize("width", [1280, 390])
def test_officials_answer_and_open(told, open_page, width):
    live, story = told
    bidder = live.let_in(open_page(live, width=width), story.tokens["founder"])
    bidder.visit(f"/proposals/{story.proposal}/submit")
    bidder.locator("[name=has_declared]").check()
    bidder.locator("form.sir-form button[type=submit]").click()
    bidder.wait_for_url(f"**/proposals/{story.proposal}")
    officer = live.let_in(open_page(live, width=width), story.tokens["officer"])
    vault = f"/challenges/{story.challenge}/opening"
    officer.visit(f"/challenges/{story.challenge}/questions").shot("vragen-inkoper")
    officer.locator("main a.nl-button--secondary").first.click()
    officer.wait_for_url("**/answer")
    officer.check().shot("vraag-beantwoorden")
    officer.visit(vault).shot("kluis-dicht")

    live.clock.at = story.closes_at + timedelta(minutes=1)
    officer.visit(vault).shot("kluis-eerste")
    _turn(live, officer, story.secrets["officer"])
    second = live.let_in(open_page(live, width=width), story.tokens["second"])
    second.visit(vault).shot("kluis-tweede")
    live.clock.at += timedelta(minutes=1)
    _turn(live, second, story.secrets["second"])
    second.wait_for_selector("table")
    second.check().shot("kluis-open")
    second.locator("table a").first.click()
    second.wait_for_url(f"**/proposals/{story.proposal}")
    second.check().shot("voorstel-geopend")
    second.visit(f"/proposals/{story.proposal}/exclude").shot("voorstel-uitsluiten")


def _turn(live, page, secret):
    page.locator("#code").fill(code_at(secret, live.clock.at))
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
