"""What the score desk sends by itself: one change at a time, each under its own key."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from sir.jury.forms import ActForm, sheet_form
from sir.jury.models import Sheet
from sir.jury.queries import sheet_by_code
from sir.jury.rules.patches import Clash, Way
from sir.jury.services.patches import Clashed, KeyReused, change_sheet
from sir.jury.views.door import bp
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.autosave import saved
from sir.web.forms import tidy
from sir.web.gate import me, now, requires
from sir.web.locale import page_language

_VERSION = re.compile(r'"?v?([0-9]{1,9})"?')
_KEY = re.compile(r"[A-Za-z0-9-]{16,64}")
_AROUND = frozenset({"csrf_token", "way"})  # what is sent along with the changes


@bp.patch("/sheets/<code>")
@requires("sheet.edit", sheet_by_code)
def change(sheet: Sheet) -> ResponseReturnValue:
    """Take in the changed fields, or say in JSON why not.

    `If-Match` names the version they began with (428 without), `Idempotency-Key` the change.
    """
    if not ActForm.from_request().is_accepted():
        return {"csrf_token": generate_csrf()}, HTTPStatus.UNPROCESSABLE_ENTITY
    version = _VERSION.fullmatch(request.headers.get("If-Match", ""))
    key = request.headers.get("Idempotency-Key", "")
    if version is None or not _KEY.fullmatch(key):
        sentence = _("Say which version you changed, and give the change a key of its own.")
        return {"reasons": [str(sentence)]}, HTTPStatus.PRECONDITION_REQUIRED
    try:
        with transaction():
            taken = change_sheet(
                sheet,
                {name: tidy(text) or "" for name, text in _changes()},
                key=key,
                version=int(version[1]),
                way=Way.CRITERION if request.form.get("way") == "criterion" else Way.PROPOSAL,
                by=me(),
                at=now(),
            )
            answer = saved(taken.version, taken.at)  # read before the commit lets go of it
    except Clashed as clashed:
        return _both(sheet, clashed.both), HTTPStatus.CONFLICT
    except KeyReused as reused:
        reasons = [str(sentence) for sentence in reused.sentences]
        return {"reasons": reasons}, HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _changes() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.form.items() if name not in _AROUND]


def _both(sheet: Sheet, both: Clash) -> dict[str, Any]:
    """Give both versions, with the names of the fields in the reader's language."""
    form = sheet_form(sheet.round.challenge.plan, lang=page_language())
    return {
        "version": both.version,
        "fields": list(both.fields),
        "labels": {name: str(form[name].label.text) for name in both.theirs},
        "yours": dict(both.yours),
        "theirs": dict(both.theirs),
        "base": None if both.base is None else dict(both.base),
    }
