"""The form for what each level means for each criterion."""

from __future__ import annotations

from typing import Any

from sir.kernel.i18n import _
from sir.web.forms import Form, Length, TextAreaField, VersionField
from sir.workflows.models import Plan
from sir.workflows.rules import ANCHOR_LIMIT


def anchors_form(plan: Plan, *, has_english: bool) -> type[Form]:
    """Make the form for what each level means for each criterion; every text may stay empty."""
    fields: dict[str, Any] = {"version": VersionField()}
    for row in plan.criteria:
        for level in plan.levels:
            place = f"{row.position}_{level.position}"
            fields[f"nl_{place}"] = _anchor(level.label, level.anchor)
            if has_english:
                label = _("%(name)s, in English", name=level.label_en or level.label)
                fields[f"en_{place}"] = _anchor(label, level.anchor_en)
    return type("AnchorsForm", (Form,), fields)


def stored_anchors(plan: Plan, *, has_english: bool) -> dict[str, Any]:
    """Give the stored texts by the names of that form's fields."""
    return {
        f"{lang}_{row.position}_{level.position}": (
            row.anchors.get(str(level.position), {}).get(lang, "")
        )
        for row in plan.criteria
        for level in plan.levels
        for lang in (("nl", "en") if has_english else ("nl",))
    }


def anchors_in(form: Form) -> dict[int, dict[str, dict[str, str]]]:
    """Give what was typed: by a criterion's place, by a level's place, by language."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    for field in form:
        lang, _dash, place = field.name.partition("_")
        if lang in {"nl", "en"}:
            criterion, _dash, level = place.partition("_")
            found.setdefault(int(criterion), {}).setdefault(level, {})[lang] = field.data or ""
    return found


def _anchor(label: str, general: str) -> TextAreaField:
    return TextAreaField(
        label, [Length(max=ANCHOR_LIMIT)], description=general, render_kw={"rows": 2}
    )
