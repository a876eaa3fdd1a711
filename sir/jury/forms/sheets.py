"""What one juror scores."""

from __future__ import annotations

from typing import Any

from sir.jury.forms.common import position_in, shown_position
from sir.jury.rules.sheets import NOTE_LIMIT, REASON_LIMIT, Marks
from sir.kernel.i18n import _, lazy
from sir.web.forms import Form, InputRequired, Length, StringField, TextAreaField, VersionField
from sir.workflows.models import Plan


class Wanted:
    """Tells the counter how many characters are wanted; a draft may have fewer."""

    def __init__(self, characters: int) -> None:
        self.field_flags = {"minlength": characters, "required": True}

    def __call__(self, form: Form, field: Any) -> None:
        """Refuse nothing: what is missing is said when everything is handed in."""


def sheet_form(plan: Plan, marks: Marks | None = None, version: int = 0) -> Form:
    """Ask a level and a reason for each criterion; a draft may miss anything."""
    fields: dict[str, Any] = {"version": VersionField()}
    values: dict[str, Any] = {"version": version}
    for row in plan.criteria:
        fields[f"level_{row.key}"] = StringField(_("%(name)s: level", name=row.name))
        fields[f"reason_{row.key}"] = TextAreaField(
            _("Your reason"),
            [Length(max=REASON_LIMIT), Wanted(plan.min_reason)],
            description=lazy(
                "Why this level, and not one higher or lower? At least %(length)s characters.",
                length=plan.min_reason,
            ),
            render_kw={"rows": 3},
        )
        if marks is not None:
            values[f"level_{row.key}"] = shown_position(marks.levels.get(row.key))
            values[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    fields["note"] = TextAreaField(
        lazy("Note to yourself"),
        [Length(max=NOTE_LIMIT)],
        description=lazy("Only you see this. It is not sent with your scores."),
        render_kw={"rows": 3},
    )
    values["note"] = marks.note if marks else ""
    shape: type[Form] = type("SheetForm", (Form,), fields)
    return shape.from_request(**values)


def marks_in(form: Form, plan: Plan) -> Marks:
    """Read what a juror filled in."""
    return Marks(
        levels={row.key: position_in(form[f"level_{row.key}"].data) for row in plan.criteria},
        reasons={row.key: form[f"reason_{row.key}"].data or "" for row in plan.criteria},
        note=form["note"].data or "",
    )


def shown_marks(marks: Marks, plan: Plan) -> dict[str, str]:
    """Give stored marks by the names of the form, to be put beside what was typed."""
    shown = {}
    for row in plan.criteria:
        shown[f"level_{row.key}"] = shown_position(marks.levels.get(row.key))
        shown[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    return shown | {"note": marks.note}


def labels_of(plan: Plan, lang: str) -> dict[str, str]:
    """Name the fields of a sheet so that each says which criterion it is about."""
    labels = {}
    for row in plan.criteria:
        name = (row.name_en if lang == "en" else "") or row.name
        labels[f"level_{row.key}"] = _("%(name)s: level", name=name)
        labels[f"reason_{row.key}"] = _("%(name)s: your reason", name=name)
    return labels


class TakeBackForm(Form):
    """Why sheets are taken back."""

    reason = TextAreaField(
        lazy("Why do you take your scores back?"),
        [InputRequired(), Length(min=20, max=REASON_LIMIT)],
    )
