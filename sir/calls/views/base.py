"""What the pages of calls share."""

from __future__ import annotations

from flask import Blueprint, current_app

from sir.challenges.models import Challenge
from sir.ports.vault import Vault
from sir.web.locale import page_language

bp = Blueprint("calls", __name__)


def vault() -> Vault:
    """Give the vault of this house."""
    found: Vault = current_app.extensions["sir.vault"]
    return found


def title_of(challenge: Challenge) -> str:
    """Give a challenge's title in the language of the page."""
    terms = challenge.terms
    return (terms.title_en if page_language() == "en" else "") or terms.title
