"""Why a round lies still, or goes on."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT
from sir.jury.rules.suspensions import REASON_LENGTH
from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, TextAreaField


class SuspensionForm(Form):
    """Why the judging stops, or goes on."""

    reason = TextAreaField(
        lazy("Reason"),
        [InputRequired(), Length(min=REASON_LENGTH, max=REASON_LIMIT)],
        description=lazy("Everybody on the jury reads this, and it stays on record."),
    )
