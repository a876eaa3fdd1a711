"""The chapters of startups: writing, sealing, handing in, and two officials at the vault."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sir.challenges.models import Challenge
from sir.commands.demo.drawings import DRAWINGS, drawn
from sir.commands.demo.ideas import IDEAS
from sir.commands.demo.opening import Plot
from sir.commands.demo.stage import Stage
from sir.commands.demo.startups import STARTUPS, Startup
from sir.kernel.calendar import local_day, working_day_from
from sir.kernel.canonical import sha256
from sir.people.models import Person, Role
from sir.people.services.signing_in import open_sign_in
from sir.proposals.document import proposal_document
from sir.proposals.models import Proposal
from sir.proposals.queries import opening_of
from sir.proposals.rules import STEP_ROWS, Content, with_picture
from sir.proposals.services import (
    complete_opening,
    save_draft,
    start_opening,
    start_proposal,
    submit_proposal,
)

BY_KEY = {startup.key: startup for startup in STARTUPS}


def content_of(stage: Stage, plot: Plot, startup: Startup, starts_on: date) -> Content:
    """Fill in a whole proposal from what the startup has to say."""
    idea = IDEAS[plot.key, startup.key]
    steps = idea["steps"][:STEP_ROWS]
    gap = 150 // len(steps)
    plan = {}
    for n, step in enumerate(steps, 1):
        plan[f"step{n}"] = step
        plan[f"step{n}_on"] = working_day_from(starts_on + timedelta(days=gap * n)).isoformat()
    product = idea["product"]
    level = next((name for word, name in LEVELS if product.startswith(word)), "prototype")
    founder = stage.founders[startup.key]
    register = (
        {"kvk": startup.kvk}
        if startup.country == "NL"
        else {"country": "België", "register": f"KBO {startup.register_number}"}
    )
    return {
        "idea": {
            "lang": "nl",
            "title": idea["one_liner"].split(":")[0].rstrip(".")[:80],
            "one_liner": idea["one_liner"],
            "solution": idea["solution"],
            "novelty": idea["new"],
            "users": idea["users"],
            **plan,
            "needs": idea["needs"],
            "risks": idea["risks"],
            "success": idea["measure"],
            "team": idea["team"],
            "stage": level,
            "stage_note": product,
            "after": idea["after"],
        },
        "company": {
            "name": startup.name,
            **register,
            "founded": "2023",
            "fte": "4,5",
            "contact": founder.name,
            "email": f"info@{startup.key}.example",
            "signatory": f"{founder.name}, oprichter",
            "declares": "yes",
        },
        "cost": {
            "cost1": "Uren van het team",
            "cost1_amount": "21.500",
            "cost2": "Materiaal en reizen",
            "cost2_amount": "3.250,50",
        },
        **({"price": {"price": PRICES[startup.key]}} if plot.price else {}),
    }


# What a startup asks where the price counts, in euro.
PRICES = {"schrijf": "31.500", "nudge": "27.900", "b1": "34.250", "pas": "24.000"}


LEVELS = (("In gebruik", "live"), ("Prototype, ", "tested"), ("Idee", "idea"))


def _illustrated(content: Content, plot: Plot, key: str) -> tuple[Content, bytes | None]:
    """Add the picture page of a startup that drew one."""
    drawing = DRAWINGS.get((plot.key, key))
    if drawing is None:
        return content, None
    picture = drawn(drawing)
    content["idea"] |= {"picture_alt": drawing.alt, "picture_caption": drawing.caption}
    return with_picture(content, sha256(picture)), picture


def write_proposal(stage: Stage, plot: Plot, challenge: Challenge, key: str) -> Proposal:
    """Let a founder write a whole draft."""
    founder, startup = stage.founders[key], stage.startups[key]
    proposal = start_proposal(challenge, startup, by=founder, at=stage.at, vault=stage.vault)
    content = content_of(stage, plot, BY_KEY[key], challenge.starts_on or local_day(stage.now))
    document = proposal_document(content["idea"], challenge, reference=proposal.code)
    content, picture = _illustrated(content, plot, key)
    save_draft(
        proposal, content, version=0, pages=stage.press.measure(document).fill,
        by=founder, at=stage.at, vault=stage.vault, picture=picture,
    )  # fmt: skip
    return proposal


def bid(
    stage: Stage, plot: Plot, challenge: Challenge, keys: Sequence[str]
) -> Generator[datetime, None, None]:
    """Let startups write and hand in, one after the other, in the last days."""
    for number, key in enumerate(keys):
        yield stage.day(plot.closes - 6, hour=9) + timedelta(minutes=67 * number)
        proposal = write_proposal(stage, plot, challenge, key)
        # in the morning: after a weekend this may be the very day that closes at noon
        yield stage.day(plot.closes - 2, hour=9) + timedelta(minutes=13 * number)
        submit_proposal(
            proposal, version=1, has_declared=True, by=stage.founders[key],
            clock=stage.clock, vault=stage.vault,
        )  # fmt: skip


def open_vault(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """Two officials, two sessions, two codes, within ten minutes."""
    yield stage.day(plot.closes + 5, hour=9, minute=30)
    officer, secretary = (stage.staff[plot.body, r] for r in (Role.OFFICER, Role.SECRETARY))
    start_opening(challenge, **_hand(stage, officer))
    yield stage.at + timedelta(minutes=3)
    opening = opening_of(challenge)
    assert opening is not None
    complete_opening(opening, **_hand(stage, secretary), press=stage.press, store=stage.store)


def _hand(stage: Stage, person: Person) -> dict[str, Any]:
    sign_in = open_sign_in(person, agent="demo", at=stage.at, factor_at=stage.at).sign_in
    stage.flush()
    return {
        "code": stage.code(person),
        "by": person,
        "sign_in_id": sign_in.id,
        "clock": stage.clock,
        "vault": stage.vault,
    }
