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
