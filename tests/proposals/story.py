"""The beginnings of stories about proposals, told through the services."""

from datetime import timedelta
from decimal import Decimal

from flask import current_app

from sir.kernel.transaction import transaction
from sir.proposals.rules import BY_KEY, empty_content
from sir.proposals.services import save_draft, start_proposal, submit_proposal
from tests.makers import NOON, make_challenge, make_founder, make_startup

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
        whole[BY_KEY[key].part.value][key] = text
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
