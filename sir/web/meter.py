"""What a page meter tells the browser, the same when something is typed and when it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import StringField

from sir.kernel.i18n import _
from sir.kernel.prose import named_signs
from sir.ports.press import Press
from sir.web.forms import Form


def told(words: Mapping[str, Any]) -> dict[str, Any]:
    """Give a meter's words as JSON holds them."""
    sections = [{**row, "share": float(row["share"])} for row in words["sections"]]
    return {**words, "pages": float(words["pages"]), "sections": sections}


def boxes(signs: Sequence[str]) -> str:
    """Warn of signs that no typeface has; empty when all can be printed."""
    if not signs:
        return ""
    return str(
        _(
            "These characters cannot be printed and come out as an empty box: %(signs)s. Write it"
            " in another way.",
            signs=named_signs(signs),
        )
    )


def warn_of_boxes(form: Form, press: Press) -> str:
    """Put a warning beside every text that cannot be printed; give one for all, or nothing.

    It stops nobody: what was typed is kept as it is.
    """
    found: dict[str, None] = {}
    for field in form:
        if isinstance(field, StringField) and isinstance(field.data, str):
            signs = press.unprintable(field.data)
            vars(field)["warning"] = boxes(signs)
            found |= dict.fromkeys(signs)
    return boxes(tuple(found))
