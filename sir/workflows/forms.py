"""The plan as a form. A draft may be wrong: the checks before a review say so."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from sir.kernel.i18n import lazy
from sir.web.forms import (
    DecimalField,
    Form,
    InputRequired,
    IntegerField,
    Length,
    NumberRange,
    RadioField,
    StringField,
    TextAreaField,
    VersionField,
)
from sir.workflows.models import Anonymity, Method, Plan
from sir.workflows.rules import (
    ANCHOR_LIMIT,
    CRITERIA,
    LABEL_LIMIT,
    LEVELS,
    LOOKS_FOR_LIMIT,
    NAME_LIMIT,
    REASON,
    STANDARD_LEVELS,
)

LEVEL_ROWS = len(STANDARD_LEVELS)
LONGEST = 1000  # characters of one line, whatever its limit

METHODS = [
    (
        Method.CONSENSUS.value,
        lazy("Agree together"),
        {"help": lazy("First alone, then one score with one reason for each criterion.")},
    ),
    (
        Method.MEAN.value,
        lazy("Average"),
        {"help": lazy("Each criterion gets the average of the jurors' scores.")},
    ),
]
ANONYMITIES = [
    (Anonymity.UNTIL_QUALITY_LOCK.value, lazy("Without names until the scores are fixed")),
    (Anonymity.UNTIL_DECISION.value, lazy("Without names until the decision")),
    (Anonymity.OPEN.value, lazy("With names")),
]


class PlanForm(Form):
    """Criteria in rows 1 to 5, levels in rows; what is left empty is left out."""

    version = VersionField()
    method = RadioField(
        lazy("How scores become one"), [InputRequired()], choices=METHODS, default="consensus"
    )
    minimum_total = DecimalField(
        lazy("Least total"),
        places=2,
        description=lazy("Points out of 100. Leave empty for no minimum."),
    )
    composition = TextAreaField(
        lazy("Functions in the jury"),
        [InputRequired()],
        description=lazy("One on each line; at least three. Functions are published, names not."),
        render_kw={"rows": 5},
    )
    anonymity = RadioField(
        lazy("What the jury sees of the bidders"),
        [InputRequired()],
        choices=ANONYMITIES,
        default=Anonymity.UNTIL_QUALITY_LOCK.value,
    )
    min_reason = IntegerField(
        lazy("Least length of a reason"),
        [InputRequired(), NumberRange(*REASON)],
        description=lazy("Characters for each criterion."),
    )
    lot_seed = StringField(
        lazy("Source of the lot"),
        [InputRequired(), Length(max=200)],
        description=lazy("A public source that nobody can know beforehand, for equal proposals."),
    )


@cache
def plan_form() -> type[PlanForm]:
    """Make the form with its numbered rows."""
    fields: dict[str, Any] = {}
    for number in range(1, CRITERIA[1] + 1):
        asked = number <= CRITERIA[0]
        fields[f"name_{number}"] = _line(lazy("Name"), NAME_LIMIT, is_asked=asked)
        fields[f"looks_for_{number}"] = _text(
            lazy("What we look for"), LOOKS_FOR_LIMIT, is_asked=asked
        )
        fields[f"weight_{number}"] = DecimalField(
            lazy("Weight"),
            [_Shown(None, is_asked=asked)],
            places=2,
            render_kw={"suffix": "%"},
        )
        fields[f"minimum_{number}"] = DecimalField(
            lazy("Minimum"), places=2, description=lazy("Points on the scale. May stay empty.")
        )
        fields[f"name_en_{number}"] = _line(lazy("Name in English"), NAME_LIMIT)
        fields[f"looks_for_en_{number}"] = _text(
            lazy("What we look for, in English"), LOOKS_FOR_LIMIT
        )
    for number in range(1, LEVEL_ROWS + 1):
        asked = number <= LEVELS[0]
        fields[f"points_{number}"] = DecimalField(
            lazy("Points"), [_Shown(None, is_asked=asked)], places=2
        )
        fields[f"label_{number}"] = _line(lazy("Level"), LABEL_LIMIT, is_asked=asked)
        fields[f"anchor_{number}"] = _line(lazy("What it means"), ANCHOR_LIMIT, is_asked=asked)
        fields[f"label_en_{number}"] = _line(lazy("Level in English"), LABEL_LIMIT)
        fields[f"anchor_en_{number}"] = _line(lazy("What it means, in English"), ANCHOR_LIMIT)
    return type("NumberedPlanForm", (PlanForm,), fields)


def stored_plan(plan: Plan) -> dict[str, Any]:
    """Give what is stored of a plan, by the names of the form's fields."""
    stored: dict[str, Any] = {
        "method": plan.method.value,
        "minimum_total": plan.minimum_total,
        "composition": "\n".join(map(str, plan.composition)),
        "anonymity": plan.anonymity.value,
        "min_reason": plan.min_reason,
        "lot_seed": plan.lot_seed,
    }
    criteria = {row.position: row for row in plan.criteria}
    for number in range(1, CRITERIA[1] + 1):
        for name in ("name", "looks_for", "name_en", "looks_for_en"):
            stored[f"{name}_{number}"] = getattr(criteria.get(number), name, "")
        for name in ("weight", "minimum"):
            stored[f"{name}_{number}"] = getattr(criteria.get(number), name, None)
    levels = {row.position: row for row in plan.levels}
    for number in range(1, LEVEL_ROWS + 1):
        stored[f"points_{number}"] = getattr(levels.get(number), "points", None)
        for name in ("label", "anchor", "label_en", "anchor_en"):
            stored[f"{name}_{number}"] = getattr(levels.get(number), name, "")
    return stored


def criteria_rows(form: Form) -> list[dict[str, Any]]:
    """Give the criteria that are filled in, in order."""
    names = ("name", "looks_for", "weight", "minimum", "name_en", "looks_for_en")
    rows = [
        {name: form[f"{name}_{number}"].data for name in names}
        for number in range(1, CRITERIA[1] + 1)
    ]
    kept = [row for row in rows if row["name"] or row["looks_for"] or row["weight"]]
    return [row | {"weight": row["weight"] or Decimal(0)} for row in kept]


def level_rows(form: Form) -> list[dict[str, Any]]:
    """Give the levels that are filled in, in order."""
    names = ("points", "label", "anchor", "label_en", "anchor_en")
    rows = [
        {name: form[f"{name}_{number}"].data for name in names}
        for number in range(1, LEVEL_ROWS + 1)
    ]
    kept = [row for row in rows if row["points"] is not None or row["label"]]
    return [row | {"points": row["points"] or Decimal(0)} for row in kept]


def _line(label: Any, limit: int, *, is_asked: bool = False) -> StringField:
    return StringField(label, [Length(max=LONGEST), _Shown(limit, is_asked=is_asked)])


def _text(label: Any, limit: int, *, is_asked: bool = False) -> TextAreaField:
    guards = [Length(max=LONGEST), _Shown(limit, is_asked=is_asked)]
    return TextAreaField(label, guards, render_kw={"rows": 2})


class _Shown:
    """Shows how long a text should be and that a review asks for it, without refusing a draft."""

    def __init__(self, limit: int | None, *, is_asked: bool) -> None:
        self.field_flags: dict[str, Any] = {"maxlength": limit} if limit else {}
        if is_asked:
            self.field_flags["required"] = True

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""
