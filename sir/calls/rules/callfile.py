"""The file of a call: its rankings, places and orders, from which anyone resolves it again.

Its shape is described in docs/recompute.md. What is not exactly of that shape is refused with
Invalid(`plan_invalid`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sir.calls.rules.market import Contest, Market, Outcome, Resolved, reasons
from sir.jury.rules.plan import repeated
from sir.jury.rules.reading import entries, items, name, names, only, refuse, whole


def written_market(call: str, market: Market, rankings: Mapping[str, str]) -> dict[str, Any]:
    """Write down what an outcome follows from; `rankings` gives each contest's ranking."""
    return {
        "call": call,
        "contests": [
            {
                "challenge": row.code,
                "ranking": rankings[row.code],
                "places": row.places,
                "order": [list(group) for group in row.groups],
            }
            for row in market.contests
        ],
        "wishes": {startup: list(codes) for startup, codes in sorted(market.wishes.items())},
        "won": dict(sorted(market.won.items())),
    }


def read_market(document: Mapping[str, Any]) -> Market:
    """Read it back. Raises Invalid `plan_invalid` for what is not as described."""
    contests = tuple(
        _contest(row, f"contest {n}")
        for n, row in enumerate(items(document.get("contests"), "contests"), 1)
    )
    if twice := repeated(row.code for row in contests):
        refuse("contests", f"holds {twice[0]!a} twice")
    wishes = {
        startup: names(codes, f"the wishes of {startup!a}")
        for startup, codes in entries(document.get("wishes"), "wishes").items()
    }
    won = {
        startup: name(code, f"what {startup!a} won")
        for startup, code in entries(document.get("won", {}), "won").items()
    }
    return Market(contests, wishes, won)


def _contest(value: Any, where: str) -> Contest:
    row = entries(value, where)
    only(row, {"challenge", "ranking", "places", "order"}, where)
    code = name(row.get("challenge"), where)
    where = f"contest {code!a}"
    places = whole(row.get("places"), f"places of {where}")
    if places < 1:
        refuse(where, "has no place to win")
    groups = tuple(names(group, f"the order of {where}") for group in _order(row, where))
    if twice := repeated(startup for group in groups for startup in group):
        refuse(f"the order of {where}", f"holds {twice[0]!a} twice")
    return Contest(code, places, groups)


def _order(row: Mapping[str, Any], where: str) -> list[Any]:
    return items(row.get("order"), f"the order of {where}")


def written_resolved(market: Market, found: Resolved) -> dict[str, Any]:
    """Write every outcome that the rule allows, the one that follows the rankings first."""
    return {
        "wins": _wins(market, found.first),
        "why": [
            {
                "challenge": reason.contest,
                "startup": reason.startup,
                "ahead": dict(reason.ahead),
                "also": list(reason.also),
            }
            for reason in reasons(market, found.first)
        ],
        "others": [_wins(market, row) for row in found.others],
        "kindest": _wins(market, found.kindest),
        "complete": found.is_complete,
    }


def _wins(market: Market, outcome: Outcome) -> dict[str, str]:
    return dict(sorted({**market.won, **outcome.wins}.items()))
