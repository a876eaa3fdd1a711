"""What one juror scores."""

from __future__ import annotations

from typing import Any

from sir.jury.rules.patches import fields_of
from sir.jury.rules.sheets import NOTE_LIMIT, REASON_LIMIT, Marks
from sir.kernel.i18n import _, lazy
from sir.web.forms import Form, InputRequired, Length, StringField, TextAreaField, VersionField
from sir.workflows.models import Criterion, Plan


class Wanted:
    """Tells the counter how many characters are wanted; a draft may have fewer."""

    def __init__(self, characters: int) -> None:
        self.field_flags = {"minlength": characters, "required": True}

    def __call__(self, form: Form, field: Any) -> None:
        """Refuse nothing: what is missing is said when everything is handed in."""


def criterion_name(criterion: Criterion, lang: str) -> str:
    """Name a criterion in the reader's language, or in Dutch when it has no other name."""
    return (criterion.name_en if lang == "en" else "") or criterion.name


def sheet_form(plan: Plan, marks: Marks | None = None, version: int = 0, lang: str = "nl") -> Form:
    """Ask a level and a reason for each criterion; a draft may miss anything."""
    fields: dict[str, Any] = {}
    for row in plan.criteria:
        fields |= _criterion_fields(plan, row, lang)
    fields["note"] = TextAreaField(
        lazy("Note to yourself"),
        [Length(max=NOTE_LIMIT)],
        description=lazy("Only you see this. It is not sent with your scores."),
        render_kw={"rows": 3},
    )
    return _made("SheetForm", fields, plan, marks=marks, version=version)


def criterion_form(  # noqa: PLR0913 - what a row of the page is made of
    plan: Plan,
    criterion: Criterion,
    *,
    prefix: str,
    marks: Marks | None = None,
    version: int = 0,
    lang: str = "nl",
) -> Form:
    """Ask one criterion of one proposal. Many stand on one page, so their names have a prefix."""
    fields = _criterion_fields(plan, criterion, lang)
    return _made("CriterionForm", fields, plan, marks=marks, version=version, prefix=prefix)


def _criterion_fields(plan: Plan, criterion: Criterion, lang: str) -> dict[str, Any]:
    name = criterion_name(criterion, lang)
    return {
        f"level_{criterion.key}": StringField(_("%(name)s: level", name=name)),
        f"reason_{criterion.key}": TextAreaField(
            _("%(name)s: your reason", name=name),
            [Length(max=REASON_LIMIT), Wanted(plan.min_reason)],
            description=lazy(
                "Why this level, and not one higher or lower? At least %(length)s characters.",
                length=plan.min_reason,
            ),
            render_kw={"rows": 3},
        ),
    }


def _made(  # noqa: PLR0913 - what both forms are made of
    name: str,
    fields: dict[str, Any],
    plan: Plan,
    *,
    marks: Marks | None,
    version: int,
    prefix: str = "",
) -> Form:
    shape: type[Form] = type(name, (Form,), {"version": VersionField(), **fields})
    known = fields_of(marks, plan) if marks else {}
    values = {field: text for field, text in known.items() if field in fields}
    return shape.from_request(version=version, prefix=prefix, **values)


def filled_in(form: Form) -> dict[str, str]:
    """Give what a juror filled in, by the names of the sheet's fields."""
    return {
        field.short_name: field.data or ""
        for field in form
        if field.short_name == "note" or field.short_name.startswith(("level_", "reason_"))
    }


class TakeBackForm(Form):
    """Why sheets are taken back."""

    reason = TextAreaField(
        lazy("Why do you take your scores back?"),
        [InputRequired(), Length(min=20, max=REASON_LIMIT)],
    )
