"""Whom to offer a place in the jury."""

from __future__ import annotations

from collections.abc import Sequence

from sir.jury.models import SeatKind
from sir.kernel.i18n import lazy
from sir.web.forms import (
    EmailField,
    Form,
    InputRequired,
    Length,
    RadioField,
    SelectField,
    StringField,
)


class InviteForm(Form):
    """Whom to offer a seat."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(
        lazy("E-mail address"),
        [InputRequired(), Length(max=254)],
        description=lazy("The invitation goes here. Only this address can accept the seat."),
    )
    kind = RadioField(
        lazy("Seat"),
        [InputRequired()],
        choices=[
            (SeatKind.CHAIR, lazy("Chair"), {"help": lazy("Leads the jury and scores.")}),
            (SeatKind.JUROR, lazy("Juror"), {"help": lazy("Scores every proposal.")}),
            (
                SeatKind.RESERVE,
                lazy("Reserve juror"),
                {"help": lazy("Takes over an empty seat of the same function.")},
            ),
            (SeatKind.ADVISER, lazy("Adviser"), {"help": lazy("Advises and does not score.")}),
        ],
    )
    function = SelectField(
        lazy("Function"),
        [InputRequired()],
        description=lazy("As announced with the challenge."),
    )
    qualification = StringField(
        lazy("Expertise"),
        [Length(max=200)],
        description=lazy(
            "Only when the plan asks expertise of the jury: what this member has of it."
        ),
    )

    def offer(self, functions: Sequence[str]) -> None:
        """Offer the functions that were announced."""
        self.function.choices = [(row, row) for row in functions]
