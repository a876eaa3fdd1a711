"""What is true of a change to one or more fields of a score sheet (R21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sir.jury.rules.sheets import Marks, position_in, shown_position
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.workflows.models import Plan


class Way(StrEnum):
    """How a juror went about it: proposal by proposal, criterion by criterion, or on paper (R6)."""

    PROPOSAL = "proposal"
    CRITERION = "criterion"
    OFFICE = "office"


@dataclass(frozen=True)
class Clash:
    """What two versions of a sheet say of the same fields: by the field's name, as text."""

    version: int  # the stored one
    fields: tuple[str, ...]  # what both changed, and not alike
    yours: Mapping[str, str]
    theirs: Mapping[str, str]
    base: Mapping[str, str] | None  # what both began with; None when nobody kept it


def fields_of(marks: Marks, plan: Plan) -> dict[str, str]:
    """Give marks by the names of the form, as text."""
    fields = {}
    for row in plan.criteria:
        fields[f"level_{row.key}"] = shown_position(marks.levels.get(row.key))
        fields[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    return fields | {"note": marks.note}


def marks_from(fields: Mapping[str, str], plan: Plan) -> Marks:
    """Read marks by the names of the form; raises Refused for a field that no sheet has."""
    keys = [row.key for row in plan.criteria]
    known = {"note", *(f"{part}_{key}" for key in keys for part in ("level", "reason"))}
    if set(fields) - known:
        raise Refused(_("This field is not on the score sheet."))
    return Marks(
        levels={key: position_in(fields.get(f"level_{key}")) for key in keys},
        reasons={key: fields.get(f"reason_{key}", "") for key in keys},
        note=fields.get("note", ""),
    )


def marks_in_revision(content: Mapping[str, Any]) -> Marks:
    """Read the marks that were kept with an earlier version."""
    return Marks(content["levels"], content["reasons"], content["note"])


def clash(
    changes: Mapping[str, str], stored: Mapping[str, str], base: Mapping[str, str] | None, at: int
) -> Clash:
    """Compare what somebody sends with what is stored as version `at`, and what both began with.

    A field that only one of them changed is no clash; without a common beginning every
    difference is one.
    """
    moved = {name for name in stored if base is None or base.get(name, "") != stored[name]}
    shown = [name for name in stored if name in changes or (base is not None and name in moved)]
    return Clash(
        version=at,
        fields=tuple(n for n in changes if n in moved and changes[n] != stored[n]),
        yours=dict(changes),
        theirs={name: stored[name] for name in shown},
        base=None if base is None else {name: base.get(name, "") for name in shown},
    )
