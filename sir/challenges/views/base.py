"""What the pages of a challenge share."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, request

from sir.challenges.document import Lang
from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.kernel.canonical import canonical, sha256
from sir.kernel.errors import Missing
from sir.kernel.i18n import LANGUAGES
from sir.ports.press import Press
from sir.ports.store import Store

bp = Blueprint("challenges", __name__, url_prefix="/challenges")


def of_code(code: str, **_parts: str) -> Challenge:
    """Find the challenge of an address that has more parts."""
    return challenge_by_code(code)


def press() -> Press:
    """The press of this house."""
    return cast("Press", current_app.extensions["sir.press"])


def store() -> Store:
    """The store of this house."""
    return cast("Store", current_app.extensions["sir.store"])


def asked_page() -> int:
    """Read which of the three pages the address names; there is no fourth."""
    page = (request.view_args or {}).get("page") or request.args.get("page", "")
    if page not in {"1", "2", "3"}:
        raise Missing
    return int(page)


def asked_lang(challenge: Challenge) -> Lang:
    """Read which language the address names. English is there once the author says so."""
    lang = (request.view_args or {}).get("lang") or request.args.get("lang", "nl")
    if lang not in LANGUAGES or (lang == "en" and not challenge.terms.has_english):
        raise Missing
    return cast("Lang", lang)


def fingerprint(stored: dict[str, Any]) -> int:
    """Give a number that changes when what is stored changes: the version of one form."""
    words = {name: None if value is None else str(value) for name, value in stored.items()}
    return int(sha256(canonical(words))[:12], 16)
