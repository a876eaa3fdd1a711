"""What the pages of this room share: their blueprint, the vault, the password and the way on."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from wtforms import Field

from sir.kernel.transaction import transaction
from sir.people.models import SignIn
from sir.people.rules.passwords import is_password
from sir.people.rules.sessions import path_within
from sir.people.services.signing_in import Opened, note_failed_sign_in
from sir.ports.vault import Vault
from sir.web.gate import SignedIn, me, now

bp = Blueprint("people", __name__)


def vault() -> Vault:
    """Where small secrets are sealed."""
    return cast("Vault", current_app.extensions["sir.vault"])


def text(field: Field) -> str:
    """What was typed in a field, once its form is accepted."""
    return str(field.data or "")


def onward() -> str:
    """Where somebody was going: a path of our own house, or nothing."""
    return path_within(request.args.get("next", ""))


def go_on() -> ResponseReturnValue:
    """Send somebody where they were going, or to their desk."""
    return redirect(onward() or url_for("desk.home"))


def present_sign_in() -> SignIn:
    """The session behind this very page."""
    return cast("SignIn", current_user.sign_in)


def let_in(opened: Opened) -> None:
    """Give the browser a new cookie for a session; nothing of an older one is kept."""
    session.clear()
    session["who"] = opened.sign_in.person.code  # whose second factor is tried, see web/limits
    login_user(SignedIn(opened.token, opened.sign_in))


def knows_password(password: str) -> bool:
    """Say whether this is the password of whoever asks; a wrong one is noted."""
    kept = me().password_hash
    with transaction():
        pass  # let go of the database: others need not wait while we hash
    if is_password(kept, password):
        return True
    with transaction():
        note_failed_sign_in(me(), at=now())
    return False
