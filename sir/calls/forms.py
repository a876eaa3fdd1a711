"""What people fill in around a call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sir.calls.services import SHORTEST_REASON
from sir.kernel.i18n import lazy
from sir.proposals.models import Proposal
from sir.web.forms import (
    BooleanField,
    Form,
    HiddenField,
    InputRequired,
    Length,
    Optional,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    VersionField,
)

LONGEST_REASON = 4000


class ChangeCallForm(Form):
    """Name and rule of a call."""

    name = StringField(
        lazy("Name of the call"),
        [InputRequired(), Length(max=80)],
        description=lazy("As startups know it, for example “Startup in Residence 2027”."),
    )
    name_en = StringField(lazy("Name in English"), [Optional(), Length(max=80)])
    is_one_win = RadioField(
        lazy("How many challenges may one startup win?"),
        [InputRequired()],
        choices=[
            (
                "yes",
                lazy("At most one"),
                {
                    "help": lazy(
                        "Startups put their own entries in order. When every jury has finished, the"
                        " platform works out who wins what."
                    )
                },
            ),
            (
                "no",
                lazy("Any number"),
                {"help": lazy("Each challenge is decided by itself.")},
            ),
        ],
    )


class CallForm(ChangeCallForm):
    """The same for a new call: also whose it is."""

    buyer = SelectField(lazy("In the name of"), [InputRequired()], choices=[])


class ChooseForm(Form):
    """Which call a draft belongs to."""

    call = SelectField(lazy("Call"), [Optional()], choices=[])


class OrderForm(Form):
    """A place for each entry."""

    version = VersionField()


def order_form(entries: Sequence[Proposal], titles: dict[str, str]) -> type[OrderForm]:
    """Make the form with one field for each entry: its place in the startup's own order."""
    places = [(str(n), str(n)) for n in range(1, len(entries) + 1)]
    fields: dict[str, Any] = {
        field_of(row): SelectField(
            titles[row.challenge.code], [InputRequired()], choices=places, render_kw={"width": "s"}
        )
        for row in entries
    }
    return type("EntriesOrderForm", (OrderForm,), fields)


def field_of(entry: Proposal) -> str:
    """Name the field of an entry."""
    return f"place_{entry.challenge.code}"


class OutcomeForm(Form):
    """Which of the allowed outcomes is recorded."""

    seen = HiddenField(validators=[InputRequired()])
    choice = RadioField(lazy("Which outcome do you record?"), [InputRequired()], choices=[])
    reason = TextAreaField(
        lazy("Reason"),
        [Optional(), Length(min=SHORTEST_REASON, max=LONGEST_REASON)],
        description=lazy(
            "Only needed for another outcome than the first, or when you record an outcome again."
        ),
        render_kw={"rows": 4},
    )
    is_final = BooleanField(
        lazy("I record this outcome. It does not change any more."),
        [InputRequired(message=lazy("Tick the box when you are sure."))],
    )
