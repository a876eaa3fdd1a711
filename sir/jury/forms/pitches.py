"""What a pitch asks of the secretary, of a juror and of a finalist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sir.jury.models import Pitch, Seat
from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import _, lazy
from sir.web.forms import (
    BooleanField,
    CheckboxesField,
    Form,
    InputRequired,
    IntegerField,
    Length,
    LocalDateTimeField,
    NumberRange,
    RadioField,
    StringField,
    TextAreaField,
    VersionField,
)

SMALL: dict[str, Any] = {"width": "s", "inputmode": "numeric"}


class SlotsForm(Form):
    """A row of slots of equal length."""

    starts_at = LocalDateTimeField(lazy("The first slot begins"), [InputRequired()])
    count = IntegerField(
        lazy("How many slots"), [InputRequired(), NumberRange(min=1, max=20)], render_kw=SMALL
    )
    minutes = IntegerField(
        lazy("Minutes per slot"),
        [InputRequired(), NumberRange(min=5, max=240)],
        description=lazy("The pitch and the questions together; the same for everybody."),
        render_kw=SMALL,
    )
    pause = IntegerField(
        lazy("Minutes between two slots"),
        [InputRequired(), NumberRange(min=0, max=240)],
        render_kw=SMALL,
    )
    room = StringField(lazy("Room and address"), [Length(max=200)])
    link = StringField(
        lazy("Link of the online meeting"),
        [Length(max=400)],
        description=lazy("Fill in a room, a link, or both."),
        render_kw={"inputmode": "url"},
    )


def blocked_form(times: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Form:
    """Ask in which slots, given as (code, time in words), somebody cannot come."""
    field = CheckboxesField(
        lazy("When can you not come?"),
        choices=list(times),
        description=lazy("Tick the times that do not suit you. Tick nothing if all of them do."),
    )
    shape: type[Form] = type("BlockedForm", (Form,), {"blocked": field})
    return shape.from_request(blocked=list(chosen))


def present_form(seats: Sequence[Seat], there: Sequence[str]) -> Form:
    """Ask which seats hear a pitch."""
    field = CheckboxesField(
        lazy("Who is there"),
        choices=[(seat.label, f"{seat.label} {seat.name}") for seat in seats],
        description=lazy("Everybody who votes must hear every pitch."),
    )
    shape: type[Form] = type("PresentForm", (Form,), {"present": field})
    return shape.from_request(present=list(there))


def minutes_form(pitch: Pitch) -> Form:
    """Ask the minutes: what was presented, and each question with its answer."""
    fields: dict[str, Any] = {"version": VersionField()}
    values: dict[str, Any] = {"version": pitch.version, "minutes": pitch.minutes}
    for row in pitch.questions:
        if not row.is_extra:
            fields[f"asked_{row.position}"] = BooleanField(
                _("Question %(n)s was asked", n=row.position)
            )
            values[f"asked_{row.position}"] = row.asked_at is not None
        fields[f"answer_{row.position}"] = TextAreaField(
            _("Answer to question %(n)s", n=row.position),
            [Length(max=REASON_LIMIT)],
            render_kw={"rows": 3},
        )
        values[f"answer_{row.position}"] = row.answer
    fields["minutes"] = TextAreaField(
        _("Minutes of the pitch"),
        [Length(max=20_000)],
        description=_("What the finalist showed and said. The finalist reads this."),
        render_kw={"rows": 8},
    )
    shape: type[Form] = type("MinutesForm", (Form,), fields)
    return shape.from_request(**values)


def heard_in(form: Form, pitch: Pitch) -> dict[int, tuple[bool, str]]:
    """Read by question whether it was asked and what was answered."""
    return {
        row.position: (
            row.is_extra or bool(form[f"asked_{row.position}"].data),
            form[f"answer_{row.position}"].data or "",
        )
        for row in pitch.questions
    }


def stored_minutes(pitch: Pitch) -> dict[str, str]:
    """Give the stored minutes by the names of the form, to be put beside what was typed."""
    return {f"answer_{row.position}": row.answer for row in pitch.questions} | {
        "minutes": pitch.minutes
    }


class ExtraForm(Form):
    """A question beyond the ones that everybody gets."""

    text = TextAreaField(
        lazy("Another question"),
        [InputRequired(), Length(max=REASON_LIMIT)],
        render_kw={"rows": 2},
    )


def move_form(times: Sequence[tuple[str, str]]) -> Form:
    """Ask the new slot of one pitch, or that it is cancelled, with the reason."""
    fields = {
        "slot": RadioField(
            lazy("What happens with this pitch?"),
            [InputRequired()],
            choices=[
                *times,
                ("cancel", lazy("The finalist does not pitch")),
            ],
        ),
        "reason": TextAreaField(
            lazy("Reason"), [InputRequired(), Length(min=20, max=REASON_LIMIT)]
        ),
    }
    shape: type[Form] = type("MoveForm", (Form,), fields)
    return shape.from_request()


class ConfirmForm(Form):
    """A finalist's own word on the minutes."""

    remarks = TextAreaField(
        lazy("Your remarks"),
        [Length(max=REASON_LIMIT)],
        description=lazy(
            "Only if something is missing or wrong. The jury reads it beside the minutes."
        ),
        render_kw={"rows": 4},
    )
