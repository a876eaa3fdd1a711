"""Judging a proposal after all."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, TextAreaField

SHORTEST = 40  # characters, as many as leaving it out asked


class ReadmitForm(Form):
    """Why a proposal that was left out is judged after all."""

    reason = TextAreaField(
        lazy("Reason"),
        [InputRequired(), Length(min=SHORTEST, max=REASON_LIMIT)],
        description=lazy("The bidder reads this. Say why leaving it out was not right."),
        render_kw={"rows": 6},
    )
