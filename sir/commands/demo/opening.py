"""The first chapters: governments and startups come in, and challenges are published."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sir.challenges.models import Challenge, Theme
from sir.challenges.services.calls import choose_call, draft_call
from sir.challenges.services.drafting import (
    CriterionRow,
    draft_challenge,
    set_calendar,
    set_plan,
    write_terms,
)
from sir.challenges.services.publishing import (
    approve_challenge,
    publish_challenge,
    submit_for_review,
)
from sir.challenges.services.team import add_partner, staff_challenge
from sir.commands.demo.cast import ADMIN, BODIES
from sir.commands.demo.stage import Chapter, Stage
from sir.commands.demo.startups import STARTUPS
from sir.people.models import Role
from sir.people.services.accounts import make_platform_admin
from sir.people.services.organisations import create_public_body, create_startup
from sir.workflows.services import share_recipe

# Each begins before the first of its challenges is drafted.
CALLS = (
    (
        "counter", -135, "Startup in Residence Dienstverlening",
        "Startup in Residence for public services",
    ),
    (
        "together", -60, "Startup in Residence Interbestuurlijk",
        "Startup in Residence across governments",
    ),
)  # fmt: skip
START = -330  # days from today when the demo's world begins


@dataclass(frozen=True)
class Plot:
    """What differs from one challenge to another."""

    key: str
    body: str
    text: dict[str, Any]
    theme: Theme
    published: int  # days from today
    closes: int
    fee: str
    total: str
    places: int = 1
    jury: tuple[str, ...] = ()
    pitches: int = 0
    shares: tuple[str, str] | None = None  # the name of a recipe, and when it is useful
    call: str = ""  # the key of the call it belongs to
    price: tuple[int, int, int] | None = None  # its weight, and where it gets all points and none
    plan: Mapping[str, Any] = field(default_factory=dict)  # what else its jury agreed beforehand


TEXT_KEYS = (
    "title", "question", "situation", "who", "tried", "results", "limits", "out_of_scope", "get",
    "get_more", "expect", "for_whom", "proposal_note", "contact", "visa", "method", "jury",
    "pitch", "follow_up", "contract_ip",
)  # fmt: skip


def people_arrive(stage: Stage) -> Chapter:
    """Everybody registers; bodies are made by the platform admin, startups by their founders."""
    yield stage.day(START)
    admin = stage.enter(*ADMIN)
    make_platform_admin(admin, at=stage.at)
    stage.arm(admin)
    for number, body in enumerate(BODIES, 1):
        yield stage.day(START, hour=11, minute=number)
        domain = body.key
        first = stage.enter(body.people[Role.ORG_ADMIN], domain)
        stage.arm(first)
        stage.bodies[body.key] = create_public_body(
            body.name, kind=body.kind, short_name=body.short_name, city=body.city,
            email=f"sir@{domain}.example", admin_email=first.email, vault=stage.vault,
            by=admin, at=stage.at,
        )  # fmt: skip
        stage.accept_last(first)
        stage.staff[body.key, Role.ORG_ADMIN] = first
        for role, name in body.people.items():
            if role is Role.ORG_ADMIN:
                continue
            person = stage.enter(name, domain)
            stage.join(person, stage.bodies[body.key], role, first)
            stage.arm(person)
            stage.staff[body.key, role] = person
    for number, startup in enumerate(STARTUPS, 1):
        yield stage.day(START + 2, hour=14, minute=number)
        people = [
            stage.enter(name, startup.key, lang="nl" if startup.country == "NL" else "en")
            for name in startup.founders
        ]
        stage.founders[startup.key] = people[0]
        made = create_startup(
            startup.name, country=startup.country,
            number=startup.kvk or startup.register_number, city=startup.city,
            email=f"info@{startup.key}.example", by=people[0], at=stage.at,
        )  # fmt: skip
        stage.startups[startup.key] = made
        for colleague in people[1:]:
            stage.join(colleague, made, Role.STARTUP_MEMBER, people[0])


def call_begins(stage: Stage) -> Chapter:
    """The programme manager of one ministry begins two calls for more public bodies."""
    for key, day, name, name_en in CALLS:
        yield stage.day(day)
        stage.calls[key] = draft_call(
            stage.bodies["bzk"], name=name, name_en=name_en, is_one_win=True,
            by=stage.staff["bzk", Role.PROGRAMME_MANAGER], at=stage.at,
        )  # fmt: skip


def draft(stage: Stage, plot: Plot) -> Challenge:
    """Let the owner write what there is of a text."""
    owner = stage.staff[plot.body, Role.OWNER]
    challenge = draft_challenge(
        stage.bodies[plot.body], by=owner, at=stage.at, theme=plot.theme,
        title=plot.text["title"], question=plot.text["question"],
    )  # fmt: skip
    english = plot.text.get("en")
    texts = {"nl": {key: plot.text[key] for key in TEXT_KEYS if key in plot.text}}
    if english:
        texts["en"] = {key: english[key] for key in TEXT_KEYS if key in english}
    write_terms(
        challenge, by=owner, at=stage.at, texts=texts, has_english=bool(english),
        fee=Decimal(plot.fee), places=plot.places, max_total_value=Decimal(plot.total),
        pitch_count=plot.pitches,
    )  # fmt: skip
    names = (english or {}).get("criteria", ())
    set_plan(
        challenge, by=owner, at=stage.at,
        criteria=[
            CriterionRow(
                name, looks_for, Decimal(weight),
                name_en=names[n][0] if names else "", looks_for_en=names[n][1] if names else "",
            )
            for n, (name, looks_for, weight) in enumerate(plot.text["criteria"])
        ],
        composition=plot.jury or None,
        **plot.plan,
    )  # fmt: skip
    if plot.price:
        weight, floor, ceiling = map(Decimal, plot.price)
        set_plan(
            challenge, by=owner, at=stage.at,
            price_weight=weight, price_floor=floor, price_ceiling=ceiling,
        )  # fmt: skip
    if plot.call:
        choose_call(challenge, stage.calls[plot.call], by=owner, at=stage.at)
    return challenge


def publish(stage: Stage, plot: Plot) -> Generator[datetime, None, Challenge]:
    """From the first draft to the public page: written, staffed, reviewed, approved, published."""
    yield stage.day(plot.published - 30)
    challenge = draft(stage, plot)
    owner = stage.staff[plot.body, Role.OWNER]
    roles = [Role.OFFICER, Role.APPROVER, Role.SECRETARY]
    for role in [*roles, Role.PRICE_ASSESSOR] if plot.price else roles:
        colleague = stage.staff[plot.body, role]
        staff_challenge(challenge, colleague, role, by=owner, at=stage.at)
    closes_at = stage.day(plot.closes, hour=12)
    gap = plot.closes - plot.published
    set_calendar(
        challenge, by=owner, at=stage.at,
        questions_close_at=stage.day(plot.published + gap // 2, hour=12),
        answers_by=stage.date(plot.closes - 12), closes_at=closes_at,
        pitch_on=stage.date(plot.closes + 28) if plot.pitches else None,
        decision_on=stage.date(plot.closes + 42), starts_on=stage.date(plot.closes + 77),
        demo_on=stage.date(plot.closes + 220), follow_up_on=stage.date(plot.closes + 245),
    )  # fmt: skip
    yield stage.day(plot.published - 12)
    submit_for_review(challenge, by=owner, at=stage.at, press=stage.press)
    yield stage.day(plot.published - 7)
    approve_challenge(
        challenge, by=stage.staff[plot.body, Role.APPROVER], at=stage.at,
        press=stage.press, store=stage.store, note="Helder geschreven. Akkoord.",
    )  # fmt: skip
    yield stage.day(plot.published)
    publish_challenge(
        challenge, by=stage.staff[plot.body, Role.OFFICER], at=stage.at,
        tenderned_id=f"TN{398100 + abs(plot.published)}",
    )  # fmt: skip
    if plot.shares:
        share_recipe(
            challenge.plan, name=plot.shares[0], description=plot.shares[1],
            body=challenge.buyer, by=owner, at=stage.at,
        )  # fmt: skip
    yield stage.at + timedelta(minutes=5)
    return challenge


def only_a_draft(stage: Stage, plot: Plot) -> Chapter:
    """A challenge that two public bodies are still writing, with much missing."""
    yield stage.day(plot.published)
    challenge = draft(stage, plot)
    owner = stage.staff[plot.body, Role.OWNER]
    staff_challenge(
        challenge, stage.staff[plot.body, Role.OFFICER], Role.OFFICER, by=owner, at=stage.at
    )
    add_partner(challenge, stage.bodies["utrecht"], by=owner, at=stage.at)
