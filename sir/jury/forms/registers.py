"""What somebody lists in their yearly register of interests."""

from __future__ import annotations

from typing import Any

from sir.jury.models import InterestKind
from sir.kernel.i18n import lazy
from sir.people.rules.organisations import is_kvk, tidy_kvk
from sir.web.forms import (
    BooleanField,
    DateField,
    Form,
    InputRequired,
    Length,
    Optional,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)

KINDS = {
    InterestKind.EMPLOYER: lazy("Work or assignment"),
    InterestKind.OWNER: lazy("Ownership or shares"),
    InterestKind.SIDE: lazy("Side position"),
    InterestKind.FAMILY: lazy("Partner or close relative"),
    InterestKind.OTHER: lazy("Other tie"),
}


class InterestForm(Form):
    """One tie: with which organisation or person, of what kind, and when."""

    kind = RadioField(
        lazy("What sort of tie is it?"),
        [InputRequired()],
        choices=[(kind.value, label) for kind, label in KINDS.items()],
    )
    organisation = StringField(lazy("Name of the organisation"), [Length(max=200)])
    kvk = StringField(
        lazy("KvK number"),
        [Length(max=20)],
        description=lazy("Eight digits, when you know them. It is the surest way to compare."),
        render_kw={"width": "s", "inputmode": "numeric"},
    )
    domain = StringField(
        lazy("Domain of its e-mail addresses"),
        [Length(max=200)],
        description=lazy("What comes after the @, such as bedrijf.nl."),
    )
    people = TextAreaField(
        lazy("Names of people"),
        [Length(max=1000)],
        description=lazy("One a line. Only who this tie is about."),
        render_kw={"rows": 2},
    )
    since = DateField(lazy("From"), [Optional()])
    until = DateField(
        lazy("Until"), [Optional()], description=lazy("Leave this empty when it still goes on.")
    )

    def validate_kvk(self, field: Any) -> None:
        """Refuse what is no KvK number."""
        field.data = tidy_kvk(field.data or "")
        if field.data and not is_kvk(field.data):
            raise ValidationError(lazy("A KvK number has eight digits."))

    def validate_organisation(self, field: Any) -> None:
        """Ask for an organisation or a person."""
        if not field.data and not self.people.data:
            raise ValidationError(lazy("Name the organisation, or the person it is about."))

    def validate_until(self, field: Any) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(lazy("The end cannot come before the beginning."))


class SignRegisterForm(Form):
    """The signature under a year's register."""

    has_none = BooleanField(lazy("I have no ties to list"))
    is_true = BooleanField(
        lazy("This is complete and true, and I list it when something changes"),
        [InputRequired(message=lazy("Confirm that your register is complete and true."))],
    )
