"""How mild each juror is, and how alike the jurors judge: a diagnosis (jury: F9, F10).

Nothing here changes a score. It is why this may reckon in floating point, and the ranking not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import StatisticsError, correlation, stdev

from sir.jury.rules.connection import Part, connected_parts

Totals = Mapping[str, Mapping[str, Fraction]]  # proposal -> juror -> total; a hole is not there

NOT_CONNECTED = "not_connected"
TOO_FEW_SCORES = "too_few_scores"
NOISE = 1e-9  # what floating point adds to a number that is nought
LOW_AGREEMENT = 0.2
FEWEST_FOR_AGREEMENT = 6  # proposals


@dataclass(frozen=True)
class Leniency:
    """A juror's level beside the others' in points of the total, with its standard error."""

    level: float
    error: float
    is_flagged: bool  # further off than half a level, and than chance would have it


@dataclass(frozen=True)
class Leniencies:
    """Every juror's level, or why there is none: `not_connected` or `too_few_scores`."""

    jurors: Mapping[str, Leniency]
    residuals: Mapping[str, Sequence[float]]  # per juror: what level and proposal do not explain
    parts: tuple[Part, ...]
    refusal: str | None


@dataclass(frozen=True)
class Pattern:
    """Whether a juror orders the proposals as the others do."""

    residual_sd: float | None
    agreement: float | None  # Spearman's correlation with the mean of the others
    is_flagged: bool
    has_no_discrimination: bool  # gave every proposal the same total


def leniencies(totals: Totals, half_level: Fraction | None = None) -> Leniencies:
    """Estimate the additive model T = μ + q + b by least squares on the filled cells (F9).

    `half_level` is half a level of the scale in points of the total, below which nobody is
    flagged. There is never a number when jurors are not connected, or nothing is left over to
    judge the error by.
    """
    parts = connected_parts((p, j) for p, row in totals.items() for j in row)
    filled = {proposal: row for proposal, row in totals.items() if row}
    jurors = sorted({juror for row in filled.values() for juror in row})
    freedom = sum(map(len, filled.values())) - (len(filled) + len(jurors) - 1)
    if len(parts) > 1:
        return Leniencies({}, {}, parts, NOT_CONNECTED)
    if freedom <= 0:
        return Leniencies({}, {}, parts, TOO_FEW_SCORES)
    levels, variances = _least_squares(filled, jurors)
    residuals = _residuals(filled, levels)
    square = sum(e * e for row in residuals.values() for e in row) / freedom
    found = {}
    for juror in jurors:
        error = sqrt(max(square * variances[juror], 0.0))
        threshold = max(float(half_level or 0), 2 * error)
        flagged = abs(levels[juror]) > threshold + NOISE
        found[juror] = Leniency(levels[juror], error, flagged)
    return Leniencies(found, residuals, parts, None)


def patterns(totals: Totals, residuals: Mapping[str, Sequence[float]]) -> dict[str, Pattern]:
    """Compare each juror with the others (F10)."""
    jurors = sorted({juror for row in totals.values() for juror in row})
    return {juror: _pattern(totals, juror, residuals.get(juror, ())) for juror in jurors}


def _pattern(totals: Totals, juror: str, residuals: Sequence[float]) -> Pattern:
    given = [row[juror] for row in totals.values() if juror in row]
    shared = [row for row in totals.values() if juror in row and len(row) > 1]
    own = _ranks([row[juror] for row in shared])
    others = _ranks([(sum(row.values()) - row[juror]) / (len(row) - 1) for row in shared])
    try:
        agreement = correlation(own, others)
    except StatisticsError:  # fewer than two proposals, or one side makes no difference
        agreement = None
    return Pattern(
        residual_sd=stdev(residuals) if len(residuals) > 1 else None,
        agreement=agreement,
        is_flagged=agreement is not None
        and agreement < LOW_AGREEMENT
        and len(shared) >= FEWEST_FOR_AGREEMENT,
        has_no_discrimination=len(given) > 1 and len(set(given)) == 1,
    )


def _ranks(values: Sequence[Fraction]) -> list[float]:
    """Rank from low to high; equals share the middle of their places."""
    places: dict[Fraction, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def _least_squares(
    filled: Totals, jurors: Sequence[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Solve for the jurors' levels; give also the variance factor of each contrast e_j - 1/J.

    With the proposals eliminated, C b = Q remains, where C knows no common level: C·1 = 0. With
    a matrix of 1/J added C can be inverted, and Σb = 0; the inverse less 1/J is C's
    pseudo-inverse, whose diagonal belongs to the estimable contrast.
    """
    size = len(jurors)
    number = {juror: n for n, juror in enumerate(jurors)}
    matrix = [[1 / size] * size for _ in jurors]
    right = [0.0] * size
    for row in filled.values():
        mean = sum(row.values()) / len(row)
        for juror, total in row.items():
            matrix[number[juror]][number[juror]] += 1.0
            right[number[juror]] += float(total - mean)
            for other in row:
                matrix[number[juror]][number[other]] -= 1 / len(row)
    inverse = _inverse(matrix)
    levels = [sum(a * b for a, b in zip(line, right, strict=True)) for line in inverse]
    return (
        dict(zip(jurors, levels, strict=True)),
        {juror: inverse[n][n] - 1 / size for juror, n in number.items()},
    )


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    """Invert a positive definite matrix (Gauss and Jordan; it needs no pivots)."""
    size = len(matrix)
    lines = [[*line, *(float(n == k) for k in range(size))] for n, line in enumerate(matrix)]
    for n in range(size):
        pivot = [value / lines[n][n] for value in lines[n]]
        lines[n] = pivot
        for other in range(size):
            factor = lines[other][n]
            if other != n and factor:
                lines[other] = [a - factor * b for a, b in zip(lines[other], pivot, strict=True)]
    return [line[size:] for line in lines]


def _residuals(filled: Totals, levels: Mapping[str, float]) -> dict[str, list[float]]:
    residuals: dict[str, list[float]] = {juror: [] for juror in levels}
    for row in filled.values():
        quality = sum(float(total) - levels[juror] for juror, total in row.items()) / len(row)
        for juror, total in row.items():
            residuals[juror].append(float(total) - quality - levels[juror])
    return residuals
