"""What we accept from whoever asks, and from whoever answers."""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.questions.rules import LONGEST, LONGEST_ANSWER
from sir.web.forms import DataRequired, Form, Length, TextAreaField, VersionField, Wanted


class AskForm(Form):
    """A question."""

    text = TextAreaField(
        lazy("Your question"),
        description=lazy("Everyone will read the question and the answer, without your name."),
        validators=[DataRequired(), Length(min=10, max=LONGEST)],
        render_kw={"rows": 6},
    )


class WithdrawForm(Form):
    """Nothing but the guard against foreign forms."""


class AnswerForm(Form):
    """Question and answer as everyone reads them."""

    version = VersionField()
    public_text = TextAreaField(
        lazy("The question as everyone will read it"),
        description=lazy("Take out what tells who asked. Do not change what is asked."),
        validators=[Wanted(), Length(max=LONGEST)],
        render_kw={"rows": 6},
    )
    answer = TextAreaField(
        lazy("The answer"),
        description=lazy("Clear and complete; a page number alone is no answer."),
        validators=[Wanted(), Length(max=LONGEST_ANSWER)],
        render_kw={"rows": 10},
    )
