"""When a round begins, or begins again."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, LocalDateTimeField, TextAreaField


class OpenRoundForm(Form):
    """When the scores are due."""

    due_at = LocalDateTimeField(
        lazy("Scores are due before"),
        [InputRequired()],
        description=lazy("Jurors are reminded seven, three and one day before, and on the day."),
    )


class ReassessForm(OpenRoundForm):
    """Why everything is judged again, and when the scores are due."""

    reason = TextAreaField(
        lazy("Why is everything judged again?"),
        [InputRequired(), Length(min=20, max=REASON_LIMIT)],
    )
