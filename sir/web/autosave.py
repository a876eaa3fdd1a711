"""What a form that saves itself is told: saved, changed by somebody else, or signed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue

from sir.web.forms import Form
from sir.web.meter import told


def saved(
    version: int, at: datetime, meter: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    """Answer 200: the text is stored as this version, and takes this much paper if it is said."""
    answer = {"version": version, "saved_at": at.isoformat()}
    return answer if meter is None else answer | {"meter": told(meter)}, 200


def conflict(
    form: Form, stored: Mapping[str, Any], version: int, labels: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """Answer 409 with both texts: nothing is written, nothing is lost.

    Fields go by their labels in the reader's language; `labels` says more where a label alone
    does not tell which field it is.
    """
    rows = form.differences(stored)
    said = labels or {}
    return {
        "fields": [row.name for row in rows],
        "labels": {row.name: said.get(row.name, row.label) for row in rows},
        "yours": {row.name: row.yours for row in rows},
        "theirs": {row.name: row.theirs for row in rows},
        "version": version,
    }, 409


def signed_out() -> ResponseReturnValue:
    """Answer 401: the session ended; the page keeps the text."""
    return {"sign_in": True}, 401
