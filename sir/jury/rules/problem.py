"""The question of who reads what: demand, loads, fit and prohibitions (jury: F14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from sir.jury.rules.plan import PLAN_INVALID, Exact, listed, repeated
from sir.kernel.errors import Invalid

Pair = tuple[str, str]  # proposal, juror

DIGITS = 7  # of an affinity: the solver's floating point must tell two sums apart
LARGEST = 10**DIGITS

# The codes of a refusal (F14).
FIXED_IMPOSSIBLE = "fixed_impossible"
TOO_FEW_JURORS = "too_few_jurors"
NO_EXPERT = "no_expert"
TOO_LITTLE_CAPACITY = "too_little_capacity"
LOAD_TOO_HIGH = "load_too_high"
INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way: what kind, who, how much there is and how much is asked.

    `sentence` says it in English, for the commands.
    """

    kind: str
    sentence: str
    proposals: tuple[str, ...] = ()
    jurors: tuple[str, ...] = ()
    have: int = 0
    need: int = 0


class Obstructed(Invalid):
    """There is no assignment; the obstacles say who and why, in whatever language is wanted."""

    def __init__(self, code: str, detail: str, obstacles: Iterable[Obstacle]) -> None:
        super().__init__(code, detail)
        self.obstacles = tuple(obstacles)


@dataclass(frozen=True)
class Avoidance:
    """Two jurors who may not both read a proposal; without a proposal, none at all."""

    one: str
    other: str
    proposal: str | None = None


@dataclass(frozen=True)
class Problem:
    """What an assignment must meet, and what it is to be good at.

    `demand` is the number of readers per proposal, `loads` the fewest and most proposals per
    juror. A pair in `fixed` (started work) stays. Every pair of `previous` that is dropped costs
    `churn`. A proposal in `experts` has at least one of those jurors among its readers.
    """

    proposals: tuple[str, ...]
    jurors: tuple[str, ...]
    demand: Mapping[str, int]
    loads: Mapping[str, tuple[int, int]]
    affinity: Mapping[str, Mapping[str, Exact]] = field(default_factory=dict)
    conflicts: frozenset[Pair] = frozenset()
    experts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    avoid: tuple[Avoidance, ...] = ()
    fixed: frozenset[Pair] = frozenset()
    previous: frozenset[Pair] = frozenset()
    churn: Exact = 0

    def eligible(self, proposal: str) -> list[str]:
        """Name the jurors without a conflict on this proposal, in order of name."""
        return [j for j in sorted(self.jurors) if (proposal, j) not in self.conflicts]

    def values(self) -> Iterable[Exact]:
        """Give every affinity that is known; who is not named has none."""
        yield 0
        for row in self.affinity.values():
            yield from row.values()

    def unit(self) -> int:
        """Say what makes every affinity, and the price of churn, a whole number."""
        return lcm(*{value.as_integer_ratio()[1] for value in (*self.values(), self.churn)})

    def apart(self) -> list[tuple[str, str, str]]:
        """Name proposal by proposal which two jurors may not both read it."""
        return sorted(
            {
                (proposal, min(pair.one, pair.other), max(pair.one, pair.other))
                for pair in self.avoid
                for proposal in ([pair.proposal] if pair.proposal else self.proposals)
            }
        )


def check_problem(problem: Problem) -> None:
    """Refuse a question that makes no sense, or that counting alone shows to have no answer.

    Raises Invalid: `plan_invalid`, or the cause by its own code with the names of those who
    stand in the way.
    """
    if faults := list(_faults(problem)):
        raise Invalid(PLAN_INVALID, " ".join(faults))
    for code, obstacles in (
        (FIXED_IMPOSSIBLE, _fixed_obstacles(problem)),
        (TOO_FEW_JURORS, _reader_obstacles(problem)),
        (NO_EXPERT, _expert_obstacles(problem)),
        (TOO_LITTLE_CAPACITY, _capacity_obstacles(problem)),
        (LOAD_TOO_HIGH, _load_obstacles(problem)),
    ):
        if found := list(obstacles):
            raise Obstructed(code, " ".join(row.sentence for row in found), found)


def _faults(problem: Problem) -> Iterable[str]:
    yield from _naming_faults(problem)
    if unread := [p for p in problem.proposals if problem.demand.get(p, 0) < 1]:
        yield f"A proposal needs at least one reader: {listed(unread)}."
    for juror in problem.jurors:
        low, high = problem.loads.get(juror, (0, -1))
        if not 0 <= low <= high:
            yield f"The load of {juror} is not from a fewest to a most."
    if alone := [pair.one for pair in problem.avoid if pair.one == pair.other]:
        yield f"A juror cannot be kept apart from the same juror: {listed(alone)}."
    highest = max(abs(Fraction(value)) for value in (*problem.values(), problem.churn))
    if highest * problem.unit() >= LARGEST:
        yield f"Affinities have more than {DIGITS} digits, decimals included."
    if problem.churn < 0:
        yield "The price of churn is below zero."


def _naming_faults(problem: Problem) -> Iterable[str]:
    if not problem.proposals:
        yield "There is no proposal."
    if not problem.jurors:
        yield "There is no juror."
    if twice := repeated(problem.proposals):
        yield f"A proposal is listed twice: {listed(twice)}."
    if twice := repeated(problem.jurors):
        yield f"A juror is listed twice: {listed(twice)}."
    if unknown := sorted(_named_proposals(problem) - set(problem.proposals)):
        yield f"Not a proposal: {listed(unknown)}."
    if unknown := sorted(_named_jurors(problem) - set(problem.jurors)):
        yield f"Not a juror: {listed(unknown)}."


def _named_proposals(problem: Problem) -> set[str]:
    pairs = problem.conflicts | problem.fixed | problem.previous
    named = {proposal for proposal, _ in pairs}
    named |= {pair.proposal for pair in problem.avoid if pair.proposal is not None}
    return named.union(problem.affinity, problem.experts, problem.demand)


def _named_jurors(problem: Problem) -> set[str]:
    pairs = problem.conflicts | problem.fixed | problem.previous
    named = {juror for _, juror in pairs} | {j for p in problem.avoid for j in (p.one, p.other)}
    return named.union(problem.loads, *problem.affinity.values(), *problem.experts.values())


def _fixed_obstacles(problem: Problem) -> Iterable[Obstacle]:
    if tied := sorted(problem.fixed & problem.conflicts):
        sentence = f"Started in spite of a conflict: {listed(_pairs(tied))}."
        yield _of_pairs("fixed_conflict", sentence, tied)
    readers = Counter(proposal for proposal, _ in problem.fixed)
    if crowded := [p for p in problem.proposals if readers[p] > problem.demand[p]]:
        sentence = f"Started by more jurors than are to read it: {listed(crowded)}."
        yield Obstacle("fixed_crowded", sentence, proposals=tuple(crowded))
    readings = Counter(juror for _, juror in problem.fixed)
    if burdened := [j for j in problem.jurors if readings[j] > problem.loads[j][1]]:
        sentence = f"Started on more proposals than the load allows: {listed(burdened)}."
        yield Obstacle("fixed_burdened", sentence, jurors=tuple(burdened))
    together = [
        (proposal, one, other)
        for proposal, one, other in problem.apart()
        if {(proposal, one), (proposal, other)} <= problem.fixed
    ]
    if together:
        named = [f"{proposal} by {one} and {other}" for proposal, one, other in together]
        sentence = f"Started by two who are kept apart: {listed(named)}."
        pairs = [(p, juror) for p, *jurors in together for juror in jurors]
        yield _of_pairs("fixed_together", sentence, pairs)


def _reader_obstacles(problem: Problem) -> Iterable[Obstacle]:
    for proposal in problem.proposals:
        eligible, need = problem.eligible(proposal), problem.demand[proposal]
        if len(eligible) < need:
            free = f"only {listed(eligible)}" if eligible else "nobody"
            sentence = (
                f"{proposal} needs {need} jurors and {free} "
                "may read it: the others have a conflict or do not exist."
            )
            yield Obstacle(
                TOO_FEW_JURORS, sentence, (proposal,), tuple(eligible), len(eligible), need
            )


def _expert_obstacles(problem: Problem) -> Iterable[Obstacle]:
    for proposal, experts in problem.experts.items():
        if not experts.intersection(problem.eligible(proposal)):
            named = f" ({listed(sorted(experts))})" if experts else ""
            sentence = f"{proposal} has no expert{named} without a conflict."
            yield Obstacle(NO_EXPERT, sentence, (proposal,), tuple(sorted(experts)))


def _capacity_obstacles(problem: Problem) -> Iterable[Obstacle]:
    work = sum(problem.demand.values())
    capacity = sum(high for _, high in problem.loads.values())
    if capacity < work:
        sentence = f"The proposals need {work} readings and the jurors may do {capacity} together."
        yield Obstacle(TOO_LITTLE_CAPACITY, sentence, have=capacity, need=work)


def _load_obstacles(problem: Problem) -> Iterable[Obstacle]:
    work = sum(problem.demand.values())
    promised = sum(low for low, _ in problem.loads.values())
    if promised > work:
        sentence = (
            f"The jurors are promised {promised} readings together and there are only {work}."
        )
        yield Obstacle("promised", sentence, have=work, need=promised)
    tied = Counter(juror for _, juror in problem.conflicts)
    for juror in problem.jurors:
        readable = len(problem.proposals) - tied[juror]
        fewest = problem.loads[juror][0]
        if fewest > readable:
            sentence = f"{juror} is promised {fewest} proposals and may read {readable}."
            yield Obstacle(LOAD_TOO_HIGH, sentence, (), (juror,), readable, fewest)


def _of_pairs(kind: str, sentence: str, pairs: Iterable[Pair]) -> Obstacle:
    pairs = list(pairs)
    proposals, jurors = dict.fromkeys(p for p, _ in pairs), dict.fromkeys(j for _, j in pairs)
    return Obstacle(kind, sentence, tuple(proposals), tuple(jurors))


def _pairs(pairs: Iterable[Pair]) -> list[str]:
    return [f"{proposal} by {juror}" for proposal, juror in pairs]
