"""What we accept about a challenge."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sir.challenges.models import Challenge, Theme
from sir.challenges.queries import Order, Show
from sir.challenges.rules import DATES
from sir.kernel.i18n import lazy
from sir.people.models import Role
from sir.terms.rules import FIELDS_BY_KEY
from sir.web.forms import (
    CheckboxesField,
    DateField,
    Form,
    InputRequired,
    Length,
    LocalDateTimeField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    VersionField,
)

THEMES = {
    Theme.SERVICES: lazy("Public services"),
    Theme.CLIMATE_WATER: lazy("Climate and water"),
    Theme.ENERGY: lazy("Energy"),
    Theme.HEALTH: lazy("Health and care"),
    Theme.CITY: lazy("City and neighbourhood"),
    Theme.CIRCULAR: lazy("Circular economy"),
    Theme.MOBILITY: lazy("Mobility"),
    Theme.SAFETY: lazy("Justice and safety"),
    Theme.DIGITAL: lazy("Digital government"),
}
SHOWS = {
    Show.OPEN: lazy("Open"),
    Show.JUDGING: lazy("Being judged"),
    Show.DONE: lazy("Finished"),
    Show.ALL: lazy("All"),
}
ORDERS = {
    Order.DEADLINE: lazy("Closing date"),
    Order.NEWEST: lazy("Newest"),
    Order.FEE: lazy("Highest fee"),
}
ROLES = {
    Role.OWNER: lazy("Challenge owner"),
    Role.OFFICER: lazy("Procurement officer"),
    Role.APPROVER: lazy("Approver"),
    Role.SECRETARY: lazy("Jury secretary"),
    Role.PRICE_ASSESSOR: lazy("Price assessor"),
}


class Narrows:
    """Marks a filter: that it may stay empty goes without saying."""

    field_flags = {"narrows": True}  # noqa: RUF012 - WTForms' own way

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing: an odd wish finds nothing."""


class FilterForm(Form):
    """What a visitor looks for in the public list."""

    q = StringField(lazy("Search"), [Narrows()])
    theme = CheckboxesField(
        lazy("Theme"),
        [Narrows()],
        choices=[(theme.value, label) for theme, label in THEMES.items()],
    )
    show = RadioField(
        lazy("Status"),
        [Narrows()],
        choices=[(show.value, label) for show, label in SHOWS.items()],
        default=Show.OPEN.value,
    )
    buyer = SelectField(lazy("Organisation"), [Narrows()], choices=[])
    order = SelectField(
        lazy("Sort by"),
        [Narrows()],
        choices=[(order.value, label) for order, label in ORDERS.items()],
    )


class DraftForm(Form):
    """How a challenge begins."""

    buyer = SelectField(lazy("In the name of"), [InputRequired()], choices=[])
    theme = SelectField(
        lazy("Theme"),
        [InputRequired()],
        choices=[(theme.value, label) for theme, label in THEMES.items()],
    )
    title = StringField(
        lazy("Title"),
        [InputRequired(), Length(max=80)],
        description=lazy("A name that people remember. You can change it later."),
    )
    question = StringField(
        FIELDS_BY_KEY["question"].label,
        [Length(max=180)],
        description=FIELDS_BY_KEY["question"].hint,
    )


class NoonField(LocalDateTimeField):
    """A moment for which noon is proposed: the clearest hour for a deadline."""

    def read(self, typed: dict[str, str]) -> datetime:
        """Give the instant; the proposed hour alone is no answer."""
        if not any(typed[part] for part in ("day", "month", "year")):
            return None  # type: ignore[return-value]  # nothing was filled in
        return super().read(typed)

    def spell(self, value: datetime | None) -> dict[str, str]:
        """Write the moment in its boxes."""
        boxes = super().spell(value)
        return boxes if value else boxes | {"time": "12.00"}


class CalendarForm(Form):
    """The dates of a challenge."""

    version = VersionField()


@cache
def calendar_form() -> type[CalendarForm]:
    """Make the form from the table of dates."""
    fields: dict[str, Any] = {
        row.key: (NoonField if row.has_hour else DateField)(
            row.label, [_Expected()] if row.is_required else []
        )
        for row in DATES
    }
    return type("DatedCalendarForm", (CalendarForm,), fields)


def stored_calendar(challenge: Challenge) -> dict[str, Any]:
    """Give the stored dates by the names of the form's fields."""
    return {row.key: getattr(challenge, row.key) for row in DATES}


class TeamForm(Form):
    """A colleague and a role."""

    who = SelectField(
        lazy("Colleague and role"),
        [InputRequired()],
        choices=[],
        description=lazy("Only colleagues who hold that role in your organisation."),
    )


class LeaveForm(Form):
    """Take a role back."""

    person = StringField(lazy("Person"), [InputRequired()])
    role = StringField(lazy("Role"), [InputRequired()])


class PartnerForm(Form):
    """Another public body that owns the challenge too."""

    organisation = SelectField(lazy("Organisation"), [InputRequired()], choices=[])


class SubmitForm(Form):
    """Nothing but the button."""


class SendBackForm(Form):
    """What must change."""

    note = TextAreaField(
        lazy("What must change"),
        [InputRequired(), Length(max=4000)],
        description=lazy("The author reads this, with your name."),
        render_kw={"rows": 5},
    )


class ApproveForm(Form):
    """A remark that goes with an approval."""

    remark = TextAreaField(lazy("Remark"), [Length(max=4000)], render_kw={"rows": 3})


class PublishForm(Form):
    """Where the notice stands, or why there is none."""

    tenderned_id = StringField(
        lazy("TenderNed number"),
        [Length(max=40)],
        description=lazy("The notice must be on TenderNed before it is here."),
        render_kw={"width": "m"},
    )
    deviation_reason = TextAreaField(
        lazy("Reason without a notice"),
        [Length(max=1000)],
        description=lazy("Only when there is no notice on TenderNed: explain why."),
        render_kw={"rows": 3},
    )


class _Expected:
    """Marks a date that a review asks for, while a draft may leave it empty."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms' own way

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""
