"""Who reads what, when not everybody reads everything (jury: R1, F14).

The best fit under conflicts, loads, expertise and started work; among the best, the one that is
kindest to the worst-off proposal; and connected, so that jurors can be compared (F9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sir.jury.rules.connection import Part, connected_parts
from sir.jury.rules.plan import listed
from sir.jury.rules.problem import (
    INFEASIBLE,
    LOAD_TOO_HIGH,
    NO_EXPERT,
    TOO_FEW_JURORS,
    Obstacle,
    Obstructed,
    Pair,
    Problem,
    check_problem,
)
from sir.ports.solver import Choice, Condition, Solver

MOST_BRIDGES = 30  # rounds of forcing bridges, before the jury is left in its parts


@dataclass(frozen=True)
class Assignment:
    """Who reads what, and the parts in which those with work hang together."""

    pairs: tuple[Pair, ...]
    affinity: Decimal
    worst: Decimal  # the affinity of the worst-off proposal
    parts: tuple[Part, ...]

    @property
    def is_connected(self) -> bool:
        """Say whether all jurors with work can be compared, through whom they read with."""
        return len(self.parts) <= 1


def assign(problem: Problem, solver: Solver) -> Assignment:
    """Assign readers to every proposal, or to none.

    Raises Invalid with the cause as its code and the names of who stands in the way.
    The order in which proposals and jurors are listed does not matter.
    """
    check_problem(problem)
    board = _Board(problem)
    best = solver.choose(board.choice([]))
    if best is None:
        raise _Concession(board).refusal(solver)
    return board.assignment(_tied_together(board, best, solver) or best)


def _tied_together(board: _Board, best: frozenset[int], solver: Solver) -> frozenset[int] | None:
    """Force the cheapest bridges between parts; None when they cannot all be bridged."""
    parts = board.parts(best)
    bridges: list[Condition] = []
    rounds = MOST_BRIDGES if board.may_connect() else 0
    while len(parts) > 1 and rounds:
        bridges += [board.bridge(part) for part in parts]
        bridged = solver.choose(board.choice(bridges))
        if bridged is None:
            return None
        best, parts, rounds = bridged, board.parts(bridged), rounds - 1
    return best if len(parts) == 1 else None


class _Board:
    """The problem as numbered options: option n is pair n."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.proposals = sorted(problem.proposals)
        self.jurors = sorted(problem.jurors)
        self.pairs = [
            (proposal, juror) for proposal in self.proposals for juror in problem.eligible(proposal)
        ]
        self.number = {pair: n for n, pair in enumerate(self.pairs)}
        self.of_proposal: dict[str, list[int]] = {proposal: [] for proposal in self.proposals}
        self.of_juror: dict[str, list[int]] = {juror: [] for juror in self.jurors}
        for n, (proposal, juror) in enumerate(self.pairs):
            self.of_proposal[proposal].append(n)
            self.of_juror[juror].append(n)
        unit = problem.unit()
        self.values = [int(self._affinity(pair) * unit) for pair in self.pairs]
        churn = int(Decimal(problem.churn) * unit)
        self.gains = [
            value + churn * (pair in problem.previous)
            for value, pair in zip(self.values, self.pairs, strict=True)
        ]
        self.fixed = frozenset(self.number[pair] for pair in problem.fixed)

    def choice(self, bridges: Iterable[Condition]) -> Choice:
        """Ask for the best fit (F14), then for the fairest."""
        return Choice(
            self.gains,
            [*self.readers(), *self.loads(), *self.experts(), *self.apart(), *bridges],
            self.fixed,
            list(self.of_proposal.values()),
            self.values,
        )

    def readers(self) -> list[Condition]:
        """Give each proposal its number of readers."""
        demand = self.problem.demand
        return [Condition(ns, demand[p], demand[p]) for p, ns in self.of_proposal.items()]

    def loads(self) -> list[Condition]:
        """Keep each juror between fewest and most."""
        return [Condition(ns, *self.problem.loads[juror]) for juror, ns in self.of_juror.items()]

    def experts(self) -> list[Condition]:
        """Give each proposal that asks for it at least one expert."""
        return [
            Condition(self._numbers((p, j) for j in sorted(experts)), 1, None)
            for p, experts in sorted(self.problem.experts.items())
        ]

    def apart(self) -> list[Condition]:
        """Keep two jurors from reading the same proposal."""
        return [
            Condition(self._numbers([(proposal, one), (proposal, other)]), None, 1)
            for proposal, one, other in self.problem.apart()
        ]

    def bridge(self, part: Part) -> Condition:
        """Demand a reading between this part and the rest."""
        proposals, jurors = set(part.proposals), set(part.jurors)
        crossing = [n for n, (p, j) in enumerate(self.pairs) if (p in proposals) != (j in jurors)]
        return Condition(crossing, 1, None)

    def parts(self, chosen: Iterable[int]) -> tuple[Part, ...]:
        """Find the connected parts of the chosen readings, jurors without work left out."""
        return connected_parts(self.pairs[n] for n in chosen)

    def may_connect(self) -> bool:
        """Say whether there are readings enough to tie all together, conflicts set aside."""
        work = sum(self.problem.demand.values())
        highest = sorted((high for _, high in self.problem.loads.values()), reverse=True)
        needed, done = 0, 0
        while done < work:
            done += highest[needed]
            needed += 1
        obliged = sum(low > 0 for low, _ in self.problem.loads.values())
        return work >= len(self.proposals) + max(needed, obliged) - 1

    def assignment(self, chosen: Iterable[int]) -> Assignment:
        """Write down what was chosen."""
        pairs = tuple(self.pairs[n] for n in sorted(chosen))
        per_proposal = dict.fromkeys(self.proposals, Decimal(0))
        for pair in pairs:
            per_proposal[pair[0]] += self._affinity(pair)
        return Assignment(
            pairs,
            sum(per_proposal.values(), Decimal(0)),
            min(per_proposal.values()),
            connected_parts(pairs),
        )

    def _affinity(self, pair: Pair) -> Decimal:
        proposal, juror = pair
        return Decimal(self.problem.affinity.get(proposal, {}).get(juror, 0))

    def _numbers(self, pairs: Iterable[Pair]) -> list[int]:
        return [self.number[pair] for pair in pairs if pair in self.number]


class _Concession:
    """Which demands must give way, when not all can be met together: as few as can be."""

    def __init__(self, board: _Board) -> None:
        self.board = board
        self.conditions: list[Condition] = []
        self.given: list[tuple[str, str]] = []  # code and who, one for each unit that may give way
        demand, loads = board.problem.demand, board.problem.loads
        for proposal, condition in zip(board.of_proposal, board.readers(), strict=True):
            self._relax(condition, demand[proposal], 1, (TOO_FEW_JURORS, proposal))
        for juror, condition in zip(board.of_juror, board.loads(), strict=True):
            # Above its most a juror never goes, so what gives way counts below the fewest only.
            self.conditions.append(Condition(condition.options, None, condition.high))
            fewest = Condition(condition.options, condition.low, None)
            self._relax(fewest, loads[juror][0], 1, (LOAD_TOO_HIGH, juror))
        for proposal, condition in zip(sorted(board.problem.experts), board.experts(), strict=True):
            self._relax(condition, 1, 1, (NO_EXPERT, proposal))
        for number, condition in enumerate(board.apart()):
            self._relax(condition, 1, -1, (INFEASIBLE, str(number)))

    def _relax(self, condition: Condition, units: int, weight: int, who: tuple[str, str]) -> None:
        first = len(self.board.pairs) + len(self.given)
        self.given += [who] * units
        self.conditions.append(
            Condition(
                [*condition.options, *range(first, first + units)],
                condition.low,
                condition.high,
                [1] * len(condition.options) + [weight] * units,
            )
        )

    def refusal(self, solver: Solver) -> Obstructed:
        """Name the cause: its code when there is one kind, and everybody it strikes."""
        pairs = len(self.board.pairs)
        gains = [0] * pairs + [-1] * len(self.given)
        chosen = solver.choose(Choice(gains, self.conditions, self.board.fixed))
        assert chosen is not None, "When everything may give way, something fits."
        struck = Counter(self.given[n - pairs] for n in sorted(chosen) if n >= pairs)
        codes = {code for code, _ in struck}
        obstacles = [self._obstacle(code, who, units) for (code, who), units in struck.items()]
        sentences = "; ".join(obstacle.sentence for obstacle in obstacles)
        detail = f"Not every demand can be met together. The fewest to give way: {sentences}."
        code = codes.pop() if len(codes) == 1 else INFEASIBLE
        return Obstructed(code, detail, obstacles)

    def _obstacle(self, code: str, who: str, units: int) -> Obstacle:
        problem = self.board.problem
        if code == TOO_FEW_JURORS:
            need = problem.demand[who]
            sentence = f"{who} gets {need - units} of its {need} jurors"
            return Obstacle("gets_few", sentence, (who,), (), need - units, need)
        if code == LOAD_TOO_HIGH:
            need = problem.loads[who][0]
            sentence = f"{who} gets {need - units} of the {need} proposals promised"
            return Obstacle("gets_little", sentence, (), (who,), need - units, need)
        if code == NO_EXPERT:
            experts = sorted(problem.experts[who].intersection(problem.eligible(who)))
            sentence = f"{who} gets none of its experts ({listed(experts)})"
            return Obstacle("gets_no_expert", sentence, (who,), tuple(experts))
        proposal, one, other = problem.apart()[int(who)]
        sentence = f"{one} and {other} both read {proposal}"
        return Obstacle("gets_together", sentence, (proposal,), (one, other))
