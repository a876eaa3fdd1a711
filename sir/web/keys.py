"""An act that takes two people: each turns a key with a fresh code, in a session of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sir.challenges.models import Challenge
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.proposals.services import WrongCode, note_denied
from sir.web.forms import Form
from sir.web.gate import me, now


def turn_key(
    act: str,
    challenge: Challenge,
    form: Form,
    turn: Callable[[dict[str, Any]], object],
    page: Callable[[], tuple[str, int]],
) -> ResponseReturnValue | None:
    """Turn a key with the form's code; an attempt that fails is noted.

    Gives the page to answer with, or None when the key has turned.
    """
    if not form.is_accepted():
        return page()
    key = {"code": form["code"].data or "", "by": me(), "sign_in_id": current_user.sign_in.id}
    key |= {name: current_app.extensions[f"sir.{name}"] for name in ("clock", "vault")}
    try:
        with transaction(in_turn=True):
            turn(key)
    except Refused as refusal:
        with transaction(in_turn=True):
            note_denied(act, challenge, by=me(), at=now())
        is_wrong = isinstance(refusal, WrongCode)
        form.add_error("code" if is_wrong else None, str(refusal))
        answer, status = page()
        return answer, status if is_wrong else 409
    return None
