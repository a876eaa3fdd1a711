"""A diagnosis as JSON, as `flask sir diagnose` prints it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sir.jury.rules.diagnostics import Diagnosis, Sensitivity, Spread
from sir.jury.rules.leniency import Leniencies, Pattern
from sir.jury.rules.ranking import publish
from sir.jury.rules.reading import text

DECIMALS = 6


def written_diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    """Write all of it, numbers as decimals of six places."""
    reliability, influence = diagnosis.reliability, diagnosis.influence
    return {
        "spread": {p: _spread(spread) for p, spread in diagnosis.spreads.items()},
        "influence": {
            "ranks": {p: ranks and list(ranks) for p, ranks in influence.ranks.items()},
            "pivotal": list(influence.pivotal),
        },
        "reliability": {
            "icc_2_1": _number(reliability.single),
            "icc_2_k": _number(reliability.panel),
            "note": reliability.note,
        },
        "juror_levels": _levels(diagnosis.leniencies),
        "components": [[*part.proposals, *part.jurors] for part in diagnosis.leniencies.parts],
        "pattern": {juror: _pattern(pattern) for juror, pattern in diagnosis.patterns.items()},
        "no_discrimination": [
            juror for juror, pattern in diagnosis.patterns.items() if pattern.has_no_discrimination
        ],
        "sensitivity": diagnosis.sensitivity and _sensitivity(diagnosis.sensitivity),
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "mean": _number(spread.mean),
        "sd": _number(spread.deviation),
        "range": _number(spread.range),
        "levels": None if spread.levels is None else dict(spread.levels),
        "discuss": spread.is_to_discuss,
    }


def _levels(leniencies: Leniencies) -> str | dict[str, Any]:
    if leniencies.refusal is not None:
        return leniencies.refusal
    return {
        juror: {
            "level": _number(leniency.level),
            "se": _number(leniency.error),
            "flag": leniency.is_flagged,
        }
        for juror, leniency in leniencies.jurors.items()
    }


def _pattern(pattern: Pattern) -> dict[str, Any]:
    return {
        "residual_sd": _number(pattern.residual_sd),
        "correlation": _number(pattern.agreement),
        "flag": pattern.is_flagged,
    }


def _sensitivity(sensitivity: Sensitivity) -> dict[str, Any]:
    return {
        "first": sensitivity.first,
        "second": sensitivity.second,
        "criteria": {
            key: tipping and {"tie_at": _number(tipping.weight), "change": _number(tipping.change)}
            for key, tipping in sensitivity.criteria.items()
        },
        "most_critical": sensitivity.most_critical,
    }


def _number(value: Fraction | float | None) -> str | None:
    return None if value is None else text(publish(Fraction(value), DECIMALS))
