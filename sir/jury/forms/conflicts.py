"""What a juror declares, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sir.jury.models import Measure, Tie, Verdict
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import _, lazy
from sir.people.models import Organisation
from sir.web.forms import Form, InputRequired, Length, RadioField, SelectField, TextAreaField

TIES = [
    (Tie.NONE, lazy("No tie")),
    (
        Tie.SOFT,
        lazy("A loose tie"),
        {"help": lazy("Such as a former colleague, or the same large organisation.")},
    ),
    (
        Tie.HARD,
        lazy("A close tie"),
        {
            "help": lazy(
                "You work there or worked there less than three years ago, own a part, have family"
                " there, have a contract or a dispute, or helped to write a proposal. You then"
                " leave this jury."
            )
        },
    ),
]


def ties_form(bidders: Iterable[Organisation]) -> Form:
    """Ask for the tie with every bidder; nothing is chosen beforehand (jury: R11)."""
    fields: dict[str, Any] = {}
    for bidder in bidders:
        fields[f"tie_{bidder.id}"] = RadioField(
            bidder.name,
            [InputRequired(message=lazy("Choose what applies to %(name)s.", name=bidder.name))],
            choices=TIES,
        )
        fields[f"detail_{bidder.id}"] = TextAreaField(
            _("Explain your tie with %(name)s", name=bidder.name),
            [Length(max=REASON_LIMIT)],
            description=lazy("Only when you have a tie. The integrity officer reads this."),
            render_kw={"rows": 2},
        )
    shape: type[Form] = type("TiesForm", (Form,), fields)
    form = shape.from_request()
    for bidder in bidders:
        if form.is_submitted() and form[f"tie_{bidder.id}"].data in {Tie.SOFT, Tie.HARD}:
            form[f"detail_{bidder.id}"].validators = [
                InputRequired(),
                Length(min=DETAIL_LENGTH, max=REASON_LIMIT),
            ]
    return form


def ties_in(form: Form, bidders: Iterable[Organisation]) -> dict[int, tuple[Tie, str]]:
    """Read the answers, by the bidder's number."""
    return {
        bidder.id: (
            Tie(form[f"tie_{bidder.id}"].data),
            form[f"detail_{bidder.id}"].data or "",
        )
        for bidder in bidders
    }


class MeasureForm(Form):
    """What a loose tie leads to."""

    measure = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=[
            (Measure.ADMIT, lazy("The juror stays")),
            (Measure.EXCLUDE, lazy("The juror leaves this jury")),
        ],
    )
    reason = TextAreaField(
        lazy("Reason"), [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)]
    )


class VerdictForm(Form):
    """What a match is, and what it leads to."""

    verdict = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=[
            (
                Verdict.NO_TIE,
                lazy("No tie"),
                {"help": lazy("Such as two people who happen to have the same name.")},
            ),
            (Verdict.ADMIT, lazy("A loose tie: the juror stays")),
            (Verdict.EXCLUDE, lazy("The juror leaves this jury")),
        ],
    )
    reason = TextAreaField(
        lazy("Reason"), [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)]
    )


class RecogniseForm(Form):
    """By what a juror recognises a bidder who goes by a number."""

    detail = TextAreaField(
        lazy("By what do you recognise this bidder?"),
        [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)],
        description=lazy("The integrity officer reads this."),
    )


class LateTieForm(Form):
    """A tie that somebody discovers after having declared."""

    bidder = SelectField(lazy("Organisation"), [InputRequired()])
    tie = RadioField(lazy("Your tie"), [InputRequired()], choices=TIES[1:])
    detail = TextAreaField(
        lazy("Explain your tie"),
        [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)],
        description=lazy("The integrity officer reads this."),
    )

    def offer(self, bidders: Iterable[Organisation]) -> None:
        """Offer the organisations that handed in."""
        self.bidder.choices = [(str(row.id), row.name) for row in bidders]
