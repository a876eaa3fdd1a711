"""People of the demo do their main job: score, award, ask; once without JavaScript."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.app import create_app
from sir.challenges.models import Challenge
from sir.decisions.models import Decision
from sir.jury.models import Sheet
from sir.kernel.database import db
from sir.people.models import Person
from sir.ports.clock import StoppedClock
from sir.questions.models import Question
from sir.terms.models import Terms
from tests.conftest import settings
from tests.journeys.conftest import TODAY, serve
from tests.journeys.test_walk import choose, sign_in

REASON = (
    "De indiener laat per plek zien waarom een zak ernaast belandt en onderbouwt dat met cijfers "
    "van de reiniging zelf."
)


@pytest.fixture
def house(demo_folder, tmp_path):
    """A copy of the demo of our own, to act in."""
    shutil.copyfile(demo_folder / "demo.db", tmp_path / "sir.db")
    shutil.copytree(demo_folder / "store", tmp_path / "store", dirs_exist_ok=True)
    clock = StoppedClock(TODAY)
    app = create_app(settings(f"sqlite:///{tmp_path}/sir.db", tmp_path), clock=clock)
    yield from serve(app, clock)


def ask_house(house, question):
    """Ask the database something in a context of its own."""
    with house.app.app_context():
        answer = question()
        db.session.remove()
    return answer


def code_of(house, title):
    return ask_house(
        house,
        lambda: db.session.scalar(select(Challenge.code).join(Terms).where(Terms.title == title)),
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_a_juror_scores_a_proposal_and_it_saves_itself(house, open_page, width):
    look = open_page(house, width=width)
    sign_in(look, house.app, "Mieke Tammens", "")
    challenge = code_of(house, "Afval naast de container")
    look.visit(f"/challenges/{challenge}/jury")
    sheet = ask_house(
        house,
        lambda: db.session.execute(
            select(Sheet.code, Sheet.version)
            .join(Sheet.seat)
            .where(Sheet.seat.has(name="Mieke Tammens"), Sheet.position == 1)
        ).one(),
    )
    look.visit(f"/sheets/{sheet.code}")
    for group in look.page.query_selector_all("fieldset"):
        radios = group.query_selector_all("input[type=radio]")
        if radios:
            radios[-2].check()
            group.query_selector("textarea").fill(REASON)
    look.page.wait_for_selector("[data-state-of][data-state=ok]")
    look.check().shot("juror-scored")

    saved = ask_house(
        house, lambda: db.session.scalar(select(Sheet).where(Sheet.code == sheet.code)).version
    )
    assert saved > sheet.version
    look.page.reload()
    assert look.page.locator("textarea").first.input_value() == REASON


def test_an_award_waits_for_the_standstill_and_then_is_public(house, open_page):
    look = open_page(house)
    sign_in(look, house.app, "Hanneke Vos", "")
    challenge = code_of(house, "Brieven die iedereen begrijpt")
    ends_at = ask_house(
        house,
        lambda: db.session.scalar(
            select(Decision.standstill_ends_at).join(Challenge).where(Challenge.code == challenge)
        ),
    )
    stranger = open_page(house)
    stranger.visit(f"/challenges/{challenge}")
    assert "Klare Taal Labs" not in stranger.page.inner_text("main")

    house.clock.at = ends_at - timedelta(microseconds=1)
    sign_in(look, house.app, "Hanneke Vos", "")
    look.visit(f"/challenges/{challenge}/decision/award")
    assert look.page.locator("[name=is_final]").count() == 0

    house.clock.at = ends_at
    look.visit(f"/challenges/{challenge}/decision/award")
    look.page.locator("[name=is_final]").check()
    look.page.locator("form.sir-form button[type=submit]").click()
    look.page.wait_for_load_state()
    look.check().shot("awarded")

    stranger = open_page(house)  # a browser may keep a public page for a minute
    stranger.visit(f"/challenges/{challenge}").shot("awarded-public")
    text = stranger.page.inner_text("main")
    assert "Klare Taal Labs" in text
    assert "De Proeflezer" not in text


def test_a_founder_asks_a_question_without_javascript(house, open_page):
    look = open_page(house, width=390, scripts=False)
    sign_in(look, house.app, "Laila Bouzid", "")
    challenge = code_of(house, "Stroomaansluiting delen")
    look.visit(f"/challenges/{challenge}/ask")
    look.page.locator("[name=text]").fill("Hoeveel bedrijven willen er al meedoen?")
    look.page.locator("form.sir-form button[type=submit]").first.click()
    look.page.wait_for_load_state()

    asked = ask_house(house, lambda: list(db.session.scalars(select(Question.text))))
    assert "Hoeveel bedrijven willen er al meedoen?" in asked


def test_text_sent_after_the_session_ended_is_there_after_signing_in(house, open_page):
    look = open_page(house)
    sign_in(look, house.app, "Laila Bouzid", "")
    challenge = code_of(house, "Stroomaansluiting delen")
    look.visit(f"/challenges/{challenge}/ask")
    typed = "Mag een school ook meedoen? Wij willen haar dak gebruiken."
    look.page.locator("[name=text]").fill(typed)
    house.clock.at += timedelta(hours=13)
    look.page.locator("form.sir-form button[type=submit]").first.click()
    look.page.wait_for_load_state()
    code = ask_house(
        house, lambda: db.session.scalar(select(Person.code).where(Person.name == "Laila Bouzid"))
    )
    choose(look, code)
    look.page.wait_for_load_state()
    look.check().shot("kept")
    look.page.locator("form.sir-form button[type=submit]").click()
    look.page.wait_for_load_state()

    asked = ask_house(house, lambda: list(db.session.scalars(select(Question.text))))
    assert typed in asked
