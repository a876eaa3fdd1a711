"""What a form that saves itself is told: saved, changed by somebody else, or signed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue

from sir.web.forms import Form


def saved(version: int, at: datetime) -> ResponseReturnValue:
    """Answer 200: the text is stored as this version."""
    return {"version": version, "saved_at": at.isoformat()}, 200


def conflict(form: Form, stored: Mapping[str, Any], version: int) -> ResponseReturnValue:
    """Answer 409 with both texts: nothing is written, nothing is lost."""
    rows = form.differences(stored)
    return {
        "fields": [row.name for row in rows],
        "yours": {row.name: row.yours for row in rows},
        "theirs": {row.name: row.theirs for row in rows},
        "version": version,
    }, 409


def signed_out() -> ResponseReturnValue:
    """Answer 401: the session ended; the page keeps the text."""
    return {"sign_in": True}, 401
