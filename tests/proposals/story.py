"""The beginnings of stories about proposals, told through the services."""

from datetime import timedelta
from decimal import Decimal

from flask import current_app

from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.people.rules.factors import code_at, new_secret
from sir.people.services.signing_in import open_sign_in
from sir.ports.vault import seal_text
from sir.proposals.rules import BY_KEY, empty_content
from sir.proposals.services import (
    complete_opening,
    save_draft,
    start_opening,
    start_proposal,
    submit_proposal,
    withdraw_proposal,
)
from tests.makers import NOON, make_challenge, make_founder, make_startup, make_team_member

SECRET = "KANARIEPIET-uit-de-kluis"  # must never show outside the vault
HOUR = timedelta(hours=1)


def ports():
    return {name: current_app.extensions[f"sir.{name}"] for name in ("clock", "vault")}


def content(**changes):
    """A proposal in which everything is in order; changes go by field key."""
    texts = {
        "lang": "nl",
        "title": "Stille klinkers",
        "one_liner": "Wij leggen klinkers die het geluid van banden dempen.",
        "solution": f"Wij maken een klinker met een open structuur. {SECRET}",
        "novelty": "De klinker is van gerecycled glas.",
        "users": "Wegbeheerders van 30 gemeenten.",
        "step1": "Proefvak van honderd meter",
        "step1_on": "2027-03-01",
        "needs": "Een straat en een geluidsmeter.",
        "risks": "Er kan water in blijven staan. Wij verwerken geen persoonsgegevens.",
        "success": "Minstens 3 decibel stiller, gemeten op 7,5 meter.",
        "team": "Een materiaalkundige en een stratenmaker.",
        "stage": "prototype",
        "stage_note": "Een vierkante meter ligt bij ons op het erf.",
        "after": "Prijs per vierkante meter; andere gemeenten kunnen aansluiten.",
        "name": "Klinkerwerk B.V.",
        "kvk": "01234567",
        "founded": "2023",
        "fte": "4",
        "contact": "Samira de Boer",
        "email": "samira@klinkerwerk.example",
        "signatory": "Samira de Boer, directeur",
        "cost1": "Klinkers",
        "cost1_amount": "12.500,50",
    } | changes
    whole = empty_content()
    for key, text in texts.items():
        whole.setdefault(BY_KEY[key].part.value, {})[key] = text
    return whole


def draft(challenge=None, bidder=None, founder=None, pages="2.4", **changes):
    """A founder with a complete draft on a challenge that closes in an hour."""
    challenge = challenge or make_challenge()
    bidder = bidder or make_startup()
    founder = founder or make_founder(bidder)
    vault = current_app.extensions["sir.vault"]
    with transaction():
        proposal = start_proposal(challenge, bidder, by=founder, at=NOON, vault=vault)
        save_draft(
            proposal,
            content(**changes),
            version=0,
            pages=Decimal(pages),
            by=founder,
            at=NOON,
            vault=vault,
        )
    return proposal, founder


def submit(proposal, founder, version=1, **given):
    """Hand in as the page does."""
    with transaction(in_turn=True):
        return submit_proposal(
            proposal,
            **{"version": version, "has_declared": True, "by": founder, **ports()} | given,
        )


def withdraw(proposal, founder, receipt):
    """Take back as the page does."""
    with transaction(in_turn=True):
        withdraw_proposal(proposal, receipt=receipt, by=founder, **ports())


class Official:
    """Somebody of the team, with an authenticator app in their pocket and a session open."""

    def __init__(self, role, challenge):
        vault = current_app.extensions["sir.vault"]
        self.person = make_team_member(role, challenge)
        self.secret = new_secret()
        place = f"factor:{self.person.code}"
        self.person.totp_secret = seal_text(vault, place, self.secret)
        self.sign_in = open_sign_in(self.person, agent="", at=NOON, factor_at=NOON).sign_in
        db.session.commit()

    def key(self, at, **given):
        """What a page hands on when this official turns a key."""
        return {
            "code": code_at(self.secret, at),
            "by": self.person,
            "sign_in_id": self.sign_in.id,
            **ports(),
        } | given


def printer():
    return {name: current_app.extensions[f"sir.{name}"] for name in ("press", "store")}


def open_vault(challenge, clock, first=None, second=None):
    """Two officials open the vault a minute after the deadline."""
    first = first or Official(Role.OFFICER, challenge)
    second = second or Official(Role.SECRETARY, challenge)
    clock.at = challenge.closes_at + timedelta(minutes=1)
    with transaction(in_turn=True):
        opening = start_opening(challenge, **first.key(clock.at))
    clock.at += timedelta(minutes=1)
    with transaction(in_turn=True):
        return complete_opening(opening, **second.key(clock.at), **printer())
