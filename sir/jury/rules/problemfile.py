"""An assignment as JSON: how the problem is read, and how the outcome is written.

Reading raises Invalid(`plan_invalid`) for what has not the shape of a problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sir.jury.rules.assignment import Assignment
from sir.jury.rules.plan import Exact
from sir.jury.rules.problem import Avoidance, Pair, Problem
from sir.jury.rules.reading import entries, items, maybe, names, number, refuse, text, whole

PAIR = 2
TRIPLE = 3


def read_problem(document: Mapping[str, Any]) -> Problem:
    """Read an assignment that is to be made."""
    proposals = names(document.get("proposals"), "proposals")
    jurors = names(document.get("jurors"), "jurors")
    return Problem(
        proposals=proposals,
        jurors=jurors,
        demand=_demand(document.get("per_proposal"), proposals),
        loads=_loads(document.get("load"), proposals, jurors),
        affinity=maybe(document.get("affinity"), "affinity", _affinity) or {},
        conflicts=_pairs(document.get("conflicts"), "conflicts"),
        experts=maybe(document.get("experts"), "experts", _experts) or {},
        avoid=maybe(document.get("avoid"), "avoid", _avoid) or (),
        fixed=_pairs(document.get("fixed"), "fixed"),
        previous=_pairs(document.get("previous"), "previous"),
        churn=maybe(document.get("churn"), "churn", number) or 0,
    )


def written_problem(problem: Problem) -> dict[str, Any]:
    """Write a problem so that `read_problem` reads it back."""
    return {
        "proposals": list(problem.proposals),
        "jurors": list(problem.jurors),
        "per_proposal": dict(problem.demand),
        "load": {juror: list(load) for juror, load in problem.loads.items()},
        "affinity": {
            proposal: {juror: text(fit) for juror, fit in row.items()}
            for proposal, row in problem.affinity.items()
        },
        "conflicts": _written_pairs(problem.conflicts),
        "experts": {proposal: sorted(who) for proposal, who in problem.experts.items()},
        "avoid": [
            [*([pair.proposal] if pair.proposal else []), pair.one, pair.other]
            for pair in problem.avoid
        ],
        "fixed": _written_pairs(problem.fixed),
        "previous": _written_pairs(problem.previous),
        "churn": text(problem.churn),
    }


def _written_pairs(pairs: frozenset[Pair]) -> list[list[str]]:
    return [list(pair) for pair in sorted(pairs)]


def written_assignment(assignment: Assignment) -> dict[str, Any]:
    """Write an assignment as `flask sir assign` prints it."""
    return {
        "pairs": [list(pair) for pair in assignment.pairs],
        "total_affinity": text(assignment.affinity),
        "worst_affinity": text(assignment.worst),
        "connected": assignment.is_connected,
        "components": [[*part.proposals, *part.jurors] for part in assignment.parts],
    }


def _demand(value: Any, proposals: tuple[str, ...]) -> dict[str, int]:
    """One number for all, or a number per proposal."""
    if isinstance(value, dict):
        return {proposal: whole(n, f"per_proposal of {proposal}") for proposal, n in value.items()}
    return dict.fromkeys(proposals, whole(value, "per_proposal"))


def _loads(
    value: Any, proposals: tuple[str, ...], jurors: tuple[str, ...]
) -> dict[str, tuple[int, int]]:
    """One pair for all, a pair per juror, or null: no limit."""
    unlimited = (0, len(proposals))
    if value is None:
        return dict.fromkeys(jurors, unlimited)
    if isinstance(value, dict):
        return dict.fromkeys(jurors, unlimited) | {
            juror: _load(load, f"load of {juror}") for juror, load in value.items()
        }
    return dict.fromkeys(jurors, _load(value, "load"))


def _load(value: Any, where: str) -> tuple[int, int]:
    bounds = items(value, where)
    if len(bounds) != PAIR:
        refuse(where, "is not a pair: the fewest and the most")
    return whole(bounds[0], where), whole(bounds[1], where)


def _affinity(value: Any, where: str) -> dict[str, dict[str, Exact]]:
    return {
        proposal: {
            juror: number(affinity, f"{where} of {proposal} and {juror}")
            for juror, affinity in entries(row, f"{where} of {proposal}").items()
        }
        for proposal, row in entries(value, where).items()
    }


def _experts(value: Any, where: str) -> dict[str, frozenset[str]]:
    return {
        proposal: frozenset(names(experts, f"{where} of {proposal}"))
        for proposal, experts in entries(value, where).items()
    }


def _avoid(value: Any, where: str) -> tuple[Avoidance, ...]:
    """[juror, juror] for every proposal, or [proposal, juror, juror] for one."""
    found = []
    for item in items(value, where):
        given = names(item, where)
        if len(given) == PAIR:
            found.append(Avoidance(*given))
        elif len(given) == TRIPLE:
            found.append(Avoidance(given[1], given[2], given[0]))
        else:
            refuse(where, "holds what is neither two jurors nor a proposal and two jurors")
    return tuple(found)


def _pairs(value: Any, where: str) -> frozenset[Pair]:
    pairs = set()
    for item in items([] if value is None else value, where):
        given = names(item, where)
        if len(given) != PAIR:
            refuse(where, "holds what is not a proposal and a juror")
        pairs.add((given[0], given[1]))
    return frozenset(pairs)
