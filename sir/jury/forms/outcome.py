"""A ranking, and a signature under the report."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import (
    DataRequired,
    Form,
    InputRequired,
    Length,
    RadioField,
    StringField,
    TextAreaField,
)


class RankForm(Form):
    """Why a new ranking is made; the first needs no reason."""

    reason = TextAreaField(lazy("Why do you make a new ranking?"), [Length(max=REASON_LIMIT)])


class LotForm(Form):
    """What the published source gave."""

    value = StringField(
        lazy("What the source gave"),
        [DataRequired(), Length(max=600)],
        description=lazy(
            "Copy it as it stands there, with every capital and every zero. For a draw by a notary:"
            " the numbers in the order that was drawn."
        ),
    )


class SignForm(Form):
    """A signature with one's own second factor, or a refusal with a reason."""

    answer = RadioField(
        lazy("Your answer"),
        [InputRequired()],
        choices=[("sign", lazy("I sign this report")), ("refuse", lazy("I do not sign"))],
    )
    refusal = TextAreaField(
        lazy("Why do you not sign?"),
        [Length(max=REASON_LIMIT)],
        description=lazy("Only when you do not sign. Your reason is kept with the report."),
    )
    code = StringField(
        lazy("Code from your authenticator app"),
        [InputRequired()],
        render_kw={"width": "s", "inputmode": "numeric", "autocomplete": "one-time-code"},
    )
