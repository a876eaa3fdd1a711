"""HiGHS through scipy: the linear relaxation first, whole numbers when it needs them.

The second pass, fairness, is solved on what the first leaves open: an option whose reduced cost
exceeds the gap between relaxation and optimum has the same value in every best choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

from sir.ports.solver import Choice, Condition, Unsolved

Floats = NDArray[np.float64]

TOLERANCE = 1e-6
SOLVED, INFEASIBLE = 0, 2


def choose(choice: Choice) -> frozenset[int] | None:
    """Give the options of a best and fairest choice, or None when there is none."""
    size = len(choice.gains)
    low = np.zeros(size)
    low[list(choice.chosen)] = 1.0
    high = np.ones(size)
    if size == 0:
        met = all((c.low or 0) <= 0 <= (c.high or 0) for c in choice.conditions)
        return frozenset() if met else None
    rows = Rows(choice.conditions, size)
    gains = np.array(choice.gains, float)
    relaxed = _relaxation(gains, rows, low, high)
    if relaxed is None:
        return None
    bound, costs, best = relaxed
    if np.abs(best - best.round()).max() > TOLERANCE:
        whole = _whole(-gains, [rows.constraint()], Bounds(low, high))
        if whole is None:
            return None
        best = whole
    best = best.round()
    if len(choice.groups) > 1:
        gap = max(bound - float(gains @ best), 0.0)
        low = np.where(costs < -gap - TOLERANCE, 1.0, low)
        high = np.where(costs > gap + TOLERANCE, 0.0, high)
        best = _fairest(choice, rows, low, high, best)
    chosen = frozenset(int(option) for option in np.flatnonzero(best))
    _verify(choice, chosen)
    return chosen


class Rows:
    """The conditions as a sparse matrix between two bounds."""

    def __init__(self, conditions: Sequence[Condition], size: int) -> None:
        counts = [len(condition.options) for condition in conditions]
        columns = np.fromiter(chain.from_iterable(c.options for c in conditions), np.int64)
        weights = chain.from_iterable(
            c.weights if c.weights is not None else [1] * len(c.options) for c in conditions
        )
        starts = np.concatenate([[0], np.cumsum(counts)])
        shape = (len(conditions), size)
        self.matrix = csr_array((np.fromiter(weights, float), columns, starts), shape=shape)
        self.low = np.array([-np.inf if c.low is None else c.low for c in conditions], float)
        self.high = np.array([np.inf if c.high is None else c.high for c in conditions], float)

    def constraint(self) -> LinearConstraint:
        """Say it as scipy wants it."""
        return LinearConstraint(self.matrix, self.low, self.high)


def _relaxation(
    gains: Floats, rows: Rows, low: Floats, high: Floats
) -> tuple[float, Floats, Floats] | None:
    """Solve without whole numbers: the bound, each option's reduced cost, and the solution."""
    equal = rows.low == rows.high
    above, below = np.isfinite(rows.low) & ~equal, np.isfinite(rows.high) & ~equal
    found = linprog(
        -gains,
        A_ub=vstack([rows.matrix[below], -rows.matrix[above]]),
        b_ub=np.concatenate([rows.high[below], -rows.low[above]]),
        A_eq=rows.matrix[equal],
        b_eq=rows.low[equal],
        bounds=np.column_stack([low, high]),
        method="highs-ds",
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != SOLVED:
        raise Unsolved(found.message)
    return -found.fun, found.lower.marginals + found.upper.marginals, found.x


def _whole(costs: Floats, constraints: Sequence[LinearConstraint], bounds: Bounds) -> Floats | None:
    """Minimise in whole numbers."""
    found = milp(
        costs,
        integrality=np.ones(costs.size),
        bounds=bounds,
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != SOLVED:
        raise Unsolved(found.message)
    solution: Floats = found.x.round()
    return solution


def _fairest(choice: Choice, rows: Rows, low: Floats, high: Floats, best: Floats) -> Floats:
    """Maximise the poorest group's value among the choices as good as this one.

    One more unknown stands for the poorest group's value; no group may lie below it.
    """
    gains, values = np.array(choice.gains, float), np.array(choice.values, float)
    free = np.flatnonzero(low < high)
    column = np.full(gains.size, -1)
    column[free] = np.arange(free.size)
    members = np.array([option for group in choice.groups for option in group])
    group = np.repeat(np.arange(len(choice.groups)), [len(group) for group in choice.groups])
    settled = np.bincount(group, (values * low)[members], len(choice.groups))
    poorest = np.bincount(group, (values * best)[members], len(choice.groups)).min()
    is_free = column[members] >= 0
    shares = csr_array(
        (values[members[is_free]], (group[is_free], column[members[is_free]])),
        shape=(len(choice.groups), free.size),
    )
    nothing = csr_array((rows.matrix.shape[0], 1))
    kept = rows.matrix @ low
    found = _whole(
        np.append(np.zeros(free.size), -1.0),
        [
            LinearConstraint(
                hstack([rows.matrix[:, free], nothing]), rows.low - kept, rows.high - kept
            ),
            LinearConstraint(hstack([shares, -np.ones((len(choice.groups), 1))]), -settled, np.inf),
            LinearConstraint(np.append(gains[free], 0.0)[None], gains @ (best - low) - 0.5, np.inf),
        ],
        Bounds(np.append(np.zeros(free.size), poorest), np.append(np.ones(free.size), np.inf)),
    )
    if found is None:
        msg = "The best choice is a choice, so the fairest of the best exists."
        raise Unsolved(msg)
    fairest = low.copy()
    fairest[free] = found[:-1]
    return fairest


def _verify(choice: Choice, chosen: frozenset[int]) -> None:
    """Check in whole numbers what was found in floating point."""
    for condition in choice.conditions:
        weights = condition.weights or [1] * len(condition.options)
        total = sum(
            w for option, w in zip(condition.options, weights, strict=True) if option in chosen
        )
        if (condition.low is not None and total < condition.low) or (
            condition.high is not None and total > condition.high
        ):
            msg = f"The solver's choice gives {total} for {condition}."
            raise Unsolved(msg)
