"""How long a large first round takes to rank, and to assign to its readers."""

from __future__ import annotations

import json
import random
import time
from decimal import Decimal
from typing import Any

from sir.jury.rules.assignment import assign
from sir.jury.rules.plan import Criterion, Method, Plan, Scores
from sir.jury.rules.problem import Problem
from sir.jury.rules.ranking import rank
from sir.ports.solver import Choice, HighsSolver

RANKING_GOAL_S = 1.0
ASSIGNMENT_GOAL_S = 2.0
SEED = 4711


def large_round(proposals: int = 3000, seats: int = 5) -> tuple[Plan, Scores]:
    """A round in which every seat scored every proposal on five criteria."""
    draw = random.Random(SEED)
    levels = tuple(Decimal(level) for level in (0, 2, 4, 6, 8, 10))
    weights = ("30", "25", "20", "15", "10")
    criteria = tuple(Criterion(f"K{n}", Decimal(w), 10) for n, w in enumerate(weights, 1))
    plan = Plan(criteria, levels, Method.MEAN, seed="beacon", shortlist=50)
    jury = tuple(f"J{n}" for n in range(1, seats + 1))
    sheets = {
        f"P{n:04}": {seat: {key: draw.choice(levels) for key in plan.keys} for seat in jury}
        for n in range(proposals)
    }
    return plan, Scores(jury, sheets)


def large_problem(proposals: int = 500, jurors: int = 60, readers: int = 3) -> Problem:
    """An assignment with conflicts, experts for every proposal, and even loads."""
    draw = random.Random(SEED)
    names = tuple(f"P{n:03}" for n in range(proposals))
    jury = tuple(f"J{n:02}" for n in range(jurors))
    fair = proposals * readers // jurors
    return Problem(
        names,
        jury,
        demand=dict.fromkeys(names, readers),
        loads=dict.fromkeys(jury, (fair - 1, fair + 1)),
        affinity={p: {j: draw.randint(0, 9) for j in jury} for p in names},
        conflicts=frozenset((p, j) for p in names for j in jury if draw.randrange(20) == 0),
        experts={p: frozenset(draw.sample(jury, 6)) for p in names},
    )


def measure_engine(runs: int = 3) -> dict[str, Any]:
    """Measure both, in seconds, the slowest of a few runs; is_fast judges both goals."""
    solver = HighsSolver()
    solver.choose(Choice([1], []))  # scipy is loaded once a process, not once an assignment
    plan, scores = large_round()
    problem = large_problem()
    ranked, assigned = [], []
    for _ in range(runs):
        start = time.perf_counter()
        outcome = rank(plan, scores)
        ranked.append(time.perf_counter() - start)
        start = time.perf_counter()
        made = assign(problem, solver)
        assigned.append(time.perf_counter() - start)
    return {
        "ranked_proposals": len(outcome.places),
        "ranking_s": round(max(ranked), 3),
        "ranking_goal_s": RANKING_GOAL_S,
        "assigned_pairs": len(made.pairs),
        "is_connected": made.is_connected,
        "assignment_s": round(max(assigned), 3),
        "assignment_goal_s": ASSIGNMENT_GOAL_S,
        "is_fast": max(ranked) < RANKING_GOAL_S and max(assigned) < ASSIGNMENT_GOAL_S,
    }


if __name__ == "__main__":
    print(json.dumps(measure_engine(), indent=1))
