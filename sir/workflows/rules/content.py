"""A plan as data, and the hash that stands for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sir.kernel.canonical import canonical, sha256
from sir.workflows.models import (
    Anonymity,
    Criterion,
    Level,
    Method,
    PitchKind,
    Plan,
    PriceFormula,
)


def digits(value: Decimal) -> str:
    """Write a decimal in its one shortest way: "40", "12.5", never "40.00" or "4E+1"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written(value: Decimal | None) -> str | None:
    return None if value is None else digits(value)


def plan_content(plan: Plan) -> dict[str, Any]:
    """Give the plan as data, numbers as strings: what the hash stands for and a jury counts by."""
    return {
        "method": plan.method.value,
        "decimals": plan.decimals,
        "minimum_total": _written(plan.minimum_total),
        "min_reason": plan.min_reason,
        "anonymity": plan.anonymity.value,
        "seat_count": plan.seat_count,
        "composition": list(plan.composition),
        "lot_seed": plan.lot_seed,
        "tie_order": list(plan.tie_order),
        "anonymity_reason": plan.anonymity_reason,
        "qualification": plan.qualification,
        "competence": plan.competence,
        "readers": plan.readers,
        "load_least": plan.load_least,
        "load_most": plan.load_most,
        "pitch": plan.pitch.value,
        "pitch_questions": list(plan.pitch_questions),
        "price_weight": _written(plan.price_weight),
        "price_formula": plan.price_formula.value,
        "price_floor": _written(plan.price_floor),
        "price_ceiling": _written(plan.price_ceiling),
        "no_new_ranking": plan.no_new_ranking,
        "calibration": plan.calibration,
        "report_diagnostics": plan.report_diagnostics,
        "screen_names": plan.screen_names,
        # only when it is promised: plans frozen before this was asked keep their hash
        **({"report_advice": True} if plan.report_advice else {}),
        "criteria": [
            {
                "key": row.key,
                "position": row.position,
                "name": row.name,
                "name_en": row.name_en,
                "looks_for": row.looks_for,
                "looks_for_en": row.looks_for_en,
                "weight": digits(row.weight),
                "minimum": _written(row.minimum),
                "anchors": row.anchors,
            }
            for row in plan.criteria
        ],
        "levels": [
            {
                "position": row.position,
                "points": digits(row.points),
                "label": row.label,
                "label_en": row.label_en,
                "anchor": row.anchor,
                "anchor_en": row.anchor_en,
            }
            for row in plan.levels
        ],
    }


def plan_hash(plan: Plan) -> str:
    """Give the SHA-256 of a plan's canonical content."""
    return sha256(canonical(plan_content(plan)))


def refill(plan: Plan, content: Mapping[str, Any]) -> None:
    """Make a draft plan say what `plan_content` gave of another; what is frozen stays frozen."""
    assert plan.frozen_at is None, "A frozen plan does not change."
    plan.method = Method(content["method"])
    plan.anonymity = Anonymity(content["anonymity"])
    plan.pitch = PitchKind(content["pitch"])
    plan.price_formula = PriceFormula(content["price_formula"])
    for name in DECIMAL_NAMES:
        setattr(plan, name, _read(content[name]))
    for name in (*LIST_NAMES, *PLAIN_NAMES):
        value = content[name]
        setattr(plan, name, list(value) if name in LIST_NAMES else value)
    plan.report_advice = content.get("report_advice", False)
    _refill_rows(plan.criteria, Criterion, content["criteria"], ("weight", "minimum"))
    _refill_rows(plan.levels, Level, content["levels"], ("points",))


DECIMAL_NAMES = ("minimum_total", "price_weight", "price_floor", "price_ceiling")
LIST_NAMES = ("composition", "tie_order", "pitch_questions")
PLAIN_NAMES = (
    *("decimals", "min_reason", "seat_count", "lot_seed", "anonymity_reason", "qualification"),
    *("competence", "readers", "load_least", "load_most", "no_new_ranking", "calibration"),
    *("report_diagnostics", "screen_names"),
)


def _refill_rows(
    rows: list[Any], kind: type[Criterion | Level], given: Any, decimals: Collection[str]
) -> None:
    """Write over the rows that are there, so that a key is never twice in the table."""
    del rows[len(given) :]
    for position, values in enumerate(given):
        if position == len(rows):
            rows.append(kind())
        for name, value in values.items():
            setattr(rows[position], name, _read(value) if name in decimals else value)


def _read(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
