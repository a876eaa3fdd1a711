"""One startup, one win: which outcomes of a call its published rule allows, and why.

A call is a market with two sides. Each challenge ranks startups, by its own jury; each startup
ranks challenges, by itself. An outcome is allowed when no startup wins twice, nobody below a
minimum wins, and nobody is passed over: there is no startup that would rather have a challenge
where it stands above a winner, or where a place stays empty. That is stability.

The outcome that counts follows the rankings: each challenge goes to its best, and only where a
startup already wins one that it wants more does the next in rank take its place, until nothing
moves. That is deferred acceptance with the challenges asking (Gale & Shapley, "College Admissions
and the Stability of Marriage", American Mathematical Monthly 69, 1962). Of all allowed outcomes
it has the highest ranks in every challenge, so that nobody who leads in one is passed over for
any other reason than the published rule (2014/24/EU art. 46(2): a maximum of lots per tenderer).
Everything is counted in whole places; nothing is weighed, so nothing is rounded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from sir.kernel.errors import Invalid

TIED = "tied"  # the outcome would hang on two that no published rule parts
WISHES_INCOMPLETE = "wishes_incomplete"
MOST_TRIED = 20_000  # combinations that are looked through for other allowed outcomes


@dataclass(frozen=True)
class Contest:
    """What a jury decided: who passes, best first. Whoever no rule parts stands in one group."""

    code: str
    places: int
    groups: tuple[tuple[str, ...], ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Everybody who passes, best first."""
        return tuple(startup for group in self.groups for startup in group)

    @property
    def heights(self) -> dict[str, int]:
        """Where each stands, from 0; equals share a height."""
        return {startup: n for n, group in enumerate(self.groups) for startup in group}


@dataclass(frozen=True)
class Market:
    """The contests of a call, what each startup wants first, and who has won already.

    `won` holds startups with a win that is not touched any more: their letter has gone out.
    """

    contests: tuple[Contest, ...]
    wishes: Mapping[str, tuple[str, ...]]
    won: Mapping[str, str] = field(default_factory=dict)

    def contest(self, code: str) -> Contest:
        """Find a contest."""
        return next(row for row in self.contests if row.code == code)

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Give each startup that may still win the contests it is ranked in, as it wants them.

        Raises Invalid `wishes_incomplete` when it does not say where one of them stands.
        """
        found: dict[str, set[str]] = {}
        for contest in self.contests:
            for startup in contest.order:
                if startup not in self.won:
                    found.setdefault(startup, set()).add(contest.code)
        for startup, codes in found.items():
            wishes = self.wishes.get(startup, ())
            if not codes <= set(wishes) or len(set(wishes)) != len(wishes):
                raise Invalid(WISHES_INCOMPLETE, startup)
        return {
            startup: tuple(code for code in self.wishes[startup] if code in codes)
            for startup, codes in sorted(found.items())
        }


@dataclass(frozen=True)
class Outcome:
    """Who wins which contest; a startup that is not here wins nothing."""

    wins: Mapping[str, str]

    def winners(self, contest: Contest) -> tuple[str, ...]:
        """List the winners of a contest, best first."""
        return tuple(name for name in contest.order if self.wins.get(name) == contest.code)


@dataclass(frozen=True)
class Resolved:
    """The outcome that counts, the others that the rule allows, and whether those are all.

    `kindest` is the one of them that is the best for all startups at once.
    """

    first: Outcome
    kindest: Outcome
    others: tuple[Outcome, ...]
    is_complete: bool

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome that may be chosen; the first needs no reason."""
        return (self.first, *self.others)


def resolve(market: Market) -> Resolved:
    """Find the outcomes that the rule allows.

    Raises Invalid `tied` when two that no published rule parts compete for a last place, and
    `wishes_incomplete` when a startup has not ordered a contest it is ranked in.
    """
    first, kindest = contests_ask(market), startups_ask(market)
    allowed, is_complete = _between(market, kindest, first)
    return Resolved(first, kindest, tuple(row for row in allowed if row != first), is_complete)


def startups_ask(market: Market) -> Outcome:
    """Let each startup ask for what it wants first, and the next whenever it is passed over.

    Of all allowed outcomes this is the best for every startup at once.
    """
    wanted = market.wanted()
    contests = {row.code: row for row in market.contests}
    heights = {row.code: row.heights for row in market.contests}
    held: dict[str, list[str]] = {code: [] for code in contests}
    asked = dict.fromkeys(wanted, 0)
    waiting = deque(wanted)
    while waiting:
        startup = waiting.popleft()
        if asked[startup] == len(wanted[startup]):
            continue
        code = wanted[startup][asked[startup]]
        asked[startup] += 1
        rows = held[code] = sorted([*held[code], startup], key=heights[code].__getitem__)
        if len(rows) > contests[code].places:
            passed = rows.pop()
            if rows and heights[code][rows[-1]] == heights[code][passed]:
                raise Invalid(TIED, code)
            waiting.append(passed)
    return Outcome({name: code for code, rows in held.items() for name in rows})


def contests_ask(market: Market) -> Outcome:
    """Let each contest offer its places to its best, and to the next whenever one declines.

    Whoever no rule parts is asked together. Raises Invalid `tied` when more of them keep an offer
    than there are places. Of all allowed outcomes this is the one with the highest ranks.
    """
    wanted = market.wanted()
    liked = {name: {code: n for n, code in enumerate(codes)} for name, codes in wanted.items()}
    waiting = {
        row.code: deque(tuple(name for name in group if name in wanted) for group in row.groups)
        for row in market.contests
    }
    free = {row.code: row.places for row in market.contests}
    wins: dict[str, str] = {}
    asking = deque(free)
    while asking:
        code = asking.popleft()
        while free[code] > 0 and waiting[code]:
            for startup in waiting[code].popleft():
                former = wins.get(startup)
                if former is not None and liked[startup][former] < liked[startup][code]:
                    continue
                wins[startup] = code
                free[code] -= 1
                if former is not None:
                    free[former] += 1
                    asking.append(former)
    if crowded := next((code for code, places in free.items() if places < 0), None):
        raise Invalid(TIED, crowded)
    return Outcome(wins)


def is_allowed(market: Market, outcome: Outcome) -> bool:
    """Say whether an outcome keeps the rule: no place too many, and nobody passed over."""
    wanted = market.wanted()
    if any(code not in wanted.get(name, ()) for name, code in outcome.wins.items()):
        return False
    taken = {row.code: outcome.winners(row) for row in market.contests}
    if any(len(taken[row.code]) > row.places for row in market.contests):
        return False
    return not any(
        _has_claim(row, taken[row.code], name)
        for name, codes in wanted.items()
        for row in (market.contest(code) for code in _rather(codes, outcome.wins.get(name)))
    )


def _rather(codes: tuple[str, ...], won: str | None) -> tuple[str, ...]:
    return codes if won is None else codes[: codes.index(won)]


def _has_claim(contest: Contest, taken: tuple[str, ...], startup: str) -> bool:
    """Say whether a startup stands above a winner, or beside a place that stays empty."""
    heights = contest.heights
    return len(taken) < contest.places or any(heights[startup] < heights[name] for name in taken)


def _between(market: Market, kindest: Outcome, first: Outcome) -> tuple[tuple[Outcome, ...], bool]:
    """Find the allowed outcomes; all of them, unless they are too many.

    In every allowed outcome the same startups win, and each wins something between what the two
    ends give it (Knuth 1976; Roth 1986): only those combinations are tried.
    """
    if kindest.wins.keys() != first.wins.keys():
        return (), False  # some stand equal, so that what holds of strict rankings does not
    wanted = market.wanted()
    names = sorted(kindest.wins)
    ranges = []
    for name in names:
        codes = wanted[name]
        ranges.append(codes[codes.index(kindest.wins[name]) : codes.index(first.wins[name]) + 1])
    if prod(len(codes) for codes in ranges) > MOST_TRIED:
        return (kindest,), False
    tried = (Outcome(dict(zip(names, codes, strict=True))) for codes in product(*ranges))
    return tuple(row for row in tried if is_allowed(market, row)), True


# -- Why ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """Why a startup wins a contest.

    `ahead` stood higher and win elsewhere; `also` are the contests where this startup stood high
    enough too, and which it wanted less.
    """

    contest: str
    startup: str
    ahead: tuple[tuple[str, str], ...]
    also: tuple[str, ...]


def reasons(market: Market, outcome: Outcome) -> Iterator[Reason]:
    """Explain an allowed outcome, contest by contest, winner by winner, best first."""
    wanted = market.wanted()
    wins = {**market.won, **outcome.wins}
    for contest in market.contests:
        order = contest.order
        for startup in outcome.winners(contest):
            ahead = tuple(
                (name, wins[name])
                for name in order[: order.index(startup)]
                if name in wins and wins[name] != contest.code
            )
            also = tuple(
                code
                for code in wanted[startup]
                if code != contest.code and _would_win(market, outcome, code, startup)
            )
            yield Reason(contest.code, startup, ahead, also)


def _would_win(market: Market, outcome: Outcome, code: str, startup: str) -> bool:
    contest = market.contest(code)
    return _has_claim(contest, outcome.winners(contest), startup)


def leads_twice(market: Market) -> dict[str, tuple[str, ...]]:
    """List the startups that would win more than one contest if each stood alone."""
    found: dict[str, list[str]] = {}
    for contest in market.contests:
        for startup in contest.order[: contest.places]:
            found.setdefault(startup, []).append(contest.code)
    return {name: tuple(codes) for name, codes in found.items() if len(codes) > 1}
