"""What a secretary writes as the example, and why a calibration is closed early."""

from __future__ import annotations

from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.proposals.rules import BY_KEY
from sir.web.forms import Form, InputRequired, Length, StringField, TextAreaField

LINES = ("title", "one_liner")
TEXTS = ("solution", "novelty", "users", "needs", "risks", "success", "team", "after")


class ExampleForm(Form):
    """The invented proposal, in one language: the main texts of the three A4."""


for _key in LINES:
    setattr(
        ExampleForm,
        _key,
        StringField(BY_KEY[_key].label, [InputRequired(), Length(max=BY_KEY[_key].limit)]),
    )
for _key in TEXTS:
    setattr(
        ExampleForm,
        _key,
        TextAreaField(
            BY_KEY[_key].label,
            [InputRequired(), Length(max=BY_KEY[_key].limit)],
            render_kw={"rows": 4},
        ),
    )


class CloseForm(Form):
    """Why the calibration ends before everybody handed in."""

    reason = TextAreaField(
        lazy("Reason"), [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)]
    )
