"""Everybody walks through everything they can reach in the demo, as their tools see it."""

from urllib.parse import urlsplit

import pytest
from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from sir.app import create_app
from sir.kernel.catalogue import joined
from sir.kernel.database import db
from sir.people.models import Person
from sir.ports.clock import StoppedClock
from tests.conftest import settings
from tests.journeys.conftest import TODAY, serve

VISITORS = {
    "nobody": None,
    "challenge owner": "Simone Groen",
    "owner of a residency": "Amina Bouali",
    "procurement officer": "Mark Peeters",
    "officer at a vault": "Ron Verhoeven",
    "officer in standstill": "Pieter van Dam",
    "approver": "Hanneke Vos",
    "jury secretary": "Wietske Faber",
    "chair": "Ben Oosterhuis",
    "juror": "Saskia Bruins",
    "juror who signed": "Annelies Roos",
    "secretary of a pitch day": "Stefan Bakker",
    "juror of a pitch day": "Iris van Vliet",
    "chair who asks in writing": "Wouter Terpstra",
    "adviser": "Tessa Molenaar",
    "integrity officer": "Naima Bensaid",
    "secretary of a division": "Joris Meijer",
    "founder who is asked": "Ruben Kok",
    "finalist": "Milan Koster",
    "founder with a draft": "Jelle Boersma",
    "founder with a letter": "Noor de Wit",
    "founder in residence": "Esther Maas",
    "programme manager": "Linda Schouten",
    "auditor": "Willem Prins",
    "organisation admin": "Marijke Dekker",
    "platform admin": "Beheer Demo",
}
WAYS = [("nl", 1280, "light"), ("en", 390, "dark")]
# What is the same for everyone is walked once in each way.
SHARED = ("people.", "residency.", "desk.about_page", "challenges.index", "challenges.show")


@pytest.fixture(scope="session")
def walked():
    """Which shared pages were seen already, in which way."""
    return set()


@pytest.fixture(scope="session")
def demo(demo_folder):
    """The whole demo, on a day that stands still."""
    clock = StoppedClock(TODAY)
    yield from serve(
        create_app(settings(f"sqlite:///{demo_folder}/demo.db", demo_folder), clock=clock), clock
    )


def _english_sentences():
    """Every sentence of the code that Dutch says otherwise."""
    return [
        message.id
        for message in joined("nl")
        if isinstance(message.id, str)
        and len(message.id) > 12
        and "%(" not in message.id
        and message.string != message.id
    ]


def _endpoint(app, path, prefix):
    adapter = app.url_map.bind("127.0.0.1")
    try:
        return adapter.match(path.removeprefix(prefix) or "/", "GET")[0]
    except HTTPException:
        return None


def choose(look, code):
    """Press the button of one of the people of the demo; it works in a closed group too."""
    button = f'button[name="person"][value="{code}"], form:has(input[value="{code}"]) button'
    for summary in look.page.query_selector_all("details:not([open]) > summary"):
        summary.click()
    look.page.click(button)


def sign_in(look, app, name, prefix):
    with app.app_context():
        code = db.session.scalar(select(Person.code).where(Person.name == name))
    look.visit(f"{prefix}/sign-in")
    look.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    look.page.click(
        f'button[name="person"][value="{code}"], form:has(input[value="{code}"]) button'
    )
    look.page.wait_for_load_state()


@pytest.mark.parametrize(("lang", "width", "scheme"), WAYS, ids=["nl-1280", "en-390-dark"])
@pytest.mark.parametrize("who", VISITORS)
def test_every_page_a_person_can_reach_is_sound(  # noqa: PLR0917 - one case is this wide
    demo, walked, open_page, who, lang, width, scheme
):
    prefix = "" if lang == "nl" else "/en"
    look = open_page(demo, width=width, scheme=scheme)
    start = f"{prefix}/challenges/"
    if VISITORS[who]:
        sign_in(look, demo.app, VISITORS[who], prefix)
        start = f"{prefix}/desk"
    english = _english_sentences() if lang == "nl" else []
    queue, seen = [start], {endpoint for way, endpoint in walked if way == lang}
    before = len(seen)
    while queue:
        path = queue.pop(0)
        endpoint = _endpoint(demo.app, urlsplit(path).path, prefix)
        if endpoint is None or endpoint in seen:
            continue
        seen.add(endpoint)
        if endpoint.startswith(SHARED):
            walked.add((lang, endpoint))
        answer = look.page.request.get(demo.url + path)
        assert answer.status == 200, f"{who} {path}: {answer.status}"
        if "text/html" not in answer.headers["content-type"]:
            assert answer.body(), path
            continue
        look.visit(path)
        look.shot(f"{who}-{endpoint}-{lang}".replace(" ", "_"))
        text = look.page.inner_text("body")
        marked = " ".join(look.page.locator("main [lang=en]").all_inner_texts())
        found = [words for words in english if words in text and words not in marked]
        assert found == [], path
        queue += look.page.eval_on_selector_all(
            "a[href^='/']", "links => links.map(link => link.getAttribute('href'))"
        )

    assert len(seen) > before


def test_the_demo_says_that_it_is_one(demo, open_page):
    look = open_page(demo).visit("/challenges/")

    assert "Demonstratie" in look.page.inner_text("body")


def test_the_journal_of_the_demo_is_whole(demo):
    with demo.app.app_context():
        runner = current_app.test_cli_runner()
        result = runner.invoke(args=["sir", "verify-journal"])

    assert (result.exit_code, result.output.strip()) == (0, "The journal is whole.")
