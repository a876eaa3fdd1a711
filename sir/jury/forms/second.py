"""What a juror changes on a second sheet."""

from __future__ import annotations

from typing import Any

from sir.jury.rules.sheets import REASON_LIMIT, Marks, position_in, shown_position
from sir.kernel.i18n import _
from sir.web.forms import Form, Length, StringField, TextAreaField, VersionField
from sir.workflows.models import Plan


def second_form(plan: Plan, marks: Marks, version: int, hint: str) -> Form:
    """Ask for each criterion the level a juror now stands by, and why they left the one before."""
    fields: dict[str, Any] = {"version": VersionField()}
    for row in plan.criteria:
        fields[f"level_{row.key}"] = StringField(_("%(name)s: level", name=row.name))
        fields[f"reason_{row.key}"] = TextAreaField(
            _("Why do you change the level?"),
            [Length(max=REASON_LIMIT)],
            description=hint,
            render_kw={"rows": 3},
        )
    shape: type[Form] = type("SecondForm", (Form,), fields)
    return shape.from_request(version=version, **shown_second(marks, plan))


def second_marks_in(form: Form, plan: Plan) -> Marks:
    """Read what a juror filled in."""
    return Marks(
        levels={row.key: position_in(form[f"level_{row.key}"].data) for row in plan.criteria},
        reasons={row.key: form[f"reason_{row.key}"].data or "" for row in plan.criteria},
    )


def shown_second(marks: Marks, plan: Plan) -> dict[str, str]:
    """Give stored marks by the names of the form."""
    shown = {}
    for row in plan.criteria:
        shown[f"level_{row.key}"] = shown_position(marks.levels.get(row.key))
        shown[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    return shown
