"""What a level means for one criterion, where the plan says more than its scale does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sir.workflows.models import Criterion, Level, Plan


def anchor_of(anchors: Mapping[str, Mapping[str, str]], level: Level, lang: str) -> str:
    """Give what a level means for a criterion with these texts, or in general when it has none."""
    own = anchors.get(str(level.position)) or {}
    general = (level.anchor_en if lang == "en" else "") or level.anchor
    return own.get(lang) or own.get("nl") or general


def own_anchors(plan: Plan) -> list[tuple[Criterion, list[Level]]]:
    """List the criteria with texts of their own, each with the levels they are for."""
    rows = [
        (row, [level for level in plan.levels if row.anchors.get(str(level.position))])
        for row in plan.criteria
    ]
    return [(row, levels) for row, levels in rows if levels]


def follow(
    names: Sequence[str], former: Sequence[tuple[str, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Let texts follow their criterion by its name when rows are moved or taken out.

    A row that is only called otherwise keeps its texts; one that took another's place does not.
    """
    known = dict(former)
    found = []
    for position, name in enumerate(names):
        before, here = former[position] if position < len(former) else ("", {})
        found.append(known.get(name, {} if before in names else here))
    return found
