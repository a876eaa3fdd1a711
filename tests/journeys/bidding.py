"""Startups come in, ask, write, hand in and replace; two officials open the vault."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sir.people.models import Role
from tests.journeys.people import Actor
from tests.proposals.story import content

QUESTION = "Mogen wij ook brieven van een gemeente gebruiken, van Woordwerk B.V.?"
AS_PUBLISHED = "Mogen wij ook brieven van een gemeente gebruiken?"
ANSWER = "Ja, als daar geen persoonsgegevens meer in staan."
STEPS = ("idea", "plan", "team", "picture", "company", "cost")
LATER = datetime(2026, 6, 22, 8, tzinfo=UTC)  # when startups have found the challenge
DEADLINE = datetime(2026, 7, 14, 10, tzinfo=UTC)


class Startup(NamedTuple):
    """A company and its founder."""

    founder: str
    address: str
    name: str
    kvk: str


def come_in(scene, code, startup):
    """Read as a stranger, want to take part, make an account, and register the startup."""
    founder = Actor(scene, startup.founder, startup.address)
    founder.page.goto(f"{scene.prefix}/challenges/{code}")
    founder.look.check()
    founder.shot("uitdaging").follow(f"/challenges/{code}/propose", "/register")
    founder.register().shot("eerst-startup").follow("/organisations/new")
    founder.fill(name=startup.name, number="1234").press(status=422).shot("startup-fout")
    founder.fill(number=startup.kvk, city="Utrecht").press().shot("startup")
    return founder


def ask_and_answer(founder, officer, code):
    """Ask while the session ends meanwhile; the officer takes the name out and answers."""
    founder.go(f"/challenges/{code}").follow(f"/challenges/{code}/ask").fill(text=QUESTION)
    founder.scene.clock.at += timedelta(hours=13)
    founder.press().shot("vraag-bewaard")
    assert founder.value("text") == QUESTION
    founder.press().shot("vraag-gesteld")
    assert QUESTION in founder.read()

    officer.desk().follow(f"/challenges/{code}/questions", "/answer").shot("beantwoorden")
    officer.fill(public_text=QUESTION, answer=ANSWER).press(name="act", value="save")
    assert "Woordwerk" in officer.page.locator("main .sir-alert").first.inner_text()
    officer.shot("naam-in-vraag").fill(public_text=AS_PUBLISHED).press(name="act", value="publish")
    officer.shot("vragen-inkoper")
    stranger = founder.scene.browser()
    stranger.visit(f"{founder.scene.prefix}/challenges/{code}")
    assert AS_PUBLISHED in stranger.inner_text("main")
    assert "Woordwerk" not in stranger.inner_text("main")


def write_proposal(founder, code, **texts):
    """Write the six pages of a proposal, saved as it goes, and give its code."""
    founder.go(f"/challenges/{code}").follow(f"/challenges/{code}/propose")
    founder.shot("voorstel-begin").press()
    parts = content(**texts).values()
    whole = {field: text for part in parts for field, text in part.items()}
    for step in STEPS:
        asked = [field for field in whole if founder.has(field)]
        founder.fill(**{field: whole[field] for field in asked}).shot(f"voorstel-{step}").press()
    return founder.look.path.split("/proposals/")[1].split("/")[0]


def hand_in(founder, proposal):
    """Look once more, declare, hand in; read the receipt on the screen, on paper and by mail."""
    founder.shot("voorstel-controle").fill(has_declared=True).press().shot("voorstel-ontvangst")
    assert founder.look.path.endswith(f"/proposals/{proposal}")
    receipt = founder.page.locator("dl dd").first.inner_text()
    assert any(receipt in letter for letter in founder.scene.letters(founder.address))
    assert founder.fetch("/receipts/").startswith(b"%PDF-")
    return receipt


def replace(founder, proposal):
    """Change a sentence after handing in, and hand in once more."""
    founder.desk().follow(f"/proposals/{proposal}").follow(f"/proposals/{proposal}/edit/idea")
    founder.fill(novelty="Nieuw is dat de schrijver het zelf ziet.").press()
    founder.go(f"/proposals/{proposal}").follow(f"/proposals/{proposal}/withdraw")
    founder.shot("voorstel-intrekken").follow(f"/proposals/{proposal}")
    founder.follow(f"/proposals/{proposal}/submit")
    return hand_in(founder, proposal)


def open_vault(staff, code):
    """Let the officer and the secretary turn their keys, each with a code of their own phone."""
    officer, secretary = staff[Role.OFFICER], staff[Role.SECRETARY]
    officer.desk().follow(f"/challenges/{code}/opening").shot("kluis-eerste")
    officer.fill(code="000000").press(status=422).shot("kluis-foute-code")
    officer.fill(code=officer.code()).press().shot("kluis-wacht")
    secretary.go(f"/challenges/{code}/manage").follow(f"/challenges/{code}/opening")
    secretary.fill(code=secretary.code()).press().shot("kluis-open")
    assert secretary.fetch("/opening/record.pdf").startswith(b"%PDF-")
