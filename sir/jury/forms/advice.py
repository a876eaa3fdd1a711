"""What an adviser writes."""

from __future__ import annotations

from typing import Any

from sir.jury.forms.sheets import criterion_name
from sir.jury.models import Advice
from sir.jury.rules.sheets import REASON_LIMIT
from sir.kernel.i18n import lazy
from sir.web.forms import Form, Length, TextAreaField, VersionField


def advice_form(advice: Advice, lang: str = "nl") -> Form:
    """Ask one text about the proposal, and a paragraph about each criterion; all may stay empty."""
    fields: dict[str, Any] = {
        "version": VersionField(),
        "text": TextAreaField(
            lazy("Your advice on this proposal"),
            [Length(max=REASON_LIMIT)],
            description=lazy(
                "What should the jury know before it agrees? Write what you find and how you know;"
                " you give no level."
            ),
            render_kw={"rows": 8},
        ),
    }
    for row in advice.round.challenge.plan.criteria:
        fields[f"remark_{row.key}"] = TextAreaField(
            criterion_name(row, lang), [Length(max=REASON_LIMIT)], render_kw={"rows": 3}
        )
    shape: type[Form] = type("AdviceForm", (Form,), fields)
    return shape.from_request(version=advice.version, **stored_advice(advice))


def remarks_in(form: Form, advice: Advice) -> dict[str, str]:
    """Read the paragraphs by criterion key."""
    return {
        row.key: form[f"remark_{row.key}"].data or ""
        for row in advice.round.challenge.plan.criteria
    }


def stored_advice(advice: Advice) -> dict[str, str]:
    """Give what is stored by the names of the form."""
    return {"text": advice.text} | {
        f"remark_{row.key}": advice.remarks.get(row.key, "")
        for row in advice.round.challenge.plan.criteria
    }
