"""What a page meter tells the browser, the same when something is typed and when it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sir.kernel.i18n import _

MOST_SIGNS = 20  # of the signs that cannot be printed; more would not help to find them


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
            signs="  ".join(signs[:MOST_SIGNS]),
        )
    )
