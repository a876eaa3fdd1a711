"""What one juror scores."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sir.jury.rules.patches import fields_of
from sir.jury.rules.sheets import NOTE_LIMIT, REASON_LIMIT, Marks
from sir.kernel.i18n import lazy
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


Named = tuple[tuple[str, str], ...]  # key and name of each criterion


def sheet_form(plan: Plan, marks: Marks | None = None, version: int = 0, lang: str = "nl") -> Form:
    """Ask a level and a reason for each criterion; a draft may miss anything."""
    named = tuple((row.key, criterion_name(row, lang)) for row in plan.criteria)
    shape = _sheet_shape(named, plan.min_reason)
    return _made(shape, plan, marks=marks, version=version)


@lru_cache(maxsize=64)
def _sheet_shape(named: Named, min_reason: int) -> type[Form]:
    """Make the form of a plan's sheets: one for all of them, with the names in one language."""
    fields: dict[str, Any] = {}
    for key, name in named:
        fields |= _criterion_fields(key, name, min_reason)
    fields["note"] = TextAreaField(
        lazy("Note to yourself"),
        [Length(max=NOTE_LIMIT)],
        description=lazy("Only you see this. It is not sent with your scores."),
        render_kw={"rows": 3},
    )
    return _shape("SheetForm", fields)


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
    name = criterion_name(criterion, lang)
    shape = _criterion_shape(criterion.key, name, plan.min_reason)
    return _made(shape, plan, marks=marks, version=version, prefix=prefix)


@lru_cache(maxsize=256)
def _criterion_shape(key: str, name: str, min_reason: int) -> type[Form]:
    return _shape("CriterionForm", _criterion_fields(key, name, min_reason))


def _shape(name: str, fields: dict[str, Any]) -> type[Form]:
    return type(name, (Form,), {"version": VersionField(), **fields})


def _criterion_fields(key: str, name: str, min_reason: int) -> dict[str, Any]:
    return {
        f"level_{key}": StringField(lazy("%(name)s: level", name=name)),
        f"reason_{key}": TextAreaField(
            lazy("%(name)s: your reason", name=name),
            [Length(max=REASON_LIMIT), Wanted(min_reason)],
            description=lazy(
                "Why this level, and not one higher or lower? At least %(length)s characters.",
                length=min_reason,
            ),
            render_kw={"rows": 3},
        ),
    }


def _made(
    shape: type[Form],
    plan: Plan,
    *,
    marks: Marks | None,
    version: int,
    prefix: str = "",
) -> Form:
    known = fields_of(marks, plan) if marks else {}
    values = {field: text for field, text in known.items() if hasattr(shape, field)}
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
