"""Whom one thinks of for a jury, and the answer of whoever guards integrity."""

from __future__ import annotations

from collections.abc import Sequence

from sir.jury.models import Answer
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import (
    EmailField,
    Form,
    InputRequired,
    Length,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)


class CandidateForm(Form):
    """Whom one thinks of. Nobody is written to."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(lazy("E-mail address"), [InputRequired(), Length(max=254)])
    organisation = StringField(lazy("Where this person works"), [Length(max=200)])
    function = SelectField(lazy("Function"), [InputRequired()])

    def offer(self, functions: Sequence[str]) -> None:
        """Offer the functions that were announced."""
        self.function.choices = [(row, row) for row in functions]


class AnswerForm(Form):
    """Whether a candidate can be seated."""

    answer = RadioField(
        lazy("Your answer to the secretary"),
        [InputRequired()],
        choices=[
            (Answer.SEAT, lazy("This person can be seated")),
            (Answer.DO_NOT_SEAT, lazy("Do not seat this person")),
            (
                Answer.CANNOT_SAY,
                lazy("Cannot say yet"),
                {"help": lazy("Such as before the opening. You can answer again later.")},
            ),
        ],
    )
    reason = TextAreaField(
        lazy("Reason"),
        [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)],
        description=lazy("Only you and the auditor read this. The secretary reads the answer."),
    )
