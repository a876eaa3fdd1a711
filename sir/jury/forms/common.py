"""What several forms of the jury room share."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, TextAreaField


class ActForm(Form):
    """A button: only proof that our own page sent it."""


class ReasonForm(Form):
    """Why something is done that others must be able to check."""

    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=REASON_LIMIT)])


def position_in(text: str | None) -> int | None:
    """Read a level; what is not a level of any scale becomes one that the service refuses."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else -1


def shown_position(value: int | None) -> str:
    """Write a level for a form."""
    return "" if value is None else str(value)
