"""What the two parties fill in during a residency."""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.web.forms import (
    DateField,
    Form,
    InputRequired,
    Length,
    StringField,
    TextAreaField,
    VersionField,
)

LONGEST_TEXT = 4000
LONGEST_TITLE = 120


class PlanForm(Form):
    """The goal and the days both parties agreed on."""

    version = VersionField()
    goal = TextAreaField(
        lazy("Goal"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=lazy("What both of you want to have working at the end. This is public."),
    )
    starts_on = DateField(lazy("First day"), [InputRequired()])
    ends_on = DateField(lazy("Last day"), [InputRequired()])


class MilestoneForm(Form):
    """Something that will be ready by a day."""

    title = StringField(
        lazy("What will be ready"),
        [InputRequired(), Length(max=LONGEST_TITLE)],
        description=lazy("This is public."),
    )
    due_on = DateField(lazy("Ready by"), [InputRequired()])


class ActForm(Form):
    """A button."""


class NoteForm(Form):
    """A note about a milestone, for the two parties."""

    note = TextAreaField(
        lazy("Note"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=lazy("Only the public body and the startup read this."),
    )


class OutcomeForm(Form):
    """What came of it."""

    outcome = TextAreaField(
        lazy("What came of it"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=lazy("This is public. Say what works now, and what happens next."),
    )
