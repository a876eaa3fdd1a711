"""Strict reading of JSON: what is not exactly as described is refused, never passed over.

Whoever recomputes must know that a misspelt name did not silently drop a rule.
Everything here raises Invalid(`plan_invalid`) for what it refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from sir.jury.rules.plan import PLAN_INVALID, Exact, repeated
from sir.kernel.errors import Invalid

T = TypeVar("T")

DIGITS = 12  # before and after the point, so that a hostile exponent costs nothing
LARGEST = 10**DIGITS
PLAIN = re.compile(rf"-?[0-9]{{1,{DIGITS}}}(\.[0-9]{{1,{DIGITS}}})?")


# One export may serve all commands; `about` is for people and is never computed with.
KNOWN = {
    *("criteria", "scale", "method", "decimals", "minimum_total", "tie_order", "seed"),
    *("shortlist", "readers", "seats", "sheets", "consensus", "finalists", "totals"),
    *("price", "prices"),
    *("proposals", "jurors", "per_proposal", "load", "affinity", "conflicts", "experts"),
    *("avoid", "fixed", "previous", "churn", "about"),
    *("call", "contests", "wishes", "won"),
}


def parse(content: bytes) -> dict[str, Any]:
    """Read JSON into a dictionary; numbers with a point come as Decimal.

    Refuses what is no JSON object, a name that occurs twice, NaN, and names we do not know.
    """
    try:
        document = json.loads(
            content,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Invalid(PLAN_INVALID, f"This is not JSON: {error}.") from error
    document = entries(document, "the file")
    only(document, KNOWN, "the file")
    return document


def text(value: Exact) -> str:
    """Write a number as a plain decimal, without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def entries(value: Any, where: str) -> dict[str, Any]:
    """Read a JSON object."""
    if not isinstance(value, dict):
        refuse(where, "is not an object")
    return dict(value)


def items(value: Any, where: str) -> list[Any]:
    """Read a JSON list."""
    if not isinstance(value, list):
        refuse(where, "is not a list")
    return list(value)


def name(value: Any, where: str) -> str:
    """Read a name."""
    if not isinstance(value, str) or not value:
        refuse(where, "holds a name that is no text")
    try:
        value.encode()
    except UnicodeEncodeError:
        refuse(where, "holds a name with half a character")
    return str(value)


def names(value: Any, where: str) -> tuple[str, ...]:
    """Read a list of names."""
    return tuple(name(item, where) for item in items(value, where))


def number(value: Any, where: str, code: str = PLAN_INVALID) -> Exact:
    """Read a decimal, written as text or as a number; never through binary fractions."""
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool) and -LARGEST < value < LARGEST:
        return value
    if isinstance(value, Decimal) and -LARGEST < value < LARGEST and value == round(value, DIGITS):
        return value
    raise Invalid(code, f"{where}: {_shown(value)} is not a plain decimal number.")


def whole(value: Any, where: str) -> int:
    """Read a whole number."""
    read = number(value, where)
    if read != int(read):
        refuse(where, "is not a whole number")
    return int(read)


def maybe(value: Any, where: str, read: Callable[[Any, str], T]) -> T | None:
    """Read what may be null."""
    return None if value is None else read(value, where)


def only(fields: Mapping[str, Any], known: set[str], where: str) -> None:
    """Refuse other names than the known ones."""
    if strangers := fields.keys() - known:
        refuse(where, f"has an unknown name {_shown(min(strangers))}")


def refuse(where: str, fault: str) -> NoReturn:
    """Say what is wrong, and where."""
    raise Invalid(PLAN_INVALID, f"{where} {fault}.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if twice := repeated(key for key, _ in pairs):
        refuse("a name", f"occurs twice in one object: {_shown(twice[0])}")
    return dict(pairs)


def _refuse_constant(constant: str) -> NoReturn:
    refuse(constant, "is not a number")


def _shown(value: Any) -> str:
    return ascii(value)[:40]
