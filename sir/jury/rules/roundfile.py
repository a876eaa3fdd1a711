"""A round as one JSON file: how it is read, and how its outcome is written (docs/recompute.md).

Strict on purpose: a name that is misspelt, a key that occurs twice or a number that is no plain
decimal is refused, for whoever recomputes must know that nothing was passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from sir.jury.rules.plan import (
    PLAN_INVALID,
    SHEET_INCOMPLETE,
    Criterion,
    Exact,
    Method,
    Plan,
    Points,
    Scores,
    repeated,
)
from sir.jury.rules.ranking import Outcome, Place
from sir.kernel.errors import Invalid

T = TypeVar("T")

DIGITS = 12  # before and after the point, so that a hostile exponent costs nothing
PLAIN = re.compile(rf"-?[0-9]{{1,{DIGITS}}}(\.[0-9]{{1,{DIGITS}}})?")
LARGEST = 10**DIGITS

PLAN_KEYS = {
    "criteria", "scale", "method", "decimals", "minimum_total", "tie_order", "seed", "shortlist",
}  # fmt: skip
SCORE_KEYS = {"seats", "sheets", "consensus"}
ASSIGN_KEYS = {
    "proposals", "jurors", "per_proposal", "load", "affinity", "conflicts", "experts", "avoid",
    "fixed", "previous", "churn",
}  # fmt: skip
# One export may serve all three commands; `about` is for people and is never computed with.
KNOWN_KEYS = PLAN_KEYS | SCORE_KEYS | ASSIGN_KEYS | {"totals", "about"}
CRITERION_KEYS = {"key", "weight", "maximum", "minimum"}


def parse(content: bytes) -> dict[str, Any]:
    """Read JSON into a dictionary; numbers with a point come as Decimal.

    Raises Invalid(`plan_invalid`) for what is no JSON object, a name that occurs twice,
    NaN or Infinity, and names that no format of ours knows.
    """
    try:
        document = json.loads(
            content,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise Invalid(PLAN_INVALID, f"This is not JSON: {error}.") from error
    document = entries(document, "the file")
    _only(document, KNOWN_KEYS, "the file")
    return document


def read_plan(document: Mapping[str, Any]) -> Plan:
    """Read the plan of a round. Raises Invalid(`plan_invalid`)."""
    method = document.get("method")
    if method not in list(Method):
        _refuse("method", 'is not "mean" or "consensus"')
    decimals = document.get("decimals", Plan.decimals)
    return Plan(
        criteria=tuple(_criterion(item) for item in items(document.get("criteria"), "criteria")),
        scale=_maybe(document.get("scale"), "scale", _scale),
        method=Method(method),
        decimals=_whole(decimals, "decimals"),
        minimum_total=_maybe(document.get("minimum_total"), "minimum_total", number),
        tie_order=_maybe(document.get("tie_order"), "tie_order", names),
        seed=_maybe(document.get("seed"), "seed", name),
        shortlist=_maybe(document.get("shortlist"), "shortlist", _whole),
    )


def read_scores(document: Mapping[str, Any]) -> Scores:
    """Read the seats and their sheets.

    Raises Invalid: `plan_invalid` for what has not the shape of a round, `sheet_incomplete`
    for points that are no plain decimal. A null is a cell not filled.
    """
    sheets = {
        name(proposal, "sheets"): {
            name(seat, "sheets"): _points(points, f"{proposal} by {seat}")
            for seat, points in entries(by_seat, f"the sheets of {proposal}").items()
        }
        for proposal, by_seat in entries(document.get("sheets"), "sheets").items()
    }
    return Scores(
        seats=names(document.get("seats"), "seats"),
        sheets=sheets,
        consensus=_maybe(document.get("consensus"), "consensus", _consensus),
    )


def read_totals(document: Mapping[str, Any]) -> dict[str, dict[str, Exact]]:
    """Read totals per proposal and juror; a null is a hole. Raises Invalid(`plan_invalid`)."""
    return {
        name(proposal, "totals"): {
            name(juror, "totals"): number(total, f"{proposal} by {juror}")
            for juror, total in entries(by_juror, f"the totals of {proposal}").items()
            if total is not None
        }
        for proposal, by_juror in entries(document.get("totals"), "totals").items()
    }


def written_plan(plan: Plan) -> dict[str, Any]:
    """Write a plan so that `read_plan` reads it back."""
    return {
        "criteria": [
            {
                "key": criterion.key,
                "weight": text(criterion.weight),
                "maximum": text(criterion.maximum),
                "minimum": _text_or_none(criterion.minimum),
            }
            for criterion in plan.criteria
        ],
        "scale": None if plan.scale is None else [text(level) for level in plan.scale],
        "method": plan.method.value,
        "decimals": plan.decimals,
        "minimum_total": _text_or_none(plan.minimum_total),
        "tie_order": None if plan.tie_order is None else list(plan.tie_order),
        "seed": plan.seed,
        "shortlist": plan.shortlist,
    }


def written_scores(scores: Scores) -> dict[str, Any]:
    """Write scores so that `read_scores` reads them back."""
    return {
        "seats": list(scores.seats),
        "sheets": {
            proposal: {seat: _written_points(points) for seat, points in by_seat.items()}
            for proposal, by_seat in scores.sheets.items()
        },
        "consensus": None
        if scores.consensus is None
        else {proposal: _written_points(points) for proposal, points in scores.consensus.items()},
    }


def written_outcome(outcome: Outcome) -> dict[str, Any]:
    """Write a ranking as `flask sir rank` prints it."""
    return {
        "ranking": [_written_place(place) for place in outcome.places],
        "shortlist": list(outcome.shortlist),
    }


def text(value: Exact) -> str:
    """Write a number as a plain decimal, without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def entries(value: Any, where: str) -> dict[str, Any]:
    """Read a JSON object. Raises Invalid(`plan_invalid`)."""
    if not isinstance(value, dict):
        _refuse(where, "is not an object")
    return dict(value)


def items(value: Any, where: str) -> list[Any]:
    """Read a JSON list. Raises Invalid(`plan_invalid`)."""
    if not isinstance(value, list):
        _refuse(where, "is not a list")
    return list(value)


def name(value: Any, where: str) -> str:
    """Read a name. Raises Invalid(`plan_invalid`)."""
    if not isinstance(value, str) or not value:
        _refuse(where, "holds a name that is no text")
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(where, "holds a name with half a character")
    return str(value)


def names(value: Any, where: str) -> tuple[str, ...]:
    """Read a list of names. Raises Invalid(`plan_invalid`)."""
    return tuple(name(item, where) for item in items(value, where))


def number(value: Any, where: str, code: str = PLAN_INVALID) -> Exact:
    """Read a decimal, written as text or as a number; never through binary fractions."""
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    if isinstance(value, Decimal) and abs(value) < LARGEST and value == round(value, DIGITS):
        return value
    raise Invalid(code, f"{where}: {_shown(value)} is not a plain decimal number.")


def _criterion(item: Any) -> Criterion:
    fields = entries(item, "a criterion")
    key = name(fields.get("key"), "the key of a criterion")
    _only(fields, CRITERION_KEYS, f"criterion {key}")
    return Criterion(
        key=key,
        weight=number(fields.get("weight"), f"the weight of {key}"),
        maximum=number(fields.get("maximum"), f"the maximum of {key}"),
        minimum=_maybe(fields.get("minimum"), f"the minimum of {key}", number),
    )


def _scale(value: Any, where: str) -> tuple[Exact, ...]:
    return tuple(number(level, where) for level in items(value, where))


def _consensus(value: Any, where: str) -> dict[str, Points]:
    return {
        name(proposal, where): _points(points, f"{proposal} by consensus")
        for proposal, points in entries(value, where).items()
    }


def _points(value: Any, where: str) -> Points:
    return {
        key: number(points, f"{where} on {key}", SHEET_INCOMPLETE)
        for key, points in entries({} if value is None else value, where).items()
        if points is not None
    }


def _whole(value: Any, where: str) -> int:
    read = number(value, where)
    if read != int(read):
        _refuse(where, "is not a whole number")
    return int(read)


def _maybe(value: Any, where: str, read: Callable[[Any, str], T]) -> T | None:
    return None if value is None else read(value, where)


def _only(fields: Mapping[str, Any], known: set[str], where: str) -> None:
    if strangers := fields.keys() - known:
        _refuse(where, f"has an unknown name {_shown(min(strangers))}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if twice := repeated(key for key, _ in pairs):
        _refuse("a name", f"occurs twice in one object: {_shown(twice[0])}")
    return dict(pairs)


def _refuse_constant(constant: str) -> NoReturn:
    _refuse(constant, "is not a number")


def _refuse(where: str, fault: str) -> NoReturn:
    raise Invalid(PLAN_INVALID, f"{where} {fault}.")


def _shown(value: Any) -> str:
    return ascii(value)[:40]


def _written_points(points: Points) -> dict[str, str]:
    return {key: text(value) for key, value in points.items()}


def _text_or_none(value: Exact | None) -> str | None:
    return None if value is None else text(value)


def _written_place(place: Place) -> dict[str, Any]:
    written: dict[str, Any] = {
        "proposal": place.proposal,
        "score": text(place.score),
        "exact": str(place.exact),
        "rank": place.rank,
        "decided_by": place.decided_by,
        "passes": place.passes,
    }
    if place.shortfalls:
        written["shortfalls"] = [
            {
                "criterion": shortfall.criterion,
                "score": text(shortfall.score),
                "minimum": text(shortfall.minimum),
            }
            for shortfall in place.shortfalls
        ]
    return written
